-- Every statement of the program, by name; mkstatements.sh makes statements.h of it. Columns are
-- named, a question mark is a bound value, and no text from outside ever becomes part of a
-- statement. Statements under one heading feed the same row reader and give the same columns in
-- the same order.

-- ---- the connection, the schema -------------------------------------------

-- STMT_SHOW_SETTINGS
SHOW VARIABLES WHERE variable_name IN ('autocommit', 'character_set_client',
    'character_set_connection',
    'character_set_results', 'group_replication_consistency', 'idle_transaction_timeout',
    'innodb_flush_log_at_trx_commit', 'innodb_lock_wait_timeout', 'innodb_snapshot_isolation',
    'local_infile', 'lock_wait_timeout', 'log_bin', 'max_statement_time',
    'require_secure_transport',
    'secure_file_priv', 'sql_mode', 'sync_binlog', 'time_zone', 'transaction_isolation',
    'tx_isolation',
    'version', 'wsrep_on', 'wsrep_slave_threads', 'wsrep_sync_wait');

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

-- ---- actor, with or without a head: u, o, s, then the head's columns ------

-- STMT_SELECT_ACTOR
SELECT s.schema_version, s.orgs_version, s.holidays_version, s.schemes_version,
    u.user_id, u.name, u.roles, o.org_id, o.code, o.name
FROM app_state s
LEFT JOIN app_user u ON u.subject = ? AND u.active = 1
LEFT JOIN org o ON o.org_id = u.org_id
WHERE s.id = 1;

-- The reach: an actor without any of the roles in the mask sees the own organisation's cases.
-- STMT_SELECT_ACTOR_CASE
SELECT s.schema_version, s.orgs_version, s.holidays_version, s.schemes_version,
    u.user_id, u.name, u.roles, o.org_id, o.code, o.name,
    c.case_id, c.reference, c.version, c.last_seq, c.audit_seq, c.audit_head, c.wrapped_key,
    c.created_at,
    c.changed_at, c.nhs_hash, c.sealed, c.mac, c.org_id, co.code, co.name, c.state, c.policy,
    c.occurred_first, c.occurred_last, c.reported_on, c.aware_on, c.incident_seq, c.outcome,
    c.opinion,
    c.told_first, c.told_last, c.skey
FROM app_state s
LEFT JOIN app_user u ON u.subject = ? AND u.active = 1
LEFT JOIN org o ON o.org_id = u.org_id
LEFT JOIN candour_case c ON c.reference = ? AND ((u.roles & ?) <> 0 OR c.org_id = u.org_id)
LEFT JOIN org co ON co.org_id = c.org_id
WHERE s.id = 1;

-- STMT_SELECT_ACTOR_CLAIM
SELECT s.schema_version, s.orgs_version, s.holidays_version, s.schemes_version,
    u.user_id, u.name, u.roles, o.org_id, o.code, o.name,
    c.claim_id, c.reference, c.version, c.last_seq, c.audit_seq, c.audit_head, c.wrapped_key,
    c.created_at,
    c.changed_at, c.nhs_hash, c.sealed, c.mac, c.status, c.scheme, c.party_set, c.notified_on
FROM app_state s
LEFT JOIN app_user u ON u.subject = ? AND u.active = 1
LEFT JOIN org o ON o.org_id = u.org_id
LEFT JOIN claim c ON c.reference = ? AND ((u.roles & ?) <> 0 OR EXISTS (
    SELECT 1 FROM claim_party p
    WHERE p.claim_id = c.claim_id AND p.set_seq = c.party_set AND p.org_id = u.org_id))
WHERE s.id = 1;

-- ---- heads of cases, one reader -------------------------------------------

