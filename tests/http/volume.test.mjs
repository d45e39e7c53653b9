// Work at volume: the claims' work list with its filters and orders; several claims given away or computed at once, with
// what is refused; all flags computed again by a job; who may see and do what.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { daysAgo, makeWorld, record, reference, versionOf, write } from './lib/data.mjs';
import { startSite } from './lib/site.mjs';

let site;
let world;
let clients;
let own;
let other;

before(async () => {
  site = await startSite({ demo: false });
  world = await makeWorld(site);
  clients = world.clients;
  own = reference(world.own.claimPath);
  other = reference(world.other.claimPath);
});
after(() => site.stop());

async function list(query = '', client = clients.handler) {
  const answer = await client.getJson(`/candour/claims/work${query}`);
  assert.equal(answer.status, 200, answer.text);
  return answer.json.claims;
}
const rows = async (query, client) => (await list(query, client)).map((row) => `${row.reference} ${row.org_code}`).sort();
const row = async (path) => `${reference(path)} ${await versionOf(clients.handler, path)}`;
/** Sends the form of the list's page, which is the last on it. */
async function bulk(fields, client = clients.handler) {
  const { page } = await client.get('/candour/claims/work');
  const form = page.all({ tag: 'form' }).find((one) => page.attribute(one, 'action')?.endsWith('/claims/bulk'));
  const hidden = form ? Object.fromEntries(page.all({ tag: 'input', type: 'hidden' }, form)
    .map((input) => [page.attribute(input, 'name'), page.attribute(input, 'value')])) : {};
  return client.post('/candour/claims/bulk', { ...hidden, ...fields });
}

test('a row for each trust of a claim; a trust sees its own rows alone, without the scheme’s people', async () => {
  assert.deepEqual(await rows(''), [`${own} ${world.own.org}`, `${other} ${world.other.org}`].sort());
  const seen = await list('', clients.legal);
  assert.deepEqual(seen.map((one) => one.reference), [own]);
  assert.ok(seen.every((one) => !one.handler && !one.team));
  assert.deepEqual(await rows(`?org=${world.other.org}`, clients.legal), [`${own} ${world.own.org}`]);
  assert.deepEqual(await rows(`?org=${world.other.org}`), [`${other} ${world.other.org}`]);
  for (const sort of ['due', 'age', 'sum', 'changed']) assert.equal((await list(`?sort=${sort}`)).length, 2, sort);
  assert.equal((await clients.handler.get('/candour/claims/work?sort=nonsense')).status, 400);
  assert.equal((await clients.ward.get('/candour/claims/work')).status, 403);
  const csv = await clients.handler.get('/candour/claims/work?format=csv');
  assert.match(csv.text, /^"reference","title","org_code","stage"/);
});

test('rows are given to a handler: checked first, what changed meanwhile is refused, the rest is done', async () => {
  const fresh = await row(world.own.claimPath);
  const stale = `${other} 1`;
  assert.equal((await bulk({ deed: 'give' })).status, 422);
  assert.equal((await bulk({ deed: 'give', handler: 'legal', row_1: fresh })).status, 422);
  const check = await bulk({ deed: 'give', handler: 'handler', row_1: fresh, row_2: stale, row_3: 'CL-2020-0999 1' });
  assert.equal(check.status, 200, check.text);
  assert.match(check.text, /Somebody changed this claim since you saw the list/);
  assert.match(check.text, /There is no such claim that you can see/);
  assert.deepEqual(await rows('?whose=mine'), []);
  const done = await bulk({ deed: 'give', step: 'do', handler: 'handler', row_1: fresh, row_2: stale });
  assert.equal(done.status, 200, done.text);
  assert.match(done.text, /1 of 2 claims done/);
  assert.deepEqual(await rows('?whose=mine'), [`${own} ${world.own.org}`]);
  assert.deepEqual(await rows('?whose=nobody'), [`${other} ${world.other.org}`]);
  assert.deepEqual(await rows('?handler=handler'), [`${own} ${world.own.org}`]);
  assert.equal((await bulk({ deed: 'give', step: 'do', handler: 'handler', row_1: fresh }, clients.decider)).status, 403);
});

test('a change in a linked case makes the flag old; computing ticked rows makes it new', async () => {
  const before = (await list()).find((one) => one.reference === own);
  assert.equal(before.out_of_date, false);
  await record(clients.legal, world.own.casePath, 'attempt',
    { tried: daysAgo(20), mode: 'TELEPHONE', tried_by: 'A. Nurse', outcome: 'REACHED' });
  assert.deepEqual((await list('?mark=old')).map((one) => one.reference), [own]);
  const done = await bulk({ deed: 'compute', step: 'do', row_1: await row(world.own.claimPath) });
  assert.match(done.text, /1 flag computed/);
  assert.deepEqual(await list('?mark=old'), []);
});

test('a view is saved, and is on this list alone', async () => {
  await write(clients.handler, '/candour/claims/work', { name: 'Big ones', query: 'sum=10&sort=sum' });
  assert.match((await clients.handler.get('/candour/claims/work')).text, /Big ones/);
  assert.doesNotMatch((await clients.handler.get('/candour/work')).text, /Big ones/);
});

test('a job computes all flags again: the same twice changes nothing, and its page says so', async () => {
  const asked = await write(clients.decider, '/candour/claims/recompute', { all: 'YES', decided: 'NO' });
  assert.equal((await clients.legal.get('/candour/claims/recompute')).status, 403);
  assert.match((await site.ctl(['run', 'recompute', '--waiting'])).stdout, /recompute: 2 claims, 0 flags changed, 2 the same/);
  assert.match((await site.ctl(['run', 'recompute', '--waiting'])).stdout, /nothing waits/);
  const page = await clients.decider.getJson(asked);
  assert.equal(page.json.job_state, 'done');
  assert.equal(page.json.seen_count, 2);
  assert.match((await site.ctl(['run', 'claims'])).stdout, /claims: 2 claims, 2 rows/);
  assert.deepEqual(await list('?mark=old'), []);
});

test('several claims are asked about at once: each trust its open rules, once; what nobody can be asked is refused', async () => {
  const fresh = [await row(world.own.claimPath), await row(world.other.claimPath)];
  const check = await bulk({ deed: 'ask', row_1: fresh[0], row_2: fresh[1] });
  assert.equal(check.status, 200, check.text);
  assert.match(check.text, /What do you ask for\?/);
  const due = { 'due-day': '1', 'due-month': '2', 'due-year': String(new Date().getFullYear() + 1) };
  const ask = { deed: 'ask', step: 'do', row_1: fresh[0], row_2: fresh[1], what: 'The letter', why: 'The rule is open', ...due };
  const short = await bulk({ ...ask, why: '' });
  assert.equal(short.status, 422);
  assert.match(short.text, /Enter why you ask/);
  assert.match(short.text, /The letter/);
  const done = await bulk(ask);
  assert.match(done.text, /2 of 2 claims done/);
  assert.match(done.text, /1 trust asked/);
  const again = await bulk({ ...ask, row_1: await row(world.own.claimPath), row_2: fresh[1] });
  assert.match(again.text, /0 of 2 claims done/);
  assert.match(again.text, /not asked about already/);
});
