#!/bin/sh
# What bringing in costs: a made-up export of ROWS rows into a private instance in DIR, checked and applied.
#
#   CANDOUR_BUILDDIR=BUILD sh tests/bench/bring.sh DIR [ROWS]
#
# Says the seconds, and the processor time of candourctl and of mariadbd for each row: that holds on a busy
# machine, too. DIR is made anew; the instance is stopped at the end and stays for a look.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
source_dir=$(cd "$here/../.." && pwd)
build_dir=$(cd "${CANDOUR_BUILDDIR:-$source_dir/build/tree}" && pwd)
[ $# -ge 1 ] || { echo "usage: bring.sh DIR [ROWS]" >&2; exit 2; }
rows=${2:-10000}
[ ! -e "$1" ] || { echo "bring.sh: $1 is there already" >&2; exit 2; }
mkdir -p "$1"
dir=$(cd "$1" && pwd -P)
export CANDOUR_BUILDDIR="$build_dir"

instance() {
    sh "$source_dir/conf/demo/instance.sh" "$@"
}

# Ticks of user and system time of the process, or (children) of all that it waited for.
ticks() {
    sed 's/^.*) //' "/proc/$1/stat" | awk '{ print $12 + $13 }'
}

children() {
    sed 's/^.*) //' "/proc/$$/stat" | awk '{ print $14 + $15 }'
}

counter() {
    echo "SHOW GLOBAL STATUS LIKE '$1'" | instance sql "$dir" | awk -v name="$1" '$1 == name { print $2 }'
}

make -s -C "$build_dir/tests/tools" make_export
"$build_dir/tests/tools/make_export" "$rows" >"$dir/export.csv"
instance make "$dir" >/dev/null
trap 'instance stop "$dir" >/dev/null 2>&1 || :' EXIT
instance ctl "$dir" org add RZ1 --name "Trust RZ1" --jurisdiction ENG --kind HEALTH_SERVICE_BODY \
    --nhs-contract yes --member-from 1995-04-01 >/dev/null 2>&1 || :   # the demo's is as good
server=$(echo "SELECT @@pid_file" | instance sql "$dir" | tail -n 1)
server=$(cat "$server")
second=$(getconf CLK_TCK)

statements=$(counter Com_stmt_execute)
server_before=$(ticks "$server")
mine=$(children)
begin=$(date +%s.%N)
instance ctl "$dir" bring "$dir/export.csv" --mapping "$source_dir/conf/mappings/system-a.json" --org RZ1 --apply \
    2>/dev/null
end=$(date +%s.%N)
mine=$(($(children) - mine))
server_after=$(ticks "$server")
statements=$(($(counter Com_stmt_execute) - statements))
awk -v rows="$rows" -v begin="$begin" -v end="$end" -v mine="$mine" -v server="$((server_after - server_before))" \
    -v second="$second" -v statements="$statements" 'BEGIN {
    printf "%d rows, checked and applied: %.1f s, %.0f rows a second\n", rows, end - begin, rows / (end - begin)
    printf "processor time a row: candourctl %.0f us, mariadbd %.0f us; statements a row: %.1f\n",
        mine / second / rows * 1e6, server / second / rows * 1e6, statements / rows
}'
