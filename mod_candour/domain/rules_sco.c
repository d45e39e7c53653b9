/* rules_sco.c: Scotland: S01 to S11.
 *
 * The procedure starts on the day on which a registered health professional who was not involved
 * gives the opinion (S01, S02). The law counts in months beginning with that day: one for the
 * notice, three for the review; past either, an explanation is owed, and lateness alone is not the
 * breach.
 * @source Health (Tobacco, Nicotine etc. and Care) (Scotland) Act 2016 ss 21-24; Duty of Candour
 * Procedure (Scotland) Regulations 2018, SSI 2018/57, regs 1(2), 2, 3, 6, 7 and 9. That one month
 * is "beginning with" the start, and that a late notice must explain itself, is how the procedure
 * is reported; the words of regulation 3 were not read. */
#include <apr_lib.h>
#include <apr_strings.h>

#include "base/text.h"
#include "domain/rules.h"

#define ACT "2016 asp 14"
#define REGS "SSI 2018/57"

/* ---- S01, S02: the opinion and the day it sets ---- */

/* An opinion on record that does not count: by somebody involved, or nobody said. */
static void does_not_count(cd_result_t *out, cd_eval_t *eval, const cd_record_t *record)
{
    const cd_opinion_t *opinion = record->body;
    const char *on = cd_rule_on(record->happened, eval->pool);
    cd_rule_evidence(out, record);
    if (!opinion->profession || opinion->profession == CD_PROF_NOT_HEALTHCARE)
        cd_rule_say(out, eval, CD_ST_UNDETERMINED, CD_WHY_NO_PROOF, NULL,
                    "An opinion given %s is on record. Nothing shows that a registered health "
                    "professional gave it.",
                    on);
    else
        cd_rule_say(out, eval, CD_ST_UNDETERMINED, CD_WHY_NO_PROOF,
                    opinion->was_involved == CD_YES ? "By somebody involved" : NULL,
                    opinion->was_involved == CD_YES
                        ? "The opinion given %s was by somebody who was involved. The law asks for "
                          "one by somebody who was not."
                        : "The record of the opinion given %s does not say that whoever gave it "
                          "was not involved.",
                    on);
}

static cd_err_t *s01(cd_result_t *out, cd_eval_t *eval)
{
    const cd_record_t *incident = cd_case_last(eval->file, CD_REC_INCIDENT);
    const cd_record_t *any = cd_case_last(eval->file, CD_REC_OPINION);
    cd_date_t reported =
        incident ? ((const cd_incident_t *)incident->body)->reported_on : CD_NO_DATE;
    cd_result_t whole = *out;
    cd_clock_t clock;
    CD_ERR(
        cd_rule_clock(&clock, out, eval, CD_DUE_TARGET,
                      cd_rule_limit(eval->file->org->target_opinion_wd, eval->policy->opinion_wd),
                      cd_when_day(reported), "it was reported"));
    if (eval->opinion) {
        CD_ERR(cd_e01(&whole, eval));
        *out = whole;
    } else if (any)
        does_not_count(out, eval, any);
    else
        return cd_rule_undone(
            out, eval, clock,
            "No opinion by a health professional who was not involved is on record", CD_DUE_TARGET);
    return NULL;
}

static cd_err_t *s02(cd_result_t *out, cd_eval_t *eval)
{
    const char *on = cd_rule_on(eval->start, eval->pool);
    cd_rule_law(out, "The day on which the opinion is given");
    cd_rule_evidence(out, eval->opinion);
    out->met_on = eval->start;
    if (cd_when_precision(eval->start) == CD_PRECISION_DAY)
        cd_rule_say(out, eval, CD_ST_MET, CD_WHY_NONE, cd_when_words(eval->start, eval->pool),
                    "The procedure started %s, when the opinion was given.", on);
    else
        cd_rule_say(out, eval, CD_ST_UNDETERMINED, CD_WHY_NOT_KNOWN, NULL,
                    "The procedure started %s. The law counts from the day, so the day is needed.",
                    on);
    return NULL;
}

