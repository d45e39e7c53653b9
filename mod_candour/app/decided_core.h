/* decided_core.h: a decision with what was done about it, as the use cases after it need it.
 *
 * Requires: claim_core.h, decided.h.   Provides: app_decided_read, app_decided_write.   Used by:
 * app. */
#ifndef CD_APP_DECIDED_CORE_H
#define CD_APP_DECIDED_CORE_H

#include "app/claim_core.h"
#include "app/decided.h"
#include "domain/conflict.h"
#include "domain/series.h"
#include "store/recovery.h"

typedef struct app_decided_now_t {
    app_ctx_t *ctx;
    int version;                         /* that the write is made against */
    store_head_t *head;
    app_claim_facts_t facts;
    const cd_org_t *org;
    const store_decision_t *row;
    const store_flag_t *flag;
    const cd_scheme_t *scheme;           /* of the flag, or NULL */
    const cd_decided_t *all;             /* every decision of the claim */
    int count, which;
    cd_stand_t stand;                    /* for a trust's user: as the trust was told */
    int replaced;                        /* 1: a later decision stands in its place, told or not */
    cd_recovered_t *recovered;
    const store_look_t *looks; int look_count;
    const store_look_t *next_look;       /* of those the open one that waits longest, or NULL */
} app_decided_now_t;

/** Reads the claim that ctx names and its decision `seq` on that trust, for one of `right`'s reach.
 * @errors CD_E_NOT_FOUND: no such decision, on another trust, or the actor's trust was not told of
 * it yet */
cd_err_t *app_decided_read(app_decided_now_t *out, app_ctx_t *ctx, cd_right_t right,
                           const char *org_code, int seq);
/** Why the actor may not take the step now; NULL: may. `*forbidden_out` 1: nor ever. */
cd_err_t *app_decided_why_not(const char **why_out, int *forbidden_out,
                              const app_decided_now_t *now, app_step_t step);
/** The same as an error. */
cd_err_t *app_decided_may(const app_decided_now_t *now, app_step_t step);
/** Begins a step: right, reach, the version seen. ctx->replayed set: answered before, *seq_out is
 * the answer. */
cd_err_t *app_decided_begin(app_decided_now_t *now, int *seq_out, app_ctx_t *ctx, app_step_t step,
                            const app_decided_ask_t *ask);
/** Writes records of one kind in one transaction; `bodies` are checked already. */
cd_err_t *app_decided_write(int *seq_out, app_decided_now_t *now, cd_record_kind_t kind,
                            const void *const *bodies, int count, const app_more_t *more);
/** Checks one body as every record of a claim is checked. */
void app_decided_check(const app_decided_now_t *now, cd_record_kind_t kind, const void *body,
                       cd_problems_t *problems);
/** Keeps the rows of lists that follow from the claim's records (recovery_row, allegation_row);
 * inside the transaction of a write, behind app_standing_touch. */
int app_recovery_asks(const app_write_t *write, const store_head_t *head);
cd_err_t *app_recovery_touch(app_ctx_t *ctx, const store_head_t *head, const cd_record_t *all,
                             int count, store_conn_t *conn, apr_pool_t *pool);
/** The version of a scheme that a flag was computed under, by code and number; NULL: it is not
 * kept. */
const cd_scheme_t *app_decided_scheme(const app_ctx_t *ctx, const store_flag_t *flag);
/** Everybody of a trust's legal team (org), or of a role (org 0), is sent a notice; inside a
 * transaction. */
cd_err_t *app_decided_tell_all(app_ctx_t *ctx, cd_role_t role, const cd_org_t *org, int kind,
                               const char *reference, const char *step, cd_date_t due,
                               store_conn_t *conn, apr_pool_t *pool);

/** The trust that is asked for within reach of CLAIM_READ: id 0 for all; a trust's user has the own
 * (`own_out`), and reads of decisions what it was told. Opens the connection.
 * @errors CD_E_NOT_FOUND: no such trust, or not this actor's */
cd_err_t *app_org_reach(const cd_org_t **org_out, cd_org_id *id_out, int *own_out, app_ctx_t *ctx,
                        const char *org_code);

/** A decision that no longer counts as a breach. */
typedef struct app_cause_t {
    cd_org_id org_id;
    apr_int64_t claim_id;
    int seq;
    cd_instant_t decided_at, now;
} app_cause_t;
/** Inside the transaction in which a breach falls away: puts a look for each later decision on the
 * trust whose number of breaches would now be lower. */
cd_err_t *app_counted_put(const app_cause_t *cause, store_conn_t *conn, apr_pool_t *pool);
/** The same for each decision on the trust in this claim that counts and that decision `by_seq`
 * takes the place of. */
cd_err_t *app_counted_replaced(const store_head_t *head, cd_org_id org_id, int by_seq,
                               cd_instant_t now, store_conn_t *conn, apr_pool_t *pool);
/** Looks as rows for pages, with what the scheme would give now. */
cd_err_t *app_looks_from(app_look_t **out, app_ctx_t *ctx, const store_look_t *rows, int count);

#endif
