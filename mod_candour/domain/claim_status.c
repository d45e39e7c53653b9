/* claim_status.c: the rows of statuses of a claim that make sense, and what can be taken back. */
#include <apr_lib.h>
#include <apr_strings.h>
#include <string.h>

#include "domain/claim_status.h"
#include "domain/series.h"

#define S(name) (1u << CD_CLAIM_##name)
#define ENDS (S(SETTLED_DAMAGES) | S(CLOSED_NIL))
#define TALKS (S(INVESTIGATING) | S(RESPONDED) | S(NEGOTIATING) | S(LITIGATED))

/* Rows: what stands; columns: what may come after it. A claim may end at any point, and once it has
 * ended it is opened again or stays as it is. In court the letters of the protocol are over. */
static const struct { int before; unsigned after; } follow[] = {
    { 0,                        S(NOTIFIED) | S(LETTER_OF_CLAIM) | TALKS | ENDS },
    { CD_CLAIM_NOTIFIED,        S(LETTER_OF_CLAIM) | TALKS | ENDS },
    { CD_CLAIM_LETTER_OF_CLAIM, TALKS | ENDS },
    { CD_CLAIM_INVESTIGATING,
      S(LETTER_OF_CLAIM) | S(RESPONDED) | S(NEGOTIATING) | S(LITIGATED) | ENDS },
    { CD_CLAIM_RESPONDED,       S(INVESTIGATING) | S(NEGOTIATING) | S(LITIGATED) | ENDS },
    { CD_CLAIM_NEGOTIATING,
      S(LETTER_OF_CLAIM) | S(INVESTIGATING) | S(RESPONDED) | S(LITIGATED) | ENDS },
    { CD_CLAIM_LITIGATED,       S(NEGOTIATING) | ENDS },
    { CD_CLAIM_SETTLED_DAMAGES, S(REOPENED) },
    { CD_CLAIM_CLOSED_NIL,      S(REOPENED) },
    { CD_CLAIM_REOPENED,        S(LETTER_OF_CLAIM) | TALKS | ENDS }
};
#define ROWS (sizeof(follow) / sizeof(follow[0]))

static unsigned followers(int before)
{
    for (unsigned i = 0; i < ROWS; i++)
        if (follow[i].before == before)
            return follow[i].after;
    return 0;
}

int cd_status_may_follow(int before, int next)
{
    return next > 0 && next < 32 && (followers(before) >> next & 1u);
}

const char *cd_status_followers(int before, apr_pool_t *pool)
{
    const char *words = "";
    for (const cd_token_t *one = cd_claim_statuses; one->word; one++)
        if (cd_status_may_follow(before, one->value))
            words = apr_pstrcat(pool, words, *words ? ", “" : "“", one->label, "”", NULL);
    return words;
}

typedef struct step_t { int seq, status; cd_when_t on; } step_t;

/* In the order of cd_series_last: by day, those of one day as they were entered; the new one has
 * seq 0 and is last. */
static int step_put(step_t *list, int count, step_t step)
{
    int at = count;
    while (at > 0 && list[at - 1].on.last > step.on.last) {
        list[at] = list[at - 1];
        at--;
    }
    list[at] = step;
    return count + 1;
}

static int steps_read(step_t *list, const cd_claim_t *claim, const cd_claim_status_t *body,
                      int without)
{
    const cd_record_t *r = NULL;
    int count = 0;
    while ((r = cd_series_next(claim->records, claim->count, CD_REC_CLAIM_STATUS, r)))
        if (r->seq != without)
            count = step_put(
                list, count,
                (step_t){ r->seq, ((const cd_claim_status_t *)r->body)->status, r->happened });
    return body ? step_put(list, count, (step_t){ 0, body->status, body->on }) : count;
}

static int side_by_side(const step_t *list, int count, int before, int after)
{
    for (int i = 0; i < count; i++)
        if (list[i].seq == after)
            return (i ? list[i - 1].seq : 0) == before;
    return 0;
}

static void complain(const step_t *before, const step_t *after, cd_problems_t *problems)
{
    apr_pool_t *pool = problems->pool;
    const char *next = cd_token_label(cd_claim_statuses, after->status);
    if (!before)
        cd_problem_add(problems, "status", NULL, "“%s” cannot be the first status of a claim",
                       next);
    else if (before->status == after->status)
        cd_problem_add(problems, "status", NULL,
                       "The status is “%s” since %s already. Correct that entry if it is wrong",
                       next, cd_when_words(before->on, pool));
    else
        cd_problem_add(problems, "status", NULL,
                       "“%s” cannot come after “%s”, %s. After that can come: %s. If an entry "
                       "is wrong, correct it first",
                       next, cd_token_label(cd_claim_statuses, before->status),
                       cd_when_words(before->on, pool), cd_status_followers(before->status, pool));
}

