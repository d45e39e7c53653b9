/* mapping.c: the mapping file: read strictly, each mistake with its place in the JSON. */
#include <apr_lib.h>
#include <apr_strings.h>
#include <string.h>
#include <strings.h>

#include "base/json.h"
#include "base/text.h"
#include "domain/mapping.h"

#define NAMES_MAX CD_CSV_COLUMNS_MAX
#define RECORDS_MAX 60
#define CONDITIONS_MAX 8

typedef struct reader_t {
    cd_mapping_t *out;
    cd_problems_t *problems;
    apr_pool_t *pool;
    const char **forms;              /* of the whole mapping, for fields that name none */
    int form_count, century;
} reader_t;

static void problem(reader_t *rd, const char *at, const char *text)
{
    cd_problem_add(rd->problems, at, NULL, "%s", text);
}

static const char *below(reader_t *rd, const char *at, const char *name)
{
    return apr_pstrcat(rd->pool, at, "/", name, NULL);
}

static const char *nth(reader_t *rd, const char *at, size_t index)
{
    return apr_psprintf(rd->pool, "%s/%d", at, (int)index);
}

static void known_names(reader_t *rd, const json_t *object, const char *at,
                        const char *const *names)
{
    const char *name;
    json_t *value;
    json_object_foreach((json_t *)object, name, value) {
        int i = 0;
        while (names[i] && strcmp(names[i], name))
            i++;
        if (!names[i])
            problem(rd, below(rd, at, name), "is no name that a mapping has here: take it out");
    }
}

/* A text, tidied; NULL with a problem if it is something else. Absent is NULL without one. */
static const char *text_of(reader_t *rd, const json_t *value, const char *at)
{
    const char *tidy =
        json_is_string(value) ? cd_text_tidy(json_string_value(value), rd->pool) : NULL;
    if (value && (!tidy || !cd_text_valid(tidy, strlen(tidy))))
        problem(rd, at, "must be a text in quotes");
    return tidy;
}

/* A text or a list of texts. */
static const char **texts_of(reader_t *rd, int *count_out, const json_t *value, const char *at,
                             int max)
{
    size_t count = json_is_array(value) ? json_array_size(value) : value ? 1 : 0;
    const char **out = apr_pcalloc(rd->pool, (count + 1) * sizeof(*out));
    *count_out = 0;
    if (count > (size_t)max || (json_is_array(value) && !count)) {
        problem(rd, at, apr_psprintf(rd->pool, "must hold 1 to %d texts", max));
        return out;
    }
    for (size_t i = 0; i < count; i++) {
        int is_list = json_is_array(value);
        const char *text =
            text_of(rd, is_list ? json_array_get(value, i) : value, is_list ? nth(rd, at, i) : at);
        if (text)
            out[(*count_out)++] = text;
    }
    return out;
}

/* ---- columns and lists --------------------------------------------------- */

static int column_of(reader_t *rd, const json_t *value, const char *at)
{
    cd_mapping_t *out = rd->out;
    const char *name = text_of(rd, value, at);
    if (!name)
        return -1;
    for (int i = 0; i < out->column_count; i++)
        if (!strcmp(out->columns[i], name))
            return i;
    if (out->column_count == NAMES_MAX) {
        problem(rd, at, "is one column too many: 500 may be used");
        return -1;
    }
    for (int i = 0; i < out->ignored_count; i++)
        if (!strcmp(out->ignored[i], name)) {
            problem(rd, at, "names a column that is in “ignored” too: take it out of one of them");
            break;
        }
    out->columns[out->column_count] = name;
    return out->column_count++;
}

