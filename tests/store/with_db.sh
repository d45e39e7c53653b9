#!/bin/sh
# Runs one program against a private MariaDB that lives as long as the program:
#   with_db.sh PROGRAM [ARGUMENT...]
# The program finds CANDOUR_TEST_SOCKET (unix socket), CANDOUR_TEST_USER and CANDOUR_TEST_PASSWORD
# (an account that may do everything), CANDOUR_TEST_DATABASE (empty, made for it) and CANDOUR_TEST_DIR
# (a scratch folder, removed afterwards). Exit 77, skipped, where MariaDB is not installed.
#
# tests/databases/run.sh runs them on other servers: CANDOUR_TEST_MYSQLD, a mysqld (conf/demo/mariadb.sh), or
# CANDOUR_TEST_GALERA, a libgalera_smm.so: then there are two nodes, and CANDOUR_TEST_SOCKET_2 is the other one's.
set -u
here=$(cd "$(dirname "$0")" && pwd)
. "$here/../../conf/demo/mariadb.sh"

if ! mariadb_found; then
    [ "${CANDOUR_NEED_DB:-0}" = 1 ] && { echo "with_db: MariaDB is not installed" >&2; exit 1; }
    echo "with_db: skipped, MariaDB is not installed"
    exit 77
fi

root=$(mktemp -d) && chmod 755 "$root" || exit 1 # the server, started by root, runs as somebody else
trap 'exit 1' HUP INT TERM
db=$root/db
if [ -n "${CANDOUR_TEST_GALERA:-}" ]; then
    . "$here/../databases/galera.sh"
    trap 'galera_kill "$root"; rm -rf "$root"' EXIT
    db=$root/a
    galera_start "$root" $((21000 + $$ % 1000 * 10)) || exit 1
    export CANDOUR_TEST_SOCKET_2="$(mariadb_socket "$root/b")"
else
    trap 'mariadb_kill "$db"; rm -rf "$root"' EXIT
    mariadb_make "$db" && mariadb_start "$db" || exit 1
fi
CANDOUR_TEST_DATABASE=candour_test
mariadb_root "$db" -e "CREATE DATABASE $CANDOUR_TEST_DATABASE CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
    CREATE USER candour_test@localhost IDENTIFIED BY 'test';
    GRANT ALL PRIVILEGES ON *.* TO candour_test@localhost WITH GRANT OPTION" || exit 1
mkdir "$root/scratch"
export CANDOUR_TEST_DATABASE
export CANDOUR_TEST_SOCKET="$(mariadb_socket "$db")" CANDOUR_TEST_USER=candour_test CANDOUR_TEST_PASSWORD=test
export CANDOUR_TEST_DIR="$root/scratch"
"$@"
