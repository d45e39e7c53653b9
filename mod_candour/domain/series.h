/* series.h: a file's row of records as it is known at the end of a day.
 *
 * Requires: record.h.   Provides: cd_series_*.   Used by: case.c, claim.c. */
#ifndef CD_DOMAIN_SERIES_H
#define CD_DOMAIN_SERIES_H

#include "domain/record.h"

/** Copies the records known at the end of `as_at`, rising by seq, superseded ones marked.
 * @owner pool; bodies are borrowed */
cd_record_t *cd_series_read(int *count_out, const cd_record_t *all, int count, cd_date_t as_at,
                            apr_pool_t *pool);
/** Next record of `kind` that stands, after `after` (NULL: the first); NULL at the end. */
const cd_record_t *cd_series_next(const cd_record_t *records, int count, cd_record_kind_t kind,
                                  const cd_record_t *after);
/** The newest record of `kind` that stands; NULL if none. */
const cd_record_t *cd_series_last(const cd_record_t *records, int count, cd_record_kind_t kind);

#endif
