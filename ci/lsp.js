// lsp.js - drives the language server with the protocol library of VS Code.
//
// Usage: node lsp.js BINARY TOOLS. Each test has a workspace of its own on
// disk and a server of its own; what it sees is what a client would: texts,
// positions in the encoding agreed on, edits that it applies itself.
'use strict';
const assert = require('assert');
const { execFileSync, spawn } = require('child_process');
const fs = require('fs');
const os = require('os');
const path = require('path');
const { pathToFileURL } = require('url');

const binary = process.argv[2];
const modules = path.resolve(process.argv[3], 'node_modules');
const protocol = require(path.join(modules,
    'vscode-languageserver-protocol/lib/node/main.js'));
const { TextDocument } = require(path.join(modules,
    'vscode-languageserver-textdocument'));

const LIMIT_MS = 20000;

// What a modern editor says it can; tests take away from it.
function abilities(changes) {
    return Object.assign({
        general: { positionEncodings: ['utf-16'] },
        workspace: {
            workspaceEdit: { documentChanges: true },
            didChangeWatchedFiles: { dynamicRegistration: true },
            diagnostics: { refreshSupport: true },
            workspaceFolders: true,
        },
        textDocument: {
            publishDiagnostics: {
                relatedInformation: true, tagSupport: { valueSet: [1, 2] },
                codeDescriptionSupport: true, versionSupport: true,
            },
            codeAction: { isPreferredSupport: true },
            documentSymbol: { hierarchicalDocumentSymbolSupport: true },
            hover: { contentFormat: ['markdown', 'plaintext'] },
        },
    }, changes);
}

class Client {
    constructor(files, options = {}) {
        this.root = fs.mkdtempSync(path.join(os.tmpdir(), 'tusklint lsp-'));
        for (const [name, text] of Object.entries(files))
            this.write(name, text);
        this.options = options;
        this.published = new Map();
        this.waiting = [];
        this.refreshed = 0;
        this.registered = [];
        this.child = spawn(binary, ['lsp', '--stdio', ...options.args || []],
            { stdio: ['pipe', 'pipe', 'pipe'], cwd: os.tmpdir() });
        this.stderr = '';
        this.child.stderr.on('data', (d) => { this.stderr += d; });
        this.exited = new Promise((resolve) =>
            this.child.on('exit', (code, signal) =>
                resolve(signal || code)));
        this.connection = protocol.createProtocolConnection(
            this.child.stdout, this.child.stdin);
        this.connection.onNotification('textDocument/publishDiagnostics',
            (p) => {
                this.published.set(p.uri, p);
                this.waiting.splice(0).forEach((wake) => wake());
            });
        this.connection.onRequest('workspace/diagnostic/refresh', () => {
            this.refreshed++;
            return null;
        });
        this.connection.onRequest('client/registerCapability', (p) => {
            this.registered.push(...p.registrations);
            return null;
        });
        this.connection.listen();
    }

    write(name, text) {
        const file = path.join(this.root, name);
        fs.mkdirSync(path.dirname(file), { recursive: true });
        fs.writeFileSync(file, text);
    }

    uri(name) {
        return pathToFileURL(path.join(this.root, name)).href;
    }

    async start() {
        const result = await this.request('initialize', {
            processId: process.pid,
            rootUri: this.uri('.').replace(/\/$/, ''),
            workspaceFolders: [{ uri: this.uri('.').replace(/\/$/, ''),
                name: 'x' }],
            capabilities: this.options.capabilities || abilities(),
        });
        this.notify('initialized', {});
        return result;
    }

    // With one more argument the library would send a list of params.
    request(method, params, ...token) {
        return this.connection.sendRequest(method, params, ...token);
    }

    notify(method, params) {
        return this.connection.sendNotification(method, params);
    }

    open(name, text, uri = this.uri(name)) {
        const document = TextDocument.create(uri, 'sql', 1, text);
        this.notify('textDocument/didOpen', { textDocument: {
            uri, languageId: 'sql', version: 1, text } });
        return document;
    }

    // The client's document and the server's get the same changes.
    change(document, ...changes) {
        const version = document.version + 1;
        this.notify('textDocument/didChange', {
            textDocument: { uri: document.uri, version },
            contentChanges: changes });
        return TextDocument.update(document, changes, version);
    }

    replace(document, from, to) {
        const at = document.getText().indexOf(from);
        assert(at >= 0, `${from} is not in the text`);
        return this.change(document, { text: to, range: {
            start: document.positionAt(at),
            end: document.positionAt(at + from.length) } });
    }

