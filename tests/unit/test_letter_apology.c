/* test_letter_apology.c: invariant 6 over every policy and scheme: an apology never worsens
 * anything, and what is written, checked and let out as a letter changes no status, flag or sum at
 * all until it is sent.
 *
 * Cases are made from a number, so that a failure can be made again. A policy that is added is
 * walked by itself. */
#include "unit.h"

#include "case_text.h"
#include "domain/eval_json.h"
#include "domain/letter.h"
#include "domain/liability.h"

enum { CASES = 500, RECORDS = 14 };

typedef struct dice_t { apr_uint64_t seed; } dice_t;

static unsigned roll(dice_t *dice, unsigned sides)
{
    dice->seed = dice->seed * APR_UINT64_C(2862933555777941757) + APR_UINT64_C(3037000493);
    return (unsigned)(dice->seed >> 33) % sides;
}

static const char *const words[] = {
    "We are sorry.", "We are sorry if you feel hurt.", "It was our fault, and we are liable.",
    "We were negligent and apologise.",
    "Mae’n ddrwg gennym.", "Nothing to say."
};

static cd_date_t day(dice_t *dice)
{
    return cd_date_parse("2026-01-01") + (cd_date_t)roll(dice, 320);
}

static void fill_field(const cd_field_t *f, void *body, dice_t *dice)
{
    unsigned values = 0;

    for (const cd_token_t *t = f->tokens; t && t->word; t++)
        values++;
    if (!roll(dice, 5) && !(f->flags & CD_FF_HAPPENED))
        return;
    switch (f->type) {
    case CD_FT_TEXT:
    case CD_FT_LONG:
        *CD_FIELD_AT(const char *, body, f) = words[roll(dice, COUNT_OF(words))];
        break;
    case CD_FT_TOKEN: *CD_FIELD_AT(int, body, f) = f->tokens[roll(dice, values)].value; break;
    case CD_FT_SET:
        *CD_FIELD_AT(apr_uint32_t, body, f) = 1u << f->tokens[roll(dice, values)].value;
        break;
    case CD_FT_YESNO: *CD_FIELD_AT(int, body, f) = roll(dice, 3) ? CD_YES : CD_NO; break;
    case CD_FT_WHEN: *CD_FIELD_AT(cd_when_t, body, f) = cd_when_day(day(dice)); break;
    case CD_FT_DATE: *CD_FIELD_AT(cd_date_t, body, f) = day(dice); break;
    default: break;                     /* numbers that no rule reads here */
    }
}

static void add(made_t *made, cd_record_kind_t kind, dice_t *dice, apr_pool_t *pool)
{
    const cd_record_def_t *def = cd_record_def(kind);
    cd_record_t *r = &made->list[made->count++];
    void *body = apr_pcalloc(pool, def->size);

    for (int i = 0; i < def->field_count; i++)
        fill_field(&def->fields[i], body, dice);
    *r = (cd_record_t){ .seq = made->count,
                        .kind = kind,
                        .body = body,
                        .happened = cd_body_happened(def, body),
                        .role = CD_ROLE_TRUST_LEGAL };
}

static made_t *random_case(int number, apr_pool_t *pool)
{
    static const cd_record_kind_t kinds[] = {
        CD_REC_TALK, CD_REC_TALK, CD_REC_LETTER, CD_REC_LETTER, CD_REC_RESULTS, CD_REC_MEETING,
        CD_REC_ATTEMPT, CD_REC_REFUSAL,
        CD_REC_SUPPORT, CD_REC_ENQUIRY, CD_REC_DOCUMENT, CD_REC_JUDGEMENT, CD_REC_FINDING,
        CD_REC_OPENING, CD_REC_PERSON
    };
    made_t *made = apr_pcalloc(pool, sizeof(*made));
    dice_t dice = { (apr_uint64_t)number * 104729 + 3 };
    const unsigned count = 4 + roll(&dice, RECORDS - 4);

    add(made, CD_REC_INCIDENT, &dice, pool);
    add(made, CD_REC_OPINION, &dice, pool);
    ((cd_opinion_t *)(uintptr_t)made->list[1].body)->opinion = CD_OPINION_NOTIFIABLE;
    for (unsigned i = 2; i < count; i++)
        add(made, kinds[roll(&dice, COUNT_OF(kinds))], &dice, pool);
    return made;
}

static made_t *copy_of(const made_t *made, apr_pool_t *pool)
{
    made_t *copy = apr_pmemdup(pool, made, sizeof(*made));

    for (int i = 0; i < copy->count; i++)
        copy->list[i].body =
            apr_pmemdup(pool, made->list[i].body, cd_record_def(made->list[i].kind)->size);
    return copy;
}

static cd_evaluation_t *evaluate(const made_t *made, const cd_policy_t *policy, const cd_org_t *org,
                                 const cd_calendar_t *cal, apr_pool_t *pool)
{
    cd_date_t as_at = cd_date_parse("2027-01-20");
    cd_evaluation_t *eval = NULL;
    cd_err_t *err = cd_evaluate(&eval, cd_case_read(made->list, made->count, org, as_at, pool),
                                policy, cal, as_at, pool);

    if (err)
        fail_msg("%s: %s", policy->code, cd_err_line(err, pool));
    return eval;
}

static const char *text_of(const cd_evaluation_t *eval, apr_pool_t *pool)
{
    cd_buf_t *buf = cd_buf_make(pool, 8192);
    cd_jsonw_t w;

    cd_jsonw_init(&w, buf, 0);
    cd_evaluation_write(&w, eval, pool);
    return buf->data;
}

