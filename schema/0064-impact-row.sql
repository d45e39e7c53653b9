-- Trusts' parts of claims that a tried scheme would change. Codes and sums; no person's data.
CREATE TABLE IF NOT EXISTS impact_row (
    run_id    BIGINT       NOT NULL,
    claim_id  BIGINT       NOT NULL,
    org_id    BIGINT       NOT NULL,
    is_open   TINYINT      NOT NULL COMMENT '0: settled or closed',
    old_state SMALLINT     NOT NULL COMMENT 'code',
    new_state SMALLINT     NOT NULL COMMENT 'code',
    old_p     BIGINT       NOT NULL COMMENT 'pence',
    new_p     BIGINT       NOT NULL COMMENT 'pence',
    why       VARCHAR(300) NOT NULL COMMENT 'in the program''s words',
    diff_key  BIGINT       NOT NULL COMMENT 'order of lists: largest difference first',
    PRIMARY KEY (run_id, claim_id, org_id),
    KEY impact_row_diff (run_id, diff_key),
    KEY impact_row_open (run_id, is_open, diff_key)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
