/* mapping_row.c: one row of an export, read by a mapping: columns to fields, fields to records, and
 * what does not fit. Reads and judges; changes nothing. */
#include <apr_lib.h>
#include <apr_strings.h>
#include <string.h>
#include <strings.h>

#include "base/text.h"
#include "domain/mapping.h"
#include "domain/value.h"

const cd_token_t cd_map_kinds[] = {
    { CD_MAP_BAD_CSV, "CSV", "Row that is not well-formed CSV" },
    { CD_MAP_BAD_COUNT, "COLUMNS", "Row with too many or too few columns" },
    { CD_MAP_BAD_REFERENCE, "REFERENCE", "No local reference, or one that cannot be used" },
    { CD_MAP_BAD_TWICE, "TWICE", "Local reference that is in the file twice" },
    { CD_MAP_BAD_TRUST, "TRUST", "Row of another organisation" },
    { CD_MAP_BAD_MISSING, "MISSING", "Answer that is missing" },
    { CD_MAP_BAD_LIST, "LIST", "Word that is in no list" },
    { CD_MAP_BAD_DATE, "DATE", "Date that cannot be read" },
    { CD_MAP_BAD_FUTURE, "FUTURE", "Date that has not come yet" },
    { CD_MAP_BAD_TEXT, "TEXT", "Text that is too long or too short" },
    { CD_MAP_BAD_NHS, "NHS_NUMBER", "NHS number that does not pass its check" },
    { CD_MAP_BAD_TIME, "TIME", "Time that cannot be read" },
    { CD_MAP_BAD_NUMBER, "NUMBER", "Number that cannot be read" },
    { CD_MAP_BAD_TOGETHER, "TOGETHER", "Answers that do not fit together" },
    { CD_MAP_BAD_CASE, "CASE", "Case that cannot be changed" },
    { 0, NULL, NULL }
};

/* One row while it is read. */
typedef struct row_t {
    const cd_mapping_t *mapping;
    const int *places;
    const cd_csv_row_t *csv;
    cd_date_t today;
    cd_map_problems_t *problems;
    apr_pool_t *pool;
} row_t;

void cd_map_problem_add(cd_map_problems_t *problems, const cd_map_problem_t *problem)
{
    if (problems->count == problems->cap) {
        int cap = problems->cap ? problems->cap * 2 : 4;
        cd_map_problem_t *list = apr_palloc(problems->pool, (apr_size_t)cap * sizeof(*list));
        if (problems->count)
            memcpy(list, problems->list, (apr_size_t)problems->count * sizeof(*list));
        problems->list = list;
        problems->cap = cap;
    }
    problems->list[problems->count++] = *problem;
}

/* ---- cells --------------------------------------------------------------- */

/* The cell of a column, tidied; NULL if it is empty or holds a word for "no value". */
static const char *cell(const row_t *row, int column)
{
    const char *text = cd_text_tidy(row->csv->fields[row->places[column]], row->pool);
    for (int i = 0; text && i < row->mapping->empty_count; i++)
        if (!strcasecmp(text, row->mapping->empty[i]))
            return NULL;
    return text;
}

/* The cells of a source, joined; NULL if all are empty. */
static const char *cells(const row_t *row, const cd_map_source_t *source)
{
    const char *all = NULL;
    for (int i = 0; i < source->column_count; i++) {
        const char *text = cell(row, source->columns[i]);
        if (text)
            all = all ? apr_pstrcat(row->pool, all, source->join, text, NULL) : text;
    }
    return all;
}

static void tell(const row_t *row, cd_map_kind_t kind, const cd_map_record_t *spec,
                 const cd_map_source_t *source, const char *value, const char *text)
{
    cd_map_problem_t problem = { kind, "", "", value, text };
    if (source && source->column_count)
        problem.column = row->mapping->columns[source->columns[0]];
    if (source)
        problem.field = apr_pstrcat(row->pool, spec->key, ".", source->field->name, NULL);
    cd_map_problem_add(row->problems, &problem);
}

/* ---- from their words to ours -------------------------------------------- */

static const char *in_list(const cd_map_list_t *list, const char *theirs)
{
    for (int i = 0; i < list->count; i++)
        if (!strcasecmp(list->words[i].theirs, theirs))
            return list->words[i].ours;
    return NULL;
}

static const char *by_list(const row_t *row, const cd_map_source_t *source, const char *text)
{
    const char *all = NULL, *word, *at = text;
    size_t step = source->split ? strlen(source->split) : 0;
    while (at) {
        const char *end = step ? strstr(at, source->split) : NULL;
        const char *one = cd_text_tidy(
            end ? apr_pstrmemdup(row->pool, at, (apr_size_t)(end - at)) : at, row->pool);
        at = end ? end + step : NULL;
        if (!one)
            continue;
        word = source->list ? in_list(source->list, one) : one;
        if (!word)
            return NULL;
        if (*word)
            all = all ? apr_pstrcat(row->pool, all, ",", word, NULL) : word;
    }
    return all ? all : "";
}

