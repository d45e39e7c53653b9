// Everything on screen is JSON at the same address, for a client that asks for it; and JSON holds nothing that is
// only for a page: no addresses, tokens or classes.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { daysAgo, incident, makeWorld, record, versionOf, write } from './lib/data.mjs';
import { startSite } from './lib/site.mjs';

let site;
let world;
let routes;
// What answers with a file's own bytes is neither page nor JSON: documents, letters.browser and work read those.
const files = ['document.file', 'letter.print', 'letter.pdf', 'feed'];
/** Numbers in addresses of routes, where "1" is none of their kind. */
const numbers = {};
/** Pages of steps that this world has not come to: the stories of rounds, reports and recoveries read them. */
const later = [
  'round.undo', 'round.second', 'report.show', 'report.print', 'report.pdf', 'report.letter', 'report.letter.pdf', 'request.letter',
  'indication.letter', 'decided.newest', 'decided.show', 'told.new', 'review-asked.new', 'review.new', 'recover.new', 'receipt.new', 'repay.new',
  'recovery.back.new', 'look.new', 'share.new',
];
/** Lists that this world has nothing for: no decision, so nothing asked for; no draft of a scheme that was tried. */
const empty = ['impact.show', 'recovery.list', 'recovery.totals', 'allegation.list', 'uplift.year'];

let letterCase;

/** A case whose person was told, with all that a letter states. */
async function toldCase() {
  const { legal } = world.clients;
  const path = await write(legal, '/candour/cases/new', { ...incident, facts: 'A swab was left inside.' });
  for (const [kind, value] of Object.entries({
    opinion: { given: daysAgo(20), opinion: 'NOTIFIABLE', given_by: 'K. Brandt', profession: 'DOCTOR', reasons: 'Another operation.' },
    opening: { aware: daysAgo(20), lead: 'L. Abara', contact_point: 'M. Ferris, 01632 960 112' },
    person: { basis: 'SELF', name: 'Ada Example', contact: '4 Elm Road, Northvale' },
    talk: { told: daysAgo(5), mode: 'FACE_TO_FACE', who_told: 'Ada Example', spoke_name: 'L. Abara', spoke_role: 'consultant surgeon',
      facts_given: true, facts_words: 'We left a swab inside you.', enquiries_told: true, apology_given: true,
      support: ['COUNSELLING'], noted_on: daysAgo(5) },
    enquiry: { type: 'AAR', started: daysAgo(4), led_by: 'D. Penhale' },
  })) await record(legal, path, kind, value);
  return path;
}

/** A letter as far as asked for: written (0), to be checked (1), let out (2). */
async function letter(steps) {
  const { legal, approver } = world.clients;
  const words = { person: 'PATIENT', account: 'We left a swab inside you.', apology: 'We are sorry that we hurt you.',
    not_known: 'We do not know yet why we left it.', signed_by: 'R. Doe', signed_role: 'Chief nurse' };
  const path = await write(legal, `${letterCase}/letters/new/first`, words, await versionOf(legal, letterCase));
  if (steps > 0) await write(legal, `${path}/ask`, {}, await versionOf(legal, letterCase));
  if (steps > 1) await write(approver, `${path}/check`, { verdict: 'APPROVED', overrule_HARD_WORDS: 'They know the word.' }, await versionOf(legal, letterCase));
  return path.split('/').pop();
}

