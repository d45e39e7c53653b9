#!/bin/sh
# Each statement of store/statements.sql names its columns and is used; and SQL stands nowhere else.
# That names are said once, mkstatements.sh holds.
. "$(dirname "$0")/guard.sh"

sql=$root/mod_candour/store/statements.sql
look_at "$sql"
lines=$(statements) || exit 1
names=$(echo "$lines" | sed 's/ .*//')
files=$(sources store)
look_at $files
for name in $names; do
    grep -qwF "$name" $files || problem "store/statements.sql: $name is never used"
done

scratch=${TMPDIR:-/tmp}/statements.$$
# COUNT(*) counts rows and names no column.
echo "$lines" | sed 's/COUNT(\*)//g' | grep -E '(SELECT|,|\.)[[:space:]]*\*' |
    sed 's|^\([^ ]*\) .*|store/statements.sql: \1  (columns are named, never *)|' >"$scratch"
echo "$lines" |
    grep -E 'INSERT[[:space:]]+(IGNORE[[:space:]]+)?INTO[[:space:]]+[a-z_]+[[:space:]]+(VALUES|SELECT|SET)' |
    sed 's|^\([^ ]*\) .*|store/statements.sql: \1  (an INSERT without columns)|' >>"$scratch"
# Text of a statement in C: a string that begins with a verb of SQL. Session settings and transactions
# are db.c's and tx.c's own; migrate.c and the tests of statements run files.
for file in $(sources base domain audit app web cli mod); do
    grep -nE '"(SELECT|INSERT INTO|UPDATE|DELETE FROM|REPLACE INTO) ' "$file" |
        sed "s|^|${file#"$root"/}:|; s|\$|  (SQL outside store/)|"
done >>"$scratch"
problems_from <"$scratch"
rm -f "$scratch"
verdict
