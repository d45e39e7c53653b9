/* report_rules.c: what the report says of the facts, the law and the sum. */
#include <string.h>

#include <apr_strings.h>

#include "base/text.h"
#include "domain/report_make.h"

/* ---- what happened ---- */

static const char *act_words(const cd_flag_record_t *record, apr_pool_t *pool)
{
    const cd_record_def_t *def = cd_record_def(record->kind);
    const char *title = def ? def->title : "Entry";

    return cd_when_known(record->happened) ? apr_psprintf(pool, "%s: %s (entry %d of %s)", title,
                                                          cd_when_words(record->happened, pool),
                                                          record->seq, record->case_reference)
                                           : apr_psprintf(pool, "%s (entry %d of %s)", title,
                                                          record->seq, record->case_reference);
}

void cd_rep_happened(cd_rep_t *rep)
{
    const cd_report_facts_t *f = rep->f;
    const cd_claim_facts_t *claim = f->claim->facts;
    apr_pool_t *pool = rep->pool;

    cd_rep_section(rep, "happened", "What happened, in short");
    if (cd_when_known(claim->incident))
        cd_rep_text(rep, "The events behind the claim: %s.", cd_when_words(claim->incident, pool));
    if (cd_when_known(claim->notified))
        cd_rep_text(rep, "The claim reached the scheme: %s. It is claim %s (%s).",
                    cd_when_words(claim->notified, pool), f->reference,
                    cd_token_label(cd_claim_schemes, claim->scheme));
    cd_rep_text(rep, "Where the claim stands: %s. The part of %s in it is %s.",
                cd_token_label(cd_claim_statuses, f->claim->status), f->org_name,
                cd_bp_words(f->share_bp, pool));
    if (!f->flag->record_count) {
        cd_rep_text(rep, "No act that the rules look at is on record for %s.", f->org_name);
        return;
    }
    cd_rep_text(rep,
                "These entries in the records of %s were looked at. Kinds and days are given here, "
                "and nothing about"
                " the person who was harmed.",
                f->org_name);
    cd_rep_block(rep, CD_REPORT_LIST, NULL, 1);
    for (int i = 0; i < f->flag->record_count; i++)
        cd_rep_cell(rep, act_words(&f->flag->records[i], pool));
}

/* ---- the duty and its rules ---- */

/* " Rests on: Patient told in person, 4 November 2026."; nothing where no entry is named. */
static const char *evidence_words(const cd_flag_t *flag, const cd_reason_t *reason,
                                  apr_pool_t *pool)
{
    const cd_result_t *result = reason->result;
    const char *words[CD_RESULT_EVIDENCE];
    int count = 0;

    for (int i = 0; i < flag->record_count; i++)
        for (int k = 0; k < result->evidence_count && count < CD_RESULT_EVIDENCE; k++) {
            const cd_flag_record_t *record = &flag->records[i];
            const cd_record_def_t *def = cd_record_def(record->kind);

            if (record->seq != result->evidence[k]
                || strcmp(record->case_reference, reason->case_reference))
                continue;
            words[count++] = cd_when_known(record->happened)
                                 ? apr_psprintf(pool, "%s, %s", def ? def->title : "Entry",
                                                cd_when_words(record->happened, pool))
                             : def ? def->title
                                   : "Entry";
        }
    if (!count)
        return "";
    for (int i = 1; i < count; i++)
        words[0] = apr_pstrcat(pool, words[0], "; ", words[i], NULL);
    return apr_pstrcat(pool, " Rests on: ", words[0], ".", NULL);
}

static const char *authority_words(const cd_rule_t *rule, apr_pool_t *pool)
{
    return rule->instrument ? apr_psprintf(pool, "%s (%s)", rule->citation, rule->instrument)
                            : rule->citation;
}

static int part_count(const cd_flag_t *flag, cd_reason_part_t part)
{
    int count = 0;

    for (int i = 0; i < flag->reason_count; i++)
        count += flag->reasons[i].part == part;
    return count;
}

static int case_count(const cd_flag_t *flag)
{
    int count = 0;
    const char *last = NULL;

    for (int i = 0; i < flag->reason_count; i++)
        if (!last || strcmp(last, flag->reasons[i].case_reference)) {
            if (last && count)
                count++;
            else
                count = 1;
            last = flag->reasons[i].case_reference;
        }
    return count;
}

