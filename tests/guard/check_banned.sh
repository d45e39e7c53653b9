#!/bin/sh
# Functions that no source may call: memory outside pools, unchecked numbers, unbounded copies, shared
# static results, weak randomness, and a shell.
. "$(dirname "$0")/guard.sh"

banned='malloc|calloc|realloc|strdup|strndup|alloca|atoi|atol|atoll|atof|sprintf|vsprintf|strcpy|stpcpy|strcat|strtok|gets|localtime|gmtime|asctime|ctime|rand|srand|random|tmpnam|mktemp|system|popen'

for file in $(sources base domain store audit app web cli mod); do
    look_at "$file"
    calls "$banned" "$file"
done >"${TMPDIR:-/tmp}/banned.$$"
problems_from <"${TMPDIR:-/tmp}/banned.$$"
rm -f "${TMPDIR:-/tmp}/banned.$$"
look_at "$root/mod_candour/base/err.h"
verdict
