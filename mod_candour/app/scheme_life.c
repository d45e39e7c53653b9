/* scheme_life.c: a version drafted by one person, tried, and put in force or sent back by another.
 */
#include <string.h>

#include <apr_strings.h>

#include "app/core.h"
#include "app/impact.h"
#include "app/scheme.h"
#include "base/text.h"

#define NOTE_MAX 1000
#define DAYS_AHEAD 3660                  /* ten years: a later day is a slip of the pen */

/* ---- one version ---------------------------------------------------------- */

static cd_err_t *row_of(app_scheme_t *out, app_ctx_t *ctx, const char *code, int version)
{
    app_scheme_t *rows;
    int i, count;

    CD_ERR(app_schemes(&rows, &count, ctx));
    for (i = 0; i < count; i++)
        if (rows[i].scheme->version == version && !strcmp(rows[i].scheme->code, code)) {
            *out = rows[i];
            return NULL;
        }
    return cd_err(ctx->pool, CD_E_NOT_FOUND, NULL, "no such scheme version");
}

static cd_err_t *was_tried(app_scheme_page_t *page, app_ctx_t *ctx)
{
    const cd_scheme_t *s = page->row.scheme;
    app_impact_t *run;
    int any;

    CD_ERR(store_any_claim(&any, ctx->conn, ctx->pool));
    page->no_claims = !any;
    CD_ERR(app_impact_latest(&run, ctx, s->code, s->version));
    page->tried = run && run->state == APP_RUN_DONE;
    return NULL;
}

static const char *why_not(const app_scheme_page_t *page)
{
    if (page->row.drafted_by_me)
        return "You drafted this version. Another person must put it in force or send it back.";
    if (page->file && page->file->test_failed)
        return "A test claim of this version is not as expected any more.";
    if (!page->tried && !page->no_claims)
        return "This version has not been tried on the claims yet.";
    return NULL;
}

static cd_err_t *file_of(app_scheme_page_t *page, app_ctx_t *ctx, const char *code, int version)
{
    cd_problems_t found = { .pool = ctx->pool };
    cd_scheme_file_t *file;

    if (!page->row.row_version) {              /* older than kept files */
        page->text = "";
        return NULL;
    }
    CD_ERR(store_scheme_file(&page->text, code, version, ctx->conn, ctx->pool));
    if (!*page->text)
        return NULL;
    CD_ERR(cd_scheme_file_read(&file, page->text, strlen(page->text), &found, ctx->pool));
    page->file = file;
    return NULL;
}

cd_err_t *app_scheme_get(app_scheme_page_t **out, app_ctx_t *ctx, const char *code, int version)
{
    app_scheme_page_t *page = apr_pcalloc(ctx->pool, sizeof(*page));
    int draft, other;

    CD_ERR(row_of(&page->row, ctx, code, version));
    CD_ERR(app_conn(ctx));
    CD_ERR(file_of(page, ctx, code, version));
    draft = page->row.state == CD_SS_DRAFT;
    if (draft)
        CD_ERR(was_tried(page, ctx));
    other =
        draft && page->row.row_version && app_may(ctx, CD_RIGHT_SCHEME_ACTIVATE) != CD_REACH_NONE;
    page->may_replace = page->row.drafted_by_me
                        && app_may(ctx, CD_RIGHT_SCHEME_WRITE) != CD_REACH_NONE
                        && (page->row.state == CD_SS_SENT_BACK || (draft && !page->tried));
    page->why_not = other ? why_not(page) : NULL;
    page->may_send_back = other && !page->row.drafted_by_me;
    page->may_activate = other && !page->why_not;
    *out = page;
    return NULL;
}

/* ---- drafting -------------------------------------------------------------- */

typedef struct draft_t {
    store_scheme_row_t row;
    const char *text;
    int replace;
} draft_t;

static cd_err_t *draft_change(void *baton, store_conn_t *conn, apr_pool_t *pool)
{
    const draft_t *draft = baton;
    store_scheme_row_t row = draft->row;

    if (draft->replace)
        /* the one that is there; the entry is about the next */
        row.row_version--;
    return store_scheme_draft(&row, draft->text, draft->replace, conn, pool);
}

