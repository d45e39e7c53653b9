/* claim_work_filter.c: a filter of the claims' work list as text: read from addresses and saved
 * views, written in one way. */
#include <stddef.h>
#include <string.h>

#include <apr_strings.h>

#include "web/claim_work_view.h"

#define PAIRS_MAX 24
#define TEXT_MAX 120

/* Choices: name in addresses, its list, where its value goes. */
static const struct choice_t {
    const char *name;
    const cd_token_t *list;
    apr_size_t at;
} choices[] = {
    { "whose", app_claim_whose, offsetof(app_claim_filter_t, whose) },
    { "sort", app_claim_sorts, offsetof(app_claim_filter_t, sort) },
    { "open", app_claim_opens, offsetof(app_claim_filter_t, open) },
    { "turn", cd_sides, offsetof(app_claim_filter_t, turn) },
    { "stage", cd_stages, offsetof(app_claim_filter_t, stage) },
    { "state", cd_flag_states, offsetof(app_claim_filter_t, state) },
    { "scheme", cd_claim_schemes, offsetof(app_claim_filter_t, scheme) },
    { "age", app_claim_ages, offsetof(app_claim_filter_t, age) },
    { "sum", app_claim_sums, offsetof(app_claim_filter_t, sum) },
    { "mark", app_claim_marks, offsetof(app_claim_filter_t, mark) },
};
#define CHOICES (sizeof(choices) / sizeof(choices[0]))
static const struct text_t { const char *name; apr_size_t at; } texts[] = {
    { "org", offsetof(app_claim_filter_t, org_code) },
    { "handler", offsetof(app_claim_filter_t, handler) },
    { "team", offsetof(app_claim_filter_t, team) },
};
#define TEXTS (sizeof(texts) / sizeof(texts[0]))

static cd_err_t *take(app_claim_filter_t *out, const web_pair_t *pair, apr_pool_t *pool)
{
    apr_size_t i;

    if (!*pair->value)
        return NULL;
    for (i = 0; i < TEXTS; i++)
        if (!strcmp(pair->name, texts[i].name) && strlen(pair->value) <= TEXT_MAX)
            *(const char **)((char *)out + texts[i].at) = pair->value;
    for (i = 0; i < CHOICES; i++) {
        int value;

        if (strcmp(pair->name, choices[i].name))
            continue;
        value = cd_token_strict(choices[i].list, pair->value);
        if (!value)
            return cd_err(pool, CD_E_BAD_REQUEST, "this list cannot be asked for in these words",
                          "%s is no choice of the list", pair->name);
        *(int *)((char *)out + choices[i].at) = value;
    }
    return NULL;
}

cd_err_t *web_claim_work_parse(app_claim_filter_t *out, const char *query, apr_pool_t *pool)
{
    web_pair_t *pairs;
    int count, i;

    memset(out, 0, sizeof(*out));
    CD_ERR(web_pairs_once(&pairs, &count, query, PAIRS_MAX, pool));
    for (i = 0; i < count; i++)
        CD_ERR(take(out, &pairs[i], pool));
    return NULL;
}

static void add(cd_buf_t *buf, const char *name, const char *value)
{
    if (!value)
        return;
    cd_buf_fmt(buf, "%s%s=", buf->len ? "&" : "", name);
    cd_esc_url(buf, value);
}

const char *web_claim_work_query(const app_claim_filter_t *filter, apr_pool_t *pool)
{
    cd_buf_t *buf = cd_buf_make(pool, 128);
    apr_size_t i;

    for (i = 0; i < CHOICES; i++) {
        const int value = *(const int *)((const char *)filter + choices[i].at);

        add(buf, choices[i].name, value ? cd_token_word(choices[i].list, value) : NULL);
    }
    for (i = 0; i < TEXTS; i++)
        add(buf, texts[i].name, *(const char *const *)((const char *)filter + texts[i].at));
    return buf->len ? buf->data : "";
}
