-- The bytes themselves, in chunks under the case's key; a chunk moved to another place does not open.
CREATE TABLE IF NOT EXISTS content_chunk (
    content_id BIGINT     NOT NULL,
    number     INT        NOT NULL COMMENT '0: size, chunks, SHA-256 and type; 1 and on: bytes',
    sealed     MEDIUMBLOB NOT NULL,
    PRIMARY KEY (content_id, number),
    CONSTRAINT content_chunk_of FOREIGN KEY (content_id) REFERENCES content (content_id)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
