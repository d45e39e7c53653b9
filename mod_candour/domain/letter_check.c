/* letter_check.c: what a letter must have, and what it should not say.
 *
 * A missing apology, an unfilled field and another person's number stop a letter. All else is a
 * warning, which a second person may overrule with a reason. */
#include <string.h>

#include <apr_lib.h>
#include <apr_strings.h>
#include <apr_tables.h>

#include "base/text.h"
#include "domain/letter.h"

#define WORDS_MAX 30               /* of one sentence */

/* To name an apology is not to make one: the noun counts where it is ours or is given. */
static const char says_sorry[] =
    "(?i)\\b(?:sorry|apologi[sz]e|apologi[sz]ing|sorrow|(?:we|i)(?: \\w{1,12}){0,2} regret|our "
    "regret"
    "|(?:our|my|this is|this letter is|accept|offer|give|make|owe|express|send)(?: \\w{1,12}){0,6} "
    "apolog(?:y|ies)"
    "|apologies (?:for|that))\\b";
static const char denies[] =
    "(?i)\\b(?:not|never|cannot|can['’]t|won['’]t|don['’]t|no reason to|unable to)(?: "
    "(?:be|say|need to|have to|wish to|want to|"
    "intend to|going to)){0,2} (?:sorry|apologi[sz]e|regret)\\b|\\b(?:no|nor|without an?|not an) "
    "(?:apology|apologies|regret)\\b"
    "|\\b(?:not (?:able|going|in a "
    "position|obliged|prepared|ready|required|willing)|refuse|decline|unwilling|reluctant"
    "|nothing(?: \\w{1,12}){0,2}|not (?:accept|agree|believe|feel|see|think)(?: \\w{1,12}){0,4} "
    "(?:have|need|ought|reason))"
    " to (?:be sorry|say sorry|apologi[sz]e|regret)\\b"
    "|\\bnot (?:accept|agree|believe|feel|see|think)(?: \\w{1,12}){0,4} (?:must|should) (?:be "
    "sorry|say sorry|apologi[sz]e)\\b";
static const char says_sorry_welsh[] =
    "(?i)ddrwg (?:\\w{1,12} ){0,2}(?:gennym|gen i|gennyf)|ymddiheur";
static const char denies_welsh[] = "(?i)\\b(?:nid|nad|dim) (?:\\w{1,12} ){0,3}(?:ddrwg "
                                   "(?:gennym|gen i|gennyf)|ymddiheur)|nid ymddiheur";
static const char number[] =
    "(?<![0-9])([0-9]{3})[ -]?([0-9]{3})[ -]?([0-9]{4})(?![0-9])(?! ?[0-9])";

#define RULES_MAX 64

struct cd_letter_patterns_t {
    const cd_letter_rule_t *rules;
    int count;
    cd_pattern_t *of_rule[RULES_MAX], *sorry[2], *denies[2], *number;
};

cd_err_t *cd_letter_patterns_make(cd_letter_patterns_t **out, apr_pool_t *pool)
{
    cd_letter_patterns_t *made = apr_pcalloc(pool, sizeof(*made));

    made->rules = cd_letter_rules(&made->count);
    for (int i = 0; i < made->count && i < RULES_MAX; i++)
        CD_ERR(cd_pattern_compile(&made->of_rule[i], made->rules[i].pattern, pool));
    CD_ERR(cd_pattern_compile(&made->sorry[0], says_sorry, pool));
    CD_ERR(cd_pattern_compile(&made->sorry[1], says_sorry_welsh, pool));
    CD_ERR(cd_pattern_compile(&made->denies[0], denies, pool));
    CD_ERR(cd_pattern_compile(&made->denies[1], denies_welsh, pool));
    CD_ERR(cd_pattern_compile(&made->number, number, pool));
    *out = made;
    return NULL;
}

/* Length of the sentence that `text` begins with, its end mark among it. */
static apr_size_t sentence_len(const char *text)
{
    apr_size_t i = 0;

    while (text[i] && text[i] != '\n') {
        if (strchr(".!?", text[i]) && (!text[i + 1] || text[i + 1] == ' ' || text[i + 1] == '\n'))
            return i + 1;
        i++;
    }
    return text[i] ? i + 1 : i;
}

int cd_letter_says_sorry(const cd_letter_patterns_t *patterns, int language, const char *text,
                         apr_pool_t *pool)
{
    const int i = language == CD_LANGUAGE_CY;

    for (apr_size_t len; text && *text; text += len) {
        len = sentence_len(text);
        if (cd_pattern_match(patterns->sorry[i], text, len, NULL, pool)
            && !cd_pattern_match(patterns->denies[i], text, len, NULL, pool))
            return 1;
    }
    return 0;
}

