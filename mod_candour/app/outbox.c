/* outbox.c: sends what waits, and shows what was sent and what was not. See outbox.h for what a
 * crash may do. */
#include <string.h>

#include <apr_strings.h>

#include "app/core.h"
#include "app/outbox.h"
#include "store/outbox.h"

/* Words stand in rows, labels on pages and in the job's summary. */
const cd_token_t app_troubles[] = {
    { APP_TROUBLE_NO_ADDRESS, "no-address", "not sent: no e-mail address" },
    { APP_TROUBLE_ENDED, "ended", "not sent: the account has ended" },
    { APP_TROUBLE_NOT_BY_MAIL, "not-by-mail", "shown here only" },
    { APP_TROUBLE_BAD_ADDRESS, "bad-address", "the e-mail address is not in the correct form" },
    { APP_TROUBLE_NOT_REACHED, "not-reached", "the mail server could not be reached" },
    { APP_TROUBLE_TIMED_OUT, "timed-out", "the mail server did not answer in time" },
    { APP_TROUBLE_TLS, "tls", "the mail server gave no safe connection" },
    { APP_TROUBLE_LOGIN, "login", "the mail server did not take the name and password" },
    { APP_TROUBLE_NO_COMMAND, "no-command", "the mail command cannot be run" },
    { APP_TROUBLE_REFUSED, "refused", "the mail server refused the message" },
    { APP_TROUBLE_COMMAND, "command", "the mail command ended with an error" },
    { APP_TROUBLE_INTERRUPTED, "interrupted", "the job that sent it ended in the middle" },
    { 0, NULL, NULL }
};

apr_time_t app_outbox_pause(int tries)
{
    static const int minutes[APP_SEND_TRIES - 1] = { 1, 5, 30, 120, 720 };

    return tries < 1 || tries >= APP_SEND_TRIES ? 0 : apr_time_from_sec(minutes[tries - 1] * 60);
}

/* ---- sending ------------------------------------------------------------- */

#define BATCH 50
#define CLAIM_TIME apr_time_from_sec(600)   /* longer than any transport may take for one message */
#define SHUT_AFTER 3                        /* failures in a row that say the way out is shut */

typedef struct sending_t {
    app_ctx_t *ctx;
    const app_mail_options_t *options;
    app_send_fn send;
    void *baton;
    app_outbox_sum_t *sum;
    int shut;                            /* failures of the way out in a row */
    /* of one claim or end */
    store_notice_t *notice;
    cd_instant_t until;
    int mine;
} sending_t;

static cd_err_t *claim_body(void *baton, store_conn_t *conn, apr_pool_t *pool)
{
    sending_t *sending = baton;

    return store_notice_claim(&sending->mine, sending->notice, sending->until, conn, pool);
}

static cd_err_t *end_body(void *baton, store_conn_t *conn, apr_pool_t *pool)
{
    sending_t *sending = baton;

    return store_notice_end(&sending->mine, sending->notice, conn, pool);
}

/* Bookkeeping: no entry is owed (tx.h). */
static cd_err_t *keep(sending_t *sending, store_body_fn body, apr_pool_t *pool)
{
    store_tx_t tx = { .body = body, .baton = sending };

    return store_tx_run(&sending->ctx->conn, sending->ctx->app->store, &tx, pool);
}

/* Is it the way out that is shut, and not this message? */
static int is_shut(app_trouble_t trouble)
{
    return trouble == APP_TROUBLE_NOT_REACHED || trouble == APP_TROUBLE_TIMED_OUT
           || trouble == APP_TROUBLE_TLS || trouble == APP_TROUBLE_LOGIN
           || trouble == APP_TROUBLE_NO_COMMAND;
}

static app_trouble_t attempt(sending_t *sending, apr_pool_t *pool)
{
    store_notice_t *notice = sending->notice;
    app_mail_t mail;

    if (!notice->active)
        return APP_TROUBLE_ENDED;
    if (!notice->email)
        return APP_TROUBLE_NO_ADDRESS;
    if (!app_mail_address_ok(notice->email))
        return APP_TROUBLE_BAD_ADDRESS;
    if (notice->tries > APP_SEND_TRIES)   /* claimed again and again, and never ended */
        return APP_TROUBLE_INTERRUPTED;
    app_mail_make(&mail, notice, sending->options, sending->ctx->app->clock(), pool);
    return sending->send(sending->baton, &mail, pool);
}

