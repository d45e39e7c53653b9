/* fuzz_mapping.c: up to the first NUL a mapping, behind it a file that is read by it. Nothing may
 * break, every problem has words, and what a mapping without problems lets through are bodies that
 * can be written down. */
#include "fuzz.h"

#include "domain/mapping.h"

typedef struct reading_t {
    const cd_mapping_t *mapping;
    const int *places;
    int header_problems;
    apr_pool_t *pool;
} reading_t;

static cd_err_t *on_row(void *baton, const cd_csv_row_t *row)
{
    reading_t *reading = baton;
    cd_map_problems_t found = { .pool = reading->pool };
    cd_problems_t header = { .pool = reading->pool };
    cd_mapped_t out;
    int i;

    if (row->bad)
        return NULL;
    if (!reading->places) {
        cd_mapping_header(&reading->places, reading->mapping, row, &header, reading->pool);
        reading->header_problems = header.count ? header.count : -row->count;
        return NULL;
    }
    if (reading->header_problems > 0 || row->count != -reading->header_problems)
        return NULL;
    cd_mapping_row(&out, reading->mapping, reading->places, row, "RZ1", 739941, &found);
    for (i = 0; i < found.count; i++)
        FUZZ_CHECK(found.list[i].kind && found.list[i].text && *found.list[i].text);
    for (i = 0; i < out.count && !found.count; i++) {
        const char *bytes;
        apr_size_t len;
        void *again = apr_pcalloc(reading->pool, out.records[i].spec->def->size);

        cd_body_encode(&bytes, &len, out.records[i].spec->def, out.records[i].body, CD_ALL_FIELDS,
                       reading->pool);
        FUZZ_CHECK(!cd_body_decode(again, out.records[i].spec->def, bytes, len, reading->pool));
    }
    return NULL;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    apr_pool_t *pool = fuzz_pool();
    const uint8_t *end = size ? memchr(data, 0, size) : NULL;
    size_t len = end ? (size_t)(end - data) : size;
    cd_problems_t problems = { .pool = pool };
    reading_t reading = { .pool = pool };
    cd_mapping_t *mapping;
    cd_csv_t *csv;
    int i;

    if (!cd_mapping_read(&mapping, size ? (const char *)data : "", len, &problems, pool)) {
        for (i = 0; i < problems.count; i++)
            FUZZ_CHECK(*problems.list[i].text);
        if (!problems.count && end) {
            reading.mapping = mapping;
            csv = cd_csv_make(&mapping->csv, on_row, &reading, pool);
            if (!cd_csv_feed(csv, (const char *)end + 1, size - len - 1))
                (void)cd_csv_end(csv);
        }
    }
    apr_pool_destroy(pool);
    return 0;
}
