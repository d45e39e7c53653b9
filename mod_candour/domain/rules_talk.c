/* rules_talk.c: England, deciding and telling the person: E01 to E08, E11, C01.
 *
 * @source SI 2014/2936 (Health and Social Care Act 2008 (Regulated Activities) Regulations 2014),
 * regulation 20, as amended by SI 2015/64. No rule reads the words of an apology. */
#include <apr_strings.h>

#include "domain/rules.h"

/* What else on record speaks against an opinion "notifiable"; NULL if nothing does. Only a person
 * can say which of the two is wrong. */
static const char *speaks_against(const cd_eval_t *eval)
{
    const cd_record_t *incident = cd_case_last(eval->file, CD_REC_INCIDENT);
    const cd_record_t *record = cd_case_last(eval->file, CD_REC_GRADING);
    const cd_incident_t *facts = incident ? incident->body : NULL;
    const cd_grading_t *grading = record ? record->body : NULL;
    if (facts && facts->unintended == CD_NO)
        return "the facts say that the incident was neither unintended nor unexpected";
    if (facts && facts->regulated_activity == CD_NO)
        return "the facts say that it did not happen in a regulated activity";
    if (eval->policy->kind == CD_OTHER_PERSON && grading
        && grading->certainty == CD_CERTAINTY_COULD_RESULT)
        return "the harm is graded as one that could result, and for this provider only harm that "
               "has "
               "resulted counts";
    return NULL;
}

/* An opinion in good form: by a healthcare professional, with reasons. */
static cd_err_t *given(cd_result_t *out, cd_eval_t *eval, cd_clock_t clock)
{
    int notifiable = ((const cd_opinion_t *)eval->opinion->body)->opinion == CD_OPINION_NOTIFIABLE;
    const char *on = cd_rule_on(eval->opinion->happened, eval->pool);
    const char *words = cd_when_words(eval->opinion->happened, eval->pool);
    const char *against = notifiable && !eval->opinion_judged ? speaks_against(eval) : NULL;
    CD_ERR(cd_rule_late(out, eval, clock, eval->opinion->happened, CD_DUE_TARGET));
    if (against) {
        out->fact =
            apr_psprintf(eval->pool, "The opinion given %s says notifiable, but %s.", on, against);
        cd_rule_say(out, eval, CD_ST_UNDETERMINED, CD_WHY_JUDGE, words,
                    "%s A person must judge whether the opinion holds.", out->fact);
        return NULL;
    }
    cd_rule_say(out, eval, CD_ST_MET, CD_WHY_NONE, words,
                "A healthcare professional gave the opinion %s that the incident is %s.%s", on,
                notifiable ? "notifiable" : "not notifiable",
                out->late_wd_min ? apr_psprintf(eval->pool, " That was %s.",
                                                cd_rule_late_words(out, eval->pool)) : "");
    cd_rule_rests_on(out, eval, eval->opinion_judged, "this opinion holds");
    return NULL;
}

cd_err_t *cd_e01(cd_result_t *out, cd_eval_t *eval)
{
    const cd_record_t *incident = cd_case_last(eval->file, CD_REC_INCIDENT);
    const cd_record_t *record = eval->opinion;
    const cd_opinion_t *opinion = record ? record->body : NULL;
    cd_date_t reported =
        incident ? ((const cd_incident_t *)incident->body)->reported_on : CD_NO_DATE;
    cd_clock_t clock;
    CD_ERR(
        cd_rule_clock(&clock, out, eval, CD_DUE_TARGET,
                      cd_rule_limit(eval->file->org->target_opinion_wd, eval->policy->opinion_wd),
                      cd_when_day(reported), "it was reported"));
    if (!opinion)
        return cd_rule_undone(out, eval, clock, "No professional’s opinion is on record",
                              CD_DUE_TARGET);
    cd_rule_evidence(out, record);
    out->met_on = record->happened;
    const char *on = cd_rule_on(record->happened, eval->pool);
    if (opinion->opinion != CD_OPINION_NOTIFIABLE && opinion->opinion != CD_OPINION_NOT)
        cd_rule_say(out, eval, CD_ST_UNDETERMINED, CD_WHY_NOT_KNOWN, "Not sure yet",
                    "A healthcare professional was not sure %s whether the incident is notifiable.",
                    on);
    else if (!opinion->profession || opinion->profession == CD_PROF_NOT_HEALTHCARE)
        cd_rule_say(out, eval, CD_ST_UNDETERMINED, CD_WHY_NO_PROOF, NULL,
                    "An opinion given %s is on record. Nothing shows that a healthcare "
                    "professional gave it.",
                    on);
    else if (!opinion->reasons)
        cd_rule_say(out, eval, CD_ST_UNDETERMINED, CD_WHY_NO_PROOF, NULL,
                    "An opinion given %s is on record without reasons.", on);
    else
        return given(out, eval, clock);
    return NULL;
}

