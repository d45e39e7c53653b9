-- How an organisation wants to be reminded. No row: the program's own defaults.
CREATE TABLE IF NOT EXISTS reminder_setting (
    org_id         BIGINT      NOT NULL,
    ahead_days     VARCHAR(60) NOT NULL COMMENT 'calendar days before the due date, "7 1"',
    past_days      VARCHAR(60) NOT NULL COMMENT 'and after it',
    escalate_after INT         NOT NULL COMMENT 'days after the due date; 0: never',
    escalate_role  SMALLINT    NOT NULL COMMENT 'code: to everyone of the trust in this role; 0: none',
    escalate_to    BIGINT      NULL COMMENT 'to this user',
    quiet          SMALLINT    NOT NULL COMMENT '1: nothing is put',
    version        INT         NOT NULL,
    PRIMARY KEY (org_id),
    CONSTRAINT reminder_setting_of FOREIGN KEY (org_id) REFERENCES org (org_id)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
