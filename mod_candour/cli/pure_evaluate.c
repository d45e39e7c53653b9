/* pure_evaluate.c: a case file held against a policy, and, where the file has a claim, the flag and
 * the sum. */
#include <string.h>

#include <apr_strings.h>

#include "app/casefile.h"
#include "base/text.h"
#include "cli/pure.h"
#include "domain/eval_json.h"
#include "domain/claim_money.h"
#include "domain/liability.h"

#define FILE_MAX (8 * 1024 * 1024)

const cli_option_t cli_pure_evaluate_options[] = {
    { "--policy", "CODE", "rules to hold it against; unless said, those that bind the "
      "organisation" },
    { "--as-at", "DATE", "what was known at the end of this day" },
    { "--today", NULL, "as at today" },
    { "--scheme", "FILE", "liability scheme for the claim in the file" },
    { "--breach-number", "N", "this trust's confirmed breaches in the window, this one included "
      "(1)" },
    { "--asked-on", "DATE", "day on which evidence was first asked for" },
    { "--json", NULL, "as JSON" },
    { NULL, NULL, NULL }
};

typedef struct job_t {
    cli_t *cli;
    const char *path;
    app_casefile_t *file;
    cd_date_t as_at, asked_on;
    int breach_number;
    const cd_policy_t *policy;
    cd_calendar_t *cal;
    cd_case_t *candour;
    cd_evaluation_t *eval;
    cd_scheme_t *scheme;              /* NULL: none asked for */
    cd_flag_t *flag;                  /* NULL: no scheme, or no claim in the file */
    cd_payable_t payable;
} job_t;

static int read_options(job_t *job)
{
    cli_t *cli = job->cli;
    const char *as_at = cli_value(&cli->args, "--as-at"),
               *number = cli_value(&cli->args, "--breach-number");
    const char *asked = cli_value(&cli->args, "--asked-on");
    int today = cli_value(&cli->args, "--today") != NULL;

    if (today == (as_at != NULL))
        return cli_say(cli, CLI_USAGE, "evaluate: give --as-at DATE, or --today");
    job->as_at = today ? cd_london_date(apr_time_now()) : cd_date_parse(as_at);
    if (!job->as_at)
        return cli_say(cli, CLI_USAGE, "--as-at \"%s\" is not a date: write it like 2019-01-17",
                       as_at);
    job->asked_on = asked ? cd_date_parse(asked) : CD_NO_DATE;
    if (asked && !job->asked_on)
        return cli_say(cli, CLI_USAGE, "--asked-on \"%s\" is not a date: write it like 2019-01-17",
                       asked);
    for (job->breach_number = number ? 0 : 1; number && *number; number++) {
        if (*number < '0' || *number > '9' || job->breach_number > 10000)
            return cli_say(cli, CLI_USAGE, "--breach-number must be a whole number from 1");
        job->breach_number = job->breach_number * 10 + (*number - '0');
    }
    return job->breach_number
               ? CLI_OK
               : cli_say(cli, CLI_USAGE, "--breach-number must be a whole number from 1");
}

static int read_bytes(const char **out, apr_size_t *len_out, job_t *job, const char *path)
{
    cd_err_t *err = cli_file_read(out, len_out, path, FILE_MAX, job->cli->pool);

    return err ? cli_say(job->cli, CLI_USAGE, "%s: %s", path, err->public_text) : CLI_OK;
}

static int read_case(job_t *job)
{
    cli_t *cli = job->cli;
    cd_problems_t problems = { NULL, 0, 0, cli->pool };
    const char *bytes;
    apr_size_t len;
    cd_err_t *err;

    if (read_bytes(&bytes, &len, job, job->path))
        return CLI_USAGE;
    err = app_casefile_read(&job->file, bytes, len, CD_NO_DATE, &problems, cli->pool);
    if (err)
        return cli_say(cli, CLI_USAGE, "%s: %s", job->path, err->public_text);
    if (!problems.count && !job->file->org)
        cd_problem_add(&problems, "/organisation", NULL, "must be given: it says which law binds");
    if (!problems.count && !job->file->candour.present)
        cd_problem_add(&problems, "/case", NULL,
                       "must be given: there is nothing to evaluate without it");
    return problems.count ? cli_problems(cli, job->path, &problems) : CLI_OK;
}

