/* rules_annual.c: the annual report that a case must be counted in: W06, S10.
 *
 * No law sets a day for it, so no calendar breaks it: after the house period a person must look.
 * @source Wales: Health and Social Care (Quality and Engagement) (Wales) Act 2020 ss 5-8, year to
 * 31 March
 * @source Scotland: Health (Tobacco, Nicotine etc. and Care) (Scotland) Act 2016 s 24, financial
 * year */
#include <apr_strings.h>

#include "domain/rules.h"

/* The 31 March that ends the year of a day. */
static cd_date_t year_end(cd_date_t day)
{
    int year, month, mday;
    cd_date_split(day, &year, &month, &mday);
    return cd_date_make(month <= 3 ? year : year + 1, 3, 31);
}

static int names_nobody(const cd_record_t *record)
{
    int said = ((const cd_annual_t *)record->body)->names_nobody;
    return said == CD_YES ? 2 : said == CD_UNSAID;
}

/* A report that covers the year; of several the one that says that nobody can be recognised, then
 * the first. */
static const cd_record_t *report_of(const cd_eval_t *eval, cd_date_t end)
{
    const cd_record_t *best = NULL, *r = NULL;
    while ((r = cd_case_next(eval->file, CD_REC_ANNUAL, r))) {
        const cd_annual_t *report = r->body;
        if (!report->year_end || year_end(report->year_end) != end)
            continue;
        if (!best || names_nobody(r) > names_nobody(best)
            || (names_nobody(r) == names_nobody(best)
                && cd_rule_sooner(r->happened, best->happened)))
            best = r;
    }
    return best;
}

static void published(cd_result_t *out, cd_eval_t *eval, const cd_record_t *record,
                      const char *year, int nobody)
{
    int named = ((const cd_annual_t *)record->body)->names_nobody;
    const char *on = cd_rule_on(record->happened, eval->pool);
    const char *words = cd_when_words(record->happened, eval->pool);
    cd_rule_evidence(out, record);
    out->met_on = record->happened;
    if (!nobody || named == CD_YES)
        cd_rule_say(out, eval, CD_ST_MET, CD_WHY_NONE, words,
                    "The case is counted in the annual report for %s, published %s%s.", year, on,
                    nobody ? ", in which nobody can be recognised" : "");
    else if (named == CD_NO)
        cd_rule_say(out, eval, CD_ST_NOT_MET, CD_WHY_NONE, words,
                    "Somebody can be recognised in the annual report for %s, published %s.", year,
                    on);
    else
        cd_rule_say(out, eval, CD_ST_UNDETERMINED, CD_WHY_NO_PROOF, words,
                    "The annual report for %s was published %s. Nothing on record says whether "
                    "somebody can be "
                    "recognised in it.",
                    year, on);
}

static void not_published(cd_result_t *out, cd_eval_t *eval, cd_date_t end, const char *year)
{
    cd_date_t last = cd_months_last_day(end + 1, eval->policy->annual_months);
    out->dues[out->due_count++] = (cd_due_t){ CD_DUE_TARGET, last,
        apr_psprintf(eval->pool, "%d months after the end of %s", eval->policy->annual_months,
        year), end };
    if (eval->as_at <= last)
        cd_rule_say(out, eval, CD_ST_PENDING, CD_WHY_NONE, "Not due yet",
                    "The case is to be counted in the annual report for %s, and the trust’s target "
                    "for it, %s, has "
                    "not passed.",
                    year, cd_date_words(last, eval->pool));
    else
        cd_rule_say(out, eval, CD_ST_UNDETERMINED, CD_WHY_NOT_DONE, "Past the trust’s target",
                    "Nothing on record says that the case is counted in the annual report for %s. "
                    "The law sets no "
                    "day for it.",
                    year);
}

cd_err_t *cd_rule_annual(cd_result_t *out, cd_eval_t *eval, int nobody)
{
    cd_rule_law(out, "After the end of the year, no day set");
    if (!cd_when_known(eval->start) || year_end(eval->start.first) != year_end(eval->start.last)) {
        cd_rule_say(out, eval, CD_ST_UNDETERMINED, CD_WHY_NOT_KNOWN, NULL,
                    "The dates on record do not show in which year the duty arose.");
        return NULL;
    }
    cd_date_t end = year_end(eval->start.first);
    const cd_record_t *record = report_of(eval, end);
    const char *year =
        apr_pstrcat(eval->pool, "the year to ", cd_date_words(end, eval->pool), NULL);
    if (record)
        published(out, eval, record, year, nobody);
    else
        not_published(out, eval, end, year);
    return NULL;
}
