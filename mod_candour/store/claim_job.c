/* claim_job.c: jobs over all claims as rows. */
#include <string.h>

#include <apr_tables.h>

#include "store/claim_job.h"
#include "store/db.h"

#define AT_ONCE 8

static void read_job(store_claim_job_t *job, store_stmt_t *rows, apr_pool_t *pool)
{
    job->id = store_col_long(rows);
    job->state = store_col_int(rows);
    job->all = store_col_int(rows);
    job->decided = store_col_int(rows);
    job->asked_by = store_col_long(rows);
    job->asked_name = store_col_text(rows, pool);
    job->asked_at = store_col_long(rows);
    job->started_at = store_col_long(rows);
    job->beat_at = store_col_long(rows);
    job->done_at = store_col_long(rows);
    job->after_id = store_col_long(rows);
    job->total = store_col_long(rows);
    job->seen = store_col_long(rows);
    job->made = store_col_long(rows);
    job->same = store_col_long(rows);
    job->held = store_col_long(rows);
    job->failed = store_col_long(rows);
}

static cd_err_t *read_one(store_claim_job_t **out, store_stmt_t *rows, apr_pool_t *pool)
{
    int row;

    *out = NULL;
    CD_ERR(store_step(&row, rows, pool));
    if (row) {
        *out = apr_palloc(pool, sizeof(**out));
        read_job(*out, rows, pool);
    }
    store_finish(rows);
    return NULL;
}

cd_err_t *store_claim_job_get(store_claim_job_t **out, apr_int64_t id, store_conn_t *conn,
                              apr_pool_t *pool)
{
    store_stmt_t *rows;

    CD_ERR(store_select(&rows, conn, STMT_SELECT_CLAIM_JOB, pool, "L", id));
    return read_one(out, rows, pool);
}

cd_err_t *store_claim_jobs(store_claim_job_t **out, int *count_out, apr_int64_t before, int limit,
                           store_conn_t *conn, apr_pool_t *pool)
{
    apr_array_header_t *list = apr_array_make(pool, limit + 1, sizeof(store_claim_job_t));
    store_stmt_t *rows;
    int row = 1;

    CD_ERR(store_select(&rows, conn, STMT_LIST_CLAIM_JOBS, pool, "Li",
                        before ? before : APR_INT64_MAX, limit));
    while (row) {
        CD_ERR(store_step(&row, rows, pool));
        if (row)
            read_job(apr_array_push(list), rows, pool);
    }
    *out = (store_claim_job_t *)list->elts;
    *count_out = list->nelts;
    return NULL;
}

cd_err_t *store_claim_job_next(store_claim_job_t **out, int waiting, int running,
                               cd_instant_t quiet_since, store_conn_t *conn, apr_pool_t *pool)
{
    store_stmt_t *rows;

    CD_ERR(
        store_select(&rows, conn, STMT_NEXT_CLAIM_JOB, pool, "iiL", waiting, running, quiet_since));
    return read_one(out, rows, pool);
}

cd_err_t *store_claim_job_live(store_claim_job_t **out, int waiting, int running,
                               store_conn_t *conn, apr_pool_t *pool)
{
    store_stmt_t *rows;

    CD_ERR(store_select(&rows, conn, STMT_LIVE_CLAIM_JOB, pool, "ii", waiting, running));
    return read_one(out, rows, pool);
}

cd_err_t *store_claim_job_insert(store_claim_job_t *job, store_conn_t *conn, apr_pool_t *pool)
{
    return store_change(NULL, &job->id, conn, STMT_INSERT_CLAIM_JOB, pool, "iiiLLL", job->state,
                        job->all, job->decided, job->asked_by, job->asked_at, job->asked_at);
}

cd_err_t *store_claim_job_take(const store_claim_job_t *seen, int state, apr_int64_t total,
                               cd_instant_t at, store_conn_t *conn, apr_pool_t *pool)
{
    int rows;

    CD_ERR(store_change(&rows, NULL, conn, STMT_KEEP_CLAIM_JOB_TAKE, pool, "iLLLLiL", state, at, at,
                        total, seen->id, seen->state, seen->beat_at));
    return rows == 1 ? NULL
                     : cd_err(pool, CD_E_STALE, NULL,
                              "job %" APR_INT64_T_FMT " was taken by another", seen->id);
}

cd_err_t *store_claim_job_keep(const store_claim_job_t *job, store_conn_t *conn, apr_pool_t *pool)
{
    return store_change(NULL, NULL, conn, STMT_KEEP_CLAIM_JOB, pool, "iLLLLLLLLL", job->state,
                        job->beat_at, job->done_at, job->after_id, job->seen, job->made, job->same,
                        job->held, job->failed, job->id);
}

#define LETTERS "LLLiiiiLL"
#define R(n) \
    row[n].job_id, row[n].claim_id, row[n].org_id, row[n].old_seq, row[n].new_seq, \
    row[n].old_state, row[n].new_state, row[n].old_p, row[n].new_p

cd_err_t *store_claim_job_rows_keep(const store_claim_job_row_t *row, int count, store_conn_t *conn,
                                    apr_pool_t *pool)
{
    for (; count >= AT_ONCE; count -= AT_ONCE, row += AT_ONCE)
        CD_ERR(store_change(NULL, NULL, conn, STMT_KEEP_CLAIM_JOB_ROWS, pool,
                            LETTERS LETTERS LETTERS LETTERS LETTERS LETTERS LETTERS LETTERS, R(0),
                            R(1), R(2), R(3), R(4), R(5), R(6), R(7)));
    for (; count; count--, row++)
        CD_ERR(store_change(NULL, NULL, conn, STMT_KEEP_CLAIM_JOB_ROW, pool, LETTERS, R(0)));
    return NULL;
}

cd_err_t *store_claim_job_rows(store_claim_job_row_t **out, int *count_out, apr_int64_t job_id,
                               apr_int64_t after_claim, cd_org_id after_org, int limit,
                               store_conn_t *conn, apr_pool_t *pool)
{
    apr_array_header_t *list = apr_array_make(pool, limit + 1, sizeof(store_claim_job_row_t));
    store_stmt_t *rows;
    int row = 1;

    CD_ERR(store_select(&rows, conn, STMT_LIST_CLAIM_JOB_ROWS, pool, "LLLLi", job_id, after_claim,
                        after_claim, after_org, limit));
    while (row) {
        store_claim_job_row_t *one;

        CD_ERR(store_step(&row, rows, pool));
        if (!row)
            break;
        one = apr_array_push(list);
        one->job_id = job_id;
        one->claim_id = store_col_long(rows);
        one->reference = store_col_text(rows, pool);
        one->org_code = store_col_text(rows, pool);
        one->old_seq = store_col_int(rows);
        one->new_seq = store_col_int(rows);
        one->old_state = store_col_int(rows);
        one->new_state = store_col_int(rows);
        one->old_p = store_col_long(rows);
        one->new_p = store_col_long(rows);
        one->org_id = store_col_long(rows);
    }
    *out = (store_claim_job_row_t *)list->elts;
    *count_out = list->nelts;
    return NULL;
}
