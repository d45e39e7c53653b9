// The forms of the round as people meet them: all that is wrong is said at once, each page has one main button for
// whoever reads it, and a page that refuses says where to go next.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { daysAgo, daysAhead, makePeople, openCase, openClaim, record, reference, sendForDecision, signAllIn, versionOf, write } from './lib/data.mjs';
import { startSite } from './lib/site.mjs';

let site, clients, ownCase, claim;
const at = (rest) => `${claim}/trusts/RNV/${rest}`;
const round = () => at('').slice(0, -1);
const send = async (name, path, value) => write(clients[name], path, value, await versionOf(clients.handler, claim));

before(async () => {
  site = await startSite({ demo: false });
  await makePeople(site);
  clients = await signAllIn(site);
  ownCase = await openCase(clients.legal);
  claim = await openClaim(clients.handler, 'RNV', ownCase);
  await send('handler', `${claim}/flags`, {});
});
after(() => site.stop());

/** Main buttons of a page: green, neither secondary nor of the header. */
function mains(answer) {
  const main = answer.text.slice(answer.text.indexOf('<main'), answer.text.indexOf('</main'));
  return [...main.matchAll(/class="nhsuk-button(?= |")(?![^"]*--(?:secondary|reverse))[^"]*"[^>]*>([^<]*)/g)].map((one) => one[1].trim());
}

/** Sends the form as it is but for `fields`; gives the sentences of its error summary. */
async function wrong(name, path, fields) {
  const answer = await clients[name].submit(path, fields, { form: path });
  assert.equal(answer.status, 422, `${path}: ${answer.status}`);
  const summary = answer.text.slice(answer.text.indexOf('nhsuk-error-summary__list'));
  return [...summary.slice(0, summary.indexOf('</ul>')).matchAll(/<a href="#[^"]*">([^<]*)<\/a>/g)].map((one) => one[1]);
}

test('all that is wrong with a form is said at once, and nothing twice', async () => {
  const later = daysAhead(20);
  let said = await wrong('handler', at('log/request'), { rules: [], what: '', why: '', 'due-day': '1', 'due-month': '1', 'due-year': '2020' });
  assert.equal(said.length, 4, said.join('|'));
  await send('handler', at('log/request'), { rules: ['E02'], what: 'What shows it?', why: 'Nothing does.', due: later });
  said = await wrong('legal', at('log/answer'), { answer: 'PROVIDED', text: '' });
  assert.equal(said.length, 2, said.join('|'));
  assert.match(said.join('|'), /Tick at least one entry/);
  assert.match(said.join('|'), /Enter what you send/);
  await send('handler', `${claim}/flags`, {});
  said = await wrong('handler', at('log/indication'), { message: 'x'.repeat(4001), 'answer_by-day': '1', 'answer_by-month': '1', 'answer_by-year': '2020' });
  assert.equal(said.length, 2, said.join('|'));
});

test('a claim, its records and a case say all that is wrong at once too', async () => {
  await write(clients.handler, '/candour/claims/new', { title: 'First', scheme: 'CNST', scheme_ref: 'M26CT001', notified: daysAgo(20), claimant_name: 'Ada' });
  let said = await wrong('handler', '/candour/claims/new', { title: '', scheme: 'CNST', 'notified-day': '1', 'notified-month': '1', 'notified-year': '2099', claimant_name: '', scheme_ref: 'M26CT001' });
  for (const what of [/what the claim is about/, /notified/i, /has this number already/]) assert.match(said.join('|'), what);
  assert.equal(new Set(said).size, said.length);
  said = await wrong('handler', `${claim}/log/parties`, { trust_1: 'RNV', share_1: 'x', trust_2: 'ZZZ', share_2: '20' });
  assert.match(said.join('|'), /one that is registered here/);
  assert.match(said.join('|'), /share/i);
  const day = (name, iso) => Object.fromEntries(iso.split('-').map((part, i) => [`${name}-${['year', 'month', 'day'][i]}`, part]));
  said = await wrong('legal', '/candour/cases/new', { title: '', name: 'Ada', ...day('occurred', daysAgo(2)), ...day('reported_on', daysAgo(5)) });
  assert.match(said.join('|'), /what the incident is/);
  assert.ok(said.length > 1, said.join('|'));
});

test('a page of the round and of a decision has one main button, for each who acts', async () => {
  const one = async (name, path) => {
    const found = mains(await clients[name].get(path));
    assert.ok(found.length <= 1, `${name} ${path}: ${found.join(', ')}`);
    return found[0];
  };
  for (const name of ['handler', 'legal', 'decider', 'reviewer']) await one(name, round());
  assert.equal(await one('legal', round()), 'Answer');
  await sendForDecision(clients.handler, claim, 'RNV');
  const flag = (await clients.handler.getJson(claim)).json.trusts[0].flag.seq;
  for (const name of ['handler', 'decider']) await one(name, round());
  assert.equal(await one('legal', round()), undefined, 'adding something is no main step');
  await send('decider', `${claim}/flags/RNV/${flag}/decision`, { step: 'confirm', outcome: 'PART', amount_p: 400000, reasons: 'Part of it.', evidence_seen: 'The finding.' });
  assert.equal(await one('handler', at('decisions/1')), 'Tell the trust');
  assert.doesNotMatch((await clients.handler.get(at('decisions/1/told'))).text, /portal/i, 'a trust has no patient portal');
  await assert.rejects(send('handler', at('decisions/1/told'), { on: daysAgo(0), mode: 'PORTAL' }), /422/);
  await send('handler', at('decisions/1/told'), { on: daysAgo(0), mode: 'LETTER' });
  for (const name of ['handler', 'legal', 'decider', 'reviewer']) for (const path of [round(), at('decisions/1')]) await one(name, path);
});

test('a step that is refused links to the page that shows what can be done now', async () => {
  const twice = await clients.handler.get(at('decisions/1/told'));
  assert.equal(twice.status, 409);
  assert.match(twice.text, /The trust was told already/);
  assert.match(twice.text, new RegExp(`href="${round()}">See what can be done now`));
  const none = await clients.reviewer.get(at('decisions/1/review'));
  assert.equal(none.status, 409);
  assert.match(none.text, new RegExp(`href="${round()}">`));
  for (const path of [at('decisions/1/told'), at('decisions/1/recover')]) {
    const answer = await clients.handler.get(path);
    if (answer.status === 409) assert.match(answer.text, /See what can be done now/);
  }
});

test('the closing form offers no hand-over, and takes none', async () => {
  const path = `${ownCase}/log/closure`;
  const form = await clients.legal.get(path);
  assert.equal(form.status, 200);
  assert.doesNotMatch(form.text, /HANDED_OVER|Handed over to another trust/);
  await assert.rejects(record(clients.legal, ownCase, 'closure', { closed: daysAgo(0), reason: 'HANDED_OVER', note: 'It went there.' }), /422/);
});

test('with eight cases each reason can be ticked, and so can what the trust named', async () => {
  const cases = [];
  for (let i = 0; i < 8; i++) cases.push(await openCase(clients.legal, { title: `Swab ${i}`, name: `Ada Example ${i}` }));
  const many = await openClaim(clients.handler, 'RNV', `/${cases.map((path) => reference(path)).join(' ')}`);
  const round = `${many}/trusts/RNV`;
  const put = async (name, path, value) => write(clients[name], path, value, await versionOf(clients.handler, many));
  await put('handler', `${many}/flags`, {});
  const due = daysAhead(20);
  await put('handler', `${round}/log/request`, { rules: ['E02'], what: 'What shows it?', why: 'Nothing does.', due });
  const answer = await clients.legal.get(`${round}/log/answer`);
  const entry = answer.page.all({ tag: 'input', name: 'entries' })[0].attrs.find(({ name }) => name === 'value').value;
  await put('legal', `${round}/log/answer`, { answer: 'PROVIDED', text: 'It is in the notes.', entries: [entry] });
  await put('handler', `${many}/flags`, {});
  await sendForDecision(clients.handler, many, 'RNV');
  const flag = (await clients.handler.getJson(many)).json.trusts[0].flag.seq;
  const path = `${many}/flags/RNV/${flag}/decision`;
  const form = await clients.decider.get(path);
  const boxes = form.page.all({ tag: 'input', type: 'checkbox' }).map(({ attrs }) => Object.fromEntries(attrs.map(({ name, value }) => [name, value])));
  const last = boxes.filter(({ name }) => /^facts/.test(name)).at(-1), cited = boxes.filter(({ name }) => name === 'cited');
  assert.ok(boxes.length > 31 + cited.length, `${boxes.length} boxes`);
  assert.equal(cited.length, 1, 'what the trust named stands behind all reasons');
  assert.notEqual(last.name, 'facts', 'a set holds 31');
  const sent = { outcome: 'PART', amount_p: '4,000.00', reasons: 'Part of it.', [last.name]: [last.value], cited: [cited[0].value] };
  const check = await clients.decider.send(form, sent, { form: '/decision' });
  const relied = check.page.text({ tag: 'main' });
  assert.equal(check.status, 200, relied);
  const made = await clients.decider.send(check, { step: 'confirm' }, { form: '/decision' });
  assert.equal(made.status, 303, made.text);
  const report = (await clients.decider.get(made.location)).text;
  assert.match(report, /Entry \d+ of CM-\d{4}-\d+, named by the trust on/);
});