static void read_lists(reader_t *rd, const json_t *lists)
{
    const char *name, *theirs;
    json_t *words, *ours;
    if (lists && !json_is_object(lists)) {
        problem(rd, "/lists", "must be an object: a list by its name");
        return;
    }
    rd->out->lists = apr_pcalloc(rd->pool, (json_object_size(lists) + 1) * sizeof(*rd->out->lists));
    json_object_foreach((json_t *)lists, name, words) {
        cd_map_list_t *list = &rd->out->lists[rd->out->list_count++];
        const char *at = below(rd, "/lists", name);
        list->name = apr_pstrdup(rd->pool, name);
        list->words = apr_pcalloc(rd->pool, (json_object_size(words) + 1) * sizeof(*list->words));
        if (!json_object_size(words))
            problem(rd, at, "must be an object of their words and ours");
        json_object_foreach(words, theirs, ours) {
            cd_map_word_t *word = &list->words[list->count];
            const char *tidy = cd_text_tidy(theirs, rd->pool);
            word->theirs = tidy ? tidy : "";
            word->ours = json_is_null(ours) ? "" : text_of(rd, ours, below(rd, at, theirs));
            for (int i = 0; i < list->count; i++)
                if (!strcasecmp(list->words[i].theirs, word->theirs))
                    problem(rd, below(rd, at, theirs),
                            "is in the list twice, but for capitals or spaces");
            list->count++;
        }
    }
}

static const cd_map_list_t *list_named(reader_t *rd, const json_t *value, const char *at)
{
    const char *name = text_of(rd, value, at);
    for (int i = 0; name && i < rd->out->list_count; i++)
        if (!strcmp(rd->out->lists[i].name, name))
            return &rd->out->lists[i];
    if (name)
        problem(rd, at, "is no list of this mapping: add it to “lists”");
    return NULL;
}

/* ---- sources ------------------------------------------------------------- */

static int is_dated(const cd_field_t *field)
{
    return field->type == CD_FT_WHEN || field->type == CD_FT_DATE;
}

static int century_of(reader_t *rd, const json_t *value, const char *at, int otherwise)
{
    if (!value)
        return otherwise;
    if (json_is_integer(value) && json_integer_value(value) >= 0 && json_integer_value(value) <= 99)
        return (int)json_integer_value(value);
    problem(rd, at,
            "must be a number from 0 to 99: years up to it are of this century, later ones of the "
            "last");
    return otherwise;
}

static void check_forms(reader_t *rd, const cd_map_source_t *source, const char *at)
{
    for (int i = 0; i < source->form_count; i++) {
        int short_year, has_time;
        const char *wrong = cd_map_form_problem(&short_year, &has_time, source->forms[i]);
        if (!wrong && short_year && source->century < 0)
            wrong = "has years of two digits: say their century with “century”";
        if (!wrong && source->field->type == CD_FT_MINUTES && !has_time)
            wrong = "must have hh and mi for a time of day";
        if (!wrong && is_dated(source->field) && !strstr(source->forms[i], "yy"))
            wrong = "must have a year for a date";
        if (wrong)
            problem(rd, below(rd, at, "form"), wrong);
    }
}

/* Words of ours must be words of the field's own list. */
static void check_words(reader_t *rd, const cd_map_source_t *source, const char *at)
{
    const cd_field_t *field = source->field;
    for (int i = 0; source->list && i < source->list->count; i++) {
        const char *ours = source->list->words[i].ours;
        int yes_no = ours && (!strcasecmp(ours, "yes") || !strcasecmp(ours, "no"));
        if (!ours || !*ours)
            continue;
        if (field->type == CD_FT_TOKEN || field->type == CD_FT_SET
                ? !cd_token_strict(field->tokens, ours)
                : field->type == CD_FT_YESNO && !yes_no)
            problem(rd, at,
                    apr_psprintf(rd->pool, "the list “%s” gives “%s”, which is no word of %s",
                                 source->list->name, ours, field->name));
    }
}

static void read_value(reader_t *rd, cd_map_source_t *source, const json_t *object, const char *at)
{
    const json_t *value = json_object_get(object, "value");
    union { void *p; apr_int64_t n; cd_when_t when; char room[sizeof(cd_record_t)]; } probe;
    cd_field_t field = *source->field;
    cd_problems_t found = { .pool = rd->pool };
    if (json_is_boolean(value))
        source->value = json_is_true(value) ? "yes" : "no";
    else
        source->value = text_of(rd, value, below(rd, at, "value"));
    if (!source->value)
        return;
    memset(&probe, 0, sizeof(probe));
    field.offset = 0;
    cd_field_read(&field, &probe, source->value, CD_NO_DATE, &found);
    for (int i = 0; i < found.count; i++)
        problem(rd, below(rd, at, "value"), found.list[i].text);
}

