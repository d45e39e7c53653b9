/* letter_put.c: a letter, its checks and the sources of its facts as view values. */
#include <stdlib.h>
#include <string.h>

#include <apr_strings.h>

#include "web/case_view.h"
#include "web/letter_view.h"
#include "web/page.h"
#include "web/url.h"

const char *web_letter_part_label(const char *part, apr_pool_t *pool)
{
    const cd_field_t *field = cd_record_field(cd_record_def(CD_REC_DRAFT), part);

    return field ? field->shown : apr_pstrdup(pool, part);
}

/* ---- the letter ---- */

/* One value; its line ends become breaks. */
static void value_put(web_exchange_t *x, web_view_t *runs, const cd_letter_run_t *run, int *uses)
{
    const char *text = run->text, *end;

    (*uses)++;
    while (1) {
        web_view_t *item = web_add(runs);

        end = strchr(text, '\n');
        if (*text != '\n' && *text) {
            web_page_text(item, WN_text,
                          end ? apr_pstrmemdup(x->pool, text, (apr_size_t)(end - text)) : text);
            if (run->fact) {
                web_page_text(item, WN_fact_no, apr_itoa(x->pool, run->fact));
                web_page_text(item, WN_use_no, text == run->text ? apr_itoa(x->pool, *uses) : NULL);
            }
        }
        if (!end)
            return;
        web_page_flag(*text == '\n' ? item : web_add(runs), WN_is_break, 1);
        text = end + 1;
    }
}

static void runs_put(web_exchange_t *x, web_view_t *map, const cd_letter_block_t *block, int *uses)
{
    web_view_t *runs = web_page_list(map, WN_runs);
    int i;

    for (i = 0; i < block->run_count; i++)
        value_put(x, runs, &block->runs[i], uses);
}

/* The letter with this paragraph open to be written. */
static const char *write_url(const web_exchange_t *x, const app_letter_view_t *view,
                             const char *part)
{
    return apr_psprintf(x->pool, "%s#part-%s",
                        web_url(x, "letter.write", view->view->row.reference,
                                apr_itoa(x->pool, view->letter->number), part, NULL),
                        part);
}

static void free_put(web_exchange_t *x, const app_letter_view_t *view, web_view_t *map,
                     const cd_letter_block_t *block, const char *open)
{
    web_view_t *list = web_page_list(map, WN_paras);
    char *line, *last = NULL;

    for (line = block->text ? apr_strtok(apr_pstrdup(x->pool, block->text), "\n", &last) : NULL;
         line; line = apr_strtok(NULL, "\n", &last))
        web_page_text(web_add(list), WN_text, line);
    web_page_flag(map, WN_is_free, 1);
    web_page_text(map, WN_part, block->part);
    web_page_text(map, WN_part_label,
                  web_lower_first(web_letter_part_label(block->part, x->pool), x->pool));
    web_page_flag(map, WN_part_empty, block->empty);
    web_page_flag(map, WN_part_open, open && !strcmp(open, block->part));
    if (view->may_edit && view->letter->number)
        web_page_text(map, WN_edit_url, write_url(x, view, block->part));
}

static void block_put(web_exchange_t *x, const app_letter_view_t *view, web_view_t *list,
                      const cd_letter_block_t *block, const char *open, int *uses)
{
    web_view_t *map;

    if (block->kind == CD_LETTER_TO || block->kind == CD_LETTER_FROM) {
        runs_put(x,
                 web_page_map(x->view, block->kind == CD_LETTER_TO ? WN_letter_to : WN_letter_from),
                 block, uses);
        return;
    }
    if (block->empty && !view->may_edit)
        return;
    map = web_add(list);
    if (block->kind == CD_LETTER_FREE) {
        free_put(x, view, map, block, open);
        return;
    }
    web_page_flag(map,
                  block->kind == CD_LETTER_TITLE     ? WN_is_title
                  : block->kind == CD_LETTER_HEADING ? WN_is_heading
                  : block->kind == CD_LETTER_SIGN    ? WN_is_sign
                                                     : WN_is_words,
                  1);
    runs_put(x, map, block, uses);
}

void web_letter_preview(web_exchange_t *x, const app_letter_view_t *view, const char *open)
{
    web_view_t *list = web_page_list(x->view, WN_blocks);
    int uses = 0, i;

    web_page_text(x->view, WN_letter_lang, view->made->lang);
    web_page_flag(x->view, WN_letter_large, view->made->print == CD_PRINT_LARGE);
    for (i = 0; i < view->made->block_count; i++)
        block_put(x, view, list, &view->made->blocks[i], open, &uses);
}

