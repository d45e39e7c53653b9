// What an administrator does: users and organisations are added and changed through their forms, with the
// version seen, once; policies, schemes, holidays and health can be read, also as JSON.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { makePeople } from './lib/data.mjs';
import { startSite } from './lib/site.mjs';

let site, admin;
before(async () => {
  site = await startSite({ demo: false });
  await makePeople(site);
  admin = await site.signedIn('admin');
});
after(() => site.stop());

const user = async (name) => (await admin.getJson('/candour/users')).json.users.find(({ subject }) => subject === name);
const trust = async (code) => (await admin.getJson('/candour/trusts')).json.trusts.find((one) => one.code === code);

test('a user is added, changed, and told apart by role', async () => {
  const added = await admin.submit('/candour/users/new', {
    subject: 'new.person', name: 'N. Person', org_code: 'RNV', roles: ['ward', 'trust-legal'], active: 'yes',
  });
  assert.equal(added.status, 303, added.text);
  assert.deepEqual((await user('new.person')).roles.map(({ code }) => code), ['ward', 'trust-legal']);
  const changed = await admin.submit('/candour/users/new.person', { roles: ['trust-reader'], active: 'no' });
  assert.equal(changed.status, 303, changed.text);
  const now = await user('new.person');
  assert.deepEqual([now.roles.map(({ code }) => code), now.active, now.version], [['trust-reader'], false, 2]);
});

test('a user’s form comes back with every answer when it must be corrected', async () => {
  const answer = await admin.submit('/candour/users/new', {
    subject: 'both.sides', name: 'B. Sides', org_code: 'RNV', roles: ['trust-legal', 'handler'], active: 'yes',
  });
  assert.equal(answer.status, 422);
  assert.deepEqual(answer.page.errors.map(({ field }) => field), ['roles']);
  const { fields } = answer.page.form();
  assert.equal(fields.subject, 'both.sides');
  assert.deepEqual(fields.roles, ['trust-legal', 'handler']);
  assert.equal(await user('both.sides'), undefined);
});

test('nobody changes their own roles', async () => {
  const answer = await admin.submit('/candour/users/admin', { roles: ['admin', 'handler'] });
  assert.equal(answer.status, 422);
  assert.ok(answer.page.errors.some(({ text }) => text.includes('Another administrator')));
});

test('an organisation is added and its own targets changed', async () => {
  const added = await admin.submit('/candour/trusts/new', {
    code: 'RNW', name: 'Newly Opened Trust', jurisdiction: 'ENG', kind: 'HEALTH_SERVICE_BODY', nhs_contract: 'yes',
  });
  assert.equal(added.status, 303, added.text);
  const changed = await admin.submit('/candour/trusts/RNW', { target_talk_wd: '5', target_letter_wd: '8' });
  assert.equal(changed.status, 303, changed.text);
  const now = await trust('RNW');
  assert.deepEqual([now.target_talk_wd, now.target_letter_wd, now.target_note_wd], [5, 8, undefined]);
  assert.equal(now.name, 'Newly Opened Trust', 'what was not changed stays');
});

test('of two people who change one thing the second is told', async () => {
  const other = await site.signedIn('admin');
  for (const path of ['/candour/users/ward', '/candour/trusts/RNV']) {
    const [mine, theirs] = await Promise.all([admin.get(path), other.get(path)]);
    assert.equal((await other.send(theirs, { name: 'Changed First' })).status, 303);
    const answer = await admin.send(mine, { name: 'Changed Second' });
    assert.equal(answer.status, 409, path);
    const text = answer.page.text({ tag: 'main' });
    assert.ok(text.includes('Changed First') && text.includes('Changed Second'), 'both versions are shown');
  }
  assert.equal((await user('ward')).name, 'Changed First');
  assert.equal((await trust('RNV')).name, 'Changed First');
});

test('a second click on one form has one effect', async () => {
  const form = await admin.get('/candour/users/new');
  const answers = { subject: 'once.only', name: 'O. Only', roles: ['auditor'], active: 'yes' };
  const answer = await Promise.all([1, 2].map(() => admin.send(form, answers)));
  assert.deepEqual(answer.map(({ status }) => status), [303, 303]);
  assert.equal((await admin.getJson('/candour/users')).json.users.filter(({ subject }) => subject === 'once.only').length, 1);
});

test('an account that is not there answers as any page that is not there', async () => {
  assert.equal((await admin.get('/candour/users/no.such')).status, 404);
  assert.equal((await admin.get('/candour/trusts/ZZZ9')).status, 404);
  assert.equal((await admin.get('/candour/policies/schemes/L9-1')).status, 404);
});

test('policies are the tables the program reckons with, and each setting has its authority', async () => {
  const { policies, schemes } = (await admin.getJson('/candour/policies')).json;
  const nhs = policies.find(({ code }) => code === 'ENG-20-NHS');
  assert.deepEqual(nhs.rules.map(({ code }) => code).slice(0, 3), ['E01', 'E02', 'E03']);
  assert.equal(nhs.rules[1].citation, 'Regulation 20(2)(a)');
  assert.equal(nhs.from, '2014-11-27');
  // L1 was put in force in place of the scheme of a new installation, which stays to be read.
  assert.deepEqual(schemes.map(({ code, active }) => [code, active]), [['L1', true], ['SHADOW', false]]);
  const { settings } = (await admin.getJson('/candour/policies/schemes/L1-1')).json;
  assert.equal(settings.find(({ name }) => name === 'fixed_p').value, '£10,000.00');
});

test('holidays are shown by division and year', async () => {
  const easter = (await admin.getJson('/candour/policies/holidays?division=england-and-wales&year=2026')).json;
  assert.ok(easter.holidays.some(({ on, title }) => on === '2026-04-06' && title === 'Easter Monday'));
  const scots = (await admin.getJson('/candour/policies/holidays?division=scotland&year=2026')).json;
  assert.ok(!scots.holidays.some(({ on }) => on === '2026-04-06'), 'no Easter Monday in Scotland');
  assert.equal((await admin.get('/candour/policies/holidays?division=atlantis')).status, 400);
});

test('health says what it looked at, and holds no case content', async () => {
  const { checks, heading, to_fix: toFix } = (await admin.getJson('/candour/health')).json;
  assert.ok(checks.length > 5);
  assert.ok(checks.every(({ name, state }) => name && ['good', 'look', 'fix'].includes(state)));
  assert.equal(toFix, 0);
  assert.match(heading, /^Working/);
});