/* The day that picks the policy: awareness, or, where that is not on record, the incident. */
static cd_date_t policy_day(const cd_case_t *candour)
{
    const cd_record_t *incident = cd_case_last(candour, CD_REC_INCIDENT), *r = NULL;
    cd_date_t day = CD_NO_DATE;

    while ((r = cd_case_next(candour, CD_REC_OPINION, r)))
        if (((const cd_opinion_t *)r->body)->opinion == CD_OPINION_NOTIFIABLE
            && (!day || r->happened.last < day))
            day = r->happened.last;
    return day ? day : incident ? incident->happened.last : CD_NO_DATE;
}

/* --policy holds a file against rules that may not bind it: allowed, but said, in one line. */
static void say_not_binding(const job_t *job, const cd_policy_t *binding)
{
    if (job->policy != binding)
        cli_say(
            job->cli, CLI_OK,
            "%s: %s does not bind %s (%s) at that time%s%s: evaluated only because --policy asks "
            "for it",
            job->path, job->policy->code, job->file->org->code,
            cd_token_word(cd_jurisdictions, job->file->org->jurisdiction), binding ? ", but " : "",
            binding ? apr_pstrcat(job->cli->pool, binding->code, " does", NULL) : "");
}

static int choose_policy(job_t *job)
{
    const char *code = cli_value(&job->cli->args, "--policy");
    const char *known = "";
    int count, i;
    const cd_policy_t *all = cd_policies(&count),
                      *binding = cd_policy_for(job->file->org, policy_day(job->candour));

    for (i = 0; i < count; i++)
        known = apr_pstrcat(job->cli->pool, known, i ? ", " : "", all[i].code, NULL);
    job->policy = code ? cd_policy_by_code(code) : binding;
    if (job->policy && !job->policy->rule_count)
        return cli_say(job->cli, CLI_USAGE, "policy %s is reserved: it has no rules yet", code);
    if (job->policy) {
        say_not_binding(job, binding);
        return CLI_OK;
    }
    if (code)
        return cli_say(job->cli, CLI_USAGE, "policy %s is not in this version: it has %s", code,
                       known);
    return cli_say(job->cli, CLI_USAGE,
                   "%s: no policy of this version binds %s (%s) at that time: name one of %s by "
                   "--policy",
                   job->path, job->file->org->code,
                   cd_token_word(cd_jurisdictions, job->file->org->jurisdiction), known);
}

static cd_err_t *evaluate(job_t *job)
{
    int count;
    const cd_holiday_t *list = cd_holidays_shipped(&count);

    job->cal = cd_calendar_make(cd_org_division(job->file->org), list, count, job->cli->pool);
    return cd_evaluate(&job->eval, job->candour, job->policy, job->cal, job->as_at, job->cli->pool);
}

/* The trust's row in the claim; -1 if it has none. Without any row the trust answers for the whole.
 */
static int own_row(const cd_claim_t *claim, const char *org_code)
{
    int i;

    for (i = 0; i < CD_PARTIES_MAX; i++)
        if (claim->parties->party[i].org_code
            && !strcmp(claim->parties->party[i].org_code, org_code))
            return i;
    return -1;
}

static cd_err_t *own_part(apr_int64_t *out, const cd_claim_t *claim, int row, apr_int64_t total_p,
                          apr_pool_t *pool)
{
    apr_int64_t parts[CD_PARTIES_MAX];

    *out = total_p;
    if (row < 0)
        return NULL;
    CD_ERR(cd_share_split(parts, claim->parties, total_p, pool));
    *out = parts[row];
    return NULL;
}

/* 1 if the case of the file is linked to the trust's part: by its reference, or it is the only one.
 */
static int linked(const job_t *job, const cd_claim_t *claim, int row)
{
    const char *cases = row >= 0 ? claim->parties->party[row].cases : NULL;

    if (row >= 0 && !cases)
        return 0;
    return !cases || !job->file->candour.reference
           || strstr(cases, job->file->candour.reference) != NULL;
}

