-- How many decisions were made on each trust: one row that two decisions at once both change, so that the
-- second sees the first and counts breaches again.
CREATE TABLE IF NOT EXISTS org_decision (
    org_id BIGINT NOT NULL,
    made   INT    NOT NULL COMMENT 'decisions of any outcome, over all claims',
    PRIMARY KEY (org_id),
    CONSTRAINT org_decision_org FOREIGN KEY (org_id) REFERENCES org (org_id)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
