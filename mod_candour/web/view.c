/* view.c: the value tree of a page, its names and its two faces.
 *
 * A map keeps its values in the order they were put; a bit mask of the names that may be there
 * lets a look-up that goes outward pass most maps without walking them, and a map of many values
 * knows the place of each name. */
#include <assert.h>
#include <string.h>

#include <apr_strings.h>

#include "web/value.h"

#define FIRST_CAP 8
#define PLACES_FROM 12 /* values from which on walking them costs more than an array of all names */

static const char *const name_texts[WN__COUNT] = {
    [WN__NONE] = "",
#define N(name) [WN_##name] = #name,
#include "web/names_common.def"
#include "web/names_form.def"
#include "web/names_case.def"
#include "web/names_claim.def"
#include "web/names_claim2.def"
#include "web/names_flag2.def"
#include "web/names_admin.def"
#include "web/names_bring.def"
#include "web/names_docs.def"
#include "web/names_letter.def"
#include "web/names_outbox.def"
#include "web/names_scheme.def"
#include "web/names_recovery.def"
#include "web/names_report.def"
#include "web/names_round.def"
#include "web/names_search.def"
#include "web/names_volume.def"
#include "web/names_work.def"
#undef N
};

const char *web_name(web_name_t name)
{
    return (unsigned)name < WN__COUNT ? name_texts[name] : "";
}

web_name_t web_name_find(const char *text, apr_size_t len)
{
    int i;

    for (i = 1; i < WN__COUNT; i++) {
        if (!strncmp(name_texts[i], text, len) && !name_texts[i][len])
            return (web_name_t)i;
    }
    return WN__NONE;
}

static web_view_t *node_make(apr_pool_t *pool, int is_list)
{
    web_view_t *node = apr_pcalloc(pool, sizeof(*node));

    node->pool = pool;
    node->is_list = is_list;
    return node;
}

web_view_t *web_view_make(apr_pool_t *pool)
{
    return node_make(pool, 0);
}

/* Doubles the array `at` of `cap` items of `size` bytes, which is full. */
static void *array_double(web_view_t *node, void *at, apr_size_t size)
{
    void *more;

    node->cap = node->cap ? node->cap * 2 : FIRST_CAP;
    more = apr_palloc(node->pool, (apr_size_t)node->cap * size);
    if (node->count)
        memcpy(more, at, (apr_size_t)node->count * size);
    return more;
}

static void places_fill(web_view_t *map)
{
    int i;

    for (i = 0; i < map->count; i++)
        map->places[map->values[i].name] = (apr_uint16_t)(i + 1);
}

static void place_note(web_view_t *map, web_name_t name)
{
    map->mask |= (apr_uint64_t)1 << (name & 63);
    if (map->places) {
        map->places[name] = (apr_uint16_t)map->count;
    } else if (map->count >= PLACES_FROM) {
        map->places = apr_pcalloc(map->pool, WN__COUNT * sizeof(*map->places));
        places_fill(map);
    }
}

/* The place for `name`; what it is to hold is the caller's to set. */
static web_value_t *value_put(web_view_t *map, web_name_t name, web_value_type_t type)
{
    web_value_t *value;

    assert(!map->is_list && name > WN__NONE && name < WN__COUNT);
    value = (web_value_t *)web_value_find(map, name);
    if (!value) {
        if (map->count == map->cap)
            map->values = array_double(map, map->values, sizeof(*map->values));
        value = &map->values[map->count++];
        value->name = (apr_uint16_t)name;
        place_note(map, name);
    }
    value->type = (unsigned char)type;
    value->page_only = 0;
    return value;
}

/* Nothing is put, and that is known: a row without a name must not show the page's. */
static void put_absent(web_view_t *map, web_name_t name)
{
    value_put(map, name, WEB_V_ABSENT);
}

static web_view_t *put_node(web_view_t *map, web_name_t name, web_value_type_t type, int page_only)
{
    const web_value_t *found = web_value_find(map, name);
    web_value_t *value;

    if (found && found->type == type)
        return found->as.node;
    value = value_put(map, name, type);
    value->page_only = page_only != 0;
    value->as.node = node_make(map->pool, type == WEB_V_LIST);
    return value->as.node;
}

web_view_t *web_put_map(web_view_t *map, web_name_t name)
{
    return put_node(map, name, WEB_V_MAP, 0);
}

web_view_t *web_put_list(web_view_t *map, web_name_t name)
{
    return put_node(map, name, WEB_V_LIST, 0);
}

web_view_t *web_page_map(web_view_t *map, web_name_t name)
{
    return put_node(map, name, WEB_V_MAP, 1);
}

web_view_t *web_page_list(web_view_t *map, web_name_t name)
{
    return put_node(map, name, WEB_V_LIST, 1);
}

web_view_t *web_add(web_view_t *list)
{
    assert(list->is_list);
    if (list->count == list->cap)
        list->maps = array_double(list, list->maps, sizeof(*list->maps));
    list->maps[list->count] = node_make(list->pool, 0);
    return list->maps[list->count++];
}

