/* flag_read.c: a stored flag, read back: its answer for its page, its inputs for a replay.
 *
 * What a flag said stays as it was said: words, law and dates come from what is stored, never from
 * today's tables. tests/unit/test_flag_read.c and test_replay.c hold this against what the domain
 * writes. */
#include <string.h>

#include <apr_strings.h>

#include "base/json.h"
#include "domain/flag_weigh.h"

static const cd_token_t parts[] = {
    { CD_DECIDED, "DECIDED", NULL }, { CD_NEARLY, "NEARLY", NULL },
    { CD_LATE_NOT_COUNTED, "LATE_NOT_COUNTED", NULL }, { CD_REST, "REST", NULL }, { 0, NULL, NULL }
};
static const cd_token_t whys[] = {
    { CD_WHY_NOT_DONE, "NOT_DONE", NULL }, { CD_WHY_NO_PROOF, "NO_PROOF", NULL },
    { CD_WHY_JUDGE, "JUDGE", NULL }, { CD_WHY_NOT_KNOWN, "NOT_KNOWN", NULL }, { 0, NULL, NULL }
};

static const cd_token_t gates[] = {
    { CD_GATE_OPINION, "OPINION", NULL }, { CD_GATE_OPINIONS, "OPINIONS", NULL },
    { CD_GATE_BEGINNING, "BEGINNING", NULL }, { 0, NULL, NULL }
};

typedef struct reader_t {
    apr_pool_t *pool;
    const char *bad;                     /* first member that was not as written, or NULL */
} reader_t;

/* Text of a member; NULL for null. Anything else is remembered as bad. */
static const char *text(reader_t *r, const json_t *object, const char *name)
{
    const json_t *value = json_object_get(object, name);

    if (json_is_string(value))
        return apr_pstrdup(r->pool, json_string_value(value));
    if (!json_is_null(value) && !r->bad)
        r->bad = name;
    return NULL;
}

static apr_int64_t number(reader_t *r, const json_t *object, const char *name)
{
    const json_t *value = json_object_get(object, name);

    if (!json_is_integer(value) && !r->bad)
        r->bad = name;
    return json_integer_value(value);
}

static int truth(reader_t *r, const json_t *object, const char *name)
{
    const json_t *value = json_object_get(object, name);

    if (!json_is_boolean(value) && !r->bad)
        r->bad = name;
    return json_is_true(value);
}

/* Value of a word that must be in the list; 0 only for null. */
static int token(reader_t *r, const json_t *object, const char *name, const cd_token_t *list)
{
    const char *word = text(r, object, name);
    int value = word ? cd_token_strict(list, word) : 0;

    if (word && !value && !r->bad)
        r->bad = name;
    return value;
}

static cd_date_t day(reader_t *r, const json_t *object, const char *name)
{
    const char *iso = text(r, object, name);
    cd_date_t date = iso ? cd_date_parse(iso) : CD_NO_DATE;

    if (iso && !date && !r->bad)
        r->bad = name;
    return date;
}

static size_t list_length(reader_t *r, const json_t *list, const char *name, size_t max)
{
    size_t length = json_array_size(list);

    if ((!json_is_array(list) || length > max) && !r->bad)
        r->bad = name;
    return length > max ? max : length;
}

/* The rule as it was called then; its place among the others is looked up in today's tables. */
static const cd_rule_t *rule_read(reader_t *r, const json_t *object)
{
    cd_rule_t *rule = apr_pcalloc(r->pool, sizeof(*rule));
    const cd_rule_t *today;

    rule->code = text(r, object, "rule");
    today = cd_rule_by_code(rule->code);
    if (today) {
        rule->number = today->number;
        rule->group = today->group;
        rule->parts = today->parts;
    }
    rule->name = text(r, object, "name");
    rule->citation = text(r, object, "law");
    rule->instrument = text(r, object, "instrument");
    rule->weight = (cd_weight_t)token(r, object, "weight", cd_weights);
    if (!rule->code && !r->bad)
        r->bad = "rule";
    return rule;
}

