/* breach.c: counts a trust's breaches as they stand now. */
#include "domain/breach.h"
#include "domain/liability.h"

int cd_breach_counts(const cd_breach_t *one)
{
    /* A review may ask for something where the decision asked for nothing, and the other way. */
    if (one->standing == CD_STAND_VARIED)
        return one->amount_p > 0;
    return one->standing == CD_STAND_STANDS
           && (one->outcome == CD_DEC_PART || one->outcome == CD_DEC_FULL);
}

static int is_before(const cd_breach_t *a, const cd_breach_t *b)
{
    if (a->decided_at != b->decided_at)
        return a->decided_at < b->decided_at;
    return a->claim_id != b->claim_id ? a->claim_id < b->claim_id : a->seq < b->seq;
}

static int units_of(const cd_breach_t *one)
{
    return one->units > 0 ? one->units : 1;
}

int cd_breach_number(const cd_breach_t *all, int count, int which, cd_date_t from)
{
    int n = units_of(&all[which]), i;

    for (i = 0; i < count; i++)
        if (all[i].claim_id != all[which].claim_id && is_before(&all[i], &all[which])
            && cd_breach_counts(&all[i]) && (!from || cd_london_date(all[i].decided_at) >= from))
            n += units_of(&all[i]);
    return n;
}
