/* scheme_file.c: a version of a scheme as a file that a lawyer can read: what a new one must have
 * besides settings that can be reckoned with, its test claims, and the line that a problem stands
 * in. */
#include <apr_lib.h>
#include <apr_strings.h>
#include <stddef.h>
#include <string.h>

#include "base/field.h"
#include "base/text.h"
#include "domain/scheme_members.h"

#define IN(member_) offsetof(cd_scheme_input_t, member_)
#define EX(member_) offsetof(cd_scheme_test_t, member_)
#define WHOLE 10000

static const cd_member_t input_members[] = {
    { "damages_p", CD_MB_PENCE, IN(damages_p), NULL, 0, 0, NULL, NULL, NULL },
    { "ppo_capital_p", CD_MB_PENCE, IN(ppo_capital_p), NULL, 0, 0, NULL, NULL, NULL },
    { "claimant_costs_p", CD_MB_PENCE, IN(claimant_costs_p), NULL, 0, 0, NULL, NULL, NULL },
    { "defence_costs_p", CD_MB_PENCE, IN(defence_costs_p), NULL, 0, 0, NULL, NULL, NULL },
    { "succeeded", CD_MB_FLAG, IN(succeeded), NULL, 0, 0, NULL, NULL, NULL },
    { "breach_number", CD_MB_COUNT, IN(breach_number), NULL, 0, 0, NULL, NULL, NULL },
    { "units", CD_MB_COUNT, IN(units), NULL, 0, 0, NULL, NULL, NULL },
    { "incidents", CD_MB_COUNT, IN(incidents), NULL, 0, 0, NULL, NULL, NULL },
    { "severity", CD_MB_WORD, IN(severity), cd_severities, 0, 0, NULL, NULL, NULL },
    { "extent", CD_MB_WORD, IN(extent), cd_extents, 0, 0, NULL, NULL, NULL },
    { "contribution_p", CD_MB_PENCE, IN(contribution_p), NULL, 0, 0, NULL, NULL, NULL },
    { NULL, CD_MB_TEXT, 0, NULL, 0, 0, NULL, NULL, NULL }
};
static const cd_member_t expect_members[] = {
    { "indicated_p", CD_MB_PENCE, EX(expect_p), NULL, 1, 0, NULL, NULL, NULL },
    { "would_be_p", CD_MB_PENCE, EX(expect_would_p), NULL, 0, 0, NULL, NULL, NULL },
    { "exceeds_basis", CD_MB_FLAG, EX(expect_exceeds), NULL, 0, 0, NULL, NULL, NULL },
    { NULL, CD_MB_TEXT, 0, NULL, 0, 0, NULL, NULL, NULL }
};

/* ---- where a member stands ------------------------------------------------ */

typedef struct walk_t { const char *at, *end; int line; } walk_t;

static void walk_string(walk_t *walk)
{
    for (walk->at++; walk->at < walk->end && *walk->at != '"'; walk->at++)
        if (*walk->at == '\\' && walk->at + 1 < walk->end)
            walk->at++;
}

/* Goes to the next byte that is no blank, no comma and no colon. */
static void walk_on(walk_t *walk)
{
    for (; walk->at < walk->end && strchr(" \t\r\n,:", *walk->at); walk->at++)
        walk->line += *walk->at == '\n';
}

/* Past one value: text, number, or all that a bracket holds. */
static void walk_value(walk_t *walk)
{
    int depth = 0;
    walk_on(walk);
    for (; walk->at < walk->end; walk->at++) {
        if (*walk->at == '\n')
            walk->line++;
        else if (*walk->at == '"')
            walk_string(walk);
        else if (*walk->at == '{' || *walk->at == '[')
            depth++;
        else if (*walk->at == '}' || *walk->at == ']')
            depth--;
        if (depth < 0 || (!depth && walk->at + 1 < walk->end && strchr(",}]\n", walk->at[1])))
            break;
    }
    if (walk->at < walk->end && depth >= 0)
        walk->at++;
}

/* To the member `name` (or the `name`-th item) of the object or list that begins here. 1 if it is
 * there. */
static int walk_into(walk_t *walk, const char *name, apr_size_t len)
{
    int list, item = 0;
    walk_on(walk);
    if (walk->at >= walk->end || (*walk->at != '{' && *walk->at != '['))
        return 0;
    list = *walk->at++ == '[';
    for (walk_on(walk); walk->at < walk->end && *walk->at != '}' && *walk->at != ']';
         walk_on(walk)) {
        const char *begin = walk->at + 1;
        if (list) {
            if (item++ == (int)apr_atoi64(name))
                return 1;
        } else {
            walk_string(walk);
            if (walk->at >= walk->end)
                return 0;
            walk->at++;
            if ((apr_size_t)(walk->at - 1 - begin) == len && !memcmp(begin, name, len))
                return 1;
        }
        walk_value(walk);
    }
    return 0;
}

