# Sources of the ring store/, one a line, sorted; headers too.
# db.c stands apart, with the numbers it asks about: it is the only file that includes mysql.h.

# All SQL, in the order that mkstatements.sh reads it: a part stands above what uses it.
store_sql = \
  store/sql/base.sql \
  store/sql/words.sql \
  store/sql/file.sql \
  store/sql/party.sql \
  store/sql/flag.sql \
  store/sql/audit.sql \
  store/sql/user.sql \
  store/sql/org.sql \
  store/sql/holiday.sql \
  store/sql/scheme.sql \
  store/sql/outbox.sql \
  store/sql/work.sql \
  store/sql/team.sql \
  store/sql/content.sql \
  store/sql/reminder.sql \
  store/sql/bring.sql \
  store/sql/letter.sql \
  store/sql/report.sql \
  store/sql/claim_work.sql \
  store/sql/ahead.sql \
  store/sql/claim_job.sql \
  store/sql/impact.sql \
  store/sql/claim.sql \
  store/sql/recovery.sql

store_db_sources = \
  store/db.c \
  store/numbers.c

store_sources = \
  store/ahead.c \
  store/ahead.h \
  store/audit.c \
  store/audit.h \
  store/bring.c \
  store/bring.h \
  store/canon.c \
  store/canon.h \
  store/claim_job.c \
  store/claim_job.h \
  store/claim_work.c \
  store/claim_work.h \
  store/conn.h \
  store/claim.c \
  store/claim.h \
  store/content.c \
  store/contribution.c \
  store/content.h \
  store/db.h \
  store/file.h \
  store/file_head.c \
  store/file_list.c \
  store/file_record.c \
  store/flag.c \
  store/flag.h \
  store/gcm.h \
  store/grants.c \
  store/grants.h \
  store/health.c \
  store/holiday.c \
  store/impact.c \
  store/impact.h \
  store/key.c \
  store/key.h \
  store/letter.c \
  store/letter.h \
  store/migrate.c \
  store/migrate.h \
  store/org.c \
  store/outbox.c \
  store/outbox.h \
  store/party.c \
  store/pool.c \
  store/pool.h \
  store/recovery.c \
  store/recovery.h \
  store/reminder.c \
  store/reminder.h \
  store/report.c \
  store/report.h \
  store/row.c \
  store/row.h \
  store/scheme.c \
  store/seal.c \
  store/session.c \
  store/standing.c \
  store/standing.h \
  store/team.c \
  store/team.h \
  store/tx.c \
  store/tx.h \
  store/user.c \
  store/user.h \
  store/words.c \
  store/words.h \
  store/work.c \
  store/work.h
