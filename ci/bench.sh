#!/bin/sh
# bench.sh - speed, as ratios to what cannot be avoided and to other programs.
#
# Usage: bench.sh [PAGE]. Makes inputs in build/bench, installs what is compared
# with, runs all of it in turn (bench/measure.py) and writes PAGE
# (docs/benchmarks.md). HISTORIES="FOLDER NAME=FOLDER..." are real migrations,
# ROUNDS (7) says how often each program runs.
set -eu
page=${1:-docs/benchmarks.md}
work=build/bench
bare=$work/bare

mkdir -p "$work"
if [ ! "$bare" -nt ci/bench/bare.c ]; then
    # shellcheck disable=SC2086
    ${CC:-gcc} -std=c11 -O2 -Wall -Wextra -Werror \
        ${PG_QUERY_PREFIX:+-isystem "$PG_QUERY_PREFIX/include"} \
        -o "$bare" ci/bench/bare.c \
        ${PG_QUERY_PREFIX:+-L"$PG_QUERY_PREFIX/lib" -Wl,-rpath,"$PG_QUERY_PREFIX/lib"} \
        -lpg_query
fi

generate() {
    python3 ci/bench/generate.py "$@"
}

if [ ! "$work/generated" -nt ci/bench/generate.py ]; then
    echo "bench: generating migrations and plans"
    for old in migrations many plans psql; do rm -rf "${work:?}/$old"; done
    generate migrations 20000000 "$work/migrations"
    generate file 20000 "$work/one.sql"
    generate many 5000 "$work/many"
    generate plans 10000 "$work/plans" &
    generate psql 10000 "$work/psql"
    wait
    : >"$work/generated"
fi
if [ ! "$work/logged" -nt ci/bench/workload.py ]; then
    echo "bench: generating logs"
    logs=$work/logs
    rm -rf "$logs"
    mkdir -p "$logs"
    for form in csv json unlike; do
        python3 ci/bench/workload.py "$form" 125000 "$logs/1x.$form" \
            500000 "$logs/4x.$form" 2000000 "$logs/16x.$form" &
    done
    for form in log syslog rds; do
        python3 ci/bench/workload.py "$form" 125000 "$logs/1x.$form"
    done
    wait
    : >"$work/logged"
fi

# The programs themselves: what npm puts into .bin are scripts for node.
SQUAWK=$(sh ci/others.sh squawk)
PGLS=$(sh ci/others.sh postgres-language-server)
export SQUAWK PGLS
exec env PYTHONDONTWRITEBYTECODE=1 python3 ci/bench/measure.py "$page"
