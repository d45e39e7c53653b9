/* bring_core.h: what the files of bringing in share.
 *
 * Requires: bring.h, core.h, store/bring.h.   Provides: app_bring_t, app_memory_*.   Used by:
 * app/bring*.c. */
#ifndef CD_APP_BRING_CORE_H
#define CD_APP_BRING_CORE_H

#include "app/bring.h"
#include "app/core.h"
#include "base/hash.h"
#include "store/bring.h"

/** A good row that waits for its batch. */
typedef struct bring_row_t {
    int line;
    unsigned char hash[STORE_REF_BYTES];
    cd_mapped_t mapped;
} bring_row_t;

#define BRING_BATCH 48
#define BRING_ROWS 192                   /* good or bad: then the batch's memory is given back */

/** References that were seen: a table of 64-bit prefixes of keyed hashes, twice as large as it is
 * full. */
typedef struct bring_seen_t {
    apr_uint64_t *keys;
    int *lines;
    int cap, count;
    apr_pool_t *pool;
} bring_seen_t;

struct app_bring_t {
    app_ctx_t *ctx;
    app_bring_ask_t ask;
    const cd_org_t *org;
    app_bring_totals_t totals;
    cd_csv_t *csv;
    const int *places;                   /* NULL until the headings were read */
    int width;                           /* columns of the headings */
    bring_seen_t seen;
    bring_row_t rows[BRING_BATCH];
    int waiting, since;                  /* of rows[]; rows of any kind since the last batch */
    apr_pool_t *pool;                    /* of the batch: rows, look-ups, writes */
    int applying;
    /* as the asker bounded it; rows that wait for the next call */
    int stopped, left;
    int begun;                           /* cases that were in when it began */
    cd_instant_t begun_at;
    cd_sha256_t *sum;                    /* of the mapping's fingerprint and the bytes so far */
    /* keyed, with the mapping; set at the end (applying: from the check) */
    unsigned char file_hash[32];
    store_bring_run_t run;               /* applying alone */
};

/** The trust a bringing in is for; the actor's reach bounds it. */
cd_err_t *bring_org(const cd_org_t **out, app_ctx_t *ctx, const app_bring_ask_t *ask);
/** Writes what waits, or counts it. Clears the batch. */
cd_err_t *bring_flush(app_bring_t *bring);
cd_err_t *bring_tell(app_bring_t *bring, int line, const cd_map_problem_t *problem);
/** Opens a run (new, or to go on), ends one. */
cd_err_t *bring_run_open(app_bring_t *bring, const app_bring_t *checked);
cd_err_t *bring_run_close(app_bring_t *bring);

/* bring_memory.c: what a row said last, as digests under the case's key */
typedef struct memory_record_t {
    const char *key;
    int seq;
    const unsigned char *fields;
    int count;
} memory_record_t;
typedef struct memory_t {
    unsigned char row[16];               /* digest of all that the row says */
    memory_record_t *records;
    int count;
} memory_t;
/** @errors CD_E_TAMPERED: no known form   @owner pool; `bytes` is borrowed */
cd_err_t *memory_read(memory_t *out, const char *bytes, apr_size_t len, apr_pool_t *pool);
void memory_write(cd_buf_t *buf, const memory_t *memory);
const memory_record_t *memory_find(const memory_t *memory, const char *key);
/** Digest of a whole row, keyed by the key file. */
void memory_row(unsigned char out[16], const store_keys_t *keys, const cd_mapped_t *mapped,
                apr_pool_t *pool);
/** What a record says, field by field. @owner pool */
void memory_record(memory_record_t *out, const cd_mapped_record_t *mapped, int seq,
                   const store_data_key_t *key, apr_pool_t *pool);
/** 1 if the field said something else last time. */
int memory_differs(const memory_record_t *last, const memory_record_t *now,
                   const cd_field_t *field);

#endif
