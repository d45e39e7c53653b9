# Sources of the ring cli/, one a line, sorted; headers too.
# main.c is not among them: it is the program, the rest is its library.

cli_sources = \
  cli/admin.c \
  cli/args.c \
  cli/bring.c \
  cli/claim.c \
  cli/cli.h \
  cli/commands.c \
  cli/config.c \
  cli/flag.c \
  cli/impact.c \
  cli/letters.c \
  cli/mail.h \
  cli/mail_command.c \
  cli/mail_smtp.c \
  cli/outbox.c \
  cli/pdf.c \
  cli/pdf.h \
  cli/policy.c \
  cli/pure.c \
  cli/pure.h \
  cli/pure_evaluate.c \
  cli/recompute.c \
  cli/reports.c \
  cli/replay.c \
  cli/routes.c \
  cli/run.c \
  cli/scheme.c \
  cli/session.c \
  cli/sweep.c \
  cli/transfer.c \
  cli/verify.c \
  cli/words.c \
  cli/work.c
