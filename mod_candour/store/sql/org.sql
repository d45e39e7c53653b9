-- org.sql: organisations; one reader. A change bumps the version by which each process knows that
-- what it has cached is old.

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
