/* test_flag_put.c: what a page says of a computed flag on the day it is read. */
#include "unit.h"

#include <stdlib.h>

#include <apr_file_io.h>

#include "web/claim_view.h"
#include "web/template.h"

#define TEMPLATE "/htdocs/templates/flag/show.html"
#define PART_OPENS "{{#answer_by}}"
#define PART_ENDS "{{/answer_by}}"

/* Of the page's template, what is said of the day that the trust was given. */
static const char *part(apr_pool_t *pool)
{
    char *text = apr_palloc(pool, 65536), *from, *to;
    apr_size_t len = 65535;
    apr_file_t *file;

    assert_int_equal(apr_file_open(&file,
                                   apr_pstrcat(pool, getenv("CANDOUR_SRCDIR"), TEMPLATE, NULL),
                                   APR_READ, APR_OS_DEFAULT, pool),
                     APR_SUCCESS);
    assert_int_equal(apr_file_read_full(file, text, len, &len), APR_EOF);
    apr_file_close(file);
    text[len] = '\0';
    from = strstr(text, PART_OPENS);
    assert_non_null(from);
    to = strstr(from, PART_ENDS);
    assert_non_null(to);
    to[sizeof(PART_ENDS) - 1] = '\0';
    return from;
}

static const char *shown(cd_flag_state_t state, cd_date_t answer_by, cd_date_t today,
                         apr_pool_t *pool)
{
    const char *const pairs[] = { "part", part(pool), NULL };
    cd_flag_t answer = { .state = state, .answer_by = answer_by };
    const app_flag_t flag = { .seq = 1, .flag = &answer };
    web_view_t *map = web_view_make(pool);
    cd_buf_t *buf = cd_buf_make(pool, 0);
    web_templates_t *set;

    web_flag_put(map, &flag, today);
    assert_null(web_templates_from(&set, pairs, pool));
    web_template_run(buf, web_template_find(set, "part"), map);
    return buf->data;
}

static void day_given(void **state)
{
    static const struct {
        cd_flag_state_t state;
        int given, today;
        const char *want, *why;
    } rows[] = {
        { CD_FLAG_EVIDENCE_REQUESTED, 20, 4, "The trust has until <strong>20 November 2026",
          "asked" },
        { CD_FLAG_EVIDENCE_REQUESTED, 20, 20, "The trust has until <strong>20 November 2026",
          "its last day" },
        { CD_FLAG_EVIDENCE_REQUESTED, 20, 21, "The trust had until <strong>20 November 2026",
          "past, and the flag not computed since" },
        { CD_FLAG_EVIDENCE_NOT_PROVIDED, 20, 21, "The trust had until <strong>20 November 2026",
          "past" },
        { CD_FLAG_EVIDENCE_NOT_PROVIDED, 20, 30, "The trust had until <strong>20 November 2026",
          "long past" },
        { CD_FLAG_EVIDENCE_NOT_PROVIDED, 20, 4, "The trust has until <strong>20 November 2026",
          "said that none exists, before its day" },
        { CD_FLAG_EVIDENCE_REQUESTED, 0, 4, NULL, "asked, with no day" },
        { CD_FLAG_BREACH_INDICATED, 0, 4, NULL, "not asked" },
    };
    size_t i;

    for (i = 0; i < COUNT_OF(rows); i++) {
        const char *text =
            shown(rows[i].state, rows[i].given ? cd_date_make(2026, 11, rows[i].given) : CD_NO_DATE,
                  cd_date_make(2026, 11, rows[i].today), *state);

        ROW_CHECK(rows[i].want ? strstr(text, rows[i].want) != NULL : !*text, i, rows[i].why);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        POOL_TEST(day_given),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
