/* test_record.c: the tables of records, answers read into them, values written from them, canonical
 * bytes. */
#include "unit.h"

#include "case_text.h"
#include "domain/round.h"

static const cd_record_def_t *def_of(const char *word)
{
    const cd_record_def_t *def = cd_record_def_by_word(CD_FILE_CASE, word);

    return def ? def : cd_record_def_by_word(CD_FILE_CLAIM, word);
}

static void tables(void **state)
{
    int count;
    const cd_record_def_t *defs = cd_record_defs(&count);

    (void)state;
    assert_int_equal(count, 54);
    for (int i = 0; i < count; i++) {
        int happened = 0;
        assert_ptr_equal(cd_record_def(defs[i].kind), &defs[i]);
        assert_ptr_equal(cd_record_def_by_word(defs[i].file, defs[i].word), &defs[i]);
        assert_true(defs[i].field_count > 0);
        for (int k = 0; k < defs[i].field_count; k++) {
            const cd_field_t *f = &defs[i].fields[k];
            ROW_CHECK(f->label && f->noun && f->shown, k, defs[i].word);
            ROW_CHECK(f->offset < defs[i].size, k, f->name);
            ROW_CHECK((f->type == CD_FT_TOKEN || f->type == CD_FT_SET) == (f->tokens != NULL), k,
                      f->name);
            ROW_CHECK(!strstr(f->label, "deceased") && !strstr(f->label, "passed away"), k,
                      f->label);
            ROW_CHECK(!f->max || f->min <= f->max, k, f->name);
            ROW_CHECK(cd_record_field(&defs[i], f->name) == f, k, "a name stands once");
            happened += (f->flags & CD_FF_HAPPENED) != 0;
            for (const cd_token_t *t = f->tokens; t && t->word; t++)
                ROW_CHECK(f->type != CD_FT_SET || (t->value >= 1 && t->value <= 31), k, t->word);
        }
        ROW_CHECK(happened <= 1, i, defs[i].word);
    }
    assert_null(cd_record_def((cd_record_kind_t)39));
    assert_null(cd_record_def_by_word(CD_FILE_CASE, "payment"));
    assert_null(cd_record_def_by_word(CD_FILE_CASE, NULL));
}

/* Everything about the patient and the people who act for them, and free text, is under the key. */
static void sensitive(void **state)
{
    static const struct { const char *record, *field; } rows[] = {
        { "incident", "title" }, { "incident", "description" }, { "incident", "facts" },
          { "incident", "not_known" },
        { "patient", "name" }, { "patient", "nhs_number" }, { "patient", "born_on" }, { "patient",
          "died" },
        { "grading", "reason" }, { "opinion", "reasons" }, { "opening", "note" }, { "person",
          "name" },
        { "person", "relation" }, { "person", "contact" }, { "person", "wishes" }, { "person",
          "language" },
        { "person", "format" }, { "person", "may_be_told" }, { "talk", "who_told" }, { "talk",
          "facts_words" },
        { "talk", "apology_words" }, { "talk", "not_known" }, { "talk", "reason_if_late" },
          { "attempt", "note" },
        { "refusal", "words" }, { "support", "note" }, { "meeting", "present" }, { "meeting",
          "note" },
        { "enquiry", "note" }, { "results", "note" }, { "document", "name" }, { "judgement",
          "reasons" },
        { "finding", "words" }, { "exemption", "reason" }, { "closure", "note" }, { "withdrawal",
          "reason" },
        { "letter", "proof" }, { "letter", "reason_if_late" }, { "meeting", "questions" },
          { "enquiry", "late_reason" },
        { "handover", "reason" }, { "join", "reason" }, { "return", "words" }, { "rule-reason",
          "reason" },
        { "reopening", "reason" }, { "assignment", "note" }, { "draft", "opening" }, { "draft",
          "account" },
        { "draft", "not_known" }, { "draft", "enquiries" }, { "draft", "apology" }, { "draft",
          "support" },
        { "draft", "meeting" }, { "draft", "closing" }, { "signoff", "reason" }, { "signoff",
          "overruled" },
        { "claim", "title" }, { "claim", "claimant_name" }, { "claim", "nhs_number" },
    };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        const cd_field_t *f = cd_record_field(def_of(rows[i].record), rows[i].field);
        ROW_CHECK(f && (f->flags & CD_FF_SENSITIVE), i, rows[i].field);
    }
    assert_false(cd_record_field(def_of("person"), "basis")->flags & CD_FF_SENSITIVE);
    assert_false(cd_record_field(def_of("talk"), "told")->flags & CD_FF_SENSITIVE);
}

