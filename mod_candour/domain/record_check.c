/* record_check.c: what must hold across the answers of one record, and against the file's dates. */
#include <apr_lib.h>
#include <apr_strings.h>

#include "domain/case.h"
#include "domain/claim_status.h"

/* Wholly before: every day of `a` is before every day of `b`. Only then is an order wrong for sure.
 */
static int before(cd_when_t a, cd_when_t b)
{
    return cd_when_known(a) && cd_when_known(b) && a.last < b.first;
}

static void order(cd_problems_t *problems, const char *field, const char *what, cd_when_t is,
                  cd_when_t not_before, const char *which)
{
    if (before(is, not_before))
        cd_problem_add(problems, field, NULL, "%s must be the same as or after %s, %s", what,
                       cd_when_words(not_before, problems->pool), which);
}

static void after_incident(cd_problems_t *problems, const char *field, const char *what,
                           cd_when_t is, const cd_head_dates_t *head)
{
    if (head)
        order(problems, field, what, is, head->occurred, "when the incident happened");
}

static void check_incident(const cd_incident_t *b, cd_problems_t *problems)
{
    order(problems, "reported_on", "Date it was reported", cd_when_day(b->reported_on), b->occurred,
          "when it happened");
}

static void check_patient(const cd_patient_t *b, cd_problems_t *problems)
{
    order(problems, "died", "Date the patient died", b->died, cd_when_day(b->born_on),
          "the date of birth");
}

static void check_opinion(const cd_opinion_t *b, const cd_head_dates_t *head,
                          cd_problems_t *problems)
{
    after_incident(problems, "given", "Date the opinion was given", b->given, head);
    if (b->profession == CD_PROF_NOT_HEALTHCARE)
        cd_problem_add(
            problems, "profession", NULL,
            "The opinion must be a doctor’s, nurse’s or other healthcare professional’s");
}

static void check_support(apr_uint32_t support, cd_problems_t *problems)
{
    apr_uint32_t none = 1u << CD_SUPPORT_NONE;
    if ((support & none) && (support & ~none))
        cd_problem_add(problems, "support", NULL, "Select what was offered, or “None”, not both");
}

static void check_talk(const cd_talk_t *b, const cd_head_dates_t *head, cd_problems_t *problems)
{
    after_incident(problems, "told", "Date you told the patient", b->told, head);
    if (b->mode == CD_MODE_LETTER || b->mode == CD_MODE_EMAIL || b->mode == CD_MODE_PORTAL)
        cd_problem_add(problems, "mode", NULL,
                       "Select face to face, video call or telephone. Log a letter or email as a "
                       "written notification");
    if ((b->mode == CD_MODE_VIDEO || b->mode == CD_MODE_TELEPHONE) && !b->why_not_in_person)
        cd_problem_add(problems, "why_not_in_person", NULL, "Enter why it was not face to face");
    if (b->spoke_role && !b->spoke_name)
        cd_problem_add(problems, "spoke_name", NULL, "Enter the name of who spoke for the trust");
    if (b->spoke2_role && !b->spoke2_name)
        cd_problem_add(problems, "spoke2_name", NULL, "Enter the second name");
    check_support(b->support, problems);
    order(problems, "noted_on", "Date the talk was written up", cd_when_day(b->noted_on), b->told,
          "when you told the patient");
}

static void check_letter(const cd_letter_t *b, const cd_head_dates_t *head, cd_problems_t *problems)
{
    after_incident(problems, "dated", "Date of the letter", b->dated, head);
    order(problems, "sent", "Date it was given or sent", b->sent, b->dated,
          "the date of the letter");
    if (b->proof && !cd_when_known(b->sent))
        cd_problem_add(problems, "sent", NULL, "Enter the date it was given or sent");
}

static void check_refusal(const cd_refusal_t *b, const cd_head_dates_t *head,
                          cd_problems_t *problems)
{
    after_incident(problems, "refused", "Date they said no", b->refused, head);
    if (!b->mode && !b->told_to && !b->words)
        cd_problem_add(problems, "words", NULL,
                       "Enter how they said so, who they said it to, or what they said");
}

