#!/bin/sh
# squawk.sh - installs the linter that ours is compared with, and says where.
#
# Prints the path of its program; nothing where npm cannot install it.
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
        echo "squawk.sh: npm cannot install squawk; nothing is compared" >&2
    fi
fi
# The program itself: the one in .bin is a script for node that starts it.
find "$npm" -path '*@squawk-cli*' -name squawk -type f -perm -u+x \
    2>/dev/null | head -n 1
