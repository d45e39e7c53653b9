/* admin.c: key file, schema, users, organisations, bank holidays, schemes, health. */
#include <string.h>

#include <apr_strings.h>

#include "base/json.h"
#include "cli/cli.h"
#include "store/migrate.h"

int cli_keygen(cli_t *cli)
{
    cd_err_t *err = store_key_file_make(cli->args.word[0], cli->pool);

    if (err)
        return cli_fail(cli, err);
    fprintf(cli->out,
            "%s made. Keep a copy apart from the database: without it nobody's name can be read.\n",
            cli->args.word[0]);
    return CLI_OK;
}

static void tell_file(void *baton, const char *file, int done_before)
{
    const cli_t *cli = baton;

    if (!done_before)
        fprintf(cli->out, "%s\n", file);
}

int cli_migrate(cli_t *cli)
{
    const char *dir = cli_value(&cli->args, "--schema");
    store_conn_t *conn;
    int applied = 0;
    cd_err_t *err = store_acquire(&conn, cli->store, cli->pool);

    if (!err)
        err = store_migrate(&applied, conn, dir ? dir : CANDOUR_SCHEMA_DIR,
                            cli_value(&cli->args, "--grant-server"), tell_file, cli, cli->pool);
    if (err)
        return cli_fail(cli, err);
    fprintf(cli->out, "schema %d, %d step%s applied\n", store_schema_wanted(), applied,
            applied == 1 ? "" : "s");
    return CLI_OK;
}

static int user_same(const app_user_t *a, const app_user_t *b)
{
    return !strcmp(a->name, b->name) && a->roles == b->roles && a->active == b->active
           && !strcmp(a->org_code ? a->org_code : "", b->org_code ? b->org_code : "")
           && !strcmp(a->email ? a->email : "", b->email ? b->email : "");
}

/* Saves and says so; the same user again is no error, so that a set-up script may run twice. */
static int user_save(cli_t *cli, app_user_t *user, cd_problems_t *problems, const app_user_t *old)
{
    cd_err_t *err = NULL;

    if (!problems->count && old && user_same(old, user)) {
        fprintf(cli->out, "user %s unchanged\n", user->subject);
        return CLI_OK;
    }
    if (!problems->count)
        err = app_user_save(cli->ctx, user, problems);
    if (problems->count)
        return cli_problems(cli, NULL, problems);
    if (err)
        return cli_fail(cli, err);
    fprintf(cli->out, "user %s %s\n", user->subject, user->version ? "changed" : "added");
    return CLI_OK;
}

/* The user on record, or NULL. */
static cd_err_t *user_old(app_user_t **out, cli_t *cli)
{
    cd_err_t *err = app_user_get(out, cli->ctx, cli->args.word[0]);

    if (err && err->code == CD_E_NOT_FOUND) {
        *out = NULL;
        err = NULL;
    }
    return err;
}

int cli_user_add(cli_t *cli)
{
    cd_problems_t problems = { NULL, 0, 0, cli->pool };
    app_user_t user = { .active = CD_YES }, *old;
    cd_err_t *err = user_old(&old, cli);

    if (err)
        return cli_fail(cli, err);
    cd_field_read(&app_user_fields[0], &user, cli->args.word[0], cli->ctx->today, &problems);
    cli_fields_read(cli, app_user_fields, app_user_field_count, &user, &problems);
    return user_save(cli, &user, &problems, old);
}

int cli_user_change(cli_t *cli)
{
    cd_problems_t problems = { NULL, 0, 0, cli->pool };
    app_user_t user, *old;
    cd_err_t *err = app_user_get(&old, cli->ctx, cli->args.word[0]);

    if (err)
        return cli_fail(cli, err);
    user = *old;
    if (cli_value(&cli->args, "--org-code"))
        user.org_code = NULL;   /* "--org-code=" takes it away */
    if (cli_value(&cli->args, "--email"))
        user.email = NULL;
    cli_fields_read(cli, app_user_fields, app_user_field_count, &user, &problems);
    return user_save(cli, &user, &problems, old);
}