cd_err_t *cd_rule_talk_clock(cd_clock_t *clock, cd_result_t *out, const cd_eval_t *eval)
{
    return cd_rule_clock(clock, out, eval, CD_DUE_TARGET,
                         cd_rule_limit(eval->file->org->target_talk_wd, eval->policy->talk_wd),
                         eval->since,
                         eval->returned ? "the person came back" : "the trust became aware");
}

cd_err_t *cd_rule_told(const char **words_out, const cd_eval_t *eval, cd_when_t told)
{
    cd_when_t since = eval->since;
    const char *words = apr_psprintf(eval->pool, "%s was told %s", cd_rule_who(eval),
                                     cd_rule_on(told, eval->pool));
    if (cd_when_precision(told) == CD_PRECISION_DAY && cd_when_precision(since) == CD_PRECISION_DAY
        && told.first >= since.first) {
        int days;
        CD_ERR(cd_working_days_between(&days, since.first, told.first, eval->cal, eval->pool));
        words = apr_psprintf(eval->pool, "%s, %d working day%s after %s on %s",
                             words, days, days == 1 ? "" : "s",
                             eval->returned ? "coming back" : "the trust became aware",
                             cd_date_words(since.first, eval->pool));
    }
    *words_out = words;
    return NULL;
}

cd_err_t *cd_e02(cd_result_t *out, cd_eval_t *eval)
{
    cd_clock_t clock;
    const char *told;
    cd_rule_law(out, "As soon as reasonably practicable");
    CD_ERR(cd_rule_talk_clock(&clock, out, eval));
    if (!eval->talk)
        return cd_rule_undone(
            out, eval, clock,
            apr_pstrcat(eval->pool, cd_rule_who(eval), " has not been told", NULL), CD_DUE_TARGET);
    cd_rule_evidence(out, eval->talk);
    out->met_on = eval->talk->happened;
    CD_ERR(cd_rule_late(out, eval, clock, out->met_on, CD_DUE_TARGET));
    CD_ERR(cd_rule_told(&told, eval, out->met_on));
    const char *on = cd_when_words(out->met_on, eval->pool);
    switch (cd_rule_timing(clock, out->met_on)) {
    case CD_IN_TIME:
        cd_rule_say(out, eval, CD_ST_MET, CD_WHY_NONE, on, "%s.", told);
        break;
    case CD_TOO_LATE:
        out->fact = apr_psprintf(eval->pool, "%s. That is %s.", told,
                                 cd_rule_past_words(out, CD_DUE_TARGET, eval->pool));
        cd_rule_say(out, eval, CD_ST_UNDETERMINED, CD_WHY_JUDGE, on,
                    "%s The law sets no number of days, so a person must judge whether it was as "
                    "soon as reasonably practicable.", out->fact);
        break;
    case CD_UNCLEAR:
        cd_rule_say(
            out, eval, CD_ST_UNDETERMINED, CD_WHY_NOT_KNOWN, on,
            "%s. The dates on record do not show whether this was within the trust’s target.",
            told);
        break;
    }
    return NULL;
}

