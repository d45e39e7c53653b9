// The round with real accounts: who may not, and what happens when two people act at once. No update is lost, there
// are never two decisions, and whoever comes second reads a clear 409.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { addSecondPerson, daysAgo, daysAhead, makePeople, openCase, openClaim, record, reference, sendForDecision, signAllIn, versionOf, write } from './lib/data.mjs';
import { startSite } from './lib/site.mjs';

let site, clients, ownCase, claim;
const part = { step: 'confirm', outcome: 'PART', amount_p: 400000, reasons: 'Part of it is explained.', evidence_seen: 'The finding.' };

before(async () => {
  site = await startSite({ demo: false });
  await makePeople(site);
  await addSecondPerson(site);
  clients = await signAllIn(site);
  ownCase = await openCase(clients.legal);
  claim = await openClaim(clients.handler, 'RNV', ownCase);
});
after(() => site.stop());

const at = (rest) => `${claim}/trusts/RNV/${rest}`;
async function send(name, path, value, version) {
  return clients[name].postJson(path, value, { headers: { 'idempotency-key': randomUUID(),
    'if-match': `"${version ?? await versionOf(clients.handler, claim)}"` } });
}
async function flagSeq() {
  return (await clients.handler.getJson(claim)).json.trusts[0].flag.seq;
}
async function ready() {
  await write(clients.handler, `${claim}/flags`, {}, await versionOf(clients.handler, claim));
  await sendForDecision(clients.handler, claim, 'RNV');
  return flagSeq();
}
const decisions = async () => Number((await site.sql('SELECT COUNT(*) FROM liability_decision'))[0][0]);

test('nobody decides before the trust was told and the flag was sent', async () => {
  await write(clients.handler, `${claim}/flags`, {}, await versionOf(clients.handler, claim));
  const early = await send('decider', `${claim}/flags/RNV/${await flagSeq()}/decision`, part);
  assert.equal(early.status, 409);
  assert.match(early.json.detail, /sent this version of the flag for decision/);
  const untold = await send('handler', at('log/for-decision'), {});
  assert.equal(untold.status, 409);
  assert.match(untold.json.detail, /tell the trust first/);
});

test('evidence is asked for, answered by the trust alone, and corrected', async () => {
  const later = daysAhead(20);
  const ask = { rules: ['E02'], what: 'What shows when she was told?', why: 'Nothing is on record.', due: later };
  assert.equal((await send('legal', at('log/request'), ask)).status, 403);
  assert.equal((await send('handler', at('log/request'), { ...ask, due: daysAgo(1) })).status, 422);
  assert.equal((await send('handler', at('log/request'), ask)).status, 303);
  assert.equal((await send('handler', at('log/answer'), { answer: 'NONE_EXISTS', text: 'No.' })).status, 403);
  assert.equal((await send('otherlegal', at('log/answer'), { answer: 'NONE_EXISTS', text: 'No.' })).status, 404);
  assert.equal((await send('legal', at('log/answer'), { answer: 'PROVIDED', text: 'Here.' })).status, 422, 'an entry is named');
  assert.equal((await send('legal', at('log/answer'), { answer: 'NONE_EXISTS', text: 'None was made.' })).status, 303);
  const page = await clients.legal.get(at('').slice(0, -1));
  assert.match(page.page.text({ tag: 'main' }), /None was made\./);
  assert.match(page.page.text({ tag: 'main' }), /What shows when she was told\?/);
  const told = await site.sql("SELECT COUNT(*) FROM outbox WHERE kind IN (9, 11)");
  assert.ok(Number(told[0][0]) >= 2, 'the trust and the handler are told');
});

test('two decision-makers at once: one decision, and the other reads why not', async () => {
  const seq = await ready();
  const version = await versionOf(clients.decider, claim);
  const path = `${claim}/flags/RNV/${seq}/decision`;
  const answers = await Promise.all(['decider', 'decider2'].map((name) => send(name, path, part, version)));
  assert.deepEqual(answers.map(({ status }) => status).sort(), [303, 409]);
  assert.equal(await decisions(), 1);
});

test('the decision waits for a second person, who is not the first, and the trust does not read it', async () => {
  const [[by]] = await site.sql('SELECT u.subject FROM liability_decision d JOIN app_user u ON u.user_id = d.decided_by');
  const [first, second] = by === site.accounts.decider.name ? ['decider', 'decider2'] : ['decider2', 'decider'];
  const path = at('decisions/1/confirm');
  const own = await send(first, path, { verdict: 'CONFIRMED' });
  assert.equal(own.status, 403);
  assert.match(own.json.detail, /you made the decision/);
  assert.match((await clients[first].get(path)).page.text({ tag: 'main' }), /You made the decision\. You can read this page/);
  assert.doesNotMatch((await clients.legal.get(claim)).text, /4,000\.00/);
  assert.equal((await send(second, path, { verdict: 'RETURNED' })).status, 422, 'sending back needs reasons');
  const page = await clients[second].get(path);
  assert.match(page.page.text({ tag: 'main' }), /You may confirm this/);
  assert.match(page.page.text({ tag: 'main' }), /Nothing\. The flag and the evidence are the same/);
  assert.equal((await site.sql('SELECT standing FROM decision_standing'))[0][0], '1');
});

