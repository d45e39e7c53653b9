/* letter_form.c: writing a letter: the whole form, and one paragraph in its place in the preview.
 */
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <apr_strings.h>

#include "web/case_view.h"
#include "web/changed.h"
#include "web/letter_view.h"
#include "web/page.h"
#include "web/route.h"
#include "web/url.h"

enum { PERSONS_MAX = 12, TO_PATIENT = 1 };

typedef struct answers_t {
    cd_draft_t draft;                    /* first: its fields keep their offsets */
    int person;                          /* TO_PATIENT, or 1 more than the person's seq */
} answers_t;

static const struct { const char *part, *hint; } hints[] = {
    { "opening", "A few words to this person, if you want to add any." },
    { "account", "Facts only, in everyday words. Leave a line between paragraphs." },
    { "not_known", "Say plainly what you do not know yet." },
    { "enquiries", "What is looked into, and what was found. Kind, lead and date come from the "
      "record by themselves." },
    { "apology", "Say what you are sorry for. For example: “We are sorry that we left a swab "
      "inside you. This should not "
                 "have happened.”" },
    { "support", "What can help this person now. What was offered is named by itself." },
    { "meeting", "Day, time and place, or how to choose them, and how to answer." },
    { "closing", "How to ask questions." }
};

static const char *hint_of(const char *part)
{
    size_t i;

    for (i = 0; i < sizeof(hints) / sizeof(hints[0]); i++)
        if (!strcmp(hints[i].part, part))
            return hints[i].hint;
    return NULL;
}

/* The patient, and each person on record who is not the patient. */
static const cd_token_t *people(const app_case_view_t *view, apr_pool_t *pool)
{
    cd_token_t *list = apr_pcalloc(pool, sizeof(*list) * (PERSONS_MAX + 2));
    const cd_record_t *r = NULL;
    int count = 0;

    list[count++] = (cd_token_t){ TO_PATIENT, "PATIENT", apr_pstrcat(pool, "The patient, ",
        view->patient && view->patient->name ? view->patient->name : "whose name is not on record",
        NULL) };
    while ((r = cd_case_next(view->file, CD_REC_PERSON, r)) && count <= PERSONS_MAX) {
        const cd_person_t *person = r->body;

        if (person->basis == CD_PERSON_SELF)
            continue;
        list[count++] = (cd_token_t){ r->seq + 1, apr_psprintf(pool, "ENTRY_%d", r->seq),
            apr_psprintf(pool, "%s%s%s", person->name, person->relation ? ", " : "",
                         person->relation ? person->relation : "") };
    }
    return list;
}

static const cd_field_t *draft_field(const char *name)
{
    return cd_record_field(cd_record_def(CD_REC_DRAFT), name);
}

/* The form of a letter of this kind: who and how, then its paragraphs in the order of the template.
 */
static const cd_field_t *fields_of(int *count_out, const app_letter_view_t *view, apr_pool_t *pool)
{
    static const char *const frame[] = { "language",  "print",       "dated",
                                         "signed_by", "signed_role", "contact" };
    cd_field_t *list = apr_pcalloc(pool, sizeof(*list) * 24);
    const int letter = view->made->draft->letter;
    const cd_letter_line_t *line = cd_letter_lines(letter, CD_LANGUAGE_EN);
    int count = 0, first = 1;
    size_t i;

    list[count++] = (cd_field_t){ .name = "person",
                                  .type = CD_FT_TOKEN,
                                  .offset = offsetof(answers_t, person),
                                  .flags = CD_FF_REQUIRED,
                                  .tokens = people(view->view, pool),
                                  .section = "Who and how",
                                  .label = "Who does the letter go to?",
                                  .noun = "who the letter goes to",
                                  .shown = "To" };
    for (i = 0; i < sizeof(frame) / sizeof(frame[0]); i++)
        if (strcmp(frame[i], "language")
            || (view->view->org->jurisdiction == CD_JUR_WAL
                && cd_letter_has(letter, CD_LANGUAGE_CY))) {
            list[count] = *draft_field(frame[i]);
            if (!strcmp(frame[i], "contact"))
                list[count].hint = "Leave it empty to take the contact of the case.";
            count++;
        }
    for (; line && line->kind; line++)
        if (line->kind == 'F') {
            list[count] = *draft_field(line->text);
            list[count].hint = hint_of(line->text);
            if (first)
                list[count].section = "Your words";
            first = 0;
            count++;
        }
    *count_out = count;
    return list;
}

static void person_set(answers_t *answers, const cd_draft_t *draft)
{
    answers->draft = *draft;
    answers->person = draft->person_seq ? draft->person_seq + 1 : TO_PATIENT;
}

