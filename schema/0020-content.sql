-- Bytes that a case keeps: documents and letters. Staged first, in short statements of their own; part of the case
-- once the record that names them is committed. What they are (size, SHA-256, type) is sealed in their chunk 0.
CREATE TABLE IF NOT EXISTS content (
    content_id  BIGINT   NOT NULL COMMENT 'drawn at random',
    case_id     BIGINT   NOT NULL,
    state       SMALLINT NOT NULL COMMENT '1 staged, 2 kept, 3 swept',
    created_at  BIGINT   NOT NULL COMMENT 'instant',
    PRIMARY KEY (content_id),
    KEY content_of_case (case_id, state),
    KEY content_left (state, created_at),
    CONSTRAINT content_file FOREIGN KEY (case_id) REFERENCES candour_case (case_id)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
