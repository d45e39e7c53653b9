-- words.sql: words that files are found by. The index is no evidence: nothing in it that the
-- records do not say. Its rows come and go without an entry.

-- PART q32
{q16}, {q16}

-- PART q50
{q16}, {q16}, {q16}, ?, ?

-- Eight rows.
-- PART word_rows
(?, ?, ?), (?, ?, ?), (?, ?, ?), (?, ?, ?), (?, ?, ?), (?, ?, ?), (?, ?, ?), (?, ?, ?)

-- Files that have a word in one form, or in any of 32.
-- PART with_word
FROM word_index WHERE hash = ? AND file_kind = ? AND file_id < ? LIMIT ?

-- PART with_word_forms
FROM word_index WHERE file_kind = ? AND file_id < ? AND hash IN (
        {q32}) LIMIT ?

-- PART newest_with_word
SELECT file_id FROM word_index WHERE hash = ? AND file_kind = ? AND file_id < ?
    ORDER BY file_id DESC LIMIT ?

-- PART newest_of_8
({newest_with_word}) UNION ALL ({newest_with_word}) UNION ALL
    ({newest_with_word}) UNION ALL ({newest_with_word}) UNION ALL
    ({newest_with_word}) UNION ALL ({newest_with_word}) UNION ALL
    ({newest_with_word}) UNION ALL ({newest_with_word})

-- STMT_KEEP_WORDS_FEW
INSERT IGNORE INTO word_index (hash, file_kind, file_id)
VALUES {word_rows}, {word_rows}, {word_rows};

-- STMT_KEEP_WORDS
INSERT IGNORE INTO word_index (hash, file_kind, file_id)
VALUES {word_rows}, {word_rows}, {word_rows}, {word_rows},
    {word_rows}, {word_rows}, {word_rows}, {word_rows},
    {word_rows}, {word_rows}, {word_rows}, {word_rows},
    {word_rows}, {word_rows}, {word_rows}, {word_rows},
    {word_rows}, {word_rows}, {word_rows}, {word_rows},
    {word_rows}, {word_rows}, {word_rows}, {word_rows},
    {word_rows}, {word_rows}, {word_rows}, {word_rows},
    {word_rows}, {word_rows}, {word_rows}, {word_rows};

-- How many files have each of eight words, as far as it matters: no more than the limit are looked
-- at.
-- STMT_COUNT_WORDS_FEW
SELECT n.word, COUNT(*) FROM (
    (SELECT 0 AS word {with_word}) UNION ALL
    (SELECT 1 AS word {with_word}) UNION ALL
    (SELECT 2 AS word {with_word}) UNION ALL
    (SELECT 3 AS word {with_word}) UNION ALL
    (SELECT 4 AS word {with_word}) UNION ALL
    (SELECT 5 AS word {with_word}) UNION ALL
    (SELECT 6 AS word {with_word}) UNION ALL
    (SELECT 7 AS word {with_word})) n
GROUP BY n.word;

-- STMT_COUNT_WORDS
SELECT n.word, COUNT(*) FROM (
    (SELECT 0 AS word {with_word_forms}) UNION ALL
    (SELECT 1 AS word {with_word_forms}) UNION ALL
    (SELECT 2 AS word {with_word_forms}) UNION ALL
    (SELECT 3 AS word {with_word_forms}) UNION ALL
    (SELECT 4 AS word {with_word_forms}) UNION ALL
    (SELECT 5 AS word {with_word_forms}) UNION ALL
    (SELECT 6 AS word {with_word_forms}) UNION ALL
    (SELECT 7 AS word {with_word_forms})) n
GROUP BY n.word;

-- The newest files that have one word, and of each whether it has the others: a file's hashes are
-- all of one trust.
-- STMT_FIND_WORDS_FEW
SELECT d.file_id, ? = 1 OR (SELECT COUNT(*) FROM word_index w FORCE INDEX (word_file)
    WHERE w.file_kind = ? AND w.file_id = d.file_id AND w.hash IN (?, ?, ?, ?, ?, ?, ?, ?)) >= ?
FROM ( {newest_with_word}) d
ORDER BY d.file_id DESC LIMIT ?;

-- STMT_FIND_WORDS
SELECT d.file_id, ? = 1 OR (SELECT COUNT(*) FROM word_index w FORCE INDEX (word_file)
    WHERE w.file_kind = ? AND w.file_id = d.file_id AND w.hash IN (
        {q32}, {q32}, {q32}, {q32}, {q32}, {q32}, {q32}, {q32})) >= ?
FROM (
    {newest_of_8} UNION ALL
    {newest_of_8} UNION ALL
    {newest_of_8} UNION ALL
    {newest_of_8}) d
ORDER BY d.file_id DESC LIMIT ?;

-- STMT_SELECT_CASES_OF
SELECT {case_head}
FROM candour_case c LEFT JOIN org co ON co.org_id = c.org_id
WHERE c.case_id IN ({q50})
    AND (? = 0 OR c.org_id = ?)
ORDER BY c.case_id DESC;

-- STMT_SELECT_CLAIMS_OF
SELECT {claim_head}
FROM claim c
WHERE c.claim_id IN ({q50})
    AND {claim_reach}
ORDER BY c.claim_id DESC;

-- Gives the columns of STMT_SELECT_RECORDS_OF_CASES.
-- STMT_SELECT_RECORDS_OF_CLAIMS
SELECT r.claim_id, {record}
FROM claim_record r LEFT JOIN app_user u ON u.user_id = r.recorded_by
WHERE r.claim_id IN ({q16}) ORDER BY r.claim_id, r.seq;

-- STMT_WALK_WORDS
SELECT hash, file_id FROM word_index FORCE INDEX (word_file)
WHERE file_kind = ? AND file_id > ? AND file_id <= ? ORDER BY file_id;

-- Only while the file stands where its records were read: a write in between adds words of its own.
-- STMT_KEEP_WORDS_GONE_CASE
DELETE w FROM word_index w JOIN candour_case c ON c.case_id = w.file_id AND c.version = ?
WHERE w.file_kind = 1 AND w.file_id = ? AND w.hash IN ({q32});

-- STMT_KEEP_WORDS_GONE_CLAIM
DELETE w FROM word_index w JOIN claim c ON c.claim_id = w.file_id AND c.version = ?
WHERE w.file_kind = 2 AND w.file_id = ? AND w.hash IN ({q32});

-- All of one file, whose key is gone.
-- STMT_KEEP_WORDS_DROPPED
DELETE FROM word_index WHERE file_kind = ? AND file_id = ?;