    // What was sent for this version of the document.
    async diagnostics(document) {
        const uri = document.uri;
        for (;;) {
            const p = this.published.get(uri);
            if (p && (p.version === document.version))
                return p.diagnostics;
            await new Promise((resolve) => this.waiting.push(resolve));
        }
    }

    // Whatever is sent until `holds` does.
    async until(document, holds) {
        for (;;) {
            const p = this.published.get(document.uri);
            if (p && holds(p.diagnostics))
                return p.diagnostics;
            await new Promise((resolve) => this.waiting.push(resolve));
        }
    }

    at(document, needle, offset = 0) {
        const at = document.getText().indexOf(needle);
        assert(at >= 0, `${needle} is not in the text`);
        return { textDocument: { uri: document.uri },
            position: document.positionAt(at + offset) };
    }

    async actions(document, diagnostic, only) {
        return this.request('textDocument/codeAction', {
            textDocument: { uri: document.uri },
            range: diagnostic ? diagnostic.range :
                { start: { line: 0, character: 0 },
                    end: { line: 0, character: 0 } },
            context: { diagnostics: diagnostic ? [diagnostic] : [], only },
        });
    }

    // As an editor does: the edits of one action, and the server is told.
    apply(document, action) {
        let edits;
        if (action.edit.documentChanges) {
            assert.strictEqual(action.edit.documentChanges.length, 1);
            const change = action.edit.documentChanges[0];
            assert.strictEqual(change.textDocument.uri, document.uri);
            assert.strictEqual(change.textDocument.version, document.version);
            edits = change.edits;
        } else {
            edits = action.edit.changes[document.uri];
        }
        const text = TextDocument.applyEdits(document, edits);
        return this.change(document, { text });
    }

    async stop() {
        await this.request('shutdown', undefined);
        this.notify('exit');
        assert.strictEqual(await this.exited, 0);
        assert.strictEqual(this.stderr, '');
    }

    // However a test left it; one that spoke the bytes itself just goes away.
    async end() {
        if (this.child.exitCode !== null)
            return;
        if (!this.raw)
            return this.stop();
        this.child.stdin.end();
        assert.strictEqual(await this.exited, 1);
        assert.strictEqual(this.stderr, '');
    }

    remove() {
        this.child.kill('SIGKILL');
        this.connection.dispose();
        fs.rmSync(this.root, { recursive: true, force: true });
    }
}

const tests = [];
function test(name, files, body, options) {
    tests.push({ name, files, body, options });
}

const codes = (list) => list.map((d) => d.code);
const USERS = 'CREATE TABLE users (id bigint PRIMARY KEY, email text);\n' +
    'CREATE INDEX users_email ON users (email);\n';
const HISTORY = { 'migrations/001_users.sql': USERS };
const GOOSE = '-- +goose NO TRANSACTION\n-- +goose Up\n';
const INDEX = 'CREATE INDEX i ON users (id, email);\n';

// ---- greeting and parting ----

test('says what it can', HISTORY, async (c) => {
    const r = await c.start();
    assert.strictEqual(r.serverInfo.name, 'tusklint');
    assert.strictEqual(r.capabilities.positionEncoding, 'utf-16');
    assert.strictEqual(r.capabilities.textDocumentSync.change, 2);
    assert.strictEqual(r.capabilities.diagnosticProvider, undefined);
    await c.request('textDocument/hover',
        c.at(c.open('migrations/2.sql', ';'), ';'));
    assert.deepStrictEqual(c.registered.map((x) => x.method),
        ['workspace/didChangeWatchedFiles']);
    await c.stop();
});

test('chooses an encoding', {}, async (c) => {
    const r = await c.start();
    assert.strictEqual(r.capabilities.positionEncoding, 'utf-8');
}, { capabilities: abilities({ general:
    { positionEncodings: ['utf-32', 'utf-16', 'utf-8'] } }) });

test('needs to be greeted first', {}, async (c) => {
    await assert.rejects(c.request('textDocument/hover', {}),
        { code: -32002 });
    await c.start();
    await assert.rejects(c.request('initialize', {}), { code: -32600 });
    await assert.rejects(c.request('no/such', {}), { code: -32601 });
    await assert.rejects(c.request('textDocument/hover', {}),
        { code: -32602 });
    await assert.rejects(c.request('textDocument/hover',
        { textDocument: { uri: 'file:///nowhere.sql' },
            position: { line: 0, character: 0 } }), { code: -32602 });
    c.notify('no/such', {});
    c.notify('$/setTrace', { value: 'off' });
    await c.request('shutdown', undefined);
    await assert.rejects(c.request('textDocument/hover', {}),
        { code: -32600 });
    c.notify('exit');
    assert.strictEqual(await c.exited, 0);
});

