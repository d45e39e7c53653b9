/* bring_run.c: runs of bringing in: on record from their start to their end, and the copy that the
 * web keeps. */
#include <string.h>

#include <apr_strings.h>

#include "app/bring_core.h"
#include "base/text.h"

#define PIECE (256 * 1024)

const cd_token_t app_bring_states[] = {
    { APP_BRING_CHECKED, "CHECKED", "Checked, nothing changed" },
    { APP_BRING_APPLYING, "APPLYING", "Not finished" },
    { APP_BRING_DONE, "DONE", "Done" },
    { APP_BRING_DROPPED, "DROPPED", "Given up" },
    { 0, NULL, NULL }
};

/* One change of a run, as the system's chain is told of it. */
typedef struct change_t {
    const store_bring_run_t *before;     /* NULL: it is new */
    store_bring_run_t after;
    const app_bring_ask_t *ask;          /* with a copy to keep: */
    const char *file;
    apr_size_t len;
    store_data_key_t key;
} change_t;

static cd_err_t *part_keep(const change_t *change, store_bring_part_t part, const char *bytes,
                           apr_size_t len, store_conn_t *conn, apr_pool_t *pool)
{
    int seq = 0;

    for (; len; seq++) {
        apr_size_t some = len < PIECE ? len : PIECE;

        CD_ERR(store_bring_chunk_insert(&change->after, part, seq, &change->key, bytes, some, conn,
                                        pool));
        bytes += some;
        len -= some;
    }
    return NULL;
}

static cd_err_t *change_run(void *baton, store_conn_t *conn, apr_pool_t *pool)
{
    change_t *change = baton;

    if (change->before)
        return store_bring_run_update(&change->after, change->before, conn, pool);
    CD_ERR(store_bring_run_insert(&change->after, conn, pool));
    if (!change->file)
        return NULL;
    CD_ERR(part_keep(change, STORE_BRING_MAPPING, change->ask->mapping_bytes,
                     change->ask->mapping_len, conn, pool));
    CD_ERR(part_keep(change, STORE_BRING_FILE, change->file, change->len, conn, pool));
    return part_keep(change, STORE_BRING_NAME, change->ask->file_name,
                     strlen(change->ask->file_name), conn, pool);
}

/* The entry names the run by the trust and the fingerprint of the file, and says how many, never
 * who. */
static cd_err_t *run_enter(app_ctx_t *ctx, change_t *change, const char *org_code)
{
    const store_bring_run_t *run = &change->after;
    app_system_write_t write = { change_run, change, CD_ACT_BROUGHT_IN, NULL, NULL, 0, 0, NULL, 0 };

    write.object =
        apr_psprintf(ctx->pool, "bring %s %s", org_code, cd_hex(run->file_hash, 6, ctx->pool));
    write.content = apr_psprintf(
        ctx->pool, "state %d, line %d, %d rows, %d bad, %d made, %d changed, %d same", run->state,
        run->last_line, run->total_rows, run->bad_rows, run->made, run->changed, run->same);
    write.answer = "bring";
    write.role = app_role_used(ctx, CD_RIGHT_RECORDS_BRING);
    return app_system_write(ctx, &write);
}

static void run_take(app_bring_t *bring, const app_bring_t *checked, store_bring_run_t *run)
{
    run->org_id = bring->org->id;
    memcpy(run->file_hash, checked->file_hash, sizeof(run->file_hash));
    run->skip_bad = bring->ask.skip_bad;
    run->total_rows = checked->totals.rows;
    run->bad_rows = checked->totals.bad;
    run->user_id = bring->ctx->actor->id;
    run->changed_at = bring->ctx->now;
}

