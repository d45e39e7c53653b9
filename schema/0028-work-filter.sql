-- Filters of the work list that a person saved under a name. The query is one that the program wrote itself.
CREATE TABLE IF NOT EXISTS work_filter (
    user_id  BIGINT       NOT NULL,
    name     VARCHAR(60)  NOT NULL,
    query    VARCHAR(250) NOT NULL,
    saved_at BIGINT       NOT NULL COMMENT 'instant',
    ended_at BIGINT       NOT NULL COMMENT 'instant it was taken off, 0 not',
    PRIMARY KEY (user_id, name),
    CONSTRAINT work_filter_user FOREIGN KEY (user_id) REFERENCES app_user (user_id)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
