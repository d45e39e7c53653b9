/* report_json.c: a report as canonical JSON, and a kept one read back.
 *
 * Facts for machines first, then the document as people read it: what is kept is what was said. The
 * reader takes the document alone and refuses what the writer does not write. */
#include <string.h>

#include <apr_strings.h>

#include "base/json.h"
#include "domain/eval_json.h"
#include "domain/report_make.h"

static const cd_token_t kinds[] = {
    { CD_REPORT_TEXT, "text", NULL }, { CD_REPORT_LIST, "list", NULL }, { CD_REPORT_PAIRS, "pairs",
      NULL },
    { CD_REPORT_TABLE, "table", NULL }, { CD_REPORT_BOX, "box", NULL }, { CD_REPORT_QUOTE, "quote",
      NULL },
    { 0, NULL, NULL }
};
static const cd_token_t parts[] = {
    { CD_DECIDED, "DECIDED", NULL }, { CD_NEARLY, "NEARLY", NULL },
    { CD_LATE_NOT_COUNTED, "LATE_NOT_COUNTED", NULL }, { CD_REST, "REST", NULL }, { 0, NULL, NULL }
};

static void flag(cd_jsonw_t *w, const char *name, int value)
{
    cd_jsonw_name(w, name);
    cd_jsonw_bool(w, value);
}

static void date(cd_jsonw_t *w, const char *name, cd_date_t on)
{
    cd_jsonw_put_text(w, name, on ? cd_date_iso(on, w->buf->pool) : NULL);
}

static void begin(cd_jsonw_t *w, const char *name, char bracket)
{
    cd_jsonw_name(w, name);
    cd_jsonw_open(w, bracket);
}

/* ---- facts ---- */

static void write_decision(cd_jsonw_t *w, const cd_report_facts_t *f)
{
    const cd_record_t *second = f->stand->confirmation;

    begin(w, "decision", '{');
    cd_jsonw_put_int(w, "number", f->decision_seq);
    cd_jsonw_put_text(w, "outcome", cd_token_word(cd_decision_outcomes, f->decision.outcome));
    cd_jsonw_put_int(w, "amount_p", f->decision.amount_p);
    cd_jsonw_put_int(w, "most_p", f->flag->indicated_p);
    cd_jsonw_put_text(w, "decided_by", f->decided_by);
    cd_jsonw_put_text(w, "role", cd_token_word(cd_roles, f->decided_role));
    date(w, "decided_on", f->decided_on);
    cd_jsonw_put_text(w, "reasons", f->decision.reasons);
    cd_jsonw_put_text(w, "evidence_seen", f->decision.evidence_seen);
    cd_jsonw_put_int(w, "confirm_above_p", f->scheme ? f->scheme->confirm_above_p : 0);
    cd_jsonw_put_text(w, "second_person", second ? second->recorded_by_name : NULL);
    cd_jsonw_put_text(w, "standing", cd_token_word(cd_standings, (int)f->stand->standing));
    cd_jsonw_put_int(w, "amount_standing_p", f->stand->amount_p);
    cd_jsonw_close(w, '}');
}

static void write_claimant(cd_jsonw_t *w, const cd_payable_t *payable)
{
    begin(w, "claimant", '{');
    cd_jsonw_put_int(w, "payable_p", payable->total_p);
    cd_jsonw_put_int(w, "damages_p", payable->damages_p);
    cd_jsonw_put_int(w, "costs_p", payable->costs_p);
    flag(w, "agreed", payable->agreed);
    flag(w, "changed_by_this_decision", 0);
    cd_jsonw_close(w, '}');
}

