/* outbox_mail.c: makes the message of a notice, by RFC 5322. Sends nothing and reads nothing.
 *
 * What comes from rows goes through one writer each for headers and body, so that no text can open
 * a header of its own: a control character becomes a space, and what is not ASCII is encoded. */
#include <string.h>

#include <apr_lib.h>
#include <apr_strings.h>
#include <apr_time.h>

#include "app/outbox.h"
#include "base/buf.h"
#include "base/text.h"
#include "store/outbox.h"

/* What a kind says: the sentence alone on pages, behind the reference in a subject. */
const cd_token_t app_notice_kinds[] = {
    { APP_NOTICE_ASSIGNED, "ASSIGNED", "A case was given to you" },
    { APP_NOTICE_AHEAD, "AHEAD", "Something is due soon" },
    { APP_NOTICE_PAST, "PAST", "Something is past its date" },
    { APP_NOTICE_ESCALATED, "ESCALATED", "Something is late and was passed on to you" },
    { APP_NOTICE_TO_SIGN, "TO_SIGN", "A letter waits for your check" },
    { APP_NOTICE_RETURNED, "RETURNED", "A letter came back to you" },
    { APP_NOTICE_HANDED_OVER, "HANDED_OVER", "Another trust handed you a case" },
    { APP_NOTICE_FAILED, "FAILED", "Messages could not be sent" },
    { APP_NOTICE_EVIDENCE_ASKED, "EVIDENCE_ASKED", "The scheme asks your trust for evidence" },
    { APP_NOTICE_INDICATED, "INDICATED", "The scheme tells your trust what is indicated" },
    { APP_NOTICE_ANSWERED, "ANSWERED", "A trust has answered" },
    { APP_NOTICE_TO_CONFIRM, "TO_CONFIRM", "A decision waits for a second person" },
    { APP_NOTICE_DECISION_RETURNED, "DECISION_RETURNED", "Your decision was sent back" },
    { APP_NOTICE_DECIDED, "DECIDED", "A decision on your trust was made" },
    { APP_NOTICE_REVIEW_ASKED, "REVIEW_ASKED", "A trust asks for a review of a decision" },
    { APP_NOTICE_SUM_ASKED, "SUM_ASKED", "Your trust is asked for a decided sum" },
    { 0, NULL, NULL }
};

/* ---- addresses ----------------------------------------------------------- */

#define LOCAL_MAX 64
#define ADDRESS_MAX 254

/* Letters of an atom that need no quoting (RFC 5322, 3.2.3). */
static int is_atom(char c)
{
    return apr_isalnum(c) || (c && strchr("!#$%&'*+-/=?^_`{|}~", c));
}

static int is_label(char c)
{
    return apr_isalnum(c) || c == '-';
}

/* Pieces of `is` letters with single dots between, up to `end`. Gives how many, 0: not of that
 * form. */
static int dotted(const char *text, const char *end, int (*is)(char))
{
    int pieces = 0;

    while (text < end) {
        const char *first = text;

        while (text < end && (signed char)*text > 0 && is(*text))
            text++;
        if (text == first || (text < end && (*text != '.' || text + 1 == end)))
            return 0;
        pieces++;
        text++;
    }
    return pieces;
}

int app_mail_address_ok(const char *address)
{
    const char *at = strchr(address, '@'), *end = address + strlen(address);

    return at && end - address <= ADDRESS_MAX && at - address <= LOCAL_MAX && at[1] != '-'
           && end[-1] != '-' && *address != '-' && dotted(address, at, is_atom)
           && dotted(at + 1, end, is_label);
}

const char *app_mail_address(const char *from, apr_pool_t *pool)
{
    const char *open = strchr(from, '<'), *address, *p;
    apr_size_t len = strlen(from);

    if (!open)
        return app_mail_address_ok(from) ? from : NULL;
    if (from[len - 1] != '>')
        return NULL;
    for (p = from; p < open; p++)
        if (!is_atom(*p) && *p != ' ')
            return NULL;
    address = apr_pstrmemdup(pool, open + 1, len - (apr_size_t)(open - from) - 2);
    return app_mail_address_ok(address) ? address : NULL;
}

