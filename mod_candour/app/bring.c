/* bring.c: one pass over a file: rows come in, are held against the mapping, and wait for their
 * batch. */
#include <string.h>

#include <apr_strings.h>

#include "app/bring_core.h"
#include "base/text.h"

/* ---- references that were seen ------------------------------------------- */

static int *seen_place(bring_seen_t *seen, apr_uint64_t key)
{
    apr_uint64_t at = key % (apr_uint64_t)seen->cap;

    while (seen->lines[at] && seen->keys[at] != key)
        at = (at + 1) % (apr_uint64_t)seen->cap;
    seen->keys[at] = key;
    return &seen->lines[at];
}

static void seen_grow(bring_seen_t *seen)
{
    bring_seen_t old = *seen;
    int i;

    seen->cap = old.cap ? old.cap * 2 : 1024;
    seen->keys = apr_pcalloc(seen->pool, (apr_size_t)seen->cap * sizeof(*seen->keys));
    seen->lines = apr_pcalloc(seen->pool, (apr_size_t)seen->cap * sizeof(*seen->lines));
    for (i = 0; i < old.cap; i++)
        if (old.lines[i])
            *seen_place(seen, old.keys[i]) = old.lines[i];
}

/* The line on which this reference stood before; 0: nowhere. */
static int seen_before(bring_seen_t *seen, const unsigned char *hash, int line)
{
    apr_uint64_t key;
    int *place, before;

    if (seen->count * 2 >= seen->cap)
        seen_grow(seen);
    memcpy(&key, hash, sizeof(key));
    place = seen_place(seen, key);
    before = *place;
    if (!before) {
        *place = line;
        seen->count++;
    }
    return before;
}

/* ---- rows ---------------------------------------------------------------- */

cd_err_t *bring_tell(app_bring_t *bring, int line, const cd_map_problem_t *problem)
{
    bring->totals.kinds[problem->kind]++;
    bring->totals.problems++;
    return bring->ask.problem ? bring->ask.problem(bring->ask.baton, line, problem) : NULL;
}

static cd_err_t *headings(app_bring_t *bring, const cd_csv_row_t *row)
{
    cd_problems_t found = { .pool = bring->ctx->pool };
    int i;

    if (row->bad)
        return cd_err(bring->ctx->pool, CD_E_BAD_REQUEST,
                      apr_psprintf(bring->ctx->pool, "line 1: %s", cd_csv_bad_words(row->bad)),
                      "headings");
    cd_mapping_header(&bring->places, bring->ask.mapping, row, &found, bring->ctx->pool);
    bring->width = row->count;
    for (i = 0; i < found.count; i++)
        CD_ERR(bring_tell(bring, 1,
                          &(cd_map_problem_t){ CD_MAP_BAD_COUNT, found.list[i].field, "", NULL,
                                               found.list[i].text }));
    if (!found.count)
        return NULL;
    return cd_err(bring->ctx->pool, CD_E_INVALID, "the file’s headings do not fit the mapping",
                  "%d headings", found.count);
}

/* What is wrong with the row as a row; else what the mapping finds. */
static void row_read(app_bring_t *bring, bring_row_t *out, const cd_csv_row_t *row,
                     cd_map_problems_t *found)
{
    apr_pool_t *pool = bring->pool;
    int before;

    out->line = row->line;
    if (row->bad) {
        cd_map_problem_add(
            found,
            &(cd_map_problem_t){ CD_MAP_BAD_CSV, apr_psprintf(pool, "%d", row->bad_field), "", NULL,
                                 apr_psprintf(pool, "Line %d, character %d: %s", row->bad_line,
                                              row->bad_column, cd_csv_bad_words(row->bad)) });
        return;
    }
    if (row->count != bring->width) {
        cd_map_problem_add(
            found,
            &(cd_map_problem_t){
                CD_MAP_BAD_COUNT, "", "", NULL,
                apr_psprintf(pool,
                             "The row has %d columns, the headings are %d: put text that holds the "
                             "separator in quotes",
                             row->count, bring->width) });
        return;
    }
    cd_mapping_row(&out->mapped, bring->ask.mapping, bring->places, row, bring->org->code,
                   bring->ctx->today, found);
    if (!out->mapped.local_ref)
        return;
    store_local_ref_hash(out->hash, bring->ctx->app->keys, bring->org->id, out->mapped.local_ref);
    before = seen_before(&bring->seen, out->hash, row->line);
    if (before)
        cd_map_problem_add(found, &(cd_map_problem_t){
                                      CD_MAP_BAD_TWICE,
                                      bring->ask.mapping->columns[bring->ask.mapping->ref_column],
                                      "incident.local_ref", out->mapped.local_ref,
                                      apr_psprintf(pool,
                                                   "Give each row a reference of its own: line %d "
                                                   "has this one",
                                                   before) });
}

