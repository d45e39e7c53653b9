// Documents with files: sent by the form as a browser sends it, kept, versioned, and read back byte for byte.
import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { makePeople, openCase, record } from './lib/data.mjs';
import { startSite } from './lib/site.mjs';

const pdf = (size) => Buffer.concat([Buffer.from('%PDF-1.7\n'), randomBytes(size - 9)]);

/** A form with a file, as a browser makes it: the fields in the order of the page, the file where it stands. */
function multipart(fields, file) {
  const boundary = `----cd${randomBytes(12).toString('hex')}`;
  const parts = [];
  const field = ([name, value]) => parts.push(
    Buffer.from(`--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`));
  const pairs = Object.entries(fields);
  pairs.filter(([name]) => name === 'token').forEach(field);
  parts.push(Buffer.from(`--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="${file?.name ?? ''}"\r\n`
    + 'Content-Type: application/octet-stream\r\n\r\n'), file?.bytes ?? Buffer.alloc(0), Buffer.from('\r\n'));
  pairs.filter(([name]) => name !== 'token').forEach(field);
  parts.push(Buffer.from(`--${boundary}--\r\n`));
  return { type: `multipart/form-data; boundary=${boundary}`, body: Buffer.concat(parts) };
}

/** Sends the form of a page that was got before. */
function send(client, page, fields, file, more = {}) {
  const form = page.page.form('documents/add');
  const { type, body } = multipart({ ...form.fields, ...fields }, file);
  return client.request('POST', form.action, {
    body, ...more, headers: { 'content-type': type, origin: client.origin, 'sec-fetch-site': 'same-origin' },
  });
}

async function upload(client, path, fields, file, query = '') {
  const page = await client.get(`${path}/documents/add${query}`);
  assert.equal(page.status, 200, page.text);
  return send(client, page, fields, file);
}

const letter = { kind: 'LETTER_1', name: 'First letter' };

/** The case's documents, newest first, each with the address of its file. */
async function documents(client, path) {
  const { documents: list } = (await client.getJson(path)).json;
  return list.map((document) => ({ ...document, file: `${path}/documents/${document.seq}/file` }));
}

