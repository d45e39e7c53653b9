-- bring.sql: files of other systems brought in: runs, their sealed chunks, and the references of
-- those systems, by which a row finds its case again.

-- PART bring_run
org_id, file_hash, state, skip_bad, last_line, total_rows, bad_rows, made, changed, same,
    user_id, started_at, changed_at, wrapped_key

-- Sixteen at a time; a place that is not needed holds one of the others again.
-- STMT_FIND_LOCAL_REFS
SELECT {case_head}, r.ref_hash, r.sealed
FROM case_local_ref r JOIN candour_case c ON c.case_id = r.case_id AND c.org_id = r.org_id
LEFT JOIN org co ON co.org_id = c.org_id
WHERE r.org_id = ? AND r.ref_hash IN ({q16});

-- STMT_SELECT_RECORDS_OF_CASES
SELECT r.case_id, {record}
FROM case_record r LEFT JOIN app_user u ON u.user_id = r.recorded_by
WHERE r.case_id IN ({q16}) ORDER BY r.case_id, r.seq;

-- The first case of a reference keeps it.
-- STMT_PUT_LOCAL_REF
INSERT INTO case_local_ref (org_id, ref_hash, case_id) VALUES (?, ?, ?)
ON DUPLICATE KEY UPDATE case_id = case_id;

-- STMT_INSERT_LOCAL_REF
INSERT INTO case_local_ref (org_id, ref_hash, case_id, sealed) VALUES (?, ?, ?, ?);

-- STMT_UPDATE_LOCAL_REF
UPDATE case_local_ref SET sealed = ? WHERE org_id = ? AND ref_hash = ? AND case_id = ?;

-- STMT_SELECT_BRING_RUN
SELECT run_id, {bring_run}
FROM bring_run WHERE run_id = ? AND (? = 0 OR org_id = ?);

-- STMT_FIND_BRING_RUN
SELECT run_id, {bring_run}
FROM bring_run WHERE org_id = ? AND file_hash = ?;

-- STMT_LIST_BRING_RUNS
SELECT run_id, {bring_run}
FROM bring_run WHERE org_id = ? ORDER BY run_id DESC LIMIT 20;

-- STMT_INSERT_BRING_RUN
INSERT INTO bring_run ({bring_run})
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?);

-- STMT_UPDATE_BRING_RUN
UPDATE bring_run SET state = ?, skip_bad = ?, last_line = ?, total_rows = ?, bad_rows = ?, made = ?,
    changed = ?, same = ?, changed_at = ?, wrapped_key = ?
WHERE run_id = ? AND state = ? AND last_line = ?;

-- STMT_INSERT_BRING_CHUNK
INSERT INTO bring_chunk (run_id, part, seq, sealed) VALUES (?, ?, ?, ?);

-- STMT_SELECT_BRING_CHUNKS
SELECT seq, sealed FROM bring_chunk WHERE run_id = ? AND part = ? ORDER BY seq;

-- STMT_COUNT_BRING_LEFT
SELECT (SELECT COUNT(*) FROM bring_run WHERE state = 1 AND changed_at < ?),
    (SELECT COUNT(*) FROM bring_chunk k JOIN bring_run r ON r.run_id = k.run_id
        WHERE r.wrapped_key IS NULL);

-- STMT_DROP_BRING_LEFT
UPDATE bring_run SET state = 4, wrapped_key = NULL, changed_at = ?
WHERE state = 1 AND changed_at < ?;

-- What has no key can be read by nobody.
-- STMT_DELETE_BRING_CHUNKS_LEFT
DELETE FROM bring_chunk WHERE run_id IN (SELECT run_id FROM bring_run WHERE wrapped_key IS NULL);
