// The decision report: its page, its JSON, its print page and the letter, for each who may read it, and for nobody else.
// A claim with two trusts: neither finds a word of the other in its own report.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { launch, open, picture, validPage } from './lib/browser.mjs';
import { daysAgo, decide, makePeople, openCase, openClaimOfTwo, reference, signAllIn, versionOf, write } from './lib/data.mjs';
import { run, sourceDir, startSite } from './lib/site.mjs';

let site, browser, clients, cases, claim, own, other;

function decided(org, reasons, amount) {
  const entry = reference(cases[org === 'RNV' ? 0 : 1]).replaceAll('-', '_');
  return decide(clients, claim, org, { amount_p: amount, reasons, facts: [`E02_${entry}`] });
}

before(async () => {
  site = await startSite({ demo: false });
  await makePeople(site);
  clients = await signAllIn(site, ['legal', 'otherlegal', 'handler', 'decider', 'reviewer', 'regulator', 'auditor', 'ward']);
  cases = [await openCase(clients.legal), await openCase(clients.otherlegal, { title: 'Fall on ward eleven' })];
  claim = await openClaimOfTwo(clients.handler, ...cases);
  await decided('RNV', 'The patient was never told.\nNothing on record explains why.', 322000);
  await decided('RHD', 'Of the other trust alone.', 123400);
  own = `${claim}/trusts/RNV/decisions/1`;
  other = `${claim}/trusts/RHD/decisions/2`;
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await site?.stop();
});

test('who may read it, and who may not', async () => {
  for (const name of ['legal', 'handler', 'decider', 'reviewer', 'regulator', 'auditor']) {
    for (const path of ['report', 'report/print', 'letter/print']) {
      assert.equal((await clients[name].get(`${own}/${path}`)).status, name === 'legal' ? 404 : 200, `${name} ${path}: the trust is not told yet`);
      assert.equal((await clients[name].get(`${other}/${path}`)).status, name === 'legal' ? 404 : 200, `${name} other ${path}`);
    }
  }
  assert.equal((await clients.ward.get(`${own}/report`)).status, 403);
  assert.equal((await clients.legal.get(`${claim}/trusts/RNV/decisions/2/report`)).status, 404, 'another trust’s decision under the own code');
  assert.equal((await clients.legal.get(`${own}/report/pdf`)).status, 404, 'the trust is not told yet');
});

test('not one word of the other trust, of the patient or of the claimant', async () => {
  for (const [name, path, foreign] of [['auditor', own, /RHD|Of the other trust|1,234|30\.00%/], ['reviewer', other, /RNV|never told\b.*Nothing on record|3,220|70\.00%/s],
    ['handler', own, /RHD|Of the other trust|1,234/]]) {
    const pages = [await clients[name].getJson(`${path}/report`), await clients[name].get(`${path}/report/print`),
      await clients[name].get(`${path}/letter/print`)];
    for (const page of pages) {
      assert.equal(page.status, 200);
      assert.doesNotMatch(page.text, foreign, `${name} ${path}`);
      assert.doesNotMatch(page.text, /Ada Example|Swab left behind|Fall on ward|Retained swab/, `${name} ${path}`);
    }
    assert.match(pages[1].text, /Other trusts answer for the rest/);
  }
});

test('its JSON is what the schema says, and the same each time', async () => {
  const { default: Ajv } = await import('ajv/dist/2020.js');
  const check = new Ajv({ strict: true, allErrors: true, allowUnionTypes: true }).compile(JSON.parse(readFileSync(join(sourceDir, 'docs/report.schema.json'), 'utf8')));
  const first = await clients.reviewer.getJson(`${own}/report`);
  assert.ok(check(first.json), JSON.stringify(check.errors, null, 1));
  assert.equal((await clients.handler.getJson(`${own}/report`)).text, first.text, 'one document for all who read it');
  assert.equal((await clients.reviewer.get(`${own}/report?format=json`)).text, first.text);
  const page = (await clients.reviewer.get(`${own}/report`)).text;
  assert.ok(page.includes(createHash('sha256').update(first.text).digest('hex')), 'the page names its fingerprint');
  assert.equal(first.json.claimant.payable_p, 2500000);
  assert.equal(first.json.decision.amount_p, 322000);
  assert.equal(first.json.audit.sha256.length, 64);
  assert.ok(first.json.rules.every((rule) => rule.sentence.endsWith('.')), 'whole sentences');
});