/* Line of "authorities/cap_p" in a text that is JSON; 0 if it is not there. */
static int line_of(const char *bytes, apr_size_t len, const char *path)
{
    walk_t walk = { bytes, bytes + len, 1 };
    while (*path) {
        apr_size_t part = strcspn(path, "/");
        if (!walk_into(&walk, path, part))
            return 0;
        path += part + (path[part] == '/');
    }
    return walk.line;
}

/* Each problem with its line and member before it: "Line 7, cap_p: must be ...". */
static void say_where(cd_problems_t *problems, const char *bytes, apr_size_t len)
{
    for (int i = 0; i < problems->count; i++) {
        cd_problem_t *problem = &problems->list[i];
        int line = line_of(bytes, len, problem->field);
        problem->text = line
                            ? apr_psprintf(problems->pool, "Line %d, %s: %s", line, problem->field,
                                           problem->text)
                            : apr_psprintf(problems->pool, "%s: %s", problem->field, problem->text);
    }
}

cd_scheme_fault_t cd_scheme_fault(const cd_problem_t *problem, apr_pool_t *pool)
{
    cd_scheme_fault_t fault = { NULL, problem->field, problem->text };
    apr_size_t len = strlen(problem->field);
    const char *comma = strncmp(fault.text, "Line ", 5) ? NULL : strchr(fault.text, ',');
    if (comma) {
        fault.line = apr_pstrmemdup(pool, fault.text + 5, (apr_size_t)(comma - fault.text) - 5);
        fault.text = comma + 2;
    }
    if (!strncmp(fault.text, problem->field, len) && !strncmp(fault.text + len, ": ", 2))
        fault.text += len + 2;
    return fault;
}

/* ---- what a new file must have ------------------------------------------ */

static int is_formula(const cd_scheme_t *s, int formula)
{
    return cd_scheme_formula(s) == formula;
}

static int past_whole(const cd_scheme_t *s)
{
    int past = s->bp > WHOLE && !is_formula(s, CD_L7_CONTRIBUTION_UPLIFT);
    for (int i = 0; i < 9; i++)
        past |= s->matrix_bp[i / 3][i % 3] > WHOLE;
    return past;
}

static int held_irrespective(const cd_scheme_t *s)
{
    return is_formula(s, CD_L2_FIXED_IRRESPECTIVE) && s->may_exceed_basis != CD_YES;
}

static int unsaid(const cd_scheme_t *s)
{
    return s->may_exceed_basis == CD_UNSAID
           && (is_formula(s, CD_L3_FIXED_RISING) || is_formula(s, CD_L3B_FIXED_STEPS)
               || past_whole(s));
}

static int both(const cd_scheme_t *s)
{
    return s->may_exceed_basis == CD_YES && s->capped_by_damages == CD_YES
           && (s->basis == CD_BASIS_D || !s->basis);
}

static int not_damages(const cd_scheme_t *s)
{
    return s->basis && s->basis != CD_BASIS_D
        && (is_formula(s, CD_L4_PERCENT_OF_DAMAGES) || is_formula(s, CD_L9_MATRIX));
}

static int falling(const cd_scheme_t *s)
{
    for (int i = 1; i < s->step_count; i++)
        if (s->steps_p[i] < s->steps_p[i - 1])
            return 1;
    return 0;
}

static int dated(const cd_scheme_t *s) { return s->from || s->to; }
static int long_title(const cd_scheme_t *s) { return s->title && strlen(s->title) > 200; }

static int odd_code(const cd_scheme_t *s)
{
    const char *at = s->code ? s->code : "X";
    for (; apr_isupper(*at) || apr_isdigit(*at) || *at == '_'; at++)
        ;
    return *at || (s->code && (strlen(s->code) > 24 || !*s->code));
}

static const struct {
    const char *member;
    int (*wrong)(const cd_scheme_t *s);
    const char *text;
} rows[] = {
    { "code", odd_code, "must be 1 to 24 capital letters, digits and _" },
    { "title", long_title, "must be 200 bytes or fewer" },
    { "from", dated, "and “to” are given when the version is activated: take them out" },
    { "may_exceed_basis", held_irrespective,
      "must be true for this formula: a sum whatever the damages can be more than they are. Else "
      "use formula L1" },
    { "may_exceed_basis", unsaid,
      "must be given: a sum of this scheme can be more than the "
      "basis. Say true or false" },
    { "capped_by_damages", both,
      "cannot stand beside may_exceed_basis: say false for one of "
      "them" },
    { "basis", not_damages,
      "must be D for this formula: it is a percentage of damages. L8B is "
      "one of any basis" },
    { "steps_p", falling, "must not fall from one breach to the next" },
};

