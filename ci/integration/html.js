// html.js - the HTML report in a real browser: it shows everything, filters,
// loads nothing, runs nothing but its own script, and input stays text.
//
// Usage: html.js BINARY WORK, with the test tools of ci/npm installed.
'use strict';
const fs = require('fs');
const path = require('path');
const {spawnSync} = require('child_process');

const [binary, work] = process.argv.slice(2).map(p => path.resolve(p));
const {chromium} = require(path.resolve('build/npm/node_modules',
  'playwright-core'));
const browsers = ['/usr/bin/chromium', '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome'];

let passed = 0;
let failed = 0;

function check(what, ok, got) {
  if (ok) {
    passed++;
    return;
  }
  failed++;
  console.log(`FAILED ${what}` + (got === undefined ? '' :
    `: ${JSON.stringify(got)}`));
}

// ---- inputs ----

const IMG = '<img src=x onerror=alert(1)>';
const END = '</script><script>alert(1)</script>';
const BIDI = '\u202e';

function put(name, text) {
  const file = path.join(work, name);

  fs.mkdirSync(path.dirname(file), {recursive: true});
  fs.writeFileSync(file, text);
  return file;
}

function hostileMigrations() {
  const name = s => `"${s.replace(/"/g, '""')}"`;

  put(`evil/migrations/0001_${IMG.replace('/', '')}.sql`,
    `-- </style></pre>${END}\n` +
    `CREATE TABLE ${name(IMG)} (id bigint PRIMARY KEY, a int, c text);\n`);
  // A folder's name and a file's make an end tag.
  put('evil/migrations/0002<\/script><b>"\'&amp;.sql',
    `CREATE INDEX ${name(END)} ON ${name(IMG)} (a); -- ${BIDI}gnp.x\n` +
    `ALTER TABLE ${name(IMG)} ADD COLUMN ${name('x"\'&lt;' + BIDI)} int ` +
    `NOT NULL;\n`);
  put('evil/migrations/0003\nnew line.sql',
    `BEGIN;\nALTER TABLE ${name(IMG)} ALTER COLUMN a TYPE bigint;\n` +
    `UPDATE ${name(IMG)} SET a = 1;\nCOMMIT;\n`);
  put('evil/migrations/0004_bytes.sql',
    Buffer.concat([Buffer.from('SELECT 1 FROM; -- '),
      Buffer.from([0xff, 0x1b, 0x5b, 0x33, 0x31, 0x6d, 0x00, 0x0a])]));
}

function hostileCapture() {
  const lines = [];
  const add = (at, sql, params, rows) => lines.push(JSON.stringify({
    ts: new Date(Date.UTC(2026, 10, 20) + at).toISOString(),
    trace_id: 't1', route: `GET ${IMG}`, application: END, sql, params,
    duration_ms: 1.5, rows}));

  add(2, `SELECT id, a FROM "${IMG}" WHERE a > $1`, ['1'], 80);
  for (let i = 0; i < 80; i++)
    add(5 + 4 * i, `SELECT a AS "${END}" FROM "${IMG}" WHERE id = $1`,
      [String(i)], 1);
  put('evil/trace.jsonl', lines.join('\n') + '\n');
}

function hostilePlan() {
  const node = {'Node Type': 'Seq Scan', 'Parallel Aware': false,
    'Relation Name': IMG, 'Alias': END, 'Startup Cost': 0,
    'Total Cost': 5000, 'Plan Rows': 90, 'Plan Width': 8,
    'Actual Startup Time': 0.01, 'Actual Total Time': 55, 'Actual Rows': 97,
    'Actual Loops': 1, 'Filter': `(c = '${IMG}${BIDI}'::text)`,
    'Rows Removed by Filter': 250000};
  put('evil/plan.json', JSON.stringify([{'Query Text':
    `SELECT id FROM "${IMG}" WHERE a = '${END}'`, 'Plan': node,
    'Planning Time': 0.1, 'Execution Time': 55.1}], null, 2));
}