/* What becomes of a notice after a try. */
static void settle(sending_t *sending, app_trouble_t trouble)
{
    store_notice_t *notice = sending->notice;
    cd_instant_t now = sending->ctx->app->clock();
    apr_time_t pause = app_outbox_pause(notice->tries);

    notice->last_error = cd_token_word(app_troubles, (int)trouble);
    notice->next_try_at = now;
    sending->shut = is_shut(trouble) ? sending->shut + 1 : 0;
    if (trouble)
        sending->sum->trouble = trouble;
    if (trouble == APP_TROUBLE_NONE) {
        notice->state = STORE_NOTICE_SENT;
        notice->sent_at = now;
        sending->sum->sent++;
    } else if (trouble == APP_TROUBLE_ENDED || trouble == APP_TROUBLE_NO_ADDRESS) {
        notice->state = STORE_NOTICE_DROPPED;
        sending->sum->dropped++;
    } else if (trouble == APP_TROUBLE_BAD_ADDRESS || !pause) {
        notice->state = STORE_NOTICE_FAILED;
        sending->sum->failed++;
    } else {
        notice->state = STORE_NOTICE_WAITING;
        notice->next_try_at = now + pause;
        sending->sum->again++;
    }
}

static cd_err_t *send_one(sending_t *sending, store_notice_t *notice, apr_pool_t *pool)
{
    sending->notice = notice;
    sending->until = sending->ctx->app->clock() + CLAIM_TIME;
    CD_ERR(keep(sending, claim_body, pool));
    if (!sending->mine)
        return NULL;                     /* another job has it */
    notice->state = STORE_NOTICE_SENDING;
    notice->tries++;
    settle(sending, attempt(sending, pool));
    return keep(sending, end_body, pool);
}

static cd_err_t *send_batch(int *count_out, sending_t *sending, store_notice_state_t state,
                            apr_pool_t *pool)
{
    app_ctx_t *ctx = sending->ctx;
    store_notice_t *list;
    apr_pool_t *iterpool;
    cd_err_t *err = NULL;
    int i;

    CD_ERR(app_conn(ctx));
    store_read_end(ctx->conn);
    CD_ERR(store_notices_due(&list, count_out, state, ctx->app->clock(), BATCH, ctx->conn, pool));
    apr_pool_create(&iterpool, pool);
    for (i = 0; i < *count_out && !err && !sending->sum->stopped; i++) {
        apr_pool_clear(iterpool);
        err = send_one(sending, &list[i], iterpool);
        sending->sum->stopped = sending->shut >= SHUT_AFTER;
    }
    return err;
}

/* ---- telling the administrators ------------------------------------------ */

typedef struct telling_t {
    app_ctx_t *ctx;
    cd_user_id *users;
    int count;
} telling_t;

static cd_err_t *tell_body(void *baton, store_conn_t *conn, apr_pool_t *pool)
{
    telling_t *telling = baton;
    app_ctx_t *ctx = telling->ctx;
    int i, put, told = 0;

    for (i = 0; i < telling->count; i++) {
        app_notice_t notice = { .kind = APP_NOTICE_FAILED, .to = telling->users[i] };

        notice.once = apr_psprintf(pool, "failed:%s:%" APR_INT64_T_FMT,
                                   cd_date_iso(ctx->today, pool), telling->users[i]);
        CD_ERR(app_notice_add(&put, conn, &notice, ctx->now, pool));
        told += put;
    }
    return told ? NULL : cd_err(pool, CD_E_NOT_FOUND, NULL, "all were told today");
}

/* Once a day, in their own list: of mail that does not go out nobody is told by mail. */
static cd_err_t *tell_admins(app_ctx_t *ctx)
{
    telling_t telling = { .ctx = ctx };
    app_system_write_t write = { .change = tell_body,
                                 .baton = &telling,
                                 .action = CD_ACT_MESSAGES_FAILED,
                                 .object = "outbox",
                                 .content = "messages could not be sent" };
    cd_err_t *err;

    CD_ERR(store_users_in_role(&telling.users, &telling.count, 1u << CD_ROLE_ADMIN, 0, ctx->conn,
                               ctx->pool));
    if (!telling.count)
        return NULL;
    err = app_system_write(ctx, &write);
    return err && err->code == CD_E_NOT_FOUND ? NULL : err;
}

