/* case_move.c: a case that goes to another trust, comes back from one, or turns out to be another
 * case.
 *
 * Both files get their entry in one transaction, so neither can name the other without being named
 * by it. A trust's user writes here in a file that they cannot read: no word of it comes back to
 * them but its reference. */
#include <string.h>

#include <apr_strings.h>

#include "app/core.h"
#include "app/notice.h"
#include "domain/lists.h"

/* One of the two files with what is added to it. */
typedef struct side_t {
    const cd_org_t *org;
    store_head_t after;
    const cd_record_t *all;
    int count;
    app_write_t write;
} side_t;

typedef struct move_t {
    const app_ctx_t *ctx;
    side_t here, there;
    cd_handover_t *given;                /* of a hand-over to a new file: gets its reference */
    /* the other file first: its reference is known when this one is written */
    app_write_t *writes[2];
} move_t;

int app_text_differs(const char *a, const char *b)
{
    return a && b ? strcmp(a, b) != 0 : a != b;
}

static void side_begin(side_t *side, const store_head_t *head, const cd_org_t *org,
                       const cd_record_t *all, int count)
{
    side->org = org;
    if (head)
        side->after = *head;
    side->all = all;
    side->count = count;
    side->write.before = head;
    side->write.version = head ? head->version : 0;
}

/* One more entry; every one of them is made in this request and by its actor. */
static void side_add(side_t *side, const app_ctx_t *ctx, cd_record_kind_t kind, const void *body)
{
    cd_record_t *record = app_record_make(ctx, kind, side->after.last_seq + 1, body);
    app_item_t *items =
        apr_pcalloc(ctx->pool, sizeof(*items) * (apr_size_t)(side->write.count + 1));

    if (side->write.count)
        memcpy(items, side->write.items, sizeof(*items) * (apr_size_t)side->write.count);
    items[side->write.count].record = record;
    items[side->write.count].role = record->role;
    items[side->write.count].action =
        kind == CD_REC_INCIDENT ? CD_ACT_CASE_CREATED : app_record_action(record);
    side->write.items = items;
    side->write.count++;
    side->all = app_records_with(side->all, side->count, record, ctx->pool);
    side->count++;
    side->after.last_seq = record->seq;
}

static cd_err_t *side_end(side_t *side, const app_ctx_t *ctx)
{
    side->write.after = &side->after;
    side->write.all = side->all;
    side->write.all_count = side->count;
    side->after.changed_at = ctx->now;
    return app_case_sum_up(&side->after, side->all, side->count, side->org, ctx->today, ctx->pool);
}

static void close_here(move_t *move, const app_ctx_t *ctx, cd_when_t closed, int reason)
{
    cd_closure_t *closure = apr_pcalloc(ctx->pool, sizeof(*closure));

    closure->closed = closed;
    closure->reason = reason;
    side_add(&move->here, ctx, CD_REC_CLOSURE, closure);
}

static cd_err_t *move_fix(void *baton, int index, apr_pool_t *pool)
{
    move_t *move = baton;

    (void)pool;
    if (index == 1 && move->given)
        move->given->other_ref = move->there.after.reference;
    return NULL;
}

static cd_err_t *move_write(int *seq_out, app_ctx_t *ctx, move_t *move)
{
    const int seq = move->here.write.items[0].record->seq;

    CD_ERR(side_end(&move->there, ctx));
    CD_ERR(side_end(&move->here, ctx));
    if (ctx->has_idem) {
        move->here.write.idem = ctx->idem;
        move->here.write.fingerprint = ctx->fingerprint;
    }
    move->writes[0] = &move->there.write;
    move->writes[1] = &move->here.write;
    CD_ERR(app_write_all(ctx, move->writes, 2, move_fix, move));
    *seq_out = ctx->replayed ? app_replayed_seq(ctx) : seq;
    return NULL;
}

/* ---- to another trust ---- */