static void write_flag(cd_jsonw_t *w, const cd_report_facts_t *f)
{
    const cd_scheme_result_t *sum = &f->flag->sum;

    begin(w, "flag", '{');
    cd_jsonw_put_int(w, "number", f->flag_seq);
    date(w, "computed_on", f->computed_on);
    cd_jsonw_put_text(w, "state", cd_token_word(cd_flag_states, (int)f->flag->state));
    cd_jsonw_put_text(w, "verdict", f->flag->verdict);
    cd_jsonw_put_text(w, "engine", f->engine);
    cd_jsonw_put_text(w, "inputs_sha256", f->inputs_hash);
    cd_jsonw_put_text(w, "policies", f->policies);
    cd_jsonw_put_int(w, "breach_number", f->breach_number);
    cd_jsonw_put_int(w, "indicated_p", f->flag->indicated_p);
    cd_jsonw_put_int(w, "would_be_p", sum->would_be_p);
    cd_jsonw_put_int(w, "basis_p", sum->basis_p);
    begin(w, "working", '[');
    for (int i = 0; i < sum->line_count; i++) {
        cd_jsonw_open(w, '{');
        cd_jsonw_put_text(w, "text", sum->lines[i].text);
        cd_jsonw_put_int(w, "amount_p", sum->lines[i].amount_p);
        flag(w, "no_change", sum->lines[i].no_change);
        cd_jsonw_close(w, '}');
    }
    cd_jsonw_close(w, ']');
    cd_jsonw_close(w, '}');
}

static void write_evidence(cd_jsonw_t *w, const cd_report_facts_t *f, const cd_reason_t *reason)
{
    const cd_result_t *result = reason->result;

    begin(w, "evidence", '[');
    for (int i = 0; i < f->flag->record_count; i++)
        for (int k = 0; k < result->evidence_count; k++) {
            const cd_flag_record_t *record = &f->flag->records[i];
            const cd_record_def_t *def = cd_record_def(record->kind);

            if (record->seq != result->evidence[k]
                || strcmp(record->case_reference, reason->case_reference))
                continue;
            cd_jsonw_open(w, '{');
            cd_jsonw_put_int(w, "entry", record->seq);
            cd_jsonw_put_text(w, "kind", def ? def->word : NULL);
            cd_jsonw_put_text(w, "happened",
                              cd_when_known(record->happened)
                                  ? cd_when_iso(record->happened, w->buf->pool)
                                  : NULL);
            cd_jsonw_close(w, '}');
        }
    cd_jsonw_close(w, ']');
}

static void write_rules(cd_jsonw_t *w, const cd_report_facts_t *f)
{
    apr_pool_t *pool = w->buf->pool;

    begin(w, "rules", '[');
    for (int i = 0; i < f->flag->reason_count; i++) {
        const cd_reason_t *reason = &f->flag->reasons[i];
        const cd_result_t *result = reason->result;

        cd_jsonw_open(w, '{');
        cd_jsonw_put_text(w, "rule", result->rule->code);
        cd_jsonw_put_text(w, "name", result->rule->name);
        cd_jsonw_put_text(w, "case", reason->case_reference);
        cd_jsonw_put_text(w, "part", cd_token_word(parts, (int)reason->part));
        flag(w, "material", reason->material);
        flag(w, "relied_on", cd_rep_relied(f, reason, pool));
        cd_jsonw_put_text(w, "status", cd_token_word(cd_statuses, (int)result->status));
        cd_jsonw_put_text(w, "sentence", cd_rep_stop(result->sentence, pool));
        cd_jsonw_put_text(w, "law", result->rule->citation);
        cd_jsonw_put_text(w, "instrument", result->rule->instrument);
        cd_jsonw_put_text(w, "met",
                          cd_when_known(result->met_on) ? cd_when_iso(result->met_on, pool) : NULL);
        write_evidence(w, f, reason);
        cd_jsonw_close(w, '}');
    }
    cd_jsonw_close(w, ']');
}

static void write_acts(cd_jsonw_t *w, const cd_report_facts_t *f)
{
    int count;
    const cd_report_act_t *acts = cd_rep_acts(&count, f, w->buf->pool);

    begin(w, "people", '[');
    for (int i = 0; i < count; i++) {
        cd_jsonw_open(w, '{');
        cd_jsonw_put_text(w, "did", acts[i].word);
        cd_jsonw_put_text(w, "name", acts[i].name);
        cd_jsonw_put_text(w, "role", cd_token_word(cd_roles, acts[i].role));
        date(w, "on", acts[i].on);
        cd_jsonw_close(w, '}');
    }
    cd_jsonw_close(w, ']');
}

