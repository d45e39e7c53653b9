/* row.h: readers and writers that the store's files share.
 *
 * Requires: db.h, file.h.   Provides: store_head_read, store_head_listed, store_place.   Used by:
 * store alone. */
#ifndef CD_STORE_ROW_H
#define CD_STORE_ROW_H

#include "store/canon.h"
#include "store/db.h"
#include "store/file.h"
#include "store/flag.h"
#include "store/standing.h"

/** Reads a head from the columns that come next, all of them of `kind`; unwraps its key, unseals
 * title and person and holds the row against its fingerprint. Without a key the head is unreadable
 * but not an error. @errors CD_E_TAMPERED */
cd_err_t *store_head_read(store_head_t *head, cd_file_kind_t kind, store_stmt_t *rows,
                          store_conn_t *conn, apr_pool_t *pool);
/** The same for a list: a head that does not open is marked as damaged and is no reason to leave
 * the others out. */
cd_err_t *store_head_listed(store_head_t *head, cd_file_kind_t kind, store_stmt_t *rows,
                            store_conn_t *conn, apr_pool_t *pool);
/** Reads a row of the work list from the columns that come next; NULL if there is none. @owner pool
 */
struct store_work_t *store_work_read(store_stmt_t *rows, apr_pool_t *pool);
/** Reads a flag from the columns that come next. */
void store_flag_row(store_flag_t *flag, store_stmt_t *rows, apr_pool_t *pool);
/** Reads how a decision stands from the columns that come next. */
void store_standing_row(store_standing_t *standing, store_stmt_t *rows, apr_pool_t *pool);
#define STORE_CASE_COLUMNS 27
#define STORE_CLAIM_COLUMNS 16
/** Records of a case or claim from the row that has been stepped to and those behind it, `skip`
 * columns into each, up to head->last_seq. @owner pool */
cd_err_t *store_records_read(cd_record_t **out, int *count_out, const store_head_t *head,
                             store_stmt_t *rows, int skip, apr_pool_t *pool);
/** Associated data of what is sealed in a file: "case/CM-2026-0412/5/talk". @owner pool */
const char *store_place(const store_head_t *head, int seq, const char *what, apr_pool_t *pool);
/** Roles that see every trust's files of a kind, as bits. */
apr_uint32_t store_wide_roles(cd_file_kind_t kind);

/** Reads a record of `head` from the columns that come next; opens what is sealed. @errors
 * CD_E_TAMPERED */
cd_err_t *store_record_read(cd_record_t *record, const store_head_t *head, store_stmt_t *rows,
                            apr_pool_t *pool);

/** Reads back what store_put_text wrote; 0 if it cannot. `*at` moves on. @owner pool */
int store_take_text(const char **out, const char *bytes, apr_size_t len, apr_size_t *at,
                    apr_pool_t *pool);

#endif
