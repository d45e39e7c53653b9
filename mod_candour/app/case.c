/* case.c: writing cases: a new one, and each record that is added or corrected.
 *
 * A new act of a kind that may come many times is written without reading the file: the head that
 * came with the actor tells all that its checks need. Everything else reads the records first. */
#include <string.h>

#include <apr_strings.h>

#include "app/core.h"
#include "app/work.h"
#include "app/document.h"
#include "app/workflow.h"
#include "domain/lists.h"

cd_record_t *app_record_make(const app_ctx_t *ctx, cd_record_kind_t kind, int seq, const void *body)
{
    const cd_record_def_t *def = cd_record_def(kind);
    cd_record_t *record = apr_pcalloc(ctx->pool, sizeof(*record));

    record->seq = seq;
    record->kind = kind;
    record->happened = cd_body_happened(def, body);
    record->recorded_at = ctx->now;
    record->recorded_by = ctx->actor->id;
    record->recorded_by_name = ctx->actor->name;
    record->role = app_role_used(ctx, def->right);
    record->body = body;
    return record;
}

cd_record_t *app_records_with(const cd_record_t *all, int count, const cd_record_t *record,
                              apr_pool_t *pool)
{
    cd_record_t *with = apr_palloc(pool, sizeof(*with) * (apr_size_t)(count + 1));

    if (count)
        memcpy(with, all, sizeof(*with) * (apr_size_t)count);
    with[count] = *record;
    return with;
}

int app_record_action(const cd_record_t *record)
{
    if (record->kind == CD_REC_WITHDRAWAL)
        return CD_ACT_RECORD_WITHDRAWN;
    if (record->supersedes)
        return CD_ACT_RECORD_CORRECTED;
    switch (record->kind) {
    case CD_REC_OPENING: return CD_ACT_CASE_OPENED;
    case CD_REC_CLOSURE: return CD_ACT_CASE_CLOSED;
    case CD_REC_REOPENING: return CD_ACT_CASE_REOPENED;
    case CD_REC_HANDOVER: return CD_ACT_HANDED_OVER;
    case CD_REC_PAYMENT: return CD_ACT_PAYMENT_RECORDED;
    case CD_REC_PARTIES: return CD_ACT_PARTIES_LINKED;
    case CD_REC_TOLD: return CD_ACT_TRUST_TOLD;
    case CD_REC_REVIEW_ASKED: return CD_ACT_REVIEW_ASKED;
    case CD_REC_REVIEW: return CD_ACT_REVIEWED;
    case CD_REC_RECOVERY: return CD_ACT_RECOVERY_ASKED;
    case CD_REC_RECEIPT: return CD_ACT_RECEIVED;
    case CD_REC_SHARED: return CD_ACT_SHARED;
    case CD_REC_SIGNOFF:
        return ((const cd_signoff_t *)record->body)->verdict == CD_VERDICT_APPROVED
                   ? CD_ACT_LETTER_APPROVED
                   : CD_ACT_LETTER_RETURNED;
    default: return CD_ACT_RECORD_ADDED;
    }
}

/* The trust a new case belongs to: the actor's own, or for national actors the one they name. */
static cd_err_t *org_for_new(const cd_org_t **out, app_ctx_t *ctx, const char *org_code,
                             cd_problems_t *problems)
{
    cd_org_id own;

    CD_ERR(app_reach(&own, ctx, CD_RIGHT_INCIDENT_RECORD));
    if (own && org_code && strcmp(org_code, ctx->actor->org_code))
        return cd_err(ctx->pool, CD_E_FORBIDDEN, NULL, "a trust's user names another trust");
    *out = app_org_cached(ctx, own ? ctx->actor->org_code : org_code);
    if (!*out)
        cd_problem_add(problems, "org_code", NULL,
                       "Enter the code of a trust that is registered here.");
    return NULL;
}

static void new_case_check(app_ctx_t *ctx, const cd_incident_t *incident,
                           const cd_patient_t *patient, cd_problems_t *problems)
{
    const cd_record_def_t *def = cd_record_def(CD_REC_INCIDENT);
    cd_head_dates_t dates = { incident->occurred, incident->reported_on, CD_NO_DATE };

    app_required(def->fields, def->field_count, incident, problems);
    cd_record_check(CD_REC_INCIDENT, incident, &dates, ctx->today, problems);
    if (!patient)
        return;
    def = cd_record_def(CD_REC_PATIENT);
    app_required(def->fields, def->field_count, patient, problems);
    cd_record_check(CD_REC_PATIENT, patient, &dates, ctx->today, problems);
}

