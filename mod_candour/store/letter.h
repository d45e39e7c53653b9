/* letter.h: letters that wait for their PDF, and who may let a letter out.
 *
 * Requires: file.h.   Provides: store_letter_*, store_signers.   Used by: app. */
#ifndef CD_STORE_LETTER_H
#define CD_STORE_LETTER_H

#include "store/file.h"

typedef struct store_letter_wait_t {
    apr_int64_t case_id;
    int seq;                       /* of the sign-off */
    cd_instant_t put_at;
    const char *reference;         /* of the case */
} store_letter_wait_t;

/** Inside the transaction of a sign-off: its PDF is to be made. */
cd_err_t *store_letter_wait(const store_head_t *head, int seq, cd_instant_t now, store_conn_t *conn,
                            apr_pool_t *pool);
/** Inside the transaction that records the PDF, or puts a new version in the place of the letter.
 */
cd_err_t *store_letter_done(const store_head_t *head, int seq, store_conn_t *conn,
                            apr_pool_t *pool);
/** The next `limit` that wait behind `after` (NULL: from the oldest on), oldest first; none of an
 * erased case.
 * @owner pool */
cd_err_t *store_letters_waiting(store_letter_wait_t **out, int *count_out,
                                const store_letter_wait_t *after, int limit, store_conn_t *conn,
                                apr_pool_t *pool);
/** Active users of a trust with one of `roles` (bits), but not `except`. @owner pool */
cd_err_t *store_signers(cd_user_id **out, int *count_out, cd_org_id org, apr_uint32_t roles,
                        cd_user_id except, store_conn_t *conn, apr_pool_t *pool);

#endif
