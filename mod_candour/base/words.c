/* words.c: splits texts into folded words. Bounded in memory whatever the text; no locale, no
 * tables of others. */
#include <string.h>

#include <apr_strings.h>

#include "base/text.h"
#include "base/words.h"

/* ---- folding --------------------------------------------------------------------- */

/* Base letters of U+00C0 to U+024F; "." has none of the alphabet, upper case stands for two
 * letters: see pair(). */
static const char latin[] =
    "aaaaaaAceeeeiiiiDnooooo.ouuuuyTSaaaaaaAceeeeiiiiDnooooo.ouuuuyTy"
    "aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiiiIIjjkkklllllll"
    "lllnnnnnnnnnooooooOOrrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs"
    "bbbb...ccdddd....ffg...ikkl..nn.oo..pp.....ttttuu.vyyzz........."
    ".............aaiioouuuuuuuuuu.aaaaAAggggkkoooo..j...gg..nnaaAAoo"
    "aaaaeeeeiiiioooorrrruuuusstt..hhnd..zzaaeeooooooooyylntj..acclts"
    "z..bu.eejj..rryy";

/* Base letters of U+1E00 to U+1EFF. */
static const char latin_more[] =
    "aabbbbbbccddddddddddeeeeeeeeeeffgghhhhhhhhhhiiiikkkkkkllllllllmm"
    "mmmmnnnnnnnnoooooooopppprrrrrrrrssssssssssttttttttuuuuuuuuuuvvvv"
    "wwwwwwwwwwxxxxyyzzzzzzhtwyasssSdaaaaaaaaaaaaaaaaaaaaaaaaeeeeeeee"
    "eeeeeeeeiiiioooooooooooooooooooooooouuuuuuuuuuuuuuyyyyyyyyllvvyy";

static const char *pair(char letter)
{
    switch (letter) {
    case 'A': return "ae";
    case 'D': return "d";
    case 'I': return "ij";
    case 'O': return "oe";
    case 'S': return "ss";
    case 'T': return "th";
    default: return NULL;
    }
}

/* What texts copied out of a PDF have in the place of two or three letters: U+FB00 to U+FB06. */
static const char *const joined[] = { "ff", "fi", "fl", "ffi", "ffl", "st", "st" };

static int between(unsigned code, unsigned first, unsigned last)
{
    return code >= first && code <= last;
}

/* Signs and spaces beyond ASCII; every other character is taken for a letter. */
static int is_sign(unsigned code)
{
    return (between(code, 0x80, 0xbf) && code != 0xaa && code != 0xb5 && code != 0xba)
           || code == 0xd7 || code == 0xf7 || between(code, 0x2b9, 0x2df)
           || between(code, 0x2000, 0x206f) || between(code, 0x20a0, 0x20cf)
           || between(code, 0x2190, 0x2bff) || between(code, 0x3000, 0x303f)
           || between(code, 0xfe00, 0xfe6f) || between(code, 0xff00, 0xff0f)
           || between(code, 0xff1a, 0xff20) || between(code, 0xe000, 0xf8ff)
           || between(code, 0xfff0, 0xffff) || code >= 0x1f000;
}

/* Accents and signs that are not seen: what stands before or between is the same word without them.
 */
static int is_mark(unsigned code)
{
    return between(code, 0x300, 0x36f) || between(code, 0x1ab0, 0x1aff)
           || between(code, 0x1dc0, 0x1dff) || between(code, 0x20d0, 0x20ff)
           || between(code, 0xfe00, 0xfe0f) || between(code, 0xfe20, 0xfe2f) || code == 0xad
           || code == 0x200c || code == 0x200d || code == 0x2060 || code == 0xfeff;
}

/* Greek and Cyrillic letters with accents, small: as they are when the accent comes as a mark of
 * its own. */
static const struct { unsigned code, plain; } plain[] = {
    { 0x386, 0x3b1 }, { 0x388, 0x3b5 }, { 0x389, 0x3b7 }, { 0x38a, 0x3b9 }, { 0x38c, 0x3bf },
      { 0x38e, 0x3c5 },
    { 0x38f, 0x3c9 }, { 0x390, 0x3b9 }, { 0x3aa, 0x3b9 }, { 0x3ab, 0x3c5 }, { 0x3ac, 0x3b1 },
      { 0x3ad, 0x3b5 },
    { 0x3ae, 0x3b7 }, { 0x3af, 0x3b9 }, { 0x3b0, 0x3c5 }, { 0x3c2, 0x3c3 }, { 0x3ca, 0x3b9 },
      { 0x3cb, 0x3c5 },
    { 0x3cc, 0x3bf }, { 0x3cd, 0x3c5 }, { 0x3ce, 0x3c9 }, { 0x439, 0x438 }, { 0x450, 0x435 },
      { 0x451, 0x435 },
    { 0x453, 0x433 }, { 0x457, 0x456 }, { 0x45c, 0x43a }, { 0x45d, 0x438 }, { 0x45e, 0x443 }
};

