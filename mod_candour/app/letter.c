/* letter.c: the letters of a case as they stand, and what this person may do with each. Writes
 * nothing. */
#include <string.h>

#include <apr_strings.h>
#include <apr_tables.h>

#include "app/content.h"
#include "app/letter.h"
#include "app/letter_core.h"

const cd_token_t app_letter_states[] = {
    { APP_LETTER_DRAFTED, "DRAFTED", "Draft" },
    { APP_LETTER_TO_CHECK, "TO_CHECK", "Waits for a check" },
    { APP_LETTER_RETURNED, "RETURNED", "Back to the author" },
    { APP_LETTER_APPROVED, "APPROVED", "Let out, not sent yet" },
    { APP_LETTER_SENT, "SENT", "Sent" },
    { 0, NULL, NULL }
};

/* The first version of a draft, by what each supersedes. */
static const cd_record_t *first_version(const cd_case_t *file, const cd_record_t *record,
                                        int *versions)
{
    const cd_record_t *before;

    for (*versions = 1; record->supersedes; record = before, (*versions)++) {
        before = cd_case_seq(file, record->supersedes);
        if (!before || before->kind != CD_REC_DRAFT)
            break;
    }
    return record;
}

int app_signoff_seq(const cd_record_t *record)
{
    switch (record->kind) {
    case CD_REC_LETTER: return ((const cd_letter_t *)record->body)->signoff_seq;
    case CD_REC_MEETING: return ((const cd_meeting_t *)record->body)->signoff_seq;
    case CD_REC_RESULTS: return ((const cd_results_t *)record->body)->signoff_seq;
    case CD_REC_ATTEMPT: return ((const cd_attempt_t *)record->body)->signoff_seq;
    case CD_REC_DOCUMENT: return ((const cd_document_t *)record->body)->signoff_seq;
    default: return 0;
    }
}

static void states(app_letter_t *letter, const cd_case_t *file)
{
    for (int i = 0; i < file->count; i++) {
        const cd_record_t *r = &file->records[i];

        if (r->superseded_by)
            continue;
        if (r->kind == CD_REC_SIGNOFF
            && ((const cd_signoff_t *)r->body)->draft_seq == letter->record->seq)
            letter->signoff = r;
        else if (letter->signoff && app_signoff_seq(r) == letter->signoff->seq)
            *(r->kind == CD_REC_DOCUMENT ? &letter->pdf : &letter->sent) = r;
    }
    letter->state = letter->draft->asked == CD_YES ? APP_LETTER_TO_CHECK : APP_LETTER_DRAFTED;
    if (letter->signoff)
        letter->state =
            ((const cd_signoff_t *)letter->signoff->body)->verdict == CD_VERDICT_RETURNED
                ? APP_LETTER_RETURNED
            : letter->sent ? APP_LETTER_SENT
                           : APP_LETTER_APPROVED;
}

app_letter_t *app_letters(int *count_out, const cd_case_t *file, apr_pool_t *pool)
{
    apr_array_header_t *list = apr_array_make(pool, 4, sizeof(app_letter_t));

    for (int i = file->count - 1; i >= 0; i--) {
        const cd_record_t *r = &file->records[i];
        app_letter_t *letter;

        if (r->kind != CD_REC_DRAFT || r->superseded_by)
            continue;
        letter = apr_array_push(list);
        memset(letter, 0, sizeof(*letter));
        letter->record = r;
        letter->draft = r->body;
        letter->number = first_version(file, r, &letter->versions)->seq;
        states(letter, file);
    }
    *count_out = list->nelts;
    return (app_letter_t *)list->elts;
}

const app_letter_t *app_letter_find(const cd_case_t *file, int number, apr_pool_t *pool)
{
    int count;
    app_letter_t *list = app_letters(&count, file, pool);

    for (int i = 0; i < count; i++)
        if (list[i].number == number)
            return &list[i];
    return NULL;
}

/* 1 if `user` wrote any version: four eyes means another pair. */
static int is_author(const cd_case_t *file, const cd_record_t *record, cd_user_id user)
{
    for (; record && record->kind == CD_REC_DRAFT;
         record = record->supersedes ? cd_case_seq(file, record->supersedes) : NULL)
        if (record->recorded_by == user)
            return 1;
    return 0;
}

const char *app_letter_why_not(const app_ctx_t *ctx, const cd_case_t *file,
                               const app_letter_t *letter)
{
    if (app_may(ctx, CD_RIGHT_LETTER_SIGN) == CD_REACH_NONE)
        return "your role does not let letters out";
    if (!letter->record || is_author(file, letter->record, ctx->actor->id))
        return "you wrote a version of this letter, so another person has to check it";
    if (letter->state == APP_LETTER_APPROVED || letter->state == APP_LETTER_SENT)
        return "this version was let out already";
    if (letter->state == APP_LETTER_RETURNED)
        return "this version was given back, and waits for a new one";
    return NULL;
}

/* The law asks why the person was told late: Wales after 30 working days, Scotland after a month.
 */
static cd_err_t *late_reason_due(int *due_out, app_ctx_t *ctx, const cd_case_t *file)
{
    const cd_record_t *talk = cd_case_next(file, CD_REC_TALK, NULL);
    cd_when_t aware = app_case_aware(file);
    const cd_calendar_t *cal;
    cd_date_t last = CD_NO_DATE;
    cd_err_t *err;

    *due_out = 0;
    if (!talk || !cd_when_known(talk->happened) || !cd_when_known(aware))
        return NULL;
    if (file->org->jurisdiction == CD_JUR_SCO) {
        last = cd_months_last_day(aware.last, 1);
    } else if (file->org->jurisdiction == CD_JUR_WAL) {
        CD_ERR(app_calendar(&cal, ctx, cd_org_division(file->org)));
        err = cd_working_days_add(&last, aware.last, 30, cal, ctx->pool);
        if (err && err->code != CD_E_RANGE) /* no holidays for that year: nothing is asked, as
                                               nothing can be counted */
            return err;
    }
    *due_out = last && talk->happened.first > last;
    return NULL;
}

