-- Decision reports and letters as they were when a trust was told, and the PDFs made of them. Named by the SHA-256 that
-- the record of telling names, and sealed under the claim's key in pieces that open in their own place only.
CREATE TABLE IF NOT EXISTS report_kept (
    claim_id   BIGINT     NOT NULL,
    report_sha BINARY(32) NOT NULL COMMENT 'of the report as JSON',
    part       SMALLINT   NOT NULL COMMENT '1 report JSON, 2 letter HTML, 3 report PDF, 4 letter PDF',
    number     INT        NOT NULL COMMENT '0: size, SHA-256 and day; 1 and on: bytes',
    sealed     MEDIUMBLOB NOT NULL,
    PRIMARY KEY (claim_id, report_sha, part, number),
    CONSTRAINT report_kept_file FOREIGN KEY (claim_id) REFERENCES claim (claim_id)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
