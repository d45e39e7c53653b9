-- Where a user's messages go. Beside app_user and not in it, so that the look-up of each request stays as
-- narrow as it was and a step of the schema can run twice.
CREATE TABLE IF NOT EXISTS user_mail (
    user_id BIGINT       NOT NULL,
    email   VARCHAR(254) NULL,
    PRIMARY KEY (user_id),
    CONSTRAINT user_mail_of FOREIGN KEY (user_id) REFERENCES app_user (user_id)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
