/* rules_letter.c: England, writing to the person and sharing results: E09, E10, E12; and the two
 * contract rules, C01 and C02, which go by their dates alone.
 *
 * @source SI 2014/2936 reg 20(4), (6); NHS Standard Contract, Service Condition 35. */
#include <apr_strings.h>

#include "domain/rules.h"

/* A paper of the kind on file that proves sending, dated no earlier than the letter. */
static const cd_record_t *proof_on_file(const cd_eval_t *eval, cd_when_t dated)
{
    const cd_record_t *r = NULL;
    while ((r = cd_case_next(eval->file, CD_REC_DOCUMENT, r)))
        if (((const cd_document_t *)r->body)->kind == CD_DOC_EVIDENCE_OF_SENDING
            && cd_when_known(r->happened) && r->happened.last >= dated.first)
            return r;
    return NULL;
}

static const char *letter_lacks(const cd_letter_t *letter, int answer)
{
    if (letter->account_given == answer)
        return "the account of the facts";
    if (letter->enquiries_given == answer)
        return "details of the enquiries";
    return letter->apology_given == answer ? "an apology" : NULL;
}

/* How the letter stands against the clock, once it is known to have gone out with all its parts. */
static cd_err_t *sent_in_time(cd_result_t *out, cd_eval_t *eval, cd_clock_t clock,
                              cd_due_kind_t kind, const char *what)
{
    CD_ERR(cd_rule_late(out, eval, clock, out->met_on, kind));
    const char *words = cd_when_words(out->met_on, eval->pool),
               *on = cd_rule_on(out->met_on, eval->pool);
    cd_timing_t timing = clock.early ? cd_rule_timing(clock, out->met_on) : CD_IN_TIME;
    if (timing == CD_IN_TIME)
        cd_rule_say(out, eval, CD_ST_MET, CD_WHY_NONE, words, "%s %s, and there is proof of it.",
                    what, on);
    else if (timing == CD_TOO_LATE && kind == CD_DUE_LAW)
        cd_rule_say(out, eval, CD_ST_MET_LATE, CD_WHY_NONE, words, "%s %s, %s, %s.", what, on,
                    cd_rule_past_words(out, kind, eval->pool),
                    cd_date_words(clock.late, eval->pool));
    else if (timing == CD_TOO_LATE) {
        out->fact = apr_psprintf(eval->pool, "%s %s, %s.", what, on,
                                 cd_rule_past_words(out, kind, eval->pool));
        cd_rule_say(
            out, eval, CD_ST_UNDETERMINED, CD_WHY_JUDGE, words,
            "%s The law sets no number of days, so a person must judge whether it was late.",
            out->fact);
    } else
        cd_rule_say(out, eval, CD_ST_UNDETERMINED, CD_WHY_NOT_KNOWN, words,
                    "%s %s. The dates on record do not show whether this was within %s.", what, on,
                    cd_rule_limit_words((int)kind));
    return NULL;
}

/* The written notification follows the one in person: a letter before it leaves the time for
 * another. */
static void sent_before_talk(cd_result_t *out, const cd_eval_t *eval, cd_clock_t clock,
                             cd_due_kind_t kind)
{
    out->fact = apr_psprintf(eval->pool, "The letter was sent %s, before the talk %s.",
                             cd_rule_on(out->met_on, eval->pool),
                             cd_rule_on(eval->talk->happened, eval->pool));
    if (cd_rule_waiting(clock, eval->as_at) == CD_IN_TIME
        && !cd_rule_judgement(eval->file, out->rule->number))
        cd_rule_say(out, eval, CD_ST_PENDING, CD_WHY_NONE, "Not due yet",
                    "%s The written notification has to follow the talk, and %s has not passed.",
                    out->fact, cd_rule_limit_words((int)kind));
    else
        cd_rule_say(out, eval, CD_ST_UNDETERMINED, CD_WHY_JUDGE,
                    cd_when_words(out->met_on, eval->pool),
                    "%s The written notification has to follow the talk, so a person must judge "
                    "whether this "
                    "letter may stand for it.",
                    out->fact);
}

/* What a letter must hold is the regulation's in England. What Welsh regulation 5(2) asks for is
 * not settled here, so a person weighs what is missing. */
static void letter_without(cd_result_t *out, const cd_eval_t *eval, cd_due_kind_t kind,
                           const char *dated, const char *lacks)
{
    out->fact = apr_psprintf(eval->pool, "The letter dated %s does not hold %s.", dated, lacks);
    if (kind == CD_DUE_LAW)
        cd_rule_say(out, eval, CD_ST_UNDETERMINED, CD_WHY_JUDGE, dated,
                    "%s A person must judge whether it is the notification that the law asks for.",
                    out->fact);
    else
        cd_rule_say(out, eval, CD_ST_NOT_MET, CD_WHY_NONE, dated, "%s", out->fact);
}

