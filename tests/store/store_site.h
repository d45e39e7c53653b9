/* store_site.h: a migrated database, the server's own account and a few files in it, for tests
 * of the store.
 *
 * Include it after unit/unit.h. `site.store` is opened as the server is in production: an
 * account with the rights of grants.c and no more. `site.admin` may do everything: it makes the
 * database and plays the intruder. */
#ifndef CD_TESTS_STORE_SITE_H
#define CD_TESTS_STORE_SITE_H

#include <stdlib.h>

#include "audit/record.h"
#include "audit/standing.h"
#include "audit/verify.h"
#include "domain/liability.h"
#include "domain/lists.h"
#include "store/assert_err.h"
#include "store/db.h"
#include "store/flag.h"
#include "store/migrate.h"
#include "store/row.h"

/* What a flag's rows hold at least: the sums that a decision is reckoned from, and what was
 * counted. */
#define SITE_FLAG_INPUTS "{\"sums\":{\"damages_p\":1,\"ppo_capital_p\":0,\"claimant_costs_p\":0," \
    "\"defence_costs_p\":0,\"succeeded\":true,\"contribution_p\":0,\"breach_number\":1," \
    "\"units\":1}}"

#define SERVER_ACCOUNT "candour_server"

typedef struct site_t {
    apr_pool_t *pool;
    store_keys_t *keys;
    store_options_t options; /* of the server */
    store_t *store;
    store_t *admin_store;
    store_conn_t *conn; /* the server's, one for the simple tests */
    store_conn_t *admin;
    cd_org_id rz1, rz2;
    int idem; /* last idempotency key made */
} site_t;

static site_t site;
static cd_instant_t site_now = SITE_NOW; /* of the system's entries */

/* Runs one statement as the account that may do everything. */
static inline void admin_sql(const char *sql)
{
    assert_ok(store_command(site.admin, STORE_CALL_SETTINGS, sql, site.pool));
}

/* Ends every connection of the server's account. KILL USER is MariaDB's alone. */
static inline void admin_kill_server(void)
{
    admin_sql("DROP PROCEDURE IF EXISTS kill_server");
    admin_sql("CREATE PROCEDURE kill_server() BEGIN "
              "DECLARE one BIGINT; DECLARE done INT DEFAULT 0; "
              "DECLARE all_of CURSOR FOR SELECT id FROM information_schema.processlist "
              "WHERE user = '" SERVER_ACCOUNT "'; "
              "DECLARE CONTINUE HANDLER FOR NOT FOUND SET done = 1; "
              "DECLARE CONTINUE HANDLER FOR 1094 SET done = 0; "
              "OPEN all_of; FETCH all_of INTO one; "
              "WHILE done = 0 DO KILL one; FETCH all_of INTO one; END WHILE; "
              "CLOSE all_of; END");
    admin_sql("CALL kill_server()");
}

typedef struct site_change_t {
    cd_err_t *(*fn)(void *baton, store_conn_t *conn, apr_pool_t *pool);
    void *baton;
    const char *object, *content; /* of its entry */
} site_change_t;

/* A change outside any file: with its entry in the system's chain, as app/ does it. */
static cd_err_t *site_system_body(void *baton, store_conn_t *conn, apr_pool_t *pool)
{
    const site_change_t *change = baton;
    store_entry_t entry = {
        .chain = STORE_CHAIN_SYSTEM, .at = site_now, .action = 1, .object = change->object,
        .version_after = 1
    };
    unsigned char last[32];
    int seq;

    CD_ERR(store_system_head(&seq, last, conn, pool));
    store_system_commitment(entry.commitment, site.keys, change->content);
    audit_link(&entry, seq, last, pool);
    CD_ERR(change->fn(change->baton, conn, pool));
    CD_ERR(store_system_bump(seq, entry.hash, conn, pool));
    return audit_append(&entry, conn, pool);
}

static inline cd_err_t *site_system_of(cd_err_t *(*fn)(void *, store_conn_t *, apr_pool_t *),
                                       void *baton, const char *object, const char *content)
{
    site_change_t change = { fn, baton, object, content };
    store_tx_t tx = { .body = site_system_body, .baton = &change };

    return store_tx_run(&site.conn, site.store, &tx, site.pool);
}