static void check_enquiry(const cd_enquiry_t *b, const cd_head_dates_t *head,
                          cd_problems_t *problems)
{
    after_incident(problems, "started", "Date it started", b->started, head);
    order(problems, "signed_off", "Date it was signed off", b->signed_off, b->started,
          "when it started");
    order(problems, "shared", "Date the report was given", b->shared, b->started,
          "when it started");
    if (cd_when_known(b->late_told) && !b->late_reason)
        cd_problem_add(problems, "late_reason", NULL, "Enter why it is not finished in time");
}

static void check_document(const cd_document_t *b, cd_problems_t *problems)
{
    for (const char *p = b->sha256; p && *p; p++)
        if (!apr_isdigit(*p) && (*p < 'a' || *p > 'f')) {
            cd_problem_add(problems, "sha256", NULL,
                           "Fingerprint must be 64 digits and small letters a to f");
            break;
        }
    if (b->withheld == CD_YES && !b->withheld_reason)
        cd_problem_add(problems, "withheld_reason", NULL, "Enter why it is withheld");
}

static void check_judgement(const cd_judgement_t *b, cd_problems_t *problems)
{
    static const int by_date[] = { CD_RULE_C01, CD_RULE_C02, CD_RULE_S02, CD_RULE_S06 };
    for (unsigned i = 0; i < sizeof(by_date) / sizeof(*by_date); i++)
        if (b->rule == by_date[i])
            cd_problem_add(problems, "rule", NULL, "Select another rule. %s goes by its dates",
                           cd_token_word(cd_rule_codes, b->rule));
    if (b->rule == CD_RULE_DUTY)
        cd_problem_add(problems, "rule", NULL,
                       "Select a single rule. The duty as a whole can only be found on");
}

/* A trust may own up; it cannot find itself right. */
static void check_finding(const cd_finding_t *b, cd_problems_t *problems)
{
    if (b->finder == CD_FINDER_TRUST && b->outcome == CD_FOUND_MET)
        cd_problem_add(problems, "outcome", NULL,
                       "Select what the trust admits: not met, or done too late");
    if (b->finder && b->finder != CD_FINDER_TRUST && !b->body_name)
        cd_problem_add(problems, "body_name", NULL, "Enter the name of the court or body");
}

static void check_annual(const cd_annual_t *b, cd_problems_t *problems)
{
    order(problems, "published", "Date it was published", b->published, cd_when_day(b->year_end),
          "the last day of its year");
}

#define NO_BANK "No bank details are kept here. " \
    "Take the sort code and the account number out of the note"

/* Notes of a claim's own steps: who is paid is a class of payee, never an account. */
static void check_note(const char *note, cd_problems_t *problems)
{
    if (cd_bank_details(note))
        cd_problem_add(problems, "note", NULL, "%s", NO_BANK);
}

static void check_inquest(const cd_inquest_t *b, cd_problems_t *problems)
{
    order(problems, "held", "Date the inquest was held", cd_when_day(b->held), b->opened,
          "when it was opened");
    order(problems, "pfd_on", "Date of the report", cd_when_day(b->pfd_on), b->opened,
          "when the inquest was opened");
    order(problems, "pfd_due", "Day the answer is due", cd_when_day(b->pfd_due),
          cd_when_day(b->pfd_on), "the date of the report");
    order(problems, "pfd_answered", "Day the answer was sent", cd_when_day(b->pfd_answered),
          cd_when_day(b->pfd_on), "the date of the report");
    if (b->pfd_answered && !b->pfd_on && !b->pfd_due)
        cd_problem_add(problems, "pfd_on", NULL, "Enter the date of the report that was answered");
}

static void check_allocation(const cd_allocation_t *b, cd_problems_t *problems)
{
    if (!b->handler && !b->team)
        cd_problem_add(problems, "handler", NULL, "Enter a handler, a team or both");
    check_note(b->note, problems);
}

static void check_payment(const cd_payment_t *b, cd_problems_t *problems)
{
    check_note(b->note, problems);
    if (b->kind == CD_PAY_PPO_CAPITALISED && b->payee)
        cd_problem_add(problems, "payee", NULL,
                       "Leave this empty: a capital value is a memo, nobody is paid");
}

