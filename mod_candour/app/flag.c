/* flag.c: computing liability flags.
 *
 * Reads what it needs as at today, asks the rules, and adds one flag version per trust. Writes no
 * record and no payment. */
#include <string.h>

#include <apr_strings.h>

#include "app/flag_input.h"
#include "domain/flag_brief.h"
#include "store/standing.h"

typedef struct compute_t {
    app_ctx_t *ctx;
    const store_head_t *head;
    const app_claim_facts_t *facts;
    const cd_scheme_t *scheme;
    int next_seq;
} compute_t;

/* Numbers that no record of the claim holds: which of its breaches this would be. */
static cd_err_t *counts_fill(cd_flag_input_t *input, const compute_t *compute, const cd_org_t *org)
{
    return store_breach_units(&input->breaches_before, org->id,
                              cd_window_start(compute->scheme->window, compute->ctx->today),
                              compute->head->id, compute->ctx->conn, compute->ctx->pool);
}

static void flag_sign(store_flag_t *stored, compute_t *compute, const cd_org_t *org)
{
    app_ctx_t *ctx = compute->ctx;

    stored->seq = compute->next_seq++;
    stored->org_id = org->id;
    stored->org_code = org->code;
    stored->org_name = org->name;
    stored->computed_at = ctx->now;
    stored->computed_by = ctx->actor->id;
    stored->computed_by_name = ctx->actor->name;
    stored->scheme_code = compute->scheme->code;
    stored->scheme_version = compute->scheme->version;
    stored->engine = CD_ENGINE_VERSION;
    stored->claim_version = compute->head->version;
}

static cd_err_t *flag_for_party(store_flag_t **out, compute_t *compute, int row)
{
    const app_moment_t now = { compute->ctx->today, 0 };
    app_ctx_t *ctx = compute->ctx;
    cd_flag_input_t input = { 0 };
    const cd_org_t *org;
    store_flag_t *stored = apr_pcalloc(ctx->pool, sizeof(*stored));
    cd_flag_t *flag;

    CD_ERR(app_org(&org, ctx, compute->facts->claim->parties->party[row].org_code));
    CD_ERR(app_flag_input(&input, ctx, compute->facts, org, row, &now));
    input.scheme = compute->scheme;
    CD_ERR(counts_fill(&input, compute, org));
    CD_ERR(cd_flag_compute(&flag, &input, ctx->pool));
    flag_sign(stored, compute, org);
    stored->state = (int)flag->state;
    stored->indicated_p = flag->indicated_p;
    stored->requested_on = input.requested_on;
    stored->inputs = cd_flag_inputs_json(&input, ctx->pool);
    stored->answer = cd_flag_json(flag, ctx->pool);
    stored->brief = cd_flag_brief_encode(cd_flag_brief_of(&input, ctx->pool), ctx->pool);
    store_sha256(stored->inputs_hash, stored->inputs, strlen(stored->inputs));
    *out = stored;
    return NULL;
}

static cd_err_t *flags_write(app_ctx_t *ctx, const store_head_t *head, app_item_t *items, int count,
                             int version)
{
    store_head_t after = *head;
    app_write_t write = {
        .before = head, .after = &after, .version = version, .items = items, .count = count
    };

    after.changed_at = ctx->now;
    return app_write(ctx, &write);
}

/* Flags are numbered over the whole claim; the newest of each trust holds the highest number of
 * all. */
static cd_err_t *compute_begin(compute_t *compute)
{
    app_ctx_t *ctx = compute->ctx;
    store_flag_t *latest;
    int i, count;

    CD_ERR(app_scheme_active(&compute->scheme, ctx));
    CD_ERR(store_flags_latest(&latest, &count, compute->head, 0, ctx->conn, ctx->pool));
    compute->next_seq = 1;
    for (i = 0; i < count; i++)
        if (latest[i].seq >= compute->next_seq)
            compute->next_seq = latest[i].seq + 1;
    return NULL;
}

cd_err_t *app_flags_make(app_item_t items[CD_PARTIES_MAX], int *count_out, app_ctx_t *ctx,
                         const store_head_t *head, const char *org_code,
                         const app_claim_facts_t *facts)
{
    app_claim_facts_t now;
    compute_t compute = { .ctx = ctx, .head = head, .facts = facts ? facts : &now };
    const cd_parties_t *parties;
    int i;

    *count_out = 0;
    if (!facts)
        CD_ERR(app_claim_read(&now, ctx, head, ctx->today));
    CD_ERR(compute_begin(&compute));
    memset(items, 0, sizeof(*items) * CD_PARTIES_MAX);
    parties = compute.facts->claim->parties;
    for (i = 0; parties && i < CD_PARTIES_MAX; i++)
        if (parties->party[i].org_code
            && (!org_code || !strcmp(org_code, parties->party[i].org_code))) {
            CD_ERR(flag_for_party(&items[*count_out].flag, &compute, i));
            items[*count_out].action = CD_ACT_FLAG_COMPUTED;
            items[(*count_out)++].role = app_role_used(ctx, CD_RIGHT_FLAG_COMPUTE);
        }
    return NULL;
}

cd_err_t *app_flag_compute(int *count_out, app_ctx_t *ctx, const char *org_code, int version)
{
    app_item_t items[CD_PARTIES_MAX];
    store_head_t *head;
    int count = 0;

    *count_out = 0;
    CD_ERR(app_file(&head, ctx, CD_RIGHT_FLAG_COMPUTE));
    CD_ERR(app_seen(ctx, head, version));
    if (ctx->replayed)
        return NULL;
    CD_ERR(app_flags_make(items, &count, ctx, head, org_code, NULL));
    if (!count && org_code)
        return cd_err(ctx->pool, CD_E_NOT_FOUND, NULL, "no party of the claim");
    if (!count)
        return cd_err(ctx->pool, CD_E_INVALID, "link a trust to the claim before computing flags",
                      "a claim without parties");
    CD_ERR(flags_write(ctx, head, items, count, version));
    *count_out = ctx->replayed ? 0 : count;
    return NULL;
}
