-- Decisions of a named person on a flag, made once and never changed.
CREATE TABLE IF NOT EXISTS liability_decision (
    claim_id   BIGINT     NOT NULL,
    seq        INT        NOT NULL,
    flag_seq   INT        NOT NULL,
    org_id     BIGINT     NOT NULL,
    outcome    SMALLINT   NOT NULL COMMENT 'code: none, part, full',
    amount_p   BIGINT     NOT NULL COMMENT 'pence',
    decided_at BIGINT     NOT NULL COMMENT 'instant',
    decided_by BIGINT     NOT NULL COMMENT 'user',
    sealed     MEDIUMBLOB NOT NULL COMMENT 'reasons and evidence seen, under the claim''s key',
    PRIMARY KEY (claim_id, seq),
    KEY decision_org (org_id, outcome, decided_at),
    CONSTRAINT decision_flag FOREIGN KEY (claim_id, flag_seq) REFERENCES liability_flag (claim_id, seq)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
