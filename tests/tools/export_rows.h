/* export_rows.h: made-up exports of "System A" (conf/mappings/system-a.json), the same each time,
 * some rows of them bad in one of twenty ways. Every person, trust and event is made up; NHS
 * numbers are of the range for tests. */
#ifndef CD_TESTS_EXPORT_ROWS_H
#define CD_TESTS_EXPORT_ROWS_H

#include <apr_strings.h>

#include "base/buf.h"
#include "base/date.h"
#include "base/text.h"

enum {
    X_REF,
    X_TRUST,
    X_TITLE,
    X_OCCURRED,
    X_REPORTED,
    X_LFPSE,
    X_SERVICE,
    X_LOCATION,
    X_DESCRIPTION,
    X_FACTS,
    X_UNEXPECTED,
    X_FORENAME,
    X_SURNAME,
    X_NHS,
    X_BORN,
    X_DIED,
    X_GRADED,
    X_PHYSICAL,
    X_PSYCH,
    X_GRADED_BY,
    X_MET,
    X_OPINION_ON,
    X_OPINION_BY,
    X_OPINION_GROUP,
    X_REASONS,
    X_AWARE,
    X_LEAD,
    X_TOLD,
    X_TOLD_AT,
    X_TOLD_HOW,
    X_WHY,
    X_WHO,
    X_TOLD_BY,
    X_TOLD_ROLE,
    X_FACTS_GIVEN,
    X_ENQUIRIES,
    X_SORRY,
    X_SUPPORT,
    X_WRITTEN,
    X_LETTER,
    X_SENT,
    X_PROOF,
    X_KEPT,
    X_TRIED,
    X_TRIED_HOW,
    X_CAME,
    X_DECLINED,
    X_DECLINED_WORDS,
    X_ENQUIRY,
    X_ENQ_BEGAN,
    X_ENQ_SIGNED,
    X_RESULTS,
    X_RESULTS_PROOF,
    X_HANDLER,
    X_UPDATED,
    X_APPROVAL,
    X_COLUMNS
};

static const char *const export_headings[X_COLUMNS] = { "Web ref",
                                                        "Trust",
                                                        "Title",
                                                        "Incident date",
                                                        "Reported",
                                                        "LFPSE ref",
                                                        "Specialty",
                                                        "Location",
                                                        "Description",
                                                        "Known facts",
                                                        "Unexpected",
                                                        "Forename",
                                                        "Surname",
                                                        "NHS no",
                                                        "DOB",
                                                        "Died",
                                                        "Graded on",
                                                        "Physical harm",
                                                        "Psychological harm",
                                                        "Graded by",
                                                        "Threshold met",
                                                        "Opinion date",
                                                        "Opinion by",
                                                        "Opinion staff group",
                                                        "Opinion reasons",
                                                        "DoC aware",
                                                        "DoC lead",
                                                        "Told on",
                                                        "Told at",
                                                        "Told how",
                                                        "Why not in person",
                                                        "Who was told",
                                                        "Told by",
                                                        "Told by role",
                                                        "Facts given",
                                                        "Enquiries named",
                                                        "Said sorry",
                                                        "Support offered",
                                                        "Written up",
                                                        "Letter dated",
                                                        "Letter sent",
                                                        "Letter proof",
                                                        "Letter kept at",
                                                        "Tried on",
                                                        "Tried how",
                                                        "Came of it",
                                                        "Declined on",
                                                        "Declined words",
                                                        "Investigation",
                                                        "Investigation began",
                                                        "Investigation signed off",
                                                        "Results sent",
                                                        "Results proof",
                                                        "Handler",
                                                        "Last updated",
                                                        "Approval status" };

/* The twenty ways: what is put where, and the line of the report that it must give, without file
 * and line. */
