#!/bin/sh
# package.sh - makes build/tusklint-vscode.vsix of editors/vscode.
#
# Usage, at the root of the repository: sh editors/vscode/package.sh. Needs
# node and npm, which installs the tools into build/vscode.
set -eu
here=editors/vscode
work=build/vscode
out=$PWD/build/tusklint-vscode.vsix

mkdir -p "$work"
cmp -s "$here/package.json" "$work/.installed" || {
    rm -rf "$work"
    mkdir -p "$work"
    cp "$here/package.json" "$work/"
    # Exact versions stand in package.json; a lock file would name a registry.
    (cd "$work" && npm install --no-package-lock --no-audit --no-fund \
        --silent >install.log 2>&1) || {
        cat "$work/install.log" >&2
        echo "package.sh: npm cannot install the tools" >&2
        exit 1
    }
    cp "$here/package.json" "$work/.installed"
}
rm -rf "$work/src" "$work/extension"
cp -r "$here/src" "$here/tsconfig.json" "$work/"
cd "$work"
npx tsc
mkdir extension
npx esbuild src/extension.ts --bundle --platform=node --target=node18 \
    --format=cjs --external:vscode --minify --log-level=warning \
    --outfile=extension/extension.js
cp "$OLDPWD/$here/package.json" "$OLDPWD/$here/README.md" extension/
cd extension
npx vsce package --no-dependencies --skip-license --out "$out" >../vsce.log \
    2>&1 || {
    cat ../vsce.log >&2
    exit 1
}
echo "$out"