static void read_columns(reader_t *rd, cd_map_source_t *source, const json_t *object,
                         const char *at)
{
    const json_t *one = json_object_get(object, "column"),
                 *many = json_object_get(object, "columns");
    size_t count = json_array_size(many);
    source->join = json_is_string(json_object_get(object, "join"))
                 ? apr_pstrdup(rd->pool, json_string_value(json_object_get(object, "join"))) : " ";
    if (one) {
        source->columns[0] = column_of(rd, one, below(rd, at, "column"));
        source->column_count = source->columns[0] >= 0;
        return;
    }
    if (count < 2 || count > CD_MAP_PARTS)
        problem(rd, below(rd, at, "columns"), "must name 2 to 4 columns");
    for (size_t i = 0; i < count && i < CD_MAP_PARTS; i++) {
        int column = column_of(rd, json_array_get(many, i), nth(rd, below(rd, at, "columns"), i));
        if (column >= 0)
            source->columns[source->column_count++] = column;
    }
}

static void read_details(reader_t *rd, cd_map_source_t *source, const json_t *object,
                         const char *at)
{
    int wants_form = is_dated(source->field) || source->field->type == CD_FT_MINUTES;
    int wants_list = source->field->type == CD_FT_TOKEN || source->field->type == CD_FT_SET
                   || source->field->type == CD_FT_YESNO;
    const json_t *form = json_object_get(object, "form"), *list = json_object_get(object, "list");
    if (form && wants_form)
        source->forms = texts_of(rd, &source->form_count, form, below(rd, at, "form"), 6);
    else if (form)
        problem(rd, below(rd, at, "form"), "is for dates and times alone: take it out");
    if (!form && is_dated(source->field)) {
        source->forms = rd->forms;
        source->form_count = rd->form_count;
    }
    if (is_dated(source->field) && !source->form_count)
        problem(rd, at, "must have a date form: give “form” here, or “date_form” for all");
    source->century =
        century_of(rd, json_object_get(object, "century"), below(rd, at, "century"), rd->century);
    if (wants_form)
        check_forms(rd, source, at);
    if (list)
        source->list = list_named(rd, list, below(rd, at, "list"));
    if (source->list && !wants_list && source->field->type != CD_FT_TEXT)
        problem(rd, below(rd, at, "list"),
                "is for code lists, yes or no, and short texts: take it out");
    check_words(rd, source, below(rd, at, "list"));
    if (json_object_get(object, "split") && source->field->type != CD_FT_SET)
        problem(rd, below(rd, at, "split"), "is for fields of many words alone: take it out");
    else if (json_object_get(object, "split"))
        source->split =
            json_is_string(json_object_get(object, "split"))
                    && *json_string_value(json_object_get(object, "split"))
                ? apr_pstrdup(rd->pool, json_string_value(json_object_get(object, "split")))
                : ";";
    if (source->split && !source->list)
        problem(rd, at, "must have a “list” beside “split”");
}

static void read_source(reader_t *rd, cd_map_source_t *source, const json_t *value, const char *at)
{
    static const char *const names[] = { "column", "columns", "join",    "value", "list",
                                         "split",  "form",    "century", NULL };
    int ways = 0;
    source->century = rd->century;
    if (json_is_string(value)) {
        source->columns[0] = column_of(rd, value, at);
        source->column_count = source->columns[0] >= 0;
        read_details(rd, source, NULL, at);
        return;
    }
    if (!json_is_object(value)) {
        problem(rd, at, "must be the name of a column, or an object");
        return;
    }
    known_names(rd, value, at, names);
    ways += json_object_get(value, "column") != NULL;
    ways += json_object_get(value, "columns") != NULL;
    ways += json_object_get(value, "value") != NULL;
    if (ways != 1) {
        problem(rd, at, "must have one of “column”, “columns” and “value”");
    } else if (json_object_get(value, "value")) {
        if (json_object_size(value) > 1)
            problem(rd, at, "must have nothing beside “value”");
        read_value(rd, source, value, at);
    } else {
        read_columns(rd, source, value, at);
        read_details(rd, source, value, at);
    }
}