// A lock goes at its transaction's end, or at ROLLBACK TO before it.
function lockingMigrations() {
  put('locks/0001.sql', 'CREATE TABLE a (id bigint PRIMARY KEY, n int);\n' +
    'CREATE TABLE b (id bigint PRIMARY KEY, a_id bigint);\n');
  put('locks/0002.sql', 'BEGIN;\nCREATE INDEX ON b (a_id);\nSAVEPOINT s;\n' +
    'ALTER TABLE a ADD COLUMN m int;\nROLLBACK TO SAVEPOINT s;\n' +
    'ALTER TABLE b ADD FOREIGN KEY (a_id) REFERENCES a (id);\nCOMMIT;\n' +
    'CREATE INDEX CONCURRENTLY ON a (n);\n');
}

function manyFindings(n) {
  const sql = ['CREATE TABLE t (id bigint PRIMARY KEY);'];
  const more = [];

  for (let i = 0; i < n; i++)
    more.push(`CREATE INDEX i${i} ON t (id);`);
  put('many/0001_t.sql', sql.join('\n') + '\n');
  put('many/0002_many.sql', more.join('\n') + '\n');
}

// Equal runs give equal bytes, whatever the threads.
function testRepeated(file, inputs) {
  const run = spawnSync(binary, ['-q', '-j', '1', '--format', 'html',
    ...inputs], {maxBuffer: 1 << 30});

  check('again: the same bytes', run.stdout.equals(fs.readFileSync(file)));
}

function report(name, inputs, options) {
  const out = path.join(work, name + '.html');
  const run = spawnSync(binary, [...(options || []), '-q', '-o',
    'html=' + out, ...inputs], {maxBuffer: 1 << 30});

  check(`${name}: the report is written`, fs.existsSync(out),
    String(run.stderr));
  return out;
}

// ---- the browser ----

async function open(browser, file, options, hash) {
  const context = await browser.newContext({
    viewport: {width: 1280, height: 900}, ...options});
  const page = await context.newPage();
  const seen = [];

  page.on('console', m => seen.push(`${m.type()}: ${m.text()}`));
  page.on('pageerror', e => seen.push(`error: ${e.message}`));
  page.on('dialog', d => {
    seen.push(`dialog: ${d.message()}`);
    d.dismiss();
  });
  page.on('request', r => {
    if (decodeURI(r.url()) !== 'file://' + file)
      seen.push(`request: ${r.url()}`);
  });
  await page.goto('file://' + file + (hash || ''));
  return {page, seen, close: () => context.close()};
}

const shownFindings = page =>
  page.locator('.finding:not([hidden])').count();

async function isQuiet(name, tab) {
  await tab.page.waitForTimeout(50);
  check(`${name}: console and network stay silent`, tab.seen.length === 0,
    tab.seen);
}

// What any report must be, whatever was read.
async function checkFrame(name, page) {
  const facts = await page.evaluate(() => {
    const all = [...document.querySelectorAll('*')];
    const ids = all.map(e => e.id).filter(i => i);

    return {
      foreign: all.map(e => e.tagName.toLowerCase()).filter(t =>
        /^(img|iframe|object|embed|link|form|base|audio|video)$/.test(t)),
      scripts: document.scripts.length,
      handlers: all.flatMap(e => e.getAttributeNames()).filter(a =>
        /^on|^style$/.test(a)),
      twice: ids.filter((id, i) => ids.indexOf(id) !== i),
      lost: [...document.querySelectorAll('a')].map(a =>
        a.getAttribute('href')).filter(h => h[0] !== '#' ||
        !document.getElementById(h.slice(1))),
      unnamed: [...document.querySelectorAll('input, select')].filter(e =>
        !e.labels.length).length,
      control: /[\u0000-\u0008\u000b-\u001f\u007f\u200e\u200f\u202a-\u202e]/
        .test(document.documentElement.outerHTML),
      wide: document.documentElement.scrollWidth > innerWidth,
    };
  });
  check(`${name}: no element of another's`, !facts.foreign.length,
    facts.foreign);
  check(`${name}: one script`, facts.scripts === 1, facts.scripts);
  check(`${name}: no handlers, no inline styles`, !facts.handlers.length,
    facts.handlers);
  check(`${name}: ids are unique`, !facts.twice.length, facts.twice);
  check(`${name}: links lead somewhere`, !facts.lost.length, facts.lost);
  check(`${name}: fields have labels`, facts.unnamed === 0, facts.unnamed);
  check(`${name}: nothing hidden in the text`, !facts.control);
  check(`${name}: as wide as the window`, !facts.wide);
}

