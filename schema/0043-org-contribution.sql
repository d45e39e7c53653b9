-- What a trust contributes to the scheme in a financial year; a changed sum is a new row.
CREATE TABLE IF NOT EXISTS org_contribution (
    org_id   BIGINT NOT NULL,
    year     INT    NOT NULL COMMENT 'the one that the financial year begins in: 2026 is 1 April 2026 to 31 March 2027',
    seq      INT    NOT NULL COMMENT 'from 1; the highest holds',
    amount_p BIGINT NOT NULL COMMENT 'pence',
    set_at   BIGINT NOT NULL COMMENT 'instant',
    set_by   BIGINT NOT NULL COMMENT 'user, 0: the command line',
    PRIMARY KEY (org_id, year, seq)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
