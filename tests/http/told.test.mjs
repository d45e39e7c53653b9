// One rule: a trust reads a decision once it was told of it, and not before. Every page and format that the trust's people
// can reach is walked at each step of the scheme between the sending and the telling: none names the decision, and none
// changes by what the scheme does there. Once told, the decision is on each of them.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { addSecondPerson, daysAgo, makePeople, openCase, openClaim, reference, sendForDecision, signAllIn, versionOf, write } from './lib/data.mjs';
import { startSite } from './lib/site.mjs';

let site, clients, ownCase, claim;
const part = { step: 'confirm', outcome: 'PART', amount_p: 432109, reasons: 'Zanzibar is explained in part.', evidence_seen: 'The finding of Zanzibar.' };
const at = (rest) => `${claim}/trusts/RNV/${rest}`;
const today = daysAgo(0);
const flag = async () => (await clients.handler.getJson(claim)).json.trusts[0].flag.seq;
const send = async (name, path, value) => write(clients[name], path, value, await versionOf(clients.handler, claim));

before(async () => {
  site = await startSite({ demo: false });
  await makePeople(site);
  await addSecondPerson(site);
  clients = await signAllIn(site);
  ownCase = await openCase(clients.legal);
  claim = await openClaim(clients.handler, 'RNV', ownCase);
  await send('handler', `${claim}/flags`, {});
  await sendForDecision(clients.handler, claim, 'RNV');
});
after(() => site.stop());

/** Pages that exist all the time, with their formats; `holds` 1: the decided sum stands there once the trust is told. */
const pages = () => [
  [claim, 1], [`${claim}?as_at=${today}`, 1], [`${claim}/record`, 0],
  [`${claim}/flags/RNV`, 1], [`${claim}/flags/RNV/1`, 1], [`${claim}/flags/RNV/1/replay`, 0],
  [at('').slice(0, -1), 0], [at('log/representation'), 0], [`${claim}/beside/${reference(ownCase)}`, 0],
  [ownCase, 0], ['/candour/', 0], ['/candour/claims', 0], ['/candour/claims/work', 0],
  ['/candour/claims/work?turn=TRUST', 0], ['/candour/claims/work?turn=SECOND', 0], ['/candour/claims/work?turn=HANDLER', 0],
  ...['FOR_DECISION', 'PROPOSED', 'RETURNED', 'DECIDED', 'TRUST_TOLD'].map((stage) => [`/candour/claims/work?stage=${stage}`, 0]),
  ['/candour/breaches/RNV', 1], ['/candour/recoveries', 0], ['/candour/recoveries/totals', 1],
];
/** Pages of a decision. */
const decided = (seq) => ['', '/report', '/report?format=json', '/report?now=yes', '/report/print', '/letter/print', '/review-asked']
  .map((rest) => at(`decisions/${seq}${rest}`));
const lists = ['/candour/claims', '/candour/claims/work', '/candour/recoveries', '/candour/recoveries/totals'];

/** What the page says, without what is new each time it is asked for or moves with every write in the claim. */
function steady(text) {
  return text.replace(/urn:candour:[0-9a-f]+/g, '').replace(/value="(\d+|[0-9a-zA-Z_+/=-]{16,})"/g, '').replace(/"version": ?\d+/g, '').replace(/"(token|key|changed_at|idempotency_key|_token|form_key)": ?"[^"]*"/g, '')
    .replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, '').replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, '')
    .replace(/\b\d{1,2}:\d\d(am|pm)|\bmidday\b|\bmidnight\b/g, '').replace(/[0-9a-f]{64}/g, '');
}

