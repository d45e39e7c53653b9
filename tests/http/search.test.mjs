// What one box finds, and for whom: references, numbers, words; folded; in a row; page by page; never another trust's,
// never handlers' notes for a trust; true of the records as they stand; gone with the key; and made again by its job.
// What somebody looked for is sent as a form and stands nowhere afterwards: in no address, no log, no table.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { launch, open, validHtml } from './lib/browser.mjs';
import { daysAgo, incident, makePeople, openCase, openClaim, record, reference, versionOf, write } from './lib/data.mjs';
import { run, sourceDir, startSite } from './lib/site.mjs';

let site;
let people;
let ours;
let theirs;
let claim;

before(async () => {
  // Every statement that reaches the database is written down, with its values.
  site = await startSite({ demo: false, httpdExtra: 'LogLevel candour:debug', dbSettings: 'general_log=1\ngeneral_log_file=general.log' });
  await makePeople(site);
  const signedIn = async (name) => [name, await site.signedIn(name)];
  people = Object.fromEntries(await Promise.all(['legal', 'reader', 'otherlegal', 'handler', 'admin', 'auditor'].map(signedIn)));
  ours = await write(people.legal, '/candour/cases/new', { ...incident, title: 'Retained swab', local_ref: 'INC-2026/0417',
    description: 'A swab was left in the abdomen of Mrs Siân Gruffydd. The count at the end was wrong.', name: 'Siân Gruffydd' });
  await record(people.legal, ours, 'opinion', { given: daysAgo(9), opinion: 'NOTIFIABLE', given_by: 'K. Brandt', profession: 'DOCTOR', reasons: 'Relaparotomy was needed.' });
  theirs = await write(people.otherlegal, '/candour/cases/new', { ...incident, title: 'Retained swab elsewhere', description: 'The count was skipped.', name: 'Bo Other' });
  claim = await openClaim(people.handler, 'RNV', ours);
  await record(people.handler, claim, 'status', { status: 'REOPENED', on: daysAgo(1), note: 'Our expert thinks liability is hopeless' });
});
after(() => site?.stop());

/** What `who` finds: { cases, claims } of references, and the whole answer. */
async function find(who, words, more = {}) {
  const answer = await people[who].postJson('/candour/search', { q: words, ...more });
  const refs = (list) => (list ?? []).map((item) => item.reference);
  return { status: answer.status, cases: refs(answer.json?.case_hits), claims: refs(answer.json?.claim_hits), json: answer.json, text: answer.text };
}

/** The page that a person gets who fills the form of the search page. */
const page = (who, q) => people[who].submit('/candour/search', { q });

test('words: folded, all of them, in a row', async () => {
  for (const words of ['swab', 'SWAB retained', 'sian', 'SIÂN gruffydd', 'the swab', '"the count at the end"', '“retained swab”', 'relaparotomy abdomen', '0417', 'inc-2026/0417']) {
    assert.deepEqual((await find('legal', words)).cases, [reference(ours)], words);
  }
  for (const words of ['swabs', 'swa', '"swab retained"', 'swab cholecystectomy', '"the end count"']) {
    assert.deepEqual((await find('legal', words)).cases, [], words);
  }
});

test('where it was found, with the words around', async () => {
  const { json } = await find('reader', 'abdomen');
  const [hit] = json.case_hits;
  assert.equal(hit.hit_words, 'abdomen');
  assert.match(hit.hit_before, /left in the $/);
  assert.match(hit.hit_after, /^ of Mrs Siân/);
  assert.ok(hit.found_in);
});

test('a trust finds its own, the scheme all, others nothing', async () => {
  assert.deepEqual((await find('otherlegal', 'retained swab')).cases, [reference(theirs)]);
  assert.deepEqual((await find('otherlegal', 'gruffydd')).cases, []);
  assert.deepEqual((await find('handler', 'retained swab')).cases, [reference(theirs), reference(ours)], 'newest first');
  assert.equal((await find('admin', 'swab')).status, 403);
});