/* A check at work. */
typedef struct checker_t {
    const cd_letter_made_t *made;
    const cd_letter_patterns_t *patterns;
    apr_array_header_t *must, *findings;
    apr_pool_t *pool;
} checker_t;

static cd_letter_finding_t *found(checker_t *c, const char *code, cd_letter_severity_t severity,
                                  cd_letter_group_t group, const char *part)
{
    cd_letter_finding_t *finding = apr_array_push(c->findings);

    memset(finding, 0, sizeof(*finding));
    finding->code = code;
    finding->severity = severity;
    finding->group = group;
    finding->part = part;
    return finding;
}

/* ---- contents ---- */

#define LETTER(word_) (1u << CD_LETTER_##word_)
#define ALL_LETTERS (LETTER(FIRST) | LETTER(INVITATION) | LETTER(INTERIM) | LETTER(RESULTS) \
                     | LETTER(COULD_NOT_REACH))
#define OURS "Our own rule"

typedef struct must_row_t {
    const char *code, *label, *part;
    unsigned letters;
    const char *citation[CD_JUR_NI + 1];   /* by jurisdiction; NULL: not asked there */
} must_row_t;

/* @source SI 2014/2936 reg 20; WSI 2023/274 regs 4 to 6 (what regulation 5 lists was not found;
 * that regulation 4's contents are asked of the letter too is our own rule); SSI 2018/57 regs 5
 * to 7. */
static const must_row_t musts[] = {
    { "ACCOUNT", "An account of the facts", "account",
      LETTER(FIRST) | LETTER(INTERIM) | LETTER(RESULTS),
      { NULL, "Regulation 20(4)(a)", "Regulations 5 and 6", "Regulations 4 and 5", OURS } },
    { "NOT_KNOWN", "What is not known yet", "not_known", LETTER(FIRST) | LETTER(INTERIM), { NULL,
      OURS, OURS, OURS, OURS } },
    { "ENQUIRIES", "What enquiries follow", "enquiries", LETTER(FIRST) | LETTER(INTERIM),
      { NULL, "Regulation 20(4)(b)", "Regulation 5", "Regulations 4 and 5", OURS } },
    { "RESULTS", "What the enquiries found", "enquiries", LETTER(RESULTS),
      { NULL, "Regulation 20(4)(c)", "Regulation 7", "Regulation 6", OURS } },
    { "APOLOGY", "An apology", "apology", ALL_LETTERS,
      { NULL, "Regulation 20(4)(d)", "Section 22(2) of the 2016 Act", "Regulations 4 and 5",
        OURS } },
    { "WHY_DUTY", "Why the duty applies", NULL, LETTER(FIRST), { NULL, NULL, NULL,
      "Regulations 4 and 5", NULL } },
    { "LATE_REASON", "Why the person was told so late", NULL, LETTER(FIRST), { NULL, NULL,
      "Regulation 3", "Regulation 4(3)(g)", NULL } },
    { "MEETING", "The meeting: day, place, and how to answer", "meeting", LETTER(INVITATION),
      { NULL, OURS, "Regulation 6", OURS, OURS } },
    { "QUESTIONS", "How to send questions in advance", NULL, LETTER(INVITATION), { NULL, OURS,
      "Regulation 6", OURS, OURS } },
    { "SUPPORT", "Support", "support",
      LETTER(FIRST) | LETTER(INVITATION) | LETTER(RESULTS) | LETTER(COULD_NOT_REACH),
      { NULL, "Regulation 20(2)(b)", "Regulation 8", "Regulations 4 and 5", OURS } },
    { "CONTACT", "One person to contact", "contact", ALL_LETTERS, { NULL, OURS, "Regulation 6",
      "Regulations 4 and 5", OURS } }
};

static const char *fact_value(const checker_t *c, const char *name)
{
    for (int i = 0; i < c->made->fact_count; i++)
        if (!strcmp(c->made->facts[i].name, name))
            return c->made->facts[i].value;
    return NULL;
}

static int is_there(const checker_t *c, const must_row_t *row)
{
    const char *text = row->part ? cd_letter_part_text(c->made->draft, row->part) : NULL;

    if (!strcmp(row->code, "APOLOGY"))
        return cd_letter_says_sorry(c->patterns, c->made->language, text, c->pool);
    if (!strcmp(row->code, "ENQUIRIES"))
        return text || fact_value(c, "enquiry_kind");
    if (!strcmp(row->code, "SUPPORT"))
        return text || fact_value(c, "support");
    if (!strcmp(row->code, "CONTACT"))
        return fact_value(c, "contact") != NULL;
    if (!strcmp(row->code, "LATE_REASON"))
        return fact_value(c, "late_reason") != NULL;
    return text || !row->part;         /* without a part: the fixed words have it */
}

