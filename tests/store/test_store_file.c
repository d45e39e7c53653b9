/* test_store_file.c: heads, records, lists, look-ups, parties: written and read back as they
 * were. */
#include "unit/unit.h"

#include "store/store_site.h"

static const char *first_case;

static void records_come_back(void **state)
{
    store_head_t *head = site_head(CD_FILE_CASE, first_case);
    const cd_incident_t *incident;
    const cd_patient_t *patient;
    cd_record_t *records;
    int count;

    (void)state;
    assert_non_null(head);
    assert_string_equal(head->reference, "CM-2026-0001");
    assert_int_equal(head->version, 1);
    assert_int_equal(head->last_seq, 2);
    assert_int_equal(head->audit_seq, 2);
    assert_string_equal(head->title, SITE_TITLE);
    assert_string_equal(head->person, "A.K.");
    assert_string_equal(head->org_code, "RZ1");
    assert_int_equal(head->state, CD_CASE_RECORDED);
    assert_true(head->has_key && !head->unreadable && store_head_genuine(head, site.pool));
    assert_ok(store_records(&records, &count, head, site.conn, site.pool));
    assert_int_equal(count, 2);
    incident = records[0].body;
    patient = records[1].body;
    assert_string_equal(incident->title, SITE_TITLE);
    assert_string_equal(incident->local_ref, "W-1234");
    assert_int_equal(incident->reported_on, cd_date_make(2026, 10, 28));
    assert_int_equal(records[0].happened.first, cd_date_make(2026, 10, 28));
    assert_string_equal(records[0].recorded_by_name, "legal1");
    assert_string_equal(patient->name, SITE_PATIENT);
    assert_string_equal(patient->nhs_number, SITE_NHS);
}

/* A correction keeps its reason sealed, and a text longer than the first buffer comes back
 * whole. */
static void long_text_and_reason(void **state)
{
    store_head_t *head = site_head(CD_FILE_CASE,
                                   site_case(site.rz1, cd_date_make(2026, 10, 2), 1, NULL));
    char *text = apr_pcalloc(site.pool, 20001);
    cd_incident_t incident = { .title = "Short",
                               .occurred = cd_when_day(cd_date_make(2026, 10, 1)) };
    cd_record_t record = site_record(CD_REC_INCIDENT, &incident), *records;
    site_write_t write = { .head = head, .records = &record, .count = 1 };
    int count;

    (void)state;
    memset(text, 'x', 20000);
    incident.description = text;
    record.supersedes = 1;
    record.reason = "The ward was the wrong one";
    assert_ok(site_write(&write));
    head = site_head(CD_FILE_CASE, head->reference);
    assert_int_equal(head->version, 2);
    assert_ok(store_records(&records, &count, head, site.conn, site.pool));
    assert_int_equal(count, 3);
    assert_int_equal(records[2].supersedes, 1);
    assert_string_equal(records[2].reason, "The ward was the wrong one");
    assert_string_equal(((const cd_incident_t *)records[2].body)->description, text);
    assert_null(records[0].reason);
}

static void stale_version_is_refused(void **state)
{
    store_head_t *head = site_head(CD_FILE_CASE, first_case), old = *head;
    cd_patient_t patient = { .name = "Somebody Else" };
    cd_record_t record = site_record(CD_REC_PATIENT, &patient), *records;
    site_write_t write = { .head = head, .records = &record, .count = 1 };
    int count;

    (void)state;
    assert_ok(site_write(&write));
    write.head = &old;
    assert_code(site_write(&write), CD_E_STALE);
    head = site_head(CD_FILE_CASE, first_case);
    assert_int_equal(head->last_seq, 3);
    assert_ok(store_records(&records, &count, head, site.conn, site.pool));
    assert_int_equal(count, 3);
}

typedef struct reach_row_t {
    const char *subject;
    int sees;
    const char *why;
} reach_row_t;

