-- letter.sql: letters whose PDF is to be made, those that wait longest first, and the colleagues
-- who may sign one.

-- STMT_INSERT_LETTER_PDF
INSERT INTO letter_pdf (case_id, seq, state, put_at) VALUES (?, ?, ?, ?);

-- STMT_KEEP_LETTER_PDF
UPDATE letter_pdf SET state = ? WHERE case_id = ? AND seq = ?;

-- STMT_LIST_LETTER_PDF
SELECT p.case_id, p.seq, p.put_at, c.reference
FROM letter_pdf p FORCE INDEX (letter_pdf_waiting)
JOIN candour_case c ON c.case_id = p.case_id
WHERE p.state = ? AND c.wrapped_key IS NOT NULL
    AND (p.put_at > ? OR (p.put_at = ? AND (p.case_id > ? OR (p.case_id = ? AND p.seq > ?))))
ORDER BY p.put_at, p.case_id, p.seq LIMIT ?;

-- STMT_LIST_SIGNERS
SELECT u.user_id FROM app_user u
WHERE u.org_id = ? AND u.active = 1 AND (u.roles & ?) <> 0 AND u.user_id <> ?
ORDER BY u.user_id LIMIT 50;
