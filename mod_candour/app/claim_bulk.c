/* claim_bulk.c: several claims given to a handler or a team, computed again or asked about, at
 * once.
 *
 * Each claim is a write of its own, with its own version and its own idempotency key: what one of
 * them meets stops no other. The look at all of them is one statement over what the page had: their
 * rows. */
#include <string.h>

#include <apr_strings.h>

#include "app/claim_list.h"
#include "app/claim_work_core.h"
#include "app/round.h"
#include "base/hash.h"

static int of_one_claim(const cd_err_t *err)
{
    return err->code == CD_E_NOT_FOUND || err->code == CD_E_STALE || err->code == CD_E_INVALID
           || err->code == CD_E_KEY_REUSED || err->code == CD_E_RANGE || err->code == CD_E_CONFIG;
}

static const char *words_for(const cd_err_t *err, const cd_problems_t *problems, apr_pool_t *pool)
{
    if (err->code == CD_E_NOT_FOUND)
        return "There is no such claim that you can see";
    if (err->code == CD_E_STALE)
        return "Somebody changed this claim meanwhile. Look at it and try again";
    if (err->code == CD_E_KEY_REUSED)
        return "This was sent before with other answers. Start again from the work list";
    if (problems->count)
        return problems->list[0].text;
    return err->public_text && *err->public_text
        ? apr_psprintf(pool, "Not done: %s", err->public_text) : "Not done";
}

static cd_right_t right_of(int deed)
{
    /* asking: the round checks more */
    return deed == APP_CLAIM_COMPUTE ? CD_RIGHT_FLAG_COMPUTE : CD_RIGHT_CLAIM_WRITE;
}

/* Handler and team are the same for all: looked up once. */
static cd_err_t *allocation_look(app_ctx_t *ctx, const cd_allocation_t *allocation,
                                 cd_problems_t *problems)
{
    app_claim_person_t *people;
    app_claim_member_t *members;
    int count, i, found = 0;

    if (!allocation->handler && !allocation->team)
        cd_problem_add(problems, "handler", NULL, "Choose a handler or a team");
    if (allocation->handler) {
        CD_ERR(app_claim_handlers(&people, &count, ctx));
        for (i = 0; i < count; i++)
            found |= !strcmp(people[i].subject, allocation->handler);
        if (!found)
            cd_problem_add(problems, "handler", NULL,
                           "Handler must be somebody who may sign in as a claims handler");
    }
    if (!allocation->team)
        return NULL;
    CD_ERR(app_claim_team_members(&members, &count, ctx));
    for (i = 0, found = 0; i < count; i++)
        found |= !strcmp(members[i].team, allocation->team);
    if (!found)
        cd_problem_add(problems, "team", NULL, "Team must be one that has a member");
    return NULL;
}

static cd_err_t *name(app_ctx_t *ctx, const char *reference)
{
    ctx->head = NULL;
    CD_ERR(app_conn(ctx));
    /* each claim as it is now, not as it was at the first look-up */
    store_read_end(ctx->conn);
    return app_name_file(ctx, CD_FILE_CLAIM, reference);
}

/* ---- asking for evidence --------------------------------------------------------- */

/* Trusts of the claim with an open rule that are asked for nothing yet. */
static cd_err_t *orgs_to_ask(const char **orgs, apr_uint32_t *rules, int *count_out, app_ctx_t *ctx)
{
    app_claim_view_t *claim;
    int i;

    *count_out = 0;
    CD_ERR(app_claim_view(&claim, ctx, CD_NO_DATE));
    for (i = 0; i < claim->party_count; i++) {
        app_round_view_t *view;

        CD_ERR(app_round_view(&view, ctx, claim->parties[i].org->code));
        if (!view->open_rules || view->round.in.round->request
            || app_round_why_not(view, ctx, CD_DEED_ASK))
            continue;
        orgs[*count_out] = claim->parties[i].org->code;
        rules[(*count_out)++] = view->open_rules;
    }
    return NULL;
}

static const char nobody_to_ask[] =
    "No trust of this claim has an open rule that it is not asked about already";

static cd_err_t *ask_look(app_ctx_t *ctx, app_claim_pick_t *list, int count)
{
    int i;

    for (i = 0; i < count; i++) {
        const char *orgs[CD_PARTIES_MAX];
        apr_uint32_t rules[CD_PARTIES_MAX];
        int found;

        if (list[i].told)
            continue;
        CD_ERR(name(ctx, list[i].reference));
        CD_ERR(orgs_to_ask(orgs, rules, &found, ctx));
        if (!found)
            list[i].told = nobody_to_ask;
    }
    return NULL;
}