static inline cd_err_t *site_system(cd_err_t *(*fn)(void *, store_conn_t *, apr_pool_t *),
                                    void *baton)
{
    return site_system_of(fn, baton, "test", "test");
}

/* What app/write.c does, in small: head, rows, entries in one transaction. */
typedef struct site_write_t {
    store_head_t *head; /* a new file if its id is 0; brought up to date */
    cd_record_t *records;
    int count;
    store_flag_t *flag;
    store_decision_t *decision;
    const char *nhs_number;
    unsigned char idem[STORE_IDEM_BYTES];
    int has_idem;
} site_write_t;

typedef struct site_chain_t {
    store_head_t *head;
    const site_write_t *write;
    store_entry_t entries[8];
    int count;
} site_chain_t;

static inline void site_link(site_chain_t *chain, const char *object, const char *payload,
                             apr_size_t len, int version, apr_pool_t *pool)
{
    store_entry_t *entry = &chain->entries[chain->count];
    int last_seq = chain->count ? entry[-1].seq : chain->head->audit_seq;
    const unsigned char *last = chain->count ? entry[-1].hash : chain->head->audit_head;

    memset(entry, 0, sizeof(*entry));
    entry->chain = chain->head->kind;
    entry->chain_id = chain->head->id;
    entry->at = SITE_NOW;
    entry->actor = 1;
    entry->role = CD_ROLE_TRUST_LEGAL;
    entry->action = 2;
    entry->object = object;
    entry->version_before = version;
    entry->version_after = version + 1;
    entry->answer = apr_psprintf(pool, "%s#%d", chain->head->reference, last_seq + 1);
    if (!chain->count && chain->write->has_idem) {
        entry->has_idem = 1;
        memcpy(entry->idem, chain->write->idem, sizeof(entry->idem));
    }
    store_commitment(entry->commitment, &chain->head->key, payload, len);
    audit_link(entry, last_seq, last, pool);
    chain->count++;
}

/* As app/ does: the rows that say how the decisions stand. */
static inline cd_err_t *site_standings(const store_head_t *head, store_conn_t *conn,
                                       apr_pool_t *pool)
{
    store_standing_t *rows;
    cd_record_t *records;
    int count, i;

    CD_ERR(store_records(&records, &count, head, conn, pool));
    CD_ERR(audit_standings(&rows, NULL, &count, head, records, count, conn, pool));
    for (i = 0; i < count; i++)
        CD_ERR(store_standing_keep(&rows[i], conn, pool));
    return NULL;
}

static inline cd_err_t *site_rows(site_chain_t *chain, store_head_t *head,
                                  const site_write_t *write, int version, store_conn_t *conn,
                                  apr_pool_t *pool)
{
    const char *payload;
    apr_size_t len;
    int i;

    for (i = 0; i < write->count; i++) {
        cd_record_t *record = &write->records[i];

        record->seq = head->last_seq + i + 1;
        CD_ERR(store_record_insert(&payload, &len, head, record, conn, pool));
        if (record->kind == CD_REC_PARTIES) {
            CD_ERR(store_parties_insert(head, record->seq, record->body, conn, pool));
            head->party_set = record->seq;
        }
        site_link(chain, apr_psprintf(pool, "record %d", record->seq), payload, len, version, pool);
    }
    if (write->flag) {
        write->flag->claim_id = head->id;
        store_flag_payload(&payload, &len, write->flag, pool);
        CD_ERR(store_flag_insert(write->flag, conn, pool));
        site_link(chain, apr_psprintf(pool, "flag %d", write->flag->seq), payload, len, version,
                  pool);
    }
    if (write->decision) {
        write->decision->claim_id = head->id;
        store_decision_payload(&payload, &len, write->decision, pool);
        CD_ERR(store_decision_insert(write->decision, head, conn, pool));
        site_link(chain, apr_psprintf(pool, "decision %d", write->decision->seq), payload, len,
                  version, pool);
    }
    return NULL;
}