static int newest_of(const app_ctx_t *ctx, const char *code)
{
    int i, newest = 0;

    for (i = 0; i < ctx->cache->scheme_count; i++)
        if (!strcmp(ctx->cache->schemes[i].scheme->code, code)
            && ctx->cache->schemes[i].scheme->version > newest)
            newest = ctx->cache->schemes[i].scheme->version;
    return newest;
}

/* May this draft take the place of what is there? */
static cd_err_t *check_place(app_ctx_t *ctx, const cd_scheme_t *s, cd_problems_t *problems)
{
    int newest = newest_of(ctx, s->code);
    app_scheme_page_t *page;

    if (!app_scheme_cached(ctx, s->code, s->version)) {
        if (s->version <= newest)
            cd_problem_add(problems, "version", NULL,
                           "version: must be higher than %d, the newest of %s", newest, s->code);
        return NULL;
    }
    CD_ERR(app_scheme_get(&page, ctx, s->code, s->version));
    if (page->may_replace)
        return NULL;
    if (page->row.state != CD_SS_DRAFT && page->row.state != CD_SS_SENT_BACK)
        cd_problem_add(problems, "version", NULL,
                       "version: %d of %s was put in force and is never changed: use %d",
                       s->version, s->code, newest + 1);
    else if (!page->row.drafted_by_me)
        cd_problem_add(problems, "version", NULL,
                       "version: %d of %s is the draft of another person: use %d", s->version,
                       s->code, newest + 1);
    else
        cd_problem_add(problems, "version", NULL,
                       "version: %d of %s was tried already: have it sent back first, or use %d",
                       s->version, s->code, newest + 1);
    return NULL;
}

cd_err_t *app_scheme_draft(const cd_scheme_t **out, app_ctx_t *ctx, const char *text,
                           cd_problems_t *problems)
{
    draft_t draft = { .text = text };
    app_system_write_t write = { .change = draft_change,
                                 .baton = &draft,
                                 .action = CD_ACT_SCHEME_DRAFTED };
    const store_scheme_row_t *there;
    cd_scheme_file_t *file;
    unsigned char hash[32];

    CD_ERR(app_need(ctx, CD_RIGHT_SCHEME_WRITE));
    CD_ERR(cd_scheme_file_read(&file, text, strlen(text), problems, ctx->pool));
    CD_ERR(app_problems(problems));
    CD_ERR(check_place(ctx, file->scheme, problems));
    CD_ERR(app_problems(problems));
    *out = file->scheme;
    there = app_scheme_cached(ctx, file->scheme->code, file->scheme->version);
    store_sha256(hash, text, strlen(text));
    draft.replace = there != NULL;
    draft.row = (store_scheme_row_t){ .scheme = file->scheme,
                                      .life = { CD_SCHEME_DRAFT, CD_NO_DATE, 0 },
                                      .row_version = there ? there->row_version + 1 : 1,
                                      .drafted_by = ctx->actor->id,
                                      .drafted_at = ctx->now,
                                      .file_hash = cd_hex(hash, sizeof(hash), ctx->pool) };
    write.role = app_role_used(ctx, CD_RIGHT_SCHEME_WRITE);
    write.object = write.answer =
        apr_psprintf(ctx->pool, "scheme %s version %d", file->scheme->code, file->scheme->version);
    write.version_before = there ? file->scheme->version : 0;
    write.version_after = file->scheme->version;
    write.content = store_scheme_row_content(&draft.row, ctx->pool);
    return app_system_write(ctx, &write);
}

/* ---- activating and sending back -------------------------------------------- */

static cd_err_t *settle_change(void *baton, store_conn_t *conn, apr_pool_t *pool)
{
    store_scheme_row_t row = *(const store_scheme_row_t *)baton;

    row.row_version--;
    return store_scheme_settle(&row, conn, pool);
}

