/* letter_welsh.c: the fixed words of the letters in Welsh: the first notification and the
 * invitation.
 *
 * The other letters have no Welsh template: the page says so, and does not offer them. */
#include <stddef.h>

#include "domain/letter.h"

#define T(text_) { 'T', NULL, text_ }
#define H(text_) { 'H', NULL, text_ }
#define W(text_) { 'W', NULL, text_ }
#define WHEN(when_, text_) { 'W', when_, text_ }
#define F(part_) { 'F', NULL, part_ }
#define END { 0, NULL, NULL }

#define SUPPORT_AND_CONTACT \
    H("Cymorth i chi"), WHEN("support", "Rydym wedi cynnig y cymorth hwn i chi: {support}."), \
    F("support"), \
    H("Eich cyswllt"), W("Eich cyswllt yw {contact}."), F("closing")

extern const cd_letter_language_t cd_letter_welsh;
extern const cd_letter_line_t cd_letter_welsh_first[], cd_letter_welsh_invitation[];

const cd_letter_line_t cd_letter_welsh_first[] = {
    T("Beth ddigwyddodd {on incident_on}"),
    W("Siaradom â chi {on told_on}. Ar ein rhan ni, siaradodd {spoke}. Mae’r llythyr hwn yn rhoi "
      "ar bapur yr hyn a "
      "ddywedom."),
    WHEN("wales self", "Mae’r ddyletswydd gonestrwydd yn gofyn i ni ddweud hyn wrthych. Mae’n "
         "berthnasol am eich bod "
         "wedi cael niwed, neu efallai wedi cael niwed, nad oedd neb yn ei fwriadu na’i ddisgwyl. "
         "Roedd gofal iechyd, "
         "neu gallai fod wedi bod, yn rhan o hynny."),
    WHEN("wales other", "Mae’r ddyletswydd gonestrwydd yn gofyn i ni ddweud hyn wrthych. Mae’n "
         "berthnasol am fod "
         "{patient} wedi cael niwed, neu efallai wedi cael niwed, nad oedd neb yn ei fwriadu na’i "
         "ddisgwyl. Roedd "
         "gofal iechyd, neu gallai fod wedi bod, yn rhan o hynny."),
    WHEN("late", "Efallai y byddwch yn gofyn pam na ddywedom wrthych yn gynt. {late_reason}"),
    F("opening"),
    H("Beth ddigwyddodd"), F("account"),
    H("Yr hyn nad ydym yn ei wybod eto"), F("not_known"),
    H("Ein hymddiheuriad"), F("apology"),
    H("Beth rydym yn ei wneud"),
    WHEN("enquiry lead", "Rydym wedi dechrau ymchwilio: {enquiry_kind}. {enquiry_lead} sy’n "
         "arwain y gwaith."),
    WHEN("enquiry !lead", "Rydym wedi dechrau ymchwilio: {enquiry_kind}."),
    WHEN("enquiry expected !finished", "Rydym yn disgwyl gorffen erbyn {enquiry_expected}."),
    WHEN("enquiry !finished", "Byddwn yn anfon yr hyn a ganfyddwn atoch yn ysgrifenedig, ac yn "
         "cynnig ei drafod â chi."),
    F("enquiries"),
    H("Cwrdd â ni"), F("meeting"),
    SUPPORT_AND_CONTACT, END
};

const cd_letter_line_t cd_letter_welsh_invitation[] = {
    T("Cwrdd â ni am yr hyn a ddigwyddodd {on incident_on}"),
    WHEN("self", "Hoffem siarad â chi am yr hyn a ddigwyddodd yn eich gofal."),
    WHEN("other", "Hoffem siarad â chi am yr hyn a ddigwyddodd yng ngofal {patient}."),
    F("opening"),
    H("Y cyfarfod"), F("meeting"),
    W("Gallwch ddod â rhywun gyda chi. Gallwch anfon eich cwestiynau atom cyn y cyfarfod, a "
      "byddwn yn eu hateb yno."),
    W("Os nad ydych am gwrdd â ni, dywedwch wrthym sut arall yr hoffech glywed gennym. Gallwch "
      "ddweud hefyd nad ydych "
      "am glywed mwy."),
    H("Yr hyn a wyddom hyd yn hyn"), F("account"),
    H("Yr hyn nad ydym yn ei wybod eto"), F("not_known"),
    H("Ein hymddiheuriad"), F("apology"),
    SUPPORT_AND_CONTACT, END
};

static const cd_token_t supports[] = {
    { CD_SUPPORT_NAMED_CONTACT, "NAMED_CONTACT", "un person i gysylltu ag ef" },
    { CD_SUPPORT_COUNSELLING, "COUNSELLING", "cwnsela" },
    { CD_SUPPORT_ADVOCATE, "ADVOCATE", "eiriolwr, a all siarad ar eich rhan" },
    { CD_SUPPORT_INTERPRETER, "INTERPRETER", "cyfieithydd neu fformat arall" },
    { CD_SUPPORT_BEREAVEMENT, "BEREAVEMENT", "cymorth profedigaeth" },
    { 0, NULL, NULL }
};

static const cd_token_t enquiries[] = {
    { CD_ENQUIRY_PSII, "PSII", "ymchwiliad diogelwch cleifion" },
    { CD_ENQUIRY_AAR, "AAR", "adolygiad gyda’r staff a oedd yno" },
    { CD_ENQUIRY_MDT, "MDT", "adolygiad gan staff o sawl proffesiwn" },
    { CD_ENQUIRY_SWARM, "SWARM", "adolygiad cyflym gyda’r tîm" },
    { CD_ENQUIRY_PMRT, "PMRT", "adolygiad o ofal y fam a’r baban" },
    { CD_ENQUIRY_MNSI, "MNSI", "ymchwiliad annibynnol i ddiogelwch mamolaeth a babanod "
      "newydd-anedig" },
    { CD_ENQUIRY_SI_LEGACY, "SI_LEGACY", "ymchwiliad i ddigwyddiad difrifol" },
    { CD_ENQUIRY_OTHER, "OTHER", "ein hymchwiliad ein hunain" },
    { 0, NULL, NULL }
};

const cd_letter_language_t cd_letter_welsh = {
    .lang = "cy", .dear = "Annwyl", .reference = "Ein cyfeirnod:", .date = "Dyddiad:",
    .sincerely = "Yn gywir",
    .at_sign_off = "i’w osod wrth gymeradwyo", .end = "Diwedd y llythyr",
    .not_on_record = "[heb ei gofnodi]",
    .on = "ar", .in_month = "ym mis", .in_year = "yn", .between = "rhwng", .to = "a", .and = "a",
    .once = "unwaith", .times = " o weithiau",
    .months = { "Ionawr", "Chwefror", "Mawrth", "Ebrill", "Mai", "Mehefin", "Gorffennaf", "Awst",
    "Medi", "Hydref",
                "Tachwedd", "Rhagfyr" },
    .supports = supports, .enquiries = enquiries
};
