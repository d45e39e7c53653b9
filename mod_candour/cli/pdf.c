/* pdf.c: makes PDFs of HTML by a command, for the jobs that make letters and reports.
 *
 * A document goes to the command (`pdf_command` of the settings file) as HTML on its standard
 * input, and comes back as PDF on its standard output. The command has a clean environment, no
 * network where the system lets a program give its own up, and limits of time and memory.
 * SOURCE_DATE_EPOCH is the moment at which the document was frozen, so that the same document gives
 * the same bytes. Nothing is written to a file. */
#include <signal.h>
#include <string.h>

#include <apr_strings.h>
#include <apr_tables.h>
#include <apr_thread_proc.h>
#include <apr_time.h>

#include "cli/pdf.h"
#include "domain/letter.h"
#include "domain/report.h"

#define DEFAULT_COMMAND "weasyprint --pdf-variant pdf/ua-1 - -"
#define SECONDS 60
#define MEMORY (1536 * 1024 * 1024)
#define PDF_MAX (16 * 1024 * 1024)
#define STYLE_MAX 65536
#define PAUSE apr_time_from_msec(5)
#define AT_ONCE 100 /* documents of a page of the queue */

static cd_err_t *cannot(apr_pool_t *pool, const char *why)
{
    return cd_err(
        pool, CD_E_CONFIG,
        apr_pstrcat(pool, "the PDF command ", why, ": see pdf_command in the settings file", NULL),
        "%s", "");
}

static cd_err_t *start(apr_proc_t *proc, const char *const *argv, cd_instant_t at, apr_pool_t *pool)
{
    const char *env[4] = { "PATH=/usr/local/bin:/usr/bin:/bin", "LC_ALL=C.UTF-8", NULL, NULL };
    struct rlimit memory = { MEMORY, MEMORY }, seconds = { SECONDS, SECONDS };
    apr_procattr_t *attr;

    env[2] =
        apr_psprintf(pool, "SOURCE_DATE_EPOCH=%" APR_INT64_T_FMT, (apr_int64_t)apr_time_sec(at));
    if (apr_procattr_create(&attr, pool) != APR_SUCCESS
        || apr_procattr_io_set(attr, APR_CHILD_BLOCK, APR_CHILD_BLOCK, APR_NO_FILE) != APR_SUCCESS
        || apr_procattr_cmdtype_set(attr, APR_PROGRAM_PATH) != APR_SUCCESS
        || apr_procattr_limit_set(attr, APR_LIMIT_MEM, &memory) != APR_SUCCESS
        || apr_procattr_limit_set(attr, APR_LIMIT_CPU, &seconds) != APR_SUCCESS
        || apr_proc_create(proc, argv[0], argv, env, attr, pool) != APR_SUCCESS)
        return cannot(pool, "could not be started");
    apr_pool_note_subprocess(pool, proc, APR_KILL_ALWAYS);
    return NULL;
}

/* Feeds and reads in turns, as neither pipe holds a whole document. */
static cd_err_t *exchange(cd_buf_t *out, apr_proc_t *proc, const char *bytes, apr_size_t len,
                          apr_pool_t *pool)
{
    const apr_time_t until = apr_time_now() + apr_time_from_sec(SECONDS);
    int open = 1;

    while (apr_time_now() < until) {
        apr_size_t some = len, room = 65536;
        apr_status_t status;

        if (open && len) {
            if (apr_file_write(proc->in, bytes, &some) != APR_SUCCESS)
                /* its pipe is full; or it ended, which reading will tell */
                some = 0;
            bytes += some;
            len -= some;
        }
        if (open && !len) {
            apr_file_close(proc->in);
            open = 0;
        }
        status = apr_file_read(proc->out, cd_buf_room(out, room), &room);
        if (status == APR_SUCCESS)
            out->len += room;
        else if (APR_STATUS_IS_EOF(status))
            return len ? cannot(pool, "did not read its HTML") : NULL;
        else if (!APR_STATUS_IS_EAGAIN(status))
            return cannot(pool, "could not be read");
        if (out->len > PDF_MAX)
            return cannot(pool, "gave more than a PDF can be");
        if (status != APR_SUCCESS)
            apr_sleep(PAUSE);
    }
    return cannot(pool, "took too long");
}

static cd_err_t *run(cd_buf_t *out, const char *const *argv, const char *bytes, apr_size_t len,
                     cd_instant_t at, apr_pool_t *pool)
{
    apr_exit_why_e why = APR_PROC_EXIT;
    apr_proc_t *proc = apr_pcalloc(pool, sizeof(*proc));
    int code = 0;

    CD_ERR(start(proc, argv, at, pool));
    CD_ERR(exchange(out, proc, bytes, len, pool));
    if (apr_proc_wait(proc, &code, &why, APR_WAIT) != APR_CHILD_DONE || !APR_PROC_CHECK_EXIT(why)
        || code)
        return cannot(pool, apr_psprintf(pool, "ended with status %d", code));
    return NULL;
}

/* The frozen document with the sheet in the place of its link: a command without network finds no
 * file. */
static cd_buf_t *with_style(const cli_pdf_t *maker, const cd_buf_t *html, apr_pool_t *pool)
{
    const char *at = strstr(html->data, maker->link);
    cd_buf_t *whole = cd_buf_make(pool, html->len + strlen(maker->style) + 32);

    if (!at) {
        cd_buf_add(whole, html->data, html->len);
        return whole;
    }
    cd_buf_add(whole, html->data, (apr_size_t)(at - html->data));
    cd_buf_lit(whole, "<style>\n");
    cd_buf_str(whole, maker->style);
    cd_buf_lit(whole, "</style>\n");
    cd_buf_str(whole, at + strlen(maker->link));
    return whole;
}

