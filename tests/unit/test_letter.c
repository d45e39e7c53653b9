/* test_letter.c: letters: what they are made of, what they must have, and what they should not say.
 */
#include "unit.h"

#include "case_text.h"
#include "domain/letter.h"

static const char kelly[] =
    "incident title=Swab occurred=2026-10-14 reported_on=2026-10-27 "
    "facts=A_swab_was_left_inside_you.;"
    "patient name=Anna_Kelly nhs_number=9990000018;"
    "opinion given=2026-10-28 opinion=NOTIFIABLE given_by=Dr_B;"
    "opening aware=2026-10-28 contact_point=M._Ferris,_01632_960_112;"
    "person basis=SELF name=Anna_Kelly contact=4_Elm_Road,_Northvale;"
    "talk told=2026-11-04 mode=FACE_TO_FACE spoke_name=L._Abara spoke_role=consultant_surgeon "
    "spoke2_name=M._Ferris"
    " spoke2_role=matron support=COUNSELLING,ADVOCATE;"
    "enquiry type=AAR started=2026-11-05 led_by=D._Penhale expected_on=2026-12-11";

typedef struct set_t {
    cd_org_t org;
    cd_case_t *file;
    cd_draft_t draft;
    cd_letter_patterns_t *patterns;
    apr_pool_t *pool;
} set_t;

static set_t *set_make(const char *records, int jurisdiction, apr_pool_t *pool)
{
    set_t *set = apr_pcalloc(pool, sizeof(*set));

    set->org = made_org;
    set->org.jurisdiction = jurisdiction;
    set->file = made_case(records, &set->org, "2026-11-20", pool);
    set->file->reference = "CM-2026-0412";
    set->pool = pool;
    set->draft =
        (cd_draft_t){ .letter = CD_LETTER_FIRST,
                      .account = "We left a piece of cloth inside you.",
                      .not_known = "We do not know why the count was wrong.",
                      .apology =
                          "We are sorry that we left it inside you. This should not have happened.",
                      .signed_by = "R. Doe",
                      .signed_role = "Chief nurse" };
    assert_null(cd_letter_patterns_make(&set->patterns, pool));
    return set;
}

static cd_letter_made_t *made_of(set_t *set)
{
    cd_letter_ask_t ask = { set->file, &set->draft, CD_NO_DATE };

    return cd_letter_make(&ask, set->pool);
}

static cd_letter_check_t *check_of(set_t *set)
{
    return cd_letter_check(made_of(set), set->patterns, 0, set->pool);
}

static const cd_letter_finding_t *finding(const cd_letter_check_t *check, const char *code)
{
    for (int i = 0; i < check->finding_count; i++)
        if (!strcmp(check->findings[i].code, code))
            return &check->findings[i];
    return NULL;
}

static const char *html_of(set_t *set)
{
    cd_buf_t *buf = cd_buf_make(set->pool, 4096);

    cd_letter_html(buf, made_of(set));
    return buf->data;
}

static const cd_letter_fact_t *fact(const cd_letter_made_t *made, const char *name)
{
    for (int i = 0; i < made->fact_count; i++)
        if (!strcmp(made->facts[i].name, name))
            return &made->facts[i];
    return NULL;
}

static void each_pattern_finds_what_it_says(void **state)
{
    apr_pool_t *pool = *state;
    int count;
    const cd_letter_rule_t *rules = cd_letter_rules(&count);

    for (int i = 0; i < count; i++) {
        const cd_letter_rule_t *rule = &rules[i];
        cd_pattern_t *pattern;

        ROW_CHECK(!cd_pattern_compile(&pattern, rule->pattern, pool), i, rule->code);
        ROW_CHECK(rule->sentence && rule->remedy && rule->severity && rule->group && rule->language,
                  i, rule->code);
        ROW_CHECK(rule->bad[0] && rule->bad[1] && rule->good[0] && rule->good[1], i, rule->code);
        for (int j = 0; j < CD_LETTER_EXAMPLES && rule->bad[j]; j++)
            ROW_CHECK(cd_pattern_match(pattern, rule->bad[j], strlen(rule->bad[j]), NULL, pool), i,
                      rule->bad[j]);
        for (int j = 0; j < CD_LETTER_EXAMPLES && rule->good[j]; j++)
            ROW_CHECK(!cd_pattern_match(pattern, rule->good[j], strlen(rule->good[j]), NULL, pool),
                      i, rule->good[j]);
    }
}

