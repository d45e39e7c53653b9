/* liability_json.c: a flag's inputs and its answer as canonical JSON: one way to write them, so
 * that a replay can be compared byte for byte. Holds no text about a person. */
#include "domain/eval_json.h"
#include "domain/flag_weigh.h"

static void date(cd_jsonw_t *w, const char *name, cd_date_t on, apr_pool_t *pool)
{
    cd_jsonw_name(w, name);
    cd_jsonw_text(w, on ? cd_date_iso(on, pool) : NULL);
}

static void write_sums(cd_jsonw_t *w, const cd_scheme_input_t *sums)
{
    cd_jsonw_open(w, '{');
    cd_jsonw_put_int(w, "damages_p", sums->damages_p);
    cd_jsonw_put_int(w, "ppo_capital_p", sums->ppo_capital_p);
    cd_jsonw_put_int(w, "claimant_costs_p", sums->claimant_costs_p);
    cd_jsonw_put_int(w, "defence_costs_p", sums->defence_costs_p);
    cd_jsonw_name(w, "succeeded");
    cd_jsonw_bool(w, sums->succeeded);
    cd_jsonw_put_int(w, "contribution_p", sums->contribution_p);
    cd_jsonw_close(w, '}');
}

static void write_no_incident(cd_jsonw_t *w, const cd_found_none_t *found, apr_pool_t *pool)
{
    if (!found->finding) {
        cd_jsonw_null(w);
        return;
    }
    cd_jsonw_open(w, '{');
    cd_jsonw_put_text(w, "finding", cd_token_word(cd_no_incident_findings, found->finding));
    date(w, "on", found->on, pool);
    cd_jsonw_put_text(w, "role", cd_token_word(cd_roles, found->role));
    cd_jsonw_close(w, '}');
}

/* What was asked of the trust, and what it answered, as far as a flag looks at it. */
static void write_round(cd_jsonw_t *w, const cd_flag_input_t *input, apr_pool_t *pool)
{
    date(w, "requested_on", input->requested_on, pool);
    date(w, "due", input->due, pool);
    cd_jsonw_name(w, "none_exists");
    cd_jsonw_bool(w, input->none_exists);
    cd_jsonw_name(w, "asked_rules");
    cd_jsonw_open(w, '[');
    for (const cd_token_t *rule = cd_flag_rules; rule->word; rule++)
        if (input->asked_rules & (1u << rule->value))
            cd_jsonw_text(w, rule->word);
    cd_jsonw_close(w, ']');
    cd_jsonw_name(w, "no_incident");
    write_no_incident(w, &input->no_incident, pool);
}

static void write_records(cd_jsonw_t *w, const cd_flag_record_t *records, int count,
                          apr_pool_t *pool)
{
    cd_jsonw_open(w, '[');
    for (int i = 0; i < count; i++) {
        const cd_record_def_t *def = cd_record_def(records[i].kind);
        cd_jsonw_open(w, '{');
        cd_jsonw_put_text(w, "case", records[i].case_reference);
        cd_jsonw_put_int(w, "seq", records[i].seq);
        cd_jsonw_put_text(w, "kind", def ? def->word : NULL);
        cd_jsonw_put_text(
            w, "happened",
            cd_when_known(records[i].happened) ? cd_when_iso(records[i].happened, pool) : NULL);
        cd_jsonw_close(w, '}');
    }
    cd_jsonw_close(w, ']');
}

static void write_seen(cd_jsonw_t *w, const cd_flag_input_t *input)
{
    cd_jsonw_open(w, '{');
    cd_jsonw_put_int(w, "claim_record", input->claim_record);
    cd_jsonw_name(w, "cases");
    cd_jsonw_open(w, '[');
    for (int i = 0; i < input->seen_count; i++) {
        cd_jsonw_open(w, '{');
        cd_jsonw_put_text(w, "reference", input->seen[i].reference);
        cd_jsonw_put_int(w, "version", input->seen[i].version);
        cd_jsonw_close(w, '}');
    }
    cd_jsonw_close(w, ']');
    cd_jsonw_close(w, '}');
}

const char *cd_flag_inputs_json(const cd_flag_input_t *input, apr_pool_t *pool)
{
    cd_buf_t *buf = cd_buf_make(pool, 4096);
    cd_jsonw_t w;
    cd_jsonw_init(&w, buf, 0);
    cd_jsonw_open(&w, '{');
    cd_jsonw_put_text(&w, "engine", CD_ENGINE_VERSION);
    cd_jsonw_put_text(&w, "organisation", input->org_code);
    cd_jsonw_put_text(&w, "jurisdiction", cd_token_word(cd_jurisdictions, input->jurisdiction));
    cd_jsonw_put_text(&w, "claim_scheme", cd_token_word(cd_claim_schemes, input->claim_scheme));
    date(&w, "as_at", input->as_at, pool);
    write_round(&w, input, pool);
    cd_jsonw_put_text(&w, "division", cd_token_word(cd_divisions, (int)input->cal->division));
    cd_jsonw_put_int(&w, "holidays", input->cal->count);
    cd_jsonw_name(&w, "seen");
    write_seen(&w, input);
    cd_jsonw_name(&w, "scheme");
    cd_scheme_write_settings(&w, input->scheme);
    cd_jsonw_name(&w, "sums");
    write_sums(&w, &input->sums);
    cd_jsonw_put_int(&w, "breaches_before", input->breaches_before);
    cd_jsonw_name(&w, "records");
    write_records(&w, input->records, input->record_count, pool);
    cd_jsonw_name(&w, "cases");
    cd_jsonw_open(&w, '[');
    for (int i = 0; i < input->case_count; i++) {
        cd_jsonw_open(&w, '{');
        cd_jsonw_put_text(&w, "reference", input->cases[i].reference);
        cd_jsonw_name(&w, "evaluation");
        cd_evaluation_write(&w, input->cases[i].eval, pool);
        cd_jsonw_close(&w, '}');
    }
    cd_jsonw_close(&w, ']');
    cd_jsonw_close(&w, '}');
    return buf->data;
}

