/* workflow.h: which record may be added or corrected in which state of a candour case.
 *
 * Requires: domain.   Provides: app_workflow_*.   Used by: app (checks), web (which links to show),
 * tests (walk every pair). One row per kind. A record that opens or closes the case names the state
 * that follows. */
#ifndef CD_APP_WORKFLOW_H
#define CD_APP_WORKFLOW_H

#include "domain/case.h"

typedef struct app_workflow_t {
    cd_record_kind_t kind;
    /* bit (1u << cd_case_state_t): states a new one may be added in */
    unsigned add_in;
    unsigned correct_in;                 /* ... and an existing one corrected in */
    int next_state;                      /* cd_case_state_t that a new one leads to; 0: no change */
} app_workflow_t;

/** All rows, one per kind of a case's records. @owner static */
const app_workflow_t *app_workflow(int *count_out);
/** 1 if a record of `kind` may be added (or, with `correcting`, corrected) in `state`. */
int app_workflow_allows(cd_record_kind_t kind, int state, int correcting);
/** State after adding a new record of `kind` in `state`. */
int app_workflow_next(cd_record_kind_t kind, int state);

#endif
