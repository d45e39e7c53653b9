// Every route x every role x the own trust's files and another's. The routes are those that `candourctl routes
// --json` prints; what each role gets is written down, by hand, in rights.json. A route without a row fails.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { daysAgo, incident, makeWorld, record } from './lib/data.mjs';
import { sourceDir, startSite } from './lib/site.mjs';

const matrix = JSON.parse(readFileSync(join(sourceDir, 'tests/http/rights.json'), 'utf8'));
const secrets = [incident.title, incident.name, 'Retained swab'];

let site;
let world;
let routes;

before(async () => {
  site = await startSite({ demo: false });
  world = await makeWorld(site);
  const answer = await site.ctl(['routes', '--json']);
  assert.equal(answer.status, 0, answer.stderr);
  const printed = JSON.parse(answer.stdout);
  routes = Object.fromEntries((printed.routes ?? printed).map((route) => [route.name, route]));
});
after(() => site.stop());

/** Address of a route with its groups filled in: `which` says whose file, `word` the record kind. */
function address(route, which, word) {
  const file = route.pattern.startsWith('/claims') ? world[which].claimPath : world[which].casePath;
  const groups = {
    '{ref}': file.split('/').pop(),
    '{code}': route.file ? world[which].org : 'RNV',
    '{seq}': '1',
    '{name}': 'reader',
    '{word}': word ?? { help: 'rules', 'scheme.show': 'L1-1', 'scheme.check': 'L1-1', 'scheme.settle': 'L1-1',
      'impact.show': 'L1-1', 'scheme.diff': 'L1-1', 'impact.ask': 'L1-1' }[route.name],
  };
  // A second file in an address is the case of the first, a claim.
  const pattern = route.pattern.replace('/beside/{ref}', `/beside/${world[which].casePath.split('/').pop()}`);
  return `/candour${pattern.replace(/\{[a-z]+\}/g, (group) => groups[group])}`;
}

/** One request as that account: a read, or a write that no one could take: empty, of a version never seen. */
function ask(client, route, path, accept = 'application/json') {
  if (route.method === 'GET') return client.get(path, { accept });
  return client.postJson(path, {}, { accept, headers: { 'idempotency-key': randomUUID(), 'if-match': '"999"' } });
}

/** Fingerprint of all that is stored. */
async function stored() {
  const tables = (await site.sql("SELECT table_name FROM information_schema.tables WHERE table_schema = 'candour'")).flat();
  return JSON.stringify(await site.sql(`CHECKSUM TABLE ${tables.join(', ')}`));
}

test('each route has its row, and each row its route', () => {
  const rows = new Set(Object.keys(matrix.routes).map((key) => key.split(' ')[0]));
  assert.deepEqual(Object.keys(routes).filter((name) => !rows.has(name)), [], 'routes without a row');
  assert.deepEqual([...rows].filter((name) => !routes[name]), [], 'rows without a route');
  for (const [key, row] of Object.entries(matrix.routes)) {
    const route = routes[key.split(' ')[0]];
    assert.equal(row.own.length, matrix.roles.length, key);
    assert.equal(row.other !== undefined, Boolean(route.file), `${key}: "other" where the address names a file`);
  }
});

test('every role gets what its row says, and a refusal changes and shows nothing', async () => {
  const wrong = [];
  const before = await stored();
  for (const [key, row] of Object.entries(matrix.routes)) {
    const [name, word] = key.split(' ');
    for (const which of ['own', 'other']) {
      if (!row[which]) continue;
      for (const [i, role] of matrix.roles.entries()) {
        const path = address(routes[name], which, word);
        const answer = await ask(world.clients[role], routes[name], path);
        if (answer.status !== row[which][i]) wrong.push(`${key} ${which} ${role}: ${answer.status}, not ${row[which][i]}`);
        if (answer.status < 400) continue;
        assert.equal(answer.headers['content-type'], 'application/problem+json', `${path} as ${role}`);
        for (const secret of secrets) assert.ok(!answer.text.includes(secret), `${path} as ${role} shows "${secret}"`);
      }
    }
  }
  assert.deepEqual(wrong, []);
  assert.equal(await stored(), before, 'something was written');
});

test("another trust's file answers exactly as one that does not exist", async () => {
  // The cookie that binds forms comes with the first page, whatever it is.
  for (const client of Object.values(world.clients)) await client.get('/candour/');
  for (const [key, row] of Object.entries(matrix.routes)) {
    const [name, word] = key.split(' ');
    const route = routes[name];
    if (!row.other) continue;
    for (const [i, role] of matrix.roles.entries()) {
      if (row.other[i] !== 404) continue;
      const path = address(route, 'other', word);
      const absent = path.replace(/(C[ML])-\d{4}-\d+/, '$1-2001-9999');
      for (const accept of ['application/json', 'text/html']) {
        const [one, two] = [await ask(world.clients[role], route, path, accept), await ask(world.clients[role], route, absent, accept)];
        assert.equal(one.status, 404, `${path} as ${role}`);
        assert.equal(two.status, 404, `${absent} as ${role}`);
        assert.ok(one.bytes.equals(two.bytes), `${path} as ${role}: another answer than for ${absent}`);
        // httpd's session renews its own cookie once a minute, and says no-cache with it.
        const told = ({ date, 'keep-alive': alive, 'set-cookie': cookies, 'cache-control': cache, ...rest }) => JSON.stringify(
          [...Object.entries(rest), ['set-cookie', (cookies ?? []).filter((one) => one.startsWith('candour='))]].sort());
        assert.equal(told(one.headers), told(two.headers), `${path} as ${role}: other headers`);
      }
    }
  }
});