typedef struct export_bad_t { int column; const char *value, *report; } export_bad_t;
#define EXPORT_BAD_KINDS 20
static const export_bad_t export_bad[EXPORT_BAD_KINDS] = {
    { X_REF, "", " column Web ref (incident.local_ref): Enter the local reference: without it the "
      "row cannot be known "
      "again [REFERENCE]" },
    { X_REF, "W00000001", " column Web ref (incident.local_ref): Give each row a reference of its "
      "own: line 2 has this "
      "one [TWICE]" },
    { X_REF, "W0000000000000000000000000000000000000000000000001",
      " column Web ref (incident.local_ref): Local "
      "reference must have 40 characters or fewer [REFERENCE]" },
    { X_TRUST, "RZ2", " column Trust: Take the row out, or bring it in for the organisation it "
      "names: this is RZ1 "
      "[TRUST]" },
    { X_TITLE, "", " column Title (incident.title): Enter what the incident is [MISSING]" },
    { X_TITLE, "ab", " column Title (incident.title): What the incident is must have 3 characters "
      "or more [TEXT]" },
    { X_OCCURRED, "2026-03-01", " column Incident date (incident.occurred): Enter a real date in "
      "the form dd/mm/yyyy "
      "and mm/yyyy, or name its form in the mapping [DATE]" },
    { X_OCCURRED, "31/02/2026", " column Incident date (incident.occurred): Enter a real date in "
      "the form dd/mm/yyyy "
      "and mm/yyyy, or name its form in the mapping [DATE]" },
    { X_REPORTED, "01/01/2027", " column Reported (incident.reported_on): Date it was reported "
      "must be today or in the "
      "past [FUTURE]" },
    { X_REPORTED, "01/01/2024", " column Reported (incident.reported_on): Date it was reported "
      "must be the same as or "
      "after %s, when it happened [TOGETHER]" },
    { X_NHS, "9990000019", " column NHS no (patient.nhs_number): NHS number must be 10 numbers "
      "that pass the NHS number "
      "check, like 999 000 0018 [NHS_NUMBER]" },
    { X_BORN, "mm/1950", " column DOB (patient.born_on): Enter a real date in the form dd/mm/yyyy "
      "and mm/yyyy, or name "
      "its form in the mapping [DATE]" },
    { X_PHYSICAL, "Awful", " column Physical harm (grading.physical): Use a word of the list "
      "“physical harm”, or add "
      "this one to it in the mapping [LIST]" },
    { X_UNEXPECTED, "Perhaps", " column Unexpected (incident.unintended): Use a word of the list "
      "“yes or no”, or add "
      "this one to it in the mapping [LIST]" },
    { X_OPINION_GROUP, "Manager", " column Opinion staff group (opinion.profession): The opinion "
      "must be a doctor’s, "
      "nurse’s or other healthcare professional’s [TOGETHER]" },
    { X_TOLD_AT, "half two", " column Told at (talk.at): Enter a real time in the form hh:mi, or "
      "name its form in the "
      "mapping [TIME]" },
    { X_TOLD_HOW, "Phone", " column Why not in person (talk.why_not_in_person): Enter why it was "
      "not face to face "
      "[TOGETHER]" },
    { X_SUPPORT, "None;Counselling", " column Support offered (talk.support): Select what was "
      "offered, or “None”, not "
      "both [TOGETHER]" },
    { X_HANDLER, "\"quoted\" name", " column 54: Line %d, character %d: text follows a closing "
      "quote: write each quote "
      "inside the field twice [CSV]" },
    { X_APPROVAL, "x,y", ": The row has 57 columns, the headings are 56: put text that holds the "
      "separator in quotes "
      "[COLUMNS]" },
};

static inline apr_uint64_t export_roll(apr_uint64_t *state)
{
    apr_uint64_t z = (*state += APR_UINT64_C(0x9e3779b97f4a7c15));

    z = (z ^ (z >> 30)) * APR_UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * APR_UINT64_C(0x94d049bb133111eb);
    return z ^ (z >> 31);
}

static inline const char *export_day(cd_date_t day, apr_pool_t *pool)
{
    int year, month, mday;

    cd_date_split(day, &year, &month, &mday);
    return apr_psprintf(pool, "%02d/%02d/%04d", mday, month, year);
}

static inline const char *export_nhs(apr_uint64_t *dice, apr_pool_t *pool)
{
    for (;;) {
        int digits = 999000000 + (int)(export_roll(dice) % 1000000), rest = digits, sum = 0, weight,
            check;

        for (weight = 2; weight <= 10; weight++, rest /= 10)
            sum += weight * (rest % 10);
        check = 11 - sum % 11;
        if (check != 10)
            return apr_psprintf(pool, "%d%d", digits, check == 11 ? 0 : check);
    }
}

