/* claim_check.c: what stands in the way of a record of a claim, besides what its fields say.
 *
 * Nothing here reads a flag or a decision. */
#include <string.h>

#include <apr_strings.h>

#include "app/claim_core.h"
#include "domain/claim_status.h"
#include "domain/round.h"
#include "store/claim.h"

const cd_record_t *app_claim_seq(const cd_claim_t *claim, int seq)
{
    int i;

    for (i = 0; i < claim->count; i++)
        if (claim->records[i].seq == seq)
            return &claim->records[i];
    return NULL;
}

/* ---- taking back ---- */

/* 1 if the actor may know of the record at all: a trust's user only of the own trust's part. */
static int within_reach(const app_ctx_t *ctx, const cd_record_t *record)
{
    const char *org = cd_record_org(record);

    if (app_may(ctx, CD_RIGHT_CLAIM_READ) == CD_REACH_ALL)
        return 1;
    return org && ctx->actor->org_code && cd_record_for_trust(record->kind)
           && !strcmp(org, ctx->actor->org_code);
}

cd_err_t *app_take_back_check(app_ctx_t *ctx, const app_record_ask_t *ask, const cd_claim_t *claim,
                              cd_problems_t *problems)
{
    const cd_record_t *old = ask->supersedes ? app_claim_seq(claim, ask->supersedes) : NULL;
    const char *why_not;

    if (!old || !within_reach(ctx, old)) {
        cd_problem_add(problems, "", NULL, "There is no such entry to take back");
        return NULL;
    }
    if (app_may(ctx, cd_record_def(old->kind)->right) == CD_REACH_NONE)
        return cd_err(ctx->pool, CD_E_FORBIDDEN,
                      "only somebody who may make such an entry may take it back",
                      "record %d is of a kind that the actor may not add", old->seq);
    why_not = cd_take_back_why_not(old->kind);
    if (why_not)
        cd_problem_add(problems, "", NULL, "%s", why_not);
    else if (old->superseded_by)
        cd_problem_add(problems, "", NULL, "This entry no longer stands. Take back the newest one");
    else if (old->kind == CD_REC_CLAIM_STATUS)
        cd_status_check(claim, NULL, old->seq, problems);
    return NULL;
}

/* ---- the scheme's own number ---- */

cd_err_t *app_ref_pattern_make(const app_ref_pattern_t **out, const char *pattern,
                               const char *example, apr_pool_t *pool)
{
    app_ref_pattern_t *rule = apr_palloc(pool, sizeof(*rule));
    cd_pattern_t *compiled;

    CD_ERR(cd_pattern_compile(&compiled, apr_psprintf(pool, "\\A(?:%s)\\z", pattern), pool));
    rule->pattern = compiled;
    rule->example = apr_pstrdup(pool, example);
    *out = rule;
    return cd_pattern_match(compiled, example, strlen(example), NULL, pool)
               ? NULL
               : cd_err(pool, CD_E_CONFIG,
                        "the example of a claim's number does not match the pattern", "%s", "");
}

static cd_err_t *scheme_ref_check(app_ctx_t *ctx, const char *own, const cd_claim_facts_t *facts,
                                  cd_problems_t *problems)
{
    const app_ref_pattern_t *rule = ctx->app->claim_ref;
    const char *ref = facts->scheme_ref, *holder;

    if (!ref)
        return NULL;
    if (rule && !cd_pattern_match(rule->pattern, ref, strlen(ref), NULL, ctx->pool)) {
        cd_problem_add(problems, "scheme_ref", NULL, "The scheme’s own number must look like %s",
                       rule->example);
        return NULL;
    }
    CD_ERR(app_conn(ctx));
    CD_ERR(store_scheme_ref_holder(&holder, ref, ctx->conn, ctx->pool));
    if (holder && (!own || strcmp(holder, own)))
        cd_problem_add(problems, "scheme_ref", NULL, "Claim %s has this number already", holder);
    return NULL;
}

/* ---- allocation ---- */

apr_uint32_t app_roles_with(cd_right_t right)
{
    apr_uint32_t roles = 0;
    int role;

    for (role = CD_ROLE_WARD; role <= CD_ROLE_APPROVER; role++)
        if (cd_role_reach((cd_role_t)role, right) != CD_REACH_NONE)
            roles |= 1u << role;
    return roles;
}

static cd_err_t *allocation_check(app_ctx_t *ctx, const cd_allocation_t *body,
                                  cd_problems_t *problems)
{
    store_user_t *user = NULL;

    if (!body->handler)
        return NULL;
    CD_ERR(app_conn(ctx));
    CD_ERR(store_user_get(&user, body->handler, ctx->conn, ctx->pool));
    if (!user || !user->active || !(user->roles & app_roles_with(CD_RIGHT_CLAIM_WRITE)))
        cd_problem_add(problems, "handler", NULL,
                       "Handler must be somebody who may sign in and handle claims");
    return NULL;
}

cd_err_t *app_claim_check(app_ctx_t *ctx, const char *own_reference, const app_record_ask_t *ask,
                          const cd_claim_t *claim, cd_problems_t *problems)
{
    switch ((int)ask->kind) {
    case CD_REC_CLAIM: return scheme_ref_check(ctx, own_reference, ask->body, problems);
    case CD_REC_ALLOCATION: return allocation_check(ctx, ask->body, problems);
    case CD_REC_CLAIM_STATUS:
        if (((const cd_claim_status_t *)ask->body)->status)
            cd_status_check(claim, ask->body, ask->supersedes, problems);
        return NULL;
    default: return NULL;
    }
}
