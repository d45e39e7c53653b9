/* reminder_run.c: the job that puts reminders: reads the work list in batches, by case, and puts
 * what is missing. */
#include <string.h>

#include <apr_hash.h>
#include <apr_strings.h>
#include <apr_tables.h>

#include "app/core.h"
#include "app/outbox.h"
#include "app/reminder.h"
#include "base/buf.h"
#include "store/outbox.h"
#include "store/reminder.h"

#define BATCH 200
#define FIRST_DAYS 400                   /* further back than any threshold and its 30 days */
#define LAST_DAYS 365

/* What a run knows of people and settings: read once, at its start. */
typedef struct run_t {
    app_ctx_t *ctx;
    store_trust_user_t *users;
    int user_count;
    apr_hash_t *by_id;                   /* cd_user_id -> store_trust_user_t */
    store_in_team_t *members;
    int member_count;
    store_reminder_t *settings;
    int setting_count;
} run_t;

/* Notices of one batch, with their keys. */
typedef struct batch_t {
    app_ctx_t *ctx;
    apr_array_header_t *notices;         /* app_notice_t */
    int put;
} batch_t;

static cd_err_t *run_open(run_t *run, app_ctx_t *ctx)
{
    int i;

    run->ctx = ctx;
    CD_ERR(store_trust_users(&run->users, &run->user_count, ctx->today, ctx->conn, ctx->pool));
    CD_ERR(store_in_teams(&run->members, &run->member_count, ctx->conn, ctx->pool));
    CD_ERR(store_reminders(&run->settings, &run->setting_count, 0, ctx->conn, ctx->pool));
    run->by_id = apr_hash_make(ctx->pool);
    for (i = 0; i < run->user_count; i++)
        apr_hash_set(run->by_id, &run->users[i].id, sizeof(cd_user_id), &run->users[i]);
    return NULL;
}

/* The setting of an organisation; the defaults where it has none. */
static void setting_of(store_reminder_t *out, app_reminder_days_t *days, const run_t *run,
                       cd_org_id org)
{
    int i;

    for (i = 0; i < run->setting_count && run->settings[i].org != org; i++)
        ;
    memset(out, 0, sizeof(*out));
    if (i < run->setting_count) {
        *out = run->settings[i];
    } else {
        out->ahead = app_reminders_default.ahead;
        out->past = app_reminders_default.past;
        out->escalate_after = (int)app_reminders_default.escalate_after;
        out->escalate_role = app_reminders_default.escalate_role;
    }
    app_reminder_list(days->ahead, &days->ahead_count, out->ahead);
    app_reminder_list(days->past, &days->past_count, out->past);
    days->escalate_after = out->escalate_after;
}

/* An active user of the organisation, or whoever covers for them today. NULL: neither. */
static const store_trust_user_t *person(const run_t *run, cd_user_id id, cd_org_id org)
{
    const store_trust_user_t *user = apr_hash_get(run->by_id, &id, sizeof(id));

    if (user && user->covered_by)
        user = apr_hash_get(run->by_id, &user->covered_by, sizeof(user->covered_by));
    return user && user->org == org ? user : NULL;
}

static void notice_add(batch_t *batch, const store_due_t *due, const app_reminder_hit_t *hit,
                       cd_user_id to, apr_pool_t *pool)
{
    app_notice_t *notice = apr_array_push(batch->notices);

    memset(notice, 0, sizeof(*notice));
    notice->kind = hit->kind;
    notice->to = to;
    notice->org = due->org;
    notice->reference = due->reference;
    notice->step = due->step;
    notice->due_on = due->due_on;
    notice->once = apr_psprintf(pool, "due:%012" APR_INT64_T_FMT ":%s:%s:%d.%d:%" APR_INT64_T_FMT,
                                due->case_id, due->rule, cd_date_iso(due->due_on, pool), hit->kind,
                                hit->days, to);
}

/* Everyone of the organisation with one of these roles (bits); away: whoever covers. Gives how
 * many. */
static int to_roles(batch_t *batch, const run_t *run, const store_due_t *due,
                    const app_reminder_hit_t *hit, apr_uint32_t roles, apr_pool_t *pool)
{
    int i, count = 0;

    for (i = 0; i < run->user_count; i++) {
        const store_trust_user_t *user =
            run->users[i].org == due->org && (run->users[i].roles & roles)
                ? person(run, run->users[i].id, due->org)
                : NULL;

        if (user)
            notice_add(batch, due, hit, user->id, pool);
        count += user != NULL;
    }
    return count;
}

static int to_team(batch_t *batch, const run_t *run, const store_due_t *due,
                   const app_reminder_hit_t *hit, apr_pool_t *pool)
{
    int i, count = 0;

    for (i = 0; *due->team && i < run->member_count; i++) {
        const store_trust_user_t *user =
            run->members[i].org == due->org && !strcmp(run->members[i].team, due->team)
                ? person(run, run->members[i].user, due->org) : NULL;

        if (user)
            notice_add(batch, due, hit, user->id, pool);
        count += user != NULL;
    }
    return count;
}

/* To whoever has the case, else its team, else the trust's legal team: a reminder always finds
 * somebody. */
