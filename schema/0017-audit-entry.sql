-- Who did what: one hash chain for each file and one for the system. Written in the transaction of the
-- change; the server's account can neither change nor delete an entry. Ids only, no person's data.
CREATE TABLE IF NOT EXISTS audit_entry (
    chain          SMALLINT     NOT NULL COMMENT 'code: 1 case, 2 claim, 9 system',
    chain_id       BIGINT       NOT NULL COMMENT 'case_id, claim_id, or 0',
    seq            INT          NOT NULL,
    at             BIGINT       NOT NULL COMMENT 'instant',
    actor          BIGINT       NOT NULL COMMENT 'user, 0: the command line',
    role           SMALLINT     NOT NULL COMMENT 'code of the role used',
    action         SMALLINT     NOT NULL COMMENT 'code',
    object         VARCHAR(160) NOT NULL COMMENT 'record 5, user jokafor',
    version_before INT          NOT NULL,
    version_after  INT          NOT NULL,
    commitment     BINARY(32)   NOT NULL COMMENT 'HMAC of what was written, under the file''s key',
    prev           BINARY(32)   NOT NULL,
    hash           BINARY(32)   NOT NULL,
    idem           BINARY(16)   NULL COMMENT 'idempotency key of the request',
    fingerprint    BINARY(32)   NULL COMMENT 'of the request that carried it',
    answer         VARCHAR(120) NULL COMMENT 'where the answer is: CM-2026-0412#5',
    PRIMARY KEY (chain, chain_id, seq),
    UNIQUE KEY entry_idem (idem)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
