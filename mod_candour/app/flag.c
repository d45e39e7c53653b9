/* flag.c: computing liability flags.
 *
 * Reads what it needs as at today, asks the rules, and adds one flag version per trust. Writes no record
 * and no payment. */
#include <string.h>

#include <apr_strings.h>

#include "app/claim_core.h"
#include "domain/round.h"
#include "store/standing.h"

typedef struct compute_t {
    app_ctx_t *ctx;
    const store_head_t *head;
    const app_claim_facts_t *facts;
    const cd_scheme_t *scheme;
    const store_flag_t *latest;          /* newest of each trust */
    int latest_count;
    int next_seq;
} compute_t;

static cd_err_t *cases_evaluate(cd_flag_input_t *input, const cd_case_t **files, app_ctx_t *ctx, const cd_org_t *org,
                                const char *cases)
{
    int count, i, used = 0;
    const char **refs = app_case_refs(&count, cases, ctx->pool);
    cd_flag_case_t *judged_cases = apr_pcalloc(ctx->pool, sizeof(*judged_cases) * (CD_PARTY_CASES_MAX + 1));
    cd_flag_seen_t *seen = apr_pcalloc(ctx->pool, sizeof(*seen) * (CD_PARTY_CASES_MAX + 1));
    store_head_t *head;
    app_judged_t judged;

    for (i = 0; i < count && i < CD_PARTY_CASES_MAX; i++) {
        CD_ERR(store_head_get(&head, CD_FILE_CASE, refs[i], org->id, ctx->conn, ctx->pool));
        if (!head)
            return cd_err(ctx->pool, CD_E_FAILED, NULL, "linked case %s is not there", refs[i]);
        seen[i].reference = refs[i];
        seen[i].version = head->version;
        CD_ERR(app_case_judge(&judged, ctx, head, ctx->today));
        if (judged.gap)
            return cd_err(ctx->pool, CD_E_RANGE, judged.gap, "case %s cannot be evaluated", refs[i]);
        if (!judged.eval)
            continue;   /* no duty applied: such a case can carry no flag */
        judged_cases[used].reference = refs[i];
        judged_cases[used].eval = judged.eval;
        files[used] = judged.file;
        used++;
    }
    input->cases = judged_cases;
    input->case_count = used;
    input->seen = seen;
    input->seen_count = i;
    return NULL;
}

static const store_flag_t *latest_of(const compute_t *compute, cd_org_id org_id)
{
    int i;

    for (i = 0; i < compute->latest_count; i++)
        if (compute->latest[i].org_id == org_id)
            return &compute->latest[i];
    return NULL;
}

/* The trust's part of every sum, and which of its breaches this would be. */
static cd_err_t *sums_fill(cd_scheme_input_t *sums, const compute_t *compute, const cd_org_t *org, int row)
{
    const app_claim_facts_t *facts = compute->facts;
    const cd_parties_t *parties = facts->claim->parties;
    apr_pool_t *pool = compute->ctx->pool;
    apr_int64_t parts[CD_PARTIES_MAX];

    CD_ERR(cd_share_split(parts, parties, facts->payable.damages_p, pool));
    sums->damages_p = parts[row];
    CD_ERR(cd_share_split(parts, parties, facts->ledger.ppo_capital_p, pool));
    sums->ppo_capital_p = parts[row];
    CD_ERR(cd_share_split(parts, parties, facts->payable.costs_p, pool));
    sums->claimant_costs_p = parts[row];
    CD_ERR(cd_share_split(parts, parties, facts->ledger.defence_costs_p, pool));
    sums->defence_costs_p = parts[row];
    sums->succeeded = cd_claim_succeeded(facts->claim);
    CD_ERR(store_breach_units(&sums->breach_number, org->id,
                              cd_window_start(compute->scheme->window, compute->ctx->today),
                              compute->head->id, compute->ctx->conn, pool));
    sums->breach_number++;
    return NULL;
}

/* The day evidence was first asked for goes on counting while it is still missing; once it was there, a
 * later request starts anew. */
static cd_date_t requested_before(const store_flag_t *newest)
{
    if (newest && (newest->state == CD_FLAG_EVIDENCE_REQUESTED
                   || newest->state == CD_FLAG_EVIDENCE_NOT_PROVIDED))
        return newest->requested_on;
    return CD_NO_DATE;
}

static void record_name(cd_flag_t *flag, const char *reference, const cd_case_t *file, int seq)
{
    const cd_record_t *record = cd_case_seq(file, seq);
    cd_flag_record_t *named = &flag->records[flag->record_count];
    int i;

    for (i = 0; i < flag->record_count; i++)
        if (flag->records[i].seq == seq && flag->records[i].case_reference == reference)
            return;
    if (!record)
        return;
    named->case_reference = reference;
    named->seq = seq;
    named->kind = record->kind;
    named->happened = record->happened;
    flag->record_count++;
}

