/* fields.h: the field tables of every kind of record, and how a row is written.
 *
 * Requires: field.h.   Provides: CD_FIELD, cd_fields_*.   Used by: fields_*.c, record.c.
 * Labels are questions to the person at the keyboard; nouns are what error messages say. */
#ifndef CD_DOMAIN_FIELDS_H
#define CD_DOMAIN_FIELDS_H

#include <stddef.h>

#include "base/field.h"

/** First members of a row: the field's name is the member's. */
#define CD_FIELD(struct_, member_, type_) \
    .name = #member_, .type = type_, .offset = offsetof(struct_, member_)
/** A kind's table and its length. */
#define CD_FIELDS_DECLARE(kind_) \
    extern const cd_field_t cd_fields_##kind_[]; \
    extern const int cd_fields_##kind_##_count
#define CD_FIELDS_COUNT(kind_) \
    const int cd_fields_##kind_##_count = (int)(sizeof(cd_fields_##kind_) / sizeof(cd_field_t))

#define CD_REQ  CD_FF_REQUIRED
#define CD_SENS CD_FF_SENSITIVE
/** The day a record is about: today or earlier, a month or a year alone will do. */
#define CD_ABOUT (CD_FF_PAST | CD_FF_HAPPENED | CD_FF_PART_DATE)

CD_FIELDS_DECLARE(incident);
CD_FIELDS_DECLARE(patient);
CD_FIELDS_DECLARE(grading);
CD_FIELDS_DECLARE(opinion);
CD_FIELDS_DECLARE(opening);
CD_FIELDS_DECLARE(person);
CD_FIELDS_DECLARE(talk);
CD_FIELDS_DECLARE(letter);
CD_FIELDS_DECLARE(attempt);
CD_FIELDS_DECLARE(refusal);
CD_FIELDS_DECLARE(support);
CD_FIELDS_DECLARE(meeting);
CD_FIELDS_DECLARE(enquiry);
CD_FIELDS_DECLARE(results);
CD_FIELDS_DECLARE(document);
CD_FIELDS_DECLARE(judgement);
CD_FIELDS_DECLARE(finding);
CD_FIELDS_DECLARE(exemption);
CD_FIELDS_DECLARE(closure);
CD_FIELDS_DECLARE(withdrawal);
CD_FIELDS_DECLARE(handover);
CD_FIELDS_DECLARE(join);
CD_FIELDS_DECLARE(return);
CD_FIELDS_DECLARE(annual);
CD_FIELDS_DECLARE(rule_reason);
CD_FIELDS_DECLARE(reopening);
CD_FIELDS_DECLARE(assignment);
CD_FIELDS_DECLARE(draft);
CD_FIELDS_DECLARE(signoff);
CD_FIELDS_DECLARE(claim);
CD_FIELDS_DECLARE(claim_status);
CD_FIELDS_DECLARE(parties);
CD_FIELDS_DECLARE(payment);
CD_FIELDS_DECLARE(claim_event);
CD_FIELDS_DECLARE(reserve);
CD_FIELDS_DECLARE(allocation);
CD_FIELDS_DECLARE(inquest);
CD_FIELDS_DECLARE(taken_back);
CD_FIELDS_DECLARE(no_incident);
CD_FIELDS_DECLARE(request);
CD_FIELDS_DECLARE(answer);
CD_FIELDS_DECLARE(indication);
CD_FIELDS_DECLARE(representation);
CD_FIELDS_DECLARE(for_decision);
CD_FIELDS_DECLARE(confirmation);
CD_FIELDS_DECLARE(told);
CD_FIELDS_DECLARE(review_asked);
CD_FIELDS_DECLARE(review);
CD_FIELDS_DECLARE(recovery);
CD_FIELDS_DECLARE(receipt);
CD_FIELDS_DECLARE(shared);
CD_FIELDS_DECLARE(allegation);
CD_FIELDS_DECLARE(regulatory);
CD_FIELDS_DECLARE(looked);

#endif
