/* test_store_verify.c: an intruder with every right on the database changes one column of one
 * row, takes a row away or puts one in: verify must find each. The columns are asked from the
 * database, so a new one is tried without a line here. */
#include "unit/unit.h"

#include <apr_file_io.h>

#include "store/store_site.h"

/* What the chains vouch for column by column. */
static const char *const tables[] = { "candour_case",   "case_record",        "claim",
                                      "claim_record",   "claim_party",        "claim_case",
                                      "liability_flag", "liability_decision", "audit_entry",
                                      "decision_standing", "decision_told", "counter" };
static const char *const kept[] = { "candour_case",   "case_record",        "claim",
                                    "claim_record",   "claim_party",        "claim_case",
                                    "liability_flag", "liability_decision", "audit_entry",
                                    "decision_standing", "decision_told", "counter",
                                    "app_state",          "app_user",
                                    "org" };

static const char *case_ref, *other_ref, *claim_ref;

static audit_verdict_t verdict_of(const char *reference)
{
    audit_verdict_t verdict;
    apr_pool_t *pool;

    apr_pool_create(&pool, site.pool);
    assert_ok(audit_verify(&verdict, reference, site.conn, NULL, NULL, pool));
    if (verdict.first_bad)
        verdict.first_bad = apr_pstrdup(site.pool, verdict.first_bad);
    apr_pool_destroy(pool);
    return verdict;
}

static void fill(void)
{
    cd_claim_facts_t facts = { .title = "Claim",
                               .claimant_name = SITE_PATIENT,
                               .scheme = CD_SCHEME_CNST,
                               .notified = cd_when_day(cd_date_make(2026, 9, 1)) };
    cd_parties_t parties = { .party = { { "RZ1", 6000, NULL }, { "RZ2", 4000, NULL } } };
    cd_told_t told = { .org = "RZ1",
                       .decision_seq = 1,
                       .on = cd_when_day(cd_date_make(2026, 11, 3)),
                       .mode = CD_MODE_LETTER };
    cd_record_t records[3], correction;
    store_head_t head = { .kind = CD_FILE_CLAIM,
                          .status = CD_CLAIM_NOTIFIED,
                          .scheme = CD_SCHEME_CNST,
                          .created_at = SITE_NOW,
                          .notified_on = cd_date_make(2026, 9, 1),
                          .title = "Claim" };
    store_flag_t flag = { .seq = 1,
                          .org_id = site.rz1,
                          .computed_at = SITE_NOW,
                          .computed_by = site_user_id("handler"),
                          .scheme_code = "L1",
                          .scheme_version = 1,
                          .engine = "1.0",
                          .state = 6,
                          .indicated_p = 1000000,
                          .inputs = SITE_FLAG_INPUTS,
                          .answer = "{}",
                          .claim_version = 1 };
    store_decision_t decision = { .seq = 1,
                                  .flag_seq = 1,
                                  .org_id = site.rz1,
                                  .outcome = CD_DEC_FULL,
                                  .amount_p = 1000000,
                                  .decided_at = SITE_NOW,
                                  .decided_by = site_user_id("handler"),
                                  .reasons = "late",
                                  .evidence_seen = "all" };
    cd_incident_t incident = { .title = "Corrected",
                               .occurred = cd_when_day(cd_date_make(2026, 10, 1)) };
    site_write_t write = { .head = &head,
                           .records = records,
                           .count = 3,
                           .nhs_number = SITE_NHS,
                           .flag = &flag,
                           .decision = &decision };
    site_write_t correct = { .records = &correction, .count = 1, .has_idem = 1 };

    case_ref = site_case(site.rz1, cd_date_make(2026, 10, 28), CD_CASE_OPEN, SITE_NHS);
    other_ref = site_case(site.rz2, cd_date_make(2026, 10, 29), CD_CASE_OPEN, NULL);
    correction = site_record(CD_REC_INCIDENT, &incident);
    correction.supersedes = 1;
    correction.reason = "wrong day";
    correct.head = site_head(CD_FILE_CASE, case_ref);
    memset(correct.idem, 5, sizeof(correct.idem));
    assert_ok(site_write(&correct));
    parties.party[0].cases = case_ref;
    store_sha256(flag.inputs_hash, flag.inputs, strlen(flag.inputs));
    records[0] = site_record(CD_REC_CLAIM, &facts);
    records[1] = site_record(CD_REC_PARTIES, &parties);
    records[2] = site_record(CD_REC_TOLD, &told);
    assert_ok(site_write(&write));
    claim_ref = "CL-2026-0001";
}