cd_err_t *app_claims_look(app_ctx_t *ctx, app_claim_pick_t *list, int count, int deed,
                          const app_claim_order_t *order, cd_problems_t *problems)
{
    const char *refs[APP_CLAIMS_MOST];
    store_head_t *heads;
    int found, i, j;

    CD_ERR(app_need(ctx, right_of(deed)));
    CD_ERR(app_conn(ctx));
    for (i = 0; i < count && i < APP_CLAIMS_MOST; i++)
        refs[i] = list[i].reference;
    CD_ERR(store_claims_named(&heads, &found, refs, count, ctx->conn, ctx->pool));
    for (i = 0; i < count; i++) {
        for (j = 0; j < found && strcmp(heads[j].reference, list[i].reference); j++)
            ;
        if (j == found) {
            list[i].told = "There is no such claim that you can see";
            continue;
        }
        list[i].title = heads[j].title ? heads[j].title : "Can no longer be read";
        if (heads[j].version != list[i].version)
            list[i].told =
                "Somebody changed this claim since you saw the list. It will be left as it is";
        else if (deed == APP_CLAIM_COMPUTE && !heads[j].party_set)
            list[i].told = "No trust is linked to this claim, so there is nothing to compute";
    }
    if (deed == APP_CLAIM_ASK)
        return ask_look(ctx, list, count);
    return deed == APP_CLAIM_GIVE ? allocation_look(ctx, &order->allocation, problems) : NULL;
}

/* A key for each claim, made from the form's: a second click finds each claim's own answer. */
static void key_for(app_ctx_t *ctx, const unsigned char form_key[APP_IDEM_BYTES],
                    const char *reference)
{
    const apr_size_t len = strlen(reference);
    unsigned char sum[32];
    char *text = apr_palloc(ctx->pool, APP_IDEM_BYTES + len);

    memcpy(text, form_key, APP_IDEM_BYTES);
    memcpy(text + APP_IDEM_BYTES, reference, len);
    cd_sha256(sum, text, APP_IDEM_BYTES + len);
    memcpy(ctx->idem, sum, APP_IDEM_BYTES);
}

/* One write for each trust, each with a key of its own. A second click finds the trusts asked
 * already. */
static cd_err_t *ask_one(app_claim_pick_t *one, app_ctx_t *ctx, const cd_request_t *request,
                         const unsigned char form_key[APP_IDEM_BYTES], cd_problems_t *problems)
{
    const char *orgs[CD_PARTIES_MAX];
    apr_uint32_t rules[CD_PARTIES_MAX];
    int found, i, seq;

    CD_ERR(orgs_to_ask(orgs, rules, &found, ctx));
    if (!found)
        return cd_err(ctx->pool, CD_E_INVALID,
                      "nobody was asked, as no trust of this claim has an open rule that it is not "
                      "asked about already",
                      "nothing to ask for");
    for (i = 0; i < found; i++) {
        cd_request_t body = *request;
        app_round_ask_t ask = {
            .kind = CD_REC_REQUEST, .org_code = orgs[i], .body = &body, .version = one->version + i
        };

        body.rules = rules[i];
        ctx->replayed = NULL;
        if (ctx->has_idem)
            key_for(ctx, form_key, apr_pstrcat(ctx->pool, one->reference, " ", orgs[i], NULL));
        CD_ERR(name(ctx, one->reference));
        CD_ERR(app_round_record(&seq, ctx, &ask, problems));
    }
    one->told = apr_psprintf(ctx->pool, "%d %s asked", found, found == 1 ? "trust" : "trusts");
    return NULL;
}

static cd_err_t *do_one(app_claim_pick_t *one, app_ctx_t *ctx, int deed,
                        const app_claim_order_t *order,
                        const unsigned char form_key[APP_IDEM_BYTES], cd_problems_t *problems)
{
    cd_allocation_t body = order->allocation;
    app_record_ask_t ask = { .kind = CD_REC_ALLOCATION, .body = &body, .version = one->version };
    store_head_t *head;
    int made;

    ctx->replayed = NULL;
    CD_ERR(name(ctx, one->reference));
    CD_ERR(app_file(&head, ctx, right_of(deed)));
    one->title = head->title ? head->title : "Can no longer be read";
    if (deed == APP_CLAIM_ASK)
        return ask_one(one, ctx, &order->request, form_key, problems);
    if (deed == APP_CLAIM_GIVE)
        return app_claim_record(&made, ctx, &ask, problems);
    CD_ERR(app_flag_compute(&made, ctx, NULL, one->version));
    if (made)
        one->told = apr_psprintf(ctx->pool, "%d %s computed", made, made == 1 ? "flag" : "flags");
    return NULL;
}

cd_err_t *app_claims_do(app_ctx_t *ctx, app_claim_pick_t *list, int count, int deed,
                        const app_claim_order_t *order)
{
    unsigned char form_key[APP_IDEM_BYTES];
    const int had_key = ctx->has_idem;
    int i;

    CD_ERR(app_need(ctx, right_of(deed)));
    memcpy(form_key, ctx->idem, sizeof(form_key));
    for (i = 0; i < count; i++) {
        cd_problems_t problems = { .pool = ctx->pool };
        cd_err_t *err;

        if (had_key)
            key_for(ctx, form_key, list[i].reference);
        err = do_one(&list[i], ctx, deed, order, form_key, &problems);
        if (err && !of_one_claim(err))
            return err;
        list[i].done = !err;
        if (err)
            list[i].told = words_for(err, &problems, ctx->pool);
    }
    memcpy(ctx->idem, form_key, sizeof(form_key));
    return NULL;
}
