-- Liability schemes: each version of the settings stays as it was; one row is active.
CREATE TABLE IF NOT EXISTS scheme_version (
    code     VARCHAR(24) NOT NULL,
    version  INT         NOT NULL,
    settings MEDIUMTEXT  NOT NULL COMMENT 'JSON, as cd_scheme_write makes it',
    active   TINYINT     NOT NULL,
    added_at BIGINT      NOT NULL COMMENT 'instant',
    added_by BIGINT      NOT NULL COMMENT 'user, 0: the command line',
    PRIMARY KEY (code, version)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
