#!/bin/sh
# locks.sh - does the lock model hold on the server that is installed?
#
# Runs every form of testdata/locks in a throw-away PostgreSQL and lets the
# test of the model judge what came out. An exit status other than 0 is a
# disagreement.
#
#   ci/locks.sh [build/release/test/schema/effect_test]
set -eu
test=${1:-build/release/test/schema/effect_test}
case $test in */*) ;; *) test=./$test ;; esac
measured=$(mktemp)
trap 'rm -f "$measured"' EXIT
version=$("${PG_BIN:-/usr/lib/postgresql/15/bin}/postgres" --version |
    sed 's/[^0-9]*\([0-9]*\).*/\1/')
sh ci/server.sh sh -c 'python3 ci/locks.py testdata/locks/lock_oracle.json \
    "$1" -h "$PGHOST" -U "$PGUSER"' locks "$version" >"$measured"
"$test" "$measured"
