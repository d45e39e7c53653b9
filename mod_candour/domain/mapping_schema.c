/* mapping_schema.c: JSON Schema (2020-12) of mapping files, its kinds of record and their fields
 * from the field tables. A test compares the copy in docs/ with it. */
#include <apr_strings.h>
#include <string.h>

#include "base/json.h"
#include "domain/mapping.h"

static void one_ref(cd_jsonw_t *w, const char *name, const char *def)
{
    cd_jsonw_put_open(w, name);
    cd_jsonw_put_text(w, "$ref", apr_pstrcat(w->buf->pool, "#/$defs/", def, NULL));
    cd_jsonw_close(w, '}');
}

static void words(cd_jsonw_t *w, const char *name, const char *const *list)
{
    cd_jsonw_name(w, name);
    cd_jsonw_open(w, '[');
    for (; *list; list++)
        cd_jsonw_text(w, *list);
    cd_jsonw_close(w, ']');
}

static void closed(cd_jsonw_t *w)
{
    cd_jsonw_name(w, "additionalProperties");
    cd_jsonw_bool(w, 0);
}

static void typed(cd_jsonw_t *w, const char *name, const char *type, const char *description)
{
    cd_jsonw_put_open(w, name);
    cd_jsonw_put_text(w, "type", type);
    cd_jsonw_put_text(w, "description", description);
    cd_jsonw_close(w, '}');
}

/* A text, or a list of them. */
static void texts(cd_jsonw_t *w, const char *name, const char *description)
{
    cd_jsonw_put_open(w, name);
    cd_jsonw_put_text(w, "description", description);
    cd_jsonw_name(w, "oneOf");
    cd_jsonw_open(w, '[');
    cd_jsonw_open(w, '{');
    cd_jsonw_put_text(w, "type", "string");
    cd_jsonw_close(w, '}');
    cd_jsonw_open(w, '{');
    cd_jsonw_put_text(w, "type", "array");
    cd_jsonw_name(w, "minItems");
    cd_jsonw_int(w, 1);
    cd_jsonw_put_open(w, "items");
    cd_jsonw_put_text(w, "type", "string");
    cd_jsonw_close(w, '}');
    cd_jsonw_close(w, '}');
    cd_jsonw_close(w, ']');
    cd_jsonw_close(w, '}');
}

static void century(cd_jsonw_t *w)
{
    cd_jsonw_put_open(w, "century");
    cd_jsonw_put_text(w, "type", "integer");
    cd_jsonw_put_text(w, "description", "Two-digit years up to this are 20yy, later ones 19yy");
    cd_jsonw_name(w, "minimum");
    cd_jsonw_int(w, 0);
    cd_jsonw_name(w, "maximum");
    cd_jsonw_int(w, 99);
    cd_jsonw_close(w, '}');
}

static void source_object(cd_jsonw_t *w)
{
    cd_jsonw_open(w, '{');
    cd_jsonw_put_text(w, "type", "object");
    cd_jsonw_put_open(w, "properties");
    typed(w, "column", "string", "Heading of the column");
    cd_jsonw_put_open(w, "columns");
    cd_jsonw_put_text(w, "type", "array");
    cd_jsonw_put_text(w, "description", "Two to four columns that are put together");
    cd_jsonw_name(w, "minItems");
    cd_jsonw_int(w, 2);
    cd_jsonw_name(w, "maxItems");
    cd_jsonw_int(w, CD_MAP_PARTS);
    cd_jsonw_put_open(w, "items");
    cd_jsonw_put_text(w, "type", "string");
    cd_jsonw_close(w, '}');
    cd_jsonw_close(w, '}');
    typed(w, "join", "string", "What stands between them; a space if it is not given");
    cd_jsonw_put_open(w, "value");
    cd_jsonw_put_text(w, "description", "A value that is always the same");
    words(w, "type", (const char *const[]){ "string", "boolean", NULL });
    cd_jsonw_close(w, '}');
    typed(w, "list", "string", "Name of the list that turns their word into ours");
    typed(w, "split", "string", "What stands between several words, where a field takes several");
    texts(w, "form",
          "How a date or time is written: yyyy yy MMMM MMM mm m dd d hh mi ss and other signs");
    century(w);
    cd_jsonw_close(w, '}');
    closed(w);
    cd_jsonw_close(w, '}');
}

