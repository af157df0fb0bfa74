#!/bin/sh
# unit.sh - runs the given cmocka programs; prints failures and one total.
set -u
passed=0
failed=0
for t in "$@"; do
    if out=$("$t" 2>&1); then
        n=$(echo "$out" | grep -c '^\[       OK \]')
        passed=$((passed + n))
    else
        failed=$((failed + 1))
        echo "FAILED: $t"
        echo "$out" | grep -v '^\[ *\(RUN\|OK\)' | tail -n 40
    fi
done
echo "unit: $passed passed, $failed failed"
[ "$failed" = 0 ]
