/* test_app_letter.c: a letter from its first words to its sending: four eyes, frozen bytes, and
 * what the rules see. */
#include "unit/unit.h"

#include "app/content.h"
#include "app/letter.h"
#include "base/hash.h"
#include "base/text.h"
#include "store/app_site.h"

static cd_draft_t *words(void)
{
    cd_draft_t *draft = apr_pcalloc(site.pool, sizeof(*draft));

    *draft = (cd_draft_t){ .letter = CD_LETTER_FIRST,
                           .account = "We left a piece of cloth inside you.",
                           .not_known = "We do not know why.",
                           .apology = "We are sorry that we left it inside you.",
                           .signed_by = "R. Doe",
                           .signed_role = "Chief nurse",
                           .contact = "M. Ferris, 01632 960 112",
                           .asked = CD_YES };
    return draft;
}

static const char *open_case(const char *name)
{
    const char *reference = site_case_of("legal1", name, NULL);
    cd_person_t person = { .basis = CD_PERSON_SELF, .name = name, .contact = "4 Elm Road" };
    cd_enquiry_t enquiry = { .type = CD_ENQUIRY_AAR, .started = on(11, 5), .led_by = "D. Penhale" };

    site_open_case("legal1", reference);
    site_add("legal1", reference, CD_REC_PERSON, &person);
    site_add("legal1", reference, CD_REC_TALK, site_talk());
    site_add("legal1", reference, CD_REC_ENQUIRY, &enquiry);
    return reference;
}

static app_letter_view_t *look(const char *who, const char *reference, int number)
{
    app_letter_view_t *view = NULL;

    assert_ok(app_letter_view(&view, site_ctx(who, CD_FILE_CASE, reference), number, NULL));
    return view;
}

static int version_of(const char *reference)
{
    app_case_view_t *view = NULL;

    assert_ok(app_case_view(&view, site_ctx("legal1", CD_FILE_CASE, reference), 0));
    return view->row.version;
}

static int save(const char *who, const char *reference, int number, cd_draft_t *draft)
{
    cd_problems_t *problems = site_problems();
    cd_err_t *err = app_letter_save(&number, site_ctx(who, CD_FILE_CASE, reference), number, draft,
                                    version_of(reference), problems);

    if (problems->count)
        fail_msg("%s: %s", problems->list[0].field, problems->list[0].text);
    assert_ok(err);
    return number;
}

static cd_err_t *sign(const char *who, const char *reference, int number,
                      const app_verdict_t *verdict, cd_problems_t *problems)
{
    return app_letter_sign(site_ctx(who, CD_FILE_CASE, reference), number, verdict,
                           version_of(reference), problems);
}

static const app_verdict_t approved = { .verdict = CD_VERDICT_APPROVED };

