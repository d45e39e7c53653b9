-- Trusts of a claim with their shares. A new set stands under a new set_seq (the PARTIES record); the one that
-- holds is claim.party_set.
CREATE TABLE IF NOT EXISTS claim_party (
    claim_id BIGINT   NOT NULL,
    set_seq  INT      NOT NULL COMMENT 'seq of the PARTIES record',
    org_id   BIGINT   NOT NULL,
    share_bp INT      NOT NULL COMMENT 'basis points; a set sums to 10000',
    PRIMARY KEY (claim_id, set_seq, org_id),
    KEY party_org (org_id, claim_id, set_seq),
    CONSTRAINT party_claim FOREIGN KEY (claim_id) REFERENCES claim (claim_id),
    CONSTRAINT party_org_known FOREIGN KEY (org_id) REFERENCES org (org_id)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