test('handlers’ notes are found by the scheme alone; the title by each trust of the claim', async () => {
  const title = 'retained swab';
  assert.deepEqual((await find('handler', 'hopeless')).claims, [reference(claim)]);
  for (const who of ['legal', 'reader', 'otherlegal']) assert.deepEqual((await find(who, 'hopeless')).claims, [], who);
  assert.deepEqual((await find('legal', title)).claims, [reference(claim)]);
  assert.ok(!(await find('legal', title)).text.includes('hopeless'));
  assert.deepEqual((await find('otherlegal', title)).claims, []);
});

test('numbers: a reference opens, a trust’s own reference and an NHS number find', async () => {
  const answer = await page('legal', ` ${reference(ours).toLowerCase()} `);
  assert.equal(answer.status, 303);
  assert.equal(answer.location, ours);
  for (const typed of [reference(ours), reference(ours).toLowerCase()]) assert.deepEqual((await find('legal', typed)).cases, [reference(ours)], 'for a program it is found like any other');
  assert.deepEqual((await find('otherlegal', reference(ours))).cases, []);
  assert.equal((await page('otherlegal', reference(ours))).status, 200, 'out of reach: as one that does not exist');
  assert.equal((await page('handler', reference(claim))).location, claim);
  assert.deepEqual((await find('legal', 'INC-2026/0417')).cases, [reference(ours)]);
  assert.deepEqual((await find('handler', 'INC-2026/0417')).cases, [reference(ours)], 'by its parts');
  assert.deepEqual((await find('legal', '999 000 0018')).cases, []);
});

test('an NHS number, with and without its spaces: by its patient, else as it is written in a text', async () => {
  const patient = await write(people.legal, '/candour/cases/new', { ...incident, title: 'Fall', nhs_number: '9990000018', name: 'Fo Example' });
  for (const typed of ['9990000018', '999 000 0018', ' 999-000-0018 ']) assert.deepEqual((await find('legal', typed)).cases, [reference(patient)], typed);
  assert.deepEqual((await find('otherlegal', '9990000018')).cases, []);
  const mentioned = await write(people.legal, '/candour/cases/new', { ...incident, title: 'Her twin fell', description: 'The twin is 999 000 0026.', name: 'Go Example' });
  assert.deepEqual((await find('legal', '999 000 0026')).cases, [reference(mentioned)]);
  assert.deepEqual((await find('otherlegal', '999 000 0026')).cases, []);
});

test('letters: accents, ligatures, apostrophes and hyphens of every shape', async () => {
  const path = await write(people.legal, '/candour/cases/new', { ...incident, title: 'Haemorrhage', name: 'Ștefan O’Brien-Ŵyn',
    description: 'Seen by Bjørn Strauß, œdema follow‑up, ﬁne after. Given 2.5mg at 10:30, bed 412.' });
  for (const words of ['Stefan', 'ȘTEFAN', 'Ştefan', 'S\u0326tefan', "o'brien", 'O’BRIEN', 'OʼBrien wyn', 'brien-ŵyn', 'bjorn STRAUSS', 'Strauß', 'oedema',
    'œdema', 'follow-up', 'follow up', '"follow up fine"', 'follow–up', 'fine', '412', 'haemor\u00adrhage']) {
    assert.deepEqual((await find('legal', words)).cases, [reference(path)], words);
  }
  const { json } = await find('legal', 'strauss');
  assert.equal(json.case_hits[0].hit_words, 'Strauß', 'shown as it was written');
});

test('too short, too common, too many: said, and the rest is looked for', async () => {
  assert.equal((await find('legal', 'the swab')).json.left_out, 'the');
  assert.equal((await find('legal', 'swab 12 a')).json.left_out, '12 a');
  const many = await find('legal', 'swab retained abdomen count left wrong end mrs sian gruffydd');
  assert.deepEqual(many.cases, [reference(ours)]);
  assert.equal(many.json.left_out, 'sian gruffydd');
  assert.equal((await find('legal', 'SWAB swab Swab swab swab swab swab swab swab swab')).json.left_out, undefined, 'the same word once');
});

test('nothing to look for: 422, and what was typed stands there still', async () => {
  for (const words of ['the', 'a', '…', '"of the"', 'x'.repeat(201), '', '   ']) {
    const answer = await page('legal', words);
    assert.equal(answer.status, 422, words);
    assert.match(answer.text, /There is a problem/);
    if (words.trim()) assert.equal(answer.page.form('/candour/search').fields.q, words, words);
    await validHtml(answer.text, words);
    const { status, json } = await find('legal', words);
    assert.equal(status, 422);
    assert.deepEqual(json.errors.map(({ pointer }) => pointer), ['#/q'], words);
  }
});

