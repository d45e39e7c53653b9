/* bring.c: bringing records in on the web: a file and its mapping are checked, kept, and then
 * written.
 *
 * For files of up to 5 MiB and 5,000 rows; larger ones are candourctl's. The file is held in memory
 * while it comes, and then sealed; what is wrong with it is worked out again each time the page is
 * shown. */
#include <stddef.h>
#include <string.h>

#include <apr_strings.h>

#include "app/bring.h"
#include "web/csv.h"
#include "web/form.h"
#include "web/page.h"
#include "web/route.h"
#include "web/upload.h"
#include "web/url.h"

#define SHOWN_MAX 200
/* Of one request: nobody waits longer, and no worker is held. */
#define ROWS_AT_ONCE 1000
#define SECONDS_AT_ONCE 10
/* A run that moved this lately is being written by somebody: its page looks again by itself. */
#define MOVED_SECONDS 30
#define REFRESH_SECONDS 5

typedef struct start_t { const char *mapping; } start_t;
static const cd_field_t start_fields[] = {
    { .name = "mapping", .type = CD_FT_LONG, .offset = offsetof(start_t, mapping),
      .flags = CD_FF_REQUIRED,
      .section = "How the columns become records", .label = "The mapping file, as text",
      .noun = "the mapping",
      .hint = "Open the mapping file, copy all of it and paste it here.", .shown = "Mapping" }
};

enum { CHOICE_APPLY = 1, CHOICE_DROP };
static const cd_token_t choices[] = {
    { CHOICE_APPLY, "APPLY", "Bring in every good row, and leave bad rows out" },
    { CHOICE_DROP, "DROP", "Give it up. The copy of the file is destroyed" },
    { 0, NULL, NULL }
};
typedef struct next_t { int choice; } next_t;
static const cd_field_t next_fields[] = {
    { .name = "choice", .type = CD_FT_TOKEN, .offset = offsetof(next_t, choice),
      .flags = CD_FF_REQUIRED,
      .tokens = choices, .section = "Next", .label = "What should happen now?",
      .noun = "what should happen now",
      .shown = "Next" }
};

/* ---- the start page ------------------------------------------------------ */

static const char *run_words(const app_bring_run_t *run, apr_pool_t *pool)
{
    const char *rows = web_count(run->total_rows, "row", "rows", pool);

    if (run->state == APP_BRING_CHECKED || run->state == APP_BRING_DROPPED)
        return apr_psprintf(pool, "%s, %d bad", rows, run->bad_rows);
    return apr_psprintf(pool, "%s: %d new cases, %d changed, %d the same, %d bad", rows, run->made,
                        run->changed, run->same, run->bad_rows);
}

static void put_run(web_view_t *map, web_exchange_t *x, const app_bring_run_t *run)
{
    web_put_int(map, WN_run_number, run->id);
    web_put_token(map, WN_state, app_bring_states, run->state);
    web_put_int(map, WN_rows_total, run->total_rows);
    web_put_int(map, WN_rows_bad, run->bad_rows);
    web_put_int(map, WN_rows_made, run->made);
    web_put_int(map, WN_rows_changed, run->changed);
    web_put_int(map, WN_rows_same, run->same);
    web_put_instant(map, WN_brought_at, run->started_at);
    web_page_text(map, WN_run_words, run_words(run, x->pool));
    web_page_text(map, WN_url, web_url(x, "bring.show", apr_ltoa(x->pool, (long)run->id), NULL));
}

static cd_err_t *put_start(web_exchange_t *x)
{
    app_bring_run_t *runs;
    web_view_t *list;
    int count, i;

    web_page_title(x, "Bring records in", "Bring records in from another system");
    web_page_text(x->view, WN_form_url, web_url(x, "bring.new", NULL));
    web_page_text(x->view, WN_submit_label, "Check the file");
    CD_ERR(app_bring_runs(&runs, &count, x->ctx));
    list = web_put_list(x->view, WN_bring_runs);
    for (i = 0; i < count; i++)
        put_run(web_add(list), x, &runs[i]);
    web_page_flag(x->view, WN_has_rows, count > 0);
    return NULL;
}

cd_err_t *web_bring_new(web_exchange_t *x)
{
    start_t *start = apr_pcalloc(x->pool, sizeof(*start));

    CD_ERR(put_start(x));
    web_form_show(x->view, web_form_make(start_fields, 1, start, x->pool), x);
    return NULL;
}

