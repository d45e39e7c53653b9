/* impact.c: what another scheme would make of a claim, and why.
 *
 * Why is told from the settings that differ: a limit only where it takes hold under one of the two
 * (the working says so), what decides if anything is asked only where the state differs, what
 * counts breaches only where sums count them; the rest wherever the sum differs. */
#include <string.h>

#include <apr_strings.h>

#include "base/text.h"
#include "domain/impact.h"

#define WHY_BYTES 280

const char *const cd_impact_bins[CD_IMPACT_BINS] = {
    "Falls by more than £100,000", "Falls by £10,000.01 to £100,000",
    "Falls by £1,000.01 to £10,000",
    "Falls by up to £1,000", "Only the state changes", "Rises by up to £1,000",
    "Rises by £1,000.01 to £10,000",
    "Rises by £10,000.01 to £100,000", "Rises by more than £100,000"
};

int cd_impact_bin(apr_int64_t old_p, apr_int64_t new_p)
{
    const apr_int64_t by = new_p > old_p ? new_p - old_p : old_p - new_p;
    const int far = !by ? 0 : by <= 100000 ? 1 : by <= 1000000 ? 2 : by <= 10000000 ? 3 : 4;

    return new_p > old_p ? CD_IMPACT_SAME + far : CD_IMPACT_SAME - far;
}

enum { SUM = 1, STATE, COUNTED, LIMIT, DAMAGES };
enum { WORDS = 1, MORE_OR_LESS };
typedef struct row_t { const char *name; int matters, told; const char *line; } row_t;
/* Settings of the file that can move a sum or a state; others (days to answer, who confirms) are
 * not in it. */
static const row_t rows[] = {
    { "formula", SUM, WORDS, NULL },
    { "shadow_of", 0, WORDS, NULL },
    { "basis", SUM, WORDS, NULL },
    { "requires_damages", DAMAGES, WORDS, NULL },
    { "include_ppo", SUM, WORDS, NULL },
    { "may_exceed_basis", SUM, WORDS, NULL },
    { "capped_by_damages", SUM, WORDS, NULL },
    { "fixed_p", SUM, MORE_OR_LESS, NULL },
    { "steps_p", SUM, WORDS, NULL },
    { "step_p", COUNTED, MORE_OR_LESS, NULL },
    { "bp", SUM, MORE_OR_LESS, NULL },
    { "most_breaches", COUNTED, WORDS, NULL },
    { "excess_p", SUM, MORE_OR_LESS, NULL },
    { "matrix_bp", SUM, WORDS, NULL },
    { "rounding", SUM, WORDS, NULL },
    { "cap_p", LIMIT, MORE_OR_LESS, "At most the cap, %s" },
    { "floor_p", LIMIT, MORE_OR_LESS, "At least the floor, %s" },
    { "one_sum_per", SUM, WORDS, NULL },
    { "material", STATE, WORDS, NULL },
    { "window", COUNTED, WORDS, NULL },
    { "breach_unit", COUNTED, WORDS, NULL },
    { "needs_finding", STATE, WORDS, NULL }
};

static apr_int64_t number_of(const cd_scheme_t *scheme, const char *name)
{
    return !strcmp(name, "cap_p") ? scheme->cap_p : !strcmp(name, "floor_p") ? scheme->floor_p
         : !strcmp(name, "fixed_p") ? scheme->fixed_p : !strcmp(name, "step_p") ? scheme->step_p
         : !strcmp(name, "bp") ? scheme->bp : scheme->excess_p;
}

static const cd_setting_t *setting_of(const cd_setting_t *list, int count, const char *name)
{
    int i;

    for (i = 0; i < count; i++)
        if (!strcmp(list[i].name, name))
            return &list[i];
    return NULL;
}

/* Values of many lines (L9) and of many sums are not told whole. */
static const char *told(const row_t *row, const cd_impact_t *impact, const cd_setting_t *before,
                        const cd_setting_t *after, apr_pool_t *pool)
{
    const apr_int64_t old = number_of(impact->before, row->name),
                      new = number_of(impact->after, row->name);
    const char *label = after ? after->label : before->label;

    if (!strcmp(row->name, "matrix_bp") || !strcmp(row->name, "steps_p"))
        return apr_pstrcat(pool, label, " changes", NULL);
    if (!after)
        return apr_pstrcat(pool, label, " falls away", NULL);
    if (row->told == WORDS || !before)
        return apr_pstrcat(pool, label, ": ", after->value, NULL);
    if (!new)
        return apr_pstrcat(pool, label, " falls away", NULL);
    if (!old)
        return apr_pstrcat(pool, "New ",
                           apr_pstrmemdup(pool, row->line ? row->name : label,
                                          row->line ? strlen(row->name) - 2 : strlen(label)),
                           " of ", after->value, NULL);
    return apr_pstrcat(pool, label, new > old ? " rises to " : " falls to ", after->value, NULL);
}