static void keep_copies(void)
{
    apr_size_t i;

    admin_sql("SET SESSION foreign_key_checks = 0");
    admin_sql("SET SESSION sql_mode = ''");
    for (i = 0; i < COUNT_OF(kept); i++) {
        admin_sql(
            apr_pstrcat(site.pool, "CREATE TABLE kept_", kept[i], " LIKE ", kept[i], NULL));
        admin_sql(apr_pstrcat(site.pool, "INSERT INTO kept_", kept[i], " SELECT * FROM ",
                              kept[i], NULL));
    }
}

static void restore(const char *table)
{
    admin_sql(apr_pstrcat(site.pool, "DELETE FROM ", table, NULL));
    admin_sql(apr_pstrcat(site.pool, "INSERT INTO ", table, " SELECT * FROM kept_", table, NULL));
}

static void good_is_good(void **state)
{
    audit_verdict_t verdict = verdict_of(NULL);

    (void)state;
    if (verdict.tampered)
        fail_msg("%s", verdict.first_bad);
    assert_int_equal(verdict.files, 3);
    assert_int_equal(verdict.unchecked, 0);
    assert_int_equal(verdict.entries,
                     2 + 1 + 2 + 5 + 6); /* two cases, a correction, the claim; six of the system */
    verdict = verdict_of(claim_ref);
    assert_int_equal(verdict.tampered, 0);
    assert_int_equal(verdict.files, 1);
}

/* A value that is surely another one, by the column's type. */
static const char *bent_value(const char *column, const char *type)
{
    if (strstr(type, "int"))
        return apr_psprintf(site.pool, "`%s` + 1000", column);
    if (strstr(type, "char") || strstr(type, "text"))
        return apr_psprintf(site.pool, "CONCAT(COALESCE(`%s`, ''), 'x')", column);
    return apr_psprintf(
        site.pool, "IF(`%s` IS NULL, 'x', INSERT(`%s`, 2, 1, CHAR(ASCII(SUBSTR(`%s`, 2, 1)) ^ 1)))",
        column, column, column);
}

/* table TAB column TAB type, a line each, from the database itself. */
static char *ask_columns(void)
{
    static char text[16384];
    const char *list = "''", *path;
    store_setting_t *settings;
    apr_size_t i, len = sizeof(text) - 1;
    apr_file_t *file;
    int count;

    for (i = 0; i < COUNT_OF(tables); i++)
        list = apr_pstrcat(site.pool, list, ", '", tables[i], "'", NULL);
    assert_ok(store_settings(&settings, &count, site.admin, STMT_SHOW_SETTINGS, site.pool));
    path = apr_pstrcat(site.pool, store_setting(settings, count, "secure_file_priv"), "columns",
                       NULL);
    admin_sql(apr_pstrcat(
        site.pool, "SELECT table_name, column_name, data_type INTO OUTFILE '", path,
        "' FROM information_schema.columns WHERE table_schema = DATABASE() AND table_name IN (",
        list, ") ORDER BY table_name, ordinal_position", NULL));
    assert_int_equal(apr_file_open(&file, path, APR_READ, APR_OS_DEFAULT, site.pool), APR_SUCCESS);
    apr_file_read_full(file, text, len, &len);
    apr_file_close(file);
    text[len] = '\0';
    return text;
}

/* A wrapped key that names no key of ours is told as "could not check", which is not "good"
 * either. */
static int tampered(void)
{
    audit_verdict_t verdict;
    apr_pool_t *pool;
    cd_err_t *err;
    int found;

    apr_pool_create(&pool, site.pool);
    err = audit_verify(&verdict, NULL, site.conn, NULL, NULL, pool);
    if (err && err->code != CD_E_KEY)
        fail_msg("%s", cd_err_line(err, pool));
    found = err || verdict.tampered > 0;
    apr_pool_destroy(pool);
    return found;
}