static cd_err_t *settle(app_ctx_t *ctx, const app_scheme_page_t *page, int step, cd_date_t from,
                        const char *note)
{
    const cd_scheme_t *s = page->row.scheme;
    store_scheme_row_t row = *app_scheme_cached(ctx, s->code, s->version);
    app_system_write_t write = { .change = settle_change,
                                 .baton = &row,
                                 .version_before = s->version,
                                 .version_after = s->version };

    row.life = (cd_scheme_life_t){ step, from, ctx->now };
    row.row_version++;
    row.acted_by = ctx->actor->id;
    row.note = note;
    write.action = step == CD_SCHEME_ACTIVATED ? CD_ACT_SCHEME_ACTIVATED : CD_ACT_SCHEME_SENT_BACK;
    write.role = app_role_used(ctx, CD_RIGHT_SCHEME_ACTIVATE);
    write.object = write.answer =
        apr_psprintf(ctx->pool, "scheme %s version %d", s->code, s->version);
    write.content = store_scheme_row_content(&row, ctx->pool);
    return app_system_write(ctx, &write);
}

/* The version as the person saw it, who is not its drafter. ctx->replayed set: answered before. */
static cd_err_t *open_for(app_scheme_page_t **out, app_ctx_t *ctx, const char *code, int version,
                          int row_version)
{
    CD_ERR(app_need(ctx, CD_RIGHT_SCHEME_ACTIVATE));
    CD_ERR(app_scheme_get(out, ctx, code, version));
    CD_ERR(app_seen_version(ctx, (*out)->row.row_version, row_version));
    if (ctx->replayed)
        return NULL;
    if ((*out)->row.state != CD_SS_DRAFT)
        return cd_err(ctx->pool, CD_E_STALE, NULL, "scheme %s version %d is no draft", code,
                      version);
    if (!(*out)->may_send_back)
        return cd_err(ctx->pool, CD_E_FORBIDDEN,
                      "another person must put this version in force or send it back",
                      "the drafter cannot settle their own draft");
    return NULL;
}

static void check_note(const char *note, cd_problems_t *problems)
{
    if (note && cd_text_chars(note) > NOTE_MAX)
        cd_problem_add(problems, "note", NULL, "Note must be %d characters or fewer", NOTE_MAX);
}

static void check_asked(const app_ctx_t *ctx, const app_scheme_check_t *check,
                        cd_problems_t *problems)
{
    if (!check->from)
        cd_problem_add(problems, "from", NULL, "Enter the first day in force");
    else if (check->from < ctx->today || check->from > ctx->today + DAYS_AHEAD)
        cd_problem_add(problems, "from", NULL,
                       "First day in force must be today or later, within ten years");
    if (check->settings_seen != CD_YES)
        cd_problem_add(problems, "settings_seen", NULL,
                       "Tick that you have checked the settings and their authority");
    if (check->tests_seen != CD_YES)
        cd_problem_add(problems, "tests_seen", NULL, "Tick that you have checked the test claims");
    if (check->effect_seen != CD_YES)
        cd_problem_add(problems, "effect_seen", NULL,
                       "Tick that you have checked the effect on the claims");
    check_note(check->note, problems);
}

cd_err_t *app_scheme_activate(app_ctx_t *ctx, const char *code, int version, int row_version,
                              const app_scheme_check_t *check, cd_problems_t *problems)
{
    app_scheme_page_t *page;

    CD_ERR(open_for(&page, ctx, code, version, row_version));
    if (ctx->replayed)
        return NULL;
    check_asked(ctx, check, problems);
    if (page->why_not)
        cd_problem_add(problems, "", NULL, "%s", page->why_not);
    CD_ERR(app_problems(problems));
    return settle(ctx, page, CD_SCHEME_ACTIVATED, check->from, check->note);
}

cd_err_t *app_scheme_send_back(app_ctx_t *ctx, const char *code, int version, int row_version,
                               const char *note, cd_problems_t *problems)
{
    app_scheme_page_t *page;
    const char *reason = note ? cd_text_tidy(note, ctx->pool) : NULL;

    CD_ERR(open_for(&page, ctx, code, version, row_version));
    if (ctx->replayed)
        return NULL;
    check_note(note, problems);
    if (!reason || cd_text_chars(reason) < 5)
        cd_problem_add(problems, "note", NULL, "Enter why you send it back");
    CD_ERR(app_problems(problems));
    return settle(ctx, page, CD_SCHEME_SENT_BACK, CD_NO_DATE, note);
}
