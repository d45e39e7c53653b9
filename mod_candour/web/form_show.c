/* form_show.c: a form as the values its templates read, and the answer when it must be corrected.
 * The names and what they mean to the templates are in names_form.def. All of them are for the page
 * only. */
#include <string.h>

#include <apr_strings.h>
#include <openssl/rand.h>

#include "base/money.h"
#include "base/text.h"
#include "web/form_body.h"

#define RADIOS_MAX 10                  /* a longer list is a drop-down */
#define INLINE_MAX 3
#define WORDS_MAX 12                   /* characters of labels that stand side by side */

static const cd_token_t yes_no[] = { { CD_YES, "yes", "Yes" },
                                     { CD_NO, "no", "No" },
                                     { 0, NULL, NULL } };

static const cd_token_t *choices_of(const cd_field_t *field)
{
    return field->type == CD_FT_YESNO ? yes_no : field->tokens;
}

/* The first problem of a field, or NULL. */
static const cd_problem_t *problem_of(const web_form_t *form, const char *name)
{
    int i;

    for (i = 0; i < form->problems.count; i++) {
        if (!strcmp(form->problems.list[i].field, name))
            return &form->problems.list[i];
    }
    return NULL;
}

static int is_date(const cd_field_t *field)
{
    return field->type == CD_FT_WHEN || field->type == CD_FT_DATE;
}

static const char *set_words(const cd_field_t *field, apr_uint32_t set, apr_pool_t *pool)
{
    cd_buf_t *text = cd_buf_make(pool, 64);
    const cd_token_t *token;

    for (token = field->tokens; token->word; token++) {
        if (!(set & (1u << token->value)))
            continue;
        cd_buf_str(text, text->len ? "," : "");
        cd_buf_str(text, token->word);
    }
    return text->len ? text->data : NULL;
}

static const char *number_words(const cd_field_t *field, apr_int64_t n, apr_pool_t *pool)
{
    const char *text;

    if (!n)
        return NULL;
    if (field->type == CD_FT_PENCE)
        return cd_pence_plain(n, pool);
    if (field->type != CD_FT_BP)
        return apr_psprintf(pool, "%" APR_INT64_T_FMT, n);
    text = cd_bp_words(n, pool);
    return apr_pstrmemdup(pool, text, strlen(text) - (n % 100 ? 1 : 4));
}

/* A member's value as a person would type it; NULL if it is not given. */
static const char *value_typed(const cd_field_t *field, const void *base, apr_pool_t *pool)
{
    int n;

    switch (field->type) {
    case CD_FT_TEXT:
    case CD_FT_LONG:
    case CD_FT_ODS:
        return CD_FIELD_GET(const char *, base, field);
    case CD_FT_NHS:
        return CD_FIELD_GET(const char *, base, field)
                   ? cd_nhs_words(CD_FIELD_GET(const char *, base, field), pool)
                   : NULL;
    case CD_FT_TOKEN:
    case CD_FT_YESNO:
        return cd_token_word(choices_of(field), CD_FIELD_GET(int, base, field));
    case CD_FT_SET:
        return set_words(field, CD_FIELD_GET(apr_uint32_t, base, field), pool);
    case CD_FT_MINUTES:
        n = CD_FIELD_GET(int, base, field);
        return n ? cd_minutes_words(n - 1, pool) : NULL;
    case CD_FT_SEQ:
        return number_words(field, CD_FIELD_GET(int, base, field), pool);
    case CD_FT_PENCE:
    case CD_FT_BP:
    case CD_FT_INT:
        return number_words(field, CD_FIELD_GET(apr_int64_t, base, field), pool);
    case CD_FT_WHEN:
    case CD_FT_DATE:
        break;
    }
    return NULL;
}

/* What was typed stands as it was typed; but a choice that was understood is shown as that choice,
 * however it was spelt. */
static const char *value_of(const web_form_t *form, int place)
{
    const cd_field_t *field = &form->fields[place];
    const char *value = value_typed(field, form->base, form->pool);
    int choice =
        field->type == CD_FT_TOKEN || field->type == CD_FT_YESNO || field->type == CD_FT_SET;

    return form->was_read && !(choice && value) ? form->raw[place] : value;
}

static int is_word(const char *text, const char *word, apr_pool_t *pool)
{
    cd_token_t one[] = { { 1, word, NULL }, { 0, NULL, NULL } };

    return cd_token_polite(one, cd_text_tidy(text, pool));
}