cd_err_t *bring_run_open(app_bring_t *bring, const app_bring_t *checked)
{
    app_ctx_t *ctx = bring->ctx;
    change_t change = { 0 };
    store_bring_run_t *there;

    /* many writes: each goes on from the one before, a second click meets that */
    ctx->has_idem = 0;
    memcpy(bring->file_hash, checked->file_hash, sizeof(bring->file_hash));
    CD_ERR(store_bring_run_of(&there, bring->org->id, checked->file_hash, ctx->conn, ctx->pool));
    store_read_end(ctx->conn);
    if (there)
        change.after = *there;
    change.before = there;
    run_take(bring, checked, &change.after);
    if (!there || there->state != STORE_BRING_APPLYING) {
        change.after.state = STORE_BRING_APPLYING;
        change.after.started_at = ctx->now;
        change.after.last_line = change.after.made = change.after.changed = change.after.same = 0;
        CD_ERR(run_enter(ctx, &change, bring->org->code));
    }
    bring->run = change.after;
    bring->totals.made = bring->run.made;
    bring->totals.changed = bring->run.changed;
    bring->totals.same = bring->run.same;
    bring->totals.last_line = bring->run.last_line;
    return NULL;
}

cd_err_t *bring_run_close(app_bring_t *bring)
{
    change_t change = { &bring->run, bring->run, NULL, NULL, 0, { { 0 } } };

    change.after.state = STORE_BRING_DONE;
    change.after.made = bring->totals.made;
    change.after.changed = bring->totals.changed;
    change.after.same = bring->totals.same;
    change.after.wrapped = NULL;         /* what was kept can no longer be opened */
    change.after.wrapped_len = 0;
    CD_ERR(run_enter(bring->ctx, &change, bring->org->code));
    bring->run = change.after;
    return NULL;
}

/* ---- runs from the web --------------------------------------------------- */

cd_err_t *app_bring_keep(apr_int64_t *id_out, app_ctx_t *ctx, const app_bring_ask_t *ask,
                         const app_bring_t *checked, const char *file, apr_size_t len)
{
    change_t change = { .ask = ask, .file = file, .len = len };
    store_bring_run_t *there;

    if (len > APP_BRING_WEB_BYTES || checked->totals.rows > APP_BRING_WEB_ROWS)
        return cd_err(ctx->pool, CD_E_TOO_LARGE, NULL, "%d rows", checked->totals.rows);
    CD_ERR(store_bring_run_of(&there, checked->org->id, checked->file_hash, ctx->conn, ctx->pool));
    store_read_end(ctx->conn);
    if (there && there->wrapped) {
        *id_out = there->id;
        return NULL;
    }
    if (there)
        return cd_err(ctx->pool, CD_E_INVALID, "this file was brought in before, by this mapping",
                      "run %" APR_INT64_T_FMT, there->id);
    run_take((app_bring_t *)checked, checked, &change.after);
    change.after.state = STORE_BRING_CHECKED;
    change.after.started_at = ctx->now;
    CD_ERR(store_bring_key_make(&change.key, &change.after, ctx->conn, ctx->pool));
    CD_ERR(run_enter(ctx, &change, checked->org->code));
    *id_out = change.after.id;
    return NULL;
}

static void show(app_bring_run_t *out, const store_bring_run_t *run, const char *org_code)
{
    out->id = run->id;
    out->org_code = org_code;
    out->state = run->state;
    out->skip_bad = run->skip_bad;
    out->last_line = run->last_line;
    out->total_rows = run->total_rows;
    out->bad_rows = run->bad_rows;
    out->made = run->made;
    out->changed = run->changed;
    out->same = run->same;
    out->started_at = run->started_at;
    out->changed_at = run->changed_at;
    out->has_copy = run->wrapped != NULL;
}

/* The actor's own trust: the page is a trust's. */
static cd_err_t *own_org(cd_org_id *out, app_ctx_t *ctx)
{
    CD_ERR(app_reach(out, ctx, CD_RIGHT_RECORDS_BRING));
    if (!*out)
        *out = ctx->actor->org_id;
    if (!*out)
        return cd_err(ctx->pool, CD_E_FORBIDDEN, NULL, "bringing in on the web is a trust's");
    return app_conn(ctx);
}

