-- Messages to people, written in the transaction of what they are about. A row names a user, a file's reference
-- and a day, and nothing of a person in a case. The words are made from its kind when it is sent.
CREATE TABLE IF NOT EXISTS outbox (
    notice_id     BIGINT       NOT NULL AUTO_INCREMENT,
    once_key      VARCHAR(120) NULL COMMENT 'a second notice with this key is not put',
    kind          SMALLINT     NOT NULL COMMENT 'code',
    user_id       BIGINT       NOT NULL COMMENT 'to whom',
    org_id        BIGINT       NULL,
    reference     VARCHAR(24)  NULL COMMENT 'CM-2026-0412',
    step          VARCHAR(255) NULL COMMENT 'what is due, in words of the program',
    due_on        INT          NOT NULL COMMENT 'day, 0: none',
    put_at        BIGINT       NOT NULL COMMENT 'instant',
    state         SMALLINT     NOT NULL COMMENT 'code: waiting, sending, sent, failed, dropped',
    tries         INT          NOT NULL COMMENT 'begun so far',
    next_try_at   BIGINT       NOT NULL COMMENT 'instant: not before; of a dead end: when it ended',
    claimed_until BIGINT       NOT NULL COMMENT 'instant: a sender has it until then, 0: none',
    sent_at       BIGINT       NOT NULL COMMENT 'instant, 0: not sent',
    last_error    VARCHAR(40)  NULL COMMENT 'a word of a list, never an address',
    PRIMARY KEY (notice_id),
    UNIQUE KEY outbox_once (once_key),
    KEY outbox_due (state, next_try_at, notice_id),
    KEY outbox_user (user_id, notice_id),
    CONSTRAINT outbox_to FOREIGN KEY (user_id) REFERENCES app_user (user_id)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