static cd_err_t *judge_letter(cd_result_t *out, cd_eval_t *eval, cd_clock_t clock,
                              cd_due_kind_t kind, const cd_record_t *record)
{
    const cd_letter_t *letter = record->body;
    cd_when_t sent = cd_rule_by(letter->sent, eval->as_at);
    const cd_record_t *paper = letter->proof ? NULL : proof_on_file(eval, record->happened);
    const char *dated = cd_when_words(record->happened, eval->pool);
    cd_rule_evidence(out, record);
    cd_rule_evidence(out, paper);
    out->met_on = sent;
    if (letter_lacks(letter, CD_NO))
        letter_without(out, eval, kind, dated, letter_lacks(letter, CD_NO));
    else if (!cd_when_known(sent) && cd_rule_waiting(clock, eval->as_at) == CD_IN_TIME)
        cd_rule_say(out, eval, CD_ST_PENDING, CD_WHY_NONE, "Not sent yet",
                    "A letter dated %s is on file. It is not sent yet, and %s has not passed.",
                    dated, cd_rule_limit_words((int)kind));
    else if (!cd_when_known(sent) || (!letter->proof && !paper))
        cd_rule_say(out, eval, CD_ST_UNDETERMINED, CD_WHY_NO_PROOF, dated,
                    "A letter dated %s is on file. Nothing shows that it was sent.", dated);
    else if (letter_lacks(letter, CD_UNSAID))
        cd_rule_say(out, eval, CD_ST_UNDETERMINED, CD_WHY_NO_PROOF, dated,
                    "The letter dated %s was sent. The record does not say whether it holds %s.",
                    dated, letter_lacks(letter, CD_UNSAID));
    else if (eval->talk && sent.last < eval->talk->happened.first)
        sent_before_talk(out, eval, clock, kind);
    else
        return sent_in_time(out, eval, clock, kind, "The written notification was sent");
    return NULL;
}

/* Of several answers, the one that speaks best for the trust. Each was judged by itself before, so
 * that one letter more can never take away what another has won. */
static int rank(const cd_result_t *r)
{
    if (r->status == CD_ST_UNDETERMINED)
        return r->why == CD_WHY_JUDGE ? 1 : r->why == CD_WHY_NOT_KNOWN ? 3 : 4;
    return r->status == CD_ST_MET        ? 0
           : r->status == CD_ST_MET_LATE ? 1
           : r->status == CD_ST_PENDING  ? 2
                                         : 5;
}

cd_err_t *cd_rule_letter(int *found_out, cd_result_t *out, cd_eval_t *eval, cd_clock_t clock,
                         cd_due_kind_t kind)
{
    cd_result_t best = *out;
    const cd_record_t *r = NULL, *by = NULL;
    while ((r = cd_case_next(eval->file, CD_REC_LETTER, r))) {
        cd_result_t one = *out;
        CD_ERR(judge_letter(&one, eval, clock, kind, r));
        cd_rule_judged(&one, eval);
        if (!by || rank(&one) < rank(&best)
            || (rank(&one) == rank(&best) && cd_rule_sooner(r->happened, by->happened))) {
            best = one;
            by = r;
        }
    }
    *found_out = by != NULL;
    if (by)
        *out = best;
    return NULL;
}

cd_err_t *cd_e09(cd_result_t *out, cd_eval_t *eval)
{
    cd_clock_t clock;
    cd_when_t talked = eval->talk ? eval->talk->happened : (cd_when_t){ CD_NO_DATE, CD_NO_DATE };
    int found;
    cd_rule_law(out, "To follow the talk");
    CD_ERR(cd_rule_clock(&clock, out, eval, CD_DUE_TARGET,
                         cd_rule_limit(eval->file->org->target_letter_wd, eval->policy->letter_wd),
                         talked, "the talk was held"));
    CD_ERR(cd_rule_letter(&found, out, eval, clock, CD_DUE_TARGET));
    if (found)
        return NULL;
    if (!eval->talk)
        cd_rule_say(out, eval, CD_ST_PENDING, CD_WHY_NONE, "Waits for the talk",
                    "The written notification follows the talk, and no talk is on record.");
    else
        return cd_rule_undone(out, eval, clock, "The written notification has not been sent",
                              CD_DUE_TARGET);
    return NULL;
}

