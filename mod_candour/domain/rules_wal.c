/* rules_wal.c: Wales: W00 to W06.
 *
 * The law counts two times in working days: a notice after 30 must say why it is late (W02), and
 * the written notification follows within 5 (W03). The notice itself is due on first becoming
 * aware, and a person judges that.
 * @source 2020 Act s 3; Duty of Candour Procedure (Wales) Regulations 2023, WSI 2023/274, regs 4,
 * 5, 6 and 9 */
#include <apr_strings.h>

#include "base/text.h"
#include "domain/rules.h"

#define ACT "2020 asc 1"
#define REGS "WSI 2023/274"

static cd_err_t *w00(cd_result_t *out, cd_eval_t *eval)
{
    const cd_record_t *incident = cd_case_last(eval->file, CD_REC_INCIDENT);
    const cd_record_t *record = eval->opinion;
    cd_date_t reported =
        incident ? ((const cd_incident_t *)incident->body)->reported_on : CD_NO_DATE;
    cd_clock_t clock;
    CD_ERR(
        cd_rule_clock(&clock, out, eval, CD_DUE_TARGET,
                      cd_rule_limit(eval->file->org->target_opinion_wd, eval->policy->opinion_wd),
                      cd_when_day(reported), "it was reported"));
    if (!record)
        return cd_rule_undone(out, eval, clock, "Nobody has written down whether the duty applies",
                              CD_DUE_TARGET);
    const cd_opinion_t *opinion = record->body;
    const char *on = cd_rule_on(record->happened, eval->pool);
    cd_rule_evidence(out, record);
    out->met_on = record->happened;
    CD_ERR(cd_rule_late(out, eval, clock, record->happened, CD_DUE_TARGET));
    if (opinion->opinion != CD_OPINION_NOTIFIABLE && opinion->opinion != CD_OPINION_NOT)
        cd_rule_say(out, eval, CD_ST_UNDETERMINED, CD_WHY_NOT_KNOWN, "Not sure yet",
                    "%s was not sure %s whether the duty applies.", cd_rule_giver(record), on);
    else if (!opinion->reasons)
        cd_rule_say(out, eval, CD_ST_UNDETERMINED, CD_WHY_NO_PROOF, NULL,
                    "An opinion given %s is on record without reasons.", on);
    else
        cd_rule_say(out, eval, CD_ST_MET, CD_WHY_NONE, cd_when_words(record->happened, eval->pool),
                    "%s gave the opinion %s that the incident is %s.", cd_rule_giver(record), on,
                    opinion->opinion == CD_OPINION_NOTIFIABLE ? "notifiable" : "not notifiable");
    if (out->status == CD_ST_MET)
        cd_rule_rests_on(out, eval, eval->opinion_judged, "this opinion holds");
    return NULL;
}

/* What regulation 4(1) and (3) ask of the notice. Telephone and video count as in person:
 * regulation 2. */
static int in_person(const cd_talk_t *talk)
{
    return !talk->mode ? CD_UNSAID
           : talk->mode == CD_MODE_FACE_TO_FACE || talk->mode == CD_MODE_VIDEO
                   || talk->mode == CD_MODE_TELEPHONE
               ? CD_YES
               : CD_NO;
}

static int account(const cd_talk_t *talk) { return talk->facts_given; }
static int conditions(const cd_talk_t *talk) { return talk->conditions_told; }
static int apology(const cd_talk_t *talk) { return talk->apology_given; }
static int contact(const cd_talk_t *talk) { return talk->contact_named; }
static int enquiries(const cd_talk_t *talk) { return talk->enquiries_told; }
static int support(const cd_talk_t *talk)
{
    return !talk->support ? CD_UNSAID : talk->support & ~(1u << CD_SUPPORT_NONE) ? CD_YES : CD_NO;
}

static const struct content_t {
    int (*said)(const cd_talk_t *talk);
    const char *what;
} contents[] = {
    { in_person, "that it was by telephone, by video or face to face" },
    { account, "an account of all the facts known" },
    { conditions, "why the duty applies" },
    { apology, "an apology" },
    { contact, "a named contact" },
    { enquiries, "what enquiries follow" },
    { support, "support services" }
};
enum { CONTENTS = sizeof(contents) / sizeof(*contents), ACCOUNT = 1, SUPPORT = 6 };

/* How the contents stand over all talks: in the first talk or in one within the target; only later;
 * said not to have been given; or not on record. */
