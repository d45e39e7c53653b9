/* eval_json.c: an evaluation as JSON. Days late are a number where the dates are whole, else the
 * least and the most they can be. */
#include "domain/eval_json.h"

static const cd_token_t whys[] = {
    { CD_WHY_NOT_DONE, "NOT_DONE", NULL }, { CD_WHY_NO_PROOF, "NO_PROOF", NULL },
    { CD_WHY_JUDGE, "JUDGE", NULL }, { CD_WHY_NOT_KNOWN, "NOT_KNOWN", NULL }, { 0, NULL, NULL }
};

static const cd_token_t gates[] = {
    { CD_GATE_OPINION, "OPINION", NULL }, { CD_GATE_OPINIONS, "OPINIONS", NULL },
    { CD_GATE_BEGINNING, "BEGINNING", NULL }, { 0, NULL, NULL }
};

static void write_due(cd_jsonw_t *w, const cd_due_t *due, apr_pool_t *pool)
{
    cd_jsonw_open(w, '{');
    cd_jsonw_put_text(w, "kind", cd_token_word(cd_due_kinds, (int)due->kind));
    cd_jsonw_put_text(w, "on", due->on ? cd_date_iso(due->on, pool) : NULL);
    cd_jsonw_put_text(w, "how", due->how);
    cd_jsonw_put_text(w, "from", due->from ? cd_date_iso(due->from, pool) : NULL);
    cd_jsonw_close(w, '}');
}

static void write_late(cd_jsonw_t *w, const cd_result_t *r)
{
    cd_jsonw_open(w, '{');
    cd_jsonw_name(w, "min_wd");
    cd_jsonw_int(w, r->late_wd_min);
    cd_jsonw_name(w, "max_wd");
    cd_jsonw_int(w, r->late_wd_max);
    cd_jsonw_put_text(w, "against", cd_token_word(cd_due_kinds, r->late_against));
    cd_jsonw_close(w, '}');
}

static void write_person(cd_jsonw_t *w, const cd_result_t *r)
{
    const cd_record_def_t *def = r->by_kind ? cd_record_def((cd_record_kind_t)r->by_kind) : NULL;
    cd_jsonw_name(w, "by_person");
    if (!def) {
        cd_jsonw_null(w);
        return;
    }
    cd_jsonw_open(w, '{');
    cd_jsonw_name(w, "record");
    cd_jsonw_int(w, r->by_person);
    cd_jsonw_put_text(w, "kind", def->word);
    cd_jsonw_put_text(w, "finder", cd_token_word(cd_finders, r->by_finder));
    cd_jsonw_put_text(w, "role", cd_token_word(cd_roles, r->by_role));
    cd_jsonw_close(w, '}');
}

void cd_result_write(cd_jsonw_t *w, const cd_result_t *r, apr_pool_t *pool)
{
    cd_jsonw_open(w, '{');
    cd_jsonw_put_text(w, "rule", r->rule->code);
    cd_jsonw_put_text(w, "name", r->rule->name);
    cd_jsonw_put_text(w, "law", r->rule->citation);
    cd_jsonw_put_text(w, "instrument", r->rule->instrument);
    cd_jsonw_put_text(w, "weight", cd_token_word(cd_weights, (int)r->rule->weight));
    cd_jsonw_put_text(w, "status", cd_token_word(cd_statuses, (int)r->status));
    cd_jsonw_put_text(w, "why", cd_token_word(whys, (int)r->why));
    cd_jsonw_name(w, "due");
    cd_jsonw_open(w, '[');
    for (int i = 0; i < r->due_count; i++)
        write_due(w, &r->dues[i], pool);
    cd_jsonw_close(w, ']');
    cd_jsonw_put_text(w, "met", cd_when_known(r->met_on) ? cd_when_iso(r->met_on, pool) : NULL);
    cd_jsonw_name(w, "days_late");
    write_late(w, r);
    cd_jsonw_put_text(w, "words", r->words);
    cd_jsonw_put_text(w, "sentence", r->sentence);
    cd_jsonw_name(w, "evidence");
    cd_jsonw_open(w, '[');
    for (int i = 0; i < r->evidence_count; i++)
        cd_jsonw_int(w, r->evidence[i]);
    cd_jsonw_close(w, ']');
    write_person(w, r);
    if (r->gate)
        cd_jsonw_put_text(w, "gate", cd_token_word(gates, (int)r->gate));
    cd_jsonw_close(w, '}');
}

void cd_evaluation_write(cd_jsonw_t *w, const cd_evaluation_t *eval, apr_pool_t *pool)
{
    cd_jsonw_open(w, '{');
    cd_jsonw_put_text(w, "policy", eval->policy->code);
    cd_jsonw_name(w, "policy_version");
    cd_jsonw_int(w, eval->policy->version);
    cd_jsonw_put_text(w, "engine", CD_ENGINE_VERSION);
    cd_jsonw_put_text(w, "as_at", cd_date_iso(eval->as_at, pool));
    cd_jsonw_name(w, "notifiable");
    if (eval->notifiable == CD_UNSAID)
        cd_jsonw_null(w);
    else
        cd_jsonw_bool(w, eval->notifiable == CD_YES);
    cd_jsonw_put_text(w, "aware",
                      cd_when_known(eval->aware) ? cd_when_iso(eval->aware, pool) : NULL);
    cd_jsonw_name(w, "results");
    cd_jsonw_open(w, '[');
    for (int i = 0; i < eval->count; i++)
        cd_result_write(w, &eval->results[i], pool);
    cd_jsonw_close(w, ']');
    cd_jsonw_close(w, '}');
}
