#!/bin/sh
# plans.sh - precision and recall of the plan rules on labelled plans.
# Usage: plans.sh [BINARY]
set -eu
cd "$(dirname "$0")/.."
exec python3 ci/plans.py "$@"
