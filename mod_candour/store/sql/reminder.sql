-- reminder.sql: when each trust reminds its people and whom it tells then; what is due in a range
-- of cases, and who may be told.

-- STMT_SELECT_REMINDERS
SELECT s.org_id, s.ahead_days, s.past_days, s.escalate_after, s.escalate_role, s.escalate_to,
    u.subject, s.quiet, s.version
FROM reminder_setting s LEFT JOIN app_user u ON u.user_id = s.escalate_to
WHERE ? = 0 OR s.org_id = ?;

-- STMT_INSERT_REMINDER
INSERT INTO reminder_setting (org_id, ahead_days, past_days, escalate_after, escalate_role,
    escalate_to, quiet, version)
VALUES (?, ?, ?, ?, ?, ?, ?, 1);

-- STMT_UPDATE_REMINDER
UPDATE reminder_setting SET ahead_days = ?, past_days = ?, escalate_after = ?, escalate_role = ?,
    escalate_to = ?, quiet = ?, version = version + 1
WHERE org_id = ? AND version = ?;

-- A negative sort key is a closed case.
-- STMT_LIST_DUES
SELECT w.case_id, w.org_id, c.reference, w.rule, w.step, w.team, w.due_on, w.cover_until, w.assignee
FROM case_work w FORCE INDEX (PRIMARY) JOIN candour_case c ON c.case_id = w.case_id
WHERE w.case_id > ? AND w.skey > 0 AND w.due_on >= ? AND w.due_on <= ? ORDER BY w.case_id LIMIT ?;

-- STMT_SELECT_TRUST_USERS
SELECT u.user_id, u.org_id, u.roles, COALESCE(MIN(v.covered_by), 0)
FROM app_user u
{away}
WHERE u.active = 1 AND u.org_id IS NOT NULL
GROUP BY u.user_id, u.org_id, u.roles ORDER BY u.user_id;

-- STMT_SELECT_IN_TEAMS
SELECT t.org_id, t.team, t.user_id FROM team_member t WHERE t.active = 1
ORDER BY t.org_id, t.team, t.user_id;