cd_err_t *app_case_create(const char **reference_out, app_ctx_t *ctx, const char *org_code,
                          const cd_incident_t *incident, const cd_patient_t *patient,
                          cd_problems_t *problems)
{
    app_item_t items[2] = { { 0 } };
    store_head_t head = { .kind = CD_FILE_CASE };
    app_write_t write = { .after = &head, .items = items, .count = patient ? 2 : 1 };
    const cd_org_t *org = NULL;
    cd_record_t *all;

    CD_ERR(org_for_new(&org, ctx, org_code, problems));
    new_case_check(ctx, incident, patient, problems);
    CD_ERR(app_problems(problems));
    items[0].record = app_record_make(ctx, CD_REC_INCIDENT, 1, incident);
    items[0].action = CD_ACT_CASE_CREATED;
    items[0].role = items[0].record->role;
    all = app_records_with(NULL, 0, items[0].record, ctx->pool);
    if (patient) {
        items[1].record = app_record_make(ctx, CD_REC_PATIENT, 2, patient);
        items[1].action = CD_ACT_RECORD_ADDED;
        items[1].role = items[1].record->role;
        all = app_records_with(all, 1, items[1].record, ctx->pool);
    }
    head.org_id = org->id;
    head.org_code = org->code;
    head.org_name = org->name;
    head.last_seq = write.count;
    head.created_at = head.changed_at = ctx->now;
    CD_ERR(app_case_sum_up(&head, all, write.count, org, ctx->today, ctx->pool));
    CD_ERR(app_write(ctx, &write));
    *reference_out = ctx->replayed ? app_replayed_reference(ctx) : head.reference;
    return NULL;
}

/* Kinds whose new record moves nothing in the head but what the record itself says, and asks
 * nothing of the other records. */
static int stands_alone(const app_record_ask_t *ask, const cd_record_def_t *def)
{
    static const cd_record_kind_t others[] = {
        CD_REC_GRADING, CD_REC_OPINION, CD_REC_WITHDRAWAL, CD_REC_HANDOVER, CD_REC_JOIN,
        CD_REC_RETURN,
        CD_REC_RULE_REASON, CD_REC_REOPENING
    };
    apr_size_t i;

    for (i = 0; i < sizeof(others) / sizeof(others[0]); i++)
        if (ask->kind == others[i])
            return 0;
    return !ask->supersedes && def->many;
}

/* What no form holds stays with an entry when it is corrected. */
static void keep_own(app_record_ask_t *ask, const cd_record_def_t *def, const cd_record_t *old,
                     cd_problems_t *problems)
{
    int i;

    for (i = 0; i < def->field_count; i++) {
        const cd_field_t *field = &def->fields[i];
        const char *text =
            field->flags & CD_FF_APP ? cd_field_plain(field, old->body, problems->pool) : NULL;

        if (text && !cd_field_plain(field, ask->body, problems->pool))
            cd_field_read(field, ask->body, text, CD_NO_DATE, problems);
    }
}

/* What the form does not hold: the version of the facts as they stood, and of a withdrawal its
 * reason. */
static void fill_in(app_record_ask_t *ask, const store_head_t *head, const cd_record_def_t *def,
                    const cd_case_t *file, cd_problems_t *problems)
{
    const cd_record_t *old = ask->supersedes && file ? cd_case_seq(file, ask->supersedes) : NULL;
    cd_talk_t *talk;

    if (ask->kind == CD_REC_WITHDRAWAL)
        ask->reason = ((const cd_withdrawal_t *)ask->body)->reason;
    if (old && old->kind == ask->kind
        && ask->kind != CD_REC_DRAFT) /* a draft is set whole by its use case */
        keep_own(ask, def, old, problems);
    if (old && old->kind == CD_REC_DOCUMENT && ask->kind == CD_REC_DOCUMENT)
        app_document_keep(ask->body, old->body);
    if (ask->kind != CD_REC_TALK)
        return;
    talk = ask->body;
    if (old && old->kind == CD_REC_TALK)
        talk->incident_seq = ((const cd_talk_t *)old->body)->incident_seq;
    else if (!talk->incident_seq)
        talk->incident_seq = head->incident_seq;
}

