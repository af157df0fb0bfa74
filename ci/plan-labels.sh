#!/bin/sh
# plan-labels.sh - writes the plans of testdata/plans/own/ that its labels.json
# asks for, on a throw-away server; by hand. See plan-labels.py.
#
#   ci/plan-labels.sh [NAME...]
set -eu
cd "$(dirname "$0")/.."
PG_SETTINGS="-c max_parallel_workers=4 -c max_parallel_workers_per_gather=0 \
    -c shared_buffers=32MB -c jit=off -c default_statistics_target=1000"
export PG_SETTINGS
exec sh ci/server.sh python3 ci/plan-labels.py "$@"
