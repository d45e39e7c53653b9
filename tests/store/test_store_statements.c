/* test_store_statements.c: every statement of store/sql/ is prepared and run once, as the
 * account that runs it in production. A statement that is new fails here until it has a row. */
#include "unit/unit.h"

#include "store/claim_job.h"
#include "store/claim_work.h"
#include "store/impact.h"
#include "store/bring.h"
#include "store/store_site.h"
#include "store/words.h"

typedef struct try_row_t {
    store_statement_t statement;
    const char *letters; /* what it is bound with, a letter each: values below */
    /* 1: the server has no right to it; 2: it has, outside transactions alone */
    int migrator;
} try_row_t;

static const try_row_t try_rows[] = {
    { STMT_SHOW_SETTINGS, "", 0 },
    { STMT_SHOW_CLUSTER, "", 0 },
    { STMT_SHOW_GRANTS, "", 0 },
    { STMT_SELECT_SCHEMA_VERSION, "", 0 },
    { STMT_SELECT_MIGRATIONS, "", 0 },
    { STMT_INSERT_MIGRATION, "NsbL", 1 },
    { STMT_UPDATE_SCHEMA_VERSION, "L", 1 },
    { STMT_SELECT_ACTOR, "s", 0 },
    { STMT_SELECT_ACTOR_CASE, "ssLsLs", 0 },
    { STMT_SELECT_ACTOR_CLAIM, "ssL", 0 },
    { STMT_SELECT_CASE, "sLL", 0 },
    { STMT_LIST_CASES, "LL", 0 },
    { STMT_LIST_CASES_OF_ORG, "LLL", 0 },
    { STMT_LIST_CASES_BY_STATE, "LLL", 0 },
    { STMT_LIST_CASES_OF_ORG_BY_STATE, "LLLL", 0 },
    { STMT_FIND_CASES_BY_NHS, "bLLL", 0 },
    { STMT_WALK_CASES, "LL", 0 },
    { STMT_SELECT_CLAIM, "sLL", 0 },
    { STMT_LIST_CLAIMS, "LL", 0 },
    { STMT_LIST_CLAIMS_OF_ORG, "LLL", 0 },
    { STMT_LIST_CLAIMS_BY_STATUS, "LLL", 0 },
    { STMT_LIST_CLAIMS_OF_ORG_BY_STATUS, "LLLL", 0 },
    { STMT_FIND_CLAIMS_BY_NHS, "bLLL", 0 },
    { STMT_WALK_CLAIMS, "LL", 0 },
    { STMT_SELECT_CLAIMS_OF_CASE, "s", 0 },
    { STMT_TAKE_NUMBER, "LL", 0 },
    { STMT_SELECT_COUNTERS, "", 0 },
    { STMT_INSERT_CASE, "NxLLbbLLLbLLsLLLLLLLLLLbb", 0 },
    { STMT_UPDATE_CASE, "bLLLbLLsLLLLLLLLLLbbLL", 0 },
    { STMT_KEEP_CASES_WEIGHED, "LsLsLsLsLsLsLsLsL", 0 },
    { STMT_INSERT_CLAIM, "NxLbbLLLbLLLLLbb", 0 },
    { STMT_UPDATE_CLAIM, "bLLLbLLLLLbbLL", 0 },
    { STMT_SELECT_CASE_RECORDS, "LL", 0 },
    { STMT_SELECT_CLAIM_RECORDS, "LL", 0 },
    { STMT_INSERT_CASE_RECORD, "LNLLLLLLLbb", 0 },
    { STMT_INSERT_CLAIM_RECORD, "LNLLLLLLLbb", 0 },
    { STMT_INSERT_PARTY, "LNLs", 0 },
    { STMT_INSERT_PARTY_CASE, "LNss", 0 },
    { STMT_SELECT_PARTIES, "L", 0 },
    { STMT_SELECT_PARTY_CASES, "L", 0 },
    { STMT_SELECT_FLAGS_LATEST, "LLLL", 0 },
    { STMT_SELECT_FLAG, "LLL", 0 },
    { STMT_SELECT_FLAGS, "LLL", 0 },
    { STMT_INSERT_FLAG, "LNLLLsLsLLLLsbs", 0 },
    { STMT_KEEP_BRIEF, "LLLsLLLs", 0 },
    { STMT_SELECT_DECISIONS, "LLL", 0 },
    { STMT_INSERT_DECISION, "LNLLLLLLb", 0 },
    { STMT_SELECT_DECIDED, "L", 0 },
    { STMT_KEEP_STANDING, "LLLLLLLLLLLL", 0 },
    { STMT_KEEP_DECISION_TOLD, "LLLL", 0 },
    { STMT_SELECT_STANDINGS, "LLL", 0 },
    { STMT_SELECT_STANDINGS_AFTER, "LLLL", 0 },
    { STMT_SUM_BREACHES, "LLLLLLL", 0 },
    { STMT_SELECT_ORG_DECISIONS, "L", 0 },
    { STMT_INSERT_ORG_DECISION, "L", 0 },
    { STMT_UPDATE_ORG_DECISION, "LL", 0 },
    { STMT_SELECT_DID, "LLLLLLLL", 0 },
    { STMT_INSERT_ENTRY, "LLNLLLLsLLbbbkbs", 0 },
    { STMT_SELECT_ENTRY_BY_IDEM, "k", 0 },
    { STMT_SELECT_ENTRIES, "LLLL", 0 },
    { STMT_SELECT_ENTRIES_NEWEST, "LLLLL", 0 },
    { STMT_SELECT_SYSTEM_HEAD, "", 0 },
    { STMT_UPDATE_SYSTEM_HEAD, "bbL", 0 },
    { STMT_COUNT_CASE_ROWS, "LLL", 0 },
    { STMT_COUNT_CLAIM_ROWS, "LLLLL", 0 },
    { STMT_SELECT_USERS, "sL", 0 },
    { STMT_SELECT_USER, "s", 0 },
    { STMT_SELECT_USERS_IN_ROLE, "LLL", 0 },
    { STMT_INSERT_USER, "xsLLLL", 0 },
    { STMT_UPDATE_USER, "sLLLsL", 0 },
    { STMT_SELECT_ORGS, "", 0 },
    { STMT_SELECT_ORG, "s", 0 },
    { STMT_INSERT_ORG, "xsLLLLnLLLLLLLLL", 0 },
    { STMT_UPDATE_ORG, "sLLLLnLLLLLLLLsL", 0 },
    { STMT_BUMP_ORGS, "", 0 },
    { STMT_SELECT_HOLIDAYS, "", 0 },
    { STMT_INSERT_HOLIDAY, "NLs", 0 },
    { STMT_UPDATE_HOLIDAY, "sLLL", 0 },
    { STMT_BUMP_HOLIDAYS, "", 0 },
    { STMT_SELECT_SCHEMES, "", 0 },
    { STMT_INSERT_SCHEME, "xLsLL", 0 },
    { STMT_RETIRE_SCHEMES, "", 0 },
    { STMT_FREEZE_SCHEME, "sL", 0 },
    { STMT_INSERT_SCHEME_LIFE, "xLLLLsss", 0 },
    { STMT_REPLACE_SCHEME_LIFE, "LLLssssLL", 0 },
    { STMT_UPDATE_SCHEME_LIFE, "LLLLssLL", 0 },
    { STMT_SELECT_SCHEME_FILE, "sL", 0 },
    { STMT_SELECT_ANY_CLAIM, "", 0 },
    { STMT_SELECT_CONTRIBUTIONS, "LL", 0 },
    { STMT_SELECT_CONTRIBUTION, "LL", 0 },
    { STMT_SELECT_ALL_CONTRIBUTIONS, "", 0 },
    { STMT_SELECT_CONTRIBUTION_ROWS, "", 0 },
    { STMT_INSERT_CONTRIBUTION, "NLLLLL", 0 },
    { STMT_ACTIVATE_SCHEME, "sL", 0 },
    { STMT_BUMP_SCHEMES, "", 0 },
    { STMT_LIST_WORK_OF_ORG, "LLLL", 0 },
    { STMT_LIST_WORK_OF_RULE, "LsLLL", 0 },
    { STMT_LIST_WORK_OF_PERSON, "LsLLLssL", 0 },
    { STMT_LIST_WORK_OF_NOBODY, "LLLssL", 0 },
    { STMT_LIST_WORK_MINE, "LLLLLLLssL", 0 },
    { STMT_LIST_WORK_OF_TEAMS, "LLLLLLLLssL", 0 },
    { STMT_COUNT_WORK, "LLLLLLLLLLLLLLLLLLLLLLLLLLL", 0 },
    { STMT_SELECT_WORK, "L", 0 },
    { STMT_WALK_WORK, "LL", 0 },
    { STMT_KEEP_RECOVERY, "LNLLLsLLLLLLLLLLLL", 0 },
    { STMT_LIST_RECOVERIES, "LLLL", 0 },
    { STMT_LIST_RECOVERIES_OF_ORG, "LLLLL", 0 },
    { STMT_LIST_RECOVERIES_TOLD, "LLLLL", 0 },
    { STMT_SUM_RECOVERIES, "LLLLLL", 0 },
    { STMT_SUM_RECOVERIES_TOLD, "LLLLL", 0 },
    { STMT_LIST_STANDINGS_OF_ORG, "LLL", 0 },
    { STMT_LIST_DECIDED_OF_ORG, "LLLL", 0 },
    { STMT_LIST_COUNTED_OF_ORG, "LLLL", 0 },
    { STMT_KEEP_LOOK, "LLLLLLLL", 0 },
    { STMT_SELECT_LOOKS, "LLL", 0 },
    { STMT_SELECT_LOOKS_OF_CAUSE, "LLL", 0 },
    { STMT_KEEP_LOOK_END, "LLLLL", 0 },
    { STMT_KEEP_ALLEGATION, "LNLLLLLLLLLL", 0 },
    { STMT_LIST_ALLEGATIONS, "LL", 0 },
    { STMT_LIST_ALLEGATIONS_OF_ORG, "LLL", 0 },
    { STMT_KEEP_WORK, "LLLsLLLssLsLsLLL", 0 },
    { STMT_SELECT_COLLEAGUES, "LLLsL", 0 },
    { STMT_SELECT_COLLEAGUE, "Ls", 0 },
    { STMT_SELECT_TEAMS, "LL", 0 },
    { STMT_PUT_TEAM_MEMBER, "LsLLL", 0 },
    { STMT_SELECT_COVERS, "LLLL", 0 },
    { STMT_PUT_COVER, "LLLLL", 0 },
    { STMT_END_COVER, "LLL", 0 },
    { STMT_SELECT_FILTERS, "LL", 0 },
    { STMT_PUT_FILTER, "LssL", 0 },
    { STMT_END_FILTER, "LLs", 0 },
    { STMT_SELECT_FEED, "L", 0 },
    { STMT_FIND_FEED, "b", 0 },
    { STMT_PUT_FEED, "LbL", 0 },
    { STMT_END_FEED, "LL", 0 },
    { STMT_SELECT_FEED_EVENTS, "LLLLLLLLL", 0 },
    { STMT_LIST_OUTBOX_DUE, "LLL", 0 },
    { STMT_LIST_OUTBOX_ENDED, "LL", 0 },
    { STMT_LIST_OUTBOX_OF_USER, "LLL", 0 },
    { STMT_COUNT_OUTBOX, "LLL", 0 },
    { STMT_INSERT_OUTBOX, "xLLLssLLLLs", 0 },
    { STMT_SELECT_OUTBOX_KEYS, "ss", 0 },
    { STMT_KEEP_OUTBOX_CLAIM, "LLLLLL", 1 },
    { STMT_KEEP_OUTBOX_END, "LLLsLLL", 1 },
    { STMT_RETRY_OUTBOX, "LLL", 0 },
    { STMT_PUT_USER_MAIL, "sxs", 0 },
    { STMT_SELECT_REMINDERS, "LL", 0 },
    { STMT_INSERT_REMINDER, "LssLLLL", 0 },
    { STMT_UPDATE_REMINDER, "ssLLLLLL", 0 },
    { STMT_LIST_DUES, "LLLL", 0 },
    { STMT_SELECT_TRUST_USERS, "LL", 0 },
    { STMT_SELECT_IN_TEAMS, "", 0 },
    { STMT_SHOW_PACKET, "", 0 },
    { STMT_STAGE_CONTENT, "NLL", 2 },
    { STMT_STAGE_CHUNK, "LNb", 2 },
    { STMT_SELECT_CONTENT, "LL", 0 },
    { STMT_SELECT_CHUNK, "LL", 0 },
    { STMT_SELECT_CONTENT_KEPT, "L", 0 },
    { STMT_UPDATE_CONTENT_KEPT, "LL", 0 },
    { STMT_COUNT_CONTENT_STAGED, "L", 0 },
    { STMT_COUNT_CONTENT_LEFT, "L", 0 },
    { STMT_MARK_CONTENT_LEFT, "LL", 1 },
    { STMT_DELETE_CHUNKS_LEFT, "", 1 },
    { STMT_DELETE_CONTENT_LEFT, "", 1 },
    { STMT_INSERT_LETTER_PDF, "LLLL", 0 },
    { STMT_KEEP_LETTER_PDF, "LLL", 0 },
    { STMT_LIST_LETTER_PDF, "LLLLLLL", 0 },
    { STMT_INSERT_REPORT_PIECE, "LbLLb", 0 },
    { STMT_KEEP_REPORT_PIECE, "LbNLb", 0 },
    { STMT_SELECT_REPORT_PIECES, "LbL", 0 },
    { STMT_SELECT_REPORT_PARTS, "Lb", 0 },
    { STMT_LIST_REPORT_KEPT, "L", 0 },
    { STMT_SELECT_REPORT_PDF, "Lb", 0 },
    { STMT_INSERT_REPORT_PDF, "LbLL", 0 },
    { STMT_KEEP_REPORT_PDF, "LLb", 0 },
    { STMT_LIST_REPORT_PDF, "LLLLLbL", 0 },
    { STMT_SELECT_ENTRY_OF, "LLs", 0 },
    { STMT_LIST_SIGNERS, "LLL", 0 },
    { STMT_FIND_LOCAL_REFS, "Lbbbbbbbbbbbbbbbb", 0 },
    { STMT_SELECT_RECORDS_OF_CASES, "LLLLLLLLLLLLLLLL", 0 },
    { STMT_PUT_LOCAL_REF, "LbL", 0 },
    { STMT_INSERT_LOCAL_REF, "LbLb", 0 },
    { STMT_UPDATE_LOCAL_REF, "bLbL", 0 },
    { STMT_SELECT_BRING_RUN, "LLL", 0 },
    { STMT_FIND_BRING_RUN, "Lb", 0 },
    { STMT_LIST_BRING_RUNS, "L", 0 },
    { STMT_INSERT_BRING_RUN, "LbLLLLLLLLLLLb", 0 },
    { STMT_UPDATE_BRING_RUN, "LLLLLLLLLbLLL", 0 },
    { STMT_INSERT_BRING_CHUNK, "LLNb", 0 },
    { STMT_SELECT_BRING_CHUNKS, "LL", 0 },
    { STMT_COUNT_BRING_LEFT, "L", 0 },
    { STMT_DROP_BRING_LEFT, "LL", 0 },
    { STMT_DELETE_BRING_CHUNKS_LEFT, "", 1 },
    { STMT_WALK_WORDS, "LLL", 0 },
    { STMT_KEEP_WORDS_DROPPED, "LL", 1 },
    { STMT_LIST_CLAIM_WORK_ALL_BY_DUE, "LLLLLLLLLLLLLLLLLLLLLLLLLLLL", 0 },
    { STMT_LIST_CLAIM_WORK_STAGES_BY_DUE, "LLLLLLLLLLLLLLLLLLLLLLLLLLLL", 0 },
    { STMT_LIST_CLAIM_WORK_ALL_BY_AGE, "LLLLLLLLLLLLLLLLLLLLLLLLLLLL", 0 },
    { STMT_LIST_CLAIM_WORK_ALL_BY_SUM, "LLLLLLLLLLLLLLLLLLLLLLLLLLLL", 0 },
    { STMT_LIST_CLAIM_WORK_ALL_BY_CHANGED, "LLLLLLLLLLLLLLLLLLLLLLLLLLLL", 0 },
    { STMT_LIST_CLAIM_WORK_ORG_BY_DUE, "LLLLLLLLLLLLLLLLLLLLLLLLLLLLL", 0 },
    { STMT_LIST_CLAIM_WORK_ORG_BY_AGE, "LLLLLLLLLLLLLLLLLLLLLLLLLLLLL", 0 },
    { STMT_LIST_CLAIM_WORK_ORG_BY_SUM, "LLLLLLLLLLLLLLLLLLLLLLLLLLLLL", 0 },
    { STMT_LIST_CLAIM_WORK_ORG_BY_CHANGED, "LLLLLLLLLLLLLLLLLLLLLLLLLLLLL", 0 },
    { STMT_LIST_CLAIM_WORK_HANDLER_BY_DUE, "LLLLLLLLLLLLLLLLLLLLLLLLLLLLLL", 0 },
    { STMT_LIST_CLAIM_WORK_HANDLER_BY_AGE, "LLLLLLLLLLLLLLLLLLLLLLLLLLLLLL", 0 },
    { STMT_LIST_CLAIM_WORK_HANDLER_BY_SUM, "LLLLLLLLLLLLLLLLLLLLLLLLLLLLLL", 0 },
    { STMT_LIST_CLAIM_WORK_HANDLER_BY_CHANGED, "LLLLLLLLLLLLLLLLLLLLLLLLLLLLLL", 0 },
    { STMT_LIST_CLAIM_WORK_TEAMS_BY_DUE, "LLLLLLLLLLLLLLLLLLLLLLLLLLLLL", 0 },
    { STMT_LIST_CLAIM_WORK_TEAMS_BY_AGE, "LLLLLLLLLLLLLLLLLLLLLLLLLLLLL", 0 },
    { STMT_LIST_CLAIM_WORK_TEAMS_BY_SUM, "LLLLLLLLLLLLLLLLLLLLLLLLLLLLL", 0 },
    { STMT_LIST_CLAIM_WORK_TEAMS_BY_CHANGED, "LLLLLLLLLLLLLLLLLLLLLLLLLLLLL", 0 },
    { STMT_COUNT_CLAIM_WORK, "LLLLLLLL", 0 },
    { STMT_SELECT_CLAIM_WORK, "LL", 0 },
    { STMT_KEEP_CLAIM_WORK, "LLLLLLLLLLLLbLLLLLLLLLLLL", 0 },
    { STMT_KEEP_CLAIM_WORK_GONE, "LLLL", 0 },
    { STMT_KEEP_CLAIM_WORK_OLD, "L", 0 },
    { STMT_KEEP_CLAIM_WORK_FRESH, "LLLL", 0 },
    { STMT_SELECT_CLAIM_SUMS, "LLLLLLLLLLLLLLLL", 0 },
    { STMT_FIND_CLAIMS_NAMED, "xxxxxxxxxx", 0 },
    { STMT_SELECT_CLAIM_TEAMS, "L", 0 },
    { STMT_PUT_CLAIM_TEAM, "LLLL", 0 },
    { STMT_SELECT_CLAIM_STAFF, "LL", 0 },
    { STMT_AHEAD_BOUND, "LLLLL", 0 },
    { STMT_AHEAD_COUNT, "LLLL", 0 },
    { STMT_AHEAD_CLAIMS, "LLLLL", 0 },
    { STMT_AHEAD_CLAIM_RECORDS, "LLLLL", 0 },
    { STMT_AHEAD_CASES, "LLLLL", 0 },
    { STMT_AHEAD_CASE_RECORDS, "LLLLL", 0 },
    { STMT_AHEAD_FLAGS, "LLLLL", 0 },
    { STMT_AHEAD_STANDINGS, "LLLLL", 0 },
    { STMT_SELECT_CLAIM_JOB, "L", 0 },
    { STMT_LIST_CLAIM_JOBS, "LL", 0 },
    { STMT_NEXT_CLAIM_JOB, "LLL", 0 },
    { STMT_LIVE_CLAIM_JOB, "LL", 0 },
    { STMT_INSERT_CLAIM_JOB, "LLLLLL", 0 },
    { STMT_KEEP_CLAIM_JOB_TAKE, "LLLLLLL", 1 },
    { STMT_KEEP_CLAIM_JOB, "LLLLLLLLLL", 1 },
    { STMT_KEEP_CLAIM_JOB_ROW, "LLLLLLLLL", 1 },
    { STMT_LIST_CLAIM_JOB_ROWS, "LLLLL", 0 },
    { STMT_SELECT_IMPACT, "L", 0 },
    { STMT_NEWEST_IMPACT, "LL", 0 },
    { STMT_NEXT_IMPACT, "LLL", 0 },
    { STMT_INSERT_IMPACT, "LLLLLL", 0 },
    { STMT_KEEP_IMPACT_TAKE, "LLLLLLLL", 1 },
    { STMT_KEEP_IMPACT, "LLLLLL", 1 },
    { STMT_KEEP_IMPACT_ROW, "LLLLLLLLLL", 1 },
    { STMT_LIST_IMPACT_ROWS, "LLL", 0 },
    { STMT_SELECT_IMPACT_PARTS, "LL", 0 },
    { STMT_COUNT_IMPACT_PARTS, "L", 0 },
    { STMT_LIST_IMPACT_ROWS_OPEN, "LLLL", 0 },
    { STMT_SELECT_SCHEME_REF, "s", 0 },
    { STMT_SELECT_SCHEME_REF_OF, "sL", 0 },
    { STMT_GIVE_UP_SCHEME_REF, "Ls", 0 },
    { STMT_PUT_SCHEME_REF, "sL", 0 },
    { STMT_KEEP_STATUS_DAY, "LLL", 0 },
    { STMT_COUNT_STATUS_DAY, "L", 0 },
    { STMT_SELECT_CLAIMS_NO_HISTORY, "", 0 },
    { STMT_SELECT_PEOPLE_IN_ROLE, "L", 0 },
};

