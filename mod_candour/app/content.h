/* content.h: the bytes of documents: staged in pieces, seen once a record names them.
 *
 * Requires: ctx.h.   Provides: app_content_*.   Used by: app (documents, letters), web.
 * Bytes are sealed under the case's key in pieces of at most 1 MiB and staged outside the
 * transaction that records them: until that commits nobody can read them, and `candourctl run
 * sweep` removes what was left. */
#ifndef CD_APP_CONTENT_H
#define CD_APP_CONTENT_H

#include "app/case.h"

/** Bytes that are read at once; reads that end at a multiple of it open no piece twice. */
#define APP_CONTENT_STEP (512 * 1024)

/** Uploads of one case that nobody kept and no sweep removed yet: more are refused, so that no
 * account fills the disk. Two that come at once may make it one more. */
#define APP_STAGED_MAX 20

typedef struct app_staging_t app_staging_t;
typedef struct app_content_t {
    apr_int64_t id;                /* goes into the record's `content` */
    apr_int64_t size;
    const char *sha256;            /* 64 hex digits, of the plain bytes */
    const char *media_type;        /* by extension and content, never as the browser said */
} app_content_t;

/** Begins to stage bytes for the case that ctx names. `filename`: chooses the type by its
 * extension, which the first bytes must bear out. @errors CD_E_INVALID: a type that is not taken,
 * or APP_STAGED_MAX; CD_E_FULL; CD_E_BUSY */
cd_err_t *app_staging_begin(app_staging_t **out, app_ctx_t *ctx, const char *filename);
cd_err_t *app_staging_add(app_staging_t *staging, const char *bytes, apr_size_t len);
/** Ends it; runs the scanner, if one is set. @errors CD_E_INVALID: the content is not what the name
 * says, or the scanner found something; CD_E_BUSY: the scanner cannot be asked */
cd_err_t *app_staging_end(app_content_t *out, app_staging_t *staging);
/** All at once, for bytes that the program made itself (letters): no scanner, the type as given. */
cd_err_t *app_content_stage(app_content_t *out, app_ctx_t *ctx, const char *bytes, apr_size_t len,
                            const char *media_type);
/** Content that was staged for the case that ctx names and that nobody kept yet: to be offered
 * again by a form that came back. `*out` NULL: there is none of that number. */
cd_err_t *app_content_staged(app_content_t **out, app_ctx_t *ctx, apr_int64_t id);
/** Removes what was staged more than so many minutes ago and not kept. The command line's alone:
 * the server's account may not delete. */
cd_err_t *app_content_sweep(apr_int64_t *removed_out, app_ctx_t *ctx, int older_than_minutes);
/** To be called inside the transaction that records it (app_write_t.inside, or by app_case_record
 * for DOCUMENT and SIGNOFF): the staged content becomes part of the case. @errors CD_E_STALE: swept
 * meanwhile */
struct store_conn_t;
cd_err_t *app_content_keep(apr_int64_t content, const struct store_head_t *head,
                           struct store_conn_t *conn, apr_pool_t *pool);
/** Bytes [from, from + len) of kept content of the case that ctx names, piece by piece to `sink`;
 * each piece is checked against its seal, and no connection is held while the sink works. @errors
 * CD_E_NOT_FOUND; CD_E_RANGE; CD_E_TAMPERED */
typedef cd_err_t *(*app_content_fn)(void *baton, const char *bytes, apr_size_t len);
cd_err_t *app_content_read(app_ctx_t *ctx, apr_int64_t content, apr_int64_t from, apr_int64_t len,
                           app_content_fn sink, void *baton);

#endif
