#!/bin/sh
# What the index of words costs, and searches in it: on the instance that claims.sh made and started in DIR.
#
#   CANDOUR_BENCH=words CANDOUR_BUILDDIR=BUILD sh tests/bench/claims.sh DIR [CLAIMS]
#
# Makes the index from nothing, says its rows and bytes, then asks over HTTP as a trust's legal team and as a handler.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
source_dir=$(cd "$here/../.." && pwd)
dir=$(cd "$1" && pwd -P)

instance() {
    sh "$source_dir/conf/demo/instance.sh" "$@"
}

sql() {
    instance sql "$dir" --skip-column-names "$@"
}

# Ticks of user and system time of the process, or (children) of all that it waited for.
ticks() {
    sed 's/^.*) //' "/proc/$1/stat" | awk '{ print $12 + $13 }'
}

children() {
    sed 's/^.*) //' "/proc/$$/stat" | awk '{ print $14 + $15 }'
}

build_index() {
    server=$(cat "$(sql -e 'SELECT @@pid_file')")
    sql -e 'TRUNCATE TABLE word_index'
    begin=$(date +%s.%N)
    db_before=$(ticks "$server")
    mine_before=$(children)
    instance ctl "$dir" run words >"$dir/words.log"
    awk -v begin="$begin" -v end="$(date +%s.%N)" -v mine="$(($(children) - mine_before))" \
        -v db="$(($(ticks "$server") - db_before))" -v second="$(getconf CLK_TCK)" -v said="$(tail -n 1 "$dir/words.log")" 'BEGIN {
        printf "index made from nothing: %.1f s; processor: candourctl %.1f s, mariadbd %.1f s\n    %s\n", end - begin,
            mine / second, db / second, said
    }'
    echo built >"$dir/words"
}

# Passwords of the two who ask: the trust's user is no account of the demo.
accounts() {
    grep -q '^legal-B01' "$dir/private/accounts" || {
        printf 'legal-B01\t%s\ttrust-legal\tB01\tL. B01\n' "$(openssl rand -hex 5)" >>"$dir/private/accounts"
    }
    awk -F '\t' '$1 == "legal-B01" { print $2 }' "$dir/private/accounts" | openssl passwd -apr1 -stdin |
        sed 's/^/legal-B01:/' >>"$dir/httpd/passwords"
}

[ -f "$dir/words" ] && [ "${CANDOUR_WORDS:-}" = kept ] || build_index
sql -e 'ANALYZE TABLE word_index' >/dev/null
sql -e "SET SESSION max_statement_time = 0; SELECT CONCAT(COUNT(*), ' rows, ', COUNT(DISTINCT hash), ' keyed words; ', (SELECT ROUND((data_length + index_length)
    / 1048576) FROM information_schema.tables WHERE table_schema = 'candour' AND table_name = 'word_index'), ' MiB, beside ',
    (SELECT ROUND(SUM(data_length + index_length) / 1048576) FROM information_schema.tables WHERE table_schema = 'candour'
    AND table_name <> 'word_index'), ' MiB of all else') FROM word_index"
accounts
instance start "$dir" >/dev/null
node "$here/search.mjs" "$source_dir" "$dir"
