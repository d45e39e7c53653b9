/* document_show.c: what is stored of a document: its facts on a page, its bytes as an attachment.
 *
 * Bytes are read piece by piece while they are sent; each piece takes a connection and gives it
 * back. */
#include <string.h>

#include <apr_lib.h>
#include <apr_strings.h>

#include "app/document.h"
#include "app/file_type.h"
#include "domain/lists.h"
#include "web/document.h"
#include "web/page.h"
#include "web/route.h"
#include "web/url.h"

const char *web_document_file_words(const cd_document_t *document, apr_pool_t *pool)
{
    const app_file_type_t *type = app_file_type_of_media(document->media_type);
    char *at, *words = apr_pstrdup(pool, type ? type->extension : "file");

    for (at = words; *at; at++)
        *at = (char)apr_toupper(*at);
    return apr_psprintf(pool, "%s, %s", words, app_size_words(document->size, pool));
}

void web_document_file_put(web_exchange_t *x, const app_case_view_t *view, web_view_t *map,
                           const cd_record_t *record)
{
    const cd_document_t *document = record->kind == CD_REC_DOCUMENT ? record->body : NULL;
    const int there = document && document->content && !view->row.unreadable;

    web_page_text(map, WN_file_url, there ? web_url(x, "document.file", view->row.reference,
                                                   apr_itoa(x->pool, record->seq), NULL) : NULL);
    web_page_text(
        map, WN_file_text,
        there ? apr_psprintf(x->pool, "Download (%s)", web_document_file_words(document, x->pool))
              : NULL);
}

const char *web_document_url(const web_exchange_t *x, const char *reference, int corrects)
{
    const char *url = web_url(x, "document.new", reference, NULL);

    return corrects ? web_url_query(x, url, "corrects", apr_itoa(x->pool, corrects)) : url;
}

static int version_of(const app_case_view_t *view, const cd_record_t *record)
{
    int version = 1;

    for (; record->supersedes && (record = cd_case_seq(view->file, record->supersedes)) != NULL;
         version++)
        ;
    return version;
}

const char *web_document_words(const app_case_view_t *view, const cd_record_t *record,
                               apr_pool_t *pool)
{
    const cd_document_t *document = record->body;
    cd_buf_t *words = cd_buf_make(pool, 128);
    const int version = version_of(view, record);

    if (cd_when_known(document->dated))
        cd_buf_fmt(words, "%s. ", cd_when_words(document->dated, pool));
    if (document->content)
        cd_buf_fmt(words, "%s. ", web_document_file_words(document, pool));
    if (version > 1)
        cd_buf_fmt(words, "Version %d. ", version);
    if (document->withheld == CD_YES)
        cd_buf_fmt(words, "Withheld%s%s.", document->withheld_reason ? ": " : "",
                   document->withheld_reason ? document->withheld_reason : "");
    else
        cd_buf_str(words, document->disclosable == CD_NO ? "Not to be given out."
                                                         : "Can be given to the person.");
    return words->data;
}

static cd_err_t *find(const cd_record_t **out, app_case_view_t **view_out, web_exchange_t *x)
{
    const char *seq = x->param[1];

    *out = NULL;
    CD_ERR(app_case_view(view_out, x->ctx, 0));
    if (strlen(seq) <= 6)
        *out = cd_case_seq((*view_out)->file, (int)apr_atoi64(seq));
    if (!*out || (*out)->kind != CD_REC_DOCUMENT)
        return cd_err(x->pool, CD_E_NOT_FOUND, NULL, "no such document in this case");
    return NULL;
}

cd_err_t *web_document_show(web_exchange_t *x)
{
    const cd_record_t *record;
    app_case_view_t *view;

    CD_ERR(find(&record, &view, x));
    return web_record_show(x);
}

/* ---- ranges ---- */

/* Digits to a number; 0 if there are none or too many. */
static int take_number(apr_int64_t *out, const char **text)
{
    const char *start = *text;

    for (*out = 0; apr_isdigit(**text) && *text - start < 15; ++*text)
        *out = *out * 10 + (**text - '0');
    return *text > start && !apr_isdigit(**text);
}

typedef enum range_t { WHOLE, PART, OUTSIDE } range_t;

/* One range of bytes. What is none, or several at once, is passed over, as RFC 9110 14.2 allows. */
static range_t range_read(apr_int64_t *from, apr_int64_t *end, const char *text, apr_int64_t size)
{
    apr_int64_t first, last;

    *from = 0;
    *end = size;
    if (!text || strncmp(text, "bytes=", 6))
        return WHOLE;
    text += 6;
    if (*text == '-') {
        text++;
        if (!take_number(&last, &text) || *text)
            return WHOLE;
        *from = last < size ? size - last : 0;
        return last ? PART : OUTSIDE;
    }
    if (!take_number(&first, &text) || *text++ != '-')
        return WHOLE;
    if (*text && (!take_number(&last, &text) || *text || last < first))
        return WHOLE;
    if (first >= size)
        return OUTSIDE;
    *from = first;
    if (text[-1] != '-')
        *end = last < size - 1 ? last + 1 : size;
    return PART;
}

/* ---- the bytes ---- */

typedef struct sending_t {
    app_ctx_t *ctx;
    apr_int64_t content, at, end;
} sending_t;

static cd_err_t *add_bytes(void *baton, const char *bytes, apr_size_t len)
{
    cd_buf_add(baton, bytes, len);
    return NULL;
}

static cd_err_t *send_piece(void *baton, cd_buf_t *into, int *more)
{
    sending_t *sending = baton;
    apr_int64_t len = APP_CONTENT_STEP - sending->at % APP_CONTENT_STEP;

    if (len > sending->end - sending->at)
        len = sending->end - sending->at;
    CD_ERR(app_content_read(sending->ctx, sending->content, sending->at, len, add_bytes, into));
    sending->at += len;
    *more = sending->at < sending->end;
    return NULL;
}

static void outside(web_exchange_t *x, apr_int64_t size)
{
    x->resp->status = 416;
    x->resp->content_range = apr_psprintf(x->pool, "bytes */%" APR_INT64_T_FMT, size);
    x->resp->content_type = "text/plain; charset=utf-8";
    x->resp->body = cd_buf_make(x->pool, 64);
    cd_buf_lit(x->resp->body, "The file has no such bytes.\n");
}

cd_err_t *web_document_file(web_exchange_t *x)
{
    sending_t *sending = apr_pcalloc(x->pool, sizeof(*sending));
    const cd_document_t *document;
    const cd_record_t *record;
    app_case_view_t *view;
    range_t range;

    CD_ERR(find(&record, &view, x));
    document = record->body;
    if (!document->content)
        return cd_err(x->pool, CD_E_NOT_FOUND, "no file of this document is kept here",
                      "no content");
    x->resp->accept_ranges = "bytes";
    range = range_read(&sending->at, &sending->end, x->req->range, document->size);
    if (range == OUTSIDE) {
        outside(x, document->size);
        return NULL;
    }
    if (range == PART) {
        x->resp->status = 206;
        x->resp->content_range = apr_psprintf(
            x->pool, "bytes %" APR_INT64_T_FMT "-%" APR_INT64_T_FMT "/%" APR_INT64_T_FMT,
            sending->at, sending->end - 1, document->size);
    }
    sending->ctx = x->ctx;
    sending->content = document->content;
    x->resp->content_type = document->media_type;
    x->resp->filename = app_document_filename(document, x->pool);
    x->resp->length = sending->end - sending->at;
    x->resp->stream = send_piece;
    x->resp->stream_baton = sending;
    return NULL;
}
