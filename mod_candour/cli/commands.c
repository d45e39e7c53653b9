/* commands.c: the table of commands, their help, and the run of one. */
#include <string.h>

#include <apr_strings.h>

#include "cli/pure.h"

static const cli_option_t as_option[] = {
    { "--as", "SUBJECT", "record it as done by this user" }, { NULL, NULL, NULL }
};
static const cli_option_t migrate_options[] = {
    { "--schema", "DIR", "folder of the numbered files" },
    { "--grant-server", "NAME", "give this account of the database the server's rights" },
    { NULL, NULL, NULL }
};
static const cli_option_t user_options[] = {
    { "--name", "NAME", "name to show" },
    { "--roles", "LIST", "ward, trust-legal, trust-reader, handler, decider, reviewer, regulator, "
      "auditor, admin" },
    { "--org-code", "CODE", "organisation of a trust's user" },
    { "--active", "yes|no", "may sign in" },
    { "--email", "ADDRESS", "where messages to this user go" },
    { "--as", "SUBJECT", "record it as done by this user" },
    { NULL, NULL, NULL }
};
static const cli_option_t org_options[] = {
    { "--name", "NAME", "name" },
    { "--jurisdiction", "WORD", "ENG, SCO, WAL or NI" },
    { "--kind", "WORD", "HEALTH_SERVICE_BODY or OTHER" },
    { "--opened-on", "DAY", "day it opened" },
    { "--closed-on", "DAY", "day it closed" },
    { "--successor-code", "CODE", "organisation that took over" },
    { "--member-from", "DAY", "member of the clinical scheme from" },
    { "--member-to", "DAY", "member until" },
    { "--nhs-contract", "yes|no", "works under the NHS Standard Contract" },
    { "--target-opinion-wd", "DAYS", "own limit for the opinion, working days" },
    { "--target-talk-wd", "DAYS", "... for the talk" },
    { "--target-note-wd", "DAYS", "... for the note of the talk" },
    { "--target-letter-wd", "DAYS", "... for the letter" },
    { "--target-results-wd", "DAYS", "... for the results" },
    { "--as", "SUBJECT", "record it as done by this user" },
    { NULL, NULL, NULL }
};
static const cli_option_t holiday_options[] = {
    { "--shipped", NULL, "the list that this version carries" },
    { "--as", "SUBJECT", "record it as done by this user" },
    { NULL, NULL, NULL }
};
static const cli_option_t scheme_options[] = {
    { "--activate", NULL, "put it in force" },
    { "--as", "SUBJECT", "record it as done by this user" },
    { NULL, NULL, NULL }
};
static const cli_option_t import_options[] = {
    { "--dry-run", NULL, "check only, change nothing" },
    { "--skip-known", NULL, "a file that is here already is no error" },
    { "--org", "CODE", "organisation of the cases, where a file names none" },
    { "--add-orgs", NULL, "register organisations that the files bring along" },
    { "--as", "SUBJECT", "record it as done by this user" },
    { NULL, NULL, NULL }
};
static const cli_option_t activate_options[] = {
    { "--as", "SUBJECT", "who puts it in force" },
    { "--from", "DAY", "first day in force; without it, today" },
    { "--note", "TEXT", "for the record" },
    { NULL, NULL, NULL }
};
static const cli_option_t bring_options[] = {
    { "--mapping", "FILE", "how its columns become records (docs/bring.md)" },
    { "--org", "CODE", "whose records; else the mapping says so" },
    { "--apply", NULL, "write what is good; without it nothing is changed" },
    { "--skip-bad", NULL, "leave bad rows out" },
    { "--show-values", NULL, "show what stands in the file: personal data" },
    { "--as", "SUBJECT", "record it as done by this user" },
    { NULL, NULL, NULL }
};
static const cli_option_t flag_options[] = {
    { "--org", "CODE", "this trust alone" },
    { "--as", "SUBJECT", "record it as done by this user" },
    { NULL, NULL, NULL }
};
static const cli_option_t export_options[] = {
    { "--out", "FILE", "write there and not to standard output" },
    { NULL, NULL, NULL }
};
/* Of all jobs together: each says which it takes. */
static const cli_option_t run_options[] = {
    { "--older-than", "MINUTES", "sweep: what was uploaded before that [60]" },
    { "--all", NULL, "recompute: settled and closed claims, too" },
    { "--decided", NULL, "recompute: also where a decision stands" },
    { "--resume", NULL, "recompute, impact: go on with what broke off, begin nothing new" },
    { "--waiting", NULL, "recompute, impact: only what was asked for on a page" },
    { "--as", "SUBJECT", "record it as done by this user" },
    { NULL, NULL, NULL }
};
static const cli_option_t schema_options[] = {
    { "--mapping", NULL, "of mapping files, by which CSV is brought in" },
    { "--scheme", NULL, "of versions of liability schemes" }, { NULL, NULL, NULL }
};
static const cli_option_t json_options[] = { { "--json", NULL, "as JSON" }, { NULL, NULL, NULL } };

