#!/bin/sh
# Makes the table of statements: mkstatements.sh STATEMENTS.SQL OUT.H
#
# A statement begins after a line "-- STMT_NAME", may run over several lines and ends with ";". Other comment
# lines are for readers. Out come an enum of the names and a list X(NAME, writes, "text"); writes is 1 for
# everything that is not a SELECT or SHOW, 2 for the bookkeeping named STMT_KEEP_..., which needs no entry in a
# chain, and 3 for STMT_STAGE_..., which runs outside transactions. A name without text, or text without a name,
# is an error.
set -eu
in=$1
out=$2
${AWK:-awk} '
function fail(text) { printf "%s:%d: %s\n", FILENAME, FNR, text >"/dev/stderr"; failed = 1; exit 1 }
function finish() {
    if (name == "") return
    gsub(/[ \t]+/, " ", text); sub(/^ /, "", text); sub(/ $/, "", text)
    if (text !~ /;$/) fail(name " does not end with a semicolon")
    sub(/;$/, "", text)
    if (text ~ /;/) fail(name " holds more than one statement")
    if (text ~ /["\\]/) fail(name " holds a quote or backslash that C would read")
    names[++count] = name; texts[count] = text
    verb = toupper(text); sub(/ .*/, "", verb)
    writes[count] = verb != "SELECT" && verb != "SHOW"
    if (writes[count] && name ~ /^STMT_KEEP_/) writes[count] = 2
    if (writes[count] && name ~ /^STMT_STAGE_/) writes[count] = 3
    name = ""; text = ""
}
/^-- STMT_[A-Z0-9_]+$/ {
    finish()
    name = $2
    if (name in seen) fail(name " stands there twice")
    seen[name] = 1
    next
}
/^--/ { next }
/^[ \t]*$/ { next }
{ if (name == "") fail("text without a name"); text = text " " $0; if ($0 ~ /;[ \t]*$/) finish() }
END {
    if (failed) exit 1
    finish()
    if (!count) fail("no statement")
    print "/* statements.h: made from statements.sql by mkstatements.sh; do not edit. */"
    print "#ifndef CD_STORE_STATEMENTS_H"
    print "#define CD_STORE_STATEMENTS_H\n"
    print "#define STORE_STATEMENTS(X) \\"
    for (i = 1; i <= count; i++)
        printf "    X(%s, %d, \"%s\")%s\n", names[i], writes[i], texts[i], i < count ? " \\" : ""
    print "\ntypedef enum store_statement_t {"
    for (i = 1; i <= count; i++)
        printf "    %s,\n", names[i]
    print "    STMT__COUNT\n} store_statement_t;\n"
    print "#endif"
}' "$in" >"$out"
