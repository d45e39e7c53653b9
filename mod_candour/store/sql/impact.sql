-- impact.sql: a draft of a scheme tried on all claims: runs, and the claims of which it says
-- something else. One reader for runs and one for claims.

-- PART impact
i.run_id, i.state, i.old_code, i.old_version, i.new_code, i.new_version, i.asked_by, u.name,
    i.asked_at, i.beat_at, i.done_at, i.after_id, i.sums

-- PART impact_put
run_id, claim_id, org_id, is_open, old_state, new_state, old_p, new_p, why, diff_key

-- PART impact_row
(?, ?, ?, ?, ?, ?, ?, ?, ?, ?)

-- PART impact_diff
r.claim_id, c.reference, o.code, r.is_open, r.old_state, r.new_state, r.old_p, r.new_p,
    r.why, r.diff_key

-- STMT_SELECT_IMPACT
SELECT {impact}
FROM impact_run i LEFT JOIN app_user u ON u.user_id = i.asked_by
WHERE i.run_id = ?;

-- STMT_NEWEST_IMPACT
SELECT {impact}
FROM impact_run i LEFT JOIN app_user u ON u.user_id = i.asked_by
WHERE i.new_code = ? AND i.new_version = ? ORDER BY i.run_id DESC LIMIT 1;

-- STMT_NEXT_IMPACT
SELECT {impact}
FROM impact_run i LEFT JOIN app_user u ON u.user_id = i.asked_by
WHERE i.state = ? OR (i.state = ? AND i.beat_at < ?) ORDER BY i.run_id LIMIT 1;

-- STMT_INSERT_IMPACT
INSERT INTO impact_run (state, old_code, old_version, new_code, new_version, asked_by, asked_at,
    beat_at, done_at, after_id, sums)
VALUES (?, '', 0, ?, ?, ?, ?, ?, 0, 0, '');

-- STMT_KEEP_IMPACT_TAKE
UPDATE impact_run SET state = ?, old_code = ?, old_version = ?, beat_at = ?, sums = ?
WHERE run_id = ? AND state = ? AND beat_at = ?;

-- STMT_KEEP_IMPACT
UPDATE impact_run SET state = ?, beat_at = ?, done_at = ?, after_id = ?, sums = ? WHERE run_id = ?;

-- STMT_KEEP_IMPACT_ROW
INSERT INTO impact_row ({impact_put})
VALUES {impact_row}
ON DUPLICATE KEY UPDATE new_p = VALUES(new_p);

-- STMT_KEEP_IMPACT_ROWS
INSERT INTO impact_row ({impact_put})
VALUES {impact_row}, {impact_row}, {impact_row}, {impact_row},
    {impact_row}, {impact_row}, {impact_row}, {impact_row}
ON DUPLICATE KEY UPDATE new_p = VALUES(new_p);

-- STMT_LIST_IMPACT_ROWS
SELECT {impact_diff}
FROM impact_row r FORCE INDEX (impact_row_diff) JOIN claim c ON c.claim_id = r.claim_id
LEFT JOIN org o ON o.org_id = r.org_id
WHERE r.run_id = ? AND r.diff_key > ? ORDER BY r.diff_key LIMIT ?;

-- STMT_LIST_IMPACT_ROWS_OPEN
SELECT {impact_diff}
FROM impact_row r FORCE INDEX (impact_row_open) JOIN claim c ON c.claim_id = r.claim_id
LEFT JOIN org o ON o.org_id = r.org_id
WHERE r.run_id = ? AND r.is_open = ? AND r.diff_key > ? ORDER BY r.diff_key LIMIT ?;

-- What a draft is tried on: each trust's part of each claim of a range, with what its newest flag
-- was reckoned from.
-- STMT_SELECT_IMPACT_PARTS
SELECT w.claim_id, w.org_id, w.is_open, w.out_of_date, COALESCE(b.flag_seq = w.flag_seq, 0),
    EXISTS (SELECT 1 FROM decision_standing d
        WHERE d.claim_id = w.claim_id AND d.org_id = w.org_id), b.brief
FROM claim_work w FORCE INDEX (PRIMARY)
LEFT JOIN liability_brief b ON b.claim_id = w.claim_id AND b.org_id = w.org_id
WHERE w.claim_id > ? AND w.claim_id <= ? AND w.due_key > 0 ORDER BY w.claim_id, w.org_id;

-- STMT_COUNT_IMPACT_PARTS
SELECT COUNT(*) FROM claim_work w WHERE w.claim_id > ? AND w.due_key > 0;