/* Is `word` chosen? A set's text is words that commas divide. */
static int is_chosen(const cd_field_t *field, const char *text, const char *word, apr_pool_t *pool)
{
    if (field->type != CD_FT_SET)
        return is_word(text, word, pool);
    while (text && *text) {
        apr_size_t len = strcspn(text, ",");

        if (is_word(apr_pstrmemdup(pool, text, len), word, pool))
            return 1;
        text += len + (text[len] == ',');
    }
    return 0;
}

/* ID, ID-2, ID-3: the first choice has the field's own id, so that the error summary finds it. */
static const char *choice_id(const char *id, int number, apr_pool_t *pool)
{
    return number == 1 ? id : apr_psprintf(pool, "%s-%d", id, number);
}

static void put_choices(web_view_t *map, const cd_field_t *field, const char *value,
                        apr_pool_t *pool)
{
    web_view_t *list = web_page_list(map, WN_choices);
    const cd_token_t *token;
    apr_size_t longest = 0;
    int number = 0;
    const char *kind = field->type == CD_FT_SET ? "nhsuk-checkboxes" : "nhsuk-radios";

    for (token = choices_of(field); token->word; token++) {
        web_view_t *choice = web_add(list);

        web_page_text(choice, WN_id, choice_id(field->name, ++number, pool));
        web_page_text(choice, WN_value, token->word);
        web_page_text(choice, WN_label, token->label);
        if (is_chosen(field, value, token->word, pool))
            web_page_flag(choice, WN_checked, 1);
        if (field->type == CD_FT_SET && !strcmp(token->word, "NONE"))
            web_page_text(choice, WN_choice_behaviour, "exclusive");
        longest = strlen(token->label) > longest ? strlen(token->label) : longest;
    }
    web_page_text(map, WN_list_class,
                  apr_psprintf(pool, "%s--small%s%s", kind,
                               number <= INLINE_MAX && longest <= WORDS_MAX ? " " : "",
                               number <= INLINE_MAX && longest <= WORDS_MAX
                                   ? apr_pstrcat(pool, kind, "--inline", NULL)
                                   : ""));
}

static void put_options(web_view_t *map, const cd_field_t *field, const char *value,
                        apr_pool_t *pool)
{
    web_view_t *list = web_page_list(map, WN_options), *option = web_add(list);
    const cd_token_t *token;

    web_page_text(option, WN_value, "");
    web_page_text(option, WN_label, "Choose");
    for (token = field->tokens; token->word; token++) {
        option = web_add(list);
        web_page_text(option, WN_value, token->word);
        web_page_text(option, WN_label, token->label);
        if (is_chosen(field, value, token->word, pool))
            web_page_flag(option, WN_checked, 1);
    }
}

/* Day, month and year of a member as far as known; a span of another kind leaves them empty. */
static void date_typed(const char *out[3], const cd_field_t *field, const void *base,
                       apr_pool_t *pool)
{
    cd_when_t when = field->type == CD_FT_DATE ? cd_when_day(CD_FIELD_GET(cd_date_t, base, field))
                                               : CD_FIELD_GET(cd_when_t, base, field);
    cd_precision_t precision = cd_when_precision(when);
    int year, month, day;

    if (precision == CD_PRECISION_NONE || precision == CD_PRECISION_SPAN)
        return;
    cd_date_split(when.first, &year, &month, &day);
    out[2] = apr_itoa(pool, year);
    if (precision != CD_PRECISION_YEAR)
        out[1] = apr_itoa(pool, month);
    if (precision == CD_PRECISION_DAY)
        out[0] = apr_itoa(pool, day);
}

static void put_date_parts(web_view_t *map, const web_form_t *form, int place,
                           const cd_problem_t *problem)
{
    static const struct { const char *name, *label, *width; } parts[] = {
        { "day", "Day", "nhsuk-input--width-2" }, { "month", "Month", "nhsuk-input--width-2" },
        { "year", "Year", "nhsuk-input--width-4" }
    };
    const cd_field_t *field = &form->fields[place];
    web_view_t *list = web_page_list(map, WN_parts);
    const char *typed[3] = { NULL, NULL, NULL };
    int i;

    if (!form->was_read)
        date_typed(typed, field, form->base, form->pool);
    for (i = 0; i < 3; i++) {
        const char *name = apr_pstrcat(form->pool, field->name, "-", parts[i].name, NULL);
        web_view_t *part = web_add(list);

        web_page_text(part, WN_id, name);
        web_page_text(part, WN_name, name);
        web_page_text(part, WN_label, parts[i].label);
        web_page_text(part, WN_part_class, parts[i].width);
        web_page_text(part, WN_part_value,
                      form->was_read ? form->raw_part[place * 3 + i] : typed[i]);
        if (problem && (!problem->part || !strcmp(problem->part, parts[i].name)))
            web_page_flag(part, WN_part_error, 1);
    }
}

