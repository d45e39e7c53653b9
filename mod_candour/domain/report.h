/* report.h: the decision report: one document that explains a decision on a trust to a person who
 * has never seen the system; and the letters of the round, made of the same facts.
 *
 * Requires: round.h, liability.h.   Provides: cd_report_make, cd_report_json, cd_report_read,
 * cd_report_html, cd_report_letter.   Used by: app, web, cli. Pure: the same facts give the same
 * bytes. The text is part of the JSON, so that a report kept years ago is shown as it was written
 * then, whatever this program writes now. It names one trust, no patient, and no day on which it
 * was read. Nothing here can change what a claimant is paid: the report states that sum and reads
 * it from the claim. */
#ifndef CD_DOMAIN_REPORT_H
#define CD_DOMAIN_REPORT_H

#include "base/buf.h"
#include "domain/claim_money.h"
#include "domain/liability.h"
#include "domain/round.h"

#define CD_REPORT_FORMAT 1

/** Something that a person did in the round. */
typedef struct cd_report_act_t {
    /* "asked", "answered", "told", "represented", "sent", "decided", "confirmed" ... */
    const char *word;
    const char *name;              /* the person's */
    int role;                      /* cd_role_t; 0: the command line */
    cd_date_t on;
} cd_report_act_t;

/** All that a report is made of. Pointers may be NULL where that did not happen. */
typedef struct cd_report_facts_t {
    const char *reference;
    const char *org_code, *org_name;
    const cd_claim_t *claim;       /* facts, status; its payments are not looked at */
    const cd_payable_t *payable;
    apr_int64_t share_bp;
    int other_trusts;              /* how many more the claim has: never named */
    const cd_flag_t *flag;
    int flag_seq;
    cd_date_t computed_on;
    const char *engine, *inputs_hash;
    /* the version that the flag was computed under; NULL: not there any more */
    const cd_scheme_t *scheme;
    const char *scheme_code;
    int scheme_version;
    int breach_number;             /* n that the sum was reckoned with; 0: not known */
    int breach_units;              /* how many of them are of this claim; 0: 1 */
    /* "ENG-20-NHS version 1": of the linked cases; NULL: none was looked at */
    const char *policies;
    int decision_seq;
    cd_decision_t decision;
    const char *decided_by;
    int decided_role;              /* cd_role_t */
    cd_date_t decided_on;
    const cd_stand_t *stand;
    const cd_round_t *round;
    /* a record of CD_REC_TOLD that stands, or is about to be written */
    const cd_record_t *told;
    int audit_seq;                 /* the decision's own entry; 0: not found */
    const char *audit_hash;        /* hex */
} cd_report_facts_t;

typedef enum cd_report_block_kind_t {
    CD_REPORT_TEXT = 1,            /* one paragraph */
    CD_REPORT_LIST,                /* `rows` items */
    CD_REPORT_PAIRS,               /* two columns: label, value */
    CD_REPORT_TABLE,               /* first row: heads; a caption */
    /* a paragraph in a box of its own; its caption is the box's heading */
    CD_REPORT_BOX,
    CD_REPORT_QUOTE                /* what a person wrote, as they wrote it; caption: who */
} cd_report_block_kind_t;
typedef struct cd_report_block_t {
    int kind;                      /* cd_report_block_kind_t */
    const char *caption;           /* NULL: none */
    const char **cells;            /* rows x columns; never NULL each */
    int rows, columns;
    int numeric;                   /* 1: the last column holds sums */
} cd_report_block_t;
typedef struct cd_report_section_t {
    const char *id;                /* "sum": for links */
    const char *heading;           /* a statement */
    cd_report_block_t *blocks;
    int block_count;
} cd_report_section_t;

/** The document. */
typedef struct cd_report_t {
    const char *reference, *org_code, *org_name;
    int decision_seq;
    const char *title;             /* "Mill Lane Hospital NHS Trust is asked to pay £3,220.00" */
    const char *summary;           /* one paragraph */
    cd_report_section_t *sections;
    int section_count;
} cd_report_t;

/** @errors CD_E_RANGE: a sum that cannot be reckoned with   @owner pool */
cd_err_t *cd_report_make(cd_report_t **out, const cd_report_facts_t *facts, apr_pool_t *pool);
/** Canonical JSON of facts and document: what is hashed and kept. docs/report.schema.json describes
 * it. @owner pool */
const char *cd_report_json(const cd_report_t *report, const cd_report_facts_t *facts,
                           apr_pool_t *pool);
/** The document of a kept report. @errors CD_E_TAMPERED: not what the program writes   @owner pool
 */
cd_err_t *cd_report_read(cd_report_t **out, const char *json, apr_size_t len, apr_pool_t *pool);
/** The document as a page of its own: no navigation, no script, A4. */
void cd_report_html(cd_buf_t *out, const cd_report_t *report);
/** The letter that tells the trust of the decision. */
void cd_report_letter(cd_buf_t *out, const cd_report_facts_t *facts);
/** The letter to a record of kind REQUEST, or INDICATION. Of the facts the claim, the trust and,
 * for an indication, the flag that it is about are read. */
void cd_report_request_letter(cd_buf_t *out, const cd_report_facts_t *facts,
                              const cd_record_t *record);
void cd_report_indication_letter(cd_buf_t *out, const cd_report_facts_t *facts,
                                 const cd_record_t *record);
/** The line of these documents that names the style sheet; PDFs have the sheet itself in its place.
 */
extern const char cd_report_style_link[];
/** Head of such a document, up to and with <main>. */
void cd_report_head(cd_buf_t *out, const char *title, const char *body_class);

#endif
