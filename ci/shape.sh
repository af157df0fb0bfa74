#!/bin/sh
# shape.sh - sizes of files, functions and lines; holds the caps.
#
# Caps: a file 1000 lines, a function 80, a line 80 columns. Prints the table
# that the caps are about. Functions of the house begin and end in column 1.
set -eu
LC_ALL=C
export LC_ALL

quantiles() { # of numbers on standard input: median, nine of ten, greatest
    sort -n | awk '{ v[NR] = $1 } END {
        print v[int((NR + 1) / 2)] "/" v[int((NR * 9 + 9) / 10)] "/" v[NR]
    }'
}

# file:line length name, of each function
functions() {
    awk '
    FNR == 1 { inside = 0 }
    /^[a-z].*\(/ && !/;$/ && !/=/ { head = $0; from = FNR }
    /^\{/ { inside = 1 }
    /^\}$/ && inside {
        name = head
        sub(/\(.*/, "", name)
        sub(/.*[ *]/, "", name)
        print FILENAME ":" from, FNR - from + 1, name
        inside = 0
    }' "$@"
}

bad=0
printf '%-10s %6s %7s %18s %18s\n' where files lines 'file p50/p90/max' \
    'function p50/p90/max'
for room in include src rules tests; do
    case $room in
    include) files=$(ls include/tusklint/*.h) ;;
    src) files=$(ls src/*/*.c src/*/*.h | grep -v '_test\.c$\|_data\.h$') ;;
    rules) files=$(ls rules/*/*.c) ;;
    tests) files=$(ls src/*/*_test.c) ;;
    esac
    lengths=$(wc -l $files | grep -v ' total$' | awk '{ print $1 }')
    f=$(functions $files)
    printf '%-10s %6d %7d %18s %18s\n' $room "$(echo "$files" | wc -l)" \
        "$(echo "$lengths" | awk '{ n += $1 } END { print n }')" \
        "$(echo "$lengths" | quantiles)" \
        "$([ -z "$f" ] && echo - || echo "$f" | awk '{ print $2 }' | quantiles)"
    long=$(wc -l $files | awk '$2 != "total" && $1 > 1000 {
        print $2 ": " $1 " lines, not more than 1000" }')
    # A test that is a table may be as long as the table.
    [ $room = tests ] || long="$long$(echo "$f" | awk '$2 > 80 {
        print $1 ": " $3 " has " $2 " lines, not more than 80" }')"
    # Code points: bytes that continue one are not counted.
    long="$long$(awk '{
        line = $0
        gsub(/[\200-\277]/, "", line)
        if (length(line) > 80)
            print FILENAME ":" FNR ": " length(line) " columns, not more than 80"
    }' $files)"
    if [ -n "$long" ]; then
        echo "$long"
        bad=1
    fi
done
exit $bad