/* Host of "https://host:port/path", or NULL. */
static const char *url_host(const char *url, apr_pool_t *pool)
{
    const char *host = !strncmp(url, "https://", 8)  ? url + 8
                       : !strncmp(url, "http://", 7) ? url + 7
                                                     : NULL;
    apr_size_t len = host ? strcspn(host, ":/") : 0;

    return len && dotted(host, host + len, is_label) ? apr_pstrmemdup(pool, host, len) : NULL;
}

const char *app_mail_options_problem(const app_mail_options_t *options, apr_pool_t *pool)
{
    const char *p;

    if (!options->from || !app_mail_address(options->from, pool))
        return "mail_from must be an e-mail address, or a name and <address> behind it";
    if (!options->public_url || !url_host(options->public_url, pool))
        return "public_url must be the address people open the service by, like "
               "https://candour.example.nhs.uk/candour";
    for (p = options->public_url; *p; p++)
        if (*p <= ' ' || *p > '~')
            return "public_url must be plain ASCII without spaces";
    return NULL;
}

/* ---- headers ------------------------------------------------------------- */

static int is_plain(const char *text)
{
    for (; *text; text++)
        if ((unsigned char)*text < ' ' || (unsigned char)*text > '~')
            return 0;
    return 1;
}

/* No line break and no other control character goes on from here. */
static const char *one_line(const char *text, apr_pool_t *pool)
{
    char *copy = apr_pstrdup(pool, text), *p;

    for (p = copy; *p; p++)
        if ((unsigned char)*p < ' ' || *p == 0x7f)
            *p = ' ';
    return copy;
}

#define WORD_BYTES 14                    /* of text in an encoded word: 3 letters each, 75 in all */

/* Encoded words (RFC 2047) of whole characters, folded. */
static void encoded(cd_buf_t *out, const char *text)
{
    apr_size_t left = strlen(text);
    int used = 0, i;

    cd_buf_lit(out, "=?utf-8?Q?");
    while (left) {
        int len = cd_utf8_next(text, left, NULL);

        if (!len)
            len = 1;
        if (used + len > WORD_BYTES) {
            cd_buf_lit(out, "?=\n =?utf-8?Q?");
            used = 0;
        }
        for (i = 0; i < len; i++)
            cd_buf_fmt(out, apr_isalnum(text[i]) ? "%c" : "=%02X", (unsigned char)text[i]);
        used += len;
        text += len;
        left -= (apr_size_t)len;
    }
    cd_buf_lit(out, "?=");
}

#define LINE_LETTERS 76

/* ASCII words, folded at spaces. `column`: what stands in the line already. */
static void folded(cd_buf_t *out, const char *text, apr_size_t column)
{
    const char *first = text += strspn(text, " ");

    while (*text) {
        apr_size_t len = strcspn(text, " ");
        int fold = text != first && column + 1 + len > LINE_LETTERS;

        cd_buf_str(out, fold ? "\n " : text != first ? " " : "");
        cd_buf_add(out, text, len);
        column = fold ? 1 + len : column + len + (text != first);
        text += len;
        text += strspn(text, " ");
    }
}

static void header(cd_buf_t *out, const char *name, const char *value, apr_pool_t *pool)
{
    cd_buf_fmt(out, "%s: ", name);
    value = one_line(value, pool);
    if (is_plain(value))
        folded(out, value, strlen(name) + 2);
    else
        encoded(out, value);
    cd_buf_lit(out, "\n");
}

/* ---- body ---------------------------------------------------------------- */

/* Quoted-printable (RFC 2045, 6.7) of lines ended by LF. No line begins with a dot: a line of one
 * dot alone is the end of a message to some mail programs. */
static void quoted(cd_buf_t *out, const char *text)
{
    int column = 0;

    for (; *text; text++) {
        unsigned char c = (unsigned char)*text;
        int plain = (c >= '!' && c <= '~' && c != '=') || (c == ' ' && text[1] && text[1] != '\n');

        if (c != '\n' && column + (plain ? 1 : 3) > LINE_LETTERS - 1) {
            cd_buf_lit(out, "=\n");
            column = 0;
        }
        plain = plain && (column || c != '.');
        if (c == '\n')
            cd_buf_lit(out, "\n");
        else
            cd_buf_fmt(out, plain ? "%c" : "=%02X", c);
        column = c == '\n' ? 0 : column + (plain ? 1 : 3);
    }
}

static const char *sentence(const store_notice_t *notice)
{
    const char *words = cd_token_label(app_notice_kinds, notice->kind);

    return words ? words : "There is something for you";
}

