/* work_assign.c: several cases given to a person or a team at once.
 *
 * Each case is a write of its own, with its own version and its own idempotency key: what one of
 * them meets stops no other, and the same form sent again does the rest and repeats nothing. The
 * look-ups go case by case for the same reason; a page holds at most APP_ASSIGN_MOST. */
#include <string.h>

#include <apr_strings.h>

#include "app/core.h"
#include "app/work.h"
#include "base/hash.h"
#include "store/work.h"

/* What is only in the way of this one case. */
static int of_one_case(const cd_err_t *err)
{
    return err->code == CD_E_NOT_FOUND || err->code == CD_E_STALE || err->code == CD_E_INVALID
           || err->code == CD_E_KEY_REUSED;
}

static const char *words_for(const cd_err_t *err, const cd_problems_t *problems)
{
    if (err->code == CD_E_NOT_FOUND)
        return "There is no such case that you can see";
    if (err->code == CD_E_STALE)
        return "Somebody changed this case meanwhile. It was not given. Look at it and try again";
    if (problems->count)
        return problems->list[0].text;
    return "This was sent before with other answers. Start again from the work list";
}

static cd_err_t *name(app_ctx_t *ctx, const char *reference)
{
    ctx->head = NULL;
    CD_ERR(app_conn(ctx));
    /* each case as it is now, not as it was at the first look-up */
    store_read_end(ctx->conn);
    return app_name_file(ctx, CD_FILE_CASE, reference);
}

static cd_err_t *look(app_assign_t *one, app_ctx_t *ctx)
{
    store_work_t *work = NULL;
    store_head_t *head;

    CD_ERR(name(ctx, one->reference));
    CD_ERR(app_file(&head, ctx, CD_RIGHT_CASE_WRITE));
    CD_ERR(store_work_get(&work, head->id, ctx->conn, ctx->pool));
    one->title = head->title;
    one->assignee = work ? work->assignee : NULL;
    one->team = work && *work->team ? work->team : NULL;
    if (head->version != one->version)
        one->told = "Somebody changed this case since you saw the list. It will not be given";
    return NULL;
}

cd_err_t *app_work_assign_look(app_ctx_t *ctx, app_assign_t *list, int count,
                               const cd_assignment_t *assignment, cd_problems_t *problems)
{
    int i, checked = 0;

    CD_ERR(app_need(ctx, CD_RIGHT_CASE_WRITE));
    for (i = 0; i < count; i++) {
        cd_err_t *err = look(&list[i], ctx);

        if (err && !of_one_case(err))
            return err;
        if (err)
            list[i].told = words_for(err, problems);
        else if (!checked++)             /* one trust's people are the same for all of its cases */
            CD_ERR(app_work_assignment_check(ctx, ctx->head, assignment, problems));
    }
    return NULL;
}

/* A key for each case, made from the form's: a second click finds each case's own answer. */
static void key_for(app_ctx_t *ctx, const unsigned char form_key[APP_IDEM_BYTES],
                    const char *reference)
{
    const apr_size_t len = strlen(reference);
    unsigned char sum[32];
    char *text = apr_palloc(ctx->pool, APP_IDEM_BYTES + len);

    memcpy(text, form_key, APP_IDEM_BYTES);
    memcpy(text + APP_IDEM_BYTES, reference, len);
    cd_sha256(sum, text, APP_IDEM_BYTES + len);
    memcpy(ctx->idem, sum, APP_IDEM_BYTES);
}

static cd_err_t *give(app_assign_t *one, app_ctx_t *ctx, const cd_assignment_t *assignment,
                      cd_problems_t *problems)
{
    cd_assignment_t body = *assignment;
    app_record_ask_t ask = { .kind = CD_REC_ASSIGNMENT, .body = &body, .version = one->version };
    int seq;

    CD_ERR(name(ctx, one->reference));
    one->title = ctx->head->title;
    return app_case_record(&seq, ctx, &ask, problems);
}

cd_err_t *app_work_assign(app_ctx_t *ctx, app_assign_t *list, int count,
                          const cd_assignment_t *assignment)
{
    unsigned char form_key[APP_IDEM_BYTES];
    int i;

    CD_ERR(app_need(ctx, CD_RIGHT_CASE_WRITE));
    memcpy(form_key, ctx->idem, sizeof(form_key));
    for (i = 0; i < count; i++) {
        cd_problems_t problems = { .pool = ctx->pool };
        cd_err_t *err;

        ctx->replayed = NULL;
        key_for(ctx, form_key, list[i].reference);
        err = give(&list[i], ctx, assignment, &problems);
        if (err && !of_one_case(err))
            return err;
        list[i].done = !err;
        if (err)
            list[i].told = words_for(err, &problems);
    }
    return NULL;
}
