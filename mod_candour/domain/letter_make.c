/* letter_make.c: puts a letter together from its template, the record and the draft.
 *
 * Conditions of a template's line: "self" and "other" (to the patient, or to somebody for them),
 * "wales", "scotland", and the facts "talk", "late", "enquiry", "lead", "expected", "finished",
 * "actions", "support"; "!" before one turns it round. */
#include <stdlib.h>
#include <string.h>

#include <apr_strings.h>
#include <apr_tables.h>

#include "domain/letter.h"

const char *const cd_letter_parts[] = { "opening", "account", "not_known", "enquiries", "apology",
                                        "support", "meeting", "closing",   NULL };

const char *cd_letter_part_text(const cd_draft_t *draft, const char *part)
{
    const cd_field_t *field = cd_record_field(cd_record_def(CD_REC_DRAFT), part);

    return field && field->type == CD_FT_LONG ? CD_FIELD_GET(const char *, draft, field) : NULL;
}

int cd_letter_has(int letter, int language)
{
    return cd_letter_lines(letter, language) != NULL;
}

int cd_letter_has_part(int letter, int language, const char *part)
{
    const cd_letter_line_t *line = cd_letter_lines(letter, language);

    for (; line && line->kind; line++)
        if (line->kind == 'F' && !strcmp(line->text, part))
            return 1;
    return 0;
}

/* What is being put together. */
typedef struct maker_t {
    cd_letter_made_t *made;
    cd_date_t dated;
    apr_array_header_t *facts, *blocks, *runs;   /* runs: of the block at work */
    apr_pool_t *pool;
} maker_t;

/* Index + 1 of a fact, bound at its first use; 0 if there is none of that name. */
static int fact_of(maker_t *m, const char *name)
{
    cd_letter_fact_t fact;

    for (int i = 0; i < m->facts->nelts; i++)
        if (!strcmp(APR_ARRAY_IDX(m->facts, i, cd_letter_fact_t).name, name))
            return i + 1;
    if (!cd_letter_bind(&fact, m->made, m->dated, name, m->pool))
        return 0;
    APR_ARRAY_PUSH(m->facts, cd_letter_fact_t) = fact;
    return m->facts->nelts;
}

/* Whether a fact is on record, without putting it into the letter. */
static int known(const maker_t *m, const char *name)
{
    cd_letter_fact_t fact;

    return cd_letter_bind(&fact, m->made, m->dated, name, m->pool) && fact.value;
}

static int holds(const maker_t *m, const char *word)
{
    static const struct { const char *word, *fact; } known_by[] = {
        { "talk", "told_on" }, { "late", "late_reason" }, { "enquiry", "enquiry_kind" }, { "lead",
          "enquiry_lead" },
        { "expected", "enquiry_expected" }, { "finished", "enquiry_finished" }, { "actions",
          "actions" },
        { "support", "support" }
    };
    const int self =
        !m->made->person || ((const cd_person_t *)m->made->person->body)->basis == CD_PERSON_SELF;

    if (!strcmp(word, "self"))
        return self;
    if (!strcmp(word, "other"))
        return !self;
    if (!strcmp(word, "wales"))
        return m->made->file->org->jurisdiction == CD_JUR_WAL;
    if (!strcmp(word, "scotland"))
        return m->made->file->org->jurisdiction == CD_JUR_SCO;
    for (size_t i = 0; i < sizeof(known_by) / sizeof(known_by[0]); i++)
        if (!strcmp(word, known_by[i].word))
            return known(m, known_by[i].fact);
    return 0;
}

static int applies(const maker_t *m, const char *when)
{
    char *word, *last = NULL;

    for (word = when ? apr_strtok(apr_pstrdup(m->pool, when), " ", &last) : NULL; word;
         word = apr_strtok(NULL, " ", &last))
        if (holds(m, word + (*word == '!')) == (*word == '!'))
            return 0;
    return 1;
}

static void run_add(maker_t *m, const char *text, int fact)
{
    if (!*text && !fact)
        return;
    APR_ARRAY_PUSH(m->runs, cd_letter_run_t) = (cd_letter_run_t){ text, fact };
}

static void words_add(maker_t *m, const char *text)
{
    run_add(m, text, 0);
}

static void fact_add(maker_t *m, const char *name)
{
    const int fact = fact_of(m, name);
    const char *value = fact ? APR_ARRAY_IDX(m->facts, fact - 1, cd_letter_fact_t).value : NULL;

    run_add(m, value ? value : cd_letter_language(m->made->language)->not_on_record, fact);
}

/* "on" 5 May, "in" May, "between" two days; what is missing reads as a day. */
static const char *before(const maker_t *m, const char *name)
{
    const cd_letter_language_t *words = cd_letter_language(m->made->language);
    cd_letter_fact_t fact;

    if (!cd_letter_bind(&fact, m->made, m->dated, name, m->pool))
        return words->on;
    switch (fact.precision) {
    case CD_PRECISION_MONTH: return words->in_month;
    case CD_PRECISION_YEAR: return words->in_year;
    case CD_PRECISION_SPAN: return words->between;
    default: return words->on;
    }
}