/* The parts of the talk wait as the talk itself does. */
static cd_err_t *no_talk(cd_result_t *out, cd_eval_t *eval)
{
    const cd_result_t *e02 = NULL;
    for (int i = 0; i < eval->result_count; i++)
        if (eval->results[i].rule->number == CD_RULE_E02)
            e02 = &eval->results[i];
    int pending = e02 && e02->status == CD_ST_PENDING;
    cd_rule_say(out, eval, pending ? CD_ST_PENDING : CD_ST_UNDETERMINED,
                pending                               ? CD_WHY_NONE
                : e02 && e02->why == CD_WHY_NOT_KNOWN ? CD_WHY_NOT_KNOWN
                                                      : CD_WHY_NOT_DONE,
                pending ? "Not due yet" : NULL,
                "No talk with %s is on record, so this waits for it.", cd_rule_whom(eval));
    return NULL;
}

/* One thing that the talk had to hold. A later talk within the target mends the first; one past it
 * leaves the question to a person. */
typedef struct part_t {
    int (*said)(const cd_talk_t *talk);      /* cd_yesno_t */
    const char *yes, *yes_words;             /* "An apology was given in the talk on %s." */
    const char *later, *no, *unsaid;
    cd_status_t no_status;                   /* NOT_MET, or UNDETERMINED for a person to judge */
} part_t;

/* A talk within the target if there is one, else the earliest: another talk that says it, whenever
 * it was, can then never make the answer worse. */
static cd_err_t *later_talk(const cd_record_t **found, cd_timing_t *timing, const part_t *part,
                            cd_eval_t *eval)
{
    cd_result_t scratch = { 0 };
    cd_clock_t clock;
    const cd_record_t *r = NULL;
    *found = NULL;
    *timing = CD_UNCLEAR;
    CD_ERR(cd_rule_talk_clock(&clock, &scratch, eval));
    while ((r = cd_case_next(eval->file, CD_REC_TALK, r))) {
        cd_timing_t this = cd_rule_timing(clock, r->happened);
        if (part->said(r->body) != CD_YES || (*timing == CD_IN_TIME && this != CD_IN_TIME))
            continue;
        if (!*found || (this == CD_IN_TIME && *timing != CD_IN_TIME)
            || r->happened.first < (*found)->happened.first) {
            *found = r;
            *timing = this;
        }
    }
    return NULL;
}

static cd_err_t *part_of_talk(cd_result_t *out, cd_eval_t *eval, const part_t *part)
{
    cd_rule_law(out, "With the talk, E02");
    if (!eval->talk)
        return no_talk(out, eval);
    const cd_record_t *later = NULL;
    cd_timing_t timing = CD_IN_TIME;
    int said = part->said(eval->talk->body);
    cd_rule_evidence(out, eval->talk);
    out->met_on = eval->talk->happened;
    if (said != CD_YES)
        CD_ERR(later_talk(&later, &timing, part, eval));
    if (later) {
        cd_rule_evidence(out, later);
        out->met_on = later->happened;
    }
    const char *words = cd_when_words(out->met_on, eval->pool),
               *on = cd_rule_on(out->met_on, eval->pool);
    if (said == CD_YES || (later && timing == CD_IN_TIME))
        cd_rule_say(out, eval, CD_ST_MET, CD_WHY_NONE, part->yes_words, "%s in the talk %s.",
                    part->yes, on);
    else if (later) {
        out->fact = apr_psprintf(eval->pool, "%s only in a later talk, %s.", part->later, on);
        cd_rule_say(out, eval, CD_ST_UNDETERMINED, CD_WHY_JUDGE, words,
                    "%s A person must judge whether that was in time.", out->fact);
    } else if (said == CD_NO)
        cd_rule_say(out, eval, part->no_status,
                    part->no_status == CD_ST_NOT_MET ? CD_WHY_NONE : CD_WHY_JUDGE, words,
                    "%s in the talk %s.%s", part->no, on, part->no_status == CD_ST_NOT_MET ? ""
                    : " A person must judge whether the account was full and true.");
    else
        cd_rule_say(out, eval, CD_ST_UNDETERMINED, CD_WHY_NO_PROOF, words,
                    "The record of the talk %s does not say %s.", on, part->unsaid);
    return NULL;
}

