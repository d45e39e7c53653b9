# Sources of the ring app/, one a line, sorted; headers too.

app_sources = \
  app/admin.h \
  app/case.c \
  app/case.h \
  app/case_close.c \
  app/case_guard.c \
  app/case_move.c \
  app/case_sum.c \
  app/case_view.c \
  app/casefile.h \
  app/casefile_line.c \
  app/casefile_read.c \
  app/casefile_schema.c \
  app/casefile_write.c \
  app/claim.c \
  app/claim.h \
  app/claim_core.h \
  app/claim_sum.c \
  app/claim_view.c \
  app/content.h \
  app/core.h \
  app/ctx.c \
  app/ctx.h \
  app/decision.c \
  app/entries.c \
  app/flag.c \
  app/flag_read.c \
  app/flag_seen.c \
  app/flag_view.c \
  app/health.c \
  app/notice.c \
  app/notice.h \
  app/org.c \
  app/outbox.c \
  app/outbox.h \
  app/outbox_mail.c \
  app/transfer.c \
  app/transfer.h \
  app/user.c \
  app/work.h \
  app/workflow.c \
  app/workflow.h \
  app/write.c
