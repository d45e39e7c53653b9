/* mapping.h: how the columns of another system's export become records: a mapping file, and a row
 * read by it.
 *
 * Requires: base/csv.h, record.h.   Provides: cd_mapping_t, cd_mapping_read, cd_mapping_header,
 * cd_mapping_row. Used by: app (bringing in), cli, fuzz. docs/bring.md says how to make one;
 * docs/mapping.schema.json is written from the same tables (candourctl schema --mapping). A mapping
 * must be plain: each column of the file is used or named as ignored, a word that is in no list and
 * a date that fits two forms are mistakes. */
#ifndef CD_DOMAIN_MAPPING_H
#define CD_DOMAIN_MAPPING_H

#include "base/buf.h"
#include "base/csv.h"
#include "domain/case.h"

#define CD_MAPPING_FORMAT "candour-mapping"
#define CD_MAPPING_VERSION 1
#define CD_MAPPING_MAX_BYTES 262144

/** Their word to ours. */
typedef struct cd_map_word_t { const char *theirs, *ours; } cd_map_word_t;
typedef struct cd_map_list_t { const char *name; cd_map_word_t *words; int count; } cd_map_list_t;

#define CD_MAP_PARTS 4
/** Where one field comes from: one to four columns, or one word that is always the same. */
typedef struct cd_map_source_t {
    const cd_field_t *field;
    int columns[CD_MAP_PARTS];       /* numbers in cd_mapping_t.columns */
    int column_count;
    const char *join;                /* between the parts */
    const char *value;               /* the constant, or NULL */
    const cd_map_list_t *list;       /* or NULL */
    const char *split;               /* between the words of a set, or NULL: one word */
    const char **forms;              /* of dates and times */
    int form_count;
    /* two-digit years up to this are 20yy, later ones 19yy; -1: none */
    int century;
} cd_map_source_t;

typedef enum cd_map_test_t { CD_MAP_FILLED = 1, CD_MAP_EMPTY, CD_MAP_IS, CD_MAP_NOT } cd_map_test_t;
typedef struct cd_map_when_t {
    int column;
    cd_map_test_t test;
    const char **words;
    int count;
} cd_map_when_t;

/** One record that a row may make. */
typedef struct cd_map_record_t {
    const cd_record_def_t *def;
    /* what it is known by when the file comes again: "talk", "talk-2" */
    const char *key;
    cd_map_source_t *sources;
    int source_count;
    cd_map_when_t *when;             /* all must hold; none: made if one of its columns is filled */
    int when_count;
} cd_map_record_t;

typedef struct cd_mapping_t {
    const char *name;
    cd_csv_options_t csv;
    const char *org_code;            /* whose export it is, or NULL: who brings it in says so */
    /* each row must name that organisation here; -1: no such column */
    int org_column;
    const cd_map_list_t *org_list;
    int ref_column;                  /* the local reference */
    const char **columns;            /* every column that is used */
    int column_count;
    const char **ignored;
    int ignored_count;
    const char **empty;              /* words that stand for no value */
    int empty_count;
    cd_map_list_t *lists;
    int list_count;
    cd_map_record_t *records;        /* the incident first, then as their kinds come */
    int record_count;
} cd_mapping_t;

/** Reads a mapping strictly. A problem's `field` is a JSON pointer. With problems `*out` must not
 * be used.
 * @errors CD_E_BAD_REQUEST: not JSON (line and column); CD_E_TOO_LARGE   @owner pool */
cd_err_t *cd_mapping_read(cd_mapping_t **out, const char *bytes, apr_size_t len,
                          cd_problems_t *problems, apr_pool_t *pool);
/** Holds the file's first row against the mapping: `*places_out` gives, for each column of the
 * mapping, its place in a row. A problem's `field` is the column's name. @owner pool */
void cd_mapping_header(const int **places_out, const cd_mapping_t *mapping, const cd_csv_row_t *row,
                       cd_problems_t *problems, apr_pool_t *pool);

/** Kinds of mistake in a row, for the totals. */
typedef enum cd_map_kind_t {
    CD_MAP_BAD_CSV = 1,
    CD_MAP_BAD_COUNT,
    CD_MAP_BAD_REFERENCE,
    CD_MAP_BAD_TWICE,
    CD_MAP_BAD_TRUST,
    CD_MAP_BAD_MISSING,
    CD_MAP_BAD_LIST,
    CD_MAP_BAD_DATE,
    CD_MAP_BAD_FUTURE,
    CD_MAP_BAD_TEXT,
    CD_MAP_BAD_NHS,
    CD_MAP_BAD_TIME,
    CD_MAP_BAD_NUMBER,
    CD_MAP_BAD_TOGETHER,
    CD_MAP_BAD_CASE
} cd_map_kind_t;
extern const cd_token_t cd_map_kinds[];

typedef struct cd_map_problem_t {
    cd_map_kind_t kind;
    const char *column;              /* "Date told", or "" for the whole row */
    const char *field;               /* "talk.told", or "" */
    const char *value;               /* as it stands in the file, or NULL; personal data */
    const char *text;                /* what to do; never holds the value */
} cd_map_problem_t;
typedef struct cd_map_problems_t {
    cd_map_problem_t *list;
    int count, cap;
    apr_pool_t *pool;
} cd_map_problems_t;
void cd_map_problem_add(cd_map_problems_t *problems, const cd_map_problem_t *problem);

typedef struct cd_mapped_record_t { const cd_map_record_t *spec; void *body; } cd_mapped_record_t;
/** What a row says. */
typedef struct cd_mapped_t {
    const char *local_ref;
    cd_mapped_record_t *records;     /* the incident first */
    int count;
} cd_mapped_t;
/** Reads a row by field tables and cross-checks. With problems `out` must not be stored; its
 * local_ref is NULL if there is none. `org_code`: whose records are brought in. @owner pool:
 * problems->pool */
void cd_mapping_row(cd_mapped_t *out, const cd_mapping_t *mapping, const int *places,
                    const cd_csv_row_t *row, const char *org_code, cd_date_t today,
                    cd_map_problems_t *problems);

/** Reads a date by one form, of yyyy yy MMMM MMM mm m dd d hh mi ss and other letters as they are.
 * Gives ISO text ("2026-11-04", "2026-11", "2026") and, if the form has hours, minutes after
 * midnight (else -1). 1 if it could. @owner pool */
int cd_map_date(const char **iso_out, int *minutes_out, const char *text, const char *form,
                int century, apr_pool_t *pool);
/** What is wrong with a form; NULL: nothing. `*short_year_out`: it has yy. `*time_out`: it has hh.
 */
const char *cd_map_form_problem(int *short_year_out, int *time_out, const char *form);

/** JSON Schema (2020-12) of mapping files. */
void cd_mapping_schema(cd_buf_t *buf);
/** 1 for kinds of record that may be brought in. */
int cd_map_kind_allowed(cd_record_kind_t kind);

#endif
