/* review.c: the trust is told of a decision, asks for a review, and another person answers.
 *
 * A review changes how the decision stands and nothing else: later decisions that had counted it
 * are listed for a person, and no payment is looked at. */
#include <string.h>

#include <apr_strings.h>

#include "app/decided_core.h"
#include "app/notice.h"
#include "app/report.h"

#define REVIEW_DAYS 28

/* ---- telling ------------------------------------------------------------- */

typedef struct telling_t {
    const app_decided_now_t *now;
    const cd_told_t *told;
    app_report_t *report;
} telling_t;

/* A decision that was reviewed once is at its end: it names no further day. */
static cd_date_t review_until(const app_decided_now_t *now, const cd_told_t *told)
{
    const int days =
        now->scheme && now->scheme->review_days ? now->scheme->review_days : REVIEW_DAYS;

    return now->stand.review || !told->on.last ? CD_NO_DATE : told->on.last + days;
}

static cd_err_t *tell_inside(void *baton, store_conn_t *conn, apr_pool_t *pool)
{
    const telling_t *telling = baton;
    const app_decided_now_t *now = telling->now;
    const char *step =
        telling->told->review_by
            ? "Read the decision on your trust. The day is the last one to ask for a review"
            : "Read how the review of the decision on your trust ended";

    CD_ERR(app_report_keep(telling->report, conn, pool));
    return app_decided_tell_all(now->ctx, CD_ROLE_TRUST_LEGAL, now->org, APP_NOTICE_DECIDED,
                                now->head->reference, step, telling->told->review_by, conn, pool);
}

cd_err_t *app_decided_tell(int *seq_out, app_ctx_t *ctx, const app_decided_ask_t *ask,
                           cd_told_t *body, cd_problems_t *problems)
{
    app_decided_now_t now;
    telling_t telling = { &now, body, NULL };
    const app_more_t more = { tell_inside, &telling };
    const void *bodies[1] = { body };

    CD_ERR(app_decided_begin(&now, seq_out, ctx, APP_STEP_TELL, ask));
    if (ctx->replayed)
        return NULL;
    body->org = now.org->code;
    body->decision_seq = ask->decision_seq;
    body->review_by = review_until(&now, body);
    app_decided_check(&now, CD_REC_TOLD, body, problems);
    if (body->on.last && body->on.last < cd_london_date(now.row->decided_at))
        cd_problem_add(problems, "on", NULL,
                       "The trust cannot be told before the decision was made, on %s",
                       cd_date_words(cd_london_date(now.row->decided_at), ctx->pool));
    CD_ERR(app_problems(problems));
    CD_ERR(app_report_hash(&telling.report, ctx, ask->org_code, ask->decision_seq, body));
    body->report_sha = telling.report->sha256;
    return app_decided_write(seq_out, &now, CD_REC_TOLD, bodies, 1, &more);
}

/* ---- asking for a review, and its answer --------------------------------- */

static cd_err_t *asked_inside(void *baton, store_conn_t *conn, apr_pool_t *pool)
{
    const app_decided_now_t *now = baton;

    return app_decided_tell_all(now->ctx, CD_ROLE_REVIEWER, NULL, APP_NOTICE_REVIEW_ASKED,
                                now->head->reference, NULL, CD_NO_DATE, conn, pool);
}

cd_err_t *app_decided_ask_review(int *seq_out, app_ctx_t *ctx, const app_decided_ask_t *ask,
                                 cd_review_asked_t *body, cd_problems_t *problems)
{
    app_decided_now_t now;
    const app_more_t more = { asked_inside, &now };
    const void *bodies[1] = { body };
    const cd_told_t *told;

    CD_ERR(app_decided_begin(&now, seq_out, ctx, APP_STEP_ASK_REVIEW, ask));
    if (ctx->replayed)
        return NULL;
    body->org = now.org->code;
    body->decision_seq = ask->decision_seq;
    app_decided_check(&now, CD_REC_REVIEW_ASKED, body, problems);
    told = now.stand.told->body;
    if (told->review_by && ctx->today > told->review_by && (!body->text || strlen(body->text) < 40))
        cd_problem_add(problems, "text", NULL,
                       "The last day was %s. Say what is wrong and why you ask only now, in 40 "
                       "characters or more",
                       cd_date_words(told->review_by, ctx->pool));
    CD_ERR(app_problems(problems));
    return app_decided_write(seq_out, &now, CD_REC_REVIEW_ASKED, bodies, 1, &more);
}

