/* liability.c: the flag of a trust in a claim, with its reasons and what would change it.
 *
 * State, verdict and sum are reckoned through the flag's brief (flag_brief.c), so that a flag and
 * what 100,000 of them would be under another scheme are one calculation. Here stands what only a
 * page needs: the reasons. */
#include <apr_strings.h>
#include <string.h>

#include "domain/flag_weigh.h"
#include "domain/whatif.h"

const cd_token_t cd_flag_states[] = {
    { CD_FLAG_NOT_APPLICABLE, "NOT_APPLICABLE", "Does not apply" },
    { CD_FLAG_EVIDENCE_REQUESTED, "EVIDENCE_REQUESTED", "Evidence requested" },
    { CD_FLAG_EVIDENCE_NOT_PROVIDED, "EVIDENCE_NOT_PROVIDED", "Evidence not provided" },
    { CD_FLAG_EXCUSED, "EXCUSED", "Excused" },
    { CD_FLAG_CANDOUR_SHOWN, "CANDOUR_SHOWN", "Candour shown" },
    { CD_FLAG_BREACH_INDICATED, "BREACH_INDICATED", "Breach indicated" },
    { CD_FLAG_NO_INCIDENT, "NO_INCIDENT", "No incident recorded" },
    { 0, NULL, NULL }
};

static cd_reason_part_t part_of(const cd_flag_t *flag, const cd_result_t *r, int material)
{
    if (material && cd_flag_decides(flag->state, r->status))
        return CD_DECIDED;
    if (material && flag->state == CD_FLAG_BREACH_INDICATED && cd_brief_open(r->status))
        return CD_NEARLY;
    if ((r->status == CD_ST_MET && r->late_wd_min > 0) || (!material && cd_brief_broken(r->status)))
        return CD_LATE_NOT_COUNTED;
    return CD_REST;
}

static void add_reasons(cd_flag_t *flag, const cd_flag_input_t *in, cd_reason_part_t part)
{
    for (int c = 0; c < in->case_count; c++)
        for (int i = 0; i < in->cases[c].eval->count; i++) {
            const cd_result_t *r = &in->cases[c].eval->results[i];
            int material = cd_material_rule(in->scheme->material, r->rule->code);
            if (part_of(flag, r, material) == part)
                flag->reasons[flag->reason_count++] =
                    (cd_reason_t){ part, in->cases[c].reference, r, material };
        }
}

const cd_flag_record_t *cd_flag_record(const cd_flag_record_t *records, int count,
                                       const char *reference, int seq)
{
    for (int i = 0; i < count; i++)
        if (records[i].seq == seq && !strcmp(records[i].case_reference, reference))
            return &records[i];
    return NULL;
}

static void name_record(cd_flag_t *flag, const cd_flag_input_t *in, const char *reference, int seq)
{
    const cd_flag_record_t *named = cd_flag_record(in->records, in->record_count, reference, seq);
    if (named && !cd_flag_record(flag->records, flag->record_count, reference, seq))
        flag->records[flag->record_count++] = *named;
}

/* Kind and day of each record that a reason rests on, so that the flag's page can name it later. */
static void name_records(cd_flag_t *flag, const cd_flag_input_t *in, apr_pool_t *pool)
{
    flag->records = apr_pcalloc(pool, (apr_size_t)(in->record_count + 1) * sizeof(*flag->records));
    for (int i = 0; i < flag->reason_count; i++) {
        const cd_result_t *r = flag->reasons[i].result;
        for (int k = 0; k < r->evidence_count; k++)
            name_record(flag, in, flag->reasons[i].case_reference, r->evidence[k]);
        if (r->by_person)
            name_record(flag, in, flag->reasons[i].case_reference, r->by_person);
    }
}

static void take(cd_flag_t *flag, const cd_flag_outcome_t *outcome)
{
    flag->state = outcome->state;
    flag->verdict = outcome->why;
    flag->indicated_p = outcome->indicated_p;
    flag->sum = outcome->sum;
    flag->missing = outcome->missing;
    flag->answer_by = outcome->answer_by;
    flag->counted = outcome->counted;
}

cd_err_t *cd_flag_compute(cd_flag_t **out, const cd_flag_input_t *given, apr_pool_t *pool)
{
    const cd_flag_input_t weighed = cd_flag_weigh(given, pool), *input = &weighed;
    const cd_flag_brief_t *brief = cd_flag_brief_weighed(input, pool);
    cd_flag_t *flag = apr_pcalloc(pool, sizeof(*flag));
    cd_flag_outcome_t outcome;
    int rules = 0;
    for (int c = 0; c < input->case_count; c++)
        rules += input->cases[c].eval->count;
    flag->reasons = apr_pcalloc(pool, (apr_size_t)(rules + 1) * sizeof(*flag->reasons));
    CD_ERR(cd_flag_brief_compute(&outcome, brief, input->scheme, input->breaches_before,
                                 input->as_at, pool));
    take(flag, &outcome);
    for (int part = CD_DECIDED; part <= CD_REST; part++)
        add_reasons(flag, input, (cd_reason_part_t)part);
    name_records(flag, input, pool);
    CD_ERR(cd_whatifs(flag, input, brief, pool));
    *out = flag;
    return NULL;
}
