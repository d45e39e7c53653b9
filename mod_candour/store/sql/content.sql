-- content.sql: content of documents and letters, in sealed chunks. Statements named STMT_STAGE_ run
-- outside transactions, by store_stage alone (tx.h).

-- STMT_SHOW_PACKET
SHOW VARIABLES WHERE variable_name = 'max_allowed_packet';

-- STMT_STAGE_CONTENT
INSERT INTO content (content_id, case_id, state, created_at) VALUES (?, ?, 1, ?);

-- STMT_STAGE_CHUNK
INSERT INTO content_chunk (content_id, number, sealed) VALUES (?, ?, ?);

-- STMT_SELECT_CONTENT
SELECT c.state, c.created_at, h.sealed
FROM content c LEFT JOIN content_chunk h ON h.content_id = c.content_id AND h.number = 0
WHERE c.content_id = ? AND c.case_id = ?;

-- STMT_SELECT_CHUNK
SELECT sealed FROM content_chunk WHERE content_id = ? AND number = ?;

-- STMT_SELECT_CONTENT_KEPT
SELECT content_id FROM content WHERE case_id = ? AND state = 2;

-- Only what is whole: its chunk 0 is written last.
-- STMT_UPDATE_CONTENT_KEPT
UPDATE content SET state = 2 WHERE content_id = ? AND case_id = ? AND state = 1
    AND EXISTS (SELECT 1 FROM content_chunk h
        WHERE h.content_id = content.content_id AND h.number = 0);

-- STMT_COUNT_CONTENT_STAGED
SELECT COUNT(*) FROM content WHERE case_id = ? AND state = 1;

-- STMT_COUNT_CONTENT_LEFT
SELECT COUNT(*) FROM content WHERE state = 1 AND created_at < ?;

-- Marked first, so that nothing is kept any more whose chunks are about to go.
-- STMT_MARK_CONTENT_LEFT
UPDATE content SET state = 3
WHERE state = 1 AND created_at < ? ORDER BY created_at, content_id LIMIT ?;

-- STMT_DELETE_CHUNKS_LEFT
DELETE FROM content_chunk WHERE content_id IN (SELECT content_id FROM content WHERE state = 3);

-- STMT_DELETE_CONTENT_LEFT
DELETE FROM content WHERE state = 3;