/* Kind and day of each record that a reason rests on, so that the flag's page can name it later. */
static void records_name(cd_flag_t *flag, const cd_flag_input_t *input, const cd_case_t *const *files,
                         apr_pool_t *pool)
{
    int i, j, k;

    flag->records = apr_pcalloc(pool, sizeof(*flag->records) * ((apr_size_t)flag->reason_count + 1)
                                      * (CD_RESULT_EVIDENCE + 1));
    for (i = 0; i < flag->reason_count; i++) {
        const cd_result_t *result = flag->reasons[i].result;

        for (j = 0; j < input->case_count; j++) {
            if (strcmp(input->cases[j].reference, flag->reasons[i].case_reference))
                continue;
            for (k = 0; k < result->evidence_count; k++)
                record_name(flag, input->cases[j].reference, files[j], result->evidence[k]);
            if (result->by_person)
                record_name(flag, input->cases[j].reference, files[j], result->by_person);
        }
    }
}

static cd_err_t *flag_for_party(store_flag_t **out, compute_t *compute, int row)
{
    const cd_party_t *party = &compute->facts->claim->parties->party[row];
    app_ctx_t *ctx = compute->ctx;
    cd_flag_input_t input = { 0 };
    const cd_case_t *files[CD_PARTY_CASES_MAX + 1];
    const cd_org_t *org;
    store_flag_t *stored = apr_pcalloc(ctx->pool, sizeof(*stored));
    cd_flag_t *flag;

    CD_ERR(app_org(&org, ctx, party->org_code));
    CD_ERR(cases_evaluate(&input, files, ctx, org, party->cases));
    input.claim_record = cd_round_read(compute->facts->claim, org->code, ctx->pool)->weighed_seq;
    input.org_code = org->code;
    input.jurisdiction = org->jurisdiction;
    input.claim_scheme = compute->facts->claim->facts->scheme;
    input.scheme = compute->scheme;
    input.as_at = ctx->today;
    CD_ERR(app_calendar(&input.cal, ctx, cd_org_division(org)));
    CD_ERR(sums_fill(&input.sums, compute, org, row));
    input.requested_on = requested_before(latest_of(compute, org->id));
    CD_ERR(cd_flag_compute(&flag, &input, ctx->pool));
    if (flag->state == CD_FLAG_EVIDENCE_REQUESTED && !input.requested_on) {
        input.requested_on = ctx->today;   /* asked for by this flag: its last day follows */
        CD_ERR(cd_flag_compute(&flag, &input, ctx->pool));
    }
    records_name(flag, &input, files, ctx->pool);
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
    stored->state = (int)flag->state;
    stored->indicated_p = flag->indicated_p;
    stored->requested_on = input.requested_on;
    stored->inputs = cd_flag_inputs_json(&input, ctx->pool);
    stored->answer = cd_flag_json(flag, ctx->pool);
    store_sha256(stored->inputs_hash, stored->inputs, strlen(stored->inputs));
    stored->claim_version = compute->head->version;
    *out = stored;
    return NULL;
}

static cd_err_t *flags_write(app_ctx_t *ctx, const store_head_t *head, app_item_t *items, int count, int version)
{
    store_head_t after = *head;
    app_write_t write = { .before = head, .after = &after, .version = version, .items = items, .count = count };

    after.changed_at = ctx->now;
    return app_write(ctx, &write);
}

/* Flags are numbered over the whole claim; the newest of each trust holds the highest number of all. */
static cd_err_t *compute_begin(compute_t *compute)
{
    app_ctx_t *ctx = compute->ctx;
    store_flag_t *latest;
    int i;

    CD_ERR(app_scheme_active(&compute->scheme, ctx));
    CD_ERR(store_flags_latest(&latest, &compute->latest_count, compute->head, 0, ctx->conn, ctx->pool));
    compute->latest = latest;
    compute->next_seq = 1;
    for (i = 0; i < compute->latest_count; i++)
        if (latest[i].seq >= compute->next_seq)
            compute->next_seq = latest[i].seq + 1;
    return NULL;
}

cd_err_t *app_flags_make(app_item_t items[CD_PARTIES_MAX], int *count_out, app_ctx_t *ctx, const store_head_t *head,
                         const char *org_code)
{
    app_claim_facts_t facts;
    compute_t compute = { .ctx = ctx, .head = head, .facts = &facts };
    const cd_parties_t *parties;
    int i;

    *count_out = 0;
    CD_ERR(app_claim_read(&facts, ctx, head, ctx->today));
    CD_ERR(compute_begin(&compute));
    memset(items, 0, sizeof(*items) * CD_PARTIES_MAX);
    parties = facts.claim->parties;
    for (i = 0; parties && i < CD_PARTIES_MAX; i++)
        if (parties->party[i].org_code && (!org_code || !strcmp(org_code, parties->party[i].org_code))) {
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
    CD_ERR(app_flags_make(items, &count, ctx, head, org_code));
    if (!count && org_code)
        return cd_err(ctx->pool, CD_E_NOT_FOUND, NULL, "no party of the claim");
    if (!count)
        return cd_err(ctx->pool, CD_E_INVALID, "link a trust to the claim before computing flags",
                      "a claim without parties");
    CD_ERR(flags_write(ctx, head, items, count, version));
    *count_out = ctx->replayed ? 0 : count;
    return NULL;
}
