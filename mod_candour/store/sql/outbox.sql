-- outbox.sql: messages to people, and the addresses that they go to; one reader. How far a message
-- has come is bookkeeping.

-- PART notice
n.notice_id, n.kind, n.user_id, n.org_id, n.reference, n.step, n.due_on, n.put_at, n.state,
    n.tries, n.next_try_at, n.sent_at, n.last_error, o.name, u.active, m.email

-- PART notice_people
LEFT JOIN org o ON o.org_id = n.org_id
LEFT JOIN app_user u ON u.user_id = n.user_id
LEFT JOIN user_mail m ON m.user_id = n.user_id

-- STMT_LIST_OUTBOX_DUE
SELECT {notice}
FROM outbox n FORCE INDEX (outbox_due)
{notice_people}
WHERE n.state = ? AND n.next_try_at <= ? ORDER BY n.next_try_at, n.notice_id LIMIT ?;

-- STMT_LIST_OUTBOX_ENDED
SELECT {notice}
FROM outbox n FORCE INDEX (outbox_due)
{notice_people}
WHERE n.state = ? ORDER BY n.next_try_at DESC, n.notice_id DESC LIMIT ?;

-- STMT_LIST_OUTBOX_OF_USER
SELECT {notice}
FROM outbox n FORCE INDEX (outbox_user)
{notice_people}
WHERE n.user_id = ? AND n.notice_id < ? ORDER BY n.notice_id DESC LIMIT ?;

-- STMT_COUNT_OUTBOX
SELECT n.state, COUNT(*), MIN(n.put_at) FROM outbox n
WHERE n.state IN (?, ?, ?) GROUP BY n.state;

-- IGNORE: a taken key adds no row, and a second writer waits for the first to end.
-- STMT_INSERT_OUTBOX
INSERT IGNORE INTO outbox (once_key, kind, user_id, org_id, reference, step, due_on, put_at, state,
    tries, next_try_at, claimed_until, sent_at, last_error)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 0, ?, 0, 0, ?);

-- STMT_SELECT_OUTBOX_KEYS
SELECT n.once_key FROM outbox n WHERE n.once_key >= ? AND n.once_key < ?;

-- How far a message has come is no record: KEEP statements need no entry in a chain (tx.h).
-- STMT_KEEP_OUTBOX_CLAIM
UPDATE outbox SET state = ?, tries = tries + 1, claimed_until = ?, next_try_at = ?
WHERE notice_id = ? AND state = ? AND tries = ?;

-- STMT_KEEP_OUTBOX_END
UPDATE outbox SET state = ?, claimed_until = 0, next_try_at = ?, sent_at = ?, last_error = ?
WHERE notice_id = ? AND state = ? AND tries = ?;

-- STMT_RETRY_OUTBOX
UPDATE outbox SET state = ?, tries = 0, next_try_at = ?, last_error = NULL WHERE state = ?;

-- STMT_PUT_USER_MAIL
INSERT INTO user_mail (user_id, email) SELECT u.user_id, ? FROM app_user u WHERE u.subject = ?
ON DUPLICATE KEY UPDATE email = ?;