/* One answer, and either the value in its plain form or the sentence that comes back. */
static void answers(void **state)
{
    static const struct { const char *record, *field, *typed, *plain, *problem, *part; } rows[] = {
        { "talk", "told", "2026-11-04", "2026-11-04", NULL, NULL },
        { "talk", "told", "2026-11", "2026-11", NULL, NULL },
        { "talk", "told", " 2026 ", "2026", NULL, NULL },
        { "talk", "told", "", NULL, "Enter the date you told the patient", NULL },
        { "talk", "told", NULL, NULL, "Enter the date you told the patient", NULL },
        { "talk", "told", "2026-13-01", NULL, "Date you told the patient must be a real date",
          NULL },
        { "talk", "told", "2026-02-29", NULL, "Date you told the patient must be a real date",
          NULL },
        { "talk", "told", "2026-11-25", NULL, "Date you told the patient must be today or in the "
          "past", NULL },
        { "talk", "told", "2026-11-24", "2026-11-24", NULL, NULL },
        { "incident", "reported_on", "2026-11", NULL, "Date it was reported must include a day",
          "day" },
        { "incident", "reported_on", "2026", NULL, "Date it was reported must include a day and "
          "month", "day" },
        { "enquiry", "expected_on", "2027-01-15", "2027-01-15", NULL, NULL },
        { "talk", "at", "2:30pm", "14:30", NULL, NULL }, { "talk", "at", "midnight", "00:00", NULL,
          NULL },
        { "talk", "at", "midday", "12:00", NULL, NULL }, { "talk", "at", "12am", "00:00", NULL,
          NULL },
        { "talk", "at", "12:15 PM", "12:15", NULL, NULL }, { "talk", "at", "9.05am", "09:05", NULL,
          NULL },
        { "talk", "at", "25:00", NULL, "Time must be a time, like 2:30pm", NULL },
        { "talk", "at", "13pm", NULL, "Time must be a time, like 2:30pm", NULL },
        { "talk", "at", "later", NULL, "Time must be a time, like 2:30pm", NULL },
        { "talk", "mode", "FACE_TO_FACE", "FACE_TO_FACE", NULL, NULL },
        { "talk", "mode", "face to face", "FACE_TO_FACE", NULL, NULL },
        { "talk", "mode", "pigeon", NULL, "Select how you told the patient from the list", NULL },
        { "attempt", "mode", "", NULL, "Select how you tried", NULL },
        { "talk", "apology_given", "yes", "true", NULL, NULL }, { "talk", "apology_given", "No",
          "false", NULL, NULL },
        { "talk", "apology_given", "perhaps", NULL, "Select yes or no: if you said sorry", NULL },
        { "talk", "support", "COUNSELLING, NAMED_CONTACT", "NAMED_CONTACT,COUNSELLING", NULL,
          NULL },
        { "talk", "support", "COUNSELLING,HUGS", NULL, "Select the support you offered from the "
          "list", NULL },
        { "support", "support", "", NULL, "Select the support that was offered", NULL },
        { "patient", "nhs_number", "999 000 0018", "9990000018", NULL, NULL },
        { "patient", "nhs_number", "999 000 0019", NULL,
          "NHS number must be 10 numbers that pass the NHS number check, like 999 000 0018", NULL },
        { "payment", "amount_p", "1,234.50", "123450", NULL, NULL },
        { "payment", "amount_p", "0", NULL, "Amount must be £0.01 or more", NULL },
        { "payment", "amount_p", "10000000000.01", NULL, "Amount must be an amount of money, like "
          "1,234.50",
          NULL },     /* past what can be reckoned with */
        { "payment", "amount_p", "1.234", NULL, "Amount must be an amount of money, like 1,234.50",
          NULL },
        { "payment", "amount_p", "-5", NULL, "Amount must be an amount of money, like 1,234.50",
          NULL },
        { "parties", "share_1", "70.25 %", "7025", NULL, NULL },
        { "parties", "share_1", "100.01", NULL, "Share must be 100.00% or less", NULL },
        { "parties", "trust_1", "rz1", "RZ1", NULL, NULL },
        { "parties", "trust_1", "R Z", NULL, "Organisation code must be 3 to 8 letters and "
          "numbers, like RZ1", NULL },
        { "payment", "reverses", "3", "3", NULL, NULL },
        { "payment", "reverses", "3x", NULL, "Payment this takes back must be a whole number",
          NULL },
        { "payment", "reverses", "99999999999", NULL,
          "Payment this takes back must be between 0 and 1000000000", NULL },
        { "incident", "title", "ab", NULL, "What the incident is must have 3 characters or more",
          NULL },
        { "incident", "title", "two\nlines", NULL, "What the incident is must be on one line",
          NULL },
        { "incident", "facts", "two\r\nlines", "two\nlines", NULL, NULL },
        { "incident", "title", "bell\a", NULL,
          "What the incident is must be plain text without control characters", NULL },
        { "document", "sha256", "abc", NULL, "Fingerprint must have 64 characters", NULL },
    };

    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        const cd_record_def_t *def = def_of(rows[i].record);
        const cd_field_t *field = cd_record_field(def, rows[i].field);
        void *body = apr_pcalloc(*state, def->size);
        cd_problems_t problems = { .pool = *state };
        cd_field_read(field, body, rows[i].typed, cd_date_parse("2026-11-24"), &problems);
        const char *plain = cd_field_plain(field, body, *state);
        ROW_CHECK(problems.count == (rows[i].problem != NULL), i, rows[i].typed);
        if (rows[i].problem) {
            assert_string_equal(problems.list[0].text, rows[i].problem);
            assert_string_equal(problems.list[0].field, rows[i].field);
            ROW_CHECK(!rows[i].part == !problems.list[0].part, i, "part");
            assert_null(plain);
        } else {
            assert_non_null(plain);
            assert_string_equal(plain, rows[i].plain);
        }
    }
}