describe('documents', () => {
  let site, client, other, handler, path;

  before(async () => {
    site = await startSite({ demo: false });
    await makePeople(site);
    [client, other, handler] = await Promise.all(['legal', 'otherlegal', 'handler'].map((name) => site.signedIn(name)));
    path = await openCase(client);
  });
  after(() => site.stop());

  test('a file is kept and comes back byte for byte, whole and in parts', async () => {
    const bytes = pdf(1_200_000);
    const answer = await upload(client, path, { ...letter, 'dated-day': '3', 'dated-month': '11', 'dated-year': '2026' },
      { name: 'letter.pdf', bytes });
    assert.equal(answer.status, 303, answer.text);
    const [document] = await documents(client, path);
    assert.equal(document.name, 'First letter');
    assert.match(document.quiet, /PDF, 1\.2 MB/);
    const got = await client.get(document.file);
    assert.equal(got.status, 200);
    assert.ok(got.bytes.equals(bytes));
    assert.equal(got.headers['content-type'], 'application/pdf');
    assert.equal(got.headers['content-length'], String(bytes.length));
    assert.match(got.headers['content-disposition'], /^attachment; filename="First letter\.pdf"/);
    assert.match(got.headers['content-security-policy'], /sandbox/);
    assert.equal(got.headers['x-content-type-options'], 'nosniff');
    assert.equal(got.headers['accept-ranges'], 'bytes');
    assert.match(got.headers['cache-control'], /no-store/);
    for (const [range, from, to] of [
      ['bytes=0-0', 0, 1], ['bytes=524280-524300', 524280, 524301], ['bytes=1199990-', 1199990, 1200000],
      ['bytes=-5', 1199995, 1200000], ['bytes=1000-99999999', 1000, 1200000], ['bytes=-9999999', 0, 1200000],
    ]) {
      const part = await client.get(document.file, { headers: { range } });
      assert.equal(part.status, 206, range);
      assert.equal(part.headers['content-range'], `bytes ${from}-${to - 1}/1200000`);
      assert.ok(part.bytes.equals(bytes.subarray(from, to)), range);
    }
    for (const range of ['bytes=1200000-', 'bytes=-0']) {
      const part = await client.get(document.file, { headers: { range } });
      assert.equal(part.status, 416, range);
      assert.equal(part.headers['content-range'], 'bytes */1200000');
    }
    for (const range of ['bytes=5-3', 'bytes=a-b', 'bytes=0-1,4-5', 'lines=1-2', 'bytes=99999999999999999-']) {
      assert.equal((await client.get(document.file, { headers: { range } })).status, 200, range);
    }
    const head = await client.request('HEAD', document.file);
    assert.equal(head.status, 200);
    assert.equal(head.headers['content-length'], '1200000');
    assert.equal(head.bytes.length, 0);
    const shown = await client.getJson(document.file.replace(/\/file$/, ''));
    const value = (name) => shown.json.values.find((one) => one.field === name)?.plain;
    assert.equal(value('sha256'), createHash('sha256').update(bytes).digest('hex'));
    assert.equal(value('size'), '1200000');
    assert.equal(value('content'), undefined);
  });

  test('another trust sees none of it, the scheme does', async () => {
    const [document] = await documents(client, path);
    assert.equal((await other.get(document.file)).status, 404);
    assert.equal((await handler.get(document.file)).status, 200);
    assert.equal((await client.get(`${path}/documents/1/file`)).status, 404);
    assert.equal((await client.get(`${path}/documents/999999/file`)).status, 404);
  });

  test('what is not taken is refused in a sentence, and every answer stays', async () => {
    for (const [name, bytes, words] of [
      ['virus.exe', Buffer.from('MZ'), /The file must be a PDF/],
      ['letter.pdf', Buffer.from('<html>'), /ends in \.pdf, but what is in it is something else/],
      ['empty.txt', Buffer.alloc(0), /The file is empty/],
    ]) {
      const answer = await upload(client, path, { ...letter, name: 'Kept answer', kept_at: 'Shelf 3' }, { name, bytes });
      assert.equal(answer.status, 422, name);
      assert.match(answer.text, words);
      assert.match(answer.text, /href="#file"/);
      const { fields } = answer.page.form('documents/add');
      assert.equal(fields.name, 'Kept answer');
      assert.equal(fields.kept_at, 'Shelf 3');
      assert.equal(fields.staged, undefined);
    }
  });

  test('a form that comes back offers the file again, and it need not be sent twice', async () => {
    const bytes = pdf(20_000);
    const answer = await upload(client, path, { kind: 'REPORT', name: 'Report', withheld: 'yes' }, { name: 'report.pdf', bytes });
    assert.equal(answer.status, 422);
    assert.match(answer.text, /Enter why it is withheld/);
    assert.match(answer.text, /is here and will be kept when you save/);
    const saved = await send(client, answer, { withheld_reason: 'It names a witness' });
    assert.equal(saved.status, 303, saved.text);
    const [document] = await documents(client, path);
    assert.match(document.quiet, /Withheld: It names a witness/);
    assert.ok((await client.get(document.file)).bytes.equals(bytes));
    assert.ok((await handler.get(document.file)).bytes.equals(bytes));
    const stolen = await send(client, answer, { withheld_reason: 'x', staged: '12345' });
    assert.equal(stolen.status, 422);
    assert.match(stolen.text, /Choose the file again/);
  });

  test('without a file a document is only described, and is called as its file is without a name', async () => {
    assert.equal((await upload(client, path, { kind: 'OTHER', name: 'Paper', kept_at: 'Cellar' })).status, 303);
    const [paper] = await documents(client, path);
    assert.ok(!(await client.get(path)).text.includes(paper.file));
    assert.equal((await client.get(`${path}/documents/${paper.seq}/file`)).status, 404);
    assert.equal((await upload(client, path, { kind: 'OTHER', name: '' }, { name: 'Bild von Grün.txt', bytes: Buffer.from('x') })).status, 303);
    const [named] = await documents(client, path);
    assert.equal(named.name, 'Bild von Grün.txt');
    assert.match((await client.get(named.file)).headers['content-disposition'], /filename\*=UTF-8''Bild%20von%20Gr%C3%BCn\.txt/);
  });

  test('a new version says why, and the old one can still be read', async () => {
    const [one, two] = [Buffer.from('first words'), Buffer.from('better words')];
    await upload(client, path, { kind: 'MEETING_NOTE', name: 'Note' }, { name: 'note.txt', bytes: one });
    const [first] = await documents(client, path);
    const without = await upload(client, path, {}, { name: 'note.txt', bytes: two }, `?corrects=${first.seq}`);
    assert.equal(without.status, 422);
    assert.match(without.text, /Enter why you are correcting this/);
    assert.equal((await send(client, without, { reason: 'A name was missing' })).status, 303);
    const [second] = await documents(client, path);
    assert.match(second.quiet, /Version 2/);
    assert.ok((await client.get(first.file)).bytes.equals(one));
    assert.ok((await client.get(second.file)).bytes.equals(two));
    const page = await client.get(`${path}/documents/${second.seq}`);
    assert.match(page.text, /A name was missing/);
    assert.ok(page.text.includes(first.file));
    const third = await upload(client, path, { reason: 'The kind was wrong', kind: 'OTHER' }, undefined, `?corrects=${second.seq}`);
    assert.equal(third.status, 303, third.text);
    const [now] = await documents(client, path);
    assert.ok((await client.get(now.file)).bytes.equals(two));
  });

  test('the old form leads to this one, JSON still describes a document', async () => {
    const answer = await client.get(`${path}/log/document`);
    assert.equal(answer.status, 303);
    assert.match(answer.location, /\/documents\/add$/);
    await record(client, path, 'document', { kind: 'OTHER', name: 'By JSON' });
    assert.equal((await documents(client, path))[0].name, 'By JSON');
  });

  test('verify reads every byte, and a changed one is found', async () => {
    const reference = path.split('/').pop();
    const good = await site.ctl(['verify', reference]);
    assert.equal(good.status, 0, good.stdout + good.stderr);
    const flip = 'UPDATE candour.content_chunk SET sealed = INSERT(sealed, 20, 1, CHAR(ASCII(SUBSTRING(sealed, 20, 1)) ^ 1))'
      + ' WHERE number = 1 AND content_id = (SELECT MIN(content_id) FROM candour.content WHERE state = 2)';
    await site.sql(flip);
    const bad = await site.ctl(['verify', reference]);
    assert.equal(bad.status, 1);
    assert.match(bad.stdout, /TAMPERED[^]*content/);
    await site.sql(flip);
    assert.equal((await site.ctl(['verify', reference])).status, 0);
  });

  test('the sweep removes what nobody kept, once it is old enough', async () => {
    const back = await upload(client, path, { kind: 'OTHER', name: 'Left', withheld: 'yes' }, { name: 'a.pdf', bytes: pdf(600_000) });
    assert.equal(back.status, 422);
    await site.sql('UPDATE candour.content SET created_at = created_at - 7200000000 WHERE state = 1');
    const left = Number((await site.sql('SELECT COUNT(*) FROM candour.content WHERE state = 1'))[0][0]);
    assert.ok(left > 0);
    const kept = await site.sql('SELECT COUNT(*) FROM candour.content WHERE state = 2');
    assert.match((await site.ctl(['run', 'sweep', '--older-than', '600'])).stdout, /^0 left-over/);
    const swept = await site.ctl(['run', 'sweep']);
    assert.equal(swept.status, 0, swept.stderr);
    assert.match(swept.stdout, new RegExp(`^${left} left-over uploads removed`));
    assert.deepEqual(await site.sql('SELECT COUNT(*) FROM candour.content WHERE state <> 2'), [['0']]);
    assert.deepEqual(await site.sql('SELECT COUNT(*) FROM candour.content'), kept);
    assert.equal((await site.ctl(['verify'])).status, 0);
    assert.equal((await site.ctl(['run', 'sweep', '--older-than', 'x'])).status, 2);
  });
});

