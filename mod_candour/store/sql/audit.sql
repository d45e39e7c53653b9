-- audit.sql: entries of the chains, the head of the chain of what is no file, and how many rows a
-- file has, for verify. Entries have one reader.

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
