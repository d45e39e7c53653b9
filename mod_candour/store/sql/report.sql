-- report.sql: decision reports as they were given out, in sealed pieces by their hash, and those
-- whose PDF is to be made.

-- STMT_INSERT_REPORT_PIECE
INSERT INTO report_kept (claim_id, report_sha, part, number, sealed) VALUES (?, ?, ?, ?, ?);

-- A PDF is made from what is kept.
-- STMT_KEEP_REPORT_PIECE
INSERT INTO report_kept (claim_id, report_sha, part, number, sealed) VALUES (?, ?, ?, ?, ?);

-- STMT_SELECT_REPORT_PIECES
SELECT number, sealed FROM report_kept
WHERE claim_id = ? AND report_sha = ? AND part = ? ORDER BY number;

-- STMT_SELECT_REPORT_PARTS
SELECT part FROM report_kept WHERE claim_id = ? AND report_sha = ? AND number = 0;

-- STMT_LIST_REPORT_KEPT
SELECT DISTINCT report_sha, part FROM report_kept WHERE claim_id = ? ORDER BY report_sha, part;

-- STMT_SELECT_REPORT_PDF
SELECT state FROM report_pdf WHERE claim_id = ? AND report_sha = ?;

-- STMT_INSERT_REPORT_PDF
INSERT INTO report_pdf (claim_id, report_sha, state, put_at) VALUES (?, ?, ?, ?);

-- STMT_KEEP_REPORT_PDF
UPDATE report_pdf SET state = ? WHERE claim_id = ? AND report_sha = ?;

-- STMT_LIST_REPORT_PDF
SELECT p.claim_id, p.report_sha, p.put_at, c.reference
FROM report_pdf p FORCE INDEX (report_pdf_waiting)
JOIN claim c ON c.claim_id = p.claim_id
WHERE p.state = ? AND c.wrapped_key IS NOT NULL
    AND (p.put_at > ? OR (p.put_at = ?
        AND (p.claim_id > ? OR (p.claim_id = ? AND p.report_sha > ?))))
ORDER BY p.put_at, p.claim_id, p.report_sha LIMIT ?;

-- The first entry of a chain about one thing in it.
-- STMT_SELECT_ENTRY_OF
SELECT seq, role, hash FROM audit_entry
WHERE chain = ? AND chain_id = ? AND object = ? ORDER BY seq LIMIT 1;
