# Sources of the ring audit/, one a line, sorted; headers too.

audit_sources = \
  audit/chain.c \
  audit/record.c \
  audit/record.h \
  audit/standing.c \
  audit/standing.h \
  audit/verify.c \
  audit/verify.h \
  audit/verify_content.c \
  audit/verify_report.c \
  audit/verify_system.c \
  audit/walk.h
