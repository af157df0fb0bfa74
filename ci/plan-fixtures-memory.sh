#!/bin/sh
# plan-fixtures-memory.sh - writes the plans that plan-fixtures-memory.py
# explains, on a throw-away server with small buffers; by hand.
set -eu
cd "$(dirname "$0")/.."
PG_SETTINGS="-c max_parallel_workers=4 -c shared_buffers=16MB -c jit=off" \
    sh ci/server.sh python3 ci/plan-fixtures-memory.py "$@"