static void must_check(checker_t *c, const must_row_t *row, int jurisdiction)
{
    cd_letter_must_t *must = apr_array_push(c->must);
    cd_letter_finding_t *finding;

    *must = (cd_letter_must_t){ row->code, row->label,       row->citation[jurisdiction],
                                row->part, is_there(c, row), 0 };
    if (must->there)
        return;
    if (!strcmp(row->code, "APOLOGY")) {
        finding = found(c, "NO_APOLOGY", CD_LETTER_STOP, CD_LETTER_G_CONTENT, row->part);
        finding->sentence = "The letter does not say sorry.";
        finding->remedy = "Say sorry for what happened. Saying sorry is not an admission. A "
                          "missing apology cannot be "
                          "overruled.";
        return;
    }
    finding = found(c, apr_pstrcat(c->pool, "NO_", row->code, NULL), CD_LETTER_WARN,
                    CD_LETTER_G_CONTENT, row->part);
    finding->sentence = apr_psprintf(c->pool, "The letter does not have this: %s.", row->label);
    finding->remedy = !strcmp(row->code, "LATE_REASON")
                          ? "Add the reason to the talk with the person."
                          : "Add it.";
}

static void contents(checker_t *c, int late_reason_due)
{
    const int jurisdiction = c->made->file->org->jurisdiction;

    for (size_t i = 0; i < sizeof(musts) / sizeof(musts[0]); i++)
        if ((musts[i].letters & (1u << c->made->draft->letter)) && jurisdiction > 0
            && jurisdiction <= CD_JUR_NI && musts[i].citation[jurisdiction]
            && (late_reason_due || strcmp(musts[i].code, "LATE_REASON")))
            must_check(c, &musts[i], jurisdiction);
}

int cd_letter_there(const cd_letter_check_t *check, const char *code)
{
    for (int i = 0; i < check->must_count; i++)
        if (!strcmp(check->must[i].code, code))
            return check->must[i].there;
    return 0;
}

/* ---- words ---- */

static void patterns_run(checker_t *c, const char *part, const char *text)
{
    const cd_letter_patterns_t *p = c->patterns;
    const apr_size_t len = strlen(text);
    cd_match_t match;

    for (int i = 0; i < p->count; i++) {
        cd_letter_finding_t *finding;

        if (p->rules[i].language != c->made->language
            || !cd_pattern_match(p->of_rule[i], text, len, &match, c->pool))
            continue;
        finding = found(c, p->rules[i].code, p->rules[i].severity, p->rules[i].group, part);
        finding->found =
            apr_pstrmemdup(c->pool, text + match.start[0], match.end[0] - match.start[0]);
        finding->sentence = p->rules[i].sentence;
        finding->remedy = p->rules[i].remedy;
    }
}

static int word_count(const char *text, apr_size_t len)
{
    int words = 0, inside = 0;

    for (apr_size_t i = 0; i < len; i++) {
        const int part = apr_isalnum(text[i]) || (unsigned char)text[i] >= 0x80
                         || (inside && strchr("'-.,", text[i]));

        words += part && !inside;
        inside = part;
    }
    return words;
}

/* The first words of a sentence, to find it by. */
static const char *opening_words(const char *text, apr_size_t len, apr_pool_t *pool)
{
    apr_size_t end = 0;

    for (int spaces = 0; end < len && text[end] != '\n' && end < 80; end++)
        if (text[end] == ' ' && ++spaces == 6)
            break;
    while (end && ((unsigned char)text[end] & 0xc0) == 0x80)
        end--;
    return apr_pstrcat(pool, apr_pstrmemdup(pool, text, end), " …", NULL);
}

static void sentences_check(checker_t *c, const char *part, const char *text)
{
    for (apr_size_t len; *text; text += len) {
        cd_letter_finding_t *finding;
        int words;

        len = sentence_len(text);
        words = word_count(text, len);
        if (words <= WORDS_MAX)
            continue;
        finding = found(c, "LONG_SENTENCE", CD_LETTER_WARN, CD_LETTER_G_PLAIN, part);
        finding->found = opening_words(text, len, c->pool);
        finding->sentence = apr_psprintf(c->pool, "This sentence has %d words.", words);
        finding->remedy = "Make two of it. Up to 20 words are easy to read.";
        return;                        /* one a paragraph is enough to act on */
    }
}