/* What the file's own round says, or the day of --asked-on with the scheme's working days. */
static cd_err_t *what_was_asked(cd_flag_input_t *input, const job_t *job, const cd_claim_t *claim)
{
    cd_flag_round(input, claim, input->org_code, job->cli->pool);
    if (!job->asked_on)
        return NULL;
    input->requested_on = job->asked_on;
    return cd_working_days_add(&input->due, job->asked_on, job->scheme->evidence_days_wd, job->cal,
                               job->cli->pool);
}

static cd_err_t *compute_flag(job_t *job)
{
    apr_pool_t *pool = job->cli->pool;
    const app_casefile_part_t *part = &job->file->claim;
    cd_claim_t *claim = cd_claim_read(part->records, part->count, job->as_at, pool);
    int row = claim->parties ? own_row(claim, job->file->org->code) : -1;
    cd_flag_case_t one = { job->file->candour.reference, job->eval };
    cd_flag_input_t input = { .org_code = job->file->org->code,
                              .jurisdiction = job->file->org->jurisdiction,
                              .claim_scheme = claim->facts ? claim->facts->scheme : 0,
                              .cases = &one,
                              .scheme = job->scheme,
                              .cal = job->cal,
                              .as_at = job->as_at };
    cd_ledger_t ledger;

    if (claim->parties && row < 0)
        return cd_err(pool, CD_E_INVALID,
                      apr_psprintf(pool, "%s: organisation %s has no part in the claim", job->path,
                                   job->file->org->code),
                      "parties");
    input.case_count = linked(job, claim, row);
    CD_ERR(cd_ledger(&ledger, cd_claim_money(claim, pool), pool));
    CD_ERR(cd_payable(&job->payable, cd_claim_money(claim, pool), pool));
    CD_ERR(own_part(&input.sums.damages_p, claim, row, job->payable.damages_p, pool));
    CD_ERR(own_part(&input.sums.claimant_costs_p, claim, row, job->payable.costs_p, pool));
    CD_ERR(own_part(&input.sums.defence_costs_p, claim, row, ledger.defence_costs_p, pool));
    CD_ERR(own_part(&input.sums.ppo_capital_p, claim, row, ledger.ppo_capital_p, pool));
    input.sums.succeeded = cd_claim_succeeded(claim);
    input.breaches_before = job->breach_number - 1;
    CD_ERR(what_was_asked(&input, job, claim));
    return cd_flag_compute(&job->flag, &input, pool);
}

static int read_scheme(job_t *job)
{
    const char *path = cli_value(&job->cli->args, "--scheme"), *bytes;
    cd_problems_t problems = { .pool = job->cli->pool };
    cd_scheme_file_t *file;
    cd_err_t *err;
    apr_size_t len;

    if (!path)
        return CLI_OK;
    if (!job->file->claim.present)
        return cli_say(job->cli, CLI_USAGE,
                       "%s: holds no claim, so --scheme has nothing to work on: leave it out",
                       job->path);
    if (read_bytes(&bytes, &len, job, path))
        return CLI_USAGE;
    err = cd_scheme_file_read(&file, bytes, len, &problems, job->cli->pool);
    if (err)
        return cli_say(job->cli, CLI_USAGE, "%s: %s", path, err->public_text);
    if (problems.count)
        return cli_scheme_problems(job->cli, path, &problems);
    job->scheme = file->scheme;
    return CLI_OK;
}

static void payable_write(cd_jsonw_t *w, const cd_payable_t *due)
{
    const struct { const char *name; apr_int64_t value; } sums[] = {
        { "damages_p", due->damages_p }, { "costs_p", due->costs_p }, { "total_p", due->total_p },
        { "paid_p", due->paid_p }, { "left_p", due->left_p }
    };
    unsigned i;

    cd_jsonw_open(w, '{');
    for (i = 0; i < sizeof(sums) / sizeof(*sums); i++) {
        cd_jsonw_name(w, sums[i].name);
        cd_jsonw_int(w, sums[i].value);
    }
    cd_jsonw_close(w, '}');
}

