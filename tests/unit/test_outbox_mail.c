/* test_outbox_mail.c: the messages that leave the house: their words for each kind, their headers,
 * what no text from a row can do to them, the pauses between tries, and the settings of the two
 * ways out. */
#include "unit/unit.h"

#include <stdlib.h>

#include "app/outbox.h"
#include "cli/mail.h"
#include "store/outbox.h"

static const app_mail_options_t options = { "Candour <candour@trust.example>",
                                            "https://candour.trust.example/candour" };
static const cd_instant_t now = APR_INT64_C(1794992400) * 1000000;   /* 2026-11-18T09:00:00Z */

static store_notice_t notice_of(int kind)
{
    store_notice_t notice = { .id = 7,
                              .kind = kind,
                              .reference = "CM-2026-0412",
                              .due_on = cd_date_make(2026, 12, 3),
                              .step = "Send the written notification",
                              .put_at = 1000,
                              .active = 1,
                              .org_name = "Northvale Hospitals",
                              .email = "j.okafor@trust.example" };

    return notice;
}

static int has(const char *text, const char *part)
{
    return strstr(text, part) != NULL;
}

typedef struct kind_row_t {
    int kind;
    const char *subject, *sentence, *due;
} kind_row_t;

static const kind_row_t kinds[] = {
    { APP_NOTICE_ASSIGNED, ", due on 3 December 2026", "A case was given to you.",
      "Due on: 3 December 2026" },
    { APP_NOTICE_AHEAD, ", due on 3 December 2026", "Something is due soon.",
      "Due on: 3 December 2026" },
    { APP_NOTICE_PAST, ", was due on 3 December 2026", "Something is past its date.",
      "It was due on: 3 December 2026" },
    { APP_NOTICE_ESCALATED, ", was due on 3 December 2026",
      "Something is late and was passed on to you.",
      "It was due on: 3 December 2026" },
    { APP_NOTICE_TO_SIGN, ", due on 3 December 2026", "A letter waits for your check.",
      "Due on: 3 December 2026" },
    { APP_NOTICE_RETURNED, ", due on 3 December 2026", "A letter came back to you.",
      "Due on: 3 December 2026" },
    { APP_NOTICE_HANDED_OVER, ", due on 3 December 2026", "Another trust handed you a case.",
      "Due on: 3 December 2026" },
    { APP_NOTICE_FAILED, ", due on 3 December 2026", "Messages could not be sent.",
      "Due on: 3 December 2026" },
    { APP_NOTICE_EVIDENCE_ASKED, ", due on 3 December 2026",
      "The scheme asks your trust for evidence.",
      "Due on: 3 December 2026" },
    { APP_NOTICE_INDICATED, ", due on 3 December 2026", "The scheme tells your trust what is "
      "indicated.",
      "Due on: 3 December 2026" },
    { APP_NOTICE_ANSWERED, ", due on 3 December 2026", "A trust has answered.",
      "Due on: 3 December 2026" },
    { APP_NOTICE_TO_CONFIRM, ", due on 3 December 2026", "A decision waits for a second person.",
      "Due on: 3 December 2026" },
    { APP_NOTICE_DECISION_RETURNED, ", due on 3 December 2026", "Your decision was sent back.",
      "Due on: 3 December 2026" }
};

/* A header's value with its folds taken out. */
static const char *header(const char *text, const char *name, apr_pool_t *pool)
{
    const char *at = strstr(text, apr_pstrcat(pool, name, ": ", NULL)), *end;
    char *value, *fold;

    if (!at || (at != text && at[-1] != '\n') || at > strstr(text, "\n\n"))
        return "";
    at += strlen(name) + 2;
    for (end = strchr(at, '\n'); end[1] == ' '; end = strchr(end + 1, '\n'))
        ;
    value = apr_pstrmemdup(pool, at, (apr_size_t)(end - at));
    while ((fold = strchr(value, '\n')))
        memmove(fold, fold + 1, strlen(fold));
    return value;
}

