/* verify.c: walks the chains and holds them against the tables, one file at a time.
 *
 * Reads each file as of one moment, so that a live server's writes are no alarm. A finding is
 * counted and the walk goes on; an error (no database, no such file) ends it. Repairs nothing. */
#include <stdlib.h>
#include <string.h>

#include <apr_strings.h>

#include "audit/standing.h"
#include "audit/walk.h"
#include "store/flag.h"

#define ENTRIES_AT_ONCE 200
#define HEADS_AT_ONCE 50
#define SKEW apr_time_from_sec(300) /* what the clocks of two web servers may differ by */

/* What the entries of one file say of its rows: a commitment for each number of each noun. */
typedef struct named_t {
    char noun; /* 'r' record, 'f' flag, 'd' decision */
    int seq;
    unsigned char commitment[32];
} named_t;

void audit_bad(audit_walk_t *walk, const char *fmt, ...)
{
    va_list args;

    walk->out->tampered++;
    if (walk->out->first_bad)
        return;
    va_start(args, fmt);
    walk->out->first_bad = apr_pstrcat(walk->pool, walk->what, ", ",
                                       apr_pvsprintf(walk->file_pool, fmt, args), NULL);
    va_end(args);
}

/* A server's clock was set back, or another's is wrong. The entry stands in its chain, so nobody
 * forged it: worth a look, but no alarm that nothing could ever silence. */
static void clock_back(audit_walk_t *walk, int seq)
{
    walk->out->clock_back++;
    if (!walk->out->first_back)
        walk->out->first_back = apr_psprintf(walk->pool, "%s, entry %d", walk->what, seq);
}

/* ---- the chain ---------------------------------------------------------- */

typedef struct chain_t {
    int chain;
    apr_int64_t chain_id;
    int seq; /* of the last entry seen */
    unsigned char hash[32];
    int version;
    cd_instant_t at;
} chain_t;

/* "record 5": remembered, so that the row can be held against it. Other objects belong to no row
 * of the file. */
static void remember(audit_walk_t *walk, const store_entry_t *entry)
{
    static const char *const nouns[] = { "record ", "flag ", "decision " };
    named_t *named;
    apr_size_t i;

    for (i = 0; i < sizeof(nouns) / sizeof(nouns[0]); i++) {
        apr_size_t len = strlen(nouns[i]);

        if (entry->object && strncmp(entry->object, nouns[i], len) == 0) {
            named = apr_array_push(walk->named);
            named->noun = nouns[i][0];
            named->seq = (int)apr_strtoi64(entry->object + len, NULL, 10);
            memcpy(named->commitment, entry->commitment, sizeof(named->commitment));
        }
    }
}

static void check_entry(audit_walk_t *walk, chain_t *chain, const store_entry_t *entry,
                        apr_pool_t *pool)
{
    store_entry_t again = *entry;

    if (entry->seq != chain->seq + 1)
        audit_bad(walk, "entry %d: follows %d", entry->seq, chain->seq);
    if (memcmp(entry->prev, chain->hash, sizeof(chain->hash)) != 0)
        audit_bad(walk, "entry %d: does not link to the one before", entry->seq);
    audit_link(&again, entry->seq - 1, entry->prev, pool);
    if (memcmp(again.hash, entry->hash, sizeof(again.hash)) != 0)
        audit_bad(walk, "entry %d: hash", entry->seq);
    if (chain->chain != STORE_CHAIN_SYSTEM &&
        (entry->version_after < chain->version || entry->version_before >= entry->version_after))
        audit_bad(walk, "entry %d: version %d after %d", entry->seq, entry->version_after,
            chain->version);
    if (entry->at + SKEW < chain->at)
        clock_back(walk, entry->seq);
    chain->seq = entry->seq;
    chain->version = entry->version_after;
    chain->at = entry->at;
    memcpy(chain->hash, entry->hash, sizeof(chain->hash));
    walk->out->entries++;
}

static cd_err_t *walk_chain(audit_walk_t *walk, chain_t *chain)
{
    apr_pool_t *iterpool;
    store_entry_t *entries;
    int i, count = ENTRIES_AT_ONCE;

    apr_pool_create(&iterpool, walk->file_pool);
    while (count == ENTRIES_AT_ONCE) {
        apr_pool_clear(iterpool);
        CD_ERR(store_entries(&entries, &count, chain->chain, chain->chain_id, chain->seq,
                             ENTRIES_AT_ONCE, walk->conn, iterpool));
        for (i = 0; i < count; i++) {
            check_entry(walk, chain, &entries[i], iterpool);
            if (chain->chain == STORE_CHAIN_SYSTEM)
                audit_system_entry(walk, &entries[i]);
            else
                remember(walk, &entries[i]);
        }
    }
    apr_pool_destroy(iterpool);
    return NULL;
}

