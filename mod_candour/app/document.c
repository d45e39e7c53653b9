/* document.c: what a record of a document says of its stored content. Reads and writes no rows. */
#include <string.h>
#include <strings.h>

#include <apr_strings.h>

#include "app/document.h"
#include "app/file_type.h"
#include "domain/record.h"
#include "domain/round.h"

apr_int64_t app_record_content(cd_record_kind_t kind, const void *body)
{
    if (kind == CD_REC_DOCUMENT)
        return ((const cd_document_t *)body)->content;
    return kind == CD_REC_SIGNOFF ? ((const cd_signoff_t *)body)->content : 0;
}

void app_record_content_drop(cd_record_kind_t kind, void *body)
{
    if (kind == CD_REC_DOCUMENT)
        ((cd_document_t *)body)->content = 0;
    else if (kind == CD_REC_SIGNOFF)
        ((cd_signoff_t *)body)->content = 0;
    else if (kind == CD_REC_TOLD)
        ((cd_told_t *)body)->report_sha = NULL;
}

void app_document_take(cd_document_t *document, const app_content_t *content)
{
    document->content = content->id;
    document->size = content->size;
    document->sha256 = content->sha256;
    document->media_type = content->media_type;
}

void app_document_keep(cd_document_t *document, const cd_document_t *old)
{
    if (!document->content && !document->sha256)
        document->sha256 = old->sha256;
    if (!old->content || (document->content && document->content != old->content))
        return;
    document->content = old->content;
    document->size = old->size;
    document->sha256 = old->sha256;
    document->media_type = old->media_type;
}

/* The name is for people; what could end a header or name a folder becomes a space. */
const char *app_document_filename(const cd_document_t *document, apr_pool_t *pool)
{
    const app_file_type_t *type = app_file_type_of_media(document->media_type), *said;
    char *name = apr_pstrdup(pool, document->name ? document->name : "document"), *at;

    for (at = name; *at; at++)
        if ((unsigned char)*at < ' ' || *at == 0x7f || strchr("\"\\/:*?<>|", *at))
            *at = ' ';
    said = app_file_type(name);
    if (!type || (said && !strcmp(said->media_type, type->media_type)))
        return name;
    return apr_pstrcat(pool, name, ".", type->extension, NULL);
}

const char *app_size_words(apr_int64_t bytes, apr_pool_t *pool)
{
    if (bytes < 1000)
        return apr_psprintf(pool, "%d bytes", (int)bytes);
    if (bytes < 1000000)
        return apr_psprintf(pool, "%d KB", (int)((bytes + 999) / 1000));
    return apr_psprintf(pool, "%d.%d MB", (int)(bytes / 1000000), (int)(bytes % 1000000 / 100000));
}
