#!/bin/sh
# hazards.sh - does docs/hazards.md name only rules that are built, and every
# migration and schema rule?
set -u
missing=0
known=$(build/tusklint rules | awk '{ print $2 }')
named=$(grep -oE '`[a-z]+(-[a-z]+)*`' docs/hazards.md | tr -d '`' | sort -u)
for name in $named; do
    echo "$known" | grep -qx -- "$name" && continue
    echo "docs/hazards.md names $name, which is no rule"
    missing=$((missing + 1))
done
for file in rules/migration/*.c rules/schema/*.c; do
    name=$(basename "$file" .c)
    echo "$named" | grep -qx -- "$name" && continue
    echo "docs/hazards.md does not name $name"
    missing=$((missing + 1))
done
rows=$(grep -c '^| [A-K][0-9]' docs/hazards.md)
[ "$rows" = 187 ] || echo "docs/hazards.md has $rows rows, not 187"
[ "$missing" = 0 ] && [ "$rows" = 187 ]
