#!/bin/sh
# replay.sh - every fuzz target on its corpus and on the rules' fixtures.
#
# Usage: replay.sh BUILD, after `make replay-bins VARIANT=...`. What a fuzzer
# once found lies in testdata/corpus/TARGET and is found no more; and what is
# written for one reader must not hurt another, so fixtures go to all.
set -u
build=$1
passed=0
failed=0
log=$build/replay.log

for target in "$build"/replay/*; do
    name=$(basename "$target")
    corpus=testdata/corpus/$name
    [ -d "$corpus" ] || corpus=
    files=$("$target" $corpus testdata/rules 2>"$log") && [ "$files" -gt 0 ]
    if [ $? = 0 ]; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        echo "$name:"
        tail -n 40 "$log"
    fi
done
echo "replay: $passed passed, $failed failed"
[ "$failed" = 0 ]
