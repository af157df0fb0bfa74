// validate.js - JSON reports against their schemas, and what a page of Markdown
// makes of texts from inputs.
//
//   node validate.js TOOLS FOLDER...
//
// Each FOLDER holds one run's reports, named by their formats. A schema that
// passes everything proves nothing: every object of the first reports is also
// tried with a key that nobody declared, and without each key it must have.
'use strict';
const fs = require('fs');
const path = require('path');
const { createRequire } = require('module');

const [tools, ...folders] = process.argv.slice(2);
const load = createRequire(path.join(tools, 'node_modules', 'x.js'));
const Ajv = load('ajv/dist/2020').default;
const addFormats = load('ajv-formats').default;
const loaded = load('markdown-it');
const MarkdownIt = loaded.default || loaded;

const ajv = new Ajv({ strict: true, allowUnionTypes: true,
  strictRequired: false, strictTypes: false });
addFormats(ajv);
for (const file of ['docs/schemas/report.schema.json',
  'docs/schemas/line.schema.json', 'ci/formats/gitlab.schema.json',
  'ci/formats/rdjson.schema.json', 'ci/formats/rdjsonl.schema.json'])
  ajv.addSchema(JSON.parse(fs.readFileSync(file, 'utf8')));

let passed = 0;
let failed = 0;
function verdict(ok, what) {
  if (ok) {
    passed++;
    return;
  }
  failed++;
  if (failed < 30) console.log(`FAILED: ${what}`);
}

// ---- schemas ----------------------------------------------------------------

const SCHEMAS = { json: 'report', jsonl: 'line', gitlab: 'gitlab',
  rdjson: 'rdjson', rdjsonl: 'rdjsonl' };
const isLines = (format) => format.endsWith('l') && format !== 'xml';

function documents(folder, format) {
  const text = fs.readFileSync(path.join(folder, format), 'utf8');
  if (!isLines(format)) return [JSON.parse(text)];
  if (text && !text.endsWith('\n')) throw new Error('no line end');
  return text.split('\n').slice(0, -1).map((line) => JSON.parse(line));
}

function objectsIn(value, into = []) {
  if (Array.isArray(value)) for (const v of value) objectsIn(v, into);
  else if (value && typeof value === 'object') {
    into.push(value);
    for (const v of Object.values(value)) objectsIn(v, into);
  }
  return into;
}

// Each kind of object once: objects with the same keys are of one kind.
const tried = new Set();
const MAY_LACK = new Set(['queries', 'statistics', 'source', 'severity', 'url',
  'range', 'end', 'column', 'code', 'suggestions', 'related_locations']);

function tryDamage(format, validate, doc) {
  for (const object of objectsIn(doc)) {
    const kind = format + ' ' + Object.keys(object).join();
    if (tried.has(kind)) continue;
    tried.add(kind);
    object.undeclared = 1;
    verdict(!validate(doc), `${format}: an undeclared key passes in ${kind}`);
    delete object.undeclared;
    for (const key of Object.keys(object)) {
      if (MAY_LACK.has(key)) continue;
      // Errors have a position or none.
      if (key === 'start' && 'message' in object) continue;
      const value = object[key];
      delete object[key];
      verdict(!validate(doc), `${format}: passes without ${key} in ${kind}`);
      object[key] = value;
    }
  }
}

function checkSchemas(folder) {
  for (const [format, schema] of Object.entries(SCHEMAS)) {
    const validate = ajv.getSchema(`${schema}.schema.json`);
    let docs;
    try {
      docs = documents(folder, format);
    } catch (e) {
      verdict(false, `${folder}/${format}: no JSON: ${e.message}`);
      continue;
    }
    let ok = true;
    for (const doc of docs)
      if (!validate(doc)) {
        ok = false;
        verdict(false, `${folder}/${format}: ` +
          JSON.stringify(validate.errors.slice(0, 3)));
        break;
      }
    verdict(ok, `${folder}/${format}`);
    if (ok) for (const doc of docs) tryDamage(format, validate, doc);
  }
}

// ---- Markdown --------------------------------------------------------------

// A generous renderer: raw HTML, tables, addresses become links. Without a
// "http:" GitHub links those that begin with "www." and those of mail: they
// are looked for in the text, as mentions and numbers of issues are.
const markdown = new MarkdownIt({ html: true, linkify: true });
markdown.linkify.set({ fuzzyLink: false, fuzzyEmail: false });
const BAD = new Set(['html_inline', 'html_block', 'image', 'link_open']);
const REFERENCE = new RegExp([/(^|[^\w`])@[a-z0-9]/, /(^|[^\w&])#\d/,
  /www\.[a-z0-9]/, /[\w.+-]@[\w-]+\.\w/].map((r) => r.source).join('|'), 'i');

function* inlineTokens(tokens) {
  for (const t of tokens) {
    yield t;
    if (t.children) yield* inlineTokens(t.children);
  }
}

// Something that the text of an input became; null when all is text.
function activePart(text) {
  let content = '';
  for (const t of inlineTokens(markdown.parse(text, {}))) {
    if (BAD.has(t.type) && t.content !== '<br>')
      return `${t.type} ${t.content}`;
    if (t.type === 'text') content += t.content;
    else if (t.type !== 'text_special') content += '\n';
    else content += t.content;
  }
  const found = REFERENCE.exec(content);
  return found ? `a reference: ${JSON.stringify(content.slice(found.index,
    found.index + 40))}` : null;
}

function checkMarkdown(folder) {
  const text = fs.readFileSync(path.join(folder, 'markdown'), 'utf8');
  const report = documents(folder, 'json')[0];
  const active = activePart(text);
  verdict(!active, `${folder}/markdown: ${active}`);
  const tables = markdown.render(text).split('<table>').slice(1);
  const count = (what, inside) => inside.split(what).length - 1;
  if (report.findings.length && !/findings do not fit here/.test(text)) {
    verdict(tables.length === 2, `${folder}/markdown: ${tables.length} tables`);
    verdict(count('<tr>', tables[0] || '') === report.findings.length + 1 &&
      count('<td>', tables[0] || '') === report.findings.length * 4,
      `${folder}/markdown: rows or cells are missing`);
  }
  for (const d of documents(folder, 'rdjson')[0].diagnostics) {
    const code = d.code ? d.code.value : '';
    const posted = activePart(`**[${code}]** ${d.message}`);
    if (posted) verdict(false, `${folder}/rdjson: ${posted}`);
  }
  verdict(true, 'rdjson');
}

// A link of a SARIF message may only lead to a related location.
function checkSarif(folder) {
  const log = JSON.parse(fs.readFileSync(path.join(folder, 'sarif'), 'utf8'));
  for (const result of log.runs[0].results) {
    const ids = new Set((result.relatedLocations || []).map((l) => l.id));
    for (const [, to] of result.message.text
      .matchAll(/(?<!\\)(?:\\\\)*\]\(([^)]*)\)/g))
      if (!ids.has(Number(to)))
        verdict(false, `${folder}/sarif: a link to ${to}`);
  }
  verdict(true, 'sarif');
}

for (const folder of folders) {
  checkSchemas(folder);
  checkMarkdown(folder);
  checkSarif(folder);
}
console.log(`validate: ${passed} passed, ${failed} failed`);
process.exit(failed || !passed ? 1 : 0);
