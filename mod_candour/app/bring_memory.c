/* bring_memory.c: what a row said last: for each record its number and a short digest of each
 * answer.
 *
 * Form: 1, row digest (16); then for each record: length of its key, key, number (4 bytes, high
 * first), count of answers, answers of six bytes: two that name the field, four of its value. Only
 * answers that were given are there. A value's digest is keyed by the case's key, so that it goes
 * with it. */
#include <string.h>

#include <apr_strings.h>

#include "app/bring_core.h"
#include "base/text.h"

#define FORM 1
#define ROW_BYTES 16
#define ANSWER_BYTES 6

static int take(const unsigned char **at, const unsigned char *end, apr_size_t len)
{
    if ((apr_size_t)(end - *at) < len)
        return 0;
    *at += len;
    return 1;
}

static int read_one(memory_record_t *out, const unsigned char **at, const unsigned char *end,
                    apr_pool_t *pool)
{
    const unsigned char *p = *at;
    int len = *p;

    if (!take(at, end, (apr_size_t)len + 6))
        return 0;
    out->key = apr_pstrmemdup(pool, (const char *)p + 1, (apr_size_t)len);
    p += 1 + len;
    out->seq = (int)((unsigned)p[0] << 24 | (unsigned)p[1] << 16 | (unsigned)p[2] << 8 | p[3]);
    out->count = p[4];
    out->fields = p + 5;
    return take(at, end, (apr_size_t)out->count * ANSWER_BYTES);
}

cd_err_t *memory_read(memory_t *out, const char *bytes, apr_size_t len, apr_pool_t *pool)
{
    const unsigned char *at = (const unsigned char *)bytes, *end = at + len;

    memset(out, 0, sizeof(*out));
    if (len < 1 + ROW_BYTES || *at != FORM)
        return cd_err(pool, CD_E_TAMPERED, NULL, "what was brought in last has no known form");
    memcpy(out->row, at + 1, ROW_BYTES);
    at += 1 + ROW_BYTES;
    out->records = apr_pcalloc(pool, (len / 6 + 1) * sizeof(*out->records));
    while (at < end) {
        if (!read_one(&out->records[out->count], &at, end, pool))
            return cd_err(pool, CD_E_TAMPERED, NULL, "what was brought in last is cut off");
        /* the fixed part of a record is one byte of length and five behind the key; the count was
         * in it */
        out->count++;
    }
    return NULL;
}

void memory_write(cd_buf_t *buf, const memory_t *memory)
{
    unsigned char fixed[5], form = FORM, len;
    int i;

    cd_buf_add(buf, &form, 1);
    cd_buf_add(buf, memory->row, ROW_BYTES);
    for (i = 0; i < memory->count; i++) {
        const memory_record_t *record = &memory->records[i];

        len = (unsigned char)strlen(record->key);
        fixed[0] = (unsigned char)(record->seq >> 24);
        fixed[1] = (unsigned char)(record->seq >> 16);
        fixed[2] = (unsigned char)(record->seq >> 8);
        fixed[3] = (unsigned char)record->seq;
        fixed[4] = (unsigned char)record->count;
        cd_buf_add(buf, &len, 1);
        cd_buf_add(buf, record->key, len);
        cd_buf_add(buf, fixed, sizeof(fixed));
        cd_buf_add(buf, record->fields, (apr_size_t)record->count * ANSWER_BYTES);
    }
}

const memory_record_t *memory_find(const memory_t *memory, const char *key)
{
    int i;

    for (i = 0; i < memory->count; i++)
        if (!strcmp(memory->records[i].key, key))
            return &memory->records[i];
    return NULL;
}

void memory_row(unsigned char out[ROW_BYTES], const store_keys_t *keys, const cd_mapped_t *mapped,
                apr_pool_t *pool)
{
    cd_buf_t *buf = cd_buf_make(pool, 2048);
    unsigned char sum[32], hash[32];
    const char *bytes;
    apr_size_t len;
    int i;

    for (i = 0; i < mapped->count; i++) {
        const cd_map_record_t *spec = mapped->records[i].spec;
        int k;

        cd_buf_fmt(buf, "%s\n", spec->key);
        for (k = 0; k < spec->source_count; k++) /* a mapping that takes more is another row */
            cd_buf_fmt(buf, "%s ", spec->sources[k].field->name);
        cd_body_encode(&bytes, &len, spec->def, mapped->records[i].body, CD_ALL_FIELDS, pool);
        cd_buf_fmt(buf, "%" APR_SIZE_T_FMT "\n", len);
        cd_buf_add(buf, bytes, len);
    }
    store_sha256(sum, buf->data, buf->len);
    store_lookup_hash(hash, keys, "row brought in", cd_hex(sum, sizeof(sum), pool));
    memcpy(out, hash, ROW_BYTES);
}

static void name_of(unsigned char out[2], const cd_field_t *field)
{
    unsigned char sum[32];

    store_sha256(sum, field->name, strlen(field->name));
    memcpy(out, sum, 2);
}

void memory_record(memory_record_t *out, const cd_mapped_record_t *mapped, int seq,
                   const store_data_key_t *key, apr_pool_t *pool)
{
    const cd_map_record_t *spec = mapped->spec;
    unsigned char *fields = apr_palloc(pool, (apr_size_t)(spec->source_count + 1) * ANSWER_BYTES),
                  sum[32];
    int i;

    out->key = spec->key;
    out->seq = seq;
    out->count = 0;
    out->fields = fields;
    for (i = 0; i < spec->source_count; i++) {
        const cd_field_t *field = spec->sources[i].field;
        const char *plain = cd_field_plain(field, mapped->body, pool);
        unsigned char *at = fields + out->count * ANSWER_BYTES;

        if (!plain)
            continue;
        plain = apr_pstrcat(pool, field->name, "=", plain, NULL);
        name_of(at, field);
        store_commitment(sum, key, plain, strlen(plain));
        memcpy(at + 2, sum, 4);
        out->count++;
    }
}

static const unsigned char *answer(const memory_record_t *record, const unsigned char name[2])
{
    int i;

    for (i = 0; record && i < record->count; i++)
        if (!memcmp(record->fields + i * ANSWER_BYTES, name, 2))
            return record->fields + i * ANSWER_BYTES;
    return NULL;
}

int memory_differs(const memory_record_t *last, const memory_record_t *now, const cd_field_t *field)
{
    unsigned char name[2];
    const unsigned char *was, *is;

    name_of(name, field);
    was = answer(last, name);
    is = answer(now, name);
    if (!was || !is)
        return was != is;
    return memcmp(was, is, ANSWER_BYTES) != 0;
}
