/* report_round.c: what the report says of the people: who asked, who answered, who decided, and
 * what can be done. */
#include <stdlib.h>
#include <string.h>

#include <apr_strings.h>

#include "base/text.h"
#include "domain/report_make.h"

enum { REVIEW_DAYS = 28 };               /* where the scheme's version says none */

/* ---- who did what, and when ---- */

static void act(apr_array_header_t *list, const char *word, const cd_record_t *record)
{
    cd_report_act_t *made;

    if (!record)
        return;
    made = apr_array_push(list);
    *made = (cd_report_act_t){ word,
                               record->recorded_by_name ? record->recorded_by_name : "the program",
                               record->role, cd_rep_day(record) };
}

/* Told again after a review: that comes last. */
static int told_after_review(const cd_report_facts_t *f)
{
    return f->told && f->stand->review && f->told->seq > f->stand->review->seq;
}

/* By the day; of one day as they were added, which is the order of the round. */
static void sort_acts(cd_report_act_t *acts, int count)
{
    for (int i = 1; i < count; i++) {
        const cd_report_act_t one = acts[i];
        int at = i;

        for (; at > 0 && acts[at - 1].on > one.on; at--)
            acts[at] = acts[at - 1];
        acts[at] = one;
    }
}

cd_report_act_t *cd_rep_acts(int *count_out, const cd_report_facts_t *f, apr_pool_t *pool)
{
    apr_array_header_t *list = apr_array_make(pool, 16, sizeof(cd_report_act_t));
    const cd_round_t *r = f->round;
    cd_report_act_t *decided;

    act(list, "said what it means that no incident was recorded", r->no_incident);
    act(list, "asked the trust for evidence", r->request);
    act(list, "answered for the trust", r->answer);
    act(list, "told the trust what was indicated", r->indication);
    act(list, "said what the trust thinks of it", r->representation);
    act(list, "sent it to be decided", r->for_decision);
    decided = apr_array_push(list);
    *decided = (cd_report_act_t){ "decided", f->decided_by, f->decided_role, f->decided_on };
    act(list,
        f->stand->confirmation
                && ((const cd_confirmation_t *)f->stand->confirmation->body)->verdict
                       == CD_CONFIRM_RETURNED
            ? "sent the decision back, as a second person"
            : "confirmed the decision, as a second person",
        f->stand->confirmation);
    if (!told_after_review(f))
        act(list, "told the trust of the decision", f->told);
    act(list, "asked for a review, for the trust", f->stand->review_asked);
    act(list, "reviewed the decision", f->stand->review);
    if (told_after_review(f))
        act(list, "told the trust what the review says", f->told);
    sort_acts((cd_report_act_t *)list->elts, list->nelts);
    *count_out = list->nelts;
    return (cd_report_act_t *)list->elts;
}

void cd_rep_who(cd_rep_t *rep)
{
    int count;
    const cd_report_act_t *acts = cd_rep_acts(&count, rep->f, rep->pool);

    cd_rep_section(rep, "people", "These people acted");
    cd_rep_block(rep, CD_REPORT_TABLE, "Who did what, and on which day", 4);
    cd_rep_cell(rep, "Day");
    cd_rep_cell(rep, "Name");
    cd_rep_cell(rep, "Role");
    cd_rep_cell(rep, "What they did");
    for (int i = 0; i < count; i++) {
        char *word = apr_pstrdup(rep->pool, acts[i].word);

        *word = (char)(*word & ~0x20);
        cd_rep_cell(rep, acts[i].on ? cd_date_words(acts[i].on, rep->pool) : NULL);
        cd_rep_cell(rep, acts[i].name);
        cd_rep_cell(rep, acts[i].role ? cd_token_label(cd_roles, acts[i].role) : "The program");
        cd_rep_cell(rep, word);
    }
}

/* ---- what the trust was asked, and what it said ---- */

