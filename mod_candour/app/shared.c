/* shared.c: information given to another body: exactly what is given, its hash, and the record that
 * it was.
 *
 * What is given is made by the program from the record, so that the hash says which facts they
 * were. */
#include <string.h>

#include <apr_strings.h>

#include "app/decided_core.h"
#include "app/report.h"
#include "base/json.h"
#include "base/text.h"

const cd_token_t app_share_parts[] = {
    { APP_SHARE_DECISION, "decision", "The report of the decision on the trust" },
    { APP_SHARE_NO_EVIDENCE, "no-evidence", "That the trust did not provide the evidence that it "
      "was asked for" },
    { 0, NULL, NULL }
};

/* Each material rule that nothing on record answers. */
static void write_reasons(cd_jsonw_t *w, const cd_flag_t *flag)
{
    int i;

    cd_jsonw_name(w, "evidence_not_provided");
    cd_jsonw_open(w, '[');
    for (i = 0; i < flag->reason_count; i++) {
        const cd_result_t *result = flag->reasons[i].result;

        if (!flag->reasons[i].material || !result->rule || flag->reasons[i].part == CD_REST
            || (result->status != CD_ST_UNDETERMINED && result->status != CD_ST_PENDING))
            continue;
        cd_jsonw_open(w, '{');
        cd_jsonw_put_text(w, "rule", result->rule->code);
        cd_jsonw_put_text(w, "authority", result->rule->citation);
        cd_jsonw_put_text(w, "case", flag->reasons[i].case_reference);
        cd_jsonw_put_text(w, "status", cd_token_word(cd_statuses, (int)result->status));
        cd_jsonw_put_text(w, "sentence", result->sentence);
        cd_jsonw_close(w, '}');
    }
    cd_jsonw_close(w, ']');
}

/* The facts of evidence that was not provided; of a decision its report is given (app/report.h). */
static const char *missing_make(const app_share_t *share, const app_party_t *party,
                                apr_pool_t *pool)
{
    cd_buf_t *buf = cd_buf_make(pool, 2048);
    const app_flag_t *flag = party->flag;
    cd_jsonw_t w;

    cd_jsonw_init(&w, buf, 1);
    cd_jsonw_open(&w, '{');
    cd_jsonw_put_text(&w, "what", cd_token_word(app_share_parts, share->part));
    cd_jsonw_put_text(&w, "claim", share->claim->row.reference);
    cd_jsonw_put_text(&w, "organisation", share->org->code);
    cd_jsonw_put_text(&w, "organisation_name", share->org->name);
    cd_jsonw_put_text(&w, "scheme", flag->scheme_code);
    cd_jsonw_put_int(&w, "scheme_version", flag->scheme_version);
    cd_jsonw_put_text(&w, "flag", cd_token_word(cd_flag_states, (int)flag->flag->state));
    cd_jsonw_put_int(&w, "flag_number", flag->seq);
    cd_jsonw_put_text(&w, "computed_on", cd_date_iso(cd_london_date(flag->computed_at), pool));
    if (flag->flag->answer_by)
        cd_jsonw_put_text(&w, "answer_was_due", cd_date_iso(flag->flag->answer_by, pool));
    write_reasons(&w, flag->flag);
    cd_jsonw_close(&w, '}');
    return buf->data;
}

static const app_party_t *party_of(const app_claim_view_t *claim, const char *org_code)
{
    int i;

    for (i = 0; i < claim->party_count; i++)
        if (!strcmp(claim->parties[i].org->code, org_code))
            return &claim->parties[i];
    return NULL;
}

cd_err_t *app_share_made(app_share_t **out, app_ctx_t *ctx, const char *org_code, int part)
{
    app_share_t *share = apr_pcalloc(ctx->pool, sizeof(*share));
    const app_party_t *party;
    unsigned char sha[32];

    CD_ERR(app_need(ctx, CD_RIGHT_CLAIM_WRITE));
    CD_ERR(app_claim_view(&share->claim, ctx, CD_NO_DATE));
    party = party_of(share->claim, org_code);
    if (!party)
        return cd_err(ctx->pool, CD_E_NOT_FOUND, NULL, "no party within reach");
    share->org = party->org;
    share->part = part;
    if (!party->flag)
        return cd_err(ctx->pool, CD_E_STALE, "no flag of this trust has been computed yet",
                      "no flag to tell of");
    if (part == APP_SHARE_DECISION && !party->decision)
        return cd_err(ctx->pool, CD_E_STALE, "no decision on this trust was made yet",
                      "no decision to tell of");
    if (part == APP_SHARE_DECISION && (party->decision->standing == CD_STAND_PROPOSED
                                       || party->decision->standing == CD_STAND_RETURNED))
        return cd_err(ctx->pool, CD_E_STALE,
                      "the decision counts for nothing until a second person confirms it",
                      "a decision that does not stand");
    if (part == APP_SHARE_NO_EVIDENCE && party->flag->flag->state != CD_FLAG_EVIDENCE_NOT_PROVIDED)
        return cd_err(ctx->pool, CD_E_STALE, "the flag does not say that evidence was not provided",
                      "nothing is missing to tell of");
    if (part == APP_SHARE_DECISION) {
        app_report_t *report;
        CD_ERR(app_report_now(&report, ctx, org_code, party->decision->seq));
        share->content = report->json;
    } else
        share->content = missing_make(share, party, ctx->pool);
    store_sha256(sha, share->content, strlen(share->content));
    share->sha256 = cd_hex(sha, sizeof(sha), ctx->pool);
    *out = share;
    return NULL;
}

cd_err_t *app_share(int *seq_out, app_ctx_t *ctx, const char *org_code, int part, cd_shared_t *body,
                    const char *seen_sha, int version, cd_problems_t *problems)
{
    app_record_ask_t ask = { .kind = CD_REC_SHARED, .body = body, .version = version };
    app_share_t *share;
    store_head_t *head;

    CD_ERR(app_file(&head, ctx, CD_RIGHT_CLAIM_WRITE));
    CD_ERR(app_seen(ctx, head, version));
    if (ctx->replayed) {
        *seq_out = app_replayed_seq(ctx);
        return NULL;
    }
    CD_ERR(app_share_made(&share, ctx, org_code, part));
    if (!seen_sha || strcmp(seen_sha, share->sha256))
        return cd_err(ctx->pool, CD_E_STALE, "what would be given has changed since you read it",
                      "another hash was seen");
    body->org = share->org->code;
    body->content_sha = share->sha256;
    return app_claim_record(seq_out, ctx, &ask, problems);
}