/* ISO text, or a time of day; NULL with a problem told. */
static const char *by_forms(const row_t *row, const cd_map_record_t *spec,
                            const cd_map_source_t *source, const char *text)
{
    const char *found = NULL, *iso;
    int minutes, wants_time = source->field->type == CD_FT_MINUTES;
    for (int i = 0; i < source->form_count; i++) {
        if (!cd_map_date(&iso, &minutes, text, source->forms[i], source->century, row->pool))
            continue;
        if (wants_time)
            iso = minutes < 0 ? NULL
                              : apr_psprintf(row->pool, "%02d:%02d", minutes / 60, minutes % 60);
        if (!iso)
            continue;
        if (found && strcmp(found, iso)) {
            tell(row, CD_MAP_BAD_DATE, spec, source, text,
                 "This fits two date forms of the mapping with two meanings. Leave one form out of "
                 "the mapping");
            return NULL;
        }
        found = iso;
    }
    if (!found) {
        const char *forms = cd_text_list(source->forms, source->form_count, row->pool);
        tell(row, wants_time ? CD_MAP_BAD_TIME : CD_MAP_BAD_DATE, spec, source, text,
             apr_psprintf(row->pool,
                          "Enter a real %s in the form %s, or name its form in the mapping",
                          wants_time ? "time" : "date", forms));
    }
    return found;
}

/* What kind of mistake cd_field_read told of. */
static cd_map_kind_t kind_of(const cd_field_t *field, const char *text, cd_date_t today)
{
    cd_when_t when;
    if (!text || !*text)
        return CD_MAP_BAD_MISSING;
    switch (field->type) {
    case CD_FT_TOKEN: case CD_FT_SET: case CD_FT_YESNO: return CD_MAP_BAD_LIST;
    case CD_FT_WHEN: case CD_FT_DATE:
        return cd_when_parse(&when, text) && when.first > today ? CD_MAP_BAD_FUTURE
                                                                : CD_MAP_BAD_DATE;
    case CD_FT_MINUTES: return CD_MAP_BAD_TIME;
    case CD_FT_NHS: return CD_MAP_BAD_NHS;
    case CD_FT_PENCE: case CD_FT_BP: case CD_FT_INT: case CD_FT_SEQ: return CD_MAP_BAD_NUMBER;
    case CD_FT_TEXT: case CD_FT_LONG: case CD_FT_ODS: break;
    }
    return CD_MAP_BAD_TEXT;
}

static void read_field(const row_t *row, const cd_map_record_t *spec, const cd_map_source_t *source,
                       void *body)
{
    const char *raw = source->value ? NULL : cells(row, source),
               *text = source->value ? source->value : raw;
    cd_problems_t found = { .pool = row->pool };
    if (raw && (source->list || source->split)) {
        text = by_list(row, source, raw);
        if (!text) {
            tell(row, CD_MAP_BAD_LIST, spec, source, raw,
                 apr_psprintf(row->pool,
                              "Use a word of the list “%s”, or add this one to it in the mapping",
                              source->list->name));
            return;
        }
    }
    if (text && source->form_count && !(text = by_forms(row, spec, source, text)))
        return;
    cd_field_read(source->field, body, text, row->today, &found);
    for (int i = 0; i < found.count; i++)
        tell(row, kind_of(source->field, text, row->today), spec, source, raw, found.list[i].text);
}

/* ---- records ------------------------------------------------------------- */

static int holds(const row_t *row, const cd_map_when_t *when)
{
    const char *text = cell(row, when->column);
    int found = 0;
    for (int i = 0; text && i < when->count; i++)
        found |= !strcasecmp(text, when->words[i]);
    switch (when->test) {
    case CD_MAP_FILLED: return text != NULL;
    case CD_MAP_EMPTY: return text == NULL;
    case CD_MAP_IS: return found;
    case CD_MAP_NOT: return !found;
    }
    return 0;
}

static int is_made(const row_t *row, const cd_map_record_t *spec)
{
    if (spec->def->kind == CD_REC_INCIDENT)
        return 1;
    for (int i = 0; i < spec->when_count; i++)
        if (!holds(row, &spec->when[i]))
            return 0;
    for (int i = 0; !spec->when_count && i < spec->source_count; i++)
        if (cells(row, &spec->sources[i]))
            return 1;
    return spec->when_count > 0;
}

static const cd_map_source_t *source_of(const cd_map_record_t *spec, const char *field)
{
    for (int i = 0; i < spec->source_count; i++)
        if (!strcmp(spec->sources[i].field->name, field))
            return &spec->sources[i];
    return NULL;
}

