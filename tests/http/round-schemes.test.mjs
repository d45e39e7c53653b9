// The whole round under each of the shipped schemes: asked, answered, told, spoken to, sent, decided within limits, confirmed
// by a second person where the sum needs one, told, reported and recovered. What each scheme asks is worked out by hand
// here from its formula; the sum, its working and where the scheme comes from are the same on the flag, in the report's
// JSON, on its page and in what is asked of the trust. What the claimant is paid is the same at each step.
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { daysAgo, makePeople, openCase, record, reference, versionOf, write } from './lib/data.mjs';
import { sourceDir, startSite } from './lib/site.mjs';

const org = 'RNV';
const later = daysAgo(-20);
const over = 1500000; // a second person confirms what is over this
const year = new Date().getFullYear() - (new Date().getMonth() < 3);
// Of each claim: damages, the claimant's costs, defence costs; together 82,380.
const damages = 5000000;
const costs = 2738000;
const defence = 500000;
const share = ['Trust’s share of damages finally payable', damages];

/* In the order in which they are walked: a breach counts from its decision on, so that L7 meets the first of the year, L3
 * the third of all and L3B the fourth. L0 asks for nothing, and what asks for nothing counts for nothing. `null`: a line
 * that changes nothing. */
const capped = ['At most the trust’s share of damages', null];
const basis = ['At most the basis', null];
const above = ['May be more than the basis under this scheme', null];
const schemes = {
  L0: { sum: 0, from: /default asks for nothing/,
    working: [share, ['Fixed sum of the scheme', 1000000], capped, basis, ['Shadow scheme: nothing is asked', 0]] },
  L7: { sum: 5000000, from: /Regulations 2015, regulation 11/, // a quarter of a percent of 20 million
    working: [share, ['Trust’s contribution for the financial year', 2000000000],
      ['Breaches of the year, with this claim: 0.25% for each of 1, 0.25%', 5000000], ['No earlier breach of the year', 0],
      ['What this claim adds for the year', 5000000], above] },
  L1: { sum: 1000000, from: /^Option 1 /, working: [share, ['Fixed sum of the scheme', 1000000], capped, basis] },
  L3: { sum: 3000000, from: /^Option 3 /, working: [share, ['Fixed sum for breach number 3', 3000000], capped, basis] },
  L3B: { sum: 2500000, from: /^Option 3 /,
    working: [share, ['Breach number 4: £10,000.00, and £5,000.00 for each of 3 before', 2500000], capped,
      ['At most the cap, £40,000.00', null], basis] },
  L2: { sum: 1000000, from: /^Option 2 /, working: [share, ['Fixed sum of the scheme, whatever the damages', 1000000], above] },
  L4: { sum: 625000, from: /19 November 2013/, // an eighth
    working: [share, ['12.50% of damages', 625000], ['At least the floor, £1,000.00', null], ['At most the cap, £100,000.00', null], basis] },
  L5: { sum: 823800, from: /19 November 2013/, // a tenth of 82,380
    working: [share, ['Basis: damages and all legal costs', 8238000], ['10.00% of damages and all legal costs', 823800], basis] },
  L6: { sum: 5000000, from: /reduce or remove cover/, working: [share, ['Cover removed: the whole of damages', 5000000], basis] },
  L8: { sum: 2500000, from: /pricing consultation of March 2016/,
    working: [share, ['Excess of the scheme', 2500000], ['At most damages', null], basis] },
  L8B: { sum: 1547600, from: /pricing consultation of March 2016/, // a fifth of 77,380
    working: [share, ['Basis: damages and claimant’s costs', 7738000], ['20.00% of damages and claimant’s costs', 1547600], basis] },
  L9: { sum: 1000000, from: /How it would have been used is not known/, // an offence, nothing done: a fifth
    working: [share, ['Gravest broken rule: A part of the duty whose breach is an offence, not done at all', null], ['20.00% of damages', 1000000], basis] },
};

let site, clients, casePath;
const pounds = (pence) => `£${(pence / 100).toLocaleString('en-GB', { minimumFractionDigits: 2 })}`;

