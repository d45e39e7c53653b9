/* letter_pdf.c: what the job that makes PDFs asks for and gives back. It renders nothing. */
#include <string.h>

#include <apr_strings.h>
#include <apr_tables.h>

#include "app/content.h"
#include "app/letter_core.h"
#include "store/letter.h"

cd_err_t *app_letters_waiting(app_letter_wait_t **out, int *count_out, app_ctx_t *ctx,
                              const app_letter_wait_t *after, int limit)
{
    store_letter_wait_t *rows, from = { 0 };
    int i;

    CD_ERR(app_conn(ctx));
    if (after)
        from = (store_letter_wait_t){ .case_id = after->case_id,
                                      .seq = after->signoff_seq,
                                      .put_at = after->put_at };
    CD_ERR(store_letters_waiting(&rows, count_out, &from, limit, ctx->conn, ctx->pool));
    *out = apr_pcalloc(ctx->pool, sizeof(**out) * (apr_size_t)(*count_out + 1));
    for (i = 0; i < *count_out; i++)
        (*out)[i] =
            (app_letter_wait_t){ rows[i].reference, rows[i].seq, rows[i].case_id, rows[i].put_at };
    return NULL;
}

/* The case, and the sign-off in it. */
static cd_err_t *signoff_of(const cd_case_t **file_out, const cd_record_t **out, app_ctx_t *ctx,
                            int seq)
{
    store_head_t *head;
    cd_record_t *all;
    const cd_org_t *org;
    int count;

    CD_ERR(app_file(&head, ctx, CD_RIGHT_CASE_READ));
    CD_ERR(app_org(&org, ctx, head->org_code));
    CD_ERR(app_conn(ctx));               /* reading content gives it back */
    CD_ERR(store_records(&all, &count, head, ctx->conn, ctx->pool));
    *file_out = cd_case_read(all, count, org, ctx->today, ctx->pool);
    *out = cd_case_seq(*file_out, seq);
    if (!*out || (*out)->kind != CD_REC_SIGNOFF)
        return cd_err(ctx->pool, CD_E_NOT_FOUND, NULL, "no sign-off %d", seq);
    return NULL;
}

cd_err_t *app_letter_frozen(cd_buf_t **out, cd_instant_t *at_out, app_ctx_t *ctx, int signoff_seq)
{
    const cd_case_t *file;
    const cd_record_t *signoff;

    CD_ERR(signoff_of(&file, &signoff, ctx, signoff_seq));
    *at_out = signoff->recorded_at;
    return app_signoff_bytes(out, ctx, signoff);
}

typedef struct done_t { app_ctx_t *ctx; int seq; } done_t;

static cd_err_t *done_inside(void *baton, store_conn_t *conn, apr_pool_t *pool)
{
    const done_t *done = baton;

    return store_letter_done(done->ctx->head, done->seq, conn, pool);
}

/* 1 if a run of the job beside this one was faster. */
static int is_kept(const cd_case_t *file, int signoff_seq)
{
    const cd_record_t *r = NULL;

    while ((r = cd_case_next(file, CD_REC_DOCUMENT, r)))
        if (app_signoff_seq(r) == signoff_seq)
            return 1;
    return 0;
}

cd_err_t *app_letter_pdf_keep(app_ctx_t *ctx, int signoff_seq, const char *bytes, apr_size_t len)
{
    const cd_case_t *file;
    const cd_record_t *signoff, *draft;
    cd_document_t *body = apr_pcalloc(ctx->pool, sizeof(*body));
    done_t done = { ctx, signoff_seq };
    app_more_t more = { done_inside, &done };
    app_record_ask_t ask = { .kind = CD_REC_DOCUMENT, .body = body };
    cd_problems_t problems = { .pool = ctx->pool };
    app_content_t content;
    int seq;

    CD_ERR(signoff_of(&file, &signoff, ctx, signoff_seq));
    if (is_kept(file, signoff_seq))
        return NULL;
    draft = cd_case_seq(file, ((const cd_signoff_t *)signoff->body)->draft_seq);
    if (draft && draft->superseded_by)
        return cd_err(ctx->pool, CD_E_STALE, "a newer version took its place", "sign-off %d",
                      signoff_seq);
    CD_ERR(app_content_stage(&content, ctx, bytes, len, "application/pdf"));
    body->kind = draft && ((const cd_draft_t *)draft->body)->letter == CD_LETTER_RESULTS
                     ? CD_DOC_LETTER_2
                     : CD_DOC_LETTER_1;
    if (draft && ((const cd_draft_t *)draft->body)->letter != CD_LETTER_RESULTS
        && ((const cd_draft_t *)draft->body)->letter != CD_LETTER_FIRST)
        body->kind = CD_DOC_OTHER;
    body->dated = cd_when_day(cd_london_date(signoff->recorded_at));
    body->name = apr_psprintf(ctx->pool, "letter-%d.pdf", signoff_seq);
    body->kept_at = "In this record";
    body->sha256 = content.sha256;
    body->size = content.size;
    body->content = content.id;
    body->media_type = "application/pdf";
    body->signoff_seq = signoff_seq;
    ask.version = ctx->head->version;
    return app_case_record_more(&seq, ctx, &ask, &more, &problems);
}
