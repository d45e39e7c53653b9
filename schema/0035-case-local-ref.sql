-- By which name a trust knows a case: a keyed hash, so that a row that is brought in again finds its case. `sealed`:
-- what the row said last, field by field, as keyed digests under the case's key; NULL where nobody brought it in.
CREATE TABLE IF NOT EXISTS case_local_ref (
    org_id   BIGINT     NOT NULL,
    ref_hash BINARY(32) NOT NULL COMMENT 'keyed hash of the trust and its reference',
    case_id  BIGINT     NOT NULL,
    sealed   BLOB       NULL,
    PRIMARY KEY (org_id, ref_hash),
    KEY local_ref_case (case_id),
    CONSTRAINT local_ref_org FOREIGN KEY (org_id) REFERENCES org (org_id),
    CONSTRAINT local_ref_file FOREIGN KEY (case_id) REFERENCES candour_case (case_id)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
