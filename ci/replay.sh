#!/bin/sh
# replay.sh - every fuzz target on its corpus and on the rules' fixtures.
#
# Usage: replay.sh BUILD, after `make replay-bins VARIANT=...`. What a fuzzer
# once found lies in testdata/corpus/TARGET and is found no more.
set -u
build=$1
passed=0
failed=0
log=$build/replay.log

# The fixtures that a target's reader may be given; the linter's own texts are
# no comments, configurations or diffs.
fixtures() {
    case $1 in
    cache | migration | fix | query) find testdata/rules -name '*.sql' ;;
    capture | digest) find testdata/rules -name '*.csv' -o -name '*.log' -o \
        -name '*.jsonl' -o -name '*.json' ;;
    plan | plan_baseline | sqlx) find testdata/rules -name '*.json*' ;;
    lsp) find testdata/lsp -name '*.jsonl' ;;
    esac
}

for target in "$build"/replay/*; do
    name=$(basename "$target")
    corpus=testdata/corpus/$name
    [ -d "$corpus" ] || corpus=
    # Names of fixtures have no blanks.
    if "$target" $corpus $(fixtures "$name") >"$log" 2>&1; then
        passed=$((passed + $(tail -n 1 "$log")))
    else
        failed=$((failed + 1))
        echo "$name:"
        tail -n 40 "$log"
    fi
done
echo "replay: $passed passed, $failed failed"
[ "$failed" = 0 ]
