/* test_store_content.c: bytes staged, kept, read back, swept; each way to tamper with them is seen.
 */
#include "unit/unit.h"

#include "base/hash.h"
#include "base/text.h"
#include "store/content.h"
#include "store/store_site.h"

#define SECRET "Agnes Kowalczyk was told in the corridor"
#define BIG (2 * STORE_CHUNK_BYTES + 1234)

static const char *reference;

static store_head_t *head_now(void)
{
    return site_head(CD_FILE_CASE, reference);
}

static char *bytes_of(apr_size_t len)
{
    char *bytes = apr_palloc(site.pool, len + 1);
    apr_size_t i;

    for (i = 0; i < len; i++)
        bytes[i] = SECRET[i % (sizeof(SECRET) - 1)];
    return bytes;
}

/* Stages `len` bytes in chunks; gives the number. */
static apr_int64_t stage_on(store_conn_t *conn, const char *bytes, apr_size_t len, cd_instant_t now)
{
    store_content_t content = { .size = (apr_int64_t)len, .media_type = "application/pdf" };
    store_head_t *head = head_now();
    apr_size_t at;

    assert_ok(store_content_begin(&content.id, head, now, conn, site.pool));
    for (at = 0; at < len; at += STORE_CHUNK_BYTES) {
        apr_size_t step = len - at < STORE_CHUNK_BYTES ? len - at : STORE_CHUNK_BYTES;

        assert_ok(store_content_add(head, content.id, ++content.chunks, bytes + at, step, conn,
                                    site.pool));
    }
    cd_sha256(content.sha256, bytes, len);
    assert_ok(store_content_end(head, &content, conn, site.pool));
    return content.id;
}

static apr_int64_t stage(const char *bytes, apr_size_t len)
{
    return stage_on(site.conn, bytes, len, SITE_NOW);
}

/* A record that names the content, in one transaction with its keeping. */
typedef struct keep_t {
    site_write_t write;
    apr_int64_t content;
} keep_t;

static cd_err_t *keep_body(void *baton, store_conn_t *conn, apr_pool_t *pool)
{
    keep_t *keep = baton;

    CD_ERR(store_content_keep(keep->write.head, keep->content, conn, pool));
    return site_write_body(&keep->write, conn, pool);
}

static cd_err_t *keep(apr_int64_t content, const char *bytes, apr_size_t len)
{
    cd_document_t document = { .kind = CD_DOC_LETTER_1, .name = "Letter", .content = content,
                               .size = (apr_int64_t)len, .media_type = "application/pdf" };
    cd_record_t record = site_record(CD_REC_DOCUMENT, &document);
    keep_t baton = { { .head = head_now(), .records = &record, .count = 1 }, content };
    store_tx_t tx = { .body = keep_body, .baton = &baton };
    unsigned char sum[32];

    cd_sha256(sum, bytes, len);
    document.sha256 = cd_hex(sum, sizeof(sum), site.pool);
    return store_tx_run(&site.conn, site.store, &tx, site.pool);
}

static void check_bytes(const store_head_t *head, const store_content_t *content, const char *bytes)
{
    const char *got;
    apr_size_t len, at = 0;
    int i;

    for (i = 1; i <= content->chunks; i++) {
        assert_ok(store_content_chunk(&got, &len, head, content, i, site.conn, site.pool));
        assert_memory_equal(got, bytes + at, len);
        at += len;
    }
    assert_int_equal(at, content->size);
}

static void staged_then_kept(void **state)
{
    const char *bytes = bytes_of(BIG);
    store_head_t *head = head_now();
    store_content_t *content;
    apr_int64_t id, *ids;
    int count;

    (void)state;
    id = stage(bytes, BIG);
    assert_ok(store_content_get(&content, head, id, site.conn, site.pool));
    assert_false(content->kept);
    assert_int_equal(content->size, BIG);
    assert_int_equal(content->chunks, 3);
    assert_string_equal(content->media_type, "application/pdf");
    assert_ok(store_content_ids(&ids, &count, head, site.conn, site.pool));
    assert_int_equal(count, 0);
    assert_ok(keep(id, bytes, BIG));
    assert_ok(store_content_get(&content, head, id, site.conn, site.pool));
    assert_true(content->kept);
    check_bytes(head, content, bytes);
    assert_ok(store_content_ids(&ids, &count, head, site.conn, site.pool));
    assert_int_equal(count, 1);
    assert_int_equal(ids[0], id);
    assert_code(keep(id, bytes, BIG), CD_E_STALE);   /* kept once */
}

