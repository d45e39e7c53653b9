/* main.c: the program candourctl: starts APR, runs one command, gives its exit status. */
#include <stdio.h>
#include <stdlib.h>

#include <apr_general.h>

#include "cli/cli.h"

int main(int argc, char **argv)
{
    apr_pool_t *pool;
    int status;

    if (apr_initialize() != APR_SUCCESS || apr_pool_create(&pool, NULL) != APR_SUCCESS) {
        fputs("candourctl: the run-time library does not start\n", stderr);
        return CLI_AWAY;
    }
    status = cli_run(argc - 1, (const char *const *)argv + 1, stdout, stderr, pool);
    /* Output that could not be written is no success: a full disk must not look like an export. */
    if (fflush(stdout) || ferror(stdout)) {
        fputs("candourctl: the output could not be written\n", stderr);
        status = status ? status : CLI_AWAY;
    }
    apr_pool_destroy(pool);
    apr_terminate();
    return status;
}
