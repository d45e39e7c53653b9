/* letter_patterns.c: what a letter of candour should not say, as a table of patterns with their
 * proof.
 *
 * Each row has texts that it finds and texts that it must leave alone; the unit test runs them all.
 * A pattern has no repeat inside a repeat and every gap has a bound, so its time grows with the
 * text alone. Saying sorry is looked for to be there, never held against anybody: no row asks to
 * say it less.
 * @source tone: NHS digital service manual (died, not "deceased"; clinician; short sentences);
 * apology: reg 20(7), Compensation Act 2006 s.2, NHS Resolution "Saying Sorry". */
#include <stddef.h>

#include "domain/letter.h"

#define EN CD_LANGUAGE_EN
#define CY CD_LANGUAGE_CY
#define WARN CD_LETTER_WARN
#define STOP CD_LETTER_STOP
#define SORRY "(?:sorry|apologi[sz]e|apologies|apology|regret)"

static const cd_letter_rule_t rules[] = {
    { "APOLOGY_IF", WARN, CD_LETTER_G_APOLOGY, EN,
      "(?i)\\b" SORRY "(?: (?:to you|to your family|to all of you|very "
      "much|sincerely|unreservedly|most deeply)){0,2},? if\\b",
      "“Sorry if” makes the apology depend on something. It doubts what the person told you.",
      "Say sorry for what happened, without a condition.",
      { "We are sorry if you were hurt.", "We apologise if this caused upset.",
        "I apologise to you if we were slow.",
        "Our apologies if the care fell short." },
      { "We are sorry that we did not ask if you were in pain.",
        "We are sorry. Tell us if you want to meet.",
        "We apologise for leaving a swab inside you." } },
    { "APOLOGY_IF_FIRST", WARN, CD_LETTER_G_APOLOGY, EN,
      "(?i)\\bif (?:you|your|anyone|any|this|that|we|our|it)\\b[^.!?;\\n]{0,60}"
      "\\b(?:am|are|is|do|would like to|wish to|then|we|,) " SORRY "\\b",
      "The apology depends on an “if”.", "Say sorry for what happened, without a condition.",
      { "If you were upset, we are sorry.", "If anyone was offended we apologise.",
        "If this letter causes distress then we are sorry." },
      { "If you want to talk, call us. We are sorry that this happened.",
        "We are sorry that this happened to you.",
        "Tell us if you would like somebody with you." } },
    { "APOLOGY_FEEL", WARN, CD_LETTER_G_APOLOGY, EN,
      "(?i)\\b" SORRY "(?: to (?:hear|learn|read))?(?: that)? (?:you|your family|your mother|your "
      "father|your wife|your husband) "
      "(?:feel|felt|think|thought|believe|believed|perceive|perceived|consider|found|find|are "
      "upset|were upset|are unhappy"
      "|were unhappy|are dissatisfied|were dissatisfied|are disappointed|were disappointed|are "
      "offended|were offended)\\b",
      "“Sorry that you feel” is sorry for how the person feels, not for what happened.",
      "Say sorry for what you did, or did not do.",
      { "We are sorry that you feel your care was poor.", "I am sorry you feel this way.",
        "We are sorry to hear that you were unhappy with your care.",
        "We regret that you found this distressing." },
      { "We are sorry that we hurt you.", "We are sorry that you were given the wrong medicine.",
        "We are sorry that you fell while in our care." } },
    { "APOLOGY_ANY", WARN, CD_LETTER_G_APOLOGY, EN,
      "(?i)\\b" SORRY "(?: to you| to your family){0,1} for any\\b",
      "“Sorry for any” does not say what for, and doubts that there was something.",
      "Name what you are sorry for.",
      { "We are sorry for any distress.", "We apologise for any harm.",
        "Apologies for any upset caused.",
        "I apologise to you for any shortcomings." },
      { "We are sorry for the distress that this caused.", "You can call for any reason. We are "
        "sorry that this happened.",
        "We apologise for the delay." } },
    { "APOLOGY_MAY", WARN, CD_LETTER_G_APOLOGY, EN,
      "(?i)\\b" SORRY "\\b[^.!?;\\n]{0,50}\\b(?:may|might|could) have "
      "(?:been|caused|felt|led|experienced|suffered|had)\\b",
      "“May have” doubts the harm that you are sorry for.",
      "Say sorry for what happened. Say apart what is not known yet.",
      { "We are sorry for the upset this may have caused.",
        "We apologise for what might have been poor care.",
        "We regret the pain you may have felt." },
      { "We are sorry for the pain that this caused you.", "We are sorry. The scan may have been "
        "read too late.",
        "We may have missed this. We are sorry." } },
    { "APOLOGY_BUT", WARN, CD_LETTER_G_APOLOGY, EN,
      "(?i)\\b" SORRY "\\b[^.!?;\\n]{0,80}\\b(?:but|however|although)\\b",
      "What comes after “but” takes the apology back.", "End the sentence after the apology.",
      { "We are sorry, but the ward was very busy.", "We apologise for the delay, however staff "
        "were few.",
        "I am sorry this happened although it is a known risk." },
      { "We are sorry that this happened.", "We are sorry for the delay. The ward was busy that "
        "night.",
        "But for the scan we would not have known. We are sorry." } },
    { "APOLOGY_SMALL", WARN, CD_LETTER_G_APOLOGY, EN, "(?i)\\binconvenien(?:ce|t|ced)\\b",
      "“Inconvenience” makes harm small.", "Call the harm by its name.",
      { "We are sorry for the inconvenience.", "We regret that you were inconvenienced." },
      { "We are sorry for the pain that we caused you.", "A time that is convenient for you." } },
    { "APOLOGY_TAKEN_BACK", WARN, CD_LETTER_G_APOLOGY, EN,
      "(?i)\\b(?:without prejudice\\b|(?:not|without|no)\\b[^.!?;\\n]{0,30}"
      "\\b(?:admission|admit|admitting|accepting liability|accept liability)\\b)",
      "A disclaimer beside an apology empties it. The law already says that an apology is no "
      "admission.",
      "Leave the disclaimer out.",
      { "This is not an admission of liability.", "Without prejudice, we are sorry.",
        "We do not admit any fault.", "We say this without admitting liability." },
      { "We are sorry for what happened.", "On admission to the ward you were seen by a nurse.",
        "Your admission was on 4 May." } },
    { "LAW_WORDS", WARN, CD_LETTER_G_WORDS, EN,
      "(?i)\\b(?:liable|liability|negligen(?:t|ce|tly)|breach of duty|duty of "
      "care|causation|legal responsibility)\\b",
      "The letter says what happened. Who is liable in law is not decided in it.",
      "Say in plain words what was done or not done.",
      { "We accept liability for this.", "The nurse was negligent.",
        "There was a breach of duty." },
      { "We are reliable in our follow-up.", "We did not give you the medicine in time.",
        "The nurse did not check the count." } },
    { "DECEASED", WARN, CD_LETTER_G_WORDS, EN, "(?i)\\b(?:the )?(?:deceased|demise)\\b",
      "“Deceased” is the language of files.", "Write the person’s name, and “died”.",
      { "The deceased was admitted on Monday.", "Your late wife’s demise." },
        { "Your wife died on 4 May.", "The disease had spread." } },
    { "PASSED_AWAY", WARN, CD_LETTER_G_WORDS, EN, "(?i)\\bpass(?:ed|ing) (?:away|on)\\b|\\bno "
      "longer with us\\b|\\blost (?:his|her|their) (?:life|fight|battle)\\b",
      "“Passed away” can be misunderstood, and can hurt.", "Write “died”.",
      { "Your mother passed away at night.", "His passing away was sudden.",
        "He lost his fight in May." },
      { "Your mother died at night.", "The ward passed the note to the doctor.",
        "The doctor passed your question on." } },
    { "YOUR_LOSS", WARN, CD_LETTER_G_WORDS, EN, "(?i)\\b(?:your|this|the family['’]s) (?:sad "
      "|recent |tragic )?loss\\b",
      "“Loss” hides that somebody died.", "Write “the death of” and the name.",
      { "We are sorry for your loss.", "At the time of this sad loss." },
      { "We are sorry that your mother died.", "The loss of blood was stopped.",
        "Your blood loss" } },
    { "CLINICIAN", WARN, CD_LETTER_G_WORDS, EN, "(?i)\\bclinicians?\\b|\\bservice "
      "users?\\b|\\bHCPs?\\b",
      "Most people do not use this word.", "Write “doctor”, “nurse”, “healthcare professional” or "
      "“patient”.",
      { "A clinician saw you.", "Our service users" }, { "A doctor saw you.", "The clinic is open.",
        "Clinical notes" } },
    { "FILE_WORDS", WARN, CD_LETTER_G_PLAIN, EN,
      "(?i)\\b(?:adverse (?:event|outcome|incident)s?|untoward|never "
      "events?|sub-?optimal(?:ly)?|root cause|care episode|care pathway"
      "|learning response|notifiable|multi-?disciplinary|escalat(?:e|ed|ion)|datix|governance"
      "|stakeholders?)\\b",
      "This is the language of the file, not of the person.",
      "Say what happened in everyday words.",
      { "An adverse event took place.", "This was a never event.", "Your care was suboptimal.",
        "It was not escalated." },
      { "We gave you the wrong medicine.", "The nurse did not call the doctor.", "The escalator",
        "You never got the letter." } },
    { "HARD_WORDS", WARN, CD_LETTER_G_PLAIN, EN,
      "(?i)\\b(?:iatrogenic|sequelae|co-?morbidit(?:y|ies)|h(?:a)?emorrhag(?:e|ic)|myocardial"
      "|infarct(?:ion)?|analges(?:ia|ics?)|perforat(?:ed|ion)|isch(?:a)?emi(?:a|c)|oedema"
      "|hypox(?:ia|ic)|tachycardi[ac]|septic(?:a)?emia|laparotomy|catheteri[sz]ed"
      "|intubat(?:ed|ion)|prophyla(?:xis|ctic)|contraindicat(?:ed|ion)|nil by mouth|bolus"
      "|titrat(?:ed|ion)|swabs?)\\b",
      "This word needs to be explained.", "Use an everyday word, or explain it in the same "
      "sentence, and overrule this.",
      { "You had a haemorrhage.", "A swab was left inside you.", "The sequelae are unknown.",
        "A bolus was given." },
      { "You lost much blood.", "A piece of cloth was left inside you.", "A swarm of bees" } },
    { "SHORT_FORM", WARN, CD_LETTER_G_PLAIN, EN,
      "\\b(?!(?:NHS|CQC|GP|GPs|UK|MRI|CT|PALS|BSL|ID|TV|AM|PM|II|III|IV|RZ[0-9])\\b)"
      "[A-Z]{2,6}s?\\b(?!\\.[A-Z])",
      "This short form may mean nothing to the reader.", "Write it out.",
      { "The SHO saw you.", "A PSII has started.", "You had a DVT." },
      { "The NHS and the CQC know.", "Your GP has a copy.", "I saw you at 5pm.",
        "Dr A.K. Brown" } },
    { "NOBODY_DID_IT", WARN, CD_LETTER_G_WORDS, EN,
      "(?i)\\b(?:(?:mistakes?|errors?|failings?|failures?|shortcomings?) (?:was|were|had "
      "been|have been) (?:made|identified|found|noted)"
      "|(?:it|this) (?:was|has been) (?:felt|thought|noted|identified)|lessons (?:will be|have "
      "been|were|are being) learn(?:ed|t)"
      "|there (?:was|were|has been|had been) (?:an? |some "
      ")?(?:failures?|failings?|lapses?|omissions?|oversights?|miscommunication"
      "|communication breakdown))\\b",
      "Nobody acts in this sentence. It sounds as if it happened by itself.",
      "Say who did it: “we did not …”.",
      { "Mistakes were made.", "It was felt that you could go home.", "Lessons have been learned.",
        "There was a failure to act." },
      { "We made a mistake.", "We thought that you could go home.", "We have changed how we count.",
        "Two scans were made." } },
    { "BLAMES_READER", WARN, CD_LETTER_G_WORDS, EN,
      "(?i)\\byou (?:failed|refused|neglected|should have|ought to have|could have told|did not "
      "(?:tell|inform|attend|comply|follow|mention"
      "|ask))\\b|\\bnon-?complian(?:t|ce)\\b|\\bhad you (?:told|informed|attended|mentioned)\\b",
      "This puts blame on the reader.", "Say what we did and did not do.",
      { "You failed to attend.", "You did not tell us about the allergy.",
        "You were non-compliant.", "Had you told us, ..." },
      { "We did not ask about allergies.", "You told us about the allergy.",
        "You did not get the medicine." } },
    { "STOCK_PHRASE", WARN, CD_LETTER_G_WORDS, EN,
      "(?i)\\btak(?:e|es|en|ing) (?:this|these|such|all|your|patient "
      "safety|complaints)\\b[^.!?;\\n]{0,30}\\bseriously\\b|\\bevery effort\\b"
      "|\\bstrive to\\b|\\bhighest standards?\\b|\\bisolated incident\\b|\\brare (?:and known "
      "|but known |known )?complication\\b|\\bunfortunate\\b",
      "A stock phrase says little, and can sound cold.", "Leave it out, or say what you did.",
      { "We take this matter very seriously.", "We strive to give good care.",
        "This was an isolated incident.",
        "This unfortunate event" },
      { "We stopped using this pump that day.", "We changed how we count.", "Unfortunately" } },
    { "PROMISE", WARN, CD_LETTER_G_WORDS, EN,
      "(?i)\\b(?:never|not) happen again\\b|\\bto anyone else ever\\b|\\bguarantee\\b",
      "Nobody can promise this.", "Say what you have changed.",
      { "This will never happen again.", "We guarantee that care is safe." },
        { "We have changed how we count.", "It has not happened since." } },
    { "THE_PATIENT", WARN, CD_LETTER_G_WORDS, EN, "(?i)\\bthe (?:patient|pt|complainant|next of "
      "kin)\\b",
      "The letter talks about the person as if they were somebody else.",
      "Write “you”, or the person’s name.",
      { "The patient was taken to theatre.", "The next of kin was told." },
        { "You were taken to theatre.", "A patient advocate can help you." } },
    { "UNFILLED", STOP, CD_LETTER_G_EMPTY, EN,
      "(?i)\\[[^\\]\\n]{0,80}\\]|\\{[^}\\n]{0,80}\\}|<<?[a-z][^>\\n]{0,80}>|«[^»\\n]{0,80}»|_{3,}"
      "|\\.{4,}|\\?{2,}|\\bx{3,}\\b|\\b(?:TBC|TBA|TODO|to be confirmed|lorem ipsum)\\b"
      "|\\b(?:insert|enter) (?:the )?(?:name|date|details|address|here)\\b",
      "Something is not filled in.", "Fill it in, or take it out.",
      { "Dear [name]", "on {{date}}", "Your nurse was ____.", "We will meet on TBC.", "XXX",
        "«Title»" },
      { "Dear Anna Kelly", "We will meet on 4 May.", "Were you in pain? Tell us." } },
    { "UNFILLED", STOP, CD_LETTER_G_EMPTY, CY,
      "(?i)\\[[^\\]\\n]{0,80}\\]|\\{[^}\\n]{0,80}\\}|<<?[a-z][^>\\n]{0,80}>|«[^»\\n]{0,80}»|_{3,}"
      "|\\.{4,}|\\?{2,}|\\bx{3,}\\b|\\b(?:TBC|TBA|TODO|i['’]w gadarnhau)\\b",
      "Something is not filled in.", "Fill it in, or take it out.",
      { "Annwyl [enw]", "ar {{dyddiad}}", "i’w gadarnhau" }, { "Annwyl Anna Kelly",
        "Byddwn yn cwrdd ar 4 Mai." } },
    { "APOLOGY_IF", WARN, CD_LETTER_G_APOLOGY, CY,
      "(?i)(?:ddrwg (?:iawn )?(?:gennym|gen i|gennyf)|ymddiheur(?:wn|o|af|iadau))(?: i chi)?,? "
      "os\\b",
      "“Sorry if” makes the apology depend on something. It doubts what the person told you.",
      "Say sorry for what happened, without a condition.",
      { "Mae’n ddrwg gennym os cawsoch eich brifo.", "Ymddiheurwn i chi os bu oedi." },
      { "Mae’n ddrwg gennym am yr hyn a ddigwyddodd.", "Ymddiheurwn am adael swab ynoch." } },
    { "APOLOGY_FEEL", WARN, CD_LETTER_G_APOLOGY, CY,
      "(?i)(?:ddrwg (?:iawn )?(?:gennym|gen i|gennyf)|ymddiheur(?:wn|o|af)) (?:eich bod|glywed "
      "eich bod)(?: chi)? (?:yn teimlo|wedi teimlo|yn anhapus|yn credu|yn meddwl)",
      "“Sorry that you feel” is sorry for how the person feels, not for what happened.",
      "Say sorry for what you did, or did not do.",
      { "Mae’n ddrwg gennym eich bod yn teimlo fel hyn.", "Mae’n ddrwg gennym glywed eich bod yn "
        "anhapus." },
      { "Mae’n ddrwg gennym ein bod wedi eich brifo.", "Mae’n ddrwg gennym am y boen." } },
    { "APOLOGY_ANY", WARN, CD_LETTER_G_APOLOGY, CY,
      "(?i)(?:ddrwg (?:iawn )?(?:gennym|gen i|gennyf)|ymddiheur(?:wn|o|af|iadau))(?: i chi)? am "
      "unrhyw",
      "“Sorry for any” does not say what for, and doubts that there was something.",
      "Name what you are sorry for.",
      { "Ymddiheurwn am unrhyw ofid.", "Mae’n ddrwg gennym am unrhyw niwed." },
      { "Ymddiheurwn am y gofid a achoswyd.", "Gallwch ffonio am unrhyw reswm." } },
    { "DECEASED", WARN, CD_LETTER_G_WORDS, CY, "(?i)\\b(?:yr "
      ")?(?:ymadawedig|trancedig)\\b|\\bcolli (?:ei|eu) (?:fywyd|bywyd|frwydr|brwydr)\\b",
      "“Deceased” is the language of files.", "Write the person’s name, and “bu farw”.",
      { "Yr ymadawedig", "Roedd y trancedig yn 80." }, { "Bu farw eich mam ar 4 Mai.",
        "Mae wedi ymadael â’r ward." } }
};

const cd_letter_rule_t *cd_letter_rules(int *count_out)
{
    *count_out = (int)(sizeof(rules) / sizeof(rules[0]));
    return rules;
}
