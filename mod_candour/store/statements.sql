-- Every statement of the program, by name; mkstatements.sh makes statements.h of it. Columns are
-- named, a question mark is a bound value, and no text from outside ever becomes part of a
-- statement. Statements under one heading feed the same row reader and give the same columns in
-- the same order.
--
-- What several of them say is a part: a line "-- PART" and its name, its text up to an empty line.
-- Below it, the name in braces stands for the text. `mkstatements.sh --expand` prints them whole.

-- ---- the connection, the schema -------------------------------------------

-- STMT_SHOW_SETTINGS
SHOW VARIABLES WHERE variable_name IN ('autocommit', 'character_set_client',
    'character_set_connection', 'character_set_results', 'group_replication_consistency',
    'idle_transaction_timeout', 'innodb_flush_log_at_trx_commit', 'innodb_lock_wait_timeout',
    'innodb_snapshot_isolation', 'local_infile', 'lock_wait_timeout', 'log_bin',
    'max_statement_time', 'require_secure_transport', 'secure_file_priv', 'sql_mode',
    'sync_binlog', 'time_zone', 'transaction_isolation', 'tx_isolation', 'version', 'wsrep_on',
    'wsrep_slave_threads', 'wsrep_sync_wait');

-- STMT_SHOW_CLUSTER
SHOW STATUS WHERE variable_name IN ('wsrep_cluster_status', 'wsrep_local_state', 'wsrep_ready',
    'ssl_cipher');

-- STMT_SHOW_GRANTS
SHOW GRANTS;

-- STMT_SELECT_SCHEMA_VERSION
SELECT schema_version FROM app_state WHERE id = 1;

-- STMT_SELECT_MIGRATIONS
SELECT number, file, sha256 FROM schema_migration ORDER BY number;

-- STMT_INSERT_MIGRATION
INSERT INTO schema_migration (number, file, sha256, applied_at) VALUES (?, ?, ?, ?);

-- STMT_UPDATE_SCHEMA_VERSION
UPDATE app_state SET schema_version = ? WHERE id = 1;

-- ---- parts of statements under several headings -----------------------------

-- Bound values by number: 16, 32, 50.
-- PART q16
?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?

-- PART q32
{q16}, {q16}

-- PART q50
{q16}, {q16}, {q16}, ?, ?

-- The head of a case c of organisation co.
-- PART case_head
c.case_id, c.reference, c.version, c.last_seq, c.audit_seq, c.audit_head, c.wrapped_key,
    c.created_at, c.changed_at, c.nhs_hash, c.sealed, c.mac, c.org_id, co.code, co.name, c.state,
    c.policy, c.occurred_first, c.occurred_last, c.reported_on, c.aware_on, c.incident_seq,
    c.outcome, c.opinion, c.told_first, c.told_last, c.skey

-- The head of a claim c.
-- PART claim_head
c.claim_id, c.reference, c.version, c.last_seq, c.audit_seq, c.audit_head, c.wrapped_key,
    c.created_at, c.changed_at, c.nhs_hash, c.sealed, c.mac, c.status, c.scheme, c.party_set,
    c.notified_on

-- A claim c of one trust, by its newest set of parties; organisation 0 is all.
-- PART claim_reach
(? = 0 OR EXISTS (
        SELECT 1 FROM claim_party p
        WHERE p.claim_id = c.claim_id AND p.set_seq = c.party_set AND p.org_id = ?))

-- A record r that u wrote; in lists of several files behind the file's own number.
-- PART record
r.seq, r.kind, r.happened_first, r.happened_last, r.recorded_at, r.recorded_by, u.name, r.role,
    r.supersedes, r.open_fields, r.sealed

-- How a decision s on a claim c stands.
-- PART standing
s.claim_id, c.reference, s.seq, s.org_id, s.flag_seq, s.outcome, s.standing, s.amount_p,
    s.units, s.counted, s.decided_at, s.asked_p, s.received_p

-- A flag written: its columns, one row.
-- PART flag_put
claim_id, seq, org_id, computed_at, computed_by, scheme_code,
    scheme_version, engine, state, indicated_p, requested_on, claim_version, inputs, inputs_hash,
    answer

-- PART flag_row
(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)

-- Absence of a user u on a day.
-- PART away
LEFT JOIN work_cover v ON v.user_id = u.user_id AND v.first_on <= ? AND v.last_on >= ?
    AND v.ended_at = 0

-- Work i of a person and of those whom they cover for on a day.
-- PART self_or_covered
(SELECT u.user_id FROM app_user u WHERE u.user_id = ?
        UNION SELECT v.user_id FROM work_cover v
        WHERE v.covered_by = ? AND v.first_on <= ? AND v.last_on >= ? AND v.ended_at = 0) p
    STRAIGHT_JOIN case_work i FORCE INDEX (work_person) ON i.assignee = p.user_id

-- What is due next in a case, as it is kept: a row w whose assignee is wu.
-- PART work_row
w.case_id, w.org_id, w.state, w.policy, w.version, w.due_on, w.due_kind, w.rule, w.step,
    w.tasks, w.assignee, wu.subject, wu.name, w.team, w.cover_until, w.changed_at

-- ---- words -------------------------------------------------------------------------
-- The word index is no evidence: nothing in it that the records do not say. Its rows come and go
-- without an entry.

-- Eight rows.
-- PART word_rows
(?, ?, ?), (?, ?, ?), (?, ?, ?), (?, ?, ?), (?, ?, ?), (?, ?, ?), (?, ?, ?), (?, ?, ?)

-- Files that have a word in one form, or in any of 32.
-- PART with_word
FROM word_index WHERE hash = ? AND file_kind = ? AND file_id < ? LIMIT ?

-- PART with_word_forms
FROM word_index WHERE file_kind = ? AND file_id < ? AND hash IN (
        {q32}) LIMIT ?

-- PART newest_with_word
SELECT file_id FROM word_index WHERE hash = ? AND file_kind = ? AND file_id < ?
    ORDER BY file_id DESC LIMIT ?

-- PART newest_of_8
({newest_with_word}) UNION ALL ({newest_with_word}) UNION ALL
    ({newest_with_word}) UNION ALL ({newest_with_word}) UNION ALL
    ({newest_with_word}) UNION ALL ({newest_with_word}) UNION ALL
    ({newest_with_word}) UNION ALL ({newest_with_word})

-- STMT_KEEP_WORDS_FEW
INSERT IGNORE INTO word_index (hash, file_kind, file_id)
VALUES {word_rows}, {word_rows}, {word_rows};

