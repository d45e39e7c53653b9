// After a decision: the trust is told, asks for a review, another person answers; the sum is asked for in instalments,
// comes, is taken back, goes back. Who may do each step, what each trust sees of it, and each page in a browser.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { launch, open, validHtml } from './lib/browser.mjs';
import { addScheme, dateParts, daysAgo, daysAhead, decide, makeWorld, openCase, openClaim, record, reference, scheme, versionOf, write } from './lib/data.mjs';
import { startSite } from './lib/site.mjs';
import { wideAndNarrow } from './lib/steps.mjs';

let site, browser, world, clients, first, second, other;
const windows = {};
const today = daysAgo(0);
const later = daysAhead(40);

/** A decision of PART; gives where it is. */
async function decided(claim, org, amount) {
  await decide(clients, claim, org, { amount_p: amount });
  return { claim, org, page: `${claim}/trusts/${org}/decisions/1` };
}

/** A step of a decision, by its address. */
const step = async (name, decision, what, value) =>
  write(clients[name], `${decision.page}/${what}`, value, await versionOf(clients.handler, decision.claim));
const json = async (name, path) => {
  const answer = await clients[name].getJson(path);
  assert.equal(answer.status, 200, answer.text);
  return answer.json;
};

const seen = (name, path, title) => wideAndNarrow(windows[name], clients[name], path, `recovery ${title}`);

/** A form sent with mistakes comes back with each answer, and says what is wrong. */
async function comesBack(name, path, fields, message, title) {
  const client = clients[name];
  const answer = await client.submit(path, fields, { form: path });
  assert.equal(answer.status, 422, `${title}: ${answer.status}`);
  assert.match(answer.text, message, title);
  const kept = answer.page.form(path).fields;
  for (const [field, value] of Object.entries(fields)) assert.deepEqual(kept[field], value, `${title}: ${field} is kept`);
  await validHtml(answer.text, title);
}

before(async () => {
  site = await startSite({ demo: false });
  world = await makeWorld(site);
  clients = world.clients;
  await addScheme(site, { ...scheme, code: 'L3B', formula: 'L3B', window: 'ALL', step_p: 100000, may_exceed_basis: false, title: 'Rises with each breach' });
  first = await decided(world.own.claimPath, 'RNV', 500000);
  second = await decided(await openClaim(clients.handler, 'RNV', await openCase(clients.legal, { title: 'Late scan' })), 'RNV', 400000);
  other = await decided(world.other.claimPath, 'RHD', 300001);
  browser = await launch();
  for (const name of ['handler', 'legal', 'reviewer']) {
    windows[name] = await open(browser, site);
    await windows[name].signIn(name);
  }
});
after(async () => {
  await browser?.close();
  await site?.stop();
});

test('before the trust is told it sees no decision, and nothing is asked of it', async () => {
  assert.equal((await clients.legal.get(first.page)).status, 404);
  assert.equal((await clients.legal.get(`${first.page}/review-asked`)).status, 404);
  assert.equal((await clients.handler.get(`${first.page}/recover`)).status, 409);
  assert.equal((await clients.reviewer.get(`${first.page}/review`)).status, 409);
  for (const name of ['decider', 'reviewer', 'regulator', 'auditor', 'legal']) {
    assert.equal((await clients[name].get(`${first.page}/told`)).status, 403, name);
  }
  await seen('handler', first.page, 'decision not told');
});

test('the trust is told', async () => {
  const path = `${first.page}/told`;
  await comesBack('handler', path, { ...dateParts('on', '2015-02-31'), mode: 'LETTER' }, /There is a problem/, 'told with a wrong date');
  await seen('handler', path, 'tell the trust');
  for (const decision of [first, second, other]) await step('handler', decision, 'told', { on: today, mode: 'LETTER' });
  assert.equal((await clients.handler.get(path)).status, 409, 'once');
  for (const [name, decision, status] of [['legal', first, 200], ['reader', first, 200], ['otherlegal', first, 404], ['legal', other, 404],
    ['otherlegal', other, 200], ['ward', first, 403], ['admin', first, 403], ['regulator', first, 200], ['auditor', first, 200]]) {
    assert.equal((await clients[name].get(decision.page)).status, status, `${name} ${decision.org}`);
  }
  await seen('legal', first.page, 'decision for the trust');
});

