/* test_stored_codes.c: numbers of code lists that stand in rows. A number is never given to
 * another word, and no word gets another number: rows written years ago are read by them. New
 * words are added here with the next number. */
#include "unit/unit.h"

#include "domain/case.h"
#include "domain/claim.h"
#include "domain/event.h"
#include "domain/liability.h"

typedef struct code_row_t {
    const cd_token_t *list;
    const char *word;
    int number;
} code_row_t;

static const code_row_t code_rows[] = {
    { cd_actions, "CASE_CREATED", 1 },
    { cd_actions, "RECORD_ADDED", 2 },
    { cd_actions, "RECORD_CORRECTED", 3 },
    { cd_actions, "RECORD_WITHDRAWN", 4 },
    { cd_actions, "CASE_OPENED", 5 },
    { cd_actions, "CASE_CLOSED", 6 },
    { cd_actions, "CLAIM_CREATED", 7 },
    { cd_actions, "PAYMENT_RECORDED", 8 },
    { cd_actions, "PARTIES_LINKED", 9 },
    { cd_actions, "FLAG_COMPUTED", 10 },
    { cd_actions, "DECIDED", 11 },
    { cd_actions, "USER_ADDED", 12 },
    { cd_actions, "USER_CHANGED", 13 },
    { cd_actions, "ORG_ADDED", 14 },
    { cd_actions, "ORG_CHANGED", 15 },
    { cd_actions, "HOLIDAYS_IMPORTED", 16 },
    { cd_actions, "SCHEME_ADDED", 17 },
    { cd_actions, "SCHEME_ACTIVATED", 18 },
    { cd_actions, "IMPORTED", 19 },
    { cd_actions, "CASE_REOPENED", 20 },
    { cd_actions, "LETTER_APPROVED", 21 },
    { cd_actions, "LETTER_RETURNED", 22 },
    { cd_actions, "ASSIGNED", 23 },
    { cd_actions, "HANDED_OVER", 24 },
    { cd_actions, "SETTINGS_CHANGED", 25 },
    { cd_actions, "FEED_CHANGED", 26 },
    { cd_actions, "BROUGHT_IN", 27 },
    { cd_actions, "CONTENT_SWEPT", 28 },
    { cd_actions, "REMINDED", 29 },
    { cd_actions, "MESSAGES_FAILED", 30 },
    { cd_actions, "MESSAGES_RETRIED", 31 },
    { cd_actions, "SCHEME_DRAFTED", 32 },
    { cd_actions, "SCHEME_SENT_BACK", 33 },
    { cd_actions, "SCHEME_TRIED", 34 },
    { cd_actions, "CONTRIBUTION_SET", 35 },
    { cd_actions, "CONFIRMED", 36 },
    { cd_actions, "DECISION_RETURNED", 37 },
    { cd_actions, "TRUST_TOLD", 38 },
    { cd_actions, "REVIEW_ASKED", 39 },
    { cd_actions, "REVIEWED", 40 },
    { cd_actions, "RECOVERY_ASKED", 41 },
    { cd_actions, "RECEIVED", 42 },
    { cd_actions, "SHARED", 43 },
    { cd_actions, "ALLOCATED", 44 },
    { cd_actions, "RECOMPUTED", 45 },
    { cd_actions, "REPLAYED", 46 },
    { cd_actions, "CLAIM_TEAM_CHANGED", 47 },
    { cd_case_states, "RECORDED", 1 },
    { cd_case_states, "OPEN", 2 },
    { cd_case_states, "CLOSED", 3 },
    { cd_claim_schemes, "CNST", 1 },
    { cd_claim_schemes, "EX_RHAS", 2 },
    { cd_claim_schemes, "ELS", 3 },
    { cd_claim_schemes, "DHSC", 4 },
    { cd_claim_schemes, "CNSGP", 5 },
    { cd_claim_schemes, "ELSGP", 6 },
    { cd_claim_schemes, "CNSC", 7 },
    { cd_claim_statuses, "NOTIFIED", 1 },
    { cd_claim_statuses, "LETTER_OF_CLAIM", 2 },
    { cd_claim_statuses, "INVESTIGATING", 3 },
    { cd_claim_statuses, "RESPONDED", 4 },
    { cd_claim_statuses, "NEGOTIATING", 5 },
    { cd_claim_statuses, "LITIGATED", 6 },
    { cd_claim_statuses, "SETTLED_DAMAGES", 7 },
    { cd_claim_statuses, "CLOSED_NIL", 8 },
    { cd_claim_statuses, "REOPENED", 9 },
    { cd_decision_outcomes, "NONE", 1 },
    { cd_decision_outcomes, "PART", 2 },
    { cd_decision_outcomes, "FULL", 3 },
    { cd_divisions, "england-and-wales", 1 },
    { cd_divisions, "scotland", 2 },
    { cd_divisions, "northern-ireland", 3 },
    { cd_flag_states, "NOT_APPLICABLE", 1 },
    { cd_flag_states, "EVIDENCE_REQUESTED", 2 },
    { cd_flag_states, "EVIDENCE_NOT_PROVIDED", 3 },
    { cd_flag_states, "EXCUSED", 4 },
    { cd_flag_states, "CANDOUR_SHOWN", 5 },
    { cd_flag_states, "BREACH_INDICATED", 6 },
    { cd_flag_states, "NO_INCIDENT", 7 },
    { cd_jurisdictions, "ENG", 1 },
    { cd_jurisdictions, "SCO", 2 },
    { cd_jurisdictions, "WAL", 3 },
    { cd_jurisdictions, "NI", 4 },
    { cd_opinions, "NOTIFIABLE", 1 },
    { cd_opinions, "NOT", 2 },
    { cd_opinions, "UNSURE", 3 },
    { cd_person_kinds, "HEALTH_SERVICE_BODY", 1 },
    { cd_person_kinds, "OTHER", 2 },
    { cd_reg20_outcomes, "DEATH", 1 },
    { cd_reg20_outcomes, "SEVERE", 2 },
    { cd_reg20_outcomes, "MODERATE", 3 },
    { cd_reg20_outcomes, "PROLONGED_PSYCH", 4 },
    { cd_reg20_outcomes, "PROLONGED_PAIN", 5 },
    { cd_reg20_outcomes, "IMPAIRMENT_28D", 6 },
    { cd_reg20_outcomes, "STRUCTURE_CHANGE", 7 },
    { cd_reg20_outcomes, "LIFE_SHORTENED", 8 },
    { cd_reg20_outcomes, "TREATMENT_TO_PREVENT", 9 },
    { cd_reg20_outcomes, "NONE", 10 },
    { cd_roles, "ward", 1 },
    { cd_roles, "trust-legal", 2 },
    { cd_roles, "trust-reader", 3 },
    { cd_roles, "handler", 4 },
    { cd_roles, "decider", 5 },
    { cd_roles, "reviewer", 6 },
    { cd_roles, "regulator", 7 },
    { cd_roles, "auditor", 8 },
    { cd_roles, "admin", 9 },
    { cd_roles, "approver", 10 },
};