/** Every page and format as the trust's legal team and its reader get them. */
async function walk() {
  const seen = new Map();
  for (const name of ['legal', 'reader']) {
    for (const [path] of pages()) {
      if (path.includes('/log/') && name === 'reader') continue;
      for (const accept of ['text/html', 'application/json']) {
        const answer = await clients[name].get(path, { accept });
        assert.ok((/turn=(SECOND|HANDLER)/.test(path) ? [400] : [200, 403]).includes(answer.status), `${name} ${path}: ${answer.status}`);
        seen.set(`${name} ${accept} ${path}`, answer.text);
      }
    }
    for (const q of ['Zanzibar', 'explained']) {
      seen.set(`${name} text/html search ${q}`, (await clients[name].submit('/candour/search', { q })).text);
      const answer = await clients[name].postJson('/candour/search', { q }, { headers: { 'idempotency-key': randomUUID() } });
      assert.equal(answer.status, 200, answer.text);
      seen.set(`${name} application/json search ${q}`, answer.text);
    }
    for (const path of lists) seen.set(`${name} text/csv ${path}`, (await clients[name].get(`${path}?format=csv`)).text);
  }
  return seen;
}

const unread = /4,?321\.09|432109|Zanzibar is|finding of Zanzibar|[Ss]econd person|PROPOSED|RETURNED|DECIDED|Waits for a|[Ss]ent back|decisions\/\d|[Dd]ecision \d|trust to be told/;
let baseline;

/** Nothing names the decision, and every page says what it said when the flag had just been sent. */
async function nothingShown(step) {
  const now = await walk();
  for (const [key, text] of now) {
    const page = text.replace(/<option[^>]*>[^<]*<\/option>/g, '').replace(/\/claims\/work\?stage=[A-Z_]+/g, '').replace(/(name="q"|"query":)[^>,]*/g, '');
    const leak = unread.exec(page.replace(/stage=(PROPOSED|RETURNED|DECIDED)/g, ''));
    assert.equal(leak, null, `${step}: ${key} shows “${leak?.[0]}” in …${page.slice(Math.max(0, (leak?.index ?? 0) - 120), (leak?.index ?? 0) + 60)}`);
    // The record of entries grows by lines that say nothing; the address of the replay and of a list may move.
    if (baseline && !key.includes('/record') && !key.includes('replay')) assert.equal(steady(text), steady(baseline.get(key)), `${step}: ${key} is another page than before`);
  }
  for (const name of ['legal', 'reader', 'otherlegal']) {
    for (const seq of [1, 2, 3]) {
      for (const path of decided(seq)) {
        const answer = await clients[name].get(path);
        assert.ok([403, 404].includes(answer.status), `${step}: ${name} gets ${answer.status} for ${path}`);
        assert.doesNotMatch(answer.text, /Zanzibar|4,321/, path);
      }
    }
  }
  baseline ??= now;
}

test('sent for decision: one stage, and no word of who decides', async () => {
  await nothingShown('sent');
  assert.match((await clients.legal.get(at('').slice(0, -1))).text, /With NHS Resolution for decision/);
  assert.match(baseline.get('legal text/csv /candour/claims/work'), /FOR_DECISION/);
});

test('proposed, sent back, proposed again, confirmed: nothing of it is read by the trust', async () => {
  await send('decider', `${claim}/flags/RNV/${await flag()}/decision`, part);
  await nothingShown('proposed');
  assert.equal((await clients.decider2.get(at('decisions/1/confirm'))).status, 200, 'the scheme reads it');
  await send('decider2', at('decisions/1/confirm'), { verdict: 'RETURNED', reasons: 'The sum is wrong.' });
  await nothingShown('returned');
  await send('decider', `${claim}/flags/RNV/${await flag()}/decision`, part);
  await nothingShown('proposed again');
  await send('decider2', at('decisions/2/confirm'), { verdict: 'CONFIRMED' });
  await nothingShown('stands');
  assert.match((await clients.handler.getJson(at('').slice(0, -1))).text, /"DECIDED"/);
  assert.deepEqual(await site.sql('SELECT COUNT(*) FROM decision_told'), [['0']]);
});

test('until it is told the trust may speak, and the scheme reads that it did', async () => {
  await send('legal', at('log/representation'), { stance: 'DISPUTE_FACTS', text: 'A letter was found.' });
  const form = await clients.handler.get(at('decisions/2/told'));
  assert.match(form.page.text({ tag: 'main' }), /The trust has written since/);
  baseline = undefined;
  await nothingShown('written since');
});

