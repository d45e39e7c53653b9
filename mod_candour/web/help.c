/* help.c: the help pages: plain words about the rules, the record, privacy, accessibility and
 * roles.
 *
 * Text alone: nothing here reads a case. What the roles may do comes from the table of rights. */
#include <string.h>

#include <apr_strings.h>

#include "base/text.h"
#include "web/page.h"
#include "web/route.h"
#include "web/url.h"

typedef struct passage_t { const char *title, *text[4]; } passage_t;
typedef struct topic_t { const char *word, *title; const passage_t *passages; } topic_t;

static const passage_t start[] = {
    { "What this service is for",
      { "When a patient is harmed by an accident in care, the law asks the trust to tell them, to "
        "say sorry and "
        "to write to them. This service keeps the record of it.",
        "It also shows the claims scheme where a trust was not open, and what part of the cost it "
        "may be asked to "
        "pay. The patient’s own payment never changes." } },
    { "How a case goes",
      { "Somebody records the incident. A doctor, nurse or other healthcare professional says if "
        "it is notifiable. "
        "The trust opens a candour case, tells the person, writes to them and shares the results.",
        "The page of a case always says what to do next." } },
    { "If something was entered wrongly",
      { "Open the entry and correct it. The old version stays, with your reason. Something "
        "entered in the wrong "
        "case can be taken back; it stays visible too." } },
    { NULL, { NULL } }
};

static const passage_t rules[] = {
    { "Three kinds of date",
      { "Law: a date that the law itself sets. The duty of candour in England sets no number of "
        "days. It asks for "
        "“as soon as reasonably practicable”, so the page says “No fixed date”.",
        "Contract: a date that the NHS contract sets. Our target: a date that the trust has set "
        "for itself. Late "
        "against a target is not a breach of the law." } },
    { "How days are counted",
      { "The day on which the clock starts is not counted. Saturdays, Sundays and bank holidays "
        "are left out. So "
        "10 working days from Friday 27 March 2026 is Tuesday 14 April 2026.",
        "Bank holidays are a list for each part of the United Kingdom. They are never worked out "
        "by a formula." } },
    { "Dates that are known only in part",
      { "If only the month or the year is known, enter that. A rule then says only what holds for "
        "every day that it "
        "may have been. Nobody fills in the first of the month." } },
    { "What the words mean",
      { "Met: done, and the proof is here. Met late: done, after the date. Not met: a person or a "
        "court decided so. "
        "Not due yet: there is still time.",
        "Not done: the target passed and nothing is on record. No proof yet: it was done, and the "
        "proof is missing. "
        "Needs judgement: it was late against a target, so a person must say if it was late in "
        "law. Excused: the "
        "person could not be reached, or said no." } },
    { "An apology is not an admission",
      { "No rule and no sum in this service counts an apology against a trust. No rule reads its "
        "words." } },
    { NULL, { NULL } }
};

static const passage_t record[] = {
    { "What is recorded",
      { "Every change writes an entry: who, in which role, when, and what was changed. The change "
        "and its entry are "
        "saved together, or neither is." } },
    { "What verified means",
      { "Each entry holds a fingerprint of itself and of the entry before it. If anybody changed, "
        "added or took out "
        "an entry in the database, the fingerprints would no longer fit.",
        "An administrator of the server checks the chain with the command “candourctl verify”. "
        "Verified means that "
        "every fingerprint of the case was worked out again, and fitted." } },
    { "What the entries do not hold",
      { "Names and words about a person are not in the entries. A keyed fingerprint of them is. "
        "So they can be "
        "checked as long as the case’s key is kept, and mean nothing without it." } },
    { NULL, { NULL } }
};

static const passage_t privacy[] = {
    { "Who sees what",
      { "People of a trust see the cases of their own trust only. The claims scheme’s staff see "
        "all cases. An "
        "administrator sees no case at all.",
        "A page that you may not see gives the same answer as a page that does not exist." } },
    { "How it is kept",
      { "Names, NHS numbers and free text about people are kept under a key of their own for each "
        "case. A copy of "
        "the database without the keys names nobody." } },
    { "Cookies",
      { "Two cookies are used: one keeps you signed in, the other makes sure that a form comes "
        "from this site. "
        "There is no other, and nothing is sent to another site." } },
    { NULL, { NULL } }
};

