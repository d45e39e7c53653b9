/* flag_brief_text.c: a brief as one line of text, and back.
 *
 *   f1 1 1 2 0 0 0 739000 739020 0 0 3220000 0 4600000 0 1 0 | E01M E02N.1021 E09U.2000 | E01M
 *
 * Behind the version: jurisdiction, claim's scheme, cases linked, finding of no incident with day
 * and role, first and last day of the request, "none exists", rules asked for, damages, capital
 * value, claimant's and defence costs, succeeded, contribution. Then a bar for each case and its
 * rules: code, letter of the status and, where one of them is not 0, why, gate, what decided, role
 * and finder in base 36. What is read is written again and compared: there is one way to say a
 * thing. */
#include <apr_strings.h>
#include <string.h>

#include "base/buf.h"
#include "domain/flag_brief.h"

enum { NUMBERS = 16, RULES_MAX = 8 * 32, TEXT_MAX = 8000 };
#define DIGITS "0123456789abcdefghijklmnopqrstuvwxyz"

/* Letters are stored: a letter is never given to another status. */
static const struct { cd_status_t status; char letter; } letters[] = {
    { CD_ST_MET, 'M' }, { CD_ST_MET_LATE, 'L' }, { CD_ST_NOT_MET, 'N' }, { CD_ST_PENDING, 'P' },
    { CD_ST_EXCUSED, 'X' }, { CD_ST_NOT_APPLICABLE, 'A' }, { CD_ST_UNDETERMINED, 'U' }
};
#define LETTERS (sizeof(letters) / sizeof(letters[0]))

/* What decided a rule: numbers of record kinds are stored ones, but do not fit one digit. */
static int kind_digit(int kind)
{
    return kind == CD_REC_JUDGEMENT ? 1 : kind == CD_REC_FINDING ? 2 : 0;
}

static void put_rule(cd_buf_t *buf, const cd_brief_rule_t *r)
{
    char letter = '?';
    for (unsigned i = 0; i < LETTERS; i++)
        if (letters[i].status == r->status)
            letter = letters[i].letter;
    cd_buf_fmt(buf, " %s%c", r->rule->code, letter);
    if (r->why || r->gate || r->by_kind || r->by_role || r->by_finder)
        cd_buf_fmt(buf, ".%c%c%c%c%c", DIGITS[r->why], DIGITS[r->gate],
                   DIGITS[kind_digit(r->by_kind)], DIGITS[r->by_role], DIGITS[r->by_finder]);
}

const char *cd_flag_brief_encode(const cd_flag_brief_t *b, apr_pool_t *pool)
{
    cd_buf_t *buf = cd_buf_make(pool, 512);
    int of_case = 0;
    cd_buf_fmt(buf, "f1 %d %d %d %d %d %d %d %d %d %u", b->jurisdiction, b->claim_scheme, b->linked,
               b->no_incident.finding, b->no_incident.on, b->no_incident.role, b->requested_on,
               b->due, b->none_exists, b->asked_rules);
    cd_buf_fmt(buf,
               " %" APR_INT64_T_FMT " %" APR_INT64_T_FMT " %" APR_INT64_T_FMT " %" APR_INT64_T_FMT
               " %d %" APR_INT64_T_FMT,
               b->sums.damages_p, b->sums.ppo_capital_p, b->sums.claimant_costs_p,
               b->sums.defence_costs_p, b->sums.succeeded, b->sums.contribution_p);
    for (int i = 0; i < b->rule_count; i++) {
        for (; of_case < b->rules[i].of_case; of_case++)
            cd_buf_lit(buf, " |");
        put_rule(buf, &b->rules[i]);
    }
    return buf->data;
}

/* One number of at most 16 digits; NULL if there is none. */
static const char *take_number(apr_int64_t *out, const char *at)
{
    int digits = 0;
    for (*out = 0; *at >= '0' && *at <= '9' && digits < 16; at++, digits++)
        *out = *out * 10 + (*at - '0');
    return digits && (*at == ' ' || !*at) ? at : NULL;
}

