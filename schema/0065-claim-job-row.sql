-- What a job over all claims changed: one row for each flag that it wrote.
CREATE TABLE IF NOT EXISTS claim_job_row (
    job_id    BIGINT   NOT NULL,
    claim_id  BIGINT   NOT NULL,
    org_id    BIGINT   NOT NULL,
    old_seq   INT      NOT NULL COMMENT 'flag before, 0 none',
    new_seq   INT      NOT NULL,
    old_state SMALLINT NOT NULL COMMENT 'code, 0 none',
    new_state SMALLINT NOT NULL COMMENT 'code',
    old_p     BIGINT   NOT NULL COMMENT 'pence',
    new_p     BIGINT   NOT NULL COMMENT 'pence',
    PRIMARY KEY (job_id, claim_id, org_id, new_seq)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