/* ---- rows against their entries ----------------------------------------- */

static void check_named(audit_walk_t *walk, const store_head_t *head, const char *noun, int seq,
                        const char *payload, apr_size_t len)
{
    unsigned char commitment[32];
    int i, found = 0, right = 0;

    store_commitment(commitment, &head->key, payload, len);
    for (i = 0; i < walk->named->nelts; i++) {
        const named_t *named = &((const named_t *)walk->named->elts)[i];

        if (named->noun == noun[0] && named->seq == seq) {
            found++;
            right += memcmp(named->commitment, commitment, sizeof(commitment)) == 0;
        }
    }
    if (!found)
        audit_bad(walk, "%s %d: no entry names it", noun, seq);
    else if (found > 1)
        audit_bad(walk, "%s %d: %d entries name it", noun, seq, found);
    else if (!right)
        audit_bad(walk, "%s %d: not what was recorded", noun, seq);
}

static int count_named(const audit_walk_t *walk, char noun)
{
    int i, count = 0;

    for (i = 0; i < walk->named->nelts; i++)
        count += ((const named_t *)walk->named->elts)[i].noun == noun;
    return count;
}

static int compare_lines(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static int same_lines(const char **a, int a_count, const char **b, int b_count)
{
    int i;

    if (a_count != b_count)
        return 0;
    qsort(a, (size_t)a_count, sizeof(*a), compare_lines);
    qsort(b, (size_t)b_count, sizeof(*b), compare_lines);
    for (i = 0; i < a_count; i++) {
        if (strcmp(a[i], b[i]) != 0)
            return 0;
    }
    return 1;
}

static cd_err_t *check_parties(audit_walk_t *walk, const store_head_t *head,
                               const cd_record_t *records, int count)
{
    apr_array_header_t *said = apr_array_make(walk->file_pool, 16, sizeof(const char *));
    const char **rows;
    int i, row_count;

    for (i = 0; i < count; i++) {
        if (records[i].kind == CD_REC_PARTIES)
            store_party_lines_of(said, records[i].seq, records[i].body, walk->file_pool);
    }
    CD_ERR(store_party_lines(&rows, &row_count, head, walk->conn, walk->file_pool));
    if (!same_lines((const char **)said->elts, said->nelts, rows, row_count))
        audit_bad(walk, "parties: not what was recorded");
    return NULL;
}

static cd_err_t *check_records(audit_walk_t *walk, const store_head_t *head)
{
    cd_record_t *records;
    const char *payload;
    apr_size_t len;
    int i, count;
    cd_err_t *err = store_records(&records, &count, head, walk->conn, walk->file_pool);

    if (err && err->code == CD_E_TAMPERED) {
        audit_bad(walk, "records: %s", cd_err_line(err, walk->file_pool));
        return NULL;
    }
    CD_ERR(err);
    if (count != head->last_seq)
        audit_bad(walk, "records: %d of %d", count, head->last_seq);
    for (i = 0; i < count; i++) {
        if (records[i].seq != i + 1)
            audit_bad(walk, "record %d: missing", i + 1);
        CD_ERR(store_record_payload(&payload, &len, head, &records[i], walk->file_pool));
        check_named(walk, head, "record", records[i].seq, payload, len);
    }
    if (head->kind != CD_FILE_CLAIM)
        return audit_check_content(walk, head, records, count);
    CD_ERR(check_parties(walk, head, records, count));
    return audit_check_reports(walk, head, records, count);
}

static cd_err_t *check_flags(audit_walk_t *walk, const store_head_t *head)
{
    store_flag_t *flags;
    unsigned char hash[32];
    const char *payload;
    apr_size_t len;
    int i, count;

    CD_ERR(store_flags_of_org(&flags, &count, head, 0, walk->conn, walk->file_pool));
    for (i = 0; i < count; i++) {
        store_flag_payload(&payload, &len, &flags[i], walk->file_pool);
        check_named(walk, head, "flag", flags[i].seq, payload, len);
        store_sha256(hash, flags[i].inputs, strlen(flags[i].inputs));
        if (memcmp(hash, flags[i].inputs_hash, sizeof(hash)) != 0)
            audit_bad(walk, "flag %d: inputs", flags[i].seq);
    }
    return NULL;
}

static cd_err_t *check_decisions(audit_walk_t *walk, const store_head_t *head)
{
    store_decision_t *decisions;
    const char *payload;
    apr_size_t len;
    int i, count;
    cd_err_t *err = store_decisions(&decisions, &count, head, 0, walk->conn, walk->file_pool);

    if (err && err->code == CD_E_TAMPERED) {
        audit_bad(walk, "decisions: %s", cd_err_line(err, walk->file_pool));
        return NULL;
    }
    CD_ERR(err);
    for (i = 0; i < count; i++) {
        store_decision_payload(&payload, &len, &decisions[i], walk->file_pool);
        check_named(walk, head, "decision", decisions[i].seq, payload, len);
    }
    return NULL;
}

static void check_standing(audit_walk_t *walk, const store_standing_t *there,
                           const store_standing_t *made)
{
    if (there->seq != made->seq || there->org_id != made->org_id
        || there->flag_seq != made->flag_seq || there->outcome != made->outcome
        || there->standing != made->standing || there->amount_p != made->amount_p
        || there->units != made->units || there->counted != made->counted
        || there->decided_at != made->decided_at || there->asked_p != made->asked_p
        || there->received_p != made->received_p || there->told_standing != made->told_standing
        || there->told_p != made->told_p)
        audit_bad(walk, "decision %d: how it stands is not what its records say", made->seq);
}

/* A summary, but sums of other decisions are reckoned from it. */
static cd_err_t *check_standings(audit_walk_t *walk, const store_head_t *head)
{
    store_standing_t *there, *made;
    cd_record_t *records;
    int there_count, made_count, record_count, i;
    cd_err_t *err;

    CD_ERR(store_standings(&there, &there_count, head->id, 0, walk->conn, walk->file_pool));
    err = store_records(&records, &record_count, head, walk->conn, walk->file_pool);
    if (!err)
        err = audit_standings(&made, NULL, &made_count, head, records, record_count, walk->conn,
                              walk->file_pool);
    if (err && err->code == CD_E_TAMPERED) {
        audit_bad(walk, "decisions: %s", cd_err_line(err, walk->file_pool));
        return NULL;
    }
    CD_ERR(err);
    if (there_count != made_count)
        audit_bad(walk, "decisions: %d made, %d stand in the summary", made_count, there_count);
    for (i = 0; i < there_count && i < made_count; i++)
        check_standing(walk, &there[i], &made[i]);
    return NULL;
}

/* ---- one file ----------------------------------------------------------- */

static void check_counts(audit_walk_t *walk, const store_counts_t *there, const store_head_t *head)
{
    if (there->records != head->last_seq || there->records != count_named(walk, 'r'))
        audit_bad(walk, "records: %" APR_INT64_T_FMT " there, %d counted, %d entered",
                  there->records, head->last_seq, count_named(walk, 'r'));
    if (there->entries != head->audit_seq)
        audit_bad(walk, "entries: %" APR_INT64_T_FMT " there, %d counted", there->entries,
            head->audit_seq);
    if (there->flags != count_named(walk, 'f'))
        audit_bad(walk, "flags: %" APR_INT64_T_FMT " there, %d entered", there->flags,
            count_named(walk, 'f'));
    if (there->decisions != count_named(walk, 'd'))
        audit_bad(walk, "decisions: %" APR_INT64_T_FMT " there, %d entered", there->decisions,
            count_named(walk, 'd'));
}

static cd_err_t *check_file(audit_walk_t *walk, const store_head_t *head)
{
    chain_t chain;
    store_counts_t there;

    memset(&chain, 0, sizeof(chain));
    chain.chain = head->kind;
    chain.chain_id = head->id;
    CD_ERR(walk_chain(walk, &chain));
    if (chain.seq != head->audit_seq ||
        memcmp(chain.hash, head->audit_head, sizeof(chain.hash)) != 0)
        audit_bad(walk, "head: names entry %d, the chain ends at %d", head->audit_seq, chain.seq);
    if (chain.version != head->version)
        audit_bad(walk, "head: version %d, the chain says %d", head->version, chain.version);
    CD_ERR(store_counts(&there, head, walk->conn, walk->file_pool));
    check_counts(walk, &there, head);
    if (!head->has_key) {
        walk->out->unchecked++;
        if (head->erased)
            audit_bad(walk, "head: no key, and no entry says that it was destroyed");
        else if (!walk->no_key)
            walk->no_key = apr_pstrdup(walk->pool, walk->what);
        return NULL;
    }
    CD_ERR(check_records(walk, head));
    if (head->kind != CD_FILE_CLAIM)
        return NULL;
    CD_ERR(check_flags(walk, head));
    CD_ERR(check_decisions(walk, head));
    return count_named(walk, 'd') ? check_standings(walk, head) : NULL;
}

/* The head is read again inside the moment that the rest is read in. */
static cd_err_t *verify_file(audit_walk_t *walk, cd_file_kind_t kind, const char *reference,
                             int *found_out)
{
    store_head_t *head;
    cd_err_t *err;

    *found_out = 1;
    walk->what = apr_pstrcat(walk->file_pool, kind == CD_FILE_CLAIM ? "claim " : "case ", reference,
                             NULL);
    walk->named = apr_array_make(walk->file_pool, 32, sizeof(named_t));
    CD_ERR(store_read_begin(walk->conn, walk->file_pool));
    err = store_head_get(&head, kind, reference, 0, walk->conn, walk->file_pool);
    if (!err && head)
        err = check_file(walk, head);
    else if (!err)
        *found_out = 0;
    store_read_end(walk->conn);
    if (err && err->code == CD_E_TAMPERED) {
        audit_bad(walk, "head: %s", cd_err_line(err, walk->file_pool));
        err = NULL;
    }
    if (*found_out)
        walk->out->files++;
    return err;
}

/* ---- all of them -------------------------------------------------------- */

static cd_err_t *verify_kind(audit_walk_t *walk, cd_file_kind_t kind, audit_tell_fn tell,
                             void *baton)
{
    apr_pool_t *page_pool;
    store_list_page_t page;
    apr_int64_t after = 0;
    int i, found;

    apr_pool_create(&page_pool, walk->pool);
    do {
        apr_pool_clear(page_pool);
        CD_ERR(store_heads_after(&page, kind, after, HEADS_AT_ONCE, walk->conn, page_pool));
        for (i = 0; i < page.count; i++) {
            apr_pool_clear(walk->file_pool);
            CD_ERR(verify_file(walk, kind, page.rows[i].reference, &found));
            if (!found)
                audit_bad(walk, "head: gone between two reads");
        }
        after = page.next;
        if (tell)
            tell(baton, walk->out->files);
    } while (after);
    apr_pool_destroy(page_pool);
    return NULL;
}

static cd_err_t *check_system(audit_walk_t *walk)
{
    unsigned char head[32];
    chain_t chain = { .chain = STORE_CHAIN_SYSTEM };
    cd_err_t *err;
    int seq;

    err = store_system_head(&seq, head, walk->conn, walk->file_pool);
    if (err && err->code == CD_E_TAMPERED)
        audit_bad(walk, "head: not what was recorded");
    else
        CD_ERR(err);
    CD_ERR(walk_chain(walk, &chain));
    if (chain.seq != seq || memcmp(chain.hash, head, sizeof(head)) != 0)
        audit_bad(walk, "head: names entry %d, the chain ends at %d", seq, chain.seq);
    return audit_system_rows(walk);
}

static cd_err_t *verify_system(audit_walk_t *walk)
{
    cd_err_t *err;

    apr_pool_clear(walk->file_pool);
    walk->what = "system";
    walk->latest = apr_hash_make(walk->file_pool);
    walk->active = NULL;
    CD_ERR(store_read_begin(walk->conn, walk->file_pool));
    err = check_system(walk);
    store_read_end(walk->conn);
    return err;
}

/* Numbers are given without a gap, so a file that is missing shows here. */
static cd_err_t *verify_tallies(audit_walk_t *walk)
{
    store_tally_t *tallies;
    int i, count;

    CD_ERR(store_tallies(&tallies, &count, walk->conn, walk->file_pool));
    for (i = 0; i < count; i++) {
        walk->what = tallies[i].kind == CD_FILE_CLAIM ? "claims" : "cases";
        if (tallies[i].given != tallies[i].there)
            audit_bad(walk,
                "year %d: %" APR_INT64_T_FMT " numbers given, %" APR_INT64_T_FMT " files there",
                tallies[i].year, tallies[i].given, tallies[i].there);
    }
    return NULL;
}

static cd_err_t *verify_one(audit_walk_t *walk, const char *reference)
{
    int found;

    CD_ERR(verify_file(walk, CD_FILE_CASE, reference, &found));
    if (!found)
        CD_ERR(verify_file(walk, CD_FILE_CLAIM, reference, &found));
    return found ? NULL : cd_err(walk->pool, CD_E_NOT_FOUND, NULL, "no file %s", reference);
}

static cd_err_t *verify_all(audit_walk_t *walk, audit_tell_fn tell, void *baton)
{
    CD_ERR(verify_kind(walk, CD_FILE_CASE, tell, baton));
    CD_ERR(verify_kind(walk, CD_FILE_CLAIM, tell, baton));
    CD_ERR(verify_system(walk));
    return verify_tallies(walk);
}

cd_err_t *audit_verify(audit_verdict_t *out, const char *reference, store_conn_t *conn,
                       audit_tell_fn tell, void *baton, apr_pool_t *pool)
{
    audit_walk_t walk = { 0 };

    memset(out, 0, sizeof(*out));
    walk.out = out;
    walk.conn = conn;
    walk.what = "";
    walk.pool = pool;
    apr_pool_create(&walk.file_pool, pool);
    CD_ERR(reference ? verify_one(&walk, reference) : verify_all(&walk, tell, baton));
    if (walk.no_key && !out->tampered)
        return cd_err(pool, CD_E_KEY, "not everything could be checked",
                      "%s: its key is not in the key file", walk.no_key);
    return NULL;
}