/* The letter as it read when it was let out: from the records there were. */
static const cd_letter_made_t *as_signed(const app_letter_t *letter, const cd_case_t *file,
                                         apr_pool_t *pool)
{
    cd_letter_ask_t ask = { NULL, letter->draft, cd_london_date(letter->signoff->recorded_at) };
    cd_case_t *then;
    int count = 0;

    while (count < file->count && file->records[count].seq < letter->signoff->seq)
        count++;
    then = cd_case_read(file->records, count, file->org, file->as_at, pool);
    then->reference = file->reference;
    ask.file = then;
    return cd_letter_make(&ask, pool);
}

cd_err_t *app_letter_check(cd_letter_check_t **out, app_ctx_t *ctx, const cd_letter_made_t *made)
{
    cd_letter_patterns_t *patterns;
    int due;

    CD_ERR(cd_letter_patterns_make(&patterns, ctx->pool));
    CD_ERR(late_reason_due(&due, ctx, made->file));
    *out = cd_letter_check(made, patterns, due, ctx->pool);
    return NULL;
}

/* Contents of the letter as it was let out. */
cd_err_t *app_letter_check_signed(cd_letter_check_t **out, app_ctx_t *ctx, const cd_case_t *file,
                                  const app_letter_t *letter)
{
    return app_letter_check(out, ctx, as_signed(letter, file, ctx->pool));
}

static void what_may_be_done(app_letter_view_t *view, const app_ctx_t *ctx)
{
    const app_letter_t *letter = view->letter;
    const int open = view->view->row.state == CD_CASE_OPEN && !view->view->looking_back;
    const int writes = app_may(ctx, CD_RIGHT_CASE_WRITE) != CD_REACH_NONE && open;

    view->why_not_sign = app_letter_why_not(ctx, view->view->file, letter);
    if (!view->why_not_sign && !open)
        view->why_not_sign = "the case is not open";
    view->may_edit = writes && letter->state != APP_LETTER_SENT;
    view->may_ask =
        writes && (letter->state == APP_LETTER_DRAFTED || letter->state == APP_LETTER_RETURNED);
    view->may_send = writes && letter->state == APP_LETTER_APPROVED;
}

cd_err_t *app_letter_view(app_letter_view_t **out, app_ctx_t *ctx, int number,
                          const cd_draft_t *draft)
{
    app_letter_view_t *view = apr_pcalloc(ctx->pool, sizeof(*view));
    app_letter_t *fresh = apr_pcalloc(ctx->pool, sizeof(*fresh));
    cd_letter_ask_t ask = { 0 };
    app_case_view_t *frame;
    cd_letter_check_t *check;

    CD_ERR(app_case_view(&frame, ctx, 0));
    view->view = frame;
    fresh->state = APP_LETTER_DRAFTED;
    view->letter = number ? app_letter_find(frame->file, number, ctx->pool) : fresh;
    if (!view->letter)
        return cd_err(ctx->pool, CD_E_NOT_FOUND, NULL, "no letter %d", number);
    ask.file = frame->file;
    ask.draft = draft ? draft : view->letter->draft;
    if (view->letter->signoff)
        ask.dated = cd_london_date(view->letter->signoff->recorded_at);
    view->made = cd_letter_make(&ask, ctx->pool);
    CD_ERR(app_letter_check(&check, ctx, view->made));
    view->check = check;
    if (view->letter->state == APP_LETTER_APPROVED || view->letter->state == APP_LETTER_SENT) {
        const char **labels;

        view->changed_count = cd_letter_changes(
            &labels, as_signed(view->letter, frame->file, ctx->pool), view->made, ctx->pool);
        view->changed = labels;
    }
    what_may_be_done(view, ctx);
    *out = view;
    return NULL;
}

static cd_err_t *append(void *baton, const char *bytes, apr_size_t len)
{
    cd_buf_add(baton, bytes, len);
    return NULL;
}

static cd_err_t *content_read(cd_buf_t **out, app_ctx_t *ctx, apr_int64_t content, apr_int64_t size)
{
    if (!content)
        return cd_err(ctx->pool, CD_E_NOT_FOUND, NULL, "nothing is kept of it");
    *out = cd_buf_make(ctx->pool, (apr_size_t)size + 1);
    return app_content_read(ctx, content, 0, size, append, *out);
}

static const cd_signoff_t *approval(const app_letter_t *letter)
{
    const cd_signoff_t *body = letter->signoff ? letter->signoff->body : NULL;

    return body && body->verdict == CD_VERDICT_APPROVED ? body : NULL;
}

cd_err_t *app_letter_bytes(cd_buf_t **out, app_ctx_t *ctx, const app_letter_t *letter)
{
    const cd_signoff_t *body = approval(letter);

    return content_read(out, ctx, body ? body->content : 0, body ? body->size : 0);
}

cd_err_t *app_letter_pdf(cd_buf_t **out, app_ctx_t *ctx, const app_letter_t *letter)
{
    const cd_document_t *body = letter->pdf ? letter->pdf->body : NULL;

    return content_read(out, ctx, body ? body->content : 0, body ? body->size : 0);
}

cd_err_t *app_signoff_bytes(cd_buf_t **out, app_ctx_t *ctx, const cd_record_t *signoff)
{
    const cd_signoff_t *body = signoff->body;

    return content_read(out, ctx, body->content, body->size);
}
