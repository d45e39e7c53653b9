// A document on its way in: the form with a file as browsers send it, as nobody should, cut off, slow, large and many
// at once. What goes wrong leaves nothing to be seen, and nothing for the next request.
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, before, test } from 'node:test';
import { incident, makePeople, openCase, versionOf, write } from './lib/data.mjs';
import { startSite } from './lib/site.mjs';
import { boundary, children, formHeaders, memoryOf, multipart, newestFile, peakWhile, rawHead, upload, wire } from './lib/upload.mjs';

const MiB = 1 << 20;
let site;
let legal;
let casePath;

before(async () => {
  site = await startSite({ demo: false, httpdExtra: 'RequestReadTimeout body=3,MinRate=100000' });
  await makePeople(site);
  legal = await site.signedIn('legal');
  casePath = await openCase(legal);
});
after(() => site.stop());

const number = async (statement) => Number((await site.sql(statement))[0][0]);
const records = () => number('SELECT COUNT(*) FROM case_record');
const kept = () => number('SELECT COUNT(*) FROM content WHERE state = 2');
const pdf = (size) => Buffer.concat([Buffer.from('%PDF-1.7\r\n--'), randomBytes(Math.max(0, size - 12))]);
const file = (bytes, more = {}) => ({ name: 'file', filename: 'letter.pdf', type: 'application/pdf', bytes, ...more });
const answers = { kind: 'OTHER', name: 'Scan of the letter' };

/** The fields of the page's form, the token first, with the answers in them. */
async function fields(path = casePath, more = {}) {
  const form = (await legal.get(`${path}/documents/add`)).page.form('documents/add');
  const { token, ...rest } = { ...form.fields, ...answers, ...more };
  return { token, rest: Object.entries(rest) };
}

/** Sends one form: the file where the page has it, after the token. */
async function send(bytes, { path = casePath, more = {}, as = {}, ...options } = {}) {
  const { token, rest } = await fields(path, more);
  return upload(legal, `${path}/documents/add`, multipart([['token', token], ...rest, file(bytes, as)]), options);
}

/** Nothing of what was refused can be seen. */
async function nothing(work) {
  const before = [await records(), await kept(), await versionOf(legal, casePath)];
  await work();
  assert.deepEqual([await records(), await kept(), await versionOf(legal, casePath)], before);
}

test('in the page the token comes before the file', async () => {
  const { text } = await legal.get(`${casePath}/documents/add`);
  const [token, input] = [text.indexOf('name="token"'), text.indexOf('type="file"', text.indexOf('documents/add'))];
  const own = text.indexOf('name="token"', text.indexOf('multipart/form-data'));
  assert.ok(token > 0 && own > 0 && input > own, `${token} ${own} ${input}`);
});

test('a file is kept, whether its length is said or not', async () => {
  for (const chunked of [false, true]) {
    const before = [await records(), await kept()];
    const answer = await send(pdf(100000), { chunked });
    assert.equal(answer.status, 303, answer.text);
    assert.deepEqual([await records(), await kept()], [before[0] + 1, before[1] + 1]);
  }
});

test('the same form twice is kept once', async () => {
  const { token, rest } = await fields();
  const body = multipart([['token', token], ...rest, file(pdf(1000))]);
  const before = [await records(), await kept()];
  const first = await upload(legal, `${casePath}/documents/add`, body);
  const second = await upload(legal, `${casePath}/documents/add`, body);
  assert.deepEqual([first.status, second.status], [303, 303]);
  assert.equal(first.location, second.location);
  assert.deepEqual([await records(), await kept()], [before[0] + 1, before[1] + 1]);
});

test('Expect: 100-continue is answered', async () => {
  const { token, rest } = await fields();
  const { type, body } = multipart([['token', token], ...rest, file(pdf(1000))]);
  const line = wire(site.origin);
  await line.write(rawHead(legal, `${casePath}/documents/add`, { type, length: body.length, more: 'Expect: 100-continue\r\n' }));
  assert.match(await line.until(/100 Continue\r\n\r\n/), /^HTTP\/1.1 100 Continue\r\n\r\n$/);
  await line.write(body);
  assert.match(await line.until(/HTTP\/1.1 303/), /HTTP\/1.1 303/);
  line.socket.destroy();
});

test('without the token before the file nothing is taken', async () => {
  await nothing(async () => {
    const { token, rest } = await fields();
    const rows = [
      [[...rest, file(pdf(1000)), ['token', token]], 403, 'after the file'],
      [[...rest, file(pdf(1000))], 403, 'none'],
      [[['token', 'AAAAAAAAAAAAAAAAAAAAAA'], ...rest, file(pdf(1000))], 403, 'another'],
      [[['token', ''], ...rest, file(pdf(1000))], 403, 'empty'],
      [[['token', token], ['token', token], ...rest, file(pdf(1000))], 400, 'two'],
      [[...rest], 403, 'none, and no file'],
    ];
    for (const [parts, status, why] of rows) {
      assert.equal((await upload(legal, `${casePath}/documents/add`, multipart(parts))).status, status, why);
    }
    const good = multipart([['token', token], ...rest, file(pdf(1000))]);
    const elsewhere = { origin: 'https://elsewhere.example', 'sec-fetch-site': 'cross-site' };
    assert.equal((await upload(legal, `${casePath}/documents/add`, good, { headers: elsewhere })).status, 403);
    assert.equal((await upload(legal, `${casePath}/documents/add`, good, { headers: { cookie: null } })).status, 302);
    const body = new URLSearchParams([['token', token], ...rest]).toString();
    const plain = await legal.request('POST', `${casePath}/documents/add`,
      { body, headers: formHeaders(legal, 'application/x-www-form-urlencoded') });
    assert.equal(plain.status, 415, 'a form without files');
    assert.equal((await legal.postJson(`${casePath}/documents/add`, {})).status, 415, 'JSON');
  });
});

