/* fuzz_scheme.c: any bytes as a scheme's file. Every problem has words and a member; what has none
 * is written and read again as the same bytes, its tests hold, and each of its sums keeps to the
 * laws of all schemes. */
#include "fuzz.h"

#include "base/field.h"
#include "domain/scheme.h"

static void check_sums(const cd_scheme_file_t *file)
{
    int i;

    for (i = 0; i < file->test_count; i++) {
        const cd_scheme_result_t *result = &file->tests[i].result;

        FUZZ_CHECK(!file->tests[i].failed);
        FUZZ_CHECK(result->indicated_p >= 0 && result->indicated_p <= result->would_be_p);
        FUZZ_CHECK(result->line_count > 0 && result->line_count < CD_WORKING_LINES);
        FUZZ_CHECK(file->scheme->formula != CD_L0_SHADOW || !result->indicated_p);
        FUZZ_CHECK(file->scheme->may_exceed_basis == CD_YES
                   || result->would_be_p <= result->basis_p);
        FUZZ_CHECK(!file->scheme->cap_p || result->would_be_p <= file->scheme->cap_p);
    }
}

static const char *written(const cd_scheme_t *scheme, apr_pool_t *pool)
{
    cd_buf_t *buf = cd_buf_make(pool, 1024);
    cd_jsonw_t w;

    cd_jsonw_init(&w, buf, 0);
    cd_scheme_write(&w, scheme);
    return buf->data;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    apr_pool_t *pool = fuzz_pool();
    cd_problems_t problems = { .pool = pool };
    cd_setting_t settings[CD_SCHEME_SETTINGS];
    cd_scheme_file_t *file;
    cd_scheme_t *again;
    const char *text;
    json_t *json;
    int i;

    if (!cd_scheme_file_read(&file, size ? (const char *)data : "", size, &problems, pool)) {
        for (i = 0; i < problems.count; i++)
            FUZZ_CHECK(*problems.list[i].field && *problems.list[i].text);
        if (!problems.count) {
            check_sums(file);
            text = written(file->scheme, pool);
            FUZZ_CHECK(!cd_json_read(&json, text, strlen(text), pool));
            FUZZ_CHECK(!cd_scheme_read(&again, json, pool));
            FUZZ_CHECK(!strcmp(text, written(again, pool)));
            FUZZ_CHECK(cd_scheme_settings(settings, again, pool) < CD_SCHEME_SETTINGS);
        }
    }
    apr_pool_destroy(pool);
    return 0;
}
