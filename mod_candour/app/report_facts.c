/* report_facts.c: what a decision report is made of.
 *
 * The facts are those of the moment of the decision, so that the report goes on saying what was
 * decided on; only how the decision stands is of today. Never more than one trust is looked at. */
#include <string.h>

#include <apr_strings.h>

#include "app/report_core.h"
#include "audit/standing.h"
#include "base/json.h"
#include "base/text.h"
#include "store/report.h"

/* The claim as it was known at a moment. */
static const cd_claim_t *claim_then(const app_claim_facts_t *facts, cd_instant_t at,
                                    apr_pool_t *pool)
{
    cd_record_t *known = apr_pcalloc(pool, sizeof(*known) * (apr_size_t)(facts->all_count + 1));
    int i, count = 0;

    for (i = 0; i < facts->all_count; i++)
        if (facts->all[i].recorded_at <= at) {
            known[count] = facts->all[i];
            known[count++].superseded_by = 0;
        }
    return cd_claim_read(known, count, cd_london_date(at), pool);
}

static void share_fill(cd_report_facts_t *f)
{
    const cd_parties_t *parties = f->claim->parties;
    int i;

    for (i = 0; parties && i < CD_PARTIES_MAX; i++) {
        if (!parties->party[i].org_code)
            continue;
        if (strcmp(parties->party[i].org_code, f->org_code))
            f->other_trusts++;
        else
            f->share_bp = parties->party[i].share_bp;
    }
}

/* "ENG-20-NHS version 1, ENG-20-NHS version 2": each once. */
static const char *policies_of(const json_t *inputs, apr_pool_t *pool)
{
    const char *words = NULL;
    const json_t *one;
    size_t i;

    json_array_foreach(json_object_get(inputs, "cases"), i, one) {
        const json_t *eval = json_object_get(one, "evaluation");
        const char *code = json_string_value(json_object_get(eval, "policy"));
        const char *word =
            code ? apr_psprintf(pool, "%s version %d", code,
                                (int)json_integer_value(json_object_get(eval, "policy_version")))
                 : NULL;

        if (word && (!words || !strstr(words, word)))
            words = words ? apr_pstrcat(pool, words, ", ", word, NULL) : word;
    }
    return words;
}

static cd_err_t *flag_fill(cd_report_facts_t *f, app_ctx_t *ctx, const store_flag_t *row)
{
    const store_scheme_row_t *scheme;
    cd_scheme_input_t asked;
    app_flag_t *flag;
    json_t *inputs;

    CD_ERR(app_flag_from(&flag, ctx, row));
    CD_ERR(cd_json_read(&inputs, row->inputs, strlen(row->inputs), ctx->pool));
    scheme = app_scheme_cached(ctx, row->scheme_code, row->scheme_version);
    f->flag = flag->flag;
    f->flag_seq = row->seq;
    f->computed_on = cd_london_date(row->computed_at);
    f->engine = row->engine;
    f->inputs_hash = flag->inputs_hash;
    f->scheme = scheme ? scheme->scheme : NULL;
    f->scheme_code = row->scheme_code;
    f->scheme_version = row->scheme_version;
    CD_ERR(cd_flag_asked(&asked, NULL, row->inputs, row->answer, ctx->pool));
    f->breach_number = asked.breach_number;
    f->breach_units = asked.units;
    f->policies = policies_of(inputs, ctx->pool);
    return NULL;
}

cd_err_t *app_report_begin(cd_report_facts_t **out, const cd_org_t **org_out,
                           app_claim_facts_t *claim, app_ctx_t *ctx, const char *org_code,
                           int flag_seq, cd_instant_t known_at)
{
    cd_report_facts_t *f = apr_pcalloc(ctx->pool, sizeof(*f));
    cd_payable_t *payable = apr_pcalloc(ctx->pool, sizeof(*payable));
    store_flag_t *row = NULL;
    store_head_t *head;
    cd_org_id own;

    CD_ERR(app_file(&head, ctx, CD_RIGHT_CLAIM_READ));
    CD_ERR(app_reach(&own, ctx, CD_RIGHT_CLAIM_READ));
    *org_out = app_org_cached(ctx, org_code);
    if (!*org_out || (own && (*org_out)->id != own))
        return cd_err(ctx->pool, CD_E_NOT_FOUND, NULL, "no such trust within reach");
    CD_ERR(app_conn(ctx));
    CD_ERR(app_claim_read(claim, ctx, head, ctx->today));
    f->reference = head->reference;
    f->org_code = (*org_out)->code;
    f->org_name = (*org_out)->name;
    f->claim = known_at ? claim_then(claim, known_at, ctx->pool) : claim->claim;
    if (!f->claim->facts)
        return cd_err(ctx->pool, CD_E_FAILED, NULL, "%s: not known at that moment",
                      head->reference);
    CD_ERR(cd_payable(payable, cd_claim_money(f->claim, ctx->pool), ctx->pool));
    f->payable = payable;
    f->round = cd_round_read(f->claim, f->org_code, ctx->pool);
    share_fill(f);
    if (flag_seq) {
        CD_ERR(store_flag_get(&row, head, (*org_out)->id, flag_seq, ctx->conn, ctx->pool));
        if (!row)
            return cd_err(ctx->pool, CD_E_NOT_FOUND, NULL, "no such flag of the trust");
        CD_ERR(flag_fill(f, ctx, row));
    }
    *out = f;
    return NULL;
}