static void every_column_is_vouched_for(void **state)
{
    char *rest = ask_columns(), *line;
    int tried = 0;

    (void)state;
    while ((line = apr_strtok(rest, "\n", &rest)) != NULL) {
        char *table = line, *column = strchr(line, '\t'), *type;

        *column++ = '\0';
        type = strchr(column, '\t');
        *type++ = '\0';
        if (!strcmp(table, "candour_case") && !strcmp(column, "weighed"))
            continue; /* says nothing: it is there to be changed (0079) */
        admin_sql(apr_psprintf(site.pool, "UPDATE %s SET `%s` = %s LIMIT 1", table, column,
                               bent_value(column, type)));
        if (!tampered())
            fail_msg("%s.%s was changed and verify saw nothing", table, column);
        restore(table);
        tried++;
    }
    assert_false(tampered());
    assert_true(tried > 100);
}

typedef struct deed_row_t {
    const char *sql[4];
    const char *table[4]; /* to restore */
    const char *why;
} deed_row_t;

static const deed_row_t deed_rows[] = {
    { { "DELETE FROM case_record WHERE seq = 2 LIMIT 1" }, { "case_record" }, "a record is gone" },
    { { "DELETE FROM case_record WHERE case_id = 2026000001 AND seq = 3" },
      { "case_record" },
      "the last record is gone" },
    { { "INSERT INTO case_record SELECT case_id, 77, kind, happened_first, happened_last, "
        "recorded_at, recorded_by,"
        " role, supersedes, open_fields, NULL FROM kept_case_record WHERE case_id = 2026000001 AND "
        "seq = 1" },
      { "case_record" },
      "a record is put in" },
    { { "UPDATE case_record SET seq = 9 WHERE case_id = 2026000001 AND seq = 1",
        "UPDATE case_record SET seq = 1 WHERE case_id = 2026000001 AND seq = 2",
        "UPDATE case_record SET seq = 2 WHERE case_id = 2026000001 AND seq = 9" },
      { "case_record" },
      "two records change places" },
    { { "UPDATE case_record a JOIN kept_case_record b ON b.case_id = 2026000002 AND b.seq = a.seq"
        " SET a.open_fields = b.open_fields, a.sealed = b.sealed WHERE a.case_id = 2026000001 AND "
        "a.seq = 2" },
      { "case_record" },
      "another case's text under this one" },
    { { "DELETE FROM audit_entry WHERE chain = 1 AND seq = 2 LIMIT 1" },
      { "audit_entry" },
      "an entry is gone" },
    { { "DELETE FROM audit_entry WHERE chain = 9 ORDER BY seq DESC LIMIT 1" },
      { "audit_entry" },
      "the last entry of the system is gone" },
    { { "INSERT INTO audit_entry SELECT chain, chain_id, 50, at, actor, role, action, object, "
        "version_before,"
        " version_after, commitment, prev, hash, NULL, NULL, answer FROM kept_audit_entry WHERE "
        "chain = 1 LIMIT 1" },
      { "audit_entry" },
      "an entry is put in" },
    { { "DELETE FROM audit_entry WHERE chain_id = 2026000001 AND seq = 3",
        "DELETE FROM case_record WHERE case_id = 2026000001 AND seq = 3",
        "UPDATE candour_case c JOIN audit_entry e ON e.chain = 1 AND e.chain_id = c.case_id AND "
        "e.seq = 2"
        " SET c.audit_seq = 2, c.audit_head = e.hash, c.last_seq = 2, c.version = 1 WHERE "
        "c.case_id = 2026000001" },
      { "candour_case", "case_record", "audit_entry" },
      "record, entry and head cut back together" },
    { { "DELETE FROM case_record WHERE case_id = 2026000002",
        "DELETE FROM audit_entry WHERE chain_id = 2026000002",
        "DELETE FROM candour_case WHERE case_id = 2026000002" },
      { "candour_case", "case_record", "audit_entry" },
      "a whole case is gone" },
    { { "UPDATE candour_case SET org_id = 2 WHERE case_id = 2026000001" },
      { "candour_case" },
      "moved to another trust" },
    { { "UPDATE claim_party SET share_bp = IF(org_id = 1, 1, 9999)" },
      { "claim_party" },
      "shares turned round" },
    { { "DELETE FROM claim_case" }, { "claim_case" }, "the link to the case is gone" },
    { { "DELETE FROM liability_decision" }, { "liability_decision" }, "a decision is gone" },
    { { "DELETE FROM decision_standing" }, { "decision_standing" },
      "how a decision stands is gone" },
    { { "DELETE FROM decision_told" }, { "decision_told" }, "that the trust was told is gone" },
    { { "DELETE FROM liability_decision", "DELETE FROM liability_flag" },
      { "liability_flag", "liability_decision" },
      "flag and decision are gone" },
    { { "UPDATE liability_flag SET inputs = '{\"a\":2}', inputs_hash = UNHEX(SHA2('{\"a\":2}', "
        "256))" },
      { "liability_flag" },
      "a flag's inputs, with a right hash" },
    { { "UPDATE counter SET last_number = last_number + 1 WHERE kind = 2" },
      { "counter" },
      "a number without a file" },
    { { "DELETE FROM audit_entry WHERE chain = 9 AND seq = 6",
        "UPDATE app_state s JOIN audit_entry e ON e.chain = 9 AND e.seq = 5 SET s.system_seq = 5, "
        "s.system_head = e.hash",
        "DELETE FROM app_user WHERE subject = 'admin'" },
      { "app_state", "audit_entry", "app_user" },
      "the system's chain cut back with its head and the row" },
    { { "DELETE FROM audit_entry WHERE chain = 9",
        "UPDATE app_state SET system_seq = 0, system_head = UNHEX(REPEAT('00', 32)), "
        "system_mac = NULL" },
      { "app_state", "audit_entry" },
      "the system's chain begun anew" },
    { { "UPDATE app_state SET system_mac = NULL" }, { "app_state" }, "the head without its mac" },
    { { "UPDATE app_user SET roles = 64 WHERE subject = 'legal1'" }, { "app_user" }, "more roles" },
    { { "UPDATE app_user SET org_id = 2 WHERE subject = 'legal1'" },
      { "app_user" },
      "another trust's person" },
    { { "UPDATE app_user SET active = 0 WHERE subject = 'legal1'" }, { "app_user" }, "shut out" },
    { { "UPDATE app_user SET version = 7 WHERE subject = 'legal1'" }, { "app_user" }, "version" },
    { { "INSERT INTO app_user (subject, name, roles, active, version, created_at) "
        "VALUES ('intruder', 'I', 64, 1, 1, 0)" },
      { "app_user" },
      "a person nobody entered" },
    { { "DELETE FROM app_user WHERE subject = 'legal2'" }, { "app_user" }, "a person is gone" },
    { { "UPDATE org SET member_from = 1 WHERE code = 'RZ1'" }, { "org" }, "membership of a trust" },
    { { "UPDATE org SET target_talk_wd = 99 WHERE code = 'RZ1'" }, { "org" }, "a trust's limit" },
};

