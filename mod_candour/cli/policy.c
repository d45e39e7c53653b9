/* policy.c: bank holidays, from a file into the database. */
#include <string.h>

#include <apr_strings.h>

#include "base/json.h"
#include "base/text.h"
#include "cli/cli.h"

#define FILE_MAX_BYTES (4 * 1024 * 1024)
#define HOLIDAYS_MAX 4000

static cd_err_t *json_file(json_t **out, const char *path, apr_pool_t *pool)
{
    const char *bytes;
    apr_size_t len;
    cd_err_t *err;

    CD_ERR(cli_file_read(&bytes, &len, path, FILE_MAX_BYTES, pool));
    err = cd_json_read(out, bytes, len, pool);
    return err ? cd_err(pool, err->code, apr_pstrcat(pool, path, ": ", err->public_text, NULL),
                        "reading JSON")
               : NULL;
}

static cd_err_t *feed_bad(const char *path, const char *division, size_t at, const char *what,
                          apr_pool_t *pool)
{
    return cd_err(pool, CD_E_INVALID,
                  apr_psprintf(pool, "%s: /%s/events/%" APR_SIZE_T_FMT ": %s", path, division,
                               (apr_size_t)at, what),
                  "holidays feed");
}

/* One division of the feed of gov.uk: {"division": ..., "events": [{"title", "date", ...}]}. */
static cd_err_t *division_read(cd_holiday_t *list, int *count, const json_t *feed,
                               const cd_token_t *division, const char *path, apr_pool_t *pool)
{
    const json_t *events = json_object_get(json_object_get(feed, division->word), "events");
    size_t i;

    if (!json_is_array(events))
        return cd_err(pool, CD_E_INVALID,
                      apr_psprintf(pool,
                                   "%s: /%s/events is not there: give the file "
                                   "bank-holidays.json as gov.uk publishes it",
                                   path, division->word),
                      "holidays feed");
    for (i = 0; i < json_array_size(events); i++) {
        const json_t *event = json_array_get(events, i);
        const char *title = json_string_value(json_object_get(event, "title"));
        const char *date = json_string_value(json_object_get(event, "date"));
        cd_date_t on = date ? cd_date_parse(date) : CD_NO_DATE;

        if (!on)
            return feed_bad(path, division->word, i, "date: a day like 2026-12-25 is needed", pool);
        if (!title || !cd_text_tidy(title, pool) || strlen(title) > 120)
            return feed_bad(path, division->word, i, "title: the name of the holiday is needed",
                            pool);
        if (*count == HOLIDAYS_MAX)
            return feed_bad(path, division->word, i, "too many holidays", pool);
        list[*count].division = (cd_division_t)division->value;
        list[*count].on = on;
        list[(*count)++].title = apr_pstrdup(pool, title);
    }
    return NULL;
}

static cd_err_t *feed_read(const cd_holiday_t **out, int *count_out, const char *path,
                           apr_pool_t *pool)
{
    cd_holiday_t *list = apr_pcalloc(pool, sizeof(*list) * HOLIDAYS_MAX);
    const cd_token_t *division;
    json_t *feed;

    *count_out = 0;
    CD_ERR(json_file(&feed, path, pool));
    for (division = cd_divisions; division->word; division++)
        CD_ERR(division_read(list, count_out, feed, division, path, pool));
    *out = list;
    return NULL;
}

int cli_holidays_import(cli_t *cli)
{
    int shipped = cli_value(&cli->args, "--shipped") != NULL, count;
    const cd_holiday_t *list;
    cd_err_t *err = NULL;

    if (shipped == (cli->args.words == 1))
        return cli_say(cli, CLI_USAGE,
                       "holidays import: give a file, or --shipped for the list of this version");
    if (shipped)
        list = cd_holidays_shipped(&count);
    else
        err = feed_read(&list, &count, cli->args.word[0], cli->pool);
    if (!err)
        err = app_holidays_import(cli->ctx, list, count);
    if (err)
        return cli_fail(cli, err);
    fprintf(cli->out, "%d holidays\n", count);
    return CLI_OK;
}