static const reach_row_t reach_rows[] = {
    { "legal1", 1, "own trust" },
    { "legal2", 0, "another trust's case is not there" },
    { "handler", 1, "all trusts" },
    { "admin", 0, "no case content" },
};

static void reach_of_a_case(void **state)
{
    store_stamp_t stamp;
    cd_actor_t *actor;
    store_head_t *head;
    apr_size_t i;

    (void)state;
    for (i = 0; i < COUNT_OF(reach_rows); i++) {
        const reach_row_t *row = &reach_rows[i];

        assert_ok(store_actor_head(&actor, &head, &stamp, row->subject, CD_FILE_CASE, first_case,
                                   site.conn, site.pool));
        ROW_CHECK(actor && strcmp(actor->subject, row->subject) == 0, i, row->why);
        ROW_CHECK((head != NULL) == row->sees, i, row->why);
        ROW_CHECK(stamp.schema == store_schema_wanted() && stamp.orgs == 3, i, row->why);
    }
    assert_ok(store_actor_head(&actor, &head, &stamp, "nobody", CD_FILE_CASE, first_case, site.conn,
                               site.pool));
    assert_null(actor);
    assert_null(head);
    assert_ok(
        store_actor_head(&actor, NULL, &stamp, "legal2", CD_FILE_CASE, NULL, site.conn, site.pool));
    assert_string_equal(actor->org_code, "RZ2");
    assert_int_equal(actor->roles, 1u << CD_ROLE_TRUST_LEGAL);
    assert_ok(store_head_get(&head, CD_FILE_CASE, first_case, site.rz2, site.conn, site.pool));
    assert_null(head);
}

/* Pages follow each other without a gap or a double, newest first, whatever the filter. */
static int walk_list(store_list_ask_t ask, int *pages)
{
    store_list_page_t page;
    apr_int64_t last = APR_INT64_MAX;
    int i, seen = 0;

    *pages = 0;
    do {
        assert_ok(store_list(&page, &ask, site.conn, site.pool));
        for (i = 0; i < page.count; i++) {
            assert_true(page.rows[i].skey < last);
            last = page.rows[i].skey;
            if (ask.org_id && ask.list <= STORE_LIST_CASES_STATE)
                assert_int_equal(page.rows[i].org_id, ask.org_id);
            if (ask.state && ask.list == STORE_LIST_CASES_STATE)
                assert_int_equal(page.rows[i].state, ask.state);
            assert_string_equal(page.rows[i].person, "A.K.");
        }
        seen += page.count;
        ++*pages;
        ask.before = page.next;
    } while (page.next);
    return seen;
}

static void lists_by_keyset(void **state)
{
    store_list_ask_t all = { STORE_LIST_CASES_NEWEST, 0, 0, 0, 7 };
    store_list_ask_t own = { STORE_LIST_CASES_NEWEST, site.rz2, 0, 0, 7 };
    store_list_ask_t open = { STORE_LIST_CASES_STATE, 0, CD_CASE_OPEN, 0, 50 };
    store_list_ask_t own_open = { STORE_LIST_CASES_STATE, site.rz2, CD_CASE_OPEN, 0, 3 };
    store_list_ask_t nothing = { STORE_LIST_CASES_STATE, site.rz2, CD_CASE_CLOSED, 0, 3 };
    int i, pages, before = walk_list(all, &pages);

    (void)state;
    for (i = 0; i < 40; i++)
        site_case(i % 2 ? site.rz2 : site.rz1, cd_date_make(2026, 1 + i % 5, 1 + i % 28),
                  i % 4 < 2 ? CD_CASE_OPEN : CD_CASE_RECORDED, NULL);
    assert_int_equal(walk_list(all, &pages), before + 40);
    assert_int_equal(pages, (before + 40 + 6) / 7);
    assert_int_equal(walk_list(own, &pages), 20);
    assert_int_equal(pages, 3);
    assert_int_equal(walk_list(open, &pages), 20);
    assert_int_equal(walk_list(own_open, &pages), 10);
    assert_int_equal(pages, 4);
    assert_int_equal(walk_list(nothing, &pages), 0);
}