-- LEFT JOIN: a case whose organisation was taken away must still be seen by verify. Organisation 0
-- is all.
-- STMT_SELECT_CASE
SELECT c.case_id, c.reference, c.version, c.last_seq, c.audit_seq, c.audit_head, c.wrapped_key,
    c.created_at,
    c.changed_at, c.nhs_hash, c.sealed, c.mac, c.org_id, co.code, co.name, c.state, c.policy,
    c.occurred_first, c.occurred_last, c.reported_on, c.aware_on, c.incident_seq, c.outcome,
    c.opinion,
    c.told_first, c.told_last, c.skey
FROM candour_case c LEFT JOIN org co ON co.org_id = c.org_id
WHERE c.reference = ? AND (? = 0 OR c.org_id = ?);

-- STMT_LIST_CASES
SELECT c.case_id, c.reference, c.version, c.last_seq, c.audit_seq, c.audit_head, c.wrapped_key,
    c.created_at,
    c.changed_at, c.nhs_hash, c.sealed, c.mac, c.org_id, co.code, co.name, c.state, c.policy,
    c.occurred_first, c.occurred_last, c.reported_on, c.aware_on, c.incident_seq, c.outcome,
    c.opinion,
    c.told_first, c.told_last, c.skey
FROM candour_case c FORCE INDEX (case_newest) LEFT JOIN org co ON co.org_id = c.org_id
WHERE c.skey < ? ORDER BY c.skey DESC LIMIT ?;

-- STMT_LIST_CASES_OF_ORG
SELECT c.case_id, c.reference, c.version, c.last_seq, c.audit_seq, c.audit_head, c.wrapped_key,
    c.created_at,
    c.changed_at, c.nhs_hash, c.sealed, c.mac, c.org_id, co.code, co.name, c.state, c.policy,
    c.occurred_first, c.occurred_last, c.reported_on, c.aware_on, c.incident_seq, c.outcome,
    c.opinion,
    c.told_first, c.told_last, c.skey
FROM candour_case c FORCE INDEX (case_org) LEFT JOIN org co ON co.org_id = c.org_id
WHERE c.org_id = ? AND c.skey < ? ORDER BY c.skey DESC LIMIT ?;

-- STMT_LIST_CASES_BY_STATE
SELECT c.case_id, c.reference, c.version, c.last_seq, c.audit_seq, c.audit_head, c.wrapped_key,
    c.created_at,
    c.changed_at, c.nhs_hash, c.sealed, c.mac, c.org_id, co.code, co.name, c.state, c.policy,
    c.occurred_first, c.occurred_last, c.reported_on, c.aware_on, c.incident_seq, c.outcome,
    c.opinion,
    c.told_first, c.told_last, c.skey
FROM candour_case c FORCE INDEX (case_state) LEFT JOIN org co ON co.org_id = c.org_id
WHERE c.state = ? AND c.skey < ? ORDER BY c.skey DESC LIMIT ?;

-- STMT_LIST_CASES_OF_ORG_BY_STATE
SELECT c.case_id, c.reference, c.version, c.last_seq, c.audit_seq, c.audit_head, c.wrapped_key,
    c.created_at,
    c.changed_at, c.nhs_hash, c.sealed, c.mac, c.org_id, co.code, co.name, c.state, c.policy,
    c.occurred_first, c.occurred_last, c.reported_on, c.aware_on, c.incident_seq, c.outcome,
    c.opinion,
    c.told_first, c.told_last, c.skey
FROM candour_case c FORCE INDEX (case_org_state) LEFT JOIN org co ON co.org_id = c.org_id
WHERE c.org_id = ? AND c.state = ? AND c.skey < ? ORDER BY c.skey DESC LIMIT ?;

-- STMT_FIND_CASES_BY_NHS
SELECT c.case_id, c.reference, c.version, c.last_seq, c.audit_seq, c.audit_head, c.wrapped_key,
    c.created_at,
    c.changed_at, c.nhs_hash, c.sealed, c.mac, c.org_id, co.code, co.name, c.state, c.policy,
    c.occurred_first, c.occurred_last, c.reported_on, c.aware_on, c.incident_seq, c.outcome,
    c.opinion,
    c.told_first, c.told_last, c.skey
