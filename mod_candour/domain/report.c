/* report.c: the decision report: its title, its summary, and its sections in the order in which a
 * stranger reads.
 *
 * First what was decided and why, then what it rests on, then what can be done about it, and last
 * what a person needs who wants to check it. Words that people wrote are quoted as they wrote them;
 * all else is made from codes, days and sums, so that nothing of a patient can come in by it. */
#include <string.h>

#include <apr_lib.h>
#include <apr_strings.h>

#include "base/text.h"
#include "domain/report_make.h"

/* ---- putting together ---- */

void cd_rep_end(cd_rep_t *rep)
{
    cd_report_section_t *section;

    if (!rep->sections->nelts)
        return;
    section = &APR_ARRAY_IDX(rep->sections, rep->sections->nelts - 1, cd_report_section_t);
    if (rep->cells && rep->blocks->nelts) {
        cd_report_block_t *last =
            &APR_ARRAY_IDX(rep->blocks, rep->blocks->nelts - 1, cd_report_block_t);

        last->cells = (const char **)rep->cells->elts;
        last->rows = rep->cells->nelts / last->columns;
    }
    section->blocks = (cd_report_block_t *)rep->blocks->elts;
    section->block_count = rep->blocks->nelts;
    if (!section->block_count)
        rep->sections->nelts--;
}

void cd_rep_section(cd_rep_t *rep, const char *id, const char *heading)
{
    cd_report_section_t *section;

    cd_rep_end(rep);
    section = apr_array_push(rep->sections);
    section->id = id;
    section->heading = heading;
    rep->blocks = apr_array_make(rep->pool, 8, sizeof(cd_report_block_t));
    rep->cells = NULL;
}

cd_report_block_t *cd_rep_block(cd_rep_t *rep, cd_report_block_kind_t kind, const char *caption,
                                int columns)
{
    cd_report_block_t *block;

    if (rep->cells && rep->blocks->nelts) {
        block = &APR_ARRAY_IDX(rep->blocks, rep->blocks->nelts - 1, cd_report_block_t);
        block->cells = (const char **)rep->cells->elts;
        block->rows = rep->cells->nelts / block->columns;
    }
    block = apr_array_push(rep->blocks);
    memset(block, 0, sizeof(*block));
    block->kind = (int)kind;
    block->caption = caption;
    block->columns = columns;
    rep->cells = apr_array_make(rep->pool, 8, sizeof(const char *));
    return block;
}

void cd_rep_cell(cd_rep_t *rep, const char *text)
{
    APR_ARRAY_PUSH(rep->cells, const char *) = text && *text ? text : "Not recorded";
}

void cd_rep_text(cd_rep_t *rep, const char *fmt, ...)
{
    va_list args;

    va_start(args, fmt);
    cd_rep_block(rep, CD_REPORT_TEXT, NULL, 1);
    cd_rep_cell(rep, apr_pvsprintf(rep->pool, fmt, args));
    va_end(args);
}

void cd_rep_pair(cd_rep_t *rep, const char *label, const char *value)
{
    cd_rep_cell(rep, label);
    cd_rep_cell(rep, value);
}

void cd_rep_quote(cd_rep_t *rep, const char *who, const char *text)
{
    if (!text || !*text)
        return;
    cd_rep_block(rep, CD_REPORT_QUOTE, who, 1);
    cd_rep_cell(rep, text);
}

const char *cd_rep_stop(const char *text, apr_pool_t *pool)
{
    apr_size_t len = text ? strlen(text) : 0;

    if (!len)
        return NULL;
    return strchr(".!?", text[len - 1]) ? text : apr_pstrcat(pool, text, ".", NULL);
}

const char *cd_rep_sum(apr_int64_t amount_p, apr_pool_t *pool)
{
    return amount_p ? cd_pence_words(amount_p, pool) : "nothing";
}

cd_date_t cd_rep_day(const cd_record_t *record)
{
    return record ? cd_london_date(record->recorded_at) : CD_NO_DATE;
}

