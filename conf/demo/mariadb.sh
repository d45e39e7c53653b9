# mariadb.sh: a private MariaDB in one folder, for the demo and for the tests. Sourced, not run.
#
# DIR, an absolute path, holds data/, s.sock, pid, err.log and server.cnf. No network, no file of
# /etc/mysql is read, and no other server is touched. Where DIR is too long for a socket's address (the
# kernel takes 107 bytes), the socket alone lies in a short folder under /tmp.
#
# For tests on another server than the installed MariaDB: CANDOUR_TEST_MYSQLD names the mysqld of a MySQL 8.0, and
# CANDOUR_TEST_MYSQLD_LIBS a folder of libraries that it needs. The shell is MariaDB's either way. CANDOUR_DB_TEMPLATE
# names a DIR of a stopped server, whose data is copied instead of made.

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

# The same of MySQL. What MariaDB has and MySQL has not: snapshot isolation, a limit for changes, one for idle
# transactions. The binary log is on unless it is said otherwise.
mysql_settings='
innodb_flush_log_at_trx_commit=1
sync_binlog=1
transaction_isolation=REPEATABLE-READ
innodb_lock_wait_timeout=5
lock_wait_timeout=10
max_execution_time=5000
local_infile=OFF
sql_mode=TRADITIONAL,ONLY_FULL_GROUP_BY
character_set_server=utf8mb4
collation_server=utf8mb4_bin
default_time_zone=+00:00
default_storage_engine=InnoDB
innodb_redo_log_capacity=128M
innodb_buffer_pool_size=128M
skip_name_resolve=ON
mysqlx=OFF
performance_schema=OFF
'

mariadb_found() {
    PATH="$PATH:/usr/sbin"
    if [ -n "${CANDOUR_TEST_MYSQLD:-}" ]; then
        [ -x "$CANDOUR_TEST_MYSQLD" ] && command -v mariadb >/dev/null
        return
    fi
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
        if [ -n "${CANDOUR_TEST_MYSQLD:-}" ]; then echo "[mysqld]"; else echo "[mariadbd]"; fi
        echo "datadir=$1/data"
        echo "socket=$socket"
        echo "pid_file=$1/pid"
        echo "log_error=$1/err.log"
        echo "secure_file_priv=$1/files"
        echo "tmpdir=$1/tmp"
        echo "skip_networking=ON"
        echo "user=$owner"
        if [ -n "${CANDOUR_TEST_MYSQLD:-}" ]; then
            echo "$mysql_settings"
            # Its files of words and character sets lie beside it, where it was unpacked.
            echo "lc_messages_dir=$(dirname "$CANDOUR_TEST_MYSQLD")/../share/mysql"
            echo "character_sets_dir=$(dirname "$CANDOUR_TEST_MYSQLD")/../share/mysql/charsets"
        else
            echo "$mariadb_settings"
        fi
        echo "${CANDOUR_DB_SETTINGS:-}"
    } >"$1/server.cnf"
    [ "$(id -u)" != 0 ] || chown -R "$owner" "$1" || return 1
    if [ -n "${CANDOUR_DB_TEMPLATE:-}" ]; then
        rm -rf "$1/data" && cp -a "$CANDOUR_DB_TEMPLATE/data" "$1/data"
        return
    fi
    mariadb_install "$1" "$owner" >"$1/install.log" 2>&1 || {
        cat "$1/install.log" >&2
        [ ! -f "$1/err.log" ] || cat "$1/err.log" >&2
        return 1
    }
}

# mariadb_install DIR OWNER: the tables of the server itself. MySQL's root has no password here, so its folder must
# stay one that is thrown away.
mariadb_install() {
    if [ -n "${CANDOUR_TEST_MYSQLD:-}" ]; then
        LD_LIBRARY_PATH="${CANDOUR_TEST_MYSQLD_LIBS:-}" "$CANDOUR_TEST_MYSQLD" --defaults-file="$1/server.cnf" \
            --initialize-insecure
    else
        mariadb-install-db --defaults-file="$1/server.cnf" --user="$2" \
            --auth-root-authentication-method=socket --auth-root-socket-user="$(id -un)" \
            --skip-test-db --skip-name-resolve
    fi
}

# mariadb_root DIR [OPTION...]: the shell as the account that may do all: the one who made the server, known by
# the user id that the kernel tells.
mariadb_root() {
    root_dir=$1
    shift
    root_name=$(id -un)
    [ -z "${CANDOUR_TEST_MYSQLD:-}" ] || root_name=root
    mariadb --no-defaults --socket="$(mariadb_socket "$root_dir")" --user="$root_name" --batch --skip-column-names "$@"
}

# mariadb_running DIR: does the server whose number is in DIR/pid live, and is it ours?
mariadb_running() {
    [ -f "$1/pid" ] && grep -qz "$1/server.cnf" "/proc/$(cat "$1/pid")/cmdline" 2>/dev/null
}

# mariadb_start DIR: starts and waits until a query works, at most 30 s. MARIADB_START_WITH: one more option.
mariadb_start() {
    mariadb_running "$1" && return 0
    # A socket folder under /tmp may have been swept away since.
    socket_dir=$(dirname "$(mariadb_socket "$1")")
    if [ ! -d "$socket_dir" ]; then
        mkdir -m 755 "$socket_dir" || return 1
        [ "$(id -u)" != 0 ] || chown "$(mariadb_owner)" "$socket_dir" || return 1
    fi
    # MySQL will not start beside the lock of one that was killed and that nobody has waited for yet.
    rm -f "$(mariadb_socket "$1").lock"
    # setsid: an interrupt typed at the terminal must not stop the server behind our back.
    if [ -n "${CANDOUR_TEST_MYSQLD:-}" ]; then
        (export LD_LIBRARY_PATH="${CANDOUR_TEST_MYSQLD_LIBS:-}"
            exec setsid "$CANDOUR_TEST_MYSQLD" --defaults-file="$1/server.cnf" \
                >>"$1/start.log" 2>&1 </dev/null) &
    else
        # shellcheck disable=SC2086
        setsid mariadbd --defaults-file="$1/server.cnf" ${MARIADB_START_WITH:-} >>"$1/start.log" 2>&1 </dev/null &
    fi
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
