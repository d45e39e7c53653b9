/* mail_smtp.c: sends a message by SMTP, with libcurl: one connection a run, kept from message to
 * message.
 *
 * TLS is needed: from the first byte (smtps://) or by STARTTLS, with the server's certificate
 * checked. Plain SMTP goes to this machine alone, and only when the settings say smtp_plain = yes.
 */
#include <string.h>
#include <strings.h>

#include <apr_lib.h>
#include <apr_strings.h>

#include "base/buf.h"
#include "cli/mail.h"

#ifdef CANDOUR_WITH_CURL

#include <curl/curl.h>

#define CONNECT_SECONDS 15L

typedef struct smtp_t {
    CURL *curl;
    const cli_config_t *config;
    const char *password;
    int plain;
} smtp_t;

typedef struct reader_t {
    const char *text;
    apr_size_t len, at;
} reader_t;

static size_t read_some(char *to, size_t size, size_t count, void *baton)
{
    reader_t *reader = baton;
    apr_size_t len = reader->len - reader->at;

    if (len > size * count)
        len = size * count;
    memcpy(to, reader->text + reader->at, len);
    reader->at += len;
    return len;
}

/* The server's words are read and dropped: they may name addresses. */
static size_t drop(char *from, size_t size, size_t count, void *baton)
{
    (void)from;
    (void)baton;
    return size * count;
}

/* Lines on the wire end with CR LF; dots at their beginnings are libcurl's business. */
static void wire_text(reader_t *reader, const char *text, apr_pool_t *pool)
{
    cd_buf_t *wire = cd_buf_make(pool, strlen(text) + 256);

    for (; *text; text += strcspn(text, "\n"), text += *text == '\n') {
        cd_buf_add(wire, text, strcspn(text, "\n"));
        cd_buf_lit(wire, "\r\n");
    }
    reader->text = wire->data;
    reader->len = wire->len;
    reader->at = 0;
}

static app_trouble_t trouble_of(CURLcode code)
{
    switch (code) {
    case CURLE_OK: return APP_TROUBLE_NONE;
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_COULDNT_CONNECT:
    case CURLE_RECV_ERROR:
    case CURLE_GOT_NOTHING:
        return APP_TROUBLE_NOT_REACHED;
    case CURLE_OPERATION_TIMEDOUT: return APP_TROUBLE_TIMED_OUT;
    case CURLE_USE_SSL_FAILED: case CURLE_SSL_CONNECT_ERROR: case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CACERT_BADFILE: case CURLE_SSL_CERTPROBLEM:
        return APP_TROUBLE_TLS;
    case CURLE_LOGIN_DENIED: return APP_TROUBLE_LOGIN;
    default: return APP_TROUBLE_REFUSED;
    }
}

static void set_once(smtp_t *smtp)
{
    CURL *curl = smtp->curl;
    const cli_config_t *config = smtp->config;

    curl_easy_setopt(curl, CURLOPT_URL, config->smtp_url);
#if LIBCURL_VERSION_NUM >= 0x075500
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
#else
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS, (long)(CURLPROTO_SMTP | CURLPROTO_SMTPS));
#endif
    /* what the environment says of proxies is not meant here */
    curl_easy_setopt(curl, CURLOPT_PROXY, "");
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, CONNECT_SECONDS);
    curl_easy_setopt(curl, CURLOPT_TIMEOUT, (long)CLI_MAIL_SECONDS);
    curl_easy_setopt(curl, CURLOPT_USE_SSL, (long)(smtp->plain ? CURLUSESSL_NONE : CURLUSESSL_ALL));
    curl_easy_setopt(curl, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
    if (config->smtp_ca)
        curl_easy_setopt(curl, CURLOPT_CAINFO, config->smtp_ca);
    if (config->smtp_user) {
        curl_easy_setopt(curl, CURLOPT_USERNAME, config->smtp_user);
        curl_easy_setopt(curl, CURLOPT_PASSWORD, smtp->password);
    }
    curl_easy_setopt(curl, CURLOPT_UPLOAD, 1L);
    curl_easy_setopt(curl, CURLOPT_READFUNCTION, read_some);
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, drop);
}

