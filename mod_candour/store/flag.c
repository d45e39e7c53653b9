/* flag.c: flags and decisions as rows. Knows no payment. */
#include <string.h>

#include <apr_strings.h>
#include <apr_tables.h>

#include "base/buf.h"
#include "domain/liability.h"
#include "store/ahead.h"
#include "store/flag.h"
#include "store/row.h"

void store_flag_payload(const char **out, apr_size_t *len_out, const store_flag_t *flag,
                        apr_pool_t *pool)
{
    cd_buf_t *buf = cd_buf_make(pool, 2048);

    store_put_text(buf, "candour flag 1");
    store_put_long(buf, flag->claim_id);
    store_put_long(buf, flag->seq);
    store_put_long(buf, flag->org_id);
    store_put_long(buf, flag->computed_at);
    store_put_long(buf, flag->computed_by);
    store_put_text(buf, flag->scheme_code);
    store_put_long(buf, flag->scheme_version);
    store_put_text(buf, flag->engine);
    store_put_long(buf, flag->state);
    store_put_long(buf, flag->indicated_p);
    store_put_long(buf, flag->requested_on);
    store_put_long(buf, flag->claim_version);
    store_put_text(buf, flag->inputs);
    store_put_bytes(buf, flag->inputs_hash, sizeof(flag->inputs_hash));
    store_put_text(buf, flag->answer);
    *out = buf->data;
    *len_out = buf->len;
}

void store_decision_payload(const char **out, apr_size_t *len_out, const store_decision_t *decision,
                            apr_pool_t *pool)
{
    cd_buf_t *buf = cd_buf_make(pool, 1024);

    const int second = decision->facts || decision->facts_not;

    store_put_text(buf, second ? "candour decision 2" : "candour decision 1");
    store_put_long(buf, decision->claim_id);
    store_put_long(buf, decision->seq);
    store_put_long(buf, decision->flag_seq);
    store_put_long(buf, decision->org_id);
    store_put_long(buf, decision->outcome);
    store_put_long(buf, decision->amount_p);
    store_put_long(buf, decision->decided_at);
    store_put_long(buf, decision->decided_by);
    store_put_text(buf, decision->reasons);
    store_put_text(buf, decision->evidence_seen);
    if (second) {
        store_put_text(buf, decision->facts);
        store_put_text(buf, decision->facts_not);
    }
    *out = buf->data;
    *len_out = buf->len;
}

/* ---- flags -------------------------------------------------------------- */

void store_flag_row(store_flag_t *flag, store_stmt_t *rows, apr_pool_t *pool)
{
    memset(flag, 0, sizeof(*flag));
    flag->claim_id = store_col_long(rows);
    flag->seq = store_col_int(rows);
    flag->org_id = store_col_long(rows);
    flag->org_code = store_col_text(rows, pool);
    flag->org_name = store_col_text(rows, pool);
    if (!flag->org_code)
        flag->org_code = flag->org_name = "";
    flag->computed_at = store_col_long(rows);
    flag->computed_by = store_col_long(rows);
    flag->computed_by_name = store_col_text(rows, pool);
    if (!flag->computed_by_name)
        flag->computed_by_name = "system";
    flag->scheme_code = store_col_text(rows, pool);
    flag->scheme_version = store_col_int(rows);
    flag->engine = store_col_text(rows, pool);
    flag->state = store_col_int(rows);
    flag->indicated_p = store_col_long(rows);
    flag->requested_on = store_col_int(rows);
    flag->claim_version = store_col_int(rows);
    flag->inputs = store_col_text(rows, pool);
    store_col_fixed(flag->inputs_hash, sizeof(flag->inputs_hash), rows, pool);
    flag->answer = store_col_text(rows, pool);
}

static cd_err_t *read_flags(store_flag_t **out, int *count_out, store_stmt_t *rows,
                            apr_pool_t *pool)
{
    apr_array_header_t *list = apr_array_make(pool, 4, sizeof(store_flag_t));
    cd_err_t *err;
    int row;

    err = store_step(&row, rows, pool);
    while (!err && row) {
        store_flag_row(apr_array_push(list), rows, pool);
        err = store_step(&row, rows, pool);
    }
    *out = (store_flag_t *)list->elts;
    *count_out = list->nelts;
    return err;
}

cd_err_t *store_flags_latest(store_flag_t **out, int *count_out, const store_head_t *claim,
                             cd_org_id org_id, store_conn_t *conn, apr_pool_t *pool)
{
    store_stmt_t *rows;

    if (store_ahead_latest(out, count_out, conn, claim->id, org_id, pool))
        return NULL;
    CD_ERR(store_select(&rows, conn, STMT_SELECT_FLAGS_LATEST, pool, "LLLL", claim->id, org_id,
                        org_id, claim->id));
    return read_flags(out, count_out, rows, pool);
}