/* ---- the checks ---- */

const char *web_letter_finding_words(const cd_letter_check_t *check, apr_pool_t *pool)
{
    const char *stops =
        check->stops ? web_count(check->stops, "thing to fix", "things to fix", pool) : NULL;
    const char *warnings =
        check->warnings ? web_count(check->warnings, "warning", "warnings", pool) : NULL;

    if (stops && warnings)
        return apr_pstrcat(pool, stops, ", ", warnings, NULL);
    return stops ? stops : warnings;
}

static void must_put(web_exchange_t *x, const app_letter_view_t *view)
{
    web_view_t *list = web_put_list(x->view, WN_musts);
    int i;

    for (i = 0; i < view->check->must_count; i++) {
        const cd_letter_must_t *must = &view->check->must[i];
        web_view_t *item = web_add(list);

        web_put_text(item, WN_code, must->code);
        web_put_text(item, WN_label, must->label);
        web_put_text(item, WN_citation, must->citation);
        web_put_flag(item, WN_there, must->there);
        web_put_flag(item, WN_doubted, must->doubted);
        web_put_flag(item, WN_stops, !must->there && !strcmp(must->code, "APOLOGY"));
        web_page_text(item, WN_text, must->there ? NULL : !strcmp(must->code, "APOLOGY")
                      ? "Missing. A missing apology cannot be overruled." : "Missing.");
        web_page_text(item, WN_fix_url,
                      !must->there && must->part && view->may_edit && view->letter->number
                              && cd_letter_has_part(view->made->draft->letter, view->made->language,
                                                    must->part)
                          ? write_url(x, view, must->part)
                          : NULL);
    }
}

static const struct { cd_letter_group_t group; const char *good; } groups[] = {
    { CD_LETTER_G_APOLOGY, "The apology has no condition" },
    { CD_LETTER_G_EMPTY, "No empty fields" },
    { CD_LETTER_G_NAME, "No other person is named" },
    { CD_LETTER_G_NUMBER, "The NHS number is right, or absent" },
    { CD_LETTER_G_WORDS, "No words that we avoid" },
    { CD_LETTER_G_PLAIN, "Plain words and short sentences" },
    { CD_LETTER_G_TO, "Goes to the right person, in the form they asked for" }
};

/* Where a finding is mended: its paragraph, or the form of the letter. */
static const char *fix_url(web_exchange_t *x, const app_letter_view_t *view,
                           const cd_letter_finding_t *f)
{
    if (!view->may_edit || !view->letter->number || !f->part)
        return NULL;
    if (cd_letter_has_part(view->made->draft->letter, view->made->language, f->part))
        return write_url(x, view, f->part);
    return apr_psprintf(x->pool, "%s#%s", web_letter_url(x, view, "letter.edit"), f->part);
}

static void finding_put(web_exchange_t *x, const app_letter_view_t *view, web_view_t *list,
                        const cd_letter_finding_t *f)
{
    web_view_t *item = web_add(list);

    web_put_text(item, WN_code, f->code);
    web_put_text(item, WN_part, f->part);
    web_put_text(item, WN_found, f->found);
    web_put_text(item, WN_sentence, f->sentence);
    web_put_text(item, WN_remedy, f->remedy);
    web_put_flag(item, WN_stops, f->severity == CD_LETTER_STOP);
    web_page_flag(item, WN_there, 0);
    web_page_text(item, WN_fix_url, fix_url(x, view, f));
    web_page_text(item, WN_label, f->part ? web_letter_part_label(f->part, x->pool) : "The letter");
}

static void safety_put(web_exchange_t *x, const app_letter_view_t *view)
{
    web_view_t *list = web_put_list(x->view, WN_safety);
    size_t g;
    int i;

    for (g = 0; g < sizeof(groups) / sizeof(groups[0]); g++) {
        int count = 0;

        for (i = 0; i < view->check->finding_count; i++)
            if (view->check->findings[i].group == groups[g].group) {
                finding_put(x, view, list, &view->check->findings[i]);
                count++;
            }
        if (!count) {
            web_view_t *item = web_add(list);

            web_page_flag(item, WN_there, 1);
            web_page_text(item, WN_label, groups[g].good);
        }
    }
}

/* One step on the way out: done, now, or not yet. */
static void step_put(web_exchange_t *x, const char *label, const char *quiet, int done, int now)
{
    web_view_t *item = web_add(web_page_list(x->view, WN_steps_done));

    web_page_text(item, WN_label, label);
    web_page_text(item, WN_quiet, quiet);
    web_page_flag(item, WN_done, done);
    web_page_flag(item, WN_now, now && !done);
}

