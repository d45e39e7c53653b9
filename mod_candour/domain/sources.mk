# Sources of the ring domain/, one a line, sorted; headers too.

domain_sources = \
  domain/actor.c \
  domain/actor.h \
  domain/calendar.c \
  domain/calendar.h \
  domain/candour.h \
  domain/case.c \
  domain/case.h \
  domain/claim.h \
  domain/event.c \
  domain/event.h \
  domain/fields.h \
  domain/fields_acts.c \
  domain/fields_after.c \
  domain/fields_case.c \
  domain/fields_claim.c \
  domain/holidays_data.c \
  domain/liability.h \
  domain/lists.c \
  domain/lists.h \
  domain/lists_claim.c \
  domain/org.c \
  domain/org.h \
  domain/record.c \
  domain/record.h \
  domain/record_check.c \
  domain/record_code.c \
  domain/record_read.c \
  domain/record_value.c \
  domain/scheme.h \
  domain/series.h \
  domain/value.h
