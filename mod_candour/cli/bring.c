/* bring.c: candourctl bring: a CSV export is checked, and with --apply written. */
#include <string.h>

#include <apr_file_io.h>
#include <apr_lib.h>
#include <apr_strings.h>

#include "app/bring.h"
#include "base/text.h"
#include "cli/cli.h"

#define VALUE_CHARS 80
#define STEP_ROWS 5000

typedef struct job_t {
    cli_t *cli;
    const char *path;
    app_bring_ask_t ask;
    int show_values;
    int quiet;                           /* applying: the mistakes were told already */
    int next_progress;
} job_t;

/* The value as it stands, on one line, never more than 80 characters. */
static const char *quoted(const char *value, apr_pool_t *pool)
{
    cd_buf_t *buf = cd_buf_make(pool, 128);
    int chars, len;

    cd_buf_lit(buf, " “");
    for (chars = 0; *value && chars < VALUE_CHARS; chars++, value += len) {
        len = cd_utf8_next(value, strlen(value), NULL);
        if (!len)
            break;
        if (*value == '\n' || *value == '\r' || *value == '\t')
            cd_buf_lit(buf, " ");
        else
            cd_buf_add(buf, value, (apr_size_t)len);
    }
    cd_buf_str(buf, *value ? "…”" : "”");
    return buf->data;
}

static cd_err_t *on_problem(void *baton, int line, const cd_map_problem_t *problem)
{
    job_t *job = baton;
    apr_pool_t *pool;

    if (job->quiet)
        return NULL;
    apr_pool_create(&pool, job->cli->pool);
    fprintf(job->cli->out, "%s:%d:", job->path, line);
    if (*problem->column)
        fprintf(job->cli->out, " column %s", problem->column);
    if (*problem->field)
        fprintf(job->cli->out, " (%s)", problem->field);
    if (problem->value && job->show_values)
        fprintf(job->cli->out, "%s", quoted(problem->value, pool));
    fprintf(job->cli->out, ": %s [%s]\n", problem->text,
            cd_token_word(cd_map_kinds, (int)problem->kind));
    apr_pool_destroy(pool);
    return NULL;
}

static void on_progress(void *baton, const app_bring_totals_t *totals)
{
    job_t *job = baton;

    if (totals->rows < job->next_progress)
        return;
    job->next_progress = totals->rows + STEP_ROWS;
    if (job->quiet)
        fprintf(job->cli->err, "row %d, line %d: %d made, %d changed, %d the same\n", totals->rows,
                totals->last_line, totals->made, totals->changed, totals->same);
}

/* ---- files --------------------------------------------------------------- */

static cd_err_t *cannot(const char *path, apr_status_t rv, apr_pool_t *pool)
{
    char reason[120];

    return cd_err(
        pool, CD_E_CONFIG,
        apr_psprintf(pool, "%s cannot be read: %s", path, apr_strerror(rv, reason, sizeof(reason))),
        "%s", "");
}

static cd_err_t *file_feed(app_bring_t *bring, const char *path, apr_pool_t *pool)
{
    char *bytes = apr_palloc(pool, 65536);
    apr_status_t rv;
    apr_size_t len;
    apr_file_t *file;
    cd_err_t *err = NULL;

    rv = apr_file_open(&file, path, APR_FOPEN_READ, APR_FPROT_OS_DEFAULT, pool);
    if (rv != APR_SUCCESS)
        return cannot(path, rv, pool);
    while (!err) {
        len = 65536;
        rv = apr_file_read(file, bytes, &len);
        if (rv != APR_SUCCESS)
            break;
        err = app_bring_feed(bring, bytes, len);
    }
    apr_file_close(file);
    if (!err && rv != APR_EOF)
        err = cannot(path, rv, pool);
    return err ? err : app_bring_end(bring);
}

