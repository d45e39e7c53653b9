/* holidays.c: the bank holidays that working days are counted with, by division and year. */
#include <string.h>

#include <apr_strings.h>

#include "app/admin.h"
#include "web/page.h"
#include "web/route.h"
#include "web/url.h"

/* The page is one division's; no clock runs on a day that this list does not hold. */
static const char *title_of(const cd_holiday_t *shipped, int count, cd_division_t division,
                            cd_date_t on)
{
    int i;

    for (i = 0; i < count; i++)
        if (shipped[i].division == division && shipped[i].on == on)
            return shipped[i].title;
    return "Imported";
}

static int year_of(cd_date_t date)
{
    int year, month, day;

    cd_date_split(date, &year, &month, &day);
    return year;
}

static const char *weekday(cd_date_t date)
{
    static const char *const names[] = {
        "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"
    };

    return names[cd_date_weekday(date) - 1];
}

/** "?division=" and "?year="; England and Wales, and this year, if not given. */
static cd_err_t *read_choice(cd_division_t *division, int *year, web_exchange_t *x)
{
    const char *text, *at;

    *division = CD_DIV_ENGLAND_AND_WALES;
    *year = year_of(x->ctx->today);
    CD_ERR(web_query(&text, x, "division"));
    if (text)
        *division = (cd_division_t)cd_token_strict(cd_divisions, text);
    if (!*division)
        return cd_err(x->pool, CD_E_BAD_REQUEST, NULL, "no such division");
    CD_ERR(web_query(&text, x, "year"));
    if (!text)
        return NULL;
    for (*year = 0, at = text; *at; at++) {
        if (*at < '0' || *at > '9' || at - text >= 4)
            return cd_err(x->pool, CD_E_BAD_REQUEST, NULL, "no such year");
        *year = *year * 10 + (*at - '0');
    }
    return NULL;
}

static const char *page_url(web_exchange_t *x, const cd_token_t *division, int year)
{
    const char *url = web_url_query(x, web_url(x, "holidays", NULL), "division", division->word);

    return web_url_query(x, url, "year", apr_itoa(x->pool, year));
}

static void put_choices(web_exchange_t *x, const cd_calendar_t *cal, cd_division_t division,
                        int year)
{
    web_view_t *views = web_page_list(x->view, WN_views), *years = web_page_list(x->view, WN_years);
    const cd_token_t *one, *mine = cd_divisions;
    int i, last = 0;

    web_page_text(x->view, WN_views_label, "Division");
    for (one = cd_divisions; one->word; one++) {
        web_view_t *item = web_add(views);
        web_page_text(item, WN_label, one->label);
        web_page_text(item, WN_url, page_url(x, one, year));
        web_page_flag(item, WN_current, one->value == (int)division);
        if (one->value == (int)division)
            mine = one;
    }
    for (i = 0; i < cal->count; i++) {
        web_view_t *item;
        if (year_of(cal->holidays[i]) == last)
            continue;
        last = year_of(cal->holidays[i]);
        item = web_add(years);
        web_page_text(item, WN_label, apr_itoa(x->pool, last));
        web_page_text(item, WN_url, page_url(x, mine, last));
        web_page_flag(item, WN_current, last == year);
    }
}

cd_err_t *web_holidays(web_exchange_t *x)
{
    int shipped_count, year, i, count = 0;
    const cd_holiday_t *shipped = cd_holidays_shipped(&shipped_count);
    const cd_calendar_t *cal;
    cd_division_t division;
    web_view_t *list;
    const char *label;

    CD_ERR(read_choice(&division, &year, x));
    CD_ERR(app_calendar(&cal, x->ctx, division));
    label = cd_token_label(cd_divisions, (int)division);
    web_crumb(x, "Policies", web_url(x, "policy.list", NULL));
    list = web_put_list(x->view, WN_holidays);
    for (i = 0; i < cal->count; i++) {
        web_view_t *item;
        if (year_of(cal->holidays[i]) != year)
            continue;
        item = web_add(list);
        web_put_date(item, WN_on, cal->holidays[i]);
        web_put_text(item, WN_weekday, weekday(cal->holidays[i]));
        web_put_text(item, WN_title, title_of(shipped, shipped_count, division, cal->holidays[i]));
        count++;
    }
    web_page_title(x, "Bank holidays",
                   count ? apr_psprintf(x->pool, "%s in %d, %s",
                                        web_count(count, "bank holiday", "bank holidays",
                                                  x->pool), year, label)
                         : apr_psprintf(x->pool, "No bank holidays are known for %d, %s", year,
                                        label));
    web_put_token(x->view, WN_division, cd_divisions, (int)division);
    web_put_int(x->view, WN_year, year);
    web_page_flag(x->view, WN_has_rows, count > 0);
    put_choices(x, cal, division, year);
    return NULL;
}
