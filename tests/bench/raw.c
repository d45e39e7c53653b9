/* raw.c: the bare client: a page's or a write's own statements, and nothing else.
 *
 *   raw SOCKET USER PASSWORDFILE SUBJECT page|write|list THREADS SECONDS FIRST STEP COUNT A_YEAR
 *
 * Each thread has one connection and does one round after another: `page` the statements of the
 * case page, `write` the five round trips of a logged disclosure, each of a random case: case k of
 * COUNT is number FIRST + k * STEP, counted on through the years, A_YEAR cases to each from 2021.
 * Every column of every row is fetched. `list` times the statements of the lists of cases and of
 * work, at the first page and far in. Prints one line of JSON. The cases written to no longer
 * verify: nothing is sealed or linked here. */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#include <mysql.h>

#include "domain/record.h"
#include "store/statements.h"

#define FIRST_YEAR 2021
#define VALUES_MAX 32
#define COLUMNS_MAX 72
#define COLUMN_BYTES 8192
#define SAMPLES 2000000
#define PAGE_ROWS 51

typedef struct value_t { const void *bytes; unsigned long len; long long number; } value_t;

typedef struct statement_t {
    MYSQL_STMT *handle;
    MYSQL_BIND results[COLUMNS_MAX];
    unsigned columns;
    char *buffers;
    unsigned long lens[COLUMNS_MAX];
    my_bool nulls[COLUMNS_MAX];
} statement_t;

typedef struct settings_t {
    const char *socket, *user, *password, *subject, *mode;
    int threads, seconds, first, step, count, a_year;
} settings_t;

typedef struct client_t {
    const settings_t *settings;
    int number;
    MYSQL *mysql;
    statement_t *statements[STMT__COUNT];
    unsigned long long dice;
    unsigned *samples;                 /* microseconds of each round */
    long rounds, round_trips, rows;
    char reference[32];
    long long id;
} client_t;

static const char *const texts[STMT__COUNT] = {
#define X(name_, writes_, text_) text_,
    STORE_STATEMENTS(X)
#undef X
};

static void die(const char *what, const char *why)
{
    fprintf(stderr, "raw: %s: %s\n", what, why);
    exit(1);
}

static double now_us(void)
{
    struct timespec at;

    clock_gettime(CLOCK_MONOTONIC, &at);
    return (double)at.tv_sec * 1e6 + (double)at.tv_nsec / 1e3;
}

/* ---- statements ---------------------------------------------------------- */

static void bind_columns(statement_t *statement)
{
    unsigned i;

    statement->columns = mysql_stmt_field_count(statement->handle);
    if (statement->columns > COLUMNS_MAX)
        die("statement", "too many columns");
    statement->buffers = calloc(statement->columns, COLUMN_BYTES);
    for (i = 0; i < statement->columns; i++) {
        MYSQL_BIND *bind = &statement->results[i];

        bind->buffer_type = MYSQL_TYPE_STRING;
        bind->buffer = statement->buffers + (size_t)i * COLUMN_BYTES;
        bind->buffer_length = COLUMN_BYTES;
        bind->length = &statement->lens[i];
        bind->is_null = &statement->nulls[i];
    }
}

/* Numbers come as numbers, as they do in the program. */
static void bind_numbers(statement_t *statement)
{
    MYSQL_RES *info = mysql_stmt_result_metadata(statement->handle);
    const MYSQL_FIELD *fields = info ? mysql_fetch_fields(info) : NULL;
    unsigned i;

    for (i = 0; i < statement->columns; i++)
        if (IS_NUM(fields[i].type))
            statement->results[i].buffer_type = MYSQL_TYPE_LONGLONG;
    if (info)
        mysql_free_result(info);
    if (statement->columns && mysql_stmt_bind_result(statement->handle, statement->results))
        die("bind", mysql_stmt_error(statement->handle));
}

