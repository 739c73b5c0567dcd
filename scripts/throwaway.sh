# shellcheck shell=bash
# A private PostgreSQL, on a socket in a folder of its own: no port, no trace, whatever already runs on the machine.
# PostgreSQL refuses to run as root: root lends it to the user that Debian made for it.

SCRATCH=$(mktemp -d /tmp/referencement.XXXXXX) # short: the path of a socket is limited to about a hundred bytes
chmod 755 "$SCRATCH"
OWNER=$(id -un)
if [[ $(id -u) == 0 ]]; then
    OWNER=postgres
    id "$OWNER" >/dev/null 2>&1 || OWNER=nobody
fi
POSTGRES_BIN=$(find /usr/lib/postgresql -maxdepth 2 -name bin 2>/dev/null | sort -V | tail -n 1)

as_owner() {
    if [[ $(id -u) == 0 ]]; then (cd / && runuser -u "$OWNER" -- "$@"); else (cd / && "$@"); fi
}

# Start it and export TEST_DATABASE_URL. The data lasts as long as the script: nothing needs to reach the disk, unless
# one measures what a commit costs (DURABLE=1).
start_postgres() {
    local socket="$SCRATCH/pg" haste="-c fsync=off -c synchronous_commit=off -c full_page_writes=off"
    if [[ -n ${DURABLE:-} ]]; then haste=; fi
    install -d -m 700 -o "$OWNER" "$socket"
    as_owner "$POSTGRES_BIN/initdb" -D "$socket/data" -A trust -U postgres -E UTF8 --locale=C.UTF-8 -N >"$SCRATCH/initdb.log" 2>&1 ||
        stop_with "PostgreSQL n'a pas pu être préparé :" "$(cat "$SCRATCH/initdb.log")"
    as_owner "$POSTGRES_BIN/pg_ctl" -D "$socket/data" -w -l "$socket/log" -o "-c listen_addresses='' -k $socket -c max_connections=150 $haste" start >"$SCRATCH/start.log" 2>&1 ||
        stop_with "PostgreSQL n'a pas démarré :" "$(cat "$socket/log" "$SCRATCH/start.log")"
    export TEST_DATABASE_URL="postgres://postgres@/$socket/referencement"
}

# shellcheck disable=SC2317 # called by a trap
stop_postgres() {
    trap '' INT TERM
    if [[ -e $SCRATCH/pg/data/postmaster.pid ]]; then
        as_owner "$POSTGRES_BIN/pg_ctl" -D "$SCRATCH/pg/data" -m immediate stop >/dev/null 2>&1 || true
    fi
    rm -rf -- "$SCRATCH"
}
