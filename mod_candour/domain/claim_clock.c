/* claim_clock.c: the clocks of a claim, counted from its events. */
#include <apr_strings.h>
#include <stdlib.h>

#include "domain/claim_clock.h"
#include "domain/series.h"

const cd_token_t cd_clock_results[] = {
    { CD_CLOCK_OPEN, "OPEN", "Open" },
    { CD_CLOCK_IN_TIME, "IN_TIME", "In time" },
    { CD_CLOCK_LATE, "LATE", "Late" },
    { CD_CLOCK_UNSURE, "UNSURE", "Cannot be told" },
    { CD_CLOCK_ENDED, "ENDED", "No longer due" },
    { 0, NULL, NULL }
};

static const cd_when_t NEVER = { CD_NO_DATE, CD_NO_DATE };

/* ---- results ---- */

static const char *days_words(int least, int most, apr_pool_t *pool)
{
    if (least != most)
        return apr_psprintf(pool, "%d to %d days", least, most);
    return apr_psprintf(pool, "%d day%s", least, least == 1 ? "" : "s");
}

static void late(cd_clock_t *clock, cd_when_t stop, apr_pool_t *pool)
{
    clock->result = CD_CLOCK_LATE;
    clock->days_least = stop.first - clock->due.last;
    clock->days_most = stop.last - clock->due.first;
    clock->words =
        apr_psprintf(pool, "Late by %s", days_words(clock->days_least, clock->days_most, pool));
}

static void unsure(cd_clock_t *clock)
{
    clock->result = CD_CLOCK_UNSURE;
    clock->words = "Cannot be told: a day is not known";
}

static void settle_done(cd_clock_t *clock, apr_pool_t *pool)
{
    if (clock->done.last <= clock->due.first) {
        clock->result = CD_CLOCK_IN_TIME;
        clock->words = "In time";
    } else if (clock->done.first > clock->due.last) {
        late(clock, clock->done, pool);
    } else {
        unsure(clock);
    }
}

void cd_clock_settle(cd_clock_t *clock, cd_when_t ended, cd_date_t as_at, apr_pool_t *pool)
{
    if (cd_when_known(clock->done)) {
        settle_done(clock, pool);
    } else if (cd_when_known(ended) && ended.last <= clock->due.first) {
        clock->result = CD_CLOCK_ENDED;
        clock->words = "No longer due: the claim has ended";
    } else if (cd_when_known(ended) && ended.first > clock->due.last) {
        late(clock, ended, pool);
    } else if (as_at <= clock->due.first && !cd_when_known(ended)) {
        clock->result = CD_CLOCK_OPEN;
        clock->days_least = clock->due.first - as_at;
        clock->days_most = clock->due.last - as_at;
        clock->words = apr_psprintf(pool, "Open, %s left",
                                    days_words(clock->days_least, clock->days_most, pool));
    } else if (as_at > clock->due.last && !cd_when_known(ended)) {
        late(clock, cd_when_day(as_at), pool);
    } else {
        unsure(clock);
    }
}

/* ---- counting ---- */

static cd_when_t days_after(cd_when_t from, int days)
{
    return (cd_when_t){ from.first + days, from.last + days };
}

/* The same day of the month `months` later, or that month's last day: 30 October and 4 months is 28
 * February. */
static cd_date_t month_after(cd_date_t from, int months)
{
    int year, month, day;
    cd_date_split(from, &year, &month, &day);
    month += months;
    year += (month - 1) / 12;
    month = (month - 1) % 12 + 1;
    cd_date_t end = cd_date_month_end(cd_date_make(year, month, 1));
    cd_date_t same = cd_date_make(year, month, day);
    return same ? same : end;
}

typedef struct clocks_t {
    const cd_claim_t *claim;
    cd_clock_t *list;
    int count;
    cd_when_t ended;                /* when the claim first ended, none: it has not */
    apr_pool_t *pool;
} clocks_t;

static int earlier(cd_when_t a, cd_when_t b)
{
    return cd_when_known(a) && (!cd_when_known(b) || a.first < b.first);
}

/* The earliest event of the type that is not wholly before `not_before` (none: any). */
static cd_when_t event_on(const cd_claim_t *claim, int type, cd_when_t not_before)
{
    const cd_record_t *r = NULL;
    cd_when_t found = NEVER;
    while ((r = cd_series_next(claim->records, claim->count, CD_REC_CLAIM_EVENT, r)))
        if (((const cd_claim_event_t *)r->body)->type == type
            && r->happened.last >= not_before.first && earlier(r->happened, found))
            found = r->happened;
    return found;
}

static cd_when_t status_on(const cd_claim_t *claim, int status, cd_when_t not_before)
{
    const cd_record_t *r = NULL;
    cd_when_t found = NEVER;
    while ((r = cd_series_next(claim->records, claim->count, CD_REC_CLAIM_STATUS, r)))
        if (((const cd_claim_status_t *)r->body)->status == status
            && r->happened.last >= not_before.first && earlier(r->happened, found))
            found = r->happened;
    return found;
}

/* A step as it was logged; else as the status says, for a claim whose letters were never logged one
 * by one. */
static cd_when_t step_on(const cd_claim_t *claim, int type, int status, cd_when_t not_before)
{
    cd_when_t on = event_on(claim, type, not_before);
    return cd_when_known(on) || !status ? on : status_on(claim, status, not_before);
}