// The least contrast of text and what is behind it.
const leastContrast = page => page.evaluate(() => {
  const read = c => c.match(/[\d.]+/g).map(Number);
  const light = ([r, g, b]) => [r, g, b].map(v => v / 255).map(v =>
    v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
    .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
  const behind = e => {
    for (; e; e = e.parentElement) {
      const c = read(getComputedStyle(e).backgroundColor);
      if (c.length < 4 || c[3] > 0)
        return c;
    }
    return [255, 255, 255];
  };
  let least = {ratio: 21};

  for (const e of document.querySelectorAll('body *')) {
    const own = [...e.childNodes].some(n => n.nodeType === 3 &&
      n.data.trim());
    if (!own || !e.checkVisibility() || e.closest('svg, script, select'))
      continue;
    const a = light(read(getComputedStyle(e).color));
    const b = light(behind(e));
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (ratio < least.ratio)
      least = {ratio, what: e.className, text: e.textContent.slice(0, 40)};
  }
  return least;
});

// ---- tests ----

async function testFilters(browser, file) {
  const tab = await open(browser, file);
  const {page} = tab;
  const all = await shownFindings(page);
  const count = () => page.locator('#shown').textContent();

  await checkFrame('demo', page);
  check('demo: five findings', all === 5, all);
  check('demo: the filter is there', await page.isVisible('#filter'));
  check('demo: all are counted', await count() === '5 shown', await count());

  await page.selectOption('#rule', 'TL101');
  check('rule: one is left', await shownFindings(page) === 1);
  check('rule: and counted', await count() === '1 of 5 shown', await count());
  check('rule: files without are gone', await page.locator(
    '.file:not([hidden])').count() === 1);
  await page.selectOption('#rule', '');

  await page.fill('#search', 'readings INDEX');
  await page.waitForTimeout(50);
  check('search: all words, any case', await shownFindings(page) === 1,
    await shownFindings(page));
  await page.fill('#search', 'bins_by_grader.json');
  await page.waitForTimeout(50);
  check('search: the path', await shownFindings(page) === 1);
  await page.fill('#search', 'no such words');
  await page.waitForTimeout(50);
  check('search: nothing', await shownFindings(page) === 0);
  check('search: and says so', await page.isVisible('#no-match'));
  await page.fill('#search', '');

  await page.uncheck('[data-box=warning]');
  check('severity: none is left', await shownFindings(page) === 0);
  await page.click('nav a[href="#plans"]');
  await page.click('.guilty a.tag');
  // The browser tells of the new place when it has come there.
  await page.waitForFunction(() => document.querySelector('.finding:target') &&
    document.querySelector('.finding:target').offsetParent, null,
    { timeout: 5000 }).catch(() => {});
  check('a link shows what the filter hid', await shownFindings(page) === 5);
  check('... and leads to it', await page.locator(
    '.finding:target').isVisible());

  await page.click('#fold');
  check('collapsed', await page.locator('.file[open]').count() === 0);
  await page.click('#fold');
  check('and expanded', await page.locator('.file[open]').count() ===
    await page.locator('.file').count());
  await page.locator('h1').click();
  await page.keyboard.press('/');
  check('/ goes to the search', await page.evaluate(() =>
    document.activeElement.id) === 'search');
  await isQuiet('demo', tab);
  await tab.close();
}

async function testSections(browser, file) {
  const tab = await open(browser, file, {}, '#rule-TL401');
  const {page} = tab;

  check('a rule is opened by its link', await page.isVisible(
    '#rule-TL401 h4'));
  check('source has its numbers and its mark', await page.locator(
    '.src .l[data-n] mark').count() >= 5);
  check('fixes are differences', await page.locator('.l.del').count() >= 2 &&
    await page.locator('.l.ins').count() >= 2);
  check('queries with bars', await page.locator(
    '#queries .bar rect').count() === 15);
  check('the loop, run by run', await page.locator(
    '.timeline .run').count() === 14);
  check('... under what gave the keys', await page.locator(
    '.timeline .parent').count() === 1);
  check('the guilty node', (await page.locator(
    '.guilty .type').allTextContents()).join() === 'Seq Scan');
  check('locks until the end', await page.locator(
    '#locks td.held').count() >= 4);
  check('inputs', await page.locator('.inputs tbody tr').count() === 13);
  await isQuiet('sections', tab);
  await tab.close();
}

async function testSchemes(browser, name, file) {
  const backgrounds = [];

  for (const colorScheme of ['light', 'dark']) {
    const tab = await open(browser, file, {colorScheme});
    const least = await leastContrast(tab.page);

    check(`${name}, ${colorScheme}: contrast of 4.5`, least.ratio >= 4.5,
      least);
    backgrounds.push(await tab.page.evaluate(() =>
      getComputedStyle(document.body).backgroundColor));
    await tab.page.screenshot({fullPage: true,
      path: path.join(work, `${name}-${colorScheme}.png`)});
    await isQuiet(`${name}, ${colorScheme}`, tab);
    await tab.close();
  }
  check(`${name}: two schemes`, backgrounds[0] !== backgrounds[1],
    backgrounds);
}

async function testWithoutScript(browser, file) {
  const tab = await open(browser, file, {javaScriptEnabled: false});
  const {page} = tab;

  check('no script: no filter', !await page.isVisible('#filter'));
  check('no script: all findings', await page.locator(
    '.finding:visible').count() === 5);
  check('no script: all sections', await page.locator(
    'section:visible').count() === 7, await page.locator(
    'section:visible').count());
  await page.click('.rule-doc >> nth=0');
  check('no script: rules open', await page.locator(
    '.prose >> nth=0').isVisible());
  await isQuiet('no script', tab);
  await tab.close();
}

async function testNarrow(browser, name, file) {
  const tab = await open(browser, file, {viewport: {width: 390, height: 800}});

  await checkFrame(`${name}, narrow`, tab.page);
  await tab.page.screenshot({fullPage: true,
    path: path.join(work, `${name}-narrow.png`)});
  await tab.close();
}

async function testHostile(browser, file) {
  const tab = await open(browser, file);
  const {page} = tab;
  const text = await page.locator('main').textContent();

  await checkFrame('hostile', page);
  check('hostile: a file name is text', text.includes(
    'evil/migrations/0001_' + IMG.replace('/', '')));
  check('hostile: an end tag of two names is text', text.includes(
    '0002</script><b>"\'&amp;.sql'));
  check('hostile: a newline in a name is shown', text.includes(
    '0003\\x0anew line.sql'));
  check('hostile: SQL is text', text.includes(END));
  check('hostile: bidi controls are shown', (await page.locator(
    '.hid').allTextContents()).includes('<U+202E>'));
  check('hostile: bytes are shown', (await page.locator(
    '.hid').allTextContents()).includes('\\xff'));
  check('hostile: the loop and its rest', await page.locator(
    '.timeline .run').count() === 64 && await page.locator(
    '.timeline .rest').count() === 1);
  check('hostile: it says what is not drawn', text.includes(
    '16 more follow'));
  check('hostile: the guilty node is named', (await page.locator(
    '.guilty th').allTextContents()).join().includes(IMG));
  check('hostile: locks go on to COMMIT', await page.locator(
    '#locks .still').count() >= 1);
  await page.fill('#search', '<img');
  await page.waitForTimeout(50);
  check('hostile: markup can be searched', await shownFindings(page) > 0);
  await isQuiet('hostile', tab);
  await tab.close();
}

async function testLocks(browser, file) {
  const tab = await open(browser, file);
  const rows = await tab.page.locator('.locks tbody tr').evaluateAll(list =>
    list.map(r => [...r.cells].slice(2, 4).map(c => c.textContent).join()));

  check('locks: table by table', (await tab.page.locator(
    '.locks thead th').allTextContents()).slice(2, 4).join() === 'b,a');
  check('locks: statement by statement', rows.join('; ') === [',', 'SHARE,',
    'still,', 'still,ACCESS EXCLUSIVE', 'still,',
    'SHARE ROW EXCLUSIVE,SHARE ROW EXCLUSIVE', 'still,still',
    ',SHARE UPDATE EXCLUSIVE'].join('; '), rows);
  check('locks: where transactions end', await tab.page.locator(
    '.locks tr.end').count() === 2);
  check('locks: the riskiest moment', /line 2: nobody can write to b while/
    .test(await tab.page.locator('.moment').textContent()),
    await tab.page.locator('.moment').textContent());
  await isQuiet('locks', tab);
  await tab.close();
}

async function testMany(browser, file) {
  const size = fs.statSync(file).size;
  const began = Date.now();
  const tab = await open(browser, file);
  const {page} = tab;
  const text = await page.locator('#findings > .left-out').allTextContents();

  check('many: below 20 MB', size < 20e6, size);
  check('many: so many with their source', await page.locator(
    '.finding:not(.line)').count() === 1000);
  check('many: the page says so', /1,000 of .* are shown with their source/
    .test(text.join()), text);
  check('many: it says what is left out',
    /\d more findings are not shown/.test(text.join()), text);
  check('many: shown and left out are all', await page.locator(
    '.finding').count() === 20000);
  await page.fill('#search', 'line 20000:1');
  await page.waitForTimeout(500);
  await page.waitForFunction(() =>
    /^[12] of/.test(document.getElementById('shown').textContent));
  check('many: within half a minute', Date.now() - began < 30000,
    Date.now() - began);
  await isQuiet('many', tab);
  await tab.close();
}

async function main() {
  const executablePath = process.env.CHROMIUM ||
    browsers.find(b => fs.existsSync(b));

  if (!executablePath)
    throw new Error('no chromium (Debian: apt install chromium)');
  hostileMigrations();
  hostileCapture();
  hostilePlan();
  lockingMigrations();
  manyFindings(21000);
  const demo = report('demo', ['testdata/demo']);
  const hostile = report('hostile', [path.join(work, 'evil')]);
  const locks = report('locks', [path.join(work, 'locks')]);
  const many = report('many', [path.join(work, 'many')],
    ['--select', 'require-concurrent-index-creation']);
  const nothing = report('nothing', ['testdata/demo/migrations'],
    ['--select', 'syntax-error']);
  testRepeated(demo, ['testdata/demo']);
  // Root and containers have no sandbox to give; the pages are our own.
  const browser = await chromium.launch({executablePath,
    args: ['--no-sandbox']});

  try {
    await testFilters(browser, demo);
    await testSections(browser, demo);
    await testSchemes(browser, 'demo', demo);
    await testSchemes(browser, 'hostile', hostile);
    await testWithoutScript(browser, demo);
    await testNarrow(browser, 'demo', demo);
    await testNarrow(browser, 'hostile', hostile);
    await testHostile(browser, hostile);
    await testLocks(browser, locks);
    await testMany(browser, many);
    const tab = await open(browser, nothing);
    check('nothing: says so', await tab.page.isVisible('.none'));
    await isQuiet('nothing', tab);
  } finally {
    await browser.close();
  }
}

main().catch(e => {
  failed++;
  console.log(e.stack);
}).finally(() => {
  console.log(`html: ${passed} passed, ${failed} failed`);
  process.exit(failed ? 1 : 0);
});
