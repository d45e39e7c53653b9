/* liability_json.c: a flag's inputs and its answer as canonical JSON: one way to write them, so that a
 * replay can be compared byte for byte. Holds no text about a person. */
#include "domain/eval_json.h"
#include "domain/liability.h"

static void date(cd_jsonw_t *w, const char *name, cd_date_t on, apr_pool_t *pool)
{
    cd_jsonw_name(w, name);
    cd_jsonw_text(w, on ? cd_date_iso(on, pool) : NULL);
}

static void text(cd_jsonw_t *w, const char *name, const char *value)
{
    cd_jsonw_name(w, name);
    cd_jsonw_text(w, value);
}

static void number(cd_jsonw_t *w, const char *name, apr_int64_t value)
{
    cd_jsonw_name(w, name);
    cd_jsonw_int(w, value);
}

static void write_sums(cd_jsonw_t *w, const cd_scheme_input_t *sums)
{
    cd_jsonw_open(w, '{');
    number(w, "damages_p", sums->damages_p);
    number(w, "ppo_capital_p", sums->ppo_capital_p);
    number(w, "claimant_costs_p", sums->claimant_costs_p);
    number(w, "defence_costs_p", sums->defence_costs_p);
    cd_jsonw_name(w, "succeeded");
    cd_jsonw_bool(w, sums->succeeded);
    number(w, "breach_number", sums->breach_number);
    cd_jsonw_close(w, '}');
}

static void write_seen(cd_jsonw_t *w, const cd_flag_input_t *input)
{
    cd_jsonw_open(w, '{');
    number(w, "claim_record", input->claim_record);
    cd_jsonw_name(w, "cases");
    cd_jsonw_open(w, '[');
    for (int i = 0; i < input->seen_count; i++) {
        cd_jsonw_open(w, '{');
        text(w, "reference", input->seen[i].reference);
        number(w, "version", input->seen[i].version);
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
    text(&w, "engine", CD_ENGINE_VERSION);
    text(&w, "organisation", input->org_code);
    text(&w, "jurisdiction", cd_token_word(cd_jurisdictions, input->jurisdiction));
    text(&w, "claim_scheme", cd_token_word(cd_claim_schemes, input->claim_scheme));
    date(&w, "as_at", input->as_at, pool);
    date(&w, "requested_on", input->requested_on, pool);
    text(&w, "division", cd_token_word(cd_divisions, (int)input->cal->division));
    number(&w, "holidays", input->cal->count);
    cd_jsonw_name(&w, "seen");
    write_seen(&w, input);
    cd_jsonw_name(&w, "scheme");
    cd_scheme_write(&w, input->scheme);
    cd_jsonw_name(&w, "sums");
    write_sums(&w, &input->sums);
    cd_jsonw_name(&w, "cases");
    cd_jsonw_open(&w, '[');
    for (int i = 0; i < input->case_count; i++) {
        cd_jsonw_open(&w, '{');
        text(&w, "reference", input->cases[i].reference);
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
    text(w, "part", cd_token_word(parts, (int)reason->part));
    text(w, "case", reason->case_reference);
    cd_jsonw_name(w, "material");
    cd_jsonw_bool(w, reason->material);
    cd_jsonw_name(w, "result");
    cd_result_write(w, reason->result, pool);
    cd_jsonw_close(w, '}');
}

static void write_records(cd_jsonw_t *w, const cd_flag_t *flag, apr_pool_t *pool)
{
    cd_jsonw_open(w, '[');
    for (int i = 0; i < flag->record_count; i++) {
        const cd_flag_record_t *record = &flag->records[i];
        const cd_record_def_t *def = cd_record_def(record->kind);
        cd_jsonw_open(w, '{');
        text(w, "case", record->case_reference);
        number(w, "seq", record->seq);
        text(w, "kind", def ? def->word : NULL);
        text(w, "happened", cd_when_known(record->happened) ? cd_when_iso(record->happened, pool) : NULL);
        cd_jsonw_close(w, '}');
    }
    cd_jsonw_close(w, ']');
}

static void write_working(cd_jsonw_t *w, const cd_scheme_result_t *sum)
{
    cd_jsonw_open(w, '[');
    for (int i = 0; i < sum->line_count; i++) {
        cd_jsonw_open(w, '{');
        text(w, "text", sum->lines[i].text);
        number(w, "amount_p", sum->lines[i].amount_p);
        cd_jsonw_name(w, "no_change");
        cd_jsonw_bool(w, sum->lines[i].no_change);
        cd_jsonw_close(w, '}');
    }
    cd_jsonw_close(w, ']');
}

void cd_flag_write(cd_jsonw_t *w, const cd_flag_t *flag, apr_pool_t *pool)
{
    cd_jsonw_open(w, '{');
    text(w, "state", cd_token_word(cd_flag_states, (int)flag->state));
    text(w, "verdict", flag->verdict);
    number(w, "indicated_p", flag->indicated_p);
    number(w, "would_be_p", flag->sum.would_be_p);
    number(w, "basis_p", flag->sum.basis_p);
    cd_jsonw_name(w, "exceeds_basis");
    cd_jsonw_bool(w, flag->sum.exceeds_basis);
    number(w, "missing", flag->missing);
    date(w, "answer_by", flag->answer_by, pool);
    cd_jsonw_name(w, "working");
    write_working(w, &flag->sum);
    cd_jsonw_name(w, "reasons");
    cd_jsonw_open(w, '[');
    for (int i = 0; i < flag->reason_count; i++)
        write_reason(w, &flag->reasons[i], pool);
    cd_jsonw_close(w, ']');
    cd_jsonw_name(w, "records");
    write_records(w, flag, pool);
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