static int said_in_person(const cd_talk_t *talk)
{
    return talk->mode == CD_MODE_FACE_TO_FACE && talk->spoke_name ? CD_YES : CD_UNSAID;
}

/* Whether a call can be "in person" is an open question of law, so a person judges it. A letter is
 * not. */
cd_err_t *cd_e03(cd_result_t *out, cd_eval_t *eval)
{
    static const part_t part = {
        said_in_person, "A representative of the trust spoke face to face", "Face to face",
        "A representative spoke face to face", NULL,
        "how the patient was told, or who spoke for the trust", CD_ST_NOT_MET
    };
    CD_ERR(part_of_talk(out, eval, &part));
    const cd_talk_t *talk = eval->talk ? eval->talk->body : NULL;
    if (!talk || out->why != CD_WHY_NO_PROOF || !talk->mode || talk->mode == CD_MODE_FACE_TO_FACE)
        return NULL;
    const char *how = cd_token_label(cd_modes, talk->mode);
    if (talk->mode == CD_MODE_VIDEO || talk->mode == CD_MODE_TELEPHONE) {
        out->fact = apr_psprintf(eval->pool, "The talk was by %s, and %s.",
                                 talk->mode == CD_MODE_VIDEO ? "video call" : "telephone",
                                 talk->why_not_in_person ? "the reason is on record"
                                                         : "no reason is on record");
        cd_rule_say(out, eval, CD_ST_UNDETERMINED, CD_WHY_JUDGE, how,
                    "%s A person must judge whether that was in person.", out->fact);
    } else
        cd_rule_say(out, eval, CD_ST_NOT_MET, CD_WHY_NONE, how,
                    "The notice was not given in person by a representative of the trust.");
    return NULL;
}

static int said_facts(const cd_talk_t *talk) { return talk->facts_given; }
static int said_enquiries(const cd_talk_t *talk) { return talk->enquiries_told; }
static int said_apology(const cd_talk_t *talk) { return talk->apology_given; }

cd_err_t *cd_e04(cd_result_t *out, cd_eval_t *eval)
{
    static const part_t part = {
        said_facts, "All the facts known that day were given", "All known facts given",
        "All the facts known were given", "Not all the facts known were given",
        "whether all the facts known were given", CD_ST_UNDETERMINED
    };
    CD_ERR(part_of_talk(out, eval, &part));
    if (eval->talk)
        cd_rule_evidence(out, cd_case_seq(eval->file,
                         ((const cd_talk_t *)eval->talk->body)->incident_seq));
    return NULL;
}

cd_err_t *cd_e05(cd_result_t *out, cd_eval_t *eval)
{
    static const part_t part = {
        said_enquiries, "What further enquiries will follow was said", "Said in the talk",
        "What further enquiries will follow was said",
        "What further enquiries will follow was not said",
        "whether further enquiries were spoken of", CD_ST_NOT_MET
    };
    return part_of_talk(out, eval, &part);
}

cd_err_t *cd_e06(cd_result_t *out, cd_eval_t *eval)
{
    static const part_t part = {
        said_apology, "An apology was given", "Said in the talk", "An apology was given",
        "No apology was given", "whether an apology was given", CD_ST_NOT_MET
    };
    return part_of_talk(out, eval, &part);
}

int cd_rule_note(cd_when_t *on, cd_result_t *out, const cd_eval_t *eval)
{
    const cd_record_t *r = NULL;
    int found = 0;
    *on = (cd_when_t){ CD_NO_DATE, CD_NO_DATE };
    while ((r = cd_case_next(eval->file, CD_REC_TALK, r))) {
        cd_when_t noted =
            cd_rule_by(cd_when_day(((const cd_talk_t *)r->body)->noted_on), eval->as_at);
        if (!cd_when_known(noted) || noted.last < r->happened.first)
            continue;                  /* what was written before a talk is no record of it */
        if (!found || noted.first < on->first)
            *on = noted;
        found = 1;
        cd_rule_evidence(out, r);
    }
    while ((r = cd_case_next(eval->file, CD_REC_DOCUMENT, r))) {
        if (((const cd_document_t *)r->body)->kind != CD_DOC_VERBAL_NOTE
            || (cd_when_known(r->happened) && r->happened.last < eval->talk->happened.first))
            continue;
        if (cd_when_known(r->happened) && (!cd_when_known(*on) || r->happened.last < on->first))
            *on = r->happened;
        found = 1;
        cd_rule_evidence(out, r);
    }
    return found;
}

