/* grants.c: what the server's account may do, table by table.
 *
 * It reads everything, adds rows where rows are added, changes heads and administration, and
 * deletes nothing. Of a head it changes what a record can change: never its key, which would make
 * it unreadable, nor what it was made with. Records, flags, decisions and audit entries are written
 * once. The schema is the migrator's. */
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
      "SELECT, UPDATE (orgs_version, holidays_version, schemes_version, system_seq, system_head, "
      "system_mac)",
      "INSERT" },
    { "counter", CHANGE, NULL },
    { "org", CHANGE, NULL },
    { "app_user", CHANGE, NULL },
    { "holiday", "SELECT, INSERT, UPDATE (title, retired)", NULL },
    { "scheme_version", "SELECT, INSERT, UPDATE (active)", NULL },
    { "scheme_life", CHANGE, NULL },
    { "org_contribution", APPEND, "UPDATE" },
    { "candour_case",
      APPEND ", UPDATE (version, last_seq, audit_seq, audit_head, changed_at, state, policy, "
             "occurred_first, occurred_last, reported_on, aware_on, incident_seq, outcome, "
             "opinion, "
             "told_first, told_last, skey, nhs_hash, sealed, mac, weighed)",
      NULL },
    { "case_record", APPEND, "UPDATE" },
    { "claim",
      APPEND ", UPDATE (version, last_seq, audit_seq, audit_head, changed_at, status, scheme, "
             "party_set, notified_on, nhs_hash, sealed, mac)",
      NULL },
    { "claim_record", APPEND, "UPDATE" },
    { "claim_party", APPEND, "UPDATE" },
    { "claim_case", APPEND, "UPDATE" },
    { "claim_scheme_ref", CHANGE, NULL },
    { "claim_status_day", CHANGE, NULL },
    { "liability_flag", APPEND, "UPDATE" },
    { "liability_brief", CHANGE, NULL },
    { "liability_decision", APPEND, "UPDATE" },
    { "org_decision", CHANGE, NULL },
    { "decision_standing", CHANGE, NULL },
    { "decision_told", CHANGE, NULL },
    { "audit_entry", APPEND, "UPDATE" },
    { "case_work", CHANGE, NULL },
    { "team_member", CHANGE, NULL },
    { "work_cover", CHANGE, NULL },
    { "work_filter", CHANGE, NULL },
    { "calendar_feed", CHANGE, NULL },
    { "outbox", APPEND ", UPDATE (state, tries, next_try_at, last_error)", NULL },
    { "user_mail", CHANGE, NULL },
    { "reminder_setting", CHANGE, NULL },
    { "content", APPEND ", UPDATE (state)", NULL },
    { "content_chunk", APPEND, "UPDATE" },
    { "case_local_ref", CHANGE, NULL },
    { "bring_run", CHANGE, NULL },
    { "bring_chunk", APPEND, "UPDATE" },
    { "letter_pdf", APPEND ", UPDATE (state)", NULL },
    { "report_kept", APPEND, "UPDATE" },
    { "report_pdf", APPEND ", UPDATE (state)", NULL },
    { "claim_work", CHANGE, NULL },
    { "claim_team", CHANGE, NULL },
    { "claim_job", APPEND, "UPDATE" },
    { "impact_run", APPEND, "UPDATE" },
    { "impact_row", READ_ONLY, "INSERT, UPDATE" },
    { "claim_job_row", READ_ONLY, "INSERT, UPDATE" },
    { "word_index", APPEND, "UPDATE" },
    { "recovery_row", CHANGE, NULL },
    { "breach_look", CHANGE, NULL },
    { "allegation_row", CHANGE, NULL },
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

static cd_err_t *give(store_conn_t *migrator, const grant_row_t *row, const char *name,
                      apr_pool_t *pool)
{
    return store_command(
        migrator, STORE_CALL_SETTINGS,
        apr_pstrcat(pool, "GRANT ", row->rights, " ON `", row->table, "` TO ", name, NULL), pool);
}

static cd_err_t *take(store_conn_t *migrator, const grant_row_t *row, const char *rights,
                      const char *name, apr_pool_t *pool)
{
    return store_command(
        migrator, STORE_CALL_SETTINGS,
        apr_pstrcat(pool, "REVOKE ", rights, " ON `", row->table, "` FROM ", name, NULL), pool);
}

cd_err_t *store_grant(store_conn_t *migrator, const char *account, apr_pool_t *pool)
{
    const char *name = NULL;
    apr_size_t i;

    CD_ERR(quoted_account(&name, account, pool));
    for (i = 0; i < GRANT_ROWS; i++) {
        const grant_row_t *row = &grant_rows[i];

        /* What is not there cannot be taken, so it is given first. UPDATE of a whole table takes
         * that of its columns with it: these are given again. */
        CD_ERR(give(migrator, row, name, pool));
        CD_ERR(take(migrator, row, NOBODY, name, pool));
        if (row->taken)
            CD_ERR(take(migrator, row, row->taken, name, pool));
        if (strstr(row->rights, "UPDATE (")) {
            CD_ERR(take(migrator, row, "UPDATE", name, pool));
            CD_ERR(give(migrator, row, name, pool));
        }
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
                                        "`claim_case`",         "`content_chunk`",
                                        "`report_kept`",
                                        ".*" };
    /* column by column */
    static const char *const heads[] = { "`candour_case`", "`claim`", "`content`" };
    const char *on = strstr(grant, " ON ");
    const char *update = strstr(grant, "UPDATE");
    apr_size_t i;

    for (i = 0; i < sizeof(never) / sizeof(never[0]); i++) {
        if (strstr(grant, never[i]))
            return never[i];
    }
    if (!on || !update || update > on)
        return NULL;
    for (i = 0; i < sizeof(heads) / sizeof(heads[0]); i++) {
        if (strstr(on, heads[i]) &&
            (strncmp(update, "UPDATE (", 8) != 0 || strstr(update, "wrapped_key")))
            return "UPDATE";
    }
    for (i = 0; i < sizeof(once) / sizeof(once[0]); i++) {
        if (strstr(on, once[i]))
            return "UPDATE";
    }
    return NULL;
}

cd_err_t *store_too_much(const char **out, store_conn_t *conn, apr_pool_t *pool)
{
    store_stmt_t *rows;
    int row = 1, told = 0;

    *out = NULL;
    CD_ERR(store_select(&rows, conn, STMT_SHOW_GRANTS, pool, ""));
    while (row) {
        const char *grant, *found;

        CD_ERR(store_step(&row, rows, pool));
        grant = row ? store_col_text(rows, pool) : NULL;
        found = grant ? surplus(grant) : NULL;
        told |= grant != NULL;
        if (found && !*out)
            *out = found;
    }
    /* No account has no grant at all: what was not read must not pass for little. */
    if (!told)
        *out = "the server does not tell them";
    return NULL;
}