static void put_long(web_view_t *map, const cd_field_t *field, apr_pool_t *pool)
{
    web_page_flag(map, WN_is_long, 1);
    web_page_text(map, WN_rows_high,
                  field->max && field->max <= 300    ? "3"
                  : field->max && field->max <= 1000 ? "5"
                                                     : "8");
    if (!field->max)
        return;
    web_page_text(map, WN_maxlength, apr_psprintf(pool, "%" APR_INT64_T_FMT, field->max));
    web_page_text(map, WN_threshold, "75");
    web_page_text(
        map, WN_count_text,
        apr_psprintf(pool, "You can enter up to %" APR_INT64_T_FMT " characters", field->max));
}

static void put_input(web_view_t *map, const cd_field_t *field)
{
    const char *width = NULL, *inputmode = NULL;

    switch (field->type) {
    case CD_FT_MINUTES: width = "nhsuk-input--width-5"; break;
    case CD_FT_PENCE: width = "nhsuk-input--width-10"; inputmode = "decimal"; break;
    case CD_FT_BP: width = "nhsuk-input--width-5"; inputmode = "decimal"; break;
    case CD_FT_INT:
    case CD_FT_SEQ: width = "nhsuk-input--width-5"; inputmode = "numeric"; break;
    case CD_FT_NHS: width = "nhsuk-input--width-20"; inputmode = "numeric"; break;
    case CD_FT_ODS: width = "nhsuk-input--width-10"; break;
    default: width = field->max && field->max <= 20 ? "nhsuk-input--width-20" : NULL; break;
    }
    web_page_flag(map, WN_is_input, 1);
    web_page_text(map, WN_type, "text");
    web_page_text(map, WN_input_class, width);
    web_page_text(map, WN_inputmode, inputmode);
    web_page_text(map, WN_autocomplete, "off");
    if (field->type == CD_FT_ODS || field->type == CD_FT_NHS)
        web_page_text(map, WN_spellcheck, "false");
    web_page_text(map, WN_prefix, field->type == CD_FT_PENCE ? "\xc2\xa3" : NULL);
    web_page_text(map, WN_suffix, field->type == CD_FT_BP ? "%" : NULL);
}

static int is_select(const cd_field_t *field)
{
    int count = 0;
    const cd_token_t *token;

    for (token = field->tokens; field->type == CD_FT_TOKEN && token->word; token++)
        count++;
    return count > RADIOS_MAX;
}

/* What kind of control a field has, with what that kind needs. */
static void put_kind(web_view_t *map, const web_form_t *form, int place,
                     const cd_problem_t *problem)
{
    const cd_field_t *field = &form->fields[place];
    const char *value = is_date(field) ? NULL : value_of(form, place);

    switch (field->type) {
    case CD_FT_WHEN:
    case CD_FT_DATE:
        web_page_flag(map, WN_is_date, 1);
        put_date_parts(map, form, place, problem);
        return;
    case CD_FT_LONG:
        put_long(map, field, form->pool);
        break;
    case CD_FT_TOKEN:
    case CD_FT_YESNO:
    case CD_FT_SET:
        if (is_select(field)) {
            web_page_flag(map, WN_is_select, 1);
            put_options(map, field, value, form->pool);
        } else {
            web_page_flag(map, field->type == CD_FT_SET ? WN_is_checkboxes : WN_is_radios, 1);
            put_choices(map, field, value, form->pool);
        }
        return;
    case CD_FT_TEXT:
        if (field->tokens) {       /* one of these words, which the use case checks */
            web_page_flag(map, WN_is_select, 1);
            put_options(map, field, value, form->pool);
            return;
        }
        put_input(map, field);
        break;
    default:
        put_input(map, field);
        break;
    }
    web_page_text(map, WN_value, value ? value : "");
}