cd_err_t *store_flag_get(store_flag_t **out, const store_head_t *claim, cd_org_id org_id, int seq,
                         store_conn_t *conn, apr_pool_t *pool)
{
    store_stmt_t *rows;
    int count;

    CD_ERR(store_select(&rows, conn, STMT_SELECT_FLAG, pool, "LLi", claim->id, org_id, seq));
    CD_ERR(read_flags(out, &count, rows, pool));
    if (!count)
        *out = NULL;
    return NULL;
}

cd_err_t *store_flags_of_org(store_flag_t **out, int *count_out, const store_head_t *claim,
                             cd_org_id org_id, store_conn_t *conn, apr_pool_t *pool)
{
    store_stmt_t *rows;

    CD_ERR(store_select(&rows, conn, STMT_SELECT_FLAGS, pool, "LLL", claim->id, org_id, org_id));
    return read_flags(out, count_out, rows, pool);
}

#define AT_ONCE 8
#define LETTERS "LiLLLsisiLdisbs"
#define F(n) \
    flag[n]->claim_id, flag[n]->seq, flag[n]->org_id, flag[n]->computed_at, flag[n]->computed_by, \
    flag[n]->scheme_code, flag[n]->scheme_version, flag[n]->engine, flag[n]->state, \
    flag[n]->indicated_p, flag[n]->requested_on, flag[n]->claim_version, flag[n]->inputs, \
    flag[n]->inputs_hash, sizeof(flag[n]->inputs_hash), flag[n]->answer

#define BRIEF_LETTERS "LLisiiLs"
#define BRIEF(n) \
    flag[n]->claim_id, flag[n]->org_id, flag[n]->seq, flag[n]->scheme_code, \
    flag[n]->scheme_version, flag[n]->state, flag[n]->indicated_p, flag[n]->brief

static int briefed(store_flag_t *const *flag, int count)
{
    int i;

    for (i = 0; i < count && flag[i]->brief; i++)
        ;
    return i == count;
}

cd_err_t *store_briefs_keep(store_flag_t *const *flag, int count, store_conn_t *conn,
                            apr_pool_t *pool)
{
    for (; count >= AT_ONCE && briefed(flag, AT_ONCE); count -= AT_ONCE, flag += AT_ONCE)
        CD_ERR(store_change(NULL, NULL, conn, STMT_KEEP_BRIEFS, pool,
                            BRIEF_LETTERS BRIEF_LETTERS BRIEF_LETTERS BRIEF_LETTERS BRIEF_LETTERS
                                BRIEF_LETTERS BRIEF_LETTERS BRIEF_LETTERS,
                            BRIEF(0), BRIEF(1), BRIEF(2), BRIEF(3), BRIEF(4), BRIEF(5), BRIEF(6),
                            BRIEF(7)));
    for (; count; count--, flag++)
        if (flag[0]->brief)
            CD_ERR(store_change(NULL, NULL, conn, STMT_KEEP_BRIEF, pool, BRIEF_LETTERS, BRIEF(0)));
    return NULL;
}

cd_err_t *store_flags_insert(store_flag_t *const *flag, int count, store_conn_t *conn,
                             apr_pool_t *pool)
{
    store_flag_t *const *all = flag;
    int all_count = count;

    for (; count >= AT_ONCE; count -= AT_ONCE, flag += AT_ONCE) {
        CD_ERR(store_change(NULL, NULL, conn, STMT_INSERT_FLAGS, pool,
                            LETTERS LETTERS LETTERS LETTERS LETTERS LETTERS LETTERS LETTERS, F(0),
                            F(1), F(2), F(3), F(4), F(5), F(6), F(7)));
        /* each has an entry of its own: a transaction's are held against its writes */
        conn->writes += AT_ONCE - 1;
    }
    for (; count; count--, flag++)
        CD_ERR(store_change(NULL, NULL, conn, STMT_INSERT_FLAG, pool, LETTERS, F(0)));
    /* after the flags that they belong to */
    return store_briefs_keep(all, all_count, conn, pool);
}

cd_err_t *store_flag_insert(store_flag_t *flag, store_conn_t *conn, apr_pool_t *pool)
{
    return store_flags_insert(&flag, 1, conn, pool);
}

/* ---- decisions ---------------------------------------------------------- */

static cd_err_t *open_reasons(store_decision_t *decision, const store_head_t *claim,
                              const char *sealed, apr_size_t sealed_len, apr_pool_t *pool)
{
    const char *plain;
    apr_size_t len, at = 0;

    if (!claim->has_key || !sealed)
        return NULL;
    CD_ERR(store_unseal(&plain, &len, &claim->key,
                        store_place(claim, decision->seq, "decision", pool), sealed, sealed_len,
                        pool));
    if (!store_take_text(&decision->reasons, plain, len, &at, pool) ||
        !store_take_text(&decision->evidence_seen, plain, len, &at, pool) ||
        (at < len && (!store_take_text(&decision->facts, plain, len, &at, pool) ||
                      !store_take_text(&decision->facts_not, plain, len, &at, pool))))
        return cd_err(pool, CD_E_TAMPERED, NULL, "%s: decision %d has no known form",
                      claim->reference, decision->seq);
    return NULL;
}

