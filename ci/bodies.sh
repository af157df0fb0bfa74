#!/bin/sh
# bodies.sh - does a server refuse the bodies of functions and DO blocks that
# syntax-error reports, for the same reason, and take the others?
#
#   ci/bodies.sh [BINARY]
set -eu
binary=${1:-build/tusklint}
case $binary in /*) ;; *) binary=$PWD/$binary ;; esac
exec sh ci/server.sh python3 ci/bodies.py "$binary"