static void what_says_sorry(void **state)
{
    static const struct { int language; const char *text; int sorry; } rows[] = {
        { CD_LANGUAGE_EN, "We are sorry that we hurt you.", 1 }, { CD_LANGUAGE_EN,
          "I apologise for the delay.", 1 },
        { CD_LANGUAGE_EN, "Please accept our apologies.", 1 }, { CD_LANGUAGE_EN,
          "We deeply regret what happened.", 1 },
        { CD_LANGUAGE_EN, "This should not have happened, and we are very sorry.", 1 },
        { CD_LANGUAGE_EN, "We could not be more sorry.", 1 }, { CD_LANGUAGE_EN, "SORRY.", 1 },
        { CD_LANGUAGE_EN, "We are not sorry. We would do it again.", 0 }, { CD_LANGUAGE_EN,
          "There is no apology here.", 0 },
        { CD_LANGUAGE_EN, "We do not need to apologise.", 0 }, { CD_LANGUAGE_EN,
          "We cannot apologise.", 0 },
        { CD_LANGUAGE_EN, "We are not sorry. No: we are sorry.", 1 }, { CD_LANGUAGE_EN,
          "Your care was fine.", 0 },
        { CD_LANGUAGE_EN, "", 0 }, { CD_LANGUAGE_EN, NULL, 0 }, { CD_LANGUAGE_EN, "A sorrystate",
          0 },
        { CD_LANGUAGE_EN, "You asked us for an apology.", 0 }, { CD_LANGUAGE_EN,
          "The board will think about an apology.", 0 },
        { CD_LANGUAGE_EN, "We are not in a position to apologise.", 0 }, { CD_LANGUAGE_EN,
          "We refuse to apologise.", 0 },
        { CD_LANGUAGE_EN, "There is nothing to be sorry for.", 0 }, { CD_LANGUAGE_EN,
          "We do not think that we should apologise.", 0 },
        { CD_LANGUAGE_EN, "We do not believe that we have to say sorry.", 0 },
        { CD_LANGUAGE_EN, "We offer you a full and sincere apology.", 1 }, { CD_LANGUAGE_EN,
          "Our sincere apologies.", 1 },
        { CD_LANGUAGE_EN, "Apologies for what happened.", 1 }, { CD_LANGUAGE_EN,
          "We owe you an apology.", 1 },
        { CD_LANGUAGE_EN, "We did not tell you and want to apologise.", 1 }, { CD_LANGUAGE_EN,
          "We are sorry. We did not do enough.", 1 },
        { CD_LANGUAGE_CY, "Mae’n ddrwg gennym am yr hyn a ddigwyddodd.", 1 }, { CD_LANGUAGE_CY,
          "Ymddiheurwn i chi.", 1 },
        { CD_LANGUAGE_CY, "Mae’n ddrwg iawn gennym.", 1 }, { CD_LANGUAGE_CY, "Nid ymddiheurwn.",
          0 },
        { CD_LANGUAGE_CY, "We are sorry.", 0 }, { CD_LANGUAGE_CY, "Roedd y gofal yn dda.", 0 }
    };
    cd_letter_patterns_t *patterns;

    assert_null(cd_letter_patterns_make(&patterns, *state));
    for (size_t i = 0; i < COUNT_OF(rows); i++)
        ROW_CHECK(cd_letter_says_sorry(patterns, rows[i].language, rows[i].text, *state)
                      == rows[i].sorry,
                  i, rows[i].text ? rows[i].text : "none");
}