/* How the decision stands today; for a trust's user, as the trust was told. */
static cd_err_t *stand_fill(cd_report_facts_t *f, app_ctx_t *ctx, const app_claim_facts_t *claim,
                            int own)
{
    cd_stand_t *stand = apr_pcalloc(ctx->pool, sizeof(*stand));
    store_standing_t *rows;
    cd_decided_t *decided;
    int count, i;

    CD_ERR(audit_standings(&rows, &decided, &count, ctx->head, claim->all, claim->all_count,
                           ctx->conn, ctx->pool));
    for (i = 0; i < count; i++)
        if (decided[i].seq == f->decision_seq)
            *stand = own ? cd_decision_stand_told(decided, count, i, claim->claim)
                         : cd_decision_stand(decided, count, i, claim->claim);
    f->stand = stand;
    return NULL;
}

static cd_err_t *decision_of(const store_decision_t **out, app_ctx_t *ctx, const cd_org_t *org,
                             int decision_seq)
{
    store_decision_t *all;
    int count, i;

    *out = NULL;
    CD_ERR(app_conn(ctx));
    CD_ERR(store_decisions(&all, &count, ctx->head, org->id, ctx->conn, ctx->pool));
    for (i = 0; i < count; i++)
        if (all[i].seq == decision_seq)
            *out = &all[i];
    return *out ? NULL : cd_err(ctx->pool, CD_E_NOT_FOUND, NULL, "no such decision within reach");
}

cd_err_t *app_report_facts(cd_report_facts_t **out, const cd_org_t **org_out, app_ctx_t *ctx,
                           const char *org_code, int decision_seq, const cd_told_t *telling)
{
    const store_decision_t *row;
    unsigned char hash[32];
    app_claim_facts_t claim;
    cd_report_facts_t *f;
    store_head_t *head;
    cd_org_id own;

    CD_ERR(app_file(&head, ctx, CD_RIGHT_CLAIM_READ));
    CD_ERR(app_reach(&own, ctx, CD_RIGHT_CLAIM_READ));
    *org_out = app_org_cached(ctx, org_code);
    if (!*org_out || (own && (*org_out)->id != own))
        return cd_err(ctx->pool, CD_E_NOT_FOUND, NULL, "no such trust within reach");
    CD_ERR(decision_of(&row, ctx, *org_out, decision_seq));
    CD_ERR(app_report_begin(&f, org_out, &claim, ctx, org_code, row->flag_seq, row->decided_at));
    if (own && !cd_decision_for_trust(claim.claim, decision_seq))
        return cd_err(ctx->pool, CD_E_NOT_FOUND, NULL, "the trust was not told of it yet");
    f->decision_seq = row->seq;
    f->decision.outcome = row->outcome;
    f->decision.amount_p = row->amount_p;
    f->decision.reasons = row->reasons;
    f->decision.evidence_seen = row->evidence_seen;
    f->decision.facts = row->facts;
    f->decision.facts_not = row->facts_not;
    f->decided_by = row->decided_by_name ? row->decided_by_name : "system";
    f->decided_on = cd_london_date(row->decided_at);
    CD_ERR(store_decision_entry(&f->audit_seq, &f->decided_role, hash, head, decision_seq,
                                ctx->conn, ctx->pool));
    f->audit_hash = f->audit_seq ? cd_hex(hash, sizeof(hash), ctx->pool) : NULL;
    CD_ERR(stand_fill(f, ctx, &claim, own != 0));
    f->told =
        telling ? app_record_make(ctx, CD_REC_TOLD, head->last_seq + 1, telling) : f->stand->told;
    *out = f;
    return NULL;
}
