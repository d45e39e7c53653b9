-- What trusts were asked for, one row an instalment: a summary of a claim's records, so that lists are made without
-- reading claims. Renewed in the transaction of each write that changes it. It refers to no payment of a claim.
CREATE TABLE IF NOT EXISTS recovery_row (
    claim_id     BIGINT      NOT NULL,
    seq          INT         NOT NULL COMMENT 'of the record',
    org_id       BIGINT      NOT NULL,
    decision_seq INT         NOT NULL,
    method       SMALLINT    NOT NULL COMMENT 'code: invoice, contribution',
    invoice      VARCHAR(40) NULL,
    instalment   INT         NOT NULL,
    instalments  INT         NOT NULL,
    year         INT         NOT NULL COMMENT 'of the contribution, 0: none',
    due_on       INT         NOT NULL COMMENT 'day',
    amount_p     BIGINT      NOT NULL COMMENT 'pence, as asked for',
    holds_p      BIGINT      NOT NULL COMMENT 'pence of it that the decision still asks for',
    received_p   BIGINT      NOT NULL COMMENT 'pence',
    state        SMALLINT    NOT NULL COMMENT 'code: open, settled, asked for no longer',
    held         SMALLINT    NOT NULL COMMENT '1: a review is asked for and not answered',
    skey         BIGINT      NOT NULL COMMENT 'sort key: day, claim, record',
    PRIMARY KEY (claim_id, seq),
    KEY recovery_state (state, skey),
    KEY recovery_org (org_id, state, skey),
    CONSTRAINT recovery_claim FOREIGN KEY (claim_id) REFERENCES claim (claim_id),
    CONSTRAINT recovery_of_org FOREIGN KEY (org_id) REFERENCES org (org_id)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
