/* view.h: the value tree a page is made of; HTML, JSON and CSV are written from the same tree.
 *
 * Requires: base.   Provides: web_view_t, web_put_*.   Used by: web.
 * Names are an enum made from the names_*.def lists, so that no handler can write a name that no
 * list has, and a template that uses another does not compile at start. Each value knows both its
 * faces: a date is "2026-11-04" in JSON and "4 November 2026" on the page. Values put with
 * web_page_* are for the page only and are left out of JSON (addresses of buttons, tokens,
 * classes). */
#ifndef CD_WEB_VIEW_H
#define CD_WEB_VIEW_H

#include "base/buf.h"
#include "base/date.h"
#include "base/field.h"
#include "base/json.h"

typedef enum web_name_t {
    WN__NONE = 0,
#define N(name) WN_##name,
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
    WN__COUNT
} web_name_t;
/** "due_on". @owner static */
const char *web_name(web_name_t name);
web_name_t web_name_find(const char *text, apr_size_t len);

typedef struct web_view_t web_view_t;        /* a map, or a list of maps */

web_view_t *web_view_make(apr_pool_t *pool);                                     /* a root map */
web_view_t *web_put_map(web_view_t *map, web_name_t name); /* new or existing sub-map */
web_view_t *web_put_list(web_view_t *map, web_name_t name);
web_view_t *web_add(web_view_t *list); /* a new map at its end */
void web_put_text(web_view_t *map, web_name_t name,
                  const char *text); /* NULL: absent, here and for what is further out; borrowed */
void web_put_int(web_view_t *map, web_name_t name, apr_int64_t value);
void web_put_flag(web_view_t *map, web_name_t name, int yes); /* JSON true/false; {{#name}} */
void web_put_date(web_view_t *map, web_name_t name, cd_date_t date);             /* 0: absent */
void web_put_when(web_view_t *map, web_name_t name, cd_when_t when);
void web_put_instant(web_view_t *map, web_name_t name, cd_instant_t at);
void web_put_pence(web_view_t *map, web_name_t name,
                   apr_int64_t pence);                             /* JSON integer; page "£1.00" */
void web_put_bp(web_view_t *map, web_name_t name, apr_int64_t bp); /* JSON integer; page "70.00%" */
/** JSON the word, page the label; also the flag {{#is_WORD}}-like test by web_put_flag where
 * needed. */
void web_put_token(web_view_t *map, web_name_t name, const cd_token_t *list, int value);
/* for the page only */
void web_page_text(web_view_t *map, web_name_t name, const char *text);
void web_page_flag(web_view_t *map, web_name_t name, int yes);
web_view_t *web_page_list(web_view_t *map, web_name_t name);
web_view_t *web_page_map(web_view_t *map, web_name_t name);

/** Reading, for the writers and tests. */
const char *web_get_text(const web_view_t *map, web_name_t name); /* the page face, or NULL */
const web_view_t *web_get_map(const web_view_t *map, web_name_t name);
int web_list_count(const web_view_t *list);
const web_view_t *web_list_at(const web_view_t *list, int index);

/** Writers. JSON: page-only values left out. CSV: one list of flat maps; `columns` in order, first
 * row their names. */
void web_write_json(cd_buf_t *buf, const web_view_t *view);
void web_write_csv(cd_buf_t *buf, const web_view_t *list, const web_name_t *columns, int count);

#endif