static cd_head_dates_t head_of(const cd_mapped_t *out)
{
    cd_head_dates_t head = { { 0, 0 }, 0, 0 };
    for (int i = 0; i < out->count; i++) {
        const cd_incident_t *incident = out->records[i].body;
        const cd_opinion_t *opinion = out->records[i].body;
        if (out->records[i].spec->def->kind == CD_REC_INCIDENT) {
            head.occurred = incident->occurred;
            head.reported_on = incident->reported_on;
        } else if (out->records[i].spec->def->kind == CD_REC_OPINION
                   && opinion->opinion == CD_OPINION_NOTIFIABLE && cd_when_known(opinion->given)
                   && (!head.aware_on || opinion->given.last < head.aware_on)) {
            head.aware_on = opinion->given.last;
        }
    }
    return head;
}

static void check_together(const row_t *row, const cd_mapped_record_t *one,
                           const cd_head_dates_t *head)
{
    cd_problems_t found = { .pool = row->pool };
    const cd_record_def_t *def = one->spec->def;
    cd_record_check(def->kind, one->body, head, row->today, &found);
    if (def->kind == CD_REC_OPENING && head->aware_on
        && cd_when_known(((const cd_opening_t *)one->body)->aware)
        && ((const cd_opening_t *)one->body)->aware.first > head->aware_on)
        cd_problem_add(&found, "aware", NULL,
                       "The date the trust became aware must be %s or earlier, when the "
                       "opinion was given",
                       cd_date_words(head->aware_on, row->pool));
    for (int i = 0; i < found.count; i++) {
        const cd_map_source_t *source = source_of(one->spec, found.list[i].field);
        cd_map_problem_t problem = { CD_MAP_BAD_TOGETHER, "",
                                     apr_pstrcat(row->pool, one->spec->key, ".",
                                                 found.list[i].field, NULL),
                                     NULL, found.list[i].text };
        if (source && source->column_count) {
            problem.column = row->mapping->columns[source->columns[0]];
            problem.value = cells(row, source);
        }
        cd_map_problem_add(row->problems, &problem);
    }
}

static void read_records(const row_t *row, cd_mapped_t *out)
{
    out->records =
        apr_pcalloc(row->pool, (apr_size_t)row->mapping->record_count * sizeof(*out->records));
    for (int i = 0; i < row->mapping->record_count; i++) {
        const cd_map_record_t *spec = &row->mapping->records[i];
        void *body;
        if (!is_made(row, spec))
            continue;
        body = apr_pcalloc(row->pool, spec->def->size);
        for (int k = 0; k < spec->source_count; k++)
            read_field(row, spec, &spec->sources[k], body);
        if (spec->def->kind == CD_REC_INCIDENT)
            ((cd_incident_t *)body)->local_ref = out->local_ref;
        out->records[out->count].spec = spec;
        out->records[out->count++].body = body;
    }
}

static void read_reference(const row_t *row, cd_mapped_t *out)
{
    const cd_field_t *field = cd_record_field(cd_record_def(CD_REC_INCIDENT), "local_ref");
    const char *text = cell(row, row->mapping->ref_column);
    cd_map_problem_t problem = { CD_MAP_BAD_REFERENCE,
                                 row->mapping->columns[row->mapping->ref_column],
                                 "incident.local_ref", text, NULL };
    cd_incident_t probe = { 0 };
    cd_problems_t found = { .pool = row->pool };
    cd_field_read(field, &probe, text, row->today, &found);
    out->local_ref = found.count ? NULL : probe.local_ref;
    if (!text)
        problem.text = "Enter the local reference: without it the row cannot be known again";
    else if (found.count)
        problem.text = found.list[0].text;
    if (problem.text)
        cd_map_problem_add(row->problems, &problem);
}

static void check_org(const row_t *row, const char *org_code)
{
    const cd_mapping_t *mapping = row->mapping;
    const char *text, *code;
    if (mapping->org_column < 0)
        return;
    text = cell(row, mapping->org_column);
    code = text && mapping->org_list ? in_list(mapping->org_list, text) : text;
    if (code && !strcasecmp(code, org_code))
        return;
    cd_map_problem_add(
        row->problems,
        &(cd_map_problem_t){
            CD_MAP_BAD_TRUST, mapping->columns[mapping->org_column], "", text,
            apr_psprintf(
                row->pool,
                "Take the row out, or bring it in for the organisation it names: this is %s",
                org_code) });
}

void cd_mapping_row(cd_mapped_t *out, const cd_mapping_t *mapping, const int *places,
                    const cd_csv_row_t *csv, const char *org_code, cd_date_t today,
                    cd_map_problems_t *problems)
{
    row_t row = { mapping, places, csv, today, problems, problems->pool };
    cd_head_dates_t head;
    int before = problems->count;
    memset(out, 0, sizeof(*out));
    read_reference(&row, out);
    check_org(&row, org_code);
    read_records(&row, out);
    if (problems->count != before)
        /* answers that could not be read would make more, and wrong, mistakes */
        return;
    head = head_of(out);
    for (int i = 0; i < out->count; i++)
        check_together(&row, &out->records[i], &head);
}