/* ---- records ------------------------------------------------------------- */

/* What ends, moves or lets out something has conditions that stand in the case as it is: a row
 * cannot meet them. */
int cd_map_kind_allowed(cd_record_kind_t kind)
{
    static const cd_record_kind_t kinds[] = {
        CD_REC_INCIDENT, CD_REC_PATIENT, CD_REC_GRADING, CD_REC_OPINION, CD_REC_OPENING,
        CD_REC_PERSON, CD_REC_TALK,
        CD_REC_LETTER, CD_REC_ATTEMPT, CD_REC_REFUSAL, CD_REC_SUPPORT, CD_REC_MEETING,
        CD_REC_ENQUIRY,
        CD_REC_RESULTS, CD_REC_DOCUMENT, CD_REC_EXEMPTION, CD_REC_RETURN
    };
    for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
        if (kinds[i] == kind)
            return 1;
    return 0;
}

static void read_condition(reader_t *rd, cd_map_when_t *when, const json_t *object, const char *at)
{
    static const char *const names[] = { "column", "is", "not", "filled", NULL };
    const json_t *is = json_object_get(object, "is"), *not = json_object_get(object, "not");
    const json_t *filled = json_object_get(object, "filled");
    if (!json_is_object(object) || !json_object_get(object, "column")
        || (is != NULL) + (not != NULL) + (filled != NULL) != 1
        || (filled && !json_is_boolean(filled))) {
        problem(rd, at, "must have “column” and one of “is”, “not” and “filled”");
        return;
    }
    known_names(rd, object, at, names);
    when->column = column_of(rd, json_object_get(object, "column"), below(rd, at, "column"));
    when->test = is                     ? CD_MAP_IS
                 : not                  ? CD_MAP_NOT
                 : json_is_true(filled) ? CD_MAP_FILLED
                                        : CD_MAP_EMPTY;
    if (!filled)
        when->words =
            texts_of(rd, &when->count, is ? is : not, below(rd, at, is ? "is" : "not"), 100);
}

static void read_conditions(reader_t *rd, cd_map_record_t *record, const json_t *when,
                            const char *at)
{
    size_t count = json_is_array(when) ? json_array_size(when) : when ? 1 : 0;
    if (!when)
        return;
    if (record->def->kind == CD_REC_INCIDENT) {
        problem(rd, at, "is not for the incident: each row has one");
        return;
    }
    if (!count || count > CONDITIONS_MAX) {
        problem(rd, at, "must hold 1 to 8 conditions");
        return;
    }
    record->when = apr_pcalloc(rd->pool, count * sizeof(*record->when));
    record->when_count = (int)count;
    for (size_t i = 0; i < count; i++)
        read_condition(rd, &record->when[i], json_is_array(when) ? json_array_get(when, i) : when,
                       json_is_array(when) ? nth(rd, at, i) : at);
}

static const cd_field_t *field_named(reader_t *rd, const cd_record_def_t *def, const char *name,
                                     const char *at)
{
    const cd_field_t *field = cd_record_field(def, name);
    if (!field || (field->flags & CD_FF_APP)) {
        problem(rd, at, apr_psprintf(rd->pool, "is no field of %s", def->word));
        return NULL;
    }
    if (def->kind == CD_REC_INCIDENT && !strcmp(name, "local_ref")) {
        problem(rd, at, "is taken from “local_reference”: take it out");
        return NULL;
    }
    return field;
}

static void read_fields(reader_t *rd, cd_map_record_t *record, const json_t *fields, const char *at)
{
    const char *name;
    json_t *value;
    if (!json_object_size(fields)) {
        problem(rd, at, "must be an object: where each field comes from");
        return;
    }
    record->sources = apr_pcalloc(rd->pool, json_object_size(fields) * sizeof(*record->sources));
    json_object_foreach((json_t *)fields, name, value) {
        const cd_field_t *field = field_named(rd, record->def, name, below(rd, at, name));
        if (!field)
            continue;
        record->sources[record->source_count].field = field;
        read_source(rd, &record->sources[record->source_count++], value, below(rd, at, name));
    }
    for (int i = 0; i < record->def->field_count; i++) {
        const cd_field_t *field = &record->def->fields[i];
        int found = 0;
        for (int k = 0; k < record->source_count; k++)
            found |= record->sources[k].field == field;
        if (!found && (field->flags & CD_FF_REQUIRED))
            problem(rd, at,
                    apr_psprintf(rd->pool, "must say where %s comes from: it is always needed",
                                 field->name));
    }
}

