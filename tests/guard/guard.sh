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

# statements: each statement of store/statements.sql on one line, its name first and its parts in place,
# as the program has it; no part hides anything. A list that cannot be read stops the guard, failed:
# `lines=$(statements) || exit 1`.
statements() {
    sh "$root/mod_candour/store/mkstatements.sh" --expand "$root/mod_candour/store/statements.sql"
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
