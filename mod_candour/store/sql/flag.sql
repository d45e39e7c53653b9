-- flag.sql: flags, what they say in short, decisions, and how each stands. One reader for flags and
-- one for standings; no statement here knows of a payment.

-- A flag written: its columns, one row.
-- PART flag_put
claim_id, seq, org_id, computed_at, computed_by, scheme_code,
    scheme_version, engine, state, indicated_p, requested_on, claim_version, inputs, inputs_hash,
    answer

-- PART flag_row
(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)

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

-- How a decision s on a claim c stands.
-- PART standing
s.claim_id, c.reference, s.seq, s.org_id, s.flag_seq, s.outcome, s.standing, s.amount_p,
    s.units, s.counted, s.decided_at, s.asked_p, s.received_p

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
