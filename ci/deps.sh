#!/bin/sh
# deps.sh - the arrows between the rooms: who may include whom.
#
# Reads the #include lines. A room may include itself, the public headers and
# what stands behind it in `allowed`; tests may include their helpers too.
set -eu
LC_ALL=C
export LC_ALL

# room: the rooms it may see
allowed='
base:
facts: base
sql: base
schema: base facts sql
input: base sql
plan: base sql input
workload: base facts sql input
report: base sql
lint: base facts sql schema input plan workload
config: base
cli: base config lsp
lsp: base config report
fuzz: base facts sql schema input plan workload lint config cli lsp
'
# An arrow the other way, with its reason. One file each, no room.
exceptions='
src/lint/api.c report/report.h      tl_write hands the run to a report
src/cli/inputs.c report/sanitize.h  words of a configuration, to a terminal
src/config/file.c lint/select.h     which rules a name means
src/config/file.c lint/suggest.h    spelling help is the same everywhere
src/config/squawk.c lint/select.h   which rules a name means
src/cli/cmd_config.c report/sanitize.h  words of a configuration, to a terminal
src/config/keys.c lint/suggest.h    the same
src/cli/cmd_check.c lint/suggest.h  spelling help is the same everywhere
src/cli/cmd_rules.c lint/suggest.h  the same
src/cli/options.c lint/suggest.h    the same
src/cli/main.c lint/suggest.h       the same
src/cli/main.c report/sanitize.h    so is what may go to a terminal
src/cli/cmd_check.c report/sanitize.h  the same
src/cli/cmd_locks.c report/sanitize.h  the same
src/cli/cmd_rules.c sql/parse.h     the grammar in the version line
'
found=$(grep -nE '^ *# *include "' src/*/*.c src/*/*.h | awk -v allowed="$allowed" \
    -v exceptions="$exceptions" '
BEGIN {
    n = split(allowed, lines, "\n")
    for (i = 1; i <= n; i++) {
        split(lines[i], half, ":")
        m = split(half[2], seen, " ")
        known[half[1]] = 1
        ok[half[1], half[1]] = 1
        for (j = 1; j <= m; j++)
            ok[half[1], seen[j]] = 1
    }
    n = split(exceptions, lines, "\n")
    for (i = 1; i <= n; i++)
        if (split(lines[i], word, " ") >= 2)
            except[word[1], word[2]] = 1
}
{
    split($0, part, ":")
    split(part[1], path, "/")
    match($0, /"[^"]*"/)
    header = substr($0, RSTART + 1, RLENGTH - 2)
    split(header, to, "/")
    if (!(path[2] in known))
        print part[1] ": the room " path[2] " is not in ci/deps.sh"
    else if (header == "pg_query.h" || index(header, "/") == 0)
        print part[1] ":" part[2] ": " header ": a header is named by its room"
    else if (!((path[2], to[1]) in ok) && !((part[1], header) in except))
        print part[1] ":" part[2] ": " path[2] " must not include " header
}')

# Rules see the public headers, and of the C library what has no side effects.
found="$found$(grep -nE '^ *# *include' rules/*/*.c | grep -vE \
    '<(tusklint/rule|ctype|inttypes|limits|math|stdbool|stddef|stdint|stdlib|string|strings)\.h>' |
    sed 's/$/: a rule includes <tusklint\/rule.h>/' || true)"
# The parser has one door.
found="$found$(grep -nE '^ *# *include <(pg_query|pg_query_.*)\.h>' src/*/*.[ch] \
    rules/*/*.c include/tusklint/*.h | grep -vE '^src/sql/(parse\.[ch]|[a-z_]*_test\.c):' |
    sed 's/$/: only src\/sql\/parse includes it/' || true)"
# Public headers include public headers.
found="$found$(grep -nE '^ *# *include "' include/tusklint/*.h || true)"
if [ -n "$found" ]; then
    echo "$found"
    exit 1
fi
