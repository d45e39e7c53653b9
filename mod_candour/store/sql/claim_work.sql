-- claim_work.sql: work lists of claims: a trust's part of a claim, then the claim's head; one
-- reader. And the teams of claims handlers.

-- ---- claims' work: the row, then the claim's head; one reader -----------

-- A list first finds its rows i in the index of its order, as many as a page has, and then looks up
-- the heads.
-- PART claim_work_and_head
w.claim_id, w.org_id, w.party_set, w.handler, w.team, w.status, w.scheme, w.is_open, w.stage,
    w.flag_seq, w.flag_state, w.out_of_date, w.indicated_p, w.decided_p, w.asked_p, w.received_p,
    w.due_on, w.notified_on, w.version, w.changed_at, w.skey,
    o.code, h.subject, h.name,
    {claim_head}

-- PART claim_work_found
i.claim_id, i.org_id, i.party_set, i.handler, i.team, i.status, i.scheme, i.is_open, i.stage,
    i.flag_seq, i.flag_state, i.out_of_date, i.indicated_p, i.decided_p, i.asked_p, i.received_p,
    i.due_on, i.notified_on, i.version, i.changed_at

-- PART with_claim_head
STRAIGHT_JOIN claim c ON c.claim_id = w.claim_id
LEFT JOIN org o ON o.org_id = w.org_id
LEFT JOIN app_user h ON h.user_id = w.handler

-- Whose turn it is: one of two sets of bits by stage and day (domain/turn.h).
-- PART claim_work_turn
(? >> (i.stage * 3 + IF(i.due_on = 0, 0, IF(i.due_on < ?, 1, 2)))) & 1 = 1

-- A filter asked for with 0 (or 2, or no text) is any.
-- PART claim_work_filter
(? = 2 OR i.is_open = ?)
        AND i.stage >= ? AND i.stage <= ?
        AND (? = 0 OR (i.out_of_date = 0 AND {claim_work_turn})
            OR (i.out_of_date = 1 AND {claim_work_turn}))
        AND (? = 0 OR i.flag_state = ?)
        AND (? = 0 OR i.scheme = ?)
        AND (? = 0 OR i.org_id = ?)
        AND (? = 0 OR i.handler = ?) AND (? = '' OR i.team = ?)
        AND (? = 0 OR (i.notified_on > 0 AND i.notified_on <= ?)) AND i.indicated_p >= ?
        AND (? = 0 OR (i.due_on > 0 AND i.due_on < ?)) AND (? = 2 OR i.out_of_date = ?)

-- A summary of what has entries of its own. The handler is an active user of the scheme or nobody.
-- PART claim_work_put
claim_id, org_id, party_set, handler, team, status, scheme, is_open, stage, flag_seq,
    flag_state, out_of_date, digest, indicated_p, decided_p, asked_p, received_p, due_on,
    notified_on, version, changed_at, due_key, age_key, sum_key, changed_key

-- PART claim_work_row
(?, ?, ?, COALESCE((SELECT u.user_id FROM app_user u
        WHERE u.subject = ? AND u.org_id IS NULL AND u.active = 1), 0),
    ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)

-- 2 for out_of_date: nothing was said of it, so it stays, and so does the digest of the same flag.
-- A row of an earlier version comes too late.
-- PART claim_work_newer
ON DUPLICATE KEY UPDATE
    digest = IF(VALUES(version) < version
        OR VALUES(flag_seq) = flag_seq AND VALUES(out_of_date) = 2, digest, VALUES(digest)),
    out_of_date = IF(VALUES(version) < version OR VALUES(out_of_date) = 2,
        out_of_date, VALUES(out_of_date)),
    party_set = IF(VALUES(version) < version, party_set, VALUES(party_set)),
    handler = IF(VALUES(version) < version, handler, VALUES(handler)),
    team = IF(VALUES(version) < version, team, VALUES(team)),
    status = IF(VALUES(version) < version, status, VALUES(status)),
    scheme = IF(VALUES(version) < version, scheme, VALUES(scheme)),
    is_open = IF(VALUES(version) < version, is_open, VALUES(is_open)),
    stage = IF(VALUES(version) < version, stage, VALUES(stage)),
    flag_seq = IF(VALUES(version) < version, flag_seq, VALUES(flag_seq)),
    flag_state = IF(VALUES(version) < version, flag_state, VALUES(flag_state)),
    indicated_p = IF(VALUES(version) < version, indicated_p, VALUES(indicated_p)),
    decided_p = IF(VALUES(version) < version, decided_p, VALUES(decided_p)),
    asked_p = IF(VALUES(version) < version, asked_p, VALUES(asked_p)),
    received_p = IF(VALUES(version) < version, received_p, VALUES(received_p)),
    due_on = IF(VALUES(version) < version, due_on, VALUES(due_on)),
    notified_on = IF(VALUES(version) < version, notified_on, VALUES(notified_on)),
    changed_at = IF(VALUES(version) < version, changed_at, VALUES(changed_at)),
    due_key = IF(VALUES(version) < version, due_key, VALUES(due_key)),
    age_key = IF(VALUES(version) < version, age_key, VALUES(age_key)),
    sum_key = IF(VALUES(version) < version, sum_key, VALUES(sum_key)),
    changed_key = IF(VALUES(version) < version, changed_key, VALUES(changed_key)),
    version = GREATEST(version, VALUES(version))