static const char *by_whom(const cd_record_t *record, apr_pool_t *pool)
{
    return apr_psprintf(pool, "%s%s%s", record->recorded_by_name ? record->recorded_by_name : "",
                        record->recorded_by_name ? ", " : "",
                        cd_instant_words(record->recorded_at, pool));
}

static void steps_put(web_exchange_t *x, const app_letter_view_t *view)
{
    const app_letter_t *letter = view->letter;
    const cd_signoff_t *signoff = letter->signoff ? letter->signoff->body : NULL;
    const int out = letter->state == APP_LETTER_APPROVED || letter->state == APP_LETTER_SENT;

    step_put(x, letter->state == APP_LETTER_RETURNED ? "Back to the author" : "Draft",
             letter->record ? apr_psprintf(x->pool, "Version %d, %s", letter->versions,
                                           by_whom(letter->record, x->pool))
                            : "Not saved yet",
             letter->state == APP_LETTER_TO_CHECK || out, 1);
    if (letter->state == APP_LETTER_RETURNED && signoff)
        step_put(
            x, "Given back by the second person",
            apr_pstrcat(x->pool, by_whom(letter->signoff, x->pool), ": ", signoff->reason, NULL), 0,
            1);
    step_put(x, "Signed off by a second person",
             out                                    ? by_whom(letter->signoff, x->pool)
             : letter->state == APP_LETTER_TO_CHECK ? "Waits for their check"
                                                    : "Not the person who wrote it",
             out, letter->state == APP_LETTER_TO_CHECK);
    step_put(x, "Frozen",
             out && signoff && signoff->sha256
                 ? apr_psprintf(x->pool, "SHA-256 %.16s…, %" APR_INT64_T_FMT " bytes",
                                signoff->sha256, signoff->size)
                 : "The exact letter goes into the record",
             out, 0);
    step_put(x, "Sent",
             letter->sent
                 ? apr_psprintf(x->pool, "%s, see entry %d",
                                cd_when_words(letter->sent->happened, x->pool), letter->sent->seq)
                 : "With proof of sending",
             letter->state == APP_LETTER_SENT, letter->state == APP_LETTER_APPROVED);
    if (signoff && signoff->overruled && out)
        web_page_text(x->view, WN_warnings, signoff->overruled);
}

void web_letter_checks(web_exchange_t *x, const app_letter_view_t *view)
{
    must_put(x, view);
    safety_put(x, view);
    steps_put(x, view);
}

/* ---- the facts ---- */

/* The first place of each fact in the letter: uses are counted as the preview counts them. */
static int first_use(const cd_letter_made_t *made, int fact)
{
    int uses = 0, i, j;

    for (i = 0; i < made->block_count; i++)
        for (j = 0; j < made->blocks[i].run_count; j++) {
            uses++;
            if (made->blocks[i].runs[j].fact == fact)
                return uses;
        }
    return 0;
}

static void source_put(web_exchange_t *x, const app_letter_view_t *view, web_view_t *item,
                       const cd_letter_fact_t *fact)
{
    const cd_record_t *record = fact->seq ? cd_case_seq(view->view->file, fact->seq) : NULL;

    if (record) {
        web_page_text(item, WN_source_url, web_case_record_url(x, view->view, record->seq));
        web_put_text(
            item, WN_source_text,
            apr_psprintf(x->pool, "%s, entry %d", web_record_line(record, x->pool), record->seq));
        web_put_int(item, WN_seq, record->seq);
    } else if (!fact->value) {
        web_put_text(item, WN_source_text, fact->remedy);
    } else {
        web_put_text(item, WN_source_text, fact->own ? "Set in this letter" : "This case");
    }
    web_put_text(item, WN_field, fact->field);
}

void web_letter_facts(web_exchange_t *x, const app_letter_view_t *view)
{
    web_view_t *list = web_put_list(x->view, WN_letter_facts);
    int i;

    for (i = 0; i < view->made->fact_count; i++) {
        const cd_letter_fact_t *fact = &view->made->facts[i];
        web_view_t *item = web_add(list);

        web_put_text(item, WN_label, fact->label);
        web_put_text(item, WN_text, fact->value ? fact->value : "Not on record");
        web_put_flag(item, WN_missing, !fact->value);
        web_page_text(item, WN_fact_no, apr_itoa(x->pool, i + 1));
        web_page_text(item, WN_use_no, apr_itoa(x->pool, first_use(view->made, i + 1)));
        source_put(x, view, item, fact);
    }
}