before(async () => {
  site = await startSite({ demo: false });
  await makePeople(site, { schemes: false });
  clients = {};
  for (const name of ['handler', 'legal', 'decider', 'decider2']) clients[name] = await site.signedIn(name);
  casePath = await openCase(clients.legal);
  const set = await site.ctl(['contribution', 'set', org, String(year), '20000000', '--as', 'handler']);
  assert.equal(set.status, 0, set.stdout + set.stderr);
});
after(() => site?.stop());

/** The shipped file with one setting more, that a second person confirms what is over a sum. */
async function putInForce(code) {
  const shipped = JSON.parse(readFileSync(join(sourceDir, `conf/schemes/${code}.json`), 'utf8'));
  const file = join(site.dir, `${code}.json`);
  writeFileSync(file, JSON.stringify({ ...shipped, confirm_above_p: over,
    authorities: { ...shipped.authorities, confirm_above_p: 'made up for the tests' } }));
  const answer = await site.ctl(['scheme', 'add', file, '--activate']);
  assert.equal(answer.status, 0, answer.stdout + answer.stderr);
  return shipped;
}

async function makeClaim() {
  const claim = await write(clients.handler, '/candour/claims/new', {
    title: 'Retained swab', scheme: 'CNST', notified: daysAgo(20), claimant_name: 'Ada Example',
    agreed_damages_p: damages, agreed_costs_p: costs,
  });
  await record(clients.handler, claim, 'parties', { trust_1: org, share_1: '100', cases_1: reference(casePath) });
  for (const [kind, amount, payee] of [['DAMAGES_LUMP', damages, 'CLAIMANT'], ['CLAIMANT_COSTS', costs, 'CLAIMANT_SOLICITOR'],
    ['DEFENCE_COSTS', defence, 'PANEL_SOLICITOR']]) {
    await record(clients.handler, claim, 'payment', { kind, amount_p: amount, paid: daysAgo(5), payee });
  }
  await record(clients.handler, claim, 'status', { status: 'SETTLED_DAMAGES', on: daysAgo(5) });
  return claim;
}

const lines = (working) => working.map(({ text, amount, amount_p, no_change }) => [text, no_change ? null : amount ?? amount_p]);