/* ---- S03, S04: the notice and the apology ---- */

static void notice_late(cd_result_t *out, cd_eval_t *eval, const cd_record_t *record,
                        const char *told)
{
    const char *words = cd_when_words(out->met_on, eval->pool);
    const char *past = cd_rule_past_words(out, CD_DUE_LAW, eval->pool);
    const cd_record_t *elsewhere = cd_rule_late_reason(eval);
    if (cd_rule_reason(record))
        cd_rule_say(out, eval, CD_ST_MET, CD_WHY_NONE, words,
                    "%s. That is %s, and the reason was given.", told, past);
    else if (elsewhere) {
        cd_rule_evidence(out, elsewhere);
        out->fact = apr_psprintf(eval->pool, "%s. That is %s, and the reason was given only %s.",
                                 told, past, cd_rule_on(elsewhere->happened, eval->pool));
        cd_rule_say(out, eval, CD_ST_UNDETERMINED, CD_WHY_JUDGE, words,
                    "%s A person must judge whether that is enough.", out->fact);
    } else
        cd_rule_say(out, eval, CD_ST_NOT_MET, CD_WHY_NONE, words,
                    "%s. That is %s, and no reason was given.", told, past);
}

static cd_err_t *s03(cd_result_t *out, cd_eval_t *eval)
{
    cd_when_t from = eval->returned ? eval->since : eval->start;
    const char *since = eval->returned ? "the person came back" : "the procedure started", *told;
    cd_clock_t clock, target;
    cd_rule_months(&clock, out, eval, eval->policy->law_notice_months, from, since);
    CD_ERR(cd_rule_clock(&target, out, eval, CD_DUE_TARGET,
                         cd_rule_limit(eval->file->org->target_talk_wd, eval->policy->talk_wd),
                         from, since));
    const cd_record_t *record = eval->notice;
    if (!record)
        return cd_rule_undone(
            out, eval, clock,
            apr_pstrcat(eval->pool, cd_rule_who(eval), " has not been told", NULL), CD_DUE_LAW);
    cd_rule_evidence(out, record);
    out->met_on = eval->told;
    cd_timing_t timing = cd_rule_timing(clock, out->met_on);
    CD_ERR(cd_rule_told(&told, eval, out->met_on));
    const char *words = cd_when_words(out->met_on, eval->pool);
    if (timing == CD_IN_TIME) {
        CD_ERR(cd_rule_late(out, eval, target, out->met_on, CD_DUE_TARGET));
        cd_rule_say(out, eval, CD_ST_MET, CD_WHY_NONE, words, "%s.%s", told, out->late_wd_min
                    ? apr_psprintf(eval->pool, " That is within the law’s month, and %s.",
                                   cd_rule_late_words(out, eval->pool)) : "");
        return NULL;
    }
    CD_ERR(cd_rule_late(out, eval, clock, out->met_on, CD_DUE_LAW));
    if (timing == CD_UNCLEAR && !cd_rule_reason(record))
        cd_rule_say(out, eval, CD_ST_UNDETERMINED, CD_WHY_NOT_KNOWN, words,
                    "%s. The dates on record do not show whether this was within the law’s month.",
                    told);
    else
        notice_late(out, eval, record, told);
    return NULL;
}

/* What waits for the notice: not due before it. */
static void waits_for_notice(cd_result_t *out, cd_eval_t *eval)
{
    cd_rule_say(out, eval, CD_ST_PENDING, CD_WHY_NONE, "Waits for the notice",
                "%s has not been told yet, so this waits.", cd_rule_who(eval));
}

/* A written apology must be offered, at a fitting time: saying sorry in the talk is right, and not
 * yet that. */