test('two answers of second persons at once, and a double click: one counts', async () => {
  const [[by]] = await site.sql('SELECT u.subject FROM liability_decision d JOIN app_user u ON u.user_id = d.decided_by');
  const second = by === site.accounts.decider.name ? 'decider2' : 'decider';
  const path = at('decisions/1/confirm');
  const form = await clients[second].get(path);
  await record(clients.handler, claim, 'reserve', { head: 'DAMAGES', amount_p: 100, on: daysAgo(0) });
  const late = await clients[second].send(form, { verdict: 'RETURNED', reasons: 'Far too much.' }, { form: '/confirm' });
  assert.equal(late.status, 409);
  assert.match(late.page.text({ tag: 'main' }), /Nothing of yours is lost.*Far too much\./s, 'what was written is kept');
  const version = await versionOf(clients[second], claim);
  const both = await Promise.all([1, 2].map(() => send(second, path, { verdict: 'RETURNED', reasons: 'Too much.' }, version)));
  assert.deepEqual(both.map(({ status }) => status).sort(), [303, 409]);
  assert.equal((await site.sql('SELECT standing FROM decision_standing'))[0][0], '2', 'sent back');
});

test('a decision against new evidence in a case is refused', async () => {
  const seq = await flagSeq();
  const [[by]] = await site.sql('SELECT u.subject FROM liability_decision d JOIN app_user u ON u.user_id = d.decided_by');
  const first = by === site.accounts.decider.name ? 'decider' : 'decider2';
  const form = await clients[first].get(`${claim}/flags/RNV/${seq}/decision`);
  await record(clients.legal, ownCase, 'attempt', { tried: daysAgo(1), mode: 'TELEPHONE', outcome: 'NO_ANSWER', tried_by: 'K. Brandt' });
  const late = await send(first, `${claim}/flags/RNV/${seq}/decision`, part);
  assert.equal(late.status, 409);
  assert.match(late.json.detail, /compute the flag again/);
  const typed = await clients[first].send(form, { ...part, step: undefined, amount_p: '4,000.00', reasons: 'Hours of writing.' }, { form: '/decision' });
  assert.equal(typed.status, 409);
  assert.match(typed.page.text({ tag: 'main' }), /They are not saved.*Hours of writing\./s, 'what was written can be copied');
  const fresh = await ready();
  assert.equal((await send(first, `${claim}/flags/RNV/${fresh}/decision`, part)).status, 303);
  assert.equal(await decisions(), 2);
});

test('confirmed by a double click once, it stands, and the trust reads it once it is told', async () => {
  const [[by]] = await site.sql('SELECT u.subject FROM liability_decision d JOIN app_user u ON u.user_id = d.decided_by WHERE d.seq = 2');
  const second = by === site.accounts.decider.name ? 'decider2' : 'decider';
  const path = at('decisions/2/confirm');
  const key = randomUUID();
  const headers = { 'idempotency-key': key, 'if-match': `"${await versionOf(clients[second], claim)}"` };
  const twice = await Promise.all([1, 2].map(() => clients[second].postJson(path, { verdict: 'CONFIRMED' }, { headers })));
  for (const answer of twice) assert.equal(answer.status, 303, answer.text);
  assert.deepEqual(await site.sql('SELECT seq, standing, amount_p FROM decision_standing ORDER BY seq'),
    [['1', '2', '0'], ['2', '3', '400000']]);
  assert.doesNotMatch((await clients.legal.get(claim)).text, /4,000\.00/);
  await write(clients.handler, at('decisions/2/told'), { on: daysAgo(0), mode: 'LETTER' }, await versionOf(clients.handler, claim));
  assert.match((await clients.legal.get(claim)).text, /4,000\.00/);
  const verify = await site.ctl(['verify']);
  assert.equal(verify.status, 0, verify.stdout + verify.stderr);
});

// ---- a second claim: clicks that come twice, and what meets a confirmation or a review

let secondCase, second;
const there = (rest) => `${second}/trusts/RNV/${rest}`;
const said = async (name, path, value, version) => send(name, path, value, version ?? await versionOf(clients.handler, second));
const inSecond = async (statement) => site.sql(statement.replace('THIS', `(SELECT claim_id FROM claim WHERE reference = '${reference(second)}')`));
const newestFlag = async () => (await clients.handler.getJson(second)).json.trusts[0].flag.seq;
async function sent() {
  await write(clients.handler, `${second}/flags`, {}, await versionOf(clients.handler, second));
  await sendForDecision(clients.handler, second, 'RNV');
  return newestFlag();
}
/** The same form twice at once, as a double click sends it. */
async function twice(name, path, value) {
  const headers = { 'idempotency-key': randomUUID(), 'if-match': `"${await versionOf(clients.handler, second)}"` };
  return Promise.all([1, 2].map(() => clients[name].postJson(path, value, { headers })));
}

