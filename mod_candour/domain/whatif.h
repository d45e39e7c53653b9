/* whatif.h: what would change a flag.
 *
 * Requires: flag_brief.h.   Provides: cd_whatifs.   Used by: liability.c. */
#ifndef CD_DOMAIN_WHATIF_H
#define CD_DOMAIN_WHATIF_H

#include "domain/flag_brief.h"

/** Fills flag->whatifs: for each material rule that is broken or open, the flag with that rule met;
 * with all of them; and, of the open ones, the flag if it was not done. `input` is weighed. @errors
 * as cd_scheme_compute   @owner pool */
cd_err_t *cd_whatifs(cd_flag_t *flag, const cd_flag_input_t *input, const cd_flag_brief_t *brief,
                     apr_pool_t *pool);

#endif