-- STMT_KEEP_WORDS
INSERT IGNORE INTO word_index (hash, file_kind, file_id)
VALUES {word_rows}, {word_rows}, {word_rows}, {word_rows},
    {word_rows}, {word_rows}, {word_rows}, {word_rows},
    {word_rows}, {word_rows}, {word_rows}, {word_rows},
    {word_rows}, {word_rows}, {word_rows}, {word_rows},
    {word_rows}, {word_rows}, {word_rows}, {word_rows},
    {word_rows}, {word_rows}, {word_rows}, {word_rows},
    {word_rows}, {word_rows}, {word_rows}, {word_rows},
    {word_rows}, {word_rows}, {word_rows}, {word_rows};

-- How many files have each of eight words, as far as it matters: no more than the limit are looked
-- at.
-- STMT_COUNT_WORDS_FEW
SELECT n.word, COUNT(*) FROM (
    (SELECT 0 AS word {with_word}) UNION ALL
    (SELECT 1 AS word {with_word}) UNION ALL
    (SELECT 2 AS word {with_word}) UNION ALL
    (SELECT 3 AS word {with_word}) UNION ALL
    (SELECT 4 AS word {with_word}) UNION ALL
    (SELECT 5 AS word {with_word}) UNION ALL
    (SELECT 6 AS word {with_word}) UNION ALL
    (SELECT 7 AS word {with_word})) n
GROUP BY n.word;

-- STMT_COUNT_WORDS
SELECT n.word, COUNT(*) FROM (
    (SELECT 0 AS word {with_word_forms}) UNION ALL
    (SELECT 1 AS word {with_word_forms}) UNION ALL
    (SELECT 2 AS word {with_word_forms}) UNION ALL
    (SELECT 3 AS word {with_word_forms}) UNION ALL
    (SELECT 4 AS word {with_word_forms}) UNION ALL
    (SELECT 5 AS word {with_word_forms}) UNION ALL
    (SELECT 6 AS word {with_word_forms}) UNION ALL
    (SELECT 7 AS word {with_word_forms})) n
GROUP BY n.word;

-- The newest files that have one word, and of each whether it has the others: a file's hashes are
-- all of one trust.
-- STMT_FIND_WORDS_FEW
SELECT d.file_id, ? = 1 OR (SELECT COUNT(*) FROM word_index w FORCE INDEX (word_file)
    WHERE w.file_kind = ? AND w.file_id = d.file_id AND w.hash IN (?, ?, ?, ?, ?, ?, ?, ?)) >= ?
FROM ( {newest_with_word}) d
ORDER BY d.file_id DESC LIMIT ?;

-- STMT_FIND_WORDS
SELECT d.file_id, ? = 1 OR (SELECT COUNT(*) FROM word_index w FORCE INDEX (word_file)
    WHERE w.file_kind = ? AND w.file_id = d.file_id AND w.hash IN (
        {q32}, {q32}, {q32}, {q32}, {q32}, {q32}, {q32}, {q32})) >= ?
FROM (
    {newest_of_8} UNION ALL
    {newest_of_8} UNION ALL
    {newest_of_8} UNION ALL
    {newest_of_8}) d
ORDER BY d.file_id DESC LIMIT ?;

-- STMT_SELECT_CASES_OF
SELECT {case_head}
FROM candour_case c LEFT JOIN org co ON co.org_id = c.org_id
WHERE c.case_id IN ({q50})
    AND (? = 0 OR c.org_id = ?)
ORDER BY c.case_id DESC;

-- STMT_SELECT_CLAIMS_OF
SELECT {claim_head}
FROM claim c
WHERE c.claim_id IN ({q50})
    AND {claim_reach}
ORDER BY c.claim_id DESC;

-- Gives the columns of STMT_SELECT_RECORDS_OF_CASES.
-- STMT_SELECT_RECORDS_OF_CLAIMS
SELECT r.claim_id, {record}
FROM claim_record r LEFT JOIN app_user u ON u.user_id = r.recorded_by
WHERE r.claim_id IN ({q16}) ORDER BY r.claim_id, r.seq;

-- STMT_WALK_WORDS
SELECT hash, file_id FROM word_index FORCE INDEX (word_file)
WHERE file_kind = ? AND file_id > ? AND file_id <= ? ORDER BY file_id;

-- Only while the file stands where its records were read: a write in between adds words of its own.
-- STMT_KEEP_WORDS_GONE_CASE
DELETE w FROM word_index w JOIN candour_case c ON c.case_id = w.file_id AND c.version = ?
WHERE w.file_kind = 1 AND w.file_id = ? AND w.hash IN ({q32});

-- STMT_KEEP_WORDS_GONE_CLAIM
DELETE w FROM word_index w JOIN claim c ON c.claim_id = w.file_id AND c.version = ?
WHERE w.file_kind = 2 AND w.file_id = ? AND w.hash IN ({q32});

-- All of one file, whose key is gone.
-- STMT_KEEP_WORDS_DROPPED
DELETE FROM word_index WHERE file_kind = ? AND file_id = ?;

-- ---- actor, with or without a head: u, o, s, then the head's columns ------

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

-- ---- heads of cases, one reader -------------------------------------------

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

-- ---- heads of claims, one reader ------------------------------------------

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

-- ---- heads, written -------------------------------------------------------

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

-- ---- records, one reader --------------------------------------------------

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

-- ---- parties of a claim ---------------------------------------------------

-- A code that is not known inserts no row, and the caller sees it.
-- STMT_INSERT_PARTY
INSERT INTO claim_party (claim_id, set_seq, org_id, share_bp)
SELECT ?, ?, o.org_id, ? FROM org o WHERE o.code = ?;

-- STMT_INSERT_PARTY_CASE
INSERT INTO claim_case (claim_id, set_seq, case_id, org_id)
SELECT ?, ?, k.case_id, o.org_id FROM candour_case k JOIN org o ON o.code = ? WHERE k.reference = ?;

-- STMT_SELECT_PARTIES
SELECT p.set_seq, o.code, p.share_bp
FROM claim_party p JOIN org o ON o.org_id = p.org_id
WHERE p.claim_id = ? ORDER BY p.set_seq, o.code;

-- STMT_SELECT_PARTY_CASES
SELECT l.set_seq, o.code, k.reference
FROM claim_case l JOIN candour_case k ON k.case_id = l.case_id JOIN org o ON o.org_id = l.org_id
WHERE l.claim_id = ? ORDER BY l.set_seq, o.code, k.reference;

-- ---- flags, one reader; no statement here knows of a payment --------------

