/* mail_command.c: gives a message to a command like sendmail, on its standard input.
 *
 * No shell and no argument that comes from a message: the recipient is read by the command from the
 * message's own header ("-t"), which outbox_mail.c made. What the command says goes nowhere: it may
 * name addresses. */
#include <signal.h>
#include <string.h>

#include <apr_file_io.h>
#include <apr_signal.h>
#include <apr_strings.h>
#include <apr_thread_proc.h>

#include "cli/mail.h"

#define WORDS_MAX 16

typedef struct command_t {
    const char *words[WORDS_MAX + 1];
} command_t;

/* A command that hangs is ended; its message is tried again later. */
static app_trouble_t command_wait(apr_proc_t *proc)
{
    apr_time_t until = apr_time_now() + apr_time_from_sec(CLI_MAIL_SECONDS);
    apr_exit_why_e why;
    int status;

    while (apr_proc_wait(proc, &status, &why, APR_NOWAIT) == APR_CHILD_NOTDONE) {
        if (apr_time_now() >= until) {
            apr_proc_kill(proc, SIGKILL);
            apr_proc_wait(proc, &status, &why, APR_WAIT);
            return APP_TROUBLE_TIMED_OUT;
        }
        apr_sleep(apr_time_from_msec(5));
    }
    if (!APR_PROC_CHECK_EXIT(why))
        return APP_TROUBLE_COMMAND;
    /* The child's own word for a program that could not be run. */
    return status == 0 ? APP_TROUBLE_NONE : status == 127 || status == 255 ? APP_TROUBLE_NO_COMMAND
                                                                           : APP_TROUBLE_COMMAND;
}

/* Both ends of the pipe block at first: a command whose input is not there yet must wait for it.
 * Standard output and errors lead nowhere, but are open: what the command opens next must not
 * become them. */
static apr_status_t attributes(apr_procattr_t **out, apr_pool_t *pool)
{
    apr_file_t *nowhere;
    apr_status_t rv = apr_file_open(&nowhere, "/dev/null", APR_FOPEN_WRITE, APR_OS_DEFAULT, pool);

    if (rv == APR_SUCCESS)
        rv = apr_procattr_create(out, pool);
    if (rv == APR_SUCCESS)
        rv = apr_procattr_io_set(*out, APR_FULL_BLOCK, APR_NO_PIPE, APR_NO_PIPE);
    if (rv == APR_SUCCESS)
        rv = apr_procattr_child_out_set(*out, nowhere, NULL);
    if (rv == APR_SUCCESS)
        rv = apr_procattr_child_err_set(*out, nowhere, NULL);
    return rv == APR_SUCCESS ? apr_procattr_cmdtype_set(*out, APR_PROGRAM) : rv;
}

static app_trouble_t command_send(void *baton, const app_mail_t *mail, apr_pool_t *pool)
{
    static const char *const env[] = { "PATH=/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL=C", NULL };
    const command_t *command = baton;
    apr_procattr_t *attr;
    apr_proc_t proc;
    apr_status_t wrote;
    app_trouble_t trouble;

    if (attributes(&attr, pool) != APR_SUCCESS
        || apr_proc_create(&proc, command->words[0], (const char *const *)command->words, env, attr,
                           pool)
               != APR_SUCCESS)
        return APP_TROUBLE_NO_COMMAND;
    apr_file_pipe_timeout_set(proc.in, apr_time_from_sec(CLI_MAIL_SECONDS));
    wrote = apr_file_write_full(proc.in, mail->text, strlen(mail->text), NULL);
    apr_file_close(proc.in);
    trouble = command_wait(&proc);
    /* A command that did not read all of it has not sent it, whatever it says. */
    return trouble == APP_TROUBLE_NONE && wrote != APR_SUCCESS ? APP_TROUBLE_COMMAND : trouble;
}

cd_err_t *cli_mail_command_open(cli_mail_t *out, const cli_config_t *config, apr_pool_t *pool)
{
    command_t *command = apr_pcalloc(pool, sizeof(*command));
    const char *text = config->mail_command ? config->mail_command : CLI_MAIL_COMMAND;
    int count = 0;

    while (*text) {
        apr_size_t len = strcspn(text, " \t");

        if (count == WORDS_MAX)
            return cd_err(pool, CD_E_CONFIG, "mail_command has too many words", "%s", "");
        if (len)
            command->words[count++] = apr_pstrmemdup(pool, text, len);
        text += len;
        text += strspn(text, " \t");
    }
    if (!count || command->words[0][0] != '/')
        return cd_err(pool, CD_E_CONFIG, "mail_command must begin with the full path of a program",
                      "%s", "");
    /* The pipe of a command that ended early is an error to be read, not the end of this job. */
    apr_signal(SIGPIPE, SIG_IGN);
    out->send = command_send;
    out->baton = command;
    return NULL;
}
