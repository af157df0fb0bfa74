#!/bin/sh
# others.sh - installs the linters that ours is compared with, and says where.
#
# Usage: others.sh squawk|postgres-language-server. Prints the path of that
# program; nothing where npm cannot install it.
set -eu
npm=build/bench/npm

if ! cmp -s ci/bench/npm/package.json "$npm/.installed"; then
    rm -rf "$npm"
    mkdir -p "$npm"
    cp ci/bench/npm/package.json "$npm"
    if (cd "$npm" && npm install --no-package-lock --no-audit --no-fund \
        --silent) >"$npm.log" 2>&1; then
        cp ci/bench/npm/package.json "$npm/.installed"
    else
        echo "others.sh: npm cannot install other linters: see $npm.log" >&2
    fi
fi
# The program itself: the one in .bin is a script for node that starts it.
find "$npm" -name "$1" -type f -size +1000k -perm -u+x 2>/dev/null | head -n 1
