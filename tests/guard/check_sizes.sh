#!/bin/sh
# No function over 100 lines; no source, no file of statements and no test over 600; no line over 100 columns, in tests
# as well. Steps of the schema stay as they were applied.
. "$(dirname "$0")/guard.sh"

files=$(sources base domain store audit app web cli mod)
wide=$(find "$root/mod_candour" "$root/tests" "$root/conf" \( -name '*.[ch]' -o -name '*.def' \) \
    ! -name statements.h | sort)
tests=$(find "$root/tests" -type f \( -name '*.[ch]' -o -name '*.mjs' \) | sort)
sql=$(sql_files)
[ -n "$sql" ] || problem "mod_candour/store/sources.mk: no store_sql"
look_at $files $wide $tests $sql
{
    for file in $files; do
        awk -v file="${file#"$root"/}" '
            /^\{/ { open = FNR }
            /^\}/ {
                if (open && FNR - open > 100)
                    print file ":" open ": a function of " FNR - open " lines"
                open = 0
            }' "$file"
    done
    for file in $files $tests $sql; do
        awk -v file="${file#"$root"/}" 'END { if (FNR > 600) print file ": " FNR " lines" }' "$file"
    done
    # Columns are characters: awk counts bytes in the C locale, so all but the first of each go.
    for file in $wide $sql; do
        LC_ALL=C awk -v file="${file#"$root"/}" '
            { columns = length($0) > 100 ? gsub(/[^\200-\277]/, "&") : 0 }
            columns > 100 { print file ":" FNR ": a line of " columns " columns" }' "$file"
    done
} >"${TMPDIR:-/tmp}/sizes.$$"
problems_from <"${TMPDIR:-/tmp}/sizes.$$"
rm -f "${TMPDIR:-/tmp}/sizes.$$"
verdict
