// A version of a scheme from draft to force: it is tried on all claims first, by a job that a page asks for; the second
// person sees what it would do, and cannot put it in force before.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { dateParts, daysAgo, makeWorld, scheme, schemeFile } from './lib/data.mjs';
import { startSite } from './lib/site.mjs';

let site;
let world;
let clients;
const at = '/candour/policies/schemes/L4-1';

before(async () => {
  site = await startSite({ demo: false });
  world = await makeWorld(site);
  clients = world.clients;
});
after(() => site.stop());

/** Fills the form whose action ends so, as a browser does. */
async function send(client, path, action, fields = {}) {
  const { page } = await client.get(path);
  const form = page.all({ tag: 'form' }).find((one) => page.attribute(one, 'action')?.endsWith(action));
  assert.ok(form, `${path} has no form to ${action}`);
  const hidden = Object.fromEntries(page.all({ tag: 'input', type: 'hidden' }, form)
    .map((input) => [page.attribute(input, 'name'), page.attribute(input, 'value')]));
  return client.post(page.attribute(form, 'action'), { ...hidden, ...fields });
}

const verdict = () => ({
  verdict: 'ACTIVATE', ...dateParts('from', daysAgo(0)), seen: ['SETTINGS', 'TESTS', 'EFFECT'], note: '',
});

test('a draft is not put in force before it was tried', async () => {
  const { fixed_p: without, ...settings } = scheme;
  assert.ok(without);
  const file = schemeFile({ ...settings, code: 'L4', formula: 'L4', title: 'A tenth', bp: 1000, cap_p: 200000 });
  const drafted = await send(clients.decider, '/candour/policies/draft', '/policies/draft', { file });
  assert.equal(drafted.status, 303, drafted.text);
  const page = await clients.reviewer.get(`${at}/check`);
  assert.match(page.text, /was not tried on the claims yet/);
  const refused = await send(clients.reviewer, `${at}/check`, '/check', verdict());
  assert.equal(refused.status, 422);
  assert.match(refused.text, /has not been tried on the claims yet/);
});

test('a run is asked for on a page, done by the job, and its page says what would change and why', async () => {
  const asked = await send(clients.decider, `${at}/impact`, '/impact');
  assert.equal(asked.status, 303, asked.text);
  const waiting = await clients.decider.get(`${at}/impact`);
  assert.equal(waiting.headers.refresh, '3');
  assert.match(waiting.text, /Waiting to begin/);
  assert.equal((await clients.legal.get(`${at}/impact`)).status, 403);
  const run = await site.ctl(['run', 'impact', '--waiting']);
  assert.match(run.stdout, /L4 version 1 beside L1 version 1: 0 open and 2 closed claims would change/, run.stderr);
  assert.match((await site.ctl(['run', 'impact', '--waiting'])).stdout, /nothing waits/);
  const { json } = await clients.decider.getJson(`${at}/impact`);
  assert.equal(json.job_state, 'done');
  assert.equal(json.closed_changed, 2);
  assert.equal(json.rows.length, 2);
  assert.deepEqual(json.rows.map((row) => [row.old_sum, row.new_sum]), [[1000000, 200000], [1000000, 200000]]);
  assert.match(json.rows[0].why, /^Formula: /);
  const csv = await clients.reviewer.get(`${at}/impact?format=csv`);
  assert.match(csv.text, /^"reference","org_code","is_open"/);
  assert.equal(csv.text.trim().split('\n').length, 3);
  assert.equal((await clients.reviewer.getJson(`${at}/impact?open=yes`)).json.rows.length, 0);
  assert.equal((await clients.reviewer.get(`${at}/impact?open=maybe`)).status, 400);
  const shown = await clients.reviewer.get(`${at}/impact`);
  assert.match(shown.text, /0 open and 2 closed claims would change/);
  assert.equal(shown.headers.refresh, undefined);
});

test('then another person puts it in force; the drafter cannot', async () => {
  const own = await clients.decider.get(`${at}/check`);
  assert.match(own.text, /You drafted this version/);
  assert.ok(!own.page.has({ tag: 'form', action: `${at}/check` }));
  const check = await clients.reviewer.get(`${at}/check`);
  assert.match(check.text, /They are not touched/);
  const done = await send(clients.reviewer, `${at}/check`, '/check', verdict());
  assert.equal(done.status, 303, done.text);
  const { json } = await clients.reviewer.getJson(at);
  assert.equal(json.liability_scheme.active, true);
});
