# Sources of the ring store/, one a line, sorted; headers too.
# db.c stands alone: it is the only file that finds mysql.h.

store_db_sources =

store_sources =