const char *cd_rep_small(const char *text, apr_pool_t *pool)
{
    char *word = apr_pstrdup(pool, text ? text : "");

    *word = (char)apr_tolower(*word);
    return word;
}

const char *cd_rep_role(int role, apr_pool_t *pool)
{
    return cd_rep_small(role ? cd_token_label(cd_roles, role) : "member of staff", pool);
}

int cd_rep_counts(const cd_report_facts_t *f)
{
    return f->stand->standing == CD_STAND_STANDS || f->stand->standing == CD_STAND_VARIED;
}

apr_int64_t cd_rep_asked(const cd_report_facts_t *f)
{
    return f->stand->standing == CD_STAND_PROPOSED ? f->decision.amount_p : f->stand->amount_p;
}

/* ---- title and summary ---- */

static const char *title_of(const cd_report_facts_t *f, apr_pool_t *pool)
{
    const char *ref = f->reference;

    switch (f->stand->standing) {
    case CD_STAND_PROPOSED:
        return apr_psprintf(pool, "A decision about %s waits for a second person", f->org_name);
    case CD_STAND_RETURNED:
        return apr_psprintf(pool, "A decision about %s was sent back and does not count",
                            f->org_name);
    case CD_STAND_QUASHED:
        return apr_psprintf(pool, "%s has nothing to pay: the decision fell away on review",
                            f->org_name);
    case CD_STAND_REPLACED:
        return apr_psprintf(pool, "A later decision about %s has taken the place of this one",
                            f->org_name);
    default:
        return apr_psprintf(pool, "%s is asked to pay %s %s %s%s", f->org_name,
                            cd_rep_sum(f->stand->amount_p, pool), cd_rep_towards(f), ref,
                            f->stand->standing == CD_STAND_VARIED ? ", after a review" : "");
    }
}

const char *cd_rep_found(const cd_report_facts_t *f, apr_pool_t *pool)
{
    switch (f->flag->state) {
    case CD_FLAG_BREACH_INDICATED:
        return apr_psprintf(
            pool, "The record indicates that %s did not do all that the duty to be open asks",
            f->org_name);
    case CD_FLAG_EVIDENCE_NOT_PROVIDED:
        return apr_psprintf(
            pool,
            "%s was asked for proof that it had been open with the person who was harmed, and the"
            " proof did not come in time",
            f->org_name);
    case CD_FLAG_EVIDENCE_REQUESTED:
        return apr_psprintf(
            pool, "Proof that %s had been open with the person who was harmed was still missing",
            f->org_name);
    case CD_FLAG_EXCUSED:
        return apr_psprintf(
            pool,
            "%s could not reach the person who was harmed, or the person did not want to be told,"
            " and the record shows it",
            f->org_name);
    case CD_FLAG_CANDOUR_SHOWN:
        return apr_psprintf(
            pool, "The record shows that %s was open with the person who was harmed", f->org_name);
    case CD_FLAG_NO_INCIDENT:
        return apr_psprintf(pool, "No incident was recorded at %s for this claim", f->org_name);
    default:
        return apr_psprintf(
            pool, "The duty to be open did not apply to the part of %s in this claim", f->org_name);
    }
}

static const char *standing_words(const cd_report_facts_t *f, apr_pool_t *pool)
{
    const cd_record_t *review = f->stand->review;

    switch (f->stand->standing) {
    case CD_STAND_PROPOSED:
        return " The decision does not count until a second person has confirmed it.";
    case CD_STAND_RETURNED:
        return " A second person sent the decision back, so it does not count.";
    case CD_STAND_REPLACED:
        return " A later decision has taken its place, so this one asks for nothing.";
    case CD_STAND_QUASHED:
        return apr_psprintf(
            pool, " On %s %s reviewed the decision and it fell away, so there is nothing to pay.",
            cd_date_words(cd_rep_day(review), pool), review->recorded_by_name);
    case CD_STAND_VARIED:
        return apr_psprintf(pool, " On %s %s reviewed the decision and set the sum to %s.",
                            cd_date_words(cd_rep_day(review), pool), review->recorded_by_name,
                            cd_pence_words(f->stand->amount_p, pool));
    default:
        return "";
    }
}