static void lengths(void **state)
{
    const cd_record_def_t *def = def_of("talk");
    const cd_field_t *field = cd_record_field(def, "apology_words");
    cd_talk_t talk = { 0 };
    cd_problems_t problems = { .pool = *state };
    char *text = apr_pcalloc(*state, 1300);

    for (int i = 0; i < 600; i++)
        memcpy(text + i * 2, "é", 2);        /* 600 characters in 1,200 bytes */
    cd_field_read(field, &talk, text, 0, &problems);
    assert_int_equal(problems.count, 0);
    cd_field_read(field, &talk, apr_pstrcat(*state, text, "é", NULL), 0, &problems);
    assert_int_equal(problems.count, 1);
    assert_string_equal(problems.list[0].text,
                        "Words of the apology must have 600 characters or fewer");
}

static void words(void **state)
{
    cd_talk_t talk = { .told = { 0, 0 },
                       .at = 14 * 60 + 31,
                       .mode = CD_MODE_VIDEO,
                       .apology_given = CD_YES,
                       .support = 1u << CD_SUPPORT_NAMED_CONTACT | 1u << CD_SUPPORT_ADVOCATE };
    const cd_record_def_t *def = def_of("talk");

    assert_null(cd_field_words(cd_record_field(def, "told"), &talk, *state));
    talk.told = cd_when_day(cd_date_parse("2026-11-04"));
    assert_string_equal(cd_field_words(cd_record_field(def, "told"), &talk, *state),
                        "4 November 2026");
    assert_string_equal(cd_field_words(cd_record_field(def, "at"), &talk, *state), "2:30pm");
    assert_string_equal(cd_field_words(cd_record_field(def, "mode"), &talk, *state), "Video call");
    assert_string_equal(cd_field_words(cd_record_field(def, "apology_given"), &talk, *state),
                        "Yes");
    assert_string_equal(cd_field_words(cd_record_field(def, "support"), &talk, *state),
                        "A named person to contact and a patient advocate");
    /* the letter of a code keeps its capital */
    const cd_request_t request = { .rules = 1u << CD_RULE_E02 | 1u << CD_RULE_E09 };
    assert_string_equal(cd_field_words(cd_record_field(cd_record_def(CD_REC_REQUEST), "rules"),
                                       &request, *state),
                        "E02 The person was told and E09 Written notification");
    assert_string_equal(cd_field_typed(cd_record_field(def, "apology_given"), &talk, *state),
                        "yes");
    cd_payment_t payment = { .amount_p = 123450 };
    assert_string_equal(
        cd_field_words(cd_record_field(def_of("payment"), "amount_p"), &payment, *state),
        "£1,234.50");
    assert_string_equal(
        cd_field_typed(cd_record_field(def_of("payment"), "amount_p"), &payment, *state),
        "1234.50");
}

