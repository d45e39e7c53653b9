-- ahead.sql: a range of claims read ahead: heads, records, linked cases, newest flags, standings.
-- The readers are those of single files.

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
