/* transfer.c: whole case files in and out. */
#include <string.h>

#include <apr_strings.h>

#include "app/claim_core.h"
#include "app/document.h"
#include "app/transfer.h"
#include "base/text.h"

/* One of the two files that an import may make. */
typedef struct part_t {
    const app_casefile_part_t *from;
    cd_file_kind_t kind;
    cd_record_t *records;                /* renumbered copies */
    store_head_t head;
    app_write_t write;
    unsigned char idem[32], fingerprint[32];
} part_t;

typedef struct import_t {
    app_ctx_t *ctx;
    const app_casefile_t *file;
    const cd_org_t *org;
    cd_problems_t *problems;
    part_t candour, claim;
    app_write_t *writes[2];
    int count;
    const char *own_local_ref;           /* of the file's own case */
} import_t;

/* ---- records ------------------------------------------------------------- */

static int new_seq(const app_casefile_part_t *from, int seq)
{
    int i;

    for (i = 0; i < from->count; i++)
        if (from->records[i].seq == seq)
            return i + 1;
    return 0;
}

/* Flags and decisions do not come with a file: an entry about one of another database is about none
 * of ours, or it would tell, confirm or review the decision that is given that number here. */
static int is_left_behind(const cd_field_t *field)
{
    return !strcmp(field->name, "flag_seq") || !strcmp(field->name, "decision_seq");
}

/* Members that point at another record follow its new number. */
static const void *body_renumbered(const app_casefile_part_t *from, const cd_record_t *record,
                                   apr_pool_t *pool)
{
    const cd_record_def_t *def = cd_record_def(record->kind);
    char *body = apr_pmemdup(pool, record->body, def->size);
    int i;

    app_record_content_drop(record->kind, body);   /* the bytes stayed where the file was written */
    for (i = 0; i < def->field_count; i++) {
        int *seq = (int *)(void *)(body + def->fields[i].offset);

        if (def->fields[i].type == CD_FT_SEQ)
            *seq = is_left_behind(&def->fields[i]) ? 0 : new_seq(from, *seq);
    }
    return body;
}

/* A user of exactly this name at the trust or in the scheme; 0: none. */
static cd_err_t *user_named(cd_user_id *out, const import_t *im, const char *name)
{
    const char *after = "";
    store_user_t *users;
    int count, i;

    *out = 0;
    do {
        CD_ERR(store_users(&users, &count, after, 50, im->ctx->conn, im->ctx->pool));
        for (i = 0; i < count; i++) {
            int near = !users[i].org_code || (im->org && !strcmp(users[i].org_code, im->org->code));

            if (near && !strcmp(users[i].name, name))
                *out = users[i].id;
            after = users[i].subject;
        }
    } while (count == 50 && !*out);
    return NULL;
}

/* Who a record names: the one of the file where we know them, else who imports. */
static cd_err_t *recorder(cd_record_t *record, const import_t *im, const cd_record_t *before)
{
    const char *name = record->recorded_by_name;

    record->recorded_by = im->ctx->actor->id;
    if (before && name && before->recorded_by && !strcmp(before->recorded_by_name, name))
        record->recorded_by = before->recorded_by;
    else if (name && strcmp(name, "system"))
        CD_ERR(user_named(&record->recorded_by, im, name));
    if (name && !record->recorded_by)
        record->recorded_by = im->ctx->actor->id;
    return NULL;
}

static cd_err_t *records_take(part_t *part, const import_t *im)
{
    const app_casefile_part_t *from = part->from;
    apr_pool_t *pool = im->ctx->pool;
    int i;

    part->records = apr_pcalloc(pool, sizeof(*part->records) * (apr_size_t)from->count);
    part->write.items = apr_pcalloc(pool, sizeof(*part->write.items) * (apr_size_t)from->count);
    for (i = 0; i < from->count; i++) {
        cd_record_t *record = &part->records[i];

        *record = from->records[i];
        record->seq = i + 1;
        record->supersedes = new_seq(from, record->supersedes);
        record->body = body_renumbered(from, record, pool);
        if (!record->recorded_at)
            record->recorded_at = im->ctx->now;
        CD_ERR(recorder(record, im, i ? &part->records[i - 1] : NULL));
        part->write.items[i].record = record;
        part->write.items[i].action = i ? app_record_action(record) : CD_ACT_IMPORTED;
    }
    part->write.count = from->count;
    part->write.after = &part->head;
    part->head.kind = part->kind;
    part->head.last_seq = from->count;
    part->head.created_at = part->head.changed_at = im->ctx->now;
    return NULL;
}