/* The law sets no days for the note and asks that it be kept: a late note meets it. */
cd_err_t *cd_e07(cd_result_t *out, cd_eval_t *eval)
{
    cd_clock_t clock;
    cd_when_t on;
    cd_rule_law(out, "With the talk, E02");
    if (!eval->talk)
        return no_talk(out, eval);
    CD_ERR(cd_rule_clock(&clock, out, eval, CD_DUE_TARGET,
                         cd_rule_limit(eval->file->org->target_note_wd, eval->policy->note_wd),
                         eval->talk->happened, "the talk was held"));
    if (!cd_rule_note(&on, out, eval))
        return cd_rule_undone(out, eval, clock, "No written record of the talk is on file",
                              CD_DUE_TARGET);
    out->met_on = on;
    CD_ERR(cd_rule_late(out, eval, clock, on, CD_DUE_TARGET));
    const char *words = cd_when_known(on) ? cd_when_words(on, eval->pool) : "Kept";
    const char *made = cd_when_known(on) ? cd_rule_on(on, eval->pool) : "";
    if (out->late_wd_min)
        cd_rule_say(out, eval, CD_ST_MET, CD_WHY_NONE, words,
                    "The note of the talk was made %s, %s. The law sets no number of days, and "
                    "the note was kept.", made, cd_rule_late_words(out, eval->pool));
    else
        cd_rule_say(out, eval, CD_ST_MET, CD_WHY_NONE, words,
                    "A written record of the talk is kept%s%s.", *made ? ", made " : "", made);
    return NULL;
}

int cd_rule_support(cd_when_t *on, cd_result_t *out, const cd_eval_t *eval)
{
    static const cd_record_kind_t kinds[] = { CD_REC_TALK, CD_REC_SUPPORT };
    const cd_record_t *first = NULL, *none = NULL, *r = NULL;
    for (int k = 0; k < 2; k++)
        while ((r = cd_case_next(eval->file, kinds[k], r))) {
            apr_uint32_t set = kinds[k] == CD_REC_TALK ? ((const cd_talk_t *)r->body)->support
                                                       : ((const cd_support_t *)r->body)->support;
            int offered = (set & ~(1u << CD_SUPPORT_NONE)) != 0;
            if (offered && (!first || cd_rule_sooner(r->happened, first->happened)))
                first = r;
            else if (!offered && (set || kinds[k] == CD_REC_SUPPORT))
                none = r;
        }
    cd_rule_evidence(out, first ? first : none);
    if (first)
        *on = first->happened;
    return first ? CD_YES : none ? CD_NO : CD_UNSAID;
}

cd_err_t *cd_e08(cd_result_t *out, cd_eval_t *eval)
{
    cd_rule_law(out, "With the talk, E02, and after");
    int offered = cd_rule_support(&out->met_on, out, eval);
    if (offered == CD_YES)
        cd_rule_say(out, eval, CD_ST_MET, CD_WHY_NONE, "Offered", "Support was offered %s.",
                    cd_rule_on(out->met_on, eval->pool));
    else if (offered == CD_NO) {
        out->fact = "The record says that no support was offered.";
        cd_rule_say(out, eval, CD_ST_UNDETERMINED, CD_WHY_JUDGE, "None offered",
                    "%s A person must judge whether that was reasonable.", out->fact);
    } else if (!eval->talk)
        return no_talk(out, eval);
    else
        cd_rule_say(out, eval, CD_ST_UNDETERMINED, CD_WHY_NO_PROOF, NULL,
                    "Nothing on record says whether support was offered.");
    return NULL;
}

