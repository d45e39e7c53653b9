// What one box finds, and for whom: references, numbers, words; folded; in a row; page by page; never another trust's,
// never handlers' notes for a trust; true of the records as they stand; gone with the key; and made again by its job.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launch, open, validHtml } from './lib/browser.mjs';
import { daysAgo, incident, makePeople, openClaim, record, versionOf, write } from './lib/data.mjs';
import { startSite } from './lib/site.mjs';

let site;
let people;
let ours;
let theirs;
let claim;
const refOf = (path) => path.split('/').pop();

before(async () => {
  site = await startSite({ demo: false });
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
async function find(who, words, more = '') {
  const answer = await people[who].getJson(`/candour/search?q=${encodeURIComponent(words)}${more}`);
  const refs = (list) => (list ?? []).map((item) => item.reference);
  return { status: answer.status, cases: refs(answer.json?.case_hits), claims: refs(answer.json?.claim_hits), json: answer.json, text: answer.text };
}

test('words: folded, all of them, in a row', async () => {
  for (const words of ['swab', 'SWAB retained', 'sian', 'SIÂN gruffydd', 'the swab', '"the count at the end"', '“retained swab”', 'relaparotomy abdomen', '0417', 'inc-2026/0417']) {
    assert.deepEqual((await find('legal', words)).cases, [refOf(ours)], words);
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
  assert.deepEqual((await find('otherlegal', 'retained swab')).cases, [refOf(theirs)]);
  assert.deepEqual((await find('otherlegal', 'gruffydd')).cases, []);
  assert.deepEqual((await find('handler', 'retained swab')).cases, [refOf(theirs), refOf(ours)], 'newest first');
  assert.equal((await find('admin', 'swab')).status, 403);
});

test('handlers’ notes are found by the scheme alone; the title by each trust of the claim', async () => {
  const title = 'retained swab';
  assert.deepEqual((await find('handler', 'hopeless')).claims, [refOf(claim)]);
  for (const who of ['legal', 'reader', 'otherlegal']) assert.deepEqual((await find(who, 'hopeless')).claims, [], who);
  assert.deepEqual((await find('legal', title)).claims, [refOf(claim)]);
  assert.ok(!(await find('legal', title)).text.includes('hopeless'));
  assert.deepEqual((await find('otherlegal', title)).claims, []);
});

test('numbers: a reference opens, a trust’s own reference and an NHS number find', async () => {
  const answer = await people.legal.get(`/candour/search?q=${refOf(ours).toLowerCase()}`);
  assert.ok([200, 303].includes(answer.status));
  assert.deepEqual((await find('legal', refOf(ours))).cases, [refOf(ours)]);
  assert.deepEqual((await find('otherlegal', refOf(ours))).cases, []);
  assert.deepEqual((await find('legal', 'INC-2026/0417')).cases, [refOf(ours)]);
  assert.deepEqual((await find('handler', 'INC-2026/0417')).cases, [refOf(ours)], 'by its parts');
  assert.deepEqual((await find('legal', '999 000 0018')).cases, []);
});

test('nothing to look for: 422, and what was typed stands there still', async () => {
  for (const words of ['the', 'a', '…', '"of the"', 'x'.repeat(201)]) {
    const answer = await people.legal.get(`/candour/search?q=${encodeURIComponent(words)}`);
    assert.equal(answer.status, 422, words);
    assert.match(answer.text, /There is a problem/);
    assert.ok(answer.text.includes(`value="${words.replaceAll('"', '&quot;')}"`) || answer.text.includes(`value="${words.replaceAll('"', '&#34;')}"`), words);
    await validHtml(answer.text, words);
  }
  const some = await find('legal', 'the swab');
  assert.equal(some.json.left_out, 'the');
});

test('what was corrected is no longer found, and the job takes its words away', async () => {
  const path = await write(people.legal, '/candour/cases/new', { ...incident, title: 'Wrong laterality', name: 'Cy Example' });
  assert.deepEqual((await find('legal', 'laterality')).cases, [refOf(path)]);
  const seen = (await people.legal.getJson(path)).json;
  const seq = seen.timeline?.find((item) => /laterality/.test(JSON.stringify(item)))?.seq ?? 1;
  const version = await versionOf(people.legal, path);
  await write(people.legal, `${path}/log/incident`, { title: 'Wrong side', occurred: incident.occurred, reported_on: incident.reported_on, supersedes: seq, reason: 'It was the side' }, version);
  assert.deepEqual((await find('legal', 'laterality')).cases, []);
  assert.deepEqual((await find('legal', '"wrong side"')).cases, [refOf(path)]);
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
  assert.deepEqual((await find('legal', 'abdomen')).cases, [refOf(ours)]);
});

test('the table shows no word, and the same word under two trusts is not the same', async () => {
  const both = await site.sql(`SELECT HEX(w.hash) FROM word_index w JOIN candour_case c ON c.case_id = w.file_id AND w.file_kind = 1
    JOIN org o ON o.org_id = c.org_id GROUP BY w.hash HAVING COUNT(DISTINCT o.org_id) > 1`);
  assert.deepEqual(both, []);
});

test('more than a page: turned over by its cursor, each once', async () => {
  for (let i = 0; i < 53; i++) {
    await write(people.otherlegal, '/candour/cases/new', { ...incident, title: `Pressure ulcer ${i}`, name: 'Di Example' });
  }
  const first = await people.handler.get('/candour/search?q=ulcer');
  const next = first.text.match(/href="([^"]*cases_before=\d+)"/)?.[1].replaceAll('&amp;', '&');
  assert.ok(next, 'a way on');
  const one = await find('handler', 'ulcer');
  const two = await find('handler', 'ulcer', next.slice(next.indexOf('&')));
  assert.equal(one.cases.length, 50);
  assert.equal(two.cases.length, 3);
  assert.equal(new Set([...one.cases, ...two.cases]).size, 53);
});

test('without its key a case is found by nobody, and the job takes its words', async () => {
  const id = refOf(theirs);
  await site.sql(`UPDATE candour_case SET wrapped_key = NULL WHERE reference = '${id}'`);
  assert.ok(!(await find('otherlegal', 'elsewhere')).cases.includes(id));
  assert.match((await site.ctl(['run', 'words'])).stdout, /1 cannot be read/);
  const left = await site.sql(`SELECT COUNT(*) FROM word_index w JOIN candour_case c ON c.case_id = w.file_id WHERE w.file_kind = 1 AND c.reference = '${id}'`);
  assert.deepEqual(left, [['0']]);
});

test('the page in a browser: found, nothing found, nothing to look for', async (t) => {
  const browser = await launch();
  t.after(() => browser.close());
  for (const width of [1280, 320]) {
    const window = await open(browser, site, { width });
    await window.signIn('legal');
    for (const words of ['swab', 'cholecystectomy', 'the']) {
      await window.page.goto(`/candour/search?q=${words}`);
      await window.look(`search ${words} ${width}`);
      assert.equal(await window.page.inputValue('#q'), words);
    }
    await window.page.fill('#q', 'abdomen');
    await window.page.keyboard.press('Enter');
    await window.page.waitForURL(/q=abdomen/);
    assert.equal(await window.page.textContent('.cd-hit mark'), 'abdomen');
    await window.close();
  }
});
