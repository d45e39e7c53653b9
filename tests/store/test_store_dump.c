/* test_store_dump.c: a stolen dump names nobody. Every column of every table is read out as the
 * administrator and searched for what was entered about persons; so are the database's files.
 * The search is tried on a word that must be found, so that a blind search cannot pass. */
#include "unit/unit.h"

#include <apr_file_info.h>
#include <apr_file_io.h>

#include "base/hash.h"
#include "store/content.h"
#include "store/store_site.h"

static const char *const secrets[] = { SITE_PATIENT,    "Kowalczyk",           SITE_NHS,
                                       "Retained swab", "A swab was found",    "The ward was wrong",
                                       "Jadwiga",       "because she was late" };
#define OPEN_WORD "W-1234" /* a local reference: not about a person, stored openly */

static int holds(const char *bytes, apr_size_t len, const char *word)
{
    apr_size_t i, word_len = strlen(word);

    for (i = 0; i + word_len <= len; i++) {
        if (memcmp(bytes + i, word, word_len) == 0)
            return 1;
    }
    return 0;
}

/* A document's bytes, staged and not yet kept: sealed all the same. */
static void write_content(const store_head_t *head)
{
    static const char bytes[] = "Dear " SITE_PATIENT ", A swab was found";
    store_content_t content = { .size = sizeof(bytes), .chunks = 1, .media_type = "text/plain" };

    cd_sha256(content.sha256, bytes, sizeof(bytes));
    assert_ok(store_content_begin(&content.id, head, SITE_NOW, site.conn, site.pool));
    assert_ok(store_content_add(head, content.id, 1, bytes, sizeof(bytes), site.conn, site.pool));
    assert_ok(store_content_end(head, &content, site.conn, site.pool));
}

static void write_everything(void)
{
    const char *reference = site_case(site.rz1, cd_date_make(2026, 10, 28), CD_CASE_OPEN, SITE_NHS);
    cd_person_t person = { .basis = CD_PERSON_SELF, .name = "Jadwiga " SITE_PATIENT };
    cd_record_t record = site_record(CD_REC_PERSON, &person);
    cd_claim_facts_t facts = { .title = "Retained swab",
                               .claimant_name = SITE_PATIENT,
                               .nhs_number = SITE_NHS,
                               .scheme = CD_SCHEME_CNST };
    cd_record_t claim_record = site_record(CD_REC_CLAIM, &facts);
    store_head_t claim = { .kind = CD_FILE_CLAIM,
                           .status = CD_CLAIM_NOTIFIED,
                           .scheme = CD_SCHEME_CNST,
                           .created_at = SITE_NOW,
                           .title = "Retained swab",
                           .person = "A.K." };
    store_flag_t flag = { .seq = 1,
                          .org_id = site.rz1,
                          .computed_at = SITE_NOW,
                          .scheme_code = "L1",
                          .scheme_version = 1,
                          .engine = "1.0",
                          .state = 6,
                          .inputs = SITE_FLAG_INPUTS,
                          .answer = "{}" };
    store_decision_t decision = { .seq = 1,
                                  .flag_seq = 1,
                                  .org_id = site.rz1,
                                  .outcome = CD_DEC_NONE,
                                  .decided_at = SITE_NOW,
                                  .reasons = "because she was late",
                                  .evidence_seen = "all" };
    site_write_t write = { .head = site_head(CD_FILE_CASE, reference),
                           .records = &record,
                           .count = 1 };
    site_write_t claim_write = { .head = &claim,
                                 .records = &claim_record,
                                 .count = 1,
                                 .nhs_number = SITE_NHS,
                                 .flag = &flag,
                                 .decision = &decision };

    record.supersedes = 1;
    record.reason = "The ward was wrong";
    assert_ok(site_write(&write));
    assert_ok(site_write(&claim_write));
    write_content(site_head(CD_FILE_CASE, reference));
}

/* The client library is db.c's alone, so the dump is made by the server's own shell tool where
 * there is one, and by the files of the database in any case. */
static int search_file(const char *path, const char *word, apr_pool_t *pool)
{
    apr_size_t have = 0, got;
    apr_file_t *file;
    char *window = apr_palloc(pool, 1 << 20);
    int found = 0;

    if (apr_file_open(&file, path, APR_READ | APR_BINARY, APR_OS_DEFAULT, pool) != APR_SUCCESS)
        return 0;
    for (;;) {
        got = (1 << 20) - have;
        if (apr_file_read_full(file, window + have, got, &got) != APR_SUCCESS && got == 0)
            break;
        have += got;
        if (holds(window, have, word)) {
            found = 1;
            break;
        }
        /* the last bytes stay, for a word that lies across two reads */
        if (have > 256) {
            memmove(window, window + have - 256, 256);
            have = 256;
        }
    }
    apr_file_close(file);
    return found;
}

