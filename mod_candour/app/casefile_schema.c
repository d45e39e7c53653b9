/* casefile_schema.c: JSON Schema (2020-12) of the case file, from the field tables, so that it
 * cannot drift from what the reader takes. A test compares the copy in docs/ with it. */
#include "app/casefile.h"

#define DAY "[0-9]{4}-[0-9]{2}-[0-9]{2}"
#define PART "[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?"

static void words(cd_jsonw_t *w, const cd_token_t *list)
{
    cd_jsonw_name(w, "enum");
    cd_jsonw_open(w, '[');
    for (; list->word; list++)
        cd_jsonw_text(w, list->word);
    cd_jsonw_close(w, ']');
}

static void set_type(cd_jsonw_t *w, const cd_field_t *field)
{
    cd_jsonw_put_text(w, "type", "array");
    cd_jsonw_put_int(w, "minItems", 1);
    cd_jsonw_name(w, "uniqueItems");
    cd_jsonw_bool(w, 1);
    cd_jsonw_name(w, "items");
    cd_jsonw_open(w, '{');
    words(w, field->tokens);
    cd_jsonw_close(w, '}');
}

static void string_type(cd_jsonw_t *w, const cd_field_t *field)
{
    cd_jsonw_put_text(w, "type", "string");
    switch (field->type) {
    case CD_FT_WHEN:
        cd_jsonw_put_text(w, "pattern",
                          field->flags & CD_FF_PART_DATE ? "^" PART "(/" PART ")?$" : "^" DAY "$");
        break;
    case CD_FT_DATE: cd_jsonw_put_text(w, "pattern", "^" DAY "$"); break;
    case CD_FT_MINUTES: cd_jsonw_put_text(w, "pattern", "^([01][0-9]|2[0-3]):[0-5][0-9]$"); break;
    case CD_FT_NHS: cd_jsonw_put_text(w, "pattern", "^[0-9]{10}$"); break;
    case CD_FT_ODS: cd_jsonw_put_text(w, "pattern", "^[A-Z0-9]{3,8}$"); break;
    default:
        cd_jsonw_put_int(w, "minLength", field->min > 1 ? field->min : 1);
        if (field->max)
            cd_jsonw_put_int(w, "maxLength", field->max);
        break;
    }
}

static void integer_type(cd_jsonw_t *w, const cd_field_t *field)
{
    cd_jsonw_put_text(w, "type", "integer");
    cd_jsonw_put_int(w, "minimum", field->type == CD_FT_SEQ ? 1 : field->min);
    if (field->max)
        cd_jsonw_put_int(w, "maximum", field->max);
}

static void property(cd_jsonw_t *w, const cd_field_t *field)
{
    cd_jsonw_name(w, field->name);
    cd_jsonw_open(w, '{');
    cd_jsonw_put_text(w, "description", field->label);
    switch (field->type) {
    case CD_FT_TOKEN: words(w, field->tokens); break;
    case CD_FT_SET: set_type(w, field); break;
    case CD_FT_YESNO: cd_jsonw_put_text(w, "type", "boolean"); break;
    case CD_FT_PENCE: case CD_FT_BP: case CD_FT_INT: case CD_FT_SEQ: integer_type(w, field); break;
    default: string_type(w, field); break;
    }
    cd_jsonw_close(w, '}');
}

static void required(cd_jsonw_t *w, const char *first, const cd_field_t *fields, int count)
{
    cd_jsonw_name(w, "required");
    cd_jsonw_open(w, '[');
    if (first)
        cd_jsonw_text(w, first);
    for (int i = 0; i < count; i++)
        if (fields[i].flags & CD_FF_REQUIRED)
            cd_jsonw_text(w, fields[i].name);
    cd_jsonw_close(w, ']');
}

static void closed(cd_jsonw_t *w)
{
    cd_jsonw_name(w, "additionalProperties");
    cd_jsonw_bool(w, 0);
}

static void simple(cd_jsonw_t *w, const char *name, const char *type, const char *key,
                   const char *value)
{
    cd_jsonw_name(w, name);
    cd_jsonw_open(w, '{');
    cd_jsonw_put_text(w, "type", type);
    if (key)
        cd_jsonw_put_text(w, key, value);
    if (type[0] == 'i')
        cd_jsonw_put_int(w, "minimum", 1);
    cd_jsonw_close(w, '}');
}