/* ---- doubles ------------------------------------------------------------- */

static const cd_record_t *first_of(const app_casefile_part_t *part, cd_record_kind_t kind)
{
    int i;

    for (i = 0; i < part->count; i++)
        if (part->records[i].kind == kind)
            return &part->records[i];
    return NULL;
}

/* The key an import is known by, in the place of an idempotency key: keyed, so that it tells nobody
 * without the key file what it was made of. */
static void import_key(unsigned char out[32], const app_ctx_t *ctx, const char *org_code,
                       const char *what)
{
    store_lookup_hash(out, ctx->app->keys, "import",
                      apr_pstrcat(ctx->pool, org_code, "\n", what, NULL));
}

static void part_key(part_t *part, const import_t *im)
{
    const cd_record_t *first =
        first_of(part->from, part->kind == CD_FILE_CASE ? CD_REC_INCIDENT : CD_REC_CLAIM);
    const cd_record_t *patient = first_of(part->from, CD_REC_PATIENT);
    const char *org_code = part->kind == CD_FILE_CASE ? im->org->code : "claim", *bytes;
    cd_buf_t *facts = cd_buf_make(im->ctx->pool, 1024);
    apr_size_t len;

    cd_body_encode(&bytes, &len, cd_record_def(first->kind), first->body, CD_ALL_FIELDS,
                   im->ctx->pool);
    cd_buf_add(facts, bytes, len);
    if (patient) {
        cd_body_encode(&bytes, &len, cd_record_def(CD_REC_PATIENT), patient->body, CD_ALL_FIELDS,
                       im->ctx->pool);
        cd_buf_add(facts, bytes, len);
    }
    store_sha256(part->fingerprint, facts->data, facts->len);
    if (part->kind == CD_FILE_CASE && im->own_local_ref)
        import_key(part->idem, im->ctx, org_code, im->own_local_ref);
    else
        import_key(part->idem, im->ctx, org_code, cd_hex(part->fingerprint, 32, im->ctx->pool));
    part->write.idem = part->idem;
    part->write.fingerprint = part->fingerprint;
}

/* The reference of what was imported under a key; NULL: nothing. */
static cd_err_t *imported_as(const char **out, app_ctx_t *ctx, const unsigned char *key)
{
    store_entry_t *entry = NULL;

    *out = NULL;
    CD_ERR(store_entry_by_idem(&entry, key, ctx->conn, ctx->pool));
    if (entry)
        *out = apr_pstrndup(ctx->pool, entry->answer, strcspn(entry->answer, "#"));
    return NULL;
}

static cd_err_t *double_check(const char **there_out, part_t *part, const import_t *im)
{
    const char *there;
    store_head_t *head;

    CD_ERR(imported_as(&there, im->ctx, part->idem));
    if (!there && part->from->reference) {
        CD_ERR(store_head_get(&head, part->kind, part->from->reference, 0, im->ctx->conn,
                              im->ctx->pool));
        if (head)
            there = head->reference;
    }
    if (!there)
        return NULL;
    *there_out = there;
    cd_problem_add(im->problems, "double", NULL, "this %s is here already as %s",
                   part->kind == CD_FILE_CASE ? "case" : "claim", there);
    return NULL;
}

/* ---- the claim's trusts and cases ---------------------------------------- */

/* One case that a claim names: by reference, or as the trust calls it. `*out` NULL: there is none;
 * "": the file's own case, whose reference is not known yet. */
static cd_err_t *case_named(const char **out, const import_t *im, const char *org_code,
                            const char *word)
{
    const cd_org_t *org = app_org_cached(im->ctx, org_code);
    const app_casefile_part_t *own = &im->file->candour;
    unsigned char key[32];
    store_head_t *head;

    *out = NULL;
    if (own->present && im->org && !strcmp(org_code, im->org->code)
        && ((own->reference && !strcmp(word, own->reference))
            || (im->own_local_ref && !strcmp(word, im->own_local_ref)))) {
        *out = "";
        return NULL;
    }
    if (!org)
        return NULL;
    CD_ERR(store_head_get(&head, CD_FILE_CASE, word, org->id, im->ctx->conn, im->ctx->pool));
    if (head) {
        *out = head->reference;
        return NULL;
    }
    import_key(key, im->ctx, org_code, word);
    return imported_as(out, im->ctx, key);
}

