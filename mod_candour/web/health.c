/* health.c: whether the service is well, what needs somebody, and all checks with their limits.
 *
 * Holds no case content. Works with the database away: then the first check says so. */
#include <string.h>

#include <apr_strings.h>

#include "app/admin.h"
#include "web/outbox.h"
#include "web/page.h"
#include "web/route.h"
#include "web/url.h"

typedef struct state_t { const char *word, *label; web_name_t mark; } state_t;

static state_t state_of(const app_check_t *check)
{
    if (check->ok)
        return (state_t){ "good", "Good", WN_is_good };
    if (check->warn_only)
        return (state_t){ "look", "Look", WN_is_look };
    return (state_t){ "fix", "Fix", WN_is_fix };
}

static void put_check(web_view_t *map, const app_check_t *check, apr_pool_t *pool)
{
    const state_t state = state_of(check);

    /* names of settings stay as the database writes them */
    web_put_text(map, WN_name,
                 strchr(check->name, '_') ? check->name : web_upper_first(check->name, pool));
    web_put_text(map, WN_state, state.word);
    web_page_text(map, WN_state_label, state.label);
    web_page_flag(map, state.mark, 1);
    web_put_text(map, WN_found, check->found);
    web_put_text(map, WN_wanted, check->wanted);
    if (!check->ok)
        web_put_text(map, WN_effect, check->effect);
}

/** "Working, with 1 thing to fix and 2 to look at" */
static const char *verdict(web_exchange_t *x, int fix, int look)
{
    const char *to_fix = web_count(fix, "thing", "things", x->pool);

    if (!fix && !look)
        return "Working: every check is good";
    if (!fix)
        return apr_psprintf(x->pool, "Working, with %s to look at",
                            web_count(look, "thing", "things", x->pool));
    if (!look)
        return apr_psprintf(x->pool, "%s to fix", to_fix);
    return apr_psprintf(x->pool, "%s to fix and %d to look at", to_fix, look);
}

cd_err_t *web_health(web_exchange_t *x)
{
    app_check_t *checks;
    web_view_t *all, *needs;
    int i, count, fix = 0, look = 0;

    CD_ERR(app_health(&checks, &count, x->ctx));
    all = web_put_list(x->view, WN_checks);
    needs = web_page_list(x->view, WN_needs);
    for (i = 0; i < count; i++) {
        put_check(web_add(all), &checks[i], x->pool);
        if (checks[i].ok)
            continue;
        fix += !checks[i].warn_only;
        look += checks[i].warn_only;
    }
    /* what must be fixed leads, whatever its place among the checks */
    for (i = 0; i < 2 * count; i++)
        if (!checks[i % count].ok && checks[i % count].warn_only == (i >= count))
            put_check(web_add(needs), &checks[i % count], x->pool);
    web_page_title(x, "Health", verdict(x, fix, look));
    web_put_int(x->view, WN_to_fix, fix);
    web_put_int(x->view, WN_to_look_at, look);
    web_page_flag(x->view, WN_has_needs, fix || look);
    web_put_instant(x->view, WN_checked_at, x->ctx->now);
    /* with the database away there is no outbox to look at, and the first check says so */
    return count > 1 ? web_outbox_put(x) : NULL;
}
