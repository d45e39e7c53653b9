/* pure.c: reckoning of days, NHS numbers, the case file's schema, and the policies of this version.
 */
#include <string.h>

#include <apr_strings.h>

#include "app/casefile.h"
#include "base/text.h"
#include "cli/pure.h"
#include "domain/candour.h"
#include "domain/mapping.h"

const cli_option_t cli_pure_division_options[] = {
    { "--division", "NAME", "england-and-wales (unless said), scotland or northern-ireland" },
    { NULL, NULL, NULL }
};

/* 1 if the word is a date; else says so. */
static int date_word(cd_date_t *out, cli_t *cli, int word)
{
    *out = cd_date_parse(cli->args.word[word]);
    if (!*out)
        cli_say(cli, CLI_USAGE, "\"%s\" is not a date: write it like 2026-03-27",
                cli->args.word[word]);
    return *out != CD_NO_DATE;
}

static int count_word(int *out, cli_t *cli, int word)
{
    const char *text = cli->args.word[word];
    int value = 0;

    for (; *text >= '0' && *text <= '9' && value < 100000; text++)
        value = value * 10 + (*text - '0');
    if (*text || text == cli->args.word[word] || value >= 10000) {
        cli_say(cli, CLI_USAGE,
                "\"%s\" is not a number of days or months: write a whole number below 10000",
                cli->args.word[word]);
        return 0;
    }
    *out = value;
    return 1;
}

static int calendar(const cd_calendar_t **out, cli_t *cli)
{
    const char *name = cli_value(&cli->args, "--division");
    int division = name ? cd_token_strict(cd_divisions, name) : (int)CD_DIV_ENGLAND_AND_WALES;
    int count;
    const cd_holiday_t *list = cd_holidays_shipped(&count);

    if (!division) {
        cli_say(cli, CLI_USAGE,
                "there is no division \"%s\": england-and-wales, scotland, northern-ireland", name);
        return 0;
    }
    *out = cd_calendar_make((cd_division_t)division, list, count, cli->pool);
    return 1;
}

int cli_pure_workdays_add(cli_t *cli)
{
    const cd_calendar_t *cal;
    cd_date_t from, to;
    cd_err_t *err;
    int days;

    if (!date_word(&from, cli, 0) || !count_word(&days, cli, 1) || !calendar(&cal, cli))
        return CLI_USAGE;
    err = cd_working_days_add(&to, from, days, cal, cli->pool);
    if (err)
        return cli_fail(cli, err);
    fprintf(cli->out, "%s\n", cd_date_iso(to, cli->pool));
    return CLI_OK;
}

int cli_pure_workdays_between(cli_t *cli)
{
    const cd_calendar_t *cal;
    cd_date_t from, to;
    cd_err_t *err;
    int days;

    if (!date_word(&from, cli, 0) || !date_word(&to, cli, 1) || !calendar(&cal, cli))
        return CLI_USAGE;
    err = cd_working_days_between(&days, from, to, cal, cli->pool);
    if (err)
        return cli_fail(cli, err);
    fprintf(cli->out, "%d\n", days);
    return CLI_OK;
}

int cli_pure_months_add(cli_t *cli)
{
    cd_date_t from, last;
    int months;

    if (!date_word(&from, cli, 0) || !count_word(&months, cli, 1))
        return CLI_USAGE;
    last = months ? cd_months_last_day(from, months) : CD_NO_DATE;
    if (!last)
        return cli_say(cli, CLI_USAGE,
                       "%s and %d months: give from 1 month on, and end before the year 2200",
                       cli->args.word[0], months);
    fprintf(cli->out, "%s\n", cd_date_iso(last, cli->pool));
    return CLI_OK;
}

static void events_write(cd_jsonw_t *w, cd_division_t division, apr_pool_t *pool)
{
    int count, i;
    const cd_holiday_t *list = cd_holidays_shipped(&count);

    cd_jsonw_open(w, '[');
    for (i = 0; i < count; i++) {
        if (list[i].division != division)
            continue;
        cd_jsonw_open(w, '{');
        cd_jsonw_name(w, "title");
        cd_jsonw_text(w, list[i].title);
        cd_jsonw_name(w, "date");
        cd_jsonw_text(w, cd_date_iso(list[i].on, pool));
        cd_jsonw_close(w, '}');
    }
    cd_jsonw_close(w, ']');
}

int cli_pure_holidays_shipped(cli_t *cli)
{
    cd_buf_t *buf = cd_buf_make(cli->pool, 65536);
    const cd_token_t *division;
    cd_jsonw_t w;

    cd_jsonw_init(&w, buf, 1);
    cd_jsonw_open(&w, '{');
    for (division = cd_divisions; division->word; division++) {
        cd_jsonw_name(&w, division->word);
        cd_jsonw_open(&w, '{');
        cd_jsonw_name(&w, "division");
        cd_jsonw_text(&w, division->word);
        cd_jsonw_name(&w, "events");
        events_write(&w, (cd_division_t)division->value, cli->pool);
        cd_jsonw_close(&w, '}');
    }
    cd_jsonw_close(&w, '}');
    fprintf(cli->out, "%s\n", buf->data);
    return CLI_OK;
}

int cli_pure_nhs_number(cli_t *cli)
{
    const char *number = cd_nhs_read(cli->args.word[0], cli->pool);

    if (!number) {
        cli_say(cli, CLI_NO,
                "not an NHS number: it must have 10 digits and pass the modulus 11 check");
        return CLI_NO;
    }
    fprintf(cli->out, "%s\n", cd_nhs_words(number, cli->pool));
    return CLI_OK;
}

int cli_pure_schema(cli_t *cli)
{
    cd_buf_t *buf = cd_buf_make(cli->pool, 65536);

    if (cli_value(&cli->args, "--mapping"))
        cd_mapping_schema(buf);
    else if (cli_value(&cli->args, "--scheme"))
        cd_scheme_schema(buf);
    else
        app_casefile_schema(buf);
    fputs(buf->data, cli->out);
    return CLI_OK;
}

int cli_pure_policies(cli_t *cli)
{
    int count, i;
    const cd_policy_t *policies = cd_policies(&count);

    for (i = 0; i < count; i++)
        fprintf(cli->out, "%s\tversion %d\t%s\tfrom %s\t%d rules\n", policies[i].code,
                policies[i].version, policies[i].name,
                cd_date_iso(policies[i].in_force_from, cli->pool), policies[i].rule_count);
    return CLI_OK;
}
