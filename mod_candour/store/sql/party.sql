-- party.sql: the trusts that a claim is about, each with its share, and the cases of theirs that
-- are linked, in numbered sets: the newest is the one that holds.

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
