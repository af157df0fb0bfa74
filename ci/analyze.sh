#!/bin/sh
# analyze.sh - one file through gcc's analyzer; silent when there is nothing to
# say.
#
# Usage: analyze.sh FILE.c COMPILER-FLAGS... A line of analyze.exceptions is what
# it says, without the place; one that it says no more fails, too. Only the
# gcc for which they were written is asked: another one errs otherwise.
set -eu
file=$1
shift
release=12
[ "$(gcc -dumpversion)" = $release ] || exit 0
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM

LC_ALL=C gcc -O2 -fanalyzer -fno-diagnostics-show-caret \
    -fdiagnostics-path-format=none "$@" -S -o /dev/null "$file" \
    2>"$work/said" || { cat "$work/said"; exit 1; }
sed -n "s|^[^ ]*: warning: |$file: |p" "$work/said" | sort -u >"$work/found"
grep "^$file: " ci/analyze.exceptions | sort -u >"$work/excepted" || true
comm -23 "$work/found" "$work/excepted" >"$work/new"
comm -13 "$work/found" "$work/excepted" >"$work/stale"
[ -s "$work/new" ] && cat "$work/said"
sed 's/^/analyze.exceptions: not said any more: /' "$work/stale"
[ ! -s "$work/new" ] && [ ! -s "$work/stale" ]