/* ---- a file comes -------------------------------------------------------- */

typedef struct taken_t { cd_buf_t *bytes; const char *name; apr_pool_t *pool; } taken_t;

static cd_err_t *on_begin(void *baton, const char *filename, const char *media_type)
{
    taken_t *taken = baton;

    (void)media_type;                   /* browsers say many things of CSV; the reader tells */
    taken->name = apr_pstrdup(taken->pool, filename);
    taken->bytes = cd_buf_make(taken->pool, 65536);
    return NULL;
}

static cd_err_t *on_data(void *baton, const char *bytes, apr_size_t len)
{
    taken_t *taken = baton;

    if (taken->bytes->len + len > APP_BRING_WEB_BYTES)
        return cd_err(taken->pool, CD_E_TOO_LARGE,
                      "the file is larger than 5 MiB: ask the administrator to bring it "
                      "in with candourctl",
                      "a file of over %d bytes", APP_BRING_WEB_BYTES);
    cd_buf_add(taken->bytes, bytes, len);
    return NULL;
}

static cd_err_t *on_end(void *baton)
{
    (void)baton;
    return NULL;
}

/* Problems of the headings go to the form; there are few of them, or the wrong file was chosen. */
static cd_err_t *on_heading(void *baton, int line, const cd_map_problem_t *problem)
{
    web_form_t *form = baton;

    if (line == 1 && form->problems.count < 20)
        cd_problem_add(&form->problems, "file", NULL, "%s%s%s", problem->column,
                       *problem->column ? ": " : "", problem->text);
    return NULL;
}

static cd_err_t *read_mapping(app_bring_ask_t *ask, web_form_t *form, const char *text,
                              apr_pool_t *pool)
{
    cd_problems_t found = { .pool = pool };
    cd_mapping_t *mapping;
    cd_err_t *err;
    int i;

    ask->mapping_bytes = text;
    ask->mapping_len = strlen(text);
    err = cd_mapping_read(&mapping, text, ask->mapping_len, &found, pool);
    if (err)
        cd_problem_add(&form->problems, "mapping", NULL, "The mapping cannot be read: %s",
                       err->public_text);
    for (i = 0; i < found.count && i < 20; i++)
        cd_problem_add(&form->problems, "mapping", NULL, "%s %s", found.list[i].field,
                       found.list[i].text);
    ask->mapping = mapping;
    return NULL;
}

/* Checks and keeps; what a person can mend becomes a problem of the form. */
static cd_err_t *check_and_keep(apr_int64_t *id_out, web_exchange_t *x, app_bring_ask_t *ask,
                                const taken_t *taken, web_form_t *form)
{
    app_bring_t *checked;
    cd_err_t *err = app_bring_check(&checked, x->ctx, ask);

    if (!err)
        err = app_bring_feed(checked, taken->bytes->data, taken->bytes->len);
    if (!err)
        err = app_bring_end(checked);
    if (!err && app_bring_totals(checked)->rows > APP_BRING_WEB_ROWS)
        cd_problem_add(&form->problems, "file", NULL,
                       "The file must have %d rows or fewer. Ask the administrator to "
                       "bring it in with candourctl",
                       APP_BRING_WEB_ROWS);
    if (!err && !form->problems.count)
        err = app_bring_keep(id_out, x->ctx, ask, checked, taken->bytes->data, taken->bytes->len);
    if (err && (err->code == CD_E_INVALID || err->code == CD_E_BAD_REQUEST)) {
        if (!form->problems.count)
            cd_problem_add(&form->problems, "file", NULL, "The file cannot be brought in: %s",
                           err->public_text);
        return NULL;
    }
    return err;
}

