-- The scheme's own numbers of claims: each belongs to one claim. A number that its claim gave up stays as a row and
-- may be taken by another. Made from the records of the claim; it names nobody.
CREATE TABLE IF NOT EXISTS claim_scheme_ref (
    scheme_ref VARCHAR(160) NOT NULL COMMENT 'as it was entered',
    claim_id   BIGINT       NOT NULL,
    held       TINYINT      NOT NULL COMMENT '0: given up',
    PRIMARY KEY (scheme_ref),
    KEY scheme_ref_claim (claim_id, held),
    CONSTRAINT scheme_ref_file FOREIGN KEY (claim_id) REFERENCES claim (claim_id)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
