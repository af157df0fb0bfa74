#!/bin/sh
# demo.sh - lints the small application in testdata/demo, as a newcomer would.
#
# Usage: demo.sh [BINARY]. Fails unless the findings are those that
# testdata/demo/expect lists.
set -eu
binary=${1:-build/tusklint}
report=$(mktemp)
trap 'rm -f "$report"' EXIT
trap 'exit 1' HUP INT TERM
echo "A small application: eight migrations, its log, two query plans."
echo "\$ tusklint testdata/demo"
echo
status=0
"$binary" --format text -o concise="$report" testdata/demo || status=$?
[ "$status" = 1 ] || { echo "demo: status $status, not 1" >&2; exit 1; }
# file:line:col and the rule's name, which stands last before the bracket.
sed -nE 's|^testdata/demo/([^:]*:[0-9]+:[0-9]+): .*[[ ]([a-z0-9-]+)]$|\1 \2|p' \
    "$report" | LC_ALL=C sort >"$report.found"
LC_ALL=C sort testdata/demo/expect >"$report.expected"
same=0
diff "$report.expected" "$report.found" >&2 || same=1
rm -f "$report.found" "$report.expected"
[ "$same" = 0 ] || { echo "demo: these are not the expected ones" >&2; exit 1; }