const cd_record_t *cd_rule_enquiry(cd_when_t *signed_off, const cd_eval_t *eval)
{
    const cd_record_t *best = NULL, *r = NULL;
    *signed_off = (cd_when_t){ CD_NO_DATE, CD_NO_DATE };
    while ((r = cd_case_next(eval->file, CD_REC_ENQUIRY, r))) {
        cd_when_t on = cd_rule_by(((const cd_enquiry_t *)r->body)->signed_off, eval->as_at);
        if (!best || on.last > signed_off->last
            || (on.last == signed_off->last && r->happened.last >= best->happened.last)) {
            best = r;
            *signed_off = on;
        }
    }
    return best;
}

static void waits_for_sign_off(cd_result_t *out, const cd_eval_t *eval, cd_due_kind_t kind,
                               int days, const cd_enquiry_t *body)
{
    const char *expected = body->expected_on
                               ? apr_pstrcat(eval->pool, ", expected ",
                                             cd_date_words(body->expected_on, eval->pool), NULL)
                               : "";
    out->dues[out->due_count++] = (cd_due_t){ kind, CD_NO_DATE,
        apr_psprintf(eval->pool, "%d working days after sign-off%s", days, expected), CD_NO_DATE };
    cd_rule_say(out, eval, CD_ST_PENDING, CD_WHY_NONE, "Waits for sign-off",
                "The enquiry is not signed off yet%s, so its results are not due.", expected);
}

/* Written results that belong to the last sign-off: sent on or after it, of several the first with
 * proof. */
static const cd_record_t *results_sent(cd_when_t signed_off, const cd_eval_t *eval)
{
    const cd_record_t *best = NULL, *r = NULL;
    int best_proved = 0;
    while ((r = cd_case_next(eval->file, CD_REC_RESULTS, r))) {
        if (r->happened.last < signed_off.first)
            continue;
        int proved = ((const cd_results_t *)r->body)->proof || proof_on_file(eval, r->happened);
        if (best
            && (proved < best_proved
                || (proved == best_proved && !cd_rule_sooner(r->happened, best->happened))))
            continue;
        best = r;
        best_proved = proved;
    }
    return best;
}

cd_err_t *cd_e10(cd_result_t *out, cd_eval_t *eval)
{
    int days = cd_rule_limit(eval->file->org->target_results_wd, eval->policy->results_wd);
    cd_clock_t clock = { CD_NO_DATE, CD_NO_DATE };
    cd_when_t signed_off;
    const cd_record_t *asked = cd_rule_enquiry(&signed_off, eval);
    const cd_record_t *sent = results_sent(signed_off, eval);
    cd_rule_evidence(out, asked);
    cd_rule_evidence(out, sent);
    if (!asked && !sent) {
        cd_rule_say(out, eval, CD_ST_NOT_APPLICABLE, CD_WHY_NONE, "No enquiry",
                    "No enquiry is on record, so there are no results to share.");
        return NULL;
    }
    if (asked && !cd_when_known(signed_off) && !sent) {
        waits_for_sign_off(out, eval, CD_DUE_TARGET, days, asked->body);
        return NULL;
    }
    if (cd_when_known(signed_off))
        CD_ERR(cd_rule_clock(&clock, out, eval, CD_DUE_TARGET, days, signed_off,
                             "the enquiry was signed off"));
    if (!sent)
        return cd_rule_undone(out, eval, clock, "The results have not been sent in writing",
                              CD_DUE_TARGET);
    out->met_on = sent->happened;
    if (!((const cd_results_t *)sent->body)->proof && !proof_on_file(eval, sent->happened)) {
        cd_rule_say(out, eval, CD_ST_UNDETERMINED, CD_WHY_NO_PROOF,
                    cd_when_words(out->met_on, eval->pool),
                    "Results dated %s are on file. Nothing shows that they were sent.",
                    cd_when_words(out->met_on, eval->pool));
        return NULL;
    }
    return sent_in_time(out, eval, clock, CD_DUE_TARGET, "The results were sent in writing");
}

/* Counts letters and those without a copy; a stored paper stands for one letter without a copy. The
 * PDF of a letter that was written here is of that letter alone, which says itself where it is
 * kept. */
void cd_rule_copies(int *letters, int *without, cd_result_t *out, const cd_eval_t *eval)
{
    const cd_record_t *r = NULL;
    int papers = 0;
    while ((r = cd_case_next(eval->file, CD_REC_LETTER, r))) {
        (*letters)++;
        *without += ((const cd_letter_t *)r->body)->copy_kept == NULL;
        cd_rule_evidence(out, r);
    }
    while ((r = cd_case_next(eval->file, CD_REC_RESULTS, r))) {
        (*letters)++;
        *without += ((const cd_results_t *)r->body)->copy_kept == NULL;
        cd_rule_evidence(out, r);
    }
    while ((r = cd_case_next(eval->file, CD_REC_DOCUMENT, r))) {
        const cd_document_t *paper = r->body;
        papers += !paper->signoff_seq
                  && (paper->kind == CD_DOC_LETTER_1 || paper->kind == CD_DOC_LETTER_2
                      || paper->kind == CD_DOC_REPORT);
    }
    *without = *without > papers ? *without - papers : 0;
}