static const char *line_of(const row_t *row, const cd_scheme_t *scheme, apr_pool_t *pool)
{
    const apr_int64_t limit = number_of(scheme, row->name);

    return limit ? apr_pstrcat(pool, apr_pstrmemdup(pool, row->line, strlen(row->line) - 2),
                               cd_pence_words(limit, pool), NULL) : NULL;
}

void cd_impact_make(cd_impact_t *out, const cd_scheme_t *before, const cd_scheme_t *after,
                    apr_pool_t *pool)
{
    cd_setting_t old[CD_SCHEME_SETTINGS], new[CD_SCHEME_SETTINGS];
    const int old_count = cd_scheme_settings(old, before, pool),
              new_count = cd_scheme_settings(new, after, pool);
    apr_size_t i;

    *out = (cd_impact_t){ .before = before, .after = after };
    for (i = 0; i < sizeof(rows) / sizeof(*rows) && out->count < CD_IMPACT_REASONS; i++) {
        const cd_setting_t *was = setting_of(old, old_count, rows[i].name),
                           *is = setting_of(new, new_count, rows[i].name);
        cd_impact_reason_t *reason = &out->reasons[out->count];

        if (!rows[i].matters || (!was && !is) || (was && is && !strcmp(was->value, is->value)))
            continue;
        reason->matters = rows[i].matters;
        reason->text = told(&rows[i], out, was, is, pool);
        if (rows[i].line) {
            reason->old_line = line_of(&rows[i], before, pool);
            reason->new_line = line_of(&rows[i], after, pool);
        }
        out->count++;
    }
}

int cd_impact_differs(const cd_flag_outcome_t *before, const cd_flag_outcome_t *after)
{
    return before->state != after->state || before->indicated_p != after->indicated_p;
}

static int takes_hold(const cd_scheme_result_t *sum, const char *line)
{
    int i;

    for (i = 0; line && i < sum->line_count; i++)
        if (!sum->lines[i].no_change && !strcmp(sum->lines[i].text, line))
            return 1;
    return 0;
}

static int matters(const cd_impact_reason_t *reason, const cd_impact_t *impact,
                   const cd_flag_outcome_t *before, const cd_flag_outcome_t *after)
{
    switch (reason->matters) {
    case STATE:
        return before->state != after->state
               || before->counted.incidents != after->counted.incidents
               || before->counted.severity != after->counted.severity
               || before->counted.extent != after->counted.extent;
    case COUNTED:
        return before->indicated_p != after->indicated_p
            && (cd_scheme_counts(impact->before) || cd_scheme_counts(impact->after));
    case LIMIT:
        return takes_hold(&before->sum, reason->old_line)
               || takes_hold(&after->sum, reason->new_line);
    case DAMAGES:
        return !before->indicated_p != !after->indicated_p;
    default:
        return before->indicated_p != after->indicated_p && before->state == after->state;
    }
}

/* "Percentage rises to 12.50%" as the second of two: "percentage ...". A formula's own name keeps
 * its letters. */
static void add(cd_buf_t *buf, const char *text)
{
    if (buf->len + strlen(text) + 2 > WHY_BYTES)
        return;
    if (!buf->len) {
        cd_buf_str(buf, text);
        return;
    }
    cd_buf_fmt(buf, ", %c%s", *text >= 'A' && *text <= 'Z' ? *text - 'A' + 'a' : *text, text + 1);
}

const char *cd_impact_why(const cd_impact_t *impact, const cd_flag_outcome_t *before,
                          const cd_flag_outcome_t *after, apr_pool_t *pool)
{
    cd_buf_t *buf = cd_buf_make(pool, WHY_BYTES + 1);
    int i;

    for (i = 0; i < impact->count; i++)
        if (matters(&impact->reasons[i], impact, before, after))
            add(buf, impact->reasons[i].text);
    if (!buf->len && before->state != after->state)
        add(buf, "Another state under the other version");
    if (!buf->len)
        add(buf, "Worked out anew by the other version");
    return buf->data;
}
