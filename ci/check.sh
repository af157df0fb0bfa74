#!/bin/sh
# check.sh - what `make lint` runs: the shape of the code, not what it does.
#
# All parts run, so that one look shows everything that is wrong.
set -u
jobs=$(nproc 2>/dev/null || echo 2)
failed=0
mkdir -p build
log=build/lint.log

# part NAME COMMAND...
part() {
    name=$1
    shift
    began=$(date +%s)
    if "$@" >"$log" 2>&1; then
        verdict=ok
    else
        verdict=FAILED
        failed=$((failed + 1))
    fi
    printf '%-12s %-6s %4d s\n' "$name" $verdict $(($(date +%s) - began))
    [ $verdict = ok ] || grep -v '^  CC ' "$log" | head -n 60
}

format() {
    git ls-files -z '*.c' '*.h' | xargs -0 -n 40 clang-format --dry-run -Werror
}

# Each compiler's warnings are errors, with the optimizer's knowledge.
compile() {
    make --no-print-directory -j"$jobs" -k B="build/lint-$1" CC="$1" \
        WERROR=-Werror objects
}

# A rule that a build does not know, or knows twice, stops here.
registry() {
    make --no-print-directory build &&
        sh ci/registry.sh rules/*/*.c | cmp - build/release/registry.c &&
        [ "$(build/tusklint rules | wc -l)" = "$(ls rules/*/*.c | wc -l)" ]
}

scripts() {
    for f in ci/*.sh ci/integration/*.sh; do
        "$(sed -n '1s/.*[ /]//p' "$f")" -n "$f" || return 1
    done
    python3 -c 'import ast, sys
for f in sys.argv[1:]: ast.parse(open(f).read(), f)' ci/*.py
}

part format format
part deps sh ci/deps.sh
part shape sh ci/shape.sh
part scripts scripts
part registry registry
part hazards sh ci/hazards.sh
part symbols sh ci/symbols.sh
part gcc compile gcc
part clang compile clang
part clang-tidy make --no-print-directory -j"$jobs" -k tidy
part cppcheck sh ci/cppcheck.sh
part analyzer make --no-print-directory -j"$jobs" -k analyze
[ $failed = 0 ] && echo "lint: all well" && exit 0
echo "lint: $failed of its parts failed"
exit 1