-- PART flag
f.claim_id, f.seq, f.org_id, o.code, o.name, f.computed_at, f.computed_by, u.name,
    f.scheme_code, f.scheme_version, f.engine, f.state, f.indicated_p, f.requested_on,
    f.claim_version, f.inputs, f.inputs_hash, f.answer

-- PART flag_names
LEFT JOIN org o ON o.org_id = f.org_id
LEFT JOIN app_user u ON u.user_id = f.computed_by

-- A summary of the flag, which has its entry. Never put back behind a newer flag's; flag_seq is set
-- last, as the others ask it.
-- PART brief_put
claim_id, org_id, flag_seq, scheme_code, scheme_version, state,
    indicated_p, brief

-- PART brief_row
(?, ?, ?, ?, ?, ?, ?, ?)

-- PART brief_newer
ON DUPLICATE KEY UPDATE
    scheme_code = IF(VALUES(flag_seq) >= flag_seq, VALUES(scheme_code), scheme_code),
    scheme_version = IF(VALUES(flag_seq) >= flag_seq, VALUES(scheme_version), scheme_version),
    state = IF(VALUES(flag_seq) >= flag_seq, VALUES(state), state),
    indicated_p = IF(VALUES(flag_seq) >= flag_seq, VALUES(indicated_p), indicated_p),
    brief = IF(VALUES(flag_seq) >= flag_seq, VALUES(brief), brief),
    flag_seq = GREATEST(flag_seq, VALUES(flag_seq))

-- STMT_SELECT_FLAGS_LATEST
SELECT {flag}
FROM (SELECT MAX(m.seq) AS seq FROM liability_flag m
    WHERE m.claim_id = ? AND (? = 0 OR m.org_id = ?) GROUP BY m.org_id) newest
JOIN liability_flag f ON f.claim_id = ? AND f.seq = newest.seq
{flag_names}
ORDER BY o.code;

-- STMT_SELECT_FLAG
SELECT {flag}
FROM liability_flag f
{flag_names}
WHERE f.claim_id = ? AND f.org_id = ? AND f.seq = ?;

-- STMT_SELECT_FLAGS
SELECT {flag}
FROM liability_flag f
{flag_names}
WHERE f.claim_id = ? AND (? = 0 OR f.org_id = ?) ORDER BY f.seq DESC;

-- STMT_INSERT_FLAG
INSERT INTO liability_flag ({flag_put})
VALUES {flag_row};

-- STMT_KEEP_BRIEF
INSERT INTO liability_brief ({brief_put})
VALUES {brief_row}
{brief_newer};

-- Eight at a time.
-- STMT_KEEP_BRIEFS
INSERT INTO liability_brief ({brief_put})
VALUES {brief_row}, {brief_row}, {brief_row}, {brief_row},
    {brief_row}, {brief_row}, {brief_row}, {brief_row}
{brief_newer};

-- STMT_SELECT_DECISIONS
SELECT d.claim_id, d.seq, d.flag_seq, d.org_id, d.outcome, d.amount_p, d.decided_at, d.decided_by,
    u.name, d.sealed
FROM liability_decision d LEFT JOIN app_user u ON u.user_id = d.decided_by
WHERE d.claim_id = ? AND (? = 0 OR d.org_id = ?) ORDER BY d.seq;

-- STMT_INSERT_DECISION
INSERT INTO liability_decision (claim_id, seq, flag_seq, org_id, outcome, amount_p, decided_at,
    decided_by, sealed)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?);

-- What a decision was made on, to reckon how it stands.
-- STMT_SELECT_DECIDED
SELECT d.seq, d.flag_seq, d.org_id, o.code, d.outcome, d.amount_p, d.decided_at, f.inputs, f.answer
FROM liability_decision d
JOIN liability_flag f ON f.claim_id = d.claim_id AND f.seq = d.flag_seq
LEFT JOIN org o ON o.org_id = d.org_id
WHERE d.claim_id = ? ORDER BY d.seq;

-- A summary of what has its own entry: no entry is owed. What a decision was made with does not
-- change.
-- STMT_KEEP_STANDING
INSERT INTO decision_standing (claim_id, seq, org_id, flag_seq, outcome, standing, amount_p, units,
    counted, decided_at, asked_p, received_p)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
ON DUPLICATE KEY UPDATE standing = VALUES(standing), amount_p = VALUES(amount_p),
    units = VALUES(units), counted = VALUES(counted), asked_p = VALUES(asked_p),
    received_p = VALUES(received_p);

-- STMT_KEEP_DECISION_TOLD
INSERT INTO decision_told (claim_id, seq, standing, amount_p) VALUES (?, ?, ?, ?)
ON DUPLICATE KEY UPDATE standing = VALUES(standing), amount_p = VALUES(amount_p);

-- Standings, one reader. What the trust was told is read where somebody may look with its eyes, and
-- is 0 elsewhere.

-- STMT_SELECT_STANDINGS
SELECT {standing}, COALESCE(t.standing, 0), COALESCE(t.amount_p, 0)
FROM decision_standing s JOIN claim c ON c.claim_id = s.claim_id
LEFT JOIN decision_told t ON t.claim_id = s.claim_id AND t.seq = s.seq
WHERE s.claim_id = ? AND (? = 0 OR s.org_id = ?) ORDER BY s.seq;

-- STMT_SELECT_STANDINGS_AFTER
SELECT {standing}, 0, 0
FROM decision_standing s FORCE INDEX (standing_org) JOIN claim c ON c.claim_id = s.claim_id
WHERE s.org_id = ? AND s.decided_at > ? AND s.claim_id <> ? AND s.counted > 0
ORDER BY s.org_id DESC, s.decided_at DESC, s.claim_id DESC, s.seq DESC LIMIT ?;

-- Decisions that stand and ask for something, and those that were changed to a sum.
-- STMT_SUM_BREACHES
SELECT CAST(COALESCE(SUM(s.units), 0) AS SIGNED)
FROM decision_standing s FORCE INDEX (standing_org)
WHERE s.org_id = ?
    AND ((s.standing = ? AND s.outcome IN (?, ?)) OR (s.standing = ? AND s.amount_p > 0))
    AND s.decided_at >= ? AND s.claim_id <> ?;

-- STMT_SELECT_ORG_DECISIONS
SELECT made FROM org_decision WHERE org_id = ?;

-- STMT_INSERT_ORG_DECISION
INSERT INTO org_decision (org_id, made) VALUES (?, 1);

-- STMT_UPDATE_ORG_DECISION
UPDATE org_decision SET made = made + 1 WHERE org_id = ? AND made = ?;

