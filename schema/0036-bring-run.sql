-- One bringing in of one file by one mapping for one trust: how far it came, so that it can go on there.
-- `wrapped_key` opens the copy that the web keeps until it is done (bring_chunk); NULL: none, or destroyed.
CREATE TABLE IF NOT EXISTS bring_run (
    run_id       BIGINT         NOT NULL AUTO_INCREMENT,
    org_id       BIGINT         NOT NULL,
    file_hash    BINARY(32)     NOT NULL COMMENT 'keyed hash of the file and the mapping',
    state        SMALLINT       NOT NULL COMMENT 'code: checked, applying, done, dropped',
    skip_bad     SMALLINT       NOT NULL COMMENT '1: bad rows are left out',
    last_line    INT            NOT NULL COMMENT 'of the file: rows up to it are in',
    total_rows   INT            NOT NULL COMMENT 'of the file, without headings',
    bad_rows     INT            NOT NULL,
    made         INT            NOT NULL COMMENT 'cases',
    changed      INT            NOT NULL COMMENT 'cases',
    same         INT            NOT NULL COMMENT 'rows that said nothing new',
    user_id      BIGINT         NOT NULL COMMENT '0: the command line',
    started_at   BIGINT         NOT NULL COMMENT 'instant',
    changed_at   BIGINT         NOT NULL COMMENT 'instant',
    wrapped_key  VARBINARY(128) NULL,
    PRIMARY KEY (run_id),
    UNIQUE KEY bring_file (org_id, file_hash),
    CONSTRAINT bring_org FOREIGN KEY (org_id) REFERENCES org (org_id)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
