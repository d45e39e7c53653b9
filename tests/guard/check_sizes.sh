#!/bin/sh
# No function over 100 lines and no source over 600.
. "$(dirname "$0")/guard.sh"

files=$(sources base domain store audit app web cli mod)
look_at $files
for file in $files; do
    awk -v file="${file#"$root"/}" '
        /^\{/ { open = FNR }
        /^\}/ { if (open && FNR - open > 100) print file ":" open ": a function of " FNR - open " lines"; open = 0 }
        END { if (FNR > 600) print file ": " FNR " lines" }' "$file"
done >"${TMPDIR:-/tmp}/sizes.$$"
problems_from <"${TMPDIR:-/tmp}/sizes.$$"
rm -f "${TMPDIR:-/tmp}/sizes.$$"
verdict
