#!/bin/sh
# captures.sh - what a real server logs of a real application, in three formats.
#
#   ci/captures.sh [BINARY]
set -eu
binary=${1:-build/tusklint}
case $binary in /*) ;; *) binary=$PWD/$binary ;; esac
sh ci/npm.sh
PG_SETTINGS="-c logging_collector=on -c log_destination=stderr,csvlog,jsonlog \
    -c log_min_duration_statement=0 -c log_line_prefix='%m [%p] %q%u@%d/%a '"
export PG_SETTINGS
exec sh ci/server.sh python3 ci/captures.py "$binary"
