/* verify_content.c: holds what a case keeps of documents and letters against the records that name
 * it.
 *
 * Each chunk is opened and hashed, so this takes as long as reading them; memory stays that of one
 * chunk. */
#include <string.h>

#include <apr_strings.h>

#include "audit/walk.h"
#include "base/hash.h"
#include "base/text.h"
#include "domain/case.h"
#include "domain/record.h"
#include "store/content.h"

/* What a record says of its content; id 0: it names none. */
typedef struct said_t {
    apr_int64_t id, size;
    const char *sha256;
} said_t;

static said_t said_by(const cd_record_t *record)
{
    said_t said = { 0, 0, NULL };

    if (record->kind == CD_REC_DOCUMENT) {
        const cd_document_t *document = record->body;

        said.id = document->content;
        said.size = document->size;
        said.sha256 = document->sha256;
    } else if (record->kind == CD_REC_SIGNOFF) {
        const cd_signoff_t *signoff = record->body;

        said.id = signoff->content;
        said.size = signoff->size;
        said.sha256 = signoff->sha256;
    }
    return said;
}

static cd_err_t *hash_content(const char **hex_out, audit_walk_t *walk, const store_head_t *head,
                              const store_content_t *content)
{
    cd_sha256_t *sum = cd_sha256_begin(walk->file_pool);
    unsigned char hash[32];
    apr_pool_t *iterpool;
    cd_err_t *err = NULL;
    int i;

    apr_pool_create(&iterpool, walk->file_pool);
    for (i = 1; !err && i <= content->chunks; i++) {
        const char *bytes;
        apr_size_t len;

        apr_pool_clear(iterpool);
        err = store_content_chunk(&bytes, &len, head, content, i, walk->conn, iterpool);
        if (err)
            err = cd_err_wrap(walk->file_pool,
                              cd_err(walk->file_pool, err->code, NULL, "%s", err->detail),
                              "reading chunk %d", i);
        else
            cd_sha256_add(sum, bytes, len);
    }
    apr_pool_destroy(iterpool);
    CD_ERR(err);
    cd_sha256_end(hash, sum);
    *hex_out = cd_hex(hash, sizeof(hash), walk->file_pool);
    return NULL;
}

static cd_err_t *check_one(audit_walk_t *walk, const store_head_t *head, int seq,
                           const said_t *said)
{
    store_content_t *content = NULL;
    const char *hex = NULL;
    cd_err_t *err = store_content_get(&content, head, said->id, walk->conn, walk->file_pool);

    if (!err && (!content || !content->kept)) {
        audit_bad(walk, "record %d: its content is not kept", seq);
        return NULL;
    }
    if (!err)
        err = hash_content(&hex, walk, head, content);
    if (err && err->code == CD_E_TAMPERED) {
        audit_bad(walk, "record %d: content: %s", seq, cd_err_line(err, walk->file_pool));
        return NULL;
    }
    CD_ERR(err);
    if (content->size != said->size || !said->sha256 || strcmp(said->sha256, hex) != 0)
        audit_bad(walk, "record %d: content is not what the record says", seq);
    return NULL;
}

/* The numbers that the records name, one each: a correction may go on naming its predecessor's. */
static int seen_before(const cd_record_t *records, int index, apr_int64_t id)
{
    int i;

    for (i = 0; i < index; i++) {
        if (said_by(&records[i]).id == id)
            return 1;
    }
    return 0;
}

cd_err_t *audit_check_content(audit_walk_t *walk, const store_head_t *head,
                              const cd_record_t *records, int count)
{
    apr_int64_t *kept;
    int i, j, kept_count;

    for (i = 0; i < count; i++) {
        const said_t said = said_by(&records[i]);

        if (said.id && !seen_before(records, i, said.id))
            CD_ERR(check_one(walk, head, records[i].seq, &said));
    }
    CD_ERR(store_content_ids(&kept, &kept_count, head, walk->conn, walk->file_pool));
    for (j = 0; j < kept_count; j++) {
        if (!seen_before(records, count, kept[j]))
            audit_bad(walk, "content %" APR_INT64_T_FMT ": no record names it", kept[j]);
    }
    return NULL;
}