test('exit without shutdown is status 1', {}, async (c) => {
    await c.start();
    c.notify('exit');
    assert.strictEqual(await c.exited, 1);
});

test('a client that goes away ends it', {}, async (c) => {
    await c.start();
    c.child.stdin.end();
    assert.strictEqual(await c.exited, 1);
    assert.strictEqual(c.stderr, '');
});

// ---- diagnostics ----

test('sends diagnostics with the history as context', HISTORY, async (c) => {
    await c.start();
    const d = c.open('migrations/002_index.sql', INDEX);
    const list = await c.diagnostics(d);
    const found = list.find((x) => x.code === 'TL101');
    assert(found, codes(list).join());
    assert.strictEqual(found.source, 'tusklint');
    assert.strictEqual(found.severity, 2);
    assert(found.codeDescription.href.endsWith(
        'rules/migration/require-concurrent-index-creation.md'));
    assert.strictEqual(d.getText(found.range),
        INDEX.trim().replace(/;$/, ''));
    c.notify('textDocument/didClose', { textDocument: { uri: d.uri } });
    await c.until(d, (l) => l.length === 0);
    await c.stop();
});

test('the table of the same file is new', HISTORY, async (c) => {
    await c.start();
    const d = c.open('migrations/002.sql', 'CREATE TABLE t (id bigint PRIMARY' +
        ' KEY, x text);\nCREATE INDEX t_x ON t (x);\n');
    assert(!codes(await c.diagnostics(d)).includes('TL101'));
});

test('finds what the command line finds', Object.assign({
    'migrations/002.sql': INDEX + 'ALTER TABLE users ADD COLUMN n int NOT' +
        ' NULL;\nDROP TABLE users;\nbroken here;\n' +
        'CREATE UNIQUE INDEX u ON users (email);\n' }, HISTORY), async (c) => {
    await c.start();
    const text = fs.readFileSync(path.join(c.root, 'migrations/002.sql'),
        'utf8');
    const sent = codes(await c.diagnostics(c.open('migrations/002.sql', text)));
    let out;
    try {
        out = execFileSync(binary, ['--format', 'json', 'migrations'],
            { cwd: c.root });
    } catch (e) {
        out = e.stdout;
    }
    const told = JSON.parse(out).findings.filter((f) =>
        f.path === 'migrations/002.sql').map((f) => f.rule);
    assert(told.length > 4);
    assert.deepStrictEqual(sent, told);
});

for (const encoding of ['utf-8', 'utf-16', 'utf-32'])
    test(`positions are right in ${encoding}`, HISTORY, async (c) => {
        await c.start();
        const d = c.open('migrations/2.sql', "SELECT '\u{1F600}\u00E9', 'x';" +
            ' DROP TABLE users;\n');
        const found = (await c.diagnostics(d)).find((x) => x.code === 'TL134');
        const before = "SELECT '\u{1F600}\u00E9', 'x'; ";
        const units = { 'utf-8': Buffer.byteLength(before),
            'utf-16': before.length, 'utf-32': [...before].length }[encoding];
        assert.strictEqual(found.range.start.character, units);
        // And back again: what is typed lands where the client means it.
        const at = { line: 0, character: units };
        c.change(d, { text: '', range: { start: at,
            end: { line: 0, character: units + 'DROP TABLE users;'.length } } });
        await c.until(d, (l) => !codes(l).includes('TL134'));
    }, { capabilities: abilities({ general:
        { positionEncodings: [encoding] } }) });

test('follows edits, many in one message', HISTORY, async (c) => {
    await c.start();
    let d = c.open('migrations/2.sql', "-- \u{1F600}\r\nSELECT 1;\r\n" +
        "SELECT '\u{1F600}'; DROP TABLE users;\r\n");
    assert(codes(await c.diagnostics(d)).includes('TL134'));
    d = c.change(d,
        { range: { start: { line: 2, character: 13 },
            end: { line: 2, character: 17 } }, text: 'TRUNCATE' },
        { range: { start: { line: 0, character: 3 },
            end: { line: 1, character: 0 } }, text: '\u{1F600}\u{1F600}\n' });
    assert(d.getText().includes('TRUNCATE TABLE users'));
    const list = await c.diagnostics(d);
    const found = list.find((x) => x.code === 'TL137');
    assert(found, codes(list).join());
    assert.strictEqual(d.getText(found.range), 'TRUNCATE TABLE users');
    d = c.change(d, { text: 'SELECT 1;' });
    assert.deepStrictEqual(await c.diagnostics(d), []);
});

