/* numbers.c: what an error number of the database means for the transaction it met (R4).
 *
 * A table and its reader. Sends nothing and knows no library. */
#include "store/db.h"

typedef struct number_row_t {
    unsigned number;
    store_fail_t fail;
    cd_code_t code;
} number_row_t;

/* Numbers of the server and the client library. Some have a name in one library only, so numbers
 * it is. */
static const number_row_t number_rows[] = {
    { 1213, STORE_FAIL_RETRY, CD_E_BUSY },   /* deadlock, or another node wrote first */
    { 1020, STORE_FAIL_RETRY, CD_E_BUSY },   /* snapshot isolation: row changed since it was read */
    { 1205, STORE_FAIL_RETRY, CD_E_BUSY },   /* lock wait; the sync wait of a cluster too */
    { 3101, STORE_FAIL_RETRY, CD_E_BUSY },   /* group replication: rolled back at commit */
    { 1062, STORE_FAIL_DOUBLE, CD_E_STALE }, /* unique key */
    { 1060, STORE_FAIL_DOUBLE, CD_E_SCHEMA }, /* column is there already */
    { 1061, STORE_FAIL_DOUBLE, CD_E_SCHEMA }, /* index is there already */
    { 1047, STORE_FAIL_LOST, CD_E_BUSY },    /* node is not part of the cluster */
    { 1053, STORE_FAIL_LOST, CD_E_BUSY },    /* server is shutting down */
    { 1927, STORE_FAIL_LOST, CD_E_BUSY },    /* connection was killed */
    { 2002, STORE_FAIL_LOST, CD_E_BUSY },    /* no socket */
    { 2003, STORE_FAIL_LOST, CD_E_BUSY },    /* no host */
    { 2005, STORE_FAIL_LOST, CD_E_BUSY },    /* no such host */
    { 2006, STORE_FAIL_LOST, CD_E_BUSY },    /* gone away */
    { 2012, STORE_FAIL_LOST, CD_E_BUSY },    /* handshake */
    { 2013, STORE_FAIL_LOST, CD_E_BUSY },    /* lost in mid-query */
    { 2014, STORE_FAIL_LOST, CD_E_FAILED },  /* out of step: not to be used again */
    { 2026, STORE_FAIL_LOST, CD_E_BUSY },    /* TLS */
    { 2027, STORE_FAIL_LOST, CD_E_BUSY },    /* malformed packet */
    { 2055, STORE_FAIL_LOST, CD_E_BUSY },    /* lost, with the system's error */
    { 1243, STORE_FAIL_LOST, CD_E_BUSY },    /* the server forgot a prepared statement */
    { 1615, STORE_FAIL_LOST, CD_E_BUSY },
    { 3169, STORE_FAIL_LOST, CD_E_BUSY },  /* session was killed: MySQL's */
    { 4031, STORE_FAIL_LOST, CD_E_BUSY },  /* disconnected by the server for idling */
    { 1180, STORE_FAIL_LOST, CD_E_BUSY },  /* error during COMMIT */
    { 1040, STORE_FAIL_FINAL, CD_E_BUSY }, /* too many connections */
    { 1203, STORE_FAIL_FINAL, CD_E_BUSY },
    { 1226, STORE_FAIL_FINAL, CD_E_BUSY },
    { 1317, STORE_FAIL_FINAL, CD_E_BUSY }, /* interrupted */
    { 1969, STORE_FAIL_FINAL, CD_E_BUSY }, /* over max_statement_time */
    { 3024, STORE_FAIL_FINAL, CD_E_BUSY },
    { 1044, STORE_FAIL_FINAL, CD_E_CONFIG }, /* rights of the account */
    { 1045, STORE_FAIL_FINAL, CD_E_CONFIG },
    { 1049, STORE_FAIL_FINAL, CD_E_CONFIG }, /* no such database */
    { 1129, STORE_FAIL_FINAL, CD_E_CONFIG }, /* this host is blocked, or may not connect */
    { 1130, STORE_FAIL_FINAL, CD_E_CONFIG },
    { 1142, STORE_FAIL_FINAL, CD_E_CONFIG },
    { 1143, STORE_FAIL_FINAL, CD_E_CONFIG },
    { 1227, STORE_FAIL_FINAL, CD_E_CONFIG },
    { 1290, STORE_FAIL_FINAL, CD_E_CONFIG }, /* read-only server */
    { 1698, STORE_FAIL_FINAL, CD_E_CONFIG },
    { 1792, STORE_FAIL_FINAL, CD_E_CONFIG }, /* read-only transaction, or mode: MySQL's */
    { 1836, STORE_FAIL_FINAL, CD_E_CONFIG },
    { 1862, STORE_FAIL_FINAL, CD_E_CONFIG }, /* password has expired */
    { 2059, STORE_FAIL_FINAL, CD_E_CONFIG }, /* the account's plug-in is not there, or fails */
    { 2061, STORE_FAIL_FINAL, CD_E_CONFIG },
    { 3118, STORE_FAIL_FINAL, CD_E_CONFIG }, /* account is locked: MySQL's */
    { 3159, STORE_FAIL_FINAL, CD_E_CONFIG }, /* only over TLS: MySQL's */
    { 4151, STORE_FAIL_FINAL, CD_E_CONFIG }, /* account is locked: MariaDB's */
    { 1054, STORE_FAIL_FINAL, CD_E_SCHEMA },    /* no such column */
    { 1146, STORE_FAIL_FINAL, CD_E_SCHEMA },    /* no such table */
    { 1153, STORE_FAIL_FINAL, CD_E_TOO_LARGE }, /* packet */
    { 3, STORE_FAIL_FINAL, CD_E_FULL },         /* a file could not be written */
    { 20, STORE_FAIL_FINAL, CD_E_FULL },        /* disk full, as the server's file layer says it */
    { 28, STORE_FAIL_FINAL, CD_E_FULL },        /* ... and as the system says it */
    { 1021, STORE_FAIL_FINAL, CD_E_FULL },      /* disk full */
    { 1026, STORE_FAIL_FINAL, CD_E_FULL },      /* error writing a file */
    { 1028, STORE_FAIL_FINAL, CD_E_FULL },      /* a sort found no room */
    { 1114, STORE_FAIL_FINAL, CD_E_FULL },      /* table or tablespace full */
    { 1264, STORE_FAIL_FINAL, CD_E_RANGE },     /* number out of range */
    { 1406, STORE_FAIL_FINAL, CD_E_TOO_LARGE }, /* text too long for its column */
};

