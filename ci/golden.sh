#!/bin/sh
# golden.sh - outputs that people and programs read, byte for byte.
#
# Usage: golden.sh [--update | BINARY]. --update writes what build/tusklint
# gives: read the difference before it is committed.
set -u
update=
binary=$PWD/build/tusklint
case ${1:-} in
--update) update=1 ;;
/*) binary=$1 ;;
?*) binary=$PWD/$1 ;;
esac
cd "$(dirname "$0")/../testdata/golden" || exit 1
passed=0
failed=0
got=$(mktemp)
trap 'rm -f "$got"' EXIT

# golden FILE COMMAND...: what the command prints is in the file.
golden() {
    wanted=$1
    shift
    "$@" >"$got" 2>&1
    [ -z "$update" ] || cp "$got" "$wanted"
    if diff -u "$wanted" "$got"; then
        passed=$((passed + 1))
    else
        echo "FAILED: $wanted"
        failed=$((failed + 1))
    fi
}

for f in locks/*.sql; do
    [ "$f" = locks/base.sql ] && continue
    golden "${f%.sql}.txt" "$binary" locks --schema locks/base.sql "$f"
    golden "${f%.sql}.json" "$binary" locks --format json \
        --schema locks/base.sql "$f"
done
# Migrations, plans and a log in one run: each finding in a plan says where its
# table and its index are made, how often the query ran, and who asked.
golden evidence/report.txt "$binary" evidence/migrations evidence/plans \
    evidence/logs
# What to ask instead of a loop, with values of each form.
golden loops/report.txt "$binary" --select n-plus-one-select loops/app.csv
# What a history leads to: each kind of row, and what became of some.
golden catalog/catalog.json "$binary" debug catalog catalog/migrations
echo "golden: $passed passed, $failed failed"
[ "$failed" = 0 ]