static void source(cd_jsonw_t *w)
{
    cd_jsonw_put_open(w, "source");
    cd_jsonw_name(w, "oneOf");
    cd_jsonw_open(w, '[');
    cd_jsonw_open(w, '{');
    cd_jsonw_put_text(w, "type", "string");
    cd_jsonw_put_text(w, "description", "Heading of the column");
    cd_jsonw_close(w, '}');
    source_object(w);
    cd_jsonw_close(w, ']');
    cd_jsonw_close(w, '}');
}

static void condition(cd_jsonw_t *w)
{
    cd_jsonw_put_open(w, "condition");
    cd_jsonw_put_text(w, "type", "object");
    cd_jsonw_put_open(w, "properties");
    typed(w, "column", "string", "Heading of the column");
    texts(w, "is", "The record is made if the column holds one of these");
    texts(w, "not", "The record is made if the column holds none of these");
    typed(w, "filled", "boolean", "The record is made if the column is filled, or if it is empty");
    cd_jsonw_close(w, '}');
    words(w, "required", (const char *const[]){ "column", NULL });
    closed(w);
    cd_jsonw_close(w, '}');
}

static void record(cd_jsonw_t *w, const cd_record_def_t *def)
{
    cd_jsonw_open(w, '{');
    cd_jsonw_put_text(w, "title", def->title);
    cd_jsonw_put_text(w, "type", "object");
    cd_jsonw_put_open(w, "properties");
    cd_jsonw_put_open(w, "record");
    cd_jsonw_put_text(w, "const", def->word);
    cd_jsonw_close(w, '}');
    cd_jsonw_put_open(w, "key");
    cd_jsonw_put_text(w, "type", "string");
    cd_jsonw_put_text(w, "pattern", "^[a-z0-9_-]{1,40}$");
    cd_jsonw_close(w, '}');
    cd_jsonw_put_open(w, "when");
    cd_jsonw_name(w, "oneOf");
    cd_jsonw_open(w, '[');
    cd_jsonw_open(w, '{');
    cd_jsonw_put_text(w, "$ref", "#/$defs/condition");
    cd_jsonw_close(w, '}');
    cd_jsonw_open(w, '{');
    cd_jsonw_put_text(w, "type", "array");
    one_ref(w, "items", "condition");
    cd_jsonw_close(w, '}');
    cd_jsonw_close(w, ']');
    cd_jsonw_close(w, '}');
    cd_jsonw_put_open(w, "fields");
    cd_jsonw_put_text(w, "type", "object");
    cd_jsonw_put_open(w, "properties");
    for (int i = 0; i < def->field_count; i++)
        if (!(def->fields[i].flags & CD_FF_APP)
            && (def->kind != CD_REC_INCIDENT || strcmp(def->fields[i].name, "local_ref")))
            one_ref(w, def->fields[i].name, "source");
    cd_jsonw_close(w, '}');
    cd_jsonw_name(w, "required");
    cd_jsonw_open(w, '[');
    for (int i = 0; i < def->field_count; i++)
        if (def->fields[i].flags & CD_FF_REQUIRED)
            cd_jsonw_text(w, def->fields[i].name);
    cd_jsonw_close(w, ']');
    closed(w);
    cd_jsonw_close(w, '}');
    cd_jsonw_close(w, '}');
    words(w, "required", (const char *const[]){ "record", "fields", NULL });
    closed(w);
    cd_jsonw_close(w, '}');
}

static void records(cd_jsonw_t *w)
{
    int count;
    const cd_record_def_t *defs = cd_record_defs(&count);
    cd_jsonw_put_open(w, "records");
    cd_jsonw_put_text(w, "type", "array");
    cd_jsonw_put_text(w, "description", "What a row makes; the incident must be one of them");
    cd_jsonw_put_open(w, "items");
    cd_jsonw_name(w, "oneOf");
    cd_jsonw_open(w, '[');
    for (int i = 0; i < count; i++)
        if (defs[i].file == CD_FILE_CASE && cd_map_kind_allowed(defs[i].kind))
            record(w, &defs[i]);
    cd_jsonw_close(w, ']');
    cd_jsonw_close(w, '}');
    cd_jsonw_close(w, '}');
}

