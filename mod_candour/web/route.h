/* route.h: the one table of addresses.
 *
 * Requires: request.h.   Provides: web_route_t, web_routes, web_router_*.   Used by: web, mod, cli
 * (routes --json), tests. Patterns: literal segments and {ref} {code} {seq} {word} {name} groups
 * (router.c says what each takes); matched by one PCRE2 alternation with marks. Two rows may share
 * a pattern with different methods. Of two patterns that fit an address the first row's counts. */
#ifndef CD_WEB_ROUTE_H
#define CD_WEB_ROUTE_H

#include "web/request.h"

typedef enum web_csrf_t { WEB_CSRF_NONE = 0, WEB_CSRF_ORIGIN, WEB_CSRF_TOKEN } web_csrf_t;

typedef cd_err_t *(*web_handler_fn)(web_exchange_t *x);
typedef struct web_route_t {
    const char *name;            /* "case.show": used by url.c, tests and the rights matrix */
    web_method_t method;
    const char *pattern;         /* "/cases/{ref}/log/{word}" */
    cd_right_t right;            /* needed; CD_RIGHT_NONE with open_to_all: public */
    int open_to_all;             /* 1: no sign-in needed; 2: any signed-in account */
    int file;                    /* cd_file_kind_t whose reference is the first group; 0: none */
    web_csrf_t csrf;             /* a POST without WEB_CSRF_TOKEN fails the table's test */
    unsigned media;              /* bits 1u << web_media_t it can answer with */
    const char *template_name;   /* "case/show" */
    web_handler_fn handler;
    /* group (1, 2 ...) that holds a record kind's word: its right is needed too; 0: none */
    int kind_group;
    int upload;                  /* 1: takes multipart/form-data, read by the handler (upload.h) */
    /* names that the address may carry after "?", with a space between; NULL: none */
    const char *query;
    /* 1: a POST that changes nothing: what is asked for may not stand in an address */
    int only_reads;
} web_route_t;

typedef struct web_router_t web_router_t;

/** The table, ended by a row without name. Made of the nouns' own lists in route.c. @owner static
 */
const web_route_t *web_routes(int *count_out);
cd_err_t *web_router_make(web_router_t **out, apr_pool_t *pool);
/** Finds the row; `*param` filled. NULL if there is none; *wrong_method then holds the methods that
 * the address does take (bits 1 << web_method_t), 0: the address is nobody's. */
const web_route_t *web_router_find(const web_router_t *router, web_method_t method,
                                   const char *path, const char *param[WEB_PARAMS],
                                   int *wrong_method, apr_pool_t *pool);
/** Row by name, NULL if there is none. */
const web_route_t *web_router_named(const web_router_t *router, const char *name);

/* each noun's handlers, named in route.c */
#define H(name) cd_err_t *name(web_exchange_t *x)
H(web_home); H(web_sign_in); H(web_signed_out); H(web_help); H(web_search); H(web_search_find);
H(web_case_list); H(web_case_new); H(web_case_create); H(web_case_show); H(web_case_entries);
H(web_record_new); H(web_record_add); H(web_record_show);
H(web_letter_list);
H(web_letter_new);
H(web_letter_create);
H(web_letter_show);
H(web_letter_part);
H(web_letter_edit);
H(web_letter_save);
H(web_letter_ask);
H(web_letter_check);
H(web_letter_sign);
H(web_letter_print);
H(web_letter_pdf);
H(web_letter_sending); H(web_letter_send);
H(web_document_new); H(web_document_add); H(web_document_show); H(web_document_file);
H(web_claim_list); H(web_claim_new); H(web_claim_create); H(web_claim_show); H(web_claim_entries);
H(web_claim_report);
H(web_claim_beside);
H(web_claim_record_new);
H(web_claim_record_add);
H(web_claim_ledger);
H(web_round_show); H(web_round_new); H(web_round_add); H(web_round_undo); H(web_round_take_back);
H(web_round_second); H(web_round_confirm);
H(web_claim_work);
H(web_claim_work_save);
H(web_claim_bulk);
H(web_recompute_list);
H(web_recompute_ask);
H(web_recompute_show); H(web_impact_show); H(web_impact_ask);
H(web_decided_show);
H(web_decided_step_new);
H(web_decided_step_add);
H(web_share_new);
H(web_share_add);
H(web_recovery_list); H(web_recovery_totals); H(web_breach_list); H(web_allegation_list);
H(web_uplift_year);
H(web_claim_team);
H(web_claim_team_new);
H(web_claim_team_add);
H(web_claim_team_end);
H(web_flag_compute); H(web_flag_show); H(web_decision_new); H(web_decision_make);
H(web_flag_replay); H(web_no_incident_new); H(web_no_incident_add);
H(web_report_show);
H(web_report_print);
H(web_report_pdf);
H(web_report_letter);
H(web_report_letter_pdf);
H(web_request_letter); H(web_indication_letter);
H(web_user_list); H(web_user_new); H(web_user_add); H(web_user_edit); H(web_user_save);
H(web_org_list); H(web_org_new); H(web_org_add); H(web_org_edit); H(web_org_save);
H(web_notices); H(web_outbox_retry); H(web_reminders_edit); H(web_reminders_save);
H(web_policy_list); H(web_scheme_show);
H(web_scheme_new); H(web_scheme_draft); H(web_scheme_choose); H(web_scheme_upload);
H(web_scheme_check); H(web_scheme_settle); H(web_scheme_diff);
H(web_contribution_list); H(web_contribution_set); H(web_holidays); H(web_health); H(web_live);
H(web_work_list);
H(web_work_view);
H(web_work_assign);
H(web_team_list);
H(web_team_new);
H(web_team_add);
H(web_team_end); H(web_cover_new); H(web_cover_put); H(web_calendar); H(web_calendar_change);
H(web_feed);
H(web_bring_new); H(web_bring_check); H(web_bring_show); H(web_bring_apply);
#undef H

#endif