static statement_t *statement_of(client_t *client, store_statement_t no)
{
    statement_t *statement = client->statements[no];

    if (statement)
        return statement;
    statement = client->statements[no] = calloc(1, sizeof(*statement));
    statement->handle = mysql_stmt_init(client->mysql);
    if (mysql_stmt_prepare(statement->handle, texts[no], (unsigned long)strlen(texts[no])))
        die(texts[no], mysql_stmt_error(statement->handle));
    bind_columns(statement);
    bind_numbers(statement);
    return statement;
}

/* Runs a statement and reads all of its rows; the last one stays in the buffers. */
static statement_t *run(client_t *client, store_statement_t no, const value_t *values,
                        unsigned count)
{
    statement_t *statement = statement_of(client, no);
    MYSQL_BIND binds[VALUES_MAX];
    unsigned i;
    int got = 0;

    if (mysql_stmt_param_count(statement->handle) != count)
        die(texts[no], "takes another number of values: this program must follow");
    memset(binds, 0, sizeof(binds));
    for (i = 0; i < count; i++) {
        binds[i].buffer_type = values[i].bytes ? MYSQL_TYPE_BLOB : MYSQL_TYPE_LONGLONG;
        binds[i].buffer = values[i].bytes ? (void *)values[i].bytes : (void *)&values[i].number;
        binds[i].buffer_length = values[i].len;
    }
    if ((count && mysql_stmt_bind_param(statement->handle, binds))
        || mysql_stmt_execute(statement->handle))
        die(texts[no], mysql_stmt_error(statement->handle));
    client->round_trips++;
    while (statement->columns && !(got = mysql_stmt_fetch(statement->handle)))
        client->rows++;
    if (got && got != MYSQL_NO_DATA)
        die(texts[no], got == MYSQL_DATA_TRUNCATED ? "a column is longer than the buffer"
                                                   : mysql_stmt_error(statement->handle));
    mysql_stmt_free_result(statement->handle);
    return statement;
}

static value_t text(const char *words)
{
    return (value_t){ words, (unsigned long)strlen(words), 0 };
}

static value_t bytes(const void *at, unsigned long len)
{
    return (value_t){ at, len, 0 };
}

static value_t number(long long value)
{
    return (value_t){ NULL, 0, value };
}

/* As the heads' columns stand in STMT_SELECT_ACTOR_CASE. Its later rows, the records, have NULL
 * there, and a NULL leaves the buffer as it was: the first row's values stay. */
enum {
    AT_CASE_ID = 10,
    AT_VERSION = 12,
    AT_LAST_SEQ,
    AT_AUDIT_SEQ,
    AT_AUDIT_HEAD,
    AT_CHANGED_AT = 18,
    AT_NHS,
    AT_SEALED,
    AT_MAC,
    AT_ORG,
    AT_STATE = 25
};

static long long column(const statement_t *statement, int at)
{
    return *(const long long *)(const void *)statement->results[at].buffer;
}

static value_t again(const statement_t *statement, int at)
{
    if (statement->results[at].buffer_type == MYSQL_TYPE_LONGLONG)
        return number(column(statement, at));
    return bytes(statement->results[at].buffer, statement->lens[at]);
}

/* ---- rounds -------------------------------------------------------------- */

static unsigned long long next(client_t *client)
{
    unsigned long long z = (client->dice += 0x9e3779b97f4a7c15ull);

    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ull;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebull;
    return z ^ (z >> 31);
}

/* Threads take different cases, or they would meet at one row. */
static void pick(client_t *client)
{
    const settings_t *s = client->settings;
    int part = s->count / s->threads,
        k = client->number * part + (int)(next(client) % (unsigned)part);
    int index = s->first + k * s->step - 1;

    snprintf(client->reference, sizeof(client->reference), "CM-%d-%04d",
             FIRST_YEAR + index / s->a_year, index % s->a_year + 1);
}

/* Roles that see every trust's cases, as the program's look-up says it. */
static long long wide_roles(void)
{
    long long mask = 0;
    int i;

    for (i = 0; cd_roles[i].word; i++)
        if (cd_role_reach((cd_role_t)cd_roles[i].value, CD_RIGHT_CASE_READ) == CD_REACH_ALL)
            mask |= 1ll << cd_roles[i].value;
    return mask;
}

