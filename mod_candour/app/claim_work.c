/* claim_work.c: the rows of a claim in the work list, made from its records, newest flags and
 * decisions.
 *
 * What comes next is the law's and the house's (cd_round_now); here it is only summed up. Looks at
 * nothing that the claimant is paid. */
#include <stdlib.h>
#include <string.h>

#include <apr_strings.h>
#include <apr_tables.h>

#include "app/claim_work_core.h"
#include "base/hash.h"
#include "domain/recover.h"

int app_claim_ended(int status)
{
    return status == CD_CLAIM_SETTLED_DAMAGES || status == CD_CLAIM_CLOSED_NIL;
}

/* The end of a number, or of a text within its quotes. */
static const char *value_end(const char *at)
{
    if (*at != '"')
        return at + strspn(at, "0123456789");
    for (at++; *at && *at != '"'; at++)
        at += *at == '\\' && at[1];
    return at;
}

/* Takes the number or the text behind each `"name":` out of the text, in one pass. */
static void leave_out(char *text, const char *name)
{
    const apr_size_t len = strlen(name);
    char *to = text;
    const char *from = text, *found;

    while ((found = strstr(from, name))) {
        const apr_size_t kept = (apr_size_t)(found - from) + len;

        memmove(to, from, kept);
        to += kept;
        from = value_end(found + len);
    }
    memmove(to, from, strlen(from) + 1);
}

/* What moves while a flag goes on saying the same: the day it was computed on and its cases were
 * evaluated on, by how many days something is late and the sentences that say so, how many holidays
 * are known, and, where the scheme looks at neither, earlier breaches and the year's contribution.
 * A sentence is made of what stands beside it, which is kept. */
void app_flag_digest(unsigned char out[32], const store_flag_t *flag, apr_pool_t *pool)
{
    static const char *const moves[] = { "\"as_at\":",  "\"holidays\":", "\"min_wd\":",
                                         "\"max_wd\":", "\"words\":",    "\"sentence\":" };
    static const char *const of_some[] = { "\"breaches_before\":", "\"breach_number\":",
                                           "\"contribution_p\":" };
    static const char *const looks[] = { "\"formula\":\"L3", "\"formula\":\"L7\"",
                                         "\"shadow_of\":\"L3", "\"shadow_of\":\"L7\"" };
    char *text = apr_pstrcat(pool, flag->inputs, "\n", flag->answer, NULL);
    int counts = 0;
    unsigned i;

    for (i = 0; i < sizeof(looks) / sizeof(*looks); i++)
        counts |= strstr(flag->inputs, looks[i]) != NULL;
    for (i = 0; i < sizeof(moves) / sizeof(*moves); i++)
        leave_out(text, moves[i]);
    for (i = 0; !counts && i < sizeof(of_some) / sizeof(*of_some); i++)
        leave_out(text, of_some[i]);
    cd_sha256(out, text, strlen(text));
}

/* ---- one trust ----------------------------------------------------------------- */

static const cd_allocation_t *allocation_of(const cd_claim_t *claim)
{
    const cd_allocation_t *holds = NULL;
    int i;

    for (i = 0; i < claim->count; i++)
        if (claim->records[i].kind == CD_REC_ALLOCATION && !claim->records[i].superseded_by)
            holds = claim->records[i].body;
    return holds;
}

/* Decisions on this trust, as the domain takes them. One that waits for a second person needs one,
 * whatever the sums of today's schemes. */
static int decided_fill(cd_decided_t *list, const app_claim_work_in_t *in, const char *code,
                        cd_org_id org_id)
{
    int i, count = 0;

    for (i = 0; i < in->sum_count; i++) {
        const store_claim_sum_t *sum = &in->sums[i];

        if (sum->is_decision && sum->org_id == org_id)
            list[count++] = (cd_decided_t){ .seq = sum->seq, .flag_seq = sum->flag_seq, .org = code,
                                            .amount_p = sum->amount_p,
                                            .needs_second = sum->code == CD_STAND_PROPOSED };
    }
    return count;
}

