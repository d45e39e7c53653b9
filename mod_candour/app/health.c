/* health.c: is the service well? One list for the page, its JSON and candourctl doctor. */
#include <apr_strings.h>

#include "app/admin.h"
#include "app/core.h"
#include "app/outbox.h"

#define CHECKS_MAX 64

typedef struct list_t {
    app_check_t *rows;
    int count;
    apr_pool_t *pool;
} list_t;

static app_check_t *check_add(list_t *list, const char *name, int ok)
{
    app_check_t *check = &list->rows[list->count];

    if (list->count < CHECKS_MAX - 1)
        list->count++;
    check->name = name;
    check->ok = ok;
    check->found = check->wanted = check->effect = "";
    check->warn_only = 0;
    return check;
}

static void database_check(list_t *list, const cd_err_t *err)
{
    app_check_t *check = check_add(list, "Database", !err);

    check->found = err ? err->public_text : "answers";
    check->wanted = "answers";
    if (err)
        check->effect =
            "No page with a case or a claim can be shown and nothing can be saved. "
            "See the error log for the reason; start the database or correct its settings.";
}

static void connections_check(list_t *list, store_t *store)
{
    store_stats_t stats;
    app_check_t *check;

    store_stats(&stats, store);
    /* The one that asks is among the busy; the command line has no more than that one. */
    check = check_add(list, "Connections in use", stats.busy < stats.slots || stats.slots == 1);
    check->found = apr_psprintf(list->pool, "%d of %d", stats.busy, stats.slots);
    check->wanted = "at least 1 free";
    check->warn_only = 1;
    check->effect =
        check->ok ? "" : "Requests wait for a connection. Raise the number of slots if this lasts.";
    check = check_add(list, "Circuit breaker", !stats.breaker_open);
    check->found = stats.breaker_open ? "open" : "closed";
    check->wanted = "closed";
    check->effect = check->ok
                        ? ""
                        : "The last connection attempts failed: requests are refused at once while "
                          "one at a time tries again.";
}

/* Messages that wait for long say that nobody sends them: no timer runs, or the way out is shut. */
#define WAITS_LONG apr_time_from_sec(24 * 3600)

static cd_err_t *outbox_check(list_t *list, app_ctx_t *ctx)
{
    app_outbox_state_t state;
    app_check_t *check;
    int late;

    CD_ERR(app_outbox_state(&state, ctx));
    late = state.oldest_waiting && ctx->now - state.oldest_waiting > WAITS_LONG;
    check = check_add(list, "Messages to people", !late && !state.failed);
    check->found = apr_psprintf(list->pool, "%d waiting%s, %d failed", state.waiting,
                                late ? " for more than a day" : "", state.failed);
    check->wanted = "none waiting for a day, none failed";
    check->warn_only = 1;
    if (!check->ok)
        check->effect = "People find their messages in the service, but some were not told by "
                        "e-mail. See that the timer "
                        "runs candourctl run outbox, and what it says";
    return NULL;
}

static cd_err_t *store_checks(list_t *list, app_ctx_t *ctx)
{
    store_check_t *rows;
    int count, i;

    CD_ERR(store_health(&rows, &count, ctx->conn, ctx->pool));
    for (i = 0; i < count; i++) {
        app_check_t *check = check_add(list, rows[i].name, rows[i].ok);

        check->found = rows[i].found ? rows[i].found : "";
        check->wanted = rows[i].wanted ? rows[i].wanted : "";
        check->warn_only = rows[i].warn_only;
        if (!rows[i].ok)
            check->effect = rows[i].warn_only ? "The service works. Change the setting in the "
                                                "database server’s configuration."
                                              : "The service may refuse to save. Change the "
                                                "setting in the database server’s configuration, "
                                                "or run candourctl migrate if the schema differs.";
    }
    return NULL;
}

static int last_year(const cd_calendar_t *cal)
{
    int year, month, day;

    if (!cal || !cal->count)
        return 0;
    cd_date_split(cal->holidays[cal->count - 1], &year, &month, &day);
    return year;
}

/* Without a year's holidays no due date in it is counted. */
static void holidays_check(list_t *list, const app_ctx_t *ctx)
{
    int year, month, day, division, known;

    cd_date_split(ctx->today, &year, &month, &day);
    for (division = CD_DIV_ENGLAND_AND_WALES; division <= CD_DIV_NORTHERN_IRELAND; division++) {
        app_check_t *check;

        known = last_year(ctx->cache->calendars[division]);
        check = check_add(list,
                          apr_pstrcat(list->pool, "Bank holidays, ",
                                      cd_token_label(cd_divisions, division), NULL),
                          known > year);
        check->found = known ? apr_psprintf(list->pool, "known to 31 December %d", known) : "none";
        check->wanted = apr_psprintf(list->pool, "known to 31 December %d", year + 1);
        check->warn_only = known == year;
        if (!check->ok)
            check->effect =
                apr_psprintf(list->pool,
                             "Due dates after %d are not counted, and the pages say so. "
                             "Run candourctl holidays import FILE with the official list.",
                             known ? known : year - 1);
    }
}

static void scheme_check(list_t *list, app_ctx_t *ctx)
{
    const cd_scheme_t *scheme = NULL;
    app_check_t *check =
        check_add(list, "Active liability scheme", !app_scheme_active(&scheme, ctx));

    check->wanted = "one";
    check->found = scheme
                       ? apr_psprintf(list->pool, "%s, version %d", scheme->title, scheme->version)
                       : "none";
    check->effect =
        scheme ? ""
               : "No liability flag can be computed. Run candourctl scheme add FILE --activate.";
}

cd_err_t *app_health(app_check_t **out, int *count_out, app_ctx_t *ctx)
{
    list_t list = { apr_pcalloc(ctx->pool, sizeof(**out) * CHECKS_MAX), 0, ctx->pool };
    cd_err_t *err = app_conn(ctx);

    /* With the database away nobody can be told from anybody: then only that is said. */
    if (!err)
        CD_ERR(app_need(ctx, CD_RIGHT_HEALTH_READ));
    database_check(&list, err);
    if (!err) {
        connections_check(&list, ctx->app->store);
        CD_ERR(store_checks(&list, ctx));
        holidays_check(&list, ctx);
        scheme_check(&list, ctx);
        CD_ERR(outbox_check(&list, ctx));
    }
    *out = list.rows;
    *count_out = list.count;
    return NULL;
}