static void put_text(web_view_t *map, web_name_t name, const char *text, int page_only)
{
    web_value_t *value;

    if (!text) {
        put_absent(map, name);
        return;
    }
    value = value_put(map, name, WEB_V_TEXT);
    value->page_only = page_only != 0;
    value->as.text = text;
}

void web_put_text(web_view_t *map, web_name_t name, const char *text)
{
    put_text(map, name, text, 0);
}

void web_page_text(web_view_t *map, web_name_t name, const char *text)
{
    put_text(map, name, text, 1);
}

void web_put_flag(web_view_t *map, web_name_t name, int yes)
{
    value_put(map, name, WEB_V_FLAG)->as.number = yes != 0;
}

void web_page_flag(web_view_t *map, web_name_t name, int yes)
{
    web_value_t *value = value_put(map, name, WEB_V_FLAG);

    value->as.number = yes != 0;
    value->page_only = 1;
}

void web_put_int(web_view_t *map, web_name_t name, apr_int64_t number)
{
    value_put(map, name, WEB_V_INT)->as.number = number;
}

void web_put_pence(web_view_t *map, web_name_t name, apr_int64_t pence)
{
    value_put(map, name, WEB_V_PENCE)->as.number = pence;
}

void web_put_bp(web_view_t *map, web_name_t name, apr_int64_t bp)
{
    value_put(map, name, WEB_V_BP)->as.number = bp;
}

void web_put_when(web_view_t *map, web_name_t name, cd_when_t when)
{
    if (!cd_when_known(when)) {
        put_absent(map, name);
        return;
    }
    value_put(map, name, WEB_V_WHEN)->as.when = when;
}

void web_put_date(web_view_t *map, web_name_t name, cd_date_t date)
{
    web_put_when(map, name, cd_when_day(date));
}

void web_put_instant(web_view_t *map, web_name_t name, cd_instant_t at)
{
    if (!at) {
        put_absent(map, name);
        return;
    }
    value_put(map, name, WEB_V_INSTANT)->as.number = at;
}

void web_put_token(web_view_t *map, web_name_t name, const cd_token_t *list, int value)
{
    web_value_t *put;

    if (!cd_token_word(list, value)) {
        put_absent(map, name);
        return;
    }
    put = value_put(map, name, WEB_V_TOKEN);
    put->as.token.list = list;
    put->as.token.value = value;
}

const char *web_value_page(const web_value_t *value, apr_pool_t *pool)
{
    switch (value->type) {
    case WEB_V_TEXT: return value->as.text;
    case WEB_V_FLAG: return value->as.number ? "yes" : "no";
    case WEB_V_INT: return apr_psprintf(pool, "%" APR_INT64_T_FMT, value->as.number);
    case WEB_V_PENCE: return cd_pence_words(value->as.number, pool);
    case WEB_V_BP: return cd_bp_words(value->as.number, pool);
    case WEB_V_WHEN: return cd_when_words(value->as.when, pool);
    case WEB_V_INSTANT: return cd_instant_words(value->as.number, pool);
    case WEB_V_TOKEN: return cd_token_label(value->as.token.list, value->as.token.value);
    case WEB_V_ABSENT:
    case WEB_V_MAP:
    case WEB_V_LIST: break;
    }
    return NULL;
}

const char *web_value_plain(const web_value_t *value, apr_pool_t *pool)
{
    switch (value->type) {
    case WEB_V_FLAG: return value->as.number ? "true" : "false";
    case WEB_V_PENCE:
    case WEB_V_BP: return apr_psprintf(pool, "%" APR_INT64_T_FMT, value->as.number);
    case WEB_V_WHEN: return cd_when_iso(value->as.when, pool);
    case WEB_V_INSTANT: return cd_instant_iso(value->as.number, pool);
    case WEB_V_TOKEN: return cd_token_word(value->as.token.list, value->as.token.value);
    case WEB_V_ABSENT:
    case WEB_V_TEXT:
    case WEB_V_INT:
    case WEB_V_MAP:
    case WEB_V_LIST: break;
    }
    return web_value_page(value, pool);
}

int web_value_truth(const web_value_t *value)
{
    switch (value->type) {
    case WEB_V_ABSENT: return 0;
    case WEB_V_TEXT: return *value->as.text != '\0';
    case WEB_V_FLAG: return value->as.number != 0;
    case WEB_V_LIST: return value->as.node->count > 0;
    default: return 1;                  /* what is put is there: £0.00 is an amount */
    }
}

const char *web_get_text(const web_view_t *map, web_name_t name)
{
    const web_value_t *value = web_value_find(map, name);

    return value ? web_value_page(value, map->pool) : NULL;
}

const web_view_t *web_get_map(const web_view_t *map, web_name_t name)
{
    const web_value_t *value = web_value_find(map, name);

    return value && (value->type == WEB_V_MAP || value->type == WEB_V_LIST) ? value->as.node : NULL;
}

int web_list_count(const web_view_t *list)
{
    return list && list->is_list ? list->count : 0;
}

const web_view_t *web_list_at(const web_view_t *list, int index)
{
    return index >= 0 && index < web_list_count(list) ? list->maps[index] : NULL;
}
