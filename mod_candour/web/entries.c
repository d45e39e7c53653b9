/* entries.c: the page of who did what in a file, newest first, a page at a time. */
#include <string.h>

#include <apr_lib.h>
#include <apr_strings.h>

#include "web/case_view.h"
#include "web/claim_view.h"
#include "web/entries.h"
#include "web/page.h"
#include "web/url.h"

static void entry_put(web_view_t *item, const app_entry_t *entry, apr_pool_t *pool)
{
    web_put_int(item, WN_seq, entry->seq);
    web_put_instant(item, WN_at, entry->at);
    web_put_text(item, WN_who, entry->who);
    web_put_text(item, WN_role, entry->role);
    web_put_text(item, WN_action, entry->action);
    web_put_text(item, WN_object, entry->object);
    web_put_text(item, WN_hash, entry->hash);
    web_page_text(item, WN_hash_short, entry->hash ? apr_pstrndup(pool, entry->hash, 12) : NULL);
}

cd_err_t *web_entries_put(web_exchange_t *x, const char *reference, const char *noun,
                          const char *url)
{
    app_entries_t entries = { 0 };
    web_view_t *list;
    int i, after, before;

    CD_ERR(web_query_seq(&after, x, "after"));
    CD_ERR(web_query_seq(&before, x, "before"));
    CD_ERR(app_entries(&entries, x->ctx, after, before));
    web_page_title(x, apr_pstrcat(x->pool, "Record of ", reference, NULL),
                   apr_psprintf(x->pool, "Record of this %s: %s", noun,
                                web_count(entries.total, "entry", "entries", x->pool)));
    web_put_text(x->view, WN_reference, reference);
    web_put_int(x->view, WN_entry_count, entries.total);
    web_page_text(x->view, WN_help_record_url, web_url(x, "help", "record", NULL));
    list = web_put_list(x->view, WN_entries);
    for (i = 0; i < entries.count; i++)
        entry_put(web_add(list), &entries.rows[i], x->pool);
    if (!entries.next)
        return NULL;
    if (after)
        url = web_url_query(x, url, "after", apr_itoa(x->pool, after));
    web_put_text(x->view, WN_next_url,
                 web_url_query(x, url, "before", apr_itoa(x->pool, entries.next)));
    return NULL;
}