static void a_good_letter_passes(void **state)
{
    set_t *set = set_make(kelly, CD_JUR_ENG, *state);
    cd_letter_check_t *check = check_of(set);
    const char *html = html_of(set);

    for (int i = 0; i < check->finding_count; i++)
        fail_msg("%s: %s", check->findings[i].code, check->findings[i].sentence);
    assert_true(cd_letter_there(check, "APOLOGY") && cd_letter_there(check, "ACCOUNT")
                && cd_letter_there(check, "ENQUIRIES"));
    assert_int_equal(check->must_count, 6);
    assert_non_null(strstr(html, "<html lang=\"en-GB\">"));
    assert_non_null(strstr(html, "<title>What happened on 14 October 2026</title>"));
    assert_non_null(strstr(html, "<p>Dear Anna Kelly</p>"));
    assert_non_null(strstr(html, "We spoke to you on 4 November 2026. For us, the talk was held by "
                                 "L. Abara, consultant surgeon, and M. Ferris, matron. "));
    assert_non_null(strstr(html, "a review with the staff who were there. D. Penhale leads it."));
    assert_non_null(strstr(html, "We expect to finish by 11 December 2026."));
    assert_non_null(strstr(html, "counselling; an advocate"));
    assert_non_null(strstr(html, "4 Elm Road, Northvale"));
    assert_null(strstr(html, "Meeting us"));       /* nobody wrote about a meeting */
    assert_null(strstr(html, "duty of candour asks"));
    assert_string_equal(html, html_of(set));
}

static void each_fact_names_its_source(void **state)
{
    set_t *set = set_make(kelly, CD_JUR_ENG, *state);
    cd_letter_made_t *made = made_of(set);
    static const struct { const char *name, *value, *field; int seq; } rows[] = {
        { "addressee", "Anna Kelly", "name", 5 }, { "incident_on", "14 October 2026", "occurred",
          1 },
        { "told_on", "4 November 2026", "told", 6 }, { "enquiry_lead", "D. Penhale", "led_by", 7 },
        { "contact", "M. Ferris, 01632 960 112", "contact_point", 4 }, { "support",
          "counselling; an advocate, who can speak for you", "support", 6 }
    };

    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        const cd_letter_fact_t *f = fact(made, rows[i].name);

        ROW_CHECK(f && f->value && !strcmp(f->value, rows[i].value) && f->seq == rows[i].seq
                      && !strcmp(f->field, rows[i].field), i, rows[i].name);
    }
    assert_true(fact(made, "signed_by")->own);
    for (int i = 0; i < made->fact_count; i++)
        assert_non_null(made->facts[i].label);
}

/* What the templates bind is a fact that there is; each letter has a title and an apology. */
static void templates_are_whole(void **state)
{
    for (int letter = CD_LETTER_FIRST; letter <= CD_LETTER_COULD_NOT_REACH; letter++)
        for (int language = CD_LANGUAGE_EN; language <= CD_LANGUAGE_CY; language++) {
            const cd_letter_line_t *line = cd_letter_lines(letter, language);
            int title = 0;

            for (; line && line->kind; line++) {
                set_t *set = set_make(kelly, CD_JUR_ENG, *state);
                cd_letter_made_t *made = made_of(set);
                const char *open = line->text;

                title += line->kind == 'T';
                while (line->kind != 'F' && (open = strchr(open, '{'))) {
                    const char *name = apr_pstrndup(*state, open + 1, strcspn(open + 1, "}"));
                    cd_letter_fact_t bound;

                    name += strncmp(name, "on ", 3) ? 0 : 3;
                    ROW_CHECK(cd_letter_bind(&bound, made, 0, name, *state), letter, name);
                    open++;
                }
                if (line->kind == 'F')
                    ROW_CHECK(cd_record_field(cd_record_def(CD_REC_DRAFT), line->text), letter,
                              line->text);
            }
            assert_int_equal(title, cd_letter_has(letter, language) ? 1 : 0);
            assert_int_equal(cd_letter_has_part(letter, language, "apology"), title);
        }
    assert_true(cd_letter_has(CD_LETTER_FIRST, CD_LANGUAGE_CY)
                && cd_letter_has(CD_LETTER_INVITATION, CD_LANGUAGE_CY));
}

