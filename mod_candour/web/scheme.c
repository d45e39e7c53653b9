/* scheme.c: one version of a liability scheme, each setting beside what it rests on.
 *
 * Amounts are settings, never constants of law. The scheme's `authority` says in words where they
 * come from. A line of it that begins with the name of a member of the scheme's file and a colon
 * ("fixed_p: Board paper 26/114, item 3") stands beside that setting; the others are about the
 * whole. */
#include <string.h>

#include <apr_strings.h>

#include "base/text.h"
#include "web/page.h"
#include "web/route.h"
#include "web/scheme_view.h"
#include "web/url.h"

const char *web_scheme_url(const web_exchange_t *x, const char *code, int version)
{
    return web_url(x, "scheme.show", apr_psprintf(x->pool, "%s-%d", code, version), NULL);
}

void web_scheme_row(web_view_t *map, web_exchange_t *x, const app_scheme_t *row)
{
    web_put_text(map, WN_code, row->scheme->code);
    web_put_int(map, WN_version, row->scheme->version);
    web_put_text(map, WN_title, row->scheme->title);
    web_put_token(map, WN_formula, cd_formulas, row->scheme->formula);
    web_put_flag(map, WN_active, row->active);
    web_put_date(map, WN_from, row->scheme->from);
    web_put_date(map, WN_until, row->scheme->to);
    web_page_text(map, WN_url, web_scheme_url(x, row->scheme->code, row->scheme->version));
}

/** Beside a setting: its own line of the authority, or NULL. */
static const char *authority_of(const cd_scheme_t *scheme, const char *name, apr_pool_t *pool)
{
    apr_size_t len = strlen(name);
    const char *at = scheme->authority;

    while (at && *at) {
        const char *end = strchr(at, '\n');
        if (!strncmp(at, name, len) && at[len] == ':') {
            const char *line = end ? apr_pstrmemdup(pool, at + len + 1,
                                                    (apr_size_t)(end - at) - len - 1)
                                   : at + len + 1;
            return cd_text_tidy(line, pool);
        }
        at = end ? end + 1 : NULL;
    }
    return NULL;
}

typedef struct setting_t { const char *name, *label, *value; } setting_t;

/** Is the word before the colon a setting's name, so that the line stands beside it already? */
static int names_setting(const char *line, apr_size_t len)
{
    apr_size_t i;

    for (i = 0; i < len && ((line[i] >= 'a' && line[i] <= 'z') || line[i] == '_'); i++)
        ;
    return i > 0 && i < len && line[i] == ':';
}

/** What the authority says of the scheme as a whole. @owner pool */
static const char *authority_of_whole(const cd_scheme_t *scheme, apr_pool_t *pool)
{
    const char *at = scheme->authority;
    cd_buf_t *buf = cd_buf_make(pool, 256);

    while (at && *at) {
        apr_size_t len = strcspn(at, "\n");
        if (!names_setting(at, len)) {
            cd_buf_str(buf, buf->len ? "\n" : "");
            cd_buf_add(buf, at, len);
        }
        at += len + (at[len] == '\n');
    }
    return buf->len ? buf->data : NULL;
}

static const char *yes_no(int value)
{
    return value == CD_YES ? "Yes" : "No";
}

static const char *sum_or_none(apr_int64_t amount_p, apr_pool_t *pool)
{
    return amount_p ? cd_pence_words(amount_p, pool) : "None";
}

/** "£10,000.00, £20,000.00 and £30,000.00, the last for every later breach" */
static const char *step_words(const cd_scheme_t *scheme, apr_pool_t *pool)
{
    const char *words[CD_SCHEME_STEPS];
    int i;

    for (i = 0; i < scheme->step_count && i < CD_SCHEME_STEPS; i++)
        words[i] = cd_pence_words(scheme->steps_p[i], pool);
    return i ? apr_psprintf(pool, "%s, the last for every later breach",
                            cd_text_list(words, i, pool)) : NULL;
}

static void put_setting(web_view_t *list, const cd_scheme_t *scheme, const char *name,
                        const char *label,
                        const char *value, apr_pool_t *pool)
{
    web_view_t *item;
    const char *authority;

    if (!value)
        return;
    item = web_add(list);
    authority = authority_of(scheme, name, pool);
    web_put_text(item, WN_name, name);
    web_put_text(item, WN_label, label);
    web_put_text(item, WN_value, value);
    web_put_text(item, WN_authority, authority);
}