static void found_by_nhs_number(void **state)
{
    store_list_page_t page;

    (void)state;
    assert_ok(store_find(&page, CD_FILE_CASE, NULL, SITE_NHS, 0, site.conn, site.pool));
    assert_int_equal(page.count, 1);
    assert_string_equal(page.rows[0].reference, first_case);
    assert_ok(store_find(&page, CD_FILE_CASE, NULL, SITE_NHS, site.rz2, site.conn, site.pool));
    assert_int_equal(page.count, 0);
    assert_ok(store_find(&page, CD_FILE_CASE, NULL, "9434765870", 0, site.conn, site.pool));
    assert_int_equal(page.count, 0);
    assert_ok(store_find(&page, CD_FILE_CASE, first_case, NULL, site.rz1, site.conn, site.pool));
    assert_int_equal(page.count, 1);
}

/* ---- claims ------------------------------------------------------------- */

static const char *claim_made(const char *cases)
{
    cd_claim_facts_t facts = { .title = "Claim after a retained swab",
                               .claimant_name = SITE_PATIENT,
                               .nhs_number = SITE_NHS,
                               .scheme = CD_SCHEME_CNST,
                               .notified = cd_when_day(cd_date_make(2026, 9, 1)) };
    cd_parties_t parties = { .party = { { "RZ1", 7000, cases }, { "RZ2", 3000, NULL } } };
    cd_record_t records[2] = { site_record(CD_REC_CLAIM, &facts),
                               site_record(CD_REC_PARTIES, &parties) };
    store_head_t head = { .kind = CD_FILE_CLAIM,
                          .status = CD_CLAIM_NOTIFIED,
                          .scheme = CD_SCHEME_CNST,
                          .created_at = SITE_NOW,
                          .notified_on = cd_date_make(2026, 9, 1),
                          .title = "Claim after a retained swab",
                          .person = "A.K." };
    site_write_t write = { .head = &head, .records = records, .count = 2, .nhs_number = SITE_NHS };
    static int made;

    assert_ok(site_write(&write));
    return apr_psprintf(site.pool, "CL-2026-%04d", ++made);
}

static void claims_and_parties(void **state)
{
    const char *reference = claim_made(first_case), *other = claim_made(NULL), **refs;
    store_head_t *claim = site_head(CD_FILE_CLAIM, reference), *head;
    cd_parties_t parties = { .party = { { "RZ2", 10000, NULL } } };
    cd_record_t record = site_record(CD_REC_PARTIES, &parties);
    site_write_t write = { .head = claim, .records = &record, .count = 1 };
    store_list_ask_t own = { STORE_LIST_CLAIMS_NEWEST, site.rz1, 0, 0, 1 };
    store_list_ask_t status = { STORE_LIST_CLAIMS_STATUS, site.rz1, CD_CLAIM_NOTIFIED, 0, 1 };
    store_list_page_t page;
    cd_actor_t *actor;
    int count, pages;

    (void)state;
    assert_non_null(claim);
    assert_int_equal(claim->party_set, 2);
    assert_ok(store_claims_of_case(&refs, &count, first_case, site.conn, site.pool));
    assert_int_equal(count, 1);
    assert_string_equal(refs[0], reference);
    assert_int_equal(walk_list(own, &pages), 2);
    assert_int_equal(pages, 2);
    assert_int_equal(walk_list(status, &pages), 2);
    status.org_id = 0;
    assert_int_equal(walk_list(status, &pages), 2);
    assert_ok(store_find(&page, CD_FILE_CLAIM, NULL, SITE_NHS, site.rz1, site.conn, site.pool));
    assert_int_equal(page.count, 2);
    assert_ok(store_actor_head(&actor, &head, NULL, "legal1", CD_FILE_CLAIM, reference, site.conn,
                               site.pool));
    assert_non_null(head);
    /* a newer set without the trust takes the claim out of its sight, everywhere */
    assert_ok(site_write(&write));
    assert_ok(store_actor_head(&actor, &head, NULL, "legal1", CD_FILE_CLAIM, reference, site.conn,
                               site.pool));
    assert_null(head);
    assert_int_equal(walk_list(own, &pages), 1);
    assert_ok(store_claims_of_case(&refs, &count, first_case, site.conn, site.pool));
    assert_int_equal(count, 0);
    assert_ok(store_head_get(&head, CD_FILE_CLAIM, other, site.rz1, site.conn, site.pool));
    assert_non_null(head);
}