/* Everything a screen reader is told of the field, in the order of the page. */
static const char *described(const cd_field_t *field, const cd_problem_t *problem, apr_pool_t *pool)
{
    cd_buf_t *ids = cd_buf_make(pool, 64);

    if (field->type == CD_FT_LONG && field->max)
        cd_buf_fmt(ids, "%s-info", field->name);
    if (field->hint)
        cd_buf_fmt(ids, "%s%s-hint", ids->len ? " " : "", field->name);
    if (problem)
        cd_buf_fmt(ids, "%s%s-error", ids->len ? " " : "", field->name);
    return ids->len ? ids->data : NULL;
}

static void put_common(web_view_t *map, const cd_field_t *field, const cd_problem_t *problem,
                       apr_pool_t *pool)
{
    web_page_text(map, WN_id, field->name);
    web_page_text(map, WN_name, field->name);
    web_page_text(map, WN_label, field->label);
    web_page_text(map, WN_size, "s");
    web_page_text(map, WN_hint, field->hint);
    web_page_text(map, WN_describedby, described(field, problem, pool));
    if (problem) {
        web_page_flag(map, WN_has_error, 1);
        web_page_text(map, WN_error, problem->text);
    }
}

/* The rules a section's fields answer: "Rule E02", "Rules E02, E03". Each rule once, as first met.
 */
static void add_rules(cd_buf_t *rules, const char *more)
{
    while (more && *more) {
        apr_size_t len = strcspn(more, ", ");
        const char *one = apr_pstrmemdup(rules->pool, more, len);

        if (len && !strstr(rules->data, one)) {
            cd_buf_str(rules, rules->len ? ", " : "");
            cd_buf_str(rules, one);
        }
        more += len + strspn(more + len, ", ");
    }
}

static void close_section(web_view_t *section, cd_buf_t *rules)
{
    if (section && rules->len)
        web_page_text(section, WN_section_rules,
                      apr_pstrcat(rules->pool, strchr(rules->data, ',') ? "Rules " : "Rule ",
                                  apr_pstrdup(rules->pool, rules->data), NULL));
    rules->len = 0;
    rules->data[0] = '\0';
}

static web_view_t *open_section(web_view_t *sections, const char *heading, apr_pool_t *pool)
{
    web_view_t *section = web_add(sections);

    web_page_text(section, WN_section_id, apr_psprintf(pool, "part-%d", web_list_count(sections)));
    web_page_text(section, WN_section_heading, heading);
    web_page_list(section, WN_fields);
    return section;
}

/* The reason of a correction is a field like the others, but of every record. */
static void put_reason(web_view_t *sections, const web_form_t *form)
{
    const char *name = web_form_reason_name(form);
    const cd_field_t field = {
        .name = name, .type = CD_FT_LONG, .max = 500, .label = "Why are you correcting this?",
        .hint = "The old version stays in the record, with this reason."
    };
    const cd_problem_t *problem = problem_of(form, name);
    web_view_t *section = open_section(sections, "The correction", form->pool);
    web_view_t *map = web_add(web_page_list(section, WN_fields));

    put_common(map, &field, problem, form->pool);
    put_long(map, &field, form->pool);
    web_page_text(map, WN_value, form->reason ? form->reason : "");
}

static void put_sections(web_view_t *map, const web_form_t *form)
{
    web_view_t *sections = web_page_list(map, WN_sections), *section = NULL;
    cd_buf_t *rules = cd_buf_make(form->pool, 64);
    int i;

    if (form->supersedes)
        put_reason(sections, form);
    for (i = 0; i < form->count; i++) {
        const cd_field_t *field = &form->fields[i];
        const cd_problem_t *problem = problem_of(form, field->name);
        web_view_t *item;

        if (web_form_skips(form, field))
            continue;
        if (!section || field->section) {
            close_section(section, rules);
            section =
                open_section(sections, field->section ? field->section : "Details", form->pool);
        }
        item = web_add(web_page_list(section, WN_fields));
        put_common(item, field, problem, form->pool);
        put_kind(item, form, i, problem);
        add_rules(rules, field->rules);
    }
    close_section(section, rules);
}

/* Where the error summary leads: the input that is wrong. NULL: no input of this form. */
static const char *target_of(const web_form_t *form, const cd_problem_t *problem)
{
    int place;
    const cd_field_t *field = web_form_field(form, problem->field, strlen(problem->field), &place);

    if (!field && form->file && !strcmp(problem->field, form->file))
        return form->file;
    if (!field)
        return form->supersedes && !strcmp(problem->field, web_form_reason_name(form))
                   ? problem->field
                   : NULL;
    if (!is_date(field))
        return field->name;
    return apr_pstrcat(form->pool, field->name, "-", problem->part ? problem->part : "day", NULL);
}

