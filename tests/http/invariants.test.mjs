// What must hold whatever anybody does: the claimant's sum is a function of the claim alone, and a trust's
// user is never given another trust's name or sum.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { daysAgo, makePeople, openCase, record, reference, scheme, schemeFile, sendForDecision, signAllIn, versionOf, write } from './lib/data.mjs';
import { startSite } from './lib/site.mjs';

let site, clients, ownCase, otherCase, claim, own, other;

before(async () => {
  site = await startSite({ demo: false });
  await makePeople(site);
  clients = await signAllIn(site);
  own = 'RNV';
  other = 'RHD';
  ownCase = await openCase(clients.legal);
  otherCase = await openCase(clients.otherlegal, { title: 'Fall on ward eleven', name: 'Nora Elsewhere' });
  for (const path of [ownCase, otherCase]) {
    await record(clients.handler, path, 'finding', {
      rule: 'E02', outcome: 'NOT_MET', finder: 'REGULATOR', body_name: 'Care Quality Commission', found: daysAgo(3),
      source: 'Inspection report', words: 'The patient was never told.',
    });
  }
  claim = await write(clients.handler, '/candour/claims/new', {
    title: 'Appendicitis found late', scheme: 'CNST', notified: daysAgo(20), claimant_name: 'Dora Fenn',
    agreed_damages_p: 4600000, agreed_costs_p: 3850000,
  });
  await record(clients.handler, claim, 'parties', {
    trust_1: own, share_1: 7000, cases_1: reference(ownCase), trust_2: other, share_2: 3000, cases_2: reference(otherCase),
  });
  await record(clients.handler, claim, 'payment', { kind: 'DAMAGES_LUMP', amount_p: 4600000, paid: daysAgo(5), payee: 'CLAIMANT' });
  await record(clients.handler, claim, 'payment', {
    kind: 'DEFENCE_COSTS', amount_p: 1234567, paid: daysAgo(5), payee: 'PANEL_SOLICITOR', note: 'Bill that only Harrowdene caused',
  });
  await record(clients.handler, claim, 'status', { status: 'SETTLED_DAMAGES', on: daysAgo(5) });
});
after(() => site.stop());

/** Everything about the claimant's money that any page of the claim gives, as one text. */
async function claimantsMoney() {
  const page = (await clients.handler.getJson(claim)).json;
  const ledger = (await clients.handler.getJson(`${claim}/ledger`)).json;
  const html = (await clients.handler.get(claim)).page;
  assert.deepEqual(ledger.claimant_payable, page.claimant_payable);
  return JSON.stringify([page.claimant_payable, page.outlay, ledger.payments,
    html.text({ class: 'cd-money__part--claimant' })]);
}

async function compute() {
  await write(clients.handler, `${claim}/flags`, {}, await versionOf(clients.handler, claim));
  for (const code of [own, other]) await sendForDecision(clients.handler, claim, code);
  const { trusts } = (await clients.handler.getJson(claim)).json;
  return Object.fromEntries(trusts.map(({ code, flag }) => [code, flag]));
}

async function decide(code, seq, answers) {
  return write(clients.decider, `${claim}/flags/${code}/${seq}/decision`, { step: 'confirm', ...answers },
    await versionOf(clients.decider, claim));
}

async function activate(settings) {
  const file = join(site.dir, `${settings.code}-${settings.version}.json`);
  writeFileSync(file, schemeFile(settings));
  const answer = await site.ctl(['scheme', 'add', file, '--activate']);
  assert.equal(answer.status, 0, answer.stdout + answer.stderr);
}