const char *cd_rep_rules_words(apr_uint32_t rules, apr_pool_t *pool)
{
    const char *words[32];
    int count = 0;

    for (const cd_token_t *rule = cd_flag_rules; rule->word && count < 32; rule++)
        if (rules & (1u << rule->value))
            words[count++] = rule->label;
    return count ? cd_text_list(words, count, pool) : "the duty as a whole";
}

static void request_words(cd_rep_t *rep)
{
    const cd_record_t *request = rep->f->round->request, *answer = rep->f->round->answer;
    const cd_request_t *asked = request ? request->body : NULL;
    const cd_answer_t *said = answer ? answer->body : NULL;
    apr_pool_t *pool = rep->pool;

    if (!request) {
        cd_rep_text(rep, "%s was not asked for more evidence.", rep->f->org_name);
        return;
    }
    cd_rep_text(rep, "On %s %s asked %s for evidence about %s. The answer was due by %s.",
                cd_date_words(cd_rep_day(request), pool), request->recorded_by_name,
                rep->f->org_name, cd_rep_rules_words(asked->rules, pool),
                asked->due ? cd_date_words(asked->due, pool) : "no set day");
    cd_rep_quote(rep, "What was asked for", asked->what);
    cd_rep_quote(rep, "Why it was asked for", asked->why);
    if (!answer) {
        cd_rep_text(rep, "No answer to this is on record.");
        return;
    }
    cd_rep_text(rep, "On %s %s answered for the trust: “%s”.",
                cd_date_words(cd_rep_day(answer), pool), answer->recorded_by_name,
                cd_token_label(cd_answers, said->answer));
    cd_rep_quote(rep, "The answer, in the trust’s words", said->text);
    if (said->cited && *said->cited)
        cd_rep_text(rep, "The answer names these entries: %s.", said->cited);
}

/* What was made of it can be seen: a flag computed after it, or the decision itself. */
static const char *made_of_it(const cd_report_facts_t *f, int then_seq, apr_pool_t *pool)
{
    if (then_seq && f->flag_seq > then_seq)
        return apr_psprintf(
            pool,
            "After that the program weighed the record again (flag %d took the place of flag %d)."
            " %s had the trust’s words to hand and decided on the newer one.",
            f->flag_seq, then_seq, f->decided_by);
    return apr_psprintf(
        pool,
        "%s had the trust’s words to hand. What came of them stands in the reasons for the"
        " decision.",
        f->decided_by);
}

static void indication_words(cd_rep_t *rep)
{
    const cd_report_facts_t *f = rep->f;
    const cd_record_t *indication = f->round->indication, *said = f->round->representation;
    const cd_indication_t *told = indication ? indication->body : NULL;
    const cd_representation_t *words = said ? said->body : NULL;
    apr_pool_t *pool = rep->pool;

    if (!indication) {
        cd_rep_text(rep,
                    "It is not on record that %s was told what was indicated before the decision.",
                    f->org_name);
        return;
    }
    cd_rep_text(rep,
                "On %s %s told the trust what was indicated, before anything was decided. The "
                "trust could say what it"
                " thinks of it until %s.",
                cd_date_words(cd_rep_day(indication), pool), indication->recorded_by_name,
                told->answer_by ? cd_date_words(told->answer_by, pool) : "the decision");
    cd_rep_quote(rep, "Message to the trust", told->message);
    if (!said) {
        cd_rep_text(rep, "The trust did not say anything to it.");
        return;
    }
    cd_rep_text(rep, "On %s %s answered for the trust: “%s”.",
                cd_date_words(cd_rep_day(said), pool), said->recorded_by_name,
                cd_token_label(cd_stances, words->stance));
    cd_rep_quote(rep, "In the trust’s words", words->text);
    cd_rep_text(rep, "%s", made_of_it(f, words->flag_seq, pool));
}