static cd_err_t *s04(cd_result_t *out, cd_eval_t *eval)
{
    const cd_record_t *written = NULL, *spoken = NULL, *r = NULL;
    cd_rule_law(out, "During the procedure, no day set");
    while ((r = cd_case_next(eval->file, CD_REC_LETTER, r)))
        if (((const cd_letter_t *)r->body)->apology_given == CD_YES
            && cd_when_known(cd_rule_by(((const cd_letter_t *)r->body)->sent, eval->as_at)))
            written = written && !cd_rule_sooner(r->happened, written->happened) ? written : r;
    while ((r = cd_case_next(eval->file, CD_REC_RESULTS, r)))
        if (((const cd_results_t *)r->body)->apology_given == CD_YES)
            written = written && !cd_rule_sooner(r->happened, written->happened) ? written : r;
    while ((r = cd_case_next(eval->file, CD_REC_TALK, r)))
        if (((const cd_talk_t *)r->body)->apology_given == CD_YES)
            spoken = spoken && !cd_rule_sooner(r->happened, spoken->happened) ? spoken : r;
    cd_rule_evidence(out, written);
    cd_rule_evidence(out, spoken);
    if (written || spoken)
        out->met_on = (written ? written : spoken)->happened;
    const char *words = cd_when_words(out->met_on, eval->pool),
               *on = cd_rule_on(out->met_on, eval->pool);
    if (written)
        cd_rule_say(out, eval, CD_ST_MET, CD_WHY_NONE, words, "An apology was given in writing %s.",
                    on);
    else if (spoken)
        cd_rule_say(out, eval, CD_ST_UNDETERMINED, CD_WHY_NO_PROOF, words,
                    "An apology was given in the talk %s. Nothing on record shows one in writing.",
                    on);
    else if (!eval->notice)
        waits_for_notice(out, eval);
    else
        cd_rule_say(out, eval, CD_ST_UNDETERMINED, CD_WHY_NOT_DONE, NULL,
                    "No apology is on record.");
    return NULL;
}

/* ---- S05: the meeting ---- */

typedef struct meeting_t {
    const cd_record_t *offered, *held;
    int questions, note, contact;
} meeting_t;

static void look_at_meetings(meeting_t *m, cd_result_t *out, const cd_eval_t *eval)
{
    const cd_record_t *r = NULL;
    *m = (meeting_t){ 0 };
    while ((r = cd_case_next(eval->file, CD_REC_MEETING, r))) {
        const cd_meeting_t *meeting = r->body;
        if (meeting->step == CD_MEETING_OFFER
            && (!m->offered || cd_rule_sooner(r->happened, m->offered->happened)))
            m->offered = r;
        if (meeting->step == CD_MEETING_HELD
            && (!m->held || cd_rule_sooner(r->happened, m->held->happened)))
            m->held = r;
        if (meeting->step != CD_MEETING_OFFER && meeting->step != CD_MEETING_HELD)
            continue;
        m->questions |= meeting->questions != NULL;
        m->contact |= meeting->contact != NULL;
        m->note |= cd_when_known(cd_rule_by(meeting->note_given, eval->as_at));
        cd_rule_evidence(out, r);
    }
    while ((r = cd_case_next(eval->file, CD_REC_TALK, r)))
        m->contact |= ((const cd_talk_t *)r->body)->contact_named == CD_YES;
}

static int wants_no_more(const cd_eval_t *eval)
{
    const cd_record_t *talk = cd_case_last(eval->file, CD_REC_TALK);
    return talk && ((const cd_talk_t *)talk->body)->more_wanted == CD_NO;
}

static void meeting_held(cd_result_t *out, cd_eval_t *eval, const meeting_t *m)
{
    const char *list[3];
    int count = 0;
    const char *words = cd_when_words(m->held->happened, eval->pool);
    const char *on = cd_rule_on(m->held->happened, eval->pool);
    out->met_on = m->held->happened;
    if (!m->questions)
        list[count++] = "that questions could be asked in advance";
    if (!m->note)
        list[count++] = "that a note of it was given";
    if (!m->contact)
        list[count++] = "the name of a contact";
    if (count)
        cd_rule_say(out, eval, CD_ST_UNDETERMINED, CD_WHY_NO_PROOF, words,
                    "A meeting was held %s. The record does not show %s.", on,
                    cd_text_list(list, count, eval->pool));
    else
        cd_rule_say(out, eval, CD_ST_MET, CD_WHY_NONE, words,
                    "A meeting was held %s. Questions could be asked in advance, and a note and a "
                    "contact were given.",
                    on);
}

