# mariadb.sh: a private MariaDB in one folder, for the demo and for the tests. Sourced, not run.
#
# DIR, an absolute path, holds data/, s.sock, pid, err.log and server.cnf. No network, no file of
# /etc/mysql is read, and no other server is touched. Where DIR is too long for a socket's address (the
# kernel takes 107 bytes), the socket alone lies in a short folder under /tmp.

# Settings of a server whose acknowledged writes survive a crash, and which gives up early on a lock.
mariadb_settings='
innodb_flush_log_at_trx_commit=1
innodb_snapshot_isolation=ON
transaction_isolation=REPEATABLE-READ
innodb_lock_wait_timeout=5
lock_wait_timeout=10
max_statement_time=5
idle_transaction_timeout=30
local_infile=OFF
sql_mode=TRADITIONAL,ONLY_FULL_GROUP_BY
character_set_server=utf8mb4
collation_server=utf8mb4_bin
default_time_zone=+00:00
default_storage_engine=InnoDB
innodb_log_file_size=64M
innodb_buffer_pool_size=128M
skip_name_resolve=ON
performance_schema=OFF
'

mariadb_found() {
    PATH="$PATH:/usr/sbin"
    command -v mariadbd >/dev/null && command -v mariadb-install-db >/dev/null &&
        command -v mariadb >/dev/null
}

# mariadb_owner: as root the server runs as www-data or nobody, because it refuses to be root.
mariadb_owner() {
    if [ "$(id -u)" != 0 ]; then
        id -un
    elif id www-data >/dev/null 2>&1; then
        echo www-data
    else
        echo nobody
    fi
}

# mariadb_socket DIR: where its socket is.
mariadb_socket() {
    sed -n 's/^socket=//p' "$1/server.cnf"
}

# mariadb_make DIR: an empty server, once. CANDOUR_DB_SETTINGS adds lines to its settings.
mariadb_make() {
    [ -d "$1/data/mysql" ] && [ -f "$1/server.cnf" ] && return 0
    owner=$(mariadb_owner)
    mkdir -p "$1/data" "$1/files" "$1/tmp" && chmod 755 "$1" || return 1
    socket=$1/s.sock
    if [ ${#socket} -gt 100 ]; then
        short=$(TMPDIR=/tmp mktemp -d) && chmod 755 "$short" || return 1
        [ "$(id -u)" != 0 ] || chown "$owner" "$short" || return 1
        socket=$short/s.sock
    fi
    {
        echo "[mariadbd]"
        echo "datadir=$1/data"
        echo "socket=$socket"
        echo "pid_file=$1/pid"
        echo "log_error=$1/err.log"
        echo "secure_file_priv=$1/files"
        echo "tmpdir=$1/tmp"
        echo "skip_networking=ON"
        echo "user=$owner"
        echo "$mariadb_settings"
        echo "${CANDOUR_DB_SETTINGS:-}"
    } >"$1/server.cnf"
    [ "$(id -u)" != 0 ] || chown -R "$owner" "$1" || return 1
    mariadb-install-db --defaults-file="$1/server.cnf" --user="$owner" \
        --auth-root-authentication-method=socket --auth-root-socket-user="$(id -un)" \
        --skip-test-db --skip-name-resolve >"$1/install.log" 2>&1 || {
        cat "$1/install.log" >&2
        return 1
    }
}

# mariadb_root DIR [OPTION...]: the shell as the account that may do all: the one who made the server, known by
# the user id that the kernel tells.
mariadb_root() {
    root_dir=$1
    shift
    mariadb --no-defaults --socket="$(mariadb_socket "$root_dir")" --user="$(id -un)" --batch --skip-column-names "$@"
}

# mariadb_running DIR: does the server whose number is in DIR/pid live, and is it ours?
mariadb_running() {
    [ -f "$1/pid" ] && grep -qz "$1/server.cnf" "/proc/$(cat "$1/pid")/cmdline" 2>/dev/null
}

# mariadb_start DIR: starts and waits until a query works, at most 30 s.
mariadb_start() {
    mariadb_running "$1" && return 0
    # A socket folder under /tmp may have been swept away since.
    socket_dir=$(dirname "$(mariadb_socket "$1")")
    if [ ! -d "$socket_dir" ]; then
        mkdir -m 755 "$socket_dir" || return 1
        [ "$(id -u)" != 0 ] || chown "$(mariadb_owner)" "$socket_dir" || return 1
    fi
    # setsid: an interrupt typed at the terminal must not stop the server behind our back.
    setsid mariadbd --defaults-file="$1/server.cnf" >>"$1/start.log" 2>&1 </dev/null &
    tries=0
    until mariadb_root "$1" -e 'DO 1' >/dev/null 2>&1; do
        tries=$((tries + 1))
        if [ "$tries" -gt 600 ]; then
            echo "mariadb: no answer within 30 s; the end of its log:" >&2
            tail -n 20 "$1/err.log" "$1/start.log" >&2
            return 1
        fi
        sleep 0.05
    done
}

# mariadb_stop DIR: a clean stop, waited for.
mariadb_stop() {
    mariadb_running "$1" || return 0
    stop_pid=$(cat "$1/pid")
    kill -TERM "$stop_pid"
    tries=0
    while kill -0 "$stop_pid" 2>/dev/null; do
        tries=$((tries + 1))
        [ "$tries" -gt 600 ] && { kill -KILL "$stop_pid"; break; }
        sleep 0.05
    done
}

# mariadb_kill DIR: for a server whose data is thrown away: quicker, and as safe.
mariadb_kill() {
    [ -f "$1/server.cnf" ] || return 0
    ! mariadb_running "$1" || kill -KILL "$(cat "$1/pid")"
    case $(mariadb_socket "$1") in
    "$1"/*) ;;
    *) rm -rf "$(dirname "$(mariadb_socket "$1")")" ;;
    esac
}