test('a request, an answer and a decision that are clicked twice are one each', async () => {
  secondCase = await openCase(clients.legal, { title: 'Late scan' });
  second = await openClaim(clients.handler, 'RNV', secondCase);
  await write(clients.handler, `${second}/flags`, {}, await versionOf(clients.handler, second));
  const due = daysAhead(20);
  const asks = { rules: ['E02'], what: 'The note.', why: 'Nothing is on record.', due };
  const answers = { answer: 'NONE_EXISTS', text: 'None was made.' };
  for (const [name, path, value, kind] of [['handler', there('log/request'), asks, 'REQUEST'], ['legal', there('log/answer'), answers, 'ANSWER']]) {
    const count = async () => Number((await inSecond('SELECT COUNT(*) FROM claim_record WHERE claim_id = THIS'))[0][0]);
    const before = await count();
    for (const answer of await twice(name, path, value)) assert.equal(answer.status, 303, `${kind}: ${answer.text}`);
    assert.equal(await count(), before + 1, kind);
  }
  const seq = await sent();
  for (const answer of await twice('decider', `${second}/flags/RNV/${seq}/decision`, part)) assert.equal(answer.status, 303, answer.text);
  assert.deepEqual(await inSecond('SELECT seq, flag_seq FROM liability_decision WHERE claim_id = THIS'), [['1', String(seq)]]);
});

test('two answers of a trust from one page: the second reads that somebody was faster', async () => {
  await said('handler', there('log/request'), { rules: ['E02'], what: 'The letter.', why: 'Nothing is on record.',
    due: daysAhead(20) });
  const version = await versionOf(clients.handler, second);
  const both = await Promise.all([1, 2].map((n) => said('legal', there('log/answer'), { answer: 'NONE_EXISTS', text: `Answer ${n}.` }, version)));
  assert.deepEqual(both.map(({ status }) => status).sort(), [303, 409]);
});

test('a confirmation against new evidence is refused; sent back, decided anew and confirmed, it stands', async () => {
  await record(clients.legal, secondCase, 'attempt', { tried: daysAgo(1), mode: 'TELEPHONE', outcome: 'NO_ANSWER', tried_by: 'K. Brandt' });
  const path = (seq) => there(`decisions/${seq}/confirm`);
  const late = await said('decider2', path(1), { verdict: 'CONFIRMED' });
  assert.equal(late.status, 409);
  assert.match(late.json.detail, /computed again since it was decided on/, 'asking wrote the flag anew');
  assert.deepEqual(await inSecond('SELECT standing, amount_p FROM decision_standing WHERE claim_id = THIS'), [['1', '0']]);
  assert.doesNotMatch((await clients.legal.get(second)).text, /4,000\.00/);
  assert.equal((await said('decider2', path(1), { verdict: 'RETURNED', reasons: 'There is new evidence.' })).status, 303);
  const seq = await sent();
  assert.equal((await said('decider', `${second}/flags/RNV/${seq}/decision`, part)).status, 303);
  assert.equal((await said('decider2', path(2), { verdict: 'CONFIRMED' })).status, 303);
  assert.deepEqual(await inSecond('SELECT standing FROM decision_standing WHERE claim_id = THIS ORDER BY seq'), [['2'], ['3']]);
});

test('a review against a decision: one of the two is done, and the other is told what changed', async () => {
  const page = there('decisions/2');
  assert.equal((await said('handler', `${page}/told`, { on: daysAgo(0), mode: 'LETTER' })).status, 303);
  assert.equal((await said('legal', `${page}/review-asked`, { grounds: ['FACTS'], text: 'The notes explain it.' })).status, 303);
  await record(clients.legal, secondCase, 'attempt', { tried: daysAgo(2), mode: 'TELEPHONE', outcome: 'NO_ANSWER', tried_by: 'K. Brandt' });
  const seq = await sent();
  const version = await versionOf(clients.handler, second);
  const both = await Promise.all([
    said('reviewer', `${page}/review`, { outcome: 'UPHELD', reasons: 'Nothing was overlooked.' }, version),
    said('decider', `${second}/flags/RNV/${seq}/decision`, { ...part, amount_p: 300000 }, version)]);
  assert.deepEqual(both.map(({ status }) => status).sort(), [303, 409], both.map(({ text }) => text).join('\n'));
  const decisionsNow = Number((await inSecond('SELECT COUNT(*) FROM liability_decision WHERE claim_id = THIS'))[0][0]);
  assert.equal(decisionsNow, both[1].status === 303 ? 3 : 2);
  assert.match(both.find(({ status }) => status === 409).json.detail, /chang/);
  const verify = await site.ctl(['verify']);
  assert.equal(verify.status, 0, verify.stdout + verify.stderr);
});
