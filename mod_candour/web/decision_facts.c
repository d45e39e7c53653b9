/* decision_facts.c: see decision_facts.h. */
#include <string.h>

#include <apr_strings.h>

#include "web/decision_facts.h"
#include "web/page.h"

#define SET_MAX 31                 /* bits of a set: values 1 to 31 */
#define REASON_SETS 6

typedef struct facts_t {
    cd_token_t *list;              /* of one kind, in order; values are given when it is cut up */
    int count, max;
    apr_pool_t *pool;
} facts_t;

static facts_t facts_make(int sets, apr_pool_t *pool)
{
    facts_t facts = { NULL, 0, sets * SET_MAX, pool };

    facts.list = apr_pcalloc(pool, sizeof(*facts.list) * (apr_size_t)facts.max);
    return facts;
}

static void add(facts_t *facts, const char *word, const char *label)
{
    int i;

    for (i = 0; i < facts->count; i++)
        if (!strcmp(facts->list[i].word, word))
            return;
    if (facts->count < facts->max)
        facts->list[facts->count++] = (cd_token_t){ 0, word, label };
}

/* "E02_CM_2026_0412": letters, digits and "_", as the words of all code lists are. */
static const char *fact_word(const cd_reason_t *reason, apr_pool_t *pool)
{
    char *word = apr_psprintf(pool, "%s%s%s", reason->result->rule->code,
                              reason->case_reference ? "_" : "",
                              reason->case_reference ? reason->case_reference : "");
    char *at;

    for (at = word; *at; at++)
        if (*at == '-')
            *at = '_';
    return word;
}

static facts_t reasons_of(const cd_flag_t *flag, apr_pool_t *pool)
{
    facts_t facts = facts_make(REASON_SETS, pool);
    int i;

    for (i = 0; flag && i < flag->reason_count; i++) {
        const cd_reason_t *reason = &flag->reasons[i];
        if (reason->part != CD_REST && reason->result->rule)
            add(&facts, fact_word(reason, pool),
                apr_psprintf(pool, "%s (%s)", reason->result->sentence,
                             reason->result->rule->code));
    }
    return facts;
}

/* One entry that was cited, "CM-2026-0412 7", becomes "Entry 7 of CM-2026-0412, named by the trust
 * on ...". */
static void add_cited(facts_t *facts, const char *one, const cd_record_t *record)
{
    const char *space = strchr(one, ' ');
    char *word, *at;

    if (!space)
        return;
    word = apr_pstrcat(facts->pool, "CITED_", one, NULL);
    for (at = word; *at; at++)
        if (*at == '-' || *at == ' ')
            *at = '_';
    add(facts, word,
        apr_psprintf(facts->pool, "Entry %s of %s, named by the trust on %s", space + 1,
                     apr_pstrmemdup(facts->pool, one, (apr_size_t)(space - one)),
                     cd_date_words(cd_london_date(record->recorded_at), facts->pool)));
}

static void add_all_cited(facts_t *facts, const char *cited, const cd_record_t *record)
{
    const char *end;

    for (; cited && *cited; cited = end) {
        end = strstr(cited, ", ");
        add_cited(facts, end ? apr_pstrmemdup(facts->pool, cited, (apr_size_t)(end - cited))
                             : cited, record);
        end = end ? end + 2 : "";
    }
}

/* What the trust put forward: the entries that its answer and its representation name. */
static facts_t cited_of(const app_flag_view_t *view, apr_pool_t *pool)
{
    const cd_round_t *round = view->round ? view->round->in.round : NULL;
    facts_t facts = facts_make(WEB_FACT_SETS - REASON_SETS, pool);

    if (round && round->answer)
        add_all_cited(&facts, ((const cd_answer_t *)round->answer->body)->cited, round->answer);
    if (round && round->representation)
        add_all_cited(&facts, ((const cd_representation_t *)round->representation->body)->cited,
                      round->representation);
    return facts;
}

/* Cuts facts into sets, "NAME", "NAME_2" ...; `label` and `hint` stand over the first. */
static int cut_up(cd_field_t *out, const facts_t *facts, const cd_field_t *first)
{
    int set, i, sets = (facts->count + SET_MAX - 1) / SET_MAX;

    for (set = 0; set < sets; set++) {
        const int from = set * SET_MAX;
        const int count = facts->count - from < SET_MAX ? facts->count - from : SET_MAX;
        cd_token_t *tokens = apr_pcalloc(facts->pool, sizeof(*tokens) * (SET_MAX + 1));

        for (i = 0; i < count; i++) {
            tokens[i] = facts->list[from + i];
            tokens[i].value = i + 1;
        }
        out[set] = *first;
        out[set].type = CD_FT_SET;
        out[set].tokens = tokens;
        if (set) {
            out[set].name = apr_psprintf(facts->pool, "%s_%d", first->name, set + 1);
            out[set].label = apr_pstrcat(facts->pool, first->label, ", continued", NULL);
            out[set].section = out[set].hint = NULL;
        }
    }
    return sets;
}

int web_fact_fields(cd_field_t *out, apr_size_t offset, const app_flag_view_t *view,
                    apr_pool_t *pool)
{
    const facts_t reasons = reasons_of(view->flag->flag, pool), cited = cited_of(view, pool);
    const char *section = "1. Facts you rely on";
    const cd_field_t first = { .name = "facts", .section = section,
                               .label = "Tick each fact that you have read and rely on",
                               .noun = "the facts you rely on", .shown = "Facts relied on",
                               .hint = "The words of the apology are not in this list. "
                                       "They cannot count against the trust." };
    const cd_field_t second = { .name = "cited", .section = reasons.count ? NULL : section,
                                .label = "Tick what the trust named, if you rely on it",
                                .noun = "what the trust named", .shown = "Named by the trust" };
    int i, count = cut_up(out, &reasons, &first);

    count += cut_up(out + count, &cited, &second);
    for (i = 0; i < count; i++)
        out[i].offset = offset + (apr_size_t)i * sizeof(apr_uint32_t);
    return count;
}

const char *web_facts_first(const web_form_t *form)
{
    int i;

    for (i = 0; i < form->count; i++)
        if (form->fields[i].type == CD_FT_SET)
            return form->fields[i].name;
    return "evidence_seen";
}

/* Walks those that are ticked or not; NULL at the end. `*set` and `*fact` begin at 0 and NULL. */
static const cd_token_t *next(const web_form_t *form, const void *answers, int ticked, int *set,
                              const cd_token_t *fact)
{
    for (; *set < form->count; ++*set, fact = NULL) {
        const cd_field_t *field = &form->fields[*set];

        if (field->type != CD_FT_SET)
            continue;
        for (fact = fact ? fact + 1 : field->tokens; fact->word; fact++)
            if (!(CD_FIELD_GET(apr_uint32_t, answers, field) & (1u << fact->value)) == !ticked)
                return fact;
    }
    return NULL;
}

const char *web_facts_words(const web_form_t *form, const void *answers, int ticked,
                            apr_pool_t *pool)
{
    cd_buf_t *buf = cd_buf_make(pool, 512);
    const cd_token_t *fact = NULL;
    int set = 0;

    while ((fact = next(form, answers, ticked, &set, fact))) {
        if (buf->len)
            cd_buf_lit(buf, "\n");
        cd_buf_str(buf, fact->label);
    }
    return buf->len ? buf->data : "";
}

void web_facts_put(web_view_t *list, const web_form_t *form, const void *answers, int ticked)
{
    const cd_token_t *fact = NULL;
    int set = 0;

    while ((fact = next(form, answers, ticked, &set, fact)))
        web_put_text(web_add(list), WN_text, fact->label);
}
