// What bad input gets: the form again with every answer kept, or a plain refusal; and never half an effect.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { dateParts, daysAgo, incident, makePeople, openCase, record, versionOf, write } from './lib/data.mjs';
import { startSite } from './lib/site.mjs';

let site;
let legal;
let casePath;
before(async () => {
  site = await startSite({ demo: false, httpdExtra: 'CandourMaxBody 100000' });
  await makePeople(site);
  legal = await site.signedIn('legal');
  casePath = await openCase(legal);
});
after(() => site.stop());

const records = async () => Number((await site.sql('SELECT COUNT(*) FROM case_record'))[0][0]);
const cases = async () => Number((await site.sql('SELECT COUNT(*) FROM candour_case'))[0][0]);
const attempt = () => ({ ...dateParts('tried', daysAgo(10)), mode: 'TELEPHONE', outcome: 'NO_ANSWER', tried_by: 'K. Brandt' });
const attemptJson = { tried: daysAgo(10), mode: 'TELEPHONE', outcome: 'NO_ANSWER', tried_by: 'K. Brandt' };

test('a form with mistakes comes back with every answer, a summary and a message at the field', async () => {
  const before = await cases();
  const typed = {
    title: 'A "quoted" <b>title</b> & more', 'occurred-day': '31', 'occurred-month': '2', 'occurred-year': '2026',
    name: 'Ada Exämple', nhs_number: '943 476 5918', description: 'Line one\r\nLine <two>', unintended: 'yes',
  };
  const answer = await legal.submit('/candour/cases/new', typed);
  assert.equal(answer.status, 422);
  assert.match(answer.page.title, /^Error: (?!Error)/);
  const found = Object.fromEntries(answer.page.errors.map(({ field, text }) => [field, text]));
  assert.match(JSON.stringify(found), /occurred/);
  assert.match(JSON.stringify(found), /nhs_number/);
  for (const { field, text } of answer.page.errors) {
    assert.ok(answer.page.has({ id: field }), `the summary's link leads to a field: ${field}`);
    assert.ok(answer.page.all({ class: 'nhsuk-error-message', text }).length === 1, `the message at the field: ${text}`);
  }
  const kept = answer.page.form('cases/new').fields;
  for (const [name, value] of Object.entries(typed)) {
    assert.equal(kept[name], name === 'unintended' ? kept.unintended : value, `${name} is kept`);
  }
  assert.ok(kept.unintended, 'the choice is kept');
  assert.ok(!answer.text.includes('<b>title'), 'escaped');
  assert.equal(await cases(), before);
  const again = await legal.send(answer, { 'occurred-day': '3', nhs_number: '943 476 5919' }, { form: 'cases/new' });
  assert.equal(again.status, 303, again.page.errors.map(({ text }) => text).join('; '));
  assert.equal(await cases(), before + 1);
});

test('JSON with mistakes gets a list with a pointer to each', async () => {
  const answer = await legal.postJson('/candour/cases/new', { title: 'x', occurred: '2026-02-31' },
    { headers: { 'idempotency-key': randomUUID() } });
  assert.equal(answer.status, 422);
  assert.equal(answer.headers['content-type'], 'application/problem+json');
  const { type, status, title, errors } = answer.json;
  assert.equal(type, '/problems/invalid');
  assert.equal(status, 422);
  assert.ok(title.length > 5);
  const pointers = errors.map((one) => one.pointer);
  for (const pointer of ['#/title', '#/occurred', '#/name']) assert.ok(pointers.includes(pointer), pointer);
  for (const { detail } of errors) assert.ok(detail.length > 5);
});

test('what no form has, or has once, is refused whole', async () => {
  const before = [await cases(), await records()];
  const form = (await legal.get('/candour/cases/new')).page.form('cases/new');
  const good = { ...form.fields, title: 'Swab left behind', name: 'Ada Example', ...dateParts('occurred', daysAgo(3)) };
  const rows = [
    [{ ...good, admin: '1' }, 'an undeclared name'],
    [{ ...good, id: '7' }, 'an id'],
    [{ ...good, org_code: 'RHD' }, 'a trust'],
    [{ ...good, recorded_by: '1' }, 'an author'],
    [{ ...good, title: ['one title', 'another title'] }, 'a field twice'],
    [{ ...good, key: [good.key, good.key] }, 'a key twice'],
    [{ ...good, key: '' }, 'no key'],
    [{ ...good, key: 'zz' }, 'a key that is none'],
    [{ ...good, version: '1x' }, 'a version that is none'],
    [{ ...good, 'title-day': '1' }, 'a part of what is no date'],
  ];
  for (const [fields, why] of rows) {
    const answer = await legal.post(form.action, fields);
    assert.equal(answer.status, 400, why);
  }
  const raw = (body, type = 'application/x-www-form-urlencoded') => legal.request('POST', '/candour/cases/new', {
    body, headers: { 'content-type': type, origin: site.origin, 'sec-fetch-site': 'same-origin', 'idempotency-key': randomUUID() },
  });
  for (const body of ['title=%zz', 'title=%ff%fe', 'title=a%00b', `${'a=b&'.repeat(300)}`]) {
    assert.equal((await raw(body)).status, 400, JSON.stringify(body.slice(0, 20)));
  }
  for (const body of ['', '{', '[]', '{"a":1,"a":2}', '{"title":"a"} x', '{"title":{"a":1}}', '{"title":["a"]}', '{"nobody":1}',
    '{"title":"a\\u0000b"}', `${'['.repeat(40)}${']'.repeat(40)}`, '"text"', '{"title":1.5}']) {
    assert.equal((await raw(body, 'application/json')).status, 400, JSON.stringify(body));
  }
  assert.deepEqual([await cases(), await records()], before);
});

