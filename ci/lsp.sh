#!/bin/sh
# lsp.sh - proves that the language server speaks as editors expect.
#
# Usage: lsp.sh [BINARY]. lsp.js drives it with the protocol library of VS
# Code, which npm installs into build/npm; fails without npm.
set -eu
binary=${1:-build/tusklint}
case $binary in /*) ;; *) binary=$PWD/$binary ;; esac

[ -x "$binary" ] || { echo "lsp: $binary: no such program" >&2; exit 1; }
sh ci/npm.sh
node ci/lsp.js "$binary" build/npm