static cd_err_t *site_write_body(void *baton, store_conn_t *conn, apr_pool_t *pool)
{
    site_write_t *write = baton;
    store_head_t head = *write->head;
    site_chain_t chain = { &head, write, { { 0 } }, 0 };
    store_head_change_t change = { 0 };
    int i, version = head.version;

    if (!head.id)
        CD_ERR(store_head_insert(&head, 2026, write->nhs_number, conn, pool));
    CD_ERR(site_rows(&chain, &head, write, version, conn, pool));
    change.version = version;
    change.last_seq = head.last_seq + write->count;
    change.audit_seq = chain.entries[chain.count - 1].seq;
    memcpy(change.audit_head, chain.entries[chain.count - 1].hash, sizeof(change.audit_head));
    change.at = SITE_NOW;
    change.head = &head;
    CD_ERR(store_head_change(&head, &change, conn, pool));
    head.last_seq = change.last_seq;
    if (write->decision)
        CD_ERR(site_standings(&head, conn, pool));
    for (i = 0; i < chain.count; i++)
        CD_ERR(audit_append(&chain.entries[i], conn, pool));
    return NULL;
}

static inline cd_err_t *site_write_on(store_conn_t **conn, site_write_t *write)
{
    store_tx_t tx = { .body = site_write_body, .baton = write, .idempotent = write->has_idem };

    return store_tx_run(conn, site.store, &tx, site.pool);
}

static inline cd_err_t *site_write(site_write_t *write)
{
    return site_write_on(&site.conn, write);
}

static inline store_head_t *site_head(cd_file_kind_t kind, const char *reference)
{
    store_head_t *head = NULL;

    assert_ok(store_head_get(&head, kind, reference, 0, site.conn, site.pool));
    return head;
}

/* A node of a cluster does not number its rows one by one: only the first has 1 (galera.sh). */
static inline cd_user_id site_user_id(const char *subject)
{
    store_stamp_t stamp;
    cd_actor_t *actor;

    assert_ok(store_actor_head(&actor, NULL, &stamp, subject, CD_FILE_CASE, NULL, site.admin,
                               site.pool));
    return actor->id;
}

static inline cd_record_t site_record(cd_record_kind_t kind, const void *body)
{
    cd_record_t record = { .kind = kind,
                           .recorded_at = SITE_NOW,
                           .recorded_by = 1,
                           .role = CD_ROLE_TRUST_LEGAL,
                           .body = body };

    record.happened = cd_body_happened(cd_record_def(kind), body);
    return record;
}

#define SITE_TITLE "Retained swab after a planned operation"
#define SITE_PATIENT "Agnes Kowalczyk"
#define SITE_NHS "9434765919"

/* A case with its facts and its patient; gives its reference. */
static inline const char *site_case(cd_org_id org_id, cd_date_t reported_on, int state,
                                    const char *nhs_number)
{
    static const char description[] = "A swab was found when the patient came back with pain.";
    cd_incident_t incident = { .title = SITE_TITLE,
                               .occurred = cd_when_day(reported_on),
                               .reported_on = reported_on,
                               .local_ref = "W-1234",
                               .description = description };
    cd_patient_t patient = { .name = SITE_PATIENT, .nhs_number = nhs_number };
    cd_record_t records[2] = { site_record(CD_REC_INCIDENT, &incident),
                               site_record(CD_REC_PATIENT, &patient) };
    store_head_t head = { .kind = CD_FILE_CASE,
                          .org_id = org_id,
                          .state = state,
                          .created_at = SITE_NOW,
                          .occurred = cd_when_day(reported_on),
                          .reported_on = reported_on,
                          .incident_seq = 1,
                          .title = SITE_TITLE,
                          .person = "A.K." };
    site_write_t write = {
        .head = &head, .records = records, .count = 2, .nhs_number = nhs_number
    };
    store_list_page_t page;
    static int made;

    assert_ok(site_write(&write));
    made++;
    assert_ok(
        store_heads_after(&page, CD_FILE_CASE, 2026000000 + made - 1, 1, site.conn, site.pool));
    return page.rows[0].reference;
}

