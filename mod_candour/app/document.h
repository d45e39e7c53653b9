/* document.h: documents of a case and what is stored of them.
 *
 * Requires: case.h, content.h.   Provides: app_document_*.   Used by: app/case.c, web. */
#ifndef CD_APP_DOCUMENT_H
#define CD_APP_DOCUMENT_H

#include "app/content.h"

/** Number of the content that a record of this kind names; 0: none, or a kind that has none. */
apr_int64_t app_record_content(cd_record_kind_t kind, const void *body);
/** The record takes staged content for its own: number, size, fingerprint and type. */
void app_document_take(cd_document_t *document, const app_content_t *content);
/** A correction without a new file goes on naming the old one's content, whatever fingerprint it
 * brought along. `old`: the document corrected. */
void app_document_keep(cd_document_t *document, const cd_document_t *old);
/** Drops the number of content that another database gave, what is said of it stays; and the
 * fingerprint of a decision report that another database keeps. */
void app_record_content_drop(cd_record_kind_t kind, void *body);
/** Name of its file for a download: the document's own with the extension of what is stored. @owner
 * pool */
const char *app_document_filename(const cd_document_t *document, apr_pool_t *pool);
/** "12 KB", "3.4 MB". @owner pool */
const char *app_size_words(apr_int64_t bytes, apr_pool_t *pool);

#endif
