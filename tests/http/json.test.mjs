// Everything on screen is JSON at the same address, for a client that asks for it; and JSON holds nothing that is
// only for a page: no addresses, tokens or classes.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { makeWorld, record } from './lib/data.mjs';
import { startSite } from './lib/site.mjs';

let site;
let world;
let routes;
let documentSeq;
before(async () => {
  site = await startSite({ demo: false });
  world = await makeWorld(site);
  const printed = JSON.parse((await site.ctl(['routes', '--json'])).stdout);
  // A document's file is neither page nor JSON but the file's bytes: documents.test.mjs reads those.
  routes = (printed.routes ?? printed).filter((route) => route.method === 'GET' && route.name !== 'document.file');
  await record(world.clients.legal, world.own.casePath, 'document', { kind: 'OTHER', name: 'Paper', kept_at: 'Cellar' });
  documentSeq = String((await world.clients.legal.getJson(world.own.casePath)).json.documents[0].seq);
});
after(() => site.stop());

const groups = (route) => ({
  '{ref}': (route.pattern.startsWith('/claims') ? world.own.claimPath : world.own.casePath).split('/').pop(),
  '{code}': 'RNV', '{seq}': route.name === 'document.show' ? documentSeq : '1', '{name}': 'legal',
  '{word}': { help: 'rules', 'scheme.show': 'L1-1', 'claim.record.new': 'payment' }[route.name] ?? 'talk',
});
const address = (route) => `/candour${route.pattern.replace(/\{[a-z]+\}/g, (group) => groups(route)[group])}`;
const reader = (route) => {
  if (/^(user|org|reminders)\.|^health$/.test(route.name)) return 'admin';
  if (/^(case|record|document)\./.test(route.name)) return 'legal';
  return route.name === 'decision.new' ? 'decider' : 'handler';
};

function* leaves(value, path = '') {
  if (value === null || typeof value !== 'object') yield [path, value];
  else for (const [key, one] of Object.entries(value)) yield* leaves(one, `${path}/${key}`);
}

test('each page that can be read is JSON as well, at the same address', async () => {
  assert.ok(routes.length > 25);
  for (const route of routes) {
    const client = world.clients[reader(route)];
    const path = address(route);
    const answer = await client.getJson(path);
    assert.equal(answer.status, 200, `${route.name} ${path}: ${answer.text.slice(0, 200)}`);
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
});

test('and each is a page for a browser', async () => {
  for (const route of routes.filter(({ media }) => media.includes('html'))) {
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
    const answer = await world.clients.handler.get(`${address(route)}?format=csv`);
    assert.equal(answer.status, 200, route.name);
    assert.match(answer.headers['content-type'], /^text\/csv/, route.name);
    const [head, ...rows] = answer.text.trimEnd().split('\r\n');
    assert.match(head, /^"?[a-z_]+"?(,"?[a-z_]+"?)+$/, route.name);
    assert.ok(rows.length > 0, route.name);
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
