/* record_value.c: a field's value as text, in three forms: words for people, plain for machines,
 * typed for showing an answer again in a form. */
#include <apr_strings.h>

#include "base/buf.h"
#include "base/money.h"
#include "base/text.h"
#include "domain/value.h"

enum { SET_BITS = 32 };
typedef const char *text_t;

int cd_field_given(const cd_field_t *field, const void *base)
{
    switch (field->type) {
    case CD_FT_TEXT: case CD_FT_LONG: case CD_FT_NHS: case CD_FT_ODS:
        return CD_FIELD_GET(text_t, base, field) != NULL;
    case CD_FT_TOKEN: case CD_FT_YESNO: case CD_FT_MINUTES: case CD_FT_SEQ:
        return CD_FIELD_GET(int, base, field) != 0;
    case CD_FT_SET:
        return CD_FIELD_GET(apr_uint32_t, base, field) != 0;
    case CD_FT_WHEN:
        return cd_when_known(CD_FIELD_GET(cd_when_t, base, field));
    case CD_FT_DATE:
        return CD_FIELD_GET(cd_date_t, base, field) != CD_NO_DATE;
    case CD_FT_PENCE: case CD_FT_BP: case CD_FT_INT:
        return CD_FIELD_GET(apr_int64_t, base, field) != 0;
    }
    return 0;
}

static const char *set_plain(const cd_field_t *field, apr_uint32_t set, apr_pool_t *pool)
{
    cd_buf_t *buf = cd_buf_make(pool, 64);
    for (const cd_token_t *t = field->tokens; t->word; t++) {
        if (!(set & (1u << t->value)))
            continue;
        if (buf->len)
            cd_buf_lit(buf, ",");
        cd_buf_str(buf, t->word);
    }
    return buf->data;
}

/* 1 if the capital is that of a sentence, not of a code or a shortened name: "E02", "NHS". */
static int sentence_capital(const char *label)
{
    return label[0] >= 'A' && label[0] <= 'Z' && !(label[1] >= 'A' && label[1] <= 'Z')
           && !(label[1] >= '0' && label[1] <= '9');
}

/* Only the first label keeps its capital: "Counselling and a patient advocate". */
static const char *set_words(const cd_field_t *field, apr_uint32_t set, apr_pool_t *pool)
{
    const char *words[SET_BITS];
    int count = 0;
    for (const cd_token_t *t = field->tokens; t->word && count < SET_BITS; t++) {
        if (!(set & (1u << t->value)))
            continue;
        char *label = apr_pstrdup(pool, t->label);
        if (count && sentence_capital(label))
            label[0] = (char)(label[0] - 'A' + 'a');
        words[count++] = label;
    }
    return cd_text_list(words, count, pool);
}

const char *cd_field_plain(const cd_field_t *field, const void *base, apr_pool_t *pool)
{
    if (!cd_field_given(field, base))
        return NULL;
    switch (field->type) {
    case CD_FT_TEXT: case CD_FT_LONG: case CD_FT_NHS: case CD_FT_ODS:
        return CD_FIELD_GET(text_t, base, field);
    case CD_FT_TOKEN:
        return cd_token_word(field->tokens, CD_FIELD_GET(int, base, field));
    case CD_FT_SET:
        return set_plain(field, CD_FIELD_GET(apr_uint32_t, base, field), pool);
    case CD_FT_YESNO:
        return CD_FIELD_GET(int, base, field) == CD_YES ? "true" : "false";
    case CD_FT_WHEN:
        return cd_when_iso(CD_FIELD_GET(cd_when_t, base, field), pool);
    case CD_FT_DATE:
        return cd_date_iso(CD_FIELD_GET(cd_date_t, base, field), pool);
    case CD_FT_MINUTES: {
        int minutes = CD_FIELD_GET(int, base, field) - 1;
        return apr_psprintf(pool, "%02d:%02d", minutes / 60, minutes % 60);
    }
    case CD_FT_PENCE: case CD_FT_BP: case CD_FT_INT:
        return apr_psprintf(pool, "%" APR_INT64_T_FMT, CD_FIELD_GET(apr_int64_t, base, field));
    case CD_FT_SEQ:
        return apr_psprintf(pool, "%d", CD_FIELD_GET(int, base, field));
    }
    return NULL;
}

static const char *bp_typed(apr_int64_t bp, apr_pool_t *pool)
{
    if (bp % 100 == 0)
        return apr_psprintf(pool, "%" APR_INT64_T_FMT, bp / 100);
    return apr_psprintf(pool, "%" APR_INT64_T_FMT ".%02d", bp / 100, (int)(bp % 100));
}

const char *cd_field_typed(const cd_field_t *field, const void *base, apr_pool_t *pool)
{
    if (!cd_field_given(field, base))
        return NULL;
    switch (field->type) {
    case CD_FT_YESNO:
        return CD_FIELD_GET(int, base, field) == CD_YES ? "yes" : "no";
    case CD_FT_MINUTES:
        return cd_minutes_words(CD_FIELD_GET(int, base, field) - 1, pool);
    case CD_FT_PENCE:
        return cd_pence_plain(CD_FIELD_GET(apr_int64_t, base, field), pool);
    case CD_FT_BP:
        return bp_typed(CD_FIELD_GET(apr_int64_t, base, field), pool);
    case CD_FT_NHS:
        return cd_nhs_words(CD_FIELD_GET(text_t, base, field), pool);
    default:
        return cd_field_plain(field, base, pool);
    }
}

const char *cd_field_words(const cd_field_t *field, const void *base, apr_pool_t *pool)
{
    if (!cd_field_given(field, base))
        return NULL;
    switch (field->type) {
    case CD_FT_TOKEN:
        return cd_token_label(field->tokens, CD_FIELD_GET(int, base, field));
    case CD_FT_SET:
        return set_words(field, CD_FIELD_GET(apr_uint32_t, base, field), pool);
    case CD_FT_YESNO:
        return CD_FIELD_GET(int, base, field) == CD_YES ? "Yes" : "No";
    case CD_FT_WHEN:
        return cd_when_words(CD_FIELD_GET(cd_when_t, base, field), pool);
    case CD_FT_DATE:
        return cd_date_words(CD_FIELD_GET(cd_date_t, base, field), pool);
    case CD_FT_PENCE:
        return cd_pence_words(CD_FIELD_GET(apr_int64_t, base, field), pool);
    case CD_FT_BP:
        return cd_bp_words(CD_FIELD_GET(apr_int64_t, base, field), pool);
    case CD_FT_SEQ:
        return apr_psprintf(pool, "Entry %d", CD_FIELD_GET(int, base, field));
    default:
        return cd_field_typed(field, base, pool);
    }
}