/* Ten digits as people write an NHS number. What begins with 0 is a telephone number. */
static void numbers_check(checker_t *c, const char *part, const char *text)
{
    const cd_patient_t *patient = cd_letter_patient(c->made->file);
    cd_match_t match;

    while (cd_pattern_match(c->patterns->number, text, strlen(text), &match, c->pool)) {
        const char *typed =
            apr_pstrmemdup(c->pool, text + match.start[0], match.end[0] - match.start[0]);
        const char *digits = cd_nhs_read(typed, c->pool);
        cd_letter_finding_t *finding;

        text += match.end[0];
        if (*typed == '0'
            || (digits && patient && patient->nhs_number && !strcmp(digits, patient->nhs_number)))
            continue;
        finding = found(c, digits ? "NHS_NUMBER_OTHER" : "NHS_NUMBER_WRONG",
                        digits ? CD_LETTER_STOP : CD_LETTER_WARN, CD_LETTER_G_NUMBER, part);
        finding->found = typed;
        finding->sentence =
            digits ? "This is an NHS number, and it is not the patient’s."
                   : "This looks like an NHS number, and is none: its check digit is wrong.";
        finding->remedy = "Take it out, or correct it.";
    }
}

/* ---- names ---- */

static const char *name_of(const cd_record_t *record)
{
    return record->kind == CD_REC_PATIENT ? ((const cd_patient_t *)record->body)->name
           : record->kind == CD_REC_PERSON ? ((const cd_person_t *)record->body)->name : NULL;
}

/* Where `name` stands in `text` as whole words; NULL: nowhere. */
static const char *stands_in(const char *text, const char *name)
{
    const apr_size_t len = strlen(name);

    for (const char *at = text; len && (at = strstr(at, name)); at++) {
        const unsigned char before = at == text ? ' ' : (unsigned char)at[-1],
                            after = (unsigned char)at[len];

        if (!apr_isalnum(before) && before < 0x80 && !apr_isalnum(after)
            && (after < 0x80 || after == 0xe2))
            return at;
    }
    return NULL;
}

static const char *surname(const char *name)
{
    const char *space = strrchr(name, ' ');

    return space && strlen(space + 1) >= 4 ? space + 1 : NULL;
}

/* Names that belong into the letter: the patient's and who it goes to. */
static int belongs(const checker_t *c, const char *name)
{
    const cd_patient_t *patient = cd_letter_patient(c->made->file);
    const char *own[2] = { patient ? patient->name : NULL,
                           c->made->person ? name_of(c->made->person) : NULL };

    for (int i = 0; i < 2; i++)
        if (own[i] && stands_in(own[i], name))
            return 1;
    return 0;
}

static void name_check(checker_t *c, const cd_record_t *record, const char *part, const char *text)
{
    const char *name = name_of(record), *last = name ? surname(name) : NULL;
    const char *there = NULL;
    cd_letter_finding_t *finding;

    if (name && !belongs(c, name) && stands_in(text, name))
        there = name;
    else if (last && !belongs(c, last) && stands_in(text, last))
        there = last;
    if (!there)
        return;
    if (record->superseded_by) {
        finding = found(c, "NAME_TAKEN_BACK", CD_LETTER_STOP, CD_LETTER_G_NAME, part);
        finding->sentence = "This name was in the case by mistake and was taken back.";
    } else {
        finding = found(c, "NAME_OTHER", CD_LETTER_WARN, CD_LETTER_G_NAME, part);
        finding->sentence =
            "This is another person of the case, and the letter does not go to them.";
    }
    finding->found = there;
    finding->remedy =
        "Take the name out, if the person who gets the letter should not read it here.";
}

static void names_check(checker_t *c, const char *part, const char *text)
{
    for (int i = 0; i < c->made->file->count; i++)
        name_check(c, &c->made->file->records[i], part, text);
}

/* ---- fields, and who it goes to ---- */

static void facts_check(checker_t *c)
{
    for (int i = 0; i < c->made->fact_count; i++) {
        const cd_letter_fact_t *fact = &c->made->facts[i];
        cd_letter_finding_t *finding;

        if (fact->value)
            continue;
        finding = found(c, "NOT_ON_RECORD", CD_LETTER_STOP, CD_LETTER_G_EMPTY,
                        fact->own ? fact->field : NULL);
        finding->found = fact->label;
        finding->sentence = apr_psprintf(
            c->pool, "The letter says this, and it is not on record: %s.", fact->label);
        finding->remedy =
            apr_pstrcat(c->pool, fact->remedy ? fact->remedy : "Add it to the record", ".", NULL);
    }
}