/* A connection that writes has autocommit off; what it stages is there for others all the same. */
static void staged_on_a_writing_connection(void **state)
{
    const char *bytes = bytes_of(100);
    store_content_t *content;
    store_conn_t *conn;
    apr_pool_t *pool;
    apr_int64_t id;

    (void)state;
    apr_pool_create(&pool, site.pool);
    assert_ok(store_acquire_to_write(&conn, site.store, pool));
    id = stage_on(conn, bytes, 100, SITE_NOW);
    assert_ok(store_content_get(&content, head_now(), id, site.conn, site.pool));
    assert_non_null(content);
    check_bytes(head_now(), content, bytes);
    apr_pool_destroy(pool);
}

static void empty_is_content_too(void **state)
{
    store_content_t *content;
    apr_int64_t id = stage("", 0);

    (void)state;
    assert_ok(keep(id, "", 0));
    assert_ok(store_content_get(&content, head_now(), id, site.conn, site.pool));
    assert_int_equal(content->chunks, 0);
}

/* Not whole, of another case, or of nobody: there is none. */
static void what_is_not_there(void **state)
{
    const char *other = site_case(site.rz2, cd_date_make(2026, 10, 3), CD_CASE_OPEN, NULL);
    const char *bytes = bytes_of(10);
    store_content_t *content;
    apr_int64_t id = stage(bytes, 10), begun;

    (void)state;
    assert_ok(
        store_content_get(&content, site_head(CD_FILE_CASE, other), id, site.conn, site.pool));
    assert_null(content);
    assert_ok(store_content_get(&content, head_now(), id + 1, site.conn, site.pool));
    assert_null(content);
    assert_ok(store_content_begin(&begun, head_now(), SITE_NOW, site.conn, site.pool));
    assert_ok(store_content_add(head_now(), begun, 1, bytes, 10, site.conn, site.pool));
    assert_ok(store_content_get(&content, head_now(), begun, site.conn, site.pool));
    assert_null(content);
    assert_code(keep(begun, bytes, 10), CD_E_STALE);
    reference = other;
    assert_code(keep(id, bytes, 10), CD_E_STALE);
    reference = "CM-2026-0001";
}

/* ---- staging is narrow -------------------------------------------------- */

static cd_err_t *stage_in_body(void *baton, store_conn_t *conn, apr_pool_t *pool)
{
    (void)baton;
    return store_stage(conn, STMT_STAGE_CONTENT, pool, "LLL", APR_INT64_C(7), head_now()->id,
                       SITE_NOW);
}

static cd_err_t *change_in_body(void *baton, store_conn_t *conn, apr_pool_t *pool)
{
    (void)baton;
    return store_change(NULL, NULL, conn, STMT_STAGE_CONTENT, pool, "LLL", APR_INT64_C(7),
                        head_now()->id, SITE_NOW);
}

static void staging_is_narrow(void **state)
{
    store_tx_t tx = { .body = stage_in_body }, change = { .body = change_in_body };

    (void)state;
    assert_code(store_tx_run(&site.conn, site.store, &tx, site.pool), CD_E_FAILED);
    assert_code(store_tx_run(&site.conn, site.store, &change, site.pool), CD_E_FAILED);
    assert_code(store_stage(site.conn, STMT_BUMP_ORGS, site.pool, ""), CD_E_FAILED);
    assert_code(store_stage(site.conn, STMT_SELECT_ORGS, site.pool, ""), CD_E_FAILED);
}

/* ---- no room ------------------------------------------------------------ */

static unsigned fail_number;

static unsigned fail_chunk(void *baton, store_call_t call, int statement)
{
    (void)baton;
    return call == STORE_CALL_EXECUTE && statement == STMT_STAGE_CHUNK ? fail_number : 0;
}

static void no_room(void **state)
{
    static const unsigned numbers[] = { 1021, 1114, 1028, 1026, 3, 20, 28 };
    store_calls_t calls = { .before = fail_chunk };
    store_options_t options = site.options;
    apr_pool_t *pool;
    store_conn_t *conn;
    store_t *store;
    apr_int64_t id;
    apr_size_t i;

    (void)state;
    options.calls = &calls;
    apr_pool_create(&pool, site.pool);
    assert_ok(store_open(&store, &options, pool));
    assert_ok(store_acquire(&conn, store, pool));
    for (i = 0; i < COUNT_OF(numbers); i++) {
        cd_err_t *err;

        fail_number = 0;
        assert_ok(store_content_begin(&id, head_now(), SITE_NOW, conn, pool));
        fail_number = numbers[i];
        err = store_content_add(head_now(), id, 1, "x", 1, conn, pool);
        ROW_CHECK(err && err->code == CD_E_FULL, i, "507");
    }
    apr_pool_destroy(pool);
}

