// The story of a trust's legal team, in a real browser: from the incident to the results, with a correction, an
// entry taken back, and somebody else's change in between. Three times: with scripts, without, and at 320 px.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launch, noSidewaysScroll, open, validHtml, validPage } from './lib/browser.mjs';
import { dateParts, daysAgo, makePeople, record } from './lib/data.mjs';
import { fill } from './lib/forms.mjs';
import { startSite } from './lib/site.mjs';
import { post, ways } from './lib/steps.mjs';

let site;
let browser;
before(async () => {
  site = await startSite({ demo: false });
  await makePeople(site);
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await site?.stop();
});

// Pages whose layout changes in a narrow window: axe looks at them again.
const narrowKey = new Set(['home', 'new case', 'talk with a problem', 'entry', 'whole case', 'changed meanwhile', 'two corrections',
  'record', 'list']);

/** Month and year alone of a day, as a date input takes them. */
function monthOf(name, iso) {
  const [year, month] = iso.split('-').map(Number);
  return { [`${name}-day`]: '', [`${name}-month`]: String(month), [`${name}-year`]: String(year) };
}
const monthNames = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October',
  'November', 'December'];
const monthWords = (iso) => `${monthNames[Number(iso.slice(5, 7)) - 1]} ${iso.slice(0, 4)}`;
const dayWords = (iso) => `${Number(iso.slice(8))} ${monthWords(iso)}`;

