-- A draft of a liability scheme tried on every claim: totals of a run, and how far it has come.
CREATE TABLE IF NOT EXISTS impact_run (
    run_id      BIGINT       NOT NULL AUTO_INCREMENT,
    state       SMALLINT     NOT NULL COMMENT 'code: waiting, running, done, failed',
    old_code    VARCHAR(24)  NOT NULL COMMENT 'scheme in force when it began, empty: not begun',
    old_version INT          NOT NULL,
    new_code    VARCHAR(24)  NOT NULL COMMENT 'the draft',
    new_version INT          NOT NULL,
    asked_by    BIGINT       NOT NULL COMMENT 'user, 0: the command line',
    asked_at    BIGINT       NOT NULL COMMENT 'instant',
    beat_at     BIGINT       NOT NULL COMMENT 'instant it last said something',
    done_at     BIGINT       NOT NULL COMMENT 'instant, 0: not yet',
    after_id    BIGINT       NOT NULL COMMENT 'every claim up to this one is done',
    sums        VARCHAR(600) NOT NULL COMMENT 'counts and sums so far, as the program writes them',
    PRIMARY KEY (run_id),
    KEY impact_run_state (state, run_id),
    KEY impact_run_of (new_code, new_version, run_id)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
