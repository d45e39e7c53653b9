/* bring_apply.c: a batch of good rows becomes one transaction: new cases, and in known ones what
 * changed. */
#include <string.h>

#include <apr_strings.h>

#include "app/bring_core.h"
#include "domain/value.h"

/* What one row will do. */
typedef struct plan_t {
    app_bring_t *bring;
    bring_row_t *row;
    const store_known_t *known;          /* NULL: a new case */
    store_bundle_t bundle;               /* a known case's records */
    memory_t last;                       /* what was brought in before */
    /* of the records that the row's answers are now in; 0: left alone */
    int *seqs;
    app_item_t *items;
    cd_record_t *all;                    /* the case's records as they will stand */
    int count, all_count;
    store_head_t after;
    app_write_t write;
    int closes_batch;                    /* the run's row moves on with this one */
    store_bring_run_t next;
} plan_t;

/* ---- inside the transaction ---------------------------------------------- */

static void memory_now(cd_buf_t *buf, const plan_t *plan, const store_head_t *head,
                       apr_pool_t *pool)
{
    const cd_mapped_t *mapped = &plan->row->mapped;
    memory_t now = { { 0 }, NULL, 0 };
    int i;

    memory_row(now.row, plan->bring->ctx->app->keys, mapped, pool);
    now.records =
        apr_palloc(pool, (apr_size_t)(mapped->count + plan->last.count + 1) * sizeof(*now.records));
    for (i = 0; i < mapped->count; i++) {
        int seq = plan->seqs[i];
        const memory_record_t *old = memory_find(&plan->last, mapped->records[i].spec->key);

        if (!seq)
            seq = old ? old->seq : 0;
        memory_record(&now.records[now.count++], &mapped->records[i], seq, &head->key, pool);
    }
    for (i = 0; i < plan->last.count; i++)   /* what this row no longer speaks of stays known */
        if (!memory_find(&now, plan->last.records[i].key))
            now.records[now.count++] = plan->last.records[i];
    memory_write(buf, &now);
}

static cd_err_t *inside(void *baton, store_conn_t *conn, apr_pool_t *pool)
{
    plan_t *plan = baton;
    const store_head_t *head = &plan->after;
    cd_buf_t *buf = cd_buf_make(pool, 1024);

    memory_now(buf, plan, head, pool);
    CD_ERR(store_local_ref_keep(head, plan->row->hash, plan->known == NULL, buf->data, buf->len,
                                conn, pool));
    if (plan->closes_batch)
        CD_ERR(store_bring_run_update(&plan->next, &plan->bring->run, conn, pool));
    return NULL;
}

/* ---- a new case ---------------------------------------------------------- */

static void item_add(plan_t *plan, app_ctx_t *ctx, cd_record_t *record)
{
    app_item_t *item = &plan->items[plan->count++];

    record->role = app_role_used(ctx, CD_RIGHT_RECORDS_BRING);
    item->record = record;
    item->role = record->role;
    item->action = record->seq == 1 ? CD_ACT_BROUGHT_IN : app_record_action(record);
    plan->all[plan->all_count++] = *record;
}

static cd_err_t *plan_new(plan_t *plan, app_ctx_t *ctx)
{
    const cd_mapped_t *mapped = &plan->row->mapped;
    const cd_org_t *org = plan->bring->org;
    int i;

    for (i = 0; i < mapped->count; i++) {
        const cd_record_def_t *def = mapped->records[i].spec->def;

        if (def->kind == CD_REC_TALK)
            ((cd_talk_t *)mapped->records[i].body)->incident_seq = 1;
        plan->seqs[i] = i + 1;
        item_add(plan, ctx, app_record_make(ctx, def->kind, i + 1, mapped->records[i].body));
    }
    plan->after.kind = CD_FILE_CASE;
    plan->after.org_id = org->id;
    plan->after.org_code = org->code;
    plan->after.org_name = org->name;
    plan->after.last_seq = plan->count;
    plan->after.created_at = plan->after.changed_at = ctx->now;
    return app_case_sum_up(&plan->after, plan->all, plan->all_count, org, ctx->today, ctx->pool);
}

/* ---- a known case -------------------------------------------------------- */