static void each_kind_says_what_it_is(void **state)
{
    unsigned i;

    assert_int_equal(COUNT_OF(kinds), APP_NOTICE_DECISION_RETURNED);
    for (i = 0; i < COUNT_OF(kinds); i++) {
        store_notice_t notice = notice_of(kinds[i].kind);
        app_mail_t mail;
        const char *subject;

        app_mail_make(&mail, &notice, &options, now, *state);
        subject = header(mail.text, "Subject", *state);
        ROW_CHECK(has(subject, "CM-2026-0412: Send the written notification"), i, subject);
        ROW_CHECK(has(subject, kinds[i].subject), i, subject);
        ROW_CHECK(has(mail.text, kinds[i].sentence), i, mail.text);
        ROW_CHECK(has(mail.text, kinds[i].due), i, mail.text);
        ROW_CHECK(has(mail.text, "\nWhat to do: Send the written notification\n"), i, mail.text);
        ROW_CHECK(
            has(mail.text, "\nOpen it: https://candour.trust.example/candour/cases/CM-2026-0412\n"),
            i, mail.text);
    }
}

static void headers_are_those_of_a_message(void **state)
{
    store_notice_t notice = notice_of(APP_NOTICE_AHEAD);
    app_mail_t mail, again;

    app_mail_make(&mail, &notice, &options, now, *state);
    app_mail_make(&again, &notice, &options, now + 1000000, *state);
    assert_string_equal(mail.from, "candour@trust.example");
    assert_string_equal(mail.to, "j.okafor@trust.example");
    assert_string_equal(header(mail.text, "From", *state), "Candour <candour@trust.example>");
    assert_string_equal(header(mail.text, "To", *state), "j.okafor@trust.example");
    assert_string_equal(header(mail.text, "Date", *state), "Wed, 18 Nov 2026 09:00:00 +0000");
    assert_string_equal(header(mail.text, "Message-ID", *state),
                        "<notice.7.1000@candour.trust.example>");
    assert_string_equal(header(again.text, "Message-ID", *state),
                        "<notice.7.1000@candour.trust.example>");
    assert_string_equal(header(mail.text, "Auto-Submitted", *state), "auto-generated");
    assert_string_equal(header(mail.text, "Content-Transfer-Encoding", *state), "7bit");
}

/* Only headers of our own stand in the head, whatever a row holds. */
static void no_text_opens_a_header(void **state)
{
    static const char *const attacks[] = {
        "x\nBcc: all@evil.example", "x\r\nBcc: all@evil.example", "x\n\nBcc: in the body",
        "x\rBcc: all@evil.example",
        "\nBcc: all@evil.example\n", "x\n.\nMAIL FROM:<a@b>", "\xe2\x80\x99\nBcc: all@evil.example",
        "x\x0b\x0c\x7f\nBcc: y"
    };
    static const char *const known[] = { "From: ",
                                         "To: ",
                                         "Subject: ",
                                         "Date: ",
                                         "Message-ID: ",
                                         "Auto-Submitted: ",
                                         "MIME-Version: ",
                                         "Content-Type: ",
                                         "Content-Language: ",
                                         "Content-Transfer-Encoding: " };
    unsigned i, k;

    for (i = 0; i < COUNT_OF(attacks); i++) {
        store_notice_t notice = notice_of(APP_NOTICE_PAST);
        const char *line, *end;
        app_mail_t mail;
        int lines = 0;

        notice.step = notice.reference = notice.org_name = attacks[i];
        app_mail_make(&mail, &notice, &options, now, *state);
        end = strstr(mail.text, "\n\n");
        for (line = mail.text; line < end; line = strchr(line, '\n') + 1) {
            for (k = 0; k < COUNT_OF(known) && strncmp(line, known[k], strlen(known[k])); k++)
                ;
            lines += k < COUNT_OF(known);
            ROW_CHECK(k < COUNT_OF(known) || *line == ' ', i, line);
        }
        ROW_CHECK(lines == (int)COUNT_OF(known), i, "each header once");
        ROW_CHECK(!has(mail.text, "\nBcc:") && !has(mail.text, "\r") && !has(mail.text, "\n.\n"), i,
                  mail.text);
        ROW_CHECK(has(mail.text, "/candour/\n"), i,
                  "a reference that is none leads to the front page");
    }
}

/* Words that are not ASCII are encoded, in pieces that do not cut a character, and lines stay
 * short. */