static const char *flag_of(cd_flag_t **out, const cd_evaluation_t *eval, int number,
                           const cd_org_t *org, const cd_calendar_t *cal, apr_pool_t *pool)
{
    cd_scheme_t scheme = { .code = "T",
                           .version = 1,
                           .title = "T",
                           .formula = 1 + number % 4,
                           .basis = 1 + number % 3,
                           .requires_damages = CD_YES,
                           .may_exceed_basis = CD_YES,
                           .fixed_p = 1000000,
                           .steps_p = { 1000000, 2000000, 3000000 },
                           .step_count = 3,
                           .material = 1 + number % 3,
                           .window = CD_WIN_ALL,
                           .breach_unit = CD_UNIT_CLAIM,
                           .evidence_days_wd = 20,
                           .authority = "T" };
    cd_flag_case_t one = { "CM-1", eval };
    cd_flag_input_t in = { .org_code = "RZ1",
                           .jurisdiction = org->jurisdiction,
                           .claim_scheme = CD_SCHEME_CNST,
                           .cases = &one,
                           .case_count = 1,
                           .scheme = &scheme,
                           .sums = { .damages_p = 5000000,
                                     .claimant_costs_p = 5000,
                                     .defence_costs_p = 700,
                                     .succeeded = 1,
                                     .breach_number = 1 + number % 4 },
                           .cal = cal,
                           .as_at = eval->as_at };
    cd_err_t *err;

    if (scheme.formula == CD_L0_SHADOW)
        scheme.shadow_of = CD_L1_FIXED_CAPPED_BY_DAMAGES;
    err = cd_flag_compute(out, &in, pool);
    if (err)
        fail_msg("%d: %s", number, cd_err_line(err, pool));
    return cd_flag_json(*out, pool);
}

static int status_rank(const cd_result_t *r)
{
    switch (r->status) {
    case CD_ST_NOT_MET: return 4;
    case CD_ST_UNDETERMINED: return 3;
    case CD_ST_PENDING: return 2;
    case CD_ST_MET_LATE: return 1;
    default: return 0;
    }
}

/* Drafts, checks, refusals and approvals in any words, behind all that is there. */
static void write_letters(made_t *made, int number, apr_pool_t *pool)
{
    dice_t dice = { (apr_uint64_t)number * 31 + 11 };

    for (int i = 0; i < 4; i++)
        add(made, i % 2 ? CD_REC_SIGNOFF : CD_REC_DRAFT, &dice, pool);
}

static int apologise(made_t *made, int number)
{
    int changed = 0;

    for (int i = 0; i < made->count; i++) {
        void *body = (void *)(uintptr_t)made->list[i].body;

        changed += made->list[i].kind == CD_REC_TALK || made->list[i].kind == CD_REC_LETTER
                   || made->list[i].kind == CD_REC_RESULTS;
        if (made->list[i].kind == CD_REC_TALK) {
            ((cd_talk_t *)body)->apology_given = CD_YES;
            ((cd_talk_t *)body)->apology_words = words[(number + i) % (int)COUNT_OF(words)];
        } else if (made->list[i].kind == CD_REC_LETTER) {
            ((cd_letter_t *)body)->apology_given = CD_YES;
        } else if (made->list[i].kind == CD_REC_RESULTS) {
            ((cd_results_t *)body)->apology_given = CD_YES;
        }
    }
    return changed;
}

typedef struct walk_t {
    const cd_policy_t *policy;
    cd_org_t org;
    const cd_calendar_t *cal;
} walk_t;

static void one_case(const walk_t *walk, int number, int *apologies, apr_pool_t *pool)
{
    made_t *made = random_case(number, pool), *other = copy_of(made, pool);
    cd_evaluation_t *was = evaluate(made, walk->policy, &walk->org, walk->cal, pool), *is;
    cd_flag_t *flag_was, *flag_is;
    const char *json = flag_of(&flag_was, was, number, &walk->org, walk->cal, pool);

    write_letters(other, number, pool);
    is = evaluate(other, walk->policy, &walk->org, walk->cal, pool);
    if (strcmp(text_of(was, pool), text_of(is, pool)))
        fail_msg("%s, case %d: letters that were not sent changed an answer", walk->policy->code,
                 number);
    assert_string_equal(json, flag_of(&flag_is, is, number, &walk->org, walk->cal, pool));
    other = copy_of(made, pool);
    *apologies += apologise(other, number) > 0;
    is = evaluate(other, walk->policy, &walk->org, walk->cal, pool);
    for (int i = 0; i < was->count; i++)
        if (status_rank(&is->results[i]) > status_rank(&was->results[i]))
            fail_msg("%s, case %d: an apology worsened %s", walk->policy->code, number,
                     was->results[i].rule->code);
    flag_of(&flag_is, is, number, &walk->org, walk->cal, pool);
    assert_true(flag_is->indicated_p <= flag_was->indicated_p);
}

static void over_every_policy_and_scheme(void **state)
{
    int policies, holidays, apologies = 0;
    const cd_policy_t *list = cd_policies(&policies);
    const cd_holiday_t *days = cd_holidays_shipped(&holidays);
    apr_pool_t *pool;

    assert_true(policies >= 2);
    apr_pool_create(&pool, *state);
    for (int p = 0; p < policies; p++) {
        walk_t walk = { &list[p], made_org, NULL };

        walk.org.jurisdiction = list[p].jurisdiction;
        walk.org.kind = list[p].kind ? list[p].kind : CD_HEALTH_SERVICE_BODY;
        walk.cal = cd_calendar_make(cd_org_division(&walk.org), days, holidays, *state);
        for (int number = 0; number < CASES; number++) {
            apr_pool_clear(pool);
            one_case(&walk, number, &apologies, pool);
        }
    }
    apr_pool_destroy(pool);
    assert_true(apologies > policies * CASES / 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = { POOL_TEST(over_every_policy_and_scheme) };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