FROM candour_case c FORCE INDEX (case_nhs) LEFT JOIN org co ON co.org_id = c.org_id
WHERE c.nhs_hash = ? AND (? = 0 OR c.org_id = ?) ORDER BY c.skey DESC LIMIT ?;

-- STMT_WALK_CASES
SELECT c.case_id, c.reference, c.version, c.last_seq, c.audit_seq, c.audit_head, c.wrapped_key,
    c.created_at,
    c.changed_at, c.nhs_hash, c.sealed, c.mac, c.org_id, co.code, co.name, c.state, c.policy,
    c.occurred_first, c.occurred_last, c.reported_on, c.aware_on, c.incident_seq, c.outcome,
    c.opinion,
    c.told_first, c.told_last, c.skey
FROM candour_case c FORCE INDEX (PRIMARY) LEFT JOIN org co ON co.org_id = c.org_id
WHERE c.case_id > ? ORDER BY c.case_id LIMIT ?;

-- ---- heads of claims, one reader ------------------------------------------

-- STMT_SELECT_CLAIM
SELECT c.claim_id, c.reference, c.version, c.last_seq, c.audit_seq, c.audit_head, c.wrapped_key,
    c.created_at,
    c.changed_at, c.nhs_hash, c.sealed, c.mac, c.status, c.scheme, c.party_set, c.notified_on
FROM claim c
WHERE c.reference = ? AND (? = 0 OR EXISTS (
    SELECT 1 FROM claim_party p
    WHERE p.claim_id = c.claim_id AND p.set_seq = c.party_set AND p.org_id = ?));

-- STMT_LIST_CLAIMS
SELECT c.claim_id, c.reference, c.version, c.last_seq, c.audit_seq, c.audit_head, c.wrapped_key,
    c.created_at,
    c.changed_at, c.nhs_hash, c.sealed, c.mac, c.status, c.scheme, c.party_set, c.notified_on
FROM claim c FORCE INDEX (PRIMARY)
WHERE c.claim_id < ? ORDER BY c.claim_id DESC LIMIT ?;

-- STMT_LIST_CLAIMS_OF_ORG
SELECT c.claim_id, c.reference, c.version, c.last_seq, c.audit_seq, c.audit_head, c.wrapped_key,
    c.created_at,
    c.changed_at, c.nhs_hash, c.sealed, c.mac, c.status, c.scheme, c.party_set, c.notified_on
FROM claim_party p FORCE INDEX (party_org)
STRAIGHT_JOIN claim c ON c.claim_id = p.claim_id AND c.party_set = p.set_seq
WHERE p.org_id = ? AND p.claim_id < ? ORDER BY p.claim_id DESC LIMIT ?;

-- STMT_LIST_CLAIMS_BY_STATUS
SELECT c.claim_id, c.reference, c.version, c.last_seq, c.audit_seq, c.audit_head, c.wrapped_key,
    c.created_at,
    c.changed_at, c.nhs_hash, c.sealed, c.mac, c.status, c.scheme, c.party_set, c.notified_on
FROM claim c FORCE INDEX (claim_status)
WHERE c.status = ? AND c.claim_id < ? ORDER BY c.claim_id DESC LIMIT ?;

-- STMT_LIST_CLAIMS_OF_ORG_BY_STATUS
SELECT c.claim_id, c.reference, c.version, c.last_seq, c.audit_seq, c.audit_head, c.wrapped_key,
    c.created_at,
    c.changed_at, c.nhs_hash, c.sealed, c.mac, c.status, c.scheme, c.party_set, c.notified_on
FROM claim_party p FORCE INDEX (party_org)
STRAIGHT_JOIN claim c ON c.claim_id = p.claim_id AND c.party_set = p.set_seq AND c.status = ?
WHERE p.org_id = ? AND p.claim_id < ? ORDER BY p.claim_id DESC LIMIT ?;