test('the trust asks for a review, and until it is answered nothing is asked of it', async () => {
  const path = `${first.page}/review-asked`;
  await comesBack('legal', path, { text: 'The notes of 5 November explain the wait.' }, /There is a problem/, 'review without grounds');
  await seen('legal', path, 'ask for a review');
  assert.equal((await clients.reader.get(path)).status, 403);
  assert.equal((await clients.handler.get(path)).status, 403);
  assert.equal((await clients.legal.get(`${other.page}/review-asked`)).status, 404);
  // The scheme writes elsewhere in the claim while the trust writes: that does not stop the trust.
  const open = await clients.legal.get(path);
  await record(clients.handler, first.claim, 'allegation', { org: 'RNV', source: 'STAFF', received: daysAgo(3), about: 'A rumour.', outcome: 'OPEN' });
  const sent = await clients.legal.send(open, { grounds: ['FACTS'], text: 'The notes of 5 November explain the wait.' }, { form: path, path });
  assert.equal(sent.status, 303, sent.text);
  assert.equal((await clients.legal.get(path)).status, 409, 'asked for once');
  assert.equal((await clients.handler.get(`${first.page}/recover`)).status, 409);
  await seen('handler', first.page, 'decision held by a review');
});

test('another person reviews it; a decision that falls away lists those that had counted it', async () => {
  const path = `${first.page}/review`;
  assert.equal((await clients.decider.get(path)).status, 403);
  assert.equal((await clients.legal.get(path)).status, 403);
  await comesBack('reviewer', path, { outcome: 'VARIED', reasons: 'The notes were overlooked.' }, /Enter the new sum/, 'changed without a sum');
  await comesBack('reviewer', path, { outcome: 'VARIED', amount_p: '90000000', reasons: 'The notes were overlooked.' }, /must be between/, 'changed to too much');
  await seen('reviewer', path, 'review');
  await step('reviewer', first, 'review', { outcome: 'QUASHED', reasons: 'The notes were overlooked.' });
  const shown = await json('handler', first.page);
  assert.equal(shown.counted_by.length, 1);
  assert.equal(shown.counted_by[0].reference, reference(second.claim));
  assert.equal(shown.counted_by[0].most_then, 1100000);
  assert.equal(shown.counted_by[0].most_now, 1000000);
  assert.equal(shown.counted_by[0].is_looked, false);
  const own = await clients.legal.getJson(first.page);
  assert.ok(!own.json.counted_by, 'the trust reads of its own decision alone');
  await seen('handler', first.page, 'quashed, with what counted it');
  await seen('legal', first.page, 'quashed, for the trust');
  await seen('handler', second.page, 'a decision to look at');
  await seen('handler', `${second.page}/look`, 'look');
  await step('handler', second, 'look', { finding: 'NO_CHANGE' });
  assert.equal((await json('handler', first.page)).counted_by[0].is_looked, true);
});

test('the sum is asked for in instalments, comes, and is taken back', async () => {
  const path = `${other.page}/recover`;
  for (const name of ['decider', 'reviewer', 'otherlegal']) assert.equal((await clients[name].get(path)).status, 403, name);
  await comesBack('handler', path, { method: 'INVOICE', amount_p: '3000.02', count: '3', ...dateParts('first', later), invoice: 'INV-7' },
    /Only £3,000.01 of the decided sum is not asked for yet/, 'too much asked');
  await seen('handler', path, 'ask for the sum');
  await step('handler', other, 'recover', { method: 'INVOICE', amount_p: 300001, count: 2, pace: 'MONTH', first: later, invoice: 'INV-7' });
  let asked = (await json('handler', other.page)).recoveries;
  assert.deepEqual(asked.map((one) => one.amount), [150001, 150000]);
  const receipt = `${other.page}/recoveries/${asked[0].seq}/receipt`;
  await comesBack('handler', receipt, { amount_p: '1500.02', ...dateParts('on', today), note: 'BACS' }, /Only £1,500.01 of this instalment is left/, 'too much came');
  await seen('handler', receipt, 'receipt');
  await step('handler', other, `recoveries/${asked[0].seq}/receipt`, { amount_p: 150001, on: today });
  const [entry] = (await json('handler', other.page)).receipts;
  const plain = await clients.handler.get(`${other.claim}/log/${asked[0].seq}/taken-back`);
  assert.ok([404, 409].includes(plain.status), `the plain way takes back no recovery: ${plain.status}`);
  const back = `${other.page}/entries/${asked[0].seq}/taken-back`;
  await comesBack('handler', back, { reason: 'Entered in the wrong claim' }, /£1,500.01 came for this instalment/, 'an instalment that money came for');
  await seen('handler', `${other.page}/entries/${entry.seq}/taken-back`, 'take back');
  await step('handler', other, `entries/${entry.seq}/taken-back`, { reason: 'Entered in the wrong claim' });
  await step('handler', other, `recoveries/${asked[0].seq}/receipt`, { amount_p: 150001, on: today });
  await step('handler', other, `recoveries/${asked[1].seq}/receipt`, { amount_p: 150000, on: today });
  await seen('handler', other.page, 'paid');
  asked = (await json('otherlegal', other.page)).recoveries;
  assert.deepEqual(asked.map((one) => one.still_left), [0, 0]);
});