test('a hundred random edits leave the same text', HISTORY, async (c) => {
    await c.start();
    const pieces = ['\n', '\r\n', '\u{1F600}', 'x', "'", ' ', '\u00E9', ';'];
    let d = c.open('migrations/2.sql', '');
    let random = 12345;
    const next = (n) => {
        random = (random * 1103515245 + 12345) % 2147483648;
        return random % n;
    };
    for (let i = 0; i < 100; i++) {
        const n = d.getText().length;
        const start = d.positionAt(next(n + 1));
        const end = d.positionAt(d.offsetAt(start) + next(4));
        d = c.change(d, { range: { start, end },
            text: pieces[next(pieces.length)] + pieces[next(pieces.length)] });
    }
    // The end of both texts is at the same place.
    const end = d.positionAt(d.getText().length);
    d = c.change(d, { range: { start: end, end }, text: "\n';\n;DROP TABLE" +
        ' users;' });
    d = c.change(d, { range: { start: { line: 0, character: 0 }, end: end },
        text: '' });
    const text = d.getText();
    const list = await c.diagnostics(d);
    d = c.change(d, { text });
    assert.deepStrictEqual(await c.diagnostics(d), list);
});

test('an open document stands for its file', HISTORY, async (c) => {
    await c.start();
    const d = c.open('migrations/002.sql', 'CREATE INDEX i ON late (x);\n');
    await c.diagnostics(d);
    let first = c.open('migrations/001_users.sql', USERS);
    first = c.replace(first, 'CREATE TABLE users',
        'CREATE TABLE late (id int, x int);\nCREATE TABLE users');
    const place = await c.request('textDocument/definition', c.at(d, 'late'));
    assert.strictEqual(place.uri, first.uri);
    assert.strictEqual(first.getText(place.range).slice(0, 17),
        'CREATE TABLE late');
});

test('files that change on disk are seen', HISTORY, async (c) => {
    await c.start();
    const d = c.open('migrations/003.sql', 'DROP INDEX users_email;\n');
    await c.diagnostics(d);
    c.write('migrations/002.sql', 'CREATE TABLE fresh (id int);\n');
    c.notify('workspace/didChangeWatchedFiles', { changes: [
        { uri: c.uri('migrations/002.sql'), type: 1 }] });
    const e = c.change(d, { text: 'DROP TABLE fresh;' });
    const place = await c.request('textDocument/definition', c.at(e, 'fresh'));
    assert.strictEqual(place.uri, c.uri('migrations/002.sql'));
    fs.unlinkSync(path.join(c.root, 'migrations/002.sql'));
    c.notify('workspace/didChangeWatchedFiles', { changes: [
        { uri: c.uri('migrations/002.sql'), type: 3 }] });
    assert.strictEqual(await c.request('textDocument/definition',
        c.at(e, 'fresh')), null);
});

test('folders of migrations are one history', {
    'prisma/migrations/1_a/migration.sql': USERS,
    'prisma/migrations/2_b/migration.sql': INDEX,
}, async (c) => {
    await c.start();
    const d = c.open('prisma/migrations/2_b/migration.sql', INDEX);
    assert(codes(await c.diagnostics(d)).includes('TL101'));
    const place = await c.request('textDocument/definition', c.at(d, 'users'));
    assert.strictEqual(place.uri, c.uri('prisma/migrations/1_a/migration.sql'));
});

test('text that is in no file is judged alone', {}, async (c) => {
    await c.start();
    const d = c.open('', 'SELECT * FROM users WHERE id NOT IN (SELECT id ' +
        'FROM gone);', 'untitled:Untitled-1');
    assert((await c.diagnostics(d)).length > 0);
});

test('what is no SQL is left alone', {}, async (c) => {
    await c.start();
    c.notify('textDocument/didOpen', { textDocument: { uri: c.uri('a.json'),
        languageId: 'json', version: 1, text: '{"a": 1}' } });
    const d = { uri: c.uri('a.json'), version: 1 };
    assert.deepStrictEqual(await c.diagnostics(d), []);
});

test('options of the command line hold', HISTORY, async (c) => {
    await c.start();
    const d = c.open('migrations/002.sql', INDEX);
    assert(!codes(await c.diagnostics(d)).includes('TL101'));
}, { args: ['--ignore', 'TL101'] });

test('a configuration holds, and is read again', Object.assign({
    '.tusklint.yml': 'ignore: [TL101]\n' }, HISTORY), async (c) => {
    const messages = [];
    c.connection.onNotification('window/showMessage', (p) =>
        messages.push(p.message));
    await c.start();
    let d = c.open('migrations/002.sql', INDEX);
    assert(!codes(await c.diagnostics(d)).includes('TL101'));
    c.write('.tusklint.yml', 'rulez: x\n');
    c.notify('workspace/didChangeWatchedFiles', { changes: [
        { uri: c.uri('.tusklint.yml'), type: 2 }] });
    await c.until(d, (l) => codes(l).includes('TL101'));
    assert.strictEqual(messages.length, 1);
    assert.match(messages[0], /^\.tusklint\.yml:1:1: .*rulez/);
    await c.stop();
});