void cd_rep_heard(cd_rep_t *rep)
{
    const cd_record_t *none = rep->f->round->no_incident;

    cd_rep_section(rep, "heard", "What the trust was asked, and what it said");
    if (none) {
        const cd_no_incident_t *body = none->body;

        cd_rep_text(
            rep, "No incident was on record for this trust. On %s %s said what that means: “%s”.",
            cd_date_words(cd_rep_day(none), rep->pool), none->recorded_by_name,
            cd_token_label(cd_no_incident_findings, body->finding));
        cd_rep_quote(rep, "The reasons", body->reasons);
    }
    request_words(rep);
    indication_words(rep);
}

/* ---- the facts ---- */

/* The form writes each ticked fact as a line of the evidence seen: sentence and code. */
static const char *fact_line(const cd_reason_t *reason, apr_pool_t *pool)
{
    return apr_psprintf(pool, "%s (%s)", reason->result->sentence, reason->result->rule->code);
}

/* 1 if the decision keeps its facts beside the evidence; older ones have them among it. */
static int keeps_facts(const cd_report_facts_t *f)
{
    return (f->decision.facts && *f->decision.facts)
           || (f->decision.facts_not && *f->decision.facts_not);
}

static int has_line(const char *text, const char *line)
{
    const apr_size_t len = strlen(line);

    while (text && *text) {
        const char *end = strchr(text, '\n');
        const apr_size_t here = end ? (apr_size_t)(end - text) : strlen(text);

        if (here == len && !strncmp(text, line, len))
            return 1;
        text = end ? end + 1 : NULL;
    }
    return 0;
}

int cd_rep_relied(const cd_report_facts_t *f, const cd_reason_t *reason, apr_pool_t *pool)
{
    return has_line(keeps_facts(f) ? f->decision.facts : f->decision.evidence_seen,
                    fact_line(reason, pool));
}

/* Lines that are no fact of the flag: what the decision-maker typed. */
static const char *typed_lines(const cd_report_facts_t *f, apr_pool_t *pool)
{
    const char *kept = NULL, *text = f->decision.evidence_seen;

    while (text && *text) {
        const char *end = strchr(text, '\n');
        const char *line =
            apr_pstrmemdup(pool, text, end ? (apr_size_t)(end - text) : strlen(text));
        int fact = 0;

        for (int i = 0; i < f->flag->reason_count && !fact; i++)
            fact = !strcmp(line, fact_line(&f->flag->reasons[i], pool));
        if (!fact && *line)
            kept = kept ? apr_pstrcat(pool, kept, "\n", line, NULL) : line;
        text = end ? end + 1 : NULL;
    }
    return kept;
}

/* One sentence, and the rules of which it is said. */
typedef struct said_t { const char *words; const char *codes[32]; int count; } said_t;

/* "E09 (A written notification was sent)". @owner pool */
static const char *rule_named(const cd_report_facts_t *f, const char *code, apr_pool_t *pool)
{
    for (int i = 0; i < f->flag->reason_count; i++)
        if (!strcmp(f->flag->reasons[i].result->rule->code, code))
            return apr_psprintf(pool, "%s (%s)", code, f->flag->reasons[i].result->rule->name);
    return code;
}

/* A sentence that is there already only gets one rule more. `code` NULL: it is said of no rule. */
static void say_of(apr_array_header_t *list, const char *words, const char *code)
{
    said_t *said = NULL;

    for (int i = 0; i < list->nelts && !said; i++)
        if (!strcmp(APR_ARRAY_IDX(list, i, said_t).words, words))
            said = &APR_ARRAY_IDX(list, i, said_t);
    if (!said) {
        said = apr_array_push(list);
        *said = (said_t){ .words = words };
    }
    for (int i = 0; code && i < said->count; i++)
        if (!strcmp(said->codes[i], code))
            return;
    if (code && said->count < 32)
        said->codes[said->count++] = code;
}

/* "The letter was sent late. (E09)": a sentence, and its rule in brackets if there is one. */
static void say_line(apr_array_header_t *list, const char *line, apr_pool_t *pool)
{
    const char *code = NULL, *next;
    const apr_size_t len = strlen(line);

    for (next = strstr(line, ". ("); next; next = strstr(next + 1, ". ("))
        code = next;
    if (!code || line[len - 1] != ')' || strchr(code, ')') != line + len - 1)
        say_of(list, cd_rep_stop(line, pool), NULL);
    else
        say_of(list, apr_pstrmemdup(pool, line, (apr_size_t)(code + 1 - line)),
               apr_pstrmemdup(pool, code + 3, (apr_size_t)(line + len - 1 - (code + 3))));
}

