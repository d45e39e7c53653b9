/* search.c: from what was typed to files that hold it.
 *
 * Words go to the index as hashes under each key that the actor's reach has; what it names are
 * candidates. Each is opened, and is a hit if all words stand in texts that the actor may see,
 * today. So a row that is out of date, or of a text that was corrected, finds nothing. */
#include <stdlib.h>
#include <string.h>

#include <apr_lib.h>
#include <apr_strings.h>

#include "app/claim_core.h"
#include "app/search.h"
#include "app/words.h"
#include "base/text.h"
#include "store/bring.h"

#define COUNTED 1000                     /* files that are counted: a word in more is common */
#define AROUND 70                        /* bytes of text shown on each side of what was found */

/* ---- candidates -------------------------------------------------------------------- */

typedef struct look_t {
    app_ctx_t *ctx;
    const cd_word_query_t *query;
    cd_file_kind_t kind;
    cd_org_id org_id;                    /* reach; 0: all */
    const char *const *whose;            /* whose keys are asked */
    int whose_count;
    apr_int64_t ids[APP_SEARCH_ROWS + 1];
    int count;
    apr_int64_t bound;                   /* down to this file all were looked at; 0: to the end */
} look_t;

static int newest_first(const void *a, const void *b)
{
    apr_int64_t one = *(const apr_int64_t *)a, two = *(const apr_int64_t *)b;

    return one < two ? 1 : one > two ? -1 : 0;
}

/* The newest of those that have all words, and of those that were found before. */
static void ids_add(look_t *look, const store_word_file_t *files, int count)
{
    apr_int64_t all[2 * (APP_SEARCH_ROWS + 1)];
    int total = look->count, i;

    memcpy(all, look->ids, sizeof(*all) * (apr_size_t)look->count);
    for (i = 0; i < count && total - look->count <= APP_SEARCH_ROWS; i++)
        if (files[i].has_all)
            all[total++] = files[i].id;
    qsort(all, (size_t)total, sizeof(*all), newest_first);
    look->count = total > APP_SEARCH_ROWS + 1 ? APP_SEARCH_ROWS + 1 : total;
    memcpy(look->ids, all, sizeof(*all) * (apr_size_t)look->count);
}

typedef unsigned char hash_t[STORE_WORD_BYTES];

/* The hashes of as many trusts as a statement takes, from the one numbered `from` on. */
static void hashes_make(store_words_ask_t *ask, hash_t *hashes, const look_t *look, int from)
{
    const int words = look->query->keys, left = look->whose_count - from;
    int i, j;

    ask->trusts = left < STORE_TRUSTS_AT_ONCE ? left : STORE_TRUSTS_AT_ONCE;
    ask->words = words;
    ask->kind = look->kind;
    ask->hashes = (const unsigned char (*)[STORE_WORD_BYTES])hashes;
    for (i = 0; i < ask->trusts; i++) {
        store_data_key_t key;

        store_word_key(&key, look->ctx->app->keys, look->whose[from + i]);
        for (j = 0; j < words; j++)
            store_word_hash(hashes[i * words + j], &key, look->query->key[j]);
    }
}

/* The word that the fewest files have, counted no further than it takes to know a rare one; -1: one
 * that none has. */
static cd_err_t *rarest_word(int *word_out, look_t *look, apr_int64_t below)
{
    hash_t hashes[STORE_WORDS_MOST * STORE_TRUSTS_AT_ONCE];
    store_words_ask_t ask = { .below = below };
    int counts[STORE_WORDS_MOST], total[STORE_WORDS_MOST] = { 0 }, from, i;

    *word_out = 0;
    if (look->query->keys == 1)
        return NULL;
    for (from = 0; from < look->whose_count; from += STORE_TRUSTS_AT_ONCE) {
        hashes_make(&ask, hashes, look, from);
        CD_ERR(store_words_count(counts, &ask, COUNTED, look->ctx->conn, look->ctx->pool));
        for (i = 0; i < look->query->keys; i++)
            total[i] += counts[i];
    }
    for (i = 1; i < look->query->keys; i++)
        if (total[i] < total[*word_out])
            *word_out = i;
    if (!total[*word_out])
        *word_out = -1;
    return NULL;
}

/* Looks at the newest `limit` files with the rarest word below a place; look->bound: how far down
 * that was. What one call found below another's end is left for the next time, or files between
 * would be passed over. */
