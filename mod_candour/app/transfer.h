/* transfer.h: whole case files in and out.
 *
 * Requires: ctx.h, casefile.h.   Provides: app_import, app_export.   Used by: cli.
 * An import is history: what the workflow would have refused at the desk may still have happened,
 * so only the reader's own checks hold. References and entry numbers are given anew. `recorded_at`
 * is kept, and `recorded_by` where a user here has that name (else the entry names who imported
 * it); the audit chain names the importer either way, with the day of the import. */
#ifndef CD_APP_TRANSFER_H
#define CD_APP_TRANSFER_H

#include "app/casefile.h"
#include "app/ctx.h"

/** Imports one case file: its case, its claim or both, in one transaction; with problems nothing is
 * written. The trusts' cases of a claim may be named by reference or by the trust's own local
 * reference. A double (same organisation and local reference, or without one the same facts) is a
 * problem of the field "double" and `*reference_out` names the file that is here. `dry` only
 * checks: `*reference_out` stays NULL. Command line only.
 * @errors CD_E_INVALID with problems, whose fields are JSON pointers */
cd_err_t *app_import(const char **reference_out, app_ctx_t *ctx, const app_casefile_t *file,
                     int dry, cd_problems_t *problems);
/** The file that ctx names, whole: not for those who may see a part. @errors CD_E_KEY: its key is
 * gone */
cd_err_t *app_export(app_casefile_t **out, app_ctx_t *ctx);

#endif