static void record(cd_jsonw_t *w, const cd_record_def_t *def)
{
    cd_jsonw_open(w, '{');
    cd_jsonw_put_text(w, "title", def->title);
    cd_jsonw_put_text(w, "type", "object");
    cd_jsonw_name(w, "properties");
    cd_jsonw_open(w, '{');
    cd_jsonw_name(w, "record");
    cd_jsonw_open(w, '{');
    cd_jsonw_put_text(w, "const", def->word);
    cd_jsonw_close(w, '}');
    simple(w, "seq", "integer", NULL, NULL);
    simple(w, "recorded_at", "string", "pattern",
           "^" DAY "T[0-9]{2}:[0-9]{2}:[0-9]{2}([.][0-9]{3})?Z$");
    simple(w, "recorded_by", "string", NULL, NULL);
    cd_jsonw_name(w, "recorded_as");
    cd_jsonw_open(w, '{');
    words(w, cd_roles);
    cd_jsonw_close(w, '}');
    simple(w, "supersedes", "integer", NULL, NULL);
    simple(w, "correction_reason", "string", NULL, NULL);
    for (int i = 0; i < def->field_count; i++)
        property(w, &def->fields[i]);
    cd_jsonw_close(w, '}');
    required(w, "record", def->fields, def->field_count);
    closed(w);
    cd_jsonw_close(w, '}');
}

static void part(cd_jsonw_t *w, const char *name, cd_file_kind_t file)
{
    int count;
    const cd_record_def_t *defs = cd_record_defs(&count);
    cd_jsonw_name(w, name);
    cd_jsonw_open(w, '{');
    cd_jsonw_put_text(w, "type", "object");
    cd_jsonw_name(w, "properties");
    cd_jsonw_open(w, '{');
    simple(w, "reference", "string", NULL, NULL);
    cd_jsonw_name(w, "records");
    cd_jsonw_open(w, '{');
    cd_jsonw_put_text(w, "type", "array");
    cd_jsonw_put_int(w, "minItems", 1);
    cd_jsonw_name(w, "items");
    cd_jsonw_open(w, '{');
    cd_jsonw_name(w, "oneOf");
    cd_jsonw_open(w, '[');
    for (int i = 0; i < count; i++)
        if (defs[i].file == file)
            record(w, &defs[i]);
    cd_jsonw_close(w, ']');
    cd_jsonw_close(w, '}');
    cd_jsonw_close(w, '}');
    cd_jsonw_close(w, '}');
    required(w, "records", NULL, 0);
    closed(w);
    cd_jsonw_close(w, '}');
}

static void organisation(cd_jsonw_t *w)
{
    cd_jsonw_name(w, "organisation");
    cd_jsonw_open(w, '{');
    cd_jsonw_put_text(w, "type", "object");
    cd_jsonw_name(w, "properties");
    cd_jsonw_open(w, '{');
    for (int i = 0; i < cd_org_field_count; i++)
        property(w, &cd_org_fields[i]);
    cd_jsonw_close(w, '}');
    required(w, NULL, cd_org_fields, cd_org_field_count);
    closed(w);
    cd_jsonw_close(w, '}');
}

void app_casefile_schema(cd_buf_t *buf)
{
    cd_jsonw_t w;
    cd_jsonw_init(&w, buf, 1);
    cd_jsonw_open(&w, '{');
    cd_jsonw_put_text(&w, "$schema", "https://json-schema.org/draft/2020-12/schema");
    cd_jsonw_put_text(&w, "title", "Candour case file");
    cd_jsonw_put_text(
        &w, "description",
        "One organisation, one candour case and one claim. Dates are ISO; a month or "
        "a year alone, or two dates joined by a slash for a period, where the pattern allows it. "
        "Money is "
        "whole pence, shares are basis points. A name that is not known is left out, never null.");
    cd_jsonw_put_text(&w, "type", "object");
    cd_jsonw_name(&w, "properties");
    cd_jsonw_open(&w, '{');
    cd_jsonw_name(&w, "format");
    cd_jsonw_open(&w, '{');
    cd_jsonw_put_text(&w, "const", APP_CASEFILE_FORMAT);
    cd_jsonw_close(&w, '}');
    cd_jsonw_name(&w, "version");
    cd_jsonw_open(&w, '{');
    cd_jsonw_put_int(&w, "const", APP_CASEFILE_VERSION);
    cd_jsonw_close(&w, '}');
    organisation(&w);
    part(&w, "case", CD_FILE_CASE);
    part(&w, "claim", CD_FILE_CLAIM);
    cd_jsonw_close(&w, '}');
    cd_jsonw_name(&w, "required");
    cd_jsonw_open(&w, '[');
    cd_jsonw_text(&w, "format");
    cd_jsonw_text(&w, "version");
    cd_jsonw_close(&w, ']');
    closed(&w);
    cd_jsonw_close(&w, '}');
    cd_buf_lit(buf, "\n");
}
