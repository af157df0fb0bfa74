#!/bin/sh
# coverage.sh - which lines and branches of src and rules the tests run.
#
# Usage: coverage.sh UNIT_TEST..., after VARIANT=coverage is built: `make
# coverage`. Runs the parts of test.sh that reach what others do not (servers,
# damage, limits and digests run the same lines again), prints the share of each
# folder, and fails under 90 % of the lines. build/coverage/report/index.html
# shows each line. Where memory or threads are missing the program ends without
# counting: faults.py proves that, and no figure here does.
set -u
least=90
build=build/coverage
binary=$build/tusklint
failed=0
log=$build/part.log

# part NAME COMMAND...
part() {
    name=$1
    shift
    began=$(date +%s)
    "$@" >"$log" 2>&1 || {
        failed=$((failed + 1))
        echo "FAILED: $name"
        tail -n 40 "$log"
    }
    printf '%-14s %4d s\n' "$name" $(($(date +%s) - began))
}

find "$build" -name '*.gcda' -delete
part unit sh ci/unit.sh "$@"
part fixtures python3 ci/fixtures.py --binary "$binary"
for name in exit-status config golden lsp formats; do
    part $name sh ci/$name.sh "$binary"
done
for name in history cache plans sessions docs; do
    part $name python3 ci/$name.py "$binary"
done

mkdir -p "$build/report"
# Of src and rules: the generated tables hold no code. src/fuzz is not built.
# Where gcov tells of a branch taken -1 times the line is passed over.
part report gcovr --root . --object-directory "$build" \
    --filter src/ --filter rules/ --exclude '.*_test\.c' \
    --exclude '.*/testing\.h' --gcov-ignore-parse-errors \
    --json-summary "$build/report/summary.json" \
    --json "$build/report/lines.json" \
    --html-details "$build/report/index.html" "$build"
python3 ci/coverage.py "$build/report/summary.json" $least ||
    failed=$((failed + 1))
[ $failed = 0 ]