static const char *subject(const store_notice_t *notice, apr_pool_t *pool)
{
    const char *when = !notice->due_on ? ""
                                       : apr_pstrcat(pool,
                                                     notice->kind == APP_NOTICE_PAST
                                                             || notice->kind == APP_NOTICE_ESCALATED
                                                         ? ", was due on "
                                                         : ", due on ",
                                                     cd_date_words(notice->due_on, pool), NULL);

    return apr_pstrcat(pool, notice->reference ? notice->reference : "Candour", ": ",
                       notice->step ? notice->step : sentence(notice), when, NULL);
}

/* Address of the file, from its reference alone; a reference of another form leads to the front
 * page. */
static const char *link_url(const store_notice_t *notice, const app_mail_options_t *options,
                            apr_pool_t *pool)
{
    const char *ref = notice->reference, *p;

    for (p = ref ? ref : ""; apr_isalnum(*p) || *p == '-'; p++)
        ;
    if (!ref || *p || (strncmp(ref, "CM-", 3) && strncmp(ref, "CL-", 3)))
        return apr_pstrcat(pool, options->public_url, "/", NULL);
    return apr_pstrcat(pool, options->public_url, strncmp(ref, "CL-", 3) ? "/cases/" : "/claims/",
                       ref, NULL);
}

static void line(cd_buf_t *out, const char *label, const char *value, apr_pool_t *pool)
{
    if (value)
        cd_buf_fmt(out, "%s: %s\n", label, one_line(value, pool));
}

static const char *body(const store_notice_t *notice, const app_mail_options_t *options,
                        apr_pool_t *pool)
{
    cd_buf_t *out = cd_buf_make(pool, 1024);
    int late = notice->kind == APP_NOTICE_PAST || notice->kind == APP_NOTICE_ESCALATED;

    cd_buf_fmt(out, "Hello,\n\n%s.\n\n", sentence(notice));
    line(out, "Reference", notice->reference, pool);
    line(out, "What to do", notice->step, pool);
    line(out, late ? "It was due on" : "Due on",
         notice->due_on ? cd_date_words(notice->due_on, pool) : NULL, pool);
    line(out, "Organisation", notice->org_name, pool);
    cd_buf_fmt(out, "\nOpen it: %s\n\n", link_url(notice, options, pool));
    cd_buf_lit(out, "The Candour service sent this message by itself. Nobody reads answers.\n"
                    "It says nothing about a patient. Please do not write about patients\n"
                    "by e-mail.\n");
    return out->data;
}

static void message_id(cd_buf_t *out, const store_notice_t *notice,
                       const app_mail_options_t *options, apr_pool_t *pool)
{
    const char *host = url_host(options->public_url, pool);

    cd_buf_fmt(out, "Message-ID: <notice.%" APR_INT64_T_FMT ".%" APR_INT64_T_FMT "@%s>\n",
               notice->id, (apr_int64_t)notice->put_at, host ? host : "candour.invalid");
}

void app_mail_make(app_mail_t *out, const store_notice_t *notice, const app_mail_options_t *options,
                   cd_instant_t now, apr_pool_t *pool)
{
    cd_buf_t *mail = cd_buf_make(pool, 2048);
    char date[APR_RFC822_DATE_LEN];
    const char *text = body(notice, options, pool), *p;
    int plain = 1;

    for (p = text; *p && plain; p++)
        plain = *p == '\n' || ((unsigned char)*p >= ' ' && (unsigned char)*p <= '~');
    apr_rfc822_date(date, now);
    header(mail, "From", options->from, pool);
    header(mail, "To", notice->email, pool);
    header(mail, "Subject", subject(notice, pool), pool);
    /* apr writes "GMT" behind the time, which is only for old messages. */
    cd_buf_fmt(mail, "Date: %.*s+0000\n", (int)(strlen(date) - 3), date);
    message_id(mail, notice, options, pool);
    cd_buf_lit(mail, "Auto-Submitted: auto-generated\nMIME-Version: 1.0\n"
                     "Content-Type: text/plain; charset=utf-8\nContent-Language: en-GB\n");
    cd_buf_fmt(mail, "Content-Transfer-Encoding: %s\n\n", plain ? "7bit" : "quoted-printable");
    if (plain)
        cd_buf_str(mail, text);
    else
        quoted(mail, text);
    out->from = app_mail_address(options->from, pool);
    out->to = notice->email;
    out->text = mail->data;
}
