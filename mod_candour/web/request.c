/* request.c: what handlers ask of a request, and the common ends of handlers. */
#include <string.h>

#include <apr_lib.h>
#include <apr_strings.h>

#include "web/form.h"
#include "web/request.h"
#include "web/route.h"

#define QUERY_NAMES 40

static cd_err_t *bad_query(web_exchange_t *x, const char *name, const char *fault)
{
    return cd_err(x->pool, CD_E_BAD_REQUEST,
                  apr_psprintf(x->pool, "the value of \"%s\" in the address %s", name, fault),
                  "query value '%s' %s", name, fault);
}

cd_err_t *web_query(const char **out, web_exchange_t *x, const char *name)
{
    web_pair_t *pairs;
    const char *found = NULL;
    int count, i;

    *out = NULL;
    if (!x->req->query || !*x->req->query)
        return NULL;
    CD_ERR(
        web_pairs_read(&pairs, &count, x->req->query, strlen(x->req->query), QUERY_NAMES, x->pool));
    for (i = 0; i < count; i++) {
        if (strcmp(pairs[i].name, name))
            continue;
        if (found)
            return bad_query(x, name, "is there twice");
        found = pairs[i].value;
    }
    *out = found;
    return NULL;
}

static int is_word_of(const char *words, const char *word)
{
    const apr_size_t len = strlen(word);

    while (words && *words) {
        const apr_size_t next = strcspn(words, " ");

        if (len && next == len && !strncmp(words, word, len))
            return 1;
        words += next + (words[next] == ' ');
    }
    return 0;
}

cd_err_t *web_query_check(web_exchange_t *x)
{
    web_pair_t *pairs;
    int count, i, j;

    if (!x->req->query || !*x->req->query)
        return NULL;
    CD_ERR(
        web_pairs_read(&pairs, &count, x->req->query, strlen(x->req->query), QUERY_NAMES, x->pool));
    for (i = 0; i < count; i++) {
        if (!is_word_of(x->route->query, pairs[i].name))
            return bad_query(x, pairs[i].name, "is not asked for here");
        for (j = 0; j < i; j++)
            if (!strcmp(pairs[i].name, pairs[j].name))
                return bad_query(x, pairs[i].name, "is there twice");
    }
    return NULL;
}

#define CURSOR_DIGITS 18
#define SEQ_DIGITS 9

/* A whole number above 0 of so many digits at the most; 0: not given. */
static cd_err_t *query_number(apr_int64_t *out, web_exchange_t *x, const char *name, int digits,
                              const char *complaint)
{
    const char *text, *at;

    *out = 0;
    CD_ERR(web_query(&text, x, name));
    if (!text)
        return NULL;
    for (at = text; *at; at++) {
        if (!apr_isdigit(*at) || at - text >= digits)
            return bad_query(x, name, complaint);
        *out = *out * 10 + (*at - '0');
    }
    return *out ? NULL : bad_query(x, name, complaint);
}

cd_err_t *web_query_cursor(apr_int64_t *out, web_exchange_t *x, const char *name)
{
    return query_number(out, x, name, CURSOR_DIGITS, "is not a place in this list");
}

cd_err_t *web_query_seq(int *out, web_exchange_t *x, const char *name)
{
    apr_int64_t number;

    CD_ERR(query_number(&number, x, name, SEQ_DIGITS, "is not the number of an entry"));
    *out = (int)number;
    return NULL;
}

/* NAME-day, NAME-month, NAME-year, as a date input of a page sends them. */
static cd_err_t *query_parts(cd_date_t *out, web_exchange_t *x, const char *name)
{
    static const char *const parts[] = { "year", "month", "day" };
    int number[3] = { 0, 0, 0 };
    int i, said = 0;

    for (i = 0; i < 3; i++) {
        const char *text, *at;

        CD_ERR(web_query(&text, x, apr_pstrcat(x->pool, name, "-", parts[i], NULL)));
        said += text && *text;
        for (at = text ? text : ""; *at; at++) {
            if (!apr_isdigit(*at) || number[i] > 9999)
                return bad_query(x, name, "is not a real date");
            number[i] = number[i] * 10 + (*at - '0');
        }
    }
    if (!said)
        return NULL;
    *out = cd_date_make(number[0], number[1], number[2]);
    return *out ? NULL : bad_query(x, name, "is not a real date");
}

cd_err_t *web_query_date(cd_date_t *out, web_exchange_t *x, const char *name)
{
    const char *text;

    *out = CD_NO_DATE;
    CD_ERR(web_query(&text, x, name));
    if (!text || !*text)
        return query_parts(out, x, name);
    *out = cd_date_parse(text);
    return *out ? NULL : bad_query(x, name, "is not a real date");
}

cd_err_t *web_redirect(web_exchange_t *x, const char *location)
{
    x->resp->status = 303;
    x->resp->location = location;
    x->resp->body = cd_buf_make(x->pool, 1);
    return NULL;
}
