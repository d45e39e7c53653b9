-- base.sql: the connection, the schema, and parts of statements in several files. Read first; the
-- others follow in the order of store_sql (sources.mk), each above those that use parts of its own.
--
-- Columns are named, a question mark is a bound value, and no text from outside ever becomes part
-- of a statement. Statements under one heading feed the same row reader and give the same columns
-- in the same order. What several say is a part: a line "-- PART" and its name, its text up to an
-- empty line. Below it, the name in braces stands for the text. mkstatements.sh says how
-- statements.h is made of the files and what is refused; its --expand prints them whole.

-- ---- the connection, the schema -----------------------------------------

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

-- ---- parts of statements in several files -------------------------------

-- Sixteen bound values.
-- PART q16
?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?

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

-- What is due next in a case, as it is kept: a row w whose assignee is wu.
-- PART work_row
w.case_id, w.org_id, w.state, w.policy, w.version, w.due_on, w.due_kind, w.rule, w.step,
    w.tasks, w.assignee, wu.subject, wu.name, w.team, w.cover_until, w.changed_at
