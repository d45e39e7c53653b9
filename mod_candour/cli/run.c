/* run.c: jobs that a timer starts: `candourctl run JOB`.
 *
 * One table: each job is a row and a function of its own file. A job does what is due, says in one
 * line what it did, and may be started again at any time: what was done is not done twice. */
#include <string.h>

#include "cli/cli.h"

static const cli_job_t jobs[] = {
    { "outbox", "send the messages that wait", cli_run_outbox },
    { "letters", "make the PDFs of letters that were let out", cli_run_letters },
    { "reports", "make the PDFs of decision reports that a trust was given, and of their letters",
      cli_run_reports },
    { "words", "make the index of words again: what search looks up", cli_job_words },
    { "work", "make the work list again: what is due depends on the day", cli_job_work },
    { "claims", "make the work list of claims again: what is due depends on the day",
      cli_job_claims },
    { "recompute", "compute all flags again [--all] [--decided] [--resume] [--waiting]",
      cli_run_recompute },
    { "impact", "try a draft of a scheme on all claims [CODE-VERSION] [--resume] [--waiting]",
      cli_run_impact },
    { "claim-history", "make the status history of claims that have none", cli_job_claim_history },
    { "reminders", "put reminders of what is due, and pass on what is late", cli_run_reminders },
    { "sweep", "remove uploads that no record kept, files nobody brought in [--older-than MINUTES]",
      cli_run_sweep },
    { NULL, NULL, NULL }
};

static const cli_job_t *job_find(const char *name)
{
    const cli_job_t *job;

    for (job = jobs; job->name && strcmp(job->name, name); job++)
        ;
    return job->name ? job : NULL;
}

/* What there is, one a line: asked for by `candourctl run` without a name. */
static int jobs_list(cli_t *cli)
{
    const cli_job_t *job;

    for (job = jobs; job->name; job++)
        fprintf(cli->out, "%s\t%s\n", job->name, job->help);
    return CLI_OK;
}

int cli_run_job(cli_t *cli)
{
    const cli_job_t *job;

    if (!cli->args.words)
        return jobs_list(cli);
    job = job_find(cli->args.word[0]);
    if (!job)
        return cli_say(cli, CLI_USAGE, "there is no job \"%s\": candourctl run lists them",
                       cli->args.word[0]);
    if (cli->args.words > 1 && job->run != cli_run_impact)
        return cli_say(cli, CLI_USAGE, "%s takes no more words", job->name);
    return job->run(cli);
}
