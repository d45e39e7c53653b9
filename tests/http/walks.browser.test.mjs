// The walks: in each country a body's legal team takes a case from the report to its end, through the forms of the
// demo, with scripts and without. What the page then says is held against what was done. A case is handed over
// to the trust where it happened and comes back; two cases of one incident are joined.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launch, noBarrier, noSidewaysScroll, open, picture, validPage } from './lib/browser.mjs';
import { daysAgo, dateParts } from './lib/data.mjs';
import { fill } from './lib/forms.mjs';
import { startSite } from './lib/site.mjs';
import { post } from './lib/steps.mjs';

let site;
let browser;
before(async () => {
  site = await startSite();
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await site?.stop();
});

const lands = [
  { name: 'England', who: 'legal', policy: 'England', told: 'E02', patient: 'Ada Swann' },
  { name: 'Wales', who: 'walegal', policy: 'Wales', told: 'W01', patient: 'Bethan Prys' },
  { name: 'Scotland', who: 'scotlegal', policy: 'Scotland', told: 'S03', patient: 'Catriona Weir' },
  { name: 'Northern Ireland', who: 'nilegal', policy: 'Northern Ireland', told: 'N02', patient: 'Dervla Toner' },
];

/** A person at the browser: fills forms, sends them, reads pages. */
function walker(window, name) {
  const { page } = window;
  const walk = {
    page,
    async says(text) {
      const words = await page.locator('main').innerText();
      assert.ok(words.includes(text), `${name}: ${page.url()} does not say “${text}”`);
    },
    async send(status = 303) {
      const answer = await post(page);
      assert.equal(answer.status(), status, `${name}: ${answer.url()}: ${await problems(page)}`);
    },
    async log(kind, values, status = 303) {
      await page.goto(`${walk.path}/log/${kind}`);
      await fill(page, values);
      await walk.send(status);
    },
    /** The numbers of the entries whose title begins with `title`, newest first. */
    async entry(title) {
      const item = page.locator('.cd-timeline__item').filter({ hasText: title }).first();
      return Number((await item.getAttribute('id')).slice(1));
    },
    async look(what) {
      await page.mouse.move(0, 0);
      await window.look(`walk ${name} ${what}`);
      await validPage(page, `${name} ${what}`);
    },
  };
  return walk;
}

async function problems(page) {
  const list = page.locator('.nhsuk-error-summary');
  return await list.count() ? list.first().innerText() : '';
}

/** From the report to a case that is open: incident, patient, harm, opinion, opening, the people. */
async function begin(walk, land) {
  const { page } = walk;
  await page.goto('/candour/cases/new');
  await fill(page, {
    title: 'Swab left behind after an operation', ...dateParts('occurred', daysAgo(40)), ...dateParts('reported_on', daysAgo(30)),
    service: 'General surgery', facts: 'A swab was left inside.\nIt was taken out at a second operation.',
    not_known: 'Why the count was wrong.', regulated_activity: 'yes', unintended: 'yes',
    name: land.patient, ...dateParts('born_on', '1972-03-31'),
  });
  await walk.send();
  walk.path = new URL(page.url()).pathname;
  await walk.log('grading', { ...dateParts('graded', daysAgo(30)), physical: 'MODERATE', outcome: 'MODERATE', certainty: 'ACTUAL' });
  await walk.log('opinion', {
    ...dateParts('given', daysAgo(29)), opinion: 'NOTIFIABLE', given_by: 'K. Brandt, consultant', profession: 'DOCTOR',
    was_involved: 'no', reasons: 'The second operation was not planned, and nobody meant the swab to stay.',
  });
  await walk.log('opening', { ...dateParts('aware', daysAgo(29)), lead: 'The legal team', contact_point: 'M. Ferris, matron' });
  await walk.log('person', {
    basis: 'SELF', name: land.patient, wishes: 'Phone after 5pm.', language: 'English', format: 'Large print',
    may_be_told: 'Her sister may be told everything.',
  });
  await walk.log('person', { basis: 'SELF', name: 'Edith Swann', relation: 'sister', wishes: 'By letter only.' });
}

