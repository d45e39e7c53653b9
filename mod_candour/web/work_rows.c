/* work_rows.c: rows and counts of the work list as view values, for its own page and the first
 * page. */
#include <string.h>

#include <apr_strings.h>

#include "web/case_view.h"
#include "web/page.h"
#include "web/url.h"
#include "web/work_view.h"

const char *web_work_count(int count, apr_pool_t *pool)
{
    return count >= APP_WORK_COUNTED ? apr_psprintf(pool, "%d+", APP_WORK_COUNTED)
                                     : apr_itoa(pool, count);
}

/* "29 November": the year is this one's, or the next's soon enough. */
static const char *day_short(cd_date_t date, apr_pool_t *pool)
{
    char *words = apr_pstrdup(pool, cd_date_words(date, pool)), *year = strrchr(words, ' ');

    if (year)
        *year = '\0';
    return words;
}

const char *web_work_finding(const web_exchange_t *x, const app_work_counts_t *counts)
{
    apr_pool_t *pool = x->pool;
    const char *by = day_short(x->ctx->today + APP_WORK_SOON, pool);

    if (!counts->all)
        return "nothing to do";
    if (!counts->overdue && !counts->soon)
        return apr_psprintf(pool, "nothing due by %s", by);
    if (!counts->overdue)
        return apr_psprintf(pool, "%s due by %s", web_work_count(counts->soon, pool), by);
    return apr_psprintf(pool, "%s overdue, %s due by %s", web_work_count(counts->overdue, pool),
                        web_work_count(counts->soon, pool), by);
}

typedef enum part_t { PART_NONE = 0, PART_LATE, PART_SOON, PART_LATER, PART_UNDATED } part_t;

static part_t part_of(const app_work_row_t *row, cd_date_t today)
{
    if (!row->due_on)
        return PART_UNDATED;
    return row->due_on < today                    ? PART_LATE
           : row->due_on <= today + APP_WORK_SOON ? PART_SOON
                                                  : PART_LATER;
}

static const char *part_words(part_t part, const web_exchange_t *x)
{
    switch (part) {
    case PART_LATE: return "Overdue";
    case PART_SOON: return apr_psprintf(x->pool, "Due in the next %d days, to %s", APP_WORK_SOON,
                                        cd_date_words(x->ctx->today + APP_WORK_SOON, x->pool));
    case PART_LATER: return "Later";
    case PART_UNDATED:
    case PART_NONE: break;
    }
    return "No fixed date";
}

static const char *late_words(const web_exchange_t *x, const app_work_row_t *row)
{
    if (!row->days_late)
        return NULL;
    if (!row->late_wd)
        return "Past its date";
    return apr_psprintf(x->pool, "%s late",
                        web_count(row->late_wd, "working day", "working days", x->pool));
}

static void owner_put(web_exchange_t *x, web_view_t *item, const app_work_row_t *row)
{
    const int may_assign = web_reach(x, CD_RIGHT_CASE_WRITE) != CD_REACH_NONE;

    web_put_text(item, WN_assignee, row->assignee);
    web_put_text(item, WN_assignee_name, row->assignee_name);
    web_put_text(item, WN_team, *row->team ? row->team : NULL);
    web_put_date(item, WN_cover_until, row->cover_until);
    web_put_flag(item, WN_is_cover, row->is_cover);
    web_page_text(item, WN_owner, row->is_mine ? "You" : row->assignee_name ? row->assignee_name
                                  : *row->team ? row->team : "Nobody");
    web_page_text(item, WN_owner_note, row->is_cover ? "you cover"
                                       : row->assignee && *row->team ? row->team : NULL);
    web_page_text(item, WN_assign_url,
                  may_assign ? web_url(x, "record.new", row->row.reference, "assignment", NULL)
                             : NULL);
}

static void row_put(web_exchange_t *x, web_view_t *item, const app_work_row_t *row)
{
    web_put_text(item, WN_step, row->step);
    web_put_date(item, WN_due_on, row->due_on);
    if (row->due_kind) {
        web_put_token(item, WN_kind, cd_due_kinds, row->due_kind);
        web_page_text(item, WN_due_word, web_due_word(row->due_kind));
        web_page_text(item, WN_due_label, web_due_label(x, row->due_kind));
    }
    web_page_flag(item, WN_has_kind, row->due_kind != 0);
    web_put_text(item, WN_rule, *row->rule ? row->rule : NULL);
    web_put_int(item, WN_late_wd, row->late_wd);
    web_put_flag(item, WN_is_late, row->days_late > 0);
    web_page_text(item, WN_late, late_words(x, row));
    web_put_int(item, WN_tasks, row->tasks);
    web_put_text(item, WN_reference, row->row.reference);
    web_put_text(item, WN_title, row->row.unreadable ? "Can no longer be read" : row->row.title);
    web_put_text(item, WN_person, row->row.person);
    web_put_token(item, WN_state, cd_case_states, row->row.state);
    web_put_text(item, WN_org_code, row->row.org_code);
    web_page_text(item, WN_url, web_url(x, "case.show", row->row.reference, NULL));
    owner_put(x, item, row);
}

void web_work_rows(web_exchange_t *x, const app_work_list_t *list, int most)
{
    web_view_t *rows = web_put_list(x->view, WN_work);
    part_t before = PART_NONE;
    int i;

    for (i = 0; i < list->count && i < most; i++) {
        web_view_t *item = web_add(rows);
        const part_t part = part_of(&list->rows[i], x->ctx->today);

        web_page_text(item, WN_group_label, part != before ? part_words(part, x) : NULL);
        before = part;
        web_page_text(item, WN_pick_name, web_work_pick_name(i, x->pool));
        web_page_text(
            item, WN_pick_value,
            apr_psprintf(x->pool, "%s %d", list->rows[i].row.reference, list->rows[i].row.version));
        row_put(x, item, &list->rows[i]);
    }
    web_page_flag(x->view, WN_has_work, list->count > 0);
}