static cd_err_t *ask_index(look_t *look, int rarest, apr_int64_t below, int limit)
{
    hash_t hashes[STORE_WORDS_MOST * STORE_TRUSTS_AT_ONCE];
    store_words_ask_t ask = { .below = below };
    store_word_file_t *files;
    int from, count, kept;

    look->bound = 0;
    for (from = 0; from < look->whose_count; from += STORE_TRUSTS_AT_ONCE) {
        hashes_make(&ask, hashes, look, from);
        CD_ERR(store_words_find(&files, &count, &ask, rarest, limit, look->ctx->conn,
                                look->ctx->pool));
        if (count == limit && files[count - 1].id > look->bound)
            look->bound = files[count - 1].id;
        ids_add(look, files, count);
    }
    for (kept = 0; kept < look->count && look->ids[kept] >= look->bound; kept++)
        ;
    look->count = kept;
    return NULL;
}

/* A first look at few files is enough where most that have the rarest word have the others, too.
 * Words that hardly meet are looked for in so many files and no more: the page says that there are
 * others, and goes on from there. */
static cd_err_t *candidates(look_t *look, apr_int64_t before)
{
    static const int steps[] = { 2 * (APP_SEARCH_ROWS + 1), 300, 600 };
    apr_int64_t below = before ? before : APR_INT64_MAX;
    int rarest, i;

    CD_ERR(rarest_word(&rarest, look, below));
    for (i = 0; i < 3 && rarest >= 0; i++) {
        CD_ERR(ask_index(look, rarest, below, steps[i]));
        if (look->count > APP_SEARCH_ROWS || !look->bound)
            break;
        below = look->bound;
    }
    if (look->count > APP_SEARCH_ROWS) {
        look->count = APP_SEARCH_ROWS;
        look->bound = look->ids[APP_SEARCH_ROWS - 1];
    }
    return NULL;
}

/* ---- opened ------------------------------------------------------------------------ */

static const char *one_line(const char *text, apr_size_t len, apr_pool_t *pool)
{
    char *line = apr_pstrmemdup(pool, text, len), *at;

    for (at = line; *at; at++)
        if (*at == '\n' || *at == '\t')
            *at = ' ';
    return line;
}

/* The text around, cut at spaces; "…" where something was cut off. */
static void snippet(app_hit_t *hit, const char *text, apr_size_t at, apr_size_t len,
                    apr_pool_t *pool)
{
    const char *end = text + strlen(text), *from = text, *to = end, *word = text + at,
               *behind = text + at + len;

    if (word - text > AROUND) {
        from = word - AROUND;
        while (from < word && *from != ' ' && *from != '\n')
            from++;
    }
    if (end - behind > AROUND) {
        to = behind + AROUND;
        while (to > behind && *to != ' ' && *to != '\n')
            to--;
    }
    hit->before = apr_pstrcat(pool, from > text ? "…" : "",
                              one_line(from, (apr_size_t)(word - from), pool), NULL);
    hit->words = one_line(word, len, pool);
    hit->after = apr_pstrcat(pool, one_line(behind, (apr_size_t)(to - behind), pool),
                             to < end ? "…" : "", NULL);
}

/* One record: marks the groups that stand in it; the first place found goes into `hit`. */
static void record_look(app_hit_t *hit, int *found, const cd_record_t *record,
                        const cd_word_query_t *query, const char *whose, apr_pool_t *pool)
{
    const cd_record_def_t *def = cd_record_def(record->kind);
    int i, j;

    for (i = 0; i < def->field_count; i++) {
        const char *text = app_words_seen(record, &def->fields[i], whose)
                               ? CD_FIELD_GET(const char *, record->body, &def->fields[i]) : NULL;

        for (j = 0; text && j < query->count; j++) {
            apr_size_t at, len;

            if ((found[j] && hit->found_in)
                || !cd_word_group_find(&at, &len, &query->group[j], text))
                continue;
            found[j] = 1;
            if (hit->found_in)
                continue;
            hit->found_in = def->title;
            hit->seq = record->seq;
            hit->happened = record->happened;
            hit->entered = cd_london_date(record->recorded_at);
            snippet(hit, text, at, len, pool);
        }
    }
}