static void from_draft_to_sent(void **state)
{
    const char *reference = open_case("Anna Kowal"), *hash;
    int number = save("legal1", reference, 0, words()), seq;
    app_sending_t sending = { .sent = on(11, 18), .proof = "Post book 17" };
    app_letter_view_t *view;
    const cd_signoff_t *signoff;
    const cd_letter_t *letter;
    app_case_view_t *frame;
    app_ctx_t *ctx;
    cd_buf_t *bytes, *again = cd_buf_make(site.pool, 4096);
    unsigned char sum[32];

    (void)state;
    view = look("approver1", reference, number);
    assert_int_equal(view->letter->state, APP_LETTER_TO_CHECK);
    for (int i = 0; i < view->check->finding_count; i++)
        fail_msg("%s", view->check->findings[i].code);
    assert_null(view->why_not_sign);
    assert_code(app_letter_send(&seq, site_ctx("legal1", CD_FILE_CASE, reference), number, &sending,
                                version_of(reference), site_problems()),
                CD_E_INVALID);
    assert_ok(sign("approver1", reference, number, &approved, site_problems()));
    view = look("legal1", reference, number);
    assert_int_equal(view->letter->state, APP_LETTER_APPROVED);
    assert_int_equal(view->changed_count, 0);
    signoff = view->letter->signoff->body;
    ctx = site_ctx("reader1", CD_FILE_CASE, reference);
    assert_ok(app_letter_bytes(&bytes, ctx, view->letter));
    assert_int_equal(bytes->len, signoff->size);
    cd_sha256(sum, bytes->data, bytes->len);
    hash = cd_hex(sum, 32, site.pool);
    assert_string_equal(hash, signoff->sha256);
    assert_non_null(strstr(bytes->data, "Dear Anna Kowal"));
    assert_non_null(strstr(bytes->data, "Date: 18 November 2026"));
    cd_letter_html(again, view->made);
    assert_string_equal(bytes->data, again->data);
    assert_ok(app_letter_send(&seq, site_ctx("legal1", CD_FILE_CASE, reference), number, &sending,
                              version_of(reference), site_problems()));
    assert_int_equal(look("legal1", reference, number)->letter->state, APP_LETTER_SENT);
    assert_ok(app_case_view(&frame, site_ctx("legal1", CD_FILE_CASE, reference), 0));
    letter = cd_case_seq(frame->file, seq)->body;
    assert_int_equal(letter->signoff_seq, view->letter->signoff->seq);
    assert_true(letter->account_given == CD_YES && letter->enquiries_given == CD_YES
                && letter->apology_given == CD_YES);
    assert_int_equal(cd_evaluation_rule(frame->eval, "E09")->status, CD_ST_MET);
    assert_code(app_letter_send(&seq, site_ctx("legal1", CD_FILE_CASE, reference), number, &sending,
                                version_of(reference), site_problems()),
                CD_E_INVALID);
}

static void four_eyes(void **state)
{
    const char *reference = open_case("Ben Marsh");
    int number = save("legal1", reference, 0, words());

    (void)state;
    assert_code(sign("legal1", reference, number, &approved, site_problems()), CD_E_FORBIDDEN);
    assert_code(sign("reader1", reference, number, &approved, site_problems()), CD_E_FORBIDDEN);
    save("legal1b", reference, number, words());
    /* of an earlier version */
    assert_code(sign("legal1", reference, number, &approved, site_problems()), CD_E_FORBIDDEN);
    assert_code(sign("legal1b", reference, number, &approved, site_problems()), CD_E_FORBIDDEN);
    assert_ok(sign("approver1", reference, number, &approved, site_problems()));
    /* once */
    assert_code(sign("approver1", reference, number, &approved, site_problems()), CD_E_FORBIDDEN);
    assert_int_equal(look("legal1", reference, number)->letter->versions, 2);
    /* a new version needs a new check */
    save("legal1", reference, number, words());
    assert_int_equal(look("legal1", reference, number)->letter->state, APP_LETTER_TO_CHECK);
}

static void no_plain_form_goes_round(void **state)
{
    const char *reference = open_case("Cora Lind");
    int number = save("legal1", reference, 0, words()), seq;
    cd_signoff_t signoff = { .verdict = CD_VERDICT_APPROVED, .draft_seq = number };

    (void)state;
    assert_code(
        site_record(&seq, "approver1", reference, CD_REC_SIGNOFF, &signoff, site_problems()),
        CD_E_NOT_FOUND);
    assert_code(site_record(&seq, "legal1", reference, CD_REC_DRAFT, words(), site_problems()),
                CD_E_NOT_FOUND);
}

