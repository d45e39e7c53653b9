/* pure.h: the commands that need no database: reckoning of days, NHS numbers, a case file held
 * against the law, and what this version knows. None of them reads the clock unless --today asks
 * for it.
 *
 * Requires: cli.h, domain, app/casefile.h.   Provides: cli_pure_*.   Used by: commands.c. */
#ifndef CD_CLI_PURE_H
#define CD_CLI_PURE_H

#include "cli/cli.h"

extern const cli_option_t cli_pure_division_options[];
extern const cli_option_t cli_pure_evaluate_options[];

/** DATE DAYS [--division NAME]: the DAYS-th working day after DATE. */
int cli_pure_workdays_add(cli_t *cli);
/** FROM TO [--division NAME]: working days after FROM up to and including TO. */
int cli_pure_workdays_between(cli_t *cli);
/** DATE MONTHS: last day of "within MONTHS months beginning with DATE". */
int cli_pure_months_add(cli_t *cli);
/** The shipped bank holidays, in the form of the official feed. */
int cli_pure_holidays_shipped(cli_t *cli);
/** NUMBER: exit 0 if modulus 11 holds, 1 if not. */
int cli_pure_nhs_number(cli_t *cli);
/** FILE --as-at DATE [--policy CODE] [--scheme FILE] [--json]: each rule of a case file, and the
 * flag. */
int cli_pure_evaluate(cli_t *cli);
/** JSON Schema of the case file. */
int cli_pure_schema(cli_t *cli);
/** The policies of this version. */
int cli_pure_policies(cli_t *cli);

#endif