static void check_key(reader_t *rd, const cd_map_record_t *record, const char *at)
{
    size_t len = strspn(record->key, "abcdefghijklmnopqrstuvwxyz0123456789_-");
    if (record->key[len] || len > 40)
        problem(rd, below(rd, at, "key"), "must be small letters, digits, - and _, 40 at most");
    for (int i = 0; i < rd->out->record_count; i++) {
        if (!strcmp(rd->out->records[i].key, record->key))
            problem(rd, at,
                    apr_psprintf(rd->pool,
                                 "is the second one known as “%s”: give it a “key” of its own",
                                 record->key));
        else if (rd->out->records[i].def == record->def && !record->def->many)
            problem(rd, at,
                    apr_psprintf(rd->pool, "is a second %s: a case has one", record->def->word));
    }
}

static void read_record(reader_t *rd, const json_t *object, const char *at)
{
    static const char *const names[] = { "record", "key", "when", "fields", NULL };
    const char *word = text_of(rd, json_object_get(object, "record"), below(rd, at, "record"));
    const cd_record_def_t *def = word ? cd_record_def_by_word(CD_FILE_CASE, word) : NULL;
    cd_map_record_t record = { .def = def };
    int place;
    if (def && !cd_map_kind_allowed(def->kind)) {
        problem(rd, below(rd, at, "record"),
                apr_psprintf(rd->pool,
                             "may not be “%s”: that step has conditions, so "
                             "somebody records it here, in the case. Take it out",
                             def->word));
        return;
    }
    if (!json_is_object(object) || !def) {
        problem(rd, below(rd, at, "record"),
                "must be a kind of record that may be brought in, like \"talk\"");
        return;
    }
    known_names(rd, object, at, names);
    record.key = text_of(rd, json_object_get(object, "key"), below(rd, at, "key"));
    if (!record.key)
        record.key = def->word;
    check_key(rd, &record, at);
    read_conditions(rd, &record, json_object_get(object, "when"), below(rd, at, "when"));
    read_fields(rd, &record, json_object_get(object, "fields"), below(rd, at, "fields"));
    for (place = rd->out->record_count; place && rd->out->records[place - 1].def->kind > def->kind;
         place--)
        rd->out->records[place] = rd->out->records[place - 1];
    rd->out->records[place] = record;
    rd->out->record_count++;
}

static void read_records(reader_t *rd, const json_t *list)
{
    size_t count = json_array_size(list);
    rd->out->records = apr_pcalloc(rd->pool, (RECORDS_MAX + 1) * sizeof(*rd->out->records));
    if (!count || count > RECORDS_MAX) {
        problem(rd, "/records", "must be a list of 1 to 60 records");
        return;
    }
    for (size_t i = 0; i < count; i++)
        read_record(rd, json_array_get(list, i), nth(rd, "/records", i));
    if (!rd->out->record_count || rd->out->records[0].def->kind != CD_REC_INCIDENT)
        problem(rd, "/records", "must hold an incident: each row is one");
}

/* ---- the whole ----------------------------------------------------------- */

static void read_form(reader_t *rd, const json_t *root)
{
    static const struct { const char *word; char separator; } separators[] = {
        { "comma", ',' }, { "semicolon", ';' }, { "tab", '\t' }
    };
    const char *separator = text_of(rd, json_object_get(root, "separator"), "/separator");
    const char *encoding = text_of(rd, json_object_get(root, "encoding"), "/encoding");
    cd_csv_options_t *csv = &rd->out->csv;
    for (size_t i = 0; separator && i < 3; i++)
        if (!strcmp(separators[i].word, separator))
            csv->separator = separators[i].separator;
    if (separator && !csv->separator)
        problem(rd, "/separator", "must be \"comma\", \"semicolon\" or \"tab\"");
    if (encoding && !strcmp(encoding, "windows-1252"))
        csv->encoding = CD_CSV_WINDOWS_1252;
    else if (encoding && strcmp(encoding, "utf-8"))
        problem(rd, "/encoding", "must be \"utf-8\" or \"windows-1252\"");
}