static apr_size_t size_of(const cd_field_t *field)
{
    switch (field->type) {
    case CD_FT_TEXT: case CD_FT_LONG: case CD_FT_NHS: case CD_FT_ODS: return sizeof(const char *);
    case CD_FT_TOKEN: case CD_FT_YESNO: case CD_FT_MINUTES: case CD_FT_SEQ: return sizeof(int);
    case CD_FT_SET: return sizeof(apr_uint32_t);
    case CD_FT_WHEN: return sizeof(cd_when_t);
    case CD_FT_DATE: return sizeof(cd_date_t);
    case CD_FT_PENCE: case CD_FT_BP: case CD_FT_INT: return sizeof(apr_int64_t);
    }
    return 0;
}

static int is_claimed(const plan_t *plan, int upto, int seq)
{
    int i;

    for (i = 0; i < upto; i++)
        if (plan->seqs[i] == seq)
            return 1;
    return 0;
}

/* The record that stands where the row's was written; `*gone` 1: it was taken back here. */
static const cd_record_t *standing(const cd_case_t *file, int seq, int *gone)
{
    const cd_record_t *record = cd_case_seq(file, seq);

    while (record && record->superseded_by)
        record = cd_case_seq(file, record->superseded_by);
    *gone = record && record->kind == CD_REC_WITHDRAWAL;
    return *gone ? NULL : record;
}

/* In a case that nobody brought in: the one there can be, or one about the same day. */
static const cd_record_t *alike(const plan_t *plan, const cd_case_t *file, int index)
{
    const cd_mapped_record_t *mapped = &plan->row->mapped.records[index];
    const cd_record_def_t *def = mapped->spec->def;
    cd_when_t happened = cd_body_happened(def, mapped->body);
    const cd_record_t *record = NULL;

    if (!def->many)
        return cd_case_last(file, def->kind);
    while ((record = cd_case_next(file, def->kind, record)))
        if (record->happened.first == happened.first && record->happened.last == happened.last
            && !is_claimed(plan, index, record->seq))
            return record;
    return NULL;
}

static int same_body(const cd_record_def_t *def, const void *a, const void *b, apr_pool_t *pool)
{
    const char *x, *y;
    apr_size_t x_len, y_len;

    cd_body_encode(&x, &x_len, def, a, CD_ALL_FIELDS, pool);
    cd_body_encode(&y, &y_len, def, b, CD_ALL_FIELDS, pool);
    return x_len == y_len && !memcmp(x, y, x_len);
}

/* The standing body with the answers that the other system changed; what was mended here since
 * stays. */
static void *body_mended(const plan_t *plan, const cd_mapped_record_t *mapped,
                         const cd_record_t *current, apr_pool_t *pool)
{
    const cd_map_record_t *spec = mapped->spec;
    const memory_record_t *last = memory_find(&plan->last, spec->key);
    void *body = apr_pmemdup(pool, current->body, spec->def->size);
    memory_record_t now;
    int i;

    memory_record(&now, mapped, 0, &plan->known->head.key, pool);
    for (i = 0; i < spec->source_count; i++) {
        const cd_field_t *field = spec->sources[i].field;

        if (!last || memory_differs(last, &now, field))
            memcpy(CD_FIELD_AT(char, body, field), CD_FIELD_AT(char, mapped->body, field),
                   size_of(field));
    }
    return body;
}

static void plan_record(plan_t *plan, app_ctx_t *ctx, const cd_case_t *file, int index)
{
    const cd_mapped_record_t *mapped = &plan->row->mapped.records[index];
    const cd_record_def_t *def = mapped->spec->def;
    const memory_record_t *last = memory_find(&plan->last, mapped->spec->key);
    const cd_record_t *current;
    cd_record_t *record;
    int gone = 0, seq = plan->known->head.last_seq + plan->count + 1;
    void *body = mapped->body;

    current = last && last->seq ? standing(file, last->seq, &gone) : alike(plan, file, index);
    plan->seqs[index] = current ? current->seq : 0;
    if (gone)
        return;
    if (current) {
        body = body_mended(plan, mapped, current, ctx->pool);
        if (same_body(def, body, current->body, ctx->pool))
            return;
    } else if (def->kind == CD_REC_TALK) {
        ((cd_talk_t *)body)->incident_seq = plan->known->head.incident_seq;
    }
    record = app_record_make(ctx, def->kind, seq, body);
    if (current) {
        record->supersedes = current->seq;
        record->reason =
            apr_psprintf(ctx->pool, "Brought in again from %.100s", plan->bring->ask.file_name);
    }
    plan->seqs[index] = seq;
    item_add(plan, ctx, record);
}

