/* casefile_read.c: a case file from JSON, every problem collected.
 *
 * Nothing is guessed: a word in another case, a number as text or an unknown name is a problem, and
 * the reader goes on to find the next. It reads values through the same field tables as the forms
 * do. */
#include <apr_strings.h>
#include <string.h>

#include "app/casefile.h"
#include "base/text.h"
#include "domain/value.h"

typedef struct read_t {
    const char *bytes;
    apr_size_t len;
    cd_date_t today;
    cd_problems_t *problems;
    apr_pool_t *pool;
} read_t;

enum { SHOWN_MAX = 60 };

static const char *pointer(read_t *rd, const char *base, const char *name)
{
    return apr_pstrcat(rd->pool, base, "/", name, NULL);
}

static const char *pointer_n(read_t *rd, const char *base, size_t index)
{
    return apr_psprintf(rd->pool, "%s/%" APR_SIZE_T_FMT, base, index);
}

static int into_buf(const char *bytes, size_t len, void *baton)
{
    cd_buf_add(baton, bytes, len);
    return 0;
}

/* A value as a message shows it; a long one is cut between two characters. */
static const char *shown(read_t *rd, const json_t *value)
{
    cd_buf_t *buf = cd_buf_make(rd->pool, 64);
    if (!value || json_dump_callback(value, into_buf, buf, JSON_ENCODE_ANY | JSON_COMPACT))
        return NULL;
    if (buf->len <= SHOWN_MAX)
        return buf->data;
    apr_size_t cut = SHOWN_MAX;
    while (cut && ((unsigned char)buf->data[cut] & 0xC0) == 0x80)
        cut--;
    return apr_pstrcat(rd->pool, apr_pstrmemdup(rd->pool, buf->data, cut), "…", NULL);
}

/* "line 12: "2026-13-01": Date you told the patient must be a real date" */
static void problem(read_t *rd, const char *at, const json_t *value, const char *remedy)
{
    const char *value_words = shown(rd, value);
    const char *where = at;
    int line = app_casefile_line(rd->bytes, rd->len, where);
    /* a name that is missing: the line of what should hold it */
    while (!line && *where) {
        where = apr_pstrmemdup(rd->pool, where, (apr_size_t)(strrchr(where, '/') - where));
        line = app_casefile_line(rd->bytes, rd->len, where);
    }
    cd_problem_add(rd->problems, at, NULL, "line %d: %s%s%s", line, value_words ? value_words : "",
                   value_words ? ": " : "", remedy);
}

/* Passes on problems that the field tables found, with the place in the file. */
static void pass_on(read_t *rd, const char *base, const json_t *object, const cd_problems_t *found)
{
    for (int i = 0; i < found->count; i++) {
        const char *name = found->list[i].field;
        problem(rd, *name ? pointer(rd, base, name) : base,
                *name ? json_object_get(object, name) : NULL, found->list[i].text);
    }
}

static const char *words_of(read_t *rd, const cd_token_t *list)
{
    const char *words[40];
    int count = 0;
    for (; list->word && count < 40; list++)
        words[count++] = list->word;
    return cd_text_list(words, count, rd->pool);
}

/* The value as text that cd_field_read takes; NULL after a problem. */
static const char *number_text(read_t *rd, const cd_field_t *field, const json_t *value,
                               const char *at)
{
    apr_int64_t number = (apr_int64_t)json_integer_value(value);
    if (!json_is_integer(value) || number < 0) {
        problem(rd, at, value,
                field->type == CD_FT_PENCE ? "must be whole pence, without quotes"
                : field->type == CD_FT_BP
                    ? "must be whole basis points (10000 is all), without quotes"
                    : "must be a whole number, without quotes");
        return NULL;
    }
    if (field->type == CD_FT_PENCE)
        return cd_pence_plain(number, rd->pool);
    if (field->type == CD_FT_BP)
        return apr_psprintf(rd->pool, "%" APR_INT64_T_FMT ".%02d", number / 100,
                            (int)(number % 100));
    return apr_psprintf(rd->pool, "%" APR_INT64_T_FMT, number);
}