/** Telling: somebody tries, then tells, writes, meets, looks into it and shares what was found. */
async function tell(walk) {
  await walk.log('attempt', { ...dateParts('tried', daysAgo(28)), mode: 'TELEPHONE', tried_by: 'M. Ferris', outcome: 'NO_ANSWER' });
  await walk.log('talk', {
    ...dateParts('told', daysAgo(27)), at: '2:30pm', mode: 'FACE_TO_FACE', who_told: 'The patient, with her sister',
    spoke_name: 'L. Abara', spoke_role: 'Consultant surgeon', facts_given: 'yes', facts_words: 'We left a swab inside you.',
    not_known: 'Why the count was wrong.', enquiries_told: 'yes', enquiries: 'After-action review', apology_given: 'yes',
    apology_words: 'I am sorry. This should not have happened.', support: ['NAMED_CONTACT', 'COUNSELLING'],
    ...dateParts('noted_on', daysAgo(27)), conditions_told: 'yes', contact_named: 'yes', more_wanted: 'yes',
  });
  await walk.log('letter', {
    ...dateParts('dated', daysAgo(25)), ...dateParts('sent', daysAgo(25)), proof: 'Recorded delivery, slip 881',
    account_given: 'yes', enquiries_given: 'yes', apology_given: 'yes', copy_kept: 'Safety folder 2',
  });
  await walk.log('meeting', {
    step: 'MEETING_OFFER', ...dateParts('held', daysAgo(24)), mode: 'LETTER', questions: 'Will it happen again?',
  });
  await walk.log('meeting', {
    step: 'MEETING', ...dateParts('held', daysAgo(20)), mode: 'FACE_TO_FACE', present: 'The patient, her sister, L. Abara',
    questions: 'Will it happen again?', note: 'The question was answered.', ...dateParts('note_given', daysAgo(15)),
    contact: 'M. Ferris, matron',
  });
  await walk.log('enquiry', {
    type: 'AAR', ...dateParts('started', daysAgo(26)), led_by: 'D. Penhale', ...dateParts('expected_on', daysAgo(5)),
  });
  await walk.page.goto(walk.path);
  const enquiry = await walk.entry('After-action review started');
  await walk.page.goto(`${walk.path}/log/enquiry?corrects=${enquiry}`);
  await fill(walk.page, {
    ...dateParts('signed_off', daysAgo(8)), ...dateParts('shared', daysAgo(6)), ...dateParts('views_sought', daysAgo(20)),
    actions: 'Two people count, aloud: by 1 December', ...dateParts('report_offered', daysAgo(6)),
    correction_reason: 'It was signed off',
  }).catch(async () => fill(walk.page, { reason: 'It was signed off' }));
  await walk.send();
  await walk.log('results', {
    ...dateParts('sent', daysAgo(6)), proof: 'Recorded delivery, slip 902', apology_given: 'yes', copy_kept: 'Safety folder 3',
  });
}

/** Closing: each rule that has no outcome is given its reason, as the form lists them. */
async function close(walk) {
  const { page } = walk;
  for (let rules = 0; rules < 20; rules++) {
    await page.goto(`${walk.path}/log/closure`);
    const next = page.locator('aside a[href*="rule-reason"]').first();
    if (!await next.count()) break;
    if (!rules) {
      await fill(page, { ...dateParts('closed', daysAgo(0)), reason: 'DUTY_DONE' });
      await walk.send(422);
      await walk.says('Not everything the duty asks is settled');
      await walk.look('not to be closed yet');
      await page.goto(`${walk.path}/log/closure`);
    }
    const code = (await next.innerText()).split(':')[0];
    await next.click();
    await page.waitForURL(new RegExp(`rule=${code}$`));
    const chosen = page.locator('main select[name=rule] option:checked, main input[name=rule]:checked');
    assert.equal(await chosen.getAttribute('value'), code, 'the rule is chosen already');
    await fill(page, { reason: 'The year’s report is not written yet.' });
    await walk.send();
  }
  await page.goto(`${walk.path}/log/closure`);
  await fill(page, { ...dateParts('closed', daysAgo(0)), reason: 'DUTY_DONE' });
  await walk.send();
  await walk.says('This case is closed');
}