/* What was not ticked of the reasons that weigh, or what was: of decisions that keep no facts of
 * their own. */
static void say_reasons(apr_array_header_t *list, const cd_report_facts_t *f, int relied,
                        apr_pool_t *pool)
{
    for (int i = 0; i < f->flag->reason_count; i++) {
        const cd_reason_t *reason = &f->flag->reasons[i];

        if (reason->part != CD_REST && cd_rep_relied(f, reason, pool) == relied)
            say_of(list, cd_rep_stop(reason->result->sentence, pool), reason->result->rule->code);
    }
}

static void fact_list(cd_rep_t *rep, const char *caption, int relied)
{
    const cd_report_facts_t *f = rep->f;
    apr_array_header_t *list = apr_array_make(rep->pool, 16, sizeof(said_t));
    const char *lines = relied ? f->decision.facts : f->decision.facts_not;
    char *last = NULL, *line;

    if (!keeps_facts(f))
        say_reasons(list, f, relied, rep->pool);
    else
        for (line = apr_strtok(apr_pstrdup(rep->pool, lines ? lines : ""), "\n", &last); line;
             line = apr_strtok(NULL, "\n", &last))
            say_line(list, line, rep->pool);
    if (list->nelts)
        cd_rep_block(rep, CD_REPORT_LIST, caption, 1);
    for (int i = 0; i < list->nelts; i++) {
        said_t *said = &APR_ARRAY_IDX(list, i, said_t);

        for (int k = 0; k < said->count; k++)
            said->codes[k] = rule_named(f, said->codes[k], rep->pool);
        cd_rep_cell(rep, !said->count
                             ? said->words
                             : apr_psprintf(rep->pool, "%s Rule%s %s.", said->words,
                                            said->count == 1 ? "" : "s",
                                            cd_text_list(said->codes, said->count, rep->pool)));
    }
}

void cd_rep_facts(cd_rep_t *rep)
{
    const cd_report_facts_t *f = rep->f;

    cd_rep_section(rep, "facts",
                   apr_psprintf(rep->pool, "What %s relied on, and what not", f->decided_by));
    if (keeps_facts(f) && !(f->decision.facts && *f->decision.facts))
        cd_rep_text(rep,
                    "%s ticked none of the facts that the program lists, and relied on the "
                    "evidence named below.",
                    f->decided_by);
    fact_list(rep, "Facts relied on", 1);
    fact_list(rep, "Facts not relied on", 0);
    cd_rep_quote(rep, "Other evidence looked at, in the words of the decision-maker",
                 typed_lines(f, rep->pool));
    cd_rep_block(rep, CD_REPORT_LIST, "Never relied on, by anybody", 1);
    cd_rep_cell(rep, "The words of an apology. An apology is not an admission of liability "
                     "(Compensation Act 2006,"
                     " section 2).");
    cd_rep_cell(rep, "What the claimant is paid, or when.");
    cd_rep_cell(rep, "Fines by a regulator, or sums taken off under a contract.");
    cd_rep_cell(rep, "What any other trust did, or what it is asked for.");
}

/* ---- other decisions that count ---- */

int cd_rep_yearly(const cd_report_facts_t *f)
{
    return f->scheme && f->scheme->formula == CD_L7_CONTRIBUTION_UPLIFT;
}

const char *cd_rep_towards(const cd_report_facts_t *f)
{
    return cd_rep_yearly(f) ? "more contribution for the year, because of claim" : "towards claim";
}

