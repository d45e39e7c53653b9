/* scheme_members.c: what a scheme's file may hold, member by member, and each in words for people.
 */
#include <apr_strings.h>
#include <stddef.h>
#include <string.h>

#include "base/field.h"
#include "base/text.h"
#include "domain/scheme_members.h"

#define AT(member_) offsetof(cd_scheme_t, member_)
#define OF(formula_) (1u << CD_##formula_)
#define EVERY 0x7fffffffu
#define L1 OF(L1_FIXED_CAPPED_BY_DAMAGES)
#define L2 OF(L2_FIXED_IRRESPECTIVE)
#define L3 OF(L3_FIXED_RISING)
#define L3B OF(L3B_FIXED_STEPS)
#define L4 OF(L4_PERCENT_OF_DAMAGES)
#define L5 OF(L5_PERCENT_OF_TOTAL)
#define L7 OF(L7_CONTRIBUTION_UPLIFT)
#define L8 OF(L8_EXCESS)
#define L8B OF(L8B_COINSURANCE)
#define L9 OF(L9_MATRIX)

/* The order is that of the stored form: a new row goes where it reads best, an old one is never
 * moved. */
const cd_member_t cd_scheme_members[] = {
    { "code", CD_MB_TEXT, AT(code), NULL, 1, 0, "Code", NULL,
      "Letters, digits and _ ; 24 at most. The same for each version." },
    { "version", CD_MB_COUNT, AT(version), NULL, 1, 0, "Version", NULL,
      "From 1; a change is a new version." },
    { "title", CD_MB_TEXT, AT(title), NULL, 1, 0, "Title", NULL, "What people call it." },
    { "formula", CD_MB_WORD, AT(formula), cd_formulas, 1, EVERY, "Formula", NULL,
      "How the sum is worked out." },
    { "shadow_of", CD_MB_WORD, AT(shadow_of), cd_formulas, 0, EVERY,
      "Shows what it would have been under", "No formula",
      "For L0: the formula whose sum is shown and not asked." },
    { "basis", CD_MB_WORD, AT(basis), cd_bases, 1, EVERY, "Counts on", NULL,
      "What the sum is held to, of the trust’s share." },
    { "requires_damages", CD_MB_FLAG, AT(requires_damages), NULL, 0, EVERY,
      "Only if damages are paid", "Yes",
      "Nothing is asked where the claim did not end with damages." },
    { "include_ppo", CD_MB_FLAG, AT(include_ppo), NULL, 0, EVERY,
      "Capital value of periodical payments counts", "No",
      "Damages then include the capital value of periodical payments." },
    { "may_exceed_basis", CD_MB_FLAG, AT(may_exceed_basis), NULL, 0, EVERY,
      "May be more than what it counts on", "No",
      "Else the sum is held to the basis at the end." },
    { "capped_by_damages", CD_MB_FLAG, AT(capped_by_damages), NULL, 0, L3 | L3B,
      "Never more than the damages", "No",
      "Holds the rising sum to the trust’s share of damages." },
    { "fixed_p", CD_MB_PENCE, AT(fixed_p), NULL, 0, L1 | L2 | L3B, "Fixed amount", NULL, "Pence." },
    { "steps_p", CD_MB_STEPS, AT(steps_p), NULL, 0, L3, "Amount for the first, second and later "
      "breach", NULL,
      "Pence for the first, second ... breach; the last holds for each later one." },
    { "step_p", CD_MB_PENCE, AT(step_p), NULL, 0, L3B, "More for each further breach", NULL,
      "Pence." },
    { "bp", CD_MB_BP, AT(bp), NULL, 0, L4 | L5 | L7 | L8B, "Percentage", NULL,
      "Basis points: 100 for 1%. For L7 of the yearly contribution, for each breach." },
    { "most_breaches", CD_MB_COUNT, AT(most_breaches), NULL, 0, L7,
      "Breaches of a year that count at most", "No limit",
      "More breaches than these add nothing." },
    { "excess_p", CD_MB_PENCE, AT(excess_p), NULL, 0, L8, "Excess", NULL, "Pence." },
    { "matrix_bp", CD_MB_MATRIX, AT(matrix_bp), NULL, 0, L9, "Percentage by how grave and how far",
      NULL,
      "Basis points for each severity (OFFENCE, DUTY, CONTRACT) and extent (LATE, PARTIAL, NONE): "
      "nine in all." },
    { "rounding", CD_MB_WORD, AT(rounding), cd_roundings, 0, L4 | L5 | L7 | L8B | L9, "Rounding",
      "To the nearest penny, half a penny up", "What becomes of a part of a penny." },
    { "cap_p", CD_MB_PENCE, AT(cap_p), NULL, 0, EVERY & ~L7, "Cap", "None",
      "Pence; at most this is asked." },
    { "floor_p", CD_MB_PENCE, AT(floor_p), NULL, 0, EVERY & ~L7, "Floor", "None",
      "Pence; at least this is asked." },
    { "one_sum_per", CD_MB_WORD, AT(one_sum_per), cd_breach_units, 0, L1 | L2 | L3 | L3B | L8,
      "One sum for", "Each claim",
      "CLAIM, or INCIDENT: once for each incident of the claim in which a rule that counts was "
      "broken." },
    { "material", CD_MB_WORD, AT(material), cd_materials, 1, EVERY, "Material rules", NULL,
      "Which rules count." },
    { "window", CD_MB_WORD, AT(window), cd_windows, 1, EVERY, "Breaches are counted over", NULL,
      "By the day of decision." },
    { "breach_unit", CD_MB_WORD, AT(breach_unit), cd_breach_units, 1, EVERY,
      "What counts as one breach", NULL,
      "What n counts." },
    { "evidence_days_wd", CD_MB_COUNT, AT(evidence_days_wd), NULL, 0, EVERY,
      "Time for the trust to give evidence",
      "20 working days", "Working days." },
    { "answer_days_wd", CD_MB_COUNT, AT(answer_days_wd), NULL, 0, EVERY,
      "Time for the trust to answer an indication",
      "10 working days", "Working days." },
    { "review_days", CD_MB_COUNT, AT(review_days), NULL, 0, EVERY, "Time to ask for a review",
      "28 days", "Days." },
    { "confirm_above_p", CD_MB_PENCE, AT(confirm_above_p), NULL, 0, EVERY,
      "A second person confirms above",
      "No decision needs a second person", "Pence; a decision over this sum holds once a second "
      "person confirms it." },
    { "needs_finding", CD_MB_FLAG, AT(needs_finding), NULL, 0, EVERY,
      "Only after a regulator’s finding", "No",
      "Nothing is asked before a court or the regulator found a breach." },
    { "from", CD_MB_DATE, AT(from), NULL, 0, 0, "From", NULL, NULL },
    { "to", CD_MB_DATE, AT(to), NULL, 0, 0, "To", NULL, NULL },
    { "authority", CD_MB_TEXT, AT(authority), NULL, 0, 0, "Authority", NULL,
      "Where the version as a whole comes from." },
    { "authorities", CD_MB_AUTHORITIES, AT(authorities), NULL, 0, 0, "Authorities", NULL,
      "Where each setting comes from." }
};
const int cd_scheme_member_count = (int)(sizeof(cd_scheme_members) / sizeof(*cd_scheme_members));