static void dues_read(reader_t *r, cd_result_t *result, const json_t *object)
{
    const json_t *list = json_object_get(object, "due");
    size_t i, length = list_length(r, list, "due", CD_RESULT_DUES);

    for (i = 0; i < length; i++) {
        const json_t *due = json_array_get(list, i);

        result->dues[i].kind = (cd_due_kind_t)token(r, due, "kind", cd_due_kinds);
        result->dues[i].on = day(r, due, "on");
        result->dues[i].how = text(r, due, "how");
        result->dues[i].from = day(r, due, "from");
    }
    result->due_count = (int)length;
}

static void late_read(reader_t *r, cd_result_t *result, const json_t *object)
{
    const json_t *late = json_object_get(object, "days_late");

    result->late_wd_min = (int)number(r, late, "min_wd");
    result->late_wd_max = (int)number(r, late, "max_wd");
    result->late_against = token(r, late, "against", cd_due_kinds);
}

static void person_read(reader_t *r, cd_result_t *result, const json_t *object)
{
    const json_t *person = json_object_get(object, "by_person");
    const cd_record_def_t *def;
    const char *kind;

    if (json_is_null(person))
        return;
    result->by_person = (int)number(r, person, "record");
    result->by_finder = token(r, person, "finder", cd_finders);
    if (json_object_get(person, "role"))           /* not in what the first version wrote */
        result->by_role = token(r, person, "role", cd_roles);
    kind = text(r, person, "kind");
    def = kind ? cd_record_def_by_word(CD_FILE_CASE, kind) : NULL;
    if (def)
        result->by_kind = (int)def->kind;
    else if (!r->bad)
        r->bad = "by_person";
}

static cd_result_t *result_read(reader_t *r, const json_t *object)
{
    cd_result_t *result = apr_pcalloc(r->pool, sizeof(*result));
    const json_t *evidence = json_object_get(object, "evidence");
    const char *met = text(r, object, "met");
    size_t i, length = list_length(r, evidence, "evidence", CD_RESULT_EVIDENCE);

    result->rule = rule_read(r, object);
    result->status = (cd_status_t)token(r, object, "status", cd_statuses);
    result->why = (cd_why_t)token(r, object, "why", whys);
    dues_read(r, result, object);
    if (met && !cd_when_parse(&result->met_on, met) && !r->bad)
        r->bad = "met";
    late_read(r, result, object);
    result->words = text(r, object, "words");
    result->sentence = text(r, object, "sentence");
    for (i = 0; i < length; i++)
        result->evidence[i] = (int)json_integer_value(json_array_get(evidence, i));
    result->evidence_count = (int)length;
    person_read(r, result, object);
    if (json_object_get(object, "gate"))
        result->gate = (cd_gate_t)token(r, object, "gate", gates);
    return result;
}

#define REASONS_MAX 256

static void reasons_read(reader_t *r, cd_flag_t *flag, const json_t *object)
{
    const json_t *list = json_object_get(object, "reasons");
    size_t i, length = list_length(r, list, "reasons", REASONS_MAX);

    flag->reasons = apr_pcalloc(r->pool, sizeof(*flag->reasons) * (length + 1));
    flag->reason_count = (int)length;
    for (i = 0; i < length; i++) {
        const json_t *reason = json_array_get(list, i);

        flag->reasons[i].part = (cd_reason_part_t)token(r, reason, "part", parts);
        flag->reasons[i].case_reference = text(r, reason, "case");
        flag->reasons[i].material = truth(r, reason, "material");
        flag->reasons[i].result = result_read(r, json_object_get(reason, "result"));
    }
}