/* Invited, and no meeting yet: regulation 6(4) leaves it to the person whether there is one. */
static cd_err_t *meeting_offered(cd_result_t *out, cd_eval_t *eval, const meeting_t *m)
{
    const char *words = cd_when_words(m->offered->happened, eval->pool);
    const char *on = cd_rule_on(m->offered->happened, eval->pool);
    cd_clock_t clock;
    cd_result_t scratch = { 0 };
    out->met_on = m->offered->happened;
    CD_ERR(cd_rule_clock(&clock, &scratch, eval, CD_DUE_TARGET,
                         cd_rule_limit(eval->file->org->target_letter_wd, eval->policy->letter_wd),
                         out->met_on, ""));
    if (wants_no_more(eval))
        cd_rule_say(out, eval, CD_ST_MET, CD_WHY_NONE, words,
                    "%s was invited to a meeting %s and did not want to be told more.",
                    cd_rule_who(eval), on);
    else if (cd_rule_waiting(clock, eval->as_at) == CD_IN_TIME)
        cd_rule_say(out, eval, CD_ST_PENDING, CD_WHY_NONE, "Invited",
                    "%s was invited to a meeting %s.", cd_rule_who(eval), on);
    else {
        out->fact =
            apr_psprintf(eval->pool, "%s was invited to a meeting %s, and no meeting is on record.",
                         cd_rule_who(eval), on);
        cd_rule_say(out, eval, CD_ST_UNDETERMINED, CD_WHY_JUDGE, words,
                    "%s A person must judge whether nothing more was owed.", out->fact);
    }
    return NULL;
}

static cd_err_t *s05(cd_result_t *out, cd_eval_t *eval)
{
    meeting_t m;
    cd_clock_t clock;
    cd_rule_law(out, "After the notice, no day set");
    CD_ERR(cd_rule_clock(&clock, out, eval, CD_DUE_TARGET,
                         cd_rule_limit(eval->file->org->target_letter_wd, eval->policy->letter_wd),
                         eval->told, "the person was told"));
    look_at_meetings(&m, out, eval);
    if (m.held)
        meeting_held(out, eval, &m);
    else if (m.offered)
        return meeting_offered(out, eval, &m);
    else if (!eval->notice)
        waits_for_notice(out, eval);
    else
        return cd_rule_undone(
            out, eval, clock,
            apr_pstrcat(eval->pool, cd_rule_who(eval), " has not been invited to a meeting", NULL),
            CD_DUE_TARGET);
    return NULL;
}

/* ---- S06 to S09: the review ---- */

/* An explanation that was given for a review that takes longer; `unproved`: one that is only
 * written down. */
static const cd_record_t *explained(int *unproved, const cd_eval_t *eval)
{
    const cd_record_t *r = NULL;
    *unproved = 0;
    while ((r = cd_case_next(eval->file, CD_REC_ENQUIRY, r))) {
        const cd_enquiry_t *enquiry = r->body;
        int told = cd_when_known(cd_rule_by(enquiry->late_told, eval->as_at));
        if (told && enquiry->late_reason)
            return r;
        *unproved |= told || enquiry->late_reason;
    }
    return NULL;
}

