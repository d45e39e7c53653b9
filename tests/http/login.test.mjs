// Signing in and out through httpd, and what is served to somebody who is not signed in.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { makePeople } from './lib/data.mjs';
import { startSite } from './lib/site.mjs';

let site;
before(async () => {
  site = await startSite({ demo: false });
  await makePeople(site);
});
after(() => site.stop());

test('each account of the demo signs in and comes home', async () => {
  for (const name of Object.keys(site.accounts)) {
    const client = await site.signedIn(name);
    const home = await client.get('/candour/');
    assert.equal(home.status, 200, name);
    assert.ok(home.page.text().includes(site.accounts[name].fullName), `${name}: the name is on the page`);
  }
});

test('without a session every page leads to the sign-in page', async () => {
  for (const path of ['/candour/', '/candour/cases', '/candour/claims', '/candour/users', '/candour/nowhere']) {
    const answer = await site.client().get(path);
    assert.equal(answer.status, 302, path);
    assert.equal(answer.location, '/candour/sign-in', path);
  }
});

test('a program that asks for JSON is told 401 instead', async () => {
  for (const path of ['/candour/', '/candour/cases', '/candour/nowhere']) {
    const answer = await site.client().getJson(path);
    assert.equal(answer.status, 401, path);
    assert.equal(answer.location, undefined, path);
  }
});

test('a wrong password and an unknown name get the same page', async () => {
  const texts = [];
  for (const account of [{ name: 'legal', password: 'wrong' }, { name: 'nobody-such', password: 'wrong' }]) {
    const client = site.client();
    const answer = await client.submit('/candour/sign-in',
      { httpd_username: account.name, httpd_password: account.password }, { form: 'do-sign-in' });
    assert.equal(answer.status, 302);
    assert.equal(answer.location, '/candour/sign-in?again=1');
    const page = await client.follow(answer);
    assert.equal(page.status, 200);
    assert.notDeepEqual(page.page.errors, [], 'the page says that it did not work');
    texts.push(page.page.text());
    assert.equal((await client.get('/candour/')).status, 302, 'and nobody is signed in');
  }
  assert.equal(texts[0], texts[1]);
  site.log.announce('AH01807', 'AH01808'); // password mismatch, user not found
});

test('a form cannot name where to go after signing in', async () => {
  const client = site.client();
  const answer = await client.submit('/candour/sign-in', {
    httpd_username: 'legal', httpd_password: site.accounts.legal.password,
    httpd_location: 'https://elsewhere.example/',
  }, { form: 'do-sign-in' });
  assert.equal(answer.location, '/candour/');
});

test('logging out ends the session in the browser and on the server', async () => {
  const client = await site.signedIn('legal');
  const kept = new Map(client.cookies);
  const answer = await client.send(await client.get('/candour/'), {}, { form: 'do-sign-out' });
  assert.equal(answer.status, 307);
  assert.match(answer.headers['clear-site-data'], /cache/);
  // A browser posts once more after 307; that address answers with 303.
  const next = await client.post(answer.location, {});
  assert.equal(next.status, 303);
  assert.equal(new URL(next.location, site.origin).pathname, '/candour/signed-out');
  assert.equal((await client.get('/candour/signed-out')).status, 200);
  assert.equal((await client.get('/candour/')).status, 302);
  assert.notDeepEqual(client.cookies, kept);
});

test('neither signing in nor logging out works by a link', async () => {
  const client = await site.signedIn('legal');
  for (const path of ['/candour/do-sign-in', '/candour/do-sign-out']) {
    assert.equal((await client.get(path)).status, 403, path);
  }
  assert.equal((await client.get('/candour/')).status, 200, 'still signed in');
  site.log.announce('AH01630');
});

test('the session cookie is for httpd alone', async () => {
  const client = site.client();
  const answer = await client.submit('/candour/sign-in',
    { httpd_username: 'legal', httpd_password: site.accounts.legal.password }, { form: 'do-sign-in' });
  const [cookie] = answer.headers['set-cookie'].filter((line) => line.startsWith('candour_session='));
  assert.match(cookie, /;HttpOnly/);
  assert.match(cookie, /;SameSite=Lax/);
  assert.match(cookie, /;path=\/candour/);
  assert.ok(!cookie.includes(site.accounts.legal.password), 'the password cannot be read in it');
  // A cookie that was changed is no session.
  const value = client.cookies.get('candour_session');
  client.cookies.set('candour_session', `${value.slice(0, 20)}${value[20] === 'A' ? 'B' : 'A'}${value.slice(21)}`);
  assert.equal((await client.get('/candour/')).status, 302);
  site.log.announce(/session_crypto:error|AH018\d\d/);
});
