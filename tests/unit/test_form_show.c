/* test_form_show.c: a form to fill in, with values to correct, and shown again with what was typed
 * and the problems. */
#include "unit.h"

#include "form_try.h"

static const web_view_t *field_map(const web_view_t *view, const char *name)
{
    const web_view_t *sections = web_get_map(view, WN_sections);
    int s, f;

    for (s = 0; s < web_list_count(sections); s++) {
        const web_view_t *list = web_get_map(web_list_at(sections, s), WN_fields);

        for (f = 0; f < web_list_count(list); f++) {
            if (!strcmp(web_get_text(web_list_at(list, f), WN_id), name))
                return web_list_at(list, f);
        }
    }
    fail_msg("no field %s", name);
    return NULL;
}

static void an_empty_form_to_fill_in(void **state)
{
    try_t *t = prepare(FORM, NULL, *state);
    const web_view_t *sections, *map;

    web_form_skip(t->form, "nhs");
    web_form_show(t->x.view, t->form, &t->x);
    assert_string_equal(web_get_text(t->x.view, WN_token), "TOKEN");
    assert_int_equal(strlen(web_get_text(t->x.view, WN_key)), 32);
    assert_null(web_get_text(t->x.view, WN_version));
    assert_int_equal(web_list_count(web_get_map(t->x.view, WN_error_list)), 0);
    sections = web_get_map(t->x.view, WN_sections);
    assert_int_equal(web_list_count(sections), 2);
    assert_string_equal(web_get_text(web_list_at(sections, 0), WN_section_heading), "When and how");
    assert_string_equal(web_get_text(web_list_at(sections, 0), WN_section_rules),
                        "Rules E02, C01, E03");
    assert_string_equal(web_get_text(web_list_at(sections, 1), WN_section_rules), "Rule E06");
    assert_int_equal(web_list_count(web_get_map(web_list_at(sections, 1), WN_fields)), 7);
    map = field_map(t->x.view, "told");
    assert_string_equal(web_get_text(map, WN_describedby), "told-hint");
    assert_string_equal(web_get_text(web_list_at(web_get_map(map, WN_parts), 1), WN_name),
                        "told-month");
    map = field_map(t->x.view, "mode");
    assert_string_equal(web_get_text(map, WN_list_class),
                        "nhsuk-radios--small nhsuk-radios--inline");
    assert_string_equal(web_get_text(web_list_at(web_get_map(map, WN_choices), 0), WN_id), "mode");
    assert_string_equal(web_get_text(web_list_at(web_get_map(map, WN_choices), 1), WN_id),
                        "mode-2");
    assert_string_equal(web_get_text(field_map(t->x.view, "words"), WN_describedby),
                        "words-info words-hint");
}

static void values_to_correct(void **state)
{
    try_t *t = prepare(FORM, NULL, *state);
    const web_view_t *view = t->x.view, *parts;

    t->talk = (talk_t){ .told = { cd_date_make(2026, 11, 1), cd_date_make(2026, 11, 30) },
                        .noted_on = cd_date_make(2026, 11, 5),
                        .at = 871,
                        .mode = 2,
                        .sorry = CD_NO,
                        .support = 1u << 2,
                        .name = "N",
                        .nhs = "9434765919",
                        .paid_p = 123450,
                        .share_bp = 7000,
                        .days = 12 };
    t->form->version = 7;
    t->form->supersedes = 3;
    web_form_show(t->x.view, t->form, &t->x);
    assert_string_equal(web_get_text(view, WN_version), "7");
    assert_string_equal(web_get_text(view, WN_supersedes), "3");
    assert_string_equal(web_get_text(field_map(view, "reason"), WN_label),
                        "Why are you correcting this?");
    parts = web_get_map(field_map(view, "told"), WN_parts);
    assert_null(web_get_text(web_list_at(parts, 0), WN_part_value));
    assert_string_equal(web_get_text(web_list_at(parts, 1), WN_part_value), "11");
    assert_string_equal(web_get_text(web_list_at(parts, 2), WN_part_value), "2026");
    assert_string_equal(
        web_get_text(web_list_at(web_get_map(field_map(view, "noted_on"), WN_parts), 0),
                     WN_part_value),
        "5");
    assert_string_equal(web_get_text(field_map(view, "at"), WN_value), "2:30pm");
    assert_null(
        web_get_text(web_list_at(web_get_map(field_map(view, "mode"), WN_choices), 0), WN_checked));
    assert_string_equal(
        web_get_text(web_list_at(web_get_map(field_map(view, "mode"), WN_choices), 1), WN_checked),
        "yes");
    assert_string_equal(
        web_get_text(web_list_at(web_get_map(field_map(view, "sorry"), WN_choices), 1), WN_checked),
        "yes");
    assert_string_equal(
        web_get_text(web_list_at(web_get_map(field_map(view, "support"), WN_choices), 1),
                     WN_checked),
        "yes");
    assert_null(web_get_text(web_list_at(web_get_map(field_map(view, "support"), WN_choices), 0),
                             WN_checked));
    assert_string_equal(web_get_text(field_map(view, "nhs"), WN_value), "943 476 5919");
    assert_string_equal(web_get_text(field_map(view, "paid_p"), WN_value), "1234.50");
    assert_string_equal(web_get_text(field_map(view, "share_bp"), WN_value), "70");
    assert_string_equal(web_get_text(field_map(view, "days"), WN_value), "12");
}