static const passage_t accessibility[] = {
    { "How the pages are made",
      { "The pages use the NHS design system. They work without scripts, with a keyboard alone, "
        "and at 320 pixels "
        "wide. Pictures have the same facts in words or in a table.",
        "We test against the Web Content Accessibility Guidelines 2.2, level AA." } },
    { "What is not tested yet",
      { "No user with a screen reader has tested the pages yet." } },
    { "If you cannot use a page",
      { "Tell your administrator which page it is and what you tried. They can pass it on without "
        "seeing the case." } },
    { NULL, { NULL } }
};

static const passage_t roles[] = {
    { "One table",
      { "What a person may do depends on their roles alone. The same table is asked for every "
        "page and every "
        "change. An administrator gives and takes roles." } },
    { NULL, { NULL } }
};

static const topic_t topics[] = {
    { "start", "Help", start },
    { "rules", "How dates and rules work", rules },
    { "record", "What verified means", record },
    { "roles", "Roles", roles },
    { "privacy", "Privacy", privacy },
    { "accessibility", "Accessibility statement", accessibility },
    { NULL, NULL, NULL }
};

static void passages_put(web_exchange_t *x, const passage_t *passages)
{
    web_view_t *list = web_put_list(x->view, WN_passages);
    int i;

    for (; passages->title; passages++) {
        web_view_t *map = web_add(list), *paragraphs;

        web_put_text(map, WN_title, passages->title);
        paragraphs = web_put_list(map, WN_paragraphs);
        for (i = 0; i < 4 && passages->text[i]; i++)
            web_put_text(web_add(paragraphs), WN_text, passages->text[i]);
    }
}

static const char *rights_of(cd_role_t role, apr_pool_t *pool)
{
    const char *words[CD_RIGHT__COUNT];
    int right, count = 0;

    for (right = 1; right < CD_RIGHT__COUNT; right++) {
        const cd_reach_t reach = cd_role_reach(role, (cd_right_t)right);

        if (reach == CD_REACH_NONE)
            continue;
        words[count++] = reach == CD_REACH_ALL
            ? cd_right_text((cd_right_t)right)
            : apr_psprintf(pool, "%s (own trust)", cd_right_text((cd_right_t)right));
    }
    return count ? apr_psprintf(pool, "May %s.", cd_text_list(words, count, pool))
                 : "May do nothing yet.";
}

static void roles_put(web_exchange_t *x)
{
    web_view_t *list = web_put_list(x->view, WN_roles);
    const cd_token_t *role;

    for (role = cd_roles; role->word; role++) {
        web_view_t *item = web_add(list);

        web_put_text(item, WN_word, role->word);
        web_put_text(item, WN_label, role->label);
        web_put_text(item, WN_text, rights_of((cd_role_t)role->value, x->pool));
    }
    web_page_flag(x->view, WN_has_roles, 1);
}

cd_err_t *web_help(web_exchange_t *x)
{
    const topic_t *topic, *other;
    web_view_t *list;

    for (topic = topics; topic->word && strcmp(topic->word, x->param[0]); topic++)
        ;
    if (!topic->word)
        return cd_err(x->pool, CD_E_NOT_FOUND, NULL, "no help of that name");
    web_page_title(x, topic->title, topic->title);
    passages_put(x, topic->passages);
    if (!strcmp(topic->word, "roles"))
        roles_put(x);
    list = web_page_list(x->view, WN_topics);
    for (other = topics; other->word; other++) {
        web_view_t *item;

        if (other == topic)
            continue;
        item = web_add(list);
        web_page_text(item, WN_label, other->title);
        web_page_text(item, WN_url, web_url(x, "help", other->word, NULL));
    }
    return NULL;
}