-- Each order is one unique number a row.
-- STMT_LIST_CLAIM_WORK_ALL_BY_DUE
SELECT {claim_work_and_head}
FROM (SELECT {claim_work_found}, i.due_key AS skey
    FROM claim_work i FORCE INDEX (claim_work_due)
    WHERE i.due_key > ?
        AND {claim_work_filter}
    ORDER BY i.due_key LIMIT ?
) w {with_claim_head}
ORDER BY w.skey;

-- Of a few stages out of all: their rows are read and sorted, not everything that is due before
-- them.
-- STMT_LIST_CLAIM_WORK_STAGES_BY_DUE
SELECT {claim_work_and_head}
FROM (SELECT {claim_work_found}, i.due_key AS skey
    FROM claim_work i FORCE INDEX (claim_work_stage)
    WHERE i.due_key > ?
        AND {claim_work_filter}
    ORDER BY i.due_key LIMIT ?
) w {with_claim_head}
ORDER BY w.skey;

-- STMT_LIST_CLAIM_WORK_ALL_BY_AGE
SELECT {claim_work_and_head}
FROM (SELECT {claim_work_found}, i.age_key AS skey
    FROM claim_work i FORCE INDEX (claim_work_age)
    WHERE i.age_key > ?
        AND {claim_work_filter}
    ORDER BY i.age_key LIMIT ?
) w {with_claim_head}
ORDER BY w.skey;

-- STMT_LIST_CLAIM_WORK_ALL_BY_SUM
SELECT {claim_work_and_head}
FROM (SELECT {claim_work_found}, i.sum_key AS skey
    FROM claim_work i FORCE INDEX (claim_work_sum)
    WHERE i.sum_key > ?
        AND {claim_work_filter}
    ORDER BY i.sum_key LIMIT ?
) w {with_claim_head}
ORDER BY w.skey;

-- STMT_LIST_CLAIM_WORK_ALL_BY_CHANGED
SELECT {claim_work_and_head}
FROM (SELECT {claim_work_found}, i.changed_key AS skey
    FROM claim_work i FORCE INDEX (claim_work_changed)
    WHERE i.changed_key > ?
        AND {claim_work_filter}
    ORDER BY i.changed_key LIMIT ?
) w {with_claim_head}
ORDER BY w.skey;

-- STMT_LIST_CLAIM_WORK_ORG_BY_DUE
SELECT {claim_work_and_head}
FROM (SELECT {claim_work_found}, i.due_key AS skey
    FROM claim_work i FORCE INDEX (claim_work_org_due)
    WHERE i.org_id = ?
        AND i.due_key > ?
        AND {claim_work_filter}
    ORDER BY i.due_key LIMIT ?
) w {with_claim_head}
ORDER BY w.skey;

-- STMT_LIST_CLAIM_WORK_ORG_BY_AGE
SELECT {claim_work_and_head}
FROM (SELECT {claim_work_found}, i.age_key AS skey
    FROM claim_work i FORCE INDEX (claim_work_org_age)
    WHERE i.org_id = ?
        AND i.age_key > ?
        AND {claim_work_filter}
    ORDER BY i.age_key LIMIT ?
) w {with_claim_head}
ORDER BY w.skey;

-- STMT_LIST_CLAIM_WORK_ORG_BY_SUM
SELECT {claim_work_and_head}
FROM (SELECT {claim_work_found}, i.sum_key AS skey
    FROM claim_work i FORCE INDEX (claim_work_org_sum)
    WHERE i.org_id = ?
        AND i.sum_key > ?
        AND {claim_work_filter}
    ORDER BY i.sum_key LIMIT ?
) w {with_claim_head}
ORDER BY w.skey;

-- STMT_LIST_CLAIM_WORK_ORG_BY_CHANGED
SELECT {claim_work_and_head}
FROM (SELECT {claim_work_found}, i.changed_key AS skey
    FROM claim_work i FORCE INDEX (claim_work_org_changed)
    WHERE i.org_id = ?
        AND i.changed_key > ?
        AND {claim_work_filter}
    ORDER BY i.changed_key LIMIT ?
) w {with_claim_head}
ORDER BY w.skey;