/* The limit counts for connections that are made after it was set. */
static void a_packet_that_is_too_small(void **state)
{
    apr_pool_t *pool;
    store_conn_t *conn;
    store_t *store;
    apr_int64_t id;

    (void)state;
    admin_sql("SET GLOBAL max_allowed_packet = 262144");
    apr_pool_create(&pool, site.pool);
    assert_ok(store_open(&store, &site.options, pool));
    assert_ok(store_acquire(&conn, store, pool));
    assert_code(store_content_begin(&id, head_now(), SITE_NOW, conn, pool), CD_E_FULL);
    apr_pool_destroy(pool);
    admin_sql("SET GLOBAL max_allowed_packet = 16777216");
}

/* ---- sweeping ----------------------------------------------------------- */

typedef struct sweep_t {
    cd_instant_t before;
    int limit, removed;
} sweep_t;

static cd_err_t *sweep_body(void *baton, store_conn_t *conn, apr_pool_t *pool)
{
    sweep_t *sweep = baton;

    return store_content_sweep(&sweep->removed, sweep->before, sweep->limit, conn, pool);
}

/* The migrator's store makes changes outside store_tx_run, one by one, as the statements stand. */
static int sweep(cd_instant_t before, int limit)
{
    sweep_t baton = { before, limit, 0 };

    assert_ok(sweep_body(&baton, site.admin, site.pool));
    return baton.removed;
}

static void only_what_is_old_and_not_kept_is_swept(void **state)
{
    const cd_instant_t hour = APR_INT64_C(3600) * 1000000, old = SITE_NOW - 5 * hour;
    const char *bytes = bytes_of(BIG);
    store_content_t *content;
    apr_int64_t kept, left, fresh, begun, count;

    (void)state;
    sweep(SITE_NOW + hour, 1000);   /* what the tests before this one left */
    kept = stage_on(site.conn, bytes, BIG, old);
    assert_ok(keep(kept, bytes, BIG));
    left = stage_on(site.conn, bytes, BIG, old);
    fresh = stage_on(site.conn, bytes, 10, SITE_NOW);
    assert_ok(store_content_begin(&begun, head_now(), old, site.conn, site.pool));
    assert_ok(store_content_add(head_now(), begun, 1, bytes, 10, site.conn, site.pool));
    assert_ok(store_content_left(&count, SITE_NOW - hour, site.conn, site.pool));
    assert_int_equal(count, 2);
    assert_int_equal(sweep(SITE_NOW - hour, 1), 1);
    assert_int_equal(sweep(SITE_NOW - hour, 50), 1);
    assert_int_equal(sweep(SITE_NOW - hour, 50), 0);
    assert_ok(store_content_get(&content, head_now(), left, site.conn, site.pool));
    assert_null(content);
    assert_code(keep(left, bytes, BIG), CD_E_STALE);
    assert_ok(store_content_get(&content, head_now(), fresh, site.conn, site.pool));
    assert_non_null(content);
    assert_ok(store_content_get(&content, head_now(), kept, site.conn, site.pool));
    check_bytes(head_now(), content, bytes);
    /* an upload that was swept while it was still going on cannot go on */
    assert_non_null(store_content_add(head_now(), begun, 2, bytes, 10, site.conn, site.pool));
}

/* ---- tampering ---------------------------------------------------------- */

static void verify_is(int tampered, const char *words)
{
    audit_verdict_t verdict;

    assert_ok(audit_verify(&verdict, reference, site.conn, NULL, NULL, site.pool));
    if ((verdict.tampered > 0) != tampered)
        fail_msg("%d findings: %s", verdict.tampered,
                 verdict.first_bad ? verdict.first_bad : "none");
    if (words && !strstr(verdict.first_bad, words))
        fail_msg("verify says: %s, not %s", verdict.first_bad, words);
}

static cd_err_t *read_all(apr_int64_t id)
{
    store_content_t *content = NULL;
    const char *bytes;
    apr_size_t len;
    int i;

    CD_ERR(store_content_get(&content, head_now(), id, site.conn, site.pool));
    for (i = 1; content && i <= content->chunks; i++)
        CD_ERR(store_content_chunk(&bytes, &len, head_now(), content, i, site.conn, site.pool));
    return content ? NULL : cd_err(site.pool, CD_E_NOT_FOUND, NULL, "not there");
}

typedef struct tamper_row_t {
    const char *change, *undo;   /* each %s is the content's number */
    cd_code_t code;              /* of reading it, CD_E_OK: reading sees nothing */
    const char *words;           /* of verify */
} tamper_row_t;

#define FLIP "UPDATE content_chunk SET sealed = INSERT(sealed, 100, 1, " \
    "CHAR(ASCII(SUBSTRING(sealed, 100, 1)) ^ 1)) "