typedef struct notice_t {
    const char *no[CONTENTS], *unsaid[CONTENTS], *later[CONTENTS];
    int no_count, unsaid_count, later_count;
    int only_account;              /* nothing but the account was left out */
} notice_t;

enum { STANDS = 1, LATER, LEFT_OUT, NOT_SAID };

static int content_of(const struct content_t *content, cd_eval_t *eval, cd_clock_t clock)
{
    const cd_record_t *r = NULL;
    int answer = NOT_SAID;
    while ((r = cd_case_next(eval->file, CD_REC_TALK, r))) {
        int said = content->said(r->body);
        if (said == CD_YES && (r == eval->talk || cd_rule_timing(clock, r->happened) == CD_IN_TIME))
            return STANDS;
        if (said == CD_YES)
            answer = LATER;
        else if (said == CD_NO && answer != LATER)
            answer = LEFT_OUT;
    }
    return answer;
}

static void weigh_contents(notice_t *notice, cd_result_t *out, cd_eval_t *eval, cd_clock_t clock)
{
    cd_result_t scratch = { 0 };
    cd_when_t on;
    *notice = (notice_t){ 0 };
    for (int i = 0; i < CONTENTS; i++) {
        int stands = content_of(&contents[i], eval, clock);
        if (i == SUPPORT && stands != STANDS && cd_rule_support(&on, &scratch, eval) == CD_YES) {
            stands = cd_rule_timing(clock, on) == CD_TOO_LATE ? LATER : STANDS;
            for (int k = 0; k < scratch.evidence_count; k++)
                cd_rule_evidence(out, cd_case_seq(eval->file, scratch.evidence[k]));
        }
        if (stands == LEFT_OUT) {
            notice->only_account = i == ACCOUNT && !notice->no_count;
            notice->no[notice->no_count++] = contents[i].what;
        } else if (stands == NOT_SAID)
            notice->unsaid[notice->unsaid_count++] = contents[i].what;
        else if (stands == LATER)
            notice->later[notice->later_count++] = contents[i].what;
    }
}

/* The answer where the notice was not whole; 1 if it was not. */
static int not_whole(cd_result_t *out, cd_eval_t *eval, const notice_t *notice)
{
    apr_pool_t *pool = eval->pool;
    const char *on = cd_rule_on(eval->talk->happened, pool),
               *words = cd_when_words(eval->talk->happened, pool);
    if (notice->no_count && notice->only_account) {
        out->fact = apr_psprintf(pool, "Not all the facts known were given in the talk %s.", on);
        cd_rule_say(out, eval, CD_ST_UNDETERMINED, CD_WHY_JUDGE, words,
                    "%s A person must judge whether the account was full and true.", out->fact);
    } else if (notice->no_count)
        cd_rule_say(out, eval, CD_ST_NOT_MET, CD_WHY_NONE, words, "The notice %s lacked %s.", on,
                    cd_text_list(notice->no, notice->no_count, pool));
    else if (notice->unsaid_count)
        cd_rule_say(out, eval, CD_ST_UNDETERMINED, CD_WHY_NO_PROOF, words,
                    "The record of the notice %s does not show %s.", on,
                    cd_text_list(notice->unsaid, notice->unsaid_count, pool));
    else if (notice->later_count) {
        out->fact = apr_psprintf(pool, "Only a later talk held %s.",
                                 cd_text_list(notice->later, notice->later_count, pool));
        cd_rule_say(out, eval, CD_ST_UNDETERMINED, CD_WHY_JUDGE, words,
                    "%s A person must judge whether that was in time.", out->fact);
    }
    return out->status != 0;
}

