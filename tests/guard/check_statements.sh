#!/bin/sh
# Each statement of store/sql/ names its columns and is used; and SQL stands nowhere else.
# That names are said once, mkstatements.sh holds.
. "$(dirname "$0")/guard.sh"

look_at $(sql_files)
lines=$(statements) || exit 1
files=$(sources store)
look_at $files

scratch=${TMPDIR:-/tmp}/statements.$$
echo "$lines" | sed 's/ .*//' | while IFS= read -r name; do
    grep -qwF "$name" $files || echo "$name" | stand ' is never used'
done >"$scratch"
# COUNT(*) counts rows and names no column.
echo "$lines" | sed 's/COUNT(\*)//g' | grep -E '(SELECT|,|\.)[[:space:]]*\*' |
    sed 's/ .*//' | stand '  (columns are named, never *)' >>"$scratch"
echo "$lines" |
    grep -E 'INSERT[[:space:]]+(IGNORE[[:space:]]+)?INTO[[:space:]]+[a-z_]+[[:space:]]+(VALUES|SELECT|SET)' |
    sed 's/ .*//' | stand '  (an INSERT without columns)' >>"$scratch"
# Text of a statement in C: a string that begins with a verb of SQL. Session settings and transactions
# are db.c's and tx.c's own; migrate.c and the tests of statements run files.
for file in $(sources base domain audit app web cli mod); do
    grep -nE '"(SELECT|INSERT INTO|UPDATE|DELETE FROM|REPLACE INTO) ' "$file" |
        sed "s|^|${file#"$root"/}:|; s|\$|  (SQL outside store/)|"
done >>"$scratch"
problems_from <"$scratch"
rm -f "$scratch"
verdict
