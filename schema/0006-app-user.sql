-- People who may sign in. Who they are is said by httpd (subject); what they may do stands here.
CREATE TABLE IF NOT EXISTS app_user (
    user_id    BIGINT       NOT NULL AUTO_INCREMENT,
    subject    VARCHAR(255) NOT NULL,
    name       VARCHAR(200) NOT NULL,
    org_id     BIGINT       NULL COMMENT 'NULL: staff of the scheme',
    roles      INT UNSIGNED NOT NULL COMMENT 'bit (1 << code of the role)',
    active     TINYINT      NOT NULL,
    version    INT          NOT NULL,
    created_at BIGINT       NOT NULL COMMENT 'instant',
    PRIMARY KEY (user_id),
    UNIQUE KEY app_user_subject (subject),
    CONSTRAINT app_user_org FOREIGN KEY (org_id) REFERENCES org (org_id)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