test('a review that lowers the sum says what is to be paid back', async () => {
  await step('otherlegal', other, 'review-asked', { grounds: ['AMOUNT'], text: 'The sum is more than twice what others pay.' });
  await step('reviewer', other, 'review', { outcome: 'VARIED', amount_p: 100000, reasons: 'The share was small.' });
  assert.equal((await json('handler', other.page)).recovery_sums.to_repay, 200001);
  const path = `${other.page}/repay`;
  await comesBack('handler', path, { amount_p: '2000.02', ...dateParts('on', today) }, /Only £2,000.01 is to be paid back/, 'too much back');
  await seen('handler', path, 'pay back');
  await step('handler', other, 'repay', { amount_p: 200001, on: today });
  await seen('handler', other.page, 'paid back');
  assert.equal((await json('handler', other.page)).recovery_sums.to_repay, 0);
});

test('allegations, fines and what another body is given', async () => {
  const net = (await json('handler', other.claim)).net_cost;
  await record(clients.handler, other.claim, 'allegation', { org: 'RHD', source: 'STAFF', received: daysAgo(3), about: 'The notes were changed.', outcome: 'OPEN' });
  await record(clients.handler, other.claim, 'regulatory', { org: 'RHD', body: 'CQC', type: 'FIXED_PENALTY', on: daysAgo(2), amount_p: 125000, breach_count: 1 });
  assert.deepEqual((await json('handler', other.claim)).net_cost, net, 'a fine enters no sum');
  assert.equal(net.net, 2500000 - 100000);
  await seen('handler', '/candour/allegations', 'allegations');
  await seen('handler', `${other.claim}/log/allegation`, 'an allegation');
  await seen('handler', `${other.claim}/log/regulatory`, 'regulatory action');
  const share = `${other.claim}/trusts/RHD/share/decision`;
  await seen('handler', share, 'give to another body');
  const given = await clients.handler.submit(share, { to: 'CQC', ...dateParts('on', today), about: 'The decision', legal_basis: 'Regulation 20' }, { form: share });
  assert.equal(given.status, 303, given.text);
  assert.equal((await clients.legal.get(share)).status, 403);
});

test('lists over all claims: a trust has its own rows alone', async () => {
  for (const path of ['/candour/recoveries?list=settled', '/candour/recoveries/totals', '/candour/breaches/RHD', '/candour/breaches/RNV']) {
    await seen('handler', path, `list ${path.replace('/candour/', '')}`);
  }
  await seen('legal', '/candour/breaches/RNV', 'own breaches');
  await seen('handler', other.claim, 'the claim');
  for (const [name, settled, ended] of [['handler', 1, 1], ['legal', 0, 0], ['otherlegal', 1, 1]]) {
    assert.equal((await json(name, '/candour/recoveries?list=settled')).recoveries.length, settled, name);
    assert.equal((await json(name, '/candour/recoveries?list=ended')).recoveries.length, ended, `${name}: nothing of it is asked for now`);
  }
  assert.equal((await clients.legal.get('/candour/recoveries?trust=RHD')).status, 404);
  assert.equal((await clients.legal.get('/candour/breaches/RHD')).status, 404);
  assert.equal((await clients.legal.get('/candour/allegations')).status, 403);
  const csv = (await clients.handler.get('/candour/recoveries?list=settled&format=csv')).text.trim().split('\r\n');
  assert.match(csv[0], /^"reference","org_code","org_name"/);
  assert.equal(csv.length, 2);
  assert.equal((await clients.otherlegal.get('/candour/recoveries/totals?format=csv')).text.trim().split('\r\n').length, 2);
});

test('a write against an old page is a clear 409, and the claimant is paid what was owed all along', async () => {
  const answer = await clients.handler.postJson(`${second.page}/recover`, { method: 'INVOICE', amount_p: 1, first: later },
    { headers: { 'if-match': '"1"', 'idempotency-key': randomUUID() } });
  assert.equal(answer.status, 409, answer.text);
  for (const decision of [first, second, other]) {
    assert.equal((await json('handler', decision.claim)).claimant_payable.total, 2500000);
  }
});