static statement_t *look_up(client_t *client)
{
    value_t values[6];
    statement_t *head = statement_of(client, STMT_SELECT_ACTOR_CASE);
    long rows = client->rows;

    values[0] = values[5] = text(client->settings->subject);
    values[1] = values[3] = text(client->reference);
    values[2] = values[4] = number(wide_roles());
    run(client, STMT_SELECT_ACTOR_CASE, values, 6);
    if (client->rows - rows < 2)
        die(client->reference, "is not there, or out of reach");
    client->id = column(head, AT_CASE_ID);
    return head;
}

static void round_page(client_t *client)
{
    value_t reference;

    look_up(client);
    reference = text(client->reference);
    run(client, STMT_SELECT_CLAIMS_OF_CASE, &reference, 1);
}

/* Sizes of what a talk's record and its entry hold. */
#define OPEN_BYTES 260
#define SEALED_BYTES 560
static const char filler[SEALED_BYTES] = "x";

static void write_head(client_t *client, const statement_t *head)
{
    value_t values[20];
    int i;

    values[0] = again(head, AT_NHS);
    values[1] = number(column(head, AT_VERSION) + 1);
    values[2] = number(column(head, AT_LAST_SEQ) + 1);
    values[3] = number(column(head, AT_AUDIT_SEQ) + 1);
    values[4] = again(head, AT_AUDIT_HEAD);
    values[5] = number(column(head, AT_CHANGED_AT) + 1);
    for (i = 0; i < 12; i++)                    /* state to skey */
        values[6 + i] = again(head, AT_STATE + i);
    values[17] = again(head, AT_STATE + 11);
    values[18] = again(head, AT_SEALED);
    values[19] = again(head, AT_MAC);
    {
        value_t all[22];

        memcpy(all, values, sizeof(values));
        all[20] = number(client->id);
        all[21] = number(column(head, AT_VERSION));
        run(client, STMT_UPDATE_CASE, all, 22);
    }
}

static void round_write(client_t *client)
{
    statement_t *head = look_up(client);
    value_t record[11], entry[16];
    long long seq = column(head, AT_LAST_SEQ) + 1;
    unsigned long long idem[2];
    char object[32], answer[64];
    int i;

    write_head(client, head);
    record[0] = number(client->id);
    record[1] = number(seq);
    for (i = 2; i < 9; i++)
        record[i] = number(7);
    record[9] = bytes(filler, OPEN_BYTES);
    record[10] = bytes(filler, SEALED_BYTES);
    run(client, STMT_INSERT_CASE_RECORD, record, 11);
    snprintf(object, sizeof(object), "record %lld", seq);
    snprintf(answer, sizeof(answer), "%s#%lld", client->reference, seq);
    idem[0] = next(client);
    idem[1] = next(client);
    entry[0] = number(CD_FILE_CASE);
    entry[1] = number(client->id);
    entry[2] = number(column(head, AT_AUDIT_SEQ) + 1);
    for (i = 3; i < 7; i++)
        entry[i] = number(2);
    entry[7] = text(object);
    entry[8] = number(column(head, AT_VERSION));
    entry[9] = number(column(head, AT_VERSION) + 1);
    for (i = 10; i < 13; i++)
        entry[i] = bytes(filler, 32);
    entry[13] = bytes(idem, 16);
    entry[14] = bytes(filler, 32);
    entry[15] = text(answer);
    run(client, STMT_INSERT_ENTRY, entry, 16);
    if (mysql_commit(client->mysql))
        die("COMMIT", mysql_error(client->mysql));
    client->round_trips++;
}

/* ---- threads ------------------------------------------------------------- */

static void connect_client(client_t *client)
{
    const settings_t *s = client->settings;

    client->mysql = mysql_init(NULL);
    if (!mysql_real_connect(client->mysql, NULL, s->user, s->password, "candour", 0, s->socket,
                            CLIENT_FOUND_ROWS))
        die("connect", mysql_error(client->mysql));
    if (!strcmp(s->mode, "write"))
        mysql_autocommit(client->mysql, 0);
}

