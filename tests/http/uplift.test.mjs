// The sheet of a trust's financial year under L7: what each decision added, the limit, what a review took away, the working
// with its authorities; who sees which trust's; a year without a contribution; decisions that the trust was not told of.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launch, open } from './lib/browser.mjs';
import { addScheme, daysAgo, decide, makeWorld, openCase, openClaim, reference, schemeFile, versionOf, write } from './lib/data.mjs';
import { startSite } from './lib/site.mjs';
import { wideAndNarrow } from './lib/steps.mjs';

let site, browser, world, clients, first, second;
const windows = {};
const now = new Date();
const year = now.getFullYear() - (now.getMonth() < 3 ? 1 : 0);
const l7 = {
  code: 'L7', version: 1, title: 'More contribution', formula: 'L7', basis: 'D', bp: 25, most_breaches: 4, may_exceed_basis: true,
  material: 'FULL', window: 'FINANCIAL_YEAR', breach_unit: 'CLAIM', authority: 'made up for the tests',
};

async function decided(claim, amount) {
  await decide(clients, claim, 'RNV', { outcome: amount === 5000000 ? 'FULL' : 'PART', amount_p: amount });
  return { claim, page: `${claim}/trusts/RNV/decisions/1` };
}
const step = async (name, decision, what, value) => write(clients[name], `${decision.page}/${what}`, value, await versionOf(clients.handler, decision.claim));
async function sheet(name, org = 'RNV', query = '') {
  const answer = await clients[name].getJson(`/candour/breaches/${org}/year${query}`);
  assert.equal(answer.status, 200, answer.text);
  return answer.json;
}
const seen = (name, path, title) => wideAndNarrow(windows[name], clients[name], path, `year ${title}`);

before(async () => {
  site = await startSite({ demo: false });
  world = await makeWorld(site);
  ({ clients } = world);
  await addScheme(site, schemeFile(l7).replace('"damages_p":0', '"damages_p":0,"contribution_p":100000000'));
  const set = await site.ctl(['contribution', 'set', 'RNV', String(year), '20000000', '--as', 'handler']);
  assert.equal(set.status, 0, set.stdout + set.stderr);
  first = await decided(world.own.claimPath, 5000000);
  second = await decided(await openClaim(clients.handler, 'RNV', await openCase(clients.legal, { title: 'Late scan' })), 4000000);
  browser = await launch();
  for (const name of ['handler', 'legal']) {
    windows[name] = await open(browser, site);
    await windows[name].signIn(name);
  }
});
after(async () => {
  await browser?.close();
  await site?.stop();
});

test('each decision with what it added, the running sum, the limit and what is left', async () => {
  const json = await sheet('handler');
  assert.equal(json.contribution, 2000000000);
  assert.deepEqual(json.breaches.map((row) => [row.n_then, row.most_then, row.decided_sum, row.adds, row.running]),
    [[1, 5000000, 5000000, 5000000, 5000000], [2, 5000000, 4000000, 4000000, 9000000]]);
  assert.deepEqual([json.year_units, json.formula_sum, json.year_sum, json.cap, json.cap_left], [2, 10000000, 9000000, 20000000, 11000000]);
  const rate = json.working.find((line) => line.text.startsWith('0.25% for each of 2'));
  assert.equal(rate.amount, 10000000);
  assert.equal(rate.authority, 'made up for the tests');
  const page = await clients.handler.get('/candour/breaches/RNV/year');
  assert.match(page.text, /£90,000.00 added to the contribution, £110,000.00 left up to the limit/);
  const csv = await clients.handler.get(`/candour/breaches/RNV/year?year=${year}&format=csv`);
  assert.match(csv.text, /^"reference","seq","decided_at","scheme_code"/);
  assert.equal(csv.text.trim().split('\r\n').length, 3);
  await seen('handler', '/candour/breaches/RNV/year', 'two decisions');
});

