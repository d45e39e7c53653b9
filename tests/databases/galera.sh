# galera.sh: a cluster of two MariaDB nodes with Galera in one folder. Sourced after conf/demo/mariadb.sh, not run.
#
# CANDOUR_TEST_GALERA names libgalera_smm.so. DIR holds the nodes a/ and b/, each as mariadb.sh makes it. There is no
# program here that copies a running node: both start from the data of one that was stopped.

galera_here=$(cd "$(dirname "$0")/../databases" && pwd)

# galera_settings NAME PORT OTHER_PORT. Node a numbers its rows 1, 3, 5 and b 2, 4, 6: left to the cluster, which of
# them is odd would change from run to run.
galera_settings() {
    first=2
    [ "$1" != a ] || first=1
    cat <<TEXT
wsrep_on=ON
wsrep_provider=$CANDOUR_TEST_GALERA
wsrep_cluster_name=candour_test
wsrep_node_name=$1
wsrep_node_address=127.0.0.1:$2
wsrep_cluster_address=gcomm://127.0.0.1:$3
wsrep_provider_options=base_host=127.0.0.1;base_port=$2;gmcast.listen_addr=tcp://127.0.0.1:$2;ist.recv_addr=127.0.0.1:$(($2 + 1));gcache.size=64M
wsrep_sst_method=copied
wsrep_slave_threads=4
binlog_format=ROW
innodb_autoinc_lock_mode=2
wsrep_auto_increment_control=OFF
auto_increment_increment=2
auto_increment_offset=$first
TEXT
}

# galera_template DIR PORT: the data of a node that was the whole cluster once and was stopped cleanly.
galera_template() {
    CANDOUR_DB_SETTINGS=$(galera_settings a "$2" "$(($2 + 4))") mariadb_make "$1" || return 1
    MARIADB_START_WITH=--wsrep-new-cluster mariadb_start "$1" && mariadb_stop "$1"
}

# galera_start DIR PORT: both nodes, from CANDOUR_DB_TEMPLATE; ready when each says that it is synced.
galera_start() {
    export CANDOUR_SST="$1/sst/at" PATH="$galera_here:$PATH"
    mkdir -p "$1/sst" && chmod 777 "$1/sst" || return 1
    CANDOUR_DB_SETTINGS=$(galera_settings a "$2" "$(($2 + 4))") mariadb_make "$1/a" || return 1
    CANDOUR_DB_SETTINGS=$(galera_settings b "$(($2 + 4))" "$2") mariadb_make "$1/b" || return 1
    MARIADB_START_WITH=--wsrep-new-cluster mariadb_start "$1/a" || return 1
    mariadb_start "$1/b" || return 1
    for node in a b; do
        tries=0
        until [ "$(mariadb_root "$1/$node" -e "SHOW STATUS LIKE 'wsrep_local_state'" 2>/dev/null | cut -f2)" = 4 ]; do
            tries=$((tries + 1))
            [ "$tries" -le 400 ] || { echo "galera: node $node is not synced" >&2; tail -n 20 "$1/$node/err.log" >&2; return 1; }
            sleep 0.05
        done
    done
}

galera_kill() {
    mariadb_kill "$1/a"
    mariadb_kill "$1/b"
}