/** A run of records brought in, only checked. */
async function bringRun() {
  const mapping = { format: 'candour-mapping', version: 1, name: 'Made up', local_reference: 'Ref', date_form: 'dd/mm/yyyy',
    records: [{ record: 'incident', fields: { title: 'Title', occurred: 'Day' } }] };
  const form = new FormData();
  const { fields } = (await world.clients.legal.get('/candour/bring')).page.form();
  for (const [name, value] of Object.entries({ ...fields, mapping: JSON.stringify(mapping) })) {
    if (name !== 'file') form.append(name, value);
  }
  form.append('file', new Blob(['Ref,Title,Day\r\nA1,Fall on the ward,2026-03-01\r\n'], { type: 'text/csv' }), 'export.csv');
  const body = new Response(form);
  const sent = await world.clients.legal.request('POST', '/candour/bring', {
    body: Buffer.from(await body.arrayBuffer()),
    headers: { 'content-type': body.headers.get('content-type'), origin: site.origin, 'sec-fetch-site': 'same-origin' },
  });
  assert.equal(sent.status, 303, sent.text);
  return sent.location.split('/').pop();
}

before(async () => {
  site = await startSite({ demo: false });
  world = await makeWorld(site);
  const printed = JSON.parse((await site.ctl(['routes', '--json'])).stdout);
  routes = (printed.routes ?? printed).filter((route) => route.method === 'GET' && !files.includes(route.name));
  const { legal } = world.clients;
  // A work list is one's own: without a case that is theirs, the reader's has no row.
  await record(legal, world.own.casePath, 'assignment', { assignee: 'legal' });
  await record(legal, world.own.casePath, 'document', { kind: 'OTHER', name: 'Paper', kept_at: 'Cellar' });
  numbers['document.show'] = String((await legal.getJson(world.own.casePath)).json.documents[0].seq);
  letterCase = await toldCase();
  const written = await letter(0);
  for (const name of ['show', 'write', 'edit', 'asking']) numbers[`letter.${name}`] = written;
  numbers['letter.check'] = await letter(1);
  numbers['letter.sending'] = await letter(2);
  numbers['bring.show'] = await bringRun();
  numbers['recompute.show'] = (await write(world.clients.handler, '/candour/claims/recompute', { all: 'YES', decided: 'NO' })).split('/').pop();
});
after(() => site.stop());

const fileOf = (route) => (route.pattern.startsWith('/claims') ? world.own.claimPath
  : route.name.startsWith('letter.') ? letterCase : world.own.casePath).split('/').pop();
const groups = (route) => ({
  '{ref}': fileOf(route),
  '{code}': 'RNV', '{seq}': numbers[route.name] ?? '1', '{name}': 'legal',
  '{word}': { help: 'rules', 'scheme.show': 'L1-1', 'scheme.check': 'L1-1', 'claim.record.new': 'payment', 'letter.new': 'first', 'round.new': 'request', 'share.new': 'no-evidence', 'scheme.diff': 'L1-1', 'impact.show': 'L1-1',
    'letter.write': 'apology' }[route.name] ?? 'talk',
});
// In /claims/{ref}/beside/{ref} the second is a case of the claim.
const address = (route) => `/candour${route.pattern.replace('beside/{ref}', `beside/${world.own.casePath.split('/').pop()}`).replace(/\{[a-z]+\}/g, (group) => groups(route)[group])}`;
const reader = (route) => {
  if (/^(user|org|reminders|contribution)\.|^health$/.test(route.name)) return 'admin';
  if (route.name === 'letter.check') return 'approver';
  if (/^scheme\.(new|choose|check)$/.test(route.name)) return 'decider';
  if (/^(case|record|document|letter|work|team|cover|calendar|bring)\b/.test(route.name)) return 'legal';
  return route.name === 'decision.new' ? 'decider' : 'handler';
};

function* leaves(value, path = '') {
  if (value === null || typeof value !== 'object') yield [path, value];
  else for (const [key, one] of Object.entries(value)) yield* leaves(one, `${path}/${key}`);
}

