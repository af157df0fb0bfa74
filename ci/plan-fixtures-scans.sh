#!/bin/sh
# plan-fixtures-scans.sh - writes the plans that plan-fixtures-scans.py
# explains, on a throw-away server; by hand.
#
#   ci/plan-fixtures-scans.sh [RULE...]
set -eu
cd "$(dirname "$0")/.."
PG_SETTINGS="-c max_parallel_workers=4 -c jit=off" \
    sh ci/server.sh python3 ci/plan-fixtures-scans.py "$@"