/* Not in what the first version wrote. */
static cd_flag_record_t *records_read(reader_t *r, int *count_out, const json_t *object)
{
    const json_t *list = json_object_get(object, "records");
    size_t i, length = list ? list_length(r, list, "records", REASONS_MAX * CD_RESULT_EVIDENCE) : 0;
    cd_flag_record_t *records = apr_pcalloc(r->pool, sizeof(*records) * (length + 1));

    for (i = 0; i < length; i++) {
        const json_t *one = json_array_get(list, i);
        const char *kind = text(r, one, "kind"), *happened = text(r, one, "happened");
        const cd_record_def_t *def = kind ? cd_record_def_by_word(CD_FILE_CASE, kind) : NULL;

        records[i].case_reference = text(r, one, "case");
        records[i].seq = (int)number(r, one, "seq");
        if ((!def || !records[i].case_reference
             || (happened && !cd_when_parse(&records[i].happened, happened)))
            && !r->bad)
            r->bad = "records";
        records[i].kind = def ? def->kind : (cd_record_kind_t)0;
    }
    *count_out = (int)length;
    return records;
}

static void working_read(reader_t *r, cd_scheme_result_t *sum, const json_t *object)
{
    const json_t *list = json_object_get(object, "working");
    size_t i, length = list_length(r, list, "working", CD_WORKING_LINES);

    for (i = 0; i < length; i++) {
        const json_t *line = json_array_get(list, i);

        sum->lines[i].text = text(r, line, "text");
        sum->lines[i].amount_p = number(r, line, "amount_p");
        sum->lines[i].no_change = truth(r, line, "no_change");
    }
    sum->line_count = (int)length;
}

/* Neither this nor what would change it is in what the first versions wrote. */
static void counted_read(reader_t *r, cd_scheme_input_t *counted, const json_t *object)
{
    const json_t *map = json_object_get(object, "counted");

    if (!map)
        return;
    counted->breach_number = (int)number(r, map, "breach_number");
    counted->units = (int)number(r, map, "units");
    counted->incidents = (int)number(r, map, "incidents");
    counted->severity = token(r, map, "severity", cd_severities);
    counted->extent = token(r, map, "extent", cd_extents);
}

static void whatifs_read(reader_t *r, cd_flag_t *flag, const json_t *object)
{
    const json_t *list = json_object_get(object, "what_would_change_it");
    size_t i, length = list ? list_length(r, list, "what_would_change_it", 2 * REASONS_MAX) : 0;

    flag->whatifs = apr_pcalloc(r->pool, sizeof(*flag->whatifs) * (length + 1));
    flag->whatif_count = (int)length;
    for (i = 0; i < length; i++) {
        const json_t *one = json_array_get(list, i);
        cd_whatif_t *what = &flag->whatifs[i];

        what->kind = (cd_if_t)token(r, one, "if", cd_ifs);
        what->rules = text(r, one, "rules");
        what->lead = text(r, one, "lead");
        what->state = (cd_flag_state_t)token(r, one, "state", cd_flag_states);
        what->indicated_p = number(r, one, "indicated_p");
        what->would_be_p = number(r, one, "would_be_p");
        what->sentence = text(r, one, "sentence");
    }
}

cd_err_t *cd_flag_read(cd_flag_t **out, const char *json, apr_pool_t *pool)
{
    reader_t r = { pool, NULL };
    cd_flag_t *flag = apr_pcalloc(pool, sizeof(*flag));
    json_t *object;

    CD_ERR(cd_json_read(&object, json, strlen(json), pool));
    flag->state = (cd_flag_state_t)token(&r, object, "state", cd_flag_states);
    flag->verdict = text(&r, object, "verdict");
    flag->indicated_p = number(&r, object, "indicated_p");
    flag->sum.indicated_p = flag->indicated_p;
    flag->sum.would_be_p = number(&r, object, "would_be_p");
    flag->sum.basis_p = number(&r, object, "basis_p");
    flag->sum.exceeds_basis = truth(&r, object, "exceeds_basis");
    flag->missing = (int)number(&r, object, "missing");
    flag->answer_by = day(&r, object, "answer_by");
    working_read(&r, &flag->sum, object);
    reasons_read(&r, flag, object);
    flag->records = records_read(&r, &flag->record_count, object);
    counted_read(&r, &flag->counted, object);
    whatifs_read(&r, flag, object);
    if (!flag->state && !r.bad)
        r.bad = "state";
    if (r.bad)
        return cd_err(pool, CD_E_TAMPERED, NULL,
                      "a stored flag: member %s is not as it was written", r.bad);
    *out = flag;
    return NULL;
}