cd_err_t *app_need_kind(const app_ctx_t *ctx, const cd_record_def_t *def)
{
    const cd_record_def_t *defs;
    int count, i;

    if (def->kind != CD_REC_WITHDRAWAL)
        return app_need(ctx, def->right);
    defs = cd_record_defs(&count);
    for (i = 0; i < count; i++)
        if (defs[i].file == def->file && app_may(ctx, defs[i].right) != CD_REACH_NONE)
            return NULL;
    return app_need(ctx, def->right);
}

int app_role_is_trusts(int role)
{
    return role && cd_role_reach((cd_role_t)role, CD_RIGHT_CASE_READ) == CD_REACH_OWN;
}

/* What the scheme or a regulator said weighs in the flag. The trust it was said of may not unsay
 * it, nor may one of them unsay what another said. */
int app_may_mend(const app_ctx_t *ctx, const cd_record_t *record)
{
    const cd_right_t right = cd_record_def(record->kind)->right;

    if (app_may(ctx, right) == CD_REACH_NONE)
        return 0;
    if (ctx->is_system || app_role_is_trusts(record->role)
        || (record->kind != CD_REC_FINDING && record->kind != CD_REC_JUDGEMENT))
        return 1;
    if (app_role_is_trusts(app_role_used(ctx, right)))
        return 0;
    return !record->role || (ctx->actor->roles & (1u << record->role)) != 0;
}

static cd_err_t *mend_right(const app_ctx_t *ctx, const cd_record_t *old)
{
    if (!old || app_may_mend(ctx, old))
        return NULL;
    return cd_err(
        ctx->pool, CD_E_FORBIDDEN,
        app_may(ctx, cd_record_def(old->kind)->right) == CD_REACH_NONE
            ? NULL
            : "only somebody in the role that entered this may correct it or take it back",
        "record %d was entered in role %d", old->seq, old->role);
}

/* New values of the head: by the record alone where that is enough, else from everything that
 * stands. */
static cd_err_t *head_after(store_head_t *after, app_ctx_t *ctx, const store_head_t *before,
                            const cd_record_t *record, const cd_record_t *all, int count,
                            const cd_org_t *org)
{
    *after = *before;
    after->last_seq = record->seq;
    after->changed_at = ctx->now;
    if (all)
        return app_case_sum_up(after, app_records_with(all, count, record, ctx->pool), count + 1,
                               org, ctx->today, ctx->pool);
    if (record->kind == CD_REC_TALK && cd_when_known(record->happened)
        && (!after->told.first || record->happened.first < after->told.first))
        after->told = record->happened;
    return NULL;
}

/* The role of a withdrawal is the one that has the right to the entry it takes back. */
static int role_for(const app_ctx_t *ctx, const app_record_ask_t *ask, const cd_record_t *all,
                    int count)
{
    int i;

    for (i = 0; ask->kind == CD_REC_WITHDRAWAL && i < count; i++)
        if (all[i].seq == ask->supersedes)
            return app_role_used(ctx, cd_record_def(all[i].kind)->right);
    return app_role_used(ctx, cd_record_def(ask->kind)->right);
}

/* Content that no record before this one named becomes the case's own in the same transaction; and
 * what else the use case does there. */
typedef struct keep_t {
    apr_int64_t content;                 /* 0: none */
    const store_head_t *head;
    const app_more_t *more;
} keep_t;

static cd_err_t *inside(void *baton, store_conn_t *conn, apr_pool_t *pool)
{
    const keep_t *keep = baton;

    if (keep->content)
        CD_ERR(app_content_keep(keep->content, keep->head, conn, pool));
    return keep->more ? keep->more->inside(keep->more->baton, conn, pool) : NULL;
}

static int is_fresh(const keep_t *keep, const cd_record_t *all, int count)
{
    int i;

    for (i = 0; i < count; i++)
        if (app_record_content(all[i].kind, all[i].body) == keep->content)
            return 0;
    return keep->content != 0;
}

