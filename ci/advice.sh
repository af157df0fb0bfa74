#!/bin/sh
# advice.sh - does the planner use the indexes that missing-index offers, for
# every query that they are said to help?
#
#   ci/advice.sh [BINARY]
set -eu
binary=${1:-build/tusklint}
case $binary in /*) ;; *) binary=$PWD/$binary ;; esac
exec sh ci/server.sh python3 ci/advice.py "$binary"