/* 1 if every group stands somewhere in the file. The newest entry is looked at first. */
static int file_holds(app_hit_t *hit, const look_t *look, const store_bundle_t *bundle,
                      apr_pool_t *pool)
{
    int found[CD_QUERY_GROUPS] = { 0 }, count, i, all = 1;
    const char *whose = look->kind == CD_FILE_CLAIM && !look->org_id ? APP_WORDS_SCHEME
                        : look->org_id ? look->ctx->actor->org_code : bundle->head->org_code;
    const cd_record_t **standing;

    memset(hit, 0, sizeof(*hit));
    if (look->kind == CD_FILE_CASE) {
        cd_case_t *file =
            cd_case_read(bundle->records, bundle->count,
                         app_org_cached(look->ctx, bundle->head->org_code), look->ctx->today, pool);

        standing = app_words_standing(&count, file->records, file->count, pool);
    } else {
        cd_claim_t *claim = cd_claim_read(bundle->records, bundle->count, look->ctx->today, pool);

        standing = app_words_standing(&count, claim->records, claim->count, pool);
    }
    for (i = count - 1; i >= 0; i--)
        record_look(hit, found, standing[i], look->query, whose, pool);
    for (i = 0; i < look->query->count; i++)
        all &= found[i];
    return all;
}

typedef void (*keep_fn)(app_search_t *out, const store_head_t *head, const app_hit_t *hit);

static void keep_case(app_search_t *out, const store_head_t *head, const app_hit_t *hit)
{
    app_case_row(&out->cases.rows[out->cases.count], head);
    out->case_hits[out->cases.count++] = *hit;
}

static void keep_claim(app_search_t *out, const store_head_t *head, const app_hit_t *hit)
{
    app_claim_row(&out->claims.rows[out->claims.count], head);
    out->claim_hits[out->claims.count++] = *hit;
}

static cd_err_t *look_up(app_search_t *out, look_t *look, apr_int64_t before, apr_int64_t *next_out,
                         keep_fn keep)
{
    apr_pool_t *pool = look->ctx->pool;
    store_bundle_t bundles[APP_SEARCH_ROWS];
    store_list_page_t page;
    int i, open = 0;

    CD_ERR(candidates(look, before));
    *next_out = look->bound;
    CD_ERR(store_heads_of(&page, look->kind, look->ids, look->count, look->org_id, look->ctx->conn,
                          pool));
    memset(bundles, 0, sizeof(bundles));
    for (i = 0; i < page.count; i++)
        if (page.rows[i].has_key && !page.rows[i].damaged)
            bundles[open++].head = &page.rows[i];
    CD_ERR(store_records_of(bundles, open, look->ctx->conn, pool));
    for (i = 0; i < open; i++) {
        app_hit_t hit;

        if (file_holds(&hit, look, &bundles[i], pool))
            keep(out, bundles[i].head, &hit);
    }
    return NULL;
}

/* ---- cases, claims ------------------------------------------------------------------ */

static cd_err_t *trusts_all(const char *const **out, int *count_out, app_ctx_t *ctx)
{
    const cd_org_t *orgs;
    const char **codes;
    int i;

    CD_ERR(app_orgs(&orgs, count_out, ctx));
    codes = apr_palloc(ctx->pool, sizeof(*codes) * ((apr_size_t)*count_out + 1));
    for (i = 0; i < *count_out; i++)
        codes[i] = orgs[i].code;
    *out = codes;
    return NULL;
}

static cd_err_t *cases_by_words(app_search_t *out, app_ctx_t *ctx, const cd_word_query_t *query,
                                apr_int64_t before)
{
    look_t look = { .ctx = ctx, .query = query, .kind = CD_FILE_CASE };

    CD_ERR(app_reach(&look.org_id, ctx, CD_RIGHT_CASE_READ));
    look.whose = &ctx->actor->org_code;
    look.whose_count = 1;
    if (!look.org_id)
        CD_ERR(trusts_all(&look.whose, &look.whose_count, ctx));
    return look_up(out, &look, before, &out->cases.next, keep_case);
}

static cd_err_t *claims_by_words(app_search_t *out, app_ctx_t *ctx, const cd_word_query_t *query,
                                 apr_int64_t before)
{
    static const char *const scheme[] = { APP_WORDS_SCHEME };
    look_t look = {
        .ctx = ctx, .query = query, .kind = CD_FILE_CLAIM, .whose = scheme, .whose_count = 1
    };

    CD_ERR(app_reach(&look.org_id, ctx, CD_RIGHT_CLAIM_READ));
    if (look.org_id)
        look.whose = &ctx->actor->org_code;
    return look_up(out, &look, before, &out->claims.next, keep_claim);
}

/* A number as it is written on forms: no space in it, and a digit. */
static int like_number(const char *query)
{
    int digit = 0;

    for (; *query; query++) {
        if (apr_isspace(*query))
            return 0;
        digit |= apr_isdigit(*query) != 0;
    }
    return digit;
}

/* "cm-2026-0412" as references are written; NULL: it is none, and might be words, which the
 * database is not sent. */
