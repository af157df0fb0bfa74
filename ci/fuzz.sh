#!/bin/sh
# fuzz.sh - runs the fuzz targets, each for so many seconds.
#
# Usage: fuzz.sh SECONDS [TARGET...], after `make build/fuzz/NAME`. The corpora
# begin with what testdata holds and grow in build/fuzz/corpus; what crashes,
# hangs or leaks stays in build/fuzz/found, and belongs into
# testdata/corpus/TARGET once it is mended (see ci/replay.sh).
set -u
seconds=$1
shift
dir=build/fuzz
passed=0
failed=0
UBSAN_OPTIONS=print_stacktrace=1:halt_on_error=1
export UBSAN_OPTIONS

# seed TARGET FIND-ARGUMENTS...: small files only, a fuzzer finds the rest.
seed() {
    into=$dir/corpus/$1
    shift
    find testdata docs -type f -size -9k \( "$@" \) | while read -r file; do
        cp "$file" "$into/$(echo "$file" | tr / _)"
    done
}

# Whole histories and folders of a kind, as one input.
seed_joined() {
    into=$dir/corpus/$1
    for folder in testdata/rules/*/*/; do
        first=
        joined=$into/$(echo "$folder" | tr / _)
        for file in "$folder"*."$2"; do
            [ -f "$file" ] || continue
            [ -z "$first" ] || printf '\n-- next\n' >>"$joined"
            [ -n "$first" ] || : >"$joined"
            first=no
            cat "$file" >>"$joined"
        done
    done
}

# The first byte says what the rest is taken for.
seed_captures() {
    into=$dir/corpus/capture
    for file in $(find testdata -type f -size -9k \( -name '*.log' -o \
        -name '*.csv' -o -name '*.jsonl' -o -name '*.json' \
        ! -path '*plan*' \)); do
        case $file in *.log) byte=@ ;; *.csv) byte=A ;; *.json) byte=B ;;
        *) byte=C ;; esac
        { printf '%s' $byte; cat "$file"; } >"$into/$(echo "$file" | tr / _)"
    done
}

# Comments, a line each: the target puts them where they speak.
seed_comments() {
    into=$dir/corpus/suppress
    grep -rhoE '(tusklint|squawk|eugene|pgls|pgfence)[-:].*' testdata/rules \
        --include='*.sql' | split -l 8 - "$into/comments-"
}

seeds_of() {
    case $1 in
    migration)
        seed migration -path '*/rules/*' -name '*.sql'
        seed_joined migration sql
        ;;
    cache) seed cache -path '*/rules/*' -name '*.sql' ;;
    fix) seed fix -path '*/rules/*' -name '*.sql' ;;
    query) seed query -path '*/rules/*' -name '*.sql' -o -name '*queries*.sql' ;;
    suppress) seed_comments ;;
    plan | plan_baseline) seed "$1" -path '*plan*' -name '*.json' ;;
    lsp) seed lsp -path '*/lsp/*' -name '*.jsonl' ;;
    sqlx) seed sqlx -path '*sqlx*' -name '*.json' ;;
    config) seed config -name '.tusklint.yml' -o -name '*config*.yml' ;;
    baseline) seed baseline -name '*baseline*.json' ;;
    changes) seed changes -name '*.diff' -o -name '*.patch' ;;
    capture) seed_captures ;;
    esac
}

# What a target's inputs are made of.
dictionary() {
    case $1 in
    plan*) echo src/fuzz/plan.dict ;;
    capture | digest) echo src/fuzz/capture.dict ;;
    suppress | config) echo "src/fuzz/$1.dict" ;;
    *) echo src/fuzz/sql.dict ;;
    esac
}

mkdir -p $dir/found
for target in ${*:-$(cd src/fuzz && ls fuzz_*.c | sed 's/fuzz_//; s/\.c$//')}; do
    if [ ! -d "$dir/corpus/$target" ]; then
        mkdir -p "$dir/corpus/$target"
        seeds_of "$target"
        [ ! -d "testdata/corpus/$target" ] ||
            cp "testdata/corpus/$target"/* "$dir/corpus/$target"
    fi
    began=$(date +%s)
    "$dir/$target" -max_total_time="$seconds" -max_len=8192 \
        -timeout=20 -rss_limit_mb=3000 -dict="$(dictionary "$target")" \
        -artifact_prefix="$dir/found/$target-" \
        -print_final_stats=1 "$dir/corpus/$target" >"$dir/$target.log" 2>&1
    status=$?
    runs=$(sed -n 's/^stat::number_of_executed_units: *//p' "$dir/$target.log")
    seeds=$(sed -n 's/.*seed corpus: files: \([0-9]*\).*/\1/p' "$dir/$target.log")
    echo "$target: ${runs:-0} runs in $(($(date +%s) - began)) s," \
        "from ${seeds:-0} files"
    if [ "$status" = 0 ]; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        grep -aE 'ERROR|runtime error|SUMMARY|^    #[0-6] |Test unit written' \
            "$dir/$target.log" | head -n 30
    fi
done
echo "fuzz: $passed passed, $failed failed"
[ "$failed" = 0 ]