static const cli_command_t commands[] = {
    { "keygen", CLI_NOTHING, "FILE", "make a key file", NULL, 1, 1, cli_keygen },
    { "migrate", CLI_MIGRATOR, "[--schema DIR] [--grant-server NAME]",
      "bring the database's schema up to date",
      migrate_options, 0, 0, cli_migrate },
    { "user add", CLI_STORE, "SUBJECT --name NAME --roles LIST [--org-code CODE] [--email ADDRESS]",
      "add a user", user_options, 1, 1,
      cli_user_add },
    { "user change", CLI_STORE, "SUBJECT [--name NAME] [--roles LIST] [--org-code CODE] [--active "
      "yes|no]",
      "change a user", user_options, 1, 1, cli_user_change },
    { "user list", CLI_STORE, "", "list users", NULL, 0, 0, cli_user_list },
    { "org add", CLI_STORE, "CODE --name NAME --jurisdiction WORD --kind WORD ...",
      "add an organisation", org_options,
      1, 1, cli_org_add },
    { "org change", CLI_STORE, "CODE [--name NAME] ...", "change an organisation", org_options, 1,
      1,
      cli_org_change },
    { "org list", CLI_STORE, "", "list organisations", NULL, 0, 0, cli_org_list },
    { "holidays import", CLI_STORE, "FILE | --shipped", "take over a list of bank holidays "
      "(gov.uk's form)",
      holiday_options, 0, 1, cli_holidays_import },
    { "scheme add", CLI_STORE, "FILE [--activate]", "add a version of a liability scheme",
      scheme_options, 1, 1,
      cli_scheme_add },
    { "scheme check", CLI_NOTHING, "FILE", "check a scheme's file and reckon its test claims", NULL,
      1, 1,
      cli_scheme_check },
    { "scheme list", CLI_STORE, "", "list liability schemes", NULL, 0, 0, cli_scheme_list },
    { "scheme activate", CLI_STORE, "CODE VERSION --as SUBJECT [--from DAY] [--note TEXT]",
      "put a draft in force, as a person who has checked it and did not draft it", activate_options,
      2, 2,
      cli_scheme_activate },
    { "contribution set", CLI_STORE, "ORG YEAR POUNDS", "record what a trust contributes in the "
      "year from 1 April YEAR",
      as_option, 3, 3, cli_contribution_set },
    { "import", CLI_STORE, "FILE... [--dry-run] [--skip-known] [--org CODE] [--add-orgs]",
      "import case files",
      import_options, 1, CLI_WORDS, cli_import },
    { "bring", CLI_STORE, "FILE.csv --mapping FILE [--org CODE] [--apply] [--skip-bad] "
      "[--show-values]",
      "bring records in from another system's export", bring_options, 1, 1, cli_bring },
    { "export", CLI_STORE, "REFERENCE [--out FILE]", "write a case or claim as a case file",
      export_options, 1, 1,
      cli_export },
    { "flag compute", CLI_STORE, "CLAIM [--org CODE] [--as SUBJECT]",
      "compute a new version of the claim's flags",
      flag_options, 1, 1, cli_flag_compute },
    { "replay", CLI_STORE, "CLAIM/DECISION | CLAIM/flag/FLAG",
      "compute a flag again from what it was computed from",
      NULL, 1, 1, cli_replay },
    { "verify", CLI_STORE, "[REFERENCE]", "hold the audit chains against the records", as_option, 0,
      1, cli_verify },
    { "run", CLI_STORE, "[JOB [VERSION]]", "do what is due, for a timer; without a name, list the "
      "jobs", run_options, 0, 2,
      cli_run_job },
    { "routes", CLI_NOTHING, "[--json]", "print the table of addresses", json_options, 0, 0,
      cli_routes },
    { "doctor", CLI_STORE, "", "check the service", NULL, 0, 0, cli_doctor },
    { "workdays add", CLI_NOTHING, "DATE DAYS [--division NAME]",
      "the DAYS-th working day after DATE",
      cli_pure_division_options, 2, 2, cli_pure_workdays_add },
    { "workdays between", CLI_NOTHING, "FROM TO [--division NAME]",
      "working days after FROM up to and including TO",
      cli_pure_division_options, 2, 2, cli_pure_workdays_between },
    { "months add", CLI_NOTHING, "DATE MONTHS", "last day of \"within MONTHS months beginning "
      "with DATE\"", NULL, 2, 2,
      cli_pure_months_add },
    { "holidays shipped", CLI_NOTHING, "", "the bank holidays that this version carries, in "
      "gov.uk's form", NULL, 0, 0,
      cli_pure_holidays_shipped },
    { "nhs-number", CLI_NOTHING, "NUMBER", "is it a valid NHS number? (exit 0 yes, 1 no)", NULL, 1,
      1,
      cli_pure_nhs_number },
    { "evaluate", CLI_NOTHING, "FILE --as-at DATE [--policy CODE] [--scheme FILE] [--json]",
      "hold a case file against the law", cli_pure_evaluate_options, 1, 1, cli_pure_evaluate },
    { "schema", CLI_NOTHING, "[--mapping | --scheme]", "the JSON Schema of case files, mappings "
      "or schemes", schema_options, 0, 0,
      cli_pure_schema },
    { "policies", CLI_NOTHING, "", "the policies of this version", NULL, 0, 0, cli_pure_policies },
    { NULL, CLI_NOTHING, NULL, NULL, NULL, 0, 0, NULL }
};

