# Sources of the ring web/, one a line, sorted; headers too.

web_sources = \
  web/form.h \
  web/markup.c \
  web/markup.h \
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
  web/template.c \
  web/template.h \
  web/template_ops.h \
  web/template_run.c \
  web/url.c \
  web/url.h \
  web/value.h \
  web/view.c \
  web/view.h \
  web/write_csv.c \
  web/write_json.c