static void review_late(cd_result_t *out, cd_eval_t *eval, const char *state)
{
    int unproved;
    const cd_record_t *why = explained(&unproved, eval);
    cd_rule_evidence(out, why);
    const char *words = cd_when_known(out->met_on) ? cd_when_words(out->met_on, eval->pool) : NULL;
    if (why)
        cd_rule_say(
            out, eval, CD_ST_MET, CD_WHY_NONE, words ? words : "Explained",
            "%s The reason was explained %s.", state,
            cd_rule_on(cd_rule_by(((const cd_enquiry_t *)why->body)->late_told, eval->as_at),
                       eval->pool));
    else if (eval->excuse->holds)
        cd_rule_say(out, eval, CD_ST_EXCUSED, CD_WHY_NONE, words,
                    "%s %s could not be reached or did not want to talk, so there is nobody to "
                    "explain it to.",
                    state, cd_rule_who(eval));
    else if (unproved)
        cd_rule_say(out, eval, CD_ST_UNDETERMINED, CD_WHY_NO_PROOF, words,
                    "%s Of the explanation, the record shows only a part: the reason, or the day "
                    "it was given.",
                    state);
    else
        cd_rule_say(out, eval, CD_ST_NOT_MET, CD_WHY_NONE, words, "%s No explanation is on record.",
                    state);
}

static cd_err_t *s06(cd_result_t *out, cd_eval_t *eval)
{
    cd_clock_t clock;
    cd_when_t done;
    const cd_record_t *review = cd_rule_enquiry(&done, eval);
    cd_rule_months(&clock, out, eval, eval->policy->law_review_months, eval->start,
                   "the procedure started");
    cd_rule_evidence(out, review);
    out->met_on = done;
    cd_when_t against = cd_when_known(done) ? done : cd_when_day(eval->as_at);
    cd_timing_t timing = cd_rule_timing(clock, against);
    CD_ERR(cd_rule_late(out, eval, clock, against, CD_DUE_LAW));
    const char *on = cd_when_known(done) ? cd_rule_on(done, eval->pool) : NULL;
    if (timing == CD_IN_TIME && on)
        cd_rule_say(out, eval, CD_ST_MET, CD_WHY_NONE, cd_when_words(done, eval->pool),
                    "The review was completed %s, within the law’s three months.", on);
    else if (timing == CD_IN_TIME)
        cd_rule_say(out, eval, CD_ST_PENDING, CD_WHY_NONE, "Not due yet",
                    "The review is %s, and the law’s three months have not passed.",
                    review ? "not completed yet" : "not on record yet");
    else if (timing == CD_UNCLEAR)
        cd_rule_say(out, eval, CD_ST_UNDETERMINED, CD_WHY_NOT_KNOWN, NULL,
                    "The dates on record do not show whether the review took longer than the law’s "
                    "three months.");
    else
        review_late(out, eval,
                    on ? apr_psprintf(eval->pool, "The review was completed %s, %s.", on,
                                      cd_rule_past_words(out, CD_DUE_LAW, eval->pool))
                       : apr_psprintf(eval->pool, "The review is not completed. It is %s.",
                                      cd_rule_past_words(out, CD_DUE_LAW, eval->pool)));
    return NULL;
}

/* The answer of S07 to S09 while there is no completed review; 1 if that is so. */
static int no_review_yet(cd_result_t *out, cd_eval_t *eval, const cd_record_t *review,
                         cd_when_t done)
{
    cd_result_t scratch = { 0 };
    cd_clock_t clock;
    if (cd_when_known(done))
        return 0;
    cd_rule_months(&clock, &scratch, eval, eval->policy->law_review_months, eval->start, "");
    if (review || cd_rule_waiting(clock, eval->as_at) == CD_IN_TIME)
        cd_rule_say(out, eval, CD_ST_PENDING, CD_WHY_NONE, "Waits for the review",
                    "The review is not completed yet, so this waits for it.");
    else
        cd_rule_say(out, eval, CD_ST_UNDETERMINED, CD_WHY_NOT_DONE, NULL,
                    "No review is on record.");
    return 1;
}

