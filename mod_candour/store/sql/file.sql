-- file.sql: cases and claims as files: who asks, with the head that is asked for; lists of heads;
-- heads written; records.

-- ---- actor, with or without a head: u, o, s, then the head's columns ----

-- PART actor
s.schema_version, s.orgs_version, s.holidays_version, s.schemes_version,
    u.user_id, u.name, u.roles, o.org_id, o.code, o.name

-- PART actor_rows
app_state s
LEFT JOIN app_user u ON u.subject = ? AND u.active = 1
LEFT JOIN org o ON o.org_id = u.org_id

-- STMT_SELECT_ACTOR
SELECT {actor}
FROM {actor_rows}
WHERE s.id = 1;

-- The reach: an actor without any of the roles in the mask sees the own organisation's cases. The
-- second half is the case's records up to the last that the head names, behind as many NULLs as the
-- first has columns (but roles, whose type a NULL would change): actor, head and records in one
-- round trip, as of one moment. Their columns are those of STMT_SELECT_CASE_RECORDS.
-- STMT_SELECT_ACTOR_CASE
SELECT {actor},
    {case_head},
    EXISTS (SELECT 1 FROM claim_case l WHERE l.case_id = c.case_id),
    {work_row},
    NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL
FROM {actor_rows}
LEFT JOIN candour_case c ON c.reference = ? AND ((u.roles & ?) <> 0 OR c.org_id = u.org_id)
LEFT JOIN org co ON co.org_id = c.org_id
LEFT JOIN case_work w ON w.case_id = c.case_id
LEFT JOIN app_user wu ON wu.user_id = w.assignee AND wu.active = 1
WHERE s.id = 1
UNION ALL
SELECT NULL, NULL, NULL, NULL, NULL, NULL, u.roles, NULL, NULL, NULL, NULL, NULL, NULL, NULL,
    NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL,
    NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL,
    NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL,
    r.seq, r.kind, r.happened_first, r.happened_last, r.recorded_at, r.recorded_by, ru.name,
    r.role, r.supersedes, r.open_fields, r.sealed
FROM app_user u
JOIN candour_case c ON c.reference = ? AND ((u.roles & ?) <> 0 OR c.org_id = u.org_id)
JOIN case_record r ON r.case_id = c.case_id AND r.seq <= c.last_seq
LEFT JOIN app_user ru ON ru.user_id = r.recorded_by
WHERE u.subject = ? AND u.active = 1;

-- STMT_SELECT_ACTOR_CLAIM
SELECT {actor},
    {claim_head}
FROM {actor_rows}
LEFT JOIN claim c ON c.reference = ? AND ((u.roles & ?) <> 0 OR EXISTS (
    SELECT 1 FROM claim_party p
    WHERE p.claim_id = c.claim_id AND p.set_seq = c.party_set AND p.org_id = u.org_id))
WHERE s.id = 1;

-- ---- heads of cases, one reader -----------------------------------------

-- LEFT JOIN: a case whose organisation was taken away must still be seen by verify. Organisation 0
-- is all.
-- STMT_SELECT_CASE
SELECT {case_head}
FROM candour_case c LEFT JOIN org co ON co.org_id = c.org_id
WHERE c.reference = ? AND (? = 0 OR c.org_id = ?);

-- STMT_LIST_CASES
SELECT {case_head}
FROM candour_case c FORCE INDEX (case_newest) LEFT JOIN org co ON co.org_id = c.org_id
WHERE c.skey < ? ORDER BY c.skey DESC LIMIT ?;

-- STMT_LIST_CASES_OF_ORG
SELECT {case_head}
FROM candour_case c FORCE INDEX (case_org) LEFT JOIN org co ON co.org_id = c.org_id
WHERE c.org_id = ? AND c.skey < ? ORDER BY c.skey DESC LIMIT ?;