static void stops_and_warnings(void **state)
{
    const char *reference = open_case("Dan Price");
    cd_draft_t *draft = words();
    int number;
    cd_problems_t *problems = site_problems();
    app_overrule_t overruled[] = { { "APOLOGY_IF", "The family asked for these words." },
                                   { "APOLOGY_FEEL", "As above." } };
    app_verdict_t verdict = approved;
    const cd_signoff_t *body;

    (void)state;
    draft->apology = "Your care was as planned.";
    number = save("legal1", reference, 0, draft);
    verdict.overruled = (const app_overrule_t[]){ { "NO_APOLOGY", "No need." } };
    verdict.overruled_count = 1;
    assert_code(sign("approver1", reference, number, &verdict, problems), CD_E_INVALID);
    assert_non_null(strstr(site_problem_text(problems, "verdict"), "does not say sorry"));
    draft = words();
    draft->apology = "We are sorry if you feel hurt. We are sorry that you feel so.";
    save("legal1", reference, number, draft);
    problems = site_problems();
    assert_code(sign("approver1", reference, number, &approved, problems), CD_E_INVALID);
    assert_string_equal(site_problem_text(problems, "overrule_APOLOGY_IF"),
                        "Enter why this may stay, or give the letter back");
    assert_int_equal(problems->count, 2);
    verdict.overruled = overruled;
    verdict.overruled_count = 2;
    assert_ok(sign("approver1", reference, number, &verdict, site_problems()));
    body = look("legal1", reference, number)->letter->signoff->body;
    assert_string_equal(body->overruled,
                        "APOLOGY_IF: The family asked for these words.\nAPOLOGY_FEEL: As above.");
}

static void given_back(void **state)
{
    const char *reference = open_case("Eve Quinn");
    int number = save("legal1", reference, 0, words());
    app_verdict_t verdict = { .verdict = CD_VERDICT_RETURNED };
    cd_problems_t *problems = site_problems();

    (void)state;
    assert_code(sign("approver1", reference, number, &verdict, problems), CD_E_INVALID);
    assert_string_equal(site_problem_text(problems, "reason"), "Enter why it goes back");
    verdict.reason = "Say when the enquiry ends.";
    assert_ok(sign("approver1", reference, number, &verdict, site_problems()));
    assert_int_equal(look("legal1", reference, number)->letter->state, APP_LETTER_RETURNED);
    assert_code(sign("approver1", reference, number, &approved, site_problems()), CD_E_FORBIDDEN);
    save("legal1", reference, number, words());
    assert_ok(sign("approver1", reference, number, &approved, site_problems()));
}

static void stale_and_foreign(void **state)
{
    const char *reference = open_case("Finn Ross");
    int number = save("legal1", reference, 0, words()), other = number,
        version = version_of(reference);
    app_letter_view_t *view;

    (void)state;
    save("legal1", reference, number, words());
    assert_code(app_letter_save(&other, site_ctx("legal1", CD_FILE_CASE, reference), number,
                                words(), version, site_problems()),
                CD_E_STALE);
    assert_code(app_letter_sign(site_ctx("approver1", CD_FILE_CASE, reference), number, &approved,
                                version, site_problems()),
                CD_E_STALE);
    assert_code(app_letter_view(&view, site_ctx("legal2", CD_FILE_CASE, reference), number, NULL),
                CD_E_NOT_FOUND);
    assert_code(app_letter_save(&other, site_ctx("legal2", CD_FILE_CASE, reference), number,
                                words(), version, site_problems()),
                CD_E_NOT_FOUND);
    assert_code(
        app_letter_view(&view, site_ctx("legal1", CD_FILE_CASE, reference), number + 1, NULL),
        CD_E_NOT_FOUND);
}

static void what_changed_since(void **state)
{
    const char *reference = open_case("Gus Shaw");
    int number = save("legal1", reference, 0, words());
    cd_enquiry_t enquiry = { .type = CD_ENQUIRY_PSII,
                             .started = on(11, 6),
                             .led_by = "D. Penhale" };
    app_letter_view_t *view;

    (void)state;
    assert_ok(sign("approver1", reference, number, &approved, site_problems()));
    site_add("legal1", reference, CD_REC_ENQUIRY, &enquiry);
    view = look("legal1", reference, number);
    assert_int_equal(view->changed_count, 1);
    assert_string_equal(view->changed[0], "Kind of enquiry");
}