static const char *summary_of(const cd_report_facts_t *f, apr_pool_t *pool)
{
    const cd_told_t *told = f->told ? f->told->body : NULL;
    const char *until = told && told->review_by && cd_rep_counts(f)
                            ? apr_psprintf(pool, " %s can ask for a review until %s.", f->org_name,
                                           cd_date_words(told->review_by, pool))
                            : "";
    const char *most =
        f->flag->indicated_p      ? apr_psprintf(pool, " The most that could be asked was %s.",
                                                 cd_pence_words(f->flag->indicated_p, pool))
        : f->flag->sum.would_be_p ? apr_psprintf(pool,
                                                 " The scheme in force is a trial and asks for "
                                                 "nothing. Otherwise the most would have been"
                                                 " %s.",
                                                 cd_pence_words(f->flag->sum.would_be_p, pool))
                                  : "";

    return apr_psprintf(
        pool,
        "%s. On %s %s, a %s of the scheme, decided that %s is asked to pay %s.%s%s The claimant is"
        " paid in full, whatever this report says.%s",
        cd_rep_found(f, pool), cd_date_words(f->decided_on, pool), f->decided_by,
        cd_rep_role(f->decided_role, pool), f->org_name,
        f->decision.amount_p ? cd_pence_words(f->decision.amount_p, pool) : "nothing", most,
        standing_words(f, pool), until);
}

/* ---- the first sections ---- */

void cd_rep_about(cd_rep_t *rep)
{
    const cd_report_facts_t *f = rep->f;

    cd_rep_section(rep, "about", "This report explains one decision about one trust");
    cd_rep_text(rep, "You need to know nothing beforehand to read it. When care goes wrong and "
                     "somebody is harmed, the"
                     " law says that the trust must tell them, say sorry, and write to them. This "
                     "is called the duty of"
                     " candour, or the duty to be open. A claim for compensation can follow later. "
                     "This report is about the"
                     " duty to be open. It does not say whether the care itself was good or bad.");
    cd_rep_block(rep, CD_REPORT_LIST, NULL, 1);
    cd_rep_cell(
        rep, "The claimant is paid in full. Nothing in this report changes that sum or delays it.");
    cd_rep_cell(rep, "A flag is advice. A program weighs what is on record against the rules and "
                     "says what it finds. It"
                     " asks nobody for money.");
    cd_rep_cell(rep,
                apr_psprintf(rep->pool, "The decision is a person’s: %s made it, and gave reasons.",
                             f->decided_by));
    cd_rep_cell(rep, "An apology never counts against a trust, whatever its words.");
    if (f->other_trusts)
        cd_rep_cell(rep,
                    apr_psprintf(rep->pool,
                                 "This claim concerns more than one trust. This report is about %s"
                                 " alone. Other trusts answer for the rest.",
                                 f->org_name));
}

static const char *second_words(const cd_report_facts_t *f, apr_pool_t *pool)
{
    const cd_record_t *second = f->stand->confirmation;
    const cd_confirmation_t *verdict = second ? second->body : NULL;
    const apr_int64_t above_p = f->scheme ? f->scheme->confirm_above_p : 0;

    if (verdict)
        return apr_psprintf(pool,
                            verdict->verdict == CD_CONFIRM_YES ? "Confirmed by %s on %s"
                                                               : "Sent back by %s on %s",
                            second->recorded_by_name, cd_date_words(cd_rep_day(second), pool));
    if (f->stand->standing == CD_STAND_PROPOSED)
        return apr_psprintf(pool, "Needed, because the sum is over %s. Nobody has confirmed it yet",
                            cd_pence_words(above_p, pool));
    return above_p ? apr_psprintf(pool, "Not needed: the sum is not over %s",
                                  cd_pence_words(above_p, pool))
                   : "Not needed: this scheme asks for none";
}

