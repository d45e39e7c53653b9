-- claim.sql: the scheme's own numbers, each held by one claim; the status of each claim day by day;
-- people by role.

-- STMT_SELECT_SCHEME_REF
SELECT c.reference FROM claim_scheme_ref r JOIN claim c ON c.claim_id = r.claim_id
WHERE r.scheme_ref = ? AND r.held = 1;

-- STMT_SELECT_SCHEME_REF_OF
SELECT r.claim_id FROM claim_scheme_ref r WHERE r.scheme_ref = ? AND r.claim_id = ? AND r.held = 1;

-- STMT_GIVE_UP_SCHEME_REF
UPDATE claim_scheme_ref SET held = 0 WHERE claim_id = ? AND held = 1 AND scheme_ref <> ?;

-- The claim that holds a number keeps it.
-- STMT_PUT_SCHEME_REF
INSERT INTO claim_scheme_ref (scheme_ref, claim_id, held) VALUES (?, ?, 1)
ON DUPLICATE KEY UPDATE claim_id = IF(held = 0, VALUES(claim_id), claim_id), held = 1;

-- STMT_KEEP_STATUS_DAY
INSERT INTO claim_status_day (claim_id, day, status) VALUES (?, ?, ?)
ON DUPLICATE KEY UPDATE status = VALUES(status);

-- Of each claim the newest row up to the day. Nothing of the claim's head: that is the latest
-- position.
-- STMT_COUNT_STATUS_DAY
SELECT d.status, COUNT(*) FROM claim_status_day d
JOIN (SELECT s.claim_id, MAX(s.day) AS day FROM claim_status_day s
    WHERE s.day <= ? GROUP BY s.claim_id) n
    ON n.claim_id = d.claim_id AND n.day = d.day
GROUP BY d.status;

-- STMT_SELECT_CLAIMS_NO_HISTORY
SELECT c.reference FROM claim c LEFT JOIN claim_status_day d ON d.claim_id = c.claim_id
WHERE d.claim_id IS NULL ORDER BY c.claim_id LIMIT 1000;

-- STMT_SELECT_PEOPLE_IN_ROLE
SELECT u.subject, u.name FROM app_user u
WHERE u.active = 1 AND (u.roles & ?) <> 0 ORDER BY u.name, u.subject LIMIT 200;