/* The names of one party's cases become references; the own case's follows inside the transaction.
 */
static cd_err_t *party_resolve(cd_party_t *party, const import_t *im, const char *pointer)
{
    int count, i;
    const char **words = app_case_refs(&count, party->cases, im->ctx->pool), *found, *joined = NULL;

    if (count > CD_PARTY_CASES_MAX)
        cd_problem_add(im->problems, pointer, NULL, "names more than %d cases", CD_PARTY_CASES_MAX);
    for (i = 0; i < count && i < CD_PARTY_CASES_MAX; i++) {
        CD_ERR(case_named(&found, im, party->org_code, words[i]));
        if (!found)
            cd_problem_add(im->problems, pointer, NULL,
                           "\"%s\": there is no such case of %s: import it first, "
                           "or take the name out",
                           words[i], party->org_code);
        else
            joined = joined
                         ? apr_pstrcat(im->ctx->pool, joined, ", ", *found ? found : "@own", NULL)
                     : *found ? found
                              : "@own";
    }
    party->cases = joined;
    return NULL;
}

static cd_err_t *parties_resolve(import_t *im)
{
    part_t *part = &im->claim;
    int i, j;

    for (i = 0; i < part->write.count; i++) {
        cd_parties_t *parties = (cd_parties_t *)part->records[i].body;
        const char *base = apr_psprintf(im->ctx->pool, "/claim/records/%d", i);

        if (part->records[i].kind != CD_REC_PARTIES)
            continue;
        for (j = 0; j < CD_PARTIES_MAX; j++) {
            const char *code = parties->party[j].org_code;

            if (code && !app_org_cached(im->ctx, code))
                cd_problem_add(
                    im->problems, apr_psprintf(im->ctx->pool, "%s/trust_%d", base, j + 1), NULL,
                    "\"%s\": not registered here: run candourctl org add %s", code, code);
            else if (code)
                CD_ERR(party_resolve(&parties->party[j], im,
                                     apr_psprintf(im->ctx->pool, "%s/cases_%d", base, j + 1)));
        }
    }
    return NULL;
}

/* Before the claim is written, when the file's own case has its reference. Bodies are made anew
 * each time: the transaction may run again and the case get another number. */
static cd_err_t *own_case_fix(void *baton, int index, apr_pool_t *pool)
{
    import_t *im = baton;
    part_t *part = &im->claim;
    int i, j;

    (void)pool;
    if (im->writes[index] != &part->write || !im->candour.from)
        return NULL;
    for (i = 0; i < part->write.count; i++) {
        cd_parties_t *parties;

        if (part->records[i].kind != CD_REC_PARTIES)
            continue;
        parties = apr_pmemdup(im->ctx->pool, part->records[i].body, sizeof(*parties));
        for (j = 0; j < CD_PARTIES_MAX; j++) {
            const char *cases = parties->party[j].cases,
                       *own = cases ? strstr(cases, "@own") : NULL;

            if (own)
                parties->party[j].cases = apr_pstrcat(
                    im->ctx->pool, apr_pstrndup(im->ctx->pool, cases, (apr_size_t)(own - cases)),
                    im->candour.head.reference, own + 4, NULL);
        }
        part->write.items[i].record =
            apr_pmemdup(im->ctx->pool, &part->records[i], sizeof(cd_record_t));
        part->write.items[i].record->body = parties;
    }
    return NULL;
}

/* ---- the whole ----------------------------------------------------------- */

static cd_err_t *case_prepare(import_t *im)
{
    part_t *part = &im->candour;

    part->from = &im->file->candour;
    part->kind = CD_FILE_CASE;
    CD_ERR(records_take(part, im));
    part->head.org_id = im->org->id;
    part->head.org_code = im->org->code;
    part->head.org_name = im->org->name;
    part_key(part, im);
    im->writes[im->count++] = &part->write;
    return app_case_sum_up(&part->head, part->records, part->write.count, im->org, im->ctx->today,
                           im->ctx->pool);
}

/* The scheme's own number, as the facts of the claim have it today. */
static cd_err_t *facts_check(import_t *im)
{
    const part_t *part = &im->claim;
    const cd_claim_t *claim =
        cd_claim_read(part->records, part->write.count, im->ctx->today, im->ctx->pool);
    app_record_ask_t ask = { .kind = CD_REC_CLAIM, .body = (void *)claim->facts };

    return claim->facts ? app_claim_check(im->ctx, NULL, &ask, NULL, im->problems) : NULL;
}

