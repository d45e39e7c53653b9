/* record_words.c: one record in words: as an event, as evidence, as a line of text.
 *
 * Says what the record says and nothing more; what it means in law is the rules' business. */
#include <apr_strings.h>

#include "base/text.h"
#include "web/case_view.h"
#include "web/page.h"

static const char *attempt_title(const cd_attempt_t *attempt, apr_pool_t *pool)
{
    static const struct { int mode; const char *words; } ways[] = {
        { CD_MODE_FACE_TO_FACE, "Visit" }, { CD_MODE_VIDEO, "Video call" },
        { CD_MODE_TELEPHONE, "Phone call" }, { CD_MODE_LETTER, "Letter" },
        { CD_MODE_EMAIL, "Email" }, { CD_MODE_PORTAL, "Message in the patient portal" }
    };
    const char *way = "Attempt to reach the person";
    const char *outcome = cd_token_label(cd_attempt_outcomes, attempt->outcome);
    size_t i;

    for (i = 0; i < sizeof(ways) / sizeof(ways[0]); i++) {
        if (ways[i].mode == attempt->mode)
            way = ways[i].words;
    }
    return outcome ? apr_psprintf(pool, "%s, %s", way, web_lower_first(outcome, pool)) : way;
}

static const char *opinion_title(const cd_opinion_t *opinion)
{
    switch (opinion->opinion) {
    case CD_OPINION_NOTIFIABLE: return "Found to be notifiable";
    case CD_OPINION_NOT: return "Found not to be notifiable";
    default: return "Opinion given: not sure yet";
    }
}

static const char *letter_title(const cd_letter_t *letter)
{
    return cd_when_known(letter->sent) ? "Written notification sent"
                                       : "Written notification written, not sent yet";
}

static const char *enquiry_title(const cd_enquiry_t *enquiry, apr_pool_t *pool)
{
    const char *type = cd_token_label(cd_enquiry_types, enquiry->type);

    if (!type)
        type = "Enquiry";
    if (cd_when_known(enquiry->signed_off))
        return apr_psprintf(pool, "%s signed off", type);
    return apr_psprintf(pool, "%s %s", type,
                        cd_when_known(enquiry->started) ? "started" : "planned");
}

static const char *rule_title(const char *what, int rule, const char *outcome, apr_pool_t *pool)
{
    const char *code = cd_token_word(cd_rule_codes, rule);

    return apr_psprintf(pool, "%s on %s: %s", what, code ? code : "a rule",
                        outcome ? web_lower_first(outcome, pool) : "not said");
}

static const char *grading_title(const cd_grading_t *grading, apr_pool_t *pool)
{
    const char *outcome = cd_token_label(cd_reg20_outcomes, grading->outcome);

    if (!outcome)
        outcome = cd_token_label(cd_harm_physical, grading->physical);
    return outcome ? apr_psprintf(pool, "Harm graded: %s", web_lower_first(outcome, pool))
                   : "Harm graded";
}

static const char *handover_title(const cd_handover_t *handover, apr_pool_t *pool)
{
    return apr_pstrcat(pool,
                       handover->direction == CD_DIRECTION_RECEIVED ? "Handed over to us by "
                                                                    : "Handed over to ",
                       handover->org_code ? handover->org_code : "another trust", NULL);
}

static const char *join_title(const cd_join_t *join, apr_pool_t *pool)
{
    const char *other = join->other_ref ? join->other_ref : "another case";

    return join->direction == CD_DIRECTION_RECEIVED
               ? apr_pstrcat(pool, other, " was joined to this case", NULL)
               : apr_pstrcat(pool, "Joined to ", other, ", which goes on", NULL);
}

static const char *reason_title(const cd_rule_reason_t *reason, apr_pool_t *pool)
{
    const char *code = cd_token_word(cd_rule_codes, reason->rule);

    return apr_pstrcat(pool, "Why ", code ? code : "a rule", " has no outcome", NULL);
}

