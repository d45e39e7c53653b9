-- The file and the mapping of a run from the web, in pieces under the run's own key, until it is done.
CREATE TABLE IF NOT EXISTS bring_chunk (
    run_id BIGINT     NOT NULL,
    part   SMALLINT   NOT NULL COMMENT '1 the mapping, 2 the file, 3 its name',
    seq    INT        NOT NULL,
    sealed MEDIUMBLOB NOT NULL,
    PRIMARY KEY (run_id, part, seq)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
