/* field.h: what a field is; the one description that forms, JSON, storage, audit and pages read.
 *
 * Requires: token.h.   Provides: cd_field_t.   Used by: domain (which fills the tables), store,
 * app, web, cli. A table describes the members of one C struct, zeroed when fresh. Each type says
 * how the member is declared; 0 or NULL always means "not given". */
#ifndef CD_BASE_FIELD_H
#define CD_BASE_FIELD_H

#include <apr_pools.h>
#include "base/token.h"

typedef enum cd_field_type_t {
    CD_FT_TEXT = 1,  /* const char *   one line,  min..max characters */
    CD_FT_LONG,      /* const char *   several lines, min..max characters */
    CD_FT_TOKEN,     /* int            a value of `tokens` */
    /* apr_uint32_t   bit (1u << value) for each chosen value of `tokens` (values 1..31) */
    CD_FT_SET,
    CD_FT_YESNO,     /* int            cd_yesno_t */
    CD_FT_WHEN,      /* cd_when_t      day, month, year or span */
    CD_FT_DATE,      /* cd_date_t      a full day */
    CD_FT_MINUTES,   /* int            minutes after midnight + 1; 0 is "not given" */
    CD_FT_PENCE,     /* apr_int64_t    pence, min..max */
    CD_FT_BP,        /* apr_int64_t    basis points, min..max */
    CD_FT_INT,       /* apr_int64_t    min..max */
    CD_FT_NHS,       /* const char *   ten digits, checked */
    CD_FT_ODS,       /* const char *   organisation code */
    CD_FT_SEQ        /* int            sequence number of another record of the same file */
} cd_field_type_t;

typedef enum cd_yesno_t { CD_UNSAID = 0, CD_YES = 1, CD_NO = 2 } cd_yesno_t;

enum {
    CD_FF_REQUIRED  = 1u << 0,  /* a form without it comes back */
    CD_FF_SENSITIVE = 1u << 1,  /* about a person: stored only under the file's key */
    CD_FF_PAST      = 1u << 2,  /* today or earlier */
    CD_FF_HAPPENED  = 1u << 3,  /* this CD_FT_WHEN is the day the record is about */
    CD_FF_PART_DATE = 1u << 4,  /* month alone or year alone will do */
    CD_FF_APP       = 1u << 5   /* set by the program; in no form */
};

typedef struct cd_field_t {
    const char *name;           /* in JSON, forms and the database: lower_case */
    cd_field_type_t type;
    apr_size_t offset;          /* of the member in its struct */
    unsigned flags;             /* CD_FF_ */
    apr_int64_t min, max;       /* characters of text, or the value's own range; 0,0: none */
    /* CD_FT_TOKEN, CD_FT_SET; CD_FT_TEXT in a form: its words to choose from */
    const cd_token_t *tokens;
    const char *label;          /* the question: "How was the patient told?" */
    const char *noun;           /* the words error messages use: "how the patient was told" */
    const char *hint;           /* or NULL */
    const char *section;        /* heading this field opens in a form, or NULL */
    const char *rules;          /* "E03": what part of the law this answers, or NULL */
    const char *shown;          /* short heading on read-only pages: "How" */
} cd_field_t;

/** A problem with one field of what a person sent. */
typedef struct cd_problem_t {
    const char *field;          /* name, or "" for the whole */
    const char *part;           /* "day", "month", "year" of a date; else NULL */
    const char *text;           /* the sentence shown: "Enter ...". */
} cd_problem_t;

#define CD_FIELD_AT(type_, base_, field_) ((type_ *)((char *)(base_) + (field_)->offset))
#define CD_FIELD_GET(type_, base_, field_) \
    (*(type_ const *)((const char *)(base_) + (field_)->offset))

#endif
