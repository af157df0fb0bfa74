#!/bin/sh
# fuzz-target.sh - runs one fuzz target for so many seconds; what fuzz.sh runs.
#
# Usage: fuzz-target.sh SECONDS TARGET. One line tells how it went, what it
# found comes behind it; the status is 1 then.
set -u
seconds=$1
target=$2
dir=build/fuzz
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

# The processor time of this shell's children so far goes to a file: in a
# substitution `times` would tell of another shell's.
seconds_in() {
    tail -n 1 "$1" | tr ms '  ' |
        awk '{ printf "%d", $1 * 60 + $2 + $3 * 60 + $4 }'
}

statistic() {
    sed -n "s/$1/\\1/p" "$dir/$target.log"
}

if [ ! -d "$dir/corpus/$target" ]; then
    mkdir -p "$dir/corpus/$target"
    seeds_of "$target"
    [ ! -d "testdata/corpus/$target" ] ||
        cp "testdata/corpus/$target"/* "$dir/corpus/$target"
fi
times >"$dir/$target.before"
"$dir/$target" -max_total_time="$seconds" -seed="${SEED:-0}" -max_len=8192 \
    -timeout=20 -rss_limit_mb=3000 -dict="$(dictionary "$target")" \
    -artifact_prefix="$dir/found/$target-" \
    -print_final_stats=1 "$dir/corpus/$target" >"$dir/$target.log" 2>&1
status=$?
times >"$dir/$target.after"
spent=$(($(seconds_in "$dir/$target.after") - \
    $(seconds_in "$dir/$target.before")))
runs=$(statistic '^stat::number_of_executed_units: *\(.*\)')
elapsed=$(statistic '^Done [0-9]* runs in \([0-9]*\) second.*')
seeds=$(statistic '.*seed corpus: files: \([0-9]*\).*')
[ "$status" = 0 ] && word=passed || word=failed
echo "$target $word: ${runs:-0} runs in ${elapsed:-?} s," \
    "$spent s of processor time, from ${seeds:-0} files"
[ "$status" = 0 ] || {
    grep -aE 'ERROR|runtime error|SUMMARY|^    #[0-6] |Test unit written' \
        "$dir/$target.log" | head -n 30
    exit 1
}