cd_err_t *cd_e12(cd_result_t *out, cd_eval_t *eval)
{
    int letters = 0, without = 0;
    cd_rule_copies(&letters, &without, out, eval);
    cd_rule_law(out, "From the first letter on");
    if (!letters && eval->excuse->holds)
        cd_rule_say(out, eval, CD_ST_NOT_APPLICABLE, CD_WHY_NONE, NULL,
                    "There is no correspondence to keep: the person was not reached or said no.");
    else if (!letters)
        cd_rule_say(out, eval, CD_ST_PENDING, CD_WHY_NONE, "Nothing sent yet",
                    "Nothing has been sent yet, so there is no copy to keep.");
    else if (without)
        cd_rule_say(out, eval, CD_ST_UNDETERMINED, CD_WHY_NO_PROOF,
                    apr_psprintf(eval->pool, "%d of %d kept", letters - without, letters),
                    "%d letter%s on record, and for %d nothing says where the copy is kept.",
                    letters, letters == 1 ? " is" : "s are", without);
    else
        cd_rule_say(
            out, eval, CD_ST_MET, CD_WHY_NONE,
            apr_psprintf(eval->pool, "%d letter%s stored", letters, letters == 1 ? "" : "s"),
            "A copy of every letter is kept: %d in all.", letters);
    return NULL;
}

/* 1 if the contract binds; else the answer is given. */
static int contract_binds(cd_result_t *out, const cd_eval_t *eval)
{
    int contract = eval->file->org->nhs_contract;
    if (contract == CD_NO)
        cd_rule_say(out, eval, CD_ST_NOT_APPLICABLE, CD_WHY_NONE, NULL,
                    "The provider does not work under the NHS Standard Contract.");
    else if (contract != CD_YES)
        cd_rule_say(
            out, eval, CD_ST_UNDETERMINED, CD_WHY_NOT_KNOWN, NULL,
            "It is not on record whether the provider works under the NHS Standard Contract.");
    return contract == CD_YES;
}

cd_err_t *cd_c01(cd_result_t *out, cd_eval_t *eval)
{
    const cd_record_t *incident = cd_case_last(eval->file, CD_REC_INCIDENT);
    cd_date_t reported =
        incident ? ((const cd_incident_t *)incident->body)->reported_on : CD_NO_DATE;
    cd_clock_t clock;
    if (!contract_binds(out, eval))
        return NULL;
    CD_ERR(cd_rule_clock(&clock, out, eval, CD_DUE_CONTRACT, eval->policy->contract_talk_wd,
                         cd_when_day(reported), "it was reported"));
    cd_rule_evidence(out, eval->talk);
    if (eval->talk)
        out->met_on = eval->talk->happened;
    return cd_rule_by_date(out, eval, clock, CD_DUE_CONTRACT,
                           apr_pstrcat(eval->pool, cd_rule_who(eval), " was told", NULL),
                           apr_pstrcat(eval->pool, cd_rule_who(eval), " has not been told", NULL));
}

cd_err_t *cd_c02(cd_result_t *out, cd_eval_t *eval)
{
    int days = eval->policy->contract_report_wd;
    cd_clock_t clock;
    cd_when_t signed_off;
    if (!contract_binds(out, eval))
        return NULL;
    const cd_record_t *asked = cd_rule_enquiry(&signed_off, eval);
    if (!asked) {
        cd_rule_say(out, eval, CD_ST_NOT_APPLICABLE, CD_WHY_NONE, "No enquiry",
                    "No enquiry is on record, so there is no report to share.");
        return NULL;
    }
    cd_rule_evidence(out, asked);
    if (!cd_when_known(signed_off)) {
        waits_for_sign_off(out, eval, CD_DUE_CONTRACT, days, asked->body);
        return NULL;
    }
    const cd_record_t *sent = results_sent(signed_off, eval);
    cd_when_t shared = cd_rule_by(((const cd_enquiry_t *)asked->body)->shared, eval->as_at);
    if (sent && (!cd_when_known(shared) || sent->happened.last < shared.first)) {
        shared = sent->happened;
        cd_rule_evidence(out, sent);
    }
    out->met_on = shared;
    CD_ERR(cd_rule_clock(&clock, out, eval, CD_DUE_CONTRACT, days, signed_off,
                         "the enquiry was signed off"));
    return cd_rule_by_date(out, eval, clock, CD_DUE_CONTRACT, "The report was shared",
                           "The report has not been shared");
}
