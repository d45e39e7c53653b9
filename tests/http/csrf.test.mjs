// A write comes from this site's own page, by POST, with that page's token. Whatever lacks one of them is refused
// and changes nothing.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { dateParts, daysAgo, incident, makePeople } from './lib/data.mjs';
import { startSite } from './lib/site.mjs';

let site;
let legal;
let form;
const answers = { title: 'Swab left behind', name: 'Ada Example', ...dateParts('occurred', daysAgo(3)) };

before(async () => {
  site = await startSite({ demo: false });
  await makePeople(site);
  legal = await site.signedIn('legal');
  form = (await legal.get('/candour/cases/new')).page.form('cases/new');
});
after(() => site.stop());

const count = async () => Number((await site.sql('SELECT COUNT(*) FROM candour_case'))[0][0]);
const fresh = () => ({ ...form.fields, ...answers, key: randomUUID().replaceAll('-', '') });

async function refused(send, why, status = 403) {
  const before = await count();
  const answer = await send();
  assert.equal(answer.status, status, why);
  assert.equal(await count(), before, `${why}: nothing was written`);
  assert.ok(!answer.text.includes('Ada Example'), `${why}: nothing comes back`);
}

test('the form as it stands is taken', async () => {
  const before = await count();
  const answer = await legal.post(form.action, fresh());
  assert.equal(answer.status, 303, answer.text.slice(0, 800));
  assert.equal(await count(), before + 1);
});

test('without its token, or with another', async () => {
  await refused(() => legal.post(form.action, { ...fresh(), token: '' }), 'empty');
  const { token, ...rest } = fresh();
  await refused(() => legal.post(form.action, rest), 'none');
  const changed = (token[0] === 'A' ? 'B' : 'A') + token.slice(1);
  await refused(() => legal.post(form.action, { ...rest, token: changed }), 'one letter');
  await refused(() => legal.post(form.action, { ...rest, token: [token, token] }), 'twice', 400);
});

test("with another person's token, or another browser's", async () => {
  const ward = await site.signedIn('ward');
  const foreign = (await ward.get('/candour/cases/new')).page.form('cases/new').fields.token;
  await refused(() => legal.post(form.action, { ...fresh(), token: foreign }), "another person's");
  const second = await site.signedIn('legal');
  const other = (await second.get('/candour/cases/new')).page.form('cases/new').fields.token;
  await refused(() => legal.post(form.action, { ...fresh(), token: other }), "another browser's");
  await refused(() => legal.post(form.action, fresh(), {
    headers: { cookie: [...legal.cookies].filter(([name]) => name !== 'candour').map((pair) => pair.join('=')).join('; ') },
  }), 'no binding cookie');
});

test('from another origin, or from who knows where', async () => {
  const rows = {
    'another site': { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' },
    'another site, older browser': { origin: 'https://evil.example', 'sec-fetch-site': null },
    'a sister host': { origin: site.origin, 'sec-fetch-site': 'same-site' },
    'another port': { origin: 'http://127.0.0.1:1', 'sec-fetch-site': null },
    'a longer name': { origin: `${site.origin}.evil.example`, 'sec-fetch-site': null },
    'a sandboxed frame': { origin: 'null', 'sec-fetch-site': null },
    'no header at all': { origin: null, 'sec-fetch-site': null },
    'a referer from elsewhere': { origin: null, 'sec-fetch-site': null, referer: 'https://evil.example/candour/cases/new' },
  };
  for (const [why, headers] of Object.entries(rows)) {
    await refused(() => legal.post(form.action, fresh(), { headers }), why);
    await refused(() => legal.postJson('/candour/cases/new', incident, {
      headers: { ...headers, 'idempotency-key': randomUUID() },
    }), `${why}, JSON`);
  }
});

test('what a form of another site could send as "JSON" is no JSON', async () => {
  for (const type of ['text/plain', 'multipart/form-data; boundary=x', 'application/jsonx', 'application/x-www-form-urlencodedx']) {
    await refused(() => legal.post(form.action, fresh(), { headers: { 'content-type': type } }), type, 415);
  }
});

test('nothing is changed by GET', async () => {
  const before = await count();
  await legal.get(`/candour/cases/new?${new URLSearchParams(fresh())}`);
  assert.equal(await count(), before);
});

test('the binding cookie is for this site alone, and no script reads it', async () => {
  const client = await site.signedIn('legal');
  const answer = await client.get('/candour/cases');
  const cookie = (answer.headers['set-cookie'] ?? []).find((one) => one.startsWith('candour='));
  assert.ok(cookie || client.cookies.has('candour'), 'there is one');
  if (cookie) {
    assert.match(cookie, /; HttpOnly/);
    assert.match(cookie, /; SameSite=Strict/);
    assert.match(cookie, /; Path=\//);
  }
});
