#!/bin/sh
# integration.sh - what is tested with other people's programs around it.
#
# Usage: integration.sh [BINARY]. Runs each script of ci/integration/.
set -u
binary=${1:-build/tusklint}
failed=0
mkdir -p build
log=build/integration.log

for script in ci/integration/*.sh; do
    if sh "$script" "$binary" >"$log" 2>&1; then
        tail -n 1 "$log"
    else
        cat "$log"
        failed=1
    fi
done
exit $failed
