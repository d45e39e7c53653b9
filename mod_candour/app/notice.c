/* notice.c: puts a message to a person into the outbox, in the transaction of what it is about. */
#include <string.h>

#include <apr_strings.h>

#include "app/outbox.h"
#include "base/text.h"
#include "store/outbox.h"

#define STEP_MAX 240                     /* bytes; the column takes as many characters */
#define ONCE_MAX 120

/* `text`, cut between characters. */
static const char *cut(const char *text, apr_size_t max, apr_pool_t *pool)
{
    apr_size_t len = 0, whole = text ? strlen(text) : 0;
    int next;

    if (whole <= max)
        return text;
    while ((next = cd_utf8_next(text + len, whole - len, NULL)) > 0
           && len + (apr_size_t)next <= max)
        len += (apr_size_t)next;
    return apr_pstrmemdup(pool, text, len);
}

cd_err_t *app_notice_add(int *put_out, store_conn_t *conn, const app_notice_t *notice,
                         cd_instant_t now, apr_pool_t *pool)
{
    store_notice_t row = {
        .once = notice->once, .kind = notice->kind, .to = notice->to, .org = notice->org,
        .reference = notice->reference, .due_on = notice->due_on, .put_at = now, .next_try_at = now,
        .state = STORE_NOTICE_WAITING
    };

    *put_out = 0;
    if (!notice->to)
        return NULL;                     /* the program itself, or nobody */
    /* A key that was cut would silence another notice. */
    if (notice->once && strlen(notice->once) > ONCE_MAX)
        return cd_err(pool, CD_E_FAILED, NULL, "a notice's key has more than %d letters", ONCE_MAX);
    row.step = cut(notice->step, STEP_MAX, pool);
    if (notice->kind == APP_NOTICE_FAILED) {
        /* of mail that does not go out nobody is told by mail */
        row.state = STORE_NOTICE_DROPPED;
        row.last_error = cd_token_word(app_troubles, APP_TROUBLE_NOT_BY_MAIL);
    }
    return store_notice_insert(put_out, &row, conn, pool);
}

cd_err_t *app_notice_put(store_conn_t *conn, const app_notice_t *notice, cd_instant_t now,
                         apr_pool_t *pool)
{
    int put;

    return app_notice_add(&put, conn, notice, now, pool);
}
