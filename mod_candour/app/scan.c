/* scan.c: runs the scanner. What it prints is thrown away: it may quote the file. */
#include <signal.h>

#include <apr_strings.h>
#include <apr_thread_proc.h>
#include <apr_time.h>

#include "app/scan.h"

#define PAUSE apr_time_from_msec(10)

static cd_err_t *cannot_ask(apr_pool_t *pool, const char *why)
{
    return cd_err(pool, CD_E_BUSY,
                  "the virus scanner could not be asked, so the file was not kept: try again later",
                  "scanner: %s", why);
}

static cd_err_t *start(apr_proc_t *proc, const app_scanner_t *scanner, apr_pool_t *pool)
{
    static const char *const env[] = { "PATH=/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL=C", NULL };
    apr_procattr_t *attr;
    apr_status_t status = apr_procattr_create(&attr, pool);
    char words[120];

    if (status == APR_SUCCESS)
        status = apr_procattr_io_set(attr, APR_FULL_BLOCK, APR_NO_FILE, APR_NO_FILE);
    if (status == APR_SUCCESS)
        status = apr_procattr_cmdtype_set(attr, APR_PROGRAM);
    if (status == APR_SUCCESS)
        status = apr_procattr_error_check_set(attr, 1);
    if (status == APR_SUCCESS)
        status = apr_proc_create(proc, scanner->argv[0], scanner->argv, env, attr, pool);
    if (status != APR_SUCCESS)
        return cannot_ask(pool, apr_strerror(status, words, sizeof(words)));
    apr_pool_note_subprocess(pool, proc, APR_KILL_ALWAYS);
    return NULL;
}

/* A scanner that has seen enough stops reading: that is no failure, its exit status tells. */
static cd_err_t *feed(apr_proc_t *proc, apr_time_t until, app_scan_next_fn next, void *baton,
                      apr_pool_t *pool)
{
    const char *bytes;
    apr_size_t len;

    for (;;) {
        apr_interval_time_t left = until - apr_time_now();
        apr_status_t status;

        CD_ERR(next(baton, &bytes, &len));
        if (!len)
            return NULL;
        if (left <= 0 || apr_file_pipe_timeout_set(proc->in, left) != APR_SUCCESS)
            return cannot_ask(pool, "it takes too long");
        status = apr_file_write_full(proc->in, bytes, len, NULL);
        if (APR_STATUS_IS_TIMEUP(status))
            return cannot_ask(pool, "it takes too long");
        if (status != APR_SUCCESS)
            return NULL;
    }
}

static cd_err_t *verdict(apr_proc_t *proc, apr_time_t until, apr_pool_t *pool)
{
    apr_exit_why_e why = APR_PROC_EXIT;
    int code = 0;
    apr_status_t status;

    apr_file_close(proc->in);
    while ((status = apr_proc_wait(proc, &code, &why, APR_NOWAIT)) == APR_CHILD_NOTDONE) {
        if (apr_time_now() >= until)
            return cannot_ask(pool, "it takes too long");
        apr_sleep(PAUSE);
    }
    if (status != APR_CHILD_DONE || !APR_PROC_CHECK_EXIT(why))
        return cannot_ask(pool, "it was ended");
    if (code == 1)
        return cd_err(pool, CD_E_INVALID,
                      "The file was not kept: the virus scanner found something in it",
                      "the scanner found something");
    return code ? cannot_ask(pool, apr_psprintf(pool, "exit status %d", code)) : NULL;
}

/* The process goes with its pool: killed, if it is still there, and waited for. */
cd_err_t *app_scan(const app_scanner_t *scanner, app_scan_next_fn next, void *baton,
                   apr_pool_t *pool)
{
    apr_time_t until = apr_time_now() + apr_time_from_sec(scanner->seconds);
    apr_pool_t *process_pool;
    apr_proc_t *proc;
    cd_err_t *err;

    apr_pool_create(&process_pool, pool);
    proc = apr_pcalloc(process_pool, sizeof(*proc));
    err = start(proc, scanner, process_pool);
    if (!err) {
        err = feed(proc, until, next, baton, process_pool);
        if (!err)
            err = verdict(proc, until, process_pool);
    }
    if (err)
        err = cd_err(pool, err->code, apr_pstrdup(pool, err->public_text), "%s",
                     cd_err_line(err, pool));
    apr_pool_destroy(process_pool);
    return err;
}