// ---- diagnostics that the client asks for ----

const pulling = { capabilities: abilities() };
pulling.capabilities.textDocument.diagnostic = {};
const pull = (c, d, previousResultId) => c.request('textDocument/diagnostic',
    { textDocument: { uri: d.uri }, previousResultId });

test('gives diagnostics to who asks', HISTORY, async (c) => {
    const r = await c.start();
    assert.strictEqual(
        r.capabilities.diagnosticProvider.interFileDependencies, true);
    let d = c.open('migrations/002.sql', INDEX);
    const first = await pull(c, d);
    assert.strictEqual(first.kind, 'full');
    assert(codes(first.items).includes('TL101'));
    assert.deepStrictEqual(await pull(c, d, first.resultId),
        { kind: 'unchanged', resultId: first.resultId });
    d = c.replace(d, 'INDEX i', 'INDEX CONCURRENTLY i');
    const second = await pull(c, d, first.resultId);
    assert.strictEqual(second.kind, 'full');
    assert(!codes(second.items).includes('TL101'));
    assert.strictEqual(c.published.size, 0);
    c.notify('workspace/didChangeWatchedFiles', { changes: [] });
    await pull(c, d);
    assert.strictEqual(c.refreshed, 1);
    await c.stop();
}, pulling);

// ---- actions ----

test('a fix solves its finding', HISTORY, async (c) => {
    await c.start();
    let d = c.open('migrations/002.sql',
        `${GOOSE}SELECT '\u{1F600}'; ${INDEX}`);
    const found = (await c.diagnostics(d)).find((x) => x.code === 'TL101');
    const fix = (await c.actions(d, found, ['quickfix'])).find((a) =>
        a.title.startsWith('require-concurrent-index-creation'));
    assert(fix, 'no fix');
    assert.strictEqual(fix.kind, 'quickfix');
    assert.strictEqual(fix.isPreferred, true);
    assert.strictEqual(fix.diagnostics[0].code, 'TL101');
    d = c.apply(d, fix);
    assert(d.getText().includes('CREATE INDEX CONCURRENTLY'), d.getText());
    assert(!codes(await c.diagnostics(d)).includes('TL101'));
});

for (const scope of ['statement', 'file'])
    test(`a finding is ignored for the ${scope}`, HISTORY, async (c) => {
        await c.start();
        let d = c.open('migrations/002.sql',
            `SELECT 1;\n    ${INDEX}${INDEX.replace('INDEX i', 'INDEX j')}`);
        const all = (await c.diagnostics(d)).filter((x) => x.code === 'TL101');
        assert.strictEqual(all.length, 2);
        const ignore = (await c.actions(d, all[0])).find((a) => a.title ===
            `Ignore require-concurrent-index-creation for this ${scope}`);
        d = c.apply(d, ignore);
        const left = await c.diagnostics(d);
        assert.strictEqual(left.filter((x) => x.code === 'TL101').length,
            scope === 'file' ? 0 : 1);
        assert(!codes(left).includes('TL002'), 'the comment hides nothing');
        if (scope === 'statement')
            assert(d.getText().includes('\n    -- tusklint: ignore[require-' +
                'concurrent-index-creation]\n    CREATE'), d.getText());
    });

test('a statement in the middle of a line is ignored', HISTORY, async (c) => {
    await c.start();
    let d = c.open('migrations/002.sql', `SELECT 1; ${INDEX}`);
    const found = (await c.diagnostics(d)).find((x) => x.code === 'TL101');
    d = c.apply(d, (await c.actions(d, found)).find((a) =>
        a.title.endsWith('for this statement')));
    const left = codes(await c.diagnostics(d));
    assert(!left.includes('TL002') && left.length === 0 ||
        !left.includes('TL101'), d.getText());
});

test('all safe fixes are applied at once', HISTORY, async (c) => {
    await c.start();
    let d = c.open('migrations/002.sql', GOOSE + INDEX +
        "-- \u{1F600}\n" + INDEX.replace('INDEX i', 'INDEX j'));
    assert.strictEqual(codes(await c.diagnostics(d)).filter((x) =>
        x === 'TL101').length, 2);
    const actions = await c.actions(d, null, ['source.fixAll']);
    assert.deepStrictEqual(actions.map((a) => a.kind),
        ['source.fixAll.tusklint']);
    d = c.apply(d, actions[0]);
    assert.strictEqual(d.getText().split('CONCURRENTLY').length, 3);
    assert(!codes(await c.diagnostics(d)).includes('TL101'));
    assert.deepStrictEqual(await c.actions(d, null, ['source.fixAll']), []);
    assert.deepStrictEqual(await c.actions(d, null, ['refactor']), []);
});

