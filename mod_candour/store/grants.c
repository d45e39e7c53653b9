/* grants.c: what the server's account may do, table by table.
 *
 * It reads everything, adds rows where rows are added, changes heads and administration, and
 * deletes nothing. Records, flags, decisions and audit entries are written once. The schema is
 * the migrator's. */
#include <string.h>

#include <apr_lib.h>
#include <apr_strings.h>

#include "store/db.h"
#include "store/grants.h"

typedef struct grant_row_t {
    const char *table;
    const char *rights; /* what is granted */
    const char *taken;  /* what is revoked besides the rights that nobody gets */
} grant_row_t;

#define READ_ONLY "SELECT"
#define APPEND "SELECT, INSERT"
#define CHANGE "SELECT, INSERT, UPDATE"

static const grant_row_t grant_rows[] = {
    { "schema_migration", READ_ONLY, "INSERT, UPDATE" },
    { "app_state",
      "SELECT, UPDATE (orgs_version, holidays_version, schemes_version, system_seq, system_head)",
      "INSERT" },
    { "counter", CHANGE, NULL },
    { "org", CHANGE, NULL },
    { "app_user", CHANGE, NULL },
    { "holiday", "SELECT, INSERT, UPDATE (title, retired)", NULL },
    { "scheme_version", "SELECT, INSERT, UPDATE (active)", NULL },
    { "candour_case", CHANGE, NULL },
    { "case_record", APPEND, "UPDATE" },
    { "claim", CHANGE, NULL },
    { "claim_record", APPEND, "UPDATE" },
    { "claim_party", APPEND, "UPDATE" },
    { "claim_case", APPEND, "UPDATE" },
    { "liability_flag", APPEND, "UPDATE" },
    { "liability_decision", APPEND, "UPDATE" },
    { "org_decision", CHANGE, NULL },
    { "audit_entry", APPEND, "UPDATE" },
};

#define GRANT_ROWS (sizeof(grant_rows) / sizeof(grant_rows[0]))
#define NOBODY "DELETE, CREATE, DROP, REFERENCES, INDEX, ALTER, CREATE VIEW, SHOW VIEW, TRIGGER"

static int plain_name(const char *name, apr_size_t len, const char *also)
{
    apr_size_t i;

    for (i = 0; i < len; i++) {
        if (!apr_isalnum(name[i]) && name[i] != '_' && !strchr(also, name[i]))
            return 0;
    }
    return len > 0 && len <= 60;
}

/* The account becomes part of a text, so only letters that need no quoting are taken. */
static cd_err_t *quoted_account(const char **out, const char *account, apr_pool_t *pool)
{
    const char *at = strchr(account, '@');
    apr_size_t len = at ? (apr_size_t)(at - account) : strlen(account);
    const char *host = at ? at + 1 : "localhost";

    if (!plain_name(account, len, "-") || !plain_name(host, strlen(host), "-.:%"))
        return cd_err(pool, CD_E_CONFIG, "the server's account has a name that is not taken",
                      "an account is USER or USER@HOST, of letters, digits, _ and -");
    *out = apr_pstrcat(pool, "'", apr_pstrmemdup(pool, account, len), "'@'", host, "'", NULL);
    return NULL;
}

cd_err_t *store_grant(store_conn_t *migrator, const char *account, apr_pool_t *pool)
{
    const char *name = NULL;
    apr_size_t i;

    CD_ERR(quoted_account(&name, account, pool));
    for (i = 0; i < GRANT_ROWS; i++) {
        const grant_row_t *row = &grant_rows[i];

        CD_ERR(store_command(
            migrator, STORE_CALL_SETTINGS,
            apr_pstrcat(pool, "GRANT ", row->rights, " ON `", row->table, "` TO ", name, NULL),
            pool));
        CD_ERR(store_command(migrator, STORE_CALL_SETTINGS,
                             apr_pstrcat(pool, "REVOKE " NOBODY, row->taken ? ", " : "",
                                         row->taken ? row->taken : "", " ON `", row->table,
                                         "` FROM ", name, NULL),
                             pool));
    }
    return NULL;
}

/* ---- reading back ------------------------------------------------------- */

/* Rights that the account must not hold on a table, if the grant names that table or a whole
 * database. */
static const char *surplus(const char *grant)
{
    static const char *const never[] = { "ALL PRIVILEGES", "DELETE",      "DROP",    "ALTER",
                                         "CREATE",         "INDEX",       "TRIGGER", "SUPER",
                                         "FILE",           "GRANT OPTION" };
    static const char *const once[] = { "`audit_entry`",        "`case_record`",
                                        "`claim_record`",       "`liability_flag`",
                                        "`liability_decision`", "`claim_party`",
                                        "`claim_case`",         ".*" };
    const char *on = strstr(grant, " ON ");
    apr_size_t i;

    for (i = 0; i < sizeof(never) / sizeof(never[0]); i++) {
        if (strstr(grant, never[i]))
            return never[i];
    }
    if (!on || !strstr(grant, "UPDATE") || strstr(grant, "UPDATE") > on)
        return NULL;
    for (i = 0; i < sizeof(once) / sizeof(once[0]); i++) {
        if (strstr(on, once[i]))
            return "UPDATE";
    }
    return NULL;
}

cd_err_t *store_too_much(const char **out, store_conn_t *conn, apr_pool_t *pool)
{
    store_stmt_t *rows;
    int row = 1;

    *out = NULL;
    CD_ERR(store_select(&rows, conn, STMT_SHOW_GRANTS, pool, ""));
    while (row) {
        const char *grant, *found;

        CD_ERR(store_step(&row, rows, pool));
        grant = row ? store_col_text(rows, pool) : NULL;
        found = grant ? surplus(grant) : NULL;
        if (found && !*out)
            *out = found;
    }
    return NULL;
}