describe('the scanner', () => {
  const results = { clean: 303, found: 422, broken: 503, slow: 503 };
  let site, client, path;

  before(async () => {
    site = await startSite({ demo: false, httpdExtra: 'CandourScanner /tmp/cd-no-such-scanner -\nCandourScannerTimeout 2' });
    await makePeople(site);
    client = await site.signedIn('legal');
    path = await openCase(client);
  });
  after(() => site.stop());

  test('a scanner that is missing keeps nothing and says so', async () => {
    site.log.announce(/scanner/);
    const answer = await upload(client, path, letter, { name: 'a.pdf', bytes: pdf(1000) });
    assert.equal(answer.status, 503);
    assert.match(answer.text, /virus scanner could not be asked/);
    assert.deepEqual(await documents(client, path), []);
    assert.deepEqual(await site.sql('SELECT COUNT(*) FROM candour.content WHERE state = 2'), [['0']]);
    assert.equal(Object.keys(results).length, 4);
  });
});

describe('a scanner by its exit status', () => {
  let site, client, path, script;
  const say = (text) => {
    writeFileSync(script, `#!/bin/sh\n${text}\n`);
    chmodSync(script, 0o755);
  };

  before(async () => {
    script = join('/tmp', `cd-scan-${randomBytes(6).toString('hex')}`);
    say('exit 0');
    site = await startSite({ demo: false, httpdExtra: `CandourScanner ${script} -\nCandourScannerTimeout 2` });
    await makePeople(site);
    client = await site.signedIn('legal');
    path = await openCase(client);
  });
  after(() => site.stop());

  test('clean is kept; found is refused; anything else is 503', async () => {
    site.log.announce(/scanner/);
    for (const [text, status, words] of [
      ['cat >/dev/null; exit 0', 303, /^/],
      ['cat >/dev/null; exit 1', 422, /virus scanner found something/],
      ['cat >/dev/null; exit 2', 503, /could not be asked/],
      ['exec sleep 30', 503, /could not be asked/],
    ]) {
      say(text);
      const before = (await documents(client, path)).length;
      const answer = await upload(client, path, letter, { name: 'a.pdf', bytes: pdf(700_000) });
      assert.equal(answer.status, status, text);
      assert.match(answer.text, words);
      assert.equal((await documents(client, path)).length, before + (status === 303 ? 1 : 0), text);
    }
  });
});

describe('no room', () => {
  let site, client, path;

  before(async () => {
    site = await startSite({ demo: false, dbSettings: 'max_allowed_packet=256K' });
    await makePeople(site);
    client = await site.signedIn('legal');
    path = await openCase(client);
  });
  after(() => site.stop());

  test('a database that takes no chunk answers 507, and loses nothing', async () => {
    site.log.announce(/max_allowed_packet/);
    const answer = await upload(client, path, letter, { name: 'a.pdf', bytes: pdf(1000) });
    assert.equal(answer.status, 507);
    assert.match(answer.text, /no room left/);
    assert.deepEqual(await documents(client, path), []);
    assert.equal((await site.ctl(['verify'])).status, 0);
    assert.equal((await upload(client, path, { kind: 'OTHER', name: 'Paper' })).status, 303);
  });
});
