#!/bin/sh
# test.sh - everything that must hold, in order; what `make test` runs.
#
# Each part ends with a line "name: N passed, M failed". A part that ends with
# a status other than 0, or without that line, counts as one more. The last
# line of all is their sum.
set -u
jobs=$(nproc 2>/dev/null || echo 2)
passed=0
failed=0
log=build/test.log
release=build/tusklint
asan=build/asan/tusklint
tsan=build/tsan
# The tests that start threads themselves.
threaded="$tsan/test/base/pool_test $tsan/test/sql/parse_test"

# The sanitizers' own status would be 1, which also says "findings".
ASAN_OPTIONS=detect_leaks=1:strict_string_checks=1:exitcode=99
LSAN_OPTIONS=exitcode=99
UBSAN_OPTIONS=print_stacktrace=1:exitcode=99
export ASAN_OPTIONS LSAN_OPTIONS UBSAN_OPTIONS

# part NAME COMMAND...
part() {
    name=$1
    shift
    began=$(date +%s)
    "$@" >"$log" 2>&1
    status=$?
    line=$(grep -aE ': [0-9]+ passed, [0-9]+ failed$' "$log" | tail -n 1)
    p=$(echo "$line" | sed -nE 's/.*: ([0-9]+) passed.*/\1/p')
    f=$(echo "$line" | sed -nE 's/.*passed, ([0-9]+) failed$/\1/p')
    # Parts that do not count are one test each.
    [ -n "$line" ] || { p=$((status == 0)) f=0; }
    [ $status = 0 ] || [ "$f" != 0 ] || f=1
    passed=$((passed + p))
    failed=$((failed + f))
    printf '%-22s %5d passed %5d failed %6d s\n' "$name" "$p" "$f" \
        $(($(date +%s) - began))
    # What is measured and not merely counted.
    grep -aE 'precision [0-9.]+, recall [0-9.]+$' "$log" | sed 's/^/  /'
    [ "$f" = 0 ] || tail -n 60 "$log"
}

script() {
    name=$1
    shift
    part "$name" sh "ci/$name.sh" "$@"
}

mkdir -p build
echo "Building (release, then with sanitizers) ..."
build() {
    make --no-print-directory -j"$jobs" WERROR=-Werror "$@"
}
{
    build build && build unit-bins &&
        build VARIANT=asan $asan unit-bins replay-bins &&
        build VARIANT=tsan $tsan/tusklint $threaded
} >build/build.log 2>&1 || {
    tail -n 60 build/build.log
    echo "0 passed, 1 failed (the build)"
    exit 1
}

part "unit (asan)" make --no-print-directory VARIANT=asan unit
part fixtures python3 ci/fixtures.py --binary "$release"
part "fixtures (asan)" python3 ci/fixtures.py --binary "$asan"
script demo "$release"
script exit-status "$release"
script config "$release"
part "config (asan)" sh ci/config.sh "$asan"
part "exit-status (asan)" sh ci/exit-status.sh "$asan"
script golden "$release"
part "golden (asan)" sh ci/golden.sh "$asan"
part "positions (asan)" python3 ci/positions.py "$asan"
part threads python3 ci/threads.py "$release"
part "history (asan)" python3 ci/history.py "$asan"
part cache python3 ci/cache.py "$release"
part "sessions (asan)" python3 ci/sessions.py "$asan"
part limits python3 ci/limits.py "$release"
part growth python3 ci/growth.py "$release"
part "replay (asan)" sh ci/replay.sh build/asan
part damage python3 ci/damage.py "$release"
part "damage (asan)" python3 ci/damage.py "$asan" --sanitized
part faults python3 ci/faults.py "$release"
part "faults (asan)" python3 ci/faults.py "$asan" --sanitized
script hardening "$release"
part "digest (asan)" python3 ci/digest.py "$asan"
part valgrind python3 ci/valgrind.py "$release" build/release/test/*/*_test
part "threads (tsan)" sh ci/threads.sh $tsan/tusklint $threaded
script sarif "$release"
script lsp "$release"
part "lsp (asan)" sh ci/lsp.sh "$asan"
part "formats (asan)" sh ci/formats.sh "$asan"
part "plans (asan)" sh ci/plans.sh "$asan"
part "plan-versions (asan)" python3 ci/plan-versions.py "$asan"
script locks build/asan/test/schema/effect_test
script sargability "$release"
script advice "$release"
script bodies "$release"
script captures "$release"
script catalog "$release"
script new-rule_test
part docs python3 ci/docs.py "$release"

echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
