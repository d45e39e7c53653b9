/* test_scheme_diff.c: what two versions of a scheme have different: every setting that differs
 * once, none that is equal, in the order of the file, for each formula and each setting that it
 * reads. */
#include "unit.h"

#include "base/field.h"
#include "domain/scheme_members.h"

/* One of two values that differ, as a file would give them. */
static void put(cd_scheme_t *s, const cd_member_t *m, int other)
{
    void *at = (char *)s + m->offset;

    switch (m->kind) {
    case CD_MB_WORD: *(int *)at = m->words[other].value; break;
    case CD_MB_FLAG: *(int *)at = other ? CD_YES : CD_NO; break;
    case CD_MB_PENCE: case CD_MB_BP: *(apr_int64_t *)at = 1000 + other; break;
    case CD_MB_COUNT: *(int *)at = 3 + other; break;
    case CD_MB_STEPS: s->steps_p[0] = 1000; s->steps_p[1] = 2000 + other; s->step_count = 2; break;
    case CD_MB_MATRIX:
        memset(s->matrix_bp, 0, sizeof(s->matrix_bp));
        s->matrix_bp[1][2] = 700 + other;
        break;
    default: break;
    }
}

/* Chooses how it is reckoned, and so which settings are read. */
static int chooses(const cd_member_t *m)
{
    return !strcmp(m->name, "formula") || !strcmp(m->name, "shadow_of");
}

/* Everything given that any formula reads. */
static cd_scheme_t full(int formula)
{
    cd_scheme_t s = {
        .code = "T", .version = 1, .title = "T", .formula = formula, .authority = "T"
    };

    for (int i = 0; i < cd_scheme_member_count; i++)
        if (cd_scheme_members[i].formulas && !chooses(&cd_scheme_members[i]))
            put(&s, &cd_scheme_members[i], 0);
    if (formula == CD_L0_SHADOW)
        s.shadow_of = CD_L3B_FIXED_STEPS;
    return s;
}

static int used_count(const cd_scheme_t *s)
{
    int count = 0;

    for (int i = 0; i < cd_scheme_member_count; i++)
        count += cd_scheme_members[i].formulas && cd_member_used(s, &cd_scheme_members[i]);
    return count;
}

/* In the order of the file, each once. */
static void in_order(const cd_scheme_change_t *list, int count)
{
    int at = 0;

    for (int i = 0; i < count; i++, at++) {
        while (at < cd_scheme_member_count && strcmp(cd_scheme_members[at].name, list[i].name))
            at++;
        ROW_CHECK(at < cd_scheme_member_count, i, list[i].name);
    }
}

static const cd_scheme_change_t *change_of(const cd_scheme_change_t *list, int count,
                                           const char *name)
{
    for (int i = 0; i < count; i++)
        if (!strcmp(list[i].name, name))
            return &list[i];
    return NULL;
}

static void each_setting_alone(void **state)
{
    cd_scheme_change_t list[CD_SCHEME_CHANGES];
    int changed, pairs = 0;

    for (const cd_token_t *f = cd_formulas; f->word; f++) {
        const cd_scheme_t old = full(f->value);
        int count = cd_scheme_changes(list, &changed, &old, &old, *state);
        assert_int_equal(count, used_count(&old));
        assert_int_equal(changed, 0);
        in_order(list, count);
        for (int i = 0; i < cd_scheme_member_count; i++) {
            const cd_member_t *m = &cd_scheme_members[i];
            cd_scheme_t now = old;
            if (!m->formulas || chooses(m))
                continue;
            put(&now, m, 1);
            count = cd_scheme_changes(list, &changed, &old, &now, *state);
            assert_int_equal(count, used_count(&old));
            ROW_CHECK(changed == cd_member_used(&old, m), i, m->name);
            in_order(list, count);
            for (int k = 0; k < count; k++) {
                ROW_CHECK(list[k].changed == !strcmp(list[k].name, m->name), k, list[k].name);
                ROW_CHECK(!list[k].changed || strcmp(list[k].old, list[k].now), k,
                          "old and new are told apart");
                ROW_CHECK(!list[k].resourced, k, "resourced");
            }
            pairs += changed;
        }
    }
    assert_true(pairs > 150);
}

/* All of them at once: every one that is read, once. */
static void every_setting(void **state)
{
    cd_scheme_change_t list[CD_SCHEME_CHANGES];
    int changed;

    for (const cd_token_t *f = cd_formulas; f->word; f++) {
        const cd_scheme_t old = full(f->value);
        cd_scheme_t now = old;
        for (int i = 0; i < cd_scheme_member_count; i++)
            if (cd_scheme_members[i].formulas && !chooses(&cd_scheme_members[i]))
                put(&now, &cd_scheme_members[i], 1);
        int count = cd_scheme_changes(list, &changed, &old, &now, *state);
        assert_int_equal(count, used_count(&old));
        /* all but what chooses */
        assert_int_equal(changed, count - (f->value == CD_L0_SHADOW ? 2 : 1));
    }
}

