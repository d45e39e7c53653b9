-- scheme.sql: versions of liability schemes and how far each has come, and what each trust
-- contributes in a year. One version tells both caches that they are old.

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
