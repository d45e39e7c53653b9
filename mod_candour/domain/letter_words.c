/* letter_words.c: the fixed words of the letters in English.
 *
 * Short sentences, to one person, without blame and without the language of the file. What is in
 * braces is bound to the record; paragraphs marked F are the author's. The apology is always the
 * author's own: no template holds one, so that nobody sends a form's regret.
 * @source reg 20(4) SI 2014/2936; WSI 2023/274 reg 4 and SSI 2018/57 reg 6 for the lines of one
 * jurisdiction. */
#include <stddef.h>

#include "domain/letter.h"

#define T(text_) { 'T', NULL, text_ }
#define H(text_) { 'H', NULL, text_ }
#define W(text_) { 'W', NULL, text_ }
#define WHEN(when_, text_) { 'W', when_, text_ }
#define F(part_) { 'F', NULL, part_ }
#define END { 0, NULL, NULL }

#define SUPPORT_AND_CONTACT \
    H("Support for you"), WHEN("support", "We have offered you this support: {support}."), \
    F("support"), \
    H("Your contact"), W("Your contact is {contact}."), F("closing")
#define ENQUIRY \
    WHEN("enquiry lead", "We have started an enquiry: {enquiry_kind}. {enquiry_lead} leads it."), \
    WHEN("enquiry !lead", "We have started an enquiry: {enquiry_kind}."), \
    WHEN("enquiry expected !finished", "We expect to finish by {enquiry_expected}."), \
    WHEN("enquiry !finished", "We will send you what we find in writing, " \
                              "and offer to talk it through with you."), \
    F("enquiries")

static const cd_letter_line_t first[] = {
    T("What happened {on incident_on}"),
    W("We spoke to you {on told_on}. For us, the talk was held by {spoke}. This letter puts in "
      "writing what we said."),
    WHEN("wales self", "The duty of candour asks us to tell you this. It applies because you came "
         "to harm, or may "
         "have, that was not meant or expected. Health care was, or may have been, a part of it."),
    WHEN("wales other", "The duty of candour asks us to tell you this. It applies because "
         "{patient} came to harm, or "
         "may have, that was not meant or expected. Health care was, or may have been, a part of "
         "it."),
    WHEN("scotland", "The organisational duty of candour asks us to tell you this."),
    WHEN("late", "You may ask why we did not tell you sooner. {late_reason}"),
    F("opening"),
    H("What happened"), F("account"),
    H("What we do not know yet"), F("not_known"),
    H("Our apology"), F("apology"),
    H("What we are doing"), ENQUIRY,
    H("Meeting us"), F("meeting"),
    SUPPORT_AND_CONTACT, END
};

static const cd_letter_line_t invitation[] = {
    T("Meeting us about what happened {on incident_on}"),
    WHEN("self", "We want to talk with you about what happened in your care."),
    WHEN("other", "We want to talk with you about what happened in the care of {patient}."),
    F("opening"),
    H("The meeting"), F("meeting"),
    W("You can bring somebody with you. You can send us your questions before the meeting, and we "
      "will answer them "
      "there."),
    WHEN("scotland", "At the meeting we will tell you what happened and what we will do next. You "
         "can ask questions "
         "and give us your views. We will tell you about other steps that the law may offer you. "
         "After the meeting "
         "we will send you a note of it."),
    W("If you do not want to meet us, tell us how else you want to hear from us. You can also say "
      "that you want to "
      "hear no more."),
    H("What we know so far"), F("account"),
    H("What we do not know yet"), F("not_known"),
    H("Our apology"), F("apology"),
    SUPPORT_AND_CONTACT, END
};

static const cd_letter_line_t interim[] = {
    T("An update on what happened {on incident_on}"),
    WHEN("talk", "We spoke to you {on told_on}. This letter tells you what has happened since "
         "then."),
    F("opening"),
    H("What we know now"), F("account"),
    H("What we do not know yet"), F("not_known"),
    H("Our apology"), F("apology"),
    H("What we are doing"), ENQUIRY,
    H("Meeting us"), F("meeting"),
    SUPPORT_AND_CONTACT, END
};