-- STMT_SELECT_DID
SELECT
    EXISTS (SELECT 1 FROM claim_case l JOIN case_record r ON r.case_id = l.case_id
        WHERE l.claim_id = ? AND r.recorded_by = ?),
    EXISTS (SELECT 1 FROM liability_flag f
        WHERE f.claim_id = ? AND f.computed_by = ? AND f.org_id = ?),
    EXISTS (SELECT 1 FROM liability_decision d
        WHERE d.claim_id = ? AND d.decided_by = ? AND d.org_id = ?);

-- ---- audit ----------------------------------------------------------------

-- PART entry
e.chain, e.chain_id, e.seq, e.at, e.actor, u.name, e.role, e.action, e.object,
    e.version_before, e.version_after, e.commitment, e.prev, e.hash, e.idem, e.fingerprint,
    e.answer

-- PART entry_put
chain, chain_id, seq, at, actor, role, action, object, version_before,
    version_after, commitment, prev, hash, idem, fingerprint, answer

-- PART entry_row
(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)

-- STMT_INSERT_ENTRY
INSERT INTO audit_entry ({entry_put})
VALUES {entry_row};

-- Eight at a time.
-- STMT_INSERT_ENTRIES
INSERT INTO audit_entry ({entry_put})
VALUES {entry_row}, {entry_row}, {entry_row}, {entry_row},
    {entry_row}, {entry_row}, {entry_row}, {entry_row};

-- STMT_SELECT_ENTRY_BY_IDEM
SELECT {entry}
FROM audit_entry e LEFT JOIN app_user u ON u.user_id = e.actor
WHERE e.idem = ?;

-- STMT_SELECT_ENTRIES
SELECT {entry}
FROM audit_entry e LEFT JOIN app_user u ON u.user_id = e.actor
WHERE e.chain = ? AND e.chain_id = ? AND e.seq > ? ORDER BY e.seq LIMIT ?;

-- The same columns, newest first, between two numbers that do not count themselves.
-- STMT_SELECT_ENTRIES_NEWEST
SELECT {entry}
FROM audit_entry e LEFT JOIN app_user u ON u.user_id = e.actor
WHERE e.chain = ? AND e.chain_id = ? AND e.seq > ? AND e.seq < ? ORDER BY e.seq DESC LIMIT ?;

-- STMT_SELECT_SYSTEM_HEAD
SELECT system_seq, system_head, system_mac FROM app_state WHERE id = 1;

-- STMT_UPDATE_SYSTEM_HEAD
UPDATE app_state SET system_seq = system_seq + 1, system_head = ?, system_mac = ?
WHERE id = 1 AND system_seq = ?;

-- What stands in a file, for verify.
-- STMT_COUNT_CASE_ROWS
SELECT
    (SELECT COUNT(*) FROM case_record r WHERE r.case_id = ?),
    (SELECT COUNT(*) FROM audit_entry e WHERE e.chain = ? AND e.chain_id = ?),
    0,
    0;

-- STMT_COUNT_CLAIM_ROWS
SELECT
    (SELECT COUNT(*) FROM claim_record r WHERE r.claim_id = ?),
    (SELECT COUNT(*) FROM audit_entry e WHERE e.chain = ? AND e.chain_id = ?),
    (SELECT COUNT(*) FROM liability_flag f WHERE f.claim_id = ?),
    (SELECT COUNT(*) FROM liability_decision d WHERE d.claim_id = ?);

-- ---- users ----------------------------------------------------------------

-- PART user
u.user_id, u.subject, u.name, o.code, o.name, u.roles, u.active, u.version, u.created_at,
    m.email

-- PART user_rows
app_user u LEFT JOIN org o ON o.org_id = u.org_id
LEFT JOIN user_mail m ON m.user_id = u.user_id

-- STMT_SELECT_USERS
SELECT {user}
FROM {user_rows}
WHERE u.subject > ? ORDER BY u.subject LIMIT ?;

-- STMT_SELECT_USER
SELECT {user}
FROM {user_rows}
WHERE u.subject = ?;

-- STMT_SELECT_USERS_IN_ROLE
SELECT u.user_id FROM app_user u
WHERE u.active = 1 AND (u.roles & ?) <> 0 AND (? = 0 OR u.org_id = ?) ORDER BY u.user_id LIMIT 1000;

-- STMT_INSERT_USER
INSERT INTO app_user (subject, name, org_id, roles, active, version, created_at)
VALUES (?, ?, ?, ?, ?, 1, ?);

-- STMT_UPDATE_USER
UPDATE app_user SET name = ?, org_id = ?, roles = ?, active = ?, version = version + 1
WHERE subject = ? AND version = ?;

-- ---- organisations --------------------------------------------------------

-- PART org
code, name, jurisdiction, kind, opened_on, closed_on, successor_code, member_from, member_to,
    nhs_contract, target_opinion_wd, target_talk_wd, target_note_wd, target_letter_wd,
    target_results_wd, version

-- STMT_SELECT_ORGS
SELECT org_id, {org}
FROM org ORDER BY code;

-- STMT_SELECT_ORG
SELECT org_id, {org}
FROM org WHERE code = ?;

-- STMT_INSERT_ORG
INSERT INTO org ({org}, created_at)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1, ?);

-- STMT_UPDATE_ORG
UPDATE org SET name = ?, jurisdiction = ?, kind = ?, opened_on = ?, closed_on = ?,
    successor_code = ?, member_from = ?, member_to = ?, nhs_contract = ?, target_opinion_wd = ?,
    target_talk_wd = ?, target_note_wd = ?, target_letter_wd = ?, target_results_wd = ?,
    version = version + 1
WHERE code = ? AND version = ?;

-- STMT_BUMP_ORGS
UPDATE app_state SET orgs_version = orgs_version + 1 WHERE id = 1;

-- ---- holidays -------------------------------------------------------------

-- STMT_SELECT_HOLIDAYS
SELECT division, on_day, title, retired FROM holiday ORDER BY division, on_day;

-- STMT_INSERT_HOLIDAY
INSERT INTO holiday (division, on_day, title, retired) VALUES (?, ?, ?, 0);

-- STMT_UPDATE_HOLIDAY
UPDATE holiday SET title = ?, retired = ? WHERE division = ? AND on_day = ?;

-- STMT_BUMP_HOLIDAYS
UPDATE app_state SET holidays_version = holidays_version + 1 WHERE id = 1;

-- ---- liability schemes ----------------------------------------------------