/* A body with every field of every kind filled, through the plain form. */
static void *filled(const cd_record_def_t *def, apr_pool_t *pool)
{
    void *body = apr_pcalloc(pool, def->size);
    for (int i = 0; i < def->field_count; i++) {
        const cd_field_t *f = &def->fields[i];
        const char *plain = "12:3:4 text";
        switch (f->type) {
        case CD_FT_TOKEN: plain = f->tokens[0].word; break;
        case CD_FT_SET:
            plain = apr_pstrcat(pool, f->tokens[0].word, ",", f->tokens[1].word, NULL);
            break;
        case CD_FT_YESNO: plain = "false"; break;
        case CD_FT_WHEN: plain = "2026-02"; break;
        case CD_FT_DATE: plain = "2026-02-28"; break;
        case CD_FT_MINUTES: plain = "00:00"; break;
        case CD_FT_PENCE: case CD_FT_BP: case CD_FT_INT: case CD_FT_SEQ: plain = "7"; break;
        case CD_FT_NHS: plain = "9990000018"; break;
        case CD_FT_ODS: plain = "RZ1"; break;
        default: break;
        }
        assert_true(cd_field_store(f, body, plain, pool));
    }
    return body;
}

static void bytes_round_trip(void **state)
{
    int count;
    const cd_record_def_t *defs = cd_record_defs(&count);

    for (int i = 0; i < count; i++) {
        void *body = filled(&defs[i], *state), *back = apr_pcalloc(*state, defs[i].size);
        const char *open, *hidden, *all, *again;
        apr_size_t open_len, hidden_len, all_len, again_len;
        cd_body_encode(&open, &open_len, &defs[i], body, CD_OPEN_FIELDS, *state);
        cd_body_encode(&hidden, &hidden_len, &defs[i], body, CD_SENSITIVE_FIELDS, *state);
        cd_body_encode(&all, &all_len, &defs[i], body, CD_ALL_FIELDS, *state);
        assert_int_equal(open_len + hidden_len, all_len);
        assert_null(cd_body_decode(back, &defs[i], hidden, hidden_len, *state));
        assert_null(cd_body_decode(back, &defs[i], open, open_len, *state));
        cd_body_encode(&again, &again_len, &defs[i], back, CD_ALL_FIELDS, *state);
        assert_int_equal(again_len, all_len);
        assert_memory_equal(again, all, all_len);
        /* an empty body is no bytes at all */
        memset(back, 0, defs[i].size);
        cd_body_encode(&again, &again_len, &defs[i], back, CD_ALL_FIELDS, *state);
        assert_int_equal(again_len, 0);
    }
}

static void canonical_form(void **state)
{
    cd_withdrawal_t body = { "Wrong patient" };
    const char *bytes;
    apr_size_t len;

    cd_body_encode(&bytes, &len, cd_record_def(CD_REC_WITHDRAWAL), &body, CD_ALL_FIELDS, *state);
    assert_string_equal(bytes, "6:reason13:Wrong patient");
    assert_int_equal(len, strlen(bytes));
}

static void broken_bytes(void **state)
{
    static const char *const rows[] = {
        "6:reason13:Wrong patien", "6:reason14:Wrong patient", "06:reason1:x", "6:reason01:x",
        "6:reaso", "x", ":",
        "6:reason", "7:reasons1:x", "6:reason1:x6:reason1:x", "6:reason0:", "-1:reason1:x",
        "99999999999999999999:x1:x",
        "6:reason1:\a", "6:reason2:\xC3(", "5:other1:x",
    };
    cd_withdrawal_t body = { 0 };

    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        cd_err_t *err = cd_body_decode(&body, cd_record_def(CD_REC_WITHDRAWAL), rows[i],
                                       strlen(rows[i]), *state);
        ROW_CHECK(err && err->code == CD_E_TAMPERED, i, rows[i]);
    }
    static const char *const talks[] = {
        "4:mode6:PIGEON", "4:mode12:face_to_face", "13:apology_given3:yes", "4:told10:2026-02-30",
        "2:at4:9:30",
        "7:support24:COUNSELLING,NAMED_CONTACT", "4:told4:20264:mode5:VIDEO3:foo1:x",
        "4:mode5:VIDEO4:told4:2026",
        "12:incident_seq1:0", "12:incident_seq2:-1", "12:incident_seq2:01",
    };
    for (size_t i = 0; i < COUNT_OF(talks); i++) {
        cd_talk_t talk = { 0 };
        cd_err_t *err =
            cd_body_decode(&talk, cd_record_def(CD_REC_TALK), talks[i], strlen(talks[i]), *state);
        ROW_CHECK(err && err->code == CD_E_TAMPERED, i, talks[i]);
    }
}

