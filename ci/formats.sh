#!/bin/sh
# formats.sh - all reports say the same, as their consumers read it, and nothing
# that an input wants them to: see formats.py.
#
# Usage: formats.sh [BINARY]. Installs its tools with npm into build/npm; fails
# without npm or xmllint.
set -eu
sh ci/npm.sh
python3 ci/formats.py "${1:-build/tusklint}"
