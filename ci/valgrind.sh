#!/bin/sh
# valgrind.sh - the release binary under memcheck: what sanitizers do not see.
#
# Usage: valgrind.sh [BINARY]. Reads of memory that was never written are its
# business, inside libpg_query too, which no sanitizer has instrumented.
set -u
binary=${1:-build/tusklint}
passed=0
failed=0
report=$(mktemp)
trap 'rm -f "$report"' EXIT
trap 'exit 1' HUP INT TERM

# clean STATUS ARGUMENTS...
clean() {
    want=$1
    shift
    valgrind --quiet --error-exitcode=99 --leak-check=full \
        --errors-for-leak-kinds=definite --main-stacksize=8388608 \
        --log-file="$report" "$binary" "$@" >/dev/null 2>&1 </dev/null
    got=$?
    if [ $got = "$want" ]; then
        passed=$((passed + 1))
        return
    fi
    failed=$((failed + 1))
    echo "FAILED: valgrind: tusklint $*: status $got, not $want"
    sed 's/^/    /' "$report" | head -n 40
}

clean 1 testdata/demo
clean 1 -j 2 --format sarif testdata/demo
clean 1 --diff testdata/demo/migrations
clean 0 explain TL101
clean 2 --no-such-option
echo "valgrind: $passed passed, $failed failed"
[ "$failed" = 0 ]
