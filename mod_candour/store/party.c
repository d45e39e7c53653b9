/* party.c: the trusts and cases of a claim as rows, and as lines to compare.
 *
 * The PARTIES record is what was said; the rows are what look-ups go by. Verify holds one
 * against the other. */
#include <string.h>

#include <apr_strings.h>
#include <apr_tables.h>

#include "store/row.h"

/* Next reference of a list like "CM-2026-0412, CM-2026-0428"; NULL at the end. Cuts the list as
 * it goes. */
static const char *next_case(char **rest)
{
    char *word = *rest, *end;

    while (word) {
        end = strchr(word, ',');
        if (end)
            *end++ = '\0';
        *rest = end;
        apr_collapse_spaces(word, word);
        if (*word)
            return word;
        word = end;
    }
    return NULL;
}

static cd_err_t *insert_cases(const store_head_t *claim, int set_seq, const cd_party_t *party,
                              store_conn_t *conn, apr_pool_t *pool)
{
    char *rest = apr_pstrdup(pool, party->cases);
    const char *word;
    int rows;

    while ((word = next_case(&rest)) != NULL) {
        CD_ERR(store_change(&rows, NULL, conn, STMT_INSERT_PARTY_CASE, pool, "Liss", claim->id,
                            set_seq, party->org_code, word));
        if (rows != 1)
            return cd_err(pool, CD_E_NOT_FOUND, NULL, "party %s names case %s", party->org_code,
                          word);
    }
    return NULL;
}

cd_err_t *store_parties_insert(const store_head_t *claim, int set_seq, const cd_parties_t *parties,
                               store_conn_t *conn, apr_pool_t *pool)
{
    int i, rows;

    for (i = 0; i < CD_PARTIES_MAX; i++) {
        const cd_party_t *party = &parties->party[i];

        if (!party->org_code)
            continue;
        CD_ERR(store_change(&rows, NULL, conn, STMT_INSERT_PARTY, pool, "LiLs", claim->id, set_seq,
                            party->share_bp, party->org_code));
        if (rows != 1)
            return cd_err(pool, CD_E_NOT_FOUND, NULL, "a party of %s is %s, which is not known",
                          claim->reference, party->org_code);
        CD_ERR(insert_cases(claim, set_seq, party, conn, pool));
    }
    return NULL;
}

/* ---- as lines ----------------------------------------------------------- */

void store_party_lines_of(apr_array_header_t *list, int set_seq, const cd_parties_t *parties,
                          apr_pool_t *pool)
{
    int i;

    for (i = 0; i < CD_PARTIES_MAX; i++) {
        const cd_party_t *party = &parties->party[i];
        char *rest = apr_pstrdup(pool, party->cases);
        const char *word;

        if (!party->org_code)
            continue;
        *(const char **)apr_array_push(list) = apr_psprintf(
            pool, "%d %s %" APR_INT64_T_FMT, set_seq, party->org_code, party->share_bp);
        while ((word = next_case(&rest)) != NULL)
            *(const char **)apr_array_push(list) = apr_psprintf(pool, "%d %s %s", set_seq,
                                                                party->org_code, word);
    }
}

static cd_err_t *read_lines(apr_array_header_t *list, store_stmt_t *rows, int share,
                            apr_pool_t *pool)
{
    int row = 1;

    while (row) {
        CD_ERR(store_step(&row, rows, pool));
        if (row) {
            int set_seq = store_col_int(rows);
            const char *org = store_col_text(rows, pool);
            const char *last = share ? apr_psprintf(pool, "%d", store_col_int(rows))
                                     : store_col_text(rows, pool);

            *(const char **)apr_array_push(list) = apr_psprintf(pool, "%d %s %s", set_seq, org,
                                                                last);
        }
    }
    return NULL;
}

cd_err_t *store_party_lines(const char ***out, int *count_out, const store_head_t *claim,
                            store_conn_t *conn, apr_pool_t *pool)
{
    apr_array_header_t *list = apr_array_make(pool, 16, sizeof(const char *));
    store_stmt_t *rows;

    CD_ERR(store_select(&rows, conn, STMT_SELECT_PARTIES, pool, "L", claim->id));
    CD_ERR(read_lines(list, rows, 1, pool));
    CD_ERR(store_select(&rows, conn, STMT_SELECT_PARTY_CASES, pool, "L", claim->id));
    CD_ERR(read_lines(list, rows, 0, pool));
    *out = (const char **)list->elts;
    *count_out = list->nelts;
    return NULL;
}
