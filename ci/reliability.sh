#!/bin/sh
# reliability.sh - writes docs/reliability.md: what tusklint and another linter
# do with the table of bad inputs and faults (ci/faults).
set -eu
binary=${1:-build/tusklint}
SQUAWK=$(sh ci/others.sh squawk)
[ -n "$SQUAWK" ] || exit 1
python3 ci/reliability.py "$binary" "$SQUAWK" >build/reliability.md
mv build/reliability.md docs/reliability.md
