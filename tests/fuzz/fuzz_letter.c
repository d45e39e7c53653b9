/* fuzz_letter.c: any text as a paragraph of a letter, and as the name of a person in the case.
 *
 * Oracles: the check ends; what it quotes stands in the text; a text that says sorry still does so
 * with more text before and behind it; the letter's HTML holds no mark that the text brought in;
 * and no pattern takes time beyond its text: half a second is a thousand times what one input
 * should need. */
#include "fuzz.h"

#include <time.h>

#include "base/text.h"
#include "domain/letter.h"

static cd_letter_patterns_t *patterns(void)
{
    static cd_letter_patterns_t *made;
    static apr_pool_t *pool;

    if (!made) {
        pool = fuzz_pool();
        FUZZ_CHECK(!cd_letter_patterns_make(&made, pool));
    }
    return made;
}

static double seconds(void)
{
    return (double)clock() / CLOCKS_PER_SEC;
}

/* Elements that the letter itself is made of; anything else came with the text. */
static void check_html(const char *html)
{
    static const char *const own[] = {
        "!DOCTYPE html>", "html lang=", "head>",    "meta ", "title>", "link ", "body class=",
        "main>",          "p>",         "p class=", "h1>",   "h2>",    "br>"
    };

    for (const char *at = html; (at = strchr(at, '<')); at++) {
        const char *name = at + 1 + (at[1] == '/');
        unsigned i, known = 0;

        if (at[1] == '/' && (!strncmp(name, "html>", 5) || !strncmp(name, "body>", 5)))
            continue;
        for (i = 0; i < sizeof(own) / sizeof(own[0]); i++)
            known |= !strncmp(name, own[i], strlen(own[i]));
        FUZZ_CHECK(known);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    apr_pool_t *pool = fuzz_pool();
    const char *text = fuzz_text(data, size, pool);
    cd_org_t org = { .code = "RZ1",
                     .name = "Northvale",
                     .jurisdiction = CD_JUR_ENG,
                     .kind = CD_HEALTH_SERVICE_BODY };
    cd_patient_t patient = { .name = "Anna Kelly", .nhs_number = "9990000018" };
    cd_person_t person = {
        .basis = CD_PERSON_LACKS_CAPACITY, .name = text, .contact = text, .format = text
    };
    cd_record_t all[2] = { { .seq = 1, .kind = CD_REC_PATIENT, .body = &patient },
                           { .seq = 2, .kind = CD_REC_PERSON, .body = &person } };
    cd_draft_t draft = { .letter = CD_LETTER_FIRST,
                         .opening = text,
                         .account = text,
                         .apology = text,
                         .closing = text };
    cd_letter_ask_t ask = { cd_case_read(all, 2, &org, cd_date_make(2026, 11, 20), pool), &draft,
                            CD_NO_DATE };
    cd_buf_t *html = cd_buf_make(pool, 4096);
    double begun = seconds();
    int sorry;

    if (size > 65536 || !cd_text_valid(text, strlen(text))) {
        apr_pool_destroy(pool);
        return 0;
    }
    for (int to = 0; to < 2; to++)
        for (draft.language = CD_LANGUAGE_EN; draft.language <= CD_LANGUAGE_CY; draft.language++) {
            cd_letter_made_t *made;
            cd_letter_check_t *check;

            draft.person_seq = to ? 2 : 0;
            made = cd_letter_make(&ask, pool);
            check = cd_letter_check(made, patterns(), 1, pool);
            for (int i = 0; i < check->finding_count; i++)
                FUZZ_CHECK(!check->findings[i].found
                           || check->findings[i].group != CD_LETTER_G_WORDS
                           || strstr(text, check->findings[i].found));
            cd_letter_html(html, made);
        }
    check_html(html->data);
    sorry = cd_letter_says_sorry(patterns(), CD_LANGUAGE_EN, text, pool);
    FUZZ_CHECK(!sorry
               || cd_letter_says_sorry(patterns(), CD_LANGUAGE_EN,
                                       apr_pstrcat(pool, "You fell.\n", text, "\nThe end.", NULL),
                                       pool));
    FUZZ_CHECK(seconds() - begun < 0.5 * (1 + (double)size / 4096));
    apr_pool_destroy(pool);
    return 0;
}
