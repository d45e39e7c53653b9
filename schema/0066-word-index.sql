-- Words of the texts of cases and claims, each as a keyed hash under the key of one trust (or of the scheme): what
-- full-text search looks up. It holds nothing that a record does not hold: `candourctl run words` makes it again.
CREATE TABLE IF NOT EXISTS word_index (
    hash      BINARY(16) NOT NULL COMMENT 'HMAC of the folded word, cut to 16 bytes',
    file_kind SMALLINT   NOT NULL COMMENT 'code: case or claim',
    file_id   BIGINT     NOT NULL,
    PRIMARY KEY (hash, file_kind, file_id),
    KEY word_file (file_kind, file_id)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
