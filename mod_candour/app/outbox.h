/* outbox.h: sends what waits in the outbox, says what could not be sent, and shows people their
 * own.
 *
 * Requires: ctx.h, notice.h.   Provides: app_mail_*, app_outbox_*, app_notices.   Used by: web,
 * cli. A message is made from its kind when it is sent: reference, step, day and a link, and
 * nothing of a person. How it leaves the house is the sender's (app_send_fn), which only cli/ has.
 * Before it is sent a notice is claimed in a transaction of its own, and after it marked in
 * another: two jobs at once never send one twice. A job that dies between sending and marking
 * leaves a claim that runs out, and that one message goes out a second time, once for each such
 * death. */
#ifndef CD_APP_OUTBOX_H
#define CD_APP_OUTBOX_H

#include "app/notice.h"

struct store_notice_t;

/** app_notice_put, and whether it put: `*put_out` 0: the key is taken. */
cd_err_t *app_notice_add(int *put_out, struct store_conn_t *conn, const app_notice_t *notice,
                         cd_instant_t now, apr_pool_t *pool);

/** Sentences of the kinds, without reference: "A letter waits for your check". Values:
 * app_notice_kind_t. */
extern const cd_token_t app_notice_kinds[];

/** Why a message was not sent. The words stand in rows; none holds an address. */
typedef enum app_trouble_t {
    APP_TROUBLE_NONE = 0,
    /* not sent at all, and no failure */
    APP_TROUBLE_NO_ADDRESS,
    APP_TROUBLE_ENDED,
    APP_TROUBLE_NOT_BY_MAIL,
    APP_TROUBLE_BAD_ADDRESS,
    APP_TROUBLE_NOT_REACHED,
    APP_TROUBLE_TIMED_OUT,
    APP_TROUBLE_TLS,
    APP_TROUBLE_LOGIN,
    APP_TROUBLE_NO_COMMAND,
    APP_TROUBLE_REFUSED,
    APP_TROUBLE_COMMAND,
    APP_TROUBLE_INTERRUPTED
} app_trouble_t;
extern const cd_token_t app_troubles[];

/** What every message of this installation says. */
typedef struct app_mail_options_t {
    /* "Candour <candour@example.nhs.uk>", or the address alone */
    const char *from;
    /* "https://candour.example.nhs.uk/candour", no slash at the end */
    const char *public_url;
} app_mail_options_t;

typedef struct app_mail_t {
    const char *from, *to;               /* addresses alone, for the envelope */
    const char *text;                    /* the whole message by RFC 5322, lines ended by LF */
} app_mail_t;

/** 1 for one plain address, "name@host.example", of ASCII letters that need no quoting. */
int app_mail_address_ok(const char *address);
/** The address of "Name <address>" or of an address alone; NULL: it is neither. @owner pool */
const char *app_mail_address(const char *from, apr_pool_t *pool);
/** Why these options will not do, or NULL. @owner static */
const char *app_mail_options_problem(const app_mail_options_t *options, apr_pool_t *pool);
/** The message of a notice, sent at `now`. The same notice gives the same Message-ID each time. */
void app_mail_make(app_mail_t *out, const struct store_notice_t *notice,
                   const app_mail_options_t *options, cd_instant_t now, apr_pool_t *pool);

#define APP_SEND_TRIES 6
/** Pause after the `tries`-th try failed; 0: there is no further one. */
apr_time_t app_outbox_pause(int tries);

typedef app_trouble_t (*app_send_fn)(void *baton, const app_mail_t *mail, apr_pool_t *pool);
typedef struct app_outbox_sum_t {
    int sent, again, failed, dropped;    /* dropped: no address, or the account ended */
    int stopped;                         /* 1: the way out was shut, and the rest waits */
    app_trouble_t trouble;               /* the last one met */
} app_outbox_sum_t;
/** Sends what is due. @errors of the database; a message that cannot be sent is no error */
cd_err_t *app_outbox_send(app_outbox_sum_t *out, app_ctx_t *ctx, const app_mail_options_t *options,
                          app_send_fn send, void *baton);

typedef struct app_message_t {           /* one row of a list */
    apr_int64_t id;
    int kind;                            /* app_notice_kind_t */
    const char *reference, *step, *org_name;
    cd_date_t due_on;
    cd_instant_t put_at, sent_at, ended_at;
    int is_sent, is_failed, is_waiting;
    int tries;
    const char *trouble;                 /* in words, or NULL */
} app_message_t;

typedef struct app_outbox_state_t {
    int waiting, sending, failed;
    cd_instant_t oldest_waiting;
    app_message_t *failures;             /* newest first, APP_FAILURE_ROWS at most */
    int failure_count;
} app_outbox_state_t;
#define APP_FAILURE_ROWS 20
/** For those who look after the service: no case content, no address. @errors CD_E_FORBIDDEN */
cd_err_t *app_outbox_state(app_outbox_state_t *out, app_ctx_t *ctx);
/** All that failed wait again. No failure: no change. */
cd_err_t *app_outbox_retry(int *count_out, app_ctx_t *ctx);

#define APP_NOTICE_ROWS 25
/** The actor's own messages with a number below `before` (0: all), newest first. */
cd_err_t *app_notices(app_message_t **out, int *count_out, app_ctx_t *ctx, apr_int64_t before);

#endif