-- STMT_FIND_CLAIMS_BY_NHS
SELECT c.claim_id, c.reference, c.version, c.last_seq, c.audit_seq, c.audit_head, c.wrapped_key,
    c.created_at,
    c.changed_at, c.nhs_hash, c.sealed, c.mac, c.status, c.scheme, c.party_set, c.notified_on
FROM claim c FORCE INDEX (claim_nhs)
WHERE c.nhs_hash = ? AND (? = 0 OR EXISTS (
    SELECT 1 FROM claim_party p
    WHERE p.claim_id = c.claim_id AND p.set_seq = c.party_set AND p.org_id = ?))
ORDER BY c.claim_id DESC LIMIT ?;

-- STMT_WALK_CLAIMS
SELECT c.claim_id, c.reference, c.version, c.last_seq, c.audit_seq, c.audit_head, c.wrapped_key,
    c.created_at,
    c.changed_at, c.nhs_hash, c.sealed, c.mac, c.status, c.scheme, c.party_set, c.notified_on
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
INSERT INTO candour_case (case_id, reference, org_id, created_at, wrapped_key, nhs_hash,
    version, last_seq, audit_seq, audit_head, changed_at, state, policy, occurred_first,
    occurred_last,
    reported_on, aware_on, incident_seq, outcome, opinion, told_first, told_last, skey, sealed, mac)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?);

-- STMT_UPDATE_CASE
UPDATE candour_case SET nhs_hash = ?,
    version = ?, last_seq = ?, audit_seq = ?, audit_head = ?, changed_at = ?, state = ?, policy = ?,
    occurred_first = ?, occurred_last = ?, reported_on = ?, aware_on = ?, incident_seq = ?, outcome
    = ?,
    opinion = ?, told_first = ?, told_last = ?, skey = ?, sealed = ?, mac = ?
WHERE case_id = ? AND version = ?;

-- STMT_INSERT_CLAIM
INSERT INTO claim (claim_id, reference, created_at, wrapped_key, nhs_hash,
    version, last_seq, audit_seq, audit_head, changed_at, status, scheme, party_set, notified_on,
    sealed, mac)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?);

-- STMT_UPDATE_CLAIM
UPDATE claim SET nhs_hash = ?,
    version = ?, last_seq = ?, audit_seq = ?, audit_head = ?, changed_at = ?, status = ?, scheme =
    ?,
    party_set = ?, notified_on = ?, sealed = ?, mac = ?
WHERE claim_id = ? AND version = ?;

-- ---- records, one reader --------------------------------------------------

-- STMT_SELECT_CASE_RECORDS
SELECT r.seq, r.kind, r.happened_first, r.happened_last, r.recorded_at, r.recorded_by, u.name,
    r.role,
    r.supersedes, r.open_fields, r.sealed
FROM case_record r LEFT JOIN app_user u ON u.user_id = r.recorded_by
WHERE r.case_id = ? AND r.seq <= ? ORDER BY r.seq;

-- STMT_SELECT_CLAIM_RECORDS
SELECT r.seq, r.kind, r.happened_first, r.happened_last, r.recorded_at, r.recorded_by, u.name,
    r.role,
    r.supersedes, r.open_fields, r.sealed
FROM claim_record r LEFT JOIN app_user u ON u.user_id = r.recorded_by
WHERE r.claim_id = ? AND r.seq <= ? ORDER BY r.seq;

-- STMT_INSERT_CASE_RECORD
INSERT INTO case_record (case_id, seq, kind, happened_first, happened_last, recorded_at,
    recorded_by, role,
    supersedes, open_fields, sealed)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?);