-- STMT_LIST_CASES_BY_STATE
SELECT {case_head}
FROM candour_case c FORCE INDEX (case_state) LEFT JOIN org co ON co.org_id = c.org_id
WHERE c.state = ? AND c.skey < ? ORDER BY c.skey DESC LIMIT ?;

-- STMT_LIST_CASES_OF_ORG_BY_STATE
SELECT {case_head}
FROM candour_case c FORCE INDEX (case_org_state) LEFT JOIN org co ON co.org_id = c.org_id
WHERE c.org_id = ? AND c.state = ? AND c.skey < ? ORDER BY c.skey DESC LIMIT ?;

-- STMT_FIND_CASES_BY_NHS
SELECT {case_head}
FROM candour_case c FORCE INDEX (case_nhs) LEFT JOIN org co ON co.org_id = c.org_id
WHERE c.nhs_hash = ? AND (? = 0 OR c.org_id = ?) ORDER BY c.skey DESC LIMIT ?;

-- STMT_WALK_CASES
SELECT {case_head}
FROM candour_case c FORCE INDEX (PRIMARY) LEFT JOIN org co ON co.org_id = c.org_id
WHERE c.case_id > ? ORDER BY c.case_id LIMIT ?;

-- ---- heads of claims, one reader ----------------------------------------

-- STMT_SELECT_CLAIM
SELECT {claim_head}
FROM claim c
WHERE c.reference = ? AND {claim_reach};

-- STMT_LIST_CLAIMS
SELECT {claim_head}
FROM claim c FORCE INDEX (PRIMARY)
WHERE c.claim_id < ? ORDER BY c.claim_id DESC LIMIT ?;

-- STMT_LIST_CLAIMS_OF_ORG
SELECT {claim_head}
FROM claim_party p FORCE INDEX (party_org)
STRAIGHT_JOIN claim c ON c.claim_id = p.claim_id AND c.party_set = p.set_seq
WHERE p.org_id = ? AND p.claim_id < ? ORDER BY p.claim_id DESC LIMIT ?;

-- STMT_LIST_CLAIMS_BY_STATUS
SELECT {claim_head}
FROM claim c FORCE INDEX (claim_status)
WHERE c.status = ? AND c.claim_id < ? ORDER BY c.claim_id DESC LIMIT ?;

-- STMT_LIST_CLAIMS_OF_ORG_BY_STATUS
SELECT {claim_head}
FROM claim_party p FORCE INDEX (party_org)
STRAIGHT_JOIN claim c ON c.claim_id = p.claim_id AND c.party_set = p.set_seq AND c.status = ?
WHERE p.org_id = ? AND p.claim_id < ? ORDER BY p.claim_id DESC LIMIT ?;

-- STMT_FIND_CLAIMS_BY_NHS
SELECT {claim_head}
FROM claim c FORCE INDEX (claim_nhs)
WHERE c.nhs_hash = ? AND {claim_reach}
ORDER BY c.claim_id DESC LIMIT ?;

-- STMT_WALK_CLAIMS
SELECT {claim_head}
FROM claim c FORCE INDEX (PRIMARY)
WHERE c.claim_id > ? ORDER BY c.claim_id LIMIT ?;

-- STMT_SELECT_CLAIMS_OF_CASE
SELECT c.reference
FROM candour_case k
JOIN claim_case l ON l.case_id = k.case_id
JOIN claim c ON c.claim_id = l.claim_id AND c.party_set = l.set_seq
WHERE k.reference = ? ORDER BY c.claim_id DESC;

-- ---- heads, written -----------------------------------------------------

-- The number comes back as the insert id.
-- STMT_TAKE_NUMBER
INSERT INTO counter (kind, year, last_number) VALUES (?, ?, LAST_INSERT_ID(1))
ON DUPLICATE KEY UPDATE last_number = LAST_INSERT_ID(last_number + 1);