static const char *as_reference(const char *query, apr_pool_t *pool)
{
    char *upper;
    int i;

    if (!apr_isalpha(query[0]) || !apr_isalpha(query[1]) || query[2] != '-')
        return NULL;
    for (i = 3; query[i]; i++)
        if (!apr_isdigit(query[i]) && query[i] != '-')
            return NULL;
    upper = apr_pstrdup(pool, query);
    upper[0] = (char)apr_toupper(upper[0]);
    upper[1] = (char)apr_toupper(upper[1]);
    return upper;
}

/* The own trust's reference of an incident, as it was typed. */
static cd_err_t *case_by_local_ref(app_search_t *out, app_ctx_t *ctx, const char *query)
{
    unsigned char hash[1][STORE_REF_BYTES];
    app_hit_t none = { 0 };
    store_known_t *known;
    cd_org_id org_id;
    int count;

    CD_ERR(app_reach(&org_id, ctx, CD_RIGHT_CASE_READ));
    if (!org_id || !ctx->app->keys)
        return NULL;                     /* all trusts: by its parts, as words */
    CD_ERR(app_conn(ctx));
    store_local_ref_hash(hash[0], ctx->app->keys, org_id, query);
    CD_ERR(store_local_refs_find(&known, &count, org_id,
                                 (const unsigned char(*)[STORE_REF_BYTES])hash, 1, ctx->conn,
                                 ctx->pool));
    if (count)
        keep_case(out, &known[0].head, &none);
    return NULL;
}

static cd_err_t *by_number(app_search_t *out, app_ctx_t *ctx, const char *query, int is_nhs)
{
    const char *number = is_nhs ? query : as_reference(query, ctx->pool);
    app_case_list_t cases = { 0 };
    app_claim_list_t claims = { 0 };

    if (number && app_may(ctx, CD_RIGHT_CASE_READ) != CD_REACH_NONE)
        CD_ERR(app_case_search(&cases, ctx, number));
    if (number && app_may(ctx, CD_RIGHT_CLAIM_READ) != CD_REACH_NONE)
        CD_ERR(app_claim_search(&claims, ctx, number));
    if (cases.count) {
        memcpy(out->cases.rows, cases.rows, sizeof(*cases.rows) * (apr_size_t)cases.count);
        out->cases.count = cases.count;
    }
    if (claims.count) {
        memcpy(out->claims.rows, claims.rows, sizeof(*claims.rows) * (apr_size_t)claims.count);
        out->claims.count = claims.count;
    }
    if (!cases.count && !is_nhs && app_may(ctx, CD_RIGHT_CASE_READ) != CD_REACH_NONE)
        CD_ERR(case_by_local_ref(out, ctx, query));
    return NULL;
}

cd_err_t *app_search(app_search_t *out, app_ctx_t *ctx, const app_search_ask_t *ask)
{
    int is_nhs = cd_nhs_read(ask->query, ctx->pool) != NULL, first = !ask->only;
    cd_word_query_t *query;

    memset(out, 0, sizeof(*out));
    out->cases.rows = apr_pcalloc(ctx->pool, sizeof(*out->cases.rows) * APP_SEARCH_ROWS);
    out->claims.rows = apr_pcalloc(ctx->pool, sizeof(*out->claims.rows) * APP_SEARCH_ROWS);
    out->case_hits = apr_pcalloc(ctx->pool, sizeof(app_hit_t) * APP_SEARCH_ROWS);
    out->claim_hits = apr_pcalloc(ctx->pool, sizeof(app_hit_t) * APP_SEARCH_ROWS);
    if (first && (is_nhs || like_number(ask->query)))
        CD_ERR(by_number(out, ctx, ask->query, is_nhs));
    if (out->cases.count || out->claims.count)
        return NULL;
    /* A number that no file is of may stand in a text, written the same way. */
    query = cd_word_query(
        is_nhs ? apr_pstrcat(ctx->pool, "\"", ask->query, "\"", NULL) : ask->query, ctx->pool);
    out->left_out = query->left_out;
    out->nothing = !query->count;
    if (out->nothing || !ctx->app->keys)
        return NULL;
    CD_ERR(app_conn(ctx));
    if (ask->only != CD_FILE_CLAIM && app_may(ctx, CD_RIGHT_CASE_READ) != CD_REACH_NONE)
        CD_ERR(cases_by_words(out, ctx, query, ask->cases_before));
    if (ask->only != CD_FILE_CASE && app_may(ctx, CD_RIGHT_CLAIM_READ) != CD_REACH_NONE)
        CD_ERR(claims_by_words(out, ctx, query, ask->claims_before));
    return NULL;
}