test('flags, decisions and every scheme leave what the claimant is paid as it is', async () => {
  const before = await claimantsMoney();
  const sums = new Set();
  const { fixed_p, ...common } = scheme;
  const schemes = [
    null,
    { ...common, code: 'L0', version: 1, formula: 'L0', shadow_of: 'L1', fixed_p, title: 'Shadow' },
    { ...common, code: 'L2', version: 1, formula: 'L2', fixed_p: 50000000, may_exceed_basis: true, title: 'Fixed' },
    { ...common, code: 'L3', version: 1, formula: 'L3', steps_p: [1000000, 2000000, 3000000], may_exceed_basis: false, title: 'Rising' },
    { ...common, code: 'L1', version: 2, fixed_p: 100, title: 'Small' },
  ];
  for (const one of schemes) {
    if (one) await activate(one);
    assert.equal(await claimantsMoney(), before, `after activating ${one?.code}`);
    const flags = await compute();
    assert.equal(await claimantsMoney(), before, `after flags under ${one?.code}`);
    for (const [code, flag] of Object.entries(flags)) {
      assert.equal(flag.state, 'BREACH_INDICATED');
      sums.add(flag.indicated);
      if (flag.indicated === 0) continue;
      await decide(code, flag.seq, code === own
        ? { outcome: 'FULL', amount_p: flag.indicated, reasons: 'Nothing explains it.', evidence_seen: 'The finding.' }
        : { outcome: 'NONE', reasons: 'Out of proportion.', evidence_seen: 'The finding.' });
      assert.equal(await claimantsMoney(), before, `after deciding on ${code} under ${one?.code}`);
    }
  }
  assert.ok(sums.size > 3, 'the schemes do differ: the test could fail');
});

test('the claimant’s sum stands on every page of a flag and a decision', async () => {
  await record(clients.handler, claim, 'status', { status: 'REOPENED', on: daysAgo(1) });
  await record(clients.handler, claim, 'status', { status: 'SETTLED_DAMAGES', on: daysAgo(0) });
  const flag = (await compute())[own];
  for (const [who, path] of [['handler', claim], ['decider', claim], ['legal', claim],
    ['handler', `${claim}/flags/${own}`], ['legal', `${claim}/flags/${own}/${flag.seq}`],
    ['decider', `${claim}/flags/${own}/${flag.seq}/decision`]]) {
    const answer = await clients[who].get(path);
    assert.equal(answer.status, 200, path);
    assert.ok(answer.page.text({ tag: 'main' }).includes('£84,500.00'), `${who} ${path}`);
    assert.doesNotMatch(answer.page.text({ tag: 'main' }), /\b[Rr]ecord \d+\./, `${who} ${path}: evidence has a name`);
  }
});

test('a decision is checked before it is recorded, and recorded once', async () => {
  const flag = (await compute())[own];
  const path = `${claim}/flags/${own}/${flag.seq}/decision`;
  const form = await clients.decider.get(path);
  const answers = { outcome: 'NONE', reasons: 'Explained.', evidence_seen: 'All of it.' };
  const check = await clients.decider.send(form, answers, { form: '/decision' });
  assert.equal(check.status, 200);
  assert.match(check.page.heading, /^You are about to ask Trust .* to pay nothing$/);
  assert.equal((await clients.handler.getJson(`${claim}/flags/${own}/${flag.seq}`)).json.decision, undefined, 'nothing is recorded yet');
  const twice = await Promise.all([1, 2].map(() => clients.decider.send(check, { step: 'confirm' }, { form: '/decision' })));
  for (const answer of twice) {
    assert.equal(answer.status, 303);
    assert.equal(answer.location, `${claim}/flags/${own}/${flag.seq}`);
  }
  const [[count]] = await site.sql(`SELECT COUNT(*) FROM liability_decision WHERE flag_seq = ${flag.seq}`);
  assert.equal(count, '1', 'a second click has no second effect');
  const late = await clients.decider.get(path);
  assert.ok(late.page.text().includes('decided already'));
  assert.equal(late.page.all({ tag: 'textarea' }).length, 0, 'no form where nothing can be decided');
});