static void rules_table(cd_rep_t *rep, cd_reason_part_t part, const char *caption)
{
    const cd_flag_t *flag = rep->f->flag;
    const int several = case_count(flag) > 1;
    apr_pool_t *pool = rep->pool;

    if (!part_count(flag, part))
        return;
    cd_rep_block(rep, CD_REPORT_TABLE, caption, 4);
    cd_rep_cell(rep, "Rule");
    cd_rep_cell(rep, "Found");
    cd_rep_cell(rep, "What the record says");
    cd_rep_cell(rep, "Where the rule stands");
    for (int i = 0; i < flag->reason_count; i++) {
        const cd_reason_t *reason = &flag->reasons[i];
        const cd_rule_t *rule = reason->result->rule;

        if (reason->part != part)
            continue;
        cd_rep_cell(rep, several ? apr_psprintf(pool, "%s %s, in %s", rule->code, rule->name,
                                                reason->case_reference)
                                 : apr_psprintf(pool, "%s %s", rule->code, rule->name));
        cd_rep_cell(rep, cd_token_label(cd_statuses, (int)reason->result->status));
        cd_rep_cell(rep, apr_psprintf(pool, "%s%s", cd_rep_stop(reason->result->sentence, pool),
                                      evidence_words(flag, reason, pool)));
        cd_rep_cell(rep, authority_words(rule, pool));
    }
}

void cd_rep_rules(cd_rep_t *rep)
{
    const cd_report_facts_t *f = rep->f;
    const cd_flag_t *flag = f->flag;

    cd_rep_section(rep, "rules", "What the law asks, and what the record shows");
    cd_rep_text(
        rep,
        "The duty to be open stands in regulation 20 of the Health and Social Care Act 2008 "
        "(Regulated"
        " Activities) Regulations 2014. It is checked here rule by rule. Which rules count is a "
        "setting of the"
        " scheme.%s%s%s",
        f->scheme ? " Here it is this: " : "",
        f->scheme ? cd_rep_stop(
            cd_rep_small(cd_token_label(cd_materials, f->scheme->material), rep->pool), rep->pool)
                  : "",
        f->scheme ? " Other rules are shown, but do not count." : "");
    cd_rep_text(rep, "What the program found on %s: %s", cd_date_words(f->computed_on, rep->pool),
                cd_rep_stop(flag->verdict, rep->pool));
    rules_table(rep, CD_DECIDED, "These rules decided what was found");
    rules_table(rep, CD_NEARLY, "These rules count, too, and were still open");
    rules_table(rep, CD_LATE_NOT_COUNTED,
                "These were late or not met, but do not count under this scheme");
    rules_table(rep, CD_REST, part_count(flag, CD_DECIDED) ? "All other rules" : "All rules");
    if (!flag->reason_count)
        cd_rep_text(rep,
                    "No rule was looked at: no case of %s to which the duty applied is linked to "
                    "this claim.",
                    f->org_name);
}

/* One rule alone that, met, would have left both the state and the sum. */
static int changes_nothing(const cd_flag_t *flag, const cd_whatif_t *what)
{
    return what->kind == CD_IF_MET && what->state == flag->state
           && what->indicated_p == flag->indicated_p && what->would_be_p == flag->sum.would_be_p;
}

/* All of those as one line: each would say the same. */
static const char *nothing_words(const cd_flag_t *flag, int alone, apr_pool_t *pool)
{
    const char **leads = apr_pcalloc(pool, (apr_size_t)(alone + 1) * sizeof(*leads));
    const char *all;
    int count = 0;

    for (int i = 0; i < flag->whatif_count && count < alone; i++)
        if (changes_nothing(flag, &flag->whatifs[i]))
            leads[count++] = apr_psprintf(
                pool, "%s (%s)", cd_rep_small(flag->whatifs[i].lead, pool), flag->whatifs[i].rules);
    all = leads[0];
    for (int i = 1; i < count; i++)
        all = apr_pstrcat(pool, all, i + 1 < count ? "; " : "; or ", leads[i], NULL);
    return apr_psprintf(
        pool, "None of these alone would have changed the sum or what was found: %s.", all);
}

