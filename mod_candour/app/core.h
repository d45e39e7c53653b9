/* core.h: what the use cases share and nobody outside app/ sees.
 *
 * Requires: ctx.h, store, audit.   Provides: app_cache_t, app_conn, app_reach, app_write.   Used
 * by: app. Every change of the database goes through app_write (files) or app_system_write (all
 * else): one transaction that changes the head by compare-and-set, adds the rows and appends the
 * entries. */
#ifndef CD_APP_CORE_H
#define CD_APP_CORE_H

#include <apr_thread_mutex.h>

#include "app/case.h"
#include "audit/record.h"
#include "base/pattern.h"
#include "domain/event.h"
#include "store/flag.h"

typedef struct app_cache_t {
    apr_pool_t *pool;                    /* its own, without a parent */
    int users;                           /* requests that hold it, and the app itself */
    store_stamp_t stamp;
    cd_org_t *orgs;
    int org_count;
    cd_holiday_t *holidays;
    int holiday_count;
    cd_calendar_t *calendars[CD_DIV_NORTHERN_IRELAND + 1];
    store_scheme_row_t *schemes;
    int scheme_count;
    store_contributed_t *contributed;    /* by organisation and year; renewed with the schemes */
    int contributed_count;
} app_cache_t;

struct app_t {
    store_t *store;
    const store_keys_t *keys;
    app_clock_fn clock;
    const cd_log_t *log;
    const app_scanner_t *scanner;
    const app_ref_pattern_t *claim_ref;  /* NULL: none */
    apr_pool_t *pool;
    apr_thread_mutex_t *lock;            /* guards `cache` and every `users` */
    app_cache_t *cache;                  /* newest, or NULL before the first look-up */
};

/** The request's connection, taken at the first need. @errors CD_E_BUSY */
cd_err_t *app_conn(app_ctx_t *ctx);
/** Reach of `right` for this request; the command line's is everything. */
cd_reach_t app_may(const app_ctx_t *ctx, cd_right_t right);
/** Organisation that the actor's `right` is bounded to; 0: none, all of them.
 * @errors CD_E_FORBIDDEN: no role has the right, or an own trust is needed and the actor has none
 */
cd_err_t *app_reach(cd_org_id *org_out, const app_ctx_t *ctx, cd_right_t right);
/** The role to name in a record made under `right`: the actor's first that has it; 0: the command
 * line. */
int app_role_used(const app_ctx_t *ctx, cd_right_t right);
/** 1 for a role that is bounded to one trust. 0 (the command line, or a file that did not say) is
 * none. */
int app_role_is_trusts(int role);
/** Cached rows; NULL if there is none. */
const cd_org_t *app_org_cached(const app_ctx_t *ctx, const char *code);
/** Puts the built-in scheme behind the versions that are stored (scheme_shadow.c). @owner pool */
#define APP_SHADOW_CODE "SHADOW"
cd_err_t *app_scheme_shadow(store_scheme_row_t **rows, int *count, apr_pool_t *pool);
const store_scheme_row_t *app_scheme_cached(const app_ctx_t *ctx, const char *code, int version);

/** One thing done inside a file, with its entry in the chain. */
typedef struct app_item_t {
    int action;                          /* cd_action_t */
    int role;                            /* cd_role_t used; 0: the command line */
    cd_record_t *record;                 /* one of these three */
    store_flag_t *flag;
    store_decision_t *decision;
} app_item_t;

/** Runs inside the transaction, once the head is changed and before rows are added; again on a
 * retry. */
typedef cd_err_t *(*app_inside_fn)(void *baton, store_conn_t *conn, apr_pool_t *pool);

typedef struct app_write_t {
    const store_head_t *before;          /* as read; NULL: a new file */
    /* its new values; reference, id and key of a new file are filled */
    store_head_t *after;
    int version;                         /* the one the user saw */
    app_item_t *items;
    int count;
    const cd_record_t *all; /* a case's records as they will stand, the new ones too; NULL: a new
                             * file, or they are read again inside the transaction */
    int all_count;
    const unsigned char *idem;           /* NULL: the request's own key, if it has one */
    const unsigned char *fingerprint;
    /* what must hold at the moment of writing; NULL: nothing more */
    app_inside_fn inside;
    void *baton;
    int ref_kept; /* 1: `inside` keeps the local reference itself, and nothing later in the
                   * transaction reads the records: they go in at its end */
} app_write_t;
/** Runs the one transaction of a write and looks a used idempotency key up. A write in a case
 * renews its row in the work list. ctx->replayed set: nothing was written, the answer was given
 * before.
 * @errors CD_E_STALE, CD_E_KEY_REUSED, CD_E_UNKNOWN */
cd_err_t *app_write(app_ctx_t *ctx, app_write_t *write);
/** Every record of the file as it will stand after the write: as the use case says, or those that
 * stood and the ones of this write. */
cd_err_t *app_records_after(const cd_record_t **out, int *count_out, const app_write_t *write,
                            store_conn_t *conn, apr_pool_t *pool);
/** The same for several files in one transaction. `fix(baton, i)` is called before the i-th is
 * written, when the references of the ones before are known; it may run again on a retry. */
typedef cd_err_t *(*app_fix_fn)(void *baton, int index, apr_pool_t *pool);
cd_err_t *app_write_all(app_ctx_t *ctx, app_write_t *const *writes, int count, app_fix_fn fix,
                        void *baton);
/** Asked before any other check, so that a second click meets its own answer and not what the first
 * one changed. NULL with ctx->replayed set: answered before. @errors CD_E_STALE, CD_E_KEY_REUSED */
