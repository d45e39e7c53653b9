/* outbox.c: the jobs of messages to people: reminders are put, and what waits is sent. */
#include <string.h>

#include "app/reminder.h"
#include "cli/mail.h"

cd_err_t *cli_mail_open(cli_mail_t *out, const cli_config_t *config, apr_pool_t *pool)
{
    const char *transport = config->mail_transport ? config->mail_transport : "command";

    if (!strcmp(transport, "command"))
        return cli_mail_command_open(out, config, pool);
    if (!strcmp(transport, "smtp"))
        return cli_mail_smtp_open(out, config, pool);
    return cd_err(pool, CD_E_CONFIG, "mail_transport must be command or smtp", "%s", "");
}

static cd_err_t *outbox_run(app_outbox_sum_t *sum, cli_t *cli)
{
    app_mail_options_t options;
    cli_config_t config;
    cli_mail_t mail;
    const char *problem;

    CD_ERR(cli_config_find(&config, &cli->args, cli->pool));
    options.from = config.mail_from;
    options.public_url = config.public_url;
    problem = app_mail_options_problem(&options, cli->pool);
    if (problem)
        return cd_err(cli->pool, CD_E_CONFIG, problem, "%s", "");
    CD_ERR(cli_mail_open(&mail, &config, cli->pool));
    return app_outbox_send(sum, cli->ctx, &options, mail.send, mail.baton);
}

/* Exit statuses: 0 all that was due is sent or dropped, 1 something failed or waits for another
 * try, 3 the settings or the database. */
int cli_run_outbox(cli_t *cli)
{
    app_outbox_sum_t sum;
    cd_err_t *err = outbox_run(&sum, cli);

    if (err)
        return cli_fail(cli, err);
    fprintf(
        cli->out, "outbox: %d sent, %d to be tried again, %d failed, %d without an address%s%s%s\n",
        sum.sent, sum.again, sum.failed, sum.dropped,
        sum.stopped ? "; stopped early, the rest waits" : "", sum.again || sum.failed ? ": " : "",
        sum.again || sum.failed ? cd_token_label(app_troubles, (int)sum.trouble) : "");
    return sum.again || sum.failed ? CLI_NO : CLI_OK;
}

int cli_run_reminders(cli_t *cli)
{
    app_reminder_sum_t sum;
    cd_err_t *err = app_reminders_run(&sum, cli->ctx);

    if (err)
        return cli_fail(cli, err);
    fprintf(cli->out, "reminders: %d put, %d case%s looked at\n", sum.put, sum.cases,
            sum.cases == 1 ? "" : "s");
    return CLI_OK;
}