int cd_rep_counted(const cd_scheme_t *scheme)
{
    const int formula = !scheme                           ? 0
                        : scheme->formula == CD_L0_SHADOW ? scheme->shadow_of
                                                          : scheme->formula;

    return formula == CD_L3_FIXED_RISING || formula == CD_L3B_FIXED_STEPS
           || formula == CD_L7_CONTRIBUTION_UPLIFT;
}

void cd_rep_others(cd_rep_t *rep)
{
    const cd_report_facts_t *f = rep->f;
    const int units = f->breach_units > 1 ? f->breach_units : 1, before = f->breach_number - units;
    const char *these = units == 1
                            ? apr_psprintf(rep->pool, "This is breach number %d", f->breach_number)
                            : apr_psprintf(rep->pool, "These are breaches number %d to %d",
                                           before + 1, f->breach_number);

    cd_rep_section(rep, "counted", "Earlier decisions that count");
    if (!f->scheme || !cd_rep_counted(f->scheme) || !f->breach_number) {
        cd_rep_text(rep, "None. This scheme does not look at what was decided about %s before.",
                    f->org_name);
        return;
    }
    if (before < 1)
        cd_rep_text(rep, "None was counted. %s of %s that count%s. How far back: %s.",
                    units == 1 ? "This is the first breach"
                               : apr_psprintf(rep->pool, "These are the first %d breaches", units),
                    f->org_name, units == 1 ? "s" : "",
                    cd_rep_small(cd_token_label(cd_windows, f->scheme->window), rep->pool));
    else
        cd_rep_text(
            rep, "%s of %s: %d %s counted before %s. What counts once: %s. How far back: %s.",
            these, f->org_name, before, before == 1 ? "was" : "were", units == 1 ? "it" : "them",
            cd_rep_small(cd_token_label(cd_breach_units, f->scheme->breach_unit), rep->pool),
            cd_rep_small(cd_token_label(cd_windows, f->scheme->window), rep->pool));
    cd_rep_text(rep, "Only decisions about this trust that stand are counted. If one of them falls "
                     "away on review, this"
                     " decision does not change by itself: a person looks at it again.");
}

/* ---- what can be done ---- */

static void review_words(cd_rep_t *rep)
{
    const cd_report_facts_t *f = rep->f;
    const cd_told_t *told = f->told ? f->told->body : NULL;
    const int days = f->scheme && f->scheme->review_days ? f->scheme->review_days : REVIEW_DAYS;
    apr_pool_t *pool = rep->pool;

    if (told && told->review_by)
        cd_rep_text(rep,
                    "%s can ask for a review until %s. Sign in, open claim %s, and choose “Ask for "
                    "a review”. Somebody"
                    " who had no part in the decision looks at it afresh.",
                    f->org_name, cd_date_words(told->review_by, pool), f->reference);
    else
        cd_rep_text(rep,
                    "Once %s is told of the decision it has %d days to ask for a review. Somebody "
                    "who had no part in"
                    " the decision looks at it afresh.",
                    f->org_name, days);
    cd_rep_block(rep, CD_REPORT_LIST, "Grounds for a review, as the form names them: one is enough",
                 1);
    for (const cd_token_t *ground = cd_review_grounds; ground->word; ground++)
        cd_rep_cell(rep, apr_pstrcat(pool, ground->label, ".", NULL));
    if (f->flag->indicated_p)
        cd_rep_text(rep,
                    "A review can leave the decision as it is, change the sum, or make the "
                    "decision fall away. It cannot"
                    " set the sum above %s.",
                    cd_pence_words(f->flag->indicated_p, pool));
    else
        cd_rep_text(rep, "A review can leave the decision as it is, or make it fall away. It "
                         "cannot ask for a sum.");
}