static inline cd_err_t *site_org_body(void *baton, store_conn_t *conn, apr_pool_t *pool)
{
    return store_org_insert(baton, SITE_NOW, conn, pool);
}

static inline cd_org_id site_org(const char *code, const char *name)
{
    cd_org_t *org = apr_pcalloc(site.pool, sizeof(*org));

    org->code = code;
    org->name = name;
    org->jurisdiction = CD_JUR_ENG;
    org->kind = CD_HEALTH_SERVICE_BODY;
    assert_ok(site_system_of(site_org_body, org, apr_pstrcat(site.pool, "org ", code, NULL),
                             store_org_content(org, site.pool)));
    return org->id;
}

typedef struct site_user_t {
    store_user_t user;
    cd_org_id org_id;
} site_user_t;

static inline cd_err_t *site_user_body(void *baton, store_conn_t *conn, apr_pool_t *pool)
{
    const site_user_t *made = baton;

    return store_user_insert(&made->user, made->org_id, SITE_NOW, conn, pool);
}

static inline void site_user(const char *subject, cd_role_t role, cd_org_id org_id)
{
    site_user_t made = { { .subject = subject, .name = subject, .roles = 1u << role, .active = 1 },
                         org_id };

    made.user.org_code = org_id ? (org_id == site.rz1 ? "RZ1" : "RZ2") : NULL;
    assert_ok(site_system_of(site_user_body, &made,
                             apr_pstrcat(site.pool, "user ", subject, NULL),
                             store_user_content(&made.user, site.pool)));
}

static inline store_options_t site_options(const char *user, const char *password)
{
    store_options_t options = { 0 };

    options.socket = getenv("CANDOUR_TEST_SOCKET");
    options.database = getenv("CANDOUR_TEST_DATABASE");
    options.user = user;
    options.password = password;
    options.keys = site.keys;
    return options;
}

static inline void site_migrate(void)
{
    store_options_t options = site_options(getenv("CANDOUR_TEST_USER"),
                                           getenv("CANDOUR_TEST_PASSWORD"));
    int applied;

    options.any_schema = 1;
    assert_ok(store_open(&site.admin_store, &options, site.pool));
    assert_ok(store_acquire(&site.admin, site.admin_store, site.pool));
    admin_sql("CREATE USER " SERVER_ACCOUNT "@localhost IDENTIFIED BY 'server'");
    assert_ok(store_migrate(&applied, site.admin,
                            apr_pstrcat(site.pool, getenv("CANDOUR_SRCDIR"), "/schema", NULL),
                            SERVER_ACCOUNT, NULL, NULL, site.pool));
    assert_int_equal(applied, store_schema_steps());
}

/* For cmocka's group set-up: the database, two trusts, a person of each kind of reach. */
static int site_setup(void **state)
{
    const char *keys;

    (void)state;
    if (apr_initialize() != APR_SUCCESS || apr_pool_create(&site.pool, NULL) != APR_SUCCESS)
        return -1;
    keys = apr_pstrcat(site.pool, getenv("CANDOUR_TEST_DIR"), "/keys", NULL);
    assert_ok(store_key_file_make(keys, site.pool));
    assert_ok(store_keys_read(&site.keys, keys, site.pool));
    site_migrate();
    site.options = site_options(SERVER_ACCOUNT, "server");
    assert_ok(store_open(&site.store, &site.options, site.pool));
    assert_ok(store_acquire(&site.conn, site.store, site.pool));
    site.rz1 = site_org("RZ1", "Northvale Hospitals NHS Foundation Trust");
    site.rz2 = site_org("RZ2", "Eastmere University Hospitals NHS Trust");
    site_user("legal1", CD_ROLE_TRUST_LEGAL, site.rz1);
    site_user("legal2", CD_ROLE_TRUST_LEGAL, site.rz2);
    site_user("handler", CD_ROLE_HANDLER, 0);
    site_user("admin", CD_ROLE_ADMIN, 0);
    return 0;
}

static int site_teardown(void **state)
{
    (void)state;
    apr_pool_destroy(site.pool);
    apr_terminate();
    return 0;
}

#endif