test('the command that it names works the flag out again', async () => {
  const { text } = await clients.reviewer.get(`${own}/report`);
  const [, words] = text.match(/candourctl (replay [A-Z0-9\/-]+)</);
  const answer = await site.ctl(words.split(' '));
  assert.equal(answer.status, 0, `${words}: ${answer.stdout}${answer.stderr}`);
});

test('it reads as a page', async (t) => {
  for (const way of [{ scripts: true, width: 1280 }, { scripts: false, width: 1280 }, { scripts: true, width: 320 }]) {
    const window = await open(browser, site, way);
    t.after(() => window.close());
    await window.signIn('reviewer');
    await window.page.goto(`${own}/report`);
    assert.match(await window.page.textContent('h1'), /is asked to pay £3,220\.00 towards claim/);
    const text = await window.page.innerText('main');
    for (const words of ['A court found', 'Rule E02 (The person was told).', 'Where that comes from', '£25,000.00', 'paid in full', 'Nothing on record explains why.', 'Regulation 20(2)(a)', 'candourctl replay']) {
      assert.ok(text.includes(words), words);
    }
    await window.look(`decision report ${way.width} ${way.scripts}`);
    await validPage(window.page, 'report');
    for (const path of ['report', 'letter']) {
      await window.page.goto(`${own}/${path}/print`);
      await window.look(`decision ${path} print ${way.width} ${way.scripts}`);
      await validPage(window.page, `${path} print`);
      assert.equal(await window.page.locator('nav').count(), 0, 'no navigation');
    }
  }
});

test('from the decision and its report the flag is replayed', async (t) => {
  const window = await open(browser, site, { scripts: true, width: 1280 });
  t.after(() => window.close());
  await window.signIn('handler');
  await window.page.goto(own);
  await window.look('decision with replay');
  await window.page.goto(`${own}/report`);
  assert.match(await window.page.innerText('main'), /What would have changed what was found/);
  await window.page.getByRole('button', { name: 'Replay with the same inputs' }).click();
  assert.equal((await window.page.innerText('main')).match(/Same, byte for byte\./g)?.length, 2);
  await window.look('replay of a flag');
  await validPage(window.page, 'replay');
  await window.page.goto(`${claim}/flags/RNV/1`);
  await window.look('flag with what would change it');
  await validPage(window.page, 'flag');
});

test('on paper it has a running foot, and its parts in order', async (t) => {
  const window = await open(browser, site, { scripts: true });
  t.after(() => window.close());
  await window.signIn('reviewer');
  await window.page.goto(`${own}/report/print`);
  const file = join(site.dir, 'report-print.pdf');
  await window.page.pdf({ path: file, preferCSSPageSize: true, tagged: true });
  const text = (await run('pdftotext', [file, '-'])).stdout;
  assert.match(text, /This report explains one decision[\s\S]*What happened[\s\S]*What the law asks[\s\S]*How the most that could be asked[\s\S]*How to check/);
  assert.match(text, /Page 1 of \d/);
  assert.match((await run('pdfinfo', [file])).stdout, /Page size: +59\d(\.\d+)? x 84\d/);
  writeFileSync(join(site.dir, 'report-print.txt'), text);
  await window.page.emulateMedia({ media: 'print' });
  await picture(window.page, 'decision report on paper');
});

