/* replay.c: candourctl replay: the same inputs give the same flag. */
#include <string.h>

#include <apr_strings.h>

#include "app/flag_replay.h"
#include "cli/cli.h"

static int number(const char *text)
{
    int n = 0;

    for (; *text >= '0' && *text <= '9' && n < 100000; text++)
        n = n * 10 + (*text - '0');
    return *text ? 0 : n;
}

static void say_difference(cli_t *cli, const char *what, const cd_json_diff_t *diff)
{
    fprintf(cli->out, "%s: not the same. First difference at %s\n  stored: %s\n  now:    %s\n",
            what, diff->pointer, diff->was ? diff->was : "(nothing)",
            diff->is ? diff->is : "(nothing)");
}

static int say(cli_t *cli, const app_replay_t *r)
{
    fprintf(cli->out, "%s flag %d of %s, computed %s, scheme %s version %d, engine %s\n",
            r->reference, r->flag_seq, r->org_code, cd_instant_iso(r->computed_at, cli->pool),
            r->scheme_code, r->scheme_version, r->engine);
    fprintf(cli->out, "fingerprint of the inputs: %s\n",
            r->fingerprint ? "as stored" : "NOT as stored");
    if (r->why_not) {
        fprintf(cli->out, "%s\n", r->why_not);
        fprintf(cli->out, "then: %s %s\nnow:  %s %s\n",
                cd_token_word(cd_flag_states, r->state_then),
                cd_pence_words(r->sum_then_p, cli->pool),
                r->state_now ? cd_token_word(cd_flag_states, r->state_now) : "-",
                cd_pence_words(r->sum_now_p, cli->pool));
        return r->fingerprint && r->state_now == r->state_then && r->sum_now_p == r->sum_then_p
                   ? CLI_OK
                   : CLI_NO;
    }
    if (r->answer_same)
        fprintf(cli->out, "answer: same, byte for byte\n");
    else
        say_difference(cli, "answer", &r->answer);
    if (r->inputs_same)
        fprintf(cli->out, "inputs from the records as they stood then: same, byte for byte\n");
    else
        say_difference(cli, "inputs from the records as they stood then", &r->inputs);
    return r->fingerprint && r->answer_same && r->inputs_same ? CLI_OK : CLI_NO;
}

/* CLAIM/2 is its second decision, CLAIM/flag/2 its second flag. */
int cli_replay(cli_t *cli)
{
    const char *word = cli->args.word[0], *slash = strchr(word, '/');
    const char *reference =
        slash ? apr_pstrmemdup(cli->pool, word, (apr_size_t)(slash - word)) : NULL;
    int flag = slash && !strncmp(slash, "/flag/", 6),
        seq = slash ? number(slash + (flag ? 6 : 1)) : 0;
    app_replay_t *replay;
    cd_err_t *err;

    if (!seq)
        return cli_say(cli, CLI_USAGE,
                       "%s: must be CLAIM/NUMBER of a decision, or CLAIM/flag/NUMBER", word);
    err = app_name_file(cli->ctx, CD_FILE_CLAIM, reference);
    if (!err)
        err = app_replay(&replay, cli->ctx, flag ? seq : 0, flag ? 0 : seq);
    return err ? cli_fail(cli, err) : say(cli, replay);
}
