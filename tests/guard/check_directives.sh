#!/bin/sh
# Every directive of mod/directives.h is explained in conf/candour.conf, and no file of conf/ names
# one that is not there.
. "$(dirname "$0")/guard.sh"

look_at "$root/mod_candour/mod/directives.h" "$root/conf/candour.conf"
known=$(grep -oE '"Candour[A-Za-z]+"' "$root/mod_candour/mod/directives.h" | tr -d '"' | sort -u)
[ -n "$known" ] || problem "mod/directives.h: no directive found"
for name in $known; do
    grep -qE "^[[:space:]]*#?[[:space:]]*$name([[:space:]]|\$)" "$root/conf/candour.conf" ||
        problem "conf/candour.conf: $name is not explained"
done
for file in "$root"/conf/candour.conf "$root"/conf/demo/*.in; do
    look_at "$file"
    for name in $(grep -oE "^[[:space:]]*#?[[:space:]]*Candour[A-Za-z]+" "$file" | tr -d '# \t' | sort -u); do
        echo "$known" | grep -qx "$name" || problem "${file#"$root"/}: $name is not in mod/directives.h"
    done
done
verdict
