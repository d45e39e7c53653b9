// Bringing records in on the web: a file is checked, told of line by line, applied once, and belongs to its trust.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { launch, open, validHtml } from './lib/browser.mjs';
import { makePeople } from './lib/data.mjs';
import { startSite } from './lib/site.mjs';

let site;
let browser;
let legal;
before(async () => {
  site = await startSite({ demo: false });
  await makePeople(site);
  browser = await launch();
  legal = await site.signedIn('legal');
});
after(async () => {
  await browser?.close();
  await site?.stop();
});

const mapping = JSON.stringify({
  format: 'candour-mapping', version: 1, name: 'Made up for the tests', local_reference: 'Ref', date_form: 'dd/mm/yyyy',
  ignored: ['Owner'],
  lists: { how: { Face: 'FACE_TO_FACE', Phone: 'TELEPHONE' } },
  records: [
    { record: 'incident', fields: { title: 'Title', occurred: 'Day' } },
    { record: 'talk', when: { column: 'Told', filled: true }, fields: { told: 'Told', mode: { column: 'How', list: 'how' } } },
  ],
});
const head = 'Ref,Title,Day,Told,How,Owner\r\n';
const good = `${head}A1,Fall on the ward,01/03/2026,04/03/2026,Face,x\r\nA2,Late scan,02/03/2026,,,x\r\n`;
const mixed = `${head}B1,Fall on the ward,01/03/2026,,,x\r\nB2,Late scan,2026-03-02,,,x\r\nB3,Wrong dose,03/03/2026,04/03/2026,Pigeon,x\r\n`;

/** Sends the form with a file, as a browser does: hidden fields first. */
async function upload(client, csv, { text = mapping, name = 'export.csv', file = true } = {}) {
  const page = await client.get('/candour/bring');
  assert.equal(page.status, 200, page.text);
  const form = new FormData();
  for (const [field, value] of Object.entries({ ...page.page.form().fields, mapping: text })) {
    if (field !== 'file') form.append(field, value);
  }
  if (file) form.append('file', new Blob([csv], { type: 'text/csv' }), name);
  const body = new Response(form);
  return client.request('POST', '/candour/bring', {
    body: Buffer.from(await body.arrayBuffer()),
    headers: { 'content-type': body.headers.get('content-type'), origin: client.origin, 'sec-fetch-site': 'same-origin' },
  });
}
const cases = async (client) => (await client.getJson('/candour/cases')).json.cases.length;

test('a good file is checked, changes nothing, and is brought in once', async () => {
  const before = await cases(legal);
  const sent = await upload(legal, good);
  assert.equal(sent.status, 303, sent.text);
  const page = await legal.get(sent.location);
  assert.match(page.text, /2 of 2 rows are good: 2 for new cases, 0 for cases that are here already\. 0 bad\./);
  assert.equal(await cases(legal), before);
  const applied = await legal.submit(sent.location, { choice: 'APPLY' });
  assert.equal(applied.status, 303, applied.text);
  assert.equal(await cases(legal), before + 2);
  const done = await legal.get(sent.location);
  assert.match(done.text, /2 rows: 2 new cases, 0 changed, 0 the same, 0 bad/);
  assert.ok(!done.text.includes('name="choice"'), 'nothing is left to do');
  const again = await upload(legal, good);
  assert.equal(again.status, 422);
  assert.match(again.text, /brought in before/);
  assert.equal(await cases(legal), before + 2);
});

test('bad rows are told by line, on the page and as CSV, and left out', async () => {
  const before = await cases(legal);
  const sent = await upload(legal, mixed);
  const page = await legal.get(sent.location);
  assert.match(page.text, /1 of 3 rows are good/);
  await validHtml(page.text, 'checked file');
  await validHtml((await legal.get('/candour/bring')).text, 'bring in');
  assert.match(page.text, /Enter a real date in the form dd\/mm\/yyyy/);
  assert.ok(!page.text.includes('Pigeon'), 'the report holds no value of the file');
  const csv = await legal.get(`${sent.location}?format=csv`, { accept: 'text/csv' });
  assert.match(csv.headers['content-type'], /^text\/csv/);
  const lines = csv.text.trim().split('\r\n');
  assert.equal(lines.length, 3);
  assert.match(lines[1], /^"?3"?,"?Day"?,"?incident\.occurred"?,"?DATE"?,/);
  assert.match(lines[2], /^"?4"?,"?How"?,"?talk\.mode"?,"?LIST"?,/);
  const applied = await legal.submit(sent.location, { choice: 'APPLY' });
  assert.equal(applied.status, 303, applied.text);
  assert.equal(await cases(legal), before + 1);
});

