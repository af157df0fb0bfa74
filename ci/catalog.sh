#!/bin/sh
# catalog.sh - does the catalog that tusklint folds equal the server's?
#
#   ci/catalog.sh [BINARY [FOLDER...]]
#
# Without folders: the histories in testdata.
set -eu
binary=${1:-build/tusklint}
[ $# = 0 ] || shift
case $binary in /*) ;; *) binary=$PWD/$binary ;; esac
exec sh ci/server.sh python3 ci/catalog.py "$binary" "$@"