/* L and s name what stands there already, N and x what does not; b and k are bytes; n is NULL. */
static const struct {
    char letter;
    const char *bytes;
    apr_size_t len;
} values[] = {
    { 'L', "1", 1 },
    { 'N', "99", 2 },
    { 's', "RZ1", 3 },
    { 'x', "NEW9", 4 },
    { 'b', "0123456789abcdef0123456789abcdef", 32 },
    { 'k', "0123456789abcdef", 16 },
    { 'n', NULL, 0 },
};

static int value_of(const char *letters, apr_size_t index)
{
    int i;

    if (index >= strlen(letters))
        return (int)COUNT_OF(values) - 1;
    for (i = 0; values[i].letter != letters[index]; i++)
        ;
    return i;
}

/* A call's values cannot be made from a table, so it is given as many as any statement takes;
 * db.c reads those that the letters name. All go as bytes, which the server converts. */
static cd_err_t *run_once(const try_row_t *row, store_conn_t *conn, apr_pool_t *pool)
{
    const char *letters =
        apr_pstrndup(pool, "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbb", strlen(row->letters));
    store_stmt_t *rows;
    cd_err_t *err;
    int is_row = 1;

#define V(n) values[value_of(row->letters, n)].bytes, values[value_of(row->letters, n)].len
#define ALL_VALUES \
    V(0), V(1), V(2), V(3), V(4), V(5), V(6), V(7), V(8), V(9), V(10), V(11), V(12), V(13), V(14), \
    V(15), V(16), V(17), V(18), V(19), V(20), V(21), V(22), V(23), V(24), V(25), V(26), V(27), \
    V(28), V(29)
    err = store_change(NULL, NULL, conn, row->statement, pool, letters, ALL_VALUES);
    if (!err || conn->fail != STORE_FAIL_NONE)
        return err;
    CD_ERR(store_select(&rows, conn, row->statement, pool, letters, ALL_VALUES));
    while (is_row)
        CD_ERR(store_step(&is_row, rows, pool));
    return NULL;
}