-- PART scheme_life
l.step, l.row_version, l.drafted_by, d.name, l.drafted_at, l.acted_by, a.name, l.acted_at,
    l.from_day, l.note, l.file_hash

-- The settings of a draft stand in its life alone, where they may be replaced.
-- STMT_SELECT_SCHEMES
SELECT v.settings, v.active, v.added_at, v.added_by, u.name, {scheme_life}, v.code AS code,
    v.version AS version
FROM scheme_version v LEFT JOIN scheme_life l ON l.code = v.code AND l.version = v.version
LEFT JOIN app_user u ON u.user_id = v.added_by LEFT JOIN app_user d ON d.user_id = l.drafted_by
LEFT JOIN app_user a ON a.user_id = l.acted_by
UNION ALL
SELECT l.settings, 0, l.drafted_at, l.drafted_by, d.name, {scheme_life}, l.code, l.version
FROM scheme_life l LEFT JOIN app_user d ON d.user_id = l.drafted_by
LEFT JOIN app_user a ON a.user_id = l.acted_by
WHERE NOT EXISTS (SELECT 1 FROM scheme_version v WHERE v.code = l.code AND v.version = l.version)
ORDER BY code, version;

-- STMT_INSERT_SCHEME
INSERT INTO scheme_version (code, version, settings, active, added_at, added_by)
VALUES (?, ?, ?, 0, ?, ?);

-- STMT_FREEZE_SCHEME
INSERT INTO scheme_version (code, version, settings, active, added_at, added_by)
SELECT l.code, l.version, l.settings, 0, l.drafted_at, l.drafted_by FROM scheme_life l
WHERE l.code = ? AND l.version = ?
    AND NOT EXISTS (SELECT 1 FROM scheme_version v WHERE v.code = l.code AND v.version = l.version);

-- STMT_INSERT_SCHEME_LIFE
INSERT INTO scheme_life (code, version, step, row_version, drafted_by, drafted_at, acted_by,
    acted_at, from_day, note, settings, file, file_hash)
VALUES (?, ?, ?, 1, ?, ?, 0, 0, 0, '', ?, ?, ?);

-- STMT_REPLACE_SCHEME_LIFE
UPDATE scheme_life SET step = ?, row_version = row_version + 1, drafted_by = ?, drafted_at = ?,
    acted_by = 0, acted_at = 0, note = '', settings = ?, file = ?, file_hash = ?
WHERE code = ? AND version = ? AND row_version = ? AND step <> 3;

-- STMT_UPDATE_SCHEME_LIFE
UPDATE scheme_life SET step = ?, row_version = row_version + 1, acted_by = ?, acted_at = ?,
    from_day = ?, note = ?
WHERE code = ? AND version = ? AND row_version = ?;

-- STMT_SELECT_SCHEME_FILE
SELECT file FROM scheme_life WHERE code = ? AND version = ?;

-- STMT_SELECT_ANY_CLAIM
SELECT claim_id FROM claim ORDER BY claim_id LIMIT 1;

-- STMT_SELECT_CONTRIBUTIONS
SELECT c.year, c.seq, c.amount_p, c.set_at, c.set_by, u.name
FROM org_contribution c LEFT JOIN app_user u ON u.user_id = c.set_by
WHERE c.org_id = ? ORDER BY c.year DESC, c.seq DESC LIMIT ?;

-- STMT_SELECT_CONTRIBUTION
SELECT seq, amount_p FROM org_contribution WHERE org_id = ? AND year = ? ORDER BY seq DESC LIMIT 1;

-- What holds of every trust and year: few rows, cached.
-- STMT_SELECT_ALL_CONTRIBUTIONS
SELECT c.org_id, c.year, c.amount_p FROM org_contribution c
WHERE NOT EXISTS (SELECT 1 FROM org_contribution l
    WHERE l.org_id = c.org_id AND l.year = c.year AND l.seq > c.seq)
ORDER BY c.org_id, c.year;

-- STMT_SELECT_CONTRIBUTION_ROWS
SELECT o.code, c.year, c.seq, c.amount_p
FROM org_contribution c JOIN org o ON o.org_id = c.org_id ORDER BY c.org_id, c.year, c.seq;

-- STMT_INSERT_CONTRIBUTION
INSERT INTO org_contribution (org_id, year, seq, amount_p, set_at, set_by)
VALUES (?, ?, ?, ?, ?, ?);

-- STMT_RETIRE_SCHEMES
UPDATE scheme_version SET active = 0 WHERE active = 1;

-- STMT_ACTIVATE_SCHEME
UPDATE scheme_version SET active = 1 WHERE code = ? AND version = ?;

-- STMT_BUMP_SCHEMES
UPDATE app_state SET schemes_version = schemes_version + 1 WHERE id = 1;

-- ---- messages to people: one reader ---------------------------------------

-- PART notice
n.notice_id, n.kind, n.user_id, n.org_id, n.reference, n.step, n.due_on, n.put_at, n.state,
    n.tries, n.next_try_at, n.sent_at, n.last_error, o.name, u.active, m.email

-- PART notice_people
LEFT JOIN org o ON o.org_id = n.org_id
LEFT JOIN app_user u ON u.user_id = n.user_id
LEFT JOIN user_mail m ON m.user_id = n.user_id

-- STMT_LIST_OUTBOX_DUE
SELECT {notice}
FROM outbox n FORCE INDEX (outbox_due)
{notice_people}
WHERE n.state = ? AND n.next_try_at <= ? ORDER BY n.next_try_at, n.notice_id LIMIT ?;

-- STMT_LIST_OUTBOX_ENDED
SELECT {notice}
FROM outbox n FORCE INDEX (outbox_due)
{notice_people}
WHERE n.state = ? ORDER BY n.next_try_at DESC, n.notice_id DESC LIMIT ?;

-- STMT_LIST_OUTBOX_OF_USER
SELECT {notice}
FROM outbox n FORCE INDEX (outbox_user)
{notice_people}
WHERE n.user_id = ? AND n.notice_id < ? ORDER BY n.notice_id DESC LIMIT ?;

-- STMT_COUNT_OUTBOX
SELECT n.state, COUNT(*), MIN(n.put_at) FROM outbox n
WHERE n.state IN (?, ?, ?) GROUP BY n.state;

-- IGNORE: a taken key adds no row, and a second writer waits for the first to end.
-- STMT_INSERT_OUTBOX
INSERT IGNORE INTO outbox (once_key, kind, user_id, org_id, reference, step, due_on, put_at, state,
    tries, next_try_at, claimed_until, sent_at, last_error)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 0, ?, 0, 0, ?);