static void words_are_encoded(void **state)
{
    store_notice_t notice = notice_of(APP_NOTICE_AHEAD);
    const char *line, *next;
    app_mail_t mail;

    notice.step = "Record the trust\xe2\x80\x99s apology and the patient\xe2\x80\x99s wishes = all "
                  "of them, in Welsh: "
                  "\xc5\xb5\xc5\xb7\xc5\xb5\xc5\xb7\xc5\xb5\xc5\xb7\xc5\xb5\xc5\xb7\xc5\xb5\xc5\xb7"
                  "\xc5\xb5\xc5\xb7";
    app_mail_make(&mail, &notice, &options, now, *state);
    assert_true(has(mail.text, "Subject: =?utf-8?Q?CM=2D2026=2D0412"));
    assert_string_equal(header(mail.text, "Content-Transfer-Encoding", *state), "quoted-printable");
    assert_true(has(mail.text, "trust=E2=80=99s apology"));
    assert_true(has(mail.text, "=3D all"));
    for (line = mail.text; *line; line = next) {
        next = strchr(line, '\n') + 1;
        assert_true(next - line <= 77);
        assert_false(has(apr_pstrmemdup(*state, line, (apr_size_t)(next - line)), "=E2?="));
        assert_false(has(apr_pstrmemdup(*state, line, (apr_size_t)(next - line)), "=C5?="));
    }
    for (line = mail.text; *line; line++)
        assert_true((signed char)*line > 0);
}

static const struct { const char *text; int ok; } addresses[] = {
    { "j.okafor@trust.example", 1 }, { "a@b", 1 }, { "first+tag@sub.trust.nhs.uk", 1 },
      { "o'neil@trust.example", 1 },
    { "", 0 }, { "@", 0 }, { "a@", 0 }, { "@b", 0 }, { "a", 0 }, { "a@b@c", 0 }, { "a b@c", 0 },
      { "a..b@c", 0 },
    { ".a@b", 0 }, { "a.@b", 0 }, { "a@b.", 0 }, { "a@.b", 0 }, { "a@b..c", 0 }, { "a@-b", 0 },
      { "-oQ/tmp@b", 0 },
    { "a@b\nBcc: c@d", 0 }, { "a@b\r\n", 0 }, { "<a@b>", 0 }, { "a@b,c@d", 0 }, { "\"a\"@b", 0 },
      { "a\xc3\xa9@b", 0 },
    { "a@b\xc3\xa9", 0 }, { "a@[127.0.0.1]", 0 }
};

static void addresses_are_plain(void **state)
{
    unsigned i;

    (void)state;
    for (i = 0; i < COUNT_OF(addresses); i++)
        ROW_CHECK(app_mail_address_ok(addresses[i].text) == addresses[i].ok, i, addresses[i].text);
}

static const struct { const char *from, *url; int ok; } option_rows[] = {
    { "candour@trust.example", "https://c.example/candour", 1 },
    { "The Candour Service <candour@trust.example>", "http://127.0.0.1:8480/candour", 1 },
    { NULL, "https://c.example", 0 }, { "candour@trust.example", NULL, 0 },
    { "Candour <candour@trust.example", "https://c.example", 0 },
    { "Candour\nBcc: x@y <candour@trust.example>", "https://c.example", 0 },
    { "Candour, x@y <candour@trust.example>", "https://c.example", 0 },
    { "candour@trust.example", "ftp://c.example", 0 }, { "candour@trust.example", "https://", 0 },
    { "candour@trust.example", "https://c.example/\nBcc: x", 0 }, { "candour@trust.example",
      "https://c>.example/", 0 }
};

static void options_are_checked(void **state)
{
    unsigned i;

    for (i = 0; i < COUNT_OF(option_rows); i++) {
        app_mail_options_t asked = { option_rows[i].from, option_rows[i].url };

        ROW_CHECK((app_mail_options_problem(&asked, *state) == NULL) == option_rows[i].ok, i,
                  option_rows[i].url ? option_rows[i].url : "");
    }
}

static void tries_are_further_and_further_apart(void **state)
{
    static const int minutes[] = { 1, 5, 30, 120, 720 };
    int i;

    (void)state;
    for (i = 0; i < (int)COUNT_OF(minutes); i++)
        assert_int_equal(app_outbox_pause(i + 1), apr_time_from_sec(minutes[i] * 60));
    assert_int_equal(app_outbox_pause(APP_SEND_TRIES), 0);
    assert_int_equal(app_outbox_pause(0), 0);
}

