#!/bin/sh
# symbols.sh - what the objects define and use, against the rules of the house.
#
# Usage: symbols.sh [BUILD], after `make build`. libpg_query exports plain
# names: a function of ours that is visible and called like one of theirs
# would silently replace it.
set -eu
build=${1:-build/release}
found=$(mktemp)
trap 'rm -f "$found" "$found".*' EXIT
trap 'exit 1' HUP INT TERM
library=$build/libtusklint.a
[ -f "$library" ] || { echo "symbols: no $library" >&2; exit 1; }

# Only the public names leave the library, and all of them begin with tl_.
readelf -sW "$library" 2>/dev/null | awk '
    $5 == "GLOBAL" && $6 == "DEFAULT" && $7 != "UND" && $8 !~ /^tl_/ {
        print "exported without tl_: " $8
    }' >>"$found"

# No name of ours is one of libpg_query's, hidden or not; but for the two that
# take theirs' place on purpose (src/sql/graft.c).
theirs=$(${CC:-gcc} -print-file-name=libpg_query.so)
if [ -e "$theirs" ]; then
    nm -D --defined-only "$theirs" | awk '{ sub(/@.*/, "", $3); print $3 }' |
        sort -u >"$found.theirs"
    nm -g --defined-only "$library" | awk 'NF == 3 { print $3 }' |
        grep -vE '^pg_query__parse_result__(get_packed_size|pack)$' |
        sort -u >"$found.ours"
    comm -12 "$found.theirs" "$found.ours" |
        sed 's/^/libpg_query has this name too: /' >>"$found"
    # A parser that moves stderr about is no library for threads.
    nm -D -u "$theirs" | grep -E ' (pipe|dup2)(@|$)' |
        sed 's/^ *U /libpg_query imports: /' >>"$found" || true
fi

objects=$(find "$build/src" "$build/rules" -name '*.o' ! -name '*_test.o')
for o in $objects; do
    c=$(echo "${o#"$build"/}" | sed 's/\.o$/.c/')
    [ -f "$c" ] || continue
    nm -u "$o" | awk -v c="$c" '
        { sub(/@.*/, "", $2) }
        $2 ~ /^(__)?(strn?c(py|at)|stpcpy|v?sprintf|strtok(_r)?|gets)(_chk)?$/ ||
        $2 ~ /^(alloca|system|popen|tmpnam|mktemp)$/ {
            print c ": uses " $2
        }
        c !~ /^src\/base\// &&
        $2 ~ /^(malloc|calloc|realloc(array)?|free|strn?dup|v?asprintf|getline)$/ {
            print c ": uses " $2 "; memory comes from src/base"
        }
        c ~ /^rules\// &&
        $2 ~ /^(f?open|f?printf|puts|fputs|fwrite|putchar|getenv|exit|time)$/ {
            print c ": uses " $2 "; a rule only reports"
        }'
    # What may change while it runs. The kinds of tree nodes are numbered once,
    # behind pthread_once; the allocator is found at the first call.
    objdump -t "$o" | awk -v c="$c" '
        NF > 3 && / O / && $(NF - 2) ~ /^\.(data|bss)$/ {
            print c ": " $NF " can be changed; globals are constant"
        }' | grep -vE '^src/(sql/tree\.c: kind_slots(_once)?|cli/memory\.c: theirs\.[0-9]+) ' || true
done >>"$found"
if [ -s "$found" ]; then
    sort -u "$found"
    exit 1
fi