static cd_err_t *record_write(int *seq_out, app_ctx_t *ctx, store_head_t *head,
                              const app_record_ask_t *ask, const cd_record_t *all, int count,
                              const cd_org_t *org, const app_more_t *more)
{
    cd_record_t *record = app_record_make(ctx, ask->kind, head->last_seq + 1, ask->body);
    app_item_t item = { 0 };
    store_head_t after;
    keep_t keep = { app_record_content(ask->kind, ask->body), head, more };
    app_write_t write = { .before = head,
                          .after = &after,
                          .version = ask->version,
                          .items = &item,
                          .count = 1,
                          .inside = inside,
                          .baton = &keep };

    if (!is_fresh(&keep, all, count))
        keep.content = 0;
    record->supersedes = ask->supersedes;
    record->reason = ask->supersedes ? ask->reason : NULL;
    record->role = role_for(ctx, ask, all, count);
    item.record = record;
    item.role = record->role;
    item.action = app_record_action(record);
    CD_ERR(head_after(&after, ctx, head, record, all, count, org));
    if (all) {
        write.all = app_records_with(all, count, record, ctx->pool);
        write.all_count = count + 1;
    }
    CD_ERR(app_write(ctx, &write));
    *seq_out = ctx->replayed ? app_replayed_seq(ctx) : record->seq;
    return NULL;
}

cd_err_t *app_case_record(int *seq_out, app_ctx_t *ctx, const app_record_ask_t *ask,
                          cd_problems_t *problems)
{
    /* What is checked, frozen and let out as a letter has its own use case, which no plain form
     * goes round. */
    if (ask->kind == CD_REC_DRAFT || ask->kind == CD_REC_SIGNOFF)
        return cd_err(ctx->pool, CD_E_NOT_FOUND,
                      "letters are written and checked on their own pages",
                      "a draft or a sign-off by a plain form");
    return app_case_record_more(seq_out, ctx, ask, NULL, problems);
}

cd_err_t *app_case_record_more(int *seq_out, app_ctx_t *ctx, const app_record_ask_t *ask_in,
                               const app_more_t *more, cd_problems_t *problems)
{
    const cd_record_def_t *def = cd_record_def(ask_in->kind);
    app_record_ask_t ask = *ask_in;
    const cd_case_t *file = NULL;
    cd_record_t *all = NULL;
    const cd_org_t *org;
    store_head_t *head;
    int count = 0;

    if (!def || def->file != CD_FILE_CASE)
        return cd_err(ctx->pool, CD_E_NOT_FOUND, NULL, "kind %d is not of a case", ask.kind);
    CD_ERR(app_need_kind(ctx, def));
    CD_ERR(app_file(&head, ctx, ask.kind == CD_REC_WITHDRAWAL ? CD_RIGHT_CASE_READ : def->right));
    CD_ERR(app_conn(ctx));               /* an upload gives it back between two pieces */
    CD_ERR(app_seen(ctx, head, ask.version));
    if (ctx->replayed) {
        *seq_out = app_replayed_seq(ctx);
        return NULL;
    }
    CD_ERR(app_org(&org, ctx, head->org_code));
    CD_ERR(app_conn(ctx));       /* given back while an upload was waited for */
    if (!stands_alone(&ask, def)) {
        CD_ERR(store_records(&all, &count, head, ctx->conn, ctx->pool));
        file = cd_case_read(all, count, org, ctx->today, ctx->pool);
    }
    if (file && ask.supersedes)
        CD_ERR(mend_right(ctx, cd_case_seq(file, ask.supersedes)));
    fill_in(&ask, head, def, file, problems);
    CD_ERR(app_case_guard(ctx, head, &ask, def, file, problems));
    if (ask.kind == CD_REC_ASSIGNMENT)
        CD_ERR(app_work_assignment_check(ctx, head, ask.body, problems));
    if (file && !ask.supersedes && (ask.kind == CD_REC_HANDOVER || ask.kind == CD_REC_JOIN))
        return app_case_move(seq_out, ctx, head, &ask, all, count, org, problems);
    CD_ERR(app_problems(problems));
    return record_write(seq_out, ctx, head, &ask, all, count, org, more);
}