static void what_is_not_on_record_stops(void **state)
{
    set_t *set = set_make("incident occurred=2026-10 title=Fall; patient name=Anna_Kelly",
                          CD_JUR_ENG, *state);
    cd_letter_check_t *check = check_of(set);
    const cd_letter_finding_t *f = finding(check, "NOT_ON_RECORD");

    assert_non_null(f);
    assert_int_equal(f->severity, CD_LETTER_STOP);
    assert_true(check->stops >= 3);     /* the talk, who spoke, the contact */
    assert_non_null(strstr(html_of(set), "We spoke to you on [not on record]."));
    assert_non_null(strstr(html_of(set), "What happened in October 2026"));
}

/* An apology that is there, but in no sentence without a condition: it stops nothing, and is not
 * called good either. */
static void apology_with_a_condition(void **state)
{
    static const struct { const char *text; int there, doubted; } rows[] = {
        { "We are sorry if you feel that your care was not what you expected.", 1, 1 },
        { "We are sorry for any pain. We apologise if this caused upset.", 1, 1 },
        { "We are sorry that we left a swab inside you. We are sorry for any pain.", 1, 0 },
        { "We are sorry that we left a swab inside you.", 1, 0 }, { "Your care was as planned.", 0,
          0 }
    };

    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        set_t *set = set_make("incident occurred=2026-10 title=Fall; patient name=Anna_Kelly",
                              CD_JUR_ENG, *state);
        cd_letter_check_t *check;
        int stops = 0;

        set->draft.apology = rows[i].text;
        check = check_of(set);
        for (int j = 0; j < check->must_count; j++)
            if (!strcmp(check->must[j].code, "APOLOGY")) {
                ROW_CHECK(check->must[j].there == rows[i].there, (int)i, "there");
                ROW_CHECK(check->must[j].doubted == rows[i].doubted, (int)i, "doubted");
            }
        for (int j = 0; j < check->finding_count; j++)
            stops |= check->findings[j].severity == CD_LETTER_STOP
                     && check->findings[j].group == CD_LETTER_G_APOLOGY;
        ROW_CHECK(!stops, (int)i, "a condition stops nothing");
    }
}

