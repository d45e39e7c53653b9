/* make_export.c: a made-up export of System A, for figures and for trying things out.
 *
 *   make_export ROWS [BAD_STEP [DUTY]] > export.csv
 *
 * Every BAD_STEP-th row is bad (0: none), every DUTY-th incident is notifiable (10). The same each
 * time. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <apr_general.h>

#include "tools/export_rows.h"

static int number(const char *text, int otherwise)
{
    char *end;
    long value = text ? strtol(text, &end, 10) : otherwise;

    return text && (*end || value < 0 || value > 10000000) ? otherwise : (int)value;
}

int main(int argc, char **argv)
{
    int rows = number(argc > 1 ? argv[1] : NULL, 5000), bad = number(argc > 2 ? argv[2] : NULL, 0);
    int duty = number(argc > 3 ? argv[3] : NULL, 10), from, line = 0;
    apr_pool_t *pool, *part;

    if (apr_initialize() != APR_SUCCESS || apr_pool_create(&pool, NULL) != APR_SUCCESS)
        return 1;
    apr_pool_create(&part, pool);
    for (from = 1; from <= rows; from += 500) {
        cd_buf_t *csv;

        apr_pool_clear(part);
        csv = cd_buf_make(part, 1 << 20);
        export_rows(csv, NULL, from, from + 499 < rows ? from + 499 : rows, bad, duty ? duty : 10,
                    &line, part);
        fwrite(csv->data, 1, csv->len, stdout);
    }
    apr_terminate();
    return ferror(stdout) ? 1 : 0;
}