for (const [code, expected] of Object.entries(schemes)) {
  test(`${code}: the whole round, ${expected.sum ? pounds(expected.sum) : 'nothing'} at most`, async () => {
    const shipped = await putInForce(code);
    const claim = await makeClaim();
    const at = `${claim}/trusts/${org}`;
    const get = async (name, path) => {
      const answer = await clients[name].getJson(path);
      assert.equal(answer.status, 200, `${name} ${path}: ${answer.text}`);
      return answer.json;
    };
    const payable = async () => {
      const { claimant_payable: sums } = await get('handler', claim);
      return JSON.stringify(sums);
    };
    const before = await payable();
    assert.equal(JSON.parse(before).total, damages + costs);
    /** One step by one person; the claimant's sum stays as it was. */
    const step = async (name, path, value) => {
      const location = await write(clients[name], path, value, await versionOf(clients.handler, claim));
      assert.equal(await payable(), before, `after ${name} at ${path}`);
      return location;
    };
    const refused = async (name, path, value, status, why) => {
      await assert.rejects(() => step(name, path, value), (error) => {
        assert.match(error.message, new RegExp(`: ${status} `), `${why}: ${error.message}`);
        return true;
      }, why);
    };

    // Asked and answered.
    await step('handler', `${claim}/flags`, {});
    await step('handler', `${at}/log/request`, { rules: ['E02'], what: 'What shows that the patient was told?', why: 'Nothing does.', due: later });
    await step('legal', `${at}/log/answer`, { answer: 'NONE_EXISTS', text: 'We searched and found nothing.' });
    await step('handler', `${claim}/flags`, {});
    const { flag, working } = await get('decider', `${claim}/flags/${org}`);
    assert.equal(flag.state, 'BREACH_INDICATED');
    assert.equal(flag.scheme_code, code);
    assert.equal(flag.indicated, expected.sum);
    assert.deepEqual(lines(working), expected.working);

    // Told what is indicated, spoken to, sent.
    await step('handler', `${at}/log/indication`, { message: 'This is indicated.', answer_by: later });
    await step('legal', `${at}/log/representation`, { stance: 'DISPUTE_SUM', text: 'Half of it would be right.' });
    await step('handler', `${at}/log/for-decision`, {});

    // Decided within limits: never above what the scheme gives.
    const decision = `${claim}/flags/${org}/${flag.seq}/decision`;
    const facts = [`E02_${reference(casePath).replaceAll('-', '_')}`];
    const reasons = 'A court found that the patient was never told.';
    await refused('decider', decision, { step: 'confirm', outcome: 'PART', amount_p: expected.sum + 1, reasons, facts }, 422, 'more than the most');
    await refused('decider', decision, { step: 'confirm', outcome: 'NONE', facts }, 422, 'no reasons');
    await step('decider', decision, expected.sum ? { step: 'confirm', outcome: 'FULL', amount_p: expected.sum, reasons, facts }
      : { step: 'confirm', outcome: 'NONE', reasons, facts });

    // A second person, where the sum needs one.
    const second = `${at}/decisions/1/confirm`;
    if (expected.sum > over) {
      assert.equal((await get('handler', at)).stage, 'PROPOSED');
      await refused('handler', `${at}/decisions/1/told`, { on: daysAgo(0), mode: 'LETTER' }, 409, 'not before a second person');
      await refused('decider', second, { verdict: 'CONFIRMED' }, 403, 'nobody confirms their own');
      await step('decider2', second, { verdict: 'CONFIRMED' });
    }
    assert.equal((await get('handler', at)).stage, 'DECIDED');
    await step('handler', `${at}/decisions/1/told`, { on: daysAgo(0), mode: 'LETTER' });

    // The report, as JSON and as a page, for the trust.
    const report = await get('legal', `${at}/decisions/1/report`);
    assert.equal(report.decision.amount_p, expected.sum);
    assert.equal(report.decision.most_p, expected.sum);
    assert.equal(report.decision.second_person, expected.sum > over ? site.accounts.decider2.fullName : null);
    assert.deepEqual(lines(report.flag.working), expected.working);
    assert.equal(report.scheme.code, code);
    assert.equal(report.scheme.settings.authority, shipped.authority);
    assert.match(report.scheme.settings.authority, expected.from);
    assert.equal(report.claimant.payable_p, damages + costs);
    assert.equal(report.claimant.changed_by_this_decision, false);
    for (const rest of ['report', 'report/print']) {
      const answer = await clients.legal.get(`${at}/decisions/1/${rest}`);
      assert.equal(answer.status, 200, rest);
      const text = answer.page.text({ tag: rest === 'report' ? 'main' : 'body' });
      for (const words of [expected.sum ? pounds(expected.sum) : 'pay nothing', pounds(damages + costs), reasons, shipped.title,
        ...shipped.authority.split('\n'), ...expected.working.map(([line]) => line)]) {
        assert.ok(text.includes(words), `${rest} says “${words}”`);
      }
    }

    // The sum is asked for and comes; what the claim costs the fund falls by it, and by nothing else.
    const net = async () => (await get('handler', claim)).net_cost;
    const spent = damages + costs + defence;
    assert.equal((await net()).net, spent);
    const way = code === 'L7' ? { method: 'CONTRIBUTION', year: year + 1 } : { method: 'INVOICE', invoice: `INV-${code}` };
    if (!expected.sum) {
      await refused('handler', `${at}/decisions/1/recover`, { ...way, amount_p: 1, first: later }, 409, 'nothing is asked for');
      return;
    }
    await refused('handler', `${at}/decisions/1/recover`, { ...way, amount_p: expected.sum + 1, first: later }, 422, 'more than was decided');
    if (code === 'L7') {
      await refused('handler', `${at}/decisions/1/recover`, { method: 'INVOICE', amount_p: expected.sum, first: later }, 422, 'with the contribution alone');
    }
    await step('handler', `${at}/decisions/1/recover`, { ...way, amount_p: expected.sum, first: later });
    const [asked] = (await get('legal', `${at}/decisions/1`)).recoveries;
    assert.equal(asked.amount, expected.sum);
    await step('handler', `${at}/decisions/1/recoveries/${asked.seq}/receipt`, { amount_p: expected.sum, on: daysAgo(0) });
    assert.equal((await net()).net, spent - expected.sum);
    assert.equal((await get('handler', at)).stage, 'DONE');
  });
}
