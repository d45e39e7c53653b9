-- Records of a claim, clustered by it. Written once: the server's account can neither change nor delete one.
CREATE TABLE IF NOT EXISTS claim_record (
    claim_id       BIGINT     NOT NULL,
    seq            INT        NOT NULL,
    kind           SMALLINT   NOT NULL COMMENT 'code',
    happened_first INT        NOT NULL COMMENT 'day',
    happened_last  INT        NOT NULL COMMENT 'day',
    recorded_at    BIGINT     NOT NULL COMMENT 'instant',
    recorded_by    BIGINT     NOT NULL COMMENT 'user, 0: the command line',
    role           SMALLINT   NOT NULL COMMENT 'code of the role used',
    supersedes     INT        NOT NULL COMMENT 'seq of the record corrected or withdrawn, 0 none',
    open_fields    MEDIUMBLOB NOT NULL COMMENT 'canonical bytes of the fields that name nobody',
    sealed         MEDIUMBLOB NULL COMMENT 'reason of the correction and sensitive fields, under the claim''s key',
    PRIMARY KEY (claim_id, seq),
    CONSTRAINT claim_record_file FOREIGN KEY (claim_id) REFERENCES claim (claim_id)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