/* Real-looking letters: what is said of each. */
static void letters_and_findings(void **state)
{
    static const struct { const char *part, *text, *code; int stop; } rows[] = {
        { "apology", "We are sorry if you feel that your care was not what you expected.",
          "APOLOGY_IF", 0 },
        { "apology", "We are sorry that you feel let down.", "APOLOGY_FEEL", 0 },
        { "apology", "On behalf of the trust I would like to apologise for any distress.",
          "APOLOGY_ANY", 0 },
        { "apology", "Your care was as planned.", "NO_APOLOGY", 1 },
        { "apology", "We are not sorry.", "NO_APOLOGY", 1 },
        { "apology", "We are sorry. This is not an admission of liability.", "APOLOGY_TAKEN_BACK",
          0 },
        { "account", "On [date] we gave you the wrong medicine.", "UNFILLED", 1 },
        { "account", "Your NHS number is 943 476 5919.", "NHS_NUMBER_OTHER", 1 },
        { "account", "Your NHS number is 943 476 5918.", "NHS_NUMBER_WRONG", 0 },
        { "account", "Your NHS number is 999 000 0018.", NULL, 0 },
        { "account", "Call us on 01632 960 112 or 0123456789.", NULL, 0 },
        { "account", "The deceased was on Ward 4.", "DECEASED", 0 },
        { "account", "A swab was left inside you.", "HARD_WORDS", 0 },
        { "account", "Mistakes were made.", "NOBODY_DID_IT", 0 },
        { "account", "You did not tell us that you take aspirin.", "BLAMES_READER", 0 },
        { "account", "We told your daughter Maria Stone on the phone.", "NAME_OTHER", 0 },
        { "account", "We gave you the tablets of Peter Brand.", "NAME_TAKEN_BACK", 1 },
        { "account", "We wrote to Mr Brand by mistake.", "NAME_TAKEN_BACK", 1 },
        { "account", "Anna Kelly was on Ward 4.", NULL, 0 },
        { "account", "We branded the form. The stone was small.", NULL, 0 },
        { "account", "On the day of the operation the nurse who counted the pieces of cloth wrote "
          "down that all of them "
                     "were there and told the doctor so, and the doctor then closed the wound and "
                     "sent you to the ward.",
          "LONG_SENTENCE", 0 }
    };
    const char *records =
        apr_pstrcat(*state,
                    "patient @seq=1 name=Peter_Brand; patient @seq=2 @over=1 name=Anna_Kelly "
                    "nhs_number=9990000018;"
                    "person @seq=3 basis=LACKS_CAPACITY name=Maria_Stone;"
                    "person @seq=4 basis=SELF name=Anna_Kelly contact=4_Elm_Road; incident @seq=5 "
                    "occurred=2026-10-14 title=Fall;"
                    "opening @seq=6 contact_point=M._Ferris; talk @seq=7 told=2026-11-04 "
                    "mode=FACE_TO_FACE spoke_name=L._Abara"
                    " support=COUNSELLING; enquiry @seq=8 type=AAR",
                    NULL);

    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        set_t *set = set_make(records, CD_JUR_ENG, *state);
        cd_letter_check_t *check;
        const cd_letter_finding_t *f;

        if (!strcmp(rows[i].part, "apology"))
            set->draft.apology = rows[i].text;
        else
            set->draft.account = rows[i].text;
        check = check_of(set);
        f = rows[i].code ? finding(check, rows[i].code) : NULL;
        if (!rows[i].code && check->finding_count)
            fail_msg("row %d: %s: %s", (int)i, check->findings[0].code, check->findings[0].found);
        ROW_CHECK(!rows[i].code || f, i, rows[i].text);
        if (f) {
            ROW_CHECK(f->severity == (rows[i].stop ? CD_LETTER_STOP : CD_LETTER_WARN), i,
                      rows[i].text);
            ROW_CHECK(!strcmp(f->part, rows[i].part), i, f->part);
            ROW_CHECK((check->stops > 0) == rows[i].stop, i, rows[i].text);
        }
    }
}

static void contents_by_letter_and_law(void **state)
{
    static const struct {
        int letter, jurisdiction;
        const char *must;
        int asked;
        const char *citation;
    } rows[] = { { CD_LETTER_FIRST, CD_JUR_ENG, "APOLOGY", 1, "Regulation 20(4)(d)" },
                 { CD_LETTER_FIRST, CD_JUR_WAL, "APOLOGY", 1, "Regulations 4 and 5" },
                 { CD_LETTER_FIRST, CD_JUR_WAL, "WHY_DUTY", 1, "Regulations 4 and 5" },
                 { CD_LETTER_FIRST, CD_JUR_ENG, "WHY_DUTY", 0, NULL },
                 { CD_LETTER_FIRST, CD_JUR_NI, "APOLOGY", 1, "Our own rule" },
                 { CD_LETTER_INVITATION, CD_JUR_SCO, "QUESTIONS", 1, "Regulation 6" },
                 { CD_LETTER_INVITATION, CD_JUR_SCO, "ACCOUNT", 0, NULL },
                 { CD_LETTER_RESULTS, CD_JUR_ENG, "RESULTS", 1, "Regulation 20(4)(c)" },
                 { CD_LETTER_RESULTS, CD_JUR_WAL, "RESULTS", 1, "Regulation 6" },
                 { CD_LETTER_COULD_NOT_REACH, CD_JUR_ENG, "APOLOGY", 1, "Regulation 20(4)(d)" },
                 { CD_LETTER_COULD_NOT_REACH, CD_JUR_ENG, "ACCOUNT", 0, NULL },
                 { CD_LETTER_INTERIM, CD_JUR_ENG, "NOT_KNOWN", 1, "Our own rule" } };

    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        set_t *set = set_make(kelly, rows[i].jurisdiction, *state);
        cd_letter_check_t *check;
        const char *citation = NULL;

        set->draft.letter = rows[i].letter;
        check = check_of(set);
        for (int j = 0; j < check->must_count; j++)
            if (!strcmp(check->must[j].code, rows[i].must))
                citation = check->must[j].citation;
        ROW_CHECK((citation != NULL) == rows[i].asked, i, rows[i].must);
        ROW_CHECK(!citation || !strcmp(citation, rows[i].citation), i, citation ? citation : "");
    }
}

