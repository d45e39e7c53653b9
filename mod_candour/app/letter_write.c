/* letter_write.c: saving a letter, letting it out or giving it back, and marking it as sent. */
#include <string.h>

#include <apr_strings.h>

#include "app/content.h"
#include "app/letter_core.h"
#include "app/notice.h"
#include "base/text.h"
#include "store/letter.h"

/* ---- messages, inside the transaction ---- */

typedef struct tell_t {
    app_ctx_t *ctx;
    int kind;                            /* app_notice_kind_t */
    const char *step;
    cd_user_id to;                       /* 0: everyone of the trust who may let a letter out */
    int pdf_of;                          /* sign-off whose PDF is to be made, 0: none */
    int pdf_not;                         /* one whose PDF is to be made no more, 0: none */
} tell_t;

static apr_uint32_t signing_roles(void)
{
    apr_uint32_t roles = 0;

    for (int role = CD_ROLE_WARD; role <= CD_ROLE_APPROVER; role++)
        if (cd_role_reach((cd_role_t)role, CD_RIGHT_LETTER_SIGN) != CD_REACH_NONE)
            roles |= 1u << role;
    return roles;
}

static cd_err_t *tell_one(const tell_t *tell, cd_user_id to, store_conn_t *conn, apr_pool_t *pool)
{
    const store_head_t *head = tell->ctx->head;
    app_notice_t notice = { .kind = tell->kind,
                            .to = to,
                            .org = head->org_id,
                            .reference = head->reference,
                            .step = tell->step };

    return app_notice_put(conn, &notice, tell->ctx->now, pool);
}

static cd_err_t *tell_inside(void *baton, store_conn_t *conn, apr_pool_t *pool)
{
    const tell_t *tell = baton;
    const store_head_t *head = tell->ctx->head;
    cd_user_id *users;
    int count, i;

    if (tell->pdf_of)
        CD_ERR(store_letter_wait(head, tell->pdf_of, tell->ctx->now, conn, pool));
    if (tell->pdf_not)
        CD_ERR(store_letter_done(head, tell->pdf_not, conn, pool));
    if (!tell->kind)
        return NULL;
    if (tell->to)
        return tell_one(tell, tell->to, conn, pool);
    CD_ERR(store_signers(&users, &count, head->org_id, signing_roles(), tell->ctx->actor->id, conn,
                         pool));
    for (i = 0; i < count; i++)
        CD_ERR(tell_one(tell, users[i], conn, pool));
    return NULL;
}

/* ---- saving ---- */

/* The letter of that number in the case as it stands now. `writing`: what the actor is about to do
 * needs this right. */
static cd_err_t *letter_of(const app_letter_t **out, const cd_case_t **file_out, app_ctx_t *ctx,
                           cd_right_t right, int number)
{
    store_head_t *head;
    cd_record_t *all;
    const cd_org_t *org;
    cd_case_t *file;
    int count;

    CD_ERR(app_file(&head, ctx, right));
    CD_ERR(app_org(&org, ctx, head->org_code));
    CD_ERR(app_conn(ctx));
    CD_ERR(store_records(&all, &count, head, ctx->conn, ctx->pool));
    file = cd_case_read(all, count, org, ctx->today, ctx->pool);
    file->reference = head->reference;
    *file_out = file;
    *out = number ? app_letter_find(file, number, ctx->pool) : NULL;
    if (number && !*out)
        return cd_err(ctx->pool, CD_E_NOT_FOUND, NULL, "no letter %d", number);
    return NULL;
}

static void draft_check(const cd_draft_t *draft, const cd_case_t *file, cd_problems_t *problems)
{
    const cd_record_t *person = draft->person_seq ? cd_case_seq(file, draft->person_seq) : NULL;

    if (draft->language == CD_LANGUAGE_CY && file->org->jurisdiction != CD_JUR_WAL)
        cd_problem_add(problems, "language", NULL,
                       "Select English. Letters in Welsh are for bodies in Wales");
    else if (draft->language == CD_LANGUAGE_CY && draft->letter
             && !cd_letter_has(draft->letter, CD_LANGUAGE_CY))
        cd_problem_add(problems, "language", NULL,
                       "Select English. There is no Welsh text of this letter");
    if (draft->person_seq && (!person || person->kind != CD_REC_PERSON))
        cd_problem_add(problems, "person", NULL, "Select who the letter goes to");
}