static cd_err_t *claim_prepare(import_t *im)
{
    part_t *part = &im->claim;

    part->from = &im->file->claim;
    part->kind = CD_FILE_CLAIM;
    CD_ERR(records_take(part, im));
    part_key(part, im);
    im->writes[im->count++] = &part->write;
    CD_ERR(parties_resolve(im));
    CD_ERR(facts_check(im));
    return app_claim_sum_up(&part->head, part->records, part->write.count, im->ctx->today,
                            im->ctx->pool);
}

/* The organisation of the case: the file's, which must be registered here. */
static void org_find(import_t *im)
{
    const char *code = im->file->org ? im->file->org->code : NULL;
    const cd_record_t *incident = first_of(&im->file->candour, CD_REC_INCIDENT);

    im->org = app_org_cached(im->ctx, code);
    if (incident)
        im->own_local_ref = ((const cd_incident_t *)incident->body)->local_ref;
    if (im->org || !im->file->candour.present)
        return;
    if (code)
        cd_problem_add(im->problems, "/organisation/code", NULL,
                       "\"%s\": not registered here: run candourctl org "
                       "add %s",
                       code, code);
    else
        cd_problem_add(im->problems, "/organisation", NULL,
                       "the file names no organisation: give --org CODE");
}

cd_err_t *app_import(const char **reference_out, app_ctx_t *ctx, const app_casefile_t *file,
                     int dry, cd_problems_t *problems)
{
    import_t im = { .ctx = ctx, .file = file, .problems = problems };
    int i;

    *reference_out = NULL;
    if (!ctx->is_system)
        return cd_err(ctx->pool, CD_E_FORBIDDEN, NULL, "imports are the command line's");
    CD_ERR(app_conn(ctx));
    org_find(&im);
    CD_ERR(app_problems(problems));
    if (file->candour.present)
        CD_ERR(case_prepare(&im));
    if (file->claim.present)
        CD_ERR(claim_prepare(&im));
    if (im.candour.from)
        CD_ERR(double_check(reference_out, &im.candour, &im));
    if (im.claim.from)
        CD_ERR(double_check(reference_out, &im.claim, &im));
    CD_ERR(app_problems(problems));
    if (dry)
        return NULL;
    CD_ERR(app_write_all(ctx, im.writes, im.count, own_case_fix, &im));
    *reference_out = im.writes[0]->after->reference;
    for (i = 1; i < im.count; i++)
        *reference_out =
            apr_pstrcat(ctx->pool, *reference_out, ", ", im.writes[i]->after->reference, NULL);
    if (ctx->replayed)
        cd_problem_add(problems, "double", NULL, "this file was imported at the same moment as %s",
                       ctx->replayed);
    return app_problems(problems);
}

cd_err_t *app_export(app_casefile_t **out, app_ctx_t *ctx)
{
    cd_right_t right =
        ctx->head && ctx->head->kind == CD_FILE_CLAIM ? CD_RIGHT_CLAIM_READ : CD_RIGHT_CASE_READ;
    app_casefile_t *file = apr_pcalloc(ctx->pool, sizeof(*file));
    app_casefile_part_t *part;
    const cd_org_t *org;
    store_head_t *head;

    CD_ERR(app_file(&head, ctx, right));
    if (head->kind == CD_FILE_CLAIM && app_may(ctx, right) != CD_REACH_ALL)
        return cd_err(ctx->pool, CD_E_FORBIDDEN, NULL,
                      "a trust may see a part of a claim, not the whole");
    if (!head->has_key)
        return cd_err(ctx->pool, CD_E_KEY, NULL,
                      "%s does not open with this key file, or was erased", head->reference);
    part = head->kind == CD_FILE_CASE ? &file->candour : &file->claim;
    part->present = 1;
    part->reference = head->reference;
    CD_ERR(app_conn(ctx));
    CD_ERR(store_records(&part->records, &part->count, head, ctx->conn, ctx->pool));
    if (head->kind == CD_FILE_CASE) {
        CD_ERR(app_org(&org, ctx, head->org_code));
        file->org = apr_pmemdup(ctx->pool, org, sizeof(*org));
    }
    *out = file;
    return NULL;
}