static int mapping_read(job_t *job)
{
    cli_t *cli = job->cli;
    const char *path = cli_value(&cli->args, "--mapping");
    cd_problems_t problems = { .pool = cli->pool };
    cd_mapping_t *mapping;
    cd_err_t *err;

    if (!path)
        return cli_say(cli, CLI_USAGE, "bring: give --mapping FILE");
    err = cli_file_read(&job->ask.mapping_bytes, &job->ask.mapping_len, path, CD_MAPPING_MAX_BYTES,
                        cli->pool);
    if (!err)
        err = cd_mapping_read(&mapping, job->ask.mapping_bytes, job->ask.mapping_len, &problems,
                              cli->pool);
    if (err)
        return cli_fail(cli, cd_err(cli->pool, err->code,
                                    apr_pstrcat(cli->pool, path, ": ", err->public_text, NULL),
                                    "mapping"));
    if (problems.count)
        return cli_problems(cli, path, &problems);
    job->ask.mapping = mapping;
    return CLI_OK;
}

/* ---- the report ---------------------------------------------------------- */

static void report(const job_t *job, const app_bring_totals_t *totals)
{
    FILE *out = job->cli->out;
    int kind;

    fprintf(out, "%d rows: %d good (%d new, %d known), %d bad\n", totals->rows,
            totals->rows - totals->bad, totals->fresh, totals->known, totals->bad);
    for (kind = 1; kind <= CD_MAP_BAD_CASE; kind++)
        if (totals->kinds[kind])
            fprintf(out, "  %6d  %s [%s]\n", totals->kinds[kind],
                    cd_token_label(cd_map_kinds, kind), cd_token_word(cd_map_kinds, kind));
}

static int apply(job_t *job, const app_bring_t *checked)
{
    const app_bring_totals_t *totals;
    app_bring_t *bring = NULL;
    cd_err_t *err;

    job->quiet = 1;
    job->next_progress = 0;
    err = app_bring_apply(&bring, job->cli->ctx, &job->ask, checked);
    if (!err)
        err = file_feed(bring, job->path, job->cli->pool);
    if (bring) {
        totals = app_bring_totals(bring);
        fprintf(job->cli->out, "%s: %d cases made, %d changed, %d rows the same, %d left out%s\n",
                err ? "stopped" : "done", totals->made, totals->changed, totals->same,
                app_bring_totals(checked)->bad, err ? "; the same command goes on from here" : "");
    }
    return err ? cli_fail(job->cli, err) : CLI_OK;
}

int cli_bring(cli_t *cli)
{
    job_t job = { .cli = cli, .path = cli->args.word[0] };
    const app_bring_totals_t *totals;
    app_bring_t *checked;
    cd_err_t *err;
    int status = mapping_read(&job);

    if (status != CLI_OK)
        return status;
    job.ask.org_code = cli_value(&cli->args, "--org");
    job.ask.file_name = apr_filepath_name_get(job.path);
    job.ask.skip_bad = cli_value(&cli->args, "--skip-bad") != NULL;
    job.ask.problem = on_problem;
    job.ask.progress = on_progress;
    job.ask.baton = &job;
    job.show_values = cli_value(&cli->args, "--show-values") != NULL;
    err = app_bring_check(&checked, cli->ctx, &job.ask);
    if (!err)
        err = file_feed(checked, job.path, cli->pool);
    if (err)
        return cli_fail(cli,
                        cd_err(cli->pool, err->code == CD_E_INVALID ? CD_E_BAD_REQUEST : err->code,
                               apr_pstrcat(cli->pool, job.path, ": ", err->public_text, NULL), "%s",
                               err->detail));
    totals = app_bring_totals(checked);
    report(&job, totals);
    if (!cli_value(&cli->args, "--apply"))
        return totals->bad ? CLI_NO : CLI_OK;
    if (totals->bad && !job.ask.skip_bad)
        return cli_say(cli, CLI_NO,
                       "nothing was changed: mend the bad rows, or leave them out with --skip-bad");
    return apply(&job, checked);
}
