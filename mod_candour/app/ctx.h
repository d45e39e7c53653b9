/* ctx.h: what every use case starts from.
 *
 * Requires: base, domain; names store types by forward declaration only.   Provides: app_t,
 * app_ctx_t.   Used by: app, web, cli, mod. app_t lives as long as a child: connections, keys,
 * cached calendars, organisations and schemes (renewed when the stamp that comes with each actor
 * look-up has moved). app_ctx_t lives as long as a request: who, when, under which idempotency key.
 * Rights are asked here, in app/, and nowhere else. */
#ifndef CD_APP_CTX_H
#define CD_APP_CTX_H

#include "base/err.h"
#include "base/log.h"
#include "domain/candour.h"
#include "domain/scheme.h"

struct store_t;
struct store_conn_t;
struct store_keys_t;
struct store_head_t;
struct app_cache_t;

typedef struct app_t app_t;

typedef apr_time_t (*app_clock_fn)(void);
/** Another program that looks at uploads before they are kept (scan.h). */
typedef struct app_scanner_t {
    /* program by its full path, arguments, NULL; no shell reads them */
    const char *const *argv;
    int seconds;                         /* that it may take for one file */
} app_scanner_t;
/** What the scheme's own numbers of claims look like. */
typedef struct app_ref_pattern_t {
    const struct cd_pattern_t *pattern;
    const char *example;                 /* for the words of an error */
} app_ref_pattern_t;
typedef struct app_options_t {
    struct store_t *store;
    const struct store_keys_t *keys;
    app_clock_fn clock;                  /* the only clock of the program; tests give their own */
    const cd_log_t *log;
    const app_scanner_t *scanner;        /* NULL: none */
    const app_ref_pattern_t *claim_ref;  /* NULL: any text will do */
} app_options_t;
/** Compiles the pattern of such numbers, the whole of which must match. @owner pool
 * @errors CD_E_CONFIG: it does not compile, or its own example does not match it */
cd_err_t *app_ref_pattern_make(const app_ref_pattern_t **out, const char *pattern,
                               const char *example, apr_pool_t *pool);
cd_err_t *app_make(app_t **out, const app_options_t *options, apr_pool_t *pool);

#define APP_IDEM_BYTES 16
typedef struct app_ctx_t {
    app_t *app;
    apr_pool_t *pool;
    cd_actor_t *actor;                   /* NULL until app_begin; then never NULL (id 0: nobody) */
    cd_instant_t now;
    cd_date_t today;                     /* London */
    struct store_conn_t *conn;           /* taken at the first need, once per request */
    struct store_head_t *head;           /* of the file the address names, if within reach */
    /* set before app_begin by a request that will write: saves a round trip */
    int to_write;
    int has_idem;
    unsigned char idem[APP_IDEM_BYTES];  /* idempotency key of this request */
    unsigned char fingerprint[32];       /* of its body */
    const char *replayed;                /* set when the key had been used: where the answer is */
    const struct app_cache_t *cache;     /* the child's cached data, held for this request */
    int is_system;                       /* 1: the command line, by app_begin_system */
} app_ctx_t;

app_ctx_t *app_ctx_make(app_t *app, apr_pool_t *pool);
/** Looks the actor up (and, where the address names one, the file's head: one round trip).
 * @errors CD_E_NO_USER: no active account for `subject` */
cd_err_t *app_begin(app_ctx_t *ctx, const char *subject, int file_kind, const char *reference);
/** The command line's own actor: all rights, recorded as the named user (which must exist) or as
 * "system" (id 0, no role). */
cd_err_t *app_begin_system(app_ctx_t *ctx, const char *as_subject);
/** Gives the connection back: the answer is built, and its reader may be slow. What was read stays
 * valid; a later use case would take a connection anew. NULL or a second call does no harm. */
void app_end(app_ctx_t *ctx);
/** Looks up the head of another file than the address names (command line): then as after
 * app_begin.
 * @errors CD_E_NOT_FOUND */
cd_err_t *app_name_file(app_ctx_t *ctx, int file_kind, const char *reference);
/** CD_E_FORBIDDEN unless one of the actor's roles has the right at all. */
cd_err_t *app_need(const app_ctx_t *ctx, cd_right_t right);
/** The head of the named file; CD_E_FORBIDDEN without the right, CD_E_NOT_FOUND if out of reach or
 * absent (the same for both). */
cd_err_t *app_file(struct store_head_t **out, const app_ctx_t *ctx, cd_right_t right);

/* cached data; all @owner: valid for the request (copied or immutable until the child renews them)
 */
cd_err_t *app_calendar(const cd_calendar_t **out, app_ctx_t *ctx, cd_division_t division);
cd_err_t *app_org(const cd_org_t **out, app_ctx_t *ctx, const char *code);
cd_err_t *app_orgs(const cd_org_t **out, int *count_out, app_ctx_t *ctx);
cd_err_t *app_scheme_active(const cd_scheme_t **out, app_ctx_t *ctx);
/** Secret for the CSRF token, 32 bytes. */
void app_secret(unsigned char out[32], const app_t *app, const char *purpose);

#endif
