// The security headers stand on every answer below the mount, whoever made it: pages, redirects, refusals, httpd's
// own errors, files.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import net from 'node:net';
import { after, before, test } from 'node:test';
import { incident, makePeople } from './lib/data.mjs';
import { startSite } from './lib/site.mjs';

const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self';"
  + " connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'; object-src 'none';"
  + " require-trusted-types-for 'script'; trusted-types 'none'";

const always = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'cross-origin-embedder-policy': 'require-corp',
};

function hasHeaders(answer, name, csp = policy) {
  for (const [header, value] of Object.entries(always)) assert.equal(answer.headers[header], value, `${name}: ${header}`);
  assert.match(answer.headers['permissions-policy'] ?? '', /camera=\(\).*geolocation=\(\).*microphone=\(\)/, name);
  assert.equal(answer.headers['content-security-policy'], csp, name);
  // mod_session adds words of its own.
  assert.ok(answer.headers['cache-control'].split(', ').includes('no-store'), name);
  assert.equal(answer.headers.server, 'Apache', name);
  // RFC 6797 7.2: not over plain http.
  assert.equal(answer.headers['strict-transport-security'], undefined, name);
}

let site;
let legal;
before(async () => {
  site = await startSite({ demo: false, httpdExtra: 'CandourMaxBody 20000\nLimitRequestLine 4000' });
  await makePeople(site);
  legal = await site.signedIn('legal');
});
after(() => site.stop());

test('on pages, for those signed in and for anybody', async () => {
  for (const path of ['/candour/', '/candour/cases', '/candour/cases/new', '/candour/cases?format=csv']) {
    const answer = await legal.get(path);
    assert.equal(answer.status, 200, path);
    hasHeaders(answer, path, /csv/.test(path) ? "default-src 'none'; sandbox; frame-ancestors 'none'" : policy);
    assert.match(answer.headers.vary, /Accept.*Cookie/);
    assert.equal(Number(answer.headers['content-length']), answer.bytes.length, path);
  }
  for (const path of ['/candour/sign-in', '/candour/signed-out', '/candour/help/rules', '/candour/live']) {
    const answer = await site.client().get(path);
    assert.equal(answer.status, 200, path);
    hasHeaders(answer, path);
    assert.equal(answer.headers['set-cookie']?.some((one) => one.startsWith('candour=')), undefined, path);
  }
});

test('HEAD has the headers of GET and no body', async () => {
  const [head, get] = [await legal.request('HEAD', '/candour/cases'), await legal.get('/candour/cases')];
  assert.equal(head.status, 200);
  assert.equal(head.bytes.length, 0);
  assert.equal(head.headers['content-length'], get.headers['content-length']);
  hasHeaders(head, 'HEAD');
});

test('a file to keep comes as an attachment that can do nothing', async () => {
  const answer = await legal.get('/candour/cases?format=csv');
  assert.match(answer.headers['content-type'], /^text\/csv/);
  assert.match(answer.headers['content-disposition'], /^attachment; filename="[a-z0-9.-]+\.csv"$/);
});

test('on redirects', async () => {
  const made = await legal.postJson('/candour/cases/new', incident, { headers: { 'idempotency-key': randomUUID() } });
  assert.equal(made.status, 303);
  hasHeaders(made, '303 of ours');
  const login = await site.client().get('/candour/cases');
  assert.equal(login.status, 302);
  hasHeaders(login, '302 of the login');
  const signedOut = await site.client().get('/candour/signed-out');
  assert.equal(signedOut.headers['clear-site-data'], '"cache", "storage"');
});

test('on refusals of the application', async () => {
  const rows = [
    [400, await legal.get('/candour/cases?format=xml')],
    [403, await legal.get('/candour/users')],
    [403, await legal.post('/candour/cases/new', { token: 'x' })],
    [404, await legal.get('/candour/nowhere')],
    [404, await legal.get('/candour/cases/CM-2001-0001')],
    [405, await legal.request('DELETE', '/candour/cases')],
    [405, await legal.request('OPTIONS', '/candour/cases')],
    [413, await legal.post('/candour/cases/new', { title: 'x'.repeat(20001) })],
    [415, await legal.post('/candour/cases/new', {}, { headers: { 'content-type': 'text/plain' } })],
    [422, await legal.submit('/candour/cases/new', { title: '' })],
    [422, await legal.postJson('/candour/cases/new', {}, { headers: { 'idempotency-key': randomUUID() } })],
  ];
  for (const [status, answer] of rows) {
    assert.equal(answer.status, status, answer.text.slice(0, 600));
    hasHeaders(answer, String(status));
    if (status === 405) assert.equal(answer.headers.allow, 'GET, HEAD');
  }
});

test("on httpd's own errors, in our own page", async () => {
  site.log.announce('AH10244', 'AH01630'); // an invalid escape; a login page that takes POST alone
  const rows = [
    [400, await legal.get('/candour/%zz')],
    [404, await legal.get('/candour/a%2Fb')],
    [404, await legal.get('/candour/assets/none.css')],
    [405, await legal.request('TRACE', '/candour/cases')],
    [403, await site.client().get('/candour/do-sign-in')],
    [400, await legal.get('/candour/', { headers: { 'x-long': 'x'.repeat(9000) } })],
  ];
  for (const [status, answer] of rows) {
    assert.ok(answer.status === status || (status === 403 && answer.status >= 400), `${status}: ${answer.status}`);
    hasHeaders(answer, String(status));
    assert.equal(answer.headers['content-type'], 'text/html; charset=utf-8');
    assert.ok(answer.page.has({ id: 'maincontent' }), `${status}: our page`);
    assert.doesNotMatch(answer.text, /Apache|Reason:|additionally|2\.4\./);
  }
  const json = await legal.getJson('/candour/%zz');
  assert.equal(json.headers['content-type'], 'application/problem+json');
  assert.equal(json.json.status, 400);
});

test('a slow body, and a body of two lengths, are httpd\'s to refuse', async () => {
  const cookie = [...legal.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  const raw = (lines, body) => new Promise((done, fail) => {
    const socket = net.connect(site.facts.PORT, '127.0.0.1');
    let text = '';
    socket.on('data', (chunk) => { text += chunk; });
    socket.on('end', () => done(text));
    socket.on('error', fail);
    socket.write([...lines, 'Connection: close', '', body].join('\r\n'));
  });
  const both = await raw(['POST /candour/cases/new HTTP/1.1', 'Host: a', `Cookie: ${cookie}`, 'Content-Length: 3',
    'Transfer-Encoding: chunked'], '0\r\n\r\n');
  assert.match(both, /^HTTP\/1\.1 (400|403|415|501)/);
  assert.match(both, /\r\nContent-Security-Policy: /);
});

test('on files, which may be kept but not for good', async () => {
  const answer = await site.client().get('/candour/assets/candour.css');
  assert.equal(answer.status, 200);
  for (const [header, value] of Object.entries(always)) assert.equal(answer.headers[header], value, header);
  assert.match(answer.headers['cache-control'], /^public/);
  assert.match(answer.headers['content-security-policy'], /^default-src 'none'/);
});

test('nothing outside the mount gets them', async () => {
  const answer = await site.client().get('/elsewhere');
  assert.equal(answer.status, 404);
  assert.equal(answer.headers['content-security-policy'], undefined);
});
