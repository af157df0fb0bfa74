#!/bin/sh
# pre-commit.sh - builds tusklint once, then lints the files it is given.
#
# The entry of the hook `tusklint-src`. It runs in the user's repository and
# builds in its own clone; a second commit finds the program there.
set -eu
here=$(unset CDPATH && cd "$(dirname "$0")/.." && pwd)
if ! [ -x "$here/build/tusklint" ]; then
    # What make prints would be taken for findings.
    make -C "$here" build >"$here/.build.log" 2>&1 || {
        tail -n 20 "$here/.build.log" >&2
        exit 2
    }
fi
exec "$here/build/tusklint" "$@"