test('a flag that is out of date cannot be decided, and every page says why', async () => {
  const why = /claim or a case has changed since: compute the flag again/i;
  const flag = (await compute())[own];
  const path = `${claim}/flags/${own}/${flag.seq}/decision`;
  const form = await clients.decider.get(path);
  const answers = { step: 'confirm', outcome: 'NONE', reasons: 'Explained.', evidence_seen: 'All of it.' };
  await record(clients.legal, ownCase, 'attempt', { tried: daysAgo(1), mode: 'TELEPHONE', outcome: 'NO_ANSWER', tried_by: 'K. Brandt' });
  const before = (await clients.handler.getJson(claim)).json.trusts.find(({ code }) => code === own).decision;
  const sent = await clients.decider.send(form, { ...answers, step: 'check' }, { form: '/decision' });
  assert.equal(sent.status, 409);
  assert.match(sent.page.text({ tag: 'main' }), why);
  assert.ok(!sent.page.all({ tag: 'textarea' }).length, 'there is no form');
  const json = await clients.decider.postJson(path, answers, {
    headers: { 'idempotency-key': randomUUID(), 'if-match': `"${await versionOf(clients.decider, claim)}"` },
  });
  assert.equal(json.status, 409);
  assert.match(json.json.detail, why);
  const page = await clients.decider.get(path);
  assert.equal(page.status, 200);
  assert.match(page.page.text({ tag: 'main' }), why);
  assert.ok(!page.page.all({ tag: 'textarea' }).length, 'nor here');
  assert.match((await clients.decider.get(claim)).page.text({ tag: 'main' }), /Wait until the flag of Trust RNV is computed again/);
  assert.match((await clients.handler.get(claim)).page.text({ tag: 'main' }), /Compute the liability flags again, before anybody decides/);
  assert.deepEqual((await clients.handler.getJson(claim)).json.trusts.find(({ code }) => code === own).decision, before);
  const fresh = (await compute())[own];
  await decide(own, fresh.seq, { outcome: 'NONE', reasons: 'Explained.', evidence_seen: 'All of it.' });
});

test('who entered evidence may not decide, and reads why', async () => {
  await record(clients.decider, ownCase, 'judgement', {
    rule: 'E02', judgement: 'NOT_REASONABLE', judged: daysAgo(0), reasons: 'No reason is on record.',
  });
  const flag = (await compute())[own];
  const answer = await clients.decider.get(`${claim}/flags/${own}/${flag.seq}/decision`);
  assert.equal(answer.status, 200);
  assert.ok(answer.page.text().includes('You entered some of the evidence'));
  const path = `${claim}/flags/${own}/${flag.seq}/decision`;
  const sent = await clients.decider.postJson(path, { step: 'confirm', outcome: 'NONE', reasons: 'x y z', evidence_seen: 'x' },
    { headers: { 'idempotency-key': '00112233445566778899aabbccddeeff', 'if-match': `"${await versionOf(clients.decider, claim)}"` } });
  assert.equal(sent.status, 403);
});

