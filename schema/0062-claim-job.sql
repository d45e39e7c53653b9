-- Jobs over all claims: flags computed again. One row a job: how far it has come, so that another run can go on with it.
CREATE TABLE IF NOT EXISTS claim_job (
    job_id     BIGINT   NOT NULL AUTO_INCREMENT,
    state      SMALLINT NOT NULL COMMENT 'code: waiting, running, done, failed',
    all_claims TINYINT  NOT NULL COMMENT '1: settled and closed ones too',
    decided    TINYINT  NOT NULL COMMENT '1: also where a decision stands',
    asked_by   BIGINT   NOT NULL COMMENT 'user, 0: the command line',
    asked_at   BIGINT   NOT NULL COMMENT 'instant',
    started_at BIGINT   NOT NULL COMMENT 'instant, 0: not yet',
    beat_at    BIGINT   NOT NULL COMMENT 'instant it last said something',
    done_at    BIGINT   NOT NULL COMMENT 'instant, 0: not yet',
    after_id   BIGINT   NOT NULL COMMENT 'every claim up to this one is done',
    total      BIGINT   NOT NULL COMMENT 'claims to look at',
    seen       BIGINT   NOT NULL COMMENT 'claims looked at',
    made       BIGINT   NOT NULL COMMENT 'flags written',
    same       BIGINT   NOT NULL COMMENT 'flags that came out as they stood',
    held       BIGINT   NOT NULL COMMENT 'left alone: a decision stands',
    failed     BIGINT   NOT NULL COMMENT 'claims that could not be computed',
    PRIMARY KEY (job_id),
    KEY claim_job_state (state, job_id)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