const cd_member_t *cd_scheme_member(const char *name)
{
    for (int i = 0; i < cd_scheme_member_count; i++)
        if (!strcmp(cd_scheme_members[i].name, name))
            return &cd_scheme_members[i];
    return NULL;
}

int cd_member_used(const cd_scheme_t *scheme, const cd_member_t *member)
{
    int formula = cd_scheme_formula(scheme);
    if (!strcmp(member->name, "shadow_of"))
        return scheme->formula == CD_L0_SHADOW;
    return member->formulas == EVERY || (formula > 0 && (member->formulas & (1u << formula)));
}

static const char *step_words(const cd_scheme_t *s, apr_pool_t *pool)
{
    const char *words[CD_SCHEME_STEPS];
    for (int i = 0; i < s->step_count && i < CD_SCHEME_STEPS; i++)
        words[i] = cd_pence_words(s->steps_p[i], pool);
    return apr_psprintf(pool, "%s, the last for every later breach",
                        cd_text_list(words, s->step_count, pool));
}

/* "A term of the contract, done, but late: 2.00%; ..." */
static const char *matrix_words(const cd_scheme_t *s, apr_pool_t *pool)
{
    cd_buf_t *buf = cd_buf_make(pool, 512);
    for (int i = 8; i >= 0; i--) {
        cd_buf_str(buf, buf->len ? "\n" : "");
        cd_buf_fmt(buf, "%s, %s: %s", cd_token_label(cd_severities, i / 3 + 1),
                   cd_token_label(cd_extents, i % 3 + 1),
                   cd_bp_words(s->matrix_bp[i / 3][i % 3], pool));
    }
    return buf->data;
}

static const char *count_words(const cd_member_t *m, int count, apr_pool_t *pool)
{
    const char *unit = strstr(m->name, "_wd")    ? " working day"
                       : strstr(m->name, "days") ? " day"
                                                 : NULL;
    return apr_psprintf(pool, "%d%s%s", count, unit ? unit : "", unit && count != 1 ? "s" : "");
}

static const char *in_words(const cd_scheme_t *s, const cd_member_t *m, apr_pool_t *pool)
{
    const char *at = (const char *)s + m->offset;
    if (!cd_member_given(s, m))
        return m->otherwise ? m->otherwise : "Not given";
    switch (m->kind) {
    case CD_MB_WORD: return cd_token_label(m->words, *(const int *)(const void *)at);
    case CD_MB_FLAG: return *(const int *)(const void *)at == CD_YES ? "Yes" : "No";
    case CD_MB_PENCE: return cd_pence_words(*(const apr_int64_t *)(const void *)at, pool);
    case CD_MB_BP: return cd_bp_words(*(const apr_int64_t *)(const void *)at, pool);
    case CD_MB_COUNT: return count_words(m, *(const int *)(const void *)at, pool);
    case CD_MB_STEPS: return step_words(s, pool);
    case CD_MB_MATRIX: return matrix_words(s, pool);
    default: return "";
    }
}

static const char *authority_of(const cd_scheme_t *s, const char *name)
{
    for (int i = 0; i < s->authority_count; i++)
        if (!strcmp(s->authorities[i].setting, name))
            return s->authorities[i].text;
    return NULL;
}

int cd_scheme_settings(cd_setting_t *list, const cd_scheme_t *scheme, apr_pool_t *pool)
{
    int count = 0;
    for (int i = 0; i < cd_scheme_member_count && count < CD_SCHEME_SETTINGS; i++) {
        const cd_member_t *m = &cd_scheme_members[i];
        if (m->formulas && cd_member_used(scheme, m))
            list[count++] = (cd_setting_t){ m->name, m->label, in_words(scheme, m, pool),
                                            authority_of(scheme, m->name), cd_member_given(scheme,
                                            m) };
    }
    return count;
}