cd_err_t *app_bring_runs(app_bring_run_t **out, int *count_out, app_ctx_t *ctx)
{
    store_bring_run_t *runs;
    cd_org_id org_id;
    int i;

    CD_ERR(own_org(&org_id, ctx));
    CD_ERR(store_bring_runs(&runs, count_out, org_id, ctx->conn, ctx->pool));
    *out = apr_pcalloc(ctx->pool, (apr_size_t)(*count_out + 1) * sizeof(**out));
    for (i = 0; i < *count_out; i++)
        show(&(*out)[i], &runs[i], ctx->actor->org_code);
    return NULL;
}

static cd_err_t *run_get(store_bring_run_t **out, app_ctx_t *ctx, apr_int64_t id)
{
    cd_org_id org_id;

    CD_ERR(own_org(&org_id, ctx));
    CD_ERR(store_bring_run_get(out, id, org_id, ctx->conn, ctx->pool));
    return *out ? NULL : cd_err(ctx->pool, CD_E_NOT_FOUND, NULL, "no such run of this trust");
}

cd_err_t *app_bring_run(app_bring_run_t **out, app_bring_copy_t *copy, app_ctx_t *ctx,
                        apr_int64_t id)
{
    store_bring_run_t *run;
    apr_size_t len;

    CD_ERR(run_get(&run, ctx, id));
    *out = apr_pcalloc(ctx->pool, sizeof(**out));
    show(*out, run, ctx->actor->org_code);
    if (!copy)
        return NULL;
    CD_ERR(store_bring_part(&copy->mapping, &copy->mapping_len, run, STORE_BRING_MAPPING, ctx->conn,
                            ctx->pool));
    CD_ERR(store_bring_part(&copy->file, &copy->file_len, run, STORE_BRING_FILE, ctx->conn,
                            ctx->pool));
    return store_bring_part(&copy->name, &len, run, STORE_BRING_NAME, ctx->conn, ctx->pool);
}

cd_err_t *app_bring_drop(app_ctx_t *ctx, apr_int64_t id)
{
    change_t change = { 0 };
    store_bring_run_t *run;

    CD_ERR(run_get(&run, ctx, id));
    store_read_end(ctx->conn);
    if (run->state == STORE_BRING_DROPPED || run->state == STORE_BRING_DONE)
        return NULL;
    change.before = run;
    change.after = *run;
    change.after.state = STORE_BRING_DROPPED;
    change.after.wrapped = NULL;
    change.after.wrapped_len = 0;
    change.after.changed_at = ctx->now;
    return run_enter(ctx, &change, ctx->actor->org_code);
}

/* ---- sweeping ------------------------------------------------------------ */

typedef struct sweep_t { cd_instant_t before, now; int checks, pieces; } sweep_t;

static cd_err_t *sweep_change(void *baton, store_conn_t *conn, apr_pool_t *pool)
{
    sweep_t *sweep = baton;

    return store_bring_sweep(&sweep->checks, &sweep->pieces, sweep->before, sweep->now, conn, pool);
}

cd_err_t *app_bring_sweep(int *checks_out, int *pieces_out, app_ctx_t *ctx, int hours)
{
    sweep_t sweep = { ctx->now - apr_time_from_sec((apr_int64_t)hours * 3600), ctx->now, 0, 0 };
    app_system_write_t write = { .change = sweep_change,
                                 .baton = &sweep,
                                 .action = CD_ACT_CONTENT_SWEPT,
                                 .object = "bring",
                                 .answer = "bring" };
    apr_int64_t checks, pieces;

    *checks_out = *pieces_out = 0;
    CD_ERR(app_need(ctx, CD_RIGHT_ORG_ADMIN));
    CD_ERR(app_conn(ctx));
    store_read_end(ctx->conn);
    CD_ERR(store_bring_left(&checks, &pieces, sweep.before, ctx->conn, ctx->pool));
    if (!checks && !pieces)
        return NULL;
    write.content = apr_psprintf(
        ctx->pool, "%" APR_INT64_T_FMT " undecided, %" APR_INT64_T_FMT " pieces", checks, pieces);
    CD_ERR(app_system_write(ctx, &write));
    *checks_out = sweep.checks;
    *pieces_out = sweep.pieces;
    return NULL;
}