test('lists and searches of one trust hold no file of another', async () => {
  for (const role of ['ward', 'legal', 'reader']) {
    const reference = world.other.casePath.split('/').pop();
    for (const path of ['/candour/', '/candour/work?whose=all', '/candour/work?whose=all&format=csv', '/candour/cases', '/candour/cases?format=csv', '/candour/search']) {
      const answer = path.endsWith('/search')
        ? await world.clients[role].submit(path, { q: reference }, { form: '/candour/search' }) : await world.clients[role].get(path);
      assert.equal(answer.status, 200, path);
      // What was searched for stands in the search box again.
      const shown = answer.text.replace(/<input[^>]*>/g, '').replace(/<title>.*<\/title>/g, '').replace(/<h1[^>]*>.*<\/h1>/g, '');
      assert.ok(!new RegExp(`cases/${reference}`).test(shown), `${path} as ${role}`);
      assert.ok(!/RHD/.test(shown), `${path} as ${role}`);
    }
  }
  for (const role of ['legal', 'reader']) {
    const answer = await world.clients[role].getJson('/candour/claims');
    assert.ok(answer.text.includes(world.own.claimPath.split('/').pop()));
    assert.ok(!answer.text.includes(world.other.claimPath.split('/').pop()));
  }
});

test('nobody gets nothing: a page to sign in, or 401 for a program', async () => {
  for (const [key] of Object.entries(matrix.routes)) {
    const [name, word] = key.split(' ');
    const route = routes[name];
    const answer = await ask(site.client(), route, address(route, 'own', word));
    const open = ['sign-in', 'signed-out', 'help', 'live', 'feed'].includes(name);
    // A calendar's address is open, and this one is nobody's.
    assert.equal(answer.status, name === 'feed' ? 404 : open ? 200 : 401, key);
    if (open || route.method !== 'GET') continue;
    const page = await site.client().get(address(route, 'own', word));
    assert.equal(page.status, 302, key);
    assert.equal(page.location, '/candour/sign-in');
  }
});

test('identity is httpd\'s alone: no header and no address says who somebody is', async () => {
  for (const headers of [{ 'x-remote-user': 'admin' }, { remote_user: 'admin' }, { 'oidc-claim-sub': 'admin' },
    { 'x-forwarded-user': 'admin' }, { authorization: `Basic ${Buffer.from('admin:x').toString('base64')}` }]) {
    assert.equal((await site.client().getJson('/candour/users', { headers })).status, 401);
    assert.equal((await world.clients.legal.getJson('/candour/users', { headers })).status, 403);
  }
  assert.equal((await world.clients.legal.getJson('/candour/users?user=admin&role=admin')).status, 403);
});

test('the trust comes from the account, never from the request', async () => {
  const answer = await world.clients.legal.postJson('/candour/cases/new', { ...incident, org_code: 'RHD' },
    { headers: { 'idempotency-key': randomUUID() } });
  assert.equal(answer.status, 400);
  assert.match(answer.json.detail, /org_code/);
});

test('a change of rights holds from the next request on', async () => {
  const client = world.clients.reader;
  assert.equal((await client.getJson(world.own.casePath)).status, 200);
  assert.equal((await site.ctl(['user', 'change', 'reader', '--org-code', 'RHD'])).status, 0);
  assert.equal((await client.getJson(world.own.casePath)).status, 404);
  assert.equal((await client.getJson(world.other.casePath)).status, 200);
  assert.equal((await site.ctl(['user', 'change', 'reader', '--active', 'no'])).status, 0);
  for (const [key] of Object.entries(matrix.routes)) {
    const [name, word] = key.split(' ');
    if (['sign-in', 'signed-out', 'help', 'live', 'feed'].includes(name)) continue;
    const refused = await ask(client, routes[name], address(routes[name], 'other', word));
    assert.equal(refused.status, 403, key);
  }
});

test('who entered the evidence does not decide on it', async () => {
  // The decision-maker judges a rule in the case, and so may no longer decide on a flag that rests on it.
  await record(world.clients.decider, world.own.casePath, 'judgement',
    { rule: 'E02', judgement: 'NOT_REASONABLE', judged: daysAgo(1), reasons: 'Nothing kept them from telling the patient.' });
  const { version } = (await world.clients.handler.getJson(world.own.claimPath)).json;
  await world.clients.handler.postJson(`${world.own.claimPath}/flags`, {}, {
    headers: { 'idempotency-key': randomUUID(), 'if-match': `"${version}"` },
  });
  const answer = await world.clients.decider.postJson(`${world.own.claimPath}/flags/RNV/2/decision`,
    { outcome: 'NONE', reasons: 'Enough reasons here.', evidence_seen: 'The case.' },
    { headers: { 'idempotency-key': randomUUID(), 'if-match': `"${version + 1}"` } });
  assert.equal(answer.status, 403, answer.text);
});
