-- Bank holidays: imported data, never computed. A day that is no longer one is retired, not deleted.
CREATE TABLE IF NOT EXISTS holiday (
    division SMALLINT     NOT NULL COMMENT 'code',
    on_day   INT          NOT NULL COMMENT 'day',
    title    VARCHAR(120) NOT NULL,
    retired  TINYINT      NOT NULL DEFAULT 0,
    PRIMARY KEY (division, on_day)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
