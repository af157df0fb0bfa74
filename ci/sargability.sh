#!/bin/sh
# sargability.sh - is it true that no index serves what the query rules report,
# and that the rewritten form is served and finds the same rows?
#
#   ci/sargability.sh [BINARY]
set -eu
binary=${1:-build/tusklint}
case $binary in /*) ;; *) binary=$PWD/$binary ;; esac
exec sh ci/server.sh python3 ci/sargability.py "$binary"