static cd_err_t *stage_once(const try_row_t *row)
{
    const char *letters = apr_pstrndup(site.pool, "bbbbbbbb", strlen(row->letters));

    CD_ERR(store_stage(site.conn, row->statement, site.pool, letters, ALL_VALUES));
    return cd_err(site.pool, CD_E_RANGE, NULL, "as wanted");
}

static cd_err_t *run_body(void *baton, store_conn_t *conn, apr_pool_t *pool)
{
    cd_err_t *err = run_once(baton, conn, pool);

    /* always rolled back: what was written is of no use to the next row */
    return err ? err : cd_err(pool, CD_E_RANGE, NULL, "as wanted");
}

/* Rows number 1 of everything, for the statements that name a parent. */
static void make_parents(void)
{
    admin_sql("INSERT INTO candour_case (case_id, reference, org_id, version, last_seq, audit_seq, "
              "audit_head, created_at,"
              " changed_at, state, occurred_first, occurred_last, reported_on, aware_on, "
              "incident_seq, outcome, opinion,"
              " told_first, told_last, skey, mac) VALUES (1, 'RZ1', 1, 1, 0, 0, '', 0, 0, 1, 0, 0, "
              "0, 0, 0, 0, 0, 0, 0, 0,"
              " '')");
    admin_sql("INSERT INTO claim (claim_id, reference, version, last_seq, audit_seq, audit_head, "
              "created_at, changed_at,"
              " status, scheme, party_set, notified_on, mac) VALUES (1, 'RZ1', 1, 0, 0, '', 0, 0, "
              "1, 1, 0, 0, '')");
    admin_sql("INSERT INTO liability_flag (claim_id, seq, org_id, computed_at, computed_by, "
              "scheme_code, scheme_version,"
              " engine, state, indicated_p, requested_on, claim_version, inputs, inputs_hash, "
              "answer) VALUES (1, 1, 1, 0, 1,"
              " 'L1', 1, '1.0', 1, 0, 0, 1, '', '', '')");
    admin_sql("INSERT INTO liability_decision (claim_id, seq, flag_seq, org_id, outcome, amount_p, "
              "decided_at, "
              "decided_by, sealed) VALUES (1, 1, 1, 1, 1, 0, 0, 1, '')");
    admin_sql("INSERT INTO content (content_id, case_id, state, created_at) VALUES (1, 1, 2, 0)");
    admin_sql("INSERT INTO scheme_version (code, version, settings, active, added_at, added_by)"
              " VALUES ('RZ1', 1, '{}', 0, 0, 1)");
}