static web_form_t *form_of(answers_t *answers, const app_letter_view_t *view, apr_pool_t *pool)
{
    int count;
    const cd_field_t *fields = fields_of(&count, view, pool);
    web_form_t *form = web_form_make(fields, count, answers, pool);

    form->version = view->view->row.version;
    return form;
}

/* Frame of the whole form. */
static void frame(web_exchange_t *x, const app_letter_view_t *view, const char *word)
{
    const char *kind = cd_token_label(cd_letters, view->made->draft->letter);
    const char *heading =
        apr_pstrcat(x->pool, view->letter->number ? "Change the letter: " : "Write a letter: ",
                    web_lower_first(kind, x->pool), NULL);

    web_letter_frame(x, view);
    web_page_title(x, apr_psprintf(x->pool, "%s, %s", heading, view->view->row.reference), heading);
    web_page_text(x->view, WN_lead,
                  "Dates, names and what was said come from the record by themselves. You write "
                  "the paragraphs. "
                  "Nothing goes out before a second person has checked it.");
    web_page_text(x->view, WN_form_url,
                  word ? web_url(x, "letter.create", view->view->row.reference, word, NULL)
                       : web_letter_url(x, view, "letter.save"));
    web_page_text(x->view, WN_submit_label, "Save and look at the letter");
    web_page_text(x->view, WN_cancel_url,
                  word ? web_url(x, "letter.list", view->view->row.reference, NULL)
                       : web_letter_url(x, view, "letter.show"));
}

/* ---- a new letter ---- */

/* What the record suggests: large print where it is asked for, and text to begin with. */
static cd_err_t *begin_new(app_letter_view_t **out, answers_t *answers, web_exchange_t *x)
{
    cd_draft_t *draft = &answers->draft;
    const char *const *part;
    const cd_person_t *person;

    draft->letter = cd_token_polite(cd_letters, x->param[1]);
    if (!draft->letter)
        return cd_err(x->pool, CD_E_NOT_FOUND, NULL, "no letter is called that");
    CD_ERR(app_letter_view(out, x->ctx, 0, draft));
    person = (*out)->made->person ? (*out)->made->person->body : NULL;
    draft->language = CD_LANGUAGE_EN;
    draft->print = person && person->format && strstr(person->format, "arge") ? CD_PRINT_LARGE
                                                                              : CD_PRINT_NORMAL;
    answers->person = TO_PATIENT;
    for (part = cd_letter_parts; *part; part++) {
        const cd_field_t *field = draft_field(*part);

        *CD_FIELD_AT(const char *, draft, field) = cd_letter_offer((*out)->made, *part, x->pool);
    }
    return NULL;
}

cd_err_t *web_letter_new(web_exchange_t *x)
{
    answers_t *answers = apr_pcalloc(x->pool, sizeof(*answers));
    app_letter_view_t *view;

    CD_ERR(begin_new(&view, answers, x));
    frame(x, view, x->param[1]);
    web_form_show(x->view, form_of(answers, view, x->pool), x);
    return NULL;
}

/* Saves what the form says; a problem shows it again by `again`. */
static cd_err_t *save(web_exchange_t *x, const app_letter_view_t *view, web_form_t *form,
                      answers_t *answers, const char *word)
{
    int number = view->letter->number;
    cd_err_t *err = NULL;

    answers->draft.person_seq = answers->person > TO_PATIENT ? answers->person - 1 : 0;
    answers->draft.asked = CD_UNSAID;
    if (!form->problems.count)
        err = app_letter_save(&number, x->ctx, number, &answers->draft, form->version,
                              &form->problems);
    if (form->problems.count || web_form_to_mend(x, form, err)) {
        frame(x, view, word);
        return web_form_again(x, form);
    }
    if (err && err->code == CD_E_STALE && x->media == WEB_HTML) {
        frame(x, view, word);
        web_page_title(x, "Changed meanwhile", "The case changed while you were writing");
        return web_form_changed(x, form, view->view->row.version, "case");
    }
    CD_ERR(err);
    return web_redirect(
        x, web_url(x, "letter.show", view->view->row.reference, apr_itoa(x->pool, number), NULL));
}

cd_err_t *web_letter_create(web_exchange_t *x)
{
    answers_t *answers = apr_pcalloc(x->pool, sizeof(*answers));
    app_letter_view_t *view;
    web_form_t *form;

    CD_ERR(begin_new(&view, answers, x));
    answers->draft = (cd_draft_t){ .letter = answers->draft.letter, .language = CD_LANGUAGE_EN };
    answers->person = 0;
    form = form_of(answers, view, x->pool);
    CD_ERR(web_form_read(form, x));
    return save(x, view, form, answers, x->param[1]);
}