cd_err_t *app_letter_save(int *number_out, app_ctx_t *ctx, int number, cd_draft_t *draft,
                          int version, cd_problems_t *problems)
{
    const app_letter_t *letter;
    const cd_case_t *file;
    tell_t tell = { .ctx = ctx,
                    .kind = draft->asked == CD_YES ? APP_NOTICE_TO_SIGN : 0,
                    .step = "Check a letter" };
    app_more_t more = { tell_inside, &tell };
    app_record_ask_t ask = { .kind = CD_REC_DRAFT, .body = draft, .version = version };
    int seq = 0;

    *number_out = number;
    CD_ERR(app_need(ctx, CD_RIGHT_CASE_WRITE));
    CD_ERR(letter_of(&letter, &file, ctx, CD_RIGHT_CASE_WRITE, number));
    CD_ERR(app_seen(ctx, ctx->head, version));
    if (!ctx->replayed) {
        if (letter && letter->state == APP_LETTER_SENT)
            cd_problem_add(problems, "", NULL, "The letter was sent. Write a new one");
        if (letter && letter->draft->letter != draft->letter)
            cd_problem_add(problems, "letter", NULL, "A letter stays of its kind. Write a new one");
        draft_check(draft, file, problems);
        ask.supersedes = letter ? letter->record->seq : 0;
        tell.pdf_not = letter && letter->state == APP_LETTER_APPROVED ? letter->signoff->seq : 0;
        ask.reason = "New version of the draft";
    }
    CD_ERR(app_case_record_more(&seq, ctx, &ask, &more, problems));
    if (!number)
        *number_out = seq;
    return NULL;
}

/* ---- letting out ---- */

static const char *reason_for(const app_verdict_t *verdict, const char *code)
{
    for (int i = 0; i < verdict->overruled_count; i++)
        if (!strcmp(verdict->overruled[i].code, code))
            return verdict->overruled[i].reason;
    return NULL;
}

/* A warning of this code was met before in the list: one reason is for all of them. */
static int met_before(const cd_letter_check_t *check, int index)
{
    for (int i = 0; i < index; i++)
        if (!strcmp(check->findings[i].code, check->findings[index].code))
            return 1;
    return 0;
}

enum { OVERRULED_MAX = 4000 };           /* as the field of the sign-off */

/* A reason for each warning, "CODE: reason" a line; a stop cannot be overruled. */
static const char *overruled_words(const cd_letter_check_t *check, const app_verdict_t *verdict,
                                   cd_problems_t *problems)
{
    const char *words = NULL, *last = NULL;

    for (int i = 0; i < check->finding_count; i++) {
        const cd_letter_finding_t *f = &check->findings[i];
        const char *reason = reason_for(verdict, f->code);

        if (f->severity == CD_LETTER_STOP)
            cd_problem_add(problems, "verdict", NULL, "%s %s", f->sentence, f->remedy);
        else if (met_before(check, i))
            continue;
        else if (!reason || cd_text_chars(reason) < 3)
            cd_problem_add(problems, apr_pstrcat(problems->pool, "overrule_", f->code, NULL), NULL,
                           "Enter why this may stay, or give the letter back");
        else {
            words =
                apr_pstrcat(problems->pool, words ? words : "", words ? "\n" : "", f->code, ": ",
                            apr_pstrmemdup(problems->pool, reason, strcspn(reason, "\n")), NULL);
            if (!last && cd_text_chars(words) > OVERRULED_MAX)
                last = f->code;
        }
    }
    if (last)
        cd_problem_add(problems, apr_pstrcat(problems->pool, "overrule_", last, NULL), NULL,
                       "The reasons why warnings may stay must be %d characters or fewer together",
                       OVERRULED_MAX);
    return words;
}

