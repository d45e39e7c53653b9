/* form.h: declared fields in, typed values and problems out; and the same fields as a form to fill
 * in.
 *
 * Requires: base, domain/record.h, request.h, view.h.   Provides: web_form_t.   Used by: web
 * handlers. A form is a list of field tables (a record's, a decision's ...) plus the control fields
 * every form has. One reader takes urlencoded bodies and JSON objects alike. A name that is not
 * declared, or one that comes twice (but a set), is refused whole (CD_E_BAD_REQUEST). Each field
 * ends absent, valid (typed) or invalid (its raw text kept to be shown again). Limits: 200 names,
 * 64 KiB a value, UTF-8.
 *
 * Control fields: token (CSRF), key (idempotency key, hex), version (of the file as seen),
 * supersedes, reason (of a correction). JSON sends the same names but token; key and version may
 * come as Idempotency-Key and If-Match instead. Both kinds of write need a key (32 hex digits or a
 * UUID); a form that only asks has the token alone. JSON numbers of money are pence, of rates basis
 * points. HTML date fields arrive as NAME-day, NAME-month, NAME-year; JSON as ISO text. Times like
 * "2:30pm". Error words follow one pattern per kind of mistake (missing, part missing, not real,
 * future ...). */
#ifndef CD_WEB_FORM_H
#define CD_WEB_FORM_H

#include "domain/record.h"
#include "web/request.h"

typedef struct web_form_t {
    const cd_field_t *fields;
    int count;
    /* zeroed struct the fields describe; filled by web_form_read */
    void *base;
    const char **raw;                /* per field: text as typed, kept for showing again */
    const char **raw_part;           /* per field x 3: day, month, year as typed */
    int version, supersedes;
    const char *reason; /* of a correction; its field is "reason", or "correction_reason" where the
                         * record has a "reason" of its own */
    cd_problems_t problems;
    apr_pool_t *pool;
    const cd_field_t *skip[8];       /* fields of the table that this form does not have */
    int skipped;
    /* name of the form's file, which the handler reads (upload.h); NULL: none */
    const char *file;
    /* number of the file that came before, where the page offered it again; 0: none */
    apr_int64_t staged;
    int was_read;                    /* 1: show what was typed, not what `base` holds */
    int only_asks;                   /* 1: nothing is written: no key, no version, no correction */
} web_form_t;

/** Empty form over `fields`; `base` must be zeroed or hold the values to show. @owner pool */
web_form_t *web_form_make(const cd_field_t *fields, int count, void *base, apr_pool_t *pool);
/** Leaves a field out of the form (not read, not shown). */
void web_form_skip(web_form_t *form, const char *name);
/** Reads the body into `form`; sets ctx's idempotency key and fingerprint. Problems are results.
 * @errors CD_E_BAD_REQUEST, CD_E_TYPE, CD_E_TOO_LARGE */
cd_err_t *web_form_read(web_form_t *form, web_exchange_t *x);
/** Fills `map` for the generic form templates: title, sections with fields, values, hints, errors,
 * the error summary, control fields (token, fresh or kept key, version). */
void web_form_show(web_view_t *map, const web_form_t *form, web_exchange_t *x);
/** 422 with the form shown again (HTML) or problem+json with errors[] (pointer, detail). Answers
 * are read and then weighed together, so that all that is wrong is said at once; of several
 * problems with one answer the first is kept, so nothing is said twice. */
cd_err_t *web_form_again(web_exchange_t *x, web_form_t *form);
/** 1 if the form comes back for `err`: answers that must be corrected (which is said before
 * anything about a version that is old), or a key that was used with other answers. That form gets
 * a fresh key, so that sending it again saves what it now says. NULL: 0. */
int web_form_to_mend(web_exchange_t *x, web_form_t *form, const cd_err_t *err);
/** Reads an urlencoded text into pairs; for form.c, the query string and fuzzing. */
typedef struct web_pair_t { const char *name, *value; } web_pair_t;
cd_err_t *web_pairs_read(web_pair_t **out, int *count_out, const char *text, apr_size_t len,
                         int max_pairs, apr_pool_t *pool);
/** A query string, NULL for none, in which no name may stand twice. @errors CD_E_BAD_REQUEST */
cd_err_t *web_pairs_once(web_pair_t **out, int *count_out, const char *query, int max_pairs,
                         apr_pool_t *pool);

#endif
