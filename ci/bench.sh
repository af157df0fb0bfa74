#!/bin/sh
# bench.sh - speed, as ratios to what cannot be avoided.
#
# Usage: bench.sh [MEGABYTES [ROUNDS]]. Generates a history of migrations and
# a log in build/bench and runs tusklint in turn with bare libpg_query and,
# where npm can install it, squawk; then logs of STATEMENTS (2,000,000) in three
# formats, in turn with pgBadger. HISTORIES="DIR..." are real histories that are
# compared, too.
set -eu
megabytes=${1:-20}
rounds=${2:-5}
binary=build/tusklint
work=build/bench/$megabytes
bare=build/bench/bare
small=testdata/demo/migrations/0001_growers.sql

mkdir -p "$work"
if [ ! "$bare" -nt ci/bench/bare.c ]; then
    # shellcheck disable=SC2086
    ${CC:-gcc} -std=c11 -O2 -Wall -Wextra -Werror \
        ${PG_QUERY_PREFIX:+-isystem "$PG_QUERY_PREFIX/include"} \
        -o "$bare" ci/bench/bare.c \
        ${PG_QUERY_PREFIX:+-L"$PG_QUERY_PREFIX/lib" -Wl,-rpath,"$PG_QUERY_PREFIX/lib"} \
        -lpg_query
fi
if [ ! "$work/done" -nt ci/bench/generate.py ]; then
    rm -rf "$work/migrations" "$work/app.csv"
    python3 ci/bench/generate.py migrations $((megabytes * 1000000)) \
        "$work/migrations"
    python3 ci/bench/generate.py log $((megabytes * 5000000)) "$work/app.csv"
    python3 ci/bench/generate.py file 20000 "$work/one.sql"
    : >"$work/done"
fi

SQUAWK=$(sh ci/squawk.sh)
export SQUAWK
python3 ci/bench/measure.py "$binary" "$bare" "$work/migrations" \
    "$work/app.csv" "$small" "$work/one.sql" "$rounds"

statements=${STATEMENTS:-2000000}
logs=build/bench/logs-$statements
if [ ! "$logs/done" -nt ci/bench/workload.py ]; then
    rm -rf "$logs"
    mkdir -p "$logs"
    for form in csv json log; do
        python3 ci/bench/workload.py "$form" "$statements" "$logs/app.$form"
    done
    python3 ci/bench/workload.py log $((statements / 4)) "$logs/quarter.log"
    : >"$logs/done"
fi
exec python3 ci/bench/logs.py "$binary" "$logs" "$rounds"
