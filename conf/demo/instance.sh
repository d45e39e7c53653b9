#!/bin/sh
# A private instance: MariaDB and httpd in one folder, for the demo, the tests and the bench.
#
#   instance.sh make DIR [PORT]     make it, or bring it up to date: database, accounts, keys, schema, files
#   instance.sh start DIR           start what is not running; PORT or the next free one
#   instance.sh jobs DIR            start what does the waiting jobs every few seconds, for the demo
#   instance.sh halt DIR            stop httpd alone
#   instance.sh stop DIR            stop both cleanly
#   instance.sh kill DIR            stop both at once: for data that is thrown away
#   instance.sh ctl DIR ARGUMENT... candourctl against it, under the migrator's account
#   instance.sh sql DIR             the MariaDB shell against it, as the database's root
#   instance.sh env DIR             what it is made of, as lines NAME=value
#
# CANDOUR_BUILDDIR names the build to run (default: build/tree of this source tree). The rest of the
# environment: CANDOUR_DB_SETTINGS adds lines to MariaDB's settings, CANDOUR_HTTPD_EXTRA lines to httpd's.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
source_dir=$(cd "$here/../.." && pwd)
build_dir=${CANDOUR_BUILDDIR:-$source_dir/build/tree}
PATH=$PATH:/usr/sbin:/sbin
. "$here/mariadb.sh"

die() {
    echo "instance: $*" >&2
    exit 1
}

# As root, httpd's children become www-data (nobody, where there is none) and must reach every file.
server_user=$(mariadb_owner)

# make_secret FILE: 32 random bytes as text, once, for its owner's eyes alone.
make_secret() {
    [ -s "$1" ] && return 0
    (umask 077 && openssl rand -hex 32 >"$1.new" && mv "$1.new" "$1")
}

# sql_word FILE: the password in FILE; only hexadecimal digits, so it needs no quoting.
sql_word() {
    tr -dc 0-9a-f <"$1"
}

make_database() {
    mariadb_make "$dir/db"
    mariadb_start "$dir/db"
    mariadb_root "$dir/db" <<SQL
CREATE DATABASE IF NOT EXISTS candour CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
CREATE USER IF NOT EXISTS candour_migrator@localhost;
CREATE USER IF NOT EXISTS candour_server@localhost;
ALTER USER candour_migrator@localhost IDENTIFIED BY '$(sql_word "$dir/private/migrator.password")';
ALTER USER candour_server@localhost IDENTIFIED BY '$(sql_word "$dir/private/server.password")';
GRANT ALL PRIVILEGES ON candour.* TO candour_migrator@localhost WITH GRANT OPTION;
SQL
}

# Names and passwords of the demo's accounts: private/accounts for people, httpd/passwords for httpd, whose
# children read it at each request. The other secrets are read before the children lose root's rights.
make_accounts() {
    tab=$(printf '\t')
    grep -v '^#' "$here/accounts" | while IFS=$tab read -r name roles org full; do
        known=$(awk -F '\t' -v name="$name" '$1 == name { print $2 }' "$dir/private/accounts" 2>/dev/null || :)
        password=${known:-$(openssl rand -hex 5)}
        printf '%s\t%s\t%s\t%s\t%s\n' "$name" "$password" "$roles" "$org" "$full"
    done >"$dir/private/accounts.new"
    mv "$dir/private/accounts.new" "$dir/private/accounts"
    # Hashes, but of short passwords: nobody else may read them even while they are written.
    rm -f "$dir/httpd/passwords.new"
    (umask 077 && while IFS=$tab read -r name password rest; do
        printf '%s:%s\n' "$name" "$(printf '%s\n' "$password" | openssl passwd -apr1 -stdin)"
    done <"$dir/private/accounts" >"$dir/httpd/passwords.new")
    [ "$(id -u)" != 0 ] || chown "$server_user" "$dir/httpd/passwords.new"
    mv "$dir/httpd/passwords.new" "$dir/httpd/passwords"
}

