-- How each decision stands: a summary of it and of the records about it, so that breaches are counted and lists made
-- without reading claims. Renewed in the transaction of each write that changes it; `candourctl verify` reckons it again.
-- Nothing here refers to a payment of the claim, and no such payment refers to this.
CREATE TABLE IF NOT EXISTS decision_standing (
    claim_id   BIGINT   NOT NULL,
    seq        INT      NOT NULL COMMENT 'of the decision',
    org_id     BIGINT   NOT NULL,
    flag_seq   INT      NOT NULL,
    outcome    SMALLINT NOT NULL COMMENT 'code: none, part, full',
    standing   SMALLINT NOT NULL COMMENT 'code: proposed, returned, stands, varied, quashed, replaced',
    amount_p   BIGINT   NOT NULL COMMENT 'pence that the trust is to pay as it stands',
    units      INT      NOT NULL COMMENT 'breaches that it counts for',
    counted    INT      NOT NULL COMMENT 'number of breaches that its sum was reckoned with, 0: none counted',
    decided_at BIGINT   NOT NULL COMMENT 'instant',
    asked_p    BIGINT   NOT NULL COMMENT 'pence that the trust was asked for',
    received_p BIGINT   NOT NULL COMMENT 'pence that came',
    PRIMARY KEY (claim_id, seq),
    KEY standing_org (org_id, decided_at, claim_id, seq),
    CONSTRAINT standing_decision FOREIGN KEY (claim_id, seq) REFERENCES liability_decision (claim_id, seq),
    CONSTRAINT standing_org FOREIGN KEY (org_id) REFERENCES org (org_id)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