const plain = { capabilities: { textDocument: {} } };
test('an old client gets plain edits', HISTORY, async (c) => {
    await c.start();
    let d = c.open('migrations/002.sql', INDEX);
    const found = (await c.diagnostics(d)).find((x) => x.code === 'TL101');
    assert.strictEqual(found.codeDescription, undefined);
    const fix = (await c.actions(d, found))[0];
    assert(fix.edit.changes);
    d = c.apply(d, fix);
    await c.diagnostics(d);
    const symbols = await c.request('textDocument/documentSymbol',
        { textDocument: { uri: d.uri } });
    assert.strictEqual(symbols[0].location.uri, d.uri);
}, plain);

// ---- hover, definition, outline, completion ----

test('a table shows what it has', HISTORY, async (c) => {
    await c.start();
    const d = c.open('migrations/002.sql',
        'ALTER TABLE users ADD COLUMN age int;\nUPDATE users SET age = 1;\n');
    const at = c.at(d, 'users', 2);
    const h = await c.request('textDocument/hover', at);
    assert.strictEqual(h.contents.kind, 'markdown');
    for (const line of ['TABLE users  -- migrations/001_users.sql:1',
        '    id bigint NOT NULL', '    email text',
        '    age integer  -- migrations/002.sql:1',
        'PRIMARY KEY users_pkey (id)  -- migrations/001_users.sql:1',
        'INDEX users_email (email)  -- migrations/001_users.sql:2'])
        assert(h.contents.value.split('\n').includes(line),
            h.contents.value);
    assert.strictEqual(d.getText(h.range), 'users');
    const column = await c.request('textDocument/hover',
        c.at(d, 'SET age', 5));
    assert(column.contents.value.includes('age integer'));
    assert.strictEqual(await c.request('textDocument/hover',
        c.at(c.open('migrations/003.sql', 'SELECT 1;'), '1')), null);
});

test('a table shows all that a history gave it', {
    'migrations/001.sql': 'CREATE SCHEMA yard;\n' +
        'CREATE TABLE yard.trucks (id int GENERATED ALWAYS AS IDENTITY ' +
        'PRIMARY KEY, "a`b" text DEFAULT \'new\', ' +
        'n int, m int GENERATED ALWAYS AS (n + 1) STORED, at date);\n' +
        'CREATE INDEX trucks_n ON yard.trucks (n DESC, lower("a`b")) ' +
        'INCLUDE (m, at) WHERE n > 4;\n' +
        'CREATE INDEX trucks_at ON yard.trucks USING brin (at);\n' +
        'CREATE TABLE trips (truck int, at date);\n' +
        'ALTER TABLE trips ADD FOREIGN KEY (truck) ' +
        'REFERENCES yard.trucks (id) NOT VALID;\n',
}, async (c) => {
    await c.start();
    const d = c.open('migrations/002.sql',
        'DELETE FROM yard.trucks;\nDELETE FROM trips;\n' +
        'DELETE FROM unseen;\n');
    const lines = async (needle) => (await c.request('textDocument/hover',
        c.at(d, needle, needle.length - 1))).contents.value.split('\n');
    const trucks = await lines('yard.trucks');
    const from = '  -- migrations/001.sql:';
    for (const line of [`TABLE yard.trucks${from}2`,
        '    id integer NOT NULL GENERATED AS IDENTITY',
        "    a'b text DEFAULT 'new'",
        '    m integer GENERATED STORED',
        `PRIMARY KEY trucks_pkey (id)${from}2`,
        `INDEX trucks_at USING brin (at)${from}4`])
        assert(trucks.includes(line), `${line} is not in\n` +
            trucks.join('\n'));
    const index = trucks.find((l) => l.startsWith('INDEX trucks_n ('));
    assert.strictEqual(index, 'INDEX trucks_n (n DESC, lower("a\'b"))' +
        ` INCLUDE (m, at) WHERE n > 4${from}3`);
    const trips = await lines('trips');
    assert(trips.includes('FOREIGN KEY (truck) REFERENCES yard.trucks (id)' +
        ` NOT VALID${from}6`), trips.join('\n'));
});