/* Statements of more values than a row above can name: by the calls that make them. */
static cd_err_t *many_body(void *baton, store_conn_t *conn, apr_pool_t *pool)
{
    store_entry_t entries[9] = { { 0 } };
    store_record_row_t rows[9];
    cd_record_t records[9] = { { 0 } };
    store_flag_t flags[9], *flag_at[9];
    store_claim_work_t works[9];
    int i;

    (void)baton;
    for (i = 0; i < 9; i++) {
        entries[i] = (store_entry_t){
            .chain = 1, .chain_id = 1, .seq = 700 + i, .object = "record", .answer = "x"
        };
        records[i].seq = 700 + i;
        records[i].kind = CD_REC_INCIDENT;
        rows[i] = (store_record_row_t){ 1, &records[i], "", "sealed", 0, 6 };
    }
    CD_ERR(store_entries_insert(entries, 9, conn, pool));
    CD_ERR(store_record_rows_insert(rows, 9, conn, pool));
    for (i = 0; i < 9; i++) {
        flags[i] = (store_flag_t){ .claim_id = 1,
                                   .seq = 700 + i,
                                   .org_id = 1,
                                   .scheme_code = "L1",
                                   .engine = "1",
                                   .inputs = "",
                                   .answer = "",
                                   .brief = "" };
        flag_at[i] = &flags[i];
        works[i] = (store_claim_work_t){ .claim_id = 1, .team = "" };
        /* a node of a cluster does not number its rows one by one */
        works[i].org_id = i % 2 ? site.rz2 : site.rz1;
    }
    CD_ERR(store_flags_insert(flag_at, 9, conn, pool));
    CD_ERR(store_claim_work_keep(works, 5, conn, pool));
    return cd_err(pool, CD_E_RANGE, NULL, "as wanted");
}