/* What must hold across answers: the record, and the fields with a problem. */
static void across(void **state)
{
    static const struct { const char *text, *problems; } rows[] = {
        { "talk told=2026-10-13 mode=FACE_TO_FACE",
          "told: Date you told the patient must be the same as or after 14 October 2026, when the "
          "incident happened" },
        { "talk told=2026-10 mode=FACE_TO_FACE", "" },     /* may have been after the 14th */
        { "talk told=2026-10-14 mode=TELEPHONE", "why_not_in_person: Enter why it was not face to "
          "face" },
        { "talk told=2026-10-14 mode=TELEPHONE why_not_in_person=Abroad", "" },
        { "talk told=2026-10-14 mode=LETTER",
          "mode: Select face to face, video call or telephone. Log a letter or email as a written "
          "notification" },
        { "talk told=2026-10-14 spoke_role=Matron", "spoke_name: Enter the name of who spoke for "
          "the trust" },
        { "talk told=2026-10-14 support=NONE,ADVOCATE", "support: Select what was offered, or "
          "“None”, not both" },
        { "talk told=2026-10-16 noted_on=2026-10-15",
          "noted_on: Date the talk was written up must be the same as or after 16 October 2026, "
          "when you told the "
          "patient" },
        { "letter dated=2026-10-20 sent=2026-10-19",
          "sent: Date it was given or sent must be the same as or after 20 October 2026, the date "
          "of the letter" },
        { "letter dated=2026-10-20 proof=Slip", "sent: Enter the date it was given or sent" },
        { "opinion given=2026-10-20 profession=NOT_HEALTHCARE",
          "profession: The opinion must be a doctor’s, nurse’s or other healthcare "
          "professional’s" },
        { "opening aware=2026-10-13",
          "aware: Date the trust became aware must be the same as or after 14 October 2026, when "
          "the incident happened" },
        /* against the opinion: app and the case file's reader */
        { "opening aware=2026-11-01", "" },
        { "opening aware=2026-10-30", "" },
        { "refusal refused=2026-11-01", "words: Enter how they said so, who they said it to, or "
          "what they said" },
        { "enquiry type=AAR started=2026-11-09 signed_off=2026-11-08",
          "signed_off: Date it was signed off must be the same as or after 9 November 2026, when "
          "it started" },
        { "document kind=OTHER name=Sheet withheld=yes", "withheld_reason: Enter why it is "
          "withheld" },
        { "judgement rule=C01 judgement=REASONABLE",
          "rule: Select another rule. C01 goes by its dates" },
        { "judgement rule=S06 judgement=REASONABLE", "rule: Select another rule. S06 goes by its "
          "dates" },
        { "judgement rule=DUTY judgement=REASONABLE",
          "rule: Select a single rule. The duty as a whole can only be found on" },
        { "enquiry type=OTHER started=2026-11-09 late_told=2026-12-09",
          "late_reason: Enter why it is not finished in time" },
        { "annual year_end=2027-03-31 published=2027-03-30 source=S",
          "published: Date it was published must be the same as or after 31 March 2027, the last "
          "day of its year" },
        { "finding rule=E02 outcome=MET finder=TRUST",
          "outcome: Select what the trust admits: not met, or done too late" },
        { "finding rule=E02 outcome=NOT_MET finder=COURT", "body_name: Enter the name of the "
          "court or body" },
        { "incident title=Fall occurred=2026-10-14 reported_on=2026-10-13",
          "reported_on: Date it was reported must be the same as or after 14 October 2026, when "
          "it happened" },
        { "patient name=A born_on=2026-10-14 died=2026-10-13",
          "died: Date the patient died must be the same as or after 14 October 2026, the date of "
          "birth" },
    };
    cd_head_dates_t head = { cd_when_day(cd_date_parse("2026-10-14")), cd_date_parse("2026-10-28"),
                             cd_date_parse("2026-10-30") };

    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        made_t *made = made_records(rows[i].text, CD_FILE_CASE, *state);
        cd_problems_t problems = { .pool = *state };
        const char *got = "";
        cd_record_check(made->list[0].kind, made->list[0].body, &head, cd_date_parse("2026-11-24"),
                        &problems);
        for (int k = 0; k < problems.count; k++)
            got = apr_pstrcat(*state, got, *got ? "; " : "", problems.list[k].field, ": ",
                              problems.list[k].text, NULL);
        assert_string_equal(got, rows[i].problems);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        POOL_TEST(tables), POOL_TEST(sensitive), POOL_TEST(answers), POOL_TEST(lengths),
                  POOL_TEST(words),
        POOL_TEST(bytes_round_trip), POOL_TEST(canonical_form), POOL_TEST(broken_bytes),
                  POOL_TEST(across),
    };

    return cmocka_run_group_tests_name("record", tests, NULL, NULL);
}
