/* letter.h: use cases of letters: write, ask for a check, let out or give back, mark as sent.
 *
 * Requires: case.h, domain/letter.h.   Provides: app_letter_*.   Used by: web, cli.
 * A letter is a DRAFT record and its later versions; its number is that of the first. Letting it
 * out (SIGNOFF) freezes the bytes, and only a second person may: nobody who wrote a version of it.
 * Sending it is a record of its own kind (written notification, offer of a meeting, update,
 * results, attempt), so that the rules see it. */
#ifndef CD_APP_LETTER_H
#define CD_APP_LETTER_H

#include "app/case.h"
#include "domain/letter.h"

typedef enum app_letter_state_t {
    APP_LETTER_DRAFTED = 1,
    APP_LETTER_TO_CHECK,
    APP_LETTER_RETURNED,
    APP_LETTER_APPROVED,
    APP_LETTER_SENT
} app_letter_state_t;
extern const cd_token_t app_letter_states[];

typedef struct app_letter_t {
    int number;                          /* of the first version's record */
    const cd_record_t *record;           /* newest version */
    const cd_draft_t *draft;
    int versions;
    const cd_record_t *signoff;          /* what was said of the newest version, or NULL */
    const cd_record_t *sent;             /* the record that says it went out, or NULL */
    const cd_record_t *pdf;              /* DOCUMENT, or NULL: not made yet */
    app_letter_state_t state;
} app_letter_t;
/** The letters of a case, newest first. @owner pool */
app_letter_t *app_letters(int *count_out, const cd_case_t *file, apr_pool_t *pool);

typedef struct app_letter_view_t {
    const app_case_view_t *view;
    const app_letter_t *letter;          /* draft NULL: not saved yet */
    const cd_letter_made_t *made;        /* as it reads today */
    const cd_letter_check_t *check;
    const char *const *changed;          /* facts that changed since it was let out */
    int changed_count;
    /* why this person may not let it out, in words; NULL: they may */
    const char *why_not_sign;
    int may_edit, may_ask, may_send;     /* right and state */
} app_letter_view_t;
/** A letter of the case that ctx names. number 0: `draft` is a new one, nothing of it is saved.
 * @errors CD_E_NOT_FOUND: no letter of that number */
cd_err_t *app_letter_view(app_letter_view_t **out, app_ctx_t *ctx, int number,
                          const cd_draft_t *draft);

/** Saves a version; number 0: the first of a new letter. `draft`: whole, person_seq and asked too.
 * `asked`: everyone who may let it out is told. @errors CD_E_INVALID with problems; CD_E_STALE;
 * CD_E_NOT_FOUND */
cd_err_t *app_letter_save(int *number_out, app_ctx_t *ctx, int number, cd_draft_t *draft,
                          int version, cd_problems_t *problems);

typedef struct app_overrule_t { const char *code, *reason; } app_overrule_t;
typedef struct app_verdict_t {
    int verdict;                         /* cd_verdicts */
    const char *reason;                  /* why it goes back */
    /* one per warning; its problem's field is "overrule_CODE" */
    const app_overrule_t *overruled;
    int overruled_count;
} app_verdict_t;
/** Lets the newest version out, or gives it back. The bytes are frozen, hashed and kept with the
 * entry.
 * @errors CD_E_FORBIDDEN: wrote a version of it; CD_E_INVALID: nobody asked for a check, a stop,
 * a warning without a reason; CD_E_STALE */
cd_err_t *app_letter_sign(app_ctx_t *ctx, int number, const app_verdict_t *verdict, int version,
                          cd_problems_t *problems);

typedef struct app_sending_t {
    cd_when_t sent;                      /* day it was given or sent */
    const char *proof;
    int mode;                            /* cd_modes, or 0 */
    const char *reason_if_late;
} app_sending_t;
/** Writes the record that the letter is. @errors as above */
cd_err_t *app_letter_send(int *seq_out, app_ctx_t *ctx, int number, const app_sending_t *sending,
                          int version, cd_problems_t *problems);

/** The frozen bytes. @errors CD_E_NOT_FOUND: it was not let out   @owner ctx->pool */
cd_err_t *app_letter_bytes(cd_buf_t **out, app_ctx_t *ctx, const app_letter_t *letter);
/** Those of its PDF. @errors CD_E_NOT_FOUND: there is none yet */
cd_err_t *app_letter_pdf(cd_buf_t **out, app_ctx_t *ctx, const app_letter_t *letter);

/* ---- the job that makes PDFs (candourctl run letters) ---- */

typedef struct app_letter_wait_t {
    const char *reference;               /* first: the job keeps it for rows of each kind */
    int signoff_seq;
    apr_int64_t case_id;                 /* with put_at, its place in the row */
    cd_instant_t put_at;
} app_letter_wait_t;
/** The next that wait behind `after` (NULL: from the oldest on). What cannot be made stays, and
 * keeps nobody behind it waiting. @owner ctx->pool */
cd_err_t *app_letters_waiting(app_letter_wait_t **out, int *count_out, app_ctx_t *ctx,
                              const app_letter_wait_t *after, int limit);
/** The frozen HTML of a sign-off of the case that ctx names, and the day it was let out. */
cd_err_t *app_letter_frozen(cd_buf_t **out, cd_instant_t *at_out, app_ctx_t *ctx, int signoff_seq);
/** Keeps its PDF: bytes, hash and a DOCUMENT record in the case's chain. Done before: nothing
 * happens.
 * @errors CD_E_STALE: a newer version took the letter's place */
cd_err_t *app_letter_pdf_keep(app_ctx_t *ctx, int signoff_seq, const char *bytes, apr_size_t len);

#endif