/* ... and of those that the migrator's account alone may run. */
static cd_err_t *jobs_body(void *baton, store_conn_t *conn, apr_pool_t *pool)
{
    store_claim_job_row_t rows[9] = { { 0 } };
    store_impact_row_t changed[9] = { { 0 } };
    int i;

    (void)baton;
    for (i = 0; i < 9; i++) {
        rows[i] = (store_claim_job_row_t){ .job_id = 1, .claim_id = 1, .org_id = 1 + i };
        changed[i] = (store_impact_row_t){ .run_id = 1, .claim_id = 1, .org_id = 1 + i, .why = "" };
    }
    CD_ERR(store_claim_job_rows_keep(rows, 9, conn, pool));
    CD_ERR(store_impact_rows_keep(changed, 9, conn, pool));
    return cd_err(pool, CD_E_RANGE, NULL, "as wanted");
}

/* Those of the word index take lists: the shortest and the longest of each. */
static cd_err_t *words_body(void *baton, store_conn_t *conn, apr_pool_t *pool)
{
    store_word_t rows[300] = { { { 0 }, CD_FILE_CASE, 1 } };
    unsigned char hashes[8][STORE_WORD_BYTES] = { { 0 } };
    const int kinds[] = { CD_FILE_CASE, CD_FILE_CLAIM };
    const unsigned char(*asked)[STORE_WORD_BYTES] =
        (const unsigned char(*)[STORE_WORD_BYTES])hashes;
    store_words_ask_t ask = { CD_FILE_CASE, asked, 1, 2, 9 };
    store_word_file_t *files;
    int count, counts[STORE_WORDS_MOST], i;

    (void)baton;
    for (i = 0; i < 300; i++)
        rows[i] =
            (store_word_t){ { 1, (unsigned char)i, (unsigned char)(i >> 8) }, CD_FILE_CASE, 1 };
    for (i = 0; i < 8; i++)
        memcpy(hashes[i], rows[i].hash, STORE_WORD_BYTES);
    CD_ERR(store_words_put(rows, 300, conn, pool));
    CD_ERR(store_words_put(rows, 3, conn, pool));
    for (ask.trusts = 1; ask.trusts <= 2; ask.trusts++) {
        CD_ERR(store_words_count(counts, &ask, 5, conn, pool));
        assert_int_equal(counts[0], ask.trusts);
        assert_int_equal(counts[1], ask.trusts);
        assert_int_equal(counts[2], 0);
        CD_ERR(store_words_find(&files, &count, &ask, 1, 5, conn, pool));
        /* a file has one trust's hashes; this one has two's */
        assert_int_equal(count, ask.trusts);
        assert_int_equal(files[0].id, 1);
        assert_int_equal(files[0].has_all, 1);
    }
    ask.trusts = 1;
    hashes[0][0] = 2;                    /* the second word alone is there */
    CD_ERR(store_words_find(&files, &count, &ask, 1, 5, conn, pool));
    assert_int_equal(count, 1);
    assert_int_equal(files[0].has_all, 0);
    ask.below = 1;
    CD_ERR(store_words_find(&files, &count, &ask, 1, 5, conn, pool));
    assert_int_equal(count, 0);
    ask = (store_words_ask_t){ CD_FILE_CLAIM, asked, 1, 2, 9 };
    CD_ERR(store_words_find(&files, &count, &ask, 1, 5, conn, pool));
    assert_int_equal(count, 0);
    for (i = 0; i < 2; i++) {
        store_head_t *head;
        store_list_page_t page;
        store_bundle_t bundle = { 0 };
        const apr_int64_t one = 1;

        CD_ERR(store_head_get(&head, (cd_file_kind_t)kinds[i], "RZ1", 0, conn, pool));
        CD_ERR(store_heads_of(&page, (cd_file_kind_t)kinds[i], &one, 1, 0, conn, pool));
        assert_int_equal(page.count, 1);
        bundle.head = head;
        CD_ERR(store_records_of(&bundle, 1, conn, pool));
        CD_ERR(store_words_remove(head, rows, 40, conn, pool));
    }
    return cd_err(pool, CD_E_RANGE, NULL, "as wanted");
}