static void to_check(checker_t *c)
{
    const cd_patient_t *patient = cd_letter_patient(c->made->file);
    const cd_person_t *person = c->made->person ? c->made->person->body : NULL;
    cd_letter_finding_t *finding;

    if ((!person || person->basis == CD_PERSON_SELF) && patient && cd_when_known(patient->died)) {
        finding = found(c, "TO_WHO_DIED", CD_LETTER_STOP, CD_LETTER_G_TO, "person");
        finding->sentence = "The letter goes to the patient, and the patient died.";
        finding->remedy = "Choose the person it goes to.";
    }
    if (c->made->person && c->made->person->superseded_by) {
        finding = found(c, "TO_TAKEN_BACK", CD_LETTER_STOP, CD_LETTER_G_TO, "person");
        finding->sentence = "The person it goes to was taken back.";
        finding->remedy = "Choose the person it goes to.";
    }
    if (!fact_value(c, "address")) {
        finding = found(c, "NO_ADDRESS", CD_LETTER_WARN, CD_LETTER_G_TO, "person");
        finding->sentence = "No postal address is on record for who it goes to.";
        finding->remedy = "Add it to the person’s entry, or say how the letter will be given.";
    }
    if (person && person->format && c->made->print != CD_PRINT_LARGE
        && (stands_in(person->format, "large") || stands_in(person->format, "Large"))) {
        finding = found(c, "PRINT", CD_LETTER_WARN, CD_LETTER_G_TO, "print");
        finding->sentence = "The person asked for large print.";
        finding->remedy = "Choose large print.";
    }
}

static void text_check(checker_t *c, const char *part, const char *text)
{
    if (!text)
        return;
    patterns_run(c, part, text);
    sentences_check(c, part, text);
    numbers_check(c, part, text);
    names_check(c, part, text);
}

static int seen_before(const cd_letter_finding_t *list, int i)
{
    for (int j = 0; j < i; j++)
        if (!strcmp(list[j].code, list[i].code))
            return 1;
    return 0;
}

/* 1 if no sentence says sorry without one of the words that make it depend on something. */
static int apology_doubted(const checker_t *c, const char *text)
{
    while (text && *text) {
        const apr_size_t len = sentence_len(text);
        const char *sentence = apr_pstrmemdup(c->pool, text, len);
        int doubts = 0;

        for (int i = 0; i < c->findings->nelts; i++) {
            const cd_letter_finding_t *one = &APR_ARRAY_IDX(c->findings, i, cd_letter_finding_t);
            doubts |=
                one->group == CD_LETTER_G_APOLOGY && one->found && strstr(sentence, one->found);
        }
        if (!doubts && cd_letter_says_sorry(c->patterns, c->made->language, sentence, c->pool))
            return 0;
        text += len;
    }
    return 1;
}

static void apology_look(const checker_t *c)
{
    for (int i = 0; i < c->must->nelts; i++) {
        cd_letter_must_t *must = &APR_ARRAY_IDX(c->must, i, cd_letter_must_t);
        if (!strcmp(must->code, "APOLOGY") && must->there)
            must->doubted = apology_doubted(c, cd_letter_part_text(c->made->draft, must->part));
    }
}

cd_letter_check_t *cd_letter_check(const cd_letter_made_t *made,
                                   const cd_letter_patterns_t *patterns, int late_reason_due,
                                   apr_pool_t *pool)
{
    cd_letter_check_t *check = apr_pcalloc(pool, sizeof(*check));
    checker_t c = { made, patterns, apr_array_make(pool, 12, sizeof(cd_letter_must_t)),
                    apr_array_make(pool, 12, sizeof(cd_letter_finding_t)), pool };

    contents(&c, late_reason_due);
    facts_check(&c);
    to_check(&c);
    for (const char *const *part = cd_letter_parts; *part; part++)
        if (cd_letter_has_part(made->draft->letter, made->language, *part))
            text_check(&c, *part, cd_letter_part_text(made->draft, *part));
    text_check(&c, "contact", made->draft->contact);
    apology_look(&c);
    check->must = (cd_letter_must_t *)c.must->elts;
    check->must_count = c.must->nelts;
    check->findings = (cd_letter_finding_t *)c.findings->elts;
    check->finding_count = c.findings->nelts;
    for (int i = 0; i < check->finding_count; i++) {
        check->stops += check->findings[i].severity == CD_LETTER_STOP;
        check->warnings +=
            check->findings[i].severity == CD_LETTER_WARN && !seen_before(check->findings, i);
    }
    return check;
}
