# Sources of the ring mod/, one a line, sorted; headers too.

mod_sources = \
  mod/config.c \
  mod/directives.h \
  mod/glue.h \
  mod/log.c \
  mod/mod_candour.c \
  mod/parse.c \
  mod/parse.h \
  mod/request.c \
  mod/respond.c \
  mod/start.c