static void write_told(cd_jsonw_t *w, const cd_report_facts_t *f)
{
    const cd_told_t *told = f->told ? f->told->body : NULL;

    cd_jsonw_name(w, "told");
    if (!told) {
        cd_jsonw_null(w);
        return;
    }
    cd_jsonw_open(w, '{');
    cd_jsonw_put_text(w, "on",
                      cd_when_known(told->on) ? cd_when_iso(told->on, w->buf->pool) : NULL);
    cd_jsonw_put_text(w, "by", f->told->recorded_by_name);
    cd_jsonw_put_text(w, "mode", cd_token_word(cd_modes, told->mode));
    date(w, "review_by", told->review_by);
    cd_jsonw_close(w, '}');
}

static void write_scheme(cd_jsonw_t *w, const cd_report_facts_t *f)
{
    begin(w, "scheme", '{');
    cd_jsonw_put_text(w, "code", f->scheme_code);
    cd_jsonw_put_int(w, "version", f->scheme_version);
    cd_jsonw_name(w, "settings");
    if (f->scheme)
        cd_scheme_write(w, f->scheme);
    else
        cd_jsonw_null(w);
    cd_jsonw_close(w, '}');
}

/* ---- the document ---- */

static void write_block(cd_jsonw_t *w, const cd_report_block_t *block)
{
    cd_jsonw_open(w, '{');
    cd_jsonw_put_text(w, "kind", cd_token_word(kinds, block->kind));
    cd_jsonw_put_text(w, "caption", block->caption);
    cd_jsonw_put_int(w, "columns", block->columns);
    flag(w, "numeric", block->numeric);
    begin(w, "cells", '[');
    for (int i = 0; i < block->rows * block->columns; i++)
        cd_jsonw_text(w, block->cells[i]);
    cd_jsonw_close(w, ']');
    cd_jsonw_close(w, '}');
}

static void write_document(cd_jsonw_t *w, const cd_report_t *report)
{
    begin(w, "document", '{');
    cd_jsonw_put_text(w, "title", report->title);
    cd_jsonw_put_text(w, "summary", report->summary);
    begin(w, "sections", '[');
    for (int i = 0; i < report->section_count; i++) {
        const cd_report_section_t *section = &report->sections[i];

        cd_jsonw_open(w, '{');
        cd_jsonw_put_text(w, "id", section->id);
        cd_jsonw_put_text(w, "heading", section->heading);
        begin(w, "blocks", '[');
        for (int k = 0; k < section->block_count; k++)
            write_block(w, &section->blocks[k]);
        cd_jsonw_close(w, ']');
        cd_jsonw_close(w, '}');
    }
    cd_jsonw_close(w, ']');
    cd_jsonw_close(w, '}');
}

const char *cd_report_json(const cd_report_t *report, const cd_report_facts_t *f, apr_pool_t *pool)
{
    cd_buf_t *buf = cd_buf_make(pool, 16384);
    cd_jsonw_t w;

    cd_jsonw_init(&w, buf, 0);
    cd_jsonw_open(&w, '{');
    cd_jsonw_put_text(&w, "kind", "decision-report");
    cd_jsonw_put_int(&w, "format", CD_REPORT_FORMAT);
    cd_jsonw_put_text(&w, "reference", report->reference);
    begin(&w, "trust", '{');
    cd_jsonw_put_text(&w, "code", report->org_code);
    cd_jsonw_put_text(&w, "name", report->org_name);
    cd_jsonw_put_int(&w, "share_bp", f->share_bp);
    cd_jsonw_close(&w, '}');
    write_decision(&w, f);
    write_claimant(&w, f->payable);
    write_flag(&w, f);
    write_rules(&w, f);
    write_scheme(&w, f);
    write_acts(&w, f);
    write_told(&w, f);
    begin(&w, "audit", '{');
    cd_jsonw_put_int(&w, "entry", f->audit_seq);
    cd_jsonw_put_text(&w, "sha256", f->audit_hash);
    cd_jsonw_close(&w, '}');
    write_document(&w, report);
    cd_jsonw_close(&w, '}');
    return buf->data;
}

