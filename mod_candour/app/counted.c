/* counted.c: decisions that had counted a breach which fell away on review, or which a later
 * decision replaced.
 *
 * Says what their schemes would give now. Nothing is reckoned again by itself: somebody looks at
 * each (app/review.c). */
#include <apr_strings.h>

#include "app/decided_core.h"
#include "domain/breach.h"

#define STANDINGS_MAX 5000
#define COUNTED_MAX 500

static cd_breach_t breach_of(const store_standing_t *row)
{
    cd_breach_t one = { .claim_id = row->claim_id,
                        .seq = row->seq,
                        .outcome = row->outcome,
                        .standing = row->standing,
                        .amount_p = row->amount_p,
                        .units = row->units,
                        .decided_at = row->decided_at };

    return one;
}

/* Every decision on the trust, this one already fallen. */
static cd_err_t *breaches_read(cd_breach_t **out, int *count_out, const app_cause_t *cause,
                               store_conn_t *conn, apr_pool_t *pool)
{
    store_standing_t *rows;
    int i;

    CD_ERR(store_org_standings(&rows, count_out, cause->org_id, 0, STANDINGS_MAX, conn, pool));
    *out = apr_pcalloc(pool, sizeof(**out) * (apr_size_t)(*count_out + 1));
    for (i = 0; i < *count_out; i++) {
        (*out)[i] = breach_of(&rows[i]);
        if (rows[i].claim_id == cause->claim_id && rows[i].seq == cause->seq)
            (*out)[i].standing = CD_STAND_QUASHED;
    }
    return NULL;
}

static int place_of(const cd_breach_t *all, int count, const store_standing_t *row)
{
    int i;

    for (i = 0; i < count; i++)
        if (all[i].claim_id == row->claim_id && all[i].seq == row->seq)
            return i;
    return -1;
}

static int can_be_looked_at(int standing)
{
    return standing == CD_STAND_PROPOSED || standing == CD_STAND_STANDS
           || standing == CD_STAND_VARIED;
}

cd_err_t *app_counted_put(const app_cause_t *cause, store_conn_t *conn, apr_pool_t *pool)
{
    store_counted_t *rows;
    cd_breach_t *all;
    int count, all_count, i;

    CD_ERR(breaches_read(&all, &all_count, cause, conn, pool));
    CD_ERR(store_counted(&rows, &count, cause->org_id, cause->decided_at, cause->claim_id,
                         COUNTED_MAX, conn, pool));
    for (i = 0; i < count; i++) {
        const store_standing_t *row = &rows[i].standing;
        const int place = place_of(all, all_count, row);
        store_look_t look = { .claim_id = row->claim_id, .decision_seq = row->seq,
                              .cause_claim_id = cause->claim_id, .cause_seq = cause->seq,
                              .org_id = cause->org_id,
                              .n_then = row->counted, .put_at = cause->now };
        cd_scheme_input_t sums;
        cd_scheme_t *scheme;

        if (place < 0 || !can_be_looked_at(row->standing))
            continue;
        CD_ERR(cd_flag_asked(&sums, &scheme, rows[i].inputs, rows[i].answer, pool));
        look.n_now =
            cd_breach_number(all, all_count, place,
                             cd_window_start(scheme->window, cd_london_date(row->decided_at)));
        if (look.n_now < look.n_then)
            CD_ERR(store_look_put(&look, conn, pool));
    }
    return NULL;
}

cd_err_t *app_counted_replaced(const store_head_t *head, cd_org_id org_id, int by_seq,
                               cd_instant_t now, store_conn_t *conn, apr_pool_t *pool)
{
    store_standing_t *rows;
    int count, i;

    CD_ERR(store_standings(&rows, &count, head->id, org_id, conn, pool));
    for (i = 0; i < count; i++) {
        const cd_breach_t one = breach_of(&rows[i]);
        const app_cause_t cause = { org_id, head->id, rows[i].seq, rows[i].decided_at, now };

        if (rows[i].seq < by_seq && cd_breach_counts(&one))
            CD_ERR(app_counted_put(&cause, conn, pool));
    }
    return NULL;
}

cd_err_t *app_looks_from(app_look_t **out, app_ctx_t *ctx, const store_look_t *rows, int count)
{
    app_look_t *looks = apr_pcalloc(ctx->pool, sizeof(*looks) * (apr_size_t)(count + 1));
    int i;

    for (i = 0; i < count; i++) {
        cd_scheme_result_t result = { 0 };
        cd_scheme_input_t sums;
        cd_scheme_t *scheme;

        looks[i] = (app_look_t){ .reference = rows[i].reference, .seq = rows[i].decision_seq,
                                 .cause = rows[i].cause_reference, .cause_seq = rows[i].cause_seq,
                                 .decided_at = rows[i].decided_at, .n_then = rows[i].n_then,
                                 .n_now = rows[i].n_now,
                                 .most_then_p = rows[i].indicated_p,
                                 .looked_seq = rows[i].looked_seq };
        if (cd_flag_asked(&sums, &scheme, rows[i].inputs, rows[i].answer, ctx->pool))
            /* made by another version of the program: the page says that it is not known */
            continue;
        sums.breach_number = rows[i].n_now;
        if (cd_scheme_compute(&result, scheme, &sums, ctx->pool))
            continue;
        looks[i].known = 1;
        looks[i].most_now_p = result.indicated_p;
    }
    *out = looks;
    return NULL;
}