test('a rule shows its documentation', HISTORY, async (c) => {
    await c.start();
    const d = c.open('migrations/002.sql', INDEX +
        '-- tusklint: ignore[dropping-table] no more\nDROP TABLE users;\n');
    const found = await c.request('textDocument/hover', c.at(d, 'CREATE', 1));
    assert(found.contents.value.includes('CONCURRENTLY'));
    const named = await c.request('textDocument/hover',
        c.at(d, 'dropping', 1));
    assert(named.contents.value.startsWith('**dropping-table** (TL134)'));
    assert.strictEqual(d.getText(named.range), 'dropping-table');
});

test('names lead to where they were made', HISTORY, async (c) => {
    await c.start();
    const d = c.open('migrations/002.sql', 'DROP INDEX users_email;\n' +
        'UPDATE users SET email = NULL WHERE never_seen = 1;\n');
    const first = TextDocument.create('', 'sql', 0, USERS);
    for (const [needle, want] of [['users_email', /^CREATE INDEX users_em/],
        ['users SET', /^CREATE TABLE users/], ['email =', /email text/]]) {
        const place = await c.request('textDocument/definition',
            c.at(d, needle, 1));
        assert.strictEqual(place.uri, c.uri('migrations/001_users.sql'));
        assert.match(first.getText(place.range), want);
    }
    assert.strictEqual(await c.request('textDocument/definition',
        c.at(d, 'never_seen', 1)), null);
});

test('the outline has statements and what they make', HISTORY, async (c) => {
    await c.start();
    const d = c.open('migrations/002.sql', 'CREATE TABLE t (id int, ' +
        'x text);\nCREATE INDEX t_x ON t (x);\nDROP TABLE users;\n');
    const list = await c.request('textDocument/documentSymbol',
        { textDocument: { uri: d.uri } });
    assert.deepStrictEqual(list.map((s) => s.name),
        ['CREATE TABLE t', 'CREATE INDEX t_x ON t', 'DROP TABLE users']);
    assert.deepStrictEqual(list[0].children.map((s) => s.name), ['t']);
    assert.deepStrictEqual(list[0].children[0].children.map((s) => s.name),
        ['id', 'x']);
    assert.deepStrictEqual(list[1].children.map((s) => s.name), ['t_x']);
});

test('rules are completed in comments', HISTORY, async (c) => {
    await c.start();
    let d = c.open('migrations/002.sql', '-- tusklint: ignore[drop\n' +
        '-- tusklint: ig\nDROP TABLE users;\n');
    const ask = async (needle) => (await c.request('textDocument/completion',
        c.at(d, needle, needle.length))).items;
    const rules = await ask('[drop');
    const item = rules.find((i) => i.label === 'dropping-table');
    assert(item && item.detail.startsWith('TL134'));
    assert.strictEqual(d.getText(item.textEdit.range), 'drop');
    assert((await ask(': ig')).some((i) => i.label === 'ignore-file'));
    assert.deepStrictEqual(await ask('DROP TABLE'), []);
    d = c.change(d, { text: TextDocument.applyEdits(d, [item.textEdit])
        .replace('table\n', 'table] gone\n').replace('-- tusklint: ig\n', '') });
    assert(!codes(await c.diagnostics(d)).includes('TL134'), d.getText());
});

// ---- what should not be ----

test('a request is cancelled', HISTORY, async (c) => {
    await c.start();
    const d = c.open('migrations/002.sql', INDEX.repeat(500));
    const source = new protocol.CancellationTokenSource();
    const slow = c.request('textDocument/hover', c.at(d, 'INDEX'));
    const answer = c.request('textDocument/hover', c.at(d, 'INDEX'),
        source.token);
    source.cancel();
    await assert.rejects(answer, { code: -32800 });
    await slow;
    await c.stop();
});

// Bytes as they are, and the messages that come back until `count` did.
async function raw(c, chunks, count) {
    const { child } = c;
    const messages = [];
    let bytes = Buffer.alloc(0);
    c.connection.dispose();
    c.raw = true;
    const done = new Promise((resolve) => child.stdout.on('data', (chunk) => {
        bytes = Buffer.concat([bytes, chunk]);
        for (;;) {
            const head = bytes.indexOf('\r\n\r\n');
            if (head < 0)
                break;
            const n = Number(/Content-Length: (\d+)/.exec(
                bytes.subarray(0, head).toString())[1]);
            if (bytes.length < head + 4 + n)
                break;
            messages.push(JSON.parse(bytes.subarray(head + 4,
                head + 4 + n).toString()));
            bytes = bytes.subarray(head + 4 + n);
        }
        if (messages.length >= count)
            resolve();
    }));
    for (const chunk of chunks)
        child.stdin.write(chunk);
    await done;
    return messages;
}