/* ---- a kept one ---- */

static const char *string_at(const json_t *object, const char *name, apr_pool_t *pool)
{
    const json_t *value = json_object_get(object, name);

    return json_is_string(value) ? apr_pstrdup(pool, json_string_value(value)) : NULL;
}

static int int_at(const json_t *object, const char *name)
{
    const json_t *value = json_object_get(object, name);
    const json_int_t number = json_is_integer(value) ? json_integer_value(value) : -1;

    return number < 0 || number > 1000000 ? -1 : (int)number;
}

static int read_block(cd_report_block_t *out, const json_t *block, apr_pool_t *pool)
{
    const char *kind = string_at(block, "kind", pool);
    const json_t *cells = json_object_get(block, "cells");
    const int count = (int)json_array_size(cells);

    out->kind = kind ? cd_token_strict(kinds, kind) : 0;
    out->caption = string_at(block, "caption", pool);
    out->columns = int_at(block, "columns");
    out->numeric = json_is_true(json_object_get(block, "numeric"));
    if (!out->kind || out->columns < 1 || count % out->columns)
        return 0;
    out->rows = count / out->columns;
    out->cells = apr_pcalloc(pool, sizeof(*out->cells) * ((apr_size_t)count + 1));
    for (int i = 0; i < count; i++) {
        const char *cell = json_string_value(json_array_get(cells, (size_t)i));

        if (!cell)
            return 0;
        out->cells[i] = apr_pstrdup(pool, cell);
    }
    return 1;
}

static int read_section(cd_report_section_t *out, const json_t *section, apr_pool_t *pool)
{
    const json_t *blocks = json_object_get(section, "blocks");

    out->id = string_at(section, "id", pool);
    out->heading = string_at(section, "heading", pool);
    out->block_count = (int)json_array_size(blocks);
    out->blocks = apr_pcalloc(pool, sizeof(*out->blocks) * ((apr_size_t)out->block_count + 1));
    for (int i = 0; i < out->block_count; i++)
        if (!read_block(&out->blocks[i], json_array_get(blocks, (size_t)i), pool))
            return 0;
    return out->id && out->heading;
}

static int read_all(cd_report_t *out, const json_t *json, apr_pool_t *pool)
{
    const json_t *document = json_object_get(json, "document"),
                 *trust = json_object_get(json, "trust");
    const json_t *sections = json_object_get(document, "sections");

    if (int_at(json, "format") != CD_REPORT_FORMAT)
        return 0;
    out->reference = string_at(json, "reference", pool);
    out->org_code = string_at(trust, "code", pool);
    out->org_name = string_at(trust, "name", pool);
    out->decision_seq = int_at(json_object_get(json, "decision"), "number");
    out->title = string_at(document, "title", pool);
    out->summary = string_at(document, "summary", pool);
    out->section_count = (int)json_array_size(sections);
    out->sections =
        apr_pcalloc(pool, sizeof(*out->sections) * ((apr_size_t)out->section_count + 1));
    for (int i = 0; i < out->section_count; i++)
        if (!read_section(&out->sections[i], json_array_get(sections, (size_t)i), pool))
            return 0;
    return out->reference && out->org_code && out->org_name && out->title && out->summary
           && out->decision_seq > 0;
}

cd_err_t *cd_report_read(cd_report_t **out, const char *json, apr_size_t len, apr_pool_t *pool)
{
    cd_report_t *report = apr_pcalloc(pool, sizeof(*report));
    json_t *tree;
    cd_err_t *err = cd_json_read(&tree, json, len, pool);

    if (err || !read_all(report, tree, pool))
        return cd_err(pool, CD_E_TAMPERED, NULL, "a kept report is not what the program writes");
    *out = report;
    return NULL;
}
