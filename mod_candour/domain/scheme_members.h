/* scheme_members.h: the one table of what a scheme's file may hold.
 *
 * Requires: scheme.h.   Provides: cd_member_t and its readers.   Used by: scheme_json.c,
 * scheme_file.c, scheme_schema.c, scheme_members.c; nothing outside domain/. */
#ifndef CD_DOMAIN_SCHEME_MEMBERS_H
#define CD_DOMAIN_SCHEME_MEMBERS_H

#include "domain/scheme.h"

typedef enum cd_member_kind_t {
    CD_MB_TEXT = 1,
    CD_MB_WORD,
    CD_MB_FLAG,
    CD_MB_PENCE,
    CD_MB_BP,
    CD_MB_COUNT,
    CD_MB_DATE,
    CD_MB_STEPS,
    CD_MB_MATRIX,
    CD_MB_AUTHORITIES
} cd_member_kind_t;

typedef struct cd_member_t {
    const char *name;
    cd_member_kind_t kind;
    apr_size_t offset;                 /* in cd_scheme_t; of tests: in cd_scheme_input_t */
    const cd_token_t *words;
    int required;
    unsigned formulas;                 /* bits of the formulas that read it; 0: no setting */
    const char *label;                 /* "Fixed amount" */
    const char *otherwise;             /* what holds if it is not given, for people */
    const char *help;                  /* for the schema */
} cd_member_t;

extern const cd_member_t cd_scheme_members[];
extern const int cd_scheme_member_count;
const cd_member_t *cd_scheme_member(const char *name);
/** Reads one value into `base`. NULL if it was read; else what it must be ("true or false"). */
const char *cd_member_read(void *base, const cd_member_t *member, const json_t *value,
                           apr_pool_t *pool);
/** 1 if the member has a value that is not nothing. */
int cd_member_given(const cd_scheme_t *scheme, const cd_member_t *member);
/** 1 if the scheme's formula (under L0: the one it shadows) reads this setting. */
int cd_member_used(const cd_scheme_t *scheme, const cd_member_t *member);
/** Reads every member of `json` into a fresh scheme, without looking at how they stand together. */
void cd_scheme_members_read(cd_scheme_t *scheme, const json_t *json, cd_problems_t *problems);
void cd_scheme_defaults(cd_scheme_t *scheme);

#endif