cd_err_t *web_bring_check(web_exchange_t *x)
{
    start_t *start = apr_pcalloc(x->pool, sizeof(*start));
    taken_t taken = { NULL, NULL, x->pool };
    web_upload_sink_t sink = { &taken, "file", on_begin, on_data, on_end };
    web_form_t *form = web_form_make(start_fields, 1, start, x->pool);
    app_bring_ask_t ask = { .problem = on_heading, .baton = form };
    apr_int64_t id = 0;
    int i;

    CD_ERR(web_upload_read(x, &sink));
    CD_ERR(web_form_read(form, x));
    if (!taken.bytes || !taken.bytes->len)
        cd_problem_add(&form->problems, "file", NULL, "Select a file that is not empty");
    if (start->mapping)
        CD_ERR(read_mapping(&ask, form, start->mapping, x->pool));
    ask.file_name = taken.name;
    if (!form->problems.count)
        CD_ERR(check_and_keep(&id, x, &ask, &taken, form));
    if (!form->problems.count)
        return web_redirect(x, web_url(x, "bring.show", apr_ltoa(x->pool, (long)id), NULL));
    CD_ERR(put_start(x));
    for (i = 0; i < form->problems.count; i++)
        if (!strcmp(form->problems.list[i].field, "file")) {
            web_page_text(x->view, WN_file_error, form->problems.list[i].text);
            break;
        }
    return web_form_again(x, form);
}

/* ---- a run --------------------------------------------------------------- */

typedef struct told_t { web_view_t *list; int all, count; apr_pool_t *pool; } told_t;

static cd_err_t *on_problem(void *baton, int line, const cd_map_problem_t *problem)
{
    told_t *told = baton;
    web_view_t *item;

    told->count++;
    if (!told->list || (!told->all && told->count > SHOWN_MAX))
        return NULL;
    item = web_add(told->list);
    web_put_int(item, WN_line_number, line);
    web_put_text(item, WN_column_name, apr_pstrdup(told->pool, problem->column));
    web_put_text(item, WN_record_field, apr_pstrdup(told->pool, problem->field));
    web_put_text(item, WN_remedy, apr_pstrdup(told->pool, problem->text));
    web_put_token(item, WN_mistake, cd_map_kinds, (int)problem->kind);
    return NULL;
}

static cd_err_t *open_copy(app_bring_run_t **run, app_bring_ask_t *ask, app_bring_copy_t *copy,
                           web_exchange_t *x)
{
    cd_problems_t found = { .pool = x->pool };
    cd_mapping_t *mapping;
    apr_int64_t id = apr_atoi64(x->param[0]);

    CD_ERR(app_bring_run(run, NULL, x->ctx, id));
    if (!(*run)->has_copy)
        return NULL;
    CD_ERR(app_bring_run(run, copy, x->ctx, id));
    CD_ERR(cd_mapping_read(&mapping, copy->mapping, copy->mapping_len, &found, x->pool));
    if (found.count)
        return cd_err(x->pool, CD_E_TAMPERED, NULL, "a mapping that was kept has %d problems",
                      found.count);
    ask->mapping = mapping;
    ask->mapping_bytes = copy->mapping;
    ask->mapping_len = copy->mapping_len;
    ask->file_name = copy->name;
    return NULL;
}

static cd_err_t *check_copy(app_bring_t **checked, web_exchange_t *x, const app_bring_ask_t *ask,
                            const app_bring_copy_t *copy)
{
    CD_ERR(app_bring_check(checked, x->ctx, ask));
    CD_ERR(app_bring_feed(*checked, copy->file, copy->file_len));
    return app_bring_end(*checked);
}

static void put_totals(web_exchange_t *x, const app_bring_totals_t *totals)
{
    web_view_t *list = web_put_list(x->view, WN_mistakes);
    int kind;

    for (kind = 1; kind <= CD_MAP_BAD_CASE; kind++)
        if (totals->kinds[kind]) {
            web_view_t *item = web_add(list);

            web_put_token(item, WN_mistake, cd_map_kinds, kind);
            web_put_int(item, WN_count, totals->kinds[kind]);
        }
    web_page_text(x->view, WN_run_words,
                  apr_psprintf(x->pool,
                               "%d of %s good: %d for new cases, %d for cases that are "
                               "here already. %d bad.",
                               totals->rows - totals->bad,
                               web_count(totals->rows, "row is", "rows are", x->pool),
                               totals->fresh, totals->known, totals->bad));
}

/* How far a run is that is being written. */
static void put_progress(web_exchange_t *x, const app_bring_run_t *run)
{
    int good = run->total_rows - run->bad_rows, in = run->made + run->changed + run->same;

    web_page_text(x->view, WN_progress_words, apr_psprintf(x->pool, "%d of %s in", in,
                  web_count(good, "good row is", "good rows are", x->pool)));
    web_put_int(x->view, WN_rows_in, in);
    web_put_int(x->view, WN_rows_good, good);
    if (x->ctx->now - run->changed_at < apr_time_from_sec(MOVED_SECONDS))
        x->resp->refresh = REFRESH_SECONDS;
}