-- STMT_LIST_CLAIM_WORK_HANDLER_BY_DUE
SELECT {claim_work_and_head}
FROM (SELECT {claim_work_found}, i.due_key AS skey
    FROM claim_work i
    WHERE i.handler = ? AND (? = 0 OR i.team = '')
        AND i.due_key > ?
        AND {claim_work_filter}
    ORDER BY i.due_key LIMIT ?
) w {with_claim_head}
ORDER BY w.skey;

-- STMT_LIST_CLAIM_WORK_HANDLER_BY_AGE
SELECT {claim_work_and_head}
FROM (SELECT {claim_work_found}, i.age_key AS skey
    FROM claim_work i
    WHERE i.handler = ? AND (? = 0 OR i.team = '')
        AND i.age_key > ?
        AND {claim_work_filter}
    ORDER BY i.age_key LIMIT ?
) w {with_claim_head}
ORDER BY w.skey;

-- STMT_LIST_CLAIM_WORK_HANDLER_BY_SUM
SELECT {claim_work_and_head}
FROM (SELECT {claim_work_found}, i.sum_key AS skey
    FROM claim_work i
    WHERE i.handler = ? AND (? = 0 OR i.team = '')
        AND i.sum_key > ?
        AND {claim_work_filter}
    ORDER BY i.sum_key LIMIT ?
) w {with_claim_head}
ORDER BY w.skey;

-- STMT_LIST_CLAIM_WORK_HANDLER_BY_CHANGED
SELECT {claim_work_and_head}
FROM (SELECT {claim_work_found}, i.changed_key AS skey
    FROM claim_work i
    WHERE i.handler = ? AND (? = 0 OR i.team = '')
        AND i.changed_key > ?
        AND {claim_work_filter}
    ORDER BY i.changed_key LIMIT ?
) w {with_claim_head}
ORDER BY w.skey;

-- STMT_LIST_CLAIM_WORK_TEAMS_BY_DUE
SELECT {claim_work_and_head}
FROM (SELECT {claim_work_found}, i.due_key AS skey
    FROM claim_work i
    WHERE i.team IN (SELECT t.team FROM claim_team t WHERE t.user_id = ? AND t.active = 1)
        AND i.due_key > ?
        AND {claim_work_filter}
    ORDER BY i.due_key LIMIT ?
) w {with_claim_head}
ORDER BY w.skey;

-- STMT_LIST_CLAIM_WORK_TEAMS_BY_AGE
SELECT {claim_work_and_head}
FROM (SELECT {claim_work_found}, i.age_key AS skey
    FROM claim_work i
    WHERE i.team IN (SELECT t.team FROM claim_team t WHERE t.user_id = ? AND t.active = 1)
        AND i.age_key > ?
        AND {claim_work_filter}
    ORDER BY i.age_key LIMIT ?
) w {with_claim_head}
ORDER BY w.skey;

-- STMT_LIST_CLAIM_WORK_TEAMS_BY_SUM
SELECT {claim_work_and_head}
FROM (SELECT {claim_work_found}, i.sum_key AS skey
    FROM claim_work i
    WHERE i.team IN (SELECT t.team FROM claim_team t WHERE t.user_id = ? AND t.active = 1)
        AND i.sum_key > ?
        AND {claim_work_filter}
    ORDER BY i.sum_key LIMIT ?
) w {with_claim_head}
ORDER BY w.skey;

-- STMT_LIST_CLAIM_WORK_TEAMS_BY_CHANGED
SELECT {claim_work_and_head}
FROM (SELECT {claim_work_found}, i.changed_key AS skey
    FROM claim_work i
    WHERE i.team IN (SELECT t.team FROM claim_team t WHERE t.user_id = ? AND t.active = 1)
        AND i.changed_key > ?
        AND {claim_work_filter}
    ORDER BY i.changed_key LIMIT ?
) w {with_claim_head}
ORDER BY w.skey;

-- Capped: further nobody counts.
-- STMT_COUNT_CLAIM_WORK
SELECT
    (SELECT COUNT(*) FROM (SELECT 1 FROM claim_work a
        WHERE a.handler = ? AND a.due_key > 0 AND a.is_open = 1 LIMIT ?) x),
    (SELECT COUNT(*) FROM (SELECT 1 FROM claim_work b
        JOIN claim_team t ON t.team = b.team AND t.user_id = ? AND t.active = 1
        WHERE b.due_key > 0 AND b.is_open = 1 LIMIT ?) x),
    (SELECT COUNT(*) FROM (SELECT 1 FROM claim_work d
        WHERE d.handler = 0 AND d.team = '' AND d.due_key > 0 AND d.is_open = 1 LIMIT ?) x),
    (SELECT COUNT(*) FROM (SELECT 1 FROM claim_work e
        WHERE (? = 0 OR e.org_id = ?) AND e.due_key > 0 AND e.is_open = 1 LIMIT ?) x);

