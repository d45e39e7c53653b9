/* value.h: the inside of the value tree, for the writers; handlers use view.h.
 *
 * Requires: view.h, money.h.   Provides: web_value_t.   Used by: view.c, template_run.c, write_*.c.
 */
#ifndef CD_WEB_VALUE_H
#define CD_WEB_VALUE_H

#include "base/money.h"
#include "web/view.h"

typedef enum web_value_type_t {
    WEB_V_ABSENT = 1,                  /* known not to be there: hides the same name further out */
    WEB_V_TEXT, WEB_V_FLAG, WEB_V_INT, WEB_V_PENCE, WEB_V_BP, WEB_V_WHEN, WEB_V_INSTANT,
    WEB_V_TOKEN, WEB_V_MAP, WEB_V_LIST
} web_value_type_t;

/* Small, for a page has two thousand of them. */
typedef struct web_value_t {
    apr_uint16_t name;                 /* web_name_t */
    unsigned char type;                /* web_value_type_t */
    unsigned char page_only;           /* left out of JSON and CSV */
    union {
        const char *text;              /* borrowed, not NULL */
        apr_int64_t number;            /* flag, integer, pence, basis points, instant */
        cd_when_t when;                /* known */
        struct { const cd_token_t *list; int value; } token;   /* in the list */
        web_view_t *node;              /* map or list */
    } as;
} web_value_t;

struct web_view_t {
    apr_pool_t *pool;
    int is_list;
    int count, cap;
    apr_uint64_t mask;                 /* bit name & 63 of every name that may be there */
    web_value_t *values;               /* of a map */
    /* of a map of many: by name, 1 + place in values; NULL: of few */
    apr_uint16_t *places;
    web_view_t **maps;                 /* of a list */
};

/** The value of `name` in this map alone, or NULL. Inline: a page asks thousands of times. */
static inline const web_value_t *web_value_find(const web_view_t *map, web_name_t name)
{
    int i;

    if (!(map->mask & (apr_uint64_t)1 << (name & 63)))
        return NULL;
    if (map->places)
        return map->places[name] ? &map->values[map->places[name] - 1] : NULL;
    for (i = 0; i < map->count; i++)
        if (map->values[i].name == name)
            return &map->values[i];
    return NULL;
}
/** What a page shows; NULL for maps and lists. @owner pool, or as long as the tree */
const char *web_value_page(const web_value_t *value, apr_pool_t *pool);
/** What JSON and CSV say, without quotes; NULL for maps and lists. @owner as above */
const char *web_value_plain(const web_value_t *value, apr_pool_t *pool);
/** Does {{#name}} show? False: a false flag, an empty text, an empty list. */
int web_value_truth(const web_value_t *value);

#endif