static const char *set_text(read_t *rd, const cd_field_t *field, const json_t *value,
                            const char *at)
{
    const char *text = "";
    if (!json_is_array(value) || !json_array_size(value)) {
        problem(rd, at, value, "must be a list of words that is not empty");
        return NULL;
    }
    for (size_t i = 0; i < json_array_size(value); i++) {
        const char *word = json_string_value(json_array_get(value, i));
        if (!word || !cd_token_strict(field->tokens, word)) {
            problem(rd, pointer_n(rd, at, i), json_array_get(value, i),
                    apr_pstrcat(rd->pool, "must be one of ", words_of(rd, field->tokens), NULL));
            return NULL;
        }
        text = apr_pstrcat(rd->pool, text, *text ? "," : "", word, NULL);
    }
    return text;
}

static const char *field_text(read_t *rd, const cd_field_t *field, const json_t *value,
                              const char *at)
{
    switch (field->type) {
    case CD_FT_PENCE: case CD_FT_BP: case CD_FT_INT: case CD_FT_SEQ:
        return number_text(rd, field, value, at);
    case CD_FT_SET:
        return set_text(rd, field, value, at);
    case CD_FT_YESNO:
        if (json_is_boolean(value))
            return json_is_true(value) ? "yes" : "no";
        problem(rd, at, value, "must be true or false, without quotes");
        return NULL;
    default:
        break;
    }
    const char *text = json_string_value(value);
    if (!text || !*text) {
        problem(rd, at, value,
                "must be a text that is not empty; leave the name out if it is not known");
        return NULL;
    }
    if (field->type == CD_FT_TOKEN && !cd_token_strict(field->tokens, text)) {
        problem(rd, at, value,
                apr_pstrcat(rd->pool, "must be one of ", words_of(rd, field->tokens), NULL));
        return NULL;
    }
    return text;
}

/* Reads the members that `fields` describe into `base`; a required one that is missing is a
 * problem. */
static void read_fields(read_t *rd, const cd_field_t *fields, int count, void *base,
                        const json_t *object, const char *at)
{
    cd_problems_t found = { .pool = rd->pool };
    for (int i = 0; i < count; i++) {
        const json_t *value = json_object_get(object, fields[i].name);
        const char *text = NULL;
        if (value) {
            text = field_text(rd, &fields[i], value, pointer(rd, at, fields[i].name));
            if (!text)
                continue;
        }
        cd_field_read(&fields[i], base, text, rd->today, &found);
    }
    pass_on(rd, at, object, &found);
}

static int is_field(const cd_field_t *fields, int count, const char *name)
{
    for (int i = 0; i < count; i++)
        if (!strcmp(fields[i].name, name))
            return 1;
    return 0;
}

static int listed(const char *const *names, const char *name)
{
    for (; names && *names; names++)
        if (!strcmp(*names, name))
            return 1;
    return 0;
}

/* Every name of an object that neither the list nor the fields know. */
static void unknown_names(read_t *rd, const json_t *object, const char *at,
                          const char *const *names, const cd_field_t *fields, int count)
{
    const char *name;
    json_t *value;
    json_object_foreach((json_t *)object, name, value)
        if (!listed(names, name) && !is_field(fields, count, name))
            problem(rd, pointer(rd, at, name), value,
                    "this name is not known here: take it out or mend its spelling");
}

static const char *const meta_names[] = {
    "record", "seq", "recorded_at", "recorded_by", "recorded_as", "supersedes", "correction_reason",
    NULL
};

static int read_count(read_t *rd, const json_t *object, const char *at, const char *name)
{
    const json_t *value = json_object_get(object, name);
    json_int_t number = json_integer_value(value);
    if (!value)
        return 0;
    if (!json_is_integer(value) || number < 1 || number > 1000000000) {
        problem(rd, pointer(rd, at, name), value, "must be a whole number from 1, without quotes");
        return 0;
    }
    return (int)number;
}

