#!/bin/sh
# integration.sh - what needs the real programs around us; what
# `make test-integration` runs. Each part ends as those of test.sh.
set -eu
sh ci/editors.sh build/tusklint