/* What can be said of E11 where the attempts are too few, or there are none. */
static cd_err_t *not_excused(cd_result_t *out, cd_eval_t *eval, const cd_excuse_t *excuse)
{
    cd_result_t scratch = { 0 };
    cd_clock_t clock;
    const char *tried = cd_rule_tries(excuse, eval->pool);
    if (!excuse->attempts && eval->returned) {
        cd_rule_evidence(out, eval->returned);
        cd_rule_say(out, eval, CD_ST_NOT_APPLICABLE, CD_WHY_NONE, "Came back",
                    "The person came back %s, so the excuse ended that day.",
                    cd_rule_on(eval->returned->happened, eval->pool));
    } else if (!excuse->attempts && cd_rule_closed_as_done(eval->file)) {
        cd_rule_say(
            out, eval, CD_ST_NOT_MET, CD_WHY_NONE, NULL,
            "The case was closed as done without a talk, and no attempt to reach the person "
            "and no refusal is on record.");
    } else if (!excuse->attempts) {
        cd_rule_say(out, eval, CD_ST_NOT_APPLICABLE, CD_WHY_NONE, NULL,
                    "Nothing on record says that the person could not be reached or said no.");
    } else {
        CD_ERR(cd_rule_telling_clock(&clock, &scratch, eval));
        int waiting = cd_rule_waiting(clock, eval->as_at) == CD_IN_TIME;
        cd_rule_say(
            out, eval, waiting ? CD_ST_PENDING : CD_ST_UNDETERMINED,
            waiting ? CD_WHY_NONE : CD_WHY_NO_PROOF, tried,
            "%s to reach the person %s on record. The policy asks for at least %d by %d methods.",
            tried, excuse->attempts == 1 ? "is" : "are", eval->policy->excuse_attempts,
            eval->policy->excuse_methods);
    }
    return NULL;
}

/* Excused: by a refusal, or by attempts; or it is for a person to say whether they came soon
 * enough. */
static void claimed(cd_result_t *out, const cd_eval_t *eval, const cd_excuse_t *excuse)
{
    const cd_record_t *by = excuse->refusal ? excuse->refusal : excuse->last;
    const char *tried = cd_rule_tries(excuse, eval->pool),
               *on = cd_rule_on(by->happened, eval->pool);
    out->met_on = by->happened;
    if (excuse->late) {
        cd_rule_evidence(out, excuse->first);
        out->met_on = excuse->first->happened;
        out->fact = cd_rule_first_try(eval);
        cd_rule_say(out, eval, CD_ST_UNDETERMINED, CD_WHY_JUDGE, excuse->attempts ? tried : NULL,
                    "%s A person must judge whether that excuses the trust.", out->fact);
        return;
    }
    if (excuse->refusal)
        cd_rule_say(out, eval, CD_ST_MET, CD_WHY_NONE, "Did not want to talk",
                    "%s did not want to talk, and this is on record, said %s.", cd_rule_who(eval),
                    on);
    else
        cd_rule_say(out, eval, CD_ST_MET, CD_WHY_NONE, tried,
                    "The person could not be reached: %s %s on record, the last %s.", tried,
                    excuse->attempts == 1 ? "is" : "are", on);
    if (excuse->judged
        && ((const cd_judgement_t *)excuse->judged->body)->judgement == CD_JUDGED_REASONABLE)
        cd_rule_rests_on(out, eval, excuse->judged, "this was reasonable");
}

cd_err_t *cd_e11(cd_result_t *out, cd_eval_t *eval)
{
    const cd_excuse_t *excuse = eval->excuse;
    cd_rule_evidence(out, excuse->refusal);
    cd_rule_evidence(out, excuse->last);
    if (eval->notice)
        cd_rule_say(out, eval, CD_ST_NOT_APPLICABLE, CD_WHY_NONE,
                    excuse->attempts ? apr_pstrcat(eval->pool, cd_rule_tries(excuse, eval->pool),
                                                   ", then told", NULL) : NULL,
                    "%s was told, so no excuse is needed.", cd_rule_who(eval));
    else if (excuse->holds || excuse->refusal)
        claimed(out, eval, excuse);
    else
        return not_excused(out, eval, excuse);
    return NULL;
}