/* The legal team of the other trust hears of it; a message names the case and nobody in it. */
static cd_err_t *tell_them(void *baton, store_conn_t *conn, apr_pool_t *pool)
{
    move_t *move = baton;
    app_notice_t notice = { .kind = APP_NOTICE_HANDED_OVER, .org = move->there.org->id,
                            .reference = move->there.after.reference };
    cd_user_id *users;
    int i, count;

    CD_ERR(store_users_in_role(&users, &count, 1u << CD_ROLE_TRUST_LEGAL, move->there.org->id, conn,
                               pool));
    for (i = 0; i < count; i++) {
        notice.to = users[i];
        CD_ERR(app_notice_put(conn, &notice, move->ctx->now, pool));
    }
    return NULL;
}

static const cd_org_t *org_check(app_ctx_t *ctx, const cd_handover_t *given, const cd_org_t *own,
                                 cd_problems_t *problems)
{
    const cd_org_t *org = app_org_cached(ctx, given->org_code);

    if (!given->org_code)
        return NULL;
    if (!org)
        cd_problem_add(problems, "org_code", NULL,
                       "Enter the code of a trust that is registered here");
    else if (org == own || !strcmp(org->code, own->code))
        cd_problem_add(problems, "org_code", NULL,
                       "Enter the code of another trust. %s is the one that has the case",
                       own->code);
    else if (org->closed_on && org->closed_on <= ctx->today)
        cd_problem_add(problems, "org_code", NULL, org->successor_code
                           ? "That trust closed on %s. Enter the code of its successor, %s"
                           : "That trust closed on %s",
                       cd_date_words(org->closed_on, problems->pool), org->successor_code);
    return org;
}

/* The case of `code` from which this one came, if it came from there: then it goes back into that
 * file. */
static cd_err_t *came_from(store_head_t **out, app_ctx_t *ctx, const cd_case_t *file,
                           const cd_org_t *org)
{
    const cd_record_t *record = NULL;
    const char *reference = NULL;

    *out = NULL;
    while ((record = cd_case_next(file, CD_REC_HANDOVER, record)) != NULL) {
        const cd_handover_t *handover = record->body;

        if (handover->direction == CD_DIRECTION_RECEIVED
            && !app_text_differs(handover->org_code, org->code))
            reference = handover->other_ref;
    }
    if (!reference)
        return NULL;
    return store_head_get(out, CD_FILE_CASE, reference, org->id, ctx->conn, ctx->pool);
}

/* The facts as a new file of the other trust has them: it was reported there on the day it was
 * handed over, and the number it has in the giver's own system says nothing there. */
static const cd_incident_t *facts_for(const app_ctx_t *ctx, const cd_case_t *file, cd_date_t handed)
{
    const cd_record_t *record = cd_case_last(file, CD_REC_INCIDENT);
    cd_incident_t *facts = apr_pmemdup(ctx->pool, record->body, sizeof(*facts));

    facts->reported_on = handed < ctx->today ? handed : ctx->today;
    facts->local_ref = NULL;
    return facts;
}

/* What a new file of the other trust begins with: the facts, the patient, each grading that stands.
 */
static void begin_there(move_t *move, app_ctx_t *ctx, const cd_case_t *file, const cd_org_t *org,
                        const cd_handover_t *received)
{
    const cd_record_t *record = cd_case_last(file, CD_REC_PATIENT);
    side_t *there = &move->there;

    side_begin(there, NULL, org, NULL, 0);
    there->after.kind = CD_FILE_CASE;
    there->after.org_id = org->id;
    there->after.org_code = org->code;
    there->after.org_name = org->name;
    there->after.created_at = ctx->now;
    side_add(there, ctx, CD_REC_INCIDENT, facts_for(ctx, file, received->handed.last));
    if (record)
        side_add(there, ctx, CD_REC_PATIENT, record->body);
    for (record = cd_case_next(file, CD_REC_GRADING, NULL); record;
         record = cd_case_next(file, CD_REC_GRADING, record))
        side_add(there, ctx, CD_REC_GRADING, record->body);
    side_add(there, ctx, CD_REC_HANDOVER, received);
}

