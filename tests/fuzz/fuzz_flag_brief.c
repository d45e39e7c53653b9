/* fuzz_flag_brief.c: any bytes as a flag's brief. What reads is written again as the same bytes,
 * and every formula makes of it a flag that keeps to the laws of all flags. */
#include "fuzz.h"

#include "domain/flag_brief.h"

static void check(const cd_flag_brief_t *brief, const cd_token_t *formula, apr_pool_t *pool)
{
    const int year = formula->value == CD_L7_CONTRIBUTION_UPLIFT;
    cd_scheme_t scheme = {
        .code = formula->word,
        .version = 1,
        .title = "T",
        .formula = formula->value,
        .basis = formula->value == CD_L5_PERCENT_OF_TOTAL ? CD_BASIS_T : CD_BASIS_D,
        .requires_damages = CD_YES,
        .may_exceed_basis = year ? CD_YES : CD_NO,
        .fixed_p = 1000000,
        .steps_p = { 1000000, 2000000 },
        .step_count = 2,
        .step_p = 500000,
        .bp = 1000,
        .excess_p = 2500000,
        .matrix_bp = { { 100, 200, 300 }, { 400, 500, 600 }, { 700, 1500, 2000 } },
        .material = CD_MAT_FULL,
        .window = year ? CD_WIN_FINANCIAL_YEAR : CD_WIN_ALL,
        .breach_unit = CD_UNIT_RULE,
        .evidence_days_wd = 20,
        .authority = "T"
    };
    cd_flag_outcome_t out;
    cd_err_t *err = cd_flag_brief_compute(&out, brief, &scheme, 2, cd_date_make(2026, 6, 1), pool);

    FUZZ_CHECK(!err || err->code == CD_E_RANGE || err->code == CD_E_CONFIG);
    if (err)
        return;
    FUZZ_CHECK(cd_token_word(cd_flag_states, (int)out.state));
    FUZZ_CHECK(out.indicated_p >= 0 && out.indicated_p <= out.would_be_p);
    FUZZ_CHECK(out.state == CD_FLAG_BREACH_INDICATED || !out.would_be_p);
    FUZZ_CHECK(year || out.would_be_p <= out.sum.basis_p);
    FUZZ_CHECK(out.why && *out.why);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    apr_pool_t *pool = fuzz_pool();
    const char *text = apr_pstrmemdup(pool, (const char *)data, size);
    const cd_token_t *formula;
    cd_flag_brief_t *brief;

    if (!cd_flag_brief_decode(&brief, text, pool)) {
        FUZZ_CHECK(!strcmp(cd_flag_brief_encode(brief, pool), text));
        for (formula = cd_formulas; formula->word; formula++)
            check(brief, formula, pool);
    }
    apr_pool_destroy(pool);
    return 0;
}