static void organisation(cd_jsonw_t *w)
{
    cd_jsonw_put_open(w, "organisation");
    cd_jsonw_put_text(w, "description",
                      "The code of the organisation, or the column that names it in each row");
    cd_jsonw_name(w, "oneOf");
    cd_jsonw_open(w, '[');
    cd_jsonw_open(w, '{');
    cd_jsonw_put_text(w, "type", "string");
    cd_jsonw_put_text(w, "pattern", "^[A-Z0-9]{3,8}$");
    cd_jsonw_close(w, '}');
    cd_jsonw_open(w, '{');
    cd_jsonw_put_text(w, "type", "object");
    cd_jsonw_put_open(w, "properties");
    typed(w, "column", "string", "Heading of the column");
    typed(w, "list", "string", "Name of the list that turns their word into the code");
    cd_jsonw_close(w, '}');
    words(w, "required", (const char *const[]){ "column", NULL });
    closed(w);
    cd_jsonw_close(w, '}');
    cd_jsonw_close(w, ']');
    cd_jsonw_close(w, '}');
}

static void lists(cd_jsonw_t *w)
{
    cd_jsonw_put_open(w, "lists");
    cd_jsonw_put_text(w, "type", "object");
    cd_jsonw_put_text(w, "description", "Their word to ours; null where it stands for no value");
    cd_jsonw_put_open(w, "additionalProperties");
    cd_jsonw_put_text(w, "type", "object");
    cd_jsonw_put_open(w, "additionalProperties");
    words(w, "type", (const char *const[]){ "string", "null", NULL });
    cd_jsonw_close(w, '}');
    cd_jsonw_close(w, '}');
    cd_jsonw_close(w, '}');
}

static void properties(cd_jsonw_t *w)
{
    cd_jsonw_put_open(w, "properties");
    cd_jsonw_put_open(w, "format");
    cd_jsonw_put_text(w, "const", CD_MAPPING_FORMAT);
    cd_jsonw_close(w, '}');
    cd_jsonw_put_open(w, "version");
    cd_jsonw_name(w, "const");
    cd_jsonw_int(w, CD_MAPPING_VERSION);
    cd_jsonw_close(w, '}');
    typed(w, "name", "string", "Whose export this is for");
    organisation(w);
    cd_jsonw_put_open(w, "separator");
    words(w, "enum", (const char *const[]){ "comma", "semicolon", "tab", NULL });
    cd_jsonw_close(w, '}');
    cd_jsonw_put_open(w, "encoding");
    words(w, "enum", (const char *const[]){ "utf-8", "windows-1252", NULL });
    cd_jsonw_close(w, '}');
    typed(w, "local_reference", "string", "The column by which a row is known again");
    texts(w, "date_form", "Form of every date that names none of its own");
    century(w);
    texts(w, "empty", "Words that stand for no value");
    cd_jsonw_put_open(w, "ignored");
    cd_jsonw_put_text(w, "type", "array");
    cd_jsonw_put_text(w, "description",
                      "Columns that are left out; every other column must be used");
    cd_jsonw_put_open(w, "items");
    cd_jsonw_put_text(w, "type", "string");
    cd_jsonw_close(w, '}');
    cd_jsonw_close(w, '}');
    lists(w);
    records(w);
    cd_jsonw_close(w, '}');
}

void cd_mapping_schema(cd_buf_t *buf)
{
    cd_jsonw_t w;
    cd_jsonw_init(&w, buf, 1);
    cd_jsonw_open(&w, '{');
    cd_jsonw_put_text(&w, "$schema", "https://json-schema.org/draft/2020-12/schema");
    cd_jsonw_put_text(&w, "title", "Candour mapping");
    cd_jsonw_put_text(&w, "description",
                      "How the columns of another system's CSV export become records");
    cd_jsonw_put_text(&w, "type", "object");
    properties(&w);
    words(&w, "required",
          (const char *const[]){ "format", "version", "name", "local_reference", "records", NULL });
    closed(&w);
    cd_jsonw_put_open(&w, "$defs");
    source(&w);
    condition(&w);
    cd_jsonw_close(&w, '}');
    cd_jsonw_close(&w, '}');
    cd_buf_lit(buf, "\n");
}
