-- Candour cases that a set of parties names.
CREATE TABLE IF NOT EXISTS claim_case (
    claim_id BIGINT NOT NULL,
    set_seq  INT    NOT NULL COMMENT 'seq of the PARTIES record',
    case_id  BIGINT NOT NULL,
    org_id   BIGINT NOT NULL COMMENT 'the party that the case was named under',
    PRIMARY KEY (claim_id, set_seq, case_id),
    KEY claim_of_case (case_id, claim_id, set_seq),
    CONSTRAINT link_claim FOREIGN KEY (claim_id) REFERENCES claim (claim_id),
    CONSTRAINT link_case FOREIGN KEY (case_id) REFERENCES candour_case (case_id)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
