-- user.sql: people who sign in; one reader. Where their messages go is written beside the messages
-- (outbox.sql).

-- PART user
u.user_id, u.subject, u.name, o.code, o.name, u.roles, u.active, u.version, u.created_at,
    m.email

-- PART user_rows
app_user u LEFT JOIN org o ON o.org_id = u.org_id
LEFT JOIN user_mail m ON m.user_id = u.user_id

-- STMT_SELECT_USERS
SELECT {user}
FROM {user_rows}
WHERE u.subject > ? ORDER BY u.subject LIMIT ?;

-- STMT_SELECT_USER
SELECT {user}
FROM {user_rows}
WHERE u.subject = ?;

-- STMT_SELECT_USERS_IN_ROLE
SELECT u.user_id FROM app_user u
WHERE u.active = 1 AND (u.roles & ?) <> 0 AND (? = 0 OR u.org_id = ?) ORDER BY u.user_id LIMIT 1000;

-- STMT_INSERT_USER
INSERT INTO app_user (subject, name, org_id, roles, active, version, created_at)
VALUES (?, ?, ?, ?, ?, 1, ?);

-- STMT_UPDATE_USER
UPDATE app_user SET name = ?, org_id = ?, roles = ?, active = ?, version = version + 1
WHERE subject = ? AND version = ?;
