-- work.sql: work lists of cases: what is due next, then the head; one reader. And the row that is
-- kept of each case.

-- A list first finds its rows i in an index, as many as a page has, and then looks up the heads.
-- PART work_and_head
w.due_on, w.due_kind, w.rule, w.step, w.tasks, w.assignee, wu.subject, wu.name, w.team,
    w.cover_until, w.skey,
    {case_head}

-- PART work_found
i.case_id, i.due_on, i.due_kind, i.rule, i.step, i.tasks, i.assignee, i.team, i.cover_until,
        i.skey

-- PART with_case_head
STRAIGHT_JOIN candour_case c ON c.case_id = w.case_id
LEFT JOIN org co ON co.org_id = c.org_id
LEFT JOIN app_user wu ON wu.user_id = w.assignee

-- Work i of a person and of those whom they cover for on a day.
-- PART self_or_covered
(SELECT u.user_id FROM app_user u WHERE u.user_id = ?
        UNION SELECT v.user_id FROM work_cover v
        WHERE v.covered_by = ? AND v.first_on <= ? AND v.last_on >= ? AND v.ended_at = 0) p
    STRAIGHT_JOIN case_work i FORCE INDEX (work_person) ON i.assignee = p.user_id

-- Work a given to a team that one is in, work b to a person in it.
-- PART given_to_team
FROM team_member t STRAIGHT_JOIN case_work a FORCE INDEX (work_team)
            ON a.org_id = t.org_id AND a.team = t.team
        WHERE t.org_id = ? AND t.user_id = ? AND t.active = 1

-- PART given_to_mate
FROM team_member t STRAIGHT_JOIN team_member m
            ON m.org_id = t.org_id AND m.team = t.team AND m.active = 1
        STRAIGHT_JOIN case_work b FORCE INDEX (work_person)
            ON b.org_id = t.org_id AND b.assignee = m.user_id
        WHERE t.org_id = ? AND t.user_id = ? AND t.active = 1

-- Overdue, due soon and all.
-- PART due_counts
COUNT(CASE WHEN x.skey < ? THEN 1 END),
    COUNT(CASE WHEN x.skey >= ? AND x.skey < ? THEN 1 END), COUNT(x.skey)

-- The bounds are of skey: after the cursor, before the end of the days asked for. A rule asked for
-- with no text is any.
-- STMT_LIST_WORK_OF_ORG
SELECT {work_and_head}
FROM (SELECT {work_found}
    FROM case_work i FORCE INDEX (work_org)
    WHERE i.org_id = ? AND i.skey > ? AND i.skey < ?
    ORDER BY i.skey LIMIT ?
) w {with_case_head}
ORDER BY w.skey;

-- STMT_LIST_WORK_OF_RULE
SELECT {work_and_head}
FROM (SELECT {work_found}
    FROM case_work i FORCE INDEX (work_rule)
    WHERE i.org_id = ? AND i.rule = ? AND i.skey > ? AND i.skey < ?
    ORDER BY i.skey LIMIT ?
) w {with_case_head}
ORDER BY w.skey;

-- STMT_LIST_WORK_OF_PERSON
SELECT {work_and_head}
FROM (SELECT {work_found}
    FROM case_work i FORCE INDEX (work_person)
    WHERE i.org_id = ? AND i.assignee = (SELECT p.user_id FROM app_user p
        WHERE p.subject = ? AND p.org_id = ?) AND i.skey > ? AND i.skey < ?
        AND (? = '' OR i.rule = ?)
    ORDER BY i.skey LIMIT ?
) w {with_case_head}
ORDER BY w.skey;

-- STMT_LIST_WORK_OF_NOBODY
SELECT {work_and_head}
FROM (SELECT {work_found}
    FROM case_work i FORCE INDEX (work_person)
    WHERE i.org_id = ? AND i.assignee = 0 AND i.team = '' AND i.skey > ? AND i.skey < ?
        AND (? = '' OR i.rule = ?)
    ORDER BY i.skey LIMIT ?
) w {with_case_head}
ORDER BY w.skey;

-- One's own, and that of those whom one covers for today.
-- STMT_LIST_WORK_MINE
SELECT {work_and_head}
FROM (SELECT {work_found}
    FROM {self_or_covered}
    WHERE i.org_id = ? AND i.skey > ? AND i.skey < ? AND (? = '' OR i.rule = ?)
    ORDER BY i.skey LIMIT ?
) w {with_case_head}
ORDER BY w.skey;

-- What was given to a team that one is in, or to a person in it.
-- STMT_LIST_WORK_OF_TEAMS
SELECT {work_and_head}
FROM (SELECT {work_found}
    FROM (SELECT a.case_id
        {given_to_team} AND a.skey > ? AND a.skey < ?
        UNION SELECT b.case_id
        {given_to_mate} AND b.skey > ? AND b.skey < ?) p
    STRAIGHT_JOIN case_work i ON i.case_id = p.case_id
    WHERE (? = '' OR i.rule = ?)
    ORDER BY i.skey LIMIT ?
) w {with_case_head}
ORDER BY w.skey;