static cd_err_t *s07(cd_result_t *out, cd_eval_t *eval)
{
    cd_when_t done, asked = { CD_NO_DATE, CD_NO_DATE };
    const cd_record_t *review = cd_rule_enquiry(&done, eval), *r = NULL;
    cd_rule_law(out, "While the review is carried out");
    while ((r = cd_case_next(eval->file, CD_REC_ENQUIRY, r))) {
        cd_when_t when = cd_rule_by(((const cd_enquiry_t *)r->body)->views_sought, eval->as_at);
        if (cd_when_known(when) && (!cd_when_known(asked) || cd_rule_sooner(when, asked))) {
            asked = when;
            review = r;
        }
    }
    cd_rule_evidence(out, review);
    out->met_on = asked;
    const char *words = cd_when_words(asked, eval->pool), *on = cd_rule_on(asked, eval->pool);
    if (!cd_when_known(asked)) {
        if (!no_review_yet(out, eval, review, done))
            cd_rule_say(
                out, eval, CD_ST_UNDETERMINED, CD_WHY_NO_PROOF, NULL,
                "The review is completed. Nothing on record shows that %s was asked for views.",
                cd_rule_whom(eval));
    } else if (cd_when_known(done) && asked.first > done.last) {
        out->fact =
            apr_psprintf(eval->pool, "%s was asked for views %s, after the review was completed.",
                         cd_rule_who(eval), on);
        cd_rule_say(out, eval, CD_ST_UNDETERMINED, CD_WHY_JUDGE, words,
                    "%s A person must judge whether they could still count.", out->fact);
    } else
        cd_rule_say(out, eval, CD_ST_MET, CD_WHY_NONE, words, "%s was asked for views %s.",
                    cd_rule_who(eval), on);
    return NULL;
}

/* One action a line, with its date: a line without a digit has none. */
static int dated(const char *actions)
{
    int digit = 0, text = 0;
    for (const char *p = actions; p && *p; p++) {
        if (*p == '\n') {
            if (text && !digit)
                return 0;
            digit = text = 0;
        }
        digit |= apr_isdigit(*p) != 0;
        text |= apr_isspace(*p) == 0;
    }
    return actions && (!text || digit);
}

static cd_err_t *s08(cd_result_t *out, cd_eval_t *eval)
{
    cd_when_t done;
    const cd_record_t *review = cd_rule_enquiry(&done, eval), *r = NULL;
    const char *actions = NULL;
    cd_rule_law(out, "With the review, S06");
    while ((r = cd_case_next(eval->file, CD_REC_ENQUIRY, r))) {
        const char *these = ((const cd_enquiry_t *)r->body)->actions;
        if (these && (!actions || (!dated(actions) && dated(these)))) {
            actions = these;
            review = r;
        }
    }
    cd_rule_evidence(out, review);
    if (no_review_yet(out, eval, review, done))
        return NULL;
    out->met_on = done;
    if (!actions)
        cd_rule_say(out, eval, CD_ST_UNDETERMINED, CD_WHY_NO_PROOF, "No actions",
                    "The review is completed. No list of actions is on record.");
    else if (!dated(actions))
        cd_rule_say(out, eval, CD_ST_UNDETERMINED, CD_WHY_NO_PROOF, "Without dates",
                    "The review is completed. Not every action on the list has its date.");
    else
        cd_rule_say(out, eval, CD_ST_MET, CD_WHY_NONE, cd_when_words(done, eval->pool),
                    "The report of the review lists the actions and their dates.");
    return NULL;
}

/* The first day on which the report was offered, or given, or its results sent. */
static cd_when_t offered_on(cd_result_t *out, const cd_eval_t *eval)
{
    cd_when_t first = { CD_NO_DATE, CD_NO_DATE };
    const cd_record_t *by = NULL, *r = NULL;
    while ((r = cd_case_next(eval->file, CD_REC_ENQUIRY, r))) {
        const cd_enquiry_t *enquiry = r->body;
        const cd_when_t days[] = { cd_rule_by(enquiry->report_offered, eval->as_at),
                                   cd_rule_by(enquiry->shared, eval->as_at) };
        for (int i = 0; i < 2; i++)
            if (cd_when_known(days[i])
                && (!cd_when_known(first) || cd_rule_sooner(days[i], first))) {
                first = days[i];
                by = r;
            }
    }
    cd_rule_evidence(out, by);
    return first;
}

