/* entries.c: the record of who did what in a file.
 *
 * A trust's user reads a shared claim in part. What is about the rest of it keeps its number and
 * hash, so that the chain can be compared with another copy, and loses its time, its person and its
 * object. */
#include <stdlib.h>
#include <string.h>

#include "app/claim_core.h"
#include "domain/round.h"
#include "base/text.h"

#define ENTRY_ROWS 200

/* What of a claim the actor's own trust may know of. */
typedef struct own_t {
    const char *org_code;
    cd_org_id org_id;
    app_claim_facts_t facts;
    store_flag_t *flags;
    store_decision_t *decisions;
    int flag_count, decision_count;
} own_t;

static cd_err_t *own_read(own_t *own, app_ctx_t *ctx, const store_head_t *head, cd_org_id org_id)
{
    own->org_code = ctx->actor->org_code;
    own->org_id = org_id;
    CD_ERR(app_claim_read(&own->facts, ctx, head, ctx->today));
    CD_ERR(store_flags_of_org(&own->flags, &own->flag_count, head, org_id, ctx->conn, ctx->pool));
    return store_decisions(&own->decisions, &own->decision_count, head, org_id, ctx->conn,
                           ctx->pool);
}

static int party_named(const cd_parties_t *parties, const char *org_code)
{
    int i;

    for (i = 0; i < CD_PARTIES_MAX; i++)
        if (parties->party[i].org_code && !strcmp(parties->party[i].org_code, org_code))
            return 1;
    return 0;
}

static int record_shown(const own_t *own, int seq)
{
    int i;

    for (i = 0; i < own->facts.all_count; i++) {
        const cd_record_t *record = &own->facts.all[i];

        if (record->seq != seq)
            continue;
        if (record->kind == CD_REC_PARTIES)
            return record->body && party_named(record->body, own->org_code);
        if (cd_record_for_trust(record->kind))
            return !strcmp(cd_record_org(record), own->org_code);
        return record->kind == CD_REC_CLAIM || record->kind == CD_REC_CLAIM_STATUS;
    }
    return 0;
}

static int flag_shown(const own_t *own, int seq)
{
    int i;

    for (i = 0; i < own->flag_count; i++)
        if (own->flags[i].seq == seq)
            return 1;
    return 0;
}

/* One that the trust was not told of is none of its business yet. */
static int decision_shown(const own_t *own, int seq)
{
    int i;

    for (i = 0; i < own->decision_count; i++)
        if (own->decisions[i].seq == seq && own->decisions[i].org_id == own->org_id)
            return cd_decision_for_trust(own->facts.claim, seq);
    return 0;
}

/* `object` is the program's own word: "record 5", "flag 2", "decision 1". Anything else is not
 * shown. */
static int object_shown(const own_t *own, const char *object)
{
    static const struct {
        const char *noun;
        int (*shown)(const own_t *own, int seq);
    } nouns[] = { { "record ", record_shown },
                  { "flag ", flag_shown },
                  { "decision ", decision_shown } };
    apr_size_t i;

    for (i = 0; object && i < sizeof(nouns) / sizeof(nouns[0]); i++) {
        apr_size_t len = strlen(nouns[i].noun);
        char *end;
        long seq;

        if (strncmp(object, nouns[i].noun, len))
            continue;
        seq = strtol(object + len, &end, 10);
        return !*end && seq > 0 && seq <= 1000000000 && nouns[i].shown(own, (int)seq);
    }
    return 0;
}

static void entry_fill(app_entry_t *entry, const store_entry_t *row, const own_t *own,
                       apr_pool_t *pool)
{
    entry->seq = row->seq;
    entry->hash = cd_hex(row->hash, sizeof(row->hash), pool);
    if (own->org_code && !object_shown(own, row->object)) {
        entry->action = "An entry about another part of the claim";
        return;
    }
    entry->at = row->at;
    entry->who = row->actor_name;
    entry->role = cd_token_label(cd_roles, row->role);
    entry->action = cd_token_label(cd_actions, row->action);
    entry->object = row->object;
}

cd_err_t *app_entries(app_entries_t *out, app_ctx_t *ctx, int after, int before)
{
    store_entry_ask_t ask = { .after_seq = after, .before_seq = before, .limit = ENTRY_ROWS };
    own_t own = { 0 };
    cd_org_id org_id = 0;
    store_head_t *head;
    store_entry_t *rows;
    int i;

    CD_ERR(app_file(&head, ctx, CD_RIGHT_RECORD_AUDIT));
    if (head->kind == CD_FILE_CLAIM)
        CD_ERR(app_reach(&org_id, ctx, CD_RIGHT_CLAIM_READ));
    if (org_id)
        CD_ERR(own_read(&own, ctx, head, org_id));
    ask.chain = head->kind;
    ask.chain_id = head->id;
    CD_ERR(store_entries_newest(&rows, &out->count, &ask, ctx->conn, ctx->pool));
    out->rows = apr_pcalloc(ctx->pool, sizeof(*out->rows) * (apr_size_t)(out->count + 1));
    for (i = 0; i < out->count; i++)
        entry_fill(&out->rows[i], &rows[i], &own, ctx->pool);
    out->total = head->audit_seq;
    out->next = out->count && rows[out->count - 1].seq > after + 1 ? rows[out->count - 1].seq : 0;
    return NULL;
}
