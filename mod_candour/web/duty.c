/* duty.c: the duty line: which clocks run in a case, when they run out, and what was done.
 *
 * Everything comes from the evaluation: this file decides what is shown, never what is late. The
 * same facts stand in words in the drawing's description and in the table of rules. */
#include <string.h>

#include <apr_strings.h>

#include "web/duty.h"
#include "web/page.h"

static cd_date_t due_on(const cd_result_t *result, int kind)
{
    int i;

    for (i = 0; result && i < result->due_count; i++) {
        if ((int)result->dues[i].kind == kind && result->dues[i].on)
            return result->dues[i].on;
    }
    return CD_NO_DATE;
}

static cd_date_t clock_start(const cd_result_t *result)
{
    cd_date_t first = CD_NO_DATE;
    int i;

    for (i = 0; result && i < result->due_count; i++) {
        const cd_date_t from = result->dues[i].from;

        if (from && result->dues[i].on && (!first || from < first))
            first = from;
    }
    return first;
}

/* "on 4 November 2026", "in November 2026"; of a span its end, for the drawing has little room. */
static const char *when_done(cd_when_t when, apr_pool_t *pool)
{
    switch (cd_when_precision(when)) {
    case CD_PRECISION_DAY:
        return apr_pstrcat(pool, "on ", cd_date_words(when.first, pool), NULL);
    case CD_PRECISION_SPAN:
        return apr_pstrcat(pool, "by ", cd_date_words(when.last, pool), NULL);
    default:
        return apr_pstrcat(pool, "in ", cd_when_words(when, pool), NULL);
    }
}

static int is_late(const web_duty_row_t *row, const web_duty_line_t *line)
{
    const cd_date_t end = cd_when_known(row->done) ? row->done.last : line->today;

    return row->late_from && end > row->late_from;
}

/* Lateness is measured from the date the rule says; drawn only if the rule itself speaks of
 * lateness. */
static void late_of(web_duty_row_t *row, const cd_result_t *result, const web_exchange_t *x)
{
    const char *words = web_late_words(x, result);

    if (!words)
        return;
    row->late_from = due_on(result, result->late_against);
    row->out_sub = words;
}

static int applies(const cd_result_t *result)
{
    return result && result->status != CD_ST_NOT_APPLICABLE && result->status != CD_ST_EXCUSED;
}

/* Outcome words of a row: done on a day, or not done. */
static void outcome(web_duty_row_t *row, const cd_result_t *result, const char *done,
                    const char *open, apr_pool_t *pool)
{
    if (result->status == CD_ST_EXCUSED) {
        row->out = "Excused";
    } else if (cd_when_known(row->done)) {
        row->out = apr_psprintf(pool, "%s %s", done, when_done(row->done, pool));
    } else if (result->status == CD_ST_PENDING) {
        row->out = "Not due yet";
    } else {
        row->out = open;
        row->out_late = row->out_sub != NULL || result->status == CD_ST_NOT_MET;
    }
}

static void talk_row(web_duty_row_t *row, const cd_evaluation_t *eval, const web_exchange_t *x)
{
    const cd_result_t *told = cd_evaluation_rule(eval, "E02"),
                      *contract = cd_evaluation_rule(eval, "C01");

    row->label = "Tell the patient in person";
    row->sub = contract ? "E02 to E06, and C01" : "E02 to E06";
    row->target = due_on(told, CD_DUE_TARGET);
    row->contract = applies(contract) ? due_on(contract, CD_DUE_CONTRACT) : CD_NO_DATE;
    row->start = clock_start(told);
    if (applies(contract)
        && (!row->start || (clock_start(contract) && clock_start(contract) < row->start)))
        row->start = clock_start(contract);
    row->done = told->met_on;
    late_of(row, told, x);
    if (!row->out_sub && contract)
        late_of(row, contract, x);
    outcome(row, told, "Told", "Not told", x->pool);
    if (cd_when_known(row->done) && !row->out_sub && row->contract && row->target)
        row->out_sub = "Before both dates";
}

