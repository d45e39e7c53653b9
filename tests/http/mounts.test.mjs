// Where the application begins and ends: several mounts, sections inside them, a forgotten Require, requests that
// httpd makes inside requests, addresses that look like files of another kind.
import assert from 'node:assert/strict';
import net from 'node:net';
import { after, before, test } from 'node:test';
import { makePeople } from './lib/data.mjs';
import { startSite } from './lib/site.mjs';

const extra = `
<Location "/open">
    CandourEnable On
    AuthType none
    Require all granted
</Location>
<Location "/open/files">
    CandourEnable Off
</Location>
<Location "/handler-alone">
    SetHandler candour
    Require all granted
</Location>
<Location "/inside">
    ErrorDocument 404 /candour/live
    Require all granted
</Location>
AddEncoding x-gzip .gz
AddType application/x-other .other
RequestReadTimeout body=1
`;

let site;
let legal;
before(async () => {
  site = await startSite({ demo: false, httpdExtra: extra });
  await makePeople(site);
  legal = await site.signedIn('legal');
});
after(() => site.stop());

test('a second mount has addresses of its own', async () => {
  const live = await site.client().getJson('/open/live');
  assert.equal(live.status, 200);
  assert.equal(live.json.status, 'live');
  const help = await site.client().get('/open/help/rules');
  assert.equal(help.status, 200);
  assert.ok(help.page.links().filter((href) => href.startsWith('/')).every((href) => href.startsWith('/open/')));
  for (const path of ['/openx/live', '/ope', '/open.live', '/candourx']) {
    const answer = await site.client().get(path);
    assert.equal(answer.status, 404, path);
    assert.equal(answer.headers['content-security-policy'], undefined, path);
  }
});

test('the mount itself, with and without its slash, is the first page', async () => {
  assert.equal((await legal.get('/candour')).status, 200);
  assert.equal((await legal.get('/candour/')).status, 200);
  assert.equal((await legal.get('/candour//')).status, 200);
  assert.equal((await legal.get('/candour//cases')).status, 200);
});

test('a forgotten Require opens nothing, and the log says what is missing', async () => {
  site.log.announce('CD0010');
  for (const path of ['/open/', '/open/cases', '/open/users', '/open/health']) {
    const answer = await site.client().get(path);
    assert.equal(answer.status, 403, path);
    const forged = await site.client().get(path, { headers: { authorization: 'Basic YWRtaW46eA==', 'x-remote-user': 'admin' } });
    assert.equal(forged.status, 403, path);
  }
  assert.match(site.log.lines().filter((line) => line.includes('CD0010:')).join('\n'), /Require/);
});

test('a section inside that is switched off is not ours', async () => {
  const answer = await site.client().get('/open/files/cases');
  assert.equal(answer.status, 404);
});

test('SetHandler alone answers nothing, and the log says what is missing', async () => {
  site.log.announce('CD0009');
  const answer = await site.client().get('/handler-alone/live');
  assert.equal(answer.status, 500);
  assert.match(site.log.lines().filter((line) => line.includes('CD0009:')).join('\n'), /CandourEnable/);
});

test('httpd may not make a request of its own to us', async () => {
  const answer = await site.client().get('/inside/nothing');
  assert.equal(answer.status, 404);
  assert.doesNotMatch(answer.text, /"live"/);
});

test('an address that ends like a file is no file', async () => {
  for (const path of ['/candour/help/rules.gz', '/candour/help/rules.php', '/candour/help/a.other', '/candour/cases.html', '/candour/live.gz']) {
    const answer = await legal.get(path);
    assert.equal(answer.status, 404, path);
    assert.equal(answer.headers['content-encoding'], undefined, path);
    assert.equal(answer.headers['content-type'], 'text/html; charset=utf-8', path);
  }
});

test('a body that does not come is given up: 408', async () => {
  const cookie = [...legal.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  const text = await new Promise((done, fail) => {
    const socket = net.connect(site.facts.PORT, '127.0.0.1');
    let got = '';
    socket.on('data', (chunk) => { got += chunk; });
    socket.on('end', () => done(got));
    socket.on('error', fail);
    socket.write(`POST /candour/cases/new HTTP/1.1\r\nHost: a\r\nCookie: ${cookie}\r\nContent-Length: 100\r\n\r\nabc`);
  });
  assert.match(text, /^HTTP\/1\.1 408 /);
  assert.match(text, /\r\nContent-Security-Policy: /);
  assert.match(text, /took too long/);
});