void cd_record_check(cd_record_kind_t kind, const void *body, const cd_head_dates_t *head,
                     cd_date_t today, cd_problems_t *problems)
{
    (void)today;                      /* each date was held against it when it was read */
    switch (kind) {
    case CD_REC_INCIDENT: check_incident(body, problems); break;
    case CD_REC_PATIENT: check_patient(body, problems); break;
    case CD_REC_GRADING:
        after_incident(problems, "graded", "Date the harm was graded",
                       ((const cd_grading_t *)body)->graded, head);
        break;
    case CD_REC_OPINION: check_opinion(body, head, problems); break;
    case CD_REC_OPENING: /* that it is not past the opinion: its file's reader checks */
        after_incident(problems, "aware", "Date the trust became aware",
                       ((const cd_opening_t *)body)->aware, head);
        break;
    case CD_REC_TALK: check_talk(body, head, problems); break;
    case CD_REC_LETTER: check_letter(body, head, problems); break;
    case CD_REC_ATTEMPT:
        after_incident(problems, "tried", "Date you tried", ((const cd_attempt_t *)body)->tried,
                       head);
        break;
    case CD_REC_REFUSAL: check_refusal(body, head, problems); break;
    case CD_REC_SUPPORT:
        after_incident(problems, "offered", "Date support was offered",
                       ((const cd_support_t *)body)->offered, head);
        check_support(((const cd_support_t *)body)->support, problems);
        break;
    case CD_REC_MEETING:
        after_incident(problems, "held", "Date", ((const cd_meeting_t *)body)->held, head);
        break;
    case CD_REC_ENQUIRY: check_enquiry(body, head, problems); break;
    case CD_REC_RESULTS:
        after_incident(problems, "sent", "Date the results were sent",
                       ((const cd_results_t *)body)->sent, head);
        break;
    case CD_REC_DOCUMENT: check_document(body, problems); break;
    case CD_REC_JUDGEMENT: check_judgement(body, problems); break;
    case CD_REC_FINDING: check_finding(body, problems); break;
    case CD_REC_PARTIES: cd_parties_check(body, problems); break;
    case CD_REC_PAYMENT: check_payment(body, problems); break;
    case CD_REC_CLAIM_STATUS: check_note(((const cd_claim_status_t *)body)->note, problems); break;
    case CD_REC_CLAIM_EVENT: check_note(((const cd_claim_event_t *)body)->note, problems); break;
    case CD_REC_RESERVE: check_note(((const cd_reserve_t *)body)->note, problems); break;
    case CD_REC_ALLOCATION: check_allocation(body, problems); break;
    case CD_REC_INQUEST: check_inquest(body, problems); break;
    case CD_REC_RETURN:
        after_incident(problems, "returned", "Date the person came back",
                       ((const cd_return_t *)body)->returned, head);
        break;
    case CD_REC_ANNUAL: check_annual(body, problems); break;
    case CD_REC_PERSON: case CD_REC_EXEMPTION: case CD_REC_CLOSURE: case CD_REC_WITHDRAWAL:
    case CD_REC_HANDOVER: case CD_REC_JOIN: case CD_REC_RULE_REASON: case CD_REC_REOPENING:
    case CD_REC_ASSIGNMENT:
    case CD_REC_DRAFT:
    case CD_REC_SIGNOFF:
    case CD_REC_CLAIM:
    case CD_REC_TAKEN_BACK:
    case CD_REC_NO_INCIDENT: case CD_REC_REQUEST: case CD_REC_ANSWER: case CD_REC_INDICATION:
    case CD_REC_REPRESENTATION:
    case CD_REC_FOR_DECISION:
    case CD_REC_CONFIRMATION:
    case CD_REC_TOLD:
    case CD_REC_REVIEW_ASKED:
    case CD_REC_REVIEW:
    case CD_REC_RECOVERY:
    case CD_REC_RECEIPT:
    case CD_REC_SHARED:
    case CD_REC_ALLEGATION: case CD_REC_REGULATORY: case CD_REC_LOOKED:
        break;
    }
}