static const struct { cli_config_t config; int ok; const char *why; } ways[] = {
    { { .mail_transport = NULL }, 1, "sendmail where nothing is said" },
    { { .mail_transport = "command", .mail_command = "/usr/bin/msmtp -t" }, 1, "a command" },
    { { .mail_transport = "command", .mail_command = "msmtp -t" }, 0,
      "a command without its path" },
    { { .mail_transport = "pigeon" }, 0, "an unknown way" },
#ifdef CANDOUR_WITH_CURL
    { { .mail_transport = "smtp", .smtp_url = "smtp://relay.trust.example:587" }, 1, "STARTTLS" },
    { { .mail_transport = "smtp", .smtp_url = "smtps://relay.trust.example:465" }, 1,
      "TLS from the start" },
    { { .mail_transport = "smtp", .smtp_url = "smtp://127.0.0.1:2525", .smtp_plain = "yes" }, 1,
      "plain, here" },
    { { .mail_transport = "smtp", .smtp_url = "smtp://relay.trust.example:25",
      .smtp_plain = "yes" }, 0, "plain, far" },
    { { .mail_transport = "smtp", .smtp_url = "smtp://127.0.0.1.evil.example",
      .smtp_plain = "yes" }, 0, "a look-alike" },
    { { .mail_transport = "smtp", .smtp_url = "smtp://localhost", .smtp_plain = "maybe" }, 0,
      "neither yes nor no" },
    { { .mail_transport = "smtp", .smtp_url = "smtp://name:secret@relay.example" }, 0,
      "a password in the address" },
    { { .mail_transport = "smtp", .smtp_url = "file:///etc/passwd" }, 0, "another protocol" },
    { { .mail_transport = "smtp", .smtp_url = "smtps://r.example", .smtp_user = "u" }, 0,
      "a user without a password" },
#endif
    { { .mail_transport = "smtp" }, 0, "no server named" }
};

static void ways_out_are_checked_before_the_first_message(void **state)
{
    unsigned i;

    for (i = 0; i < COUNT_OF(ways); i++) {
        cli_mail_t mail = { NULL, NULL };
        cd_err_t *err = cli_mail_open(&mail, &ways[i].config, *state);

        ROW_CHECK((err == NULL) == ways[i].ok, i, ways[i].why);
        ROW_CHECK(err ? err->code == CD_E_CONFIG : mail.send != NULL, i, ways[i].why);
    }
}

static const struct { const char *command; app_trouble_t trouble; const char *why; } commands[] = {
    { "/bin/cat", APP_TROUBLE_NONE, "reads it all" },
    { "/bin/false", APP_TROUBLE_COMMAND, "says no" },
    { "/nowhere/sendmail -t", APP_TROUBLE_NO_COMMAND, "is not there" },
    { "/bin/sleep 0.01", APP_TROUBLE_COMMAND, "reads nothing of a long message" }
};

static void a_command_is_believed_only_if_it_read_all(void **state)
{
    char *text = apr_palloc(*state, 1 << 20);
    unsigned i;

    memset(text, 'x', (1 << 20) - 1);
    text[(1 << 20) - 1] = '\0';
    for (i = 0; i < COUNT_OF(commands); i++) {
        cli_config_t config = { .mail_command = commands[i].command };
        app_mail_t mail = { "a@b", "c@d", text };
        app_trouble_t trouble;
        cli_mail_t way;

        assert_null(cli_mail_open(&way, &config, *state));
        trouble = way.send(way.baton, &mail, *state);
        ROW_CHECK(trouble == commands[i].trouble, i,
                  apr_psprintf(*state, "%s: %d", commands[i].why, (int)trouble));
    }
}

/* The settings file that is shipped is one that is read, its examples too. */
static void shipped_settings_are_read(void **state)
{
    const char *path = apr_pstrcat(*state, getenv("CANDOUR_SRCDIR"), "/conf/candourctl.conf", NULL),
               *text;
    cli_config_t config = { 0 };
    apr_size_t len;
    char *copy, *p;
    int examples = 0;

    assert_null(cli_file_read(&text, &len, path, 65536, *state));
    copy = apr_pstrdup(*state, text);
    for (p = strstr(copy, "\n#"); p; p = strstr(p + 1, "\n#"))
        if (p[2] != ' ') {
            p[1] = ' ';
            examples++;
        }
    assert_true(examples > 5);
    assert_null(cli_config_read(&config, path, copy, *state));
    assert_string_equal(config.smtp_plain, "yes");
    assert_string_equal(config.tls_ca, "/etc/candour/db-ca.pem");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        POOL_TEST(each_kind_says_what_it_is),
        POOL_TEST(headers_are_those_of_a_message),
        POOL_TEST(no_text_opens_a_header),
        POOL_TEST(words_are_encoded),
        POOL_TEST(addresses_are_plain),
        POOL_TEST(options_are_checked),
        POOL_TEST(tries_are_further_and_further_apart),
        POOL_TEST(ways_out_are_checked_before_the_first_message),
        POOL_TEST(a_command_is_believed_only_if_it_read_all),
        POOL_TEST(shipped_settings_are_read),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