/** Settings that only some formulas have. */
static void put_sums(web_view_t *list, const cd_scheme_t *s, apr_pool_t *pool)
{
    const int like = s->formula == CD_L0_SHADOW ? s->shadow_of : s->formula;

    if (s->shadow_of)
        put_setting(list, s, "shadow_of", "Shows what it would have been under",
                    cd_token_label(cd_formulas, s->shadow_of), pool);
    if (like == CD_L1_FIXED_CAPPED_BY_DAMAGES || like == CD_L2_FIXED_IRRESPECTIVE)
        put_setting(list, s, "fixed_p", "Fixed amount", sum_or_none(s->fixed_p, pool), pool);
    if (like != CD_L3_FIXED_RISING)
        return;
    put_setting(list, s, "steps_p", "Amount for the first, second and later breach",
                step_words(s, pool), pool);
    put_setting(list, s, "breach_unit", "What counts as one breach",
                cd_token_label(cd_breach_units, s->breach_unit), pool);
    put_setting(list, s, "window", "Breaches are counted over",
                cd_token_label(cd_windows, s->window), pool);
    put_setting(list, s, "capped_by_damages", "Never more than the damages",
                yes_no(s->capped_by_damages), pool);
}

static void put_settings(web_exchange_t *x, const cd_scheme_t *s)
{
    web_view_t *list = web_put_list(x->view, WN_settings);
    apr_pool_t *pool = x->pool;

    put_setting(list, s, "formula", "Formula", cd_token_label(cd_formulas, s->formula), pool);
    put_sums(list, s, pool);
    put_setting(list, s, "basis", "Counts on", cd_token_label(cd_bases, s->basis), pool);
    put_setting(list, s, "requires_damages", "Only if damages are paid",
                yes_no(s->requires_damages), pool);
    put_setting(list, s, "include_ppo", "Capital value of periodical payments counts",
                yes_no(s->include_ppo), pool);
    put_setting(list, s, "may_exceed_basis", "May exceed what it counts on",
                yes_no(s->may_exceed_basis), pool);
    put_setting(list, s, "floor_p", "Floor", sum_or_none(s->floor_p, pool), pool);
    put_setting(list, s, "cap_p", "Cap", sum_or_none(s->cap_p, pool), pool);
    put_setting(list, s, "material", "Material rules", cd_token_label(cd_materials, s->material),
                pool);
    put_setting(list, s, "evidence_days_wd", "Time for the trust to answer a request",
                web_count(s->evidence_days_wd, "working day", "working days", pool), pool);
    put_setting(list, s, "needs_finding", "Only after a regulator’s finding",
                yes_no(s->needs_finding), pool);
}

/** The scheme that "L1-2" names. */
static cd_err_t *find(const app_scheme_t **out, web_exchange_t *x)
{
    app_scheme_t *schemes;
    int count, i;

    CD_ERR(app_schemes(&schemes, &count, x->ctx));
    for (i = 0; i < count; i++)
        if (!strcmp(apr_psprintf(x->pool, "%s-%d", schemes[i].scheme->code,
                                 schemes[i].scheme->version),
                    x->param[0])) {
            *out = &schemes[i];
            return NULL;
        }
    return cd_err(x->pool, CD_E_NOT_FOUND, NULL, "no such scheme version");
}

cd_err_t *web_scheme_show(web_exchange_t *x)
{
    const app_scheme_t *row = NULL;
    const cd_scheme_t *scheme;
    const char *title;

    CD_ERR(find(&row, x));
    scheme = row->scheme;
    title = apr_psprintf(x->pool, "Liability scheme %s version %d", scheme->code, scheme->version);
    web_crumb(x, "Policies", web_url(x, "policy.list", NULL));
    web_page_title(x, title, scheme->title ? scheme->title : title);
    web_page_text(x->view, WN_strip_label, "Scheme version");
    web_strip(x, "Scheme", scheme->code, NULL);
    web_strip(x, "Version", apr_itoa(x->pool, scheme->version), NULL);
    if (scheme->from)
        web_strip(x, "In force from", cd_date_words(scheme->from, x->pool), NULL);
    if (scheme->to)
        web_strip(x, "In force to", cd_date_words(scheme->to, x->pool), NULL);
    web_strip(x, "State", row->active ? "Active: new flags are computed under it" : "Not active",
              NULL);
    web_scheme_row(web_put_map(x->view, WN_liability_scheme), x, row);
    put_settings(x, scheme);
    web_put_text(x->view, WN_authority_words, authority_of_whole(scheme, x->pool));
    return NULL;
}