test('the form: empty for whoever comes, with its token, answered where it was sent', async () => {
  const empty = await people.legal.get('/candour/search');
  assert.equal(empty.status, 200);
  assert.equal(empty.page.form('/candour/search').fields.q, '');
  const found = await page('legal', 'swab');
  assert.equal(found.status, 200);
  assert.equal(found.location, undefined);
  assert.equal(found.headers['cache-control'], 'no-store');
  assert.equal(found.headers['referrer-policy'], 'no-referrer');
  assert.doesNotMatch(found.page.title, /swab/, 'the window’s title is kept in the history');
  assert.ok(!found.page.links().some((href) => /[?&]q=|swab/.test(href)), 'no link carries it');
  await validHtml(found.text, 'found');
  assert.equal((await people.legal.get('/candour/search?q=swab')).status, 400, 'an address that holds words is none of ours');
  assert.equal((await people.handler.get('/candour/claims?q=swab')).status, 400);
});

test('the box in every page’s head is the same form', async () => {
  for (const path of [ours, '/candour/cases', '/candour/work', '/candour/cases/CM-2001-0001']) {
    const answer = await people.legal.get(path);
    const box = answer.page.all({ tag: 'form', id: 'search' })[0];
    assert.equal(answer.page.attribute(box, 'method'), 'post', path);
    const token = answer.page.all({ tag: 'input', name: 'token' }, box)[0];
    const sent = await people.legal.post(answer.page.attribute(box, 'action'), { token: answer.page.attribute(token, 'value'), q: 'abdomen' });
    assert.equal(sent.status, 200, path);
    assert.ok(sent.text.includes(reference(ours)), path);
  }
});

test('without its token, from elsewhere, or with what is no part of it: refused, and nothing is told', async () => {
  const { token, ...rest } = (await people.legal.get('/candour/search')).page.form('/candour/search').fields;
  const asked = { ...rest, q: 'swab' };
  const refused = async (status, fields, options) => {
    const answer = await people.legal.post('/candour/search', fields, options);
    assert.equal(answer.status, status);
    assert.ok(!answer.text.includes(reference(ours)) && !/swab/i.test(answer.text));
  };
  await refused(403, asked);
  await refused(403, { ...asked, token: 'A'.repeat(22) });
  await refused(403, { ...asked, token }, { headers: { origin: 'https://elsewhere.example', 'sec-fetch-site': 'cross-site' } });
  await refused(415, { ...asked, token }, { headers: { 'content-type': 'text/plain' } });
  for (const more of [{ key: '00' }, { version: '1' }, { after: '1' }, { cases_before: '0' }, { cases_before: '-1' }, { cases_before: 'x' },
    { claims_before: '9'.repeat(30) }, { q: ['swab', 'swab'] }]) await refused(400, { ...asked, token, ...more });
  const foreign = await people.legal.postJson('/candour/search', { q: 'swab' }, { headers: { origin: 'https://elsewhere.example', 'sec-fetch-site': 'cross-site' } });
  assert.equal(foreign.status, 403);
  assert.equal((await people.legal.postJson('/candour/search', { q: ['swab'] })).status, 400);
  assert.equal((await site.client().post('/candour/search', { ...asked, token })).status, 302, 'not signed in: to the sign-in page, without words');
  assert.doesNotMatch((await site.client().post('/candour/search', { ...asked, token })).location, /swab/);
});