static unsigned small(unsigned code)
{
    apr_size_t i;

    if (between(code, 0x391, 0x3a9) || between(code, 0x410, 0x42f))
        code += 0x20;
    else if (between(code, 0x400, 0x40f))
        code += 0x50;
    for (i = 0; i < sizeof(plain) / sizeof(plain[0]); i++)
        if (plain[i].code == code)
            return plain[i].plain;
    return code == 0x18f ? 0x259 : code;
}

/* Folded bytes of a character into `out` (4 bytes); -1: it parts words, 0: it is an accent and
 * goes. */
static int fold(char out[4], unsigned code)
{
    const char *two;
    char base;

    if (code < 0x80) {
        out[0] = (char)(between(code, 'A', 'Z') ? code + 0x20 : code);
        return between(code, 'a', 'z') || between(code, 'A', 'Z') || between(code, '0', '9') ? 1
                                                                                             : -1;
    }
    if (is_mark(code))
        return 0;
    if (is_sign(code))
        return -1;
    base = between(code, 0xc0, 0x24f)      ? latin[code - 0xc0]
           : between(code, 0x1e00, 0x1eff) ? latin_more[code - 0x1e00]
                                           : '.';
    two = between(code, 0xfb00, 0xfb06) ? joined[code - 0xfb00] : pair(base);
    if (!two && base == '.')
        return cd_utf8_put(out, small(code));
    if (!two) {
        out[0] = base;
        return 1;
    }
    memcpy(out, two, strlen(two));
    return (int)strlen(two);
}

/* ---- words ------------------------------------------------------------------------ */

static void word_take(cd_word_t *out, apr_size_t *used, const char *bytes, int count)
{
    out->chars++;
    if (count != 1 || bytes[0] < '0' || bytes[0] > '9')
        out->digits = 0;
    if (*used + (apr_size_t)count > CD_WORD_BYTES)
        return;
    memcpy(out->folded + *used, bytes, (apr_size_t)count);
    *used += (apr_size_t)count;
}

int cd_word_next(cd_word_t *out, const char *text, apr_size_t len, apr_size_t *at)
{
    apr_size_t used = 0;
    int begun = 0;

    memset(out, 0, sizeof(*out));
    out->digits = 1;
    while (*at < len) {
        unsigned code = 0;
        int step = cd_utf8_next(text + *at, len - *at, &code), count;
        char bytes[4];

        count = step ? fold(bytes, code) : -1;
        if (count < 0 && begun)
            break;
        if (count > 0) {
            if (!begun)
                out->at = *at;
            begun = 1;
            word_take(out, &used, bytes, count);
        }
        *at += step ? (apr_size_t)step : 1;
        if (begun)
            out->len = *at - out->at;
    }
    out->folded[used] = '\0';
    return begun;
}

/* Words that stand in nearly every text and say nothing of it. */
static const char *const stop_words[] = {
    "an", "and", "are", "as", "at", "be", "been", "but", "by", "for", "from", "had", "has", "have",
    "he", "her", "him",
    "his", "in", "is", "it", "its", "of", "on", "or", "our", "she", "that", "the", "their", "them",
    "then", "there",
    "they", "this", "to", "was", "we", "were", "which", "will", "with", "you", "your", NULL
};

int cd_word_counts(const cd_word_t *word)
{
    int i;

    if (word->chars < (word->digits ? 3 : 2))
        return 0;
    for (i = 0; stop_words[i]; i++)
        if (!strcmp(stop_words[i], word->folded))
            return 0;
    return 1;
}

cd_words_t *cd_words_make(int most, apr_pool_t *pool)
{
    cd_words_t *words = apr_palloc(pool, sizeof(*words));

    words->list = apr_array_make(pool, 64, sizeof(const char *));
    words->seen = apr_hash_make(pool);
    words->most = most;
    words->pool = pool;
    return words;
}

void cd_words_add(cd_words_t *words, const char *text)
{
    apr_size_t len = text ? strlen(text) : 0, at = 0;
    cd_word_t word;

    while (words->list->nelts < words->most && cd_word_next(&word, text, len, &at)) {
        if (cd_word_counts(&word) && !apr_hash_get(words->seen, word.folded, APR_HASH_KEY_STRING)) {
            const char *kept = apr_pstrdup(words->pool, word.folded);

            apr_hash_set(words->seen, kept, APR_HASH_KEY_STRING, kept);
            APR_ARRAY_PUSH(words->list, const char *) = kept;
        }
    }
}