void cd_rep_decided(cd_rep_t *rep)
{
    const cd_report_facts_t *f = rep->f;
    apr_pool_t *pool = rep->pool;

    cd_rep_section(rep, "decision",
                   apr_psprintf(pool, "%s decided: %s", f->decided_by,
                                f->decision.amount_p ? cd_pence_words(f->decision.amount_p, pool)
                                                     : "nothing is asked"));
    cd_rep_block(rep, CD_REPORT_PAIRS, NULL, 2);
    cd_rep_pair(rep, "Decision", cd_token_label(cd_decision_outcomes, f->decision.outcome));
    cd_rep_pair(rep, "Sum decided", cd_pence_words(f->decision.amount_p, pool));
    cd_rep_pair(rep, "The most that could be asked", cd_pence_words(f->flag->indicated_p, pool));
    cd_rep_pair(rep, "Decided by",
                apr_psprintf(pool, "%s, %s of the scheme, on %s", f->decided_by,
                             cd_rep_role(f->decided_role, pool),
                             cd_date_words(f->decided_on, pool)));
    cd_rep_pair(rep, "Second person", second_words(f, pool));
    cd_rep_pair(rep, "Under",
                apr_psprintf(pool, "%s, version %d (%s)",
                             f->scheme ? f->scheme->title : f->scheme_code, f->scheme_version,
                             f->scheme_code));
    if (f->scheme && f->scheme->authority)
        cd_rep_pair(rep, "Where that comes from", cd_rep_stop(f->scheme->authority, pool));
    cd_rep_pair(rep, "State of the decision",
                cd_token_label(cd_standings, (int)f->stand->standing));
    if (cd_rep_asked(f) != f->decision.amount_p)
        cd_rep_pair(rep, "Sum as it stands", cd_pence_words(cd_rep_asked(f), pool));
    cd_rep_quote(rep, apr_psprintf(pool, "The reasons, in the words of %s", f->decided_by),
                 f->decision.reasons);
    cd_rep_block(rep, CD_REPORT_BOX, "What this decision does not change", 1);
    cd_rep_cell(rep, apr_psprintf(pool,
                                  f->payable->agreed
                                      ? "%s is payable to the claimant: %s in damages and %s in "
                                        "costs. This follows from the claim alone. It is the same"
                                        " whatever any trust is asked to pay, and nobody may wait "
                                        "with it because of this report."
                                      : "What is payable to the claimant follows from the claim "
                                        "alone. So far that is %s: %s in damages and %s in costs."
                                        " It is the same whatever any trust is asked to pay, and "
                                        "nobody may wait with it because of this report.",
                                  cd_pence_words(f->payable->total_p, pool),
                                  cd_pence_words(f->payable->damages_p, pool),
                                  cd_pence_words(f->payable->costs_p, pool)));
}

cd_err_t *cd_report_make(cd_report_t **out, const cd_report_facts_t *facts, apr_pool_t *pool)
{
    cd_report_t *report = apr_pcalloc(pool, sizeof(*report));
    cd_rep_t rep = { .f = facts, .pool = pool };

    if (!facts->flag || !facts->payable || !facts->stand || !facts->claim)
        return cd_err(pool, CD_E_FAILED, NULL, "a report of %s without its facts",
                      facts->reference);
    rep.sections = apr_array_make(pool, 16, sizeof(cd_report_section_t));
    cd_rep_about(&rep);
    cd_rep_decided(&rep);
    cd_rep_happened(&rep);
    cd_rep_heard(&rep);
    cd_rep_rules(&rep);
    cd_rep_facts(&rep);
    cd_rep_change(&rep);
    cd_rep_working(&rep);
    cd_rep_others(&rep);
    cd_rep_next(&rep);
    cd_rep_who(&rep);
    cd_rep_versions(&rep);
    cd_rep_end(&rep);
    report->reference = facts->reference;
    report->org_code = facts->org_code;
    report->org_name = facts->org_name;
    report->decision_seq = facts->decision_seq;
    report->title = title_of(facts, pool);
    report->summary = summary_of(facts, pool);
    report->sections = (cd_report_section_t *)rep.sections->elts;
    report->section_count = rep.sections->nelts;
    *out = report;
    return NULL;
}
