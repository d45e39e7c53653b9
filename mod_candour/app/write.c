/* write.c: the one transaction of every change inside a file, and that of changes outside any.
 *
 * Order inside: head by compare-and-set first, so that a lost race costs one statement; then rows
 * and entries. Nothing here asks for rights or checks what is written. */
#include <stdlib.h>
#include <string.h>

#include <apr_strings.h>

#include "app/claim_core.h"
#include "app/claim_work.h"
#include "app/decided_core.h"
#include "app/standing.h"
#include "app/words.h"
#include "app/work.h"
#include "store/bring.h"
#include "store/claim.h"

/* What an idempotency key was used for before, as the store tells. */
typedef struct used_t { int found, same; const char *answer; } used_t;

static cd_err_t *key_look_up(used_t *out, app_ctx_t *ctx, const unsigned char *idem,
                             const unsigned char *fingerprint)
{
    store_entry_t *entry = NULL;

    out->found = out->same = 0;
    CD_ERR(app_conn(ctx));       /* given back while an upload was waited for */
    store_read_end(ctx->conn);   /* the answer may be newer than the snapshot we hold */
    CD_ERR(store_entry_by_idem(&entry, idem, ctx->conn, ctx->pool));
    if (!entry)
        return NULL;
    out->found = 1;
    out->same = entry->actor == ctx->actor->id
                && !memcmp(entry->fingerprint, fingerprint, sizeof(entry->fingerprint));
    out->answer = entry->answer;
    return NULL;
}

/* After CD_E_STALE: was it our own earlier self? */
static cd_err_t *stale_or_replayed(app_ctx_t *ctx, cd_err_t *stale, const unsigned char *idem,
                                   const unsigned char *fingerprint)
{
    used_t used;

    if (stale->code != CD_E_STALE || !idem)
        return stale;
    CD_ERR(key_look_up(&used, ctx, idem, fingerprint));
    if (!used.found)
        return stale;
    if (!used.same)
        return cd_err(ctx->pool, CD_E_KEY_REUSED, NULL, "idempotency key with another body");
    ctx->replayed = used.answer;
    return NULL;
}

cd_err_t *app_seen_version(app_ctx_t *ctx, int there, int version)
{
    cd_err_t *stale;

    if (there == version)
        return NULL;
    stale = cd_err(ctx->pool, CD_E_STALE, NULL, "version %d was seen, %d is there", version, there);
    return stale_or_replayed(ctx, stale, ctx->has_idem ? ctx->idem : NULL, ctx->fingerprint);
}

cd_err_t *app_seen(app_ctx_t *ctx, const store_head_t *head, int version)
{
    return app_seen_version(ctx, head->version, version);
}

int app_replayed_seq(const app_ctx_t *ctx)
{
    const char *mark = ctx->replayed ? strrchr(ctx->replayed, '#') : NULL;
    char *end;
    long seq;

    if (!mark)
        return 0;
    seq = strtol(mark + 1, &end, 10);
    return *end || seq < 1 || seq > 1000000000 ? 0 : (int)seq;
}

const char *app_replayed_reference(const app_ctx_t *ctx)
{
    return apr_pstrndup(ctx->pool, ctx->replayed, strcspn(ctx->replayed, "#"));
}

/* Writes of one transaction, in order. `fix` may mend a later one by what the earlier ones were
 * given. */
typedef struct body_t {
    app_ctx_t *ctx;
    app_write_t *const *writes;
    int count;
    app_fix_fn fix;
    void *baton;
} body_t;

/* What waits for the end of the transaction's body, to go in with few round trips. */
typedef struct late_t {
    store_entry_t *entries;
    int entry_count;
    store_record_row_t *rows;
    int row_count;
    store_flag_t **flags;
    int flag_count;
    store_head_t *heads;                 /* each file as it stands after its write */
} late_t;

/* What the entry of an item commits to, and what it is called in the chain. */
static cd_err_t *item_describe(store_entry_t *entry, const store_head_t *head,
                               const app_item_t *item, apr_pool_t *pool)
{
    const char *bytes, *noun;
    apr_size_t len;
    int seq;

    if (item->record) {
        noun = "record";
        seq = item->record->seq;
        CD_ERR(store_record_payload(&bytes, &len, head, item->record, pool));
    } else if (item->flag) {
        noun = "flag";
        seq = item->flag->seq;
        store_flag_payload(&bytes, &len, item->flag, pool);
    } else {
        noun = "decision";
        seq = item->decision->seq;
        store_decision_payload(&bytes, &len, item->decision, pool);
    }
    entry->object = apr_psprintf(pool, "%s %d", noun, seq);
    entry->answer = apr_psprintf(pool, "%s#%d", head->reference, seq);
    store_commitment(entry->commitment, &head->key, bytes, len);
    return NULL;
}

