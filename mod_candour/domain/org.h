/* org.h: organisations.
 *
 * Requires: base, calendar.h, actor.h.   Provides: cd_org_t.   Used by: everywhere. */
#ifndef CD_DOMAIN_ORG_H
#define CD_DOMAIN_ORG_H

#include "base/date.h"
#include "base/field.h"
#include "domain/actor.h"
#include "domain/calendar.h"

typedef enum cd_jurisdiction_t {
    CD_JUR_ENG = 1,
    CD_JUR_SCO,
    CD_JUR_WAL,
    CD_JUR_NI
} cd_jurisdiction_t;
extern const cd_token_t cd_jurisdictions[];
/** Kind of registered person: chooses reg 20(8) or 20(9). @source SI 2014/2936 reg 20 */
typedef enum cd_person_kind_t { CD_HEALTH_SERVICE_BODY = 1, CD_OTHER_PERSON } cd_person_kind_t;
extern const cd_token_t cd_person_kinds[];

typedef struct cd_org_t {
    cd_org_id id;
    const char *code;                 /* ODS code; what people and JSON use */
    const char *name;
    int jurisdiction;                 /* cd_jurisdiction_t */
    int kind;                         /* cd_person_kind_t */
    cd_date_t opened_on, closed_on;   /* 0: not known / still open */
    const char *successor_code;       /* after a merger, or NULL */
    cd_date_t member_from, member_to; /* member of the clinical scheme; 0: not known / still */
    /* cd_yesno_t: works under the NHS Standard Contract (C01, C02) */
    int nhs_contract;
    /* house limits, working days; 0 takes the policy's own default */
    apr_int64_t target_opinion_wd, target_talk_wd, target_note_wd, target_letter_wd,
        target_results_wd;
    int version;
} cd_org_t;

extern const cd_field_t cd_org_fields[];
extern const int cd_org_field_count;
cd_division_t cd_org_division(const cd_org_t *org);
/** The name as people say it where there is little room: without "NHS Foundation Trust" and its
 * like behind it. @owner pool */
const char *cd_org_short(const cd_org_t *org, apr_pool_t *pool);

#endif