static cd_err_t *s09(cd_result_t *out, cd_eval_t *eval)
{
    cd_when_t done;
    cd_clock_t clock;
    const cd_record_t *review = cd_rule_enquiry(&done, eval);
    int days = cd_rule_limit(eval->file->org->target_results_wd, eval->policy->results_wd);
    cd_rule_law(out, "After the review, no day set");
    CD_ERR(cd_rule_clock(&clock, out, eval, CD_DUE_TARGET, days, done, "the review was completed"));
    out->met_on = offered_on(out, eval);
    if (cd_when_known(out->met_on)) {
        CD_ERR(cd_rule_late(out, eval, clock, out->met_on, CD_DUE_TARGET));
        cd_rule_say(out, eval, CD_ST_MET, CD_WHY_NONE, cd_when_words(out->met_on, eval->pool),
                    "A copy of the report was offered %s.%s", cd_rule_on(out->met_on, eval->pool),
                    out->late_wd_min ? apr_psprintf(eval->pool, " That is %s. The law sets no day.",
                                                    cd_rule_late_words(out, eval->pool))
                                     : "");
        return NULL;
    }
    cd_rule_evidence(out, review);
    return no_review_yet(out, eval, review, done)
               ? NULL
               : cd_rule_undone(out, eval, clock, "A copy of the report has not been offered",
                                CD_DUE_TARGET);
}

static cd_err_t *s10(cd_result_t *out, cd_eval_t *eval)
{
    return cd_rule_annual(out, eval, 1);
}

#define ROW(code_, name_, law_, instrument_, weight_, group_, judge_, parts_) \
    { #code_, CD_RULE_##code_, name_, law_, instrument_, weight_, group_, judge_, parts_ }

const cd_rule_t cd_rules_sco[CD_RULES_SCO] = {
    ROW(S01, "An independent professional gave an opinion", "Section 21(2)(b) and (3)", ACT,
        CD_WEIGHT_NONE,
        CD_GROUP_DECIDING, s01, CD_PART_OPINION),
    ROW(S02, "The procedure has its start date", "Regulation 1(2)", REGS, CD_WEIGHT_NONE,
        CD_GROUP_DECIDING, s02,
        CD_PART_BY_DATE),
    ROW(S03, "The person was told", "Regulation 3", REGS, CD_WEIGHT_DUTY, CD_GROUP_TELLING, s03,
        CD_PART_TELLING | CD_PART_NOTICE),
    ROW(S04, "An apology in writing", "Sections 22(2)(b) and 23", ACT, CD_WEIGHT_DUTY,
        CD_GROUP_TELLING, s04,
        CD_PART_NOTICE),
    ROW(S05, "Invited to a meeting, with note and contact", "Regulation 6", REGS, CD_WEIGHT_DUTY,
        CD_GROUP_WRITING,
        s05, CD_PART_NOTICE),
    ROW(S06, "Review in three months, or an explanation", "Regulation 7(1) and (2)", REGS,
        CD_WEIGHT_DUTY,
        CD_GROUP_RESULTS, s06, CD_PART_BY_DATE),
    ROW(S07, "The person’s views were sought", "Regulation 7(3)", REGS, CD_WEIGHT_DUTY,
        CD_GROUP_RESULTS, s07,
        CD_PART_NOTICE),
    ROW(S08, "Report with dated actions", "Regulation 7(4)", REGS, CD_WEIGHT_DUTY, CD_GROUP_RESULTS,
        s08, 0),
    ROW(S09, "The report was offered", "Regulation 7(5)", REGS, CD_WEIGHT_DUTY, CD_GROUP_RESULTS,
        s09,
        CD_PART_NOTICE),
    ROW(S10, "Counted in the annual report", "Section 24", ACT, CD_WEIGHT_DUTY, CD_GROUP_REPORT,
        s10, 0),
    ROW(S11, "Attempts or refusal recorded", "Regulations 2(1) and 9", REGS, CD_WEIGHT_DUTY,
        CD_GROUP_EXCUSE, cd_e11,
        CD_PART_EXCUSE)
};
