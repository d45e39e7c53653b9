// Letters in a real browser: written, refused, corrected, let out by a second person, printed, made into a PDF and marked
// as sent, so that the rule of the written notification is met. With scripts, without, and at 320 px.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { ask, launch, open, validPage } from './lib/browser.mjs';
import { dateParts, daysAgo, incident, makePeople, record, write } from './lib/data.mjs';
import { run, startSite } from './lib/site.mjs';
import { post, ways } from './lib/steps.mjs';

let site;
let browser;
let legal;
before(async () => {
  site = await startSite({ demo: false });
  await makePeople(site);
  legal = await site.signedIn('legal');
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await site?.stop();
});

/** A case whose person was told, with all that a letter states. */
async function toldCase() {
  const path = await write(legal, '/candour/cases/new', { ...incident, nhs_number: '9990000018', facts: 'A piece of cloth was left inside.' });
  await record(legal, path, 'opinion', { given: daysAgo(20), opinion: 'NOTIFIABLE', given_by: 'K. Brandt', profession: 'DOCTOR',
    reasons: 'Another operation was needed.' });
  await record(legal, path, 'opening', { aware: daysAgo(20), lead: 'L. Abara', contact_point: 'M. Ferris, 01632 960 112' });
  await record(legal, path, 'person', { basis: 'SELF', name: 'Ada Example', contact: '4 Elm Road, Northvale', format: 'large print' });
  await record(legal, path, 'talk', { told: daysAgo(5), mode: 'FACE_TO_FACE', who_told: 'Ada Example', spoke_name: 'L. Abara',
    spoke_role: 'consultant surgeon', facts_given: true, facts_words: 'We left a piece of cloth inside you.', enquiries_told: true,
    apology_given: true, support: ['COUNSELLING'], noted_on: daysAgo(5) });
  await record(legal, path, 'enquiry', { type: 'AAR', started: daysAgo(4), led_by: 'D. Penhale' });
  return path;
}