-- Rows of a range of claims, for those who make them or compute again.
-- STMT_SELECT_CLAIM_WORK
SELECT w.claim_id, w.org_id, w.flag_seq, w.digest, w.out_of_date, w.handler, h.subject, w.team,
    w.stage, w.version, COALESCE(b.flag_seq = w.flag_seq, 0)
FROM claim_work w LEFT JOIN app_user h ON h.user_id = w.handler
LEFT JOIN liability_brief b ON b.claim_id = w.claim_id AND b.org_id = w.org_id
WHERE w.claim_id > ? AND w.claim_id <= ? AND w.due_key >= 0 ORDER BY w.claim_id, w.org_id;

-- STMT_KEEP_CLAIM_WORK
INSERT INTO claim_work ({claim_work_put})
VALUES {claim_work_row}
{claim_work_newer};

-- Four at a time.
-- STMT_KEEP_CLAIM_WORKS
INSERT INTO claim_work ({claim_work_put})
VALUES {claim_work_row}, {claim_work_row}, {claim_work_row}, {claim_work_row}
{claim_work_newer};

-- A trust that the newest set does not name: no list shows it any more.
-- STMT_KEEP_CLAIM_WORK_GONE
UPDATE claim_work SET due_key = -1, age_key = -1, sum_key = -1, changed_key = -1, version = ?
WHERE claim_id = ? AND party_set < ? AND version <= ? AND due_key >= 0;

-- A linked case changed, so what was computed from it is old.
-- STMT_KEEP_CLAIM_WORK_OLD
UPDATE claim_work w
JOIN claim_case l ON l.claim_id = w.claim_id AND l.org_id = w.org_id AND l.set_seq = w.party_set
SET w.out_of_date = 1 WHERE l.case_id = ? AND w.flag_seq > 0 AND w.out_of_date = 0;

-- Computed again, and it says the same.
-- STMT_KEEP_CLAIM_WORK_FRESH
UPDATE claim_work SET out_of_date = 0
WHERE claim_id = ? AND org_id = ? AND flag_seq = ? AND version = ?;

-- Newest flag of each trust, then how every decision stands, of eight claims; a place that is not
-- needed holds one of the others again.
-- STMT_SELECT_CLAIM_SUMS
SELECT 1, f.claim_id, f.org_id, f.seq, f.state, f.indicated_p, 0, 0, 0, f.computed_at
FROM (SELECT m.claim_id, MAX(m.seq) AS seq FROM liability_flag m
    WHERE m.claim_id IN (?, ?, ?, ?, ?, ?, ?, ?) GROUP BY m.claim_id, m.org_id) n
JOIN liability_flag f ON f.claim_id = n.claim_id AND f.seq = n.seq
UNION ALL
SELECT 2, d.claim_id, d.org_id, d.seq, d.standing, d.amount_p, d.flag_seq, d.asked_p, d.received_p,
    0
FROM decision_standing d
WHERE d.claim_id IN (?, ?, ?, ?, ?, ?, ?, ?)
ORDER BY 1, 2, 4;

-- Ten at a time; a place that is not needed holds one of the others again.
-- STMT_FIND_CLAIMS_NAMED
SELECT {claim_head}
FROM claim c WHERE c.reference IN (?, ?, ?, ?, ?, ?, ?, ?, ?, ?);

-- ---- teams of claims handlers -------------------------------------------

-- STMT_SELECT_CLAIM_TEAMS
SELECT t.team, u.user_id, u.subject, u.name
FROM claim_team t JOIN app_user u ON u.user_id = t.user_id AND u.active = 1
WHERE t.active = 1 ORDER BY t.team, u.name LIMIT ?;

-- STMT_PUT_CLAIM_TEAM
INSERT INTO claim_team (team, user_id, active, changed_at) VALUES (?, ?, ?, ?)
ON DUPLICATE KEY UPDATE active = VALUES(active), changed_at = VALUES(changed_at);

-- STMT_SELECT_CLAIM_STAFF
SELECT u.user_id, u.subject, u.name FROM app_user u
WHERE u.org_id IS NULL AND u.active = 1 AND (u.roles & ?) <> 0 ORDER BY u.name, u.subject LIMIT ?;