test('what was corrected is no longer found, and the job takes its words away', async () => {
  const path = await write(people.legal, '/candour/cases/new', { ...incident, title: 'Wrong laterality', name: 'Cy Example' });
  assert.deepEqual((await find('legal', 'laterality')).cases, [reference(path)]);
  const seen = (await people.legal.getJson(path)).json;
  const seq = seen.timeline?.find((item) => /laterality/.test(JSON.stringify(item)))?.seq ?? 1;
  const version = await versionOf(people.legal, path);
  await write(people.legal, `${path}/log/incident`, { title: 'Wrong side', occurred: incident.occurred, reported_on: incident.reported_on, supersedes: seq, reason: 'It was the side' }, version);
  assert.deepEqual((await find('legal', 'laterality')).cases, []);
  assert.deepEqual((await find('legal', '"wrong side"')).cases, [reference(path)]);
  const [[before]] = await site.sql('SELECT COUNT(*) FROM word_index');
  const run = await site.ctl(['run', 'words']);
  assert.equal(run.status, 0, run.stderr);
  assert.match(run.stdout, /words: \d+ files, 0 rows added, [1-9]\d* taken away/);
  const [[now]] = await site.sql('SELECT COUNT(*) FROM word_index');
  assert.ok(Number(now) < Number(before));
  assert.match((await site.ctl(['run', 'words'])).stdout, /0 rows added, 0 taken away/, 'the same set twice');
});

test('the whole index is made again from nothing', async () => {
  const rows = () => site.sql('SELECT HEX(hash), file_kind, file_id FROM word_index ORDER BY 1, 2, 3');
  const there = await rows();
  await site.sql('DELETE FROM word_index');
  assert.deepEqual((await find('legal', 'abdomen')).cases, []);
  assert.equal((await site.ctl(['run', 'words'])).status, 0);
  assert.deepEqual(await rows(), there);
  assert.deepEqual((await find('legal', 'abdomen')).cases, [reference(ours)]);
});

test('the table shows no word, and the same word under two trusts is not the same', async () => {
  const both = await site.sql(`SELECT HEX(w.hash) FROM word_index w JOIN candour_case c ON c.case_id = w.file_id AND w.file_kind = 1
    JOIN org o ON o.org_id = c.org_id GROUP BY w.hash HAVING COUNT(DISTINCT o.org_id) > 1`);
  assert.deepEqual(both, []);
});

test('more than a page: turned over by its form, each once', async () => {
  for (let i = 0; i < 53; i++) {
    await write(people.otherlegal, '/candour/cases/new', { ...incident, title: `Pressure ulcer ${i}`, name: 'Di Example' });
  }
  const first = await page('handler', 'ulcer');
  const forms = first.page.all({ tag: 'form' }).filter((form) => first.page.all({ tag: 'input', name: 'cases_before' }, form).length);
  assert.equal(forms.length, 1, 'a way on');
  const fields = Object.fromEntries(first.page.all({ tag: 'input' }, forms[0]).map((input) => [first.page.attribute(input, 'name'), first.page.attribute(input, 'value')]));
  const second = await people.handler.post(first.page.attribute(forms[0], 'action'), fields);
  assert.equal(second.status, 200);
  const shown = (answer) => answer.page.links().filter((href) => /\/cases\/CM-/.test(href));
  assert.equal(shown(first).length, 50);
  assert.equal(shown(second).length, 3);
  assert.equal(new Set([...shown(first), ...shown(second)]).size, 53);
  assert.ok(!second.page.all({ tag: 'input', name: 'cases_before' }).length, 'the last page leads nowhere');
  const one = await find('handler', 'ulcer');
  const two = await find('handler', 'ulcer', { cases_before: one.json.cases_before });
  assert.deepEqual([one.cases.length, two.cases.length, two.json.cases_before], [50, 3, undefined]);
  assert.deepEqual((await find('legal', 'ulcer', { cases_before: one.json.cases_before })).cases, [], 'another’s place shows nothing');
});

/** What one search costs the database: statements sent to it, rows it read. */
async function cost(who, words) {
  const names = "('Com_stmt_execute', 'Handler_read_key', 'Handler_read_next', 'Handler_read_prev', 'Handler_read_rnd', 'Handler_read_first', 'Handler_read_last')";
  const count = async () => Object.fromEntries(await site.sql(`SHOW GLOBAL STATUS WHERE variable_name IN ${names}`));
  await find(who, words); // statements are prepared on first use
  const [idle, before] = [await count(), await count()];
  await find(who, words);
  const then = await count();
  return Object.fromEntries(Object.keys(then).map((name) => [name, then[name] - before[name] - (before[name] - idle[name])]));
}