static cd_err_t *w01(cd_result_t *out, cd_eval_t *eval)
{
    cd_clock_t clock;
    notice_t notice;
    const char *told;
    cd_rule_law(out, "On first becoming aware");
    CD_ERR(cd_rule_talk_clock(&clock, out, eval));
    if (!eval->talk)
        return cd_rule_undone(
            out, eval, clock,
            apr_pstrcat(eval->pool, cd_rule_who(eval), " has not been told", NULL), CD_DUE_TARGET);
    cd_rule_evidence(out, eval->talk);
    out->met_on = eval->talk->happened;
    CD_ERR(cd_rule_late(out, eval, clock, out->met_on, CD_DUE_TARGET));
    weigh_contents(&notice, out, eval, clock);
    if (not_whole(out, eval, &notice))
        return NULL;
    CD_ERR(cd_rule_told(&told, eval, out->met_on));
    const char *on = cd_when_words(out->met_on, eval->pool);
    switch (cd_rule_timing(clock, out->met_on)) {
    case CD_IN_TIME:
        cd_rule_say(out, eval, CD_ST_MET, CD_WHY_NONE, on,
                    "%s, with all that the notice must hold.", told);
        break;
    case CD_TOO_LATE:
        out->fact = apr_psprintf(eval->pool, "%s. That is %s.", told,
                                 cd_rule_past_words(out, CD_DUE_TARGET, eval->pool));
        cd_rule_say(
            out, eval, CD_ST_UNDETERMINED, CD_WHY_JUDGE, on,
            "%s The law says on first becoming aware, so a person must judge whether it was.",
            out->fact);
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

/* Regulation 4(3)(g): lateness alone breaks nothing; a late notice that does not say why it is late
 * does. */
static void late_notice(cd_result_t *out, cd_eval_t *eval, cd_timing_t timing, const char *words)
{
    const char *on = cd_rule_on(eval->talk->happened, eval->pool);
    const cd_record_t *elsewhere = cd_rule_late_reason(eval);
    if (((const cd_talk_t *)eval->talk->body)->reason_if_late)
        cd_rule_say(out, eval, CD_ST_MET, CD_WHY_NONE, words,
                    "The notice %s gave the reason for the delay.", on);
    else if (timing == CD_UNCLEAR)
        cd_rule_say(
            out, eval, CD_ST_UNDETERMINED, CD_WHY_NOT_KNOWN, words,
            "The dates on record do not show whether the notice %s came after 30 working days.",
            on);
    else if (elsewhere) {
        cd_rule_evidence(out, elsewhere);
        out->fact = apr_psprintf(eval->pool, "The notice %s was %s. The reason was given only %s.",
                                 on, cd_rule_past_words(out, CD_DUE_LAW, eval->pool),
                                 cd_rule_on(elsewhere->happened, eval->pool));
        cd_rule_say(out, eval, CD_ST_UNDETERMINED, CD_WHY_JUDGE, words,
                    "%s A person must judge whether that is enough.", out->fact);
    } else
        cd_rule_say(out, eval, CD_ST_NOT_MET, CD_WHY_NONE, words,
                    "The notice %s was %s, and it did not give the reason for the delay.", on,
                    cd_rule_past_words(out, CD_DUE_LAW, eval->pool));
}

static cd_err_t *w02(cd_result_t *out, cd_eval_t *eval)
{
    cd_clock_t clock;
    CD_ERR(cd_rule_clock(&clock, out, eval, CD_DUE_LAW, eval->policy->law_talk_wd, eval->since,
                         eval->returned ? "the person came back" : "the trust became aware"));
    if (!eval->talk) {
        int late = cd_rule_waiting(clock, eval->as_at) == CD_TOO_LATE;
        cd_rule_say(
            out, eval, CD_ST_PENDING, CD_WHY_NONE, late ? "Reason will be needed" : "Not due yet",
            "%s",
            late ? "The notice is still to come, and it must then give the reason for the delay."
                 : "A reason for delay is needed only if the notice comes after that date.");
        return NULL;
    }
    cd_timing_t timing = cd_rule_timing(clock, eval->talk->happened);
    cd_rule_evidence(out, eval->talk);
    out->met_on = eval->talk->happened;
    CD_ERR(cd_rule_late(out, eval, clock, out->met_on, CD_DUE_LAW));
    if (timing == CD_IN_TIME)
        cd_rule_say(
            out, eval, CD_ST_NOT_APPLICABLE, CD_WHY_NONE, "No reason needed",
            "The notice %s came within 30 working days, so it needed no reason for a delay.",
            cd_rule_on(out->met_on, eval->pool));
    else
        late_notice(out, eval, timing, cd_when_words(out->met_on, eval->pool));
    return NULL;
}

static cd_err_t *w03(cd_result_t *out, cd_eval_t *eval)
{
    cd_clock_t clock;
    int found;
    cd_when_t talked = eval->talk ? eval->talk->happened : (cd_when_t){ CD_NO_DATE, CD_NO_DATE };
    CD_ERR(cd_rule_clock(&clock, out, eval, CD_DUE_LAW, eval->policy->law_letter_wd, talked,
                         "the notice was given in person"));
    if (!eval->talk) {
        cd_rule_say(
            out, eval, CD_ST_PENDING, CD_WHY_NONE, "Waits for the talk",
            "The written notification follows the notice in person, and none is on record.");
        return NULL;
    }
    CD_ERR(cd_rule_letter(&found, out, eval, clock, CD_DUE_LAW));
    return found
               ? NULL
               : cd_rule_by_date(out, eval, clock, CD_DUE_LAW, "The written notification was sent",
                                 "The written notification has not been sent");
}

/* What regulation 9(2) asks to be kept and is not there yet, in words. */
static int not_kept(const char **list, cd_result_t *out, const cd_eval_t *eval)
{
    int letters = 0, without = 0, count = 0;
    const cd_record_t *r = NULL;
    cd_when_t on;
    cd_rule_copies(&letters, &without, out, eval);
    if (eval->talk && !cd_rule_note(&on, out, eval))
        list[count++] = "a note of the talk";
    if (without)
        list[count++] = "a copy of each letter";
    while ((r = cd_case_next(eval->file, CD_REC_MEETING, r)))
        if (((const cd_meeting_t *)r->body)->step == CD_MEETING_HELD
            && !((const cd_meeting_t *)r->body)->note
            && !cd_when_known(((const cd_meeting_t *)r->body)->note_given)) {
            list[count++] = "a note of each meeting";
            break;
        }
    return count;
}

/* Regulation 9: the attempts and a decision not to be contacted are part of the record, and all
 * there is to keep where the person could not be told. */
static cd_err_t *w05(cd_result_t *out, cd_eval_t *eval)
{
    const char *list[4];
    cd_rule_law(out, "From the first step on");
    if (!eval->talk && (eval->excuse->attempts || eval->excuse->refusal || eval->excuse->holds))
        return cd_e11(out, eval);
    int missing = not_kept(list, out, eval);
    if (!eval->talk && cd_rule_closed_as_done(eval->file) && !eval->returned)
        return cd_e11(out, eval);
    if (missing)
        cd_rule_say(out, eval, CD_ST_UNDETERMINED, CD_WHY_NO_PROOF, "Not whole",
                    "The record lacks %s.", cd_text_list(list, missing, eval->pool));
    else if (!out->evidence_count)
        cd_rule_say(
            out, eval, CD_ST_PENDING, CD_WHY_NONE, "Nothing done yet",
            "Nothing has been told or sent yet, so there is nothing to keep but what is here.");
    else
        cd_rule_say(out, eval, CD_ST_MET, CD_WHY_NONE, "Kept",
                    "A record of every notice, letter and attempt is kept.");
    return NULL;
}

static cd_err_t *w06(cd_result_t *out, cd_eval_t *eval)
{
    return cd_rule_annual(out, eval, 0);
}

#define ROW(code_, name_, law_, instrument_, weight_, group_, judge_, parts_) \
    { #code_, CD_RULE_##code_, name_, law_, instrument_, weight_, group_, judge_, parts_ }

const cd_rule_t cd_rules_wal[CD_RULES_WAL] = {
    ROW(W00, "Whether the duty applies", "Section 3", ACT, CD_WEIGHT_NONE, CD_GROUP_DECIDING, w00,
        CD_PART_OPINION),
    ROW(W01, "The person was told in person", "Regulation 4(1) and (3)", REGS, CD_WEIGHT_DUTY,
        CD_GROUP_TELLING, w01,
        CD_PART_TELLING | CD_PART_NOTICE),
    ROW(W02, "A late notice gives its reason", "Regulation 4(3)(g)", REGS, CD_WEIGHT_DUTY,
        CD_GROUP_TELLING, w02,
        CD_PART_NOTICE | CD_PART_BY_DATE),
    ROW(W03, "A written notification was sent", "Regulation 5", REGS, CD_WEIGHT_DUTY,
        CD_GROUP_WRITING, w03,
        CD_PART_NOTICE | CD_PART_BY_DATE),
    ROW(W04, "Results of enquiries given", "Regulation 6", REGS, CD_WEIGHT_DUTY, CD_GROUP_RESULTS,
        cd_e10,
        CD_PART_NOTICE),
    ROW(W05, "Everything is on record", "Regulation 9", REGS, CD_WEIGHT_DUTY, CD_GROUP_EXCUSE, w05,
        CD_PART_EXCUSE | CD_PART_COPIES),
    ROW(W06, "Counted in the annual report", "Sections 5 to 8", ACT, CD_WEIGHT_DUTY,
        CD_GROUP_REPORT, w06, 0)
};
