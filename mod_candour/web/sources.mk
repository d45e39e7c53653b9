# Sources of the ring web/, one a line, sorted; headers too.

web_sources = \
  web/form.h \
  web/media.c \
  web/media.h \
  web/names_admin.def \
  web/names_case.def \
  web/names_claim.def \
  web/names_common.def \
  web/names_form.def \
  web/problem.c \
  web/request.c \
  web/request.h \
  web/route.c \
  web/route.h \
  web/router.c \
  web/serve.c \
  web/session.h \
  web/shell.c \
  web/shell.h \
  web/status.c \
  web/template.h \
  web/url.c \
  web/url.h \
  web/view.h