for (const way of ways) {
  test(`a letter goes out: ${way.name}`, async (t) => {
    const path = await toldCase();
    const author = await open(browser, site, way);
    const second = await open(browser, site, way);
    t.after(() => Promise.all([author.close(), second.close()]));
    const look = async (window, what) => {
      await window.page.mouse.move(0, 0);
      await window.look(`letter ${way.name} ${way.width} ${what}`);
      await validPage(window.page, `${way.name} ${what}`);
    };
    const send = async (page, button, status = 200) => {
      const answer = await post(page, page.locator(`main button:has-text("${button}")`).first());
      assert.equal(answer.status(), status === 200 ? 303 : status, button);
    };
    await author.signIn('legal');
    await second.signIn('approver');

    // ---- written ----
    let { page } = author;
    await page.goto(`${path}/letters`);
    await look(author, 'none');
    await page.click('main a:has-text("First notification")');
    await page.waitForURL(/letters\/new\/first$/);
    assert.match(await page.inputValue('[name=account]'), /piece of cloth/, 'what was told is offered');
    assert.ok(await page.isChecked('[name=print][value=LARGE]'), 'large print was asked for');
    await look(author, 'form');
    await page.check('[name=person][value=PATIENT]');
    await page.fill('[name=apology]', 'Your care was as planned.');
    await page.fill('[name=not_known]', 'We do not know yet why we left it.');
    await page.fill('[name=signed_by]', 'R. Doe');
    await page.fill('[name=signed_role]', 'Chief nurse');
    await send(page, 'Save and look');
    const letter = new URL(page.url()).pathname;
    assert.match(letter, /letters\/\d+$/);
    assert.match(await page.innerText('h1'), /Letter to Ada Example: 1 thing to fix/);
    await look(author, 'no apology');

    // ---- refused: no apology ----
    await send(page, 'Ask a second person', 422);
    assert.match(await page.innerText('.nhsuk-error-summary'), /1 thing to fix/);

    // ---- an apology with a condition ----
    await page.goto(letter);
    await page.click('#part-apology a');
    await page.waitForURL(/part\/apology/);
    await page.fill('[name=apology]', 'We are sorry if you feel that this hurt you.');
    await look(author, 'paragraph open');
    await send(page, 'Save this paragraph');
    assert.match(await page.innerText('h1'), /1 warning/);
    await send(page, 'Ask a second person');

    // ---- nobody lets their own letter out ----
    assert.equal((await ask(page, `${letter}/check`)).status(), 403);

    // ---- the check: the warning needs a reason; this one goes back ----
    ({ page } = second);
    await page.goto(letter);
    await look(second, 'to be checked');
    await page.click('main a:has-text("Check this letter")');
    await page.waitForURL(/check$/);
    await look(second, 'check');
    await page.check('[name=verdict][value=APPROVED]');
    await send(page, 'Record my check', 422);
    assert.match(await page.innerText('.nhsuk-error-summary'), /why this may stay/);
    await page.check('[name=verdict][value=RETURNED]');
    await page.fill('[name=reason]', 'Say sorry for what happened, without an if.');
    await send(page, 'Record my check');

    // ---- corrected, with a warning that may stay ----
    ({ page } = author);
    await page.goto(letter);
    assert.match(await page.innerText('main'), /without an if/);
    await page.goto(`${letter}/part/apology`);
    await page.fill('[name=apology]', 'We are sorry that we left it inside you. We are sorry for any pain.');
    await send(page, 'Save this paragraph');
    await send(page, 'Ask a second person');
    ({ page } = second);
    await page.goto(`${letter}/check`);
    await page.check('[name=verdict][value=APPROVED]');
    await page.fill('[name=overrule_APOLOGY_ANY]', 'Nobody knows yet how much pain there was.');
    await send(page, 'Record my check');
    assert.match(await page.innerText('h1'), /let out, not sent yet/);
    await look(second, 'let out');

    // ---- frozen ----
    const seen = (await legal.getJson(letter)).json;
    const printed = await legal.get(`${letter}/print`);
    assert.equal(printed.status, 200);
    assert.equal(createHash('sha256').update(printed.bytes).digest('hex'), seen.sha256, 'the bytes are those of the record');
    assert.match(printed.text, /<html lang="en-GB">/);
    assert.match(printed.text, /<body class="large">/);
    ({ page } = author);
    await page.goto(`${letter}/print`);
    await author.look(`letter ${way.name} ${way.width} frozen`);
    assert.equal(await page.evaluate(() => getComputedStyle(document.body).fontSize), '24px', 'large print, by the letters’ style sheet');

    // ---- PDF ----
    assert.equal((await legal.get(`${letter}/pdf`)).status, 404, 'not made yet');
    const job = await site.ctl(['run', 'letters']);
    assert.equal(job.status, 0, job.stderr);
    assert.match(job.stdout, /1 made, 0 still without/);
    const pdf = await legal.get(`${letter}/pdf`);
    assert.equal(pdf.status, 200);
    assert.equal(pdf.headers['content-type'], 'application/pdf');
    assert.match(pdf.headers['content-disposition'], /attachment/);
    const file = join(site.dir, `letter-${way.width}-${way.scripts}.pdf`);
    writeFileSync(file, pdf.bytes);
    const tool = async (name, ...args) => (await run(name, args)).stdout;
    assert.match(await tool('pdfinfo', '-struct', file), /H1[\s\S]*H2[\s\S]*P/);
    assert.match(await tool('pdfinfo', file), /Tagged: +yes/);
    assert.match(await tool('pdftotext', file, '-'), /Dear Ada Example[\s\S]*What happened[\s\S]*Yours sincerely[\s\S]*End of letter/);
    const plain = await tool('qpdf', '--qdf', '--object-streams=disable', file, '-');
    assert.match(plain, /\/Lang \(en-GB\)/);
    assert.match(plain, /\/DisplayDocTitle true/);
    assert.equal((await site.ctl(['run', 'letters'])).stdout, 'letters: 0 made, 0 still without a PDF\n');

    // ---- sent ----
    await page.goto(letter);
    await page.click('main a:has-text("Mark as sent")');
    await page.waitForURL(/sent$/);
    for (const [name, value] of Object.entries(dateParts('sent', daysAgo(0)))) await page.fill(`[name="${name}"]`, value);
    assert.match(await page.innerText('main'), /after its due date needs its reason/);
    await page.fill('[name=reason_if_late]', 'The post room was closed.');
    await send(page, 'Mark as sent', 422);
    assert.equal(await page.inputValue('[name=reason_if_late]'), 'The post room was closed.', 'kept');
    await page.fill('[name=proof]', 'Post book 17, recorded delivery');
    await look(author, 'sending');
    await send(page, 'Mark as sent');
    assert.match(await page.innerText('h1'), /: sent$/);
    await look(author, 'sent');
    await page.goto(`${path}/letters`);
    await look(author, 'list');
    await page.goto(path);
    const text = await legal.get(await page.getAttribute('main a:has-text("The letter as it was let out")', 'href'));
    assert.match(text.text, /Dear Ada Example/, 'the case page leads to the words themselves');
    const rule = (await legal.getJson(path)).json.rule_groups.flatMap((group) => group.rules).find((one) => one.code === 'E09');
    assert.equal(rule.status, 'MET', JSON.stringify(rule));
    assert.equal((await site.ctl(['verify'])).status, 0, 'every chain and every content is whole');
  });
}

test("another trust's letter is not there, and a stale save is told", async () => {
  const path = await toldCase();
  const { version } = (await legal.getJson(path)).json;
  const words = { person: 'PATIENT', apology: 'We are sorry that we hurt you.', signed_by: 'R. Doe', signed_role: 'Chief nurse' };
  const letter = await write(legal, `${path}/letters/new/first`, words, version);
  const other = await site.signedIn('otherlegal');
  for (const page of ['', '/print', '/pdf', '/edit', '/sent']) assert.equal((await other.get(`${letter}${page}`)).status, 404, page);
  const stale = await legal.postJson(`${letter}/edit`, words, { headers: { 'idempotency-key': 'a'.repeat(32), 'if-match': `"${version}"` } });
  assert.equal(stale.status, 409);
});