/* Links one entry per item into `entries` (zeroed), from the chain's state in `head`. The first
 * carries the idempotency key. */
static cd_err_t *entries_link(store_entry_t *entries, const app_ctx_t *ctx,
                              const app_write_t *write, const store_head_t *head,
                              int version_before, apr_pool_t *pool)
{
    int last_seq = head->audit_seq, i;
    const unsigned char *last_hash = head->audit_head;

    for (i = 0; i < write->count; i++) {
        store_entry_t *entry = &entries[i];

        entry->chain = head->kind;
        entry->chain_id = head->id;
        entry->at = ctx->now;
        entry->actor = ctx->actor->id;
        entry->role = write->items[i].role;
        entry->action = write->items[i].action;
        CD_ERR(item_describe(entry, head, &write->items[i], pool));
        entry->version_before = version_before;
        entry->version_after = version_before + 1;
        if (!i && write->idem) {
            entry->has_idem = 1;
            memcpy(entry->idem, write->idem, sizeof(entry->idem));
            memcpy(entry->fingerprint, write->fingerprint, sizeof(entry->fingerprint));
        }
        audit_link(entry, last_seq, last_hash, pool);
        last_seq = entry->seq;
        last_hash = entry->hash;
    }
    return NULL;
}

/* Nothing later in the transaction reads the records of a case that is brought in: it says all of
 * them itself (work_renew), and its reference is kept already. */
static cd_err_t *item_insert(const app_item_t *item, const app_write_t *write,
                             const store_head_t *head, late_t *late, store_conn_t *conn,
                             apr_pool_t *pool)
{
    const char *payload;
    apr_size_t len;

    if (item->flag) {
        late->flags[late->flag_count++] = item->flag;
        return NULL;
    }
    if (item->decision)
        return store_decision_insert(item->decision, head, conn, pool);
    if (write->ref_kept && head->kind == CD_FILE_CASE)
        return store_record_row(&late->rows[late->row_count++], head, item->record, pool);
    CD_ERR(store_record_insert(&payload, &len, head, item->record, conn, pool));
    if (item->record->kind == CD_REC_PARTIES)
        return store_parties_insert(head, item->record->seq, item->record->body, conn, pool);
    if (item->record->kind == CD_REC_INCIDENT && !write->ref_kept
        && ((const cd_incident_t *)item->record->body)->local_ref)
        return store_local_ref_put(head, ((const cd_incident_t *)item->record->body)->local_ref,
                                   conn, pool);
    if (item->record->kind == CD_REC_CLAIM
        && (write->before || ((const cd_claim_facts_t *)item->record->body)->scheme_ref))
        return store_scheme_ref_put(
            head->id, ((const cd_claim_facts_t *)item->record->body)->scheme_ref, conn, pool);
    return NULL;
}

/* Rows beside records name their file themselves. */
static void items_place(const app_write_t *write, const store_head_t *head)
{
    int i;

    for (i = 0; i < write->count; i++) {
        if (write->items[i].flag)
            write->items[i].flag->claim_id = head->id;
        if (write->items[i].decision)
            write->items[i].decision->claim_id = head->id;
    }
}

cd_err_t *app_records_after(const cd_record_t **out, int *count_out, const app_write_t *write,
                            store_conn_t *conn, apr_pool_t *pool)
{
    cd_record_t *stood = NULL, *all;
    int i, count = 0;

    *out = write->all;
    *count_out = write->all_count;
    if (write->all)
        return NULL;
    if (write->before)
        CD_ERR(store_records(&stood, &count, write->before, conn, pool));
    all = apr_palloc(pool, sizeof(*all) * (apr_size_t)(count + write->count));
    if (count)
        memcpy(all, stood, sizeof(*all) * (apr_size_t)count);
    for (i = 0; i < write->count; i++)
        if (write->items[i].record)
            all[count++] = *write->items[i].record;
    *out = all;
    *count_out = count;
    return NULL;
}

