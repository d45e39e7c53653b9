/* scheme_diff.c: what two versions of schemes have different, as a page of its own and on the page
 * of a check. */
#include <string.h>

#include <apr_strings.h>

#include "web/page.h"
#include "web/route.h"
#include "web/scheme_view.h"
#include "web/url.h"

static const char *name_of(const cd_scheme_t *scheme, apr_pool_t *pool)
{
    return apr_psprintf(pool, "%s version %d", scheme->code, scheme->version);
}

int web_scheme_changes(web_exchange_t *x, const cd_scheme_t *old, const cd_scheme_t *now)
{
    cd_scheme_change_t changes[CD_SCHEME_CHANGES];
    web_view_t *list = web_put_list(x->view, WN_changes);
    int i, pass, changed, count = cd_scheme_changes(changes, &changed, old, now, x->pool);

    web_put_text(x->view, WN_old_name, name_of(old, x->pool));
    web_put_text(x->view, WN_new_name, name_of(now, x->pool));
    web_put_int(x->view, WN_changed_count, changed);
    for (pass = 2; pass >= 0;
         pass--) /* what changed comes first, then what rests on another authority */
        for (i = 0; i < count; i++) {
            web_view_t *item;

            if (2 * changes[i].changed + changes[i].resourced != pass)
                continue;
            item = web_add(list);
            web_put_text(item, WN_name, changes[i].name);
            web_put_text(item, WN_label, changes[i].label);
            web_put_flag(item, WN_is_changed, changes[i].changed);
            web_put_text(item, WN_old_value, changes[i].old);
            web_put_text(item, WN_new_value, changes[i].now);
            web_put_text(item, WN_authority, changes[i].authority);
            if (changes[i].resourced)
                web_put_text(item, WN_old_authority,
                             changes[i].old_authority ? changes[i].old_authority
                                                      : "none of its own");
        }
    return changed;
}

const char *web_scheme_changes_words(int changed, apr_pool_t *pool)
{
    if (!changed)
        return "No setting changes";
    return apr_psprintf(pool, "%s %s", web_count(changed, "setting", "settings", pool),
                        changed == 1 ? "changes" : "change");
}

static int is(const app_scheme_t *row, const cd_scheme_t *scheme)
{
    return row->scheme->version == scheme->version && !strcmp(row->scheme->code, scheme->code);
}

/* Without being told: the version in force, or for that one the version before it in the list. */
static const cd_scheme_t *beside(const app_scheme_t *rows, int count, const cd_scheme_t *now)
{
    const cd_scheme_t *other = NULL;
    int i;

    for (i = 0; i < count; i++)
        if (rows[i].active && !is(&rows[i], now))
            return rows[i].scheme;
    for (i = 0; i < count; i++) {
        if (!is(&rows[i], now))
            other = rows[i].scheme;
        else if (other)
            return other;
    }
    return other ? other : now;
}

static void put_others(web_exchange_t *x, const app_scheme_t *rows, int count,
                       const cd_scheme_t *now, const cd_scheme_t *old)
{
    const char *url = web_url(x, "scheme.diff", x->param[0], NULL);
    web_view_t *list = web_page_list(x->view, WN_views);
    int i;

    web_page_text(x->view, WN_views_label, "Compare with");
    for (i = 0; i < count; i++) {
        web_view_t *item;

        if (is(&rows[i], now))
            continue;
        item = web_add(list);
        web_page_text(item, WN_label,
                      apr_psprintf(x->pool, "%s version %d%s", rows[i].scheme->code,
                                   rows[i].scheme->version, rows[i].active ? ", in force" : ""));
        web_page_text(item, WN_url,
                      web_url_query(x, url, "with",
                                    apr_psprintf(x->pool, "%s-%d", rows[i].scheme->code,
                                                 rows[i].scheme->version)));
        web_page_flag(item, WN_current, is(&rows[i], old));
    }
}

cd_err_t *web_scheme_diff(web_exchange_t *x)
{
    app_scheme_page_t *page, *with;
    const cd_scheme_t *old, *now;
    app_scheme_t *rows;
    const char *word;
    int count;

    CD_ERR(web_scheme_find(&page, x));
    CD_ERR(app_schemes(&rows, &count, x->ctx));
    now = page->row.scheme;
    old = beside(rows, count, now);
    CD_ERR(web_query(&word, x, "with"));
    if (word && *word) {
        CD_ERR(web_scheme_by(&with, x, word));
        old = with->row.scheme;
    }
    web_crumb(x, "Policies", web_url(x, "policy.list", NULL));
    web_crumb(x, now->title, web_scheme_url(x, now->code, now->version));
    web_page_title(
        x, apr_psprintf(x->pool, "%s beside %s", name_of(now, x->pool), name_of(old, x->pool)),
        apr_psprintf(x->pool, "%s from %s to %s",
                     web_scheme_changes_words(web_scheme_changes(x, old, now), x->pool),
                     name_of(old, x->pool), name_of(now, x->pool)));
    put_others(x, rows, count, now, old);
    return NULL;
}
