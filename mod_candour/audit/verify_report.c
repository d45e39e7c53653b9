/* verify_report.c: holds the decision reports that a claim keeps against the records that told a
 * trust of a decision.
 *
 * Each part is opened and held against its own fingerprint, one at a time, so that memory stays
 * that of one part. */
#include <string.h>

#include "audit/walk.h"
#include "base/text.h"
#include "domain/record.h"
#include "domain/round.h"
#include "store/report.h"

#define BIT(part) (1u << (part))
#define TOLD_PARTS (BIT(STORE_REPORT_JSON) | BIT(STORE_REPORT_LETTER))
#define PDF_PARTS (BIT(STORE_REPORT_PDF) | BIT(STORE_REPORT_LETTER_PDF))

/* 1: the record tells a trust and names the fingerprint of what was kept for it. A claim that was
 * imported names none: its reports stayed where its file was written. */
static int names_report(const cd_record_t *record)
{
    const cd_told_t *told = record->body;

    return record->kind == CD_REC_TOLD && told->report_sha && *told->report_sha;
}

static int sha_of(unsigned char sha[32], const cd_record_t *record)
{
    return cd_unhex(sha, 32, ((const cd_told_t *)record->body)->report_sha);
}

/* Every part that is there opens, and is what it was when it was kept. */
static cd_err_t *check_part(audit_walk_t *walk, const store_head_t *claim,
                            const store_report_t *kept, apr_pool_t *pool)
{
    store_report_t *whole = NULL;
    cd_err_t *err = store_report_get(&whole, claim, kept->sha, kept->part, walk->conn, pool);

    if (err && err->code == CD_E_TAMPERED) {
        audit_bad(walk, "decision report: %s", cd_err_line(err, pool));
        return NULL;
    }
    return err;
}

static cd_err_t *check_told(audit_walk_t *walk, const store_head_t *claim,
                            const cd_record_t *record, const store_report_t *kept, int count)
{
    unsigned parts = 0, need = TOLD_PARTS;
    unsigned char sha[32];
    int i, done = 0;

    if (!sha_of(sha, record)) {
        audit_bad(walk, "record %d: names no fingerprint of a report", record->seq);
        return NULL;
    }
    for (i = 0; i < count; i++)
        if (!memcmp(kept[i].sha, sha, sizeof(sha)))
            parts |= BIT(kept[i].part);
    CD_ERR(store_report_is_done(&done, claim, sha, walk->conn, walk->file_pool));
    if (done)
        need |= PDF_PARTS;
    if ((parts & need) != need)
        audit_bad(walk, "record %d: the decision report that it names is not kept whole",
                  record->seq);
    return NULL;
}

static int is_named(const unsigned char sha[32], const cd_record_t *records, int count)
{
    unsigned char named[32];
    int i;

    for (i = 0; i < count; i++)
        if (names_report(&records[i]) && sha_of(named, &records[i])
            && !memcmp(named, sha, sizeof(named)))
            return 1;
    return 0;
}

cd_err_t *audit_check_reports(audit_walk_t *walk, const store_head_t *claim,
                              const cd_record_t *records, int count)
{
    store_report_t *kept;
    apr_pool_t *iterpool;
    cd_err_t *err = NULL;
    int i, kept_count;

    CD_ERR(store_reports_kept(&kept, &kept_count, claim, walk->conn, walk->file_pool));
    for (i = 0; i < count; i++)
        if (names_report(&records[i]))
            CD_ERR(check_told(walk, claim, &records[i], kept, kept_count));
    apr_pool_create(&iterpool, walk->file_pool);
    for (i = 0; !err && i < kept_count; i++) {
        apr_pool_clear(iterpool);
        if (!is_named(kept[i].sha, records, count))
            audit_bad(walk, "decision report %.12s: no record names it",
                      cd_hex(kept[i].sha, 32, iterpool));
        err = check_part(walk, claim, &kept[i], iterpool);
        if (err)
            err = cd_err_wrap(walk->file_pool,
                              cd_err(walk->file_pool, err->code, NULL, "%s", err->detail),
                              "reading a decision report");
    }
    apr_pool_destroy(iterpool);
    return err;
}