/* ---- what somebody looks for ------------------------------------------------------- */

static int quote_at(const char *typed)
{
    if (*typed == '"')
        return 1;
    /* the curly pair that many devices type */
    return !strncmp(typed, "\xe2\x80\x9c", 3) || !strncmp(typed, "\xe2\x80\x9d", 3) ? 3 : 0;
}

/* From `typed`: the length of one piece, all between two quotes or up to the next space; `*skip`
 * more belong to it. */
static apr_size_t piece_len(const char *typed, int quoted, apr_size_t *skip)
{
    apr_size_t len;

    *skip = 0;
    for (len = 0; typed[len]; len++) {
        if (quote_at(typed + len)) {
            *skip = quoted ? (apr_size_t)quote_at(typed + len) : 0;
            break;
        }
        if (!quoted && strchr(" \t\r\n", typed[len]))
            break;
    }
    return len;
}

/* The longest word is the rarest, as far as one can tell without asking. */
static const char *longest(const char *piece, apr_size_t len, apr_pool_t *pool)
{
    const char *best = NULL;
    apr_size_t at = 0;
    cd_word_t word;

    while (cd_word_next(&word, piece, len, &at))
        if (cd_word_counts(&word) && (!best || strlen(word.folded) > strlen(best)))
            best = apr_pstrdup(pool, word.folded);
    return best;
}

static void key_add(cd_word_query_t *query, const char *key)
{
    int i, place = query->keys;

    for (i = 0; i < query->keys; i++)
        if (!strcmp(query->key[i], key))
            return;
    for (; place > 0 && strlen(query->key[place - 1]) < strlen(key); place--)
        query->key[place] = query->key[place - 1];
    query->key[place] = key;
    query->keys++;
}

/* Is a group of the same words there already? */
static int is_asked(const cd_word_query_t *query, const apr_array_header_t *words)
{
    int i, j;

    for (i = 0; i < query->count; i++) {
        for (j = 0; query->group[i].count == words->nelts && j < words->nelts; j++)
            if (strcmp(query->group[i].word[j], APR_ARRAY_IDX(words, j, const char *)))
                break;
        if (j && j == words->nelts)
            return 1;
    }
    return 0;
}

static void group_add(cd_word_query_t *query, const char *piece, apr_size_t len, apr_pool_t *pool)
{
    const char *key = longest(piece, len, pool), *kept = apr_pstrmemdup(pool, piece, len);
    apr_array_header_t *words = apr_array_make(pool, 4, sizeof(const char *));
    cd_word_group_t *group;
    apr_size_t at = 0;
    cd_word_t word;

    while (cd_word_next(&word, piece, len, &at))
        APR_ARRAY_PUSH(words, const char *) = apr_pstrdup(pool, word.folded);
    if (!words->nelts || is_asked(query, words))
        return;
    if (!key || query->count == CD_QUERY_GROUPS) {
        query->left_out =
            query->left_out ? apr_pstrcat(pool, query->left_out, " ", kept, NULL) : kept;
        return;
    }
    group = &query->group[query->count++];
    group->word = (const char **)words->elts;
    group->count = words->nelts;
    key_add(query, key);
}

cd_word_query_t *cd_word_query(const char *typed, apr_pool_t *pool)
{
    cd_word_query_t *query = apr_pcalloc(pool, sizeof(*query));
    apr_size_t len, skip;

    for (typed = typed ? typed : ""; *typed; typed += len + skip) {
        int quoted = quote_at(typed);

        len = 0;
        skip = 1;
        if (strchr(" \t\r\n", *typed))
            continue;
        typed += quoted;
        len = piece_len(typed, quoted, &skip);
        group_add(query, typed, len, pool);
    }
    return query;
}

static int follows(cd_word_t *last, const cd_word_group_t *group, const char *text, apr_size_t len,
                   apr_size_t at)
{
    int i;

    for (i = 1; i < group->count; i++)
        if (!cd_word_next(last, text, len, &at) || strcmp(last->folded, group->word[i]))
            return 0;
    return 1;
}

int cd_word_group_find(apr_size_t *at_out, apr_size_t *len_out, const cd_word_group_t *group,
                       const char *text)
{
    apr_size_t len = text ? strlen(text) : 0, at = 0;
    cd_word_t first, last;

    while (cd_word_next(&first, text, len, &at)) {
        if (strcmp(first.folded, group->word[0]))
            continue;
        last = first;
        if (!follows(&last, group, text, len, at))
            continue;
        *at_out = first.at;
        *len_out = last.at + last.len - first.at;
        return 1;
    }
    return 0;
}
