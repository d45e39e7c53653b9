/* flag_weigh.h: what liability.c, flag_brief.c and whatif.c share.
 *
 * Requires: flag_brief.h, round.h.   Provides: cd_flag_weigh, cd_flag_brief_weighed.   Used by:
 * domain. */
#ifndef CD_DOMAIN_FLAG_WEIGH_H
#define CD_DOMAIN_FLAG_WEIGH_H

#include "domain/flag_brief.h"
#include "domain/round.h"

/** The cases as a flag sees them: what only the trust itself judged right is open. @owner pool */
cd_flag_input_t cd_flag_weigh(const cd_flag_input_t *input, apr_pool_t *pool);
/** The brief of cases that were weighed. @owner pool */
cd_flag_brief_t *cd_flag_brief_weighed(const cd_flag_input_t *weighed, apr_pool_t *pool);
/** 1 if a rule of this status is among those that decided the state. */
int cd_flag_decides(cd_flag_state_t state, cd_status_t status);
/** The record of a list, NULL if it is not there. */
const cd_flag_record_t *cd_flag_record(const cd_flag_record_t *records, int count,
                                       const char *reference, int seq);

#endif
