#!/bin/sh
# plan-fixtures.sh - writes the plan rules' fixtures anew, from a throw-away
# server; see plan-fixtures.py.
#
#   ci/plan-fixtures.sh [--check BINARY] [RULE...]
set -eu
cd "$(dirname "$0")/.."
PG_SETTINGS="-c max_parallel_workers=4 -c jit=off ${PG_SETTINGS:-}"
export PG_SETTINGS
exec sh ci/server.sh python3 ci/plan-fixtures.py "$@"
