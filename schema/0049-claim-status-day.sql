-- The status in which a claim stood at the end of a day, as it was known then: a row for each day on which something
-- about it was recorded. What is entered later adds a row for its own day and changes none of an earlier one, so that
-- a report as at a day gives the same answer whenever it is asked. Never joined to the head of the claim: that holds
-- the latest position.
CREATE TABLE IF NOT EXISTS claim_status_day (
    claim_id BIGINT   NOT NULL,
    day      INT      NOT NULL COMMENT 'day (London) on which it was recorded',
    status   SMALLINT NOT NULL COMMENT 'code',
    PRIMARY KEY (claim_id, day),
    CONSTRAINT status_day_file FOREIGN KEY (claim_id) REFERENCES claim (claim_id)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
