#!/bin/sh
# The bench: a private instance with much data in DIR, measured against a bare client and a static file.
#
#   CANDOUR_BUILDDIR=BUILD sh tests/bench/run.sh DIR
#
# CANDOUR_BENCH=quick: a twentieth of the data and short rounds, for a look. The data stays in DIR and is
# used again. The report goes to the terminal and to DIR/report.txt, every figure to DIR/report.json.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
source_dir=$(cd "$here/../.." && pwd)
build_dir=$(cd "${CANDOUR_BUILDDIR:-$source_dir/build/tree}" && pwd)
[ $# -eq 1 ] || { echo "usage: run.sh DIR" >&2; exit 2; }
mkdir -p "$1"
dir=$(cd "$1" && pwd -P)
export CANDOUR_BUILDDIR="$build_dir"
if [ "${CANDOUR_BENCH:-}" = quick ]; then
    cases=5000 claims=750
else
    cases=100000 claims=15000
fi
trusts=40

# What is measured must fit into memory: the data is about 1 GB.
CANDOUR_DB_SETTINGS='innodb_buffer_pool_size=2G
innodb_log_file_size=512M
innodb_flush_neighbors=0'
export CANDOUR_DB_SETTINGS

instance() {
    sh "$source_dir/conf/demo/instance.sh" "$@"
}

ctl() {
    instance ctl "$dir" "$@"
}

sql() {
    instance sql "$dir" "$@"
}

step() {
    printf '== %s\n' "$*"
}

# ---- the instance and its people -------------------------------------------------------------------------

people() {
    number=1
    while [ "$number" -le "$trusts" ]; do
        case $number in
        1) code=RZ1 ;;
        2) code=RZ2 ;;
        *) code=$(printf 'B%02d' "$number") ;;
        esac
        ctl org add "$code" --name "Trust $code" --jurisdiction ENG --kind HEALTH_SERVICE_BODY \
            --nhs-contract yes --member-from 1995-04-01 >/dev/null
        [ "$number" -le 2 ] ||
            ctl user add "legal-$code" --name "L. $code" --roles trust-legal --org-code "$code" >/dev/null
        number=$((number + 1))
    done
    tab=$(printf '\t')
    grep -v '^#' "$source_dir/conf/demo/accounts" | while IFS=$tab read -r name roles org full; do
        case $org in
        -) ctl user add "$name" --name "$full" --roles "$roles" >/dev/null ;;
        RZ1 | RZ2) ctl user add "$name" --name "$full" --roles "$roles" --org-code "$org" >/dev/null ;;
        *) ;; # a trust of the demo alone
        esac
    done
    ctl holidays import --shipped >/dev/null
    ctl scheme add "$source_dir/conf/schemes/L1.json" --activate >/dev/null
}

# The two large tables are read at the same time, each by a connection of its own.
load() {
    folder=$dir/db/files/bulk
    rm -rf "$folder"
    mkdir -p "$folder"
    sql -e 'SELECT org_id, code, name FROM org ORDER BY org_id' >"$dir/orgs.tsv"
    # Those who can have made records: legal teams (role 2) and claims handlers (role 4).
    sql -e 'SELECT user_id, IFNULL(org_id, 0) FROM app_user WHERE roles & (1 << 2) OR roles & (1 << 4) ORDER BY user_id' \
        >"$dir/users.tsv"
    step "$cases incidents and $claims claims, sealed and chained"
    "$build_dir/tests/bench/generate" "$dir/private/key" "$dir/orgs.tsv" "$dir/users.tsv" "$folder" "$cases" "$claims"
    chmod -R a+rX "$folder"
    step "into the database"
    records=$(grep -l 'INTO TABLE case_record' "$folder"/*.sql)
    sql <"$records" &
    for file in "$folder"/*.sql; do
        [ "$file" = "$records" ] || sql <"$file"
    done
    wait $!
    rm -rf "$folder"
    sql -e 'ANALYZE TABLE candour_case, case_record, claim, claim_record, claim_case, audit_entry' >/dev/null
    step "the work list, made from the records"
    started=$(date +%s)
    ctl run work
    printf '   in %d seconds\n' "$(($(date +%s) - started))"
    sql -e 'ANALYZE TABLE case_work' >/dev/null
}

# The generator links the program's own code; that what it made is good is asked of the program as well.
verify() {
    for reference in CM-2021-0001 CM-2023-0117 CM-2025-0900 CL-2021-0001 CL-2025-0120; do
        printf '   %s: ' "$reference"
        ctl verify "$reference"
    done
}

# Form login, session and rights are the demo's. Two of its costs are not: the encryption of the session
# cookie derives its key anew at each request (4096 rounds), and so does the check of the password (1000).
# Production's login has neither (README.md here). Both ways are measured; demo.* is the demo's.
configure() {
    cp "$dir/httpd/httpd.conf" "$dir/httpd/demo.conf"
    cp -p "$dir/httpd/passwords" "$dir/httpd/demo.passwords"
    sed -e '/SessionCryptoPassphraseFile/d' "$dir/httpd/demo.conf" >"$dir/httpd/bench.conf"
    tab=$(printf '\t')
    while IFS=$tab read -r name password rest; do
        printf '%s:{SHA}%s\n' "$name" "$(printf '%s' "$password" | openssl dgst -sha1 -binary | openssl base64)"
    done <"$dir/private/accounts" >"$dir/httpd/bench.passwords.new"
    chmod 600 "$dir/httpd/bench.passwords.new"
    [ "$(id -u)" != 0 ] || chown --reference="$dir/httpd/passwords" "$dir/httpd/bench.passwords.new"
    mv "$dir/httpd/bench.passwords.new" "$dir/httpd/bench.passwords"
}

# ---- the run -----------------------------------------------------------------------------------------------

forget() {
    step "$1: the data is made anew"
    instance kill "$dir"
    rm -rf "$dir/db" "$dir/httpd" "$dir/private" "$dir/loaded"
}

make_instance() {
    instance make "$dir" "${CANDOUR_PORT:-8680}" >"$dir/make.log" 2>&1
}

make -s -C "$build_dir/tests/bench" programs
if [ -f "$dir/loaded" ] && [ "$(cat "$dir/loaded")" != "$cases $claims work" ]; then
    forget "other data than this run's"
elif [ ! -f "$dir/loaded" ] && [ -d "$dir/db" ]; then
    forget "a load was cut off"
fi
if [ -f "$dir/httpd/httpd.conf" ]; then
    instance halt "$dir"
fi
step "instance"
if ! make_instance && [ -f "$dir/loaded" ]; then
    tail -n 1 "$dir/make.log"
    forget "the old data does not fit this program"
    make_instance
fi || { tail -n 20 "$dir/make.log" >&2; exit 1; }
trap 'instance stop "$dir"' EXIT
trap 'exit 1' INT TERM HUP
if [ ! -f "$dir/loaded" ]; then
    people
    load
    verify
    echo "$cases $claims work" >"$dir/loaded"
fi
configure
node "$here/bench.mjs" "$source_dir" "$build_dir" "$dir" "$cases"
