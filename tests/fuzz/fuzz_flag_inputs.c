/* fuzz_flag_inputs.c: any bytes as a flag's stored inputs. What reads is written again as the same
 * bytes, and what it gives reads back whole. */
#include "fuzz.h"

#include "domain/liability.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    apr_pool_t *pool = fuzz_pool();
    const char *text = apr_pstrmemdup(pool, (const char *)data, size);
    cd_flag_input_t *input;
    cd_flag_t *flag, *again;
    const char *answer;

    if (!cd_flag_inputs_read(&input, text, pool)) {
        FUZZ_CHECK(!strcmp(cd_flag_inputs_json(input, pool), text));
        if (!cd_flag_compute(&flag, input, pool)) {
            FUZZ_CHECK(flag->indicated_p >= 0 && flag->indicated_p <= flag->sum.would_be_p);
            answer = cd_flag_json(flag, pool);
            FUZZ_CHECK(!cd_flag_read(&again, answer, pool));
            FUZZ_CHECK(!strcmp(cd_flag_json(again, pool), answer));
        }
    }
    apr_pool_destroy(pool);
    return 0;
}
