#!/bin/sh
# locks.sh - does the lock model hold on the server that is installed?
#
# Starts a throw-away PostgreSQL (socket only, as user postgres when run by
# root), runs every form of testdata/locks in it, and lets the test of the
# model judge what came out. An exit status other than 0 is a disagreement.
#
#   ci/locks.sh [build/release/test/schema/effect_test] [bindir of PostgreSQL]
set -eu
test=${1:-build/release/test/schema/effect_test}
bin=${2:-/usr/lib/postgresql/15/bin}
here=$(dirname "$0")
if [ ! -x "$bin/initdb" ]; then
    echo "locks: no PostgreSQL in $bin" >&2
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
    -c max_parallel_maintenance_workers=0 -k $dir/run\" start" >/dev/null
version=$("$bin/postgres" --version | sed 's/[^0-9]*\([0-9]*\).*/\1/')
python3 "$here/locks.py" testdata/locks/lock_oracle.json "$version" \
    -h "$dir/run" -U "$user" >"$dir/measured.json"
"$test" "$dir/measured.json"
