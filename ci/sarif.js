// sarif.js - writes hostile inputs, and checks SARIF reports against the files
// that they speak of.
//
//   node sarif.js hostile FOLDER
//   node sarif.js check TOOLS ROOT REPORT...
//
// Positions and hashes are computed here a second time, from the definitions
// and with other means than the program's, so that equal mistakes are unlikely.
'use strict';
const fs = require('fs');
const path = require('path');
const crypto = require('crypto');
const { spawnSync } = require('child_process');
const { createRequire } = require('module');

// Notes of the Multitool that are no defects here; every other line it prints
// about a report fails the check.
const ALLOWED_NOTES = {
  SARIF2002: 'wants message ids with arguments; GitHub and editors read text',
  SARIF2003: 'wants the revision; reports depend on nothing but the inputs',
  SARIF2006: 'fetches every link, which says nothing about the report',
  SARIF2010: 'wants a snippet; an empty region has none',
  SARIF2011: 'wants surroundings; a file of one line, or a long one, has none',
  SARIF2013: 'wants the files embedded; viewers have the repository',
};

let failures = 0;
function fail(where, what) {
  console.error(`sarif: ${where}: ${what}`);
  failures++;
}

// ---- hostile inputs --------------------------------------------------------

function writeHostile(folder) {
  const tables = 'CREATE TABLE t (id bigint PRIMARY KEY, a text, "é😀" text);\n' +
    'CREATE TABLE "a]b[c\\d" (id bigint PRIMARY KEY, a text);\n' +
    'CREATE TABLE "##[error]x\u202Ey::z" (id bigint PRIMARY KEY, a text);\n';
  const files = {
    '0001_tables.sql': tables,
    '0002_bom.sql': '\uFEFFCREATE INDEX i2 ON t (a);\n',
    '0003_crlf.sql': '-- one\r\n\r\n/* é */ CREATE INDEX i3 ON t (a);\r\n',
    '0004_cr.sql': '-- one\r-- two\rCREATE INDEX i4 ON t (a);\r',
    '0005_wide.sql': "SELECT '😀日本'; CREATE INDEX i5 ON t (\"é😀\");\n",
    '0006_tabs.sql': '\t\tCREATE INDEX i6\n\t\t\tON t (a);\n',
    '0007_links.sql': 'CREATE INDEX i7 ON "a]b[c\\d" (a);\n',
    '0008_commands.sql':
      '--\u202E\u2066\nCREATE INDEX i8 ON "##[error]x\u202Ey::z" (a);\n',
    '0009_same.sql': 'CREATE INDEX ON t (a);\nCREATE INDEX ON t (a);\n',
    '0010_end.sql': 'CREATE INDEX i10 ON t (a)',
    '0011_broken.sql': 'SELECT 1;\nSELEC\u0001T \u001b[31m;\nSELECT (',
    '0012_invalid.sql': Buffer.concat([
      Buffer.from("SELECT '"), Buffer.from([0xFF, 0xE2, 0x28, 0xC0]),
      Buffer.from("';\nCREATE INDEX i12 ON t (a);\n")]),
    '0013_long.sql': `SELECT '${'x'.repeat(70000)}'; CREATE INDEX i13 ON t (a);`,
    '0014 we,ird:na%me #?[é].sql': 'CREATE INDEX i14 ON t (a);\n',
    'empty.sql': '',
  };
  fs.mkdirSync(folder, { recursive: true });
  for (const [name, text] of Object.entries(files))
    fs.writeFileSync(path.join(folder, name), text);
  // A name that is no UTF-8.
  fs.writeFileSync(Buffer.concat([Buffer.from(folder + '/0015_'),
    Buffer.from([0xFF]), Buffer.from('.sql')]), 'CREATE INDEX i15 ON t (a);\n');
}

// ---- a file, once more ------------------------------------------------------

const BOM = [0xEF, 0xBB, 0xBF];
const hasBom = (bytes) => BOM.every((b, i) => bytes[i] === b);
const isUtf8 = (bytes) => Buffer.from(bytes.toString('utf8')).equals(bytes);

// Where every line begins, in bytes.
function lineStarts(bytes) {
  const starts = [0];
  for (let i = 0; i < bytes.length; i++) {
    const lone = bytes[i] === 13 && bytes[i + 1] !== 10;
    if (bytes[i] === 10 || lone) starts.push(i + 1);
  }
  return starts;
}

// The UTF-16 units of a slice; a byte that is no UTF-8 counts as one.
function units(bytes) {
  let n = 0;
  for (let i = 0; i < bytes.length;) {
    const size = [1, 2, 3, 4].find((k) => i + k <= bytes.length &&
      [...bytes.subarray(i, i + k).toString('utf8')].length === 1 &&
      isUtf8(bytes.subarray(i, i + k)));
    n += size === 4 ? 2 : 1;
    i += size || 1;
  }
  return n;
}