/* ---- inputs ------------------------------------------------------------- */

static void evaluation_read(reader_t *r, cd_flag_case_t *one, const json_t *object)
{
    const json_t *map = json_object_get(object, "evaluation"),
                 *list = json_object_get(map, "results");
    const json_t *notifiable = json_object_get(map, "notifiable");
    const char *code = text(r, map, "policy"), *aware = text(r, map, "aware");
    cd_evaluation_t *eval = apr_pcalloc(r->pool, sizeof(*eval));
    size_t i, length = list_length(r, list, "results", REASONS_MAX / CD_PARTY_CASES_MAX);

    one->reference = text(r, object, "reference");
    eval->policy = code ? cd_policy_version(code, (int)number(r, map, "policy_version")) : NULL;
    if ((!eval->policy || !one->reference) && !r->bad)
        r->bad = "policy";
    eval->as_at = day(r, map, "as_at");
    eval->notifiable = json_is_null(notifiable)   ? CD_UNSAID
                       : json_is_true(notifiable) ? CD_YES
                                                  : CD_NO;
    if (aware && !cd_when_parse(&eval->aware, aware) && !r->bad)
        r->bad = "aware";
    eval->results = apr_pcalloc(r->pool, sizeof(*eval->results) * (length + 1));
    eval->count = (int)length;
    for (i = 0; i < length; i++)
        eval->results[i] = *result_read(r, json_array_get(list, i));
    one->eval = eval;
}

static void cases_read(reader_t *r, cd_flag_input_t *input, const json_t *object)
{
    const json_t *list = json_object_get(object, "cases");
    size_t i, length = list_length(r, list, "cases", CD_PARTY_CASES_MAX);
    cd_flag_case_t *cases = apr_pcalloc(r->pool, sizeof(*cases) * (length + 1));

    for (i = 0; i < length; i++)
        evaluation_read(r, &cases[i], json_array_get(list, i));
    input->cases = cases;
    input->case_count = (int)length;
}

static void seen_read(reader_t *r, cd_flag_input_t *input, const json_t *object)
{
    const json_t *map = json_object_get(object, "seen"), *list = json_object_get(map, "cases");
    size_t i, length = list_length(r, list, "seen", CD_PARTY_CASES_MAX);
    cd_flag_seen_t *seen = apr_pcalloc(r->pool, sizeof(*seen) * (length + 1));

    input->claim_record = (int)number(r, map, "claim_record");
    for (i = 0; i < length; i++) {
        seen[i].reference = text(r, json_array_get(list, i), "reference");
        seen[i].version = (int)number(r, json_array_get(list, i), "version");
    }
    input->seen = seen;
    input->seen_count = (int)length;
}

static void sums_read(reader_t *r, cd_scheme_input_t *sums, const json_t *object)
{
    const json_t *map = json_object_get(object, "sums");

    sums->damages_p = number(r, map, "damages_p");
    sums->ppo_capital_p = number(r, map, "ppo_capital_p");
    sums->claimant_costs_p = number(r, map, "claimant_costs_p");
    sums->defence_costs_p = number(r, map, "defence_costs_p");
    sums->succeeded = truth(r, map, "succeeded");
    if (json_object_get(map, "contribution_p")) /* engines before 1.2 knew no yearly contribution */
        sums->contribution_p = number(r, map, "contribution_p");
}

/* Engines before 1.2 wrote numbers beside the sums, and words of the matrix as numbers. */
static void counted_of_sums(cd_scheme_input_t *out, const json_t *map)
{
    out->breach_number = (int)json_integer_value(json_object_get(map, "breach_number"));
    out->units = (int)json_integer_value(json_object_get(map, "units"));
    out->incidents = (int)json_integer_value(json_object_get(map, "incidents"));
    out->severity = (int)json_integer_value(json_object_get(map, "severity"));
    out->extent = (int)json_integer_value(json_object_get(map, "extent"));
}