static int digit(char c)
{
    const char *at = c ? strchr(DIGITS, c) : NULL;
    return at ? (int)(at - DIGITS) : -1;
}

/* " E02N.10210" or " |"; NULL if it is neither. */
static const char *take_rule(cd_flag_brief_t *b, int *of_case, const char *at, apr_pool_t *pool)
{
    cd_brief_rule_t r = { .rule = NULL };
    apr_size_t code;
    if (at[0] == ' ' && at[1] == '|') {
        ++*of_case;
        return at + 2;
    }
    code = strcspn(at + 1, " .");          /* with the letter behind it */
    if (*at != ' ' || code < 4 || code > 8 || b->rule_count == RULES_MAX)
        return NULL;
    r.rule = cd_rule_by_code(apr_pstrmemdup(pool, at + 1, code - 1));
    r.of_case = *of_case;
    for (unsigned i = 0; i < LETTERS; i++)
        if (letters[i].letter == at[code])
            r.status = letters[i].status;
    at += code + 1;
    if (*at == '.') {
        int d[5];
        if (strnlen(at, 6) < 6)
            return NULL;
        for (int i = 0; i < 5; i++)
            d[i] = digit(at[i + 1]);
        if (d[0] < 0 || d[0] > CD_WHY_NOT_KNOWN || d[1] < 0 || d[1] > CD_GATE_BEGINNING || d[2] < 0
            || d[2] > 2 || d[3] < 0 || d[4] < 0)
            return NULL;
        r.why = (cd_why_t)d[0];
        r.gate = (cd_gate_t)d[1];
        r.by_kind = d[2] == 1 ? CD_REC_JUDGEMENT : d[2] == 2 ? CD_REC_FINDING : 0;
        r.by_role = d[3];
        r.by_finder = d[4];
        at += 6;
    }
    if (!r.rule || !r.status || !*of_case)
        return NULL;
    b->rules[b->rule_count++] = r;
    return at;
}

static void fill(cd_flag_brief_t *b, const apr_int64_t n[NUMBERS])
{
    b->jurisdiction = (int)n[0];
    b->claim_scheme = (int)n[1];
    b->linked = (int)n[2];
    b->no_incident = (cd_found_none_t){ (int)n[3], (cd_date_t)n[4], (int)n[5] };
    b->requested_on = (cd_date_t)n[6];
    b->due = (cd_date_t)n[7];
    b->none_exists = (int)n[8];
    b->asked_rules = (apr_uint32_t)n[9];
    b->sums.damages_p = n[10];
    b->sums.ppo_capital_p = n[11];
    b->sums.claimant_costs_p = n[12];
    b->sums.defence_costs_p = n[13];
    b->sums.succeeded = (int)n[14];
    b->sums.contribution_p = n[15];
}

cd_err_t *cd_flag_brief_decode(cd_flag_brief_t **out, const char *text, apr_pool_t *pool)
{
    cd_flag_brief_t *b = apr_pcalloc(pool, sizeof(*b));
    apr_int64_t numbers[NUMBERS];
    const char *at = strncmp(text, "f1", 2) ? NULL : text + 2;
    int of_case = 0;
    if (strnlen(text, TEXT_MAX + 1) > TEXT_MAX)
        at = NULL;
    for (int i = 0; i < NUMBERS && at; i++)
        at = *at == ' ' ? take_number(&numbers[i], at + 1) : NULL;
    if (at) {
        fill(b, numbers);
        /* a rule takes 5 bytes and more */
        b->rules = apr_pcalloc(pool, (strlen(text) / 5 + 1) * sizeof(*b->rules));
    }
    while (at && *at)
        at = take_rule(b, &of_case, at, pool);
    if (!at || strcmp(cd_flag_brief_encode(b, pool), text))
        return cd_err(pool, CD_E_TAMPERED, NULL, "the brief of a flag is not as it is written");
    *out = b;
    return NULL;
}
