#!/bin/sh
# html.sh - the HTML report in a headless Chromium.
#
# Usage: html.sh BINARY. Leaves pages and screenshots in build/html/.
set -eu
binary=${1:-build/tusklint}
work=build/html

sh ci/npm.sh
rm -rf "$work"
mkdir -p "$work"
node ci/integration/html.js "$binary" "$work"
