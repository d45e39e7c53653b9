-- One calendar address a person. Only the hash of what makes it unguessable is kept; a new one ends the old.
CREATE TABLE IF NOT EXISTS calendar_feed (
    user_id    BIGINT     NOT NULL,
    token_hash BINARY(32) NOT NULL,
    made_at    BIGINT     NOT NULL COMMENT 'instant',
    ended_at   BIGINT     NOT NULL COMMENT 'instant, 0 not ended',
    PRIMARY KEY (user_id),
    UNIQUE KEY feed_token (token_hash),
    CONSTRAINT calendar_feed_user FOREIGN KEY (user_id) REFERENCES app_user (user_id)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