static void unknown_party_writes_nothing(void **state)
{
    cd_parties_t parties = { .party = { { "RX9", 10000, NULL } } };
    cd_record_t record = site_record(CD_REC_PARTIES, &parties);
    store_head_t *claim = site_head(CD_FILE_CLAIM, "CL-2026-0002");
    site_write_t write = { .head = claim, .records = &record, .count = 1 };

    (void)state;
    assert_code(site_write(&write), CD_E_NOT_FOUND);
    assert_int_equal(site_head(CD_FILE_CLAIM, "CL-2026-0002")->version, claim->version);
}

static store_flag_t flag_of(int seq, cd_org_id org_id)
{
    store_flag_t flag = { .seq = seq,
                          .org_id = org_id,
                          .computed_at = SITE_NOW,
                          .computed_by = site_user_id("handler"),
                          .scheme_code = "L1",
                          .scheme_version = 1,
                          .engine = CD_ENGINE_VERSION,
                          .state = 6,
                          .indicated_p = 1000000,
                          .inputs = SITE_FLAG_INPUTS,
                          .answer = "{\"b\":2}",
                          .claim_version = 1 };

    store_sha256(flag.inputs_hash, flag.inputs, strlen(flag.inputs));
    return flag;
}

static void flag_add(const char *reference, int seq, cd_org_id org_id)
{
    store_flag_t flag = flag_of(seq, org_id);
    site_write_t write = { .head = site_head(CD_FILE_CLAIM, reference), .flag = &flag };

    assert_ok(site_write(&write));
}

static void decide(const char *reference, int seq, int flag_seq, cd_org_id org_id, int outcome)
{
    store_decision_t decision = { .seq = seq,
                                  .flag_seq = flag_seq,
                                  .org_id = org_id,
                                  .outcome = outcome,
                                  .amount_p = outcome == CD_DEC_NONE ? 0 : 500000,
                                  .decided_at = SITE_NOW,
                                  .decided_by = site_user_id("handler"),
                                  .reasons = "The letter came " SITE_PATIENT " late",
                                  .evidence_seen = "Records 1 to 2" };
    site_write_t write = { .head = site_head(CD_FILE_CLAIM, reference), .decision = &decision };

    assert_ok(site_write(&write));
}