static void everything_typed_comes_back(void **state)
{
    try_t *t = form_read("version=7&told-day=4&told-year=2026&mode=PIGEON&support=ADVOCATE&support="
                         "NONE&name=%3Cb%3E&words=w&paid_p=a+lot&sorry=perhaps",
                         *state);
    const web_view_t *view = t->x.view, *list, *parts;

    assert_null(t->err);
    web_put_text(t->x.view, WN_title, "Log");
    assert_null(web_form_again(&t->x, t->form));
    assert_int_equal(t->resp.status, 422);
    /* the frame puts "Error: " before it */
    assert_string_equal(web_get_text(view, WN_title), "Log");
    assert_string_equal(web_get_text(view, WN_has_problem), "yes");
    assert_string_equal(web_get_text(view, WN_key), "00112233445566778899aabbccddeeff");
    assert_string_equal(web_get_text(view, WN_version), "7");
    assert_string_equal(web_get_text(field_map(view, "name"), WN_value), "<b>");
    assert_string_equal(web_get_text(field_map(view, "words"), WN_value), "w");
    assert_string_equal(web_get_text(field_map(view, "paid_p"), WN_value), "a lot");
    assert_string_equal(
        web_get_text(web_list_at(web_get_map(field_map(view, "support"), WN_choices), 2),
                     WN_checked),
        "yes");
    parts = web_get_map(field_map(view, "told"), WN_parts);
    assert_string_equal(web_get_text(web_list_at(parts, 0), WN_part_value), "4");
    assert_null(web_get_text(web_list_at(parts, 0), WN_part_error));
    assert_string_equal(web_get_text(web_list_at(parts, 1), WN_part_error), "yes");
    assert_string_equal(web_get_text(field_map(view, "told"), WN_describedby),
                        "told-hint told-error");
    list = web_get_map(view, WN_error_list);
    assert_int_equal(web_list_count(list), 4);
    assert_string_equal(web_get_text(web_list_at(list, 0), WN_target), "told-month");
    assert_string_equal(web_get_text(web_list_at(list, 0), WN_text),
                        "Date you told the patient must include a month");
    assert_string_equal(web_get_text(web_list_at(list, 0), WN_text),
                        web_get_text(field_map(view, "told"), WN_error));
    assert_string_equal(web_get_text(web_list_at(list, 1), WN_target), "mode");
    assert_string_equal(web_get_text(web_list_at(list, 3), WN_target), "paid_p");
}

static void problems_as_json(void **state)
{
    try_t *t = json_read("{" JKEY ",\"told\":\"2026-11-31\",\"mode\":\"VIDEO\"}", *state);

    assert_null(t->err);
    t->x.media = WEB_JSON;
    cd_problem_add(&t->form->problems, "", NULL, "Both cannot be");
    assert_null(web_form_again(&t->x, t->form));
    assert_int_equal(t->resp.status, 422);
    assert_string_equal(t->resp.content_type, "application/problem+json");
    assert_string_equal(
        t->resp.body->data,
        "{\"type\":\"/problems/invalid\",\"title\":\"Something must be corrected\",\"status\":422,"
        "\"detail\":\"something in the form must be corrected\",\"errors\":[{\"detail\":\"Date you "
        "told the patient must "
        "be a real date\",\"pointer\":\"#/told\"},{\"detail\":\"Both cannot "
        "be\",\"pointer\":\"#\"}]}");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        POOL_TEST(an_empty_form_to_fill_in),
        POOL_TEST(values_to_correct),
        POOL_TEST(everything_typed_comes_back),
        POOL_TEST(problems_as_json),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
