-- What the newest flag of each trust in a claim is reckoned from, in short: so that another scheme can be tried on all of
-- them. A summary, written in the flag's own transaction; made again by computing the flag. Nothing about a person.
CREATE TABLE IF NOT EXISTS liability_brief (
    claim_id       BIGINT        NOT NULL,
    org_id         BIGINT        NOT NULL,
    flag_seq       INT           NOT NULL,
    scheme_code    VARCHAR(24)   NOT NULL,
    scheme_version INT           NOT NULL,
    state          SMALLINT      NOT NULL COMMENT 'code',
    indicated_p    BIGINT        NOT NULL COMMENT 'pence',
    brief          VARCHAR(8000) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'cd_flag_brief_encode',
    PRIMARY KEY (claim_id, org_id),
    CONSTRAINT brief_flag FOREIGN KEY (claim_id, flag_seq) REFERENCES liability_flag (claim_id, seq)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
