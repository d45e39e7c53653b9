/* bring_scene.h: candourctl bring in this process, with files written for it, for tests of what is
 * brought in.
 *
 * Include it after unit/unit.h. A program that brings ends with the_chains_hold. */
#ifndef CD_TESTS_STORE_BRING_SCENE_H
#define CD_TESTS_STORE_BRING_SCENE_H

#include <apr_file_io.h>

#include "cli/cli.h"
#include "store/app_site.h"

static const char json[] =
    "{\"format\":\"candour-mapping\",\"version\":1,\"name\":\"T\",\"local_reference\":\"R\","
    "\"records\":[{\"record\":\"incident\",\"fields\":{\"title\":\"T\"}}]}";

static const char *config_path, *mapping_path;
static char *said, *printed;

static inline const char *in_dir(const char *name)
{
    return apr_pstrcat(site.pool, getenv("CANDOUR_TEST_DIR"), "/", name, NULL);
}

static inline const char *write_bytes(const char *name, const char *text, size_t len)
{
    const char *path = in_dir(name);
    apr_file_t *file;

    assert_int_equal(apr_file_open(&file, path,
                                   APR_FOPEN_WRITE | APR_FOPEN_CREATE | APR_FOPEN_TRUNCATE,
                                   APR_FPROT_UREAD | APR_FPROT_UWRITE, site.pool),
                     APR_SUCCESS);
    assert_int_equal(apr_file_write_full(file, text, len, NULL), APR_SUCCESS);
    apr_file_close(file);
    return path;
}

static inline char *read_back(FILE *file)
{
    long len;
    char *text;

    assert_int_equal(fseek(file, 0, SEEK_END), 0);
    len = ftell(file);
    rewind(file);
    text = apr_pcalloc(site.pool, (size_t)len + 1);
    assert_int_equal(fread(text, 1, (size_t)len, file), len);
    fclose(file);
    return text;
}

/* candourctl bring FILE ... with up to three more words. */
static inline int bring(const char *path, const char *org, const char *a, const char *b)
{
    const char *argv[10] = { "bring", path };
    FILE *out = tmpfile(), *err = tmpfile();
    int argc = 2, status;
    apr_pool_t *pool;

    argv[argc++] = apr_pstrcat(site.pool, "--mapping=", mapping_path, NULL);
    argv[argc++] = apr_pstrcat(site.pool, "--config=", config_path, NULL);
    argv[argc++] = apr_pstrcat(site.pool, "--org=", org, NULL);
    if (a)
        argv[argc++] = a;
    if (b)
        argv[argc++] = b;
    apr_pool_create(&pool, site.pool);
    status = cli_run(argc, argv, out, err, pool);
    apr_pool_destroy(pool);
    printed = read_back(out);
    said = read_back(err);
    return status;
}

static inline int bring_open(void **state)
{
    site_clock_now = apr_time_now();     /* candourctl has the machine's own clock */
    if (site_open(state))
        return -1;
    write_bytes("password", getenv("CANDOUR_TEST_PASSWORD"),
                strlen(getenv("CANDOUR_TEST_PASSWORD")));
    mapping_path =
        apr_pstrcat(site.pool, getenv("CANDOUR_SRCDIR"), "/conf/mappings/system-a.json", NULL);
    said = apr_psprintf(
        site.pool, "socket = %s\ndatabase = %s\nuser = %s\npassword_file = %s\nkey_file = %s\n",
        getenv("CANDOUR_TEST_SOCKET"), getenv("CANDOUR_TEST_DATABASE"), getenv("CANDOUR_TEST_USER"),
        in_dir("password"), in_dir("key"));
    config_path = write_bytes("candourctl.conf", said, strlen(said));
    return 0;
}

static inline int case_count(void)
{
    app_ctx_t *ctx = site_ctx(NULL, 0, NULL);
    store_tally_t *tallies;
    int count, i, there = 0;

    assert_ok(store_tallies(&tallies, &count, ctx->conn, ctx->pool));
    for (i = 0; i < count; i++)
        if (tallies[i].kind == CD_FILE_CASE)
            there += (int)tallies[i].there;
    site_done(ctx);
    return there;
}

static inline int verify_all(void)
{
    const char *argv[] = { "verify", apr_pstrcat(site.pool, "--config=", config_path, NULL) };
    FILE *out = tmpfile(), *err = tmpfile();
    apr_pool_t *pool;
    int status;

    apr_pool_create(&pool, site.pool);
    status = cli_run(2, argv, out, err, pool);
    apr_pool_destroy(pool);
    printed = read_back(out);
    said = read_back(err);
    return status;
}

static inline void the_chains_hold(void **state)
{
    (void)state;
    if (verify_all() != CLI_OK)
        fail_msg("%s%s", printed, said);
}

#endif