static void money_fill(store_claim_work_t *row, cd_round_in_t *round, const app_claim_work_in_t *in,
                       cd_org_id org_id)
{
    int i;

    for (i = 0; i < in->sum_count; i++) {
        const store_claim_sum_t *sum = &in->sums[i];

        if (sum->org_id != org_id)
            continue;
        if (!sum->is_decision) {
            row->flag_seq = round->flag_seq = sum->seq;
            row->flag_state = round->flag_state = sum->code;
            row->indicated_p = round->flag_p = sum->amount_p;
            round->flag_at = sum->computed_at;
            continue;
        }
        if (sum->code == CD_STAND_STANDS || sum->code == CD_STAND_VARIED)
            row->decided_p = sum->amount_p;     /* one at most stands */
        row->asked_p += sum->asked_p;
        row->received_p += sum->received_p;
        /* the newest decision's: money of an earlier one is not carried over */
        round->asked_p = sum->asked_p;
        round->received_p = sum->received_p;
    }
}

/* The earliest instalment that has not come in full. */
static cd_err_t *recovery_fill(cd_round_in_t *round, const cd_claim_t *claim, apr_pool_t *pool)
{
    cd_recovered_t *recovered;
    int i;

    if (!round->asked_p)
        return NULL;
    CD_ERR(cd_recovered_read(&recovered, claim, round->decision_seq, round->stand.amount_p, pool));
    for (i = 0; i < recovered->count; i++) {
        const cd_recovery_t *asked = recovered->asked[i].record->body;

        if (recovered->asked[i].left_p
            && (!round->recovery_due || asked->due < round->recovery_due))
            round->recovery_due = asked->due;
    }
    return NULL;
}

static cd_err_t *stage_fill(store_claim_work_t *row, const app_claim_work_in_t *in,
                            const cd_claim_t *claim, const char *code, cd_org_id org_id,
                            cd_date_t today, apr_pool_t *pool)
{
    cd_decided_t *decided = apr_pcalloc(pool, sizeof(*decided) * (apr_size_t)(in->sum_count + 1));
    cd_round_in_t round = { .round = cd_round_read(claim, code, pool), .as_at = today };
    const int count = decided_fill(decided, in, code, org_id);
    const cd_round_now_t *now;

    money_fill(row, &round, in, org_id);
    if (count) {
        round.decision_seq = decided[count - 1].seq;
        round.decision_flag_seq = decided[count - 1].flag_seq;
        round.stand = cd_decision_stand(decided, count, count - 1, claim);
        CD_ERR(recovery_fill(&round, claim, pool));
    }
    now = cd_round_now(&round, pool);
    row->stage = (int)now->stage;
    row->due_on = now->due;
    row->weighed_seq = round.round->weighed_seq;
    return NULL;
}

cd_err_t *app_claim_work_make(store_claim_work_t **out, int *count_out, app_ctx_t *ctx,
                              const app_claim_work_in_t *in, apr_pool_t *pool)
{
    const cd_claim_t *claim = cd_claim_read(in->all, in->count, ctx->today, pool);
    const cd_allocation_t *given = allocation_of(claim);
    store_claim_work_t *rows = apr_pcalloc(pool, sizeof(*rows) * CD_PARTIES_MAX);
    int i;

    *count_out = 0;
    *out = rows;
    for (i = 0; claim->parties && i < CD_PARTIES_MAX; i++) {
        const char *code = claim->parties->party[i].org_code;
        const cd_org_t *org = code ? app_org_cached(ctx, code) : NULL;
        store_claim_work_t *row = &rows[*count_out];

        if (!org)
            continue;
        row->claim_id = in->head->id;
        row->org_id = org->id;
        row->party_set = app_party_set(claim);
        row->place = i;
        row->handler = given ? given->handler : NULL;
        row->team = given && given->team ? given->team : "";
        row->status = in->head->status;
        row->scheme = in->head->scheme;
        row->is_open = !app_claim_ended(in->head->status);
        row->notified_on = in->head->notified_on;
        row->version = in->version;
        row->changed_at = in->head->changed_at;
        row->out_of_date = STORE_CLAIM_WORK_AS_WAS;
        CD_ERR(stage_fill(row, in, claim, code, org->id, ctx->today, pool));
        ++*count_out;
    }
    return NULL;
}

/* ---- the writes of one transaction -------------------------------------------------- */

