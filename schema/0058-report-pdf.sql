-- Kept reports that have no PDF yet. Put in the transaction that tells the trust; names a claim and a fingerprint, and
-- nothing of a person. `candourctl run reports` works through it.
CREATE TABLE IF NOT EXISTS report_pdf (
    claim_id   BIGINT     NOT NULL,
    report_sha BINARY(32) NOT NULL,
    state      SMALLINT   NOT NULL COMMENT '1 waiting, 2 done',
    put_at     BIGINT     NOT NULL COMMENT 'instant',
    PRIMARY KEY (claim_id, report_sha),
    KEY report_pdf_waiting (state, put_at, claim_id, report_sha),
    CONSTRAINT report_pdf_file FOREIGN KEY (claim_id) REFERENCES claim (claim_id)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