cd_err_t *cli_pdf_make(cd_buf_t **out, const cli_pdf_t *maker, const cd_buf_t *html,
                       cd_instant_t at, apr_pool_t *pool)
{
    const cd_buf_t *whole = with_style(maker, html, pool);

    *out = cd_buf_make(pool, 65536);
    CD_ERR(run(*out, maker->argv, whole->data, whole->len, at, pool));
    if ((*out)->len < 5 || memcmp((*out)->data, "%PDF-", 5))
        return cannot(pool, "gave no PDF");
    return NULL;
}

/* A command that needs no network gets none, where the system lets us take it away. */
static int network_off(const char *const *words, apr_pool_t *pool)
{
    const char *argv[4];
    cd_buf_t *out = cd_buf_make(pool, 16);

    argv[0] = words[0];
    argv[1] = words[1];
    argv[2] = "true";
    argv[3] = NULL;
    return !run(out, argv, "", 0, 0, pool);
}

static cd_err_t *prepare(cli_pdf_t *maker, cli_t *cli, int of_reports)
{
    static const char *const as_user[] = { "unshare", "-rn" }, *const as_root[] = { "unshare",
                                                                                    "-n" };
    cli_config_t config;
    const char *style;
    char *word, *last = NULL;
    apr_size_t len;
    int count = 0, words = 0;

    CD_ERR(cli_config_find(&config, &cli->args, cli->pool));
    style = of_reports ? config.report_style : config.letter_style;
    if (!style)
        style = of_reports ? CANDOUR_ASSETS_DIR "/report.css" : CANDOUR_ASSETS_DIR "/letter.css";
    maker->link = of_reports ? cd_report_style_link : cd_letter_style_link;
    CD_ERR(cli_file_read(&maker->style, &len, style, STYLE_MAX, cli->pool));
    if (strstr(maker->style, "</"))
        return cd_err(cli->pool, CD_E_CONFIG,
                      of_reports ? "report_style names no style sheet"
                                 : "letter_style names no style sheet",
                      "%s", "");
    if (network_off(as_root, cli->pool) || network_off(as_user, cli->pool)) {
        const char *const *taken = network_off(as_root, cli->pool) ? as_root : as_user;

        maker->argv[count++] = taken[0];
        maker->argv[count++] = taken[1];
    } else {
        fprintf(cli->err, "candourctl: the PDF command keeps its network: nothing here may take it "
                          "away (unshare)\n");
    }
    for (word = apr_strtok(
             apr_pstrdup(cli->pool, config.pdf_command ? config.pdf_command : DEFAULT_COMMAND), " ",
             &last);
         word; word = apr_strtok(NULL, " ", &last)) {
        if (words++ == WORDS_MAX)
            return cannot(cli->pool, "has too many words");
        maker->argv[count++] = word;
    }
    return words ? NULL : cannot(cli->pool, "is empty");
}

typedef struct page_t { char *rows; int count; } page_t;

static const void *row_of(const page_t *page, const cli_pdf_queue_t *queue, int place)
{
    return page->rows + queue->row_size * (apr_size_t)place;
}

/* The next page, behind the last. Each document is a request of its own, whose pool goes with it,
 * so the rows are kept in the program's. */
static cd_err_t *turn_page(page_t *page, cli_t *cli, const cli_pdf_queue_t *queue)
{
    const void *after = page->count ? row_of(page, queue, page->count - 1) : NULL, *rows;

    CD_ERR(queue->waiting(&rows, &page->count, cli->ctx, after, AT_ONCE));
    page->rows = apr_pmemdup(cli->pool, rows, queue->row_size * (apr_size_t)page->count);
    for (int i = 0; i < page->count; i++) {
        const char **reference = (const char **)(page->rows + queue->row_size * (apr_size_t)i);

        *reference = apr_pstrdup(cli->pool, *reference);
    }
    return NULL;
}

static cd_err_t *make_one(const cli_pdf_t *maker, cli_t *cli, const cli_pdf_queue_t *queue,
                          const void *row)
{
    CD_ERR(cli_again(cli));
    CD_ERR(app_name_file(cli->ctx, queue->kind, *(const char *const *)row));
    return queue->make(maker, cli->ctx, row);
}

static int page_make(const cli_pdf_t *maker, cli_t *cli, const cli_pdf_queue_t *queue,
                     const page_t *page)
{
    int made = 0;

    for (int i = 0; i < page->count; i++) {
        const void *row = row_of(page, queue, i);
        cd_err_t *err = make_one(maker, cli, queue, row);

        if (err)
            fprintf(cli->err, "candourctl: %s: %s\n", queue->name(row, cli->pool),
                    err->public_text);
        made += !err;
    }
    return made;
}

int cli_pdf_job(cli_t *cli, const cli_pdf_queue_t *queue)
{
    cli_pdf_t maker = { 0 };
    page_t page = { 0 };
    int all = 0, made = 0;
    cd_err_t *err = turn_page(&page, cli, queue);

    signal(SIGPIPE, SIG_IGN);
    if (!err && page.count)
        err = prepare(&maker, cli, queue->of_reports);
    while (!err && page.count) {
        made += page_make(&maker, cli, queue, &page);
        all += page.count;
        err = cli_again(cli);
        if (!err)
            err = turn_page(&page, cli, queue);
    }
    if (err)
        return cli_fail(cli, err);
    fprintf(cli->out, "%s: %d made, %d still without a PDF\n", queue->noun, made, all - made);
    return made == all ? CLI_OK : CLI_NO;
}
