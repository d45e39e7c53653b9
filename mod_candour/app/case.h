/* case.h: use cases of the candour case.
 *
 * Requires: ctx.h, domain.   Provides: app_case_*.   Used by: web, cli.
 * Wrong input is a result, not an error: problems are added and nothing is written. */
#ifndef CD_APP_CASE_H
#define CD_APP_CASE_H

#include "app/ctx.h"

/** What pages need of a head row, without store types. */
typedef struct app_case_row_t {
    const char *reference, *title, *person, *org_code, *org_name;
    int state, outcome, opinion, version;
    cd_when_t occurred, told;
    cd_date_t reported_on, aware_on;
    cd_instant_t changed_at;
    int unreadable;
} app_case_row_t;

typedef struct app_case_view_t {
    app_case_row_t row;
    const cd_org_t *org;
    const cd_case_t *file;               /* as at the day asked for */
    const cd_policy_t *policy;           /* the one that applies, or would; NULL: no duty applied */
    const cd_evaluation_t *eval;         /* NULL if there is no policy, or with `gap` */
    /* why the policy could not be evaluated (no holidays for a year), or NULL */
    const char *gap;
    const cd_task_t *tasks;
    int task_count;
    const cd_incident_t *incident;       /* facts as they stand */
    const cd_patient_t *patient;         /* or NULL */
    const char *const *claims;           /* references of linked claims the actor may see */
    int claim_count;
    cd_date_t as_at;
    int looking_back;                    /* 1: as_at is before today */
    /* whose work it is today: a person's name, a team; NULL: nobody's, or looking back */
    const char *owner;
    int audit_seq;
} app_case_view_t;

/** The case page: at most 3 round trips, app_begin's own among them. as_at 0: today. */
cd_err_t *app_case_view(app_case_view_t **out, app_ctx_t *ctx, cd_date_t as_at);

typedef struct app_case_list_t {
    app_case_row_t *rows;
    int count;
    apr_int64_t next;
} app_case_list_t;
/** state 0: all. Own trust unless national. */
cd_err_t *app_case_list(app_case_list_t *out, app_ctx_t *ctx, int state, apr_int64_t before);
/** By reference or NHS number (decided by its form). */
cd_err_t *app_case_search(app_case_list_t *out, app_ctx_t *ctx, const char *query);

/** Records a new incident: makes the file with records INCIDENT and PATIENT (patient may be NULL).
 * org_code: only for a national actor or the command line; a trust's user has their own trust.
 * @errors CD_E_INVALID with `problems` filled */
cd_err_t *app_case_create(const char **reference_out, app_ctx_t *ctx, const char *org_code,
                          const cd_incident_t *incident, const cd_patient_t *patient,
                          cd_problems_t *problems);

typedef struct app_record_ask_t {
    cd_record_kind_t kind;
    /* the kind's struct; app fills what no form has (incident_seq) */
    void *body;
    int version;                         /* of the file, as the user saw it */
    int supersedes;                      /* seq corrected, or 0 */
    const char *reason;                  /* needed with supersedes */
} app_record_ask_t;
/** Adds or corrects one record of the file that ctx names: rights by the kind's definition,
 * workflow (no step before the case is open, none after it is closed but a correction), checks,
 * head, chain. 5 round trips in all. On CD_E_STALE with a used idempotency key ctx->replayed is set
 * and NULL comes back.
 * @errors CD_E_INVALID with problems; CD_E_STALE; CD_E_FORBIDDEN; CD_E_KEY_REUSED */
cd_err_t *app_case_record(int *seq_out, app_ctx_t *ctx, const app_record_ask_t *ask,
                          cd_problems_t *problems);

/** 1 if a rule has no outcome yet: it is waited for, or nobody can say. A case closes when each of
 * these has a reason on record (app_rule_reason). */
int app_rule_waits(const cd_result_t *result);
/** Why a rule has no outcome, as recorded: the RULE_REASON that stands, or NULL. `rule`:
 * cd_rule_t.number. */
const cd_record_t *app_rule_reason(const cd_case_t *file, int rule);

/** The right to add a record of this kind to a file at all. A withdrawal has none of its own: it
 * needs that of the entry it takes back, so here some right to enter something is enough. @errors
 * CD_E_FORBIDDEN */
cd_err_t *app_need_kind(const app_ctx_t *ctx, const cd_record_def_t *def);
/** 1 if the actor may correct `record` or take it back, as far as rights go: the right of its kind;
 * and a finding or judgement entered in a role of the scheme or a regulator is mended in that role
 * only. */
int app_may_mend(const app_ctx_t *ctx, const cd_record_t *record);

typedef struct app_entry_t {
    int seq;
    cd_instant_t at;
    const char *who, *role, *action, *object, *hash;
} app_entry_t;
typedef struct app_entries_t {
    app_entry_t *rows;                   /* newest first */
    int count;
    int total;                           /* of the whole record */
    int next;                            /* number to go on before; 0: that was all */
} app_entries_t;
/** The record of a file: who did what. Entries above number `after` and below `before` (0: no
 * bound), the newest 200 of them. right RECORD_AUDIT. In a claim that the actor reads in part, what
 * is about another part has number and hash alone: no time, person or object. */
cd_err_t *app_entries(app_entries_t *out, app_ctx_t *ctx, int after, int before);

#endif