static cd_err_t *on_row(void *baton, const cd_csv_row_t *row)
{
    app_bring_t *bring = baton;
    cd_map_problems_t found = { .pool = bring->pool };
    bring_row_t *out = &bring->rows[bring->waiting];
    int i;

    if (!bring->places)
        return headings(bring, row);
    if (bring->stopped) {
        bring->left++;
        return NULL;
    }
    bring->totals.rows++;
    row_read(bring, out, row, &found);
    for (i = 0; i < found.count; i++)
        CD_ERR(bring_tell(bring, row->line, &found.list[i]));
    bring->totals.bad += found.count > 0;
    bring->since++;
    if (!found.count && (!bring->applying || row->line > bring->run.last_line))
        bring->waiting++;
    return bring->waiting == BRING_BATCH || bring->since == BRING_ROWS ? bring_flush(bring) : NULL;
}

/* ---- the whole ----------------------------------------------------------- */

cd_err_t *bring_org(const cd_org_t **out, app_ctx_t *ctx, const app_bring_ask_t *ask)
{
    const char *code = ask->org_code;
    cd_org_id own;

    CD_ERR(app_reach(&own, ctx, CD_RIGHT_RECORDS_BRING));
    CD_ERR(app_conn(ctx));
    if (!code)
        code = own ? ctx->actor->org_code : ask->mapping->org_code;
    if (!code)
        return cd_err(ctx->pool, CD_E_INVALID, "say whose records these are", "no organisation");
    if (own && strcmp(code, ctx->actor->org_code))
        return cd_err(ctx->pool, CD_E_FORBIDDEN, NULL, "a trust's user names another trust");
    if (ask->mapping->org_code && strcmp(code, ask->mapping->org_code))
        return cd_err(ctx->pool, CD_E_INVALID,
                      apr_psprintf(ctx->pool, "the mapping is for %s, not for %s",
                                   ask->mapping->org_code, code),
                      "another organisation");
    *out = app_org_cached(ctx, code);
    if (!*out)
        return cd_err(ctx->pool, CD_E_INVALID,
                      apr_psprintf(ctx->pool, "%s is not registered here", code),
                      "no such organisation");
    return NULL;
}

static cd_err_t *bring_make(app_bring_t **out, app_ctx_t *ctx, const app_bring_ask_t *ask)
{
    app_bring_t *bring = apr_pcalloc(ctx->pool, sizeof(*bring));
    unsigned char mapping[32];

    CD_ERR(bring_org(&bring->org, ctx, ask));
    bring->ctx = ctx;
    bring->ask = *ask;
    bring->seen.pool = ctx->pool;
    apr_pool_create(&bring->pool, ctx->pool);
    bring->csv = cd_csv_make(&ask->mapping->csv, on_row, bring, ctx->pool);
    bring->sum = cd_sha256_begin(ctx->pool);
    store_sha256(mapping, ask->mapping_bytes, ask->mapping_len);
    cd_sha256_add(bring->sum, mapping, sizeof(mapping));
    *out = bring;
    return NULL;
}

cd_err_t *app_bring_check(app_bring_t **out, app_ctx_t *ctx, const app_bring_ask_t *ask)
{
    return bring_make(out, ctx, ask);
}

cd_err_t *app_bring_apply(app_bring_t **out, app_ctx_t *ctx, const app_bring_ask_t *ask,
                          const app_bring_t *checked)
{
    if (checked->totals.bad && !ask->skip_bad)
        return cd_err(ctx->pool, CD_E_INVALID, "there are bad rows, so nothing was changed",
                      "%d bad rows", checked->totals.bad);
    CD_ERR(bring_make(out, ctx, ask));
    (*out)->applying = 1;
    CD_ERR(bring_run_open(*out, checked));
    (*out)->begun = (*out)->run.made + (*out)->run.changed;
    (*out)->begun_at = ctx->app->clock();
    return NULL;
}

cd_err_t *app_bring_feed(app_bring_t *bring, const char *bytes, apr_size_t len)
{
    cd_sha256_add(bring->sum, bytes, len);
    return cd_csv_feed(bring->csv, bytes, len);
}

cd_err_t *app_bring_end(app_bring_t *bring)
{
    unsigned char file_hash[32], sum[32];

    CD_ERR(cd_csv_end(bring->csv));
    cd_sha256_end(sum, bring->sum);
    store_lookup_hash(file_hash, bring->ctx->app->keys, "file brought in",
                      cd_hex(sum, sizeof(sum), bring->ctx->pool));
    if (bring->applying && memcmp(file_hash, bring->file_hash, sizeof(file_hash)))
        return cd_err(bring->ctx->pool, CD_E_STALE, "the file was changed while it was read",
                      "another file");
    memcpy(bring->file_hash, file_hash, sizeof(file_hash));
    if (bring->stopped && bring->left)
        return NULL;
    CD_ERR(bring_flush(bring));
    return bring->applying ? bring_run_close(bring) : NULL;
}

const app_bring_totals_t *app_bring_totals(const app_bring_t *bring)
{
    return &bring->totals;
}