static const char *read_line(read_t *rd, const json_t *object, const char *at, const char *name)
{
    static const cd_field_t any = {
        .name = "text", .type = CD_FT_TEXT, .max = 400, .noun = "the text"
    };
    const json_t *value = json_object_get(object, name);
    const char *text = value ? field_text(rd, &any, value, pointer(rd, at, name)) : NULL;
    const char *out = NULL;
    cd_problems_t found = { .pool = rd->pool };
    if (text)
        cd_field_read(&any, &out, text, CD_NO_DATE, &found);
    if (found.count)
        problem(rd, pointer(rd, at, name), value, found.list[0].text);
    return out;
}

static void read_meta(read_t *rd, cd_record_t *record, const json_t *object, const char *at)
{
    const char *when = read_line(rd, object, at, "recorded_at");
    const char *role = read_line(rd, object, at, "recorded_as");
    record->seq = read_count(rd, object, at, "seq");
    record->supersedes = read_count(rd, object, at, "supersedes");
    record->recorded_by_name = read_line(rd, object, at, "recorded_by");
    record->reason = read_line(rd, object, at, "correction_reason");
    record->recorded_at = when ? cd_instant_parse(when) : 0;
    if (when && !record->recorded_at)
        problem(rd, pointer(rd, at, "recorded_at"), json_object_get(object, "recorded_at"),
                "must be an instant like 2026-11-04T14:30:00.000Z");
    else if (when && rd->today && cd_london_date(record->recorded_at) > rd->today)
        problem(rd, pointer(rd, at, "recorded_at"), json_object_get(object, "recorded_at"),
                "must not be in the future");
    record->role = role ? cd_token_strict(cd_roles, role) : 0;
    if (role && !record->role)
        problem(rd, pointer(rd, at, "recorded_as"), json_object_get(object, "recorded_as"),
                apr_pstrcat(rd->pool, "must be one of ", words_of(rd, cd_roles), NULL));
}

static const char *kinds_of(read_t *rd, cd_file_kind_t file)
{
    const char *words[40];
    int count, n = 0;
    const cd_record_def_t *defs = cd_record_defs(&count);
    for (int i = 0; i < count && n < 40; i++)
        if (defs[i].file == file)
            words[n++] = defs[i].word;
    return cd_text_list(words, n, rd->pool);
}

/* 1 if the record could be read far enough to be kept. */
static int read_record(read_t *rd, cd_record_t *record, const json_t *object, cd_file_kind_t file,
                       const char *at)
{
    const char *word = json_string_value(json_object_get(object, "record"));
    const cd_record_def_t *def = cd_record_def_by_word(file, word);
    if (!json_is_object(object)) {
        problem(rd, at, object, "must be an object that says which record it is");
        return 0;
    }
    if (!def) {
        problem(rd, pointer(rd, at, "record"), json_object_get(object, "record"),
                apr_pstrcat(rd->pool, "must be one of ", kinds_of(rd, file), NULL));
        return 0;
    }
    void *body = apr_pcalloc(rd->pool, def->size);
    unknown_names(rd, object, at, meta_names, def->fields, def->field_count);
    read_meta(rd, record, object, at);
    read_fields(rd, def->fields, def->field_count, body, object, at);
    record->kind = def->kind;
    record->body = body;
    record->happened = cd_body_happened(def, body);
    return 1;
}

static const cd_record_t *by_seq(const app_casefile_part_t *part, int seq, int before)
{
    for (int i = 0; i < part->count && part->records[i].seq < before; i++)
        if (part->records[i].seq == seq)
            return &part->records[i];
    return NULL;
}

static void check_supersedes(read_t *rd, const app_casefile_part_t *part, const cd_record_t *r,
                             const char *at)
{
    const cd_record_t *target = r->supersedes ? by_seq(part, r->supersedes, r->seq) : NULL;
    int withdrawal = r->kind == CD_REC_WITHDRAWAL || r->kind == CD_REC_TAKEN_BACK;
    if (withdrawal && !r->supersedes)
        problem(rd, pointer(rd, at, "supersedes"), NULL,
                "a withdrawal must name the entry it takes back");
    else if (r->supersedes && !target)
        problem(rd, pointer(rd, at, "supersedes"), NULL,
                "must name an earlier entry of the same part");
    else if (target && !withdrawal && target->kind != r->kind)
        problem(rd, pointer(rd, at, "supersedes"), NULL, "must name an entry of the same kind");
    else if (target && !withdrawal && !r->reason)
        problem(rd, pointer(rd, at, "correction_reason"), NULL, "a correction must say why");
}