static const store_flag_t *flag_of(const app_write_t *write, cd_org_id org_id)
{
    int i;

    for (i = write->count - 1; i >= 0; i--)
        if (write->items[i].flag && write->items[i].flag->org_id == org_id)
            return write->items[i].flag;
    return NULL;
}

static int has_parties(const app_write_t *write)
{
    int i;

    for (i = 0; i < write->count; i++)
        if (write->items[i].record && write->items[i].record->kind == CD_REC_PARTIES)
            return 1;
    return 0;
}

static void ages_fill(store_claim_work_t *rows, int count, const app_write_t *write,
                      apr_pool_t *pool)
{
    int i;

    for (i = 0; i < count; i++) {
        const store_flag_t *flag = flag_of(write, rows[i].org_id);

        if (flag) {
            app_flag_digest(rows[i].digest, flag, pool);
            rows[i].out_of_date = 0;
        } else if (rows[i].weighed_seq > (write->before ? write->before->last_seq : 0)) {
            rows[i].out_of_date = rows[i].flag_seq > 0;
        }
    }
}

typedef struct touch_t {
    app_ctx_t *ctx;
    const store_claim_sum_t *sums;
    int sum_count;
    apr_array_header_t *rows;            /* store_claim_work_t */
} touch_t;

static cd_err_t *claim_touch(touch_t *touch, const app_write_t *write, const store_head_t *head,
                             store_conn_t *conn, apr_pool_t *pool)
{
    app_claim_work_in_t in = { .head = head, .version = head->version };
    store_claim_work_t *rows;
    int count, i;

    CD_ERR(app_records_after(&in.all, &in.count, write, conn, pool));
    for (i = 0; i < touch->sum_count && touch->sums[i].claim_id != head->id; i++)
        ;
    in.sums = touch->sums + i;
    while (i + in.sum_count < touch->sum_count && in.sums[in.sum_count].claim_id == head->id)
        in.sum_count++;
    CD_ERR(app_claim_work_make(&rows, &count, touch->ctx, &in, pool));
    ages_fill(rows, count, write, pool);
    for (i = 0; i < count; i++)
        *(store_claim_work_t *)apr_array_push(touch->rows) = rows[i];
    return has_parties(write) && write->before && write->before->party_set
               ? store_claim_work_drop(head->id, write->after->party_set, head->version, conn, pool)
               : NULL;
}

static int by_claim(const void *a, const void *b)
{
    const store_claim_sum_t *one = a, *other = b;

    if (one->claim_id != other->claim_id)
        return one->claim_id < other->claim_id ? -1 : 1;
    if (one->is_decision != other->is_decision)
        return one->is_decision - other->is_decision;
    return one->seq - other->seq;
}

cd_err_t *app_claim_work_touch(app_ctx_t *ctx, app_write_t *const *writes,
                               const store_head_t *heads, int count, store_conn_t *conn,
                               apr_pool_t *pool)
{
    apr_int64_t *ids = apr_palloc(pool, sizeof(*ids) * (apr_size_t)(count + 1));
    touch_t touch = { .ctx = ctx,
                      .rows = apr_array_make(pool, count * 2 + 1, sizeof(store_claim_work_t)) };
    store_claim_sum_t *sums;
    int i, claims = 0;

    for (i = 0; i < count; i++) {
        if (heads[i].kind == CD_FILE_CLAIM && heads[i].party_set)
            ids[claims++] = heads[i].id;
        else if (heads[i].kind == CD_FILE_CASE && writes[i]->before
                 && writes[i]->before->linked != STORE_LINKED_NOT)
            CD_ERR(store_claim_work_old(heads[i].id, conn, pool));
    }
    if (!claims)
        return NULL;
    CD_ERR(store_claim_sums(&sums, &touch.sum_count, ids, claims, conn, pool));
    qsort(sums, (size_t)touch.sum_count, sizeof(*sums), by_claim);
    touch.sums = sums;
    for (i = 0; i < count; i++)
        if (heads[i].kind == CD_FILE_CLAIM && heads[i].party_set)
            CD_ERR(claim_touch(&touch, writes[i], &heads[i], conn, pool));
    return store_claim_work_keep((const store_claim_work_t *)touch.rows->elts, touch.rows->nelts,
                                 conn, pool);
}