static void put_error(web_view_t *list, const web_form_t *form, const cd_problem_t *problem)
{
    web_view_t *item = web_add(list);

    web_page_text(item, WN_text, problem->text);
    web_page_text(item, WN_target, target_of(form, problem));
}

/* What concerns the whole form first, then one problem a field in the order of the page. */
static void put_errors(web_view_t *map, const web_form_t *form)
{
    web_view_t *list = web_page_list(map, WN_error_list);
    int i;

    web_page_flag(map, WN_has_problem, form->problems.count > 0);
    for (i = 0; i < form->problems.count; i++) {
        int place;
        const char *name = form->problems.list[i].field;

        if (!web_form_field(form, name, strlen(name), &place))
            put_error(list, form, &form->problems.list[i]);
    }
    for (i = 0; i < form->count; i++) {
        const cd_problem_t *problem = problem_of(form, form->fields[i].name);

        if (problem && !web_form_skips(form, &form->fields[i]))
            put_error(list, form, problem);
    }
}

/* The key of this form's one effect: kept while the form comes back, fresh on a new page. */
static const char *key_text(const web_exchange_t *x)
{
    unsigned char bytes[APP_IDEM_BYTES];

    if (x->ctx && x->ctx->has_idem)
        return cd_hex(x->ctx->idem, APP_IDEM_BYTES, x->pool);
    if (RAND_bytes(bytes, sizeof(bytes)) != 1)
        return NULL;                    /* a form without its key is refused when it comes */
    return cd_hex(bytes, sizeof(bytes), x->pool);
}

void web_form_show(web_view_t *map, const web_form_t *form, web_exchange_t *x)
{
    web_page_text(map, WN_token, x->csrf_token);
    web_page_text(map, WN_key, key_text(x));
    /* In JSON, too: a client of the API needs it for If-Match. */
    if (form->version)
        web_put_int(map, WN_version, form->version);
    else
        web_page_text(map, WN_version, NULL);
    web_page_text(map, WN_supersedes,
                  form->supersedes ? apr_itoa(x->pool, form->supersedes) : NULL);
    put_errors(map, form);
    put_sections(map, form);
}

/* RFC 9457, with a pointer (RFC 6901) to each field. */
static void write_problems(web_exchange_t *x, const web_form_t *form)
{
    web_view_t *view = web_view_make(x->pool), *list;
    int i;

    web_put_text(view, WN_type, "/problems/invalid");
    web_put_text(view, WN_title, "Something must be corrected");
    web_put_int(view, WN_status, 422);
    web_put_text(view, WN_detail, cd_code_text(CD_E_INVALID));
    list = web_put_list(view, WN_errors);
    for (i = 0; i < form->problems.count; i++) {
        const cd_problem_t *problem = &form->problems.list[i];
        web_view_t *item = web_add(list);

        web_put_text(item, WN_detail, problem->text);
        web_put_text(item, WN_pointer,
                     *problem->field ? apr_pstrcat(x->pool, "#/", problem->field, NULL) : "#");
    }
    x->resp->content_type = "application/problem+json";
    x->resp->body = cd_buf_make(x->pool, 1024);
    web_write_json(x->resp->body, view);
}

int web_form_to_mend(web_exchange_t *x, web_form_t *form, const cd_err_t *err)
{
    if (err && err->code == CD_E_KEY_REUSED && x->media == WEB_HTML) {
        x->ctx->has_idem = 0;
        cd_problem_add(&form->problems, "", NULL,
                       "This form was saved before, with other answers. These are not saved. To "
                       "save them too, "
                       "send the form again");
        return 1;
    }
    return err && (err->code == CD_E_INVALID
                   || (err->code == CD_E_STALE && form->problems.count));
}

/* What is about no one answer has no name ("") and stays. */
static void keep_first(cd_problems_t *problems)
{
    cd_problem_t *list = problems->list;
    int i, j, kept = 0;

    for (i = 0; i < problems->count; i++) {
        for (j = 0; j < kept && (!*list[i].field || strcmp(list[j].field, list[i].field)); j++)
            ;
        if (j == kept)
            list[kept++] = list[i];
    }
    problems->count = kept;
}

cd_err_t *web_form_again(web_exchange_t *x, web_form_t *form)
{
    keep_first(&form->problems);
    x->resp->status = 422;
    if (x->media == WEB_JSON) {
        write_problems(x, form);
        return NULL;
    }
    web_form_show(x->view, form, x);
    return NULL;
}
