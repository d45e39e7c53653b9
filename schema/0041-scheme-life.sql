-- The life of each version of a liability scheme: drafted, sent back, activated from a day; beside scheme_version.
CREATE TABLE IF NOT EXISTS scheme_life (
    code        VARCHAR(24)   NOT NULL,
    version     INT           NOT NULL,
    step        SMALLINT      NOT NULL COMMENT 'code: draft, sent back, activated',
    row_version INT           NOT NULL COMMENT '0: older than this table, its entry commits to the settings alone',
    drafted_by  BIGINT        NOT NULL COMMENT 'user, 0: the command line',
    drafted_at  BIGINT        NOT NULL COMMENT 'instant',
    acted_by    BIGINT        NOT NULL COMMENT 'who activated it or sent it back',
    acted_at    BIGINT        NOT NULL COMMENT 'instant; 0: nobody yet',
    from_day    INT           NOT NULL COMMENT 'first day in force; 0: none',
    note        VARCHAR(2000) NOT NULL,
    settings    MEDIUMTEXT    NOT NULL COMMENT 'of a draft; what was put in force stands in scheme_version',
    file        MEDIUMTEXT    NOT NULL COMMENT 'as it was given; empty: not kept',
    file_hash   CHAR(64)      NOT NULL COMMENT 'SHA-256 of file',
    PRIMARY KEY (code, version)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
