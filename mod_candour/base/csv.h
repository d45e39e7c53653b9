/* csv.h: a push reader for CSV (RFC 4180), strict and in bounded memory.
 *
 * Requires: err.h.   Provides: cd_csv_t.   Used by: app (bringing in), fuzz.
 * Bytes go in by cd_csv_feed in pieces of any size; rows come out by a callback, the same however
 * the bytes were cut. Lines end with CRLF or LF; fields are UTF-8 (a byte order mark may lead) or
 * windows-1252, and come out as UTF-8. A mistake inside one row spoils that row alone: it comes out
 * with `bad` set, and must not be used. What makes the rest of the file unreadable is an error. */
#ifndef CD_BASE_CSV_H
#define CD_BASE_CSV_H

#include <apr_pools.h>

#include "base/err.h"

typedef enum cd_csv_encoding_t { CD_CSV_UTF8 = 1, CD_CSV_WINDOWS_1252 } cd_csv_encoding_t;

/** 0 takes the default in brackets, which is also the most that is taken. */
typedef struct cd_csv_options_t {
    char separator;                  /* ',' [default], ';' or TAB */
    cd_csv_encoding_t encoding;      /* [CD_CSV_UTF8] */
    apr_size_t field_max;            /* bytes of one field, as UTF-8 [64 KiB] */
    apr_size_t row_max;              /* bytes of a row's fields together [1 MiB] */
    int columns_max;                 /* [500] */
} cd_csv_options_t;

#define CD_CSV_FIELD_MAX 65536
#define CD_CSV_ROW_MAX 1048576
#define CD_CSV_COLUMNS_MAX 500

typedef enum cd_csv_bad_t {
    CD_CSV_GOOD = 0,
    CD_CSV_BAD_BYTES,                /* not of the encoding */
    CD_CSV_BAD_CONTROL,              /* NUL, a bare CR or another control character */
    CD_CSV_STRAY_QUOTE,              /* a quote inside a field that does not begin with one */
    CD_CSV_AFTER_QUOTE,              /* text behind a closing quote */
    CD_CSV_LONG_FIELD, CD_CSV_LONG_ROW, CD_CSV_MANY_COLUMNS
} cd_csv_bad_t;

/** Valid until the callback returns. */
typedef struct cd_csv_row_t {
    int line;                        /* physical line on which the row begins, from 1 */
    const char *const *fields;       /* NUL-terminated */
    int count;
    cd_csv_bad_t bad;                /* the first mistake in the row, and where it is: */
    int bad_line, bad_column;        /* character of that line, from 1 */
    int bad_field;                   /* number of the field, from 1 */
} cd_csv_row_t;

typedef cd_err_t *(*cd_csv_row_fn)(void *baton, const cd_csv_row_t *row);
typedef struct cd_csv_t cd_csv_t;

/** @owner pool: about row_max + columns_max words, once */
cd_csv_t *cd_csv_make(const cd_csv_options_t *options, cd_csv_row_fn row, void *baton,
                      apr_pool_t *pool);
/** @errors CD_E_BAD_REQUEST: a file of another encoding (by its first bytes); the callback's own.
 * After an error every later call gives the same one. */
cd_err_t *cd_csv_feed(cd_csv_t *csv, const char *bytes, apr_size_t len);
/** All bytes were fed. @errors CD_E_BAD_REQUEST: empty, or a quote was opened and never closed
 * (with its line) */
cd_err_t *cd_csv_end(cd_csv_t *csv);
/** What is wrong and what to do, as one sentence. @owner static */
const char *cd_csv_bad_words(cd_csv_bad_t bad);

#endif