static void *client_main(void *data)
{
    client_t *client = data;
    const settings_t *s = client->settings;
    int write = !strcmp(s->mode, "write");
    double from, until, last;

    mysql_thread_init();
    connect_client(client);
    pick(client);
    write ? round_write(client) : round_page(client);   /* prepares */
    client->round_trips = client->rows = 0;
    from = last = now_us();
    until = from + s->seconds * 1e6;
    while (last < until) {
        double at;

        pick(client);
        write ? round_write(client) : round_page(client);
        at = now_us();
        if (client->rounds < SAMPLES)
            client->samples[client->rounds] = (unsigned)(at - last);
        client->rounds++;
        last = at;
    }
    mysql_close(client->mysql);
    mysql_thread_end();
    return NULL;
}

static int by_size(const void *a, const void *b)
{
    unsigned x = *(const unsigned *)a, y = *(const unsigned *)b;

    return x < y ? -1 : x > y;
}

static void run_threads(const settings_t *s)
{
    client_t *clients = calloc((size_t)s->threads, sizeof(*clients));
    pthread_t *threads = calloc((size_t)s->threads, sizeof(*threads));
    unsigned *all = calloc(SAMPLES, sizeof(*all));
    long rounds = 0, trips = 0, rows = 0, samples = 0;
    struct rusage used;
    double from = now_us(), took;
    int i;

    for (i = 0; i < s->threads; i++) {
        clients[i].settings = s;
        clients[i].number = i;
        clients[i].dice = (unsigned long long)from + (unsigned)i * 7919ull;
        clients[i].samples = calloc(SAMPLES, sizeof(unsigned));
        if (pthread_create(&threads[i], NULL, client_main, &clients[i]))
            die("thread", "cannot be made");
    }
    for (i = 0; i < s->threads; i++) {
        long kept;

        pthread_join(threads[i], NULL);
        rounds += clients[i].rounds;
        trips += clients[i].round_trips;
        rows += clients[i].rows;
        kept = clients[i].rounds < SAMPLES - samples ? clients[i].rounds : SAMPLES - samples;
        memcpy(all + samples, clients[i].samples, (size_t)kept * sizeof(*all));
        samples += kept;
    }
    took = now_us() - from;
    getrusage(RUSAGE_SELF, &used);
    qsort(all, (size_t)samples, sizeof(*all), by_size);
    printf("{\"rounds\":%ld,\"per_second\":%.1f,\"p50_us\":%u,\"p99_us\":%u,\"round_trips\":%.2f,"
           "\"rows\":%.1f,"
           "\"client_us\":%.1f}\n",
           rounds, (double)rounds * 1e6 / took, all[samples / 2], all[samples * 99 / 100],
           (double)trips / (double)rounds, (double)rows / (double)rounds,
           ((double)(used.ru_utime.tv_sec + used.ru_stime.tv_sec) * 1e6
            + (double)(used.ru_utime.tv_usec + used.ru_stime.tv_usec))
               / (double)rounds);
}

/* ---- lists --------------------------------------------------------------- */

/* One list at one place in it: the values of its statement but the last, which is the number of
 * rows. */
typedef struct list_t {
    const char *name;
    store_statement_t no;
    value_t values[4];
    unsigned count;
} list_t;

/* Microseconds that one page of a list takes, the smallest and the median of many. */
static void time_list(client_t *client, const list_t *list, int last)
{
    enum { TIMES = 201 };
    static unsigned took[TIMES];
    value_t values[5];
    int i;

    memcpy(values, list->values, sizeof(list->values));
    values[list->count] = number(PAGE_ROWS);
    for (i = 0; i < TIMES; i++) {
        double from = now_us();

        run(client, list->no, values, list->count + 1);
        took[i] = (unsigned)(now_us() - from);
    }
    qsort(took, TIMES, sizeof(*took), by_size);
    printf("\"%s\":{\"min_us\":%u,\"p50_us\":%u}%s", list->name, took[0], took[TIMES / 2],
           last ? "" : ",");
}

