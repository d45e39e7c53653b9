/* letter.h: letters of candour: fixed words, facts bound to the record, and the author's own
 * paragraphs.
 *
 * Requires: base, candour.h.   Provides: cd_letter_make, cd_letter_check, cd_letter_html.   Used
 * by: app, web. A letter is made again each time from the case and the draft, so what is bound
 * follows the record until the letter is let out; then its bytes are frozen. Pure: the same case,
 * draft and day give the same bytes. The check is a help to the people who write and sign. No rule,
 * status, flag or sum reads it. */
#ifndef CD_DOMAIN_LETTER_H
#define CD_DOMAIN_LETTER_H

#include "base/buf.h"
#include "base/pattern.h"
#include "domain/candour.h"

/** A value from the record that the letter states. */
typedef struct cd_letter_fact_t {
    const char *name;              /* "told_on": as the templates call it */
    const char *label;             /* "Day the person was told" */
    /* in the letter's language; NULL: not on record, which stops the letter */
    const char *value;
    const char *remedy;            /* what to do about it: "Log the talk" */
    /* the record it comes from; 0: the case itself, or the letter's own form */
    int seq;
    /* field of that record, or of the draft; NULL: the case itself */
    const char *field;
    int own;                       /* 1: said in the letter's own form */
    cd_precision_t precision;      /* of a date: chooses "on" or "in" */
} cd_letter_fact_t;

typedef struct cd_letter_run_t {
    const char *text;
    int fact;
} cd_letter_run_t; /* fact: its index + 1; 0: fixed words */

typedef enum cd_letter_block_kind_t {
    CD_LETTER_TO = 1,              /* lines: who it goes to */
    CD_LETTER_FROM,                /* lines: who it comes from, reference, date */
    CD_LETTER_TITLE, CD_LETTER_HEADING, CD_LETTER_WORDS,
    CD_LETTER_FREE,                /* the author's paragraph `part`; `text` NULL: empty */
    CD_LETTER_SIGN                 /* lines: who signs */
} cd_letter_block_kind_t;

typedef struct cd_letter_block_t {
    cd_letter_block_kind_t kind;
    const char *part;              /* field of the draft: "apology" */
    const char *text;              /* of a free paragraph */
    cd_letter_run_t *runs;         /* of all others; a run "\n" ends a line */
    int run_count;
    /* a heading with nothing under it, or an empty paragraph: not in the letter */
    int empty;
} cd_letter_block_t;

typedef struct cd_letter_ask_t {
    const cd_case_t *file;
    const cd_draft_t *draft;
    /* day it bears where the draft says none; 0: not signed off yet */
    cd_date_t dated;
} cd_letter_ask_t;

typedef struct cd_letter_made_t {
    const cd_case_t *file;
    const cd_draft_t *draft;
    /* PERSON it goes to, its newest version; NULL: the patient, by their own record */
    const cd_record_t *person;
    int language, print;           /* never 0 */
    const char *lang;              /* "en-GB" or "cy" */
    const char *title;             /* plain text of the title */
    cd_letter_fact_t *facts;       /* in the order of their first use */
    int fact_count;
    cd_letter_block_t *blocks;
    int block_count;
} cd_letter_made_t;

/** Puts a letter together. @owner pool; borrows file and draft */
cd_letter_made_t *cd_letter_make(const cd_letter_ask_t *ask, apr_pool_t *pool);
/** 1 if there is a template of `letter` in `language`. */
int cd_letter_has(int letter, int language);
/** 1 if a letter of this kind has the paragraph. */
int cd_letter_has_part(int letter, int language, const char *part);
/** Plainly worded text to begin a paragraph with, from the facts as recorded; NULL: none is
 * offered. @owner pool */
const char *cd_letter_offer(const cd_letter_made_t *made, const char *part, apr_pool_t *pool);
/** The whole letter as an HTML document: the bytes that are frozen. Unfilled fields read "[not on
 * record]". */
void cd_letter_html(cd_buf_t *out, const cd_letter_made_t *made);
/** The line of the document that names the style sheet; PDFs have the sheet itself in its place. */
extern const char cd_letter_style_link[];
/** What differs between two makings of one letter: labels of facts whose value is another now.
 * @return how many */
int cd_letter_changes(const char ***labels_out, const cd_letter_made_t *was,
                      const cd_letter_made_t *is, apr_pool_t *pool);

/* ---- the check before a letter goes out ---- */