# What httpd serves is copied, so that its children need no way into the source or the build folder.
make_files() {
    for folder in run logs htdocs modules; do
        mkdir -p "$dir/httpd/$folder"
    done
    rm -rf "$dir/httpd/templates" "$dir/httpd/assets"
    cp -R "$source_dir/htdocs/templates" "$dir/httpd/templates"
    cp -R "$build_dir/htdocs/assets" "$dir/httpd/assets"
    # A new name each time it changed: httpd keeps the old file mapped until it is restarted.
    cp "$build_dir/mod_candour/.libs/mod_candour.so" "$dir/httpd/modules/mod_candour.so.new"
    mv "$dir/httpd/modules/mod_candour.so.new" "$dir/httpd/modules/mod_candour.so"
    printf '%s\n' 'text/css css' 'text/javascript js' 'image/svg+xml svg' 'text/html html' \
        >"$dir/httpd/mime.types"
    chmod -R a+rX "$dir/httpd/templates" "$dir/httpd/assets" "$dir/httpd/modules"
}

# configure_httpd PORT
configure_httpd() {
    user_lines=
    [ "$(id -u)" != 0 ] || user_lines="User $server_user\\
Group $(id -gn "$server_user")"
    sed -e "s|@ROOT@|$dir|g" -e "s|@PORT@|$1|g" -e "s|@MODULES@|$(httpd_value HTTPD_MODULES)|g" \
        -e "s|@SOCKET@|$(mariadb_socket "$dir/db")|g" -e "s|@USER_LINES@|$user_lines|" \
        -e "s|@UNKNOWN_FIELD@|f$(head -c 16 "$dir/private/unknown.field")|" \
        "$here/httpd.conf.in" |
        EXTRA=${CANDOUR_HTTPD_EXTRA:-} awk '$0 == "@EXTRA@" { print ENVIRON["EXTRA"]; next } { print }' \
            >"$dir/httpd/httpd.conf"
    echo "$1" >"$dir/httpd/port"
    make_settings "$1"
}

# httpd_value NAME: what configure found.
httpd_value() {
    sed -n "s/^$1 = //p" "$build_dir/Makefile"
}

httpd_running() {
    [ -f "$dir/httpd/run/httpd.pid" ] &&
        grep -qz "$dir/httpd/httpd.conf" "/proc/$(cat "$dir/httpd/run/httpd.pid")/cmdline" 2>/dev/null
}

# run_httpd ARGUMENT...: httpd with an environment of its own.
run_httpd() {
    env -i PATH="$PATH" LC_ALL=C.UTF-8 TZ=UTC ${CANDOUR_HTTPD_ENV:-} \
        "$(httpd_value HTTPD)" -d "$dir/httpd" -f "$dir/httpd/httpd.conf" "$@"
}

start_httpd() {
    httpd_running && return 0
    port=$(cat "$dir/httpd/port")
    last=$((port + 20))
    while :; do
        if run_httpd -k start >"$dir/httpd/logs/start.log" 2>&1; then
            break
        fi
        grep -q 'Address already in use' "$dir/httpd/logs/start.log" || {
            cat "$dir/httpd/logs/start.log" >&2
            tail -n 20 "$dir/httpd/logs/error.log" >&2 2>/dev/null || :
            die "httpd does not start"
        }
        port=$((port + 1))
        [ "$port" -le "$last" ] || die "no free port from $(cat "$dir/httpd/port") to $last"
        configure_httpd "$port"
    done
    tries=0
    until httpd_running; do
        tries=$((tries + 1))
        [ "$tries" -le 200 ] || { tail -n 20 "$dir/httpd/logs/error.log" >&2; die "httpd did not come up"; }
        sleep 0.05
    done
}

# stop_httpd SIGNAL
stop_httpd() {
    httpd_running || return 0
    pid=$(cat "$dir/httpd/run/httpd.pid")
    kill "-$1" "$pid"
    tries=0
    while kill -0 "$pid" 2>/dev/null; do
        tries=$((tries + 1))
        if [ "$tries" -gt 200 ]; then
            kill -KILL "-$(ps -o pgid= -p "$pid" | tr -d ' ')" 2>/dev/null || kill -KILL "$pid" || :
            break
        fi
        sleep 0.05
    done
}

ctl() {
    CANDOUR_CONFIG=$dir/private/candourctl.conf "$build_dir/mod_candour/candourctl" "$@"
}

# What a timer starts elsewhere, one after the other: letters and reports as PDF, messages, runs asked for on a page.
JOBS="outbox letters reports impact recompute"
JOBS_PAUSE=3