/* Of the entries before `r`, one that stands and takes the same payment back; NULL if there is
 * none. */
static const cd_record_t *reversed_before(const app_casefile_part_t *part, const cd_record_t *r)
{
    const cd_record_t *found = NULL;
    for (int i = 0; i < part->count && part->records[i].seq < r->seq; i++) {
        const cd_record_t *other = &part->records[i];
        if (found && other->supersedes == found->seq)
            found = NULL;
        if (other->kind == CD_REC_PAYMENT && ((const cd_payment_t *)other->body)->reverses
            == ((const cd_payment_t *)r->body)->reverses)
            found = other;
    }
    return found && found->seq != r->supersedes ? found : NULL;
}

/* Members that point at another record. */
static void check_links(read_t *rd, const app_casefile_part_t *part, const cd_record_t *r,
                        const char *at)
{
    const cd_record_t *target;
    if (r->kind == CD_REC_TALK && ((const cd_talk_t *)r->body)->incident_seq) {
        target = by_seq(part, ((const cd_talk_t *)r->body)->incident_seq, r->seq);
        if (!target || target->kind != CD_REC_INCIDENT)
            problem(rd, pointer(rd, at, "incident_seq"), NULL,
                    "must name an earlier incident entry");
    }
    if (r->kind == CD_REC_PAYMENT && ((const cd_payment_t *)r->body)->reverses) {
        const cd_payment_t *own = r->body;
        target = by_seq(part, own->reverses, r->seq);
        const cd_payment_t *other = target && target->kind == CD_REC_PAYMENT ? target->body : NULL;
        if (!other || other->reverses || other->kind != own->kind
            || other->amount_p != own->amount_p)
            problem(rd, pointer(rd, at, "reverses"), NULL,
                    "must name an earlier payment of the same kind and amount");
        else if ((target = reversed_before(part, r)))
            problem(rd, pointer(rd, at, "reverses"), NULL,
                    apr_psprintf(rd->pool,
                                 "must not take a payment back twice: entry %d takes entry %d "
                                 "back already",
                                 target->seq, own->reverses));
    }
}

/* Awareness is never later than the first opinion that found the incident notifiable. */
static void check_aware(read_t *rd, const cd_record_t *r, cd_date_t opinion_on,
                        const json_t *object, const char *at)
{
    cd_when_t aware =
        r->kind == CD_REC_OPENING ? r->happened : (cd_when_t){ CD_NO_DATE, CD_NO_DATE };
    if (opinion_on && cd_when_known(aware) && aware.first > opinion_on)
        problem(rd, pointer(rd, at, "aware"), json_object_get(object, "aware"),
                apr_pstrcat(rd->pool, "must be the same as or before ",
                            cd_date_words(opinion_on, rd->pool),
                            ", when a professional found it notifiable", NULL));
}

/* Dates of the file's head, for the checks across records. */
static cd_head_dates_t head_of(const app_casefile_part_t *part)
{
    cd_head_dates_t head = { 0 };
    for (int i = 0; i < part->count; i++) {
        const cd_record_t *r = &part->records[i];
        if (r->kind == CD_REC_INCIDENT) {
            head.occurred = r->happened;
            head.reported_on = ((const cd_incident_t *)r->body)->reported_on;
        }
        if (r->kind == CD_REC_OPINION && cd_when_known(r->happened)
            && ((const cd_opinion_t *)r->body)->opinion == CD_OPINION_NOTIFIABLE
            && (!head.aware_on || r->happened.last < head.aware_on))
            head.aware_on = r->happened.last;
    }
    return head;
}

