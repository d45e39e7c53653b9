/* turn.h: whose turn it is in a claim, from the short row of a work list alone.
 *
 * Requires: steps_round.h.   Provides: cd_turn_*.   Used by: app, web.
 * A work list has the stage of a round, the day of its next step and if its flag is old; no
 * records. What cd_round_now says of the records is said again of the row, so that lists and first
 * pages need not read claims. */
#ifndef CD_DOMAIN_TURN_H
#define CD_DOMAIN_TURN_H

#include "domain/steps_round.h"

/** How a row's day stands to today. The numbers enter statements: never renumber. */
typedef enum cd_turn_day_t { CD_TURN_NO_DAY = 0, CD_TURN_PAST, CD_TURN_AHEAD } cd_turn_day_t;
#define CD_TURN_DAYS 3
/** Today itself is not past. */
cd_turn_day_t cd_turn_day(cd_date_t due, cd_date_t today);

/** Sides that have something to do, as bits 1 << cd_side_t; 0: nobody.
 * @shape   two sides where a trust's day has passed: it may still act, and the handler need wait no
 * longer `flag_old`: what the flag rests on has changed, so that it is computed again before
 * anybody decides */
unsigned cd_turn_of(int stage, cd_turn_day_t day, int flag_old);
/** What that side does at this stage, for its own list; NULL: nothing. */
const char *cd_turn_words(int stage, cd_side_t side, int flag_old);

/** Which rows are a side's: bit stage * CD_TURN_DAYS + cd_turn_day_t, of rows whose flag is not
 * old, and of the others. */
typedef struct cd_turn_set_t { apr_int64_t fresh, old; } cd_turn_set_t;
cd_turn_set_t cd_turn_set(cd_side_t side);
/** The first and the last stage at which that side ever has something to do. */
void cd_turn_stages(int *first_out, int *last_out, cd_side_t side);

#endif