test('a body over the limit is refused at once, whether it says its length or not', async () => {
  const text = 'x'.repeat(100001);
  const said = await legal.post(`${casePath}/log/attempt`, { note: text });
  assert.equal(said.status, 413);
  const chunked = await legal.post(`${casePath}/log/attempt`, { note: text }, { headers: { 'transfer-encoding': 'chunked', 'content-length': null } })
    .catch((error) => error);
  assert.ok(chunked.status === 413 || chunked.code === 'ECONNRESET' || chunked.code === 'EPIPE', String(chunked));
});

test('unknown ids, unknown kinds, numbers that are none', async () => {
  const number = casePath.split('/').pop();
  for (const path of ['/candour/cases/CM-2001-0001', `/candour/claims/${number}`, `${casePath}/records/999`, `${casePath}/records/0`,
    `${casePath}/records/1x`, `${casePath}/log/nonsense`, `${casePath}/log/payment`, `${casePath}/nowhere`, '/candour/cases/1',
    '/candour/cases/CM-2026-0001%00', '/candour/trusts/ZZZ', '/candour/policies/schemes/none', '/candour/help/none']) {
    const answer = await legal.get(path);
    // A page of the administrators' is refused before it is looked for.
    assert.equal(answer.status, path.includes('/trusts/') ? 403 : 404, path);
  }
  for (const query of ['before=x', 'before=', 'before=0', 'before=99999999999999999999', 'before=-1', 'state=NONE',
    'before=1&before=2', 'page=2', 'state=OPEN&state=OPEN', '=1', 'State=OPEN', 'before']) {
    assert.equal((await legal.get(`/candour/cases?${query}`)).status, 400, query);
  }
  for (const path of ['/candour/?x=1', '/candour/cases/new?title=a', `${casePath}/log/attempt?corrects=1&corrects=1`,
    `${casePath}/log/attempt?corects=1`, `${casePath}?as_at=2026-01-01&format=html`, '/candour/claims?before=', '/candour/search?q=sepsis',
    '/candour/sign-in?next=https://elsewhere.example/', `${casePath}/records/1?x`]) {
    const answer = await legal.get(path);
    assert.equal(answer.status, 400, path);
    assert.match(answer.text, /in the address|formats that an address/, path);
  }
  for (const query of ['as_at=2026-02-31', 'as_at=x', 'as_at=0000-00-00', 'as_at=2026-01-01&as_at=2026-01-02']) {
    assert.equal((await legal.get(`${casePath}?${query}`)).status, 400, query);
  }
});

test('a case that another trust has answers a strange address as one that is not there', async () => {
  const other = await site.signedIn('otherlegal');
  for (const path of [casePath, '/candour/cases/CM-2001-0001']) {
    assert.equal((await other.get(`${path}?nonsense=1`)).status, 404, path);
  }
});

test('a stale page: 409, with both versions, and the way on from there works', async () => {
  const path = `${casePath}/log/attempt`;
  const [mine, theirs] = [await legal.get(path), await legal.get(path)];
  const note = { note: 'This is what I wrote.' };
  assert.equal((await legal.send(theirs, { ...attempt(), note: 'They were quicker.' }, { form: 'log/attempt' })).status, 303);
  const before = await records();
  const answer = await legal.send(mine, { ...attempt(), ...note }, { form: 'log/attempt' });
  assert.equal(answer.status, 409);
  assert.ok(answer.text.includes('This is what I wrote.'), 'mine is kept');
  assert.match(answer.page.text(), /saved since|saved a change/i);
  assert.equal(await records(), before, 'nothing was written');
  const second = await legal.send(answer, {}, { form: 'log/attempt' });
  assert.equal(second.status, 303, second.text.slice(0, 300));
  assert.equal(await records(), before + 1);
});

test('a stale write of the API: 409, and nothing happens', async () => {
  const version = await versionOf(legal, casePath);
  const before = await records();
  for (const stale of [version - 1, version + 1, 0]) {
    const answer = await legal.postJson(`${casePath}/log/attempt`, attemptJson,
      { headers: { 'idempotency-key': randomUUID(), 'if-match': `"${stale}"` } });
    assert.equal(answer.status, 409, String(stale));
    assert.equal(answer.json.type, '/problems/stale');
  }
  assert.equal(await records(), before);
});