static void note_row(web_duty_row_t *row, const cd_evaluation_t *eval, const web_exchange_t *x)
{
    const cd_result_t *note = cd_evaluation_rule(eval, "E07");
    const cd_result_t *talk = cd_evaluation_rule(eval, "E02");

    row->label = "Write up the talk";
    row->sub = "E07";
    row->target = due_on(note, CD_DUE_TARGET);
    row->start = clock_start(note);
    row->done = note->met_on;
    late_of(row, note, x);
    outcome(row, note, "Written up", "Not written up", x->pool);
    if (talk && cd_when_known(row->done) && row->done.first == talk->met_on.first
        && row->done.last == talk->met_on.last && row->done.first == row->done.last)
        row->out = "Written up the same day";
}

static void letter_row(web_duty_row_t *row, const cd_evaluation_t *eval, const web_exchange_t *x)
{
    const cd_result_t *letter = cd_evaluation_rule(eval, "E09");

    row->label = "Send the letter";
    row->sub = "E09, written notification";
    row->target = due_on(letter, CD_DUE_TARGET);
    row->start = clock_start(letter);
    row->done = letter->met_on;
    late_of(row, letter, x);
    outcome(row, letter, "Sent",
            letter->why == CD_WHY_NO_PROOF ? "No proof of sending" : "Not sent", x->pool);
}

static void results_row(web_duty_row_t *row, const app_case_view_t *view, const web_exchange_t *x)
{
    const cd_result_t *results = cd_evaluation_rule(view->eval, "E10");
    const cd_result_t *contract = cd_evaluation_rule(view->eval, "C02");
    const cd_record_t *record = cd_case_last(view->file, CD_REC_ENQUIRY);
    const cd_enquiry_t *enquiry = record ? record->body : NULL;

    row->label = "Share the results in writing";
    row->target = due_on(results, CD_DUE_TARGET);
    row->contract = applies(contract) ? due_on(contract, CD_DUE_CONTRACT) : CD_NO_DATE;
    row->start = clock_start(results);
    row->sub = apr_psprintf(x->pool, "%s%s", contract ? "E10, C02" : "E10",
                            row->start ? "" : ". Clock starts at sign-off");
    row->done = results->met_on;
    late_of(row, results, x);
    outcome(row, results, "Sent", "Not sent", x->pool);
    if (!row->start && enquiry && enquiry->expected_on && !cd_when_known(enquiry->signed_off)) {
        row->expected = enquiry->expected_on;
        row->start_note = "Sign-off expected";
    }
    if (!row->start && !cd_when_known(row->done) && !row->out_sub)
        row->out_sub = "Waits for sign-off";
}

/* ---- a policy whose rules this file does not know by name ---- */

static int has_clock_of(const cd_result_t *result)
{
    int i;

    if (!applies(result) || result->rule->group == CD_GROUP_DECIDING
        || result->rule->group == CD_GROUP_REPORT)
        return 0;
    for (i = 0; i < result->due_count; i++)
        if (result->dues[i].on)
            return 1;
    return 0;
}

static void any_row(web_duty_row_t *row, const cd_result_t *result, const web_exchange_t *x)
{
    row->label = result->rule->name;
    row->sub = result->rule->code;
    row->target = due_on(result, CD_DUE_TARGET);
    row->contract = due_on(result, CD_DUE_LAW);
    row->by_law = row->contract != CD_NO_DATE;
    if (!row->by_law)
        row->contract = due_on(result, CD_DUE_CONTRACT);
    row->start = clock_start(result);
    row->done = result->met_on;
    if (result->status == CD_ST_MET && !cd_when_known(row->done)) {
        row->out = "Met";                /* by an explanation, say: no act of its own has a day */
        return;
    }
    late_of(row, result, x);
    outcome(row, result, "Done", "Not done", x->pool);
}

/* "2 of 3 steps with a date are done, 1 is late" */
static const char *any_finding(const web_duty_line_t *line, apr_pool_t *pool)
{
    int i, done = 0, late = 0;

    for (i = 0; i < line->count; i++) {
        done += cd_when_known(line->rows[i].done) || !strcmp(line->rows[i].out, "Met");
        late += is_late(&line->rows[i], line);
    }
    return apr_psprintf(pool, "%d of %s done, %s", done,
                        web_count(line->count, "step with a date", "steps with a date", pool),
                        late ? apr_psprintf(pool, "%d late", late) : "none late");
}