test('a word of another trust costs and tells no more than a word that nobody has', async () => {
  const strip = ({ json, status }) => JSON.stringify([status, { ...json, search_text: '' }]);
  assert.ok((await find('otherlegal', 'ulcer')).json.cases_before, 'many of the other trust have it');
  assert.equal(strip(await find('legal', 'ulcer')), strip(await find('legal', 'qwzzt')));
  assert.deepEqual(await cost('legal', 'ulcer'), await cost('legal', 'qwzzt'), 'the same statements, the same rows read');
});

test('the keys of all trusts are asked in one statement', async () => {
  const trusts = (await site.sql('SELECT COUNT(*) FROM org'))[0][0];
  assert.ok(Number(trusts) >= 2);
  const before = (await cost('handler', 'qwzzt')).Com_stmt_execute;
  for (let i = 0; i < 20; i++) {
    await site.ctl(['org', 'add', `Q${10 + i}`, '--name', `Trust ${i}`, '--jurisdiction', 'ENG', '--kind', 'HEALTH_SERVICE_BODY']);
  }
  assert.equal(Number((await site.sql('SELECT COUNT(*) FROM org'))[0][0]), Number(trusts) + 20);
  assert.equal((await cost('handler', 'qwzzt')).Com_stmt_execute, before);
});

test('what stands between the scheme and one trust is found by those two', async () => {
  const both = await write(people.handler, '/candour/claims/new', { title: 'Shared care', scheme: 'CNST', notified: daysAgo(20), claimant_name: 'Hal Claimant', agreed_damages_p: 2500000 });
  await record(people.handler, both, 'parties', { trust_1: 'RNV', share_1: '60', cases_1: reference(await openCase(people.legal)), trust_2: 'RHD', share_2: '40', cases_2: reference(theirs) });
  await record(people.handler, both, 'payment', { kind: 'DAMAGES_LUMP', amount_p: 2500000, paid: daysAgo(5), payee: 'CLAIMANT' });
  await record(people.handler, both, 'status', { status: 'SETTLED_DAMAGES', on: daysAgo(5) });
  await write(people.handler, `${both}/flags`, {}, await versionOf(people.handler, both));
  const message = 'The theatre ledger of marchmain is missing.';
  await write(people.handler, `${both}/trusts/RNV/log/indication`, { message, answer_by: daysAgo(-20) }, await versionOf(people.handler, both));
  const seen = { handler: [reference(both)], legal: [reference(both)], otherlegal: [] };
  for (const [who, claims] of Object.entries(seen)) {
    const answer = await find(who, 'marchmain');
    assert.deepEqual(answer.claims, claims, who);
    assert.equal(answer.text.includes('theatre ledger'), claims.length > 0, who);
    assert.deepEqual((await find(who, '"shared care"')).claims, [reference(both)], `${who}: the title`);
  }
  // Found by the title, the trust is shown no text of the other's; the claimant's name is the scheme's.
  assert.deepEqual((await find('otherlegal', 'shared marchmain')).claims, []);
  assert.deepEqual((await find('legal', 'claimant')).claims, []);
  assert.deepEqual((await find('handler', '"hal claimant"')).claims, [reference(both)]);
});

test('keys are rotated: what was written before and after is found', async () => {
  const file = site.facts.KEY;
  const fresh = randomBytes(32);
  const line = `key ${createHash('sha256').update(fresh).digest('hex').slice(0, 8)} ${fresh.toString('base64url')}`;
  writeFileSync(file, readFileSync(file, 'utf8').replace(/^key /m, `${line}\nkey `));
  for (const command of ['halt', 'start']) {
    const done = await run('sh', [join(sourceDir, 'conf/demo/instance.sh'), command, site.dir], {});
    assert.equal(done.status, 0, done.stderr);
  }
  const later = await write(people.legal, '/candour/cases/new', { ...incident, title: 'Abdomen again', name: 'Io Example' });
  assert.deepEqual((await find('legal', 'abdomen')).cases, [reference(later), reference(ours)]);
  assert.match((await site.ctl(['run', 'words'])).stdout, /0 rows added, 0 taken away/);
});

