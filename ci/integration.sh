#!/bin/sh
# integration.sh - tusklint beside the programs that run it; what
# `make test-integration` runs.
#
# Each test is a .py or .sh of ci/integration, given the program, and ends with a line
# "name: N passed, M failed". Names as arguments run only those.
set -u
release=$PWD/build/tusklint
log=build/integration.log
failed=0

run() {
    case $1 in
    *.py) python3 "$1" "$release" ;;
    *.sh) sh "$1" "$release" ;;
    esac
}

sh ci/npm.sh || exit 1
for test in ci/integration/*.py ci/integration/*.sh; do
    name=$(basename "${test%.*}")
    [ -f "$test" ] || continue
    case " ${*:-$name} " in *" $name "*) ;; *) continue ;; esac
    began=$(date +%s)
    run "$test" >"$log" 2>&1
    status=$?
    line=$(grep -aE ': [0-9]+ passed, [0-9]+ failed$' "$log" | tail -n 1)
    echo "${line:-$name: ended without a result} ($(($(date +%s) - began)) s)"
    [ "$status" = 0 ] && [ -n "$line" ] && continue
    failed=1
    tail -n 60 "$log"
done
exit $failed