/* What is not given holds all the same: to say it is no change. */
static void a_default_that_is_said(void **state)
{
    cd_scheme_change_t list[CD_SCHEME_CHANGES];
    cd_scheme_t old = full(CD_L4_PERCENT_OF_DAMAGES), now;
    int changed;

    old.evidence_days_wd = old.answer_days_wd = old.review_days = 0;
    old.requires_damages = old.include_ppo = 0;
    old.cap_p = 0;
    now = old;
    now.evidence_days_wd = 20;
    now.answer_days_wd = 10;
    now.review_days = 28;
    now.requires_damages = CD_YES;
    now.include_ppo = CD_NO;
    cd_scheme_changes(list, &changed, &old, &now, *state);
    assert_int_equal(changed, 0);
    now.cap_p = 1;
    int count = cd_scheme_changes(list, &changed, &old, &now, *state);
    assert_int_equal(changed, 1);
    assert_string_equal(change_of(list, count, "cap_p")->old, "None");
    assert_string_equal(change_of(list, count, "cap_p")->now, "£0.01");
}

static void authority_alone(void **state)
{
    cd_scheme_change_t list[CD_SCHEME_CHANGES];
    cd_scheme_t old = full(CD_L1_FIXED_CAPPED_BY_DAMAGES), now;
    int changed, count, resourced = 0;

    old.authorities[0] = (cd_authority_t){ "fixed_p", "Consultation, option 1" };
    old.authorities[1] = (cd_authority_t){ "basis", "Board paper 7" };
    old.authority_count = 2;
    now = old;
    now.authorities[0].text = "Board paper 9";
    now.authorities[2] = (cd_authority_t){ "cap_p", "Board paper 9" };
    now.authority_count = 3;
    count = cd_scheme_changes(list, &changed, &old, &now, *state);
    assert_int_equal(changed, 0);
    for (int i = 0; i < count; i++)
        resourced += list[i].resourced;
    assert_int_equal(resourced, 2);
    assert_true(change_of(list, count, "fixed_p")->resourced);
    assert_string_equal(change_of(list, count, "fixed_p")->old_authority, "Consultation, option 1");
    assert_string_equal(change_of(list, count, "fixed_p")->authority, "Board paper 9");
    assert_true(change_of(list, count, "cap_p")->resourced);
    assert_null(change_of(list, count, "cap_p")->old_authority);
    assert_false(change_of(list, count, "basis")->resourced);
    /* the value changes too: that is what is said */
    now.fixed_p++;
    count = cd_scheme_changes(list, &changed, &old, &now, *state);
    assert_int_equal(changed, 1);
    assert_true(change_of(list, count, "fixed_p")->changed);
    assert_false(change_of(list, count, "fixed_p")->resourced);
}

/* Another formula: what only the old one reads is gone, what only the new one reads has come, what
 * both read is compared. */
static void another_formula(void **state)
{
    cd_scheme_change_t list[CD_SCHEME_CHANGES];
    int changed;

    for (const cd_token_t *a = cd_formulas; a->word; a++)
        for (const cd_token_t *b = cd_formulas; b->word; b++) {
            const cd_scheme_t old = full(a->value), now = full(b->value);
            int count = cd_scheme_changes(list, &changed, &old, &now, *state), want = 0, read = 0;
            in_order(list, count);
            for (int i = 0; i < cd_scheme_member_count; i++) {
                const cd_member_t *m = &cd_scheme_members[i];
                const cd_scheme_change_t *one = change_of(list, count, m->name);
                const int before = m->formulas && cd_member_used(&old, m),
                          after = m->formulas && cd_member_used(&now, m);
                ROW_CHECK((one != NULL) == (before || after), i, m->name);
                read += before || after;
                want += before != after || (a != b && !strcmp(m->name, "formula"));
                ROW_CHECK(!one || ((one->old != NULL) == before && (one->now != NULL) == after), i,
                          m->name);
            }
            assert_int_equal(count, read);
            assert_int_equal(changed, want);
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        POOL_TEST(each_setting_alone), POOL_TEST(every_setting), POOL_TEST(a_default_that_is_said),
        POOL_TEST(authority_alone), POOL_TEST(another_formula),
    };

    return cmocka_run_group_tests_name("scheme_diff", tests, NULL, NULL);
}