test('a long file is brought in by parts, and its page shows how far it is', async () => {
  const sent = await upload(legal, head + Array.from({ length: 1100 }, (_, i) => `H${i},Fall,01/03/2026,,,x\r\n`).join(''));
  assert.equal(sent.status, 303, sent.text);
  assert.equal((await legal.get(sent.location)).headers.refresh, undefined, 'nothing moves yet');
  assert.equal((await legal.submit(sent.location, { choice: 'APPLY' })).status, 303);
  const page = await legal.get(sent.location);
  assert.match(page.text, /1008 of 1100 good rows are in/);
  assert.match(page.text, /<progress [^>]*value="1008" max="1100"/);
  assert.equal(page.headers.refresh, '5');
  await validHtml(page.text, 'under way');
  assert.equal((await legal.submit(sent.location, { choice: 'APPLY' })).status, 303);
  const done = await legal.get(sent.location);
  assert.match(done.text, /1100 rows: 1100 new cases, 0 changed, 0 the same, 0 bad/);
  assert.ok(!done.text.includes('<progress'));
  assert.equal(done.headers.refresh, undefined);
});

test('a file given up is gone, and changed nothing', async () => {
  const before = await cases(legal);
  const sent = await upload(legal, good.replaceAll('A', 'C'));
  await legal.submit(sent.location, { choice: 'DROP' });
  const page = await legal.get(sent.location);
  assert.match(page.text, /Given up/);
  assert.ok(!page.text.includes('name="choice"'));
  assert.equal(await cases(legal), before);
});

test('what cannot be read comes back with the mapping kept', async () => {
  const noFile = await upload(legal, '', { file: false });
  assert.equal(noFile.status, 422, noFile.text);
  assert.match(noFile.text, /Select a file that is not empty/);
  assert.equal(noFile.page.form().fields.mapping, mapping);
  const headings = await upload(legal, good.replace('Owner', 'Keeper'));
  assert.equal(headings.status, 422);
  assert.match(headings.text, /Keeper: Say in the mapping what this column is for/);
  assert.equal(headings.page.form().fields.mapping, mapping);
  const broken = await upload(legal, good, { text: '{"format": ' });
  assert.equal(broken.status, 422);
  assert.ok(broken.page.errors.some(({ field }) => field === 'mapping'));
  const quote = await upload(legal, `${head}"D1,x`);
  assert.equal(quote.status, 422);
  assert.match(quote.text, /line 2: a quote is opened and never closed/);
  const many = await upload(legal, head + Array.from({ length: 5001 }, (_, i) => `E${i},Fall,01/03/2026,,,x\r\n`).join(''));
  assert.equal(many.status, 422);
  assert.match(many.text, /5000 rows or fewer/);
});

test('another trust, and those without the right, see nothing of it', async () => {
  const sent = await upload(legal, mixed.replaceAll('B', 'F'));
  const other = await site.signedIn('otherlegal');
  assert.equal((await other.get(sent.location)).status, 404);
  assert.equal((await (await site.signedIn('ward')).get('/candour/bring')).status, 403);
  assert.equal((await legal.submit(sent.location, {})).status, 422, 'nothing was chosen');
});

for (const way of [{ scripts: true, width: 1280 }, { scripts: false, width: 320 }]) {
  test(`a person brings a file in, scripts ${way.scripts ? 'on' : 'off'}, ${way.width} px`, async () => {
    const window = await open(browser, site, way);
    const { page } = window;
    const letter = `G${randomUUID().slice(0, 6)}`;
    await window.signIn('legal');
    await page.goto('/candour/bring');
    await window.look('bring in');
    await page.fill('#mapping', mapping);
    await page.getByRole('button', { name: 'Check the file' }).click();
    await page.locator('#file-error').getByText('Select a file that is not empty').waitFor();
    await window.look('bring in, no file');
    assert.equal(await page.inputValue('#mapping'), mapping);
    await page.setInputFiles('#file', { name: 'walk.csv', mimeType: 'text/csv', buffer: Buffer.from(mixed.replaceAll('B', letter)) });
    await page.getByRole('button', { name: 'Check the file' }).click();
    await page.getByText('1 of 3 rows are good').waitFor();
    await window.look('checked file');
    await page.getByLabel('Bring in every good row').check();
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByText('3 rows: 1 new cases, 0 changed').waitFor();
    await window.look('brought in');
    await window.close();
  });
}
