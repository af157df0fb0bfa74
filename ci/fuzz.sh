#!/bin/sh
# fuzz.sh - runs the fuzz targets, each for so many seconds.
#
# Usage: [JOBS=N] [SEED=N] fuzz.sh SECONDS [TARGET...], after
# `make VARIANT=fuzz CC=clang fuzz-bins`. JOBS of them run at a time, one where
# nothing is said; SEED makes the same mutations in the same order. The corpora
# begin with what testdata holds and grow in build/fuzz/corpus; what crashes,
# hangs or leaks stays in build/fuzz/found, and belongs into
# testdata/corpus/TARGET once it is mended (see ci/replay.sh).
set -u
seconds=$1
shift
results=build/fuzz/results.log

mkdir -p build/fuzz/found
targets=${*:-$(cd src/fuzz && ls fuzz_*.c | sed 's/fuzz_//; s/\.c$//')}
printf '%s\n' $targets |
    xargs -P "${JOBS:-1}" -n 1 sh ci/fuzz-target.sh "$seconds" |
    tee "$results"
passed=$(grep -cE '^[a-z_]+ passed: ' "$results")
failed=$(($(printf '%s\n' $targets | wc -l) - passed))
echo "fuzz: $passed passed, $failed failed"
[ "$failed" = 0 ]
