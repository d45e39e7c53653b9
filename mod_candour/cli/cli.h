/* cli.h: what the commands share: options, the connection, messages and exit statuses.
 *
 * Requires: base, app.   Provides: cli_t, cli_command_t, cli_args_read, cli_open.   Used by: cli.
 * A command is a row of a table: name, what it needs, usage, help, options, function. */
#ifndef CD_CLI_CLI_H
#define CD_CLI_CLI_H

#include <stdio.h>

#include "app/admin.h"
#include "store/pool.h"

enum {                                   /* exit statuses, as `candourctl help` prints them */
    CLI_OK = 0,
    CLI_NO = 1,                          /* the answer is no: not valid, tampered, unwell */
    CLI_USAGE = 2,                       /* wrong usage or bad input */
    CLI_AWAY = 3,                        /* could not be checked: database or key not there */
    CLI_REFUSED = 4                      /* not allowed, or there already */
};

typedef struct cli_option_t {
    const char *name;                    /* "--org" */
    /* what stands for its value in the usage, "CODE"; NULL: a switch */
    const char *value;
    const char *help;
} cli_option_t;

#define CLI_WORDS 64
#define CLI_OPTIONS 40
/** What the user typed, taken apart. */
typedef struct cli_args_t {
    const char *word[CLI_WORDS];         /* what is not an option, after the command's own words */
    int words;
    const cli_option_t *option[CLI_OPTIONS];
    const char *value[CLI_OPTIONS];      /* "" for a switch */
    int options;
    const char *problem;                 /* why it could not be read, or NULL */
} cli_args_t;
/** Reads argv against two tables of options (each ended by a row without a name; `more` may be
 * NULL). 1 if it could; else `problem` says why. "--" ends the options; --name=value and --name
 * value are alike. */
int cli_args_read(cli_args_t *out, int argc, const char *const *argv, const cli_option_t *options,
                  const cli_option_t *more, apr_pool_t *pool);
/** Value of an option, NULL if it was not given. */
const char *cli_value(const cli_args_t *args, const char *name);

/** Connection settings: a file's, overruled by options. */
typedef struct cli_config_t {
    const char *socket, *host, *database, *user, *password_file, *key_file, *tls_ca;
    int port;
    /* messages to people: of `candourctl run outbox` alone */
    const char *mail_transport;          /* "command" or "smtp" */
    const char *mail_command, *mail_from, *public_url;
    /* of the scheme's own numbers of claims */
    const char *claim_reference_pattern, *claim_reference_example;
    /* of `candourctl run letters` and `run reports` */
    const char *pdf_command, *letter_style, *report_style;
    const char *smtp_url, *smtp_user, *smtp_password_file, *smtp_ca, *smtp_plain;
} cli_config_t;
/** Reads `key = value` lines into `config`. @errors CD_E_CONFIG with file and line */
cd_err_t *cli_config_read(cli_config_t *config, const char *path, const char *text,
                          apr_pool_t *pool);
/** The connection's settings: --config FILE or CANDOUR_CONFIG, then the options. */
cd_err_t *cli_config_find(cli_config_t *config, const cli_args_t *args, apr_pool_t *pool);
extern const cli_option_t cli_connection_options[];
/** A password's file: its first line. Nobody else may be able to read it. @errors CD_E_CONFIG */
cd_err_t *cli_password_read(const char **out, const char *path, apr_pool_t *pool);

typedef enum cli_need_t { CLI_NOTHING = 0, CLI_STORE, CLI_MIGRATOR } cli_need_t;

typedef struct cli_t {
    apr_pool_t *pool;
    FILE *out, *err;
    cli_args_t args;
    store_keys_t *keys;
    const struct app_ref_pattern_t *claim_ref;   /* NULL: not said */
    store_t *store;
    app_t *app;
    app_ctx_t *ctx;                      /* as "system", or as --as says */
    cd_log_t log;
} cli_t;