static app_trouble_t smtp_send(void *baton, const app_mail_t *mail, apr_pool_t *pool)
{
    smtp_t *smtp = baton;
    struct curl_slist *to = curl_slist_append(NULL, apr_pstrcat(pool, "<", mail->to, ">", NULL));
    reader_t reader;
    CURLcode code;

    wire_text(&reader, mail->text, pool);
    curl_easy_setopt(smtp->curl, CURLOPT_MAIL_FROM, apr_pstrcat(pool, "<", mail->from, ">", NULL));
    curl_easy_setopt(smtp->curl, CURLOPT_MAIL_RCPT, to);
    curl_easy_setopt(smtp->curl, CURLOPT_READDATA, &reader);
    curl_easy_setopt(smtp->curl, CURLOPT_INFILESIZE_LARGE, (curl_off_t)reader.len);
    code = curl_easy_perform(smtp->curl);
    curl_easy_setopt(smtp->curl, CURLOPT_MAIL_RCPT, NULL);
    curl_slist_free_all(to);
    return trouble_of(code);
}

static apr_status_t smtp_close(void *data)
{
    smtp_t *smtp = data;

    curl_easy_cleanup(smtp->curl);
    curl_global_cleanup();
    return APR_SUCCESS;
}

/* Is the server this machine itself? */
static int is_loopback(const char *url)
{
    static const char *const hosts[] = { "localhost", "127.0.0.1", "[::1]" };
    const char *host = strstr(url, "://") + 3;
    apr_size_t i, len;

    for (i = 0; i < sizeof(hosts) / sizeof(hosts[0]); i++) {
        len = strlen(hosts[i]);
        if (!strncasecmp(host, hosts[i], len)
            && (!host[len] || host[len] == ':' || host[len] == '/'))
            return 1;
    }
    return 0;
}

static const char *smtp_problem(const cli_config_t *config)
{
    if (!config->smtp_url
        || (strncmp(config->smtp_url, "smtp://", 7) && strncmp(config->smtp_url, "smtps://", 8))
        || strchr(config->smtp_url, '@'))
        return "smtp_url must be smtp://HOST:PORT or smtps://HOST:PORT; name and password have "
               "settings of their own";
    if (config->smtp_plain && strcmp(config->smtp_plain, "yes") && strcmp(config->smtp_plain, "no"))
        return "smtp_plain must be yes or no";
    if (config->smtp_plain && !strcmp(config->smtp_plain, "yes")
        && (!is_loopback(config->smtp_url) || strncmp(config->smtp_url, "smtp://", 7)))
        return "smtp_plain = yes is for an smtp:// server on this machine alone: messages "
               "elsewhere go by TLS";
    if (!config->smtp_user != !config->smtp_password_file)
        return "smtp_user and smtp_password_file belong together";
    return NULL;
}

cd_err_t *cli_mail_smtp_open(cli_mail_t *out, const cli_config_t *config, apr_pool_t *pool)
{
    smtp_t *smtp = apr_pcalloc(pool, sizeof(*smtp));
    const char *problem = smtp_problem(config);

    if (problem)
        return cd_err(pool, CD_E_CONFIG, problem, "%s", "");
    smtp->config = config;
    smtp->plain = config->smtp_plain && !strcmp(config->smtp_plain, "yes");
    CD_ERR(cli_password_read(&smtp->password, config->smtp_password_file, pool));
    if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK || !(smtp->curl = curl_easy_init()))
        return cd_err(pool, CD_E_CONFIG, "libcurl does not start", "%s", "");
    apr_pool_cleanup_register(pool, smtp, smtp_close, apr_pool_cleanup_null);
    set_once(smtp);
    out->send = smtp_send;
    out->baton = smtp;
    return NULL;
}

#else

cd_err_t *cli_mail_smtp_open(cli_mail_t *out, const cli_config_t *config, apr_pool_t *pool)
{
    (void)out;
    (void)config;
    return cd_err(pool, CD_E_CONFIG,
                  "mail_transport = smtp is not built in: build with libcurl, or use "
                  "mail_transport = command",
                  "%s", "");
}

#endif