static void deeds_are_found(void **state)
{
    apr_size_t i;
    int j;

    (void)state;
    for (i = 0; i < COUNT_OF(deed_rows); i++) {
        for (j = 0; j < 4 && deed_rows[i].sql[j]; j++)
            admin_sql(deed_rows[i].sql[j]);
        ROW_CHECK(tampered(), i, deed_rows[i].why);
        for (j = 0; j < 4 && deed_rows[i].table[j]; j++)
            restore(deed_rows[i].table[j]);
        ROW_CHECK(!tampered(), i, "restored");
    }
}

static void verdict_names_the_place(void **state)
{
    audit_verdict_t verdict;

    (void)state;
    admin_sql("UPDATE case_record SET recorded_by = 77 WHERE case_id = 2026000001 AND seq = 2");
    verdict = verdict_of(NULL);
    assert_int_equal(verdict.tampered, 1);
    assert_string_equal(verdict.first_bad, "case CM-2026-0001, record 2: not what was recorded");
    assert_int_equal(verdict_of(other_ref).tampered, 0);
    assert_int_equal(verdict_of(case_ref).tampered, 1);
    restore("case_record");
}

/* Erasure is no use case yet: a key that is gone was taken by somebody. */
static void missing_key_is_no_good(void **state)
{
    audit_verdict_t verdict;

    (void)state;
    admin_sql("UPDATE candour_case SET wrapped_key = NULL WHERE case_id = 2026000002");
    verdict = verdict_of(NULL);
    assert_int_equal(verdict.tampered, 1);
    assert_int_equal(verdict.unchecked, 1);
    assert_string_equal(verdict.first_bad, "case CM-2026-0002, head: no key, and no entry says "
                                           "that it was destroyed");
    /* the chain is checked all the same */
    admin_sql("UPDATE audit_entry SET actor = 99 WHERE chain_id = 2026000002 LIMIT 1");
    assert_true(verdict_of(NULL).tampered > 1);
    restore("audit_entry");
    restore("candour_case");
}