function place(bytes, starts, offset) {
  let low = 0;
  for (let i = 0; i < starts.length && starts[i] <= offset; i++) low = i;
  const from = low === 0 && hasBom(bytes) ? Math.min(3, offset) : starts[low];
  return [low + 1, units(bytes.subarray(from, offset)) + 1];
}

// primaryLocationLineHash as GitHub's upload step defines it: a polynomial over
// the hundred units that follow a line's beginning, blanks apart.
function lineHashes(bytes) {
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
  const clean = [];
  const begins = [0];
  for (let i = 0; i < text.length; i++) {
    const c = text[i];
    if (c === ' ' || c === '\t') continue;
    if (c === '\n' && text[i - 1] === '\r') continue;
    const end = c === '\n' || c === '\r';
    clean.push(end ? 10 : text.charCodeAt(i));
    if (end) begins.push(clean.length);
  }
  clean.push(0xFFFF);
  const seen = new Map();
  return begins.map((at) => {
    let h = 0n;
    for (let i = at; i < at + 100; i++)
      h = BigInt.asUintN(64, h * 37n + BigInt(clean[i] || 0));
    const hex = h.toString(16);
    seen.set(hex, (seen.get(hex) || 0) + 1);
    return `${hex}:${seen.get(hex)}`;
  });
}

class SourceFile {
  constructor(root, uri) {
    const raw = Buffer.from(uri.replace(/%([0-9A-F]{2})/g,
      (_, hex) => String.fromCharCode(parseInt(hex, 16))), 'latin1');
    const name = raw.toString('latin1').startsWith('file:///')
      ? raw.subarray(7)
      : Buffer.concat([Buffer.from(root + '/'), raw]);
    this.bytes = fs.readFileSync(name);
    this.starts = lineStarts(this.bytes);
  }

  get hashes() {
    return (this.cachedHashes = this.cachedHashes || lineHashes(this.bytes));
  }
}

// ---- a report against its files --------------------------------------------

function same(where, what, got, want) {
  if (got !== want) fail(where, `${what} is ${got}, not ${want}`);
}

function checkRegion(where, file, region) {
  const { byteOffset: start, byteLength: length } = region;
  const end = start + length;
  const bytes = file.bytes.subarray(start, end);
  const [line, column] = place(file.bytes, file.starts, start);
  const [endLine, endColumn] = place(file.bytes, file.starts, end);

  if (end > file.bytes.length) fail(where, 'the region leaves the file');
  same(where, 'startLine', region.startLine, line);
  same(where, 'startColumn', region.startColumn, column);
  same(where, 'endLine', region.endLine, endLine);
  same(where, 'endColumn', region.endColumn, endColumn);
  if (region.charOffset !== undefined) {
    const bom = hasBom(file.bytes) ? 3 : 0;
    same(where, 'charOffset', region.charOffset,
      units(file.bytes.subarray(bom, start)));
    same(where, 'charLength', region.charLength, units(bytes));
  }
  if (region.snippet && isUtf8(bytes))
    same(where, 'snippet', region.snippet.text, bytes.toString('utf8'));
}

function checkLocation(where, run, files, location) {
  const physical = location.physicalLocation;
  const { index, uri } = physical.artifactLocation;
  const artifact = run.artifacts[index];

  same(where, 'the artifact of the index', artifact.location.uri, uri);
  checkRegion(where, files[index], physical.region);
  return files[index];
}

function checkLinks(where, result) {
  const ids = (result.relatedLocations || []).map((r) => String(r.id));
  const text = result.message.text.replace(/\\[[\]\\]/g, '');
  const linked = [...text.matchAll(/\[[^\]]*\]\((\d+)\)/g)].map((m) => m[1]);

  same(where, 'the list of linked places', linked.join(), ids.join());
  if (/[[\]]/.test(text.replace(/\[[^\]]*\]\(\d+\)/g, '')))
    fail(where, `a bracket that is no link: ${result.message.text}`);
  if (/[\u0000-\u001f\u202a-\u202e\u2066-\u2069]/.test(result.message.text))
    fail(where, 'the message holds hidden characters');
}

// A finding in a plan points at its node, and names the table that it reads.
function checkNode(where, file, location) {
  const { byteOffset, byteLength } = location.physicalLocation.region;
  const before = file.bytes.toString('utf8', 0, byteOffset);
  const node = file.bytes.toString('utf8', byteOffset, byteOffset + byteLength);

  if (!/"Node Type":\s*$/.test(before)) fail(where, 'it points at no node');
  const table = (location.logicalLocations || []).slice(-1)[0];
  if (/ Scan"$/.test(node) && !/^"(CTE|Function|Values|Subquery|Bitmap Index)/
    .test(node) && (!table || !/\btable$/.test(table.kind)))
    fail(where, `a ${node} of no table`);
}