-- STMT_SELECT_OUTBOX_KEYS
SELECT n.once_key FROM outbox n WHERE n.once_key >= ? AND n.once_key < ?;

-- How far a message has come is no record: KEEP statements need no entry in a chain (tx.h).
-- STMT_KEEP_OUTBOX_CLAIM
UPDATE outbox SET state = ?, tries = tries + 1, claimed_until = ?, next_try_at = ?
WHERE notice_id = ? AND state = ? AND tries = ?;

-- STMT_KEEP_OUTBOX_END
UPDATE outbox SET state = ?, claimed_until = 0, next_try_at = ?, sent_at = ?, last_error = ?
WHERE notice_id = ? AND state = ? AND tries = ?;

-- STMT_RETRY_OUTBOX
UPDATE outbox SET state = ?, tries = 0, next_try_at = ?, last_error = NULL WHERE state = ?;

-- STMT_PUT_USER_MAIL
INSERT INTO user_mail (user_id, email) SELECT u.user_id, ? FROM app_user u WHERE u.subject = ?
ON DUPLICATE KEY UPDATE email = ?;

-- ---- work lists: what is due next, then the head; one reader ---------------

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

-- ---- colleagues, teams, cover, saved filters, calendar addresses -----------

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

-- ---- content of documents and letters -------------------------------------
-- Statements named STMT_STAGE_ run outside transactions, by store_stage alone (tx.h).

-- STMT_SHOW_PACKET
SHOW VARIABLES WHERE variable_name = 'max_allowed_packet';

-- STMT_STAGE_CONTENT
INSERT INTO content (content_id, case_id, state, created_at) VALUES (?, ?, 1, ?);

-- STMT_STAGE_CHUNK
INSERT INTO content_chunk (content_id, number, sealed) VALUES (?, ?, ?);

-- STMT_SELECT_CONTENT
SELECT c.state, c.created_at, h.sealed
FROM content c LEFT JOIN content_chunk h ON h.content_id = c.content_id AND h.number = 0
WHERE c.content_id = ? AND c.case_id = ?;

-- STMT_SELECT_CHUNK
SELECT sealed FROM content_chunk WHERE content_id = ? AND number = ?;

-- STMT_SELECT_CONTENT_KEPT
SELECT content_id FROM content WHERE case_id = ? AND state = 2;

-- Only what is whole: its chunk 0 is written last.
-- STMT_UPDATE_CONTENT_KEPT
UPDATE content SET state = 2 WHERE content_id = ? AND case_id = ? AND state = 1
    AND EXISTS (SELECT 1 FROM content_chunk h
        WHERE h.content_id = content.content_id AND h.number = 0);

-- STMT_COUNT_CONTENT_STAGED
SELECT COUNT(*) FROM content WHERE case_id = ? AND state = 1;

-- STMT_COUNT_CONTENT_LEFT
SELECT COUNT(*) FROM content WHERE state = 1 AND created_at < ?;

-- Marked first, so that nothing is kept any more whose chunks are about to go.
-- STMT_MARK_CONTENT_LEFT
UPDATE content SET state = 3
WHERE state = 1 AND created_at < ? ORDER BY created_at, content_id LIMIT ?;

-- STMT_DELETE_CHUNKS_LEFT
DELETE FROM content_chunk WHERE content_id IN (SELECT content_id FROM content WHERE state = 3);

-- STMT_DELETE_CONTENT_LEFT
DELETE FROM content WHERE state = 3;

-- ---- reminders ------------------------------------------------------------

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

-- ---- bringing in ------------------------------------------------------------

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

-- ---- letters -------------------------------------------------------------------

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

-- ---- decision reports ------------------------------------------------------------

-- STMT_INSERT_REPORT_PIECE
INSERT INTO report_kept (claim_id, report_sha, part, number, sealed) VALUES (?, ?, ?, ?, ?);

-- A PDF is made from what is kept.
-- STMT_KEEP_REPORT_PIECE
INSERT INTO report_kept (claim_id, report_sha, part, number, sealed) VALUES (?, ?, ?, ?, ?);

-- STMT_SELECT_REPORT_PIECES
SELECT number, sealed FROM report_kept
WHERE claim_id = ? AND report_sha = ? AND part = ? ORDER BY number;

-- STMT_SELECT_REPORT_PARTS
SELECT part FROM report_kept WHERE claim_id = ? AND report_sha = ? AND number = 0;

-- STMT_LIST_REPORT_KEPT
SELECT DISTINCT report_sha, part FROM report_kept WHERE claim_id = ? ORDER BY report_sha, part;

-- STMT_SELECT_REPORT_PDF
SELECT state FROM report_pdf WHERE claim_id = ? AND report_sha = ?;

-- STMT_INSERT_REPORT_PDF
INSERT INTO report_pdf (claim_id, report_sha, state, put_at) VALUES (?, ?, ?, ?);

-- STMT_KEEP_REPORT_PDF
UPDATE report_pdf SET state = ? WHERE claim_id = ? AND report_sha = ?;

-- STMT_LIST_REPORT_PDF
SELECT p.claim_id, p.report_sha, p.put_at, c.reference
FROM report_pdf p FORCE INDEX (report_pdf_waiting)
JOIN claim c ON c.claim_id = p.claim_id
WHERE p.state = ? AND c.wrapped_key IS NOT NULL
    AND (p.put_at > ? OR (p.put_at = ?
        AND (p.claim_id > ? OR (p.claim_id = ? AND p.report_sha > ?))))
ORDER BY p.put_at, p.claim_id, p.report_sha LIMIT ?;

-- The first entry of a chain about one thing in it.
-- STMT_SELECT_ENTRY_OF
SELECT seq, role, hash FROM audit_entry
WHERE chain = ? AND chain_id = ? AND object = ? ORDER BY seq LIMIT 1;

-- ---- claims' work: the row, then the claim's head; one reader ------------------

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

-- ---- teams of claims handlers ---------------------------------------------------

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

-- ---- many claims read ahead: heads, records, linked cases, newest flags ----------

-- Settled and closed claims are left out unless all are asked for.
-- PART live
(? = 1 OR c.status NOT IN (?, ?)) AND c.party_set > 0

-- PART ahead
c.claim_id > ? AND c.claim_id <= ? AND {live}

-- STMT_AHEAD_BOUND
SELECT COALESCE(MAX(x.claim_id), 0), COUNT(*)
FROM (SELECT c.claim_id FROM claim c FORCE INDEX (PRIMARY)
    WHERE c.claim_id > ? AND {live} ORDER BY c.claim_id LIMIT ?) x;

