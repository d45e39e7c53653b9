# guard.sh: what the guards share. Sourced by each check_*.sh, which ends with `verdict`.
#
# A guard that finds nothing to look at has proved nothing, so it fails: `look_at` holds that.

set -u
root=${CANDOUR_SRCDIR:-$(cd "$(dirname "$0")/../.." && pwd)}
build=${CANDOUR_BUILDDIR:-$root/build/check}
problems=0
looked=0

# problem TEXT...: one finding, with file and line where there are any.
problem() {
    echo "$*"
    problems=$((problems + 1))
}

# problems_from: each line of standard input is a finding.
problems_from() {
    while IFS= read -r line; do
        [ -z "$line" ] || problem "$line"
    done
}

# look_at PATH...: each must be there and not empty; otherwise the guard stops, failed.
look_at() {
    for path in "$@"; do
        if [ ! -s "$path" ]; then
            echo "$(basename "$0"): cannot find $path" >&2
            exit 1
        fi
        looked=$((looked + 1))
    done
}

# sources RING...: the .c and .h files of these rings, generated ones left out.
sources() {
    for ring in "$@"; do
        find "$root/mod_candour/$ring" -name '*.[ch]' ! -name statements.h | sort
    done
}

# bare FILE: the file without comments and with empty strings, line numbers kept.
bare() {
    awk '
        {
            line = $0; out = ""
            while (line != "") {
                if (inside) {
                    end = index(line, "*/")
                    if (!end) { line = ""; continue }
                    line = substr(line, end + 2); inside = 0; continue
                }
                if (match(line, /^("([^"\\]|\\.)*"|'"'"'([^'"'"'\\]|\\.)*'"'"')/)) {
                    out = out "\"\""; line = substr(line, RLENGTH + 1); continue
                }
                two = substr(line, 1, 2)
                if (two == "/*") { inside = 1; line = substr(line, 3); continue }
                if (two == "//") { line = ""; continue }
                out = out substr(line, 1, 1); line = substr(line, 2)
            }
            print out
        }' "$1"
}

# listed FILE VARIABLE...: the words of these automake variables in FILE.
listed() {
    list=$1
    shift
    for variable in "$@"; do
        sed 's/#.*//' "$list" | awk -v variable="$variable" '
            $1 == variable && $2 ~ /^\+?=$/ { on = 1; sub(/^[^=]*=/, "") }
            on { more = /\\$/; sub(/\\$/, ""); n = split($0, w, " "); for (i = 1; i <= n; i++) print w[i]; on = more }'
    done
}

# sql_files: the files that hold SQL, in the order that they are read.
sql_files() {
    listed "$root/mod_candour/store/sources.mk" store_sql | sed "s|^|$root/mod_candour/|"
}

# statements: each statement of store/sql/ on one line, its name first and its parts in place, as the
# program has it; no part hides anything. Files that cannot be read stop the guard, failed:
# `lines=$(statements) || exit 1`.
statements() {
    sh "$root/mod_candour/store/mkstatements.sh" --expand $(sql_files)
}

# stand TEXT: each statement whose name standard input gives, one a line, with its file and TEXT.
stand() {
    while IFS= read -r name; do
        grep -lxF -- "-- $name" $(sql_files) | sed "s|^$root/mod_candour/||; s|\$|: $name$1|"
    done
}

# calls PATTERN FILE...: places where a function whose name matches PATTERN (extended) is called.
calls() {
    pattern=$1
    shift
    for file in "$@"; do
        bare "$file" | grep -nE "(^|[^A-Za-z0-9_])($pattern)[[:space:]]*\\(" |
            sed "s|^|${file#"$root"/}:|"
    done
}

verdict() {
    if [ "$problems" -gt 0 ]; then
        echo "$(basename "$0"): $problems problems"
        exit 1
    fi
    if [ "$looked" -eq 0 ]; then
        echo "$(basename "$0"): looked at nothing" >&2
        exit 1
    fi
    echo "$(basename "$0"): looked at $looked files, no problem"
    exit 0
}