static cd_err_t *read_decision(store_decision_t *decision, const store_head_t *claim,
                               store_stmt_t *rows, apr_pool_t *pool)
{
    const char *sealed;
    apr_size_t len;

    memset(decision, 0, sizeof(*decision));
    decision->claim_id = store_col_long(rows);
    decision->seq = store_col_int(rows);
    decision->flag_seq = store_col_int(rows);
    decision->org_id = store_col_long(rows);
    decision->outcome = store_col_int(rows);
    decision->amount_p = store_col_long(rows);
    decision->decided_at = store_col_long(rows);
    decision->decided_by = store_col_long(rows);
    decision->decided_by_name = store_col_text(rows, pool);
    if (!decision->decided_by_name)
        decision->decided_by_name = "system";
    sealed = store_col_bytes(&len, rows, pool);
    return open_reasons(decision, claim, sealed, len, pool);
}

cd_err_t *store_decisions(store_decision_t **out, int *count_out, const store_head_t *claim,
                          cd_org_id org_id, store_conn_t *conn, apr_pool_t *pool)
{
    apr_array_header_t *list = apr_array_make(pool, 4, sizeof(store_decision_t));
    store_stmt_t *rows;
    cd_err_t *err;
    int row;

    CD_ERR(
        store_select(&rows, conn, STMT_SELECT_DECISIONS, pool, "LLL", claim->id, org_id, org_id));
    err = store_step(&row, rows, pool);
    while (!err && row) {
        err = read_decision(apr_array_push(list), claim, rows, pool);
        if (!err)
            err = store_step(&row, rows, pool);
    }
    store_finish(rows);
    *out = (store_decision_t *)list->elts;
    *count_out = list->nelts;
    return err;
}

cd_err_t *store_decision_insert(const store_decision_t *decision, const store_head_t *claim,
                                store_conn_t *conn, apr_pool_t *pool)
{
    cd_buf_t *buf = cd_buf_make(pool, 512);
    const char *sealed;
    apr_size_t len;

    if (!claim->has_key)
        return cd_err(pool, CD_E_KEY, NULL, "%s: its key is gone, so nothing is added to it",
                      claim->reference);
    store_put_text(buf, decision->reasons);
    store_put_text(buf, decision->evidence_seen);
    if (decision->facts || decision->facts_not) {
        store_put_text(buf, decision->facts);
        store_put_text(buf, decision->facts_not);
    }
    CD_ERR(store_seal(&sealed, &len, &claim->key,
                      store_place(claim, decision->seq, "decision", pool), buf->data, buf->len,
                      pool));
    return store_change(NULL, NULL, conn, STMT_INSERT_DECISION, pool, "LiiLiLLLb",
                        decision->claim_id, decision->seq, decision->flag_seq, decision->org_id,
                        decision->outcome, decision->amount_p, decision->decided_at,
                        decision->decided_by, sealed, len);
}

/* ---- what was decided, and who did what ---------------------------------- */

/* Nobody saw this number, so losing it is no conflict for a person: the transaction runs again, as
 * after a deadlock, and meets what the other wrote. */
static cd_err_t *overtaken(cd_org_id org_id, store_conn_t *conn, apr_pool_t *pool)
{
    conn->fail = STORE_FAIL_RETRY;
    return cd_err(pool, CD_E_BUSY, NULL,
                  "decisions on organisation %" APR_INT64_T_FMT " went on meanwhile", org_id);
}

/* What is read may be older than the moment: the change then finds another number and no row. */
cd_err_t *store_org_decision_bump(cd_org_id org_id, store_conn_t *conn, apr_pool_t *pool)
{
    store_stmt_t *rows;
    int row, made = 0, changed;
    cd_err_t *err;

    CD_ERR(store_select(&rows, conn, STMT_SELECT_ORG_DECISIONS, pool, "L", org_id));
    CD_ERR(store_step(&row, rows, pool));
    if (row)
        made = store_col_int(rows);
    store_finish(rows);
    if (!row) {
        err = store_change(NULL, NULL, conn, STMT_INSERT_ORG_DECISION, pool, "L", org_id);
        return err && conn->fail == STORE_FAIL_DOUBLE ? overtaken(org_id, conn, pool) : err;
    }
    CD_ERR(store_change(&changed, NULL, conn, STMT_UPDATE_ORG_DECISION, pool, "Li", org_id, made));
    return changed == 1 ? NULL : overtaken(org_id, conn, pool);
}

cd_err_t *store_did(store_did_t *out, const store_head_t *claim, cd_org_id org_id, cd_user_id user,
                    store_conn_t *conn, apr_pool_t *pool)
{
    store_stmt_t *rows;
    int row;

    memset(out, 0, sizeof(*out));
    CD_ERR(store_select(&rows, conn, STMT_SELECT_DID, pool, "LLLLLLLL", claim->id, user, claim->id,
                        user, org_id, claim->id, user, org_id));
    CD_ERR(store_step(&row, rows, pool));
    if (row) {
        out->entered = store_col_int(rows);
        out->computed = store_col_int(rows);
        out->decided = store_col_int(rows);
    }
    store_finish(rows);
    return NULL;
}
