/* document.h: pieces of pages about documents.
 *
 * Requires: case_view.h.   Provides: web_document_*.   Used by: document*.c, record_show.c,
 * case_told.c. */
#ifndef CD_WEB_DOCUMENT_H
#define CD_WEB_DOCUMENT_H

#include "web/case_view.h"

/** Address and words of the file of a record, under `file_url` and `file_text`; nothing if none is
 * stored. */
void web_document_file_put(web_exchange_t *x, const app_case_view_t *view, web_view_t *map,
                           const cd_record_t *record);
/** The form that adds a document, or a new version of entry `corrects` (0: none). @owner pool */
const char *web_document_url(const web_exchange_t *x, const char *reference, int corrects);
/** "3 November 2026. PDF, 12 KB. Version 2. Withheld: it names another patient." @owner pool */
const char *web_document_words(const app_case_view_t *view, const cd_record_t *record,
                               apr_pool_t *pool);
/** "PDF, 12 KB" of the file that is stored for it. @owner pool */
const char *web_document_file_words(const cd_document_t *document, apr_pool_t *pool);

#endif
