#!/bin/sh
# What work over all claims costs: flags computed again, and lists, on CLAIMS claims with a linked case each.
#
#   CANDOUR_BUILDDIR=BUILD sh tests/bench/claims.sh DIR [CLAIMS]
#
# Says wall seconds, and processor seconds of candourctl and of mariadbd: these hold on a busy machine, too. The data
# stays in DIR and is used again.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
source_dir=$(cd "$here/../.." && pwd)
build_dir=$(cd "${CANDOUR_BUILDDIR:-$source_dir/build/tree}" && pwd)
[ $# -ge 1 ] || { echo "usage: claims.sh DIR [CLAIMS]" >&2; exit 2; }
claims=${2:-100000}
mkdir -p "$1"
dir=$(cd "$1" && pwd -P)
export CANDOUR_BUILDDIR="$build_dir"
CANDOUR_DB_SETTINGS='innodb_buffer_pool_size=4G
innodb_log_file_size=1G
innodb_flush_neighbors=0'
export CANDOUR_DB_SETTINGS
trusts=40

instance() {
    sh "$source_dir/conf/demo/instance.sh" "$@"
}

ctl() {
    instance ctl "$dir" "$@"
}

sql() {
    instance sql "$dir" "$@"
}

# Ticks of user and system time of the process, or (children) of all that it waited for.
ticks() {
    sed 's/^.*) //' "/proc/$1/stat" | awk '{ print $12 + $13 }'
}

children() {
    sed 's/^.*) //' "/proc/$$/stat" | awk '{ print $14 + $15 }'
}

people() {
    number=1
    while [ "$number" -le "$trusts" ]; do
        code=$(printf 'B%02d' "$number")
        ctl org add "$code" --name "Trust $code" --jurisdiction ENG --kind HEALTH_SERVICE_BODY --nhs-contract yes \
            --member-from 1995-04-01 >/dev/null
        ctl user add "legal-$code" --name "L. $code" --roles trust-legal --org-code "$code" >/dev/null
        number=$((number + 1))
    done
    ctl user add handler --name "H. Andler" --roles handler >/dev/null
    ctl holidays import --shipped >/dev/null
    ctl scheme add "$source_dir/conf/schemes/L1.json" --activate >/dev/null
}

load() {
    folder=$dir/db/files/bulk
    rm -rf "$folder"
    mkdir -p "$folder"
    sql -e 'SELECT org_id, code, name FROM org ORDER BY org_id' >"$dir/orgs.tsv"
    sql -e 'SELECT user_id, IFNULL(org_id, 0) FROM app_user WHERE roles & (1 << 2) OR roles & (1 << 4) ORDER BY user_id' \
        >"$dir/users.tsv"
    "$build_dir/tests/bench/generate" "$dir/private/key" "$dir/orgs.tsv" "$dir/users.tsv" "$folder" "$claims" "$claims"
    chmod -R a+rX "$folder"
    for file in "$folder"/*.sql; do
        sql <"$file"
    done
    rm -rf "$folder"
    sql -e 'ANALYZE TABLE candour_case, case_record, claim, claim_record, claim_case, audit_entry' >/dev/null
}

# timed NAME COMMAND...
timed() {
    name=$1
    shift
    server_before=$(ticks "$server")
    mine=$(children)
    begin=$(date +%s.%N)
    said=$("$@" 2>>"$dir/bench.log")
    end=$(date +%s.%N)
    awk -v name="$name" -v begin="$begin" -v end="$end" -v mine="$(($(children) - mine))" \
        -v db="$(($(ticks "$server") - server_before))" -v second="$second" -v said="$said" 'BEGIN {
        printf "%s: %.1f s; processor: candourctl %.1f s, mariadbd %.1f s\n    %s\n", name, end - begin, mine / second,
            db / second, said
    }'
}

# list_time NAME SQL: milliseconds of the median of nine runs.
list_time() {
    {
        echo "SET profiling = 1; SET profiling_history_size = 9;"
        for n in 1 2 3 4 5 6 7 8 9; do echo "$2;"; done
        echo "SHOW PROFILES;"
    } | sql | awk -F '\t' '$3 ~ /^SELECT/ { print $2 * 1000 }' | sort -n |
        awk -v name="$1" '{ row[NR] = $1 } END { printf "%s: %.2f ms\n", name, row[int((NR + 1) / 2)] }'
}

page() {
    echo "SELECT w.claim_id, w.org_id, w.$1_key, c.reference, c.sealed FROM (SELECT i.claim_id, i.org_id, i.$1_key
        FROM claim_work i FORCE INDEX (claim_work_$1) WHERE i.$1_key > $2 ORDER BY i.$1_key LIMIT 51) w
        STRAIGHT_JOIN claim c ON c.claim_id = w.claim_id ORDER BY w.$1_key" | tr '\n' ' '
}

make -s -C "$build_dir/tests/bench" programs
instance make "$dir" "${CANDOUR_PORT:-8690}" >"$dir/make.log" 2>&1
trap 'instance stop "$dir" >/dev/null 2>&1 || :' EXIT
trap 'exit 1' INT TERM HUP
second=$(getconf CLK_TCK)
server=$(echo "SELECT @@pid_file" | sql | tail -n 1)
server=$(cat "$server")
if [ ! -f "$dir/loaded" ]; then
    people
    load
    echo "$claims" >"$dir/loaded"
fi
# CANDOUR_BENCH=words: the index that search looks up, and searches.
if [ "${CANDOUR_BENCH:-}" = words ]; then
    sh "$here/search.sh" "$dir"
    exit 0
fi
# CANDOUR_BENCH=impact: a draft alone, on flags that stand.
if [ "${CANDOUR_BENCH:-}" != impact ]; then
    timed "first flags of all claims" ctl run recompute --all
    timed "the same again" ctl run recompute --all
fi
ctl scheme add "$source_dir/conf/schemes/L4.json" >/dev/null
timed "a draft tried on all claims" ctl run impact L4-1
timeout -s KILL "${CANDOUR_BENCH_KILL:-2}" sh "$source_dir/conf/demo/instance.sh" ctl "$dir" run impact L4-1 2>>"$dir/bench.log" || :
sql -e "SELECT CONCAT('    killed in the middle: every claim up to number ', after_id, ' is done') FROM impact_run ORDER BY run_id DESC LIMIT 1" |
    tail -n 1
timed "gone on with" ctl run impact --resume
[ "${CANDOUR_BENCH:-}" != impact ] || exit 0
sql -e 'UPDATE claim_work SET digest = REPEAT("x", 32) WHERE claim_id % 10 = 3'
timed "a tenth says something else" ctl run recompute --all
ctl scheme add "$source_dir/conf/schemes/L3.json" --activate >/dev/null
timed "another scheme in force: all written" ctl run recompute --all
for order in due age sum changed; do
    list_time "work list by $order, first page" "$(page $order 0)"
    deep=$(sql -e "SELECT ${order}_key FROM claim_work ORDER BY ${order}_key LIMIT $((claims / 2)), 1" | tail -n 1)
    list_time "work list by $order, in the middle" "$(page $order "$deep")"
done