static const cd_letter_line_t results[] = {
    T("What we found out about {incident_on}"),
    W("We told you that we would look into what happened. We have done so by {enquiry_kind}. It "
      "was finished "
      "{on enquiry_finished}."),
    F("opening"),
    H("What happened"), F("account"),
    H("What we found"), F("enquiries"),
    WHEN("actions", "These are the actions that we have set: {actions}"),
    H("What we still do not know"), F("not_known"),
    H("Our apology"), F("apology"),
    H("Talking it through"), F("meeting"),
    SUPPORT_AND_CONTACT, END
};

static const cd_letter_line_t could_not_reach[] = {
    T("We have tried to reach you"),
    W("We want to talk with you about care that we gave. We have tried to reach you {attempts}. "
      "The last time was "
      "{on last_attempt}."),
    F("opening"),
    H("Why we want to talk"), F("account"),
    H("Our apology"), F("apology"),
    W("You do not have to talk to us. You can come back to us at any time, and we will tell you "
      "what we know."),
    H("Meeting us"), F("meeting"),
    SUPPORT_AND_CONTACT, END
};

static const cd_token_t supports[] = {
    { CD_SUPPORT_NAMED_CONTACT, "NAMED_CONTACT", "one person to contact" },
    { CD_SUPPORT_COUNSELLING, "COUNSELLING", "counselling" },
    { CD_SUPPORT_ADVOCATE, "ADVOCATE", "an advocate, who can speak for you" },
    { CD_SUPPORT_INTERPRETER, "INTERPRETER", "an interpreter or another format" },
    { CD_SUPPORT_BEREAVEMENT, "BEREAVEMENT", "bereavement support" },
    { 0, NULL, NULL }
};

static const cd_token_t enquiries[] = {
    { CD_ENQUIRY_PSII, "PSII", "a patient safety investigation" },
    { CD_ENQUIRY_AAR, "AAR", "a review with the staff who were there" },
    { CD_ENQUIRY_MDT, "MDT", "a review by staff from several professions" },
    { CD_ENQUIRY_SWARM, "SWARM", "a quick review with the team" },
    { CD_ENQUIRY_PMRT, "PMRT", "a review of the care of mother and baby" },
    { CD_ENQUIRY_MNSI, "MNSI", "an independent maternity and newborn safety investigation" },
    { CD_ENQUIRY_SI_LEGACY, "SI_LEGACY", "a serious incident investigation" },
    { CD_ENQUIRY_OTHER, "OTHER", "an enquiry of our own" },
    { 0, NULL, NULL }
};

static const cd_letter_language_t english = {
    .lang = "en-GB", .dear = "Dear", .reference = "Our reference:", .date = "Date:",
    .sincerely = "Yours sincerely",
    .at_sign_off = "set at sign-off", .end = "End of letter", .not_on_record = "[not on record]",
    .on = "on", .in_month = "in", .in_year = "in", .between = "between", .to = "and", .and = "and",
    .once = "once", .times = " times",
    .months = { "January", "February", "March", "April", "May", "June", "July", "August",
    "September", "October",
                "November", "December" },
    .supports = supports, .enquiries = enquiries
};

/* Welsh: letter_welsh.c. */
extern const cd_letter_language_t cd_letter_welsh;
extern const cd_letter_line_t cd_letter_welsh_first[], cd_letter_welsh_invitation[];

const cd_letter_language_t *cd_letter_language(int language)
{
    return language == CD_LANGUAGE_CY ? &cd_letter_welsh : &english;
}

const cd_letter_line_t *cd_letter_lines(int letter, int language)
{
    if (language == CD_LANGUAGE_CY)
        return letter == CD_LETTER_FIRST ? cd_letter_welsh_first
               : letter == CD_LETTER_INVITATION ? cd_letter_welsh_invitation : NULL;
    switch (letter) {
    case CD_LETTER_FIRST: return first;
    case CD_LETTER_INVITATION: return invitation;
    case CD_LETTER_INTERIM: return interim;
    case CD_LETTER_RESULTS: return results;
    case CD_LETTER_COULD_NOT_REACH: return could_not_reach;
    default: return NULL;
    }
}