void cd_status_check(const cd_claim_t *claim, const cd_claim_status_t *body, int without,
                     cd_problems_t *problems)
{
    const apr_size_t size = sizeof(step_t) * (apr_size_t)(claim->count + 1);
    step_t *now = apr_palloc(problems->pool, size), *then = apr_palloc(problems->pool, size);
    int now_count = steps_read(now, claim, NULL, 0), count = steps_read(then, claim, body, without);
    for (int i = 0; i < count; i++) {
        const step_t *before = i ? &then[i - 1] : NULL;
        if (cd_status_may_follow(before ? before->status : 0, then[i].status))
            continue;
        if (then[i].seq && (!before || before->seq)
            && side_by_side(now, now_count, before ? before->seq : 0, then[i].seq))
            continue;
        complain(before, &then[i], problems);
    }
}

/* ---- taking back ---- */

const char *cd_take_back_why_not(cd_record_kind_t kind)
{
    switch (kind) {
    case CD_REC_CLAIM:
        return "The facts of the claim are corrected, not taken back";
    case CD_REC_PARTIES:
        return "The trusts and shares are changed, not taken back";
    case CD_REC_PAYMENT:
        return "A payment is not taken back like this. Record another that takes it back, with the "
               "same sum";
    case CD_REC_RECEIPT:
        return "Money from a trust is not taken back like this. Record another entry that takes it "
               "back";
    case CD_REC_RECOVERY:
        return "What a trust was asked for is taken back on the page of the decision";
    case CD_REC_REQUEST:
        return "A request for evidence is taken back on the page of the round, so that the trust "
               "is told";
    case CD_REC_CONFIRMATION:
        return "What a second person said of a decision stays. Decide again, or review the "
               "decision";
    case CD_REC_TOLD:
        return "The trust has been told of the decision. Tell it again if something was wrong";
    case CD_REC_REVIEW_ASKED: case CD_REC_REVIEW:
        return "A review and the request for it stay on record. Decide again if something was "
               "wrong";
    case CD_REC_INDICATION: case CD_REC_FOR_DECISION:
        return "A decision may rest on this step already. Take the step again if something was "
               "wrong";
    case CD_REC_TAKEN_BACK:
        return "What was taken back is entered again as a new entry";
    default:
        return NULL;
    }
}

/* ---- bank details ---- */

/* Length of the run of `want` digits at `at`, single blanks or hyphens between them allowed; 0 if
 * there are fewer or more. */
static int run_of(const char *at, int want)
{
    int digits = 0, len = 0;
    for (int i = 0; at[i]; i++) {
        if (apr_isdigit(at[i])) {
            if (++digits > want)
                return 0;
            len = i + 1;
        } else if ((at[i] != ' ' && at[i] != '-') || !apr_isdigit(at[i + 1])) {
            break;
        }
    }
    return digits == want ? len : 0;
}

/* A sort code: 6 digits in pairs, parted all in one way or not at all, with no digit before or
 * after. */
static int sort_code(const char *at)
{
    char gap = at[0] && at[1] ? at[2] : '\0';
    if (gap == '-' || gap == ' ')
        return apr_isdigit(at[0]) && apr_isdigit(at[1]) && apr_isdigit(at[3]) && apr_isdigit(at[4])
                       && at[5] == gap && apr_isdigit(at[6]) && apr_isdigit(at[7])
                       && !apr_isdigit(at[8])
                   ? 8
                   : 0;
    for (int i = 0; i < 6; i++)
        if (!apr_isdigit(at[i]))
            return 0;
    return apr_isdigit(at[6]) ? 0 : 6;
}

/* An account number: 8 digits in one piece, or two of four. */
static int account(const char *at)
{
    int digits = 0, i = 0;
    for (; apr_isdigit(at[i]) || (i == 4 && digits == 4 && (at[i] == ' ' || at[i] == '-')); i++)
        digits += apr_isdigit(at[i]) != 0;
    return digits == 8 ? i : 0;
}

int cd_bank_details(const char *text)
{
    int sorts = 0, accounts = 0;
    for (int i = 0; text && text[i];) {
        int len = 0;
        if ((text[i] == 'G' || text[i] == 'g') && (text[i + 1] == 'B' || text[i + 1] == 'b')
            && apr_isdigit(text[i + 2]) && apr_isdigit(text[i + 3]))
            return 1;
        if (apr_isdigit(text[i]) && (!i || !apr_isdigit(text[i - 1]))) {
            if (run_of(text + i, 14))
                return 1;
            if ((len = account(text + i)))
                accounts++;
            else if ((len = sort_code(text + i)))
                sorts++;
        }
        i += len ? len : 1;
    }
    return sorts && accounts;
}