/* Words with {fact} and {on fact} in them. */
static void text_add(maker_t *m, const char *text)
{
    const char *open, *close;

    while ((open = strchr(text, '{')) && (close = strchr(open, '}'))) {
        const char *name = apr_pstrmemdup(m->pool, open + 1, (apr_size_t)(close - open - 1));

        words_add(m, apr_pstrmemdup(m->pool, text, (apr_size_t)(open - text)));
        if (!strncmp(name, "on ", 3)) {
            name += 3;
            words_add(m, apr_pstrcat(m->pool, before(m, name), " ", NULL));
        }
        fact_add(m, name);
        text = close + 1;
    }
    words_add(m, text);
}

static cd_letter_block_t *block_end(maker_t *m, cd_letter_block_kind_t kind)
{
    cd_letter_block_t *block = apr_array_push(m->blocks);

    memset(block, 0, sizeof(*block));
    block->kind = kind;
    block->runs = (cd_letter_run_t *)m->runs->elts;
    block->run_count = m->runs->nelts;
    m->runs = apr_array_make(m->pool, 8, sizeof(cd_letter_run_t));
    return block;
}

static void free_add(maker_t *m, const char *part)
{
    cd_letter_block_t *block = block_end(m, CD_LETTER_FREE);

    block->part = part;
    block->text = cd_letter_part_text(m->made->draft, part);
    block->empty = !block->text;
}

static void head_add(maker_t *m)
{
    const cd_letter_language_t *words = cd_letter_language(m->made->language);

    fact_add(m, "addressee");
    if (known(m, "address")) {
        words_add(m, "\n");
        fact_add(m, "address");
    }
    block_end(m, CD_LETTER_TO);
    fact_add(m, "trust");
    words_add(m, "\n");
    words_add(m, apr_pstrcat(m->pool, words->reference, " ", NULL));
    fact_add(m, "reference");
    words_add(m, "\n");
    words_add(m, apr_pstrcat(m->pool, words->date, " ", NULL));
    fact_add(m, "dated");
    block_end(m, CD_LETTER_FROM);
    words_add(m, apr_pstrcat(m->pool, words->dear, " ", NULL));
    fact_add(m, "addressee");
    block_end(m, CD_LETTER_WORDS);
}

static void sign_add(maker_t *m)
{
    words_add(m, cd_letter_language(m->made->language)->sincerely);
    block_end(m, CD_LETTER_WORDS);
    fact_add(m, "signed_by");
    words_add(m, "\n");
    fact_add(m, "signed_role");
    words_add(m, "\n");
    fact_add(m, "trust");
    block_end(m, CD_LETTER_SIGN);
}

/* A heading stands only above something. */
static void mark_empty(cd_letter_made_t *made)
{
    for (int i = 0; i < made->block_count; i++) {
        int j = i + 1;

        if (made->blocks[i].kind != CD_LETTER_HEADING)
            continue;
        while (j < made->block_count && made->blocks[j].kind == CD_LETTER_FREE
               && made->blocks[j].empty)
            j++;
        made->blocks[i].empty = j == made->block_count || made->blocks[j].kind == CD_LETTER_HEADING
                                || made->blocks[j].kind == CD_LETTER_SIGN;
    }
}

static const char *plain_text(const cd_letter_block_t *block, apr_pool_t *pool)
{
    const char *text = "";

    for (int i = 0; i < block->run_count; i++)
        text = apr_pstrcat(pool, text, block->runs[i].text, NULL);
    return text;
}

static const cd_record_t *newest(const cd_case_t *file, int seq)
{
    const cd_record_t *record = seq ? cd_case_seq(file, seq) : NULL;

    while (record && record->superseded_by)
        record = cd_case_seq(file, record->superseded_by);
    return record && record->kind == CD_REC_PERSON ? record : NULL;
}

/* To the patient: their own entry among the persons says how to reach them. */
static const cd_record_t *person_of(const cd_letter_ask_t *ask)
{
    const cd_record_t *r = NULL;

    if (ask->draft->person_seq)
        return newest(ask->file, ask->draft->person_seq);
    while ((r = cd_case_next(ask->file, CD_REC_PERSON, r)))
        if (((const cd_person_t *)r->body)->basis == CD_PERSON_SELF)
            return r;
    return NULL;
}

static void line_add(maker_t *m, const cd_letter_line_t *line)
{
    if (line->kind == 'F') {
        free_add(m, line->text);
        return;
    }
    text_add(m, line->text);
    block_end(m, line->kind == 'T'   ? CD_LETTER_TITLE
                 : line->kind == 'H' ? CD_LETTER_HEADING
                                     : CD_LETTER_WORDS);
}