test('what is no form with one file is refused', async () => {
  await nothing(async () => {
    const { token, rest } = await fields();
    const parts = [['token', token], ...rest];
    const good = multipart([...parts, file(pdf(1000))]);
    const type = (value) => ({ ...good, type: value });
    const rows = [
      [type('multipart/form-data; boundary=wrong'), 400, 'wrong boundary'],
      [type(`${good.type}; boundary=b`), 400, 'two boundaries'],
      [type('multipart/form-data'), 400, 'no boundary'],
      [type(`multipart/form-data; boundary="${boundary}`), 400, 'open quotes'],
      [type(`multipart/mixed; boundary=${boundary}`), 415, 'another kind'],
      [{ ...good, body: Buffer.concat([Buffer.from('\r\n'), good.body]) }, 400, 'a preamble'],
      [{ ...good, body: Buffer.concat([good.body, Buffer.from('\r\n')]) }, 400, 'an epilogue'],
      [{ ...good, body: good.body.subarray(0, good.body.length - 4) }, 400, 'no end'],
      [{ ...good, body: Buffer.from(good.body.toString('latin1').replaceAll('\r\n', '\n'), 'latin1') }, 400, 'bare LF'],
      [{ ...good, body: Buffer.alloc(0) }, 400, 'nothing'],
      [multipart([...parts, file(pdf(10), { name: 'photo' })]), 400, 'a file that the form does not have'],
      [multipart([...parts, file(pdf(10)), file(pdf(10))]), 413, 'two files'],
      [multipart([...parts, ['file', 'x']]), 400, 'text in place of the file'],
      [multipart([...parts, file(pdf(10), { filename: '../x.pdf' })]), 400, 'a path'],
      [multipart([...parts, file(pdf(10), { filename: '' })]), 400, 'bytes without a name'],
      [multipart([...parts, file(pdf(10), { filename: 'a"; filename*=UTF-8\'\'b.pdf' })]), 400, 'filename*'],
      [multipart([...parts, ['undeclared', '1'], file(pdf(10))]), 400, 'an undeclared field'],
      [multipart([...parts, ['size', '1'], file(pdf(10))]), 400, 'a field that the program sets'],
      [multipart([...parts, ...Array.from({ length: 100 }, () => ['a', '']), file(pdf(10))]), 413, 'too many parts'],
      [multipart([...parts, ['note', 'x'.repeat(65537)], file(pdf(10))]), 413, 'too long a value'],
    ];
    for (const [form, status, why] of rows) {
      const answer = await upload(legal, `${casePath}/documents/add`, form);
      assert.equal(answer.status, status, `${why}: ${answer.text.slice(0, 2000)}`);
    }
    const line = wire(site.origin);
    await line.write(rawHead(legal, `${casePath}/documents/add`,
      { type: good.type, length: good.body.length, more: `Content-Type: ${good.type}\r\n` }));
    await line.write(good.body);
    assert.match(await line.until(/\r\n\r\n/), /^HTTP\/1.1 400 /, 'two Content-Types');
    line.socket.destroy();
  });
});

test('a file over the limit is refused: by its word before a byte of it is read, else by counting', async () => {
  await nothing(async () => {
    const { token, rest } = await fields();
    const line = wire(site.origin);
    await line.write(rawHead(legal, `${casePath}/documents/add`,
      { type: `multipart/form-data; boundary=${boundary}`, length: 51 * MiB + 1, more: 'Expect: 100-continue\r\n' }));
    await line.ended;
    assert.match(line.text(), /^HTTP\/1.1 413 /, 'by its word, and no 100 Continue');
    const large = multipart([['token', token], ...rest, file(Buffer.alloc(50 * MiB + 1, '%PDF-1.7'))]);
    for (const chunked of [false, true]) {
      const answer = await upload(legal, `${casePath}/documents/add`, large, { chunked });
      assert.equal(answer.status, 413, `one byte over, chunked: ${chunked}`);
    }
    const huge = { type: large.type, body: Buffer.concat([large.body, Buffer.alloc(3 * MiB)]) };
    assert.equal((await upload(legal, `${casePath}/documents/add`, huge, { chunked: true })).status, 413);
  });
});

