/* rule_rows.h: tables of cases for rules: what is on record, the day, the rule, and what follows.
 */
#ifndef CD_TESTS_RULE_ROWS_H
#define CD_TESTS_RULE_ROWS_H

#include "case_text.h"

typedef struct row_t {
    const char *records, *as_at, *rule;
    cd_status_t status;
    cd_why_t why;
    const char *reason;
} row_t;

#define MET CD_ST_MET
#define LATE_ST CD_ST_MET_LATE
#define NOT CD_ST_NOT_MET
#define PEND CD_ST_PENDING
#define EXC CD_ST_EXCUSED
#define NA CD_ST_NOT_APPLICABLE
#define OPEN_ST CD_ST_UNDETERMINED

static inline void hold(const row_t *rows, size_t count, const char *policy, const cd_org_t *org,
                        apr_pool_t *pool)
{
    for (size_t i = 0; i < count; i++) {
        cd_evaluation_t *eval = made_evaluation(rows[i].records, org, policy, rows[i].as_at, pool);
        const cd_result_t *got = cd_evaluation_rule(eval, rows[i].rule);
        if (!got || got->status != rows[i].status || got->why != rows[i].why)
            fail_msg("row %d, %s (%s): %s why %d: %s", (int)i, rows[i].rule, rows[i].reason,
                     got ? cd_token_word(cd_statuses, (int)got->status) : "no such rule",
                     got ? (int)got->why : 0, got ? got->sentence : "");
        assert_non_null(got->sentence);
        assert_int_equal(got->sentence[strlen(got->sentence) - 1], '.');
        assert_null(strstr(got->sentence, " ."));
        assert_null(strstr(got->sentence, ", ,"));
        assert_null(strstr(got->sentence, ", ."));
    }
}

#endif