static void add(clocks_t *clocks, cd_clock_t clock)
{
    cd_clock_t *made = &clocks->list[clocks->count++];
    *made = clock;
    cd_clock_settle(made, clocks->ended, clocks->claim->as_at, clocks->pool);
}

/* ---- the rows ---- */

typedef struct row_t {
    const char *title, *source, *word;
    /* CD_EV_ and the status that says the same, 0 none; from 0: the incident */
    int from, from_status;
    int done, done_status;
    int days, months;
    const char *since;              /* "when the letter of claim came" */
} row_t;

#define PROTOCOL "Court protocol", "protocol"
#define SCHEME_RULE "Scheme rule", "scheme"
static const row_t rows[] = {
    { "Acknowledge the letter of notification", PROTOCOL, CD_EV_NOTIFICATION, 0,
      CD_EV_NOTIFICATION_ACK, 0,
      CD_ACK_DAYS, 0, "when the letter of notification came" },
    { "Acknowledge the letter of claim", PROTOCOL, CD_EV_LETTER_OF_CLAIM, CD_CLAIM_LETTER_OF_CLAIM,
      CD_EV_CLAIM_ACK, 0,
      CD_ACK_DAYS, 0, "when the letter of claim came" },
    { "Letter of response", PROTOCOL, CD_EV_LETTER_OF_CLAIM, CD_CLAIM_LETTER_OF_CLAIM,
      CD_EV_RESPONSE,
      CD_CLAIM_RESPONDED, 0, CD_RESPONSE_MONTHS, "when the letter of claim came" },
    { "Early Notification: the clinical team tells the legal team", SCHEME_RULE, 0, 0,
      CD_EV_EN_TOLD_LEGAL, 0,
      CD_EN_LEGAL_DAYS, 0, "when the incident happened" },
    { "Early Notification: the trust reports to the scheme", SCHEME_RULE, 0, 0, CD_EV_EN_REPORTED,
      0,
      CD_EN_SCHEME_DAYS, 0, "when the incident happened" }
};
#define ROWS ((int)(sizeof(rows) / sizeof(rows[0])))

static void add_row(clocks_t *clocks, const row_t *row)
{
    const cd_claim_t *claim = clocks->claim;
    const cd_claim_facts_t *facts = claim->facts;
    cd_when_t from = NEVER;
    cd_clock_t clock = { .title = row->title, .source = row->source, .source_word = row->word };
    if (row->from)
        from = step_on(claim, row->from, row->from_status, NEVER);
    else if (facts && facts->early_notification == CD_YES)
        from = facts->incident;
    if (!cd_when_known(from))
        return;
    clock.due = row->months ? (cd_when_t){ month_after(from.first, row->months),
                                           month_after(from.last, row->months) }
                            : days_after(from, row->days);
    clock.counted = apr_psprintf(
        clocks->pool, "%d %s from %s, %s", row->months ? row->months : row->days,
        row->months ? "months" : "days", cd_when_words(from, clocks->pool), row->since);
    clock.done = step_on(claim, row->done, row->done_status, from);
    add(clocks, clock);
}

/* A coroner's report asks for an answer whether or not the claim has ended. */
static void add_inquests(clocks_t *clocks)
{
    const cd_when_t ended = clocks->ended;
    const cd_record_t *r = NULL;
    clocks->ended = NEVER;
    while ((r = cd_series_next(clocks->claim->records, clocks->claim->count, CD_REC_INQUEST, r))) {
        const cd_inquest_t *inquest = r->body;
        cd_clock_t clock = { .title = "Answer the report to prevent future deaths",
                             .source = "Coroner",
                             .source_word = "coroner",
                             .counted = "As the coroner says" };
        if (!inquest->pfd_due && !inquest->pfd_on)
            continue;
        clock.due =
            cd_when_day(inquest->pfd_due ? inquest->pfd_due : inquest->pfd_on + CD_PFD_DAYS);
        if (!inquest->pfd_due) {
            clock.source = "Setting to check";
            clock.source_word = "target";
            clock.counted = apr_psprintf(
                clocks->pool, "%d days from %s, the date of the report. No day was given: check it",
                CD_PFD_DAYS, cd_date_words(inquest->pfd_on, clocks->pool));
        }
        clock.done = cd_when_day(inquest->pfd_answered);
        add(clocks, clock);
    }
    clocks->ended = ended;
}

static int by_due(const void *a, const void *b)
{
    const cd_clock_t *x = a, *y = b;
    return (x->due.last < y->due.last) - (x->due.last > y->due.last);
}

cd_clock_t *cd_claim_clocks(int *count_out, const cd_claim_t *claim, apr_pool_t *pool)
{
    clocks_t clocks = { claim, NULL, 0, NEVER, pool };
    cd_when_t nil = status_on(claim, CD_CLAIM_CLOSED_NIL, NEVER);
    clocks.list = apr_pcalloc(pool, sizeof(*clocks.list) * (apr_size_t)(ROWS + claim->count));
    clocks.ended = status_on(claim, CD_CLAIM_SETTLED_DAMAGES, NEVER);
    if (earlier(nil, clocks.ended))
        clocks.ended = nil;
    for (int i = 0; i < ROWS; i++)
        add_row(&clocks, &rows[i]);
    add_inquests(&clocks);
    qsort(clocks.list, (size_t)clocks.count, sizeof(*clocks.list), by_due);
    *count_out = clocks.count;
    return clocks.list;
}
