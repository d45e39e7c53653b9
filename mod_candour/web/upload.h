/* upload.h: a form that carries a file, read as it comes.
 *
 * Requires: request.h, base/multipart.h.   Provides: web_upload_*.   Used by: web (documents,
 * bringing in), mod.
 * A route with `upload` set takes multipart/form-data. Its body is not read before the handler: the
 * handler asks for it here, when actor, file and rights are known, and the file's bytes go straight
 * to a sink. The token must come before the first file, and is checked before a byte of the file is
 * taken. While the sender is waited for, the use case's connection is given back: a sink takes it
 * anew (app_conn) for each piece it stores. */
#ifndef CD_WEB_UPLOAD_H
#define CD_WEB_UPLOAD_H

#include "base/multipart.h"
#include "web/request.h"
#include "web/url.h"

/** Where the bytes of the one file go. `begin` comes once, and not at all if no file was chosen. */
typedef struct web_upload_sink_t {
    void *baton;
    const char *name;              /* of the file field: "file" */
    cd_err_t *(*begin)(void *baton, const char *filename, const char *media_type);
    cd_err_t *(*data)(void *baton, const char *bytes, apr_size_t len);
    cd_err_t *(*end)(void *baton);
} web_upload_sink_t;

/** Reads the whole body. The fields come back as the text of an urlencoded form, which
 * web_form_read and the others take (x->req->body is set to it), without the token.
 * @errors CD_E_TOKEN, CD_E_BAD_REQUEST, CD_E_TOO_LARGE, CD_E_TYPE; the connection's as
 * CD_E_BAD_REQUEST; the sink's own */
cd_err_t *web_upload_read(web_exchange_t *x, const web_upload_sink_t *sink);
/** 1 if this address takes a form with a file: then the body is not read before the handler asks
 * for it. */
int web_takes_upload(const web_site_t *site, web_method_t method, const char *path,
                     apr_pool_t *pool);
/** Bytes that the body of such a form may have: the file's, and 1 MiB for all else. */
apr_uint64_t web_upload_total(const web_site_t *site);

#endif
