-- What an instalment holds for the trust that reads it: a later decision that the trust was not told of ends nothing yet.
ALTER TABLE recovery_row
    ADD COLUMN told_state   SMALLINT NOT NULL DEFAULT 0 COMMENT 'as state, as the trust was told; 0: it was not',
    ADD COLUMN told_holds_p BIGINT   NOT NULL DEFAULT 0 COMMENT 'pence, as holds_p',
    ADD KEY recovery_told (org_id, told_state, skey);