-- STMT_AHEAD_COUNT
SELECT COUNT(*) FROM claim c WHERE c.claim_id > ? AND {live};

-- STMT_AHEAD_CLAIMS
SELECT {claim_head}
FROM claim c FORCE INDEX (PRIMARY) WHERE {ahead} ORDER BY c.claim_id;

-- STMT_AHEAD_CLAIM_RECORDS
SELECT r.claim_id, {record}
FROM claim c FORCE INDEX (PRIMARY)
STRAIGHT_JOIN claim_record r ON r.claim_id = c.claim_id AND r.seq <= c.last_seq
LEFT JOIN app_user u ON u.user_id = r.recorded_by
WHERE {ahead};

-- The columns of case_head, of k: here c is the claim.
-- STMT_AHEAD_CASES
SELECT k.case_id, k.reference, k.version, k.last_seq, k.audit_seq, k.audit_head, k.wrapped_key,
    k.created_at, k.changed_at, k.nhs_hash, k.sealed, k.mac, k.org_id, co.code, co.name, k.state,
    k.policy, k.occurred_first, k.occurred_last, k.reported_on, k.aware_on, k.incident_seq,
    k.outcome, k.opinion, k.told_first, k.told_last, k.skey
FROM claim c FORCE INDEX (PRIMARY)
STRAIGHT_JOIN claim_case l ON l.claim_id = c.claim_id AND l.set_seq = c.party_set
STRAIGHT_JOIN candour_case k ON k.case_id = l.case_id LEFT JOIN org co ON co.org_id = k.org_id
WHERE {ahead};

-- STMT_AHEAD_CASE_RECORDS
SELECT r.case_id, {record}
FROM (SELECT DISTINCT l.case_id FROM claim c FORCE INDEX (PRIMARY)
    STRAIGHT_JOIN claim_case l ON l.claim_id = c.claim_id AND l.set_seq = c.party_set
    WHERE {ahead}) x
STRAIGHT_JOIN case_record r ON r.case_id = x.case_id
LEFT JOIN app_user u ON u.user_id = r.recorded_by;

-- Columns of the flags' reader; what a flag was computed from and what it says is long, and left
-- out.
-- STMT_AHEAD_FLAGS
SELECT f.claim_id, f.seq, f.org_id, o.code, o.name, f.computed_at, f.computed_by, NULL,
    f.scheme_code, f.scheme_version, f.engine, f.state, f.indicated_p, f.requested_on,
    f.claim_version, NULL, f.inputs_hash, NULL
FROM claim c FORCE INDEX (PRIMARY)
STRAIGHT_JOIN liability_flag f ON f.claim_id = c.claim_id
    AND f.seq = (SELECT MAX(m.seq) FROM liability_flag m
        WHERE m.claim_id = f.claim_id AND m.org_id = f.org_id)
LEFT JOIN org o ON o.org_id = f.org_id
WHERE {ahead} ORDER BY f.claim_id, o.code;

-- STMT_AHEAD_STANDINGS
SELECT {standing}, 0, 0
FROM claim c FORCE INDEX (PRIMARY) STRAIGHT_JOIN decision_standing s ON s.claim_id = c.claim_id
WHERE {ahead} ORDER BY s.claim_id, s.seq;

-- Eight at a time.
-- STMT_INSERT_FLAGS
INSERT INTO liability_flag ({flag_put})
VALUES {flag_row}, {flag_row}, {flag_row}, {flag_row},
    {flag_row}, {flag_row}, {flag_row}, {flag_row};

-- ---- jobs over all claims ---------------------------------------------------------

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

-- ---- a draft of a scheme tried on all claims --------------------------------------

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

-- ---- end of volume ----

-- ---- claims: the scheme's own numbers, and the status history -----------------

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

-- ---- recoveries, looks, allegations (store/recovery.c) ----------------------

-- Summaries of records that have their own entries: no entry is owed.
-- STMT_KEEP_RECOVERY
INSERT INTO recovery_row (claim_id, seq, org_id, decision_seq, method, invoice, instalment,
    instalments, year, due_on, amount_p, holds_p, received_p, state, held, skey, told_state,
    told_holds_p)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
ON DUPLICATE KEY UPDATE holds_p = VALUES(holds_p), received_p = VALUES(received_p),
    state = VALUES(state), held = VALUES(held), told_state = VALUES(told_state),
    told_holds_p = VALUES(told_holds_p);

-- Recoveries, one reader.

-- PART recovery
r.claim_id, c.reference, r.seq, r.org_id, o.code, o.name, r.decision_seq, r.method, r.invoice,
    r.instalment, r.instalments, r.year, r.due_on, r.amount_p, r.holds_p, r.received_p, r.state,
    r.held, r.skey

-- PART asked_sums
CAST(SUM(s.asked_p) AS SIGNED), CAST(SUM(s.received_p) AS SIGNED),
    CAST(SUM(GREATEST(s.asked_p - s.received_p, 0)) AS SIGNED)

-- STMT_LIST_RECOVERIES
SELECT {recovery}
FROM recovery_row r FORCE INDEX (recovery_state)
JOIN claim c ON c.claim_id = r.claim_id JOIN org o ON o.org_id = r.org_id
WHERE r.state = ? AND r.skey > ? AND r.skey < ? ORDER BY r.state, r.skey LIMIT ?;

-- STMT_LIST_RECOVERIES_OF_ORG
SELECT {recovery}
FROM recovery_row r FORCE INDEX (recovery_org)
JOIN claim c ON c.claim_id = r.claim_id JOIN org o ON o.org_id = r.org_id
WHERE r.org_id = ? AND r.state = ? AND r.skey > ? AND r.skey < ?
ORDER BY r.org_id, r.state, r.skey LIMIT ?;

-- The same for the people of a trust, as it was told.
-- STMT_LIST_RECOVERIES_TOLD
SELECT r.claim_id, c.reference, r.seq, r.org_id, o.code, o.name, r.decision_seq, r.method,
    r.invoice, r.instalment, r.instalments, r.year, r.due_on, r.amount_p, r.told_holds_p,
    r.received_p, r.told_state, r.held, r.skey
FROM recovery_row r FORCE INDEX (recovery_told)
JOIN claim c ON c.claim_id = r.claim_id JOIN org o ON o.org_id = r.org_id
WHERE r.org_id = ? AND r.told_state = ? AND r.skey > ? AND r.skey < ?
ORDER BY r.org_id, r.told_state, r.skey LIMIT ?;

