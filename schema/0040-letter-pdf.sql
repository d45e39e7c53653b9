-- Letters that were let out and have no PDF yet. Put in the transaction of the sign-off, ended in that of the
-- document; names a case and a record of it, and nothing of a person. `candourctl run letters` works through it.
CREATE TABLE IF NOT EXISTS letter_pdf (
    case_id BIGINT   NOT NULL,
    seq     INT      NOT NULL COMMENT 'of the sign-off',
    state   SMALLINT NOT NULL COMMENT '1 waiting, 2 done',
    put_at  BIGINT   NOT NULL COMMENT 'instant',
    PRIMARY KEY (case_id, seq),
    KEY letter_pdf_waiting (state, put_at, case_id, seq),
    CONSTRAINT letter_pdf_file FOREIGN KEY (case_id) REFERENCES candour_case (case_id)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