for (const way of ways) {
  test(`a trust tells a patient: ${way.name}`, async (t) => {
    const window = await open(browser, site, way);
    t.after(() => window.close());
    const { page } = window;
    const name = `${way.name} ${way.width}`;
    let looks = 0;
    let posted = ''; // the page that answered the last form, as it was sent

    const look = async (what, { status = 200 } = {}) => {
      await page.mouse.move(0, 0); // a link under the mouse has lost its underline
      looks++;
      if (way.width < 500 && !narrowKey.has(what)) {
        // axe takes seconds on a page that is 20 windows long: the same pages were asked at 1280 px.
        assert.deepEqual(window.complaints, [], `${name} ${what}: complaints`);
        await noSidewaysScroll(page, `${name} ${what}`);
      } else {
        await window.look(`case ${name} ${String(looks).padStart(2, '0')} ${what}`);
      }
      if (status === 200) {
        await validPage(page, `${name} ${what}`);
      } else {
        await validHtml(posted, `${name} ${what}`);
      }
    };
    const send = async (status = 200) => {
      const answer = await post(page);
      assert.equal(answer.status(), status === 200 ? 303 : status);
      posted = status === 200 ? '' : await answer.text();
    };
    const main = () => page.locator('main');
    const says = async (text) => {
      // A link may still be on its way to its page.
      for (let tries = 0; tries < 100; tries++) {
        if ((await main().innerText()).includes(text)) return;
        await new Promise((done) => { setTimeout(done, 100); });
      }
      assert.fail(`${name}: ${page.url()} does not say “${text}”`);
    };

    await window.signIn('legal');
    await look('home');

    // ---- the incident ----
    await page.click('main a[href$="/cases/new"]');
    await page.waitForURL(/cases\/new$/);
    await look('incident form');
    await fill(page, { title: 'Retained swab after bowel surgery', service: 'General surgery' });
    await send(422);
    assert.match(await page.title(), /^Error: (?!Error)/);
    await look('incident with a problem', { status: 422 });
    assert.equal(await page.inputValue('[name=title]'), 'Retained swab after bowel surgery', 'the answers are kept');
    const link = page.locator('.nhsuk-error-summary a').first();
    assert.equal(await page.locator(`[id="${(await link.getAttribute('href')).slice(1)}"]`).count(), 1, 'the summary leads to the field');
    const happened = daysAgo(95);
    await fill(page, {
      ...monthOf('occurred', happened), ...dateParts('reported_on', daysAgo(60)), local_ref: 'W-88213',
      facts: 'A swab was left inside.\nThe count was recorded as correct.', not_known: 'Why the count was wrong.',
      name: 'Ada Example', nhs_number: '999 000 0018', ...dateParts('born_on', '1972-03-31'),
    });
    await send();
    const path = new URL(page.url()).pathname;
    const reference = path.split('/').pop();
    assert.match(reference, /^CM-\d{4}-\d{4}$/);
    await says('Nothing has been said yet.');
    await says('A.E.');
    await says('999 000 0018');
    await look('new case');

    // ---- deciding ----
    const log = async (kind, values) => {
      await page.goto(`${path}/log/${kind}`);
      await look(`form ${kind}`);
      await fill(page, values);
      await send();
      // A document is added on a page of its own, which leads back to the documents.
      assert.match(page.url(), new RegExp(`${path}#${kind === 'document' ? 'documents' : 'r\\d+'}$`), 'back on the case page, at the entry');
    };
    await log('opinion', {
      ...dateParts('given', daysAgo(58)), opinion: 'NOTIFIABLE', given_by: 'K. Brandt, consultant anaesthetist',
      profession: 'DOCTOR', was_involved: 'no', reasons: 'Moderate harm: another operation was needed.',
    });
    await says('Found to be notifiable');
    await log('grading', {
      ...dateParts('graded', daysAgo(58)), physical: 'MODERATE', outcome: 'MODERATE', certainty: 'ACTUAL', profession: 'DOCTOR',
    });
    await page.click('#next a.nhsuk-button');
    await page.waitForURL(/log\/opening$/);
    await fill(page, { ...dateParts('aware', daysAgo(58)), lead: 'L. Abara', contact_point: 'M. Ferris, matron' });
    await send();
    await says('Candour case opened');
    await log('person', {
      basis: 'SELF', name: 'Ada Example', wishes: 'Phone after 5pm.', format: 'large print',
    });
    await says('Before you contact A.E.');
    await says('Phone after 5pm.');

    // ---- telling: only the month of the talk is known ----
    await log('attempt', { ...dateParts('tried', daysAgo(50)), at: '11:20am', mode: 'TELEPHONE', outcome: 'NO_ANSWER' });
    const told = daysAgo(35);
    await page.goto(`${path}/log/talk`);
    await fill(page, {
      'told-day': '', 'told-month': '', 'told-year': told.slice(0, 4), mode: 'TELEPHONE',
      spoke_name: 'M. Ferris', spoke_role: 'matron', facts_given: 'yes',
      facts_words: 'A swab was left inside you.', enquiries_told: 'yes', enquiries: 'After-action review', apology_given: 'yes',
      apology_words: 'I am sorry.', support: ['NAMED_CONTACT', 'COUNSELLING'],
    });
    await send(422);
    await look('talk with a problem', { status: 422 });
    assert.equal(await page.inputValue('[name=facts_words]'), 'A swab was left inside you.', 'the answers are kept');
    assert.ok(await page.locator('main [name=mode][value=TELEPHONE]').isChecked(), 'and the choices');
    await fill(page, { ...monthOf('told', told), why_not_in_person: 'She asked for a call.', who_told: 'The patient' });
    await send();
    await says(`${monthWords(told)}, telephone`);
    await says('“I am sorry.”');
    await look('told');

    // ---- a correction keeps what was there ----
    await page.locator('.cd-timeline a').filter({ hasText: /^Entry/ }).nth(await indexOf(page, 'Patient told in person')).click();
    await says('What was recorded');
    await look('entry');
    await page.click('text=Correct this entry');
    await says('You are correcting');
    assert.ok(await page.locator('main [name=mode][value=TELEPHONE]').isChecked(), 'opens with the answers as they stand');
    await look('correction form');
    await fill(page, { mode: 'FACE_TO_FACE', why_not_in_person: '', ...dateParts('told', daysAgo(35)) });
    await send(422);
    await look('correction without a reason', { status: 422 });
    await fill(page, { reason: 'The note says that it was in the ward.' });
    await send();
    await says('Corrected later.');
    await says('Why it was corrected: The note says that it was in the ward.');
    await says(`${dayWords(daysAgo(35))}, face to face`);
    await page.locator('.cd-timeline__item').filter({ has: page.locator('del') }).locator('a').click();
    await says('Face to face');
    await look('newer entry');
    await page.locator('main a').filter({ hasText: /^Patient told in person/ }).last().click();
    await says('Not the newest version');
    await says('Telephone');
    await look('older entry');

    // ---- the rest of the duty ----
    await log('letter', {
      ...dateParts('dated', daysAgo(30)), ...dateParts('sent', daysAgo(30)), proof: 'Signed for, slip in file 12',
      account_given: 'yes', enquiries_given: 'yes', apology_given: 'yes', copy_kept: 'File 12',
    });
    await log('refusal', { ...dateParts('refused', daysAgo(28)), mode: 'TELEPHONE', words: 'No second talk, thank you.', may_return: 'yes' });
    await log('meeting', { ...dateParts('held', daysAgo(20)), step: 'MEETING', mode: 'FACE_TO_FACE', note: 'Went through the letter.' });
    await log('support', { ...dateParts('offered', daysAgo(20)), support: ['ADVOCATE'], accepted: 'no' });
    await log('enquiry', { type: 'AAR', ...dateParts('started', daysAgo(40)), ...dateParts('signed_off', daysAgo(10)), led_by: 'D. Penhale' });
    await log('results', { ...dateParts('sent', daysAgo(5)), proof: 'Signed for', apology_given: 'yes', copy_kept: 'File 12' });
    await log('document', { kind: 'VERBAL_NOTE', ...dateParts('dated', daysAgo(35)), name: 'Note of the talk', kept_at: 'File 12' });
    await page.goto(path);
    await look('whole case');
    for (const rule of ['E01', 'E02', 'E09', 'E10']) {
      const row = await page.locator(`tr[id="${rule}"]`).innerText();
      assert.match(row, /\bMet\b|\bMet late\b|\bNeeds judgement\b/i, `${rule}: ${row}`);
    }
    assert.ok(await page.locator('.cd-duty__svg').first().count() > 0, 'the duty line is drawn');

    // ---- taken back ----
    await page.locator('.cd-timeline__item').filter({ hasText: 'Phone call, no answer' }).locator('a').click();
    await page.click('text=Take it back');
    await says('You are taking back');
    await look('form withdrawal');
    await fill(page, { reason: 'It was another patient’s call.' });
    await send();
    await says('Entered in error and taken back.');

    // ---- somebody saves first ----
    await page.goto(`${path}/log/support`);
    await fill(page, { ...dateParts('offered', daysAgo(3)), support: ['COUNSELLING'], note: 'My own words.' });
    const other = await site.signedIn('legal');
    await record(other, path, 'document', { kind: 'OTHER', dated: daysAgo(4), name: 'Count sheet', kept_at: 'Theatres' });
    await send(409);
    await says('Nothing of yours is lost, and nothing is saved yet.');
    await says('Document: Count sheet');
    assert.equal(await page.inputValue('[name=note]'), 'My own words.', 'the answers are kept');
    await look('changed meanwhile', { status: 409 });
    await send();
    await says('My own words.');

    // ---- two people correct one entry: both versions beside each other ----
    const letter = Number((await page.locator('.cd-timeline__item').filter({ hasText: 'Written notification sent' }).getAttribute('id')).slice(1));
    await page.goto(`${path}/log/letter?corrects=${letter}`);
    await fill(page, { copy_kept: 'My cupboard', reason: 'Moved.' });
    await record(other, path, 'letter', {
      dated: daysAgo(30), sent: daysAgo(29), proof: 'Signed for, slip in file 12', account_given: 'yes', enquiries_given: 'yes',
      apology_given: 'yes', copy_kept: 'Their cupboard', supersedes: letter, reason: 'Wrong day.',
    });
    await send(409);
    await says('Their cupboard');
    await says('My cupboard');
    await look('two corrections', { status: 409 });
    await send();
    await says('Moved.');

    // ---- looking back, looking up ----
    await page.goto(path);
    await fill(page, dateParts('as_at', daysAgo(1)));
    await page.click('text=Show it as at this date');
    await says('This is what was known at the end of');
    assert.equal(await page.locator('main form[method=post], main a[href*="/log/"]').count(), 0, 'no form and no way to one');
    await look('looking back');
    await page.goto(`${path}/record`);
    await look('record');
    await page.fill('#search-field', reference);
    await page.click('#search button');
    await page.waitForURL((url) => url.pathname === path); // the reference opens the case
    await page.fill('#search-field', '999 000 0018');
    await page.click('#search button');
    await says(reference);
    await look('search');
    await page.goto('/candour/cases?state=OPEN');
    await look('list');
    await page.goto('/candour/cases?state=RECORDED');
    await says('No case that you may see is in this state.');
    await look('empty list');
    for (const topic of ['start', 'rules', 'record', 'roles', 'privacy', 'accessibility']) {
      await page.goto(`/candour/help/${topic}`);
      await look(`help ${topic}`);
    }

    // ---- closed ----
    await log('closure', { ...dateParts('closed', daysAgo(0)), reason: 'OPENED_IN_ERROR', note: 'Entered twice.' });
    await says('This case is closed');
    await says('Closed: it was opened by mistake');
    await look('closed case');
    await page.click('.nhsuk-header__account-button');
    await page.waitForURL(/signed-out$/);
    await look('signed out');
  });
}

/** Which of the links to entries stands in the item of that title. */
async function indexOf(page, title) {
  const titles = await page.locator('.cd-timeline__item').evaluateAll((items) => items
    .filter((item) => /Entry \d/.test(item.innerText))
    .map((item) => item.querySelector('h3').innerText));
  const at = titles.findIndex((one) => one.startsWith(title));
  assert.ok(at >= 0, `no event “${title}” among ${titles.join(', ')}`);
  return at;
}
