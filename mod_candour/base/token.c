/* token.c: code lists as maps between an enum value and its word.
 *
 * Lists are a few dozen rows long, so a walk is as quick as anything cleverer. */
#include <stddef.h>
#include <string.h>

#include "base/token.h"

int cd_token_strict(const cd_token_t *list, const char *word)
{
    if (!word)
        return 0;
    for (; list->word; list++) {
        if (!strcmp(list->word, word))
            return list->value;
    }
    return 0;
}

/* ASCII only, so that the locale of the process has no say in what a word means. */
static char polite_char(char c)
{
    if (c >= 'a' && c <= 'z')
        return (char)(c - 'a' + 'A');
    return c == ' ' || c == '-' ? '_' : c;
}

static int polite_equal(const char *word, const char *typed, size_t len)
{
    size_t i;

    for (i = 0; i < len; i++) {
        if (!word[i] || polite_char(word[i]) != polite_char(typed[i]))
            return 0;
    }
    return !word[len];
}

int cd_token_polite(const cd_token_t *list, const char *typed)
{
    size_t len;

    if (!typed)
        return 0;
    typed += strspn(typed, " \t\r\n");
    len = strlen(typed);
    while (len && strchr(" \t\r\n", typed[len - 1]))
        len--;
    for (; len && list->word; list++) {
        if (polite_equal(list->word, typed, len))
            return list->value;
    }
    return 0;
}

static const cd_token_t *token_row(const cd_token_t *list, int value)
{
    for (; list->word; list++) {
        if (list->value == value)
            return list;
    }
    return NULL;
}

const char *cd_token_word(const cd_token_t *list, int value)
{
    const cd_token_t *row = token_row(list, value);

    return row ? row->word : NULL;
}

const char *cd_token_label(const cd_token_t *list, int value)
{
    const cd_token_t *row = token_row(list, value);

    return row ? row->label : NULL;
}

static const cd_token_t *sifted(const cd_token_t *list, int value, int only, apr_pool_t *pool)
{
    cd_token_t *kept;
    int i, count = 0;

    while (list[count].word)
        count++;
    kept = apr_pcalloc(pool, sizeof(*kept) * (apr_size_t)(count + 1));
    for (i = count = 0; list[i].word; i++)
        if ((list[i].value == value) == only)
            kept[count++] = list[i];
    return kept;
}

const cd_token_t *cd_token_without(const cd_token_t *list, int value, apr_pool_t *pool)
{
    return sifted(list, value, 0, pool);
}

const cd_token_t *cd_token_only(const cd_token_t *list, int value, apr_pool_t *pool)
{
    return sifted(list, value, 1, pool);
}