test('a trust sees its own alone, and no decision before it was told of it', async () => {
  assert.deepEqual((await sheet('legal')).breaches, [], 'not told of either');
  assert.equal((await clients.legal.getJson('/candour/breaches/RNV')).json.year_units, 0);
  assert.ok(!(await clients.legal.get('/candour/breaches/RNV')).text.includes(reference(first.claim)), 'nor on the list of breaches');
  assert.deepEqual((await clients.legal.getJson('/candour/recoveries/totals')).json.totals, [], 'nor in its sums');
  assert.equal((await clients.handler.getJson('/candour/recoveries/totals')).json.totals[0].decided_sum, 9000000);
  await step('handler', first, 'told', { on: daysAgo(0), mode: 'LETTER' });
  assert.deepEqual((await sheet('legal')).breaches.map((row) => row.adds), [5000000]);
  await step('handler', second, 'told', { on: daysAgo(0), mode: 'LETTER' });
  assert.equal((await sheet('reader')).year_sum, 9000000);
  for (const name of ['decider', 'reviewer', 'regulator', 'auditor']) assert.equal((await sheet(name)).year_sum, 9000000, name);
  for (const [name, org, status] of [['otherlegal', 'RNV', 404], ['legal', 'RHD', 404], ['ward', 'RNV', 403], ['admin', 'RNV', 403], ['handler', 'NONE1', 404]]) {
    assert.equal((await clients[name].get(`/candour/breaches/${org}/year`)).status, status, `${name} ${org}`);
  }
  const home = await clients.legal.get('/candour/');
  const link = home.page.links().find((href) => href.endsWith('/breaches/RNV/year'));
  assert.equal((await clients.legal.get(link)).status, 200);
  await seen('legal', link, 'for the trust');
});

test('what a review took away; the later decision keeps its sum, and what it would be now is said', async () => {
  await step('legal', first, 'review-asked', { grounds: ['FACTS'], text: 'The notes explain the wait.' });
  await step('reviewer', first, 'review', { outcome: 'QUASHED', reasons: 'The notes were overlooked.' });
  const json = await sheet('handler');
  assert.deepEqual(json.breaches.map((row) => [row.is_breach, row.taken_sum, row.adds, row.running]), [[false, 5000000, 0, 0], [true, 0, 4000000, 4000000]]);
  assert.equal(json.breaches[1].n_now, 1);
  assert.deepEqual([json.year_units, json.formula_sum, json.year_sum, json.taken_sum], [1, 5000000, 4000000, 5000000]);
  assert.ok(json.working.some((line) => line.text === 'Taken away by reviews' && line.amount === 5000000));
  await seen('handler', '/candour/breaches/RNV/year', 'after a review');
});

test('other years and other trusts: nothing decided, and a contribution that nobody recorded', async () => {
  const before = await clients.handler.get(`/candour/breaches/RNV/year?year=${year - 1}`);
  assert.match(before.text, /No decision was made on Trust RNV in that year/);
  assert.match(before.text, /Its contribution for the year is not recorded/);
  assert.match((await clients.handler.get('/candour/breaches/RHD/year')).text, /not recorded/);
  for (const wrong of ['1066', String(year + 2), 'x', '-1']) assert.equal((await clients.handler.get(`/candour/breaches/RNV/year?year=${wrong}`)).status, 400, wrong);
  const list = await clients.handler.get('/candour/trusts/RNV/contributions');
  assert.ok(list.page.links().some((href) => href.endsWith(`/breaches/RNV/year?year=${year}`)));
  // A changed contribution changes no decision: the sheet says what each was reckoned with.
  const done = await site.ctl(['contribution', 'set', 'RNV', String(year), '10000000', '--as', 'handler']);
  assert.equal(done.status, 0, done.stderr);
  const json = await sheet('handler');
  assert.deepEqual([json.formula_sum, json.year_sum, json.cap], [2500000, 4000000, 10000000]);
  assert.match(json.breaches[1].note, /at most £25,000.00, as number 1/);
  assert.equal(json.breaches[0].note, 'Reckoned with a contribution of £20,000,000.00');
  await seen('handler', `/candour/breaches/RNV/year?year=${year - 1}`, 'nothing decided');
});
