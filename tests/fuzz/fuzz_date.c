/* fuzz_date.c: dates, spans, instants, money and rates as text. What is understood is written and
 * understood again as the same value; what is refused leaves nothing behind. */
#include "fuzz.h"

#include "base/date.h"
#include "base/money.h"
#include "base/text.h"

static void check_dates(const char *text, apr_pool_t *pool)
{
    cd_when_t when, again;
    cd_date_t date = cd_date_parse(text);
    cd_instant_t at = cd_instant_parse(text);

    if (date)
        FUZZ_CHECK(!strcmp(cd_date_iso(date, pool), text));
    if (at)
        FUZZ_CHECK(cd_instant_parse(cd_instant_iso(at, pool)) == at);
    if (cd_when_parse(&when, text)) {
        FUZZ_CHECK(cd_when_known(when));
        FUZZ_CHECK(cd_when_parse(&again, cd_when_iso(when, pool)));
        FUZZ_CHECK(again.first == when.first && again.last == when.last);
        FUZZ_CHECK(strlen(cd_when_iso(when, pool)) <= strlen(text));
        FUZZ_CHECK(*cd_when_words(when, pool));
    } else {
        FUZZ_CHECK(!when.first && !when.last);
    }
}

static void check_numbers(const char *text, apr_pool_t *pool)
{
    apr_int64_t n, again;

    if (cd_pence_parse(&n, text)) {
        FUZZ_CHECK(n >= 0 && n <= CD_PENCE_MAX);
        FUZZ_CHECK(cd_pence_parse(&again, cd_pence_plain(n, pool)) && again == n);
        FUZZ_CHECK(cd_pence_parse(&again, cd_pence_words(n, pool)) && again == n);
    }
    if (cd_bp_parse(&n, text))
        FUZZ_CHECK(cd_bp_parse(&again, cd_bp_words(n, pool)) && again == n);
    if (cd_nhs_read(text, pool))
        FUZZ_CHECK(!strcmp(cd_nhs_read(cd_nhs_words(cd_nhs_read(text, pool), pool), pool),
                           cd_nhs_read(text, pool)));
}

/* The first eight bytes are also any instant at all. */
static void check_instant(const uint8_t *data, size_t size, apr_pool_t *pool)
{
    cd_instant_t at;

    if (size < sizeof(at))
        return;
    memcpy(&at, data, sizeof(at));
    if (*cd_instant_iso(at, pool)) {
        cd_instant_t again = cd_instant_parse(cd_instant_iso(at, pool));

        FUZZ_CHECK(again <= at && at - again < 1000);
    }
    FUZZ_CHECK(cd_london_minutes(at) >= 0 && cd_london_minutes(at) < 1440);
    (void)cd_instant_words(at, pool);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    apr_pool_t *pool = fuzz_pool();
    const char *text = fuzz_text(data, size, pool);

    check_dates(text, pool);
    check_numbers(text, pool);
    check_instant(data, size, pool);
    apr_pool_destroy(pool);
    return 0;
}