static cd_err_t *freeze(cd_signoff_t *body, app_ctx_t *ctx, const cd_letter_made_t *made)
{
    cd_buf_t *html = cd_buf_make(ctx->pool, 8192);
    app_content_t content;

    cd_letter_html(html, made);
    CD_ERR(app_content_stage(&content, ctx, html->data, html->len, "text/html"));
    body->sha256 = content.sha256;
    body->size = content.size;
    body->content = content.id;
    return NULL;
}

static cd_err_t *approve(cd_signoff_t *body, app_ctx_t *ctx, const cd_case_t *file,
                         const app_letter_t *letter, const app_verdict_t *verdict,
                         cd_problems_t *problems)
{
    cd_letter_ask_t ask = { file, letter->draft, ctx->today };
    const cd_letter_made_t *made = cd_letter_make(&ask, ctx->pool);
    cd_letter_check_t *check;

    CD_ERR(app_letter_check(&check, ctx, made));
    body->overruled = overruled_words(check, verdict, problems);
    CD_ERR(app_problems(problems));
    return freeze(body, ctx, made);
}

cd_err_t *app_letter_sign(app_ctx_t *ctx, int number, const app_verdict_t *verdict, int version,
                          cd_problems_t *problems)
{
    const app_letter_t *letter;
    const cd_case_t *file;
    cd_signoff_t *body = apr_pcalloc(ctx->pool, sizeof(*body));
    tell_t tell = { .ctx = ctx };
    app_more_t more = { tell_inside, &tell };
    app_record_ask_t ask = { .kind = CD_REC_SIGNOFF, .body = body, .version = version };
    const char *why_not;
    int seq;

    CD_ERR(app_need(ctx, CD_RIGHT_LETTER_SIGN));
    CD_ERR(letter_of(&letter, &file, ctx, CD_RIGHT_LETTER_SIGN, number));
    CD_ERR(app_seen(ctx, ctx->head, version));
    if (ctx->replayed)
        return NULL;
    why_not = app_letter_why_not(ctx, file, letter);
    if (why_not)
        return cd_err(ctx->pool, CD_E_FORBIDDEN, why_not, "letter %d, state %d", number,
                      letter->state);
    if (letter->state != APP_LETTER_TO_CHECK) {
        cd_problem_add(
            problems, "", NULL,
            "Nobody has asked for a check of this version yet. Ask its author to do that "
            "first");
        return app_problems(problems);
    }
    body->verdict = verdict->verdict;
    body->draft_seq = letter->record->seq;
    if (verdict->verdict == CD_VERDICT_APPROVED) {
        CD_ERR(approve(body, ctx, file, letter, verdict, problems));
        tell.pdf_of = ctx->head->last_seq + 1;
    } else {
        body->reason = verdict->reason;
        if (verdict->verdict == CD_VERDICT_RETURNED
            && (!body->reason || cd_text_chars(body->reason) < 3))
            cd_problem_add(problems, "reason", NULL, "Enter why it goes back");
        tell.kind = APP_NOTICE_RETURNED;
        tell.step = "Change a letter";
        tell.to = letter->record->recorded_by;
    }
    return app_case_record_more(&seq, ctx, &ask, &more, problems);
}

/* ---- sent ---- */

static const char *kept_where(const app_letter_t *letter, apr_pool_t *pool)
{
    return apr_psprintf(pool, "In this record: letter %d, as let out in entry %d", letter->number,
                        letter->signoff->seq);
}