cd_err_t *cd_flag_asked(cd_scheme_input_t *out, cd_scheme_t **scheme_out, const char *inputs,
                        const char *answer, apr_pool_t *pool)
{
    reader_t r = { pool, NULL };
    json_t *in, *said;

    memset(out, 0, sizeof(*out));
    if (!inputs || !answer)
        return cd_err(pool, CD_E_TAMPERED, NULL, "a flag without inputs or without an answer");
    if (cd_json_read(&in, inputs, strlen(inputs), pool)
        || cd_json_read(&said, answer, strlen(answer), pool))
        return cd_err(pool, CD_E_TAMPERED, NULL, "a stored flag does not read");
    sums_read(&r, out, in);
    if (json_object_get(said, "counted"))
        counted_read(&r, out, said);
    else
        counted_of_sums(out, json_object_get(in, "sums"));
    if (r.bad)
        return cd_err(pool, CD_E_TAMPERED, NULL,
                      "a stored flag: member %s is not as it was written", r.bad);
    return scheme_out ? cd_scheme_read(scheme_out, json_object_get(in, "scheme"), pool) : NULL;
}

static void round_read(reader_t *r, cd_flag_input_t *input, const json_t *object)
{
    const json_t *rules = json_object_get(object, "asked_rules"),
                 *found = json_object_get(object, "no_incident");
    size_t i, length = list_length(r, rules, "asked_rules", 32);

    input->requested_on = day(r, object, "requested_on");
    input->due = day(r, object, "due");
    input->none_exists = truth(r, object, "none_exists");
    for (i = 0; i < length; i++) {
        const char *word = json_string_value(json_array_get(rules, i));
        int rule = word ? cd_token_strict(cd_flag_rules, word) : 0;

        if (!rule && !r->bad)
            r->bad = "asked_rules";
        input->asked_rules |= rule ? 1u << rule : 0;
    }
    if (json_is_null(found))
        return;
    input->no_incident.finding = token(r, found, "finding", cd_no_incident_findings);
    input->no_incident.on = day(r, found, "on");
    input->no_incident.role = token(r, found, "role", cd_roles);
}

/* The days of the holidays are not kept, only how many there were: no rule of a flag reads them. */
static void calendar_read(reader_t *r, cd_flag_input_t *input, const json_t *object)
{
    cd_calendar_t *cal = apr_pcalloc(r->pool, sizeof(*cal));

    cal->division = (cd_division_t)token(r, object, "division", cd_divisions);
    cal->count = (int)number(r, object, "holidays");
    input->cal = cal;
}

cd_err_t *cd_flag_inputs_read(cd_flag_input_t **out, const char *json, apr_pool_t *pool)
{
    reader_t r = { pool, NULL };
    cd_flag_input_t *input = apr_pcalloc(pool, sizeof(*input));
    cd_scheme_t *scheme;
    json_t *object;

    CD_ERR(cd_json_read(&object, json, strlen(json), pool));
    input->org_code = text(&r, object, "organisation");
    input->jurisdiction = token(&r, object, "jurisdiction", cd_jurisdictions);
    input->claim_scheme = token(&r, object, "claim_scheme", cd_claim_schemes);
    input->as_at = day(&r, object, "as_at");
    round_read(&r, input, object);
    calendar_read(&r, input, object);
    seen_read(&r, input, object);
    sums_read(&r, &input->sums, object);
    input->breaches_before = (int)number(&r, object, "breaches_before");
    input->records = records_read(&r, &input->record_count, object);
    cases_read(&r, input, object);
    if (!r.bad) {
        CD_ERR(cd_scheme_read(&scheme, json_object_get(object, "scheme"), pool));
        input->scheme = scheme;
    }
    /* There is one way to write them, so whatever was not read shows here. */
    if (!r.bad && strcmp(cd_flag_inputs_json(input, pool), json))
        r.bad = "engine";
    if (r.bad)
        return cd_err(pool, CD_E_TAMPERED, NULL,
                      "inputs of a flag: member %s is not as this version writes it", r.bad);
    *out = input;
    return NULL;
}