static cd_err_t *plan_known(plan_t *plan, app_ctx_t *ctx)
{
    const cd_org_t *org = plan->bring->org;
    const cd_case_t *file =
        cd_case_read(plan->bundle.records, plan->bundle.count, org, ctx->today, ctx->pool);
    int i;

    memcpy(plan->all, plan->bundle.records, (apr_size_t)plan->bundle.count * sizeof(*plan->all));
    plan->all_count = plan->bundle.count;
    for (i = 0; i < plan->row->mapped.count; i++)
        plan_record(plan, ctx, file, i);
    if (!plan->count)
        return NULL;
    plan->after = plan->known->head;
    plan->after.last_seq += plan->count;
    plan->after.changed_at = ctx->now;
    plan->write.before = &plan->known->head;
    plan->write.version = plan->known->head.version;
    plan->write.all = plan->all;
    plan->write.all_count = plan->all_count;
    return app_case_sum_up(&plan->after, plan->all, plan->all_count, org, ctx->today, ctx->pool);
}

/* ---- a batch ------------------------------------------------------------- */

typedef struct batch_t {
    plan_t plans[BRING_BATCH];
    int count;
    app_write_t *writes[BRING_BATCH];
    int write_count;
    app_bring_totals_t totals;           /* as they will be once it is in */
} batch_t;

static const store_known_t *known_by(const store_known_t *list, int count,
                                     const unsigned char *hash)
{
    int i;

    for (i = 0; i < count; i++)
        if (!memcmp(list[i].hash, hash, STORE_REF_BYTES))
            return &list[i];
    return NULL;
}

static cd_err_t *look_up(store_known_t **out, int *count_out, app_bring_t *bring, app_ctx_t *ctx)
{
    unsigned char hashes[BRING_BATCH][STORE_REF_BYTES];
    int i;

    for (i = 0; i < bring->waiting; i++)
        memcpy(hashes[i], bring->rows[i].hash, STORE_REF_BYTES);
    return store_local_refs_find(out, count_out, bring->org->id,
                                 (const unsigned char(*)[STORE_REF_BYTES])hashes, bring->waiting,
                                 ctx->conn, ctx->pool);
}

/* A case whose key was destroyed takes nothing in. */
static cd_err_t *tell_erased(app_bring_t *bring, const bring_row_t *row)
{
    bring->totals.bad++;
    return bring_tell(
        bring, row->line,
        &(cd_map_problem_t){ CD_MAP_BAD_CASE,
                             bring->ask.mapping->columns[bring->ask.mapping->ref_column],
                             "incident.local_ref", row->mapped.local_ref,
                             "Take the row out: the case of this reference was erased" });
}

/* The cases of the batch whose row is not the same as last time. */
static cd_err_t *plans_open(batch_t *batch, app_bring_t *bring, app_ctx_t *ctx)
{
    store_bundle_t *bundles = apr_pcalloc(ctx->pool, BRING_BATCH * sizeof(*bundles));
    plan_t *owners[BRING_BATCH];
    store_known_t *list;
    unsigned char digest[16];
    int known_count, i, open = 0;

    CD_ERR(look_up(&list, &known_count, bring, ctx));
    for (i = 0; i < bring->waiting; i++) {
        plan_t *plan = &batch->plans[batch->count];

        memset(plan, 0, sizeof(*plan));
        plan->bring = bring;
        plan->row = &bring->rows[i];
        plan->known = known_by(list, known_count, plan->row->hash);
        if (plan->known && !plan->known->head.has_key)
            continue;                    /* told by the check */
        if (plan->known && plan->known->memory) {
            CD_ERR(
                memory_read(&plan->last, plan->known->memory, plan->known->memory_len, ctx->pool));
            memory_row(digest, ctx->app->keys, &plan->row->mapped, ctx->pool);
            if (!memcmp(digest, plan->last.row, sizeof(digest))) {
                batch->totals.same++;
                continue;
            }
        }
        if (plan->known) {
            bundles[open].head = &plan->known->head;
            owners[open++] = plan;
        }
        batch->count++;
    }
    CD_ERR(store_records_of(bundles, open, ctx->conn, ctx->pool));
    for (i = 0; i < open; i++)
        owners[i]->bundle = bundles[i];
    return NULL;
}

