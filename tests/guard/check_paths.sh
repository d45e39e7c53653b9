#!/bin/sh
# Nothing in the tree names the machine it was written on, and nothing is left for later without saying so
# on the issue. The words are written with a bracket here, so that this file does not find itself.
. "$(dirname "$0")/guard.sh"

cd "$root" || exit 1
scratch=${TMPDIR:-/tmp}/paths.$$
if git rev-parse --is-inside-work-tree >/dev/null 2>&1 &&
    [ "$(git rev-parse --show-toplevel)" = "$(pwd -P)" ]; then
    git ls-files
else
    # An unpacked release has what it was released with, and what a build makes of it.
    find README.md bootstrap conf docs htdocs/src htdocs/templates mod_candour schema tests -type f \
        ! -name 'Makefile*' ! -name '*.o' ! -name '*.lo' ! -path '*/.deps/*' ! -path '*/.libs/*'
fi >"$scratch.files"
look_at "$scratch.files"
while IFS= read -r file; do
    [ -f "$file" ] || continue
    grep -HInE '/w[o]rk/[a-z.]|/f[a]rm/|/h[o]me/[a-z]+/|/r[o]ot/|/tmp/h[/]' -- "$file" | sed 's|$|  (a path of one machine)|'
    case $file in
    # Words that a letter must not hold are its data.
    mod_candour/domain/letter_patterns.c) ;;
    *.c | *.h | *.sql | *.sh | *.js | *.mjs | *.am | *.ac | *.mk | *.html | *.scss | *.in | *.md | bootstrap)
        grep -HInE 'TO[D]O|FIX[M]E|(^|[^X])X[X]X([^X]|$)|HA[C]K:' -- "$file" | sed 's|$|  (left for later)|'
        ;;
    esac
done <"$scratch.files" >"$scratch.found"
problems_from <"$scratch.found"
rm -f "$scratch".*
verdict
