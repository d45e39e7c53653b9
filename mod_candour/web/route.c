/* route.c: the one table of addresses, by noun. What each pattern's groups take is router.c's. */
#include "domain/record.h"
#include "web/route.h"

#define HTML (1u << WEB_HTML)
#define JSON (1u << WEB_JSON)
#define CSV (1u << WEB_CSV)
#define PAGE (HTML | JSON)

/* Public: no sign-in. For nobody's data; served while the database is away. */
#define OPEN(name, pattern, media, page, handler, query) \
    { name, WEB_GET, pattern, CD_RIGHT_NONE, 1, 0, WEB_CSRF_NONE, media, page, handler, 0, 0, query }
#define ASK(name, pattern, right, file, media, page, handler, query) \
    { name, WEB_GET, pattern, CD_RIGHT_##right, 0, file, WEB_CSRF_NONE, media, page, handler, 0, 0, query }
#define SHOW(name, pattern, right, file, media, page, handler) \
    ASK(name, pattern, right, file, media, page, handler, NULL)
#define SEND(name, pattern, right, file, page, handler) \
    { name, WEB_POST, pattern, CD_RIGHT_##right, 0, file, WEB_CSRF_TOKEN, PAGE, page, handler, 0, 0, NULL }
/* A form with a file. */
#define UPLOAD(name, pattern, right, file, page, handler) \
    { name, WEB_POST, pattern, CD_RIGHT_##right, 0, file, WEB_CSRF_TOKEN, PAGE, page, handler, 0, 1, NULL }
/* A form of one record kind, and what takes it: the kind's own right is needed besides. */
#define ASK_KIND(name, pattern, right, file, page, handler, query) \
    { name, WEB_GET, pattern, CD_RIGHT_##right, 0, file, WEB_CSRF_NONE, PAGE, page, handler, 2, 0, query }
#define SEND_KIND(name, pattern, right, file, page, handler) \
    { name, WEB_POST, pattern, CD_RIGHT_##right, 0, file, WEB_CSRF_TOKEN, PAGE, page, handler, 2, 0, NULL }

static const web_route_t routes[] = {
    { "home", WEB_GET, "/", CD_RIGHT_NONE, 2, 0, WEB_CSRF_NONE, PAGE, "home/home", web_home, 0, 0, NULL },
    OPEN("sign-in", "/sign-in", PAGE, "home/sign-in", web_sign_in, "again idle"),
    OPEN("signed-out", "/signed-out", PAGE, "home/signed-out", web_signed_out, NULL),
    OPEN("help", "/help/{word}", PAGE, "home/help", web_help, NULL),
    OPEN("live", "/live", JSON, NULL, web_live, NULL),
    ASK("search", "/search", CASE_READ, 0, PAGE, "home/search", web_search,
        "q cases_before claims_before"),

    ASK("work.list", "/work", CASE_READ, 0, PAGE | CSV, "work/list", web_work_list,
        "whose due rule person org after format"),
    SEND("work.view", "/work", CASE_READ, 0, "form/page", web_work_view),
    /* What a reload of the check page shows: the list, to tick rows in. */
    ASK("work.choose", "/assign", CASE_READ, 0, PAGE, "work/list", web_work_list, "whose due rule person org after"),
    SEND("work.assign", "/assign", CASE_WRITE, 0, "work/assign", web_work_assign),
    SHOW("team.list", "/team", CASE_READ, 0, PAGE, "work/team", web_team_list),
    SEND("team.end", "/team", CASE_READ, 0, "form/page", web_team_end),
    SHOW("team.add", "/team/add", CASE_WRITE, 0, PAGE, "form/page", web_team_new),
    SEND("team.put", "/team/add", CASE_WRITE, 0, "form/page", web_team_add),
    SHOW("cover.new", "/team/away", CASE_READ, 0, PAGE, "form/page", web_cover_new),
    SEND("cover.put", "/team/away", CASE_READ, 0, "form/page", web_cover_put),
    SHOW("calendar", "/calendar", CASE_READ, 0, PAGE, "work/calendar", web_calendar),
    SEND("calendar.change", "/calendar", CASE_READ, 0, "work/calendar", web_calendar_change),
    OPEN("feed", "/feed/{word}", JSON, NULL, web_feed, NULL),

    ASK("case.list", "/cases", CASE_READ, 0, PAGE | CSV, "case/list", web_case_list,
        "before state format"),
    SHOW("case.new", "/cases/new", INCIDENT_RECORD, 0, PAGE, "form/page", web_case_new),
    SEND("case.create", "/cases/new", INCIDENT_RECORD, 0, "form/page", web_case_create),
    ASK("case.show", "/cases/{ref}", CASE_READ, CD_FILE_CASE, PAGE, "case/show", web_case_show,
        "as_at as_at-year as_at-month as_at-day"),
    ASK("case.entries", "/cases/{ref}/record", RECORD_AUDIT, CD_FILE_CASE, PAGE, "case/entries",
        web_case_entries, "after before"),
    ASK_KIND("record.new", "/cases/{ref}/log/{word}", CASE_READ, CD_FILE_CASE, "form/page", web_record_new,
             "corrects rule"),
    SEND_KIND("record.add", "/cases/{ref}/log/{word}", CASE_READ, CD_FILE_CASE, "form/page", web_record_add),
    ASK("document.new", "/cases/{ref}/documents/add", CASE_WRITE, CD_FILE_CASE, PAGE, "document/add",
        web_document_new, "corrects"),
    UPLOAD("document.add", "/cases/{ref}/documents/add", CASE_WRITE, CD_FILE_CASE, "document/add", web_document_add),
    SHOW("document.show", "/cases/{ref}/documents/{seq}", CASE_READ, CD_FILE_CASE, PAGE, "record/show",
         web_document_show),
    SHOW("document.file", "/cases/{ref}/documents/{seq}/file", CASE_READ, CD_FILE_CASE, PAGE, "record/show",
         web_document_file),
    SHOW("record.show", "/cases/{ref}/records/{seq}", CASE_READ, CD_FILE_CASE, PAGE, "record/show",
         web_record_show),

    SHOW("letter.list", "/cases/{ref}/letters", CASE_READ, CD_FILE_CASE, PAGE, "letter/list", web_letter_list),
    SHOW("letter.new", "/cases/{ref}/letters/new/{word}", CASE_WRITE, CD_FILE_CASE, PAGE, "form/page", web_letter_new),
    SEND("letter.create", "/cases/{ref}/letters/new/{word}", CASE_WRITE, CD_FILE_CASE, "form/page", web_letter_create),
    SHOW("letter.show", "/cases/{ref}/letters/{seq}", CASE_READ, CD_FILE_CASE, PAGE, "letter/show", web_letter_show),
    SHOW("letter.write", "/cases/{ref}/letters/{seq}/part/{word}", CASE_WRITE, CD_FILE_CASE, PAGE, "letter/show",
         web_letter_show),
    SEND("letter.part", "/cases/{ref}/letters/{seq}/part/{word}", CASE_WRITE, CD_FILE_CASE, "letter/show",
         web_letter_part),
    SHOW("letter.edit", "/cases/{ref}/letters/{seq}/edit", CASE_WRITE, CD_FILE_CASE, PAGE, "form/page", web_letter_edit),
    SEND("letter.save", "/cases/{ref}/letters/{seq}/edit", CASE_WRITE, CD_FILE_CASE, "form/page", web_letter_save),
    SHOW("letter.asking", "/cases/{ref}/letters/{seq}/ask", CASE_WRITE, CD_FILE_CASE, PAGE, "letter/show",
         web_letter_show),
    SEND("letter.ask", "/cases/{ref}/letters/{seq}/ask", CASE_WRITE, CD_FILE_CASE, "letter/show", web_letter_ask),
    SHOW("letter.check", "/cases/{ref}/letters/{seq}/check", LETTER_SIGN, CD_FILE_CASE, PAGE, "letter/check",
         web_letter_check),
    SEND("letter.sign", "/cases/{ref}/letters/{seq}/check", LETTER_SIGN, CD_FILE_CASE, "letter/check", web_letter_sign),
    SHOW("letter.print", "/cases/{ref}/letters/{seq}/print", CASE_READ, CD_FILE_CASE, PAGE, "letter/show", web_letter_print),
    SHOW("letter.pdf", "/cases/{ref}/letters/{seq}/pdf", CASE_READ, CD_FILE_CASE, PAGE, "letter/show", web_letter_pdf),
    SHOW("letter.sending", "/cases/{ref}/letters/{seq}/sent", CASE_WRITE, CD_FILE_CASE, PAGE, "form/page",
         web_letter_sending),
    SEND("letter.send", "/cases/{ref}/letters/{seq}/sent", CASE_WRITE, CD_FILE_CASE, "form/page", web_letter_send),

    ASK("claim.list", "/claims", CLAIM_READ, 0, PAGE | CSV, "claim/list", web_claim_list,
        "before status q format"),
    SHOW("claim.new", "/claims/new", CLAIM_WRITE, 0, PAGE, "form/page", web_claim_new),
    SEND("claim.create", "/claims/new", CLAIM_WRITE, 0, "form/page", web_claim_create),
    ASK("claim.report", "/claims/report", CLAIM_READ, 0, PAGE | CSV, "claim/report", web_claim_report,
        "as_at as_at-year as_at-month as_at-day format"),
    ASK("claim.work", "/claims/work", CLAIM_READ, 0, PAGE | CSV, "claim/work", web_claim_work,
        "whose sort open stage state scheme age sum mark org handler team after format"),
    SEND("claim.work.view", "/claims/work", CLAIM_READ, 0, "form/page", web_claim_work_save),
    /* What a reload of the check page shows: the list, to tick rows in. */
    ASK("claim.choose", "/claims/bulk", CLAIM_READ, 0, PAGE, "claim/work", web_claim_work,
        "whose sort open stage state scheme age sum mark org handler team after"),
    SEND("claim.bulk", "/claims/bulk", CLAIM_WRITE, 0, "claim/bulk", web_claim_bulk),
    SHOW("recompute.list", "/claims/recompute", POLICY_READ, 0, PAGE, "claim/recompute", web_recompute_list),
    SEND("recompute.ask", "/claims/recompute", POLICY_READ, 0, "claim/recompute", web_recompute_ask),
    ASK("recompute.show", "/claims/recompute/{seq}", POLICY_READ, 0, PAGE, "claim/recomputed", web_recompute_show,
        "after"),
    ASK("claim.show", "/claims/{ref}", CLAIM_READ, CD_FILE_CLAIM, PAGE, "claim/show", web_claim_show,
        "as_at as_at-year as_at-month as_at-day"),
    ASK("claim.entries", "/claims/{ref}/record", RECORD_AUDIT, CD_FILE_CLAIM, PAGE, "case/entries",
        web_claim_entries, "after before"),
    ASK_KIND("claim.record.new", "/claims/{ref}/log/{word}", CLAIM_READ, CD_FILE_CLAIM, "form/page",
             web_claim_record_new, "corrects reverses"),
    SEND_KIND("claim.record.add", "/claims/{ref}/log/{word}", CLAIM_READ, CD_FILE_CLAIM, "form/page",
              web_claim_record_add),
    ASK("claim.ledger", "/claims/{ref}/ledger", CLAIM_READ, CD_FILE_CLAIM, PAGE | CSV, "claim/ledger",
        web_claim_ledger, "format"),

    SEND("flag.compute", "/claims/{ref}/flags", FLAG_COMPUTE, CD_FILE_CLAIM, "form/page", web_flag_compute),
    SHOW("flag.newest", "/claims/{ref}/flags/{code}", CLAIM_READ, CD_FILE_CLAIM, PAGE, "flag/show",
         web_flag_show),
    SHOW("flag.show", "/claims/{ref}/flags/{code}/{seq}", CLAIM_READ, CD_FILE_CLAIM, PAGE, "flag/show",
         web_flag_show),
    SHOW("round.show", "/claims/{ref}/trusts/{code}", CLAIM_READ, CD_FILE_CLAIM, PAGE, "round/show", web_round_show),
    ASK("round.new", "/claims/{ref}/trusts/{code}/log/{word}", CLAIM_READ, CD_FILE_CLAIM, PAGE, "round/form",
        web_round_new, "corrects"),
    SEND("round.add", "/claims/{ref}/trusts/{code}/log/{word}", CLAIM_READ, CD_FILE_CLAIM, "round/form", web_round_add),
    SHOW("round.undo", "/claims/{ref}/trusts/{code}/take-back/{seq}", CLAIM_WRITE, CD_FILE_CLAIM, PAGE, "form/page",
         web_round_undo),
    SEND("round.take-back", "/claims/{ref}/trusts/{code}/take-back/{seq}", CLAIM_WRITE, CD_FILE_CLAIM, "form/page",
         web_round_take_back),
    SHOW("round.second", "/claims/{ref}/trusts/{code}/decisions/{seq}/confirm", DECISION_WRITE, CD_FILE_CLAIM, PAGE,
         "round/second", web_round_second),
    SEND("round.confirm", "/claims/{ref}/trusts/{code}/decisions/{seq}/confirm", DECISION_WRITE, CD_FILE_CLAIM,
         "round/second", web_round_confirm),
    SHOW("flag.replay", "/claims/{ref}/flags/{code}/{seq}/replay", CLAIM_READ, CD_FILE_CLAIM, PAGE, "flag/replay",
         web_flag_replay),
    SHOW("no_incident.new", "/claims/{ref}/trusts/{code}/no-incident", CLAIM_WRITE, CD_FILE_CLAIM, PAGE, "form/page",
         web_no_incident_new),
    SEND("no_incident.add", "/claims/{ref}/trusts/{code}/no-incident", CLAIM_WRITE, CD_FILE_CLAIM, "form/page",
         web_no_incident_add),
    SHOW("decision.new", "/claims/{ref}/flags/{code}/{seq}/decision", DECISION_WRITE, CD_FILE_CLAIM, PAGE,
         "flag/decision", web_decision_new),
    SEND("decision.make", "/claims/{ref}/flags/{code}/{seq}/decision", DECISION_WRITE, CD_FILE_CLAIM,
         "flag/decision", web_decision_make),
    ASK("report.show", "/claims/{ref}/trusts/{code}/decisions/{seq}/report", CLAIM_READ, CD_FILE_CLAIM, PAGE,
        "report/show", web_report_show, "format now"),
    SHOW("report.print", "/claims/{ref}/trusts/{code}/decisions/{seq}/report/print", CLAIM_READ, CD_FILE_CLAIM, PAGE,
         "report/show", web_report_print),
    SHOW("report.pdf", "/claims/{ref}/trusts/{code}/decisions/{seq}/report/pdf", CLAIM_READ, CD_FILE_CLAIM, PAGE,
         "report/show", web_report_pdf),
    SHOW("report.letter", "/claims/{ref}/trusts/{code}/decisions/{seq}/letter/print", CLAIM_READ, CD_FILE_CLAIM, PAGE,
         "report/show", web_report_letter),
    SHOW("report.letter.pdf", "/claims/{ref}/trusts/{code}/decisions/{seq}/letter/pdf", CLAIM_READ, CD_FILE_CLAIM,
         PAGE, "report/show", web_report_letter_pdf),
    SHOW("request.letter", "/claims/{ref}/trusts/{code}/requests/{seq}/letter/print", CLAIM_READ, CD_FILE_CLAIM, PAGE,
         "report/show", web_request_letter),
    SHOW("indication.letter", "/claims/{ref}/trusts/{code}/indications/{seq}/letter/print", CLAIM_READ, CD_FILE_CLAIM,
         PAGE, "report/show", web_indication_letter),

    SHOW("bring.new", "/bring", RECORDS_BRING, 0, PAGE, "bring/start", web_bring_new),
    UPLOAD("bring.check", "/bring", RECORDS_BRING, 0, "bring/start", web_bring_check),
    ASK("bring.show", "/bring/{seq}", RECORDS_BRING, 0, PAGE | CSV, "bring/run", web_bring_show, "format"),
    SEND("bring.apply", "/bring/{seq}", RECORDS_BRING, 0, "bring/run", web_bring_apply),

    ASK("user.list", "/users", USER_ADMIN, 0, PAGE, "admin/users", web_user_list, "after"),
    SHOW("user.new", "/users/new", USER_ADMIN, 0, PAGE, "form/page", web_user_new),
    SEND("user.add", "/users/new", USER_ADMIN, 0, "form/page", web_user_add),
    SHOW("user.edit", "/users/{name}", USER_ADMIN, 0, PAGE, "form/page", web_user_edit),
    SEND("user.save", "/users/{name}", USER_ADMIN, 0, "form/page", web_user_save),
    SHOW("org.list", "/trusts", ORG_ADMIN, 0, PAGE, "admin/orgs", web_org_list),
    SHOW("org.new", "/trusts/new", ORG_ADMIN, 0, PAGE, "form/page", web_org_new),
    SEND("org.add", "/trusts/new", ORG_ADMIN, 0, "form/page", web_org_add),
    SHOW("org.edit", "/trusts/{code}", ORG_ADMIN, 0, PAGE, "form/page", web_org_edit),
    SEND("org.save", "/trusts/{code}", ORG_ADMIN, 0, "form/page", web_org_save),
    SHOW("reminders.edit", "/trusts/{code}/reminders", ORG_ADMIN, 0, PAGE, "form/page", web_reminders_edit),
    SEND("reminders.save", "/trusts/{code}/reminders", ORG_ADMIN, 0, "form/page", web_reminders_save),
    SHOW("policy.list", "/policies", POLICY_READ, 0, PAGE, "admin/policies", web_policy_list),
    SHOW("scheme.show", "/policies/schemes/{word}", POLICY_READ, 0, PAGE, "admin/scheme", web_scheme_show),
    SHOW("scheme.new", "/policies/draft", SCHEME_WRITE, 0, PAGE, "form/page", web_scheme_new),
    SEND("scheme.draft", "/policies/draft", SCHEME_WRITE, 0, "form/page", web_scheme_draft),
    SHOW("scheme.check", "/policies/schemes/{word}/check", SCHEME_ACTIVATE, 0, PAGE, "form/page", web_scheme_check),
    SEND("scheme.settle", "/policies/schemes/{word}/check", SCHEME_ACTIVATE, 0, "form/page", web_scheme_settle),
    ASK("holidays", "/policies/holidays", POLICY_READ, 0, PAGE, "admin/holidays", web_holidays,
        "division year"),
    SHOW("health", "/health", HEALTH_READ, 0, PAGE, "admin/health", web_health),
    SEND("outbox.retry", "/health", HEALTH_READ, 0, "admin/health", web_outbox_retry),
    /* A person's own messages: any account, and no more than its own. */
    { "notice.list", WEB_GET, "/notices", CD_RIGHT_NONE, 2, 0, WEB_CSRF_NONE, PAGE, "outbox/notices", web_notices, 0, 0,
      "before" },
    { NULL, WEB_GET, NULL, CD_RIGHT_NONE, 0, 0, WEB_CSRF_TOKEN, 0, NULL, NULL, 0, 0, NULL }
};

const web_route_t *web_routes(int *count_out)
{
    if (count_out)
        *count_out = (int)(sizeof(routes) / sizeof(routes[0])) - 1;
    return routes;
}