static void the_pdf_is_kept_once(void **state)
{
    const char *reference = open_case("Hal Todd");
    int number = save("legal1", reference, 0, words()), count, mine = 0;
    app_letter_wait_t *list;
    app_letter_view_t *view;
    cd_instant_t at;
    cd_buf_t *bytes;
    app_ctx_t *ctx;

    (void)state;
    assert_ok(sign("approver1", reference, number, &approved, site_problems()));
    ctx = site_ctx(NULL, 0, NULL);
    assert_ok(app_letters_waiting(&list, &count, ctx, NULL, 100));
    for (int i = 0; i < count; i++)
        if (!strcmp(list[i].reference, reference))
            mine = list[i].signoff_seq;
    assert_int_equal(mine, look("legal1", reference, number)->letter->signoff->seq);
    ctx = site_ctx(NULL, CD_FILE_CASE, reference);
    assert_ok(app_letter_frozen(&bytes, &at, ctx, mine));
    assert_true(at > 0 && strstr(bytes->data, "Dear Hal Todd"));
    assert_ok(app_letter_pdf_keep(ctx, mine, "%PDF-1.7 made up", 16));
    /* once */
    assert_ok(
        app_letter_pdf_keep(site_ctx(NULL, CD_FILE_CASE, reference), mine, "%PDF-1.7 another", 16));
    view = look("legal1", reference, number);
    assert_non_null(view->letter->pdf);
    assert_ok(app_letter_pdf(&bytes, site_ctx("reader1", CD_FILE_CASE, reference), view->letter));
    assert_string_equal(bytes->data, "%PDF-1.7 made up");
    assert_ok(app_letters_waiting(&list, &count, site_ctx(NULL, 0, NULL), NULL, 100));
    for (int i = 0; i < count; i++)
        assert_string_not_equal(list[i].reference, reference);
}

/* 1 if the job would make a PDF of a letter of this case; reads one row at a time, as pages are
 * read. */
static int is_waiting(const char *reference)
{
    app_letter_wait_t *list, *after = NULL;
    int count, found = 0;

    do {
        assert_ok(app_letters_waiting(&list, &count, site_ctx(NULL, 0, NULL), after, 1));
        found |= count && !strcmp(list[0].reference, reference);
        after = list;
    } while (count);
    return found;
}

/* Let out, and replaced before the job came: the old version is filed no more. */
static void a_replaced_version_is_not_filed(void **state)
{
    const char *reference = open_case("Jon Abel"), *behind;
    int number = save("legal1", reference, 0, words()), other, signoff;

    (void)state;
    assert_ok(sign("approver1", reference, number, &approved, site_problems()));
    behind = open_case("Kay Burr");
    other = save("legal1", behind, 0, words());
    assert_ok(sign("approver1", behind, other, &approved, site_problems()));
    assert_true(is_waiting(reference) && is_waiting(behind));
    signoff = look("legal1", reference, number)->letter->signoff->seq;
    save("legal1", reference, number, words());
    assert_false(is_waiting(reference));
    assert_true(is_waiting(behind));
    assert_code(app_letter_pdf_keep(site_ctx(NULL, CD_FILE_CASE, reference), signoff,
                                    "%PDF-1.7 too late", 17),
                CD_E_STALE);
}

static void a_check_is_asked_for(void **state)
{
    const char *reference = open_case("Lou Crane");
    cd_draft_t *draft = words();
    cd_problems_t *problems = site_problems();
    int number;

    (void)state;
    draft->asked = CD_NO;
    number = save("legal1", reference, 0, draft);
    assert_int_equal(look("legal1", reference, number)->letter->state, APP_LETTER_DRAFTED);
    assert_code(sign("approver1", reference, number, &approved, problems), CD_E_INVALID);
    assert_non_null(strstr(site_problem_text(problems, ""), "Nobody has asked for a check"));
    assert_int_equal(look("legal1", reference, number)->letter->state, APP_LETTER_DRAFTED);
}

static void reasons_that_are_too_long(void **state)
{
    const char *reference = open_case("Max Dunn");
    char *reason = apr_pcalloc(site.pool, 4001);
    app_overrule_t overruled[] = { { "APOLOGY_IF", "They asked for it." },
                                   { "APOLOGY_FEEL", reason } };
    app_verdict_t verdict = { .verdict = CD_VERDICT_APPROVED,
                              .overruled = overruled,
                              .overruled_count = 2 };
    cd_problems_t *problems = site_problems();
    cd_draft_t *draft = words();
    int number;

    (void)state;
    memset(reason, 'a', 4000);
    draft->apology = "We are sorry if you feel hurt. We are sorry that you feel so.";
    number = save("legal1", reference, 0, draft);
    assert_code(sign("approver1", reference, number, &verdict, problems), CD_E_INVALID);
    assert_non_null(
        strstr(site_problem_text(problems, "overrule_APOLOGY_FEEL"), "4000 characters or fewer"));
}