cd_err_t *app_seen(app_ctx_t *ctx, const store_head_t *head, int version);
cd_err_t *app_seen_version(app_ctx_t *ctx, int there, int version);   /* the same outside files */
/** After a write that found its key used: the number behind "#" in the answer, 0 if there is none.
 */
int app_replayed_seq(const app_ctx_t *ctx);
/** ... and what stands before it. */
const char *app_replayed_reference(const app_ctx_t *ctx);

typedef cd_err_t *(*app_system_fn)(void *baton, store_conn_t *conn, apr_pool_t *pool);
typedef struct app_system_write_t {
    app_system_fn change;                /* does the writing; runs again on a retry */
    void *baton;
    int action;
    const char *object;                  /* "user j.okafor": no more than ids */
    const char *content;                 /* what the entry commits to */
    int version_before, version_after;
    const char *answer;
    int role;                            /* to name; 0: the one that administers */
} app_system_write_t;
/** A change outside any file, entered in the system's chain. @errors as app_write */
cd_err_t *app_system_write(app_ctx_t *ctx, const app_system_write_t *write);

/** What else is done in the transaction of a record. */
typedef struct app_more_t { app_inside_fn inside; void *baton; } app_more_t;
/** As app_case_record, with more inside its transaction (NULL: nothing); takes drafts and sign-offs
 * too. */
cd_err_t *app_case_record_more(int *seq_out, app_ctx_t *ctx, const app_record_ask_t *ask,
                               const app_more_t *more, cd_problems_t *problems);

/** Adds the problem of each required field of `def` that is not given and has no problem yet. */
void app_required(const cd_field_t *fields, int count, const void *body, cd_problems_t *problems);
/** CD_E_INVALID if there are problems. */
cd_err_t *app_problems(const cd_problems_t *problems);

/** Row of a head for pages. */
void app_case_row(app_case_row_t *row, const store_head_t *head);
/** A case as at a day with its policy and evaluation; what pages, flags and exports start from. */
typedef struct app_judged_t {
    const cd_org_t *org;
    const cd_case_t *file;
    const cd_policy_t *policy;           /* NULL: no duty applied */
    /* NULL without a policy, or where the calendar does not reach */
    const cd_evaluation_t *eval;
    const char *gap;                     /* why a policy could not be evaluated, or NULL */
} app_judged_t;
/** Reads the records of `head` and judges them as at `as_at` (not later than today). */
cd_err_t *app_case_judge(app_judged_t *out, app_ctx_t *ctx, const store_head_t *head,
                         cd_date_t as_at);
/** The policy for a case as it stands: by the day of awareness, else the nearest day known. */
const cd_policy_t *app_case_policy(const cd_case_t *file, const cd_org_t *org);
/** Day the trust became aware: as the opening says, else that of the first opinion that it is
 * notifiable. */
cd_when_t app_case_aware(const cd_case_t *file);

/** Sets the head's summary columns, and the number it is found by, from what stands today. `all`
 * holds every record, the new ones too.
 * @errors CD_E_INVALID: nothing is left of the incident (or the claim's facts) */
cd_err_t *app_case_sum_up(store_head_t *head, const cd_record_t *all, int count,
                          const cd_org_t *org, cd_date_t today, apr_pool_t *pool);
cd_err_t *app_claim_sum_up(store_head_t *head, const cd_record_t *all, int count, cd_date_t today,
                           apr_pool_t *pool);
/** A fresh record of the actor's, number `seq`. @owner ctx->pool */
cd_record_t *app_record_make(const app_ctx_t *ctx, cd_record_kind_t kind, int seq,
                             const void *body);
/** `all` with `record` behind it. @owner pool */
cd_record_t *app_records_with(const cd_record_t *all, int count, const cd_record_t *record,
                              apr_pool_t *pool);
/** The action word of a record. */
int app_record_action(const cd_record_t *record);

/** What stands in the way of a correction: the record named is not there, not of this kind or no
 * longer stands, or no reason was given. */
void app_correction_check(const app_record_ask_t *ask, const cd_record_def_t *def,
                          const cd_record_t *records, int count, cd_problems_t *problems);
/** What stands in the way of a record in a case. `file`: as it stands today; NULL if it was not
 * read, which is enough for a new record of a kind that may come many times. */
cd_err_t *app_case_guard(app_ctx_t *ctx, const store_head_t *head, const app_record_ask_t *ask,
                         const cd_record_def_t *def, const cd_case_t *file,
                         cd_problems_t *problems);
/** The parts of it that are about an end or a new beginning (case_close.c). */
cd_err_t *app_closure_check(app_ctx_t *ctx, const store_head_t *head, const cd_closure_t *closure,
                            const cd_case_t *file, cd_problems_t *problems);
void app_rule_reason_check(const cd_rule_reason_t *reason, const app_record_ask_t *ask,
                           const cd_case_t *file, cd_problems_t *problems);
void app_return_check(const cd_return_t *back, const cd_case_t *file, cd_problems_t *problems);
void app_reopening_check(const cd_reopening_t *reopening, const cd_case_t *file,
                         cd_problems_t *problems);
/** 1 unless both are the same text, or neither is given. */
int app_text_differs(const char *a, const char *b);

/** A record of a case that is written in two files at once, by one transaction: a hand-over to
 * another trust, or two cases of one incident that are joined. `all`: the records of the file that
 * ctx names. Closes this case.
 * @errors CD_E_INVALID with problems; CD_E_STALE */
cd_err_t *app_case_move(int *seq_out, app_ctx_t *ctx, store_head_t *head,
                        const app_record_ask_t *ask, const cd_record_t *all, int count,
                        const cd_org_t *org, cd_problems_t *problems);

#endif