static void flags_and_decisions(void **state)
{
    const char *reference = "CL-2026-0002", *second = claim_made(first_case);
    store_head_t *claim = site_head(CD_FILE_CLAIM, reference), *third;
    store_flag_t *flags, *flag;
    store_decision_t *decisions;
    int count;

    (void)state;
    flag_add(reference, 1, site.rz1);
    flag_add(reference, 2, site.rz2);
    flag_add(reference, 3, site.rz1);
    assert_ok(store_flags_latest(&flags, &count, claim, 0, site.conn, site.pool));
    assert_int_equal(count, 2);
    assert_int_equal(flags[0].seq, 3);
    assert_string_equal(flags[0].org_code, "RZ1");
    assert_string_equal(flags[0].answer, "{\"b\":2}");
    assert_int_equal(flags[1].seq, 2);
    assert_ok(store_flags_latest(&flags, &count, claim, site.rz2, site.conn, site.pool));
    assert_int_equal(count, 1);
    assert_ok(store_flags_of_org(&flags, &count, claim, site.rz1, site.conn, site.pool));
    assert_int_equal(count, 2);
    assert_int_equal(flags[0].seq, 3);
    assert_ok(store_flag_get(&flag, claim, site.rz1, 1, site.conn, site.pool));
    assert_int_equal(flag->seq, 1);
    assert_ok(store_flag_get(&flag, claim, site.rz2, 1, site.conn, site.pool));
    assert_null(flag);
    decide(reference, 1, 1, site.rz1, CD_DEC_FULL);
    assert_ok(store_decisions(&decisions, &count, claim, 0, site.conn, site.pool));
    assert_int_equal(count, 1);
    assert_string_equal(decisions[0].reasons, "The letter came " SITE_PATIENT " late");
    assert_string_equal(decisions[0].evidence_seen, "Records 1 to 2");
    assert_string_equal(decisions[0].decided_by_name, "handler");
    third = site_head(CD_FILE_CLAIM, second);
    assert_ok(store_breach_units(&count, site.rz1, 0, third->id, site.conn, site.pool));
    assert_int_equal(count, 1);
    assert_ok(store_breach_units(&count, site.rz1, 0, claim->id, site.conn, site.pool));
    assert_int_equal(count, 0);
    assert_ok(store_breach_units(&count, site.rz1, cd_date_make(2026, 11, 18), third->id, site.conn,
                                 site.pool));
    assert_int_equal(count, 1);
    assert_ok(store_breach_units(&count, site.rz1, cd_date_make(2026, 11, 19), third->id, site.conn,
                                 site.pool));
    assert_int_equal(count, 0);
    decide(reference, 2, 3, site.rz1, CD_DEC_NONE); /* a later decision takes the breach back */
    assert_ok(store_breach_units(&count, site.rz1, 0, third->id, site.conn, site.pool));
    assert_int_equal(count, 0);
}

static void who_entered_evidence(void **state)
{
    store_head_t *claim = site_head(CD_FILE_CLAIM, "CL-2026-0003");
    const cd_user_id legal = site_user_id("legal1"), handler = site_user_id("handler");
    store_did_t did;

    (void)state;
    assert_ok(store_did(&did, claim, site.rz1, legal, site.conn, site.pool));
    assert_int_equal(did.entered, 1);
    assert_int_equal(did.decided, 0);
    assert_ok(store_did(&did, claim, site.rz1, site_user_id("admin"), site.conn, site.pool));
    assert_int_equal(did.entered, 0);
    claim = site_head(CD_FILE_CLAIM, "CL-2026-0002");
    assert_ok(store_did(&did, claim, site.rz1, handler, site.conn, site.pool));
    assert_int_equal(did.decided, 1);
    assert_ok(store_did(&did, claim, site.rz2, handler, site.conn, site.pool));
    assert_int_equal(did.decided, 0);
}

/* ---- destroyed keys, round trips ---------------------------------------- */

static void destroyed_key_reads_as_unreadable(void **state)
{
    const char *reference = site_case(site.rz1, cd_date_make(2025, 1, 2), CD_CASE_OPEN, NULL);
    store_head_t *head;
    cd_record_t *records, record;
    cd_patient_t patient = { .name = "x" };
    site_write_t write = { .records = &record, .count = 1 };
    int count;

    (void)state;
    admin_sql(apr_pstrcat(site.pool,
                          "UPDATE candour_case SET wrapped_key = NULL WHERE reference = '",
                          reference, "'", NULL));
    head = site_head(CD_FILE_CASE, reference);
    assert_true(head->unreadable && !head->has_key && !head->title && !head->person);
    assert_ok(store_records(&records, &count, head, site.conn, site.pool));
    assert_int_equal(count, 2);
    assert_null(((const cd_patient_t *)records[1].body)->name);
    assert_int_equal(((const cd_incident_t *)records[0].body)->reported_on,
                     cd_date_make(2025, 1, 2));
    record = site_record(CD_REC_PATIENT, &patient);
    write.head = head;
    assert_code(site_write(&write), CD_E_KEY);
}

