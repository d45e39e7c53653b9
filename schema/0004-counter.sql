-- Last number given to a file of a kind in a year. Taken inside the transaction that makes the file, so that
-- numbers have no gap and a missing file shows.
CREATE TABLE IF NOT EXISTS counter (
    kind      SMALLINT NOT NULL COMMENT 'code: 1 case, 2 claim',
    year      SMALLINT NOT NULL,
    last_number INT    NOT NULL,
    PRIMARY KEY (kind, year)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
