/* decision_facts.h: the facts that whoever decides may rely on, as boxes to tick: the flag's
 * reasons that weigh, then the entries that the trust named.
 *
 * A set of boxes holds 31, so there are several: six for the reasons (8 cases of at most 23 rules)
 * and two for what the trust named (31 in its answer, 31 in what it put forward). Neither pushes
 * the other out.
 *
 * Requires: app/liability.h, form.h.   Provides: web_fact*.   Used by: web/decision.c. */
#ifndef CD_WEB_DECISION_FACTS_H
#define CD_WEB_DECISION_FACTS_H

#include "web/form.h"
#include "web/round_view.h"

#define WEB_FACT_SETS 8

/** Puts the sets that hold something into `out` (room for WEB_FACT_SETS) and gives their number.
 * The answers stand from `offset` on, an apr_uint32_t for each set. */
int web_fact_fields(cd_field_t *out, apr_size_t offset, const app_flag_view_t *view,
                    apr_pool_t *pool);
/** The field that a mistake about the facts is said at: the first set, or what is typed instead. */
const char *web_facts_first(const web_form_t *form);
/** Those that are ticked (1), or those that are not (0), a sentence a line; "" for none. */
const char *web_facts_words(const web_form_t *form, const void *answers, int ticked,
                            apr_pool_t *pool);
/** The same as items of a list. */
void web_facts_put(web_view_t *list, const web_form_t *form, const void *answers, int ticked);

#endif
