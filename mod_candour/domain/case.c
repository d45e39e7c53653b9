/* case.c: which records of a case stand at the end of a day. */
#include <apr_lib.h>
#include <apr_strings.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "domain/case.h"
#include "domain/series.h"

static int by_seq(const void *a, const void *b)
{
    const cd_record_t *x = a, *y = b;
    return (x->seq > y->seq) - (x->seq < y->seq);
}

static int known_at(const cd_record_t *record, cd_date_t as_at)
{
    if (record->recorded_at && cd_london_date(record->recorded_at) > as_at)
        return 0;
    return !cd_when_known(record->happened) || record->happened.first <= as_at;
}

/* Newest first, so that a withdrawal that was itself taken back has no effect. A correction that is
 * taken back takes the entry with it: what it corrected does not come to life again. */
static void mark(cd_record_t *records, int count)
{
    for (int i = count - 1; i >= 0; i--) {
        const cd_record_t *r = &records[i];
        int takes_back = r->kind == CD_REC_WITHDRAWAL || r->kind == CD_REC_TAKEN_BACK;
        if (!r->supersedes || (takes_back && r->superseded_by))
            continue;
        for (int k = 0; k < i; k++)
            if (records[k].seq == r->supersedes)
                records[k].superseded_by = r->seq;
    }
}

cd_record_t *cd_series_read(int *count_out, const cd_record_t *all, int count, cd_date_t as_at,
                            apr_pool_t *pool)
{
    cd_record_t *known = apr_pcalloc(pool, (apr_size_t)(count + 1) * sizeof(*known));
    int n = 0;
    for (int i = 0; i < count; i++) {
        if (!known_at(&all[i], as_at))
            continue;
        known[n] = all[i];
        known[n++].superseded_by = 0;
    }
    qsort(known, (size_t)n, sizeof(*known), by_seq);
    mark(known, n);
    *count_out = n;
    return known;
}

const cd_record_t *cd_series_next(const cd_record_t *records, int count, cd_record_kind_t kind,
                                  const cd_record_t *after)
{
    for (int i = after ? (int)(after - records) + 1 : 0; i < count; i++)
        if (records[i].kind == kind && !records[i].superseded_by)
            return &records[i];
    return NULL;
}

/* A kind of which a file holds one is a row of versions: the last written holds. Of the others the
 * one about the latest day is the newest, whenever it was entered. */
const cd_record_t *cd_series_last(const cd_record_t *records, int count, cd_record_kind_t kind)
{
    const cd_record_t *best = NULL, *r = NULL;
    int many = cd_record_def(kind)->many;
    while ((r = cd_series_next(records, count, kind, r)))
        if (!best || !many || r->happened.last >= best->happened.last)
            best = r;
    return best;
}

/* Where an entry stood first: mending the day of a closing does not close a case that was opened
 * since. */
static int first_seq(const cd_case_t *file, const cd_record_t *record)
{
    while (record->supersedes) {
        const cd_record_t *older = cd_case_seq(file, record->supersedes);
        if (!older)
            return record->supersedes;
        record = older;
    }
    return record->seq;
}

/* The newest step that opens or closes, in the order in which they were entered. What was never
 * opened is recorded again when its closing is undone. */
static int state_of(const cd_case_t *file)
{
    int state = CD_CASE_RECORDED, newest = 0;
    const int opened = cd_case_next(file, CD_REC_OPENING, NULL) != NULL;
    for (int i = 0; i < file->count; i++) {
        const cd_record_t *record = &file->records[i];
        if (record->superseded_by
            || (record->kind != CD_REC_OPENING && record->kind != CD_REC_CLOSURE
                && record->kind != CD_REC_REOPENING))
            continue;
        const int seq = first_seq(file, record);
        if (seq < newest)
            continue;
        newest = seq;
        state = record->kind == CD_REC_CLOSURE ? CD_CASE_CLOSED
                : opened                       ? CD_CASE_OPEN
                                               : CD_CASE_RECORDED;
    }
    return state;
}

cd_case_t *cd_case_read(const cd_record_t *all, int count, const cd_org_t *org, cd_date_t as_at,
                        apr_pool_t *pool)
{
    cd_case_t *file = apr_pcalloc(pool, sizeof(*file));
    file->org = org;
    file->as_at = as_at;
    file->records = cd_series_read(&file->count, all, count, as_at, pool);
    file->later = count - file->count;
    file->state = state_of(file);
    return file;
}

const cd_record_t *cd_case_next(const cd_case_t *file, cd_record_kind_t kind,
                                const cd_record_t *after)
{
    return cd_series_next(file->records, file->count, kind, after);
}

const cd_record_t *cd_case_last(const cd_case_t *file, cd_record_kind_t kind)
{
    return cd_series_last(file->records, file->count, kind);
}

const cd_record_t *cd_case_seq(const cd_case_t *file, int seq)
{
    for (int i = 0; i < file->count; i++)
        if (file->records[i].seq == seq)
            return &file->records[i];
    return NULL;
}

static const char *initial(const char *word, apr_pool_t *pool)
{
    int len = cd_utf8_next(word, strlen(word), NULL);
    return apr_pstrcat(pool, apr_pstrmemdup(pool, word, (apr_size_t)(len ? len : 1)), ".", NULL);
}

const char *cd_initials(const char *name, apr_pool_t *pool)
{
    const char *tidy = name ? cd_text_tidy(name, pool) : NULL;
    if (!tidy)
        return "No name";
    const char *space = strrchr(tidy, ' ');
    return space ? apr_pstrcat(pool, initial(tidy, pool), initial(space + 1, pool), NULL)
                 : initial(tidy, pool);
}

/* Brings the far end of a span back to `bound`; a date wholly after it is left for others to judge.
 */
static int bring_back(cd_when_t *when, cd_date_t bound)
{
    if (when->last <= bound || when->first > bound)
        return 0;
    when->last = bound;
    return 1;
}

static void bound_record(cd_record_t *record, cd_date_t as_at, apr_pool_t *pool)
{
    const cd_record_def_t *def = cd_record_def(record->kind);
    cd_date_t entered = record->recorded_at ? cd_london_date(record->recorded_at) : as_at;
    cd_date_t bound = entered < as_at ? entered : as_at;
    void *body = NULL;
    for (int i = 0; i < def->field_count; i++) {
        const cd_field_t *field = &def->fields[i];
        cd_when_t when;
        if (field->type != CD_FT_WHEN || !(field->flags & CD_FF_PAST))
            continue;
        when = CD_FIELD_GET(cd_when_t, record->body, field);
        if (!bring_back(&when, bound))
            continue;
        if (!body)
            record->body = body = apr_pmemdup(pool, record->body, def->size);
        *CD_FIELD_AT(cd_when_t, body, field) = when;
        if (field->flags & CD_FF_HAPPENED)
            record->happened = when;
    }
}

cd_case_t *cd_case_bounded(const cd_case_t *file, apr_pool_t *pool)
{
    cd_case_t *bounded = apr_pmemdup(pool, file, sizeof(*file));
    bounded->records =
        apr_pmemdup(pool, file->records, (apr_size_t)file->count * sizeof(*file->records));
    for (int i = 0; i < file->count; i++)
        bound_record(&bounded->records[i], file->as_at, pool);
    return bounded;
}
