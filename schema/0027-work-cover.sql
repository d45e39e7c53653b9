-- Who is away from when to when, and who sees their work meanwhile. One absence a person begins on a day.
CREATE TABLE IF NOT EXISTS work_cover (
    user_id    BIGINT NOT NULL,
    first_on   INT    NOT NULL COMMENT 'day',
    last_on    INT    NOT NULL COMMENT 'day',
    covered_by BIGINT NOT NULL COMMENT 'user',
    made_at    BIGINT NOT NULL COMMENT 'instant',
    ended_at   BIGINT NOT NULL COMMENT 'instant it was taken back, 0 not',
    PRIMARY KEY (user_id, first_on),
    KEY cover_by (covered_by, last_on),
    CONSTRAINT work_cover_user FOREIGN KEY (user_id) REFERENCES app_user (user_id),
    CONSTRAINT work_cover_by FOREIGN KEY (covered_by) REFERENCES app_user (user_id)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
