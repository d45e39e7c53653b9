/* flag_replay.c: the same inputs give the same flag, byte for byte: computed again and compared.
 *
 * Two questions. Do the stored inputs give the stored answer under the scheme's settings that stand
 * in them? And do the records as they stood at that instant give the stored inputs? Numbers that no
 * record holds (how many breaches there were before, the yearly contribution, versions of files,
 * how many holidays were known) are taken as stored in the second. */
#include <string.h>

#include <apr_strings.h>

#include "app/flag_input.h"
#include "app/flag_replay.h"

typedef struct replay_t {
    app_ctx_t *ctx;
    const store_head_t *head;
    const store_flag_t *row;
    app_replay_t *out;
} replay_t;

static int row_of(const cd_parties_t *parties, const char *code)
{
    int i;

    for (i = 0; parties && i < CD_PARTIES_MAX; i++)
        if (parties->party[i].org_code && !strcmp(parties->party[i].org_code, code))
            return i;
    return -1;
}

/* What the records of that instant give; the scheme and the numbers that no record holds are the
 * caller's. */
static cd_err_t *rebuild(cd_flag_input_t *input, replay_t *replay, cd_date_t as_at)
{
    const app_moment_t then = { as_at, replay->row->computed_at };
    app_claim_facts_t facts;
    const cd_org_t *org;
    int row;

    CD_ERR(app_claim_then(&facts, replay->ctx, replay->head, &then));
    row = row_of(facts.claim->parties, replay->row->org_code);
    if (row < 0)
        return cd_err(replay->ctx->pool, CD_E_FAILED, NULL,
                      "the trust was no party of the claim then");
    CD_ERR(app_org(&org, replay->ctx, replay->row->org_code));
    return app_flag_input(input, replay->ctx, &facts, org, row, &then);
}

static cd_err_t *from_inputs(replay_t *replay)
{
    apr_pool_t *pool = replay->ctx->pool;
    app_replay_t *out = replay->out;
    cd_flag_input_t *input, then = { 0 };
    cd_calendar_t known_then;
    const char *inputs;
    cd_flag_t *flag;

    CD_ERR(cd_flag_inputs_read(&input, replay->row->inputs, pool));
    CD_ERR(cd_flag_compute(&flag, input, pool));
    out->state_now = (int)flag->state;
    out->sum_now_p = flag->indicated_p;
    out->answer_same =
        !cd_json_differ(&out->answer, replay->row->answer, cd_flag_json(flag, pool), pool);
    CD_ERR(rebuild(&then, replay, input->as_at));
    then.scheme = input->scheme;
    then.breaches_before = input->breaches_before;
    then.sums.contribution_p = input->sums.contribution_p;
    then.seen = input->seen;
    then.seen_count = input->seen_count;
    /* years are added to the list of holidays: what they change shows in the cases */
    known_then = *then.cal;
    known_then.count = input->cal->count;
    then.cal = &known_then;
    inputs = cd_flag_inputs_json(&then, pool);
    out->inputs_same = !cd_json_differ(&out->inputs, replay->row->inputs, inputs, pool);
    return NULL;
}

/* Another engine wrote the inputs in another way: the records of then are reckoned anew, and state
 * and sum compared. */
static cd_err_t *from_records(replay_t *replay)
{
    app_ctx_t *ctx = replay->ctx;
    app_replay_t *out = replay->out;
    const store_scheme_row_t *scheme =
        app_scheme_cached(ctx, replay->row->scheme_code, replay->row->scheme_version);
    cd_scheme_input_t asked;
    cd_flag_input_t then = { 0 };
    cd_flag_t *flag;

    out->why_not =
        apr_psprintf(ctx->pool,
                     "This flag was computed by engine %s, and this program has engine %s, which "
                     "writes in another way. So its bytes cannot be compared; what it says can.",
                     out->engine, out->engine_now);
    if (!scheme)
        return NULL;
    CD_ERR(cd_flag_asked(&asked, NULL, replay->row->inputs, replay->row->answer, ctx->pool));
    CD_ERR(rebuild(&then, replay, cd_london_date(replay->row->computed_at)));
    then.scheme = scheme->scheme;
    then.breaches_before = asked.breach_number - (asked.units ? asked.units : 1);
    if (then.breaches_before < 0)
        then.breaches_before = 0;          /* none was counted then */
    then.sums.contribution_p = asked.contribution_p;
    CD_ERR(cd_flag_compute(&flag, &then, ctx->pool));
    out->state_now = (int)flag->state;
    out->sum_now_p = flag->indicated_p;
    return NULL;
}

static cd_err_t *flag_of_decision(int *flag_seq, app_ctx_t *ctx, const store_head_t *head,
                                  cd_org_id org_id, int decision_seq)
{
    store_decision_t *decisions;
    int i, count;

    CD_ERR(store_decisions(&decisions, &count, head, org_id, ctx->conn, ctx->pool));
    for (i = 0; i < count; i++)
        if (decisions[i].seq == decision_seq) {
            *flag_seq = decisions[i].flag_seq;
            return NULL;
        }
    return cd_err(ctx->pool, CD_E_NOT_FOUND, NULL, "no such decision within reach");
}

static cd_err_t *flag_find(const store_flag_t **out, app_ctx_t *ctx, const store_head_t *head,
                           cd_org_id org_id, int seq)
{
    store_flag_t *flags;
    int i, count;

    CD_ERR(store_flags_of_org(&flags, &count, head, org_id, ctx->conn, ctx->pool));
    for (i = 0; i < count; i++)
        if (flags[i].seq == seq) {
            *out = &flags[i];
            return NULL;
        }
    return cd_err(ctx->pool, CD_E_NOT_FOUND, NULL, "no such flag within reach");
}

static app_replay_t *described(const store_head_t *head, const store_flag_t *row, int decision_seq,
                               apr_pool_t *pool)
{
    app_replay_t *out = apr_pcalloc(pool, sizeof(*out));
    unsigned char hash[32];

    store_sha256(hash, row->inputs, strlen(row->inputs));
    out->reference = head->reference;
    out->org_code = row->org_code;
    out->org_name = row->org_name;
    out->flag_seq = row->seq;
    out->decision_seq = decision_seq;
    out->computed_at = row->computed_at;
    out->scheme_code = row->scheme_code;
    out->scheme_version = row->scheme_version;
    out->engine = row->engine;
    out->engine_now = CD_ENGINE_VERSION;
    out->same_engine = !strcmp(row->engine, CD_ENGINE_VERSION);
    out->fingerprint = !memcmp(hash, row->inputs_hash, sizeof(hash));
    out->state_then = row->state;
    out->sum_then_p = row->indicated_p;
    return out;
}

cd_err_t *app_replay(app_replay_t **out, app_ctx_t *ctx, int flag_seq, int decision_seq)
{
    replay_t replay = { .ctx = ctx };
    store_head_t *head;
    cd_org_id org_id;

    CD_ERR(app_file(&head, ctx, CD_RIGHT_CLAIM_READ));
    CD_ERR(app_reach(&org_id, ctx, CD_RIGHT_CLAIM_READ));
    CD_ERR(app_conn(ctx));
    if (decision_seq)
        CD_ERR(flag_of_decision(&flag_seq, ctx, head, org_id, decision_seq));
    CD_ERR(flag_find(&replay.row, ctx, head, org_id, flag_seq));
    replay.head = head;
    replay.out = described(head, replay.row, decision_seq, ctx->pool);
    CD_ERR(replay.out->same_engine ? from_inputs(&replay) : from_records(&replay));
    *out = replay.out;
    return NULL;
}