-- Sums of what stands, and of all that was asked for and came.
-- STMT_SUM_RECOVERIES
SELECT s.org_id, o.code, o.name, CAST(SUM(s.standing IN (?, ?)) AS SIGNED),
    CAST(SUM(s.amount_p) AS SIGNED), {asked_sums}
FROM decision_standing s JOIN org o ON o.org_id = s.org_id
WHERE (? = 0 OR s.org_id = ?) AND s.decided_at >= ? AND s.decided_at < ?
GROUP BY s.org_id, o.code, o.name ORDER BY o.code LIMIT 1000;

-- The same for the people of one trust: of decisions that it was told of, as it was told.
-- STMT_SUM_RECOVERIES_TOLD
SELECT s.org_id, o.code, o.name, CAST(SUM(t.standing IN (?, ?)) AS SIGNED),
    CAST(SUM(t.amount_p) AS SIGNED), {asked_sums}
FROM decision_standing s JOIN decision_told t ON t.claim_id = s.claim_id AND t.seq = s.seq
JOIN org o ON o.org_id = s.org_id
WHERE s.org_id = ? AND s.decided_at >= ? AND s.decided_at < ?
GROUP BY s.org_id, o.code, o.name ORDER BY o.code LIMIT 1000;

-- The columns of STMT_SELECT_STANDINGS.
-- STMT_LIST_STANDINGS_OF_ORG
SELECT {standing}, COALESCE(t.standing, 0), COALESCE(t.amount_p, 0)
FROM decision_standing s FORCE INDEX (standing_org) JOIN claim c ON c.claim_id = s.claim_id
LEFT JOIN decision_told t ON t.claim_id = s.claim_id AND t.seq = s.seq
WHERE s.org_id = ? AND s.decided_at < ?
ORDER BY s.org_id DESC, s.decided_at DESC, s.claim_id DESC, s.seq DESC LIMIT ?;

-- ... with what was decided and what its flag was computed from: decisions of a time.
-- STMT_LIST_DECIDED_OF_ORG
SELECT {standing}, COALESCE(t.standing, 0), COALESCE(t.amount_p, 0),
    d.amount_p, f.indicated_p, f.inputs, f.answer
FROM decision_standing s FORCE INDEX (standing_org) JOIN claim c ON c.claim_id = s.claim_id
JOIN liability_decision d ON d.claim_id = s.claim_id AND d.seq = s.seq
JOIN liability_flag f ON f.claim_id = s.claim_id AND f.seq = s.flag_seq
LEFT JOIN decision_told t ON t.claim_id = s.claim_id AND t.seq = s.seq
WHERE s.org_id = ? AND s.decided_at >= ? AND s.decided_at < ?
ORDER BY s.org_id, s.decided_at, s.claim_id, s.seq LIMIT ?;

-- The columns of STMT_SELECT_STANDINGS and the inputs of the flag, of decisions that counted
-- breaches.
-- STMT_LIST_COUNTED_OF_ORG
SELECT {standing}, 0, 0, f.inputs, f.answer
FROM decision_standing s FORCE INDEX (standing_org) JOIN claim c ON c.claim_id = s.claim_id
JOIN liability_flag f ON f.claim_id = s.claim_id AND f.seq = s.flag_seq
WHERE s.org_id = ? AND s.decided_at >= ? AND s.claim_id <> ? AND s.counted > 0
ORDER BY s.org_id, s.decided_at, s.claim_id, s.seq LIMIT ?;

-- A review may be written again after a lost connection; what somebody found stays.
-- STMT_KEEP_LOOK
INSERT INTO breach_look (claim_id, decision_seq, cause_claim_id, cause_seq, org_id, n_then, n_now,
    put_at, looked_seq)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0)
ON DUPLICATE KEY UPDATE n_now = VALUES(n_now);

-- Looks, one reader.

-- PART look
l.claim_id, c.reference, l.decision_seq, l.cause_claim_id, k.reference, l.cause_seq, l.org_id,
    l.n_then, l.n_now, l.put_at, l.looked_seq, d.decided_at, f.indicated_p, f.inputs, f.answer

-- PART look_rows
breach_look l JOIN claim c ON c.claim_id = l.claim_id
JOIN claim k ON k.claim_id = l.cause_claim_id
JOIN liability_decision d ON d.claim_id = l.claim_id AND d.seq = l.decision_seq
JOIN liability_flag f ON f.claim_id = d.claim_id AND f.seq = d.flag_seq

-- STMT_SELECT_LOOKS
SELECT {look}
FROM {look_rows}
WHERE l.claim_id = ? AND (? = 0 OR l.decision_seq = ?)
ORDER BY l.put_at, l.cause_claim_id, l.cause_seq LIMIT 500;

-- STMT_SELECT_LOOKS_OF_CAUSE
SELECT {look}
FROM {look_rows}
WHERE l.cause_claim_id = ? AND (? = 0 OR l.cause_seq = ?)
ORDER BY l.claim_id, l.decision_seq LIMIT 500;

-- STMT_KEEP_LOOK_END
UPDATE breach_look SET looked_seq = ?
WHERE claim_id = ? AND decision_seq = ? AND cause_claim_id = ? AND cause_seq = ? AND looked_seq = 0;

-- STMT_KEEP_ALLEGATION
INSERT INTO allegation_row (claim_id, seq, org_id, kind, source, outcome, day_from, day_to, memo_p,
    breaches, stands, skey)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
ON DUPLICATE KEY UPDATE stands = VALUES(stands);

-- Allegations, one reader.

-- PART allegation
a.claim_id, c.reference, a.seq, a.org_id, o.code, o.name, a.kind, a.source, a.outcome,
    a.day_from, a.day_to, a.memo_p, a.breaches, a.skey

-- STMT_LIST_ALLEGATIONS
SELECT {allegation}
FROM allegation_row a FORCE INDEX (allegation_all)
JOIN claim c ON c.claim_id = a.claim_id JOIN org o ON o.org_id = a.org_id
WHERE a.stands = 1 AND a.skey < ? ORDER BY a.stands DESC, a.skey DESC LIMIT ?;

-- STMT_LIST_ALLEGATIONS_OF_ORG
SELECT {allegation}
FROM allegation_row a FORCE INDEX (allegation_org)
JOIN claim c ON c.claim_id = a.claim_id JOIN org o ON o.org_id = a.org_id
WHERE a.org_id = ? AND a.stands = 1 AND a.skey < ?
ORDER BY a.org_id DESC, a.stands DESC, a.skey DESC LIMIT ?;
