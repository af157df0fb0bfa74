#!/bin/sh
# threads.sh - do the threads of a run share what they must not?
#
# Usage: threads.sh BINARY [TEST-PROGRAM...], built with VARIANT=tsan. Lints all
# kinds of inputs with several threads, then runs the tests that start threads.
# What is said must be what one thread says.
set -u
binary=$1
shift
passed=0
failed=0
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM
TSAN_OPTIONS=exitcode=99
export TSAN_OPTIONS
# Where addresses are more random than the sanitizer can bear.
plain=
"$binary" version >"$work/out" 2>&1 || plain='setarch -R'

verdict() { # verdict STATUS WHAT
    if [ "$1" = 0 ]; then
        passed=$((passed + 1))
        return
    fi
    failed=$((failed + 1))
    echo "FAILED: threads: $2"
    head -n 60 "$work/err"
}

# same COMMAND...: whatever the number of threads.
same() {
    for jobs in 1 2 7; do
        $plain "$binary" "$@" -j $jobs >"$work/$jobs" 2>"$work/err"
        status=$?
        [ $status -le 1 ] && cmp -s "$work/1" "$work/$jobs"
        verdict $? "tusklint $* -j $jobs: status $status"
    done
}

same --format json testdata/demo
same --format text testdata/golden/evidence
for history in testdata/histories/* testdata/seeds/*; do
    same --format json "$history"
done
same --format json testdata/plans
same --format json --schema testdata/demo/migrations testdata/inputs
same locks --format json testdata/golden/locks
same digest testdata/inputs
# Statements and files of all sorts.
same --format json --fail-on never testdata/rules

for program in "$@"; do
    $plain "$program" >"$work/err" 2>&1
    verdict $? "$program"
done
echo "threads: $passed passed, $failed failed"
[ "$failed" = 0 ]
