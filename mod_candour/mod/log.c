/* log.c: lines of the other rings, and errors of requests, to httpd's error log. No line holds a
 * person's data: the rings see to that; no query is ever logged here. */
#include "mod/glue.h"

#include <http_log.h>

static int level_of(cd_log_level_t level)
{
    switch (level) {
    case CD_LOG_ERROR:  return APLOG_ERR;
    case CD_LOG_WARN:   return APLOG_WARNING;
    case CD_LOG_NOTICE: return APLOG_NOTICE;
    case CD_LOG_INFO:   return APLOG_INFO;
    case CD_LOG_DEBUG:  break;
    }
    return APLOG_DEBUG;
}

static void sink(void *server, cd_log_level_t level, const char *line)
{
    ap_log_error(APLOG_MARK, level_of(level), 0, (const server_rec *)server, "%s", line);
}

const cd_log_t *mod_log_make(server_rec *server, apr_pool_t *pool)
{
    cd_log_t *log = apr_palloc(pool, sizeof(*log));

    log->fn = sink;
    log->baton = server;
    return log;
}

/* An administrator acts on errors and warnings; what a client did wrong is a notice or less. */
static int level_of_code(cd_code_t code)
{
    switch (code) {
    case CD_E_FAILED:
    case CD_E_TAMPERED:
    case CD_E_KEY:
    case CD_E_SCHEMA:
    case CD_E_CONFIG:
        return APLOG_ERR;
    case CD_E_BUSY:
    case CD_E_FULL:
    case CD_E_UNKNOWN:
        return APLOG_WARNING;
    case CD_E_FORBIDDEN:
    case CD_E_NO_USER:
    case CD_E_TOKEN:
    case CD_E_KEY_REUSED:
        return APLOG_NOTICE;
    default:
        return APLOG_INFO;
    }
}

void mod_log_err(request_rec *r, const char *id, const cd_err_t *err)
{
    ap_log_rerror(APLOG_MARK, level_of_code(err->code), 0, r, CDLOGNO(0003) "[request %s] %s", id,
                  cd_err_line(err, r->pool));
}