test('nothing of another trust is in what a trust’s user is given', async () => {
  const flag = (await compute())[own];
  const paths = ['/candour/claims', '/candour/claims?format=csv', claim, `${claim}/flags/${own}`,
    `${claim}/flags/${own}/${flag.seq}`, '/candour/', '/candour/cases'];
  const foreign = [new RegExp(`\\b${other}\\b`), /Harrowdene/, new RegExp(reference(otherCase)), /Nora/, /ward eleven/, /30\.00%/, /\b3000\b/,
    /13,800\.00|1380000/, /12,345\.67|1234567/, /limitation|solicitors/i];
  const given = (text) => text.replace(/<nav class="nhsuk-header[\s\S]*?<\/nav>/g, '');
  for (const who of ['legal', 'reader']) {
    for (const path of paths) {
      for (const accept of ['text/html', 'application/json']) {
        const answer = await clients[who].get(path, { accept });
        assert.equal(answer.status, 200, `${who} ${path} ${accept}`);
        for (const one of foreign) assert.doesNotMatch(given(answer.text), one, `${who} ${path} ${accept}`);
      }
    }
  }
});

test('a trust’s user reads the chain of a shared claim without what concerns the others', async () => {
  await compute();
  const path = `${claim}/record`;
  const whole = (await clients.handler.getJson(path)).json;
  const part = (await clients.legal.getJson(path)).json;
  assert.equal(whole.entries.length, whole.entry_count);
  assert.deepEqual(part.entries.map(({ seq, hash }) => [seq, hash]), whole.entries.map(({ seq, hash }) => [seq, hash]),
    'the chain can still be compared');
  const claimId = `(SELECT claim_id FROM claim WHERE reference = '${reference(claim)}')`;
  const ask = async (text) => (await site.sql(text)).map(([one]) => one);
  const shown = new Set([
    ...(await ask(`SELECT CONCAT('flag ', f.seq) FROM liability_flag f JOIN org o USING (org_id) WHERE o.code = '${own}' AND f.claim_id = ${claimId}`)),
    ...(await ask(`SELECT CONCAT('decision ', d.seq) FROM decision_told t JOIN liability_decision d USING (claim_id, seq) JOIN org o USING (org_id) WHERE o.code = '${own}' AND d.claim_id = ${claimId}`)),
  ]);
  // Decisions that it was told of; facts, status and trusts of the claim; of the round what was said between the scheme and this trust.
  for (const one of await ask(`SELECT CONCAT('record ', seq) FROM claim_record WHERE claim_id = ${claimId} AND (kind IN (40, 41, 42)
    OR (kind IN (60, 61, 62, 63, 64) AND open_fields LIKE '%${own}%'))`)) shown.add(one);
  const actions = new Map(whole.entries.map((entry) => [entry.seq, entry]));
  let hidden = 0;
  for (const entry of part.entries) {
    const full = actions.get(entry.seq);
    const ofOthers = /^(flag|decision|record) /.test(full.object) && !shown.has(full.object);
    if (!ofOthers) {
      assert.deepEqual(entry, full, `entry ${entry.seq}`);
      continue;
    }
    hidden += 1;
    assert.deepEqual(Object.keys(entry).filter((key) => entry[key] !== null).sort(), ['action', 'hash', 'seq'], `entry ${entry.seq}`);
    assert.equal(entry.action, 'An entry about another part of the claim');
  }
  assert.ok(hidden > 3 && hidden < part.entries.length, 'some are hidden, some are not');
  const page = await clients.legal.get(path);
  assert.doesNotMatch(page.page.text({ tag: 'main' }), /Payment/);
  for (const address of [claim, `${claim}/flags/${own}`]) {
    const { json } = await clients.legal.getJson(address);
    assert.equal(json.entry_count, undefined, address);
    assert.equal(json.version, undefined, address);
  }
});

test('the newest entries are on the first page, and a link leads to the rest', async () => {
  const path = `${claim}/record`;
  const { entries, entry_count: total } = (await clients.handler.getJson(path)).json;
  assert.equal(entries[0].seq, total, 'newest first');
  const below = (await clients.handler.getJson(`${path}?before=3`)).json;
  assert.deepEqual(below.entries.map(({ seq }) => seq), [2, 1]);
  assert.equal(below.entry_count, total);
  assert.equal(below.next_url, undefined);
  const above = (await clients.handler.getJson(`${path}?after=${total - 1}`)).json;
  assert.deepEqual(above.entries.map(({ seq }) => seq), [total]);
  for (const wrong of ['before=0', 'before=x', 'after=-1', 'before=99999999999']) {
    assert.equal((await clients.handler.get(`${path}?${wrong}`)).status, 400, wrong);
  }
});

test('what is out of reach answers as what does not exist', async () => {
  const only = await write(clients.handler, '/candour/claims/new', { title: 'Not of the own trust', scheme: 'CNST', notified: daysAgo(2) });
  await record(clients.handler, only, 'parties', { trust_1: other, share_1: 10000, cases_1: reference(otherCase) });
  const absent = '/candour/claims/CL-2019-9999';
  for (const accept of ['text/html', 'application/json']) {
    const known = await clients.legal.get(absent, { accept });
    assert.equal(known.status, 404);
    for (const path of [only, `${only}/ledger`, `${only}/flags/${other}`, `${claim}/ledger`, `${claim}/flags/${other}`]) {
      const answer = await clients.legal.get(path, { accept });
      assert.equal(answer.status, 404, path);
      assert.equal(answer.text, known.text, `${path}: the same bytes`);
    }
  }
});

test('events from before the duty began are said to be a question for a person', async () => {
  for (const [incident, said] of [['2013-05-03', /The events of this claim happened before the duty began, on 27 November 2014/], ['2014', /may have happened before/], ['2016-01-01', null]]) {
    const old = await write(clients.handler, '/candour/claims/new', { title: 'Long ago', scheme: 'CNST', notified: daysAgo(20), incident });
    const path = await openCase(clients.legal);
    await record(clients.handler, old, 'parties', { trust_1: own, share_1: 10000, cases_1: reference(path) });
    await write(clients.handler, `${old}/flags`, {}, await versionOf(clients.handler, old));
    for (const who of ['handler', 'legal']) {
      const { json } = await clients[who].getJson(`${old}/flags/${own}`);
      const { page } = await clients[who].get(`${old}/flags/${own}`);
      if (said) assert.match(page.text({ tag: 'main' }), said);
      else assert.doesNotMatch(page.text({ tag: 'main' }), /before the duty began/);
      assert.equal(json.before_duty !== undefined, said !== null, `${who} ${incident}`);
    }
  }
});