/* The record that this letter is. */
static void sending_body(app_record_ask_t *ask, app_ctx_t *ctx, const app_letter_t *letter,
                         const app_sending_t *sending, const cd_letter_check_t *check)
{
    const cd_date_t signed_on = cd_london_date(letter->signoff->recorded_at);
    const char *kept = kept_where(letter, ctx->pool);
    cd_letter_t *first = apr_pcalloc(ctx->pool, sizeof(*first));
    cd_meeting_t *meeting = apr_pcalloc(ctx->pool, sizeof(*meeting));
    cd_results_t *results = apr_pcalloc(ctx->pool, sizeof(*results));
    cd_attempt_t *attempt = apr_pcalloc(ctx->pool, sizeof(*attempt));

    switch (letter->draft->letter) {
    case CD_LETTER_FIRST:
        *first =
            (cd_letter_t){ .dated =
                               cd_when_day(letter->draft->dated ? letter->draft->dated : signed_on),
                           .sent = sending->sent,
                           .proof = sending->proof,
                           .account_given = cd_letter_there(check, "ACCOUNT") ? CD_YES : CD_NO,
                           .enquiries_given = cd_letter_there(check, "ENQUIRIES") ? CD_YES : CD_NO,
                           .apology_given = cd_letter_there(check, "APOLOGY") ? CD_YES : CD_NO,
                           .copy_kept = kept,
                           .reason_if_late = sending->reason_if_late,
                           .signoff_seq = letter->signoff->seq };
        ask->kind = CD_REC_LETTER;
        ask->body = first;
        return;
    case CD_LETTER_INVITATION: case CD_LETTER_INTERIM:
        *meeting = (cd_meeting_t){ .step = letter->draft->letter == CD_LETTER_INVITATION
                                               ? CD_MEETING_OFFER
                                               : CD_MEETING_INTERIM_UPDATE,
                                   .held = sending->sent,
                                   .mode = sending->mode,
                                   .note = sending->proof,
                                   .signoff_seq = letter->signoff->seq };
        ask->kind = CD_REC_MEETING;
        ask->body = meeting;
        return;
    case CD_LETTER_RESULTS:
        *results = (cd_results_t){ .sent = sending->sent, .proof = sending->proof,
            .apology_given = cd_letter_there(check, "APOLOGY") ? CD_YES : CD_NO, .copy_kept = kept,
            .signoff_seq = letter->signoff->seq };
        ask->kind = CD_REC_RESULTS;
        ask->body = results;
        return;
    default:
        *attempt = (cd_attempt_t){ .tried = sending->sent,
                                   .mode = CD_MODE_LETTER,
                                   .tried_by = ctx->actor->name,
                                   .outcome = CD_ATTEMPT_NO_ANSWER,
                                   .note = sending->proof,
                                   .signoff_seq = letter->signoff->seq };
        ask->kind = CD_REC_ATTEMPT;
        ask->body = attempt;
    }
}

static void sending_check(const app_letter_t *letter, const app_sending_t *sending,
                          cd_problems_t *problems)
{
    cd_date_t signed_on = cd_london_date(letter->signoff->recorded_at);

    if (!cd_when_known(sending->sent))
        cd_problem_add(problems, "sent", NULL, "Enter the date it was given or sent");
    else if (sending->sent.last < signed_on)
        cd_problem_add(problems, "sent", "day",
                       "Date it was given or sent must be the same as or after %s, when the letter "
                       "was let out",
                       cd_date_words(signed_on, problems->pool));
    if (!sending->proof)
        cd_problem_add(problems, "proof", NULL, "Enter what proves that it was given or sent");
}

cd_err_t *app_letter_send(int *seq_out, app_ctx_t *ctx, int number, const app_sending_t *sending,
                          int version, cd_problems_t *problems)
{
    const app_letter_t *letter;
    const cd_case_t *file;
    cd_letter_check_t *check;
    app_record_ask_t ask = { .version = version };

    CD_ERR(app_need(ctx, CD_RIGHT_CASE_WRITE));
    CD_ERR(letter_of(&letter, &file, ctx, CD_RIGHT_CASE_WRITE, number));
    CD_ERR(app_seen(ctx, ctx->head, version));
    if (ctx->replayed) {
        *seq_out = app_replayed_seq(ctx);
        return NULL;
    }
    if (letter->state != APP_LETTER_APPROVED) {
        cd_problem_add(problems, "", NULL,
                       letter->state == APP_LETTER_SENT
                           ? "The letter was marked as sent already"
                           : "A second person has to let the letter out first");
        return app_problems(problems);
    }
    sending_check(letter, sending, problems);
    CD_ERR(app_problems(problems));
    CD_ERR(app_letter_check_signed(&check, ctx, file, letter));
    sending_body(&ask, ctx, letter, sending, check);
    return app_case_record_more(seq_out, ctx, &ask, NULL, problems);
}