/* The budget: a page in two round trips and a record in five, the actor's look-up
 * included. */
static void round_trips(void **state)
{
    const char *subject = "legal1", *reference = first_case;
    int turn, count;
    apr_uint64_t page = 0, write_trips = 0;

    (void)state;
    for (turn = 0; turn < 2; turn++) { /* the first turn prepares the statements */
        apr_pool_t *pool;
        store_conn_t *conn;
        store_head_t *head;
        cd_actor_t *actor;
        cd_record_t *records, record;
        const char **refs;
        cd_patient_t patient = { .name = "Anna Other" };
        site_write_t write = { .records = &record, .count = 1 };

        apr_pool_create(&pool, site.pool);
        assert_ok(store_acquire(&conn, site.store, pool));
        assert_ok(
            store_actor_head(&actor, &head, NULL, subject, CD_FILE_CASE, reference, conn, pool));
        assert_ok(store_records(&records, &count, head, conn, pool));
        assert_ok(store_claims_of_case(&refs, &count, reference, conn, pool));
        store_release(conn);
        page = conn->round_trips;
        assert_ok(store_acquire_to_write(&conn, site.store, pool));
        assert_ok(
            store_actor_head(&actor, &head, NULL, subject, CD_FILE_CASE, reference, conn, pool));
        record = site_record(CD_REC_PATIENT, &patient);
        write.head = head;
        assert_ok(site_write_on(&conn, &write));
        store_release(conn);
        write_trips = conn->round_trips;
        apr_pool_destroy(pool);
    }
    assert_int_equal(page, 2);
    assert_int_equal(write_trips, 5);
}

/* A connection that is handed on must not show what was true before. */
static void no_stale_snapshot(void **state)
{
    apr_pool_t *pool;
    store_conn_t *writer;
    store_head_t *before, *after;
    cd_patient_t patient = { .name = "Newest" };
    cd_record_t record = site_record(CD_REC_PATIENT, &patient);
    site_write_t write = { .records = &record, .count = 1 };

    (void)state;
    apr_pool_create(&pool, site.pool);
    assert_ok(store_acquire_to_write(&writer, site.store, pool));
    assert_ok(store_head_get(&before, CD_FILE_CASE, first_case, 0, writer, pool));
    write.head = site_head(CD_FILE_CASE, first_case);
    assert_ok(site_write(&write));
    store_release(writer);
    assert_ok(store_acquire_to_write(&writer, site.store, pool));
    assert_ok(store_head_get(&after, CD_FILE_CASE, first_case, 0, writer, pool));
    assert_int_equal(after->version, before->version + 1);
    apr_pool_destroy(pool);
}

static int setup(void **state)
{
    int bad = site_setup(state);

    if (!bad)
        first_case = site_case(site.rz1, cd_date_make(2026, 10, 28), CD_CASE_RECORDED, SITE_NHS);
    return bad;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(records_come_back),
        cmocka_unit_test(long_text_and_reason),
        cmocka_unit_test(stale_version_is_refused),
        cmocka_unit_test(reach_of_a_case),
        cmocka_unit_test(lists_by_keyset),
        cmocka_unit_test(found_by_nhs_number),
        cmocka_unit_test(claims_and_parties),
        cmocka_unit_test(unknown_party_writes_nothing),
        cmocka_unit_test(flags_and_decisions),
        cmocka_unit_test(who_entered_evidence),
        cmocka_unit_test(destroyed_key_reads_as_unreadable),
        cmocka_unit_test(round_trips),
        cmocka_unit_test(no_stale_snapshot),
    };

    return cmocka_run_group_tests(tests, setup, site_teardown);
}
