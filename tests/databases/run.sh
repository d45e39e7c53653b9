#!/bin/sh
# Runs the tests of the store on a database that is not installed here:
#   run.sh mysql|galera BUILD FOLDER [TEST...]
# BUILD is a configured and made tree with tests; FOLDER keeps the packages, unpacked and never installed, and the
# server's files. TEST: names of tests/store/tests.mk; none: all of them. Needs the network the first time.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
. "$here/../../conf/demo/mariadb.sh"
which=$1
build=$(cd "$2" && pwd -P)
mkdir -p "$3"
folder=$(cd "$3" && pwd -P)
shift 3

die() {
    echo "databases: $*" >&2
    exit 1
}

# fetch SHA256 ADDRESS: into FOLDER/debs, unpacked in FOLDER/SERVER.
fetch() {
    deb=$folder/debs/${2##*/}
    if ! echo "$1  $deb" | sha256sum --check --status 2>/dev/null; then
        curl --fail --silent --show-error --output "$deb.part" "$2" || die "$2 cannot be fetched"
        echo "$1  $deb.part" | sha256sum --check --status || die "$2 is not what was pinned"
        mv "$deb.part" "$deb"
    fi
    dpkg-deb -x "$deb" "$folder/$which"
}

[ "$(dpkg --print-architecture 2>/dev/null)" = amd64 ] || die "the pinned packages are for amd64"
mkdir -p "$folder/debs" "$folder/$which"
while read -r server sum address; do
    [ "$server" != "$which" ] || fetch "$sum" "$address"
done <"$here/pins"

# The server runs as somebody else, and its path must be short: what it needs lies under /tmp while it runs.
place=$(mktemp -d) && chmod 755 "$place"
trap 'mariadb_kill "$place/template"; rm -rf "$place"' EXIT
trap 'exit 1' HUP INT TERM
cp -a "$folder/$which" "$place/$which"
case $which in
mysql)
    export CANDOUR_TEST_MYSQLD="$place/mysql/usr/sbin/mysqld"
    export CANDOUR_TEST_MYSQLD_LIBS="$place/mysql/usr/lib/x86_64-linux-gnu"
    mariadb_make "$place/template"
    mariadb_start "$place/template"
    mariadb_root "$place/template" -e 'SELECT VERSION()'
    mariadb_stop "$place/template"
    ;;
galera)
    export CANDOUR_TEST_GALERA="$place/galera/usr/lib/libgalera_smm.so"
    . "$here/galera.sh"
    galera_template "$place/template" $((31000 + $$ % 100 * 10))
    ;;
*) die "mysql or galera" ;;
esac
export CANDOUR_DB_TEMPLATE="$place/template" CANDOUR_NEED_DB=1
rm -f "$build"/tests/store/*.trs "$build"/tests/store/*.log
failed=0
if [ $# -gt 0 ]; then
    make -s -C "$build/tests/store" -k check TESTS="$*" || failed=1
else
    make -s -C "$build/tests/store" -k check || failed=1
fi
grep -h '^\[  FAILED  \] [a-z]' "$build"/tests/store/test_*.log | sort -u
sed -n 's/^\[  PASSED  \] \([0-9]*\) test(s)\..*/\1/p' "$build"/tests/store/test_*.log |
    awk -v on="$which" '{ n += $1 } END { print n + 0 " tests passed on " on }'
exit "$failed"
