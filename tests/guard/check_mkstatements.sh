#!/bin/sh
# store/mkstatements.sh: a part is put in place wherever it is named, and every fault of a list of
# statements stops it with file, line and what is wrong.
. "$(dirname "$0")/guard.sh"

maker=$root/mod_candour/store/mkstatements.sh
look_at "$maker"
scratch=$(mktemp -d) || exit 1
trap 'rm -rf "$scratch"' EXIT

# write TEXT: TEXT (with \n) stands in 1.sql; a line "FILE" begins the next, 2.sql and so on.
write() {
    rm -f "$scratch"/*.sql
    printf '%b\n' "$1" | awk -v dir="$scratch" '
        BEGIN { n = 1 }
        $0 == "FILE" { n++; next }
        { print >(dir "/" n ".sql") }'
}

# made TEXT WANTED...: the files of TEXT expand to the lines WANTED.
made() {
    write "$1"
    shift
    said=$(sh "$maker" --expand "$scratch"/*.sql 2>&1) || problem "refused: $said"
    [ "$said" = "$(printf '%s\n' "$@")" ] || problem "made: $said, not: $*"
    looked=$((looked + 1))
}

# refused [FILE:]LINE WORDS TEXT: the files of TEXT are refused at LINE of FILE (1.sql) with WORDS, and nothing is
# printed of them.
refused() {
    write "$3"
    case $1 in
    *:*) place=$1 ;;
    *) place=1.sql:$1 ;;
    esac
    if sh "$maker" --expand "$scratch"/*.sql >"$scratch/out" 2>"$scratch/said"; then
        problem "not refused: $3"
    elif [ "$(cat "$scratch/said")" != "$scratch/$place: $2" ]; then
        problem "said: $(cat "$scratch/said"), not: $place: $2"
    elif [ -s "$scratch/out" ]; then
        problem "refused, and printed: $(cat "$scratch/out")"
    fi
    looked=$((looked + 1))
}

one='-- STMT_A\nSELECT a FROM t;'
made "$one" 'STMT_A SELECT a FROM t;'
made '-- Of both.\n-- PART cols\na,\n   b\n\n-- PART rest\nFROM t WHERE {cols} > ?\n\n-- STMT_A\nSELECT {cols}\n    {rest};
-- STMT_B\nSELECT ({cols}), {cols} FROM t;' \
    'STMT_A SELECT a, b FROM t WHERE a, b > ?;' 'STMT_B SELECT (a, b), a, b FROM t;'
# A part ends where the next one or a statement begins, too; comment lines are for readers.
made '-- PART x\na\n-- PART y\nb\n-- and\n-- STMT_A\nSELECT {x}{y} FROM t;' 'STMT_A SELECT ab FROM t;'
# Files are one list, in the order given; a part ends where its file does.
made '-- PART x\na, b\nFILE\n-- One more.\n-- STMT_A\nSELECT {x} FROM t;\nFILE\n-- STMT_B\nSELECT {x} FROM u;' \
    'STMT_A SELECT a, b FROM t;' 'STMT_B SELECT a, b FROM u;'
# The verb that decides what a statement owes is read with the parts in place.
printf '%b\n' '-- PART gone\nFROM t\n\n-- STMT_A\nDELETE {gone};\n\n-- STMT_B\nSELECT a {gone};' >"$scratch/list.sql"
sh "$maker" "$scratch/list.h" "$scratch/list.sql" || problem 'a header is not made'
for row in 'X(STMT_A, 1, "DELETE FROM t")' 'X(STMT_B, 0, "SELECT a FROM t")'; do
    grep -qF "$row" "$scratch/list.h" || problem "the header has no $row"
done

refused 2 'no part cols stands above this line' '-- STMT_A\nSELECT {cols} FROM t;\n\n-- PART cols\na'
refused 2 'no part y stands above this line' '-- PART x\n{y}\n\n-- PART y\n{x}\n\n-- STMT_A\nSELECT {y} FROM t;'
refused 3 'part x is inside itself' '-- PART x\na,\n{x}\n\n-- STMT_A\nSELECT {x} FROM t;'
refused 4 'part x stands there twice' '-- PART x\na\n\n-- PART x\nb\n\n-- STMT_A\nSELECT {x} FROM t;'
refused 3 'part y is never used' '-- PART x\na\n-- PART y\n{x}, b\n\n-- STMT_A\nSELECT {x} FROM t;'
refused 1 'part x has no text' '-- PART x\n\n-- STMT_A\nSELECT {x} FROM t;'
refused 1 'part x has no text' "-- PART x\n$one"
refused 1 'part x holds a semicolon, which ends a statement' '-- PART x\nt;\n\n-- STMT_A\nSELECT a FROM {x}'
refused 1 'a part is named by one word of a-z, 0-9 and _' "-- PART Cols\na\n\n$one"
refused 1 'a part is named by one word of a-z, 0-9 and _' "-- PART of two\na\n\n$one"
refused 4 'text without a name' '-- PART x\na\n\nb\n\n-- STMT_A\nSELECT {x} FROM t;'
refused 2 'a brace that names no part' '-- STMT_A\nSELECT {Cols} FROM t;'
refused 2 'a brace that names no part' '-- STMT_A\nSELECT a} FROM t;'
refused 5 'STMT_A begins with a part' '-- PART x\nDELETE FROM\n\n-- STMT_A\n  {x} t;'
refused 2 'a comment within text, which would hide what follows it' '-- STMT_A\nSELECT a -- b\nFROM t;'
refused 2 'a comment within text, which would hide what follows it' '-- PART x\na /* b */\n\n-- STMT_A\nSELECT {x} FROM t;'
refused 4 'STMT_A stands there twice' "$one\n\n-- STMT_A\nSELECT b FROM t;"
refused 1 'text without a name' 'SELECT a FROM t;'
refused 3 'STMT_A does not end with a semicolon' '-- STMT_A\nSELECT a FROM t\n-- STMT_B\nSELECT b FROM t;'
refused 3 'STMT_A does not end with a semicolon' '-- STMT_A\nSELECT a FROM t\n-- PART x\nb'
refused 2 'STMT_A holds more than one statement' '-- STMT_A\nSELECT a FROM t; SELECT b FROM t;'
refused 2 'STMT_A holds a quote or backslash that C would read' '-- STMT_A\nSELECT "a" FROM t;'
refused 1 'no statement' '-- nothing'
# Of several files, the fault has its own.
refused 2.sql:2 'STMT_A does not end with a semicolon' '-- PART x\na\nFILE\n-- STMT_A\nSELECT {x}\nFILE\nFROM t;'
refused 2 'STMT_A does not end with a semicolon' "-- STMT_A\nSELECT a FROM t\nFILE\n-- STMT_B\nSELECT b FROM t;"
refused 1 'STMT_A does not end with a semicolon' "-- STMT_A\nFILE\nSELECT a FROM t;"
refused 4 'part x has no text' "$one\n\n-- PART x\nFILE\na\n\n-- STMT_B\nSELECT {x} FROM t;"
refused 2.sql:1 'text without a name' '-- PART x\na,\nFILE\nb\n\n-- STMT_A\nSELECT {x} FROM t;'
refused 1.sql:4 'part x is never used' "$one\n\n-- PART x\na\nFILE\n-- STMT_B\nSELECT b FROM t;"
refused 2.sql:3 'part x stands there twice' "-- PART x\na\nFILE\n$one\n-- PART x\nb"
refused 2.sql:1 'STMT_A stands there twice' "$one\nFILE\n$one"
refused 2 'no part x stands above this line' "-- STMT_A\nSELECT {x} FROM t;\nFILE\n-- PART x\na\n\n-- STMT_B\nSELECT {x} FROM t;"

# unread FILE...: these are not read, and the last of them is named.
unread() {
    if sh "$maker" --expand "$@" >"$scratch/out" 2>"$scratch/said" || [ -s "$scratch/out" ]; then
        problem "read: $*"
    fi
    for file in "$@"; do :; done
    grep -qF "nothing to read in $file" "$scratch/said" || problem "said: $(cat "$scratch/said")"
    looked=$((looked + 1))
}
: >"$scratch/empty.sql"
unread "$scratch/1.sql" "$scratch/none.sql"
unread "$scratch/1.sql" "$scratch/empty.sql"
if sh "$maker" --expand 2>/dev/null; then
    problem 'no file, and no error'
fi
verdict