/* The flag reckoned it when it was computed: nothing is reckoned here. */
void cd_rep_change(cd_rep_t *rep)
{
    const cd_flag_t *flag = rep->f->flag;
    int alone = 0, told = 0;

    for (int i = 0; i < flag->whatif_count; i++)
        alone += changes_nothing(flag, &flag->whatifs[i]);
    if (!flag->whatif_count)
        return;
    cd_rep_section(rep, "change", "What would have changed what was found");
    cd_rep_text(rep, "Each line was worked out when the program looked at the records, with one "
                     "thing otherwise and all else"
                     " as it was. The sums are the most that could be asked, and decide nothing.");
    cd_rep_block(rep, CD_REPORT_LIST, NULL, 1);
    for (int i = 0; i < flag->whatif_count; i++)
        if (alone < 2 || !changes_nothing(flag, &flag->whatifs[i]))
            cd_rep_cell(rep, flag->whatifs[i].sentence);
        else if (!told++)
            cd_rep_cell(rep, nothing_words(flag, alone, rep->pool));
}

/* ---- the sum ---- */

/* Each setting that the formula reads, beside where it comes from. */
static void settings(cd_rep_t *rep)
{
    cd_setting_t *list = apr_pcalloc(rep->pool, sizeof(*list) * CD_SCHEME_SETTINGS);
    const int count = cd_scheme_settings(list, rep->f->scheme, rep->pool);

    if (count) {
        cd_rep_block(rep, CD_REPORT_TABLE, "The settings that were used, and where each comes from",
                     3);
        cd_rep_cell(rep, "Setting");
        cd_rep_cell(rep, "Value");
        cd_rep_cell(rep, "Authority");
    }
    for (int i = 0; i < count; i++) {
        cd_rep_cell(rep, list[i].label);
        cd_rep_cell(rep, list[i].value);
        cd_rep_cell(rep, list[i].authority ? cd_rep_stop(list[i].authority, rep->pool)
                                           : "The usual setting.");
    }
    cd_rep_quote(rep, "Where this version of the scheme comes from",
                 cd_rep_stop(rep->f->scheme->authority, rep->pool));
}

void cd_rep_working(cd_rep_t *rep)
{
    const cd_report_facts_t *f = rep->f;
    const cd_scheme_result_t *sum = &f->flag->sum;
    apr_pool_t *pool = rep->pool;

    cd_rep_section(rep, "sum", f->flag->indicated_p
                   ? apr_psprintf(pool, "How the most that could be asked, %s, was worked out",
                                  cd_pence_words(f->flag->indicated_p, pool))
                   : "Why nothing could be asked, step by step");
    cd_rep_text(rep, "%s, version %d (%s) was used. %s",
                f->scheme ? f->scheme->title : f->scheme_code, f->scheme_version, f->scheme_code,
                f->flag->indicated_p ? "The person who decides may ask for this sum, for less, or "
                                       "for nothing, and never for more."
                                     : "By it, nobody could ask for anything here.");
    if (sum->line_count) {
        cd_rep_block(rep, CD_REPORT_TABLE, "The working, line by line", 2)->numeric = 1;
        cd_rep_cell(rep, "Step");
        cd_rep_cell(rep, "Sum");
        for (int i = 0; i < sum->line_count; i++) {
            cd_rep_cell(rep, sum->lines[i].text);
            cd_rep_cell(rep, sum->lines[i].no_change
                                 ? "No change"
                                 : cd_pence_words(sum->lines[i].amount_p, pool));
        }
        cd_rep_cell(rep, "The most that could be asked");
        cd_rep_cell(rep, cd_pence_words(f->flag->indicated_p, pool));
    }
    if (sum->would_be_p != f->flag->indicated_p)
        cd_rep_text(rep,
                    "This version of the scheme is a trial: it asks for nothing. The sum would "
                    "have been %s.",
                    cd_pence_words(sum->would_be_p, pool));
    if (sum->exceeds_basis && f->flag->indicated_p)
        cd_rep_text(rep, "This sum is more than the trust’s part of what the claim cost. This "
                         "version of the scheme allows"
                         " that.");
    if (!f->scheme) {
        cd_rep_text(rep, "The settings of this version of the scheme are not held here any more.");
        return;
    }
    settings(rep);
}