static void read_org(reader_t *rd, const json_t *org)
{
    static const char *const names[] = { "column", "list", NULL };
    rd->out->org_column = -1;
    if (json_is_object(org)) {
        known_names(rd, org, "/organisation", names);
        rd->out->org_column = column_of(rd, json_object_get(org, "column"), "/organisation/column");
        if (!json_object_get(org, "column"))
            problem(rd, "/organisation", "must name a “column”");
        if (json_object_get(org, "list"))
            rd->out->org_list = list_named(rd, json_object_get(org, "list"), "/organisation/list");
        return;
    }
    rd->out->org_code = text_of(rd, org, "/organisation");
    if (rd->out->org_code && !cd_ods_valid(rd->out->org_code))
        problem(rd, "/organisation", "must be a code of 3 to 8 capitals and numbers, like RZ1");
}

static void read_whole(reader_t *rd, const json_t *root)
{
    static const char *const names[] = {
        "format",    "version", "name",  "organisation", "separator", "encoding", "local_reference",
        "date_form", "century", "empty", "ignored",      "lists",     "records",  NULL
    };
    const char *format = json_string_value(json_object_get(root, "format"));
    cd_mapping_t *out = rd->out;
    known_names(rd, root, "", names);
    if (!format || strcmp(format, CD_MAPPING_FORMAT))
        problem(rd, "/format", "must be \"" CD_MAPPING_FORMAT "\"");
    if (json_integer_value(json_object_get(root, "version")) != CD_MAPPING_VERSION)
        problem(rd, "/version", "must be 1");
    out->name = text_of(rd, json_object_get(root, "name"), "/name");
    if (!out->name)
        problem(rd, "/name", "must say whose export this mapping is for");
    read_form(rd, root);
    if (json_object_get(root, "ignored") && json_array_size(json_object_get(root, "ignored")))
        out->ignored = texts_of(rd, &out->ignored_count, json_object_get(root, "ignored"),
                                "/ignored", NAMES_MAX);
    if (json_object_get(root, "empty"))
        out->empty = texts_of(rd, &out->empty_count, json_object_get(root, "empty"), "/empty", 20);
    rd->century = century_of(rd, json_object_get(root, "century"), "/century", -1);
    if (json_object_get(root, "date_form"))
        rd->forms =
            texts_of(rd, &rd->form_count, json_object_get(root, "date_form"), "/date_form", 6);
    read_lists(rd, json_object_get(root, "lists"));
    out->ref_column = column_of(rd, json_object_get(root, "local_reference"), "/local_reference");
    if (!json_object_get(root, "local_reference"))
        problem(rd, "/local_reference", "must name the column by which a row is known again");
    read_org(rd, json_object_get(root, "organisation"));
    read_records(rd, json_object_get(root, "records"));
}

cd_err_t *cd_mapping_read(cd_mapping_t **out, const char *bytes, apr_size_t len,
                          cd_problems_t *problems, apr_pool_t *pool)
{
    reader_t rd = { .problems = problems, .pool = pool, .century = -1 };
    json_t *root;
    rd.out = *out = apr_pcalloc(pool, sizeof(**out));
    rd.out->columns = apr_pcalloc(pool, NAMES_MAX * sizeof(*rd.out->columns));
    rd.out->ref_column = rd.out->org_column = -1;
    if (len > CD_MAPPING_MAX_BYTES)
        return cd_err(pool, CD_E_TOO_LARGE, "a mapping is 256 KiB at most",
                      "a mapping of %" APR_SIZE_T_FMT " bytes", len);
    CD_ERR(cd_json_read(&root, bytes, len, pool));
    if (json_is_object(root))
        read_whole(&rd, root);
    else
        problem(&rd, "", "a mapping is one JSON object");
    return NULL;
}