static cd_err_t *plans_make(batch_t *batch, app_ctx_t *ctx)
{
    int i;

    for (i = 0; i < batch->count; i++) {
        plan_t *plan = &batch->plans[i];
        apr_size_t count = (apr_size_t)plan->row->mapped.count;

        plan->seqs = apr_pcalloc(ctx->pool, (count + 1) * sizeof(*plan->seqs));
        plan->items = apr_pcalloc(ctx->pool, (count + 1) * sizeof(*plan->items));
        plan->all = apr_pcalloc(ctx->pool,
                                (count + (apr_size_t)plan->bundle.count + 1) * sizeof(*plan->all));
        CD_ERR(plan->known ? plan_known(plan, ctx) : plan_new(plan, ctx));
        if (!plan->count) {
            batch->totals.same++;
            continue;
        }
        *(plan->known ? &batch->totals.changed : &batch->totals.made) += 1;
        plan->write.after = &plan->after;
        plan->write.items = plan->items;
        plan->write.count = plan->count;
        plan->write.inside = inside;
        plan->write.baton = plan;
        plan->write.ref_kept = 1;
        batch->writes[batch->write_count++] = &plan->write;
    }
    return NULL;
}

/* The last write takes the run's row along, so that what is in and where it stands are one fact. */
static void run_along(batch_t *batch, app_bring_t *bring, app_ctx_t *ctx)
{
    plan_t *plan = batch->writes[batch->write_count - 1]->baton;

    plan->closes_batch = 1;
    plan->next = bring->run;
    plan->next.last_line = batch->totals.last_line;
    plan->next.made = batch->totals.made;
    plan->next.changed = batch->totals.changed;
    plan->next.same = batch->totals.same;
    plan->next.changed_at = ctx->app->clock();   /* a long run shows that it moves */
}

static cd_err_t *batch_write(app_bring_t *bring, apr_pool_t *pool)
{
    batch_t *batch = apr_pcalloc(pool, sizeof(*batch));
    app_ctx_t ctx = *bring->ctx;         /* its memory goes with the batch */
    cd_err_t *err;

    ctx.pool = pool;
    ctx.has_idem = 0;
    batch->totals = bring->totals;
    batch->totals.last_line = bring->rows[bring->waiting - 1].line;
    CD_ERR(plans_open(batch, bring, &ctx));
    CD_ERR(plans_make(batch, &ctx));
    if (batch->write_count) {
        run_along(batch, bring, &ctx);
        err = app_write_all(&ctx, batch->writes, batch->write_count, NULL, NULL);
        bring->ctx->conn = ctx.conn;
        CD_ERR(err);
        bring->run = ((plan_t *)batch->writes[batch->write_count - 1]->baton)->next;
    }
    bring->totals = batch->totals;
    return NULL;
}

#define TRIES 3

/* Somebody else may write in one of the cases, or record one of the references, at the same moment:
 * then the batch is looked up again. */
static cd_err_t *batch_run(app_bring_t *bring)
{
    cd_err_t *err = NULL;
    apr_pool_t *pool;
    int tries;

    apr_pool_create(&pool, bring->pool);
    for (tries = 0; tries < TRIES && (!tries || (err && err->code == CD_E_STALE)); tries++) {
        store_read_end(bring->ctx->conn);
        err = batch_write(bring, pool);
    }
    return err;
}

static cd_err_t *batch_count(app_bring_t *bring)
{
    app_ctx_t ctx = *bring->ctx;
    store_known_t *list;
    int i, count;

    ctx.pool = bring->pool;
    CD_ERR(look_up(&list, &count, bring, &ctx));
    for (i = 0; i < bring->waiting; i++) {
        const store_known_t *known = known_by(list, count, bring->rows[i].hash);

        if (known && !known->head.has_key)
            CD_ERR(tell_erased(bring, &bring->rows[i]));
        else
            *(known ? &bring->totals.known : &bring->totals.fresh) += 1;
    }
    return NULL;
}

static int is_enough(const app_bring_t *bring)
{
    const app_bring_ask_t *ask = &bring->ask;
    int written = bring->totals.made + bring->totals.changed - bring->begun;

    if (!bring->applying || !written) /* what only reads is not on record: it would begin again */
        return 0;
    return (ask->at_most && written >= ask->at_most)
           || (ask->seconds
               && bring->ctx->app->clock() - bring->begun_at >= apr_time_from_sec(ask->seconds));
}

cd_err_t *bring_flush(app_bring_t *bring)
{
    if (bring->waiting)
        CD_ERR(bring->applying ? batch_run(bring) : batch_count(bring));
    if (bring->waiting && bring->ask.progress)
        bring->ask.progress(bring->ask.baton, &bring->totals);
    if (bring->waiting)
        bring->stopped = is_enough(bring);
    bring->waiting = bring->since = 0;
    memset(bring->rows, 0, sizeof(bring->rows));
    apr_pool_clear(bring->pool);
    return NULL;
}
