/* search.h: what one box finds: a reference, a trust's own reference, an NHS number, or words.
 *
 * Requires: case.h, claim.h.   Provides: app_search.   Used by: web. */
#ifndef CD_APP_SEARCH_H
#define CD_APP_SEARCH_H

#include "app/case.h"
#include "app/claim.h"

#define APP_SEARCH_MAX 200               /* characters that may be typed */
#define APP_SEARCH_ROWS 50               /* files opened for a page, of each kind */

/** Where words were found: the newest entry that holds some of them, in a text that this actor may
 * see. */
typedef struct app_hit_t {
    /* title of the kind of record; NULL: found by its number */
    const char *found_in;
    int seq;
    cd_when_t happened;                  /* else the day it was entered */
    cd_date_t entered;
    const char *before, *words, *after;  /* of the text around */
} app_hit_t;

typedef struct app_search_ask_t {
    const char *query;
    apr_int64_t cases_before, claims_before;   /* cursors of the next pages, 0: the first */
    /* cd_file_kind_t of the list that is turned over; 0: both */
    int only;
} app_search_ask_t;

typedef struct app_search_t {
    app_case_list_t cases;               /* newest first; `next`: there are more to look at */
    app_hit_t *case_hits;
    app_claim_list_t claims;
    app_hit_t *claim_hits;
    int nothing;                         /* 1: nothing in it can be looked for */
    /* words that were too short, too common or too many; NULL: none */
    const char *left_out;
} app_search_t;

/** Every hit is true of the records as they stand today. Statements: at most 3 by number; by words,
 * for each kind, 4 for each 32 trusts, and 5. rights CASE_READ and CLAIM_READ, each for its list;
 * without one the list is empty. */
cd_err_t *app_search(app_search_t *out, app_ctx_t *ctx, const app_search_ask_t *ask);

#endif
