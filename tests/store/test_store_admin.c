/* test_store_admin.c: what administrators change, in the store: holidays, schemes, users and
 * organisations; and what the check of its health says of the database. */
#include "unit/unit.h"

#include "store/store_site.h"

static cd_err_t *holidays_body(void *baton, store_conn_t *conn, apr_pool_t *pool)
{
    return store_holidays_replace(baton, 2, conn, pool);
}

static void holidays_add_and_retire(void **state)
{
    cd_holiday_t first[2] = { { CD_DIV_SCOTLAND, cd_date_make(2026, 1, 2), "2 January" },
                              { CD_DIV_SCOTLAND, cd_date_make(2026, 12, 25), "Christmas Day" } };
    cd_holiday_t second[2] = { { CD_DIV_SCOTLAND, cd_date_make(2026, 12, 25), "Christmas" },
                               { CD_DIV_ENGLAND_AND_WALES, cd_date_make(2026, 12, 25),
                                 "Christmas Day" } };
    cd_holiday_t *list;
    store_stamp_t before, after;
    cd_actor_t *actor;
    int count;

    (void)state;
    assert_ok(
        store_actor_head(&actor, NULL, &before, "admin", CD_FILE_CASE, NULL, site.conn, site.pool));
    assert_ok(site_system(holidays_body, first));
    assert_ok(store_holidays(&list, &count, site.conn, site.pool));
    assert_int_equal(count, 2);
    assert_ok(site_system(holidays_body, second));
    assert_ok(store_holidays(&list, &count, site.conn, site.pool));
    assert_int_equal(count, 2);
    assert_int_equal(list[0].division, CD_DIV_ENGLAND_AND_WALES);
    assert_string_equal(list[1].title, "Christmas");
    assert_ok(site_system(holidays_body, first)); /* a retired day comes back */
    assert_ok(store_holidays(&list, &count, site.conn, site.pool));
    assert_int_equal(count, 2);
    assert_int_equal(list[0].on, cd_date_make(2026, 1, 2));
    assert_ok(
        store_actor_head(&actor, NULL, &after, "admin", CD_FILE_CASE, NULL, site.conn, site.pool));
    assert_int_equal(after.holidays, before.holidays + 3);
    assert_int_equal(after.orgs, before.orgs);
}

static const cd_scheme_t scheme = { .code = "L1",
                                    .version = 1,
                                    .title = "Fixed sum",
                                    .formula = CD_L1_FIXED_CAPPED_BY_DAMAGES,
                                    .basis = CD_BASIS_D,
                                    .requires_damages = CD_YES,
                                    .include_ppo = CD_NO,
                                    .may_exceed_basis = CD_NO,
                                    .fixed_p = 1000000,
                                    .material = CD_MAT_FULL,
                                    .window = CD_WIN_ALL,
                                    .breach_unit = 1,
                                    .evidence_days_wd = 20,
                                    .needs_finding = CD_NO,
                                    .authority = "test data" };

static cd_err_t *scheme_body(void *baton, store_conn_t *conn, apr_pool_t *pool)
{
    cd_scheme_t made = scheme;

    made.version = *(const int *)baton;
    CD_ERR(store_scheme_insert(&made, 1, SITE_NOW, conn, pool));
    return store_scheme_activate(made.code, made.version, conn, pool);
}

static cd_err_t *unknown_scheme_body(void *baton, store_conn_t *conn, apr_pool_t *pool)
{
    (void)baton;
    return store_scheme_activate("L9", 1, conn, pool);
}

static void one_scheme_is_active(void **state)
{
    store_scheme_row_t *rows;
    int count, one = 1, two = 2;

    (void)state;
    assert_ok(site_system(scheme_body, &one));
    assert_ok(site_system(scheme_body, &two));
    assert_ok(store_schemes(&rows, &count, site.conn, site.pool));
    assert_int_equal(count, 2);
    assert_int_equal(rows[0].active, 0);
    assert_int_equal(rows[1].active, 1);
    assert_int_equal(rows[1].scheme->version, 2);
    assert_int_equal(rows[1].scheme->fixed_p, 1000000);
    assert_string_equal(rows[1].added_by, "legal1");
    assert_code(site_system(unknown_scheme_body, NULL), CD_E_NOT_FOUND);
    assert_ok(store_schemes(&rows, &count, site.conn, site.pool));
    assert_int_equal(rows[1].active, 1);
}

static cd_err_t *user_update_body(void *baton, store_conn_t *conn, apr_pool_t *pool)
{
    const site_user_t *changed = baton;

    return store_user_update(&changed->user, changed->org_id, conn, pool);
}

static cd_err_t *org_update_body(void *baton, store_conn_t *conn, apr_pool_t *pool)
{
    return store_org_update(baton, conn, pool);
}

static void users_and_orgs_change_by_version(void **state)
{
    site_user_t changed = { { .subject = "legal2",
                              .name = "New name",
                              .roles = 1u << CD_ROLE_WARD,
                              .active = 0,
                              .version = 1 },
                            site.rz1 };
    store_user_t *user, *users;
    cd_actor_t *actor;
    cd_org_t *org, *orgs;
    int count;

    (void)state;
    assert_ok(site_system(user_update_body, &changed));
    assert_code(site_system(user_update_body, &changed), CD_E_STALE);
    assert_ok(store_user_get(&user, "legal2", site.conn, site.pool));
    assert_string_equal(user->name, "New name");
    assert_string_equal(user->org_code, "RZ1");
    assert_int_equal(user->version, 2);
    assert_ok(
        store_actor_head(&actor, NULL, NULL, "legal2", CD_FILE_CASE, NULL, site.conn, site.pool));
    assert_null(actor); /* not active: nobody, at once */
    assert_ok(store_users(&users, &count, NULL, 2, site.conn, site.pool));
    assert_int_equal(count, 2);
    assert_string_equal(users[0].subject, "admin");
    assert_ok(store_users(&users, &count, "handler", 50, site.conn, site.pool));
    assert_int_equal(count, 2);
    assert_ok(store_org_get(&org, "RZ2", site.conn, site.pool));
    org->closed_on = cd_date_make(2026, 4, 1);
    org->successor_code = "RZ1";
    assert_ok(site_system(org_update_body, org));
    assert_code(site_system(org_update_body, org), CD_E_STALE);
    assert_ok(store_orgs(&orgs, &count, site.conn, site.pool));
    assert_int_equal(count, 2);
    assert_string_equal(orgs[1].successor_code, "RZ1");
    assert_ok(store_org_get(&org, "RZ9", site.conn, site.pool));
    assert_null(org);
}

static void health_says_what_it_sees(void **state)
{
    store_check_t *checks;
    int i, count;

    (void)state;
    assert_ok(store_health(&checks, &count, site.conn, site.pool));
    assert_true(count >= 6);
    for (i = 0; i < count; i++)
        ROW_CHECK(checks[i].ok, i,
                  apr_pstrcat(site.pool, checks[i].name, ": ", checks[i].found, NULL));
    assert_ok(store_health(&checks, &count, site.admin, site.pool));
    assert_string_equal(checks[count - 1].name, "rights of the account");
    assert_int_equal(checks[count - 1].ok, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(holidays_add_and_retire),
        cmocka_unit_test(one_scheme_is_active),
        cmocka_unit_test(users_and_orgs_change_by_version),
        cmocka_unit_test(health_says_what_it_sees),
    };

    return cmocka_run_group_tests(tests, site_setup, site_teardown);
}
