// A version of a liability scheme is drafted by one person and put in force or sent back by another: over http, as
// pages with scripts off and as JSON.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';

import { makePeople, scheme, schemeFile } from './lib/data.mjs';
import { startSite } from './lib/site.mjs';

let site, clients;
before(async () => {
  site = await startSite({ demo: false });
  await makePeople(site);
  clients = Object.fromEntries(await Promise.all(['decider', 'reviewer', 'admin', 'handler'].map(async (name) =>
    [name, await site.signedIn(name)])));
});
after(() => site?.stop());

const draft = { ...scheme, code: 'H1', title: 'Drafted on the page' };
test('drafted, checked by another person, sent back, mended and put in force', async () => {
  const path = '/candour/policies/schemes/H1-1';
  const bad = await clients.decider.submit('/candour/policies/draft', { file: '{"code":"H1"}' });
  assert.equal(bad.status, 422);
  assert.equal(bad.page.form().fields.file, '{"code":"H1"}');
  assert.match(bad.text, /\d+ faults/);
  assert.equal(bad.page.all({ tag: 'tr', text: 'formula' }).filter((row) => bad.page.all({ tag: 'td', text: 'must be given' }, row).length).length, 1);
  const kept = await clients.decider.submit('/candour/policies/draft', { file: schemeFile(draft) });
  assert.equal(kept.status, 303, kept.text);
  assert.equal((await clients.decider.getJson(path)).json.liability_scheme.active, false);
  const verdict = { verdict: 'ACTIVATE', 'from-day': '1', 'from-month': '1', 'from-year': '2031', seen: ['SETTINGS', 'TESTS', 'EFFECT'] };
  // The drafter's page of the check has no form, and what is sent all the same is refused.
  assert.match((await clients.decider.get(`${path}/check`)).text, /You drafted this version/);
  const own = { ...verdict, from: '2031-01-01', 'from-day': undefined, 'from-month': undefined, 'from-year': undefined };
  assert.equal((await clients.decider.postJson(`${path}/check`, own, { headers: { 'idempotency-key': randomUUID(), 'if-match': '"1"' } })).status, 403);
  assert.equal((await clients.reviewer.submit(`${path}/check`, { verdict: 'SEND_BACK' })).status, 422);
  assert.equal((await clients.reviewer.submit(`${path}/check`, { verdict: 'SEND_BACK', note: 'No paper behind it.' })).status, 303);
  assert.equal((await clients.decider.submit('/candour/policies/draft', { file: schemeFile(draft) })).status, 303);
  assert.equal((await clients.reviewer.submit(`${path}/check`, { ...verdict, seen: ['SETTINGS'] })).status, 422);
  const done = await clients.reviewer.submit(`${path}/check`, verdict);
  assert.equal(done.status, 303, done.text);
  assert.match((await clients.reviewer.get(path)).text, /Activated, in force later/);
});