typedef enum cd_letter_severity_t { CD_LETTER_WARN = 1, CD_LETTER_STOP } cd_letter_severity_t;
typedef enum cd_letter_group_t {
    CD_LETTER_G_CONTENT = 1,       /* something the letter must have */
    CD_LETTER_G_APOLOGY, CD_LETTER_G_EMPTY, CD_LETTER_G_NUMBER, CD_LETTER_G_NAME, CD_LETTER_G_WORDS,
    CD_LETTER_G_PLAIN,             /* long sentences, jargon */
    CD_LETTER_G_TO                 /* who it goes to, and in what form */
} cd_letter_group_t;

#define CD_LETTER_EXAMPLES 6
/** A pattern as data: what it finds, what to say, and texts that prove it. */
typedef struct cd_letter_rule_t {
    const char *code;              /* "APOLOGY_IF": stored with the reason for overruling it */
    cd_letter_severity_t severity;
    cd_letter_group_t group;
    int language;                  /* CD_LANGUAGE_EN or _CY */
    /* PCRE2; no nested repeats, every gap bounded: time grows with the text only */
    const char *pattern;
    const char *sentence;          /* what is wrong */
    const char *remedy;            /* what to write */
    const char *bad[CD_LETTER_EXAMPLES], *good[CD_LETTER_EXAMPLES];   /* found; not found */
} cd_letter_rule_t;
const cd_letter_rule_t *cd_letter_rules(int *count_out);

/** The table's patterns, compiled: read-only, for any thread. */
typedef struct cd_letter_patterns_t cd_letter_patterns_t;
cd_err_t *cd_letter_patterns_make(cd_letter_patterns_t **out, apr_pool_t *pool);

typedef struct cd_letter_finding_t {
    const char *code;
    cd_letter_severity_t severity;
    cd_letter_group_t group;
    const char *part;              /* paragraph, or field of the draft; NULL: the whole letter */
    const char *found;             /* the words found, or NULL */
    const char *sentence, *remedy;
} cd_letter_finding_t;

/** Something a letter must have. */
typedef struct cd_letter_must_t {
    const char *code;              /* "APOLOGY" */
    const char *label;             /* "An apology" */
    const char *citation;          /* "Regulation 20(4)(d)", "Our own rule" */
    const char *part;              /* where it belongs, or NULL: in the fixed words */
    int there;
    /* APOLOGY: there, but in no sentence without a condition or a doubt. Stops nothing. */
    int doubted;
} cd_letter_must_t;

typedef struct cd_letter_check_t {
    cd_letter_must_t *must;
    int must_count;
    cd_letter_finding_t *findings;
    int finding_count;
    int stops, warnings;           /* warnings: by code, each once */
} cd_letter_check_t;

/** Checks a letter. `late_reason_due`: the law asks why the person was told so late (Wales,
 * regulation 4(3)(g); Scotland, after a month). @owner pool */
cd_letter_check_t *cd_letter_check(const cd_letter_made_t *made,
                                   const cd_letter_patterns_t *patterns, int late_reason_due,
                                   apr_pool_t *pool);
/** 1 if `text` says sorry, in the letter's language, and does not say that it does not. */
int cd_letter_says_sorry(const cd_letter_patterns_t *patterns, int language, const char *text,
                         apr_pool_t *pool);
/** 1 if the list of the check has `code` and the letter has what it asks. */
int cd_letter_there(const cd_letter_check_t *check, const char *code);

/* ---- between the files of this noun ---- */

typedef struct cd_letter_line_t {
    char kind;                     /* T title, H heading, W words, F free paragraph */
    /* conditions that must all hold, with spaces; NULL: always; see letter_make.c */
    const char *when;
    const char *text;              /* words with {fact} and {on fact}; of F the draft's field */
} cd_letter_line_t;
/** Lines of a template, ended by kind 0; NULL: there is none. @owner static */
const cd_letter_line_t *cd_letter_lines(int letter, int language);
typedef struct cd_letter_language_t {
    const char *lang, *dear, *reference, *date, *sincerely, *at_sign_off, *end, *not_on_record;
    const char *on, *in_month, *in_year, *between, *to, *and, *once, *times;
    const char *months[12];
    const cd_token_t *supports, *enquiries;
} cd_letter_language_t;
const cd_letter_language_t *cd_letter_language(int language);
/** Value of a fact by its name, for the case and draft that `made` names; 0 if there is no such
 * fact. */
int cd_letter_bind(cd_letter_fact_t *out, const cd_letter_made_t *made, cd_date_t dated,
                   const char *name, apr_pool_t *pool);
extern const char *const cd_letter_parts[];   /* the draft's free paragraphs, ended by NULL */
const char *cd_letter_part_text(const cd_draft_t *draft, const char *part);
/** The patient's record that stands, or NULL. */
const cd_patient_t *cd_letter_patient(const cd_case_t *file);

#endif