cd_letter_made_t *cd_letter_make(const cd_letter_ask_t *ask, apr_pool_t *pool)
{
    cd_letter_made_t *made = apr_pcalloc(pool, sizeof(*made));
    maker_t m = { made, ask->dated, apr_array_make(pool, 16, sizeof(cd_letter_fact_t)),
                  apr_array_make(pool, 32, sizeof(cd_letter_block_t)),
                  apr_array_make(pool, 8, sizeof(cd_letter_run_t)), pool };
    const cd_letter_line_t *line;

    made->file = ask->file;
    made->draft = ask->draft;
    made->language =
        ask->draft->language == CD_LANGUAGE_CY && cd_letter_has(ask->draft->letter, CD_LANGUAGE_CY)
            ? CD_LANGUAGE_CY
            : CD_LANGUAGE_EN;
    made->print = ask->draft->print ? ask->draft->print : CD_PRINT_NORMAL;
    made->lang = cd_letter_language(made->language)->lang;
    made->person = person_of(ask);
    head_add(&m);
    for (line = cd_letter_lines(ask->draft->letter, made->language); line && line->kind; line++)
        if (applies(&m, line->when)) {
            line_add(&m, line);
            if (line->kind == 'T')
                made->title = plain_text(
                    &APR_ARRAY_IDX(m.blocks, m.blocks->nelts - 1, cd_letter_block_t), pool);
        }
    sign_add(&m);
    made->facts = (cd_letter_fact_t *)m.facts->elts;
    made->fact_count = m.facts->nelts;
    made->blocks = (cd_letter_block_t *)m.blocks->elts;
    made->block_count = m.blocks->nelts;
    if (!made->title)
        made->title = "";
    mark_empty(made);
    return made;
}

static const cd_letter_fact_t *fact_named(const cd_letter_made_t *made, const char *name)
{
    for (int i = 0; i < made->fact_count; i++)
        if (!strcmp(made->facts[i].name, name))
            return &made->facts[i];
    return NULL;
}

static int same(const char *a, const char *b)
{
    return a == b || (a && b && !strcmp(a, b));
}

int cd_letter_changes(const char ***labels_out, const cd_letter_made_t *was,
                      const cd_letter_made_t *is, apr_pool_t *pool)
{
    apr_array_header_t *labels = apr_array_make(pool, 4, sizeof(const char *));

    for (int i = 0; i < is->fact_count; i++) {
        const cd_letter_fact_t *old = fact_named(was, is->facts[i].name);

        if (!old || !same(old->value, is->facts[i].value))
            APR_ARRAY_PUSH(labels, const char *) = is->facts[i].label;
    }
    for (int i = 0; i < was->fact_count; i++)
        if (!fact_named(is, was->facts[i].name))
            APR_ARRAY_PUSH(labels, const char *) = was->facts[i].label;
    *labels_out = (const char **)labels->elts;
    return labels->nelts;
}

/* ---- text to begin with ---- */

static const char *told_account(const cd_letter_made_t *made)
{
    const cd_record_t *talk = cd_case_last(made->file, CD_REC_TALK);
    const cd_record_t *facts = cd_case_last(made->file, CD_REC_INCIDENT);
    const char *said = talk ? ((const cd_talk_t *)talk->body)->facts_words : NULL;

    return said ? said : facts ? ((const cd_incident_t *)facts->body)->facts : NULL;
}

static const char *told_not_known(const cd_letter_made_t *made)
{
    const cd_record_t *talk = cd_case_last(made->file, CD_REC_TALK);
    const cd_record_t *facts = cd_case_last(made->file, CD_REC_INCIDENT);
    const char *said = talk ? ((const cd_talk_t *)talk->body)->not_known : NULL;

    return said ? said : facts ? ((const cd_incident_t *)facts->body)->not_known : NULL;
}

/* Says sorry for what happened, and nothing else: no condition, no "but", nothing about blame. */
static const char *apology(const cd_letter_made_t *made, apr_pool_t *pool)
{
    cd_letter_fact_t on;
    maker_t m = { .made = (cd_letter_made_t *)made, .pool = pool };

    if (!cd_letter_bind(&on, made, CD_NO_DATE, "incident_on", pool) || !on.value)
        return made->language == CD_LANGUAGE_CY ? "Mae’n ddrwg gennym am yr hyn a ddigwyddodd."
                                                : "We are sorry for what happened.";
    return apr_pstrcat(pool,
                       made->language == CD_LANGUAGE_CY
                           ? "Mae’n ddrwg gennym am yr hyn a ddigwyddodd "
                           : "We are sorry for what happened ",
                       before(&m, "incident_on"), " ", on.value, ".", NULL);
}

const char *cd_letter_offer(const cd_letter_made_t *made, const char *part, apr_pool_t *pool)
{
    const int welsh = made->language == CD_LANGUAGE_CY;

    if (!cd_letter_has_part(made->draft->letter, made->language, part))
        return NULL;
    if (!strcmp(part, "apology"))
        return apology(made, pool);
    if (!strcmp(part, "closing"))
        return welsh ? "Gallwch ofyn cwestiynau i ni ar unrhyw adeg."
                     : "You can ask us questions at any time.";
    if (welsh)
        return NULL;                /* what is on record is in English */
    if (!strcmp(part, "account"))
        return made->draft->letter == CD_LETTER_COULD_NOT_REACH ? NULL : told_account(made);
    if (!strcmp(part, "not_known"))
        return told_not_known(made);
    if (!strcmp(part, "support"))
        return "Tell your contact what would help you.";
    return NULL;
}
