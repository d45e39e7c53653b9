-- How each decision stands for the trust that it is on, once the trust was told of it: a later one that it was not told of
-- replaces nothing yet. No row: the trust was not told, and reads nothing of it. A summary, renewed with decision_standing;
-- `candourctl run claims` makes the rows of decisions that were told before there was this table.
CREATE TABLE IF NOT EXISTS decision_told (
    claim_id BIGINT   NOT NULL,
    seq      INT      NOT NULL COMMENT 'of the decision',
    standing SMALLINT NOT NULL COMMENT 'code as in decision_standing',
    amount_p BIGINT   NOT NULL COMMENT 'pence that the trust is to pay as it was told',
    PRIMARY KEY (claim_id, seq),
    CONSTRAINT told_decision FOREIGN KEY (claim_id, seq) REFERENCES liability_decision (claim_id, seq)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