test('without its key a case is found by nobody, and the job takes its words', async () => {
  const id = reference(theirs);
  await site.sql(`UPDATE candour_case SET wrapped_key = NULL WHERE reference = '${id}'`);
  assert.ok(!(await find('otherlegal', 'elsewhere')).cases.includes(id));
  assert.match((await site.ctl(['run', 'words'])).stdout, /1 cannot be read/);
  const left = await site.sql(`SELECT COUNT(*) FROM word_index w JOIN candour_case c ON c.case_id = w.file_id WHERE w.file_kind = 1 AND c.reference = '${id}'`);
  assert.deepEqual(left, [['0']]);
});

test('what was looked for stands in no log and no table', async () => {
  const words = ['Zyxquarkson', 'Zyx-42-quark', 'Zyxquärk-é'];
  const stored = async () => JSON.stringify(await site.sql(`CHECKSUM TABLE ${(await site.sql("SELECT table_name FROM information_schema.tables WHERE table_schema = 'candour'")).flat().join(', ')}`));
  const before = await stored();
  const { token } = (await people.legal.get('/candour/search')).page.form('/candour/search').fields;
  for (const q of words) {
    for (const who of ['legal', 'handler']) {
      assert.equal((await page(who, q)).status, 200);
      assert.equal((await find(who, q)).status, 200);
    }
    assert.equal((await page('legal', `${q} ${'x'.repeat(200)}`)).status, 422);
    assert.equal((await people.legal.post('/candour/search', { q })).status, 403, 'no token');
    assert.equal((await people.legal.post('/candour/search', { token, q, [q.replace(/[^a-z]/gi, '')]: q })).status, 400, 'a name that is none');
    assert.equal((await people.legal.post('/candour/search', { token, q, cases_before: q })).status, 400);
    assert.equal((await people.legal.postJson('/candour/search', `{"q": "${q}`)).status, 400, 'broken JSON');
    assert.equal((await people.legal.post('/candour/search', { token, q: `${q}\u0007` })).status, 400, 'a control character');
    assert.equal((await people.legal.post('/candour/search', { token, q: `${q} ${'x'.repeat(300000)}` })).status, 413);
    assert.equal((await find('admin', q)).status, 403);
    assert.equal((await site.client().postJson('/candour/search', { q })).status, 401);
  }
  assert.equal(await stored(), before, 'a search writes nothing');
  await site.sql('FLUSH LOGS; FLUSH TABLES');
  const holding = (text) => execFileSync('sh', ['-c', 'grep -rlaiF -- "$1" "$2" || :', 'sh', text, site.dir], { encoding: 'utf8' }).trim();
  assert.match(holding('CREATE TABLE IF NOT EXISTS word_index'), /general\.log/, 'the statements are written down');
  for (const word of ['zyxquark', 'zyx-42', 'Zyx%2D42', 'zyxqu%C3%A4rk']) assert.equal(holding(word), '', `${word} stands in a file`);
});

test('the page in a browser: found, nothing found, nothing to look for, and back again', async (t) => {
  const browser = await launch();
  t.after(() => browser.close());
  for (const options of [{ width: 1280 }, { width: 320 }, { width: 1280, scripts: false }]) {
    const window = await open(browser, site, options);
    const name = Object.values(options).join(' ');
    const seen = [];
    window.page.on('request', (request) => seen.push(request.url(), request.headers().referer ?? ''));
    await window.signIn('legal');
    for (const words of ['swab', 'cholecystectomy', 'the']) {
      await window.page.goto('/candour/search');
      await window.page.fill('#q', words);
      await Promise.all([window.page.waitForNavigation(), window.page.keyboard.press('Enter')]);
      await window.look(`search ${words} ${name}`);
      assert.equal(await window.page.inputValue('#q'), words);
    }
    // From any page, by the box in its head and with the keyboard alone.
    await window.page.goto(ours);
    await window.page.focus('#search-field');
    await window.page.keyboard.type('abdomen');
    await Promise.all([window.page.waitForNavigation(), window.page.keyboard.press('Enter')]);
    assert.match(await window.page.textContent('.cd-hit mark'), /^abdomen$/i);
    await window.page.click(`a[href="${ours}"]`);
    await window.page.waitForURL((url) => url.pathname === ours);
    assert.ok(!seen.some((url) => /abdomen|swab|cholecystectomy/.test(url)), `no address and no referrer holds a word: ${seen.filter((url) => /abdomen/.test(url))}`);
    await window.close();
  }
});