test('told: the decision is on every page that has decisions, and the one that fell is on none', async () => {
  await send('handler', at('decisions/2/told'), { on: today, mode: 'LETTER' });
  assert.deepEqual(await site.sql('SELECT seq, standing, amount_p FROM decision_told'), [['2', '3', '432109']]);
  const now = await walk();
  for (const [path, holds] of pages()) {
    for (const accept of ['text/html', 'application/json']) {
      const text = now.get(`legal ${accept} ${path}`);
      if (holds) assert.match(text, /4,?321\.09|432109/, `${accept} ${path}`);
    }
  }
  for (const path of ['/candour/claims/work', '/candour/recoveries/totals']) assert.match(now.get(`legal text/csv ${path}`), /432109|4321\.09/, path);
  for (const path of decided(2)) assert.equal((await clients.legal.get(path)).status, 200, path);
  for (const path of decided(1)) assert.equal((await clients.legal.get(path)).status, 404, path);
  assert.equal((await clients.otherlegal.get(at('decisions/2'))).status, 404);
  const late = await clients.legal.postJson(at('log/representation'), { stance: 'AGREE' },
    { headers: { 'idempotency-key': randomUUID(), 'if-match': `"${await versionOf(clients.handler, claim)}"` } });
  assert.equal(late.status, 409);
  assert.match(late.json.detail, /ask for a review/);
});

test('a later decision that the trust was not told of changes nothing that it reads', async () => {
  await write(clients.legal, `${ownCase}/log/attempt`, { tried: daysAgo(1), mode: 'TELEPHONE', outcome: 'NO_ANSWER', tried_by: 'K. Brandt' },
    await versionOf(clients.legal, ownCase));
  await send('handler', `${claim}/flags`, {});
  await sendForDecision(clients.handler, claim, 'RNV');
  await send('decider2', `${claim}/flags/RNV/${await flag()}/decision`, { ...part, amount_p: 99900, reasons: 'Madagascar.' });
  assert.deepEqual(await site.sql('SELECT seq, standing FROM decision_standing ORDER BY seq'), [['1', '2'], ['2', '6'], ['3', '3']]);
  for (const path of [claim, '/candour/breaches/RNV', at('decisions/2'), '/candour/recoveries/totals', at('').slice(0, -1), '/candour/claims/work']) {
    for (const accept of ['text/html', 'application/json']) {
      const { text, status } = await clients.legal.get(path, { accept });
      assert.equal(status, 200, path);
      assert.doesNotMatch(text, /Madagascar|999\.00|99900|"REPLACED"|Replaced by a later|later decision stands|decisions\/3/, `${accept} ${path}`);
    }
  }
  const review = await clients.legal.get(at('decisions/2/review-asked'));
  assert.equal(review.status, 409);
  assert.match(review.text, /decides on it again/);
  await send('handler', at('decisions/3/told'), { on: today, mode: 'LETTER' });
  assert.match((await clients.legal.get(at('decisions/2'))).text, /later decision stands in the place/);
  assert.match((await clients.legal.get('/candour/breaches/RNV')).text, /999\.00/);
});

test('rows of decisions that were told before there were such are made again, and verify holds them', async () => {
  const rows = await site.sql('SELECT * FROM decision_told ORDER BY claim_id, seq');
  assert.equal(rows.length, 2);
  await site.sql('DELETE FROM decision_told');
  assert.notEqual((await site.ctl(['verify'])).status, 0);
  const run = await site.ctl(['run', 'claims']);
  assert.equal(run.status, 0, run.stdout + run.stderr);
  assert.deepEqual(await site.sql('SELECT * FROM decision_told ORDER BY claim_id, seq'), rows);
  const verify = await site.ctl(['verify']);
  assert.equal(verify.status, 0, verify.stdout + verify.stderr);
});
