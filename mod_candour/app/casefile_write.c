/* casefile_write.c: a case file as JSON, and the schema of the form; both from the field tables. */
#include <apr_strings.h>
#include <string.h>

#include "app/casefile.h"
#include "domain/value.h"

static void text(cd_jsonw_t *w, const char *name, const char *value)
{
    if (!value)
        return;
    cd_jsonw_name(w, name);
    cd_jsonw_text(w, value);
}

static void number(cd_jsonw_t *w, const char *name, apr_int64_t value)
{
    if (!value)
        return;
    cd_jsonw_name(w, name);
    cd_jsonw_int(w, value);
}

static void write_set(cd_jsonw_t *w, const cd_field_t *field, apr_uint32_t set)
{
    cd_jsonw_open(w, '[');
    for (const cd_token_t *t = field->tokens; t->word; t++)
        if (set & (1u << t->value))
            cd_jsonw_text(w, t->word);
    cd_jsonw_close(w, ']');
}

static void write_field(cd_jsonw_t *w, const cd_field_t *field, const void *base)
{
    if (!cd_field_given(field, base))
        return;
    cd_jsonw_name(w, field->name);
    switch (field->type) {
    case CD_FT_YESNO:
        cd_jsonw_bool(w, CD_FIELD_GET(int, base, field) == CD_YES);
        break;
    case CD_FT_SET:
        write_set(w, field, CD_FIELD_GET(apr_uint32_t, base, field));
        break;
    case CD_FT_PENCE: case CD_FT_BP: case CD_FT_INT:
        cd_jsonw_int(w, CD_FIELD_GET(apr_int64_t, base, field));
        break;
    case CD_FT_SEQ:
        cd_jsonw_int(w, CD_FIELD_GET(int, base, field));
        break;
    default:
        cd_jsonw_text(w, cd_field_plain(field, base, w->buf->pool));
        break;
    }
}

static void write_record(cd_jsonw_t *w, const cd_record_t *record)
{
    const cd_record_def_t *def = cd_record_def(record->kind);
    cd_jsonw_open(w, '{');
    text(w, "record", def->word);
    number(w, "seq", record->seq);
    text(w, "recorded_at",
         record->recorded_at ? cd_instant_iso(record->recorded_at, w->buf->pool) : NULL);
    text(w, "recorded_by", record->recorded_by_name);
    text(w, "recorded_as", cd_token_word(cd_roles, record->role));
    number(w, "supersedes", record->supersedes);
    text(w, "correction_reason", record->reason);
    for (int i = 0; i < def->field_count; i++)
        write_field(w, &def->fields[i], record->body);
    cd_jsonw_close(w, '}');
}

static void write_part(cd_jsonw_t *w, const char *name, const app_casefile_part_t *part)
{
    if (!part->present)
        return;
    cd_jsonw_name(w, name);
    cd_jsonw_open(w, '{');
    text(w, "reference", part->reference);
    cd_jsonw_name(w, "records");
    cd_jsonw_open(w, '[');
    for (int i = 0; i < part->count; i++)
        write_record(w, &part->records[i]);
    cd_jsonw_close(w, ']');
    cd_jsonw_close(w, '}');
}

void app_casefile_write(cd_buf_t *buf, const app_casefile_t *file)
{
    cd_jsonw_t w;
    cd_jsonw_init(&w, buf, 1);
    cd_jsonw_open(&w, '{');
    text(&w, "format", APP_CASEFILE_FORMAT);
    number(&w, "version", APP_CASEFILE_VERSION);
    if (file->org) {
        cd_jsonw_name(&w, "organisation");
        cd_jsonw_open(&w, '{');
        for (int i = 0; i < cd_org_field_count; i++)
            write_field(&w, &cd_org_fields[i], file->org);
        cd_jsonw_close(&w, '}');
    }
    write_part(&w, "case", &file->candour);
    write_part(&w, "claim", &file->claim);
    cd_jsonw_close(&w, '}');
    cd_buf_lit(buf, "\n");
}