const cli_command_t *cli_commands(void)
{
    return commands;
}

const cli_command_t *cli_command_find(int *used_out, int argc, const char *const *argv)
{
    const cli_command_t *command;

    for (command = commands; command->name; command++) {
        const char *space = strchr(command->name, ' ');
        apr_size_t len = space ? (apr_size_t)(space - command->name) : strlen(command->name);

        *used_out = space ? 2 : 1;
        if (argc >= *used_out && strlen(argv[0]) == len && !strncmp(argv[0], command->name, len)
            && (!space || !strcmp(argv[1], space + 1)))
            return command;
    }
    return NULL;
}

static void options_print(FILE *out, const cli_option_t *option)
{
    for (; option && option->name; option++)
        fprintf(out, "      %s%s%-*s %s\n", option->name, option->value ? " " : "",
                (int)(25 - strlen(option->name) - (option->value ? 1 : 0)),
                option->value ? option->value : "", option->help);
}

void cli_help(FILE *out, const cli_command_t *only)
{
    const cli_command_t *command;

    fprintf(out, "usage: candourctl COMMAND [ARGUMENT...]\n\n");
    for (command = only ? only : commands; command->name; command++) {
        fprintf(out, "  candourctl %s %s\n      %s\n", command->name, command->usage,
                command->help);
        options_print(out, command->options);
        if (only)
            break;
    }
    if (!only || only->need != CLI_NOTHING) {
        fprintf(out, "\nConnection, for commands that need the database:\n");
        options_print(out, cli_connection_options);
    }
    fprintf(out, "\nExit status: 0 done; 1 the answer is no, or tampered; 2 wrong usage or input; "
                 "3 could not be\n"
                 "checked, or the database is away; 4 refused, or there already.\n");
}

static int run_one(cli_t *cli, const cli_command_t *command)
{
    cd_err_t *err = cli_open(cli, command->need);

    return err ? cli_fail(cli, err) : command->run(cli);
}

int cli_run(int argc, const char *const *argv, FILE *out, FILE *err, apr_pool_t *pool)
{
    cli_t cli = { .pool = pool, .out = out, .err = err };
    const cli_command_t *command;
    int used;

    if (!argc || !strcmp(argv[0], "help") || !strcmp(argv[0], "--help") || !strcmp(argv[0], "-h")) {
        command = argc > 1 ? cli_command_find(&used, argc - 1, argv + 1) : NULL;
        cli_help(argc ? out : err, command);
        return argc ? CLI_OK : CLI_USAGE;
    }
    command = cli_command_find(&used, argc, argv);
    if (!command)
        return cli_say(
            &cli, CLI_USAGE, "there is no command \"%s%s%s\": candourctl help lists them", argv[0],
            argc > 1 && argv[1][0] != '-' ? " " : "", argc > 1 && argv[1][0] != '-' ? argv[1] : "");
    if (!cli_args_read(&cli.args, argc - used, argv + used, command->options,
                       command->need == CLI_NOTHING ? NULL : cli_connection_options, pool))
        return cli_say(&cli, CLI_USAGE, "%s: %s", command->name, cli.args.problem);
    if (cli.args.words < command->min_words || cli.args.words > command->max_words)
        return cli_say(&cli, CLI_USAGE, "usage: candourctl %s %s", command->name, command->usage);
    return run_one(&cli, command);
}