static void to_those_who_work(batch_t *batch, const run_t *run, const store_due_t *due,
                              const app_reminder_hit_t *hit, apr_pool_t *pool)
{
    int theirs = due->assignee && (!due->cover_until || due->cover_until >= run->ctx->today);
    const store_trust_user_t *user = theirs ? person(run, due->assignee, due->org) : NULL;

    if (user)
        notice_add(batch, due, hit, user->id, pool);
    else if (!to_team(batch, run, due, hit, pool))
        to_roles(batch, run, due, hit, 1u << CD_ROLE_TRUST_LEGAL, pool);
}

static void due_add(batch_t *batch, const run_t *run, const store_due_t *due, apr_pool_t *pool)
{
    app_reminder_hit_t hits[2];
    app_reminder_days_t days;
    store_reminder_t setting;
    int i, count;

    setting_of(&setting, &days, run, due->org);
    if (setting.quiet)
        return;
    count = app_reminder_hits(hits, &days, due->due_on, run->ctx->today);
    for (i = 0; i < count; i++) {
        const store_trust_user_t *named =
            setting.escalate_to ? person(run, setting.escalate_to, due->org) : NULL;

        if (hits[i].kind != APP_NOTICE_ESCALATED)
            to_those_who_work(batch, run, due, &hits[i], pool);
        else if (named)
            notice_add(batch, due, &hits[i], named->id, pool);
        else if (setting.escalate_role)
            to_roles(batch, run, due, &hits[i], 1u << setting.escalate_role, pool);
    }
}

/* Takes out what was put before, and what two ways lead to one person. */
static cd_err_t *only_new(batch_t *batch, const store_due_t *first, const store_due_t *last,
                          apr_pool_t *pool)
{
    apr_array_header_t *all = batch->notices;
    apr_hash_t *known = apr_hash_make(pool);
    const char **keys;
    int i, count;

    CD_ERR(store_notice_keys(
        &keys, &count, apr_psprintf(pool, "due:%012" APR_INT64_T_FMT ":", first->case_id),
        apr_psprintf(pool, "due:%012" APR_INT64_T_FMT ";", last->case_id), batch->ctx->conn, pool));
    for (i = 0; i < count; i++)
        apr_hash_set(known, keys[i], APR_HASH_KEY_STRING, "");
    batch->notices = apr_array_make(pool, all->nelts + 1, sizeof(app_notice_t));
    for (i = 0; i < all->nelts; i++) {
        const app_notice_t *notice = &((const app_notice_t *)all->elts)[i];

        if (apr_hash_get(known, notice->once, APR_HASH_KEY_STRING))
            continue;
        apr_hash_set(known, notice->once, APR_HASH_KEY_STRING, "");
        *(app_notice_t *)apr_array_push(batch->notices) = *notice;
    }
    return NULL;
}

/* Another run may have put them since we looked: then there is nothing to write, and no entry. */
static cd_err_t *put_body(void *baton, store_conn_t *conn, apr_pool_t *pool)
{
    batch_t *batch = baton;
    int i, put;

    batch->put = 0;
    for (i = 0; i < batch->notices->nelts; i++) {
        CD_ERR(app_notice_add(&put, conn, &((const app_notice_t *)batch->notices->elts)[i],
                              batch->ctx->now, pool));
        batch->put += put;
    }
    return batch->put ? NULL : cd_err(pool, CD_E_NOT_FOUND, NULL, "all were put before");
}

static cd_err_t *batch_put(batch_t *batch, apr_pool_t *pool)
{
    app_system_write_t write = { .change = put_body, .baton = batch, .action = CD_ACT_REMINDED,
                                 .object = "reminders", .answer = "reminders" };
    cd_buf_t *keys = cd_buf_make(pool, 1024);
    cd_err_t *err;
    int i;

    if (!batch->notices->nelts)
        return NULL;
    for (i = 0; i < batch->notices->nelts; i++)
        cd_buf_fmt(keys, "%s\n", ((const app_notice_t *)batch->notices->elts)[i].once);
    write.content = keys->data;
    err = app_system_write(batch->ctx, &write);
    return err && err->code == CD_E_NOT_FOUND ? NULL : err;
}

cd_err_t *app_reminders_run(app_reminder_sum_t *out, app_ctx_t *ctx)
{
    run_t run = { 0 };
    apr_pool_t *pool;
    cd_case_id after = 0;
    int i, count;

    memset(out, 0, sizeof(*out));
    CD_ERR(app_need(ctx, CD_RIGHT_ORG_ADMIN));
    CD_ERR(app_conn(ctx));
    CD_ERR(run_open(&run, ctx));
    apr_pool_create(&pool, ctx->pool);
    do {
        batch_t batch = { ctx, NULL, 0 };
        store_due_t *dues;

        apr_pool_clear(pool);
        batch.notices = apr_array_make(pool, BATCH, sizeof(app_notice_t));
        CD_ERR(store_dues(&dues, &count, after, ctx->today - FIRST_DAYS, ctx->today + LAST_DAYS,
                          BATCH, ctx->conn, pool));
        for (i = 0; i < count; i++)
            due_add(&batch, &run, &dues[i], pool);
        if (count)
            CD_ERR(only_new(&batch, &dues[0], &dues[count - 1], pool));
        CD_ERR(batch_put(&batch, pool));
        after = count ? dues[count - 1].case_id : after;
        out->cases += count;
        out->put += batch.put;
    } while (count == BATCH);
    return NULL;
}
