/* replay.c: the main program of a fuzz target under `make check`.
 *
 * Reads each file named on the command line, whole, and hands it to the target once. It mutates
 * nothing and measures nothing: libFuzzer does that, with the same target. */
#include <stdint.h>
#include <stdio.h>

#include <apr_file_io.h>
#include <apr_general.h>
#include <apr_pools.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/** Reads all of `path`. @owner the bytes live in `pool` @errors apr's status */
static apr_status_t read_whole(const uint8_t **data_out, apr_size_t *size_out, const char *path,
                               apr_pool_t *pool)
{
    apr_file_t *file;
    apr_finfo_t info;
    apr_status_t status =
        apr_file_open(&file, path, APR_FOPEN_READ | APR_FOPEN_BINARY, APR_FPROT_OS_DEFAULT, pool);
    if (status != APR_SUCCESS)
        return status;
    status = apr_file_info_get(&info, APR_FINFO_SIZE, file);
    if (status != APR_SUCCESS)
        return status;
    /* Exactly as long as the file, so that AddressSanitizer sees the first byte read past its end.
     */
    uint8_t *bytes = apr_palloc(pool, (apr_size_t)info.size + (info.size == 0));
    *size_out = (apr_size_t)info.size;
    *data_out = bytes;
    if (info.size > 0)
        status = apr_file_read_full(file, bytes, *size_out, NULL);
    apr_file_close(file);
    return status;
}

int main(int argc, char **argv)
{
    apr_initialize();
    apr_pool_t *pool;
    int failed = 0;
    int replayed = 0;
    for (int i = 1; i < argc; i++) {
        const uint8_t *data;
        apr_size_t size;
        apr_pool_create(&pool, NULL);
        apr_status_t status = read_whole(&data, &size, argv[i], pool);
        if (status != APR_SUCCESS) {
            fprintf(stderr, "replay: cannot read %s\n", argv[i]);
            failed = 1;
        } else {
            LLVMFuzzerTestOneInput(data, size);
            replayed++;
        }
        apr_pool_destroy(pool);
    }
    printf("replayed %d inputs\n", replayed);
    apr_terminate();
    return failed || replayed == 0;
}