static void sum_check(const app_decided_now_t *now, const cd_review_t *body,
                      cd_problems_t *problems)
{
    const apr_int64_t most_p = now->flag ? now->flag->indicated_p : 0;
    apr_pool_t *pool = now->ctx->pool;

    if (body->outcome != CD_REVIEW_VARIED) {
        if (body->amount_p)
            cd_problem_add(problems, "amount_p", NULL,
                           "Leave the new sum empty unless you change the sum");
        return;
    }
    if (body->amount_p < 0 || body->amount_p > most_p)
        cd_problem_add(problems, "amount_p", NULL,
                       "The new sum must be between £0.00 and %s, the sum that the flag gave",
                       cd_pence_words(most_p, pool));
    else if (body->amount_p == now->row->amount_p)
        cd_problem_add(problems, "amount_p", NULL,
                       "The new sum must be another than %s, which was decided",
                       cd_pence_words(now->row->amount_p, pool));
}

typedef struct reviewing_t { app_decided_now_t *now; const cd_review_t *body; } reviewing_t;

static int falls_away(const cd_review_t *body)
{
    return body->outcome == CD_REVIEW_QUASHED
           || (body->outcome == CD_REVIEW_VARIED && !body->amount_p);
}

static cd_err_t *review_inside(void *baton, store_conn_t *conn, apr_pool_t *pool)
{
    const reviewing_t *reviewing = baton;
    const app_decided_now_t *now = reviewing->now;
    const app_cause_t cause = { now->org->id, now->head->id, now->row->seq, now->row->decided_at,
                                now->ctx->now };

    return falls_away(reviewing->body) ? app_counted_put(&cause, conn, pool) : NULL;
}

cd_err_t *app_decided_review(int *seq_out, app_ctx_t *ctx, const app_decided_ask_t *ask,
                             cd_review_t *body, cd_problems_t *problems)
{
    app_decided_now_t now;
    reviewing_t reviewing = { &now, body };
    const app_more_t more = { review_inside, &reviewing };
    const void *bodies[1] = { body };

    CD_ERR(app_decided_begin(&now, seq_out, ctx, APP_STEP_REVIEW, ask));
    if (ctx->replayed)
        return NULL;
    body->org = now.org->code;
    body->decision_seq = ask->decision_seq;
    body->asked_seq = now.stand.review_asked->seq;
    app_decided_check(&now, CD_REC_REVIEW, body, problems);
    sum_check(&now, body, problems);
    CD_ERR(app_problems(problems));
    return app_decided_write(seq_out, &now, CD_REC_REVIEW, bodies, 1, &more);
}

/* ---- looking at a decision again ----------------------------------------- */

typedef struct looking_t { const store_look_t *look; int seq; } looking_t;

static cd_err_t *look_inside(void *baton, store_conn_t *conn, apr_pool_t *pool)
{
    const looking_t *looking = baton;

    return store_look_end(looking->look, looking->seq, conn, pool);
}

cd_err_t *app_decided_look(int *seq_out, app_ctx_t *ctx, const app_decided_ask_t *ask,
                           cd_looked_t *body, cd_problems_t *problems)
{
    app_decided_now_t now;
    looking_t looking = { NULL, 0 };
    const app_more_t more = { look_inside, &looking };
    const void *bodies[1] = { body };

    CD_ERR(app_decided_begin(&now, seq_out, ctx, APP_STEP_LOOK, ask));
    if (ctx->replayed)
        return NULL;
    body->org = now.org->code;
    body->decision_seq = ask->decision_seq;
    /* each breach that fell away is looked at by itself */
    looking.look = now.next_look;
    body->cause = apr_psprintf(ctx->pool, "%s %d", looking.look->cause_reference,
                               looking.look->cause_seq);
    app_decided_check(&now, CD_REC_LOOKED, body, problems);
    CD_ERR(app_problems(problems));
    looking.seq = now.head->last_seq + 1;
    return app_decided_write(seq_out, &now, CD_REC_LOOKED, bodies, 1, &more);
}