static const char *any_description(const cd_evaluation_t *eval, apr_pool_t *pool)
{
    const char *text = cd_when_known(eval->aware)
        ? apr_psprintf(pool, "The duty began %s. ", when_done(eval->aware, pool)) : "";
    int i;

    for (i = 0; i < eval->count; i++)
        if (has_clock_of(&eval->results[i]) && eval->results[i].sentence)
            text = apr_pstrcat(pool, text, eval->results[i].sentence, " ", NULL);
    return apr_pstrcat(pool, text, "The same facts are in the table that follows.", NULL);
}

static void any_rows(web_duty_line_t *line, const cd_evaluation_t *eval, const web_exchange_t *x)
{
    int i;

    for (i = 0; i < eval->count && line->count < WEB_DUTY_ROWS; i++)
        if (has_clock_of(&eval->results[i]))
            any_row(&line->rows[line->count++], &eval->results[i], x);
}

/* ---- sentences ---- */

/* "In person" is said only where that rule is met: a telephone call tells too, but is not that. */
static const char *talk_finding(const web_duty_row_t *row, const cd_evaluation_t *eval,
                                const web_duty_line_t *line, apr_pool_t *pool)
{
    const cd_result_t *told = cd_evaluation_rule(eval, "E02"),
                      *mode = cd_evaluation_rule(eval, "E03");
    const char *done = mode && mode->status == CD_ST_MET ? "Told in person" : "Told";

    if (told->status == CD_ST_EXCUSED)
        return "Telling in person is excused";
    if (cd_when_known(row->done))
        return !is_late(row, line) ? apr_pstrcat(pool, done, " in time", NULL)
               : row->contract == row->late_from
                   ? apr_pstrcat(pool, done, ", late against the contract", NULL)
                   : apr_psprintf(pool, "%s, late against %s", done, line->target);
    if (told->status == CD_ST_PENDING)
        return "Not told yet, and not late";
    return row->late_from ? "Not told, and late" : "Not told";
}

static const char *letter_finding(const web_duty_row_t *row, const cd_result_t *letter,
                                  const web_duty_line_t *line, apr_pool_t *pool)
{
    if (letter->status == CD_ST_EXCUSED)
        return "the letter is excused";
    if (cd_when_known(row->done))
        return is_late(row, line)
                   ? apr_psprintf(pool, "the letter was sent late against %s", line->target)
                   : "the letter was sent in time";
    if (letter->status == CD_ST_PENDING)
        return "the letter is not due yet";
    if (letter->why == CD_WHY_NO_PROOF)
        return "the letter has no proof of sending";
    return is_late(row, line) ? apr_psprintf(pool, "the letter is late against %s", line->target)
                              : "the letter is not sent";
}

static const char *description(const cd_evaluation_t *eval, apr_pool_t *pool)
{
    static const char *const codes[] = { "E02", "C01", "E07", "E09", "E10" };
    const char *text = cd_when_known(eval->aware)
        ? apr_psprintf(pool, "The trust became aware %s. ", when_done(eval->aware, pool)) : "";
    size_t i;

    for (i = 0; i < sizeof(codes) / sizeof(codes[0]); i++) {
        const cd_result_t *result = cd_evaluation_rule(eval, codes[i]);

        if (result && result->sentence && result->status != CD_ST_NOT_APPLICABLE)
            text = apr_pstrcat(pool, text, result->sentence, " ", NULL);
    }
    return apr_pstrcat(pool, text, "The same facts are in the table that follows.", NULL);
}

/* ---- the ends of the drawing ---- */

static void reach(web_duty_line_t *line, cd_date_t day)
{
    if (!day)
        return;
    if (!line->first || day < line->first)
        line->first = day;
    if (day > line->last)
        line->last = day;
}