#define EXPORT_PICK(dice_, list_) (list_)[export_roll(dice_) % (sizeof(list_) / sizeof((list_)[0]))]

/* What only a notifiable incident has. */
static inline void export_duty(const char **cell, cd_date_t day, apr_uint64_t *dice,
                               apr_pool_t *pool)
{
    static const char *const groups[] = { "Consultant", "Nurse", "Midwife" };

    cell[X_MET] = "Yes";
    cell[X_OPINION_ON] = export_day(day + 2, pool);
    cell[X_OPINION_BY] = "K. Brandt";
    cell[X_OPINION_GROUP] = EXPORT_PICK(dice, groups);
    cell[X_REASONS] = "Unintended, during care, and the harm is moderate";
    cell[X_AWARE] = export_day(day + 2, pool);
    cell[X_LEAD] = "J. Okafor";
    cell[X_TOLD] = export_day(day + 4, pool);
    cell[X_TOLD_AT] = "14:30";
    cell[X_TOLD_HOW] = "In person";
    cell[X_WHO] = "The patient";
    cell[X_TOLD_BY] = "K. Brandt";
    cell[X_TOLD_ROLE] = "Consultant";
    cell[X_FACTS_GIVEN] = cell[X_ENQUIRIES] = cell[X_SORRY] = "Y";
    cell[X_SUPPORT] = "Contact;Counselling";
    cell[X_WRITTEN] = export_day(day + 5, pool);
    cell[X_LETTER] = export_day(day + 8, pool);
    cell[X_SENT] = export_day(day + 9, pool);
    cell[X_PROOF] = "Post book, page 12";
    cell[X_KEPT] = "Patient safety folder";
    if (export_roll(dice) % 4 == 0) {
        cell[X_ENQUIRY] = "AAR";
        cell[X_ENQ_BEGAN] = export_day(day + 10, pool);
        cell[X_ENQ_SIGNED] = export_day(day + 60, pool);
        cell[X_RESULTS] = export_day(day + 64, pool);
        cell[X_RESULTS_PROOF] = "Recorded delivery";
    }
}

/* One row's cells. `duty`: one in so many is notifiable; 1: each. `day_out`: when it happened. */
static inline void export_cells(const char **cell, int number, int duty, cd_date_t *day_out,
                                apr_pool_t *pool)
{
    static const char *const titles[] = { "Fall on the ward",         "Late diagnosis of sepsis",
                                          "Ten times the dose given", "Scan result not acted on",
                                          "Pressure ulcer",           "Delay in calling for help" };
    static const char *const places[] = { "Ward 4", "Ward 11", "Main theatres", "Day unit" };
    static const char *const forenames[] = { "Ada", "Ben", "Cora", "Dev", "Elin", "Farah", "Glen" };
    static const char *const surnames[] = { "Abara", "Birch",  "Clay",   "Dunmore",
                                            "Eze",   "Farrow", "O'Neill" };
    static const char *const harms[] = {
        "No harm", "No harm", "No harm", "Low", "Low", "Moderate"
    };
    apr_uint64_t dice = (apr_uint64_t)number * 977 + 1;
    cd_date_t day = cd_date_make(2026, 1, 1) + (cd_date_t)(export_roll(&dice) % 200);
    int i;

    for (i = 0; i < X_COLUMNS; i++)
        cell[i] = "";
    *day_out = day;
    cell[X_REF] = apr_psprintf(pool, "W%08d", number);
    cell[X_TRUST] = "RZ1";
    cell[X_TITLE] = EXPORT_PICK(&dice, titles);
    cell[X_OCCURRED] = export_day(day, pool);
    cell[X_REPORTED] = export_day(day + 1, pool);
    cell[X_SERVICE] = "General medicine";
    cell[X_LOCATION] = EXPORT_PICK(&dice, places);
    cell[X_DESCRIPTION] =
        "Seen by staff, told to the nurse in charge.\nThe patient was \"shaken\", and moved.";
    cell[X_FACTS] = "It was found on the ward round.";
    cell[X_UNEXPECTED] = "Yes";
    cell[X_FORENAME] = EXPORT_PICK(&dice, forenames);
    cell[X_SURNAME] = EXPORT_PICK(&dice, surnames);
    cell[X_NHS] = export_nhs(&dice, pool);
    cell[X_BORN] = export_day(cd_date_make(1930 + (int)(export_roll(&dice) % 80), 1, 1), pool);
    cell[X_GRADED] = export_day(day + 1, pool);
    cell[X_PHYSICAL] = EXPORT_PICK(&dice, harms);
    cell[X_PSYCH] = "N/K";
    cell[X_GRADED_BY] = "A. Nurse";
    cell[X_HANDLER] = "B. Manager";
    cell[X_UPDATED] = export_day(day + 70, pool);
    cell[X_APPROVAL] = "Final";
    if (number % duty == 0) {
        cell[X_PHYSICAL] = "Moderate";
        export_duty(cell, day, &dice, pool);
    }
}