static int search_folder(const char *folder, const char *word, int *files, apr_pool_t *pool)
{
    apr_pool_t *iterpool;
    apr_finfo_t info;
    apr_dir_t *dir;
    int found = 0;

    assert_int_equal(apr_dir_open(&dir, folder, pool), APR_SUCCESS);
    apr_pool_create(&iterpool, pool);
    while (!found && apr_dir_read(&info, APR_FINFO_NAME | APR_FINFO_TYPE, dir) == APR_SUCCESS) {
        const char *path = apr_pstrcat(iterpool, folder, "/", info.name, NULL);

        if (info.name[0] == '.')
            continue;
        if (info.filetype == APR_DIR) {
            found = search_folder(path, word, files, pool);
        } else if (info.filetype == APR_REG) {
            ++*files;
            found = search_file(path, word, iterpool);
        }
        apr_pool_clear(iterpool);
    }
    apr_dir_close(dir);
    apr_pool_destroy(iterpool);
    return found;
}

static void files_name_nobody(void **state)
{
    const char *folder;
    store_setting_t *list;
    apr_size_t i;
    int count, files = 0;

    (void)state;
    write_everything();
    admin_sql("SET GLOBAL innodb_max_dirty_pages_pct = 0");
    admin_sql(
        "FLUSH TABLES candour_case, case_record, claim, claim_record, liability_flag, "
        "liability_decision,"
        " content, content_chunk, audit_entry, app_user, org, counter, app_state WITH READ LOCK");
    assert_ok(store_settings(&list, &count, site.admin, STMT_SHOW_SETTINGS, site.pool));
    folder = apr_pstrcat(site.pool, store_setting(list, count, "secure_file_priv"), "../data",
                         NULL);
    /* FLUSH writes nothing of InnoDB's; FOR EXPORT does */
    admin_sql("UNLOCK TABLES");
    admin_sql("FLUSH TABLES candour_case, case_record, claim, claim_record, liability_flag, "
              "liability_decision,"
              " content, content_chunk, audit_entry FOR EXPORT");
    assert_true(search_folder(folder, OPEN_WORD, &files, site.pool));
    for (i = 0; i < COUNT_OF(secrets); i++) {
        files = 0;
        ROW_CHECK(!search_folder(folder, secrets[i], &files, site.pool), i, secrets[i]);
        assert_true(files > 50);
    }
    admin_sql("UNLOCK TABLES");
}

/* Every text and every byte of every row, in the form SELECT gives it. */
static void rows_name_nobody(void **state)
{
    static const char *const tables[][2] = {
        { "candour_case",
          "reference, org_id, policy, nhs_hash, sealed, wrapped_key, mac, audit_head" },
        { "case_record", "kind, open_fields, sealed" },
        { "claim", "reference, nhs_hash, sealed, wrapped_key, mac, audit_head" },
        { "claim_record", "kind, open_fields, sealed" },
        { "liability_flag", "scheme_code, engine, inputs, answer" },
        { "liability_decision", "amount_p, sealed" },
        { "content", "content_id, case_id, state" },
        { "content_chunk", "content_id, number, sealed" },
        { "audit_entry", "object, answer, commitment, idem, fingerprint" },
    };
    const char *dir = NULL;
    store_setting_t *list;
    apr_size_t i, t;
    int count, found_open = 0;

    (void)state;
    assert_ok(store_settings(&list, &count, site.admin, STMT_SHOW_SETTINGS, site.pool));
    dir = store_setting(list, count, "secure_file_priv");
    for (t = 0; t < COUNT_OF(tables); t++) {
        const char *path = apr_pstrcat(site.pool, dir, tables[t][0], ".dump", NULL);

        admin_sql(apr_pstrcat(site.pool, "SELECT ", tables[t][1], " INTO OUTFILE '", path,
                              "' FROM ", tables[t][0], NULL));
        found_open += search_file(path, OPEN_WORD, site.pool);
        for (i = 0; i < COUNT_OF(secrets); i++)
            ROW_CHECK(!search_file(path, secrets[i], site.pool), i, tables[t][0]);
    }
    assert_int_equal(found_open, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(files_name_nobody),
        cmocka_unit_test(rows_name_nobody),
    };

    return cmocka_run_group_tests(tests, site_setup, site_teardown);
}