/* ---- a new version ---- */

cd_err_t *web_letter_edit(web_exchange_t *x)
{
    answers_t *answers = apr_pcalloc(x->pool, sizeof(*answers));
    app_letter_view_t *view;

    CD_ERR(web_letter_find(&view, x));
    person_set(answers, view->letter->draft);
    frame(x, view, NULL);
    web_form_show(x->view, form_of(answers, view, x->pool), x);
    return NULL;
}

cd_err_t *web_letter_save(web_exchange_t *x)
{
    answers_t *answers = apr_pcalloc(x->pool, sizeof(*answers));
    app_letter_view_t *view;
    web_form_t *form;

    CD_ERR(web_letter_find(&view, x));
    answers->draft.letter = view->letter->draft->letter;
    answers->draft.language = view->letter->draft->language;
    form = form_of(answers, view, x->pool);
    CD_ERR(web_form_read(form, x));
    return save(x, view, form, answers, NULL);
}

/* ---- one paragraph, in its place ---- */

static web_form_t *part_form(answers_t *answers, const app_letter_view_t *view, const char *part,
                             apr_pool_t *pool)
{
    cd_field_t *field = apr_pmemdup(pool, draft_field(part), sizeof(*field));
    web_form_t *form;

    field->label = apr_pstrcat(
        pool, "Paragraph: ", web_lower_first(web_letter_part_label(part, pool), pool), NULL);
    field->hint = hint_of(part);
    person_set(answers, view->letter->draft);
    form = web_form_make(field, 1, answers, pool);
    form->version = view->view->row.version;
    return form;
}

static void part_frame(web_exchange_t *x, const app_letter_view_t *view, const char *part)
{
    web_letter_page(x, view, part);
    if (!part)
        return;
    web_page_text(x->view, WN_part_url,
                  web_url(x, "letter.part", view->view->row.reference,
                          apr_itoa(x->pool, view->letter->number), part, NULL));
    web_page_text(x->view, WN_cancel_url, web_letter_url(x, view, "letter.show"));
}

cd_err_t *web_letter_show(web_exchange_t *x)
{
    answers_t *answers = apr_pcalloc(x->pool, sizeof(*answers));
    app_letter_view_t *view;
    web_form_t *form;
    const char *part = strstr(x->route->pattern, "{word}") ? x->param[2] : NULL;

    CD_ERR(web_letter_find(&view, x));
    app_end(x->ctx);
    if (part
        && (!view->may_edit
            || !cd_letter_has_part(view->letter->draft->letter, view->made->language, part)))
        part = NULL;
    if (x->media != WEB_HTML) {
        web_letter_page(x, view, NULL);
        return NULL;
    }
    form = part_form(answers, view, part ? part : "closing", x->pool);
    part_frame(x, view, part);
    web_form_show(x->view, form, x);       /* the buttons are forms too */
    return NULL;
}

cd_err_t *web_letter_part(web_exchange_t *x)
{
    answers_t *answers = apr_pcalloc(x->pool, sizeof(*answers));
    const char *part = x->param[2];
    app_letter_view_t *view;
    web_form_t *form;
    cd_err_t *err = NULL;
    int number;

    CD_ERR(web_letter_find(&view, x));
    if (!cd_letter_has_part(view->letter->draft->letter, view->made->language, part))
        return cd_err(x->pool, CD_E_NOT_FOUND, NULL, "no such paragraph");
    form = part_form(answers, view, part, x->pool);
    CD_ERR(web_form_read(form, x));
    answers->draft.asked = CD_UNSAID;
    number = view->letter->number;
    if (!form->problems.count)
        err = app_letter_save(&number, x->ctx, number, &answers->draft, form->version,
                              &form->problems);
    if (form->problems.count || web_form_to_mend(x, form, err)) {
        part_frame(x, view, part);
        return web_form_again(x, form);
    }
    if (err && err->code == CD_E_STALE && x->media == WEB_HTML) {
        web_letter_frame(x, view);
        web_page_title(x, "Changed meanwhile", "The case changed while you were writing");
        web_diff_put(x, form, view->letter->draft, view->letter->record->recorded_by_name);
        web_page_text(x->view, WN_form_url, web_url(x, "letter.part", view->view->row.reference,
                                                    apr_itoa(x->pool, number), part, NULL));
        web_page_text(x->view, WN_submit_label, "Save this paragraph");
        web_page_text(x->view, WN_cancel_url, web_letter_url(x, view, "letter.show"));
        return web_form_changed(x, form, view->view->row.version, "case");
    }
    CD_ERR(err);
    return web_redirect(
        x, apr_psprintf(x->pool, "%s#part-%s", web_letter_url(x, view, "letter.show"), part));
}
