-- What has been applied to this database. A released file is never edited: its SHA-256 stands here.
--
-- Words used in all files. Day: day number, 1 is 1 January of year 1, 0 is "no date"; FROM_DAYS(day + 365)
-- shows it. Instant: microseconds since 1970-01-01 in UTC, 0 is "none". Code: the number of a word of a
-- code list; numbers never move (tests/unit/test_stored_codes.c). Seq: rises by one from 1 in its file.
CREATE TABLE IF NOT EXISTS schema_migration (
    number      SMALLINT     NOT NULL,
    file        VARCHAR(120) NOT NULL,
    sha256      BINARY(32)   NOT NULL,
    applied_at  BIGINT       NOT NULL COMMENT 'instant',
    PRIMARY KEY (number)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