-- STMT_SELECT_COUNTERS
SELECT n.kind, n.year, n.last_number,
    (SELECT COUNT(*) FROM candour_case k WHERE n.kind = 1 AND k.case_id > n.year * 1000000
        AND k.case_id < (n.year + 1) * 1000000)
    + (SELECT COUNT(*) FROM claim c WHERE n.kind = 2 AND c.claim_id > n.year * 1000000
        AND c.claim_id < (n.year + 1) * 1000000)
FROM counter n ORDER BY n.kind, n.year;

-- STMT_INSERT_CASE
INSERT INTO candour_case (case_id, reference, org_id, created_at, wrapped_key, nhs_hash, version,
    last_seq, audit_seq, audit_head, changed_at, state, policy, occurred_first, occurred_last,
    reported_on, aware_on, incident_seq, outcome, opinion, told_first, told_last, skey, sealed, mac)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?);

-- STMT_UPDATE_CASE
UPDATE candour_case SET nhs_hash = ?, version = ?, last_seq = ?, audit_seq = ?, audit_head = ?,
    changed_at = ?, state = ?, policy = ?, occurred_first = ?, occurred_last = ?, reported_on = ?,
    aware_on = ?, incident_seq = ?, outcome = ?, opinion = ?, told_first = ?, told_last = ?,
    skey = ?, sealed = ?, mac = ?
WHERE case_id = ? AND version = ?;

-- Cases that a step rests on, each with the version that was looked at. A row not found is a case
-- that changed; the others stay locked, and on a cluster claimed, until COMMIT. As many places as
-- CD_PARTY_CASES_MAX.
-- STMT_KEEP_CASES_WEIGHED
UPDATE candour_case FORCE INDEX (case_reference) SET weighed = weighed + 1
WHERE org_id = ? AND ((reference = ? AND version = ?) OR (reference = ? AND version = ?)
    OR (reference = ? AND version = ?) OR (reference = ? AND version = ?)
    OR (reference = ? AND version = ?) OR (reference = ? AND version = ?)
    OR (reference = ? AND version = ?) OR (reference = ? AND version = ?));

-- STMT_INSERT_CLAIM
INSERT INTO claim (claim_id, reference, created_at, wrapped_key, nhs_hash,
    version, last_seq, audit_seq, audit_head, changed_at, status, scheme, party_set, notified_on,
    sealed, mac)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?);

-- STMT_UPDATE_CLAIM
UPDATE claim SET nhs_hash = ?, version = ?, last_seq = ?, audit_seq = ?, audit_head = ?,
    changed_at = ?, status = ?, scheme = ?, party_set = ?, notified_on = ?, sealed = ?, mac = ?
WHERE claim_id = ? AND version = ?;

-- ---- records, one reader ------------------------------------------------

-- A record written: its columns behind its file, one row.
-- PART record_put
seq, kind, happened_first, happened_last, recorded_at, recorded_by, role, supersedes,
    open_fields, sealed

-- PART record_row
(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)

-- STMT_SELECT_CASE_RECORDS
SELECT {record}
FROM case_record r LEFT JOIN app_user u ON u.user_id = r.recorded_by
WHERE r.case_id = ? AND r.seq <= ? ORDER BY r.seq;

-- STMT_SELECT_CLAIM_RECORDS
SELECT {record}
FROM claim_record r LEFT JOIN app_user u ON u.user_id = r.recorded_by
WHERE r.claim_id = ? AND r.seq <= ? ORDER BY r.seq;

-- STMT_INSERT_CASE_RECORD
INSERT INTO case_record (case_id, {record_put})
VALUES {record_row};

-- Eight at a time, where many cases are written in one transaction.
-- STMT_INSERT_CASE_RECORDS
INSERT INTO case_record (case_id, {record_put})
VALUES {record_row}, {record_row}, {record_row}, {record_row},
    {record_row}, {record_row}, {record_row}, {record_row};

-- STMT_INSERT_CLAIM_RECORD
INSERT INTO claim_record (claim_id, {record_put})
VALUES {record_row};
