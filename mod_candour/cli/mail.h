/* mail.h: the two ways a message leaves the house.
 *
 * Requires: cli.h, app/outbox.h.   Provides: cli_mail_*.   Used by: outbox.c, tests.
 * Each is checked once, before the first message, so that a wrong setting is an error of the job
 * and not of every message; then it is the app_send_fn of the job, with the opened transport as its
 * baton. */
#ifndef CD_CLI_MAIL_H
#define CD_CLI_MAIL_H

#include "app/outbox.h"
#include "cli/cli.h"

#define CLI_MAIL_COMMAND "/usr/sbin/sendmail -t -i"
#define CLI_MAIL_SECONDS 60              /* that one message may take; app's claims last longer */

typedef struct cli_mail_t {
    app_send_fn send;
    void *baton;
} cli_mail_t;

/** The transport that the settings name. @errors CD_E_CONFIG with what to do */
cd_err_t *cli_mail_open(cli_mail_t *out, const cli_config_t *config, apr_pool_t *pool);
/** A command that reads the message on its standard input: its words, separated by spaces; no
 * shell. */
cd_err_t *cli_mail_command_open(cli_mail_t *out, const cli_config_t *config, apr_pool_t *pool);
/** SMTP by libcurl, with TLS; without it only to this machine itself, and when the settings say so.
 */
cd_err_t *cli_mail_smtp_open(cli_mail_t *out, const cli_config_t *config, apr_pool_t *pool);

#endif
