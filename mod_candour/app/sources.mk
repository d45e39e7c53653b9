# Sources of the ring app/, one a line, sorted; headers too.

app_sources = \
  app/admin.h \
  app/case.c \
  app/case.h \
  app/case_guard.c \
  app/case_sum.c \
  app/case_view.c \
  app/claim.h \
  app/core.h \
  app/ctx.c \
  app/ctx.h \
  app/workflow.c \
  app/workflow.h \
  app/write.c