-- STMT_INSERT_CLAIM_RECORD
INSERT INTO claim_record (claim_id, seq, kind, happened_first, happened_last, recorded_at,
    recorded_by, role,
    supersedes, open_fields, sealed)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?);

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
FROM claim_party p JOIN org o ON o.org_id = p.org_id WHERE p.claim_id = ? ORDER BY p.set_seq,
    o.code;

-- STMT_SELECT_PARTY_CASES
SELECT l.set_seq, o.code, k.reference
FROM claim_case l JOIN candour_case k ON k.case_id = l.case_id JOIN org o ON o.org_id = l.org_id
WHERE l.claim_id = ? ORDER BY l.set_seq, o.code, k.reference;

-- ---- flags, one reader; no statement here knows of a payment --------------

-- STMT_SELECT_FLAGS_LATEST
SELECT f.claim_id, f.seq, f.org_id, o.code, o.name, f.computed_at, f.computed_by, u.name,
    f.scheme_code,
    f.scheme_version, f.engine, f.state, f.indicated_p, f.requested_on, f.claim_version, f.inputs,
    f.inputs_hash, f.answer
FROM (SELECT MAX(m.seq) AS seq FROM liability_flag m WHERE m.claim_id = ? AND (? = 0 OR m.org_id =
    ?)
    GROUP BY m.org_id) newest
JOIN liability_flag f ON f.claim_id = ? AND f.seq = newest.seq
LEFT JOIN org o ON o.org_id = f.org_id
LEFT JOIN app_user u ON u.user_id = f.computed_by
ORDER BY o.code;

-- STMT_SELECT_FLAG
SELECT f.claim_id, f.seq, f.org_id, o.code, o.name, f.computed_at, f.computed_by, u.name,
    f.scheme_code,
    f.scheme_version, f.engine, f.state, f.indicated_p, f.requested_on, f.claim_version, f.inputs,
    f.inputs_hash, f.answer
FROM liability_flag f
LEFT JOIN org o ON o.org_id = f.org_id
LEFT JOIN app_user u ON u.user_id = f.computed_by
WHERE f.claim_id = ? AND f.org_id = ? AND f.seq = ?;

-- STMT_SELECT_FLAGS
SELECT f.claim_id, f.seq, f.org_id, o.code, o.name, f.computed_at, f.computed_by, u.name,
    f.scheme_code,
    f.scheme_version, f.engine, f.state, f.indicated_p, f.requested_on, f.claim_version, f.inputs,
    f.inputs_hash, f.answer
FROM liability_flag f
LEFT JOIN org o ON o.org_id = f.org_id
LEFT JOIN app_user u ON u.user_id = f.computed_by
WHERE f.claim_id = ? AND (? = 0 OR f.org_id = ?) ORDER BY f.seq DESC;

-- STMT_INSERT_FLAG
INSERT INTO liability_flag (claim_id, seq, org_id, computed_at, computed_by, scheme_code,
    scheme_version,
    engine, state, indicated_p, requested_on, claim_version, inputs, inputs_hash, answer)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?);

-- STMT_SELECT_DECISIONS
SELECT d.claim_id, d.seq, d.flag_seq, d.org_id, d.outcome, d.amount_p, d.decided_at, d.decided_by,
    u.name,
    d.sealed
FROM liability_decision d LEFT JOIN app_user u ON u.user_id = d.decided_by
WHERE d.claim_id = ? AND (? = 0 OR d.org_id = ?) ORDER BY d.seq;

-- STMT_INSERT_DECISION
INSERT INTO liability_decision (claim_id, seq, flag_seq, org_id, outcome, amount_p, decided_at,
    decided_by,
    sealed)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?);

-- The newest decision of each claim counts.
-- STMT_COUNT_BREACHES
SELECT COUNT(*)
FROM liability_decision d
WHERE d.org_id = ? AND d.outcome IN (?, ?) AND d.decided_at >= ? AND d.claim_id <> ?
    AND NOT EXISTS (SELECT 1 FROM liability_decision later
        WHERE later.claim_id = d.claim_id AND later.org_id = d.org_id AND later.seq > d.seq);

