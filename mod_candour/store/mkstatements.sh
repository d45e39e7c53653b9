#!/bin/sh
# Makes the table of statements: mkstatements.sh OUT.H FILE.SQL...
# or prints what it would hold:  mkstatements.sh --expand FILE.SQL...
#
# The files are one list, read in the order given; what begins in one of them ends in it.
#
# A statement begins after a line "-- STMT_NAME", may run over several lines and ends with ";". Other
# comment lines are for readers; within text there are none. Out come an enum of the names and a
# list X(NAME, writes, "text"); writes is 1 for everything that is not a SELECT or SHOW, 2 for the
# bookkeeping named STMT_KEEP_..., which needs no entry in a chain, and 3 for STMT_STAGE_..., which
# runs outside transactions.
#
# What several statements say is said once, as a part: it begins after a line "-- PART name" and ends
# at an empty line, where the next part or statement begins, or with its file. {name} stands for its
# text, in statements and in other parts. A part stands above all that use it, so none can be inside
# itself. A statement's first word is its own: which verb it has is seen where it stands.
#
# --expand prints each statement on one line, its name first, parts in place: what guards read.
#
# Every error names file and line. Of statements: a name without text or said twice, text without a
# name, two in one, no end where its file ends, a first word that is a part. Of parts: a name said
# twice or not of one word, no text, a semicolon, one inside itself, one that is not known above the
# line or never used. Of both: a brace that names no part, and a comment within text.
set -eu
if [ $# -lt 2 ]; then
    echo "usage: mkstatements.sh OUT.H|--expand FILE.SQL..." >&2
    exit 1
fi
out=$1
shift
for file in "$@"; do
    if [ ! -r "$file" ] || [ ! -s "$file" ]; then
        echo "mkstatements.sh: nothing to read in $file" >&2
        exit 1
    fi
done
form=list
[ "$out" = --expand ] || { form=header; exec >"$out"; }
${AWK:-awk} -v form="$form" '
function fail_at(place, text) {
    print place ": " text >"/dev/stderr"; failed = 1; exit 1
}
# Here is the line read last: behind a file, its own last line.
function fail(text) { fail_at(here, text) }
function squeezed(text) {
    gsub(/[ \t]+/, " ", text); sub(/^ /, "", text); sub(/ $/, "", text)
    return text
}
function end_part() {
    if (part == "") return
    text = squeezed(text)
    if (text == "") fail_at(stands[part], "part " part " has no text")
    if (text ~ /;/) fail_at(stands[part], "part " part " holds a semicolon, which ends a statement")
    parts[part] = text; order[++parts_count] = part
    part = ""; text = ""
}
function end_statement() {
    if (name == "") return
    text = squeezed(text)
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
# The line with the text of each part that it names: parts are kept with their own in place already.
function expanded(line,   done, asked) {
    while (match(line, /[{][a-z0-9_]+[}]/)) {
        asked = substr(line, RSTART + 1, RLENGTH - 2)
        if (asked == part) fail("part " part " is inside itself")
        if (!(asked in parts)) fail("no part " asked " stands above this line")
        used[asked] = 1
        done = done substr(line, 1, RSTART - 1) parts[asked]
        line = substr(line, RSTART + RLENGTH)
    }
    if ((done line) ~ /[{}]/) fail("a brace that names no part")
    return done line
}
FNR == 1 { end_part(); end_statement() }
{ here = FILENAME ":" FNR }
/^-- STMT_[A-Z0-9_]+$/ {
    end_part(); end_statement()
    name = $2
    if (name in seen) fail(name " stands there twice")
    seen[name] = 1
    next
}
/^-- PART/ {
    end_part(); end_statement()
    if ($0 !~ /^-- PART [a-z0-9_]+$/) fail("a part is named by one word of a-z, 0-9 and _")
    part = $3
    if (part in stands) fail("part " part " stands there twice")
    stands[part] = here
    next
}
/^--/ { next }
/^[ \t]*$/ { end_part(); next }
{
    if (name == "" && part == "") fail("text without a name")
    if ($0 ~ /--|#|\/\*/) fail("a comment within text, which would hide what follows it")
    if (name != "" && text == "" && $0 ~ /^[ \t]*[{]/) fail(name " begins with a part")
    text = text " " expanded($0)
    if (name != "" && $0 ~ /;[ \t]*$/) end_statement()
}
END {
    if (failed) exit 1
    end_part(); end_statement()
    if (!count) fail("no statement")
    for (i = 1; i <= parts_count; i++)
        if (!(order[i] in used)) fail_at(stands[order[i]], "part " order[i] " is never used")
    if (form == "list") {
        for (i = 1; i <= count; i++) print names[i] " " texts[i] ";"
        exit 0
    }
    print "/* statements.h: made by mkstatements.sh; do not edit. */"
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
}' "$@"
