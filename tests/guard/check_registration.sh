#!/bin/sh
# What is written is built and run: each source and each file of SQL is in its ring's sources.mk, each test in its list,
# each guard in guard/Makefile.am; and no list names a file that is not there.
. "$(dirname "$0")/guard.sh"

# same LABEL: of two sorted files $scratch.there and $scratch.listed, whatever is only in one.
same() {
    comm -23 "$scratch.there" "$scratch.listed" | sed "s|^|$1: not listed: |" >"$scratch.diff"
    comm -13 "$scratch.there" "$scratch.listed" | sed "s|^|$1: listed, but not there: |" >>"$scratch.diff"
    problems_from <"$scratch.diff"
    uniq -d "$scratch.listed" | sed "s|^|$1: listed twice: |" >"$scratch.diff"
    problems_from <"$scratch.diff"
}

scratch=${TMPDIR:-/tmp}/registration.$$
for ring in base domain store audit app web cli mod; do
    list=$root/mod_candour/$ring/sources.mk
    look_at "$list"
    (cd "$root/mod_candour" && find "$ring" \( -name '*.[ch]' -o -name '*.def' \) ! -name statements.h ! -path cli/main.c) |
        sort >"$scratch.there"
    [ -s "$scratch.there" ] || problem "mod_candour/$ring: no source"
    listed "$list" "${ring}_sources" "${ring}_db_sources" | sort >"$scratch.listed"
    same "mod_candour/$ring/sources.mk"
done

(cd "$root/mod_candour" && find . -name '*.sql') | sed 's|^\./||' | sort >"$scratch.there"
listed "$root/mod_candour/store/sources.mk" store_sql | sort >"$scratch.listed"
same mod_candour/store/sources.mk

# tests FOLDER PREFIX LIST VARIABLE
tests() {
    look_at "$root/tests/$1/$3"
    (cd "$root/tests/$1" && find . -maxdepth 1 -name "$2_*.c") | sed 's|^\./||; s|\.c$||' | sort >"$scratch.there"
    [ -s "$scratch.there" ] || problem "tests/$1: no test"
    listed "$root/tests/$1/$3" "$4" | sort >"$scratch.listed"
    same "tests/$1/$3"
}
tests unit test tests.mk unit_tests
tests store test tests.mk store_tests
tests fuzz fuzz targets.mk fuzz_targets

for noun in $(listed "$root/tests/fuzz/targets.mk" fuzz_targets | sed 's/^fuzz_//'); do
    [ -d "$root/tests/fuzz/corpus/$noun" ] || problem "tests/fuzz/corpus/$noun: no seeds for fuzz_$noun"
done

look_at "$root/tests/guard/Makefile.am"
(cd "$root/tests/guard" && ls check_*.sh) | sort >"$scratch.there"
listed "$root/tests/guard/Makefile.am" guards | sort >"$scratch.listed"
same tests/guard/Makefile.am
rm -f "$scratch".*
verdict
