/* workflow.c: the table of states and records, and its two questions.
 *
 * Rights are not here (record definitions name them), nor conditions on other records
 * (case_guard.c). */
#include <stddef.h>

#include "app/workflow.h"

#define REC (1u << CD_CASE_RECORDED)
#define OPEN (1u << CD_CASE_OPEN)
#define CLOSED (1u << CD_CASE_CLOSED)
#define ANY (REC | OPEN | CLOSED)

/* The duty's steps wait for the opening; what was found, judged or filed about the case may come at
 * any time, because courts and regulators speak years later. */
static const app_workflow_t rows[] = {
    /* made with the file; only corrected later */
    { CD_REC_INCIDENT,   0,            ANY,           0 },
    { CD_REC_PATIENT,    REC | OPEN,   ANY,           0 },
    { CD_REC_GRADING,    REC | OPEN,   ANY,           0 },
    { CD_REC_OPINION,    REC | OPEN,   ANY,           0 },
    { CD_REC_OPENING,    REC,          OPEN | CLOSED, CD_CASE_OPEN },
    { CD_REC_PERSON,     REC | OPEN,   ANY,           0 },
    { CD_REC_TALK,       OPEN,         OPEN | CLOSED, 0 },
    { CD_REC_LETTER,     OPEN,         OPEN | CLOSED, 0 },
    { CD_REC_ATTEMPT,    OPEN,         OPEN | CLOSED, 0 },
    { CD_REC_REFUSAL,    OPEN,         OPEN | CLOSED, 0 },
    { CD_REC_SUPPORT,    OPEN,         OPEN | CLOSED, 0 },
    { CD_REC_MEETING,    OPEN,         OPEN | CLOSED, 0 },
    { CD_REC_ENQUIRY,    OPEN,         OPEN | CLOSED, 0 },
    { CD_REC_RESULTS,    OPEN,         OPEN | CLOSED, 0 },
    { CD_REC_DOCUMENT,   ANY,          ANY,           0 },
    { CD_REC_JUDGEMENT,  OPEN | CLOSED, OPEN | CLOSED, 0 },
    { CD_REC_FINDING,    ANY,          ANY,           0 },
    { CD_REC_EXEMPTION,  OPEN,         OPEN | CLOSED, 0 },
    { CD_REC_CLOSURE,    REC | OPEN,   CLOSED,        CD_CASE_CLOSED },
    /* takes back; is not itself corrected */
    { CD_REC_WITHDRAWAL, ANY,          0,             0 },
    { CD_REC_HANDOVER,   REC | OPEN,   ANY,           CD_CASE_CLOSED },
    { CD_REC_JOIN,       REC | OPEN,   ANY,           CD_CASE_CLOSED },
    { CD_REC_RETURN,     OPEN,         OPEN | CLOSED, 0 },
    { CD_REC_ANNUAL,     OPEN | CLOSED, OPEN | CLOSED, 0 },
    { CD_REC_RULE_REASON, OPEN,        OPEN | CLOSED, 0 },
    { CD_REC_REOPENING,  CLOSED,       OPEN | CLOSED, CD_CASE_OPEN },
    { CD_REC_ASSIGNMENT, REC | OPEN,   REC | OPEN,    0 },
    { CD_REC_DRAFT,      OPEN,         OPEN,          0 },
    { CD_REC_SIGNOFF,    OPEN,         0,             0 },
};

const app_workflow_t *app_workflow(int *count_out)
{
    *count_out = (int)(sizeof(rows) / sizeof(rows[0]));
    return rows;
}

static const app_workflow_t *row_of(cd_record_kind_t kind)
{
    size_t i;

    for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
        if (rows[i].kind == kind)
            return &rows[i];
    return NULL;
}

int app_workflow_allows(cd_record_kind_t kind, int state, int correcting)
{
    const app_workflow_t *row = row_of(kind);

    if (!row || state < CD_CASE_RECORDED || state > CD_CASE_CLOSED)
        return 0;
    return ((correcting ? row->correct_in : row->add_in) & (1u << state)) != 0;
}

int app_workflow_next(cd_record_kind_t kind, int state)
{
    const app_workflow_t *row = row_of(kind);

    return row && row->next_state ? row->next_state : state;
}