static void why_so_late(void **state)
{
    set_t *set = set_make(kelly, CD_JUR_WAL, *state);
    cd_letter_check_t *check = cd_letter_check(made_of(set), set->patterns, 1, *state);

    assert_non_null(finding(check, "NO_LATE_REASON"));
    set = set_make("incident occurred=2026-01-14 title=Fall; patient name=Anna_Kelly; opening "
                   "contact_point=M._Ferris;"
                   "talk told=2026-11-04 mode=TELEPHONE spoke_name=L._Abara "
                   "reason_if_late=We_had_an_old_address.",
                   CD_JUR_WAL, *state);
    check = cd_letter_check(made_of(set), set->patterns, 1, *state);
    assert_true(cd_letter_there(check, "LATE_REASON"));
    assert_non_null(strstr(html_of(set), "sooner. We had an old address."));
}

static void in_welsh(void **state)
{
    set_t *set = set_make(kelly, CD_JUR_WAL, *state);
    const char *html;

    set->draft.language = CD_LANGUAGE_CY;
    set->draft.apology = "Mae’n ddrwg gennym am yr hyn a wnaethom.";
    html = html_of(set);
    assert_non_null(strstr(html, "<html lang=\"cy\">"));
    assert_non_null(strstr(html, "Annwyl Anna Kelly"));
    assert_non_null(strstr(html, "ar 14 Hydref 2026"));
    assert_non_null(strstr(html, "ddyletswydd gonestrwydd"));
    assert_non_null(strstr(html, "cwnsela; eiriolwr"));
    assert_true(cd_letter_there(check_of(set), "APOLOGY"));
    set->draft.apology = "Mae’n ddrwg gennym os cawsoch eich brifo.";
    assert_non_null(finding(check_of(set), "APOLOGY_IF"));
    set->draft.letter = CD_LETTER_RESULTS;      /* no Welsh template: English */
    assert_non_null(strstr(html_of(set), "<html lang=\"en-GB\">"));
}

static void to_somebody_for_the_patient(void **state)
{
    set_t *set =
        set_make("incident occurred=2026-10-14 title=Fall; patient name=Anna_Kelly died=2026-10-20;"
                 "person basis=DECEASED name=Maria_Stone relation=daughter contact=7_Oak_Lane "
                 "format=large_print;"
                 "opening contact_point=M._Ferris; talk told=2026-11-04 mode=FACE_TO_FACE "
                 "spoke_name=L._Abara support=BEREAVEMENT",
                 CD_JUR_ENG, *state);

    assert_non_null(finding(check_of(set), "TO_WHO_DIED"));
    set->draft.person_seq = 3;
    set->draft.letter = CD_LETTER_INVITATION;
    set->draft.meeting = "We can come to your home on 4 May.";
    assert_null(finding(check_of(set), "TO_WHO_DIED"));
    assert_non_null(finding(check_of(set), "PRINT"));
    set->draft.print = CD_PRINT_LARGE;
    assert_null(finding(check_of(set), "PRINT"));
    assert_non_null(strstr(html_of(set), "Dear Maria Stone"));
    assert_non_null(strstr(html_of(set), "in the care of Anna Kelly"));
    assert_non_null(strstr(html_of(set), "<body class=\"large\">"));
}

