-- Flags, computed once and never changed. Nothing here refers to a payment, and no payment refers to this.
CREATE TABLE IF NOT EXISTS liability_flag (
    claim_id       BIGINT      NOT NULL,
    seq            INT         NOT NULL,
    org_id         BIGINT      NOT NULL,
    computed_at    BIGINT      NOT NULL COMMENT 'instant',
    computed_by    BIGINT      NOT NULL COMMENT 'user, 0: the command line',
    scheme_code    VARCHAR(24) NOT NULL,
    scheme_version INT         NOT NULL,
    engine         VARCHAR(24) NOT NULL COMMENT 'version of the rules',
    state          SMALLINT    NOT NULL COMMENT 'code',
    indicated_p    BIGINT      NOT NULL COMMENT 'pence',
    requested_on   INT         NOT NULL COMMENT 'day evidence was first asked for',
    claim_version  INT         NOT NULL COMMENT 'of the claim when computed',
    inputs         MEDIUMTEXT  NOT NULL COMMENT 'canonical JSON, no person''s data',
    inputs_hash    BINARY(32)  NOT NULL COMMENT 'SHA-256 of inputs',
    answer         MEDIUMTEXT  NOT NULL COMMENT 'canonical JSON, no person''s data',
    PRIMARY KEY (claim_id, seq),
    KEY flag_org (claim_id, org_id, seq),
    CONSTRAINT flag_claim FOREIGN KEY (claim_id) REFERENCES claim (claim_id)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