-- STMT_SELECT_ORG_DECISIONS
SELECT made FROM org_decision WHERE org_id = ?;

-- STMT_INSERT_ORG_DECISION
INSERT INTO org_decision (org_id, made) VALUES (?, 1);

-- STMT_UPDATE_ORG_DECISION
UPDATE org_decision SET made = made + 1 WHERE org_id = ? AND made = ?;

-- STMT_COUNT_EVIDENCE_BY
SELECT
    (SELECT COUNT(*) FROM claim_record r WHERE r.claim_id = c.claim_id AND r.recorded_by = ?)
    + (SELECT COUNT(*) FROM claim_case l JOIN case_record r ON r.case_id = l.case_id
        WHERE l.claim_id = c.claim_id AND r.recorded_by = ?)
FROM claim c WHERE c.claim_id = ?;

-- ---- audit ----------------------------------------------------------------

-- STMT_INSERT_ENTRY
INSERT INTO audit_entry (chain, chain_id, seq, at, actor, role, action, object, version_before,
    version_after, commitment, prev, hash, idem, fingerprint, answer)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?);

-- STMT_SELECT_ENTRY_BY_IDEM
SELECT e.chain, e.chain_id, e.seq, e.at, e.actor, u.name, e.role, e.action, e.object,
    e.version_before,
    e.version_after, e.commitment, e.prev, e.hash, e.idem, e.fingerprint, e.answer
FROM audit_entry e LEFT JOIN app_user u ON u.user_id = e.actor
WHERE e.idem = ?;

-- STMT_SELECT_ENTRIES
SELECT e.chain, e.chain_id, e.seq, e.at, e.actor, u.name, e.role, e.action, e.object,
    e.version_before,
    e.version_after, e.commitment, e.prev, e.hash, e.idem, e.fingerprint, e.answer
FROM audit_entry e LEFT JOIN app_user u ON u.user_id = e.actor
WHERE e.chain = ? AND e.chain_id = ? AND e.seq > ? ORDER BY e.seq LIMIT ?;

-- The same columns, newest first, between two numbers that do not count themselves.
-- STMT_SELECT_ENTRIES_NEWEST
SELECT e.chain, e.chain_id, e.seq, e.at, e.actor, u.name, e.role, e.action, e.object,
    e.version_before,
    e.version_after, e.commitment, e.prev, e.hash, e.idem, e.fingerprint, e.answer
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

-- STMT_SELECT_USERS
SELECT u.user_id, u.subject, u.name, o.code, o.name, u.roles, u.active, u.version, u.created_at,
    m.email
FROM app_user u LEFT JOIN org o ON o.org_id = u.org_id
LEFT JOIN user_mail m ON m.user_id = u.user_id
WHERE u.subject > ? ORDER BY u.subject LIMIT ?;

-- STMT_SELECT_USER
SELECT u.user_id, u.subject, u.name, o.code, o.name, u.roles, u.active, u.version, u.created_at,
    m.email
FROM app_user u LEFT JOIN org o ON o.org_id = u.org_id
LEFT JOIN user_mail m ON m.user_id = u.user_id
WHERE u.subject = ?;

-- STMT_INSERT_USER
INSERT INTO app_user (subject, name, org_id, roles, active, version, created_at) VALUES (?, ?, ?,
    ?, ?, 1, ?);

-- STMT_UPDATE_USER
UPDATE app_user SET name = ?, org_id = ?, roles = ?, active = ?, version = version + 1
WHERE subject = ? AND version = ?;

-- ---- organisations --------------------------------------------------------

-- STMT_SELECT_ORGS
SELECT org_id, code, name, jurisdiction, kind, opened_on, closed_on, successor_code, member_from,
    member_to,
    nhs_contract, target_opinion_wd, target_talk_wd, target_note_wd, target_letter_wd,
    target_results_wd,
    version
