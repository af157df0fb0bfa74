#!/bin/sh
# sarif.sh - proves that SARIF reports are what code scanning and viewers read.
#
# Usage: sarif.sh [BINARY]. Reports on the demo, the seeds, positions, plans
# and hostile files go through the schema, Microsoft's SARIF Multitool, and
# sarif.js, which finds every region, hash and fingerprint again in the files
# themselves. Installs its tools with npm into build/npm; fails without npm.
set -eu
binary=${1:-build/tusklint}
case $binary in /*) ;; *) binary=$PWD/$binary ;; esac
root=$PWD
tools=$root/build/npm
work=$root/build/sarif

[ -x "$binary" ] || { echo "sarif: $binary: no such program" >&2; exit 1; }
sh ci/npm.sh

rm -rf "$work"
mkdir -p "$work"
node ci/sarif.js hostile "$work/hostile"

# report NAME STATUS PATH...: the status is part of what must hold.
report() {
    name=$1
    want=$2
    shift 2
    got=0
    "$binary" --format sarif "$@" >"$work/$name.sarif" 2>"$work/$name.err" ||
        got=$?
    case " $want " in
    *" $got "*) ;;
    *)
        echo "sarif: $name: status $got instead of $want" >&2
        cat "$work/$name.err" >&2
        exit 1
        ;;
    esac
}

report demo "0 1" testdata/demo
for seed in testdata/seeds/*; do
    report "$(basename "$seed")" "0 1" "$seed"
done
report positions 1 --as migration testdata/positions
report plans 1 testdata/plans
report empty 0 "$work/hostile/empty.sql"
(
    cd "$work/hostile"
    report hostile 1 .
    report missing 2 . no-such-file.sql
)

# Relative paths in a report are relative to where it was made.
node ci/sarif.js check "$tools" "$root" "$work"/demo.sarif "$work"/seed*.sarif \
    "$work"/positions.sarif "$work"/plans.sarif "$work"/empty.sarif
node ci/sarif.js check "$tools" "$work/hostile" "$work"/hostile.sarif \
    "$work"/missing.sarif
