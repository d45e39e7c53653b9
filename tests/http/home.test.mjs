// The first page: what waits in claims for each side, with the round carried on from one list to the next; nothing for
// who has no part in it; each link leads to the page where it is done; all of it is the work list with that filter.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launch, open, validHtml } from './lib/browser.mjs';
import { addScheme, daysAgo, daysAhead, makeWorld, record, reference, scheme, sendForDecision, versionOf, write } from './lib/data.mjs';
import { startSite } from './lib/site.mjs';

let site, browser, world, clients, own, other;
const windows = {};

before(async () => {
  site = await startSite({ demo: false });
  world = await makeWorld(site);
  ({ clients } = world);
  own = world.own.claimPath;
  other = world.other.claimPath;
  await addScheme(site, { ...scheme, code: 'L2', formula: 'L2', may_exceed_basis: true, confirm_above_p: 400000, title: 'Two people' });
  for (const claim of [own, other]) await write(clients.handler, `${claim}/flags`, {}, await versionOf(clients.handler, claim));
  browser = await launch();
  for (const name of ['handler', 'legal', 'otherlegal', 'decider', 'reviewer']) {
    windows[name] = await open(browser, site);
    await windows[name].signIn(name);
  }
});
after(async () => {
  await browser?.close();
  await site?.stop();
});

async function home(name) {
  const answer = await clients[name].getJson('/candour/');
  assert.equal(answer.status, 200, answer.text);
  return Object.fromEntries((answer.json.waiting ?? []).map((list) => [list.turn, list]));
}
const stages = (list) => list.claims.map((row) => `${row.reference} ${row.org_code} ${row.stage}`);
const step = async (name, path, what, value) => write(clients[name], `${path}/${what}`, value, await versionOf(clients.handler, path.split('/trusts')[0]));

/** The list as the page shows it: its first link opens, and "All" leads to the same rows. */
async function leads(name, heading, turn) {
  const { page, text } = await clients[name].get('/candour/');
  await validHtml(text, `home of ${name}`);
  const found = page.all({ tag: 'h2', text: heading });
  assert.equal(found.length, 1, `${name}: ${heading}\n${page.text()}`);
  const section = page.one({ tag: 'section', text: heading });
  const links = page.all({ tag: 'a' }, section).map((one) => page.attribute(one, 'href'));
  const [all, first] = links;
  assert.match(all, /\/claims\/work\?.*turn=/);
  assert.match((await clients[name].get(all)).page.heading, /^Claims: 1 row(, 1 overdue)?$/);
  assert.equal((await clients[name].get(first)).status, 200, first);
  const window = windows[name];
  for (const width of [1280, 320]) {
    await window.page.setViewportSize({ width, height: 900 });
    await window.page.goto('/candour/');
    await window.look(`home ${name} ${heading} ${width}`);
  }
  return (await home(name))[turn].claims[0].next_step;
}

test('who has no part in it has no list; an empty one says what will be there', async () => {
  for (const name of ['ward', 'reader', 'regulator', 'auditor', 'admin', 'approver']) assert.deepEqual(await home(name), {}, name);
  for (const [name, turns] of [['legal', ['TRUST']], ['handler', ['HANDLER']], ['decider', ['DECIDER', 'SECOND']], ['reviewer', ['REVIEWER']]]) {
    assert.deepEqual(Object.keys(await home(name)), turns, name);
  }
  const page = await clients.legal.get('/candour/');
  assert.match(page.text, /The scheme asks nothing of your trust now/);
  assert.match((await clients.handler.get('/candour/')).text, /None of your claims waits for you/);
});

test('a handler has the claims that were given to them', async () => {
  await record(clients.handler, own, 'allocation', { handler: 'handler' });
  const { HANDLER: list } = await home('handler');
  assert.deepEqual(stages(list), [`${reference(own)} RNV READY_TO_TELL`]);
  assert.match(await leads('handler', 'One of your claims waits for you', 'HANDLER'), /Tell the trust what is indicated/);
});

