-- recovery.sql: recoveries and their sums, breaches to look at again, allegations. All are
-- summaries of records that have their own entries: no entry is owed.

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
