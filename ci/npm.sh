#!/bin/sh
# npm.sh - installs what ci/npm/package.json names into build/npm, once.
set -eu
tools=build/npm

for need in node npm; do
    command -v "$need" >/dev/null 2>&1 || {
        echo "npm.sh: $need is missing (Debian: apt install nodejs npm)" >&2
        exit 1
    }
done
cmp -s ci/npm/package.json "$tools/.installed" && exit 0
rm -rf "$tools"
mkdir -p "$tools"
cp ci/npm/package.json "$tools/package.json"
# Exact versions stand in package.json; a lock file would name a registry.
(cd "$tools" && npm install --no-package-lock --no-audit --no-fund --silent \
    >install.log 2>&1) || {
    cat "$tools/install.log" >&2
    echo "npm.sh: npm cannot install the test tools" >&2
    exit 1
}
chmod +x "$tools"/node_modules/@microsoft/sarif-multitool-linux/Sarif.Multitool
cp ci/npm/package.json "$tools/.installed"
