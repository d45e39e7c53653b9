-- Head of a claim; as candour_case.
CREATE TABLE IF NOT EXISTS claim (
    claim_id    BIGINT          NOT NULL COMMENT 'year * 1000000 + number: also the order of lists',
    reference   VARCHAR(24)     NOT NULL COMMENT 'CL-2026-0007',
    version     INT             NOT NULL,
    last_seq    INT             NOT NULL COMMENT 'of claim_record',
    audit_seq   INT             NOT NULL COMMENT 'of the claim''s chain in audit_entry',
    audit_head  BINARY(32)      NOT NULL,
    wrapped_key VARBINARY(128)  NULL COMMENT 'the claim''s data key under the key file; NULL: destroyed',
    created_at  BIGINT          NOT NULL COMMENT 'instant',
    changed_at  BIGINT          NOT NULL COMMENT 'instant',
    status      SMALLINT        NOT NULL COMMENT 'code',
    scheme      SMALLINT        NOT NULL COMMENT 'code: CNST and the others',
    party_set   INT             NOT NULL COMMENT 'seq of the PARTIES record that holds, 0 none',
    notified_on INT             NOT NULL COMMENT 'day',
    nhs_hash    BINARY(32)      NULL COMMENT 'keyed hash of the NHS number',
    sealed      VARBINARY(2048) NULL COMMENT 'title and initials',
    mac         BINARY(32)      NOT NULL,
    PRIMARY KEY (claim_id),
    UNIQUE KEY claim_reference (reference),
    KEY claim_status (status, claim_id),
    KEY claim_nhs (nhs_hash, claim_id)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
