/* test_cli_args.c: options, settings files, the table of commands and its exit statuses. */
#include "unit/unit.h"

#include "cli/cli.h"

static const cli_option_t own[] = {
    { "--dry-run", NULL, "" }, { "--org", "CODE", "" }, { NULL, NULL, NULL }
};
static const cli_option_t more[] = { { "--socket", "PATH", "" }, { NULL, NULL, NULL } };

typedef struct row_t {
    const char *argv[6];
    int words;
    const char *org, *dry_run, *socket, *problem, *why;
} row_t;

static const row_t rows[] = {
    { { "a", "b", NULL }, 2, NULL, NULL, NULL, NULL, "words alone" },
    { { "--org", "RZ1", "a", NULL }, 1, "RZ1", NULL, NULL, NULL, "value as the next word" },
    { { "--org=RZ1", "a", NULL }, 1, "RZ1", NULL, NULL, NULL, "value behind =" },
    { { "--org=", NULL }, 0, "", NULL, NULL, NULL, "an empty value is a value" },
    { { "a", "--dry-run", "b", NULL }, 2, NULL, "", NULL, NULL, "a switch takes no word" },
    { { "--socket", "/s", "--dry-run", NULL }, 0, NULL, "", "/s", NULL, "both tables" },
    { { "--", "--org", NULL }, 1, NULL, NULL, NULL, NULL, "-- ends the options" },
    { { "-", NULL }, 1, NULL, NULL, NULL, NULL, "- is a word" },
    { { "--org", "--dry-run", NULL }, 0, "--dry-run", NULL, NULL, NULL,
      "a value may look like an option" },
    { { "--nix", NULL }, 0, NULL, NULL, NULL, "there is no option --nix here", "unknown" },
    { { "--or", "RZ1", NULL }, 0, NULL, NULL, NULL, "there is no option --or here",
      "no shortening" },
    { { "--org", NULL }, 0, NULL, NULL, NULL, "option --org needs a value: --org CODE",
      "value missing" },
    { { "--dry-run=1", NULL }, 0, NULL, NULL, NULL, "option --dry-run takes no value",
      "switch with a value" },
    { { "--org=A", "--org=B", NULL }, 0, "A", NULL, NULL, "option --org stands twice", "twice" }
};

static void same_text(const char *found, const char *wanted, unsigned row, const char *why)
{
    ROW_CHECK((found == NULL) == (wanted == NULL), row, why);
    if (wanted)
        ROW_CHECK(!strcmp(found, wanted), row, why);
}

static void args(void **state)
{
    cli_args_t out;
    unsigned i;

    for (i = 0; i < COUNT_OF(rows); i++) {
        int argc = 0, read;

        while (rows[i].argv[argc])
            argc++;
        read = cli_args_read(&out, argc, rows[i].argv, own, more, *state);
        ROW_CHECK(read == !rows[i].problem, i, rows[i].why);
        same_text(out.problem, rows[i].problem, i, rows[i].why);
        if (!read)
            continue;
        ROW_CHECK(out.words == rows[i].words, i, rows[i].why);
        same_text(cli_value(&out, "--org"), rows[i].org, i, rows[i].why);
        same_text(cli_value(&out, "--dry-run"), rows[i].dry_run, i, rows[i].why);
        same_text(cli_value(&out, "--socket"), rows[i].socket, i, rows[i].why);
    }
}

static void many_words(void **state)
{
    const char *argv[CLI_WORDS + 1];
    cli_args_t out;
    int i;

    for (i = 0; i <= CLI_WORDS; i++)
        argv[i] = "x";
    assert_true(cli_args_read(&out, CLI_WORDS, argv, NULL, NULL, *state));
    assert_false(cli_args_read(&out, CLI_WORDS + 1, argv, NULL, NULL, *state));
}

static void config(void **state)
{
    cli_config_t found = { 0 };

    assert_null(cli_config_read(
        &found, "f", "# a note\n\n socket = /run/s.sock \nport=3306\r\nkey_file = /k", *state));
    assert_string_equal(found.socket, "/run/s.sock");
    assert_string_equal(found.key_file, "/k");
    assert_int_equal(found.port, 3306);
    assert_null(found.user);
}

typedef struct bad_t { const char *text, *line, *why; } bad_t;