# jobs_loop: until the database or this shell's own pid file goes.
jobs_loop() {
    while [ "$(cat "$dir/jobs.pid" 2>/dev/null)" = "$$" ] && [ -S "$(mariadb_socket "$dir/db")" ]; do
        for job in $(ctl run | cut -f 1); do
            case " $JOBS " in
            *" $job "*) ctl run "$job" --waiting || : ;;
            esac
        done
        sleep "$JOBS_PAUSE"
    done
}

jobs_running() {
    [ -f "$dir/jobs.pid" ] && grep -qz jobs-loop "/proc/$(cat "$dir/jobs.pid")/cmdline" 2>/dev/null
}

start_jobs() {
    jobs_running && return 0
    CANDOUR_BUILDDIR=$build_dir setsid sh "$here/instance.sh" jobs-loop "$dir" >"$dir/jobs.log" 2>&1 </dev/null &
}

stop_jobs() {
    jobs_running && kill -TERM "-$(cat "$dir/jobs.pid")" 2>/dev/null || :
    rm -f "$dir/jobs.pid"
}

# make_settings PORT: of candourctl
make_settings() {
    mkdir -p "$dir/mail"
    chmod 700 "$dir/mail"
    cp "$here/mail.sh" "$dir/mail/put.sh"
    {
        echo "socket = $(mariadb_socket "$dir/db")"
        echo "database = candour"
        echo "user = candour_migrator"
        echo "password_file = $dir/private/migrator.password"
        echo "key_file = $dir/private/key"
        # Messages go into files: nothing leaves this machine.
        echo "mail_transport = command"
        echo "letter_style = $dir/httpd/assets/letter.css"
        echo "report_style = $dir/httpd/assets/report.css"
        echo "mail_command = /bin/sh $dir/mail/put.sh $dir/mail"
        echo "mail_from = Candour demonstration <candour@demo.example>"
        echo "public_url = http://127.0.0.1:$1/candour"
    } >"$dir/private/candourctl.conf"
}

do_make() {
    mkdir -p "$dir/private" "$dir/httpd"
    chmod 755 "$dir" "$dir/httpd"
    chmod 700 "$dir/private"
    make_secret "$dir/private/migrator.password"
    make_secret "$dir/private/server.password"
    make_secret "$dir/private/session.key"
    make_secret "$dir/private/unknown.field"
    [ -s "$dir/private/key" ] || "$build_dir/mod_candour/candourctl" keygen "$dir/private/key"
    make_database
    make_accounts
    make_files
    [ -f "$dir/httpd/port" ] || echo "$1" >"$dir/httpd/port"
    configure_httpd "$(cat "$dir/httpd/port")"
    ctl migrate --schema "$source_dir/schema" --grant-server candour_server
}

do_env() {
    echo "URL=http://127.0.0.1:$(cat "$dir/httpd/port")/candour/"
    echo "PORT=$(cat "$dir/httpd/port")"
    echo "SOCKET=$(mariadb_socket "$dir/db")"
    echo "DATABASE=candour"
    echo "ACCOUNTS=$dir/private/accounts"
    echo "ERROR_LOG=$dir/httpd/logs/error.log"
    echo "CONFIG=$dir/private/candourctl.conf"
    echo "KEY=$dir/private/key"
    echo "MAIL=$dir/mail"
    echo "SERVER_USER=candour_server"
    echo "SERVER_PASSWORD_FILE=$dir/private/server.password"
    echo "MIGRATOR_USER=candour_migrator"
    echo "MIGRATOR_PASSWORD_FILE=$dir/private/migrator.password"
}

[ $# -ge 2 ] || { sed -n '2,/^set -eu/{/^set -eu/d;s/^# \{0,1\}//;p;}' "$0"; exit 2; }
command=$1
mkdir -p "$2"
dir=$(cd "$2" && pwd -P)
shift 2
case $command in
make) do_make "${1:-8480}" ;;
start)
    mariadb_start "$dir/db"
    start_httpd
    ;;
jobs) start_jobs ;;
jobs-loop)
    echo "$$" >"$dir/jobs.pid"
    jobs_loop
    ;;
halt) stop_httpd TERM ;;
stop)
    stop_jobs
    stop_httpd TERM
    mariadb_stop "$dir/db"
    ;;
kill)
    stop_jobs
    stop_httpd TERM
    mariadb_kill "$dir/db"
    ;;
ctl) ctl "$@" ;;
sql) mariadb_root "$dir/db" --database=candour "$@" ;;
env) do_env ;;
*) die "what is '$command'?" ;;
esac
