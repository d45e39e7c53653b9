-- Rows of the decisions that were made before there was a second person or a review: the newest of each trust stands.
INSERT IGNORE INTO decision_standing (claim_id, seq, org_id, flag_seq, outcome, standing, amount_p, units, counted,
    decided_at, asked_p, received_p)
SELECT d.claim_id, d.seq, d.org_id, d.flag_seq, d.outcome, IF(later.seq > d.seq, 6, 3),
    IF(later.seq > d.seq, 0, d.amount_p), 1,
    IF(JSON_UNQUOTE(JSON_EXTRACT(f.inputs, '$.scheme.formula')) = 'L3',
        CAST(JSON_EXTRACT(f.inputs, '$.sums.breach_number') AS SIGNED), 0), d.decided_at, 0, 0
FROM liability_decision d
JOIN (SELECT n.claim_id, n.org_id, MAX(n.seq) AS seq FROM liability_decision n GROUP BY n.claim_id, n.org_id) later
    ON later.claim_id = d.claim_id AND later.org_id = d.org_id
JOIN liability_flag f ON f.claim_id = d.claim_id AND f.seq = d.flag_seq;
