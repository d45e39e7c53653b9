-- team.sql: colleagues, their teams, who covers for whom, saved filters, and calendars under an
-- address of their own.

-- Absence of a user u on a day.
-- PART away
LEFT JOIN work_cover v ON v.user_id = u.user_id AND v.first_on <= ? AND v.last_on >= ?
    AND v.ended_at = 0

-- STMT_SELECT_COLLEAGUES
SELECT u.user_id, u.subject, u.name, COALESCE(MAX(v.last_on), 0)
FROM app_user u FORCE INDEX (app_user_org)
{away}
WHERE u.org_id = ? AND u.active = 1 AND u.subject > ?
GROUP BY u.user_id, u.subject, u.name ORDER BY u.subject LIMIT ?;

-- The same columns: one colleague by name of sign-in.
-- STMT_SELECT_COLLEAGUE
SELECT u.user_id, u.subject, u.name, 0
FROM app_user u WHERE u.org_id = ? AND u.subject = ? AND u.active = 1;

-- STMT_SELECT_TEAMS
SELECT t.team, u.user_id, u.subject, u.name
FROM team_member t JOIN app_user u ON u.user_id = t.user_id AND u.active = 1
WHERE t.org_id = ? AND t.active = 1 ORDER BY t.team, u.name LIMIT ?;

-- STMT_PUT_TEAM_MEMBER
INSERT INTO team_member (org_id, team, user_id, active, changed_at) VALUES (?, ?, ?, ?, ?)
ON DUPLICATE KEY UPDATE active = VALUES(active), changed_at = VALUES(changed_at);

-- Absences that are not over: one's own, and those one covers for.
-- STMT_SELECT_COVERS
SELECT v.user_id, v.first_on, v.last_on, v.covered_by, a.name, b.name, b.subject
FROM work_cover v JOIN app_user a ON a.user_id = v.user_id
JOIN app_user b ON b.user_id = v.covered_by
WHERE v.ended_at = 0 AND v.last_on >= ? AND (v.user_id = ? OR v.covered_by = ?)
ORDER BY v.first_on, v.user_id LIMIT ?;

-- STMT_PUT_COVER
INSERT INTO work_cover (user_id, first_on, last_on, covered_by, made_at, ended_at)
VALUES (?, ?, ?, ?, ?, 0)
ON DUPLICATE KEY UPDATE last_on = VALUES(last_on), covered_by = VALUES(covered_by),
    made_at = VALUES(made_at), ended_at = 0;

-- STMT_END_COVER
UPDATE work_cover SET ended_at = ? WHERE user_id = ? AND first_on = ? AND ended_at = 0;

-- STMT_SELECT_FILTERS
SELECT f.name, f.query FROM work_filter f
WHERE f.user_id = ? AND f.ended_at = 0 ORDER BY f.name LIMIT ?;

-- STMT_PUT_FILTER
INSERT INTO work_filter (user_id, name, query, saved_at, ended_at) VALUES (?, ?, ?, ?, 0)
ON DUPLICATE KEY UPDATE query = VALUES(query), saved_at = VALUES(saved_at), ended_at = 0;

-- STMT_END_FILTER
UPDATE work_filter SET ended_at = ? WHERE user_id = ? AND name = ? AND ended_at = 0;

-- STMT_SELECT_FEED
SELECT f.made_at FROM calendar_feed f WHERE f.user_id = ? AND f.ended_at = 0;

-- STMT_FIND_FEED
SELECT u.user_id, u.subject, u.name, u.roles, u.org_id
FROM calendar_feed f JOIN app_user u ON u.user_id = f.user_id AND u.active = 1
WHERE f.token_hash = ? AND f.ended_at = 0 AND u.org_id IS NOT NULL;

-- STMT_PUT_FEED
INSERT INTO calendar_feed (user_id, token_hash, made_at, ended_at) VALUES (?, ?, ?, 0)
ON DUPLICATE KEY UPDATE token_hash = VALUES(token_hash), made_at = VALUES(made_at), ended_at = 0;

-- STMT_END_FEED
UPDATE calendar_feed SET ended_at = ? WHERE user_id = ? AND ended_at = 0;

-- Dated steps of a person and of those they cover for, then what was taken off them since an
-- instant.
-- STMT_SELECT_FEED_EVENTS
SELECT c.reference, i.rule, i.step, i.due_on, i.version, i.changed_at, 0
FROM {self_or_covered}
JOIN candour_case c ON c.case_id = i.case_id
WHERE i.org_id = ? AND i.skey > 0 AND i.due_on > 0
UNION ALL
SELECT c.reference, g.gone_rule, g.gone_step, g.gone_due, g.gone_version, g.gone_at, 1
FROM case_work g FORCE INDEX (work_gone) JOIN candour_case c ON c.case_id = g.case_id
WHERE g.gone_assignee = ? AND g.gone_at >= ? AND g.org_id = ?
    AND NOT (g.assignee = g.gone_assignee AND g.rule = g.gone_rule AND g.due_on > 0)
ORDER BY due_on, reference LIMIT ?;