function checkRun(name, root, run) {
  const files = run.artifacts.map((a) => new SourceFile(root, a.location.uri));
  const rules = run.tool.driver.rules;

  run.artifacts.forEach((a, i) => {
    const sum = crypto.createHash('sha256').update(files[i].bytes);
    same(name, `length of ${a.location.uri}`, a.length, files[i].bytes.length);
    same(name, `sha-256 of ${a.location.uri}`, a.hashes['sha-256'],
      sum.digest('hex'));
  });
  const ids = rules.map((r) => r.id);
  same(name, 'the order of rules', ids.join(), [...ids].sort().join());
  run.results.forEach((r, i) => {
    const where = `${name}: result ${i} (${r.ruleId})`;
    same(where, 'the rule of the index', rules[r.ruleIndex].id, r.ruleId);
    same(where, 'the number of locations', r.locations.length, 1);
    const file = checkLocation(where, run, files, r.locations[0]);
    if (name === 'plans.sarif' && r.ruleId.startsWith('TL5'))
      checkNode(where, file, r.locations[0]);
    const line = r.locations[0].physicalLocation.region.startLine;
    same(where, 'primaryLocationLineHash',
      r.partialFingerprints.primaryLocationLineHash, file.hashes[line - 1]);
    for (const l of r.relatedLocations || [])
      checkLocation(where, run, files, l);
    checkLinks(where, r);
  });
  const prints = run.results.map((r) => r.partialFingerprints['tusklint/v1']);
  same(name, 'the number of distinct fingerprints', new Set(prints).size,
    prints.length);
  for (const n of run.invocations[0].toolExecutionNotifications) {
    for (const l of n.locations || []) checkLocation(name, run, files, l);
    if (n.descriptor)
      same(name, 'the notification of the index',
        run.tool.driver.notifications[n.descriptor.index].id, n.descriptor.id);
  }
}

// ---- other people's judgement ----------------------------------------------

function makeSchema(tools) {
  const load = createRequire(path.resolve(tools, 'x.js'));
  const Ajv = load('ajv/dist/2020');
  const ajv = new Ajv({ strict: false, allErrors: true });

  load('ajv-formats')(ajv);
  return ajv.compile(JSON.parse(fs.readFileSync(path.join(tools,
    'node_modules/@microsoft/sarif-multitool-linux/sarif-2.1.0.json'))));
}

// Its exit status is 0 whatever it finds: what it prints is the result.
function askMultitool(tools, report) {
  const program = path.join(tools,
    'node_modules/@microsoft/sarif-multitool-linux/Sarif.Multitool');
  const done = spawnSync(program, ['validate', report, '--rule-kind',
    'Sarif;Gh;Ghas', '--level', 'Error;Warning;Note', '--output',
    report + '.judged', '--log', 'ForceOverwrite'], {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    // It would fetch every link: a proxy that nobody is behind says no at once.
    env: {
      ...process.env,
      DOTNET_SYSTEM_GLOBALIZATION_INVARIANT: '1',
      http_proxy: 'http://127.0.0.1:9',
      https_proxy: 'http://127.0.0.1:9',
    },
  });
  const said = (done.stdout || '') + (done.stderr || '');

  if (done.error || !/Analysis completed successfully/.test(said))
    fail(report, `the Multitool did not finish: ${done.error || said}`);
  for (const line of said.split('\n')) {
    const m = /: (error|warning|note) ([A-Z]+[0-9]+):/.exec(line);
    if (m && !(m[1] === 'note' && ALLOWED_NOTES[m[2]])) fail(report, line);
    if (!m && /\b(error|warning)\b/i.test(line)) fail(report, line);
  }
}

function check(tools, root, reports) {
  const valid = makeSchema(tools);

  for (const report of reports) {
    const name = path.basename(report);
    const log = JSON.parse(fs.readFileSync(report, 'utf8'));

    if (!valid(log))
      for (const e of valid.errors)
        fail(name, `schema: ${e.instancePath} ${e.message}`);
    checkRun(name, root, log.runs[0]);
    askMultitool(tools, report);
    const trouble = log.runs[0].invocations[0].toolExecutionNotifications;
    console.log(`sarif: ${name}: ${log.runs[0].results.length} results, ` +
      `${trouble.length} notifications`);
    if (name === 'missing.sarif')
      same(name, 'executionSuccessful',
        log.runs[0].invocations[0].executionSuccessful, false);
    if (name === 'hostile.sarif' && log.runs[0].results.length < 15)
      fail(name, 'the hostile files give too few results to prove anything');
  }
}

const [command, ...rest] = process.argv.slice(2);
if (command === 'hostile') writeHostile(rest[0]);
else if (command === 'check') check(rest[0], rest[1], rest.slice(2));
else fail('usage', 'hostile FOLDER | check TOOLS ROOT REPORT...');
process.exit(failures ? 1 : 0);
