/* flag_input.c: what a flag is computed from, read from the records: as they are, or as they stood
 * at an instant.
 *
 * Computing and replaying a flag read through the same functions, so that a replay asks whether the
 * records of that moment still give the stored inputs. Numbers that no record holds (breaches
 * before, the contribution) are the caller's. */
#include <string.h>

#include <apr_strings.h>

#include "app/claim_core.h"
#include "app/flag_input.h"
#include "app/scheme.h"

/* Records that were there at an instant; 0: all of them. In the order they were added. */
static int known_then(cd_record_t *all, int count, cd_instant_t until)
{
    int i = 0;

    while (i < count && (!until || all[i].recorded_at <= until))
        i++;
    return i;
}

cd_err_t *app_claim_then(app_claim_facts_t *out, app_ctx_t *ctx, const store_head_t *head,
                         const app_moment_t *moment)
{
    const cd_claim_money_t *money;
    cd_record_t *all;
    int count;

    memset(out, 0, sizeof(*out));
    CD_ERR(app_conn(ctx));
    CD_ERR(store_records(&all, &count, head, ctx->conn, ctx->pool));
    out->all = all;
    out->all_count = known_then(all, count, moment->until);
    out->claim = cd_claim_read(all, out->all_count, moment->as_at, ctx->pool);
    out->claim->id = head->id;
    out->claim->reference = head->reference;
    out->claim->version = head->version;
    money = cd_claim_money(out->claim, ctx->pool);
    CD_ERR(cd_payable(&out->payable, money, ctx->pool));
    return cd_ledger(&out->ledger, money, ctx->pool);
}

/* A case evaluated as it stood. */
static cd_err_t *judge_then(app_judged_t *out, app_ctx_t *ctx, const store_head_t *head,
                            const app_moment_t *moment)
{
    const cd_calendar_t *cal;
    cd_evaluation_t *eval = NULL;
    cd_record_t *all;
    cd_case_t *file;
    int count;

    if (!moment->until)
        return app_case_judge(out, ctx, head, moment->as_at);
    memset(out, 0, sizeof(*out));
    CD_ERR(app_org(&out->org, ctx, head->org_code));
    CD_ERR(store_records(&all, &count, head, ctx->conn, ctx->pool));
    file = cd_case_read(all, known_then(all, count, moment->until), out->org, moment->as_at,
                        ctx->pool);
    out->file = file;
    out->policy = app_case_policy(file, out->org);
    if (!out->policy)
        return NULL;
    CD_ERR(app_calendar(&cal, ctx, cd_org_division(out->org)));
    CD_ERR(cd_evaluate(&eval, file, out->policy, cal, moment->as_at, ctx->pool));
    out->eval = eval;
    return NULL;
}

typedef struct build_t {
    app_ctx_t *ctx;
    cd_flag_input_t *input;
    cd_flag_case_t *cases;
    cd_flag_seen_t *seen;
    cd_flag_record_t *records;
} build_t;

static void record_name(build_t *build, const char *reference, const cd_case_t *file, int seq)
{
    const cd_record_t *record = cd_case_seq(file, seq);
    cd_flag_input_t *input = build->input;
    int i;

    for (i = 0; i < input->record_count; i++)
        if (build->records[i].seq == seq && build->records[i].case_reference == reference)
            return;
    if (record)
        build->records[input->record_count++] =
            (cd_flag_record_t){ reference, seq, record->kind, record->happened };
}

/* Kind and day of each record that an evaluation rests on: so that the flag can name it, later too.
 */
static void records_name(build_t *build, const char *reference, const app_judged_t *judged)
{
    int i, k;

    for (i = 0; i < judged->eval->count; i++) {
        const cd_result_t *result = &judged->eval->results[i];

        for (k = 0; k < result->evidence_count; k++)
            record_name(build, reference, judged->file, result->evidence[k]);
        if (result->by_person)
            record_name(build, reference, judged->file, result->by_person);
    }
}

static cd_err_t *case_add(build_t *build, const cd_org_t *org, const char *reference,
                          const app_moment_t *moment)
{
    app_ctx_t *ctx = build->ctx;
    cd_flag_input_t *input = build->input;
    store_head_t *head;
    app_judged_t judged;

    CD_ERR(store_head_get(&head, CD_FILE_CASE, reference, org->id, ctx->conn, ctx->pool));
    if (!head)
        return cd_err(ctx->pool, CD_E_FAILED, NULL, "linked case %s is not there", reference);
    build->seen[input->seen_count++] = (cd_flag_seen_t){ reference, head->version };
    CD_ERR(judge_then(&judged, ctx, head, moment));
    if (judged.gap)
        return cd_err(ctx->pool, CD_E_RANGE, judged.gap, "case %s cannot be evaluated", reference);
    if (!judged.eval)
        return NULL;   /* no duty applied: such a case can carry no flag */
    build->cases[input->case_count++] = (cd_flag_case_t){ reference, judged.eval };
    records_name(build, reference, &judged);
    return NULL;
}

static cd_err_t *cases_add(cd_flag_input_t *input, app_ctx_t *ctx, const cd_org_t *org,
                           const char *cases, const app_moment_t *moment)
{
    build_t build = { .ctx = ctx, .input = input };
    int count, i;
    const char **refs = app_case_refs(&count, cases, ctx->pool);

    build.cases = apr_pcalloc(ctx->pool, sizeof(*build.cases) * (CD_PARTY_CASES_MAX + 1));
    build.seen = apr_pcalloc(ctx->pool, sizeof(*build.seen) * (CD_PARTY_CASES_MAX + 1));
    build.records =
        apr_pcalloc(ctx->pool, sizeof(*build.records) * CD_PARTY_CASES_MAX * CD_FLAG_CASE_RECORDS);
    for (i = 0; i < count && i < CD_PARTY_CASES_MAX; i++)
        CD_ERR(case_add(&build, org, refs[i], moment));
    input->cases = build.cases;
    input->seen = build.seen;
    input->records = build.records;
    return NULL;
}

/* The trust's part of every sum. */
static cd_err_t *sums_fill(cd_scheme_input_t *sums, const app_claim_facts_t *facts, int row,
                           apr_pool_t *pool)
{
    const cd_parties_t *parties = facts->claim->parties;
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
    return NULL;
}

cd_err_t *app_flag_input(cd_flag_input_t *input, app_ctx_t *ctx, const app_claim_facts_t *facts,
                         const cd_org_t *org, int row, const app_moment_t *moment)
{
    const cd_party_t *party = &facts->claim->parties->party[row];

    input->org_code = org->code;
    input->jurisdiction = org->jurisdiction;
    input->claim_scheme = facts->claim->facts->scheme;
    input->as_at = moment->as_at;
    CD_ERR(cases_add(input, ctx, org, party->cases, moment));
    CD_ERR(app_calendar(&input->cal, ctx, cd_org_division(org)));
    cd_flag_round(input, facts->claim, org->code, ctx->pool);
    CD_ERR(app_contribution_of(&input->sums.contribution_p, ctx, org->id, ctx->today));
    return sums_fill(&input->sums, facts, row, ctx->pool);
}
