#!/bin/sh
# server.sh - runs a command beside a throw-away PostgreSQL.
#
#   ci/server.sh COMMAND...
#
# PG_SETTINGS may hold more of the server's options ("-c name=value ...").
# The server of Debian's postgresql-15 (or of PG_BIN) listens on a socket only,
# as user postgres when run by root; PGHOST and PGUSER lead the command to it,
# PGDATA to its files.
# It is stopped and removed whatever becomes of the command, whose status is
# this script's.
set -eu
bin=${PG_BIN:-/usr/lib/postgresql/15/bin}
if [ ! -x "$bin/initdb" ]; then
    echo "server: no PostgreSQL in $bin" >&2
    exit 1
fi
dir=$(mktemp -d)
chmod 755 "$dir"
mkdir "$dir/run"
user=$(id -un)
if [ "$(id -u)" = 0 ]; then
    user=postgres
    chown -R postgres "$dir"
fi
as() {
    if [ "$(id -u)" = 0 ]; then
        su postgres -s /bin/sh -c "cd $dir && $1"
    else
        sh -c "$1"
    fi
}
trap 'as "$bin/pg_ctl -D $dir/data -m immediate stop" >/dev/null 2>&1 || true
rm -rf "$dir"' EXIT
trap 'exit 1' HUP INT TERM
as "$bin/initdb -D $dir/data -U $user -A trust -E UTF8 --no-locale" >/dev/null
# Workers would hold locks of their own, and vacuum would get in the way.
as "$bin/pg_ctl -D $dir/data -w -l $dir/run/log -o \"-c listen_addresses='' \
    -c fsync=off -c autovacuum=off -c max_parallel_workers=0 \
    -c max_parallel_maintenance_workers=0 -k $dir/run ${PG_SETTINGS:-}\" start" >/dev/null
PGHOST=$dir/run PGUSER=$user PGDATABASE=postgres PGDATA=$dir/data
export PGHOST PGUSER PGDATABASE PGDATA
"$@"