cd_err_t *app_outbox_send(app_outbox_sum_t *out, app_ctx_t *ctx, const app_mail_options_t *options,
                          app_send_fn send, void *baton)
{
    static const store_notice_state_t states[] = { STORE_NOTICE_SENDING, STORE_NOTICE_WAITING };
    sending_t sending = {
        .ctx = ctx, .options = options, .send = send, .baton = baton, .sum = out
    };
    apr_pool_t *pool;
    unsigned i;
    int count;

    memset(out, 0, sizeof(*out));
    CD_ERR(app_need(ctx, CD_RIGHT_HEALTH_READ));
    apr_pool_create(&pool, ctx->pool);
    /* Claims that ran out first, then what waits. Each round takes what it found off the list. */
    for (i = 0; i < sizeof(states) / sizeof(states[0]); i++)
        do {
            apr_pool_clear(pool);
            CD_ERR(send_batch(&count, &sending, states[i], pool));
        } while (count == BATCH && !out->stopped);
    return out->failed ? tell_admins(ctx) : NULL;
}

/* ---- showing ------------------------------------------------------------- */

static void message_from(app_message_t *message, const store_notice_t *row)
{
    memset(message, 0, sizeof(*message));
    message->id = row->id;
    message->kind = row->kind;
    message->reference = row->reference;
    message->step = row->step;
    message->org_name = row->org_name;
    message->due_on = row->due_on;
    message->put_at = row->put_at;
    message->sent_at = row->sent_at;
    message->is_sent = row->state == STORE_NOTICE_SENT;
    message->is_failed = row->state == STORE_NOTICE_FAILED;
    message->is_waiting = row->state == STORE_NOTICE_WAITING || row->state == STORE_NOTICE_SENDING;
    message->ended_at = message->is_waiting ? 0 : row->next_try_at;
    message->tries = row->tries;
    message->trouble =
        row->last_error
            ? cd_token_label(app_troubles, cd_token_strict(app_troubles, row->last_error))
            : NULL;
}

static app_message_t *messages_from(const store_notice_t *rows, int count, apr_pool_t *pool)
{
    app_message_t *list = apr_palloc(pool, sizeof(*list) * (apr_size_t)(count + 1));
    int i;

    for (i = 0; i < count; i++)
        message_from(&list[i], &rows[i]);
    return list;
}

cd_err_t *app_outbox_state(app_outbox_state_t *out, app_ctx_t *ctx)
{
    store_notice_counts_t counts;
    store_notice_t *rows;

    memset(out, 0, sizeof(*out));
    CD_ERR(app_need(ctx, CD_RIGHT_HEALTH_READ));
    CD_ERR(app_conn(ctx));
    CD_ERR(store_notice_counts(&counts, ctx->conn, ctx->pool));
    out->waiting = counts.waiting;
    out->sending = counts.sending;
    out->failed = counts.failed;
    out->oldest_waiting = counts.oldest_waiting;
    if (!counts.failed)
        return NULL;
    CD_ERR(store_notices_ended(&rows, &out->failure_count, STORE_NOTICE_FAILED, APP_FAILURE_ROWS,
                               ctx->conn, ctx->pool));
    out->failures = messages_from(rows, out->failure_count, ctx->pool);
    return NULL;
}

typedef struct retry_t {
    app_ctx_t *ctx;
    int count;
} retry_t;

static cd_err_t *retry_body(void *baton, store_conn_t *conn, apr_pool_t *pool)
{
    retry_t *retry = baton;

    return store_notices_retry(&retry->count, retry->ctx->now, conn, pool);
}

cd_err_t *app_outbox_retry(int *count_out, app_ctx_t *ctx)
{
    retry_t retry = { ctx, 0 };
    app_system_write_t write = { .change = retry_body,
                                 .baton = &retry,
                                 .action = CD_ACT_MESSAGES_RETRIED,
                                 .object = "outbox",
                                 .content = "failed messages wait again",
                                 .answer = "outbox" };
    store_notice_counts_t counts;

    *count_out = 0;
    CD_ERR(app_need(ctx, CD_RIGHT_HEALTH_READ));
    CD_ERR(app_conn(ctx));
    CD_ERR(store_notice_counts(&counts, ctx->conn, ctx->pool));
    if (!counts.failed)
        return NULL;
    CD_ERR(app_system_write(ctx, &write));
    *count_out = retry.count;
    return NULL;
}

cd_err_t *app_notices(app_message_t **out, int *count_out, app_ctx_t *ctx, apr_int64_t before)
{
    store_notice_t *rows;

    if (!ctx->actor || !ctx->actor->id)
        return cd_err(ctx->pool, CD_E_NO_USER, NULL, "nobody asks for messages");
    CD_ERR(app_conn(ctx));
    CD_ERR(store_notices_of(&rows, count_out, ctx->actor->id, before > 0 ? before : APR_INT64_MAX,
                            APP_NOTICE_ROWS, ctx->conn, ctx->pool));
    *out = messages_from(rows, *count_out, ctx->pool);
    return NULL;
}