test('a question to a trust is on its list by its day, late when the day has passed, and on nobody else’s', async () => {
  await step('handler', `${own}/trusts/RNV`, 'log/request', { rules: ['E02'], what: 'The letter', why: 'The rule is open', due: daysAhead(10) });
  const { TRUST: list } = await home('legal');
  assert.deepEqual(stages(list), [`${reference(own)} RNV EVIDENCE_ASKED`]);
  assert.equal(list.late_count, 0);
  assert.equal(list.claims[0].due_on, daysAhead(10));
  assert.equal((await home('otherlegal')).TRUST.count, 0);
  assert.equal((await home('handler')).HANDLER.count, 0, 'the handler waits');
  assert.match(await leads('legal', 'The scheme asks one thing of your trust', 'TRUST'), /Answer the scheme’s question/);
  // Days go by: nothing else makes a request late.
  await site.sql(`UPDATE claim_work SET due_on = due_on - 12 WHERE stage = 3`);
  const late = (await home('legal')).TRUST;
  assert.equal(late.late_count, 1);
  assert.equal(late.claims[0].is_late, true);
  assert.match(await leads('legal', 'The scheme asks one thing of your trust, and it is late', 'TRUST'), /Answer/);
  assert.match((await clients.legal.get('/candour/')).page.heading, /; 1 late for the scheme$/);
  assert.deepEqual(stages((await home('handler')).HANDLER), [`${reference(own)} RNV EVIDENCE_ASKED`], 'the handler need wait no longer');
});

test('indication, decision, second person, review and money: each on the list of whose turn it is', async () => {
  const round = `${other}/trusts/RHD`;
  await step('handler', round, 'log/indication', { message: 'This is indicated.', answer_by: daysAhead(14) });
  assert.match(await leads('otherlegal', 'The scheme asks one thing of your trust', 'TRUST'), /Say what you think/);
  await step('handler', round, 'log/for-decision', { early: 'EARLY' });
  assert.equal((await home('otherlegal')).TRUST.count, 0);
  assert.deepEqual(stages((await home('decider')).DECIDER), [`${reference(other)} RHD FOR_DECISION`]);
  assert.match(await leads('decider', 'One claim waits for a decision', 'DECIDER'), /Decide/);
  const { flag } = (await clients.decider.getJson(`${other}/flags/RHD`)).json;
  await write(clients.decider, `${other}/flags/RHD/${flag.seq}/decision`, {
    step: 'confirm', outcome: 'PART', amount_p: 500000, reasons: 'Never told.', evidence_seen: 'The judgment.',
  }, await versionOf(clients.decider, other));
  assert.deepEqual(stages((await home('decider')).SECOND), [`${reference(other)} RHD PROPOSED`]);
  assert.match(await leads('decider', 'One decision waits for a second person', 'SECOND'), /Confirm the decision/);
  assert.equal((await clients.otherlegal.get(`${round}/decisions`)).status, 404, 'the trust was not told');
});

test('a decision that was told is open for a review; a review that is asked for waits for a reviewer; money is due', async () => {
  const round = `${own}/trusts/RNV`;
  await write(clients.handler, `${own}/flags`, {}, await versionOf(clients.handler, own));
  await sendForDecision(clients.handler, own, 'RNV');
  const { flag } = (await clients.decider.getJson(`${own}/flags/RNV`)).json;
  await write(clients.decider, `${own}/flags/RNV/${flag.seq}/decision`, {
    step: 'confirm', outcome: 'PART', amount_p: 300000, reasons: 'Never told.', evidence_seen: 'The judgment.',
  }, await versionOf(clients.decider, own));
  assert.equal((await home('legal')).TRUST.count, 0, 'not told yet');
  await step('handler', round, 'decisions/1/told', { on: daysAgo(0), mode: 'LETTER' });
  assert.match(await leads('legal', 'The scheme asks one thing of your trust', 'TRUST'), /ask for a review if something is wrong/);
  const newest = await clients.legal.getJson(`${round}/decisions`);
  assert.equal(newest.status, 200, newest.text);
  assert.equal(newest.json.decision.seq, 1);
  await step('handler', round, 'decisions/1/recover', { method: 'INVOICE', amount_p: 300000, first: daysAhead(40), invoice: 'INV-1' });
  const { TRUST: list } = await home('legal');
  assert.deepEqual(stages(list), [`${reference(own)} RNV RECOVERING`]);
  assert.equal(list.claims[0].due_on, daysAhead(40));
  assert.match((await clients.legal.get('/candour/')).text, /£3,000.00 of £3,000.00 still to come/);
  assert.match(await leads('legal', 'The scheme asks one thing of your trust', 'TRUST'), /Pay what the scheme asked for/);
  await step('legal', round, 'decisions/1/review-asked', { grounds: ['FACTS'], text: 'The notes explain the wait.' });
  assert.equal((await home('legal')).TRUST.count, 0);
  assert.deepEqual(stages((await home('reviewer')).REVIEWER), [`${reference(own)} RNV REVIEW_ASKED`]);
  assert.match(await leads('reviewer', 'One review is asked for', 'REVIEWER'), /Review the decision/);
});