static void reviewed_words(cd_rep_t *rep)
{
    const cd_record_t *asked = rep->f->stand->review_asked, *review = rep->f->stand->review;
    apr_pool_t *pool = rep->pool;

    if (asked) {
        cd_rep_text(rep, "On %s %s asked for a review, for the trust.",
                    cd_date_words(cd_rep_day(asked), pool), asked->recorded_by_name);
        cd_rep_quote(rep, "What the trust says is wrong",
                     ((const cd_review_asked_t *)asked->body)->text);
    }
    if (review) {
        const cd_review_t *body = review->body;

        cd_rep_text(rep, "On %s %s answered: “%s”.", cd_date_words(cd_rep_day(review), pool),
                    review->recorded_by_name, cd_token_label(cd_review_outcomes, body->outcome));
        cd_rep_quote(rep, "The reasons of the reviewer", body->reasons);
        cd_rep_text(rep, "A decision is reviewed once. This was the review of this one.");
    }
}

static void payment_words(cd_rep_t *rep)
{
    const cd_report_facts_t *f = rep->f;

    if (!cd_rep_asked(f)) {
        cd_rep_text(rep, "There is nothing to pay, so %s does not have to do anything.%s",
                    f->org_name, f->stand->review ? " What it paid already is paid back." : "");
        return;
    }
    if (cd_rep_yearly(f)) {
        cd_rep_text(rep, "The sum is added to what the trust contributes to the scheme in a year. "
                         "It is no part of the"
                         " claim, and no invoice comes for it. It can be spread over several "
                         "years. Ask the scheme before the"
                         " first day of payment.");
        return;
    }
    cd_rep_text(rep, "The sum is paid to the scheme, never to the claimant. Wait for the invoice: "
                     "it says how and by when."
                     " The scheme may instead add the sum to the yearly contribution. Paying in "
                     "parts can be agreed. Ask the"
                     " scheme before the first day of payment.");
}

void cd_rep_next(cd_rep_t *rep)
{
    const cd_report_facts_t *f = rep->f;

    cd_rep_section(rep, "next", "What the trust can do now");
    if (cd_rep_counts(f) && !f->stand->review)
        review_words(rep);
    else if (f->stand->standing == CD_STAND_PROPOSED)
        cd_rep_text(
            rep,
            "Nothing yet. The decision does not count until a second person has confirmed it.");
    else if (!f->stand->review)
        cd_rep_text(rep, "Nothing. This decision asks for nothing any more.");
    reviewed_words(rep);
    if (cd_rep_counts(f) || f->stand->standing == CD_STAND_QUASHED)
        payment_words(rep);
}

/* ---- for those who want to check it ---- */

void cd_rep_versions(cd_rep_t *rep)
{
    const cd_report_facts_t *f = rep->f;
    apr_pool_t *pool = rep->pool;

    cd_rep_section(rep, "check", "How to check this report");
    cd_rep_text(rep,
                "The same facts give the same answer, also years from now. Whoever runs the "
                "service can work it out"
                " again with the command below, and sees where the answers differ, if they do.");
    cd_rep_block(rep, CD_REPORT_PAIRS, NULL, 2);
    cd_rep_pair(rep, "Claim, trust, decision",
                apr_psprintf(pool, "%s, %s (%s), decision %d", f->reference, f->org_name,
                             f->org_code, f->decision_seq));
    cd_rep_pair(
        rep, "Flag",
        apr_psprintf(pool, "Number %d, of %s", f->flag_seq, cd_date_words(f->computed_on, pool)));
    cd_rep_pair(rep, "Rules of law", f->policies ? f->policies : "None were looked at");
    cd_rep_pair(rep, "Scheme",
                apr_psprintf(pool, "%s version %d", f->scheme_code, f->scheme_version));
    cd_rep_pair(rep, "Program that weighed it", apr_psprintf(pool, "Engine %s", f->engine));
    cd_rep_pair(rep, "Fingerprint of what was weighed", f->inputs_hash);
    if (f->audit_seq) {
        cd_rep_pair(rep, "Entry in the record",
                    apr_psprintf(pool, "Number %d of claim %s", f->audit_seq, f->reference));
        cd_rep_pair(rep, "Fingerprint of that entry", f->audit_hash);
    }
    cd_rep_pair(rep, "To work it out again",
                apr_psprintf(pool, "candourctl replay %s/%d", f->reference, f->decision_seq));
}
