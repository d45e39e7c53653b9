// Documents in a real browser: a file goes in by an ordinary form, with scripts and without, and comes back the same.
// A mistake keeps the answers and the file; a new version says why; somebody else's save in between loses nothing.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { launch, noSidewaysScroll, open, validHtml, validPage } from './lib/browser.mjs';
import { dateParts, daysAgo, makePeople, openCase, record } from './lib/data.mjs';
import { fill } from './lib/forms.mjs';
import { startSite } from './lib/site.mjs';
import { post, ways } from './lib/steps.mjs';

let site, browser, other;
before(async () => {
  site = await startSite({ demo: false });
  await makePeople(site);
  other = await site.signedIn('legal');
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await site?.stop();
});

const pdf = (words, size = 300_000) => Buffer.concat([Buffer.from(`%PDF-1.7\n% ${words}\n`), Buffer.alloc(size, 37)]);
const file = (name, buffer) => ({ name, mimeType: 'application/octet-stream', buffer });

for (const way of ways) {
  test(`a document goes in and comes back: ${way.name}`, async (t) => {
    const path = await openCase(other);
    const window = await open(browser, site, way);
    t.after(() => window.close());
    const { page } = window;
    let posted = ''; // the page that answered the last form, as it was sent

    const look = async (what, { status = 200 } = {}) => {
      await page.mouse.move(0, 0);
      await window.look(`document ${way.name} ${what}`);
      if (status === 200) await validPage(page, `${way.name} ${what}`);
      else await validHtml(posted, `${way.name} ${what}`);
    };
    const send = async (status = 303) => {
      const answer = await post(page);
      assert.equal(answer.status(), status);
      posted = status === 303 ? '' : await answer.text();
    };
    const says = async (text) => {
      await page.locator('main').filter({ hasText: text }).waitFor({ timeout: 10_000 });
    };
    /** Bytes that a click on the newest link of that pattern saves, and the name they are saved under. */
    const download = async (link) => {
      const [saved] = await Promise.all([page.waitForEvent('download'), link.click()]);
      return { name: saved.suggestedFilename(), bytes: readFileSync(await saved.path()) };
    };
    const documents = page.locator('#documents');

    await window.signIn('legal');
    await page.goto(path);
    await documents.locator('a[href$="/documents/add"]').click();
    await page.waitForURL(/documents\/add$/);
    await look('form');

    // ---- a kind of file that is not taken ----
    const first = { kind: 'LETTER_1', ...dateParts('dated', daysAgo(4)), name: 'First letter', kept_at: 'File 12' };
    await fill(page, first);
    await page.setInputFiles('[name=file]', file('letter.exe', Buffer.from('MZ')));
    await send(422);
    assert.match(await page.title(), /^Error: /);
    await says('The file must be a PDF');
    await look('wrong file', { status: 422 });
    const link = page.locator('.nhsuk-error-summary a').first();
    assert.equal(await link.getAttribute('href'), '#file', 'the summary leads to the field');
    assert.equal(await page.inputValue('[name=name]'), first.name, 'the answers are kept');
    assert.equal(await page.inputValue('[name=kept_at]'), first.kept_at);
    assert.ok(await page.locator('[name=kind][value=LETTER_1]:checked, [name=kind] option[value=LETTER_1]:checked').count() > 0, 'and the choices');

    // ---- a missing answer: the file need not be sent twice ----
    const one = pdf(`first, ${way.name}`);
    await fill(page, { withheld: 'yes' });
    await page.setInputFiles('[name=file]', file('letter.pdf', one));
    await send(422);
    await says('Enter why it is withheld');
    await says('is here and will be kept when you save');
    await look('file kept', { status: 422 });
    await fill(page, { withheld_reason: 'It names another patient.' });
    await send();
    assert.match(page.url(), /#documents$/, 'back on the case page, at the documents');
    await says('Withheld: It names another patient.');
    const got = await download(documents.getByText(/^Download/).first());
    assert.equal(got.name, 'First letter.pdf');
    assert.ok(got.bytes.equals(one), 'byte for byte');
    await noSidewaysScroll(page, `${way.name} case`);

    // ---- a new version says why, and the old one stays ----
    await documents.locator('a').filter({ hasText: 'First letter' }).first().click();
    await page.waitForURL(/(records|documents)\/\d+$/);
    const old = page.url();
    await look('entry');
    await page.click('text=Correct this entry');
    await page.waitForURL(/documents\/add\?corrects=\d+$/);
    await says('The old version stays in the record');
    await look('new version form');
    const two = pdf(`second, ${way.name}`, 100_000);
    await page.setInputFiles('[name=file]', file('letter.pdf', two));
    await send(422);
    await says('Enter why you are correcting this');
    await look('new version without a reason', { status: 422 });
    await fill(page, { reason: 'The signed copy.' });
    await send();
    await says('Version 2');
    assert.ok((await download(documents.getByText(/^Download/).first())).bytes.equals(two), 'the new version');
    await page.goto(old);
    await says('Not the newest version');
    assert.ok((await download(page.locator('main').getByText(/^Download/).first())).bytes.equals(one), 'the old version');

    // ---- somebody saves first ----
    await page.goto(`${path}/documents/add`);
    await fill(page, { kind: 'OTHER', name: 'My own note' });
    const three = pdf(`third, ${way.name}`, 5000);
    await page.setInputFiles('[name=file]', file('note.pdf', three));
    await record(other, path, 'document', { kind: 'OTHER', dated: daysAgo(3), name: 'Count sheet', kept_at: 'Theatres' });
    await send(409);
    await says('Nothing of yours is lost, and nothing is saved yet.');
    await says('Document: Count sheet');
    await says('is here and will be kept when you save');
    assert.equal(await page.inputValue('[name=name]'), 'My own note', 'the answers are kept');
    await look('changed meanwhile', { status: 409 });
    await send();
    await says('My own note');
    assert.ok((await download(documents.getByText(/^Download/).first())).bytes.equals(three), 'and the file was');

    // ---- two people correct one document: both versions beside each other ----
    const mine = (await (await other.getJson(path)).json).documents.find((document) => document.name === 'Count sheet').seq;
    await page.goto(`${path}/documents/add?corrects=${mine}`);
    await fill(page, { kept_at: 'My cupboard', reason: 'Moved.' });
    await page.setInputFiles('[name=file]', file('sheet.pdf', three));
    await record(other, path, 'document', {
      kind: 'OTHER', dated: daysAgo(3), name: 'Count sheet', kept_at: 'Their cupboard', supersedes: mine, reason: 'Wrong place.',
    });
    await send(409);
    await says('Their cupboard');
    await says('My cupboard');
    await says('the file you chose');
    await look('two corrections', { status: 409 });
    await send();
    await says('Version 3');

    // ---- a file that is not there is a page, as any other ----
    const missing = await page.goto(`${path}/documents/999999/file`);
    assert.equal(missing.status(), 404);
    assert.match(missing.headers()['content-type'], /^text\/html/);
    await says('There is nothing here that you can see.');
    assert.deepEqual(window.complaints, []);
  });
}