static void words_run(int seen[STMT__COUNT])
{
    static const store_statement_t run[] = {
        STMT_KEEP_WORDS_FEW, STMT_KEEP_WORDS, STMT_COUNT_WORDS_FEW, STMT_COUNT_WORDS,
        STMT_FIND_WORDS_FEW,
        STMT_FIND_WORDS, STMT_SELECT_CASES_OF, STMT_SELECT_CLAIMS_OF, STMT_SELECT_RECORDS_OF_CLAIMS,
        STMT_KEEP_WORDS_GONE_CASE, STMT_KEEP_WORDS_GONE_CLAIM
    };
    apr_size_t i;

    assert_code(
        store_tx_run(&site.admin, site.admin_store, &(store_tx_t){ .body = words_body }, site.pool),
        CD_E_RANGE);
    for (i = 0; i < COUNT_OF(run); i++)
        seen[run[i]] = 1;
}

static void each_runs(void **state)
{
    int seen[STMT__COUNT] = { 0 };
    apr_size_t i;

    (void)state;
    make_parents();
    for (i = 0; i < COUNT_OF(try_rows); i++) {
        try_row_t row = try_rows[i];
        store_tx_t tx = { .body = run_body, .baton = &row };
        store_conn_t **conn = row.migrator == 1 ? &site.admin : &site.conn;
        cd_err_t *err = row.migrator == 2
                            ? stage_once(&row)
                            : store_tx_run(conn, row.migrator ? site.admin_store : site.store, &tx,
                                           site.pool);

        if (!err || err->code != CD_E_RANGE)
            fail_msg("statement %d: %s", (int)row.statement, cd_err_line(err, site.pool));
        seen[row.statement] = 1;
    }
    assert_code(store_tx_run(&site.conn, site.store, &(store_tx_t){ .body = many_body }, site.pool),
                CD_E_RANGE);
    seen[STMT_INSERT_ENTRIES] = seen[STMT_INSERT_CASE_RECORDS] = 1;
    seen[STMT_INSERT_FLAGS] = seen[STMT_KEEP_BRIEFS] = seen[STMT_KEEP_CLAIM_WORKS] = 1;
    words_run(seen);
    assert_code(
        store_tx_run(&site.admin, site.admin_store, &(store_tx_t){ .body = jobs_body }, site.pool),
        CD_E_RANGE);
    seen[STMT_KEEP_CLAIM_JOB_ROWS] = seen[STMT_KEEP_IMPACT_ROWS] = 1;
    for (i = 0; i < STMT__COUNT; i++)
        ROW_CHECK(seen[i], i, "a statement without a row in this test");
    admin_sql("DELETE FROM scheme_version");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_runs),
    };

    return cmocka_run_group_tests(tests, site_setup, site_teardown);
}