static void what_is_typed_is_text(void **state)
{
    set_t *set = set_make(kelly, CD_JUR_ENG, *state);
    const char *html;

    set->draft.account = "<script>alert(1)</script>\nSecond & last";
    set->draft.signed_by = "<b>R. Doe</b>";
    html = html_of(set);
    assert_null(strstr(html, "<script"));
    assert_null(strstr(html, "<b>"));
    assert_non_null(strstr(html, "</p>\n<p>Second &amp; last</p>"));
}

/* Text that is offered passes the check, and never speaks of liability. */
static void what_is_offered_is_plain(void **state)
{
    for (int letter = CD_LETTER_FIRST; letter <= CD_LETTER_COULD_NOT_REACH; letter++)
        for (int language = CD_LANGUAGE_EN; language <= CD_LANGUAGE_CY; language++) {
            set_t *set = set_make(kelly, CD_JUR_WAL, *state);
            cd_letter_check_t *check;
            const char *offer;

            if (!cd_letter_has(letter, language))
                continue;
            set->draft.letter = letter;
            set->draft.language = language;
            set->draft.account = set->draft.not_known = NULL;
            set->draft.apology = cd_letter_offer(made_of(set), "apology", *state);
            set->draft.support = cd_letter_offer(made_of(set), "support", *state);
            set->draft.closing = cd_letter_offer(made_of(set), "closing", *state);
            check = check_of(set);
            assert_true(cd_letter_there(check, "APOLOGY"));
            for (int i = 0; i < check->finding_count; i++)
                if (check->findings[i].group != CD_LETTER_G_CONTENT
                    && check->findings[i].group != CD_LETTER_G_EMPTY)
                    fail_msg("%s", check->findings[i].code);
            offer = cd_letter_offer(made_of(set), "meeting", *state);
            assert_null(offer);
            assert_null(cd_letter_offer(made_of(set), "nothing", *state));
        }
}

static void what_changed_since(void **state)
{
    set_t *was = set_make(kelly, CD_JUR_ENG, *state), *is = set_make(kelly, CD_JUR_ENG, *state);
    const char **labels;

    assert_int_equal(cd_letter_changes(&labels, made_of(was), made_of(is), *state), 0);
    is->file = made_case(
        apr_pstrcat(*state, kelly, "; enquiry @seq=8 @over=7 type=AAR led_by=Somebody_else", NULL),
        &is->org, "2026-11-20", *state);
    is->file->reference = "CM-2026-0412";
    assert_int_equal(cd_letter_changes(&labels, made_of(was), made_of(is), *state), 2);
    assert_string_equal(labels[0], "Who leads the enquiry");
    assert_string_equal(labels[1], "Day the enquiry should be finished");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        POOL_TEST(each_pattern_finds_what_it_says), POOL_TEST(what_says_sorry),
                  POOL_TEST(a_good_letter_passes),
        POOL_TEST(each_fact_names_its_source), POOL_TEST(templates_are_whole),
                  POOL_TEST(what_is_not_on_record_stops),
        POOL_TEST(apology_with_a_condition), POOL_TEST(letters_and_findings),
                  POOL_TEST(contents_by_letter_and_law), POOL_TEST(why_so_late),
        POOL_TEST(in_welsh), POOL_TEST(to_somebody_for_the_patient),
                  POOL_TEST(what_is_typed_is_text),
        POOL_TEST(what_is_offered_is_plain), POOL_TEST(what_changed_since)
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