/* A sum of 0 would read as "ask for nothing" and would mean "no such limit". */
static void check_zero(const cd_member_t *m, const json_t *value, cd_problems_t *problems)
{
    if ((m->kind == CD_MB_PENCE || m->kind == CD_MB_BP) && json_is_integer(value)
        && !json_integer_value(value))
        cd_problem_add(problems, m->name, NULL,
                       "must be more than 0: leave it out if there is none");
}

static void check_authority(const cd_scheme_t *s, const cd_member_t *m, cd_problems_t *problems)
{
    for (int i = 0; i < s->authority_count; i++)
        if (!strcmp(s->authorities[i].setting, m->name))
            return;
    cd_problem_add(problems, m->name, NULL,
                   "has no authority: say in authorities/%s where it comes from", m->name);
}

static void check_members(const cd_scheme_t *s, const json_t *json, cd_problems_t *problems)
{
    for (int i = 0; i < cd_scheme_member_count; i++) {
        const cd_member_t *m = &cd_scheme_members[i];
        const json_t *value = json_object_get(json, m->name);
        if (!value || !m->formulas)
            continue;
        check_zero(m, value, problems);
        if (!cd_member_used(s, m))
            cd_problem_add(problems, m->name, NULL, "is not read by formula %s: take it out",
                           cd_token_word(cd_formulas, cd_scheme_formula(s))
                               ? cd_token_word(cd_formulas, cd_scheme_formula(s))
                               : "L0");
        check_authority(s, m, problems);
    }
    for (int i = 0; i < s->authority_count; i++) {
        const char *name = s->authorities[i].setting;
        const cd_member_t *m = cd_scheme_member(name);
        if (!m || !m->formulas || !json_object_get(json, name))
            cd_problem_add(problems, apr_pstrcat(problems->pool, "authorities/", name, NULL), NULL,
                           "is the authority of a setting that is not given: take it out");
    }
}

/* ---- test claims --------------------------------------------------------- */

/* Reads members of `json` by `table`; 1 if `name` is one of them and was read, or a problem was
 * said. */
static void read_part(void *base, const cd_member_t *table, const char *name, const json_t *value,
                      const char *at, cd_problems_t *problems)
{
    const cd_member_t *m = table;
    const char *must;
    while (m->name && strcmp(m->name, name))
        m++;
    must = m->name ? cd_member_read(base, m, value, problems->pool) : NULL;
    if (!m->name)
        cd_problem_add(problems, apr_pstrcat(problems->pool, at, "/", name, NULL), NULL,
                       "is not known here: take it out");
    else if (must)
        cd_problem_add(problems, apr_pstrcat(problems->pool, at, "/", name, NULL), NULL,
                       "must be %s", must);
}

static void read_test(cd_scheme_test_t *test, const json_t *json, const char *at,
                      cd_problems_t *problems)
{
    const json_t *expect = json_object_get(json, "expect");
    const char *name;
    json_t *value;
    json_object_foreach((json_t *)json, name, value) {
        if (!strcmp(name, "name") && json_is_string(value))
            test->name = cd_text_tidy(json_string_value(value), problems->pool);
        else if (strcmp(name, "name") && strcmp(name, "expect"))
            read_part(&test->input, input_members, name, value, at, problems);
    }
    json_object_foreach((json_t *)expect, name, value)
        read_part(test, expect_members, name, value,
                  apr_pstrcat(problems->pool, at, "/expect", NULL), problems);
    if (!test->name || !*test->name)
        cd_problem_add(problems, at, NULL, "must have a name: what it shows");
    if (!json_object_get(expect, "indicated_p"))
        cd_problem_add(problems, at, NULL,
                       "must have expect/indicated_p: the sum that must come out, in pence");
    test->has_would = json_object_get(expect, "would_be_p") != NULL;
    test->input.succeeded = test->input.succeeded ? test->input.succeeded == CD_YES
                          : test->input.damages_p + test->input.ppo_capital_p > 0;
    if (!test->input.breach_number)
        test->input.breach_number = test->input.units ? test->input.units : 1;
}

static void read_tests(cd_scheme_file_t *file, const json_t *json, cd_problems_t *problems)
{
    const json_t *list = json_object_get(json, "tests");
    size_t count = json_array_size(list);
    if (!json_is_array(list) || !count || count > CD_SCHEME_TESTS) {
        cd_problem_add(problems, "tests", NULL,
                       "must be a list of 1 to 60 test claims, each with what must come out");
        return;
    }
    file->tests = apr_pcalloc(problems->pool, count * sizeof(*file->tests));
    file->test_count = (int)count;
    for (size_t i = 0; i < count; i++) {
        const char *at = apr_psprintf(problems->pool, "tests/%d", (int)i);
        if (json_is_object(json_array_get(list, i)))
            read_test(&file->tests[i], json_array_get(list, i), at, problems);
        else
            cd_problem_add(problems, at, NULL,
                           "must be an object: a name, what goes in, and “expect”");
    }
}