typedef struct kind_row_t {
    const char *word;
    int file, kind;
} kind_row_t;

static const kind_row_t kind_rows[] = {
    { "incident", 1, 1 }, { "patient", 1, 2 },    { "grading", 1, 3 },   { "opinion", 1, 4 },
    { "opening", 1, 5 },  { "person", 1, 6 },     { "talk", 1, 7 },      { "letter", 1, 8 },
    { "attempt", 1, 9 },  { "refusal", 1, 10 },   { "support", 1, 11 },  { "meeting", 1, 12 },
    { "enquiry", 1, 13 }, { "results", 1, 14 },   { "document", 1, 15 }, { "judgement", 1, 16 },
    { "finding", 1, 17 }, { "exemption", 1, 18 }, { "closure", 1, 19 },  { "withdrawal", 1, 20 },
    { "handover", 1, 21 }, { "join", 1, 22 },     { "return", 1, 23 },   { "annual", 1, 24 },
    { "rule-reason", 1, 25 }, { "reopening", 1, 26 }, { "assignment", 1, 27 }, { "draft", 1, 28 },
    { "signoff", 1, 29 },
    { "claim", 2, 40 },   { "status", 2, 41 },    { "parties", 2, 42 },  { "payment", 2, 43 },
    { "event", 2, 44 }, { "reserve", 2, 45 }, { "allocation", 2, 46 }, { "inquest", 2, 47 },
    { "taken-back", 2, 48 }, { "no-incident", 2, 60 }, { "request", 2, 61 }, { "answer", 2, 62 },
    { "indication", 2, 63 }, { "representation", 2, 64 }, { "for-decision", 2, 65 },
      { "confirmation", 2, 66 },
    { "told", 2, 67 }, { "review-asked", 2, 68 }, { "review", 2, 69 }, { "recovery", 2, 70 },
    { "receipt", 2, 71 }, { "shared", 2, 72 }, { "allegation", 2, 73 }, { "regulatory", 2, 74 },
    { "looked", 2, 75 },
};

static void numbers_stay(void **state)
{
    apr_size_t i;

    (void)state;
    for (i = 0; i < COUNT_OF(code_rows); i++)
        ROW_CHECK(cd_token_strict(code_rows[i].list, code_rows[i].word) == code_rows[i].number, i,
                  code_rows[i].word);
}

static int listed(const cd_token_t *list)
{
    apr_size_t i;
    int count = 0;

    for (i = 0; i < COUNT_OF(code_rows); i++)
        count += code_rows[i].list == list;
    return count;
}

/* A word that is not in the table above has not been pinned. */
static void every_word_is_pinned(void **state)
{
    const cd_token_t *list = NULL;
    apr_size_t i;
    int words;

    (void)state;
    for (i = 0; i < COUNT_OF(code_rows); i++) {
        if (code_rows[i].list == list)
            continue;
        list = code_rows[i].list;
        for (words = 0; list[words].word; words++)
            ;
        ROW_CHECK(words == listed(list), i, code_rows[i].word);
    }
}

static void record_kinds_stay(void **state)
{
    const cd_record_def_t *def;
    apr_size_t i;
    int count;

    (void)state;
    for (i = 0; i < COUNT_OF(kind_rows); i++) {
        def = cd_record_def_by_word((cd_file_kind_t)kind_rows[i].file, kind_rows[i].word);
        ROW_CHECK(def && (int)def->kind == kind_rows[i].kind, i, kind_rows[i].word);
    }
    cd_record_defs(&count);
    assert_int_equal(count, COUNT_OF(kind_rows));
}

static void plain_enums_stay(void **state)
{
    (void)state;
    assert_int_equal(CD_FILE_CASE, 1);
    assert_int_equal(CD_FILE_CLAIM, 2);
    assert_int_equal(CD_UNSAID, 0);
    assert_int_equal(CD_YES, 1);
    assert_int_equal(CD_NO, 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_stay),
        cmocka_unit_test(every_word_is_pinned),
        cmocka_unit_test(record_kinds_stay),
        cmocka_unit_test(plain_enums_stay),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
