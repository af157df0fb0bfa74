#!/bin/sh
# vscode.sh - the extension compiles, is packaged, and can be loaded.
#
# VS Code itself is not run: what its client says to the server, ci/lsp.js
# says, with the same library.
set -eu
sh editors/vscode/package.sh >build/vscode.log 2>&1 || {
    cat build/vscode.log
    echo "vscode: 0 passed, 1 failed"
    exit 1
}
rm -rf build/vsix
python3 -m zipfile -e build/tusklint-vscode.vsix build/vsix
node - build/vsix/extension <<'EOF'
const assert = require('assert');
const Module = require('module');
const path = require('path');
const folder = path.resolve(process.argv[2]);
const manifest = require(path.join(folder, 'package.json'));

// Whatever the client asks of VS Code when it is loaded: classes to extend.
const anything = () => new Proxy(class {}, {
    get: (target, key) => key in target ? target[key] : anything(),
});
const load = Module._load;
Module._load = (name, ...rest) =>
    name === 'vscode' ? anything() : load(name, ...rest);
const extension = require(path.join(folder, manifest.main));
assert.strictEqual(typeof extension.activate, 'function');
assert.strictEqual(typeof extension.deactivate, 'function');
EOF
echo "vscode: 1 passed, 0 failed"
