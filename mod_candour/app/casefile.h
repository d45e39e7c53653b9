/* casefile.h: the case file: one organisation, one candour case, one claim, as JSON.
 *
 * Requires: domain, json.h.   Provides: app_casefile_t and its reader, writer and schema.
 * Used by: app/transfer, cli.
 * The form is {"format": "candour-case-file", "version": 1, "organisation": {...},
 * "case": {"reference", "records": [...]}, "claim": {"reference", "records": [...]}}. Each record
 * is
 * {"record": its word, "seq", "recorded_at", "recorded_by", "recorded_as", "supersedes",
 * "correction_reason",
 * ...its fields by name}: some kinds have fields of their own called "kind", "role" and "reason".
 * Values are as the field tables say: dates ISO and partial where allowed, code words, whole pence
 * and basis points, true or false, arrays of words. docs/case-file.schema.json is written from the
 * same tables (candourctl schema). */
#ifndef CD_APP_CASEFILE_H
#define CD_APP_CASEFILE_H

#include "base/json.h"
#include "domain/case.h"
#include "domain/claim.h"

#define APP_CASEFILE_FORMAT "candour-case-file"
#define APP_CASEFILE_VERSION 1

/** One row of records with its reference. */
typedef struct app_casefile_part_t {
    int present;                   /* the file has this part */
    const char *reference;         /* or NULL: not given yet */
    cd_record_t *records;          /* rising seq; bodies are the kinds' structs */
    int count;
} app_casefile_part_t;

typedef struct app_casefile_t {
    cd_org_t *org;                 /* NULL: the file names no organisation */
    app_casefile_part_t candour;   /* "case" */
    app_casefile_part_t claim;     /* "claim" */
} app_casefile_t;

/** Reads a file strictly and to the end: every name not in the tables, every value not of its type
 * and every contradiction is a problem. A problem's `field` is the JSON pointer, its text says
 * line, value and remedy. With problems `*out` is what could be read and must not be stored.
 * @errors CD_E_BAD_REQUEST: not JSON (line and column)   @owner pool */
cd_err_t *app_casefile_read(app_casefile_t **out, const char *bytes, apr_size_t len,
                            cd_date_t today, cd_problems_t *problems, apr_pool_t *pool);
/** Writes the same form; what is read from it is written again byte for byte. */
void app_casefile_write(cd_buf_t *buf, const app_casefile_t *file);
/** JSON Schema (2020-12) of the form, made from the field tables. */
void app_casefile_schema(cd_buf_t *buf);
/** Line (from 1) on which the value at `pointer` begins; 0 if it is not there. `bytes` is JSON that
 * was read without error. */
int app_casefile_line(const char *bytes, apr_size_t len, const char *pointer);

#endif
