#!/bin/sh
# new-rule_test.sh - skeletons of all families compile, and wait to be filled.
#
# Works in a copy of the tree that shares what is built, so that nothing is
# left behind. Run after `make build`.
set -u
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM
passed=0
failed=0

check() { # check STATUS WANTED WHAT
    if [ "$1" = "$2" ]; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        echo "FAILED: $3: status $1, not $2"
        tail -n 20 "$work/out"
    fi
}

mkdir -p "$work/build/release" "$work/testdata/rules"
cp -a Makefile ci include rules src "$work"
cp -a build/tusklint build/.deps-* "$work/build" 2>/dev/null
for part in src rules libtusklint.a registry.c registry.o tusklint; do
    cp -a "build/release/$part" "$work/build/release"
done
cd "$work" || exit 1

for wrong in '' query query/ Query/x query/-x query/X 'query/a b' fish/x \
    ../x query/../x query/not-in-subquery; do
    sh ci/new-rule.sh "$wrong" >out 2>&1
    check $? 2 "new-rule.sh '$wrong'"
done
for family in meta migration schema query workload plan; do
    name=fresh-$family-rule
    sh ci/new-rule.sh "$family/$name" >out 2>&1
    check $? 0 "new-rule.sh $family/$name"
done
make --no-print-directory WERROR=-Werror build >out 2>&1
check $? 0 "building the skeletons"
for family in meta migration schema query workload plan; do
    name=fresh-$family-rule
    build/tusklint explain "$name" >out 2>&1
    check $? 0 "explain $name"
    python3 ci/fixtures.py "$name" >out 2>&1
    check $? 1 "the fixtures of $name, which nobody filled in"
done
echo "new-rule: $passed passed, $failed failed"
[ "$failed" = 0 ]