static void ends(web_duty_line_t *line)
{
    int i, pad;

    reach(line, line->aware);
    for (i = 0; i < line->count; i++) {
        const web_duty_row_t *row = &line->rows[i];

        reach(line, row->start);
        reach(line, row->expected);
        reach(line, row->contract);
        reach(line, row->target);
        reach(line, row->done.first);
        reach(line, row->done.last);
    }
    /* A case of long ago is drawn to its own end: years of nothing would leave no room for it. */
    if (line->today - line->last < 200)
        reach(line, line->today);
    pad = (line->last - line->first) / 12 + 3;
    line->first -= pad;
    line->last += pad;
}

static int has_clock(const web_duty_line_t *line)
{
    int i;

    for (i = 0; i < line->count; i++) {
        if (line->rows[i].start || cd_when_known(line->rows[i].done))
            return 1;
    }
    return 0;
}

static int has_rules(const cd_evaluation_t *eval)
{
    return cd_evaluation_rule(eval, "E02") && cd_evaluation_rule(eval, "E07")
        && cd_evaluation_rule(eval, "E09") && cd_evaluation_rule(eval, "E10");
}

static void english_rows(web_duty_line_t *line, const app_case_view_t *view,
                         const web_exchange_t *x)
{
    const cd_evaluation_t *eval = view->eval;

    if (cd_evaluation_rule(eval, "E02")->status == CD_ST_NOT_APPLICABLE)
        return;
    talk_row(&line->rows[line->count++], eval, x);
    if (cd_evaluation_rule(eval, "E07")->status != CD_ST_NOT_APPLICABLE)
        note_row(&line->rows[line->count++], eval, x);
    letter_row(&line->rows[line->count++], eval, x);
    results_row(&line->rows[line->count++], view, x);
}

static void line_make(web_duty_line_t *line, const app_case_view_t *view, const web_exchange_t *x)
{
    apr_pool_t *pool = x->pool;
    const cd_evaluation_t *eval = view->eval;
    const int english = has_rules(eval);

    line->today = view->as_at;
    line->looking_back = view->looking_back;
    line->aware = eval->aware.first;
    if (english)
        english_rows(line, view, x);
    else
        any_rows(line, eval, x);
    if (!line->count)
        return;
    ends(line);
    line->title = apr_psprintf(pool, "Time line of the duty in case %s", view->row.reference);
    line->desc = web_own_words(x, english ? description(eval, pool) : any_description(eval, pool));
    line->target_label = web_due_label(x, CD_DUE_TARGET);
    line->target = web_due_noun(x, CD_DUE_TARGET);
    line->heading =
        !english ? any_finding(line, pool)
                 : apr_psprintf(pool, "%s; %s", talk_finding(&line->rows[0], eval, line, pool),
                                letter_finding(&line->rows[line->count - 2],
                                               cd_evaluation_rule(eval, "E09"), line, pool));
}

/* What kinds of date the key has to explain. */
static void key_put(web_view_t *map, const web_duty_line_t *line)
{
    int i, law = 0, contract = 0;

    for (i = 0; i < line->count; i++) {
        law |= line->rows[i].by_law;
        contract |= line->rows[i].contract && !line->rows[i].by_law;
    }
    web_page_flag(map, WN_has_law_dates, law);
    web_page_flag(map, WN_has_contract_dates, contract);
}

void web_duty_put(web_exchange_t *x, const app_case_view_t *view)
{
    web_duty_line_t *line;
    web_view_t *map;

    if (x->media != WEB_HTML || !view->eval)
        return;
    line = apr_pcalloc(x->pool, sizeof(*line));
    line_make(line, view, x);
    if (!has_clock(line))
        return;
    map = web_page_map(x->view, WN_duty);
    web_page_text(map, WN_duty_heading, line->heading);
    web_page_text(map, WN_duty_title, line->title);
    web_page_text(map, WN_duty_desc, line->desc);
    web_page_text(map, WN_target_label, line->target_label);
    key_put(map, line);
    web_duty_draw_wide(web_page_map(map, WN_wide), line, x->pool);
    web_duty_draw_narrow(web_page_map(map, WN_narrow), line, x->pool);
}