/* The sort key behind so many rows of a table, in the list's own order; the last one where there
 * are fewer. */
static value_t cursor_at(client_t *client, const char *rows, const char *order,
                         long long rows_before)
{
    char sql[256];
    MYSQL_RES *result = NULL;
    MYSQL_ROW row;
    long long skey = 0;

    snprintf(sql, sizeof(sql),
             "SELECT skey FROM (SELECT skey FROM %s ORDER BY skey %s LIMIT %lld) part"
             " ORDER BY skey %s LIMIT 1",
             rows, order, rows_before + 1, *order == 'D' ? "" : "DESC");
    if (mysql_query(client->mysql, sql) || !(result = mysql_store_result(client->mysql)))
        die(sql, mysql_error(client->mysql));
    row = mysql_fetch_row(result);
    if (row)
        skey = strtoll(row[0], NULL, 10);
    mysql_free_result(result);
    return number(skey);
}

static void run_lists(const settings_t *s)
{
    client_t client = { .settings = s };
    const value_t top = number(0x7fffffffffffffffll), own = number(1), open = number(2),
                  none = number(0);
    value_t all_far, own_far, open_far, work_far;

    connect_client(&client);
    all_far = cursor_at(&client, "candour_case", "DESC", 50000);
    own_far = cursor_at(&client, "candour_case WHERE org_id = 1", "DESC", 15000);
    open_far = cursor_at(&client, "candour_case WHERE state = 2", "DESC", 50000);
    work_far = cursor_at(&client, "case_work WHERE org_id = 1 AND skey > 0", "ASC", 10000);
    {
        const list_t lists[] = {
            { "all, first page", STMT_LIST_CASES, { top }, 1 },
            { "all, thousandth page", STMT_LIST_CASES, { all_far }, 1 },
            { "own trust, first page", STMT_LIST_CASES_OF_ORG, { own, top }, 2 },
            { "own trust, 300th page", STMT_LIST_CASES_OF_ORG, { own, own_far }, 2 },
            { "open, first page", STMT_LIST_CASES_BY_STATE, { open, top }, 2 },
            { "open, thousandth page", STMT_LIST_CASES_BY_STATE, { open, open_far }, 2 },
            { "own and open, first page", STMT_LIST_CASES_OF_ORG_BY_STATE, { own, open, top }, 3 },
            { "work of own trust, first page", STMT_LIST_WORK_OF_ORG, { own, none, top }, 3 },
            { "work of own trust, 200th page", STMT_LIST_WORK_OF_ORG, { own, work_far, top }, 3 }
        };
        const int count = (int)(sizeof(lists) / sizeof(lists[0]));
        int i;

        printf("{");
        for (i = 0; i < count; i++)
            time_list(&client, &lists[i], i == count - 1);
    }
    printf("}\n");
    mysql_close(client.mysql);
}

static const char *read_password(const char *path)
{
    static char text_[256];
    FILE *file = fopen(path, "r");

    if (!file || !fgets(text_, sizeof(text_), file))
        die(path, "cannot be read");
    fclose(file);
    text_[strcspn(text_, "\r\n")] = '\0';
    return text_;
}

static int number_of(const char *words)
{
    return (int)strtol(words, NULL, 10);
}

int main(int argc, char **argv)
{
    settings_t s;

    if (argc != 12) {
        fprintf(
            stderr,
            "usage: raw SOCKET USER PASSWORDFILE SUBJECT page|write|list THREADS SECONDS FIRST STEP"
            " COUNT A_YEAR\n");
        return 2;
    }
    s = (settings_t){ argv[1],
                      argv[2],
                      read_password(argv[3]),
                      argv[4],
                      argv[5],
                      number_of(argv[6]),
                      number_of(argv[7]),
                      number_of(argv[8]),
                      number_of(argv[9]),
                      number_of(argv[10]),
                      number_of(argv[11]) };
    mysql_library_init(0, NULL, NULL);
    if (!strcmp(s.mode, "list"))
        run_lists(&s);
    else
        run_threads(&s);
    return 0;
}