test('told, kept, made into a PDF; a review leaves what was kept as it is', async (t) => {
  const { handler, legal, otherlegal, reviewer } = clients;
  const before = (await legal.getJson(`${own}/report`)).text;
  await write(handler, `${own}/told`, { on: daysAgo(0), mode: 'LETTER' }, await versionOf(handler, claim));

  // ---- kept: the bytes are those that the record names ----
  const kept = (await legal.getJson(`${own}/report`)).text;
  assert.notEqual(kept, before, 'the day of telling is in it');
  const sha = createHash('sha256').update(kept).digest('hex');
  assert.ok((await legal.get(own)).text.includes(sha), 'the record of telling names its fingerprint');
  let page = (await legal.get(`${own}/report`)).text;
  assert.match(page, /as it was kept on/);
  assert.doesNotMatch(page, /Something has happened since/, 'made again at once, it says the same');
  const told = JSON.parse(kept);
  const letter = (await legal.get(`${own}/letter/print`)).text;
  const print = (await legal.get(`${own}/report/print`)).text;

  // ---- the PDFs ----
  const job = await site.ctl(['run', 'reports']);
  assert.equal(job.status, 0, job.stderr);
  assert.equal(job.stdout, 'reports: 1 made, 0 still without a PDF\n');
  assert.equal((await site.ctl(['run', 'reports'])).stdout, 'reports: 0 made, 0 still without a PDF\n');
  const texts = {};
  for (const what of ['report', 'letter']) {
    const pdf = await legal.get(`${own}/${what}/pdf`);
    assert.equal(pdf.status, 200, what);
    assert.equal(pdf.headers['content-type'], 'application/pdf');
    assert.equal((await otherlegal.get(`${own}/${what}/pdf`)).status, 404, `${what}: not the other trust’s`);
    const file = join(site.dir, `${what}.pdf`);
    writeFileSync(file, pdf.bytes);
    const tool = async (name, ...args) => (await run(name, args)).stdout;
    assert.match(await tool('pdfinfo', file), /Tagged: +yes/, what);
    assert.match(await tool('pdfinfo', '-struct', file), /H1[\s\S]*P/, what);
    const plain = await tool('qpdf', '--qdf', '--object-streams=disable', file, '-');
    assert.match(plain, /\/Lang \(en-GB\)/, what);
    assert.match(plain, /\/DisplayDocTitle true/, what);
    texts[what] = (await tool('pdftotext', '-layout', file, '-')).replace(/\s+/g, ' ');
    assert.doesNotMatch(texts[what], /RHD|Of the other trust|1,234|Ada Example|Retained swab/, what);
    assert.match(texts[what], /£3,220\.00/, what);
  }
  assert.ok(texts.report.includes(told.document.summary.replace(/\s+/g, ' ').trim()), 'the summary is in the PDF');
  assert.match(await (await run('pdfinfo', ['-struct', join(site.dir, 'report.pdf')])).stdout, /Table[\s\S]*TR[\s\S]*TH/);

  // ---- a review: what was kept stays, and the page says that today's differs ----
  await write(legal, `${own}/review-asked`, { grounds: ['FACTS'], text: 'The notes of ward nine explain the wait.' },
    await versionOf(legal, own));
  await write(reviewer, `${own}/review`, { outcome: 'VARIED', amount_p: 200000, reasons: 'Part of the wait is explained.' },
    await versionOf(reviewer, claim));
  assert.equal((await legal.getJson(`${own}/report`)).text, kept, 'to the byte');
  assert.equal((await legal.get(`${own}/letter/print`)).text, letter);
  assert.equal((await legal.get(`${own}/report/print`)).text, print);
  page = (await legal.get(`${own}/report`)).text;
  assert.match(page, /Something has happened since/);
  const now = await legal.get(`${own}/report?now=1`);
  assert.match(now.text, /£2,000\.00/);
  assert.match(now.text, /Part of the wait is explained\./);
  assert.doesNotMatch(now.text, /RHD|Of the other trust/);
  assert.equal((await site.ctl(['verify'])).status, 0, 'every chain and every kept report is whole');
  const window = await open(browser, site, { scripts: true });
  t.after(() => window.close());
  await window.signIn('legal');
  await window.page.goto(`${own}/report`);
  await window.look('decision report kept');
  await window.page.goto(`${own}/report?now=1`);
  await window.look('decision report now');
});
