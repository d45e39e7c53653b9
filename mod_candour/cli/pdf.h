/* pdf.h: makes PDFs of HTML by a command.
 *
 * Requires: cli.h.   Provides: cli_pdf_prepare, cli_pdf_make.   Used by: cli/letters.c, cli/reports.c. */
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

/** Reads the settings and finds out whether the network can be taken away. @errors CD_E_CONFIG */
cd_err_t *cli_pdf_prepare(cli_pdf_t *maker, cli_t *cli, int of_reports);
/** @errors CD_E_CONFIG: the command failed, or gave no PDF   @owner pool */
cd_err_t *cli_pdf_make(cd_buf_t **out, const cli_pdf_t *maker, const cd_buf_t *html, cd_instant_t at, apr_pool_t *pool);

#endif