FROM org ORDER BY code;

-- STMT_SELECT_ORG
SELECT org_id, code, name, jurisdiction, kind, opened_on, closed_on, successor_code, member_from,
    member_to,
    nhs_contract, target_opinion_wd, target_talk_wd, target_note_wd, target_letter_wd,
    target_results_wd,
    version
FROM org WHERE code = ?;

-- STMT_INSERT_ORG
INSERT INTO org (code, name, jurisdiction, kind, opened_on, closed_on, successor_code, member_from,
    member_to,
    nhs_contract, target_opinion_wd, target_talk_wd, target_note_wd, target_letter_wd,
    target_results_wd,
    version, created_at)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1, ?);

-- STMT_UPDATE_ORG
UPDATE org SET name = ?, jurisdiction = ?, kind = ?, opened_on = ?, closed_on = ?, successor_code =
    ?,
    member_from = ?, member_to = ?, nhs_contract = ?, target_opinion_wd = ?, target_talk_wd = ?,
    target_note_wd = ?, target_letter_wd = ?, target_results_wd = ?, version = version + 1
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

-- STMT_SELECT_SCHEMES
SELECT v.settings, v.active, v.added_at, v.added_by, u.name
FROM scheme_version v LEFT JOIN app_user u ON u.user_id = v.added_by
ORDER BY v.code, v.version;

-- STMT_INSERT_SCHEME
INSERT INTO scheme_version (code, version, settings, active, added_at, added_by) VALUES (?, ?, ?,
    0, ?, ?);

-- STMT_RETIRE_SCHEMES
UPDATE scheme_version SET active = 0 WHERE active = 1;

-- STMT_ACTIVATE_SCHEME
UPDATE scheme_version SET active = 1 WHERE code = ? AND version = ?;

-- STMT_BUMP_SCHEMES
UPDATE app_state SET schemes_version = schemes_version + 1 WHERE id = 1;

-- ---- messages to people: one reader ---------------------------------------

-- STMT_LIST_OUTBOX_DUE
SELECT n.notice_id, n.kind, n.user_id, n.org_id, n.reference, n.step, n.due_on, n.put_at, n.state,
    n.tries, n.next_try_at, n.sent_at, n.last_error, o.name, u.active, m.email
FROM outbox n FORCE INDEX (outbox_due)
LEFT JOIN org o ON o.org_id = n.org_id
LEFT JOIN app_user u ON u.user_id = n.user_id
LEFT JOIN user_mail m ON m.user_id = n.user_id
WHERE n.state = ? AND n.next_try_at <= ? ORDER BY n.next_try_at, n.notice_id LIMIT ?;

-- STMT_LIST_OUTBOX_ENDED
SELECT n.notice_id, n.kind, n.user_id, n.org_id, n.reference, n.step, n.due_on, n.put_at, n.state,
    n.tries, n.next_try_at, n.sent_at, n.last_error, o.name, u.active, m.email
FROM outbox n FORCE INDEX (outbox_due)
LEFT JOIN org o ON o.org_id = n.org_id
LEFT JOIN app_user u ON u.user_id = n.user_id
LEFT JOIN user_mail m ON m.user_id = n.user_id
WHERE n.state = ? ORDER BY n.next_try_at DESC, n.notice_id DESC LIMIT ?;

-- STMT_LIST_OUTBOX_OF_USER
SELECT n.notice_id, n.kind, n.user_id, n.org_id, n.reference, n.step, n.due_on, n.put_at, n.state,
    n.tries, n.next_try_at, n.sent_at, n.last_error, o.name, u.active, m.email
FROM outbox n FORCE INDEX (outbox_user)
LEFT JOIN org o ON o.org_id = n.org_id
LEFT JOIN app_user u ON u.user_id = n.user_id
LEFT JOIN user_mail m ON m.user_id = n.user_id
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