test('the duty is said to be told in person only where it was', async () => {
  const heading = async (path) => (await legal.get(path)).text;
  const talk = {
    told: daysAgo(20), who_told: 'The patient', spoke_name: 'L. Abara', spoke_role: 'surgeon', facts_given: true,
    facts_words: 'A swab was left inside you.', apology_given: true,
  };
  const rows = [[{ mode: 'FACE_TO_FACE' }, /Told in person in time/], [{ mode: 'TELEPHONE', why_not_in_person: 'Lives abroad' }, /Told in time/]];
  for (const [more, words] of rows) {
    const path = await openCase(legal);
    await record(legal, path, 'talk', { ...talk, ...more });
    assert.match(await heading(path), words, more.mode);
  }
});

test('a second click has the same answer and no second effect', async () => {
  const page = await legal.get(`${casePath}/log/attempt`);
  const before = await records();
  const send = () => legal.send(page, attempt(), { form: 'log/attempt' });
  const first = await send();
  assert.equal(first.status, 303);
  const [second, third] = await Promise.all([send(), send()]);
  for (const answer of [second, third]) {
    assert.equal(answer.status, 303);
    assert.equal(answer.location, first.location);
  }
  assert.equal(await records(), before + 1);
});

test('twelve clicks at once have one effect', async () => {
  const page = await legal.get('/candour/cases/new');
  const before = await cases();
  const fields = { title: 'Twelve clicks', name: 'Ada Example', ...dateParts('occurred', daysAgo(3)) };
  const answers = await Promise.all(Array.from({ length: 12 }, () => legal.send(page, fields, { form: 'cases/new' })));
  assert.deepEqual([...new Set(answers.map(({ status }) => status))], [303]);
  assert.equal(new Set(answers.map(({ location }) => location)).size, 1);
  assert.equal(await cases(), before + 1);
});

test('the same key with other answers: the form comes back with them and a fresh key', async () => {
  const page = await legal.get(`${casePath}/log/attempt`);
  assert.equal((await legal.send(page, attempt(), { form: 'log/attempt' })).status, 303);
  const before = await records();
  const other = await legal.send(page, { ...attempt(), note: 'Something else.' }, { form: 'log/attempt' });
  assert.equal(other.status, 422);
  assert.equal(await records(), before);
  assert.match(other.page.text({ class: 'nhsuk-error-summary' }), /This form was saved before, with other answers/);
  const kept = other.page.form('log/attempt').fields;
  assert.equal(kept.note, 'Something else.');
  assert.equal(kept.tried_by, 'K. Brandt');
  assert.notEqual(kept.key, page.page.form('log/attempt').fields.key);
  // The first click changed the case: the second version is shown beside it, and can then be saved.
  const stale = await legal.send(other, {}, { form: 'log/attempt' });
  assert.equal(stale.status, 409);
  assert.equal((await legal.send(stale, {}, { form: 'log/attempt' })).status, 303);
  assert.equal(await records(), before + 1);

  const blank = await legal.get('/candour/cases/new');
  const fields = { title: 'Saved once', name: 'Ada Example', ...dateParts('occurred', daysAgo(3)) };
  assert.equal((await legal.send(blank, fields, { form: 'cases/new' })).status, 303);
  const files = await cases();
  const again = await legal.send(blank, { ...fields, title: 'Another one' }, { form: 'cases/new' });
  assert.equal(again.status, 422);
  assert.equal(again.page.form('cases/new').fields.title, 'Another one');
  assert.equal(await cases(), files);
  assert.equal((await legal.send(again, {}, { form: 'cases/new' })).status, 303);
  assert.equal(await cases(), files + 1);

  const key = randomUUID();
  const headers = { 'idempotency-key': key };
  const first = await legal.postJson('/candour/cases/new', incident, { headers });
  assert.equal(first.status, 303);
  const reused = await legal.postJson('/candour/cases/new', { ...incident, title: 'Another one' }, { headers });
  assert.equal(reused.status, 422);
  assert.equal(reused.json.type, '/problems/key-reused');
});

test('markup that somebody types is shown as they typed it', async () => {
  const evil = '"><script>alert(1)</script><img src=x onerror=alert(1)>{{title}}';
  const path = await write(legal, '/candour/cases/new', { ...incident, title: evil.slice(0, 110), description: `${evil}\n'"&` });
  for (const page of [path, '/candour/cases', `${path}/records/1`, '/candour/search']) {
    const answer = page.endsWith('/search') ? await legal.submit(page, { q: evil }) : await legal.get(page);
    assert.ok(answer.status === 200 || answer.status === 422, page);
    assert.ok(!answer.text.includes('<script>alert'), page);
    assert.ok(!answer.text.includes('<img src=x'), page);
  }
  assert.ok((await legal.getJson(path)).json.heading.startsWith('"><script>'));
});
