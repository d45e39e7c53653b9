/* report_letter.c: the letters of the round: evidence is asked for, a sum is indicated, a decision
 * is told.
 *
 * One page each, in plain words, from the same facts as the report. The decision's letter is signed
 * with the name of the person who decided; the others with that of the person who wrote the record.
 */
#include <string.h>

#include <apr_strings.h>

#include "base/text.h"
#include "domain/report_make.h"

static void tagged(cd_buf_t *out, const char *open, const char *text, const char *close)
{
    cd_buf_str(out, open);
    cd_esc_html(out, text);
    cd_buf_str(out, close);
    cd_buf_lit(out, "\n");
}

static void para(cd_buf_t *out, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
static void para(cd_buf_t *out, const char *fmt, ...)
{
    va_list args;

    va_start(args, fmt);
    tagged(out, "<p>", apr_pvsprintf(out->pool, fmt, args), "</p>");
    va_end(args);
}

static void heading(cd_buf_t *out, const char *text)
{
    tagged(out, "<h2>", text, "</h2>");
}

/* What a person wrote, line by line. */
static void quote(cd_buf_t *out, const char *text)
{
    char *last = NULL, *line;

    cd_buf_lit(out, "<blockquote>\n");
    for (line = apr_strtok(apr_pstrdup(out->pool, text ? text : ""), "\n", &last); line;
         line = apr_strtok(NULL, "\n", &last))
        tagged(out, "<p>", line, "</p>");
    cd_buf_lit(out, "</blockquote>\n");
}

static void list_open(cd_buf_t *out) { cd_buf_lit(out, "<ul>\n"); }
static void list_close(cd_buf_t *out) { cd_buf_lit(out, "</ul>\n"); }
static void item(cd_buf_t *out, const char *text) { tagged(out, "<li>", text, "</li>"); }

static void letter_open(cd_buf_t *out, const cd_report_facts_t *f, const char *title,
                        const char *by, cd_date_t on)
{
    cd_report_head(out, title, "letter");
    tagged(out, "<p class=\"to\">", f->org_name,
           "<br>For the chief executive and the legal team</p>");
    cd_buf_lit(out, "<p class=\"from\">");
    tagged(out, "From: ", by, ", for the scheme<br>");
    tagged(out, "Claim: ", f->reference, "<br>");
    tagged(out, "Date: ", on ? cd_date_words(on, out->pool) : "not sent yet", "</p>");
    tagged(out, "<h1>", title, "</h1>");
    cd_buf_lit(out, "<p>Dear colleagues,</p>\n");
}

static void letter_close(cd_buf_t *out, const char *name, const char *role)
{
    cd_buf_lit(out, "<p>Yours sincerely,</p>\n");
    tagged(out, "<p class=\"sign\">", name, "<br>");
    cd_esc_html(out, role);
    cd_buf_lit(out, "</p>\n<p class=\"end\">End of the letter</p>\n</main>\n</body>\n</html>\n");
}

static void unchanged(cd_buf_t *out)
{
    heading(out, "What this does not change");
    list_open(out);
    item(out, "The claimant is not affected. The claimant is paid in full, whatever your trust is "
              "asked to pay.");
    item(out, "An apology can never make things worse for your trust. It is not an admission of "
              "liability (Compensation"
              " Act 2006, section 2), and nobody counts its words.");
    list_close(out);
}

static const char *decision_title(const cd_report_facts_t *f, apr_pool_t *pool)
{
    const apr_int64_t asked_p = cd_rep_asked(f);

    return asked_p
               ? apr_psprintf(pool, "Your trust is asked to pay %s %s %s",
                              cd_pence_words(asked_p, pool), cd_rep_towards(f), f->reference)
               : apr_psprintf(pool, "Your trust has nothing to pay towards claim %s", f->reference);
}

/* A decision is reviewed once: after that the letter says how the review ended. */
static void letter_reviewed(cd_buf_t *out, const cd_report_facts_t *f)
{
    const cd_record_t *record = f->stand->review;
    const cd_review_t *review = record->body;

    heading(out, "How the review ended");
    para(out,
         "On %s %s, who had no part in the decision, answered your request for a review: “%s”.",
         cd_date_words(cd_rep_day(record), out->pool), record->recorded_by_name,
         cd_token_label(cd_review_outcomes, review->outcome));
    quote(out, review->reasons);
    para(out, "A decision is reviewed once. This was the review of this one.");
    if (!cd_rep_asked(f))
        para(out, "If your trust paid anything already, it is paid back.");
}

static void letter_review(cd_buf_t *out, const cd_report_facts_t *f)
{
    const cd_told_t *told = f->told ? f->told->body : NULL;

    if (f->stand->review) {
        letter_reviewed(out, f);
        return;
    }
    heading(out, "You can ask for a review");
    if (told && told->review_by)
        para(out,
             "You have until %s. Sign in, open claim %s, and choose “Ask for a review”. Somebody "
             "who had no part in the"
             " decision will look at it afresh. One of these grounds is enough:",
             cd_date_words(told->review_by, out->pool), f->reference);
    else
        para(out,
             "Sign in, open claim %s, and choose “Ask for a review”. Somebody who had no part in "
             "the decision will look"
             " at it afresh. One of these grounds is enough:",
             f->reference);
    list_open(out);
    for (const cd_token_t *ground = cd_review_grounds; ground->word; ground++)
        item(out, apr_pstrcat(out->pool, ground->label, ".", NULL));
    list_close(out);
}

static void letter_payment(cd_buf_t *out, const cd_report_facts_t *f)
{
    if (!cd_rep_asked(f))
        return;
    heading(out, "How to pay");
    if (cd_rep_yearly(f)) {
        para(out, "The sum is added to what your trust contributes to the scheme in a year. No "
                  "invoice comes for it. If you"
                  " would like to spread it over several years, tell the scheme before the first "
                  "day of payment.");
        return;
    }
    para(out, "Wait for the invoice. It says by when to pay, and how. Pay the scheme, never the "
              "claimant. The scheme may"
              " instead add the sum to your yearly contribution. If you would like to pay in "
              "parts, tell the scheme when the"
              " invoice comes.");
}

void cd_report_letter(cd_buf_t *out, const cd_report_facts_t *f)
{
    apr_pool_t *pool = out->pool;
    const cd_told_t *told = f->told ? f->told->body : NULL;
    const cd_date_t on = told && cd_when_known(told->on) ? told->on.first : CD_NO_DATE;

    letter_open(out, f, decision_title(f, pool), f->decided_by, on);
    if (f->decision.amount_p)
        para(out,
             "On %s I decided that your trust is asked to pay %s. The most that I could ask for "
             "was %s.",
             cd_date_words(f->decided_on, pool), cd_pence_words(f->decision.amount_p, pool),
             cd_pence_words(f->flag->indicated_p, pool));
    else
        para(out,
             "On %s I decided that your trust is asked to pay nothing. You do not have to do "
             "anything.",
             cd_date_words(f->decided_on, pool));
    if (cd_rep_asked(f) != f->decision.amount_p)
        para(out,
             "A review has changed this since. As it stands now, your trust is asked to pay %s.",
             cd_rep_sum(cd_rep_asked(f), pool));
    para(out, "%s.", cd_rep_found(f, pool));
    heading(out, "My reasons");
    quote(out, f->decision.reasons);
    heading(out, f->decision.amount_p ? "What lets the scheme ask" : "What this was decided under");
    para(out,
         "%s, version %d (%s).%s%s The duty itself stands in regulation 20 of the Health and "
         "Social Care Act 2008"
         " (Regulated Activities) Regulations 2014.",
         f->scheme ? f->scheme->title : f->scheme_code, f->scheme_version, f->scheme_code,
         f->scheme && f->scheme->authority ? " Where that comes from: " : "",
         f->scheme && f->scheme->authority ? cd_rep_stop(f->scheme->authority, pool) : "");
    letter_review(out, f);
    letter_payment(out, f);
    unchanged(out);
    para(out,
         "The decision report that belongs to this letter shows each rule, each step of the sum "
         "and each person who"
         " acted. You find it with claim %s.",
         f->reference);
    letter_close(out, f->decided_by,
                 cd_token_label(cd_roles, f->decided_role ? f->decided_role : CD_ROLE_DECIDER));
}

void cd_report_request_letter(cd_buf_t *out, const cd_report_facts_t *f, const cd_record_t *record)
{
    const cd_request_t *request = record->body;
    const char *title = apr_psprintf(out->pool, "We ask for evidence about claim %s", f->reference);

    letter_open(out, f, title, record->recorded_by_name, cd_rep_day(record));
    para(out,
         "We look at whether your trust was open with the person who was harmed, as the duty of "
         "candour asks. Some of"
         " what would show it is not on record. Your answer is due by %s.",
         request->due ? cd_date_words(request->due, out->pool) : "the day that we agreed");
    heading(out, "What we ask for");
    quote(out, request->what);
    heading(out, "Why we ask");
    quote(out, request->why);
    para(out, "It is about these rules: %s.", cd_rep_rules_words(request->rules, out->pool));
    heading(out, "How to answer");
    para(out,
         "Sign in and open claim %s. You can send documents, name entries of your own record, or "
         "say that none exists."
         " To say that none exists is an answer too. If nothing comes, the claim goes on without "
         "it, and the missing proof"
         " can count against your trust.",
         f->reference);
    unchanged(out);
    letter_close(out, record->recorded_by_name,
                 cd_token_label(cd_roles, record->role ? record->role : CD_ROLE_HANDLER));
}

void cd_report_indication_letter(cd_buf_t *out, const cd_report_facts_t *f,
                                 const cd_record_t *record)
{
    const cd_indication_t *indication = record->body;
    const char *title =
        apr_psprintf(out->pool, "What the record indicates about claim %s", f->reference);
    apr_pool_t *pool = out->pool;

    letter_open(out, f, title, record->recorded_by_name, cd_rep_day(record));
    para(out,
         "Nothing has been decided yet. This letter tells you what the record indicates, so that "
         "you can say what you"
         " think of it first. You have until %s.",
         indication->answer_by ? cd_date_words(indication->answer_by, pool) : "the decision");
    heading(out, "What is indicated");
    para(out, "%s.", cd_rep_found(f, pool));
    para(out, "%s", cd_rep_stop(f->flag->verdict, pool));
    if (f->flag->indicated_p)
        para(out,
             "The most that your trust could be asked to pay is %s. The person who decides may ask "
             "for less, or for"
             " nothing.",
             cd_pence_words(f->flag->indicated_p, pool));
    else
        para(out, "Under the scheme in force your trust could be asked to pay nothing.");
    if (indication->message && *indication->message) {
        heading(out, "A message to you");
        quote(out, indication->message);
    }
    heading(out, "How to answer");
    para(out,
         "Sign in and open claim %s. You can agree, say that a fact or the sum is wrong, or say "
         "that you have nothing to"
         " add. The person who decides will read your answer.",
         f->reference);
    unchanged(out);
    letter_close(out, record->recorded_by_name,
                 cd_token_label(cd_roles, record->role ? record->role : CD_ROLE_HANDLER));
}