/* Handed back: the file that was closed by handing it over goes on. */
static cd_err_t *go_on_there(move_t *move, app_ctx_t *ctx, const store_head_t *head,
                             const cd_org_t *org, const cd_handover_t *received)
{
    cd_reopening_t *reopening = apr_pcalloc(ctx->pool, sizeof(*reopening));
    cd_record_t *all;
    int count;

    CD_ERR(store_records(&all, &count, head, ctx->conn, ctx->pool));
    side_begin(&move->there, head, org, all, count);
    side_add(&move->there, ctx, CD_REC_HANDOVER, received);
    if (head->state != CD_CASE_CLOSED)
        return NULL;
    reopening->reopened = received->handed;
    reopening->reason = apr_psprintf(ctx->pool, "Handed back by %s (%s).", move->here.org->name,
                                     move->here.org->code);
    side_add(&move->there, ctx, CD_REC_REOPENING, reopening);
    return NULL;
}

static cd_err_t *hand_over(int *seq_out, app_ctx_t *ctx, move_t *move, const store_head_t *head,
                           const app_record_ask_t *ask, const cd_case_t *file,
                           cd_problems_t *problems)
{
    cd_handover_t *given = ask->body, *received;
    const cd_org_t *org = org_check(ctx, given, move->here.org, problems);
    store_head_t *back;

    CD_ERR(app_problems(problems));
    given->direction = CD_DIRECTION_GIVEN;
    received = apr_pmemdup(ctx->pool, given, sizeof(*received));
    received->direction = CD_DIRECTION_RECEIVED;
    received->org_code = move->here.org->code;
    received->other_ref = head->reference;
    CD_ERR(came_from(&back, ctx, file, org));
    if (back) {
        given->other_ref = back->reference;
        CD_ERR(go_on_there(move, ctx, back, org, received));
    } else {
        move->given = given;
        begin_there(move, ctx, file, org, received);
    }
    move->ctx = ctx;
    move->there.write.inside = tell_them;
    move->there.write.baton = move;
    side_add(&move->here, ctx, CD_REC_HANDOVER, given);
    close_here(move, ctx, given->handed, CD_CLOSED_HANDED_OVER);
    return move_write(seq_out, ctx, move);
}

/* ---- two cases of one incident ---- */

static cd_err_t *join(int *seq_out, app_ctx_t *ctx, move_t *move, const store_head_t *head,
                      const app_record_ask_t *ask, cd_problems_t *problems)
{
    cd_join_t *given = ask->body, *received;
    store_head_t *other = NULL;
    cd_record_t *all;
    int count;

    if (given->other_ref)
        CD_ERR(store_head_get(&other, CD_FILE_CASE, given->other_ref, head->org_id, ctx->conn,
                              ctx->pool));
    /* another trust's case is refused in the words for one that is not there */
    if (given->other_ref && !other)
        cd_problem_add(problems, "other_ref", NULL, "Your trust has no case with this reference");
    else if (other && other->id == head->id)
        cd_problem_add(problems, "other_ref", NULL,
                       "Enter the reference of the other case, not of this one");
    else if (other && other->state == CD_CASE_CLOSED)
        cd_problem_add(
            problems, "other_ref", NULL,
            "That case is closed. Open it again first, or join it to this one from there");
    CD_ERR(app_problems(problems));
    given->direction = CD_DIRECTION_GIVEN;
    given->other_ref = other->reference;
    received = apr_pmemdup(ctx->pool, given, sizeof(*received));
    received->direction = CD_DIRECTION_RECEIVED;
    received->other_ref = head->reference;
    CD_ERR(store_records(&all, &count, other, ctx->conn, ctx->pool));
    side_begin(&move->there, other, move->here.org, all, count);
    side_add(&move->there, ctx, CD_REC_JOIN, received);
    side_add(&move->here, ctx, CD_REC_JOIN, given);
    close_here(move, ctx, given->joined, CD_CLOSED_DUPLICATE);
    return move_write(seq_out, ctx, move);
}

cd_err_t *app_case_move(int *seq_out, app_ctx_t *ctx, store_head_t *head,
                        const app_record_ask_t *ask, const cd_record_t *all, int count,
                        const cd_org_t *org, cd_problems_t *problems)
{
    const cd_case_t *file = cd_case_read(all, count, org, ctx->today, ctx->pool);
    move_t *move = apr_pcalloc(ctx->pool, sizeof(*move));

    side_begin(&move->here, head, org, all, count);
    move->here.write.version = ask->version;
    if (ask->kind == CD_REC_JOIN)
        return join(seq_out, ctx, move, head, ask, problems);
    return hand_over(seq_out, ctx, move, head, ask, file, problems);
}
