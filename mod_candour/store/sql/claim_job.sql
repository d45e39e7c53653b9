-- claim_job.sql: jobs over all claims, how far each has come, and what it did to each claim. One
-- reader for jobs.

-- PART job
j.job_id, j.state, j.all_claims, j.decided, j.asked_by, u.name, j.asked_at, j.started_at,
    j.beat_at, j.done_at, j.after_id, j.total, j.seen, j.made, j.same, j.held, j.failed

-- PART job_row_put
job_id, claim_id, org_id, old_seq, new_seq, old_state, new_state, old_p, new_p

-- PART job_row
(?, ?, ?, ?, ?, ?, ?, ?, ?)

-- STMT_SELECT_CLAIM_JOB
SELECT {job}
FROM claim_job j LEFT JOIN app_user u ON u.user_id = j.asked_by
WHERE j.job_id = ?;

-- STMT_LIST_CLAIM_JOBS
SELECT {job}
FROM claim_job j LEFT JOIN app_user u ON u.user_id = j.asked_by
WHERE j.job_id < ? ORDER BY j.job_id DESC LIMIT ?;

-- The first that waits, or whose worker has said nothing for long.
-- STMT_NEXT_CLAIM_JOB
SELECT {job}
FROM claim_job j LEFT JOIN app_user u ON u.user_id = j.asked_by
WHERE j.state = ? OR (j.state = ? AND j.beat_at < ?) ORDER BY j.job_id LIMIT 1;

-- STMT_LIVE_CLAIM_JOB
SELECT {job}
FROM claim_job j LEFT JOIN app_user u ON u.user_id = j.asked_by
WHERE j.state IN (?, ?) ORDER BY j.job_id LIMIT 1;

-- STMT_INSERT_CLAIM_JOB
INSERT INTO claim_job (state, all_claims, decided, asked_by, asked_at, started_at, beat_at, done_at,
    after_id, total, seen, made, same, held, failed)
VALUES (?, ?, ?, ?, ?, 0, ?, 0, 0, 0, 0, 0, 0, 0, 0);

-- By compare-and-set on what it said last: two workers never have one job.
-- STMT_KEEP_CLAIM_JOB_TAKE
UPDATE claim_job SET state = ?, started_at = IF(started_at = 0, ?, started_at), beat_at = ?,
    total = ?
WHERE job_id = ? AND state = ? AND beat_at = ?;

-- STMT_KEEP_CLAIM_JOB
UPDATE claim_job SET state = ?, beat_at = ?, done_at = ?, after_id = ?, seen = ?, made = ?,
    same = ?, held = ?, failed = ?
WHERE job_id = ?;

-- STMT_KEEP_CLAIM_JOB_ROW
INSERT INTO claim_job_row ({job_row_put})
VALUES {job_row};

-- STMT_KEEP_CLAIM_JOB_ROWS
INSERT INTO claim_job_row ({job_row_put})
VALUES {job_row}, {job_row}, {job_row}, {job_row},
    {job_row}, {job_row}, {job_row}, {job_row};

-- STMT_LIST_CLAIM_JOB_ROWS
SELECT r.claim_id, c.reference, o.code, r.old_seq, r.new_seq, r.old_state, r.new_state, r.old_p,
    r.new_p, r.org_id
FROM claim_job_row r FORCE INDEX (PRIMARY) JOIN claim c ON c.claim_id = r.claim_id
LEFT JOIN org o ON o.org_id = r.org_id
WHERE r.job_id = ? AND (r.claim_id > ? OR (r.claim_id = ? AND r.org_id > ?))
ORDER BY r.claim_id, r.org_id LIMIT ?;
