/* flag_text.h: a flag of what cases have on record, as text, for tests of flags. */
#ifndef CD_TESTS_FLAG_TEXT_H
#define CD_TESTS_FLAG_TEXT_H

#include "case_text.h"
#include "domain/liability.h"
#include "domain/round.h"

#define OPEN "incident title=Swab occurred=2026-10-14 reported_on=2026-10-28;" \
    "opinion given=2026-10-30 opinion=NOTIFIABLE given_by=K profession=DOCTOR " \
    "reasons=Unplanned_surgery;"
#define TALK "talk told=2026-11-04 mode=FACE_TO_FACE spoke_name=L facts_given=yes " \
    "enquiries_told=yes apology_given=yes support=NAMED_CONTACT noted_on=2026-11-04;"
#define LATE "talk told=2026-11-20 mode=FACE_TO_FACE spoke_name=L facts_given=yes " \
    "enquiries_told=yes apology_given=yes support=NAMED_CONTACT noted_on=2026-11-20;"
#define LETTER "letter dated=2026-11-12 sent=2026-11-13 proof=Slip account_given=yes " \
    "enquiries_given=yes apology_given=yes copy_kept=Folder;"
#define DIFFER OPEN "opinion given=2026-11-02 opinion=NOT given_by=K profession=DOCTOR " \
    "reasons=Below_threshold;"
#define AFTER "letter dated=2026-11-23 sent=2026-11-23 proof=Slip account_given=yes " \
    "enquiries_given=yes apology_given=yes copy_kept=Folder;"
#define ONE_TRY OPEN "attempt tried=2026-11-02 mode=TELEPHONE outcome=NO_ANSWER;"
#define JUDGED(rule, what, who) "judgement rule=" rule " judgement=" what " judged=2026-12-10 " \
    "reasons=A_person_looked @by=" who ";"
#define WHOLE OPEN TALK LETTER
#define UNREACHED OPEN "attempt tried=2026-11-02 mode=TELEPHONE outcome=NO_ANSWER;" \
    "attempt tried=2026-11-03 mode=TELEPHONE outcome=NO_ANSWER; " \
    "attempt tried=2026-11-05 mode=LETTER outcome=RETURNED;"
#define FOUND(rule, what, who) "finding rule=" rule " outcome=" what " finder=" who \
    " body_name=B found=2026-12-10 source=S;"
#define AS_AT "2026-12-24"

typedef struct input_t {
    cd_scheme_t scheme;
    cd_flag_case_t cases[3];
    cd_flag_input_t in;
} input_t;

/* A flag over up to three cases ("|" parts them), F = 10,000 capped by D = 32,200. */
static inline input_t *input_of(const char *text, int material, apr_pool_t *pool)
{
    input_t *made = apr_pcalloc(pool, sizeof(*made));
    char *last = NULL, *one = apr_strtok(apr_pstrdup(pool, text), "|", &last);

    made->scheme = (cd_scheme_t){ .code = "L1",
                                  .version = 1,
                                  .title = "T",
                                  .formula = CD_L1_FIXED_CAPPED_BY_DAMAGES,
                                  .basis = CD_BASIS_D,
                                  .requires_damages = CD_YES,
                                  .fixed_p = 1000000,
                                  .material = material,
                                  .window = CD_WIN_ALL,
                                  .breach_unit = CD_UNIT_CLAIM,
                                  .evidence_days_wd = 20,
                                  .authority = "Test" };
    made->in = (cd_flag_input_t){ .org_code = "RZ1",
                                  .jurisdiction = CD_JUR_ENG,
                                  .claim_scheme = CD_SCHEME_CNST,
                                  .cases = made->cases,
                                  .scheme = &made->scheme,
                                  .sums = { .damages_p = 3220000, .succeeded = 1 },
                                  .cal = made_calendar(pool),
                                  .as_at = cd_date_parse(AS_AT) };
    for (; one; one = apr_strtok(NULL, "|", &last)) {
        cd_flag_case_t *c = &made->cases[made->in.case_count++];
        c->reference = apr_psprintf(pool, "CM-%d", made->in.case_count);
        c->eval = made_evaluation(one, &made_org, "ENG-20-NHS", AS_AT, pool);
    }
    return made;
}

static inline cd_flag_t *flag_of(const input_t *made, apr_pool_t *pool)
{
    cd_flag_t *flag = NULL;
    cd_err_t *err = cd_flag_compute(&flag, &made->in, pool);

    if (err)
        fail_msg("%s", cd_err_line(err, pool));
    return flag;
}

#endif