static void check_records(read_t *rd, const app_casefile_part_t *part, const size_t *places,
                          const json_t *list, const char *at)
{
    cd_head_dates_t head = head_of(part);
    for (int i = 0; i < part->count; i++) {
        const cd_record_t *r = &part->records[i];
        const char *here = pointer_n(rd, at, places[i]);
        cd_problems_t found = { .pool = rd->pool };
        if (i && r->seq <= part->records[i - 1].seq)
            problem(rd, pointer(rd, here, "seq"), NULL, "entry numbers must rise");
        check_supersedes(rd, part, r, here);
        check_links(rd, part, r, here);
        check_aware(rd, r, head.aware_on, json_array_get(list, places[i]), here);
        cd_record_check(r->kind, r->body, &head, rd->today, &found);
        pass_on(rd, here, json_array_get(list, places[i]), &found);
    }
}

static void read_part(read_t *rd, app_casefile_part_t *part, const json_t *object,
                      cd_file_kind_t file, const char *at)
{
    static const char *const names[] = { "reference", "records", NULL };
    const json_t *list = json_object_get(object, "records");
    const char *list_at = pointer(rd, at, "records");
    int head = 0;
    part->present = 1;
    if (!json_is_object(object) || !json_is_array(list) || !json_array_size(list)) {
        problem(rd, json_is_object(object) ? list_at : at, NULL, "must have a list of records");
        return;
    }
    unknown_names(rd, object, at, names, NULL, 0);
    part->reference = read_line(rd, object, at, "reference");
    part->records = apr_pcalloc(rd->pool, json_array_size(list) * sizeof(*part->records));
    size_t *places = apr_pcalloc(rd->pool, json_array_size(list) * sizeof(*places));
    for (size_t i = 0; i < json_array_size(list); i++) {
        cd_record_t *record = &part->records[part->count];
        if (!read_record(rd, record, json_array_get(list, i), file, pointer_n(rd, list_at, i)))
            continue;
        if (!record->seq)
            record->seq = part->count ? part->records[part->count - 1].seq + 1 : 1;
        head += record->kind == CD_REC_INCIDENT || record->kind == CD_REC_CLAIM;
        places[part->count++] = i;
    }
    if (!head)
        problem(rd, list_at, NULL,
                file == CD_FILE_CASE ? "must hold an incident" : "must hold a claim");
    check_records(rd, part, places, list, list_at);
}

static void read_whole(read_t *rd, app_casefile_t *file, const json_t *root)
{
    static const char *const names[] = {
        "format", "version", "organisation", "case", "claim", NULL
    };
    const char *format = json_string_value(json_object_get(root, "format"));
    const json_t *org = json_object_get(root, "organisation");
    unknown_names(rd, root, "", names, NULL, 0);
    if (!format || strcmp(format, APP_CASEFILE_FORMAT))
        problem(rd, "/format", json_object_get(root, "format"),
                "must be \"" APP_CASEFILE_FORMAT "\"");
    if (json_integer_value(json_object_get(root, "version")) != APP_CASEFILE_VERSION)
        problem(rd, "/version", json_object_get(root, "version"), "must be 1");
    if (org) {
        file->org = apr_pcalloc(rd->pool, sizeof(*file->org));
        if (!json_is_object(org))
            problem(rd, "/organisation", org, "must be an object");
        unknown_names(rd, org, "/organisation", NULL, cd_org_fields, cd_org_field_count);
        read_fields(rd, cd_org_fields, cd_org_field_count, file->org, org, "/organisation");
    }
    if (json_object_get(root, "case"))
        read_part(rd, &file->candour, json_object_get(root, "case"), CD_FILE_CASE, "/case");
    if (json_object_get(root, "claim"))
        read_part(rd, &file->claim, json_object_get(root, "claim"), CD_FILE_CLAIM, "/claim");
    if (!file->candour.present && !file->claim.present)
        problem(rd, "", NULL, "must hold a case or a claim");
}

cd_err_t *app_casefile_read(app_casefile_t **out, const char *bytes, apr_size_t len,
                            cd_date_t today, cd_problems_t *problems, apr_pool_t *pool)
{
    read_t rd = { bytes, len, today, problems, pool };
    app_casefile_t *file = apr_pcalloc(pool, sizeof(*file));
    json_t *root;
    CD_ERR(cd_json_read(&root, bytes, len, pool));
    if (json_is_object(root))
        read_whole(&rd, file, root);
    else
        problem(&rd, "", root, "a case file is one JSON object");
    *out = file;
    return NULL;
}
