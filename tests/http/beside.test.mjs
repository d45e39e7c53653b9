// A claim beside one of its cases: what each person sees of both, the links between reasons and rules, and for whom
// there is no such page; and the claim page's own tools.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launch, open, validHtml } from './lib/browser.mjs';
import { daysAgo, makeWorld, openCase, record, reference, versionOf, write } from './lib/data.mjs';
import { startSite } from './lib/site.mjs';

let site;
let world;
let both;
let ours;
let theirs;
const beside = (claimPath, casePath) => `${claimPath}/beside/${reference(casePath)}`;

before(async () => {
  site = await startSite({ demo: false });
  world = await makeWorld(site);
  const { handler, legal, otherlegal } = world.clients;
  ours = await openCase(legal);
  theirs = await openCase(otherlegal);
  both = await write(handler, '/candour/claims/new', {
    title: 'Two trusts', scheme: 'CNST', notified: daysAgo(20), claimant_name: 'Bo Example', limitation_note: 'Kept for handlers', agreed_damages_p: 500000,
  });
  await record(handler, both, 'parties', { trust_1: 'RNV', share_1: '60', cases_1: reference(ours), trust_2: 'RHD', share_2: '40', cases_2: reference(theirs) });
  await write(handler, `${both}/flags`, {}, await versionOf(handler, both));
});
after(() => site?.stop());

test('reasons lead to rules and rules back to reasons, and each link leads somewhere', async () => {
  const answer = await world.clients.handler.get(beside(both, ours));
  assert.equal(answer.status, 200);
  await validHtml(answer.text, 'beside');
  const there = (pattern) => [...answer.text.matchAll(pattern)].map((found) => found[1]);
  const ids = there(/ id="([^"]+)"/g);
  const toRules = there(/href="#([A-Z]\d\d)"/g);
  const toReasons = there(/href="#(reason-[A-Z]\d\d)"/g);
  assert.ok(toRules.length >= 5, `${toRules.length} links to rules`);
  assert.deepEqual(toReasons.map((id) => id.slice(7)).sort(), [...toRules].sort());
  for (const id of [...toRules, ...toReasons]) assert.ok(ids.includes(id), id);
  assert.equal(new Set(ids).size, ids.length, 'each id once');
  assert.ok(toRules.includes('E02'), 'the rule that a court found broken');
});

test('JSON: the same page, claim and case', async () => {
  const { json } = await world.clients.handler.getJson(beside(both, ours));
  assert.equal(json.claim.reference, reference(both));
  assert.equal(json.candour_case.reference, reference(ours));
  assert.equal(json.trust.code, 'RNV');
  assert.ok(json.flag.state && json.reasons.length && json.rule_groups.length && json.timeline.length);
  for (const reason of [...json.reasons, ...json.rest]) assert.equal(reason.case_reference, reference(ours));
});

test('a trust sees its own part; what is not linked, or not theirs, is not there', async () => {
  const { legal, otherlegal, handler } = world.clients;
  const mine = await legal.get(beside(both, ours));
  assert.equal(mine.status, 200);
  assert.ok(!mine.text.includes('RHD') && !mine.text.includes(reference(theirs)) && !mine.text.includes('Kept for handlers'));
  for (const [who, casePath] of [[legal, theirs], [otherlegal, ours], [legal, world.own.casePath], [handler, world.own.casePath], [handler, world.other.casePath]]) {
    assert.equal((await who.get(beside(both, casePath))).status, 404);
  }
  assert.equal((await otherlegal.get(beside(both, theirs))).status, 200);
  assert.equal((await handler.get(`${both}/beside/CM-2019-9999`)).status, 404);
  assert.equal((await world.clients.ward.get(beside(both, ours))).status, 403);
});

test('the way there: each trust’s card, and the flag', async () => {
  const { handler, legal } = world.clients;
  const card = (await handler.get(both)).text;
  for (const casePath of [ours, theirs]) assert.ok(card.includes(`href="${beside(both, casePath)}"`), casePath);
  const mine = (await legal.get(both)).text;
  assert.ok(mine.includes(beside(both, ours)) && !mine.includes(beside(both, theirs)));
  assert.ok((await handler.get(`${both}/flags/RNV`)).text.includes(`href="${beside(both, ours)}"`));
});

test('tools of the claim page: an earlier day, and the file as JSON', async () => {
  const { handler } = world.clients;
  const page = await handler.get(both);
  assert.match(page.text, /href="#as-at">View as at an earlier date</);
  assert.match(page.text, /<section[^>]* id="as-at"/);
  const href = page.text.match(/href="([^"]+)">Claim file \(JSON\)/)[1].replaceAll('&amp;', '&');
  const file = await handler.get(href, { accept: 'text/html' });
  assert.match(file.headers['content-type'] ?? file.headers.get?.('content-type'), /^application\/json/);
  assert.equal(JSON.parse(file.text).reference, reference(both));
  const [year, month, day] = daysAgo(3).split('-').map(Number);
  const before = await handler.get(`${both}?as_at-day=${day}&as_at-month=${month}&as_at-year=${year}`);
  assert.equal(before.status, 200);
  assert.match(before.text, /You are looking back/);
  assert.match(before.text, new RegExp(`as_at=${daysAgo(3)}(&amp;|&#38;)format=json`));
  assert.match(before.text, new RegExp(`name="as_at-year"[^>]* value="${year}"`));
  await validHtml(before.text, 'claim as at');
});

test('in a browser: one beside the other, one below the other, on paper', async (t) => {
  const browser = await launch();
  t.after(() => browser.close());
  for (const width of [1280, 320]) {
    const window = await open(browser, site, { width });
    await window.signIn('handler');
    await window.page.goto(beside(both, ours));
    await window.look(`beside ${width}`);
    const [left, right] = await window.page.$$eval('.cd-beside > section', (parts) => parts.map((part) => part.getBoundingClientRect().toJSON()));
    if (width === 1280) assert.ok(left.right <= right.left && left.top === right.top, 'two columns');
    else assert.ok(left.bottom <= right.top && left.left === right.left, 'one below the other');
    await window.page.click('#reason-E02 a[href="#E02"]');
    assert.ok(await window.page.isVisible('#E02:target'));
    await window.page.click('#E02 a[href="#reason-E02"]');
    assert.ok(await window.page.isVisible('#reason-E02:target'));
    await window.page.emulateMedia({ media: 'print' });
    assert.ok(await window.page.isVisible('.cd-print-only'));
    assert.ok(!(await window.page.isVisible('#E02 a[href="#reason-E02"]')));
    await window.page.emulateMedia({ media: 'screen' });
    await window.page.goto(both);
    await window.look(`claim tools ${width}`);
    await window.close();
  }
});