int cli_user_list(cli_t *cli)
{
    const char *after = "";
    app_user_t *users;
    int count, i;

    do {
        cd_err_t *err = app_users(&users, &count, cli->ctx, after);

        if (err)
            return cli_fail(cli, err);
        for (i = 0; i < count; i++) {
            const char *roles = cd_field_plain(&app_user_fields[3], &users[i], cli->pool);

            fprintf(cli->out, "%s\t%s\t%s\t%s\t%s\n", users[i].subject, users[i].name,
                    users[i].org_code ? users[i].org_code : "-", roles ? roles : "-",
                    users[i].active == CD_YES ? "active" : "ended");
            after = users[i].subject;
        }
    } while (count);
    return CLI_OK;
}

static int org_same(const cd_org_t *a, const cd_org_t *b, apr_pool_t *pool)
{
    const char *x, *y;
    int i;

    for (i = 0; i < cd_org_field_count; i++) {
        x = cd_field_plain(&cd_org_fields[i], a, pool);
        y = cd_field_plain(&cd_org_fields[i], b, pool);
        if (strcmp(x ? x : "", y ? y : ""))
            return 0;
    }
    return 1;
}

static int org_save(cli_t *cli, const cd_org_t *org, const cd_org_t *old, cd_problems_t *problems)
{
    cd_err_t *err = NULL;

    if (!problems->count && old && org_same(old, org, cli->pool)) {
        fprintf(cli->out, "organisation %s unchanged\n", org->code);
        return CLI_OK;
    }
    if (!problems->count)
        err = app_org_save(cli->ctx, org, problems);
    if (problems->count)
        return cli_problems(cli, NULL, problems);
    if (err)
        return cli_fail(cli, err);
    fprintf(cli->out, "organisation %s %s\n", org->code, org->version ? "changed" : "added");
    return CLI_OK;
}

int cli_org_add(cli_t *cli)
{
    cd_problems_t problems = { NULL, 0, 0, cli->pool };
    const cd_org_t *old = NULL;
    cd_org_t org = { 0 };
    cd_err_t *err = app_org(&old, cli->ctx, cli->args.word[0]);

    if (err && err->code != CD_E_NOT_FOUND)
        return cli_fail(cli, err);
    cd_field_read(&cd_org_fields[0], &org, cli->args.word[0], cli->ctx->today, &problems);
    cli_fields_read(cli, cd_org_fields, cd_org_field_count, &org, &problems);
    return org_save(cli, &org, old, &problems);
}

int cli_org_change(cli_t *cli)
{
    cd_problems_t problems = { NULL, 0, 0, cli->pool };
    const cd_org_t *old;
    cd_org_t org;
    cd_err_t *err = app_org(&old, cli->ctx, cli->args.word[0]);

    if (err)
        return cli_fail(cli, err);
    org = *old;
    cli_fields_read(cli, cd_org_fields, cd_org_field_count, &org, &problems);
    return org_save(cli, &org, old, &problems);
}

int cli_org_list(cli_t *cli)
{
    const cd_org_t *orgs;
    int count, i;
    cd_err_t *err = app_orgs(&orgs, &count, cli->ctx);

    if (err)
        return cli_fail(cli, err);
    for (i = 0; i < count; i++)
        fprintf(cli->out, "%s\t%s\t%s\t%s\n", orgs[i].code, orgs[i].name,
                cd_token_word(cd_jurisdictions, orgs[i].jurisdiction),
                cd_token_word(cd_person_kinds, orgs[i].kind));
    return CLI_OK;
}

int cli_doctor(cli_t *cli)
{
    app_check_t *checks;
    int count, i, bad = 0;
    cd_err_t *err = app_health(&checks, &count, cli->ctx);

    if (err)
        return cli_fail(cli, err);
    for (i = 0; i < count; i++) {
        const app_check_t *check = &checks[i];

        fprintf(cli->out, "%-5s %s: %s",
                check->ok          ? "good"
                : check->warn_only ? "look"
                                   : "fix",
                check->name, check->found);
        if (!check->ok)
            fprintf(cli->out, " (wanted: %s)\n      %s", check->wanted, check->effect);
        fputc('\n', cli->out);
        bad += !check->ok && !check->warn_only;
    }
    return bad ? CLI_NO : CLI_OK;
}