static const cd_token_t parts[] = {
    { CD_DECIDED, "DECIDED", NULL }, { CD_NEARLY, "NEARLY", NULL },
    { CD_LATE_NOT_COUNTED, "LATE_NOT_COUNTED", NULL }, { CD_REST, "REST", NULL }, { 0, NULL, NULL }
};

static void write_reason(cd_jsonw_t *w, const cd_reason_t *reason, apr_pool_t *pool)
{
    cd_jsonw_open(w, '{');
    cd_jsonw_put_text(w, "part", cd_token_word(parts, (int)reason->part));
    cd_jsonw_put_text(w, "case", reason->case_reference);
    cd_jsonw_name(w, "material");
    cd_jsonw_bool(w, reason->material);
    cd_jsonw_name(w, "result");
    cd_result_write(w, reason->result, pool);
    cd_jsonw_close(w, '}');
}

/* What the scheme was asked with: what the rules made of the claim's sums. */
static void write_counted(cd_jsonw_t *w, const cd_scheme_input_t *counted)
{
    cd_jsonw_open(w, '{');
    cd_jsonw_put_int(w, "breach_number", counted->breach_number);
    cd_jsonw_put_int(w, "units", counted->units);
    cd_jsonw_put_int(w, "incidents", counted->incidents);
    cd_jsonw_put_text(w, "severity", cd_token_word(cd_severities, counted->severity));
    cd_jsonw_put_text(w, "extent", cd_token_word(cd_extents, counted->extent));
    cd_jsonw_close(w, '}');
}

static void write_whatif(cd_jsonw_t *w, const cd_whatif_t *what)
{
    cd_jsonw_open(w, '{');
    cd_jsonw_put_text(w, "if", cd_token_word(cd_ifs, (int)what->kind));
    cd_jsonw_put_text(w, "rules", what->rules);
    cd_jsonw_put_text(w, "lead", what->lead);
    cd_jsonw_put_text(w, "state", cd_token_word(cd_flag_states, (int)what->state));
    cd_jsonw_put_int(w, "indicated_p", what->indicated_p);
    cd_jsonw_put_int(w, "would_be_p", what->would_be_p);
    cd_jsonw_put_text(w, "sentence", what->sentence);
    cd_jsonw_close(w, '}');
}

static void write_working(cd_jsonw_t *w, const cd_scheme_result_t *sum)
{
    cd_jsonw_open(w, '[');
    for (int i = 0; i < sum->line_count; i++) {
        cd_jsonw_open(w, '{');
        cd_jsonw_put_text(w, "text", sum->lines[i].text);
        cd_jsonw_put_int(w, "amount_p", sum->lines[i].amount_p);
        cd_jsonw_name(w, "no_change");
        cd_jsonw_bool(w, sum->lines[i].no_change);
        cd_jsonw_close(w, '}');
    }
    cd_jsonw_close(w, ']');
}

void cd_flag_write(cd_jsonw_t *w, const cd_flag_t *flag, apr_pool_t *pool)
{
    cd_jsonw_open(w, '{');
    cd_jsonw_put_text(w, "state", cd_token_word(cd_flag_states, (int)flag->state));
    cd_jsonw_put_text(w, "verdict", flag->verdict);
    cd_jsonw_put_int(w, "indicated_p", flag->indicated_p);
    cd_jsonw_put_int(w, "would_be_p", flag->sum.would_be_p);
    cd_jsonw_put_int(w, "basis_p", flag->sum.basis_p);
    cd_jsonw_name(w, "exceeds_basis");
    cd_jsonw_bool(w, flag->sum.exceeds_basis);
    cd_jsonw_put_int(w, "missing", flag->missing);
    date(w, "answer_by", flag->answer_by, pool);
    cd_jsonw_name(w, "counted");
    write_counted(w, &flag->counted);
    cd_jsonw_name(w, "working");
    write_working(w, &flag->sum);
    cd_jsonw_name(w, "reasons");
    cd_jsonw_open(w, '[');
    for (int i = 0; i < flag->reason_count; i++)
        write_reason(w, &flag->reasons[i], pool);
    cd_jsonw_close(w, ']');
    cd_jsonw_name(w, "records");
    write_records(w, flag->records, flag->record_count, pool);
    cd_jsonw_name(w, "what_would_change_it");
    cd_jsonw_open(w, '[');
    for (int i = 0; i < flag->whatif_count; i++)
        write_whatif(w, &flag->whatifs[i]);
    cd_jsonw_close(w, ']');
    cd_jsonw_close(w, '}');
}

const char *cd_flag_json(const cd_flag_t *flag, apr_pool_t *pool)
{
    cd_buf_t *buf = cd_buf_make(pool, 4096);
    cd_jsonw_t w;
    cd_jsonw_init(&w, buf, 0);
    cd_flag_write(&w, flag, pool);
    return buf->data;
}