static void run_test(cd_scheme_test_t *test, const cd_scheme_t *scheme, apr_pool_t *pool)
{
    cd_err_t *err = cd_scheme_compute(&test->result, scheme, &test->input, pool);
    test->failed = NULL;
    if (err)
        test->failed = apr_psprintf(pool, "it could not be reckoned: %s", err->public_text);
    else if (test->result.indicated_p != test->expect_p)
        test->failed = apr_psprintf(pool, "%s was expected and %s came out",
                                    cd_pence_words(test->expect_p, pool),
                                    cd_pence_words(test->result.indicated_p, pool));
    else if (test->has_would && test->result.would_be_p != test->expect_would_p)
        test->failed = apr_psprintf(pool, "it would have been %s, and %s was expected",
                                    cd_pence_words(test->result.would_be_p, pool),
                                    cd_pence_words(test->expect_would_p, pool));
    else if (test->expect_exceeds && (test->expect_exceeds == CD_YES) != test->result.exceeds_basis)
        test->failed = test->result.exceeds_basis
                           ? "the sum is more than the basis, and that was not expected"
                           : "the sum is not more than the basis, and that was expected";
}

void cd_scheme_tests_run(cd_scheme_file_t *file, apr_pool_t *pool)
{
    file->test_failed = 0;
    for (int i = 0; i < file->test_count; i++) {
        run_test(&file->tests[i], file->scheme, pool);
        file->test_failed += file->tests[i].failed != NULL;
    }
}

/* What follows from a member that could not even be read is no second fault. */
static void add_new(cd_problems_t *problems, const cd_problems_t *more)
{
    for (int i = 0; i < more->count; i++) {
        int k = 0;
        while (k < problems->count && strcmp(problems->list[k].field, more->list[i].field))
            k++;
        if (k == problems->count)
            cd_problem_add(problems, more->list[i].field, NULL, "%s", more->list[i].text);
    }
}

static void say_failed(const cd_scheme_file_t *file, cd_problems_t *problems)
{
    for (int i = 0; i < file->test_count; i++)
        if (file->tests[i].failed)
            cd_problem_add(problems, apr_psprintf(problems->pool, "tests/%d", i), NULL,
                           "“%s” is not as expected: %s. Mend the setting or the test",
                           file->tests[i].name, file->tests[i].failed);
}

static void read_all(cd_scheme_file_t *file, const json_t *json, cd_problems_t *problems)
{
    json_t *settings = json_copy((json_t *)json);
    cd_scheme_t *s = file->scheme;
    cd_problems_t more = { .pool = problems->pool };
    json_object_del(settings, "tests");
    cd_scheme_members_read(s, settings, problems);
    json_decref(settings);
    read_tests(file, json, problems);
    cd_scheme_check(s, &more);
    for (unsigned i = 0; i < sizeof(rows) / sizeof(*rows); i++)
        if (rows[i].wrong(s))
            cd_problem_add(&more, rows[i].member, NULL, "%s", rows[i].text);
    add_new(problems, &more);
    check_members(s, json, problems);
    cd_scheme_defaults(s);
    if (problems->count)
        return;
    cd_scheme_tests_run(file, problems->pool);
    say_failed(file, problems);
}

cd_err_t *cd_scheme_file_read(cd_scheme_file_t **out, const char *bytes, apr_size_t len,
                              cd_problems_t *problems, apr_pool_t *pool)
{
    cd_scheme_file_t *file = apr_pcalloc(pool, sizeof(*file));
    cd_problems_t found = { .pool = pool };
    json_t *json;
    file->scheme = apr_pcalloc(pool, sizeof(*file->scheme));
    *out = file;
    if (len > CD_SCHEME_FILE_MAX)
        return cd_err(pool, CD_E_TOO_LARGE, NULL, "a scheme file of more than %d bytes",
                      CD_SCHEME_FILE_MAX);
    CD_ERR(cd_json_read(&json, bytes, len, pool));
    if (!json_is_object(json)) {
        cd_problem_add(problems, "file", NULL,
                       "must be one JSON object: the settings of the version");
        return NULL;
    }
    read_all(file, json, &found);
    say_where(&found, bytes, len);
    for (int i = 0; i < found.count; i++)
        cd_problem_add(problems, found.list[i].field, NULL, "%s", found.list[i].text);
    return NULL;
}
