base_sources = \
  base/buf.c \
  base/buf.h \
  base/codes.h \
  base/csv.c \
  base/csv.h \
  base/date.c \
  base/date.h \
  base/err.c \
  base/err.h \
  base/escape.c \
  base/field.h \
  base/hash.c \
  base/hash.h \
  base/json.c \
  base/json.h \
  base/log.c \
  base/log.h \
  base/money.c \
  base/money.h \
  base/multipart.h \
  base/pattern.c \
  base/pattern.h \
  base/text.c \
  base/text.h \
  base/token.c \
  base/token.h
