-- Decisions that had counted a breach which fell away on review: somebody is to look at each. Nothing is reckoned
-- again by itself. A row is put with the review and ended by the record that says what was found.
CREATE TABLE IF NOT EXISTS breach_look (
    claim_id       BIGINT NOT NULL COMMENT 'whose decision is to be looked at',
    decision_seq   INT    NOT NULL,
    cause_claim_id BIGINT NOT NULL COMMENT 'whose decision fell away',
    cause_seq      INT    NOT NULL,
    org_id         BIGINT NOT NULL,
    n_then         INT    NOT NULL COMMENT 'number of breaches that it was reckoned with',
    n_now          INT    NOT NULL COMMENT 'the same as the others stood when the row was put',
    put_at         BIGINT NOT NULL COMMENT 'instant',
    looked_seq     INT    NOT NULL COMMENT 'record of the claim that says what was found, 0: open',
    PRIMARY KEY (claim_id, decision_seq, cause_claim_id, cause_seq),
    KEY look_cause (cause_claim_id, cause_seq),
    KEY look_open (claim_id, looked_seq),
    CONSTRAINT look_decision FOREIGN KEY (claim_id, decision_seq) REFERENCES liability_decision (claim_id, seq),
    CONSTRAINT look_reason FOREIGN KEY (cause_claim_id, cause_seq) REFERENCES liability_decision (claim_id, seq)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