/* A changed head is not served, by name or in a list, and its names are not shown. */
static void changed_head_is_not_read(void **state)
{
    store_list_ask_t ask = { .list = STORE_LIST_CASES_NEWEST, .limit = 10 };
    store_list_page_t page;
    store_head_t *head;
    int i;

    (void)state;
    admin_sql("UPDATE candour_case SET state = state + 1 WHERE case_id = 2026000002");
    assert_code(store_head_get(&head, CD_FILE_CASE, other_ref, 0, site.conn, site.pool),
                CD_E_TAMPERED);
    assert_ok(store_list(&page, &ask, site.conn, site.pool));
    assert_int_equal(page.count, 2);
    for (i = 0; i < page.count; i++) {
        assert_int_equal(page.rows[i].damaged, page.rows[i].id == 2026000002);
        assert_true(!page.rows[i].damaged == (page.rows[i].title != NULL));
    }
    restore("candour_case");
}

static cd_err_t *do_nothing(void *baton, store_conn_t *conn, apr_pool_t *pool)
{
    (void)baton;
    return store_change(NULL, NULL, conn, STMT_BUMP_ORGS, pool, "");
}

/* A server whose clock goes back is no intruder. */
static void clock_set_back_is_a_notice(void **state)
{
    audit_verdict_t verdict = verdict_of(NULL);

    (void)state;
    assert_int_equal(verdict.clock_back, 0);
    site_now = SITE_NOW + apr_time_from_sec(3600);
    assert_ok(site_system(do_nothing, NULL));
    site_now = SITE_NOW;
    assert_ok(site_system(do_nothing, NULL));
    verdict = verdict_of(NULL);
    assert_int_equal(verdict.tampered, 0);
    assert_int_equal(verdict.clock_back, 1);
    assert_string_equal(verdict.first_back, "system, entry 8");
}

/* What could not be looked at is an error, never "good". */
static void no_answer_is_an_error(void **state)
{
    audit_verdict_t verdict;

    (void)state;
    assert_code(audit_verify(&verdict, "CM-2026-9999", site.conn, NULL, NULL, site.pool),
                CD_E_NOT_FOUND);
    admin_sql("RENAME TABLE case_record TO away");
    assert_code(audit_verify(&verdict, NULL, site.conn, NULL, NULL, site.pool), CD_E_SCHEMA);
    admin_sql("RENAME TABLE away TO case_record");
    assert_false(tampered());
}

static int setup(void **state)
{
    int bad = site_setup(state);

    if (!bad) {
        fill();
        keep_copies();
    }
    return bad;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(good_is_good),
        cmocka_unit_test(every_column_is_vouched_for),
        cmocka_unit_test(deeds_are_found),
        cmocka_unit_test(verdict_names_the_place),
        cmocka_unit_test(missing_key_is_no_good),
        cmocka_unit_test(changed_head_is_not_read),
        cmocka_unit_test(no_answer_is_an_error),
        cmocka_unit_test(clock_set_back_is_a_notice),
    };

    return cmocka_run_group_tests(tests, setup, site_teardown);
}
