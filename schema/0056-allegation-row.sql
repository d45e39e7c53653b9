-- Allegations and what regulators did, by trust: a summary of claims' records without their words. The sum of a fine
-- is a memo, and no statement adds it to another.
CREATE TABLE IF NOT EXISTS allegation_row (
    claim_id BIGINT   NOT NULL,
    seq      INT      NOT NULL COMMENT 'of the record',
    org_id   BIGINT   NOT NULL,
    kind     SMALLINT NOT NULL COMMENT 'code: kind of record',
    source   SMALLINT NOT NULL COMMENT 'code: who says so, or who acted',
    outcome  SMALLINT NOT NULL COMMENT 'code: what came of it, or what was done',
    day_from INT      NOT NULL COMMENT 'day, first of a span',
    day_to   INT      NOT NULL,
    memo_p   BIGINT   NOT NULL COMMENT 'pence, memo',
    breaches INT      NOT NULL,
    stands   SMALLINT NOT NULL COMMENT '0: corrected or taken back',
    skey     BIGINT   NOT NULL COMMENT 'sort key: day, claim, record',
    PRIMARY KEY (claim_id, seq),
    KEY allegation_all (stands, skey),
    KEY allegation_org (org_id, stands, skey),
    CONSTRAINT allegation_claim FOREIGN KEY (claim_id) REFERENCES claim (claim_id),
    CONSTRAINT allegation_of_org FOREIGN KEY (org_id) REFERENCES org (org_id)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