/* The case's row in the work list, and who is told of it. */
static cd_err_t *work_renew(app_ctx_t *ctx, const app_write_t *write, const store_head_t *head,
                            store_conn_t *conn, apr_pool_t *pool)
{
    const cd_record_t *all;
    int count, i;

    if (head->kind != CD_FILE_CASE)
        return NULL;
    CD_ERR(app_records_after(&all, &count, write, conn, pool));
    CD_ERR(app_work_touch(ctx, head, all, count, conn, pool));
    for (i = 0; i < write->count && write->before; i++)
        if (write->items[i].record && write->items[i].record->kind == CD_REC_ASSIGNMENT)
            CD_ERR(app_work_tell(ctx, head, write->items[i].record->body, conn, pool));
    return NULL;
}

static cd_err_t *standing_renew(const app_write_t *write, const store_head_t *head,
                                store_conn_t *conn, apr_pool_t *pool)
{
    const cd_record_t *all;
    int count;

    if (!app_standing_asks(write, head))
        return NULL;
    CD_ERR(app_records_after(&all, &count, write, conn, pool));
    return app_standing_touch(write, head, all, count, conn, pool);
}

/* Rows of lists that rest on how decisions stand: behind those. */
static cd_err_t *recovery_renew(app_ctx_t *ctx, const app_write_t *write, const store_head_t *head,
                                store_conn_t *conn, apr_pool_t *pool)
{
    const cd_record_t *all;
    int count;

    if (!app_recovery_asks(write, head))
        return NULL;
    CD_ERR(app_records_after(&all, &count, write, conn, pool));
    return app_recovery_touch(ctx, head, all, count, conn, pool);
}

/* In which status the claim stands at the end of this day, kept beside its records for reports. */
static cd_err_t *status_day_renew(const app_write_t *write, const store_head_t *head,
                                  store_conn_t *conn, apr_pool_t *pool)
{
    const cd_record_t *all;
    int count;

    if (!app_status_day_asks(write, head))
        return NULL;
    CD_ERR(app_records_after(&all, &count, write, conn, pool));
    return app_status_day_touch(write, head, all, count, conn, pool);
}

/* A retry starts from the values as they were: the head is copied, never changed in place but for
 * the identity of a new file, which the last run's values overwrite. */
static cd_err_t *write_run(store_head_t *head_out, app_ctx_t *ctx, app_write_t *write, late_t *late,
                           store_conn_t *conn, apr_pool_t *pool)
{
    store_head_t head = *write->after;
    store_head_change_t change = { 0 };
    store_entry_t *entries = late->entries + late->entry_count;
    int version = write->version, i;

    if (!write->before) {
        int year, month, day;

        cd_date_split(ctx->today, &year, &month, &day);
        CD_ERR(store_head_insert(&head, year, NULL, conn, ctx->pool));
        write->after->id = head.id;
        write->after->reference = head.reference;
        write->after->key = head.key;
        write->after->has_key = head.has_key;
        version = head.version;
    }
    items_place(write, &head);
    CD_ERR(entries_link(entries, ctx, write, &head, version, pool));
    change.version = version;
    change.last_seq = write->after->last_seq;
    change.audit_seq = entries[write->count - 1].seq;
    memcpy(change.audit_head, entries[write->count - 1].hash, sizeof(change.audit_head));
    change.at = ctx->now;
    change.head = &head;
    CD_ERR(store_head_change(&head, &change, conn, pool));
    if (write->inside)
        CD_ERR(write->inside(write->baton, conn, pool));
    for (i = 0; i < write->count; i++)
        CD_ERR(item_insert(&write->items[i], write, &head, late, conn, pool));
    head.version = version + 1;
    head.changed_at = ctx->now;
    *head_out = head;
    late->entry_count += write->count;
    CD_ERR(status_day_renew(write, &head, conn, pool));
    CD_ERR(standing_renew(write, &head, conn, pool));
    CD_ERR(recovery_renew(ctx, write, &head, conn, pool));
    return work_renew(ctx, write, &head, conn, pool);
}