static inline void export_cell(cd_buf_t *buf, const char *cell)
{
    if (!strpbrk(cell, ",\"\n")) {
        cd_buf_str(buf, cell);
        return;
    }
    cd_buf_lit(buf, "\"");
    for (; *cell; cell++) {
        if (*cell == '"')
            cd_buf_lit(buf, "\"");
        cd_buf_add(buf, cell, 1);
    }
    cd_buf_lit(buf, "\"");
}

/* Rows `from` to `to` (from 1, both in); every `bad_step`-th of them is bad (0: none). What the
 * report must say goes to `report` (or NULL), a line each; `line` is where the next row begins. */
static inline void export_rows(cd_buf_t *csv, cd_buf_t *report, int from, int to, int bad_step,
                               int duty, int *line, apr_pool_t *pool)
{
    apr_pool_t *iterpool;
    int n, i;

    apr_pool_create(&iterpool, pool);
    if (from == 1) {
        for (i = 0; i < X_COLUMNS; i++) {
            cd_buf_str(csv, i ? "," : "");
            export_cell(csv, export_headings[i]);
        }
        cd_buf_lit(csv, "\r\n");
        *line = 2;
    }
    for (n = from; n <= to; n++, (*line) += 2) {             /* each description has two lines */
        const char *cells[X_COLUMNS];
        const export_bad_t *bad =
            bad_step && n % bad_step == 0 ? &export_bad[n / bad_step % EXPORT_BAD_KINDS] : NULL;
        apr_size_t second_line = 0;
        cd_date_t day;

        apr_pool_clear(iterpool);
        export_cells(cells, n, bad ? 1 : duty, &day, iterpool);
        if (bad)
            cells[bad->column] = bad->value;
        for (i = 0; i < X_COLUMNS; i++) {
            cd_buf_str(csv, i ? "," : "");
            if (bad && bad->column == i && (i == X_HANDLER || i == X_APPROVAL)) {
                if (report && i == X_HANDLER)
                    cd_buf_fmt(report, ":%d:", *line),
                        cd_buf_fmt(report,
                                   " column 54: Line %d, character %d: text "
                                   "follows a closing quote: write each quote inside the field "
                                   "twice [CSV]\n",
                                   *line + 1, (int)(csv->len - second_line) + 9);
                cd_buf_str(csv, cells[i]);
                continue;
            }
            export_cell(csv, cells[i]);
            if (i == X_DESCRIPTION)
                second_line = (apr_size_t)(strrchr(csv->data, '\n') - csv->data) + 1;
        }
        cd_buf_lit(csv, "\r\n");
        if (!bad || !report || bad->column == X_HANDLER)
            continue;
        cd_buf_fmt(report, ":%d:", *line);
        if (strstr(bad->report, "%s"))
            cd_buf_fmt(report,
                       " column Reported (incident.reported_on): Date it was reported must be the "
                       "same as or "
                       "after %s, when it happened [TOGETHER]",
                       cd_date_words(day, iterpool));
        else
            cd_buf_str(report, bad->report);
        cd_buf_lit(report, "\n");
    }
    apr_pool_destroy(iterpool);
}

#endif
