/* report_make.h: how the parts of a report are put together: between the files of this noun.
 *
 * Requires: report.h.   Provides: cd_rep_*.   Used by: report*.c. */
#ifndef CD_DOMAIN_REPORT_MAKE_H
#define CD_DOMAIN_REPORT_MAKE_H

#include <apr_tables.h>

#include "domain/report.h"

typedef struct cd_rep_t {
    const cd_report_facts_t *f;
    apr_array_header_t *sections;  /* cd_report_section_t; the last is being filled */
    apr_array_header_t *blocks;    /* of the last section */
    apr_array_header_t *cells;     /* of the last block */
    apr_pool_t *pool;
} cd_rep_t;

/** Begins a section; one that ends without a block is left out. */
void cd_rep_section(cd_rep_t *rep, const char *id, const char *heading);
void cd_rep_end(cd_rep_t *rep);
/** Begins a block of `columns`; cells follow. `caption` may be NULL. */
cd_report_block_t *cd_rep_block(cd_rep_t *rep, cd_report_block_kind_t kind, const char *caption,
                                int columns);
/** One cell; NULL or "" becomes "Not recorded". */
void cd_rep_cell(cd_rep_t *rep, const char *text);
/** A paragraph of its own. */
void cd_rep_text(cd_rep_t *rep, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
void cd_rep_pair(cd_rep_t *rep, const char *label, const char *value);
/** What a person wrote; nothing if they wrote nothing. */
void cd_rep_quote(cd_rep_t *rep, const char *who, const char *text);

/** With a full stop at the end, unless it ends a sentence already. @owner pool */
const char *cd_rep_stop(const char *text, apr_pool_t *pool);
/** "£3,220.00"; "nothing" for 0. @owner pool */
const char *cd_rep_sum(apr_int64_t amount_p, apr_pool_t *pool);
/** Day of a record on which it was made. */
cd_date_t cd_rep_day(const cd_record_t *record);
/** With a small first letter. @owner pool */
const char *cd_rep_small(const char *text, apr_pool_t *pool);
/** "Reviewer" in the middle of a sentence: "reviewer". @owner pool */
const char *cd_rep_role(int role, apr_pool_t *pool);
/** 1 if the decision counts as it stands. */
int cd_rep_counts(const cd_report_facts_t *f);
/** What the trust is asked for as things stand. @unit pence */
apr_int64_t cd_rep_asked(const cd_report_facts_t *f);

/** What the flag found, for somebody who has never heard of flags; without a full stop. @owner pool
 */
const char *cd_rep_found(const cd_report_facts_t *f, apr_pool_t *pool);
/** "E02 The person was told and E06 An apology". @owner pool */
const char *cd_rep_rules_words(apr_uint32_t rules, apr_pool_t *pool);

/** Who did what and when, in the order of the days. @owner pool */
cd_report_act_t *cd_rep_acts(int *count_out, const cd_report_facts_t *f, apr_pool_t *pool);
/** 1 if the decision-maker ticked the fact. */
int cd_rep_relied(const cd_report_facts_t *f, const cd_reason_t *reason, apr_pool_t *pool);
/** 1 if the sum is a part of the trust's contribution for the year, and not of the claim. */
int cd_rep_yearly(const cd_report_facts_t *f);
/** "towards claim", or what a yearly sum is; the reference follows. */
const char *cd_rep_towards(const cd_report_facts_t *f);
/** 1 if a formula looks at how many breaches there were before. */
int cd_rep_counted(const cd_scheme_t *scheme);

void cd_rep_about(cd_rep_t *rep);
void cd_rep_decided(cd_rep_t *rep);
void cd_rep_happened(cd_rep_t *rep);
void cd_rep_rules(cd_rep_t *rep);
void cd_rep_change(cd_rep_t *rep);
void cd_rep_working(cd_rep_t *rep);
void cd_rep_heard(cd_rep_t *rep);
void cd_rep_facts(cd_rep_t *rep);
void cd_rep_who(cd_rep_t *rep);
void cd_rep_others(cd_rep_t *rep);
void cd_rep_next(cd_rep_t *rep);
void cd_rep_versions(cd_rep_t *rep);

#endif