static cd_err_t *mend(const char *who, const char *reference, cd_record_kind_t kind, void *body,
                      int supersedes)
{
    app_record_ask_t ask = { kind, body, version_of(reference), supersedes,
                             kind == CD_REC_WITHDRAWAL ? NULL : "The file is a better one." };
    int seq;

    return app_case_record(&seq, site_ctx(who, CD_FILE_CASE, reference), &ask, site_problems());
}

/* Neither its author nor anybody else puts another text in the place of what was let out, or takes
 * the check away. */
static void what_was_let_out_stays(void **state)
{
    const char *reference = open_case("Ida Voss");
    int number = save("legal1", reference, 0, words()), signoff;
    cd_withdrawal_t withdrawal = { .reason = "It was a mistake." };
    app_content_t content;
    cd_document_t document, *now;
    app_letter_view_t *view;
    cd_buf_t *bytes;

    (void)state;
    assert_ok(sign("approver1", reference, number, &approved, site_problems()));
    signoff = look("legal1", reference, number)->letter->signoff->seq;
    assert_ok(app_letter_pdf_keep(site_ctx(NULL, CD_FILE_CASE, reference), signoff,
                                  "%PDF-1.7 let out", 16));
    view = look("legal1", reference, number);
    document = *(const cd_document_t *)view->letter->pdf->body;
    assert_ok(app_content_stage(&content, site_ctx("legal1", CD_FILE_CASE, reference),
                                "%PDF-1.7 another", 16, "application/pdf"));
    document.content = content.id;
    document.size = content.size;
    document.sha256 = content.sha256;
    assert_code(mend("legal1", reference, CD_REC_DOCUMENT, &document, view->letter->pdf->seq),
                CD_E_INVALID);
    assert_code(mend("legal1", reference, CD_REC_WITHDRAWAL, &withdrawal, view->letter->pdf->seq),
                CD_E_INVALID);
    assert_code(mend("legal1", reference, CD_REC_WITHDRAWAL, &withdrawal, signoff), CD_E_INVALID);
    assert_code(
        mend("legal1", reference, CD_REC_WITHDRAWAL, &withdrawal, view->letter->record->seq),
        CD_E_INVALID);
    now = apr_pmemdup(site.pool, view->letter->pdf->body, sizeof(*now));
    now->disclosable = CD_NO;
    /* its marks may change */
    assert_ok(mend("legal1", reference, CD_REC_DOCUMENT, now, view->letter->pdf->seq));
    view = look("legal1", reference, number);
    assert_int_equal(view->letter->state, APP_LETTER_APPROVED);
    assert_ok(app_letter_pdf(&bytes, site_ctx("reader1", CD_FILE_CASE, reference), view->letter));
    assert_string_equal(bytes->data, "%PDF-1.7 let out");
}

static int open_with_more(void **state)
{
    if (site_open(state))
        return -1;
    site_user("approver1", CD_ROLE_APPROVER, "RZ1");
    site_user("legal1b", CD_ROLE_TRUST_LEGAL, "RZ1");
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(from_draft_to_sent), cmocka_unit_test(four_eyes),
        cmocka_unit_test(no_plain_form_goes_round),
        cmocka_unit_test(stops_and_warnings), cmocka_unit_test(given_back),
        cmocka_unit_test(stale_and_foreign),
        cmocka_unit_test(what_changed_since), cmocka_unit_test(the_pdf_is_kept_once),
        cmocka_unit_test(what_was_let_out_stays), cmocka_unit_test(a_replaced_version_is_not_filed),
        cmocka_unit_test(a_check_is_asked_for), cmocka_unit_test(reasons_that_are_too_long)
    };

    return cmocka_run_group_tests(tests, open_with_more, site_close);
}
