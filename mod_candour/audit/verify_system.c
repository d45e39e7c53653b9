/* verify_system.c: users, trusts and schemes against the newest entry of the system's chain that
 * names each.
 *
 * Bank holidays are held by their chain alone. */
#include <string.h>

#include <apr_strings.h>

#include "audit/walk.h"
#include "domain/event.h"
#include "store/user.h"

#define USERS_AT_ONCE 100

typedef struct latest_t {
    unsigned char commitment[32];
    int version;
    int seen; /* its row is there */
} latest_t;

/* Objects that are rows: "user j.okafor", "org RX1", "scheme L1 version 2", "contribution RX1
 * 2026". */
static int names_row(const char *object)
{
    return strncmp(object, "user ", 5) == 0 || strncmp(object, "org ", 4) == 0 ||
           strncmp(object, "scheme ", 7) == 0 || strncmp(object, "contribution ", 13) == 0;
}

/* Each sum of a year is a row of its own, named by its entry's version as well. */
static const char *row_of(const store_entry_t *entry, apr_pool_t *pool)
{
    return strncmp(entry->object, "contribution ", 13) == 0
               ? apr_psprintf(pool, "%s version %d", entry->object, entry->version_after)
               : apr_pstrdup(pool, entry->object);
}

void audit_system_entry(audit_walk_t *walk, const store_entry_t *entry)
{
    const char *object;
    latest_t *latest;

    if (!entry->object || !names_row(entry->object))
        return;
    object = row_of(entry, walk->file_pool);
    latest = apr_hash_get(walk->latest, object, APR_HASH_KEY_STRING);
    if (!latest) {
        latest = apr_pcalloc(walk->file_pool, sizeof(*latest));
        apr_hash_set(walk->latest, object, APR_HASH_KEY_STRING, latest);
    }
    memcpy(latest->commitment, entry->commitment, sizeof(latest->commitment));
    latest->version = entry->version_after;
    if (entry->action == CD_ACT_SCHEME_ACTIVATED)
        walk->active = apr_pstrdup(walk->file_pool, entry->object);
}

static void check_row(audit_walk_t *walk, const store_keys_t *keys, const char *object, int version,
                      const char *content)
{
    latest_t *latest = apr_hash_get(walk->latest, object, APR_HASH_KEY_STRING);
    unsigned char commitment[32];

    if (!latest) {
        audit_bad(walk, "%s: no entry names it", object);
        return;
    }
    latest->seen = 1;
    store_system_commitment(commitment, keys, content);
    if (memcmp(commitment, latest->commitment, sizeof(commitment)) != 0)
        audit_bad(walk, "%s: not what was recorded", object);
    else if (version != latest->version)
        audit_bad(walk, "%s: version %d, the chain says %d", object, version, latest->version);
}

static cd_err_t *check_users(audit_walk_t *walk, const store_keys_t *keys)
{
    apr_pool_t *pool = walk->file_pool;
    store_user_t *users;
    const char *after = "";
    int i, count = USERS_AT_ONCE;

    while (count == USERS_AT_ONCE) {
        CD_ERR(store_users(&users, &count, after, USERS_AT_ONCE, walk->conn, pool));
        for (i = 0; i < count; i++) {
            after = users[i].subject;
            check_row(walk, keys, apr_pstrcat(pool, "user ", after, NULL), users[i].version,
                      store_user_content(&users[i], pool));
        }
    }
    return NULL;
}

static cd_err_t *check_orgs(audit_walk_t *walk, const store_keys_t *keys)
{
    cd_org_t *orgs;
    int i, count;

    CD_ERR(store_orgs(&orgs, &count, walk->conn, walk->file_pool));
    for (i = 0; i < count; i++)
        check_row(walk, keys, apr_pstrcat(walk->file_pool, "org ", orgs[i].code, NULL),
                  orgs[i].version, store_org_content(&orgs[i], walk->file_pool));
    return NULL;
}

static cd_err_t *check_schemes(audit_walk_t *walk, const store_keys_t *keys)
{
    store_scheme_row_t *rows;
    const char *object;
    int i, count, active;

    CD_ERR(store_schemes(&rows, &count, walk->conn, walk->file_pool));
    for (i = 0; i < count; i++) {
        const cd_scheme_t *scheme = rows[i].scheme;

        object = apr_psprintf(walk->file_pool, "scheme %s version %d", scheme->code,
                              scheme->version);
        check_row(walk, keys, object, scheme->version,
                  store_scheme_row_content(&rows[i], walk->file_pool));
        active = walk->active && strcmp(walk->active, object) == 0;
        if (!rows[i].active != !active)
            audit_bad(walk, "%s: %s, the chain says otherwise", object,
                      rows[i].active ? "in force" : "not in force");
    }
    return NULL;
}

static cd_err_t *check_contributions(audit_walk_t *walk, const store_keys_t *keys)
{
    apr_pool_t *pool = walk->file_pool;
    store_contribution_of_t *rows;
    int i, count;

    CD_ERR(store_contributions_all(&rows, &count, walk->conn, pool));
    for (i = 0; i < count; i++)
        check_row(walk, keys,
                  apr_psprintf(pool, "contribution %s %d version %d", rows[i].org_code,
                               rows[i].year, rows[i].seq),
                  rows[i].seq,
                  store_contribution_content(rows[i].year, rows[i].seq, rows[i].amount_p, pool));
    return NULL;
}

static void check_gone(audit_walk_t *walk)
{
    apr_hash_index_t *at;

    for (at = apr_hash_first(walk->file_pool, walk->latest); at; at = apr_hash_next(at)) {
        const latest_t *latest = apr_hash_this_val(at);

        if (!latest->seen)
            audit_bad(walk, "%s: its row is gone", (const char *)apr_hash_this_key(at));
    }
}

cd_err_t *audit_system_rows(audit_walk_t *walk)
{
    const store_keys_t *keys = store_conn_keys(walk->conn);
    cd_err_t *err;

    CD_ERR(check_users(walk, keys));
    CD_ERR(check_orgs(walk, keys));
    CD_ERR(check_contributions(walk, keys));
    err = check_schemes(walk, keys);
    if (err && err->code == CD_E_TAMPERED) {
        audit_bad(walk, "schemes: %s", cd_err_line(err, walk->file_pool));
        return NULL;
    }
    CD_ERR(err);
    check_gone(walk);
    return NULL;
}