typedef int (*cli_fn)(cli_t *cli);
typedef struct cli_command_t {
    const char *name;                    /* "user add" */
    cli_need_t need;
    const char *usage;                   /* what follows the name */
    const char *help;                    /* one line */
    const cli_option_t *options;         /* its own, or NULL */
    int min_words, max_words;
    cli_fn run;
} cli_command_t;
/** All commands, ended by a row without a name. @owner static */
const cli_command_t *cli_commands(void);
/** The command that argv begins with; `used_out`: how many words its name took. NULL: none. */
const cli_command_t *cli_command_find(int *used_out, int argc, const char *const *argv);
void cli_help(FILE *out, const cli_command_t *only);
/** Finds, opens and runs: the whole program but for start and end of APR. @unit exit status */
int cli_run(int argc, const char *const *argv, FILE *out, FILE *err, apr_pool_t *pool);

/** Reads the key file and opens the connection that the command needs. */
cd_err_t *cli_open(cli_t *cli, cli_need_t need);
/** A fresh context for the next file or the next step: caches may have moved. */
cd_err_t *cli_again(cli_t *cli);
/** Prints "candourctl: ...", with what to do about it; gives the exit status of the code. */
int cli_fail(cli_t *cli, const cd_err_t *err);
/** Prints each problem with its option or field; CLI_USAGE. `prefix`: the file, or NULL. */
int cli_problems(cli_t *cli, const char *prefix, const cd_problems_t *problems);
/** A message of the command's own; gives `status`. */
int cli_say(cli_t *cli, int status, const char *fmt, ...) __attribute__((format(printf, 3, 4)));
/** Whole file, at most `max` bytes. @errors CD_E_CONFIG with the reason */
cd_err_t *cli_file_read(const char **out, apr_size_t *len_out, const char *path, apr_size_t max,
                        apr_pool_t *pool);
/** Fills `base` from options named as the fields ("--nhs-contract"); fields not given keep their
 * value. */
void cli_fields_read(cli_t *cli, const cd_field_t *fields, int count, void *base,
                     cd_problems_t *problems);

/** A job that a timer starts: `candourctl run NAME`. Its options are those of the command
 * (commands.c). */
typedef struct cli_job_t {
    const char *name;                    /* "sweep" */
    const char *help;                    /* one line */
    cli_fn run;
} cli_job_t;

int cli_keygen(cli_t *cli);
int cli_migrate(cli_t *cli);
int cli_user_add(cli_t *cli);
int cli_user_change(cli_t *cli);
int cli_user_list(cli_t *cli);
int cli_org_add(cli_t *cli);
int cli_org_change(cli_t *cli);
int cli_org_list(cli_t *cli);
int cli_holidays_import(cli_t *cli);
int cli_scheme_add(cli_t *cli);
int cli_scheme_list(cli_t *cli);
int cli_scheme_activate(cli_t *cli);
int cli_contribution_set(cli_t *cli);
int cli_scheme_check(cli_t *cli);
/** Says the problems of a scheme's file: each text names line and member itself. */
int cli_scheme_problems(cli_t *cli, const char *path, const cd_problems_t *problems);
int cli_import(cli_t *cli);
int cli_bring(cli_t *cli);
int cli_export(cli_t *cli);
int cli_flag_compute(cli_t *cli);
int cli_replay(cli_t *cli);
int cli_verify(cli_t *cli);
int cli_run_job(cli_t *cli);
int cli_run_letters(cli_t *cli);
int cli_run_reports(cli_t *cli);
int cli_run_outbox(cli_t *cli);
int cli_run_recompute(cli_t *cli);
int cli_run_impact(cli_t *cli);
int cli_job_claims(cli_t *cli);
int cli_job_words(cli_t *cli);
int cli_job_work(cli_t *cli);
int cli_job_claim_history(cli_t *cli);
int cli_run_reminders(cli_t *cli);
int cli_run_sweep(cli_t *cli);
int cli_routes(cli_t *cli);
int cli_doctor(cli_t *cli);

#endif