static cd_err_t *body_run(void *baton, store_conn_t *conn, apr_pool_t *pool)
{
    const body_t *body = baton;
    late_t late = { 0 };
    apr_size_t items = 0;
    int i;

    for (i = 0; i < body->count; i++)
        items += (apr_size_t)body->writes[i]->count;
    late.entries = apr_pcalloc(pool, items * sizeof(*late.entries));
    late.rows = apr_palloc(pool, items * sizeof(*late.rows));
    late.flags = apr_palloc(pool, items * sizeof(*late.flags));
    late.heads = apr_palloc(pool, (apr_size_t)body->count * sizeof(*late.heads));
    for (i = 0; i < body->count; i++) {
        if (body->fix)
            CD_ERR(body->fix(body->baton, i, pool));
        CD_ERR(write_run(&late.heads[i], body->ctx, body->writes[i], &late, conn, pool));
    }
    CD_ERR(app_words_put(body->ctx, body->writes, body->count, conn, pool));
    CD_ERR(store_record_rows_insert(late.rows, late.row_count, conn, pool));
    CD_ERR(store_flags_insert(late.flags, late.flag_count, conn, pool));
    CD_ERR(app_claim_work_touch(body->ctx, body->writes, late.heads, body->count, conn, pool));
    return audit_append_all(late.entries, late.entry_count, conn, pool);
}

cd_err_t *app_write_all(app_ctx_t *ctx, app_write_t *const *writes, int count, app_fix_fn fix,
                        void *baton)
{
    body_t body = { ctx, writes, count, fix, baton };
    store_tx_t tx = { body_run, &body, 0, 0 };
    cd_err_t *err;
    int i;

    for (i = 0; i < count; i++)
        tx.idempotent |= writes[i]->idem != NULL;
    CD_ERR(app_conn(ctx));
    err = store_tx_run(&ctx->conn, ctx->app->store, &tx, ctx->pool);
    for (i = 0; i < count && err && err->code == CD_E_STALE && !ctx->replayed; i++) {
        cd_err_t *why = stale_or_replayed(ctx, err, writes[i]->idem, writes[i]->fingerprint);

        err = why == err ? err : why;
    }
    return err;
}

cd_err_t *app_write(app_ctx_t *ctx, app_write_t *write)
{
    if (!write->idem && ctx->has_idem) {
        write->idem = ctx->idem;
        write->fingerprint = ctx->fingerprint;
    }
    return app_write_all(ctx, &write, 1, NULL, NULL);
}

typedef struct system_body_t {
    app_ctx_t *ctx;
    const app_system_write_t *write;
    int lost_chain;                      /* another change took the chain's next place */
} system_body_t;

static cd_err_t *system_run(void *baton, store_conn_t *conn, apr_pool_t *pool)
{
    system_body_t *body = baton;
    const app_system_write_t *write = body->write;
    app_ctx_t *ctx = body->ctx;
    store_entry_t entry = { 0 };
    unsigned char last[32];
    cd_err_t *err;
    int seq;

    body->lost_chain = 0;
    CD_ERR(store_system_head(&seq, last, conn, pool));
    entry.chain = STORE_CHAIN_SYSTEM;
    entry.at = ctx->now;
    entry.actor = ctx->actor->id;
    entry.role = write->role ? write->role : app_role_used(ctx, CD_RIGHT_USER_ADMIN);
    entry.action = write->action;
    entry.object = write->object;
    entry.version_before = write->version_before;
    entry.version_after = write->version_after;
    entry.answer = write->answer;
    store_system_commitment(entry.commitment, ctx->app->keys, write->content);
    if (ctx->has_idem) {
        entry.has_idem = 1;
        memcpy(entry.idem, ctx->idem, sizeof(entry.idem));
        memcpy(entry.fingerprint, ctx->fingerprint, sizeof(entry.fingerprint));
    }
    audit_link(&entry, seq, last, pool);
    CD_ERR(write->change(write->baton, conn, pool));
    err = store_system_bump(seq, entry.hash, conn, pool);
    body->lost_chain = err && err->code == CD_E_STALE;
    CD_ERR(err);
    return audit_append(&entry, conn, pool);
}

/* Changes of different users or trusts share one chain: losing its next place is no conflict for a
 * person. */
#define SYSTEM_TRIES 4

cd_err_t *app_system_write(app_ctx_t *ctx, const app_system_write_t *write)
{
    system_body_t body = { ctx, write, 0 };
    store_tx_t tx = { system_run, &body, 0, 0 };
    cd_err_t *err = NULL;
    int tries;

    tx.idempotent = ctx->has_idem;
    CD_ERR(app_conn(ctx));
    for (tries = 0; tries < SYSTEM_TRIES && (!tries || (err && body.lost_chain)); tries++)
        err = store_tx_run(&ctx->conn, ctx->app->store, &tx, ctx->pool);
    return err ? stale_or_replayed(ctx, err, ctx->has_idem ? ctx->idem : NULL, ctx->fingerprint)
               : NULL;
}