for (const land of lands) {
  for (const scripts of [true, false]) {
    test(`from report to closed: ${land.name}, scripts ${scripts ? 'on' : 'off'}`, async (t) => {
      const window = await open(browser, site, { scripts });
      t.after(() => window.close());
      const walk = walker(window, `${land.name} ${scripts ? 'on' : 'off'}`);
      const { page } = walk;
      await window.signIn(land.who);
      await begin(walk, land);
      await walk.says(land.policy);
      await walk.says('What is still owed, and by when');
      if (scripts) await walk.look('open');
      await tell(walk);

      // A stranger reads: what was said, when, by whom, in what words; what is still owed; who may be told what.
      await walk.says('L. Abara, Consultant surgeon');
      await walk.says('We left a swab inside you.');
      await walk.says('I am sorry. This should not have happened.');
      await walk.says('Recorded delivery, slip 881');
      await walk.says('Will it happen again?');
      await walk.says('Two people count, aloud: by 1 December');
      await walk.says('May also be told: Her sister may be told everything.');
      await walk.says('Contact: By letter only.');
      await walk.says('Entered later'); // all of it was entered today
      assert.match(await page.locator(`#${land.told}`).innerText(), /Met|Logged/);
      await walk.look('told');

      await page.goto(`${walk.path}/records/${await walk.entry('Patient told in person')}`);
      await walk.says('Entered later Happened');
      await page.goto(`${walk.path}?as_at=${daysAgo(1)}`);
      await walk.says('Nothing of this case was on record at the end of that day.');
      await close(walk);
      await walk.look('closed');

      await walk.log('reopening', { ...dateParts('reopened', daysAgo(0)), reason: 'The family has new questions.' });
      await walk.says('Case opened again');
      assert.ok(await page.locator('.cd-next a[href$="/log/closure"]').count(), 'it can be closed again');
      await walk.log('closure', { ...dateParts('closed', daysAgo(0)), reason: 'DUTY_DONE' });
      await walk.says('This case is closed');

      // The same page in a narrow window and on paper.
      await page.setViewportSize({ width: 320, height: 900 });
      await noSidewaysScroll(page, `${land.name} at 320 px`);
      if (scripts) await noBarrier(page, `${land.name} at 320 px`);
      await picture(page, `walk ${land.name} ${scripts ? 'on' : 'off'} 320`);
      await page.setViewportSize({ width: 1280, height: 900 });
      await page.emulateMedia({ media: 'print' });
      await picture(page, `walk ${land.name} ${scripts ? 'on' : 'off'} print`);
      assert.deepEqual(window.complaints, []);
    });
  }
}

test('a case is handed over, handed back, and both sides see that', async (t) => {
  const ours = await open(browser, site, {});
  const theirs = await open(browser, site, {});
  t.after(() => Promise.all([ours.close(), theirs.close()]));
  const here = walker(ours, 'hand over');
  const there = walker(theirs, 'handed over');
  await ours.signIn('legal');
  await theirs.signIn('scotlegal');
  await begin(here, { patient: 'Flora Gunn' });

  await here.log('handover', { ...dateParts('handed', daysAgo(0)), org_code: 'QQQ', reason: 'The operation was there.' }, 422);
  await here.says('Enter the code of a trust that is registered here');
  await here.says('Trusts that are registered here');
  assert.equal(await here.page.inputValue('[name=reason]'), 'The operation was there.', 'the answers are kept');
  await here.look('form');
  await fill(here.page, { org_code: 'SZ9' });
  await here.send();
  await here.says('This case is closed');
  await here.says('This case was handed over to Invermoray Health Board (SZ9)');
  await here.says('What is left to do is for the trust that it was handed over to.');
  await here.look('given');

  await there.page.goto('/candour/cases');
  await there.page.locator('main a').filter({ hasText: 'Swab left behind after an operation' }).first().click();
  await there.page.waitForURL(/\/cases\/CM-/);
  there.path = new URL(there.page.url()).pathname;
  await there.says('Northvale Hospitals NHS Foundation Trust (RZ1) found this incident');
  await there.says(here.path.split('/').at(-1));
  await there.look('received');
  for (const [walk, path] of [[there, here.path], [here, there.path]]) {
    const answer = await walk.page.goto(path);
    assert.equal(answer.status(), 404, 'neither opens the other’s file');
  }

  await there.log('handover', { ...dateParts('handed', daysAgo(0)), org_code: 'RZ1', reason: 'It was never in our theatre.' });
  await there.says('This case is closed');
  await here.page.goto(here.path);
  await here.says('Handed back by Invermoray Health Board (SZ9).');
  assert.ok(!(await here.page.locator('main').innerText()).includes('This case is closed'));
  await here.look('handed back');
});

test('two cases of one incident are joined', async (t) => {
  const window = await open(browser, site, {});
  t.after(() => window.close());
  const first = walker(window, 'join');
  const second = walker(window, 'joined');
  await window.signIn('walegal');
  await begin(first, { patient: 'Gwen Parry' });
  await begin(second, { patient: 'Gwen Parry' });
  const goesOn = first.path.split('/').at(-1);
  await second.log('join', { ...dateParts('joined', daysAgo(0)), other_ref: 'CM-2019-0001', reason: 'The same patient and day.' }, 422);
  await second.says('Your trust has no case with this reference');
  await fill(window.page, { other_ref: goesOn });
  await second.send();
  await second.says('This case is closed');
  await second.look('closed');
  await window.page.locator('.nhsuk-inset-text a').filter({ hasText: goesOn }).click();
  await window.page.waitForURL(new RegExp(`${goesOn}$`));
  await first.says('Another case of the same incident was joined to this one');
  await first.look('goes on');
});