const frame = (text) => Buffer.concat([
    Buffer.from(`Content-Length: ${Buffer.byteLength(text)}\r\n\r\n`),
    Buffer.from(text)]);
const greet = frame(JSON.stringify({ jsonrpc: '2.0', id: 1,
    method: 'initialize', params: { capabilities: {} } }));

test('garbage gets an error, and the next message an answer', {},
    async (c) => {
        const bad = ['{', '[', '"x"', '7', '{"id":1}', '{"id":{},"method":' +
            '"x"}', '{"method":7,"id":2}', 'x'.repeat(100000),
        '['.repeat(100000), '{"id":3,"method":"\\ud800\\u0000"}',
        '\xFF\xFE'].map(frame);
        bad.push(Buffer.from('Content-Length: nine\r\n\r\n'));
        bad.push(Buffer.from('GET / HTTP/1.1\r\nHost: x\r\n\r\n'));
        const got = await raw(c, [...bad, greet], bad.length + 1);
        assert.strictEqual(got.length, bad.length + 1);
        assert(got.slice(0, -1).every((m) => m.error), JSON.stringify(got));
        assert(got[got.length - 1].result.serverInfo);
    });

test('a message that is too large is passed over', {}, async (c) => {
    const large = Buffer.alloc((64 << 20) + 1, 'x');
    const got = await raw(c, [
        Buffer.from(`Content-Length: ${large.length}\r\n\r\n`), large, greet],
    2);
    assert.match(got[0].error.message, /64 MiB/);
    assert(got[1].result.serverInfo);
});

test('params of any shape are survived', HISTORY, async (c) => {
    await c.start();
    const d = c.open('migrations/002.sql', INDEX);
    const odd = [null, 7, 'x', [], {}, { textDocument: null },
        { textDocument: { uri: 7 } }, { textDocument: { uri: 'x' } },
        { textDocument: { uri: d.uri } },
        { textDocument: { uri: d.uri }, position: 7 },
        { textDocument: { uri: d.uri }, position: { line: -1,
            character: 1e300 } },
        { textDocument: { uri: d.uri }, position: { line: 1e9,
            character: 1e9 } },
        { textDocument: { uri: d.uri }, range: { start: { line: 5,
            character: 0 }, end: { line: 0, character: 0 } },
        context: { only: [7, null] } },
        { textDocument: { uri: d.uri }, contentChanges: [null, 7,
            { text: 7 }, { text: 'x', range: {} }] }];
    const methods = ['codeAction', 'completion', 'definition', 'diagnostic',
        'documentSymbol', 'hover', 'didOpen', 'didChange', 'didSave'];
    for (const method of methods)
        for (const params of odd)
            if (method.startsWith('did'))
                await c.notify(`textDocument/${method}`, params);
            else
                await c.request(`textDocument/${method}`, params)
                    .catch((e) => assert(e.code, e));
    for (const params of odd) {
        await c.notify('workspace/didChangeWorkspaceFolders', params);
        await c.notify('workspace/didChangeWatchedFiles', params);
    }
    const still = await c.request('textDocument/documentSymbol',
        { textDocument: { uri: d.uri } });
    assert.strictEqual(still.length, 1);
    await c.stop();
});

test('hostile names are shown safely', {}, async (c) => {
    await c.start();
    const d = c.open('1.sql', 'CREATE TABLE "a\u202E```\u001b[31m" (id int);' +
        '\nDROP TABLE "a\u202E```\u001b[31m";\n');
    const h = await c.request('textDocument/hover', c.at(d, 'a\u202E'));
    assert(!/[\u202E\u001b]/.test(JSON.stringify(h)), JSON.stringify(h));
    assert.strictEqual(h.contents.value.split('```').length, 3);
    const list = await c.diagnostics(d);
    assert(!/[\u202E\u001b]/.test(JSON.stringify(list)));
});

// ---- the run ----

function timed(promise) {
    let timer;
    const late = new Promise((resolve, reject) => {
        timer = setTimeout(() => reject(new Error(
            `no end after ${LIMIT_MS} ms`)), LIMIT_MS);
    });
    return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

async function main() {
    let failed = 0;
    process.on('unhandledRejection', () => {});
    for (const t of tests) {
        const client = new Client(t.files, t.options);
        try {
            await timed(t.body(client));
            await timed(client.end());
        } catch (e) {
            failed++;
            console.log(`lsp: ${t.name}: ${e.stack}\n${client.stderr}`);
        }
        client.remove();
    }
    console.log(`lsp: ${tests.length - failed} passed, ${failed} failed`);
    process.exit(failed ? 1 : 0);
}

main();