test('each page that can be read is JSON as well, at the same address', async () => {
  assert.ok(routes.length > 25);
  const elsewhere = [];
  for (const route of routes) {
    const client = world.clients[reader(route)];
    const path = address(route);
    const answer = await client.getJson(path);
    if (answer.status !== 200) {
      assert.ok([403, 404, 409].includes(answer.status), `${path}: ${answer.status}`);
      elsewhere.push(route.name);
      continue;
    }
    assert.equal(answer.headers['content-type'], 'application/json', path);
    const tree = answer.json;
    assert.equal(typeof tree, 'object', path);
    assert.ok(Object.keys(tree).length > 0, `${path} says something`);
    for (const [where, value] of leaves(tree)) {
      assert.ok(value !== null, `${path} ${where}: absent is left out`);
      assert.doesNotMatch(where, /url|token|class|nav|breadcrumb|href|assets|_label$/i, `${path} ${where}`);
      if (typeof value !== 'string') continue;
      assert.ok(!value.startsWith('/candour'), `${path} ${where}: an address of the page`);
      assert.doesNotMatch(value, /nhsuk-|cd-[a-z]+--/, `${path} ${where}: a class`);
      assert.doesNotMatch(value, /&(amp|lt|gt|quot|#39);/, `${path} ${where}: escaped for a page`);
    }
    assert.equal(answer.headers['set-cookie']?.some((one) => one.startsWith('candour=')), undefined, path);
  }
  assert.deepEqual(elsewhere, later);
});

test('and each is a page for a browser', async () => {
  for (const route of routes.filter(({ media, name }) => media.includes('html') && !later.includes(name))) {
    const answer = await world.clients[reader(route)].get(address(route));
    assert.equal(answer.status, 200, route.name);
    assert.equal(answer.headers['content-type'], 'text/html; charset=utf-8', route.name);
    assert.ok(answer.page.title.endsWith(' - Candour casework'), `${route.name}: ${answer.page.title}`);
    assert.ok(answer.page.heading.length > 2, route.name);
    assert.doesNotMatch(answer.text, /\{\{|\}\}|undefined|\(null\)/, route.name);
  }
});

test('every link on these pages leads to a page', async () => {
  const seen = new Map();
  for (const route of routes.filter(({ media }) => media.includes('html'))) {
    const name = reader(route);
    const answer = await world.clients[name].get(address(route));
    for (const href of answer.page.links()) {
      if (href.startsWith('#') || seen.has(`${name} ${href}`)) continue;
      seen.set(`${name} ${href}`, route.name);
      if (/^https:\/\//.test(href)) continue; // the law's own pages
      const target = new URL(href, `${site.origin}${address(route)}`);
      assert.equal(target.origin, site.origin, `${route.name}: ${href}`);
      const there = await world.clients[name].get(target.pathname + target.search);
      assert.equal(there.status, 200, `${route.name} as ${name}: ${href}`);
    }
  }
  assert.ok(seen.size > 40, `${seen.size} links`);
});

test('lists are CSV where they say so', async () => {
  const lists = routes.filter(({ media }) => media.includes('csv'));
  assert.ok(lists.length >= 3);
  for (const route of lists) {
    const answer = await world.clients[reader(route)].get(`${address(route)}?format=csv`);
    assert.equal(answer.status, 200, route.name);
    assert.match(answer.headers['content-type'], /^text\/csv/, route.name);
    const [head, ...rows] = answer.text.trimEnd().split('\r\n');
    assert.match(head, /^"?[a-z_]+"?(,"?[a-z_]+"?)+$/, route.name);
    assert.equal(rows.length > 0, !empty.includes(route.name), route.name);
    assert.doesNotMatch(answer.text, /\/candour\//, route.name);
  }
});

test('dates, money and shares are written for programs', async () => {
  const { json } = await world.clients.handler.getJson(world.own.claimPath);
  assert.equal(json.claimant_payable.total, 2500000);
  assert.match(json.claim.notified, /^\d{4}-\d\d-\d\d$/);
  const found = (await world.clients.legal.getJson(world.own.casePath)).json;
  assert.equal(found.state, 'OPEN');
  assert.match(found.as_at, /^\d{4}-\d\d-\d\d$/);
  assert.ok(Number.isInteger(found.version));
});