static void print_json(const job_t *job)
{
    cd_buf_t *buf = cd_buf_make(job->cli->pool, 16384);
    cd_jsonw_t w;

    cd_jsonw_init(&w, buf, 1);
    cd_jsonw_open(&w, '{');
    cd_jsonw_name(&w, "evaluation");
    cd_evaluation_write(&w, job->eval, job->cli->pool);
    if (job->flag) {
        cd_jsonw_name(&w, "claimant_payable");
        payable_write(&w, &job->payable);
        cd_jsonw_name(&w, "flag");
        cd_flag_write(&w, job->flag, job->cli->pool);
    }
    cd_jsonw_close(&w, '}');
    fprintf(job->cli->out, "%s\n", buf->data);
}

static void print_rule(FILE *out, const cd_result_t *r, apr_pool_t *pool)
{
    int i;

    fprintf(out, "%s  %-14s %s. %s\n", r->rule->code, cd_token_word(cd_statuses, (int)r->status),
            r->rule->name, r->rule->citation);
    for (i = 0; i < r->due_count; i++)
        fprintf(out, "     due: %s%s%s. %s\n", cd_token_label(cd_due_kinds, (int)r->dues[i].kind),
                r->dues[i].on ? ", " : "", r->dues[i].on ? cd_date_words(r->dues[i].on, pool) : "",
                r->dues[i].how);
    if (cd_when_known(r->met_on))
        fprintf(out, "     met: %s\n", cd_when_words(r->met_on, pool));
    if (r->late_wd_max && r->late_wd_min == r->late_wd_max)
        fprintf(out, "     late: %d working days (%s)\n", r->late_wd_max,
                cd_token_label(cd_due_kinds, r->late_against));
    else if (r->late_wd_max)
        fprintf(out, "     late: %d to %d working days (%s)\n", r->late_wd_min, r->late_wd_max,
                cd_token_label(cd_due_kinds, r->late_against));
    fprintf(out, "     %s\n", r->sentence);
}

static void print_flag(FILE *out, const job_t *job)
{
    const cd_flag_t *flag = job->flag;
    apr_pool_t *pool = job->cli->pool;
    int i;

    fprintf(out, "\nClaimant payable in full: %s (not affected by what follows)\n",
            cd_pence_words(job->payable.total_p, pool));
    fprintf(out, "Flag: %s. %s\n", cd_token_word(cd_flag_states, (int)flag->state), flag->verdict);
    for (i = 0; i < flag->sum.line_count; i++)
        fprintf(out, "  %2d. %s: %s\n", i + 1, flag->sum.lines[i].text,
                flag->sum.lines[i].no_change ? "no change"
                                             : cd_pence_words(flag->sum.lines[i].amount_p, pool));
    fprintf(out, "Most that may be asked: %s", cd_pence_words(flag->indicated_p, pool));
    if (flag->sum.would_be_p != flag->indicated_p)
        fprintf(out, " (would be %s)", cd_pence_words(flag->sum.would_be_p, pool));
    fprintf(out, "\n%s",
            flag->sum.exceeds_basis ? "This is more than the basis, as the scheme allows.\n" : "");
}

static void print_text(const job_t *job)
{
    FILE *out = job->cli->out;
    int i;

    fprintf(out, "%s, %s version %d, as at %s\n\n", job->path, job->policy->code,
            job->policy->version, cd_date_words(job->as_at, job->cli->pool));
    for (i = 0; i < job->eval->count; i++)
        print_rule(out, &job->eval->results[i], job->cli->pool);
    if (job->flag)
        print_flag(out, job);
}

int cli_pure_evaluate(cli_t *cli)
{
    job_t job = { .cli = cli, .path = cli->args.word[0] };
    const app_casefile_part_t *part;
    cd_err_t *err;

    if (read_options(&job) || read_case(&job) || read_scheme(&job))
        return CLI_USAGE;
    part = &job.file->candour;
    job.candour = cd_case_read(part->records, part->count, job.file->org, job.as_at, cli->pool);
    job.candour->reference = part->reference;
    if (choose_policy(&job))
        return CLI_USAGE;
    err = evaluate(&job);
    if (!err && job.scheme)
        err = compute_flag(&job);
    if (err)
        return cli_fail(cli, err);
    if (cli_value(&cli->args, "--json"))
        print_json(&job);
    else
        print_text(&job);
    return CLI_OK;
}