store_meaning_t store_meaning(unsigned number, store_call_t call)
{
    store_meaning_t row = { STORE_FAIL_FINAL, CD_E_FAILED };
    apr_size_t i;

    for (i = 0; i < sizeof(number_rows) / sizeof(number_rows[0]); i++) {
        if (number_rows[i].number == number) {
            row.fail = number_rows[i].fail;
            row.code = number_rows[i].code;
        }
    }
    /* Whatever is not a known refusal may have happened before or after the server made it
     * durable. */
    if (call == STORE_CALL_COMMIT && row.fail != STORE_FAIL_RETRY &&
        row.fail != STORE_FAIL_DOUBLE) {
        row.fail = STORE_FAIL_UNCLEAR;
        row.code = CD_E_UNKNOWN;
    }
    return row;
}

/* ---- failures on demand ------------------------------------------------- */

unsigned store_fail_before(store_conn_t *conn, store_call_t call, int statement)
{
    const store_calls_t *calls = conn->options->calls;

    return calls && calls->before ? calls->before(calls->baton, call, statement) : 0;
}

unsigned store_fail_after(store_conn_t *conn, store_call_t call, int statement)
{
    const store_calls_t *calls = conn->options->calls;

    return calls && calls->after ? calls->after(calls->baton, call, statement) : 0;
}
