#!/bin/sh
# fuzz.sh - runs the fuzz targets, each for so many seconds.
#
# Usage: fuzz.sh SECONDS [TARGET...], after `make build/fuzz/NAME`. The corpora
# begin with what testdata holds and grow in build/fuzz/corpus; what crashes,
# hangs or leaks stays in build/fuzz/found.
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
    mkdir -p "$into"
    [ -f "$into/.seeded" ] && return
    find testdata docs "$@" -type f -size -24k | while read -r file; do
        cp "$file" "$into/$(echo "$file" | tr / _)"
    done
    touch "$into/.seeded"
}

# The first byte says what the rest is taken for.
seed_captures() {
    into=$dir/corpus/capture
    seed capture -name '*.log' -o -name '*.csv' -o -name '*.json' -path '*input*'
    [ -f "$into/.marked" ] && return
    for file in "$into"/*; do
        case $file in *.log) byte=@ ;; *.csv) byte=A ;; *) byte=B ;; esac
        { printf '%s' $byte; cat "$file"; } >"$file.new" && mv "$file.new" "$file"
    done
    touch "$into/.marked"
}

seed migration -path '*/rules/*' -name '*.sql'
seed fix -path '*/rules/*' -name '*.sql'
seed query -path '*/rules/*' -name '*.sql' -o -name '*queries*.sql'
seed plan -path '*plan*' -name '*.json'
seed digest -name '*digest*'
seed config -name '*.yml' -o -name 'config*.json'
seed baseline -name '*baseline*'
seed lsp -path '*/lsp/*' -name '*.jsonl'
seed changes -name '*.diff' -o -name '*.patch'
seed_captures

mkdir -p $dir/found
for target in ${*:-$(cd src/fuzz && ls fuzz_*.c | sed 's/fuzz_//; s/\.c$//')}; do
    mkdir -p "$dir/corpus/$target"
    began=$(date +%s)
    "$dir/$target" -max_total_time="$seconds" -timeout=20 -rss_limit_mb=3000 \
        -dict=src/fuzz/sql.dict -artifact_prefix="$dir/found/$target-" \
        -print_final_stats=1 "$dir/corpus/$target" >"$dir/$target.log" 2>&1
    status=$?
    runs=$(sed -n 's/^stat::number_of_executed_units: *//p' "$dir/$target.log")
    echo "$target: ${runs:-0} runs in $(($(date +%s) - began)) s"
    if [ "$status" = 0 ]; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        grep -aE 'ERROR|SUMMARY|^    #[0-6] |Test unit written' \
            "$dir/$target.log" | head -n 30
    fi
done
echo "fuzz: $passed passed, $failed failed"
[ "$failed" = 0 ]
