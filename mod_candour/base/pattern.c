/* pattern.c: PCRE2 with limits. Patterns come from tables and configuration, never from a request.
 */
#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include <apr_strings.h>

#include "base/pattern.h"

#define MATCH_STEPS 100000
#define HEAP_KIB 2048
#define DEPTH_MAX 1000
#define SUBJECT_MAX 65536

struct cd_pattern_t {
    pcre2_code *code;
    pcre2_match_context *limits;   /* not changed after compiling, so threads may share it */
    const cd_log_t *log;           /* or NULL */
};

static void *pool_get(PCRE2_SIZE size, void *pool)
{
    return apr_palloc(pool, size);
}

static void pool_keep(void *block, void *pool)
{
    (void)block;                   /* goes with the pool */
    (void)pool;
}

/* The JIT's machine code is not in the pool. */
static apr_status_t code_release(void *code)
{
    pcre2_code_free(code);
    return APR_SUCCESS;
}

cd_err_t *cd_pattern_compile(cd_pattern_t **out, const char *pattern, apr_pool_t *pool)
{
    cd_pattern_t *made = apr_pcalloc(pool, sizeof(*made));
    pcre2_general_context *memory = pcre2_general_context_create(pool_get, pool_keep, pool);
    pcre2_compile_context *context = pcre2_compile_context_create(memory);
    PCRE2_SIZE offset;
    int fault;

    *out = NULL;
    made->code = pcre2_compile((PCRE2_SPTR)pattern, PCRE2_ZERO_TERMINATED,
                               PCRE2_UTF | PCRE2_NEVER_BACKSLASH_C, &fault, &offset, context);
    if (!made->code) {
        char words[128];

        pcre2_get_error_message(fault, (PCRE2_UCHAR *)words, sizeof(words));
        return cd_err(pool, CD_E_CONFIG, NULL, "the pattern '%s' cannot be used: %s at offset %lu",
                      pattern, words, (unsigned long)offset);
    }
    apr_pool_cleanup_register(pool, made->code, code_release, apr_pool_cleanup_null);
    pcre2_jit_compile(made->code, PCRE2_JIT_COMPLETE);   /* without a JIT the interpreter runs */
    made->limits = pcre2_match_context_create(memory);
    pcre2_set_match_limit(made->limits, MATCH_STEPS);
    pcre2_set_heap_limit(made->limits, HEAP_KIB);
    pcre2_set_depth_limit(made->limits, DEPTH_MAX);
    *out = made;
    return NULL;
}

void cd_pattern_log_to(cd_pattern_t *pattern, const cd_log_t *log)
{
    pattern->log = log;
}

static void fill_match(cd_match_t *match, pcre2_match_data *data, int count)
{
    const PCRE2_SIZE *ends = pcre2_get_ovector_pointer(data);
    int i;

    match->mark = (const char *)pcre2_get_mark(data);
    match->count = count ? count : CD_PATTERN_GROUPS;    /* 0: there were more than we keep */
    for (i = 0; i < CD_PATTERN_GROUPS; i++) {
        int set = i < match->count && ends[i * 2] != PCRE2_UNSET;

        match->start[i] = set ? ends[i * 2] : (apr_size_t)-1;
        match->end[i] = set ? ends[i * 2 + 1] : (apr_size_t)-1;
    }
}

int cd_pattern_match(const cd_pattern_t *pattern, const char *subject, apr_size_t len,
                     cd_match_t *match, apr_pool_t *pool)
{
    pcre2_general_context *memory;
    pcre2_match_data *data;
    int found;

    if (len > SUBJECT_MAX) {
        cd_log(pattern->log, CD_LOG_WARN, CDLOGNO(0001) "a subject is over the pattern limit of"
               " %d bytes: taken as no match", SUBJECT_MAX);
        return 0;
    }
    memory = pcre2_general_context_create(pool_get, pool_keep, pool);
    data = pcre2_match_data_create(CD_PATTERN_GROUPS, memory);
    found = pcre2_match(pattern->code, (PCRE2_SPTR)subject, len, 0, 0, data, pattern->limits);
    if (found == PCRE2_ERROR_JIT_STACKLIMIT)
        found = pcre2_match(pattern->code, (PCRE2_SPTR)subject, len, 0, PCRE2_NO_JIT, data,
                            pattern->limits);
    if (found < 0 && found != PCRE2_ERROR_NOMATCH)
        cd_log(pattern->log, CD_LOG_WARN, CDLOGNO(0002) "a pattern stopped with PCRE2 error %d:"
               " taken as no match", found);
    if (found < 0)
        return 0;
    if (match)
        fill_match(match, data, found);
    return 1;
}