-- Four rows: mine, my teams', nobody's, the trust's. Each counts overdue, due soon and all, and
-- stops counting at the limit; the earliest come first, so overdue is cut off last.
-- STMT_COUNT_WORK
SELECT 1 AS place, {due_counts}
FROM (SELECT i.skey
    FROM {self_or_covered}
    WHERE i.org_id = ? AND i.skey > 0 ORDER BY i.skey LIMIT ?) x
UNION ALL
SELECT 2 AS place, {due_counts}
FROM (SELECT p.skey
    FROM (SELECT a.case_id, a.skey
        {given_to_team} AND a.skey > 0
        UNION SELECT b.case_id, b.skey
        {given_to_mate} AND b.skey > 0) p
    ORDER BY p.skey LIMIT ?) x
UNION ALL
SELECT 3 AS place, {due_counts}
FROM (SELECT i.skey FROM case_work i FORCE INDEX (work_person)
    WHERE i.org_id = ? AND i.assignee = 0 AND i.team = '' AND i.skey > 0 ORDER BY i.skey LIMIT ?) x
UNION ALL
SELECT 4 AS place, {due_counts}
FROM (SELECT i.skey FROM case_work i FORCE INDEX (work_org)
    WHERE i.org_id = ? AND i.skey > 0 ORDER BY i.skey LIMIT ?) x;

-- STMT_SELECT_WORK
SELECT {work_row}
FROM case_work w LEFT JOIN app_user wu ON wu.user_id = w.assignee AND wu.active = 1
WHERE w.case_id = ?;

-- For the job that makes all rows again: each case of a range with its row, or without one.
-- STMT_WALK_WORK
SELECT c.case_id, COALESCE(w.org_id, 0), COALESCE(w.state, 0), w.policy, COALESCE(w.version, 0),
    COALESCE(w.due_on, 0), COALESCE(w.due_kind, 0), w.rule, w.step, COALESCE(w.tasks, 0),
    COALESCE(w.assignee, 0), wu.subject, wu.name, w.team, COALESCE(w.cover_until, 0),
    COALESCE(w.changed_at, 0)
FROM candour_case c FORCE INDEX (PRIMARY) LEFT JOIN case_work w ON w.case_id = c.case_id
LEFT JOIN app_user wu ON wu.user_id = w.assignee AND wu.active = 1
WHERE c.case_id > ? AND c.case_id <= ? ORDER BY c.case_id;

-- A summary of what has its own entry: no entry is owed. The assignee is a user of the case's own
-- trust or nobody. What a person had and has no longer is kept for their calendar; the assignments
-- are made in order, so each IF sees the row as it was. A row of an earlier version of the case
-- comes too late.
-- STMT_KEEP_WORK
INSERT INTO case_work (case_id, org_id, state, policy, version, due_on, due_kind, rule, step, tasks,
    assignee, team, cover_until, changed_at, skey)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?,
    COALESCE((SELECT u.user_id FROM app_user u
        WHERE u.subject = ? AND u.org_id = ? AND u.active = 1), 0),
    ?, ?, ?, ?)
ON DUPLICATE KEY UPDATE
    gone_at = IF(VALUES(version) >= version AND due_on > 0 AND assignee > 0
        AND (assignee <> VALUES(assignee) OR rule <> VALUES(rule) OR VALUES(due_on) = 0),
        VALUES(changed_at), gone_at),
    gone_rule = IF(gone_at = VALUES(changed_at), rule, gone_rule),
    gone_step = IF(gone_at = VALUES(changed_at), step, gone_step),
    gone_due = IF(gone_at = VALUES(changed_at), due_on, gone_due),
    gone_assignee = IF(gone_at = VALUES(changed_at), assignee, gone_assignee),
    gone_version = IF(gone_at = VALUES(changed_at), VALUES(version), gone_version),
    state = IF(VALUES(version) < version, state, VALUES(state)),
    policy = IF(VALUES(version) < version, policy, VALUES(policy)),
    due_on = IF(VALUES(version) < version, due_on, VALUES(due_on)),
    due_kind = IF(VALUES(version) < version, due_kind, VALUES(due_kind)),
    rule = IF(VALUES(version) < version, rule, VALUES(rule)),
    step = IF(VALUES(version) < version, step, VALUES(step)),
    tasks = IF(VALUES(version) < version, tasks, VALUES(tasks)),
    assignee = IF(VALUES(version) < version, assignee, VALUES(assignee)),
    team = IF(VALUES(version) < version, team, VALUES(team)),
    cover_until = IF(VALUES(version) < version, cover_until, VALUES(cover_until)),
    changed_at = IF(VALUES(version) < version, changed_at, VALUES(changed_at)),
    skey = IF(VALUES(version) < version, skey, VALUES(skey)),
    version = GREATEST(version, VALUES(version));
