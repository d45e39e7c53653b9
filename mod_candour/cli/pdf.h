/* pdf.h: makes PDFs of HTML by a command.
 *
 * Requires: cli.h.   Provides: cli_pdf_make, cli_pdf_job.   Used by: cli/letters.c, cli/reports.c.
 */
#ifndef CD_CLI_PDF_H
#define CD_CLI_PDF_H

#include "base/buf.h"
#include "base/date.h"
#include "cli/cli.h"

#define WORDS_MAX 24
typedef struct cli_pdf_t {
    const char *argv[WORDS_MAX + 4];     /* the command, behind `unshare` where that works */
    const char *style;                   /* the sheet that stands in place of its link */
    const char *link;                    /* that line of the document */
} cli_pdf_t;

/** @errors CD_E_CONFIG: the command failed, or gave no PDF   @owner pool */
cd_err_t *cli_pdf_make(cd_buf_t **out, const cli_pdf_t *maker, const cd_buf_t *html,
                       cd_instant_t at, apr_pool_t *pool);

/** A kind of document whose PDFs wait in a queue. What waits is a row of the app's own type, whose
 * first member is the reference of its file. */
typedef struct cli_pdf_queue_t {
    const char *noun;                    /* "letters" */
    int of_reports;                      /* which settings hold */
    int kind;                            /* CD_FILE_ of the file it is in */
    apr_size_t row_size;
    /** The next rows behind `after` (NULL: from the oldest on), at most `limit`. */
    cd_err_t *(*waiting)(const void **rows_out, int *count_out, app_ctx_t *ctx, const void *after,
                         int limit);
    /** Makes and keeps the PDF of one, whose file ctx names. */
    cd_err_t *(*make)(const cli_pdf_t *maker, app_ctx_t *ctx, const void *row);
    /** Words for it, for a message. @owner pool */
    const char *(*name)(const void *row, apr_pool_t *pool);
} cli_pdf_queue_t;
/** Does all that waits. One that cannot be made is told and keeps nobody behind it waiting.
 * @return an exit status: 0 all have their PDF, 1 some still wait, 3 the settings or the database
 */
int cli_pdf_job(cli_t *cli, const cli_pdf_queue_t *queue);

#endif