const char *web_record_title(const cd_record_t *record, apr_pool_t *pool)
{
    const cd_record_def_t *def = cd_record_def(record->kind);
    const char *label;

    switch ((int)record->kind) {
    case CD_REC_ATTEMPT: return attempt_title(record->body, pool);
    case CD_REC_OPINION: return opinion_title(record->body);
    case CD_REC_GRADING: return grading_title(record->body, pool);
    case CD_REC_LETTER: return letter_title(record->body);
    case CD_REC_ENQUIRY: return enquiry_title(record->body, pool);
    case CD_REC_MEETING:
        label = cd_token_label(cd_meeting_steps, ((const cd_meeting_t *)record->body)->step);
        return label ? label : def->title;
    case CD_REC_JUDGEMENT:
        return rule_title(
            "Judgement", ((const cd_judgement_t *)record->body)->rule,
            cd_token_label(cd_judgements, ((const cd_judgement_t *)record->body)->judgement), pool);
    case CD_REC_FINDING:
        return rule_title(
            "Finding", ((const cd_finding_t *)record->body)->rule,
            cd_token_label(cd_finding_outcomes, ((const cd_finding_t *)record->body)->outcome),
            pool);
    case CD_REC_DOCUMENT:
        label = ((const cd_document_t *)record->body)->name;
        return label ? apr_psprintf(pool, "Document: %s", label) : def->title;
    case CD_REC_HANDOVER: return handover_title(record->body, pool);
    case CD_REC_JOIN: return join_title(record->body, pool);
    case CD_REC_RULE_REASON: return reason_title(record->body, pool);
    case CD_REC_PATIENT: return "Patient recorded";
    case CD_REC_PERSON: return "Person who must be told recorded";
    case CD_REC_INCIDENT:
        return cd_when_known(((const cd_incident_t *)record->body)->occurred) ? "Incident happened"
                                                                              : def->title;
    default: return def->title;
    }
}

const char *web_record_backdated(const cd_record_t *record, apr_pool_t *pool)
{
    const cd_date_t day = record->recorded_at ? cd_london_date(record->recorded_at) : CD_NO_DATE;

    /* An incident is always older than its record; that says nothing of who wrote it down. */
    if (!day || !cd_when_known(record->happened) || record->kind == CD_REC_INCIDENT
        || day - record->happened.last < WEB_BACKDATED_DAYS)
        return NULL;
    return apr_psprintf(pool, "Happened %s%s, entered %s",
                        cd_when_precision(record->happened) == CD_PRECISION_DAY ? "" : "in ",
                        cd_when_words(record->happened, pool), cd_date_words(day, pool));
}

const char *web_record_line(const cd_record_t *record, apr_pool_t *pool)
{
    const char *title;

    if (record->kind == CD_REC_TALK)
        title = "Talk";
    else if (record->kind == CD_REC_OPINION)
        title = apr_psprintf(
            pool, "Opinion: %s",
            web_lower_first(
                cd_token_label(cd_opinions, ((const cd_opinion_t *)record->body)->opinion), pool));
    else if (record->kind == CD_REC_INCIDENT)
        title = "Facts of the incident";
    else
        title = web_record_title(record, pool);
    if (!cd_when_known(record->happened) || record->kind == CD_REC_INCIDENT)
        return title;
    return apr_pstrcat(pool, title,
                       record->kind == CD_REC_OPINION ? ", "
                       : cd_when_precision(record->happened) == CD_PRECISION_DAY ? " on " : ", ",
                       cd_when_words(record->happened, pool), NULL);
}

static const char *two_people(const cd_talk_t *talk, apr_pool_t *pool)
{
    const char *first = talk->spoke_name, *second = talk->spoke2_name;

    if (!first)
        return second;
    if (talk->spoke_role)
        first = apr_pstrcat(pool, first, ", ", talk->spoke_role, NULL);
    if (!second)
        return first;
    if (talk->spoke2_role)
        second = apr_psprintf(pool, "%s, %s", second, talk->spoke2_role);
    return apr_psprintf(pool, "%s, and %s", first, second);
}

const char *web_record_actor(const cd_record_t *record, apr_pool_t *pool)
{
    const void *body = record->body;

    switch ((int)record->kind) {
    case CD_REC_TALK: return two_people(body, pool);
    case CD_REC_OPINION: return ((const cd_opinion_t *)body)->given_by;
    case CD_REC_GRADING: return ((const cd_grading_t *)body)->graded_by;
    case CD_REC_ATTEMPT: return ((const cd_attempt_t *)body)->tried_by;
    case CD_REC_ENQUIRY: return ((const cd_enquiry_t *)body)->led_by;
    case CD_REC_FINDING: return ((const cd_finding_t *)body)->body_name;
    case CD_REC_EXEMPTION: return ((const cd_exemption_t *)body)->authoriser;
    default: return NULL;
    }
}

int web_record_minutes(const cd_record_t *record)
{
    if (record->kind == CD_REC_TALK)
        return ((const cd_talk_t *)record->body)->at;
    if (record->kind == CD_REC_ATTEMPT)
        return ((const cd_attempt_t *)record->body)->at;
    return 0;
}

