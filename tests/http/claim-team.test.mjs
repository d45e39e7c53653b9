// Teams of claims handlers: made by putting somebody in, seen by the scheme's staff alone, offered by the work list; forms
// with mistakes come back with their answers; nothing without the token.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launch, open, validHtml } from './lib/browser.mjs';
import { makeWorld, record } from './lib/data.mjs';
import { startSite } from './lib/site.mjs';
import { wideAndNarrow } from './lib/steps.mjs';

let site, browser, window, world, clients;
const path = '/candour/claims/team';
const team = 'Maternity claims';

before(async () => {
  site = await startSite({ demo: false });
  world = await makeWorld(site);
  ({ clients } = world);
  browser = await launch();
  window = await open(browser, site);
  await window.signIn('handler');
});
after(async () => {
  await browser?.close();
  await site?.stop();
});

async function members(name = 'handler') {
  const answer = await clients[name].getJson(path);
  assert.equal(answer.status, 200, answer.text);
  return (answer.json.members ?? []).map((one) => `${one.team}: ${one.subject}`);
}
const seen = (address, title) => wideAndNarrow(window, clients.handler, address, `claim team ${title}`);
const offered = async () => {
  const { page } = await clients.handler.get('/candour/claims/work');
  return page.all({ tag: 'option' }, page.one({ tag: 'select', id: 'team' })).map((one) => page.attribute(one, 'value')).filter(Boolean);
};

test('there is no team at first, and only handlers may make one', async () => {
  assert.deepEqual(await members(), []);
  assert.match((await clients.handler.get(path)).page.heading, /no team yet/);
  assert.deepEqual(await offered(), []);
  for (const name of ['legal', 'otherlegal', 'ward', 'admin', 'reader']) assert.equal((await clients[name].get(path)).status, 403, name);
  for (const name of ['decider', 'reviewer', 'legal']) assert.equal((await clients[name].get(`${path}/add`)).status, 403, name);
  assert.ok(!(await clients.decider.get(path)).text.includes('Add a claims handler'));
  await seen(path, 'none');
});

test('mistakes come back with the answers: no name, nobody, somebody of a trust', async () => {
  const none = await clients.handler.submit(`${path}/add`, { team: '', person: 'handler' });
  assert.equal(none.status, 422);
  assert.deepEqual(none.page.errors, [{ field: 'team', text: 'Enter the name of the team' }]);
  assert.equal(none.page.form(`${path}/add`).fields.person, 'handler', 'the choice is kept');
  await validHtml(none.text, 'team without a name');
  for (const person of ['', 'legal', 'decider', 'no.such.person']) {
    const wrong = await clients.handler.submit(`${path}/add`, { team, person });
    assert.equal(wrong.status, 422, person);
    assert.equal(wrong.page.form(`${path}/add`).fields.team, team, 'the name is kept');
    assert.deepEqual(wrong.page.errors.map(({ field }) => field), ['person'], person);
  }
  const long = await clients.handler.submit(`${path}/add`, { team: 'x'.repeat(61), person: 'handler' });
  assert.equal(long.status, 422);
  const form = (await clients.handler.get(`${path}/add`)).page.form(`${path}/add`).fields;
  assert.equal((await clients.handler.post(`${path}/add`, { ...form, token: 'x', team, person: 'handler' })).status, 403, 'without the token');
  assert.deepEqual(await members(), []);
  await seen(`${path}/add`, 'add');
});

test('somebody is put in a team; the work list offers it, and claims given to it are theirs', async () => {
  assert.equal((await clients.handler.submit(`${path}/add`, { team: `  ${team} `, person: 'handler' })).status, 303);
  assert.deepEqual(await members(), [`${team}: handler`]);
  assert.deepEqual(await members('auditor'), [`${team}: handler`]);
  assert.deepEqual(await offered(), [team]);
  await record(clients.handler, world.own.claimPath, 'allocation', { team });
  const list = async (query) => (await clients.handler.getJson(`/candour/claims/work?${query}`)).json.claims ?? [];
  assert.equal((await list(`team=${encodeURIComponent(team)}`)).length, 1);
  assert.equal((await list('whose=team')).length, 1);
  const page = await clients.handler.get(path);
  const link = page.page.links().find((href) => href.includes('team=Maternity'));
  assert.match((await clients.handler.get(link)).page.heading, /1 row/);
  await seen(path, 'one');
});

test('somebody is taken off, once, also when they are no handler any more; each change is entered', async () => {
  const { page } = await clients.handler.get(path);
  const button = page.all({ tag: 'form' }).find((form) => page.all({ tag: 'input', name: 'person' }, form).length);
  const fields = Object.fromEntries(page.all({ tag: 'input', type: 'hidden' }, button).map((one) => [page.attribute(one, 'name'), page.attribute(one, 'value')]));
  assert.equal(fields.team, team);
  const other = await clients.handler.post(path, { ...fields, person: 'decider' });
  assert.equal(other.status, 422);
  assert.match(other.text, /Person must be somebody who is in this team/);
  await site.sql("UPDATE claim_team SET user_id = (SELECT user_id FROM app_user WHERE subject = 'decider')");
  assert.deepEqual(await members(), [`${team}: decider`]);
  assert.equal((await clients.handler.submit(path, { team, person: 'decider' }, { form: path })).status, 303);
  assert.deepEqual(await members(), []);
  assert.deepEqual(await offered(), []);
  assert.equal((await clients.handler.submit(`${path}/add`, { team, person: 'handler' })).status, 303);
  const verified = await site.ctl(['verify']);
  assert.equal(verified.status, 0, verified.stdout + verified.stderr);
});