static cd_err_t *show(web_exchange_t *x, web_form_t *form)
{
    told_t told = { web_put_list(x->view, WN_bring_problems), x->media == WEB_CSV, 0, x->pool };
    app_bring_ask_t ask = { .problem = on_problem, .baton = &told };
    app_bring_copy_t copy;
    app_bring_run_t *run;
    app_bring_t *checked;
    int under_way;

    CD_ERR(open_copy(&run, &ask, &copy, x));
    under_way = run->state == APP_BRING_APPLYING;
    web_crumb(x, "Bring records in", web_url(x, "bring.new", NULL));
    put_run(x->view, x, run);
    web_page_title(x, "Records from another system", cd_token_label(app_bring_states, run->state));
    web_page_flag(x->view, WN_can_apply, run->has_copy && !under_way);
    web_page_flag(x->view, WN_bring_goes_on, under_way);
    web_page_flag(x->view, WN_can_go_on, run->has_copy && under_way);
    if (under_way)
        put_progress(x, run);
    if (run->has_copy && (!under_way || x->media == WEB_CSV)) {
        CD_ERR(check_copy(&checked, x, &ask, &copy));
        put_totals(x, app_bring_totals(checked));
    }
    web_page_flag(x->view, WN_has_rows, told.count > 0);
    web_page_flag(x->view, WN_more_mistakes, told.count > SHOWN_MAX);
    web_page_text(x->view, WN_form_url, web_url(x, "bring.show", x->param[0], NULL));
    web_page_text(x->view, WN_submit_label, "Continue");
    if (told.count || (under_way && run->has_copy && run->bad_rows))
        web_tool(x, "Download the mistakes (CSV)",
                 web_csv_url(x, web_url(x, "bring.show", x->param[0], NULL)));
    if (run->has_copy)
        web_form_show(x->view, form, x);
    return NULL;
}

static web_form_t *next_form(next_t **next, apr_pool_t *pool)
{
    *next = apr_pcalloc(pool, sizeof(**next));
    return web_form_make(next_fields, 1, *next, pool);
}

cd_err_t *web_bring_show(web_exchange_t *x)
{
    static const web_name_t columns[] = { WN_line_number, WN_column_name, WN_record_field,
                                          WN_mistake, WN_remedy };
    next_t *next;

    CD_ERR(show(x, next_form(&next, x->pool)));
    if (x->media == WEB_CSV)
        return web_csv(x, WN_bring_problems, columns, (int)(sizeof(columns) / sizeof(columns[0])),
                       "mistakes.csv");
    return NULL;
}

/* What fits into one request; the page then shows how far it is, and goes on. */
static cd_err_t *apply(web_exchange_t *x)
{
    app_bring_ask_t ask = { 0 };
    app_bring_copy_t copy;
    app_bring_run_t *run;
    app_bring_t *checked, *bring;

    CD_ERR(open_copy(&run, &ask, &copy, x));
    if (!run->has_copy)
        return NULL;                    /* done already: the page says so */
    ask.skip_bad = 1;
    ask.at_most = ROWS_AT_ONCE;
    ask.seconds = SECONDS_AT_ONCE;
    CD_ERR(check_copy(&checked, x, &ask, &copy));
    CD_ERR(app_bring_apply(&bring, x->ctx, &ask, checked));
    CD_ERR(app_bring_feed(bring, copy.file, copy.file_len));
    return app_bring_end(bring);
}

cd_err_t *web_bring_apply(web_exchange_t *x)
{
    next_t *next;
    web_form_t *form = next_form(&next, x->pool);

    CD_ERR(web_form_read(form, x));
    if (form->problems.count) {
        CD_ERR(show(x, form));
        return web_form_again(x, form);
    }
    if (next->choice == CHOICE_DROP)
        CD_ERR(app_bring_drop(x->ctx, apr_atoi64(x->param[0])));
    else
        CD_ERR(apply(x));
    return web_redirect(x, web_url(x, "bring.show", x->param[0], NULL));
}