static const char *join(const char *first, const char *second, apr_pool_t *pool)
{
    if (!first || !second)
        return first ? first : second;
    return apr_pstrcat(pool, first, " ", second, NULL);
}

static const char *talk_text(const cd_talk_t *talk, apr_pool_t *pool)
{
    const char *given[4];
    int count = 0;

    if (talk->facts_given == CD_YES)
        given[count++] = "facts";
    if (talk->apology_given == CD_YES)
        given[count++] = "apology";
    if (talk->enquiries_told == CD_YES)
        given[count++] = "enquiries";
    if (talk->support & ~(1u << CD_SUPPORT_NONE))
        given[count++] = "support";
    return count ? apr_psprintf(pool, "%s given.",
                                web_upper_first(cd_text_list(given, count, pool), pool))
                 : NULL;
}

static const char *incident_text(const cd_incident_t *incident, apr_pool_t *pool)
{
    const char *where =
        incident->service && incident->location
            ? apr_psprintf(pool, "%s, %s.", incident->service, incident->location)
        : incident->service || incident->location
            ? apr_psprintf(pool, "%s.", incident->service ? incident->service : incident->location)
            : NULL;
    const char *ref =
        incident->local_ref ? apr_psprintf(pool, "Local reference %s.", incident->local_ref) : NULL;

    return join(where, ref, pool);
}

static const char *labelled(const cd_token_t *list, int value, const char *note, apr_pool_t *pool)
{
    const char *label = cd_token_label(list, value);

    return join(label ? apr_psprintf(pool, "%s.", label) : NULL, note, pool);
}

static const char *handover_text(const cd_handover_t *handover, apr_pool_t *pool)
{
    const char *theirs =
        handover->other_ref ? apr_psprintf(pool, "Their case: %s.", handover->other_ref) : NULL;

    return join(theirs, handover->reason, pool);
}

static const char *annual_text(const cd_annual_t *annual, apr_pool_t *pool)
{
    return annual->year_end
               ? apr_psprintf(pool, "Year to %s. %s", cd_date_words(annual->year_end, pool),
                              annual->source ? annual->source : "")
               : annual->source;
}

const char *web_record_text(const cd_record_t *record, apr_pool_t *pool)
{
    const void *body = record->body;

    switch ((int)record->kind) {
    case CD_REC_TALK: return talk_text(body, pool);
    case CD_REC_INCIDENT: return incident_text(body, pool);
    case CD_REC_OPINION: return ((const cd_opinion_t *)body)->reasons;
    case CD_REC_GRADING: return ((const cd_grading_t *)body)->reason;
    case CD_REC_ATTEMPT: return ((const cd_attempt_t *)body)->note;
    case CD_REC_REFUSAL: return ((const cd_refusal_t *)body)->words;
    case CD_REC_MEETING: return ((const cd_meeting_t *)body)->note;
    case CD_REC_ENQUIRY: return ((const cd_enquiry_t *)body)->note;
    case CD_REC_RESULTS: return ((const cd_results_t *)body)->note;
    case CD_REC_OPENING: return ((const cd_opening_t *)body)->note;
    case CD_REC_JUDGEMENT: return ((const cd_judgement_t *)body)->reasons;
    case CD_REC_FINDING: return ((const cd_finding_t *)body)->words;
    case CD_REC_EXEMPTION: return ((const cd_exemption_t *)body)->reason;
    case CD_REC_WITHDRAWAL: return ((const cd_withdrawal_t *)body)->reason;
    case CD_REC_SUPPORT: return ((const cd_support_t *)body)->note;
    case CD_REC_HANDOVER: return handover_text(body, pool);
    case CD_REC_JOIN: return ((const cd_join_t *)body)->reason;
    case CD_REC_RETURN: return ((const cd_return_t *)body)->words;
    case CD_REC_RULE_REASON: return ((const cd_rule_reason_t *)body)->reason;
    case CD_REC_REOPENING: return ((const cd_reopening_t *)body)->reason;
    case CD_REC_ANNUAL: return annual_text(body, pool);
    case CD_REC_LETTER: {
        const char *proof = ((const cd_letter_t *)body)->proof;

        return proof ? apr_psprintf(pool, "Proof of sending: %s", proof) : NULL;
    }
    case CD_REC_CLOSURE:
        return labelled(cd_closure_reasons, ((const cd_closure_t *)body)->reason,
                        ((const cd_closure_t *)body)->note, pool);
    default: return NULL;
    }
}
