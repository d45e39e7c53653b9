/* flag_round.c: what a claim's round with a trust gives a flag. */
#include <string.h>

#include "domain/flag_weigh.h"

/* Every rule that a request named since the trust last answered one in full. */
static apr_uint32_t rules_asked(const cd_claim_t *claim, const char *org)
{
    apr_uint32_t rules = 0;
    int i;

    for (i = 0; i < claim->count; i++) {
        const cd_record_t *record = &claim->records[i];
        const char *about = record->superseded_by ? NULL : cd_record_org(record);

        if (!about || strcmp(about, org))
            continue;
        if (record->kind == CD_REC_REQUEST)
            rules |= ((const cd_request_t *)record->body)->rules;
        else if (record->kind == CD_REC_ANSWER
                 && ((const cd_answer_t *)record->body)->answer == CD_ANSWER_PROVIDED)
            rules = 0;
    }
    return rules;
}

void cd_flag_round(cd_flag_input_t *input, const cd_claim_t *claim, const char *org,
                   apr_pool_t *pool)
{
    const cd_round_t *round = cd_round_read(claim, org, pool);
    const cd_no_incident_t *found = round->no_incident ? round->no_incident->body : NULL;

    input->claim_record = round->weighed_seq;
    input->requested_on = round->asked_on;
    if (round->asked_on && round->request) {
        input->due = ((const cd_request_t *)round->request->body)->due;
        input->none_exists = round->answer
            && ((const cd_answer_t *)round->answer->body)->answer == CD_ANSWER_NONE_EXISTS;
        input->asked_rules = rules_asked(claim, org);
    }
    if (found)
        input->no_incident =
            (cd_found_none_t){ found->finding, cd_london_date(round->no_incident->recorded_at),
                               round->no_incident->role };
}