test('what is left of a refused form is not taken for a request', async () => {
  const smuggled = Buffer.from(`\r\nGET /candour/live HTTP/1.1\r\nHost: ${new URL(site.origin).host}\r\n\r\n`.repeat(2000));
  const { body, type } = multipart([['token', 'wrong'], file(smuggled)]);
  for (const length of [body.length, null]) {
    const line = wire(site.origin);
    await line.write(rawHead(legal, `${casePath}/documents/add`, { type, length, more: length === null ? 'Transfer-Encoding: chunked\r\n' : '' }));
    if (length === null) await line.write(`${body.length.toString(16)}\r\n`);
    await line.write(body);
    if (length === null) await line.write('\r\n0\r\n\r\n');
    await line.ended;
    assert.match(line.text(), /^HTTP\/1.1 403 /);
    assert.equal(line.text().match(/HTTP\/1.1 /g).length, 1, 'one answer');
    assert.match(line.text(), /\r\nConnection: close\r\n/i);
  }
});

test('cut off at each 1 %: nothing is seen, the sweep leaves nothing behind, and the next request works', async () => {
  const path = `${casePath}/documents/add`;
  await nothing(async () => {
    const { token, rest } = await fields();
    const { type, body } = multipart([['token', token], ...rest, file(pdf(1200000))]);
    for (let percent = 0; percent < 100; percent++) {
      const line = wire(site.origin);
      await line.write(rawHead(legal, path, { type, length: body.length }));
      await line.write(body.subarray(0, Math.floor(body.length * percent / 100)));
      // In turn: gone without a word, and gone after saying that no more comes.
      if (percent % 2) line.socket.end();
      else line.socket.destroy();
      await line.ended;
      if (percent % 10 === 0) assert.equal((await legal.getJson(casePath)).status, 200, `after ${percent} %`);
    }
  });
  // httpd notices the last of them in its own time.
  for (let tries = 0; tries < 100 && await writing(); tries++) await new Promise((done) => setTimeout(done, 50));
  const swept = await site.ctl(['run', 'sweep', '--older-than', '0']);
  assert.equal(swept.status, 0, swept.stderr);
  assert.equal(await number('SELECT COUNT(*) FROM content WHERE state = 1'), 0);
  assert.equal(await number('SELECT COUNT(*) FROM content_chunk WHERE content_id NOT IN (SELECT content_id FROM content WHERE state = 2)'), 0);
  assert.equal((await send(pdf(1000))).status, 303);
});

/** Is anything still being staged? */
async function writing() {
  const seen = async () => JSON.stringify(await site.sql('SELECT content_id, MAX(number) FROM content_chunk GROUP BY content_id'));
  const first = await seen();
  await new Promise((done) => setTimeout(done, 200));
  return first !== await seen();
}

test('who sends too slowly is refused, and holds no connection to the database meanwhile', async () => {
  const admin = await site.signedIn('admin');
  const inUse = async () => (await admin.getJson('/candour/health')).json.checks.find(({ name }) => name === 'Connections in use').found;
  await nothing(async () => {
    const { token, rest } = await fields();
    const { type, body } = multipart([['token', token], ...rest, file(pdf(700000))]);
    const lines = await Promise.all(Array.from({ length: 10 }, async () => {
      const line = wire(site.origin);
      await line.write(rawHead(legal, `${casePath}/documents/add`, { type, length: body.length }));
      await line.write(body.subarray(0, 600000));
      return line;
    }));
    await new Promise((done) => setTimeout(done, 1500));
    assert.equal(await inUse(), '1 of 6', 'that of this page alone');
    await Promise.all(lines.map(({ ended }) => ended));
    for (const line of lines) assert.match(line.text(), /^HTTP\/1.1 400 /);
  });
});

test('50 MiB pass in and out through a child that grows by less than 8 MiB', async () => {
  const pids = children(site);
  assert.equal((await send(pdf(3 * MiB))).status, 303);
  const rest = Math.max(...pids.map(memoryOf));
  const bytes = pdf(50 * MiB);
  let answer;
  const peak = await peakWhile(pids, async () => { answer = await send(bytes); });
  assert.equal(answer.status, 303, answer.text);
  assert.ok(peak - rest < 8 * MiB, `grew by ${peak - rest} bytes`);
  let got;
  const out = await peakWhile(pids, async () => { got = await legal.get(await newestFile(legal, casePath)); });
  assert.equal(got.status, 200);
  assert.ok(got.bytes.equals(bytes), 'it comes back as it was sent');
  assert.ok(out - rest < 8 * MiB, `grew by ${out - rest} bytes`);
});

test('50 small files at once, each into a case of its own', async () => {
  const paths = [];
  for (let i = 0; i < 50; i++) paths.push(await write(legal, '/candour/cases/new', incident));
  const forms = [];
  for (const path of paths) {
    const { token, rest } = await fields(path);
    forms.push(multipart([['token', token], ...rest, file(pdf(20000))]));
  }
  const before = [await records(), await kept()];
  const answers = await Promise.all(forms.map((form, i) => upload(legal, `${paths[i]}/documents/add`, form)));
  assert.deepEqual([...new Set(answers.map(({ status }) => status))], [303]);
  assert.deepEqual([await records(), await kept()], [before[0] + 50, before[1] + 50]);
});