static void config_bad(void **state)
{
    static const bad_t bad[] = {
        { "nix = 1", "f line 1:", "unknown key" },
        { "socket = a\nsocket", "f line 2:", "no =" },
        { "\n\nuser =", "f line 3:", "no value" },
        { "port = 0", "f line 1:", "port too small" },
        { "port = 65536", "f line 1:", "port too large" },
        { "port = 33x", "f line 1:", "port not a number" },
        { "password = secret", "f line 1:", "a password has a file of its own" }
    };
    unsigned i;

    for (i = 0; i < COUNT_OF(bad); i++) {
        cli_config_t found = { 0 };
        cd_err_t *err = cli_config_read(&found, "f", bad[i].text, *state);

        ROW_CHECK(err && err->code == CD_E_CONFIG, i, bad[i].why);
        ROW_CHECK(!strncmp(err->public_text, bad[i].line, strlen(bad[i].line)), i, bad[i].why);
        ROW_CHECK(!strstr(err->public_text, "secret"), i, "a message does not repeat a value");
    }
}

static void table(void **state)
{
    const cli_command_t *command, *other;

    (void)state;
    for (command = cli_commands(); command->name; command++) {
        assert_non_null(command->run);
        assert_true(command->usage && command->help && *command->help);
        assert_true(command->min_words <= command->max_words && command->max_words <= CLI_WORDS);
        for (other = cli_commands(); other != command; other++)
            assert_string_not_equal(other->name, command->name);
    }
}

static void found(void **state)
{
    static const char *const user_add[] = { "user", "add", "x" }, *const user[] = { "user" };
    static const char *const verify[] = { "verify", "add" }, *const nix[] = { "verif" };
    int used;

    (void)state;
    assert_string_equal(cli_command_find(&used, 3, user_add)->name, "user add");
    assert_int_equal(used, 2);
    assert_null(cli_command_find(&used, 1, user));
    assert_string_equal(cli_command_find(&used, 2, verify)->name, "verify");
    assert_int_equal(used, 1);
    assert_null(cli_command_find(&used, 1, nix));
}

typedef struct run_t { const char *argv[5]; int status; const char *message, *why; } run_t;

static void runs(void **state)
{
    static const run_t table_of_runs[] = {
        { { "help", NULL }, CLI_OK, "", "help" },
        { { "nix", NULL }, CLI_USAGE, "candourctl: there is no command \"nix\": candourctl help "
          "lists them\n", "unknown" },
        { { "keygen", NULL }, CLI_USAGE, "candourctl: usage: candourctl keygen FILE\n",
          "word missing" },
        { { "keygen", "--nix", NULL }, CLI_USAGE, "candourctl: keygen: there is no option --nix "
          "here\n", "option" },
        { { "user", "list", NULL }, CLI_AWAY, "candourctl: where the database is was not said: "
          "give --socket or --host, "
          "or a settings file by --config or CANDOUR_CONFIG\n", "no connection" },
        { { "user", "list", "--socket=/nowhere/s", NULL }, CLI_AWAY,
          "candourctl: no key file was named: give --key-file, or key_file in the settings file\n",
          "no key" },
        { { "user", "list", "--port=x", NULL }, CLI_AWAY, "candourctl: --port: a number from 1 to "
          "65535 is needed\n",
          "port" },
        { { "user", "list", "--config=/nowhere/f", NULL }, CLI_AWAY,
          "candourctl: /nowhere/f cannot be read: No such file or directory\n", "no settings file" }
    };
    char text[2000];
    unsigned i;

    for (i = 0; i < COUNT_OF(table_of_runs); i++) {
        FILE *out = tmpfile(), *err = tmpfile();
        int argc = 0, status;
        size_t len;

        while (table_of_runs[i].argv[argc])
            argc++;
        status = cli_run(argc, table_of_runs[i].argv, out, err, *state);
        rewind(err);
        len = fread(text, 1, sizeof(text) - 1, err);
        text[len] = '\0';
        fclose(out);
        fclose(err);
        ROW_CHECK(status == table_of_runs[i].status, i, table_of_runs[i].why);
        ROW_CHECK(!strcmp(text, table_of_runs[i].message), i, text);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        POOL_TEST(args), POOL_TEST(many_words), POOL_TEST(config), POOL_TEST(config_bad),
                  POOL_TEST(table),
        POOL_TEST(found), POOL_TEST(runs)
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