static const tamper_row_t tamper_rows[] = {
    { FLIP "WHERE content_id = %s AND number = 2", FLIP "WHERE content_id = %s AND number = 2",
      CD_E_TAMPERED,
      "content" },
    { "UPDATE content_chunk SET sealed = INSERT(sealed, 20, 1, CHAR(ASCII(SUBSTRING(sealed, 20, "
      "1)) ^ 1)) "
      "WHERE content_id = %s AND number = 0",
      "UPDATE content_chunk SET sealed = INSERT(sealed, 20, 1, CHAR(ASCII(SUBSTRING(sealed, 20, "
      "1)) ^ 1)) "
      "WHERE content_id = %s AND number = 0", CD_E_TAMPERED, "content" },
    { "UPDATE content_chunk SET number = 9 WHERE content_id = %s AND number = 2",
      "UPDATE content_chunk SET number = 2 WHERE content_id = %s AND number = 9", CD_E_TAMPERED,
      "content" },
    { "UPDATE content_chunk SET number = 9 WHERE content_id = %s AND number = 0",
      "UPDATE content_chunk SET number = 0 WHERE content_id = %s AND number = 9", CD_E_TAMPERED,
      "content" },
    { "UPDATE content SET state = 1 WHERE content_id = %s",
      "UPDATE content SET state = 2 WHERE content_id = %s",
      CD_E_OK, "not kept" },
    { "UPDATE content SET case_id = 2026000002 WHERE content_id = %s",
      "UPDATE content SET case_id = 2026000001 WHERE content_id = %s", CD_E_NOT_FOUND, "not kept" },
};

static void tampering_is_seen(void **state)
{
    const char *bytes = bytes_of(BIG);
    apr_int64_t id = stage(bytes, BIG);
    const char *number = apr_psprintf(site.pool, "%" APR_INT64_T_FMT, id);
    apr_size_t i;

    (void)state;
    assert_ok(keep(id, bytes, BIG));
    assert_ok(read_all(id));
    verify_is(0, NULL);
    for (i = 0; i < COUNT_OF(tamper_rows); i++) {
        const tamper_row_t *row = &tamper_rows[i];
        cd_err_t *err;

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
        admin_sql(apr_psprintf(site.pool, row->change, number));
        err = read_all(id);
        ROW_CHECK((err ? err->code : CD_E_OK) == row->code, i, row->change);
        verify_is(1, row->words);
        admin_sql(apr_psprintf(site.pool, row->undo, number));
#pragma GCC diagnostic pop
        assert_ok(read_all(id));
        verify_is(0, NULL);
    }
}

/* Content that no record names, and a record whose content is another's. */
static void content_and_records_agree(void **state)
{
    const char *bytes = bytes_of(50), *other = bytes_of(60);
    apr_int64_t id = stage(bytes, 50);

    (void)state;
    admin_sql(apr_psprintf(
        site.pool, "UPDATE content SET state = 2 WHERE content_id = %" APR_INT64_T_FMT, id));
    verify_is(1, "no record names it");
    admin_sql(apr_psprintf(
        site.pool, "UPDATE content SET state = 1 WHERE content_id = %" APR_INT64_T_FMT, id));
    verify_is(0, NULL);
    assert_ok(keep(id, other, 60));
    verify_is(1, "not what the record says");
}

/* With the key the content is gone, for reading and for staging alike. */
static void without_the_key_nothing_is_read(void **state)
{
    store_content_t *content;
    apr_int64_t id;
    store_head_t *head;

    (void)state;
    reference = site_case(site.rz1, cd_date_make(2026, 10, 9), CD_CASE_OPEN, NULL);
    id = stage("letter", 6);
    assert_ok(keep(id, "letter", 6));
    admin_sql(apr_psprintf(
        site.pool, "UPDATE candour_case SET wrapped_key = NULL WHERE reference = '%s'", reference));
    head = head_now();
    assert_code(store_content_get(&content, head, id, site.conn, site.pool), CD_E_KEY);
    assert_code(store_content_begin(&id, head, SITE_NOW, site.conn, site.pool), CD_E_KEY);
}

static int content_setup(void **state)
{
    int failed = site_setup(state);

    if (!failed)
        reference = site_case(site.rz1, cd_date_make(2026, 10, 1), CD_CASE_OPEN, SITE_NHS);
    return failed;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(staged_then_kept),
        cmocka_unit_test(staged_on_a_writing_connection),
        cmocka_unit_test(empty_is_content_too),
        cmocka_unit_test(what_is_not_there),
        cmocka_unit_test(staging_is_narrow),
        cmocka_unit_test(no_room),
        cmocka_unit_test(a_packet_that_is_too_small),
        cmocka_unit_test(only_what_is_old_and_not_kept_is_swept),
        cmocka_unit_test(tampering_is_seen),
        cmocka_unit_test(content_and_records_agree),
        cmocka_unit_test(without_the_key_nothing_is_read),
    };

    return cmocka_run_group_tests(tests, content_setup, site_teardown);
}
