// The life of a claim, as a handler goes it: from the letter of notification to a settlement, opened again and settled
// again; with a wrong status, an entry taken back, a reserve, a handler and the report as at a day. With scripts and
// without.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { ask, launch, open } from './lib/browser.mjs';
import { daysAgo, makePeople } from './lib/data.mjs';
import { startSite } from './lib/site.mjs';
import { asSent, choose, date, follow, main, send } from './lib/steps.mjs';

let site, browser;

before(async () => {
  site = await startSite({ demo: false });
  await makePeople(site);
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await site?.stop();
});

async function step(page, claim, type, on) {
  await page.goto(claim);
  await follow(page, /^log a step/);
  await choose(page, 'type', type);
  await date(page, 'on', on);
  await send(page, 'Save');
  assert.equal(page.url(), claim);
}

async function status(page, claim, word, on) {
  await page.goto(claim);
  await follow(page, 'Record a status');
  await choose(page, 'status', word);
  await date(page, 'on', on);
  await send(page, 'Save');
}

const row = (page, text) => page.locator('tr', { hasText: text }).first().innerText();

async function registered({ page }) {
  await page.goto('/candour/claims/new');
  await page.fill('[name=title]', 'Appendicitis found late');
  await choose(page, 'scheme', 'CNST');
  await date(page, 'notified', daysAgo(60));
  await send(page, 'Register the claim');
  return page.url();
}

async function letters(window, tag, claim) {
  const { page } = window;
  await step(page, claim, 'NOTIFICATION_LETTER', daysAgo(60));
  assert.match(await row(page, 'Acknowledge the letter of notification'), /Late\s+by 46 days/);
  await step(page, claim, 'NOTIFICATION_ACKNOWLEDGED', daysAgo(50));
  assert.match(await row(page, 'Acknowledge the letter of notification'), /Court protocol[^]*14 days from[^]*In time/);
  await step(page, claim, 'LETTER_OF_CLAIM', daysAgo(10));
  assert.match(await row(page, 'Acknowledge the letter of claim'), /Open\s+4 days left/);
  assert.match(await row(page, 'Letter of response'), /4 months from/);
  await step(page, claim, 'TRIAL', daysAgo(9));
  await page.locator('tr', { hasText: 'Trial' }).getByRole('link', { name: /^Take back/ }).click();
  await page.waitForSelector('[name=reason]');
  assert.match(await page.textContent('.nhsuk-inset-text'), /taking back entry \d+ of this claim/);
  await asSent(window, `${tag} take an entry back`);
  await send(page, 'Take it back');
  assert.match(await page.title(), /^Error: (?!Error)/, 'why has to be said');
  await page.fill('[name=reason]', 'It belongs to another claim');
  await send(page, 'Take it back');
  assert.equal(page.url(), claim);
  assert.ok(!(await main(page)).includes('Trial'));
}

async function reserves(window, tag, claim) {
  const { page } = window;
  for (const amount of ['60,000', '50,000']) {
    await page.goto(claim);
    await follow(page, /^(Set|Change) a reserve/);
    await choose(page, 'head', 'DAMAGES');
    await page.fill('[name=amount_p]', amount);
    await page.fill('[name=probability_bp]', '50');
    await date(page, 'on', daysAgo(8));
    await send(page, 'Save');
  }
  const text = await page.locator('section', { has: page.locator('#reserves-h') }).innerText();
  for (const part of ['£50,000.00', '£25,000.00', 'Reserves as they were set']) assert.ok(text.includes(part), part);
  await page.goto(claim);
  await follow(page, 'give it to a handler');
  await choose(page, 'handler', 'handler');
  await page.fill('[name=note]', 'Sort code 12-34-56, account 12345678');
  await send(page, 'Save');
  assert.ok((await main(page)).includes('No bank details are kept here'));
  await page.fill('[name=note]', '');
  await send(page, 'Save');
  assert.match(await page.textContent('.cd-strip'), /Handler[^]*\(you\)/);
}

async function settledTwice(window, tag, claim) {
  const { page } = window;
  await status(page, claim, 'SETTLED_DAMAGES', daysAgo(5));
  assert.equal(page.url(), claim);
  await status(page, claim, 'NEGOTIATING', daysAgo(4));
  assert.match(await page.title(), /^Error: (?!Error)/, 'a status that makes no sense comes back');
  assert.ok((await main(page)).includes('cannot come after “Settled with damages”'));
  await window.look(`${tag} a status that makes no sense`);
  await status(page, claim, 'REOPENED', daysAgo(4));
  await status(page, claim, 'SETTLED_DAMAGES', daysAgo(2));
  assert.equal(page.url(), claim);
  assert.match(await row(page, 'Letter of response'), /No longer due/);
  const text = await main(page);
  for (const part of ['Opened again', 'Settled with damages', 'Steps of the claim', 'depends on the claim alone']) {
    assert.ok(text.includes(part), part);
  }
  await asSent(window, `${tag} claim settled twice`);
}

async function report(window, tag) {
  const { page } = window;
  await page.goto('/candour/claims');
  await follow(page, 'How many claims stood in which status on a day');
  assert.match(await page.textContent('h1'), /^\s*\d+ claims? on /);
  assert.ok((await main(page)).includes('This is the latest position'));
  await asSent(window, `${tag} report`);
  await page.goto(`/candour/claims/report?as_at=${daysAgo(3)}`);
  assert.match(await page.textContent('h1'), /^\s*0 claims on /, 'nothing was recorded by then');
  assert.ok((await main(page)).includes('It stays the same whenever it is asked again'));
  const csv = await ask(window.page, `${new URL(page.url()).origin}/candour/claims/report?format=csv`);
  assert.match(await csv.text(), /^"as_at","status","count"\r?\n"\d{4}-\d\d-\d\d","NOTIFIED","0"/);
}

for (const [tag, options] of [['life scripts', {}], ['life no scripts', { scripts: false }]]) {
  test(`from the letter of notification to settled, and again: ${tag}`, async () => {
    const window = await open(browser, site, options);
    try {
      await window.signIn('handler');
      const claim = await registered(window);
      await letters(window, tag, claim);
      await reserves(window, tag, claim);
      await settledTwice(window, tag, claim);
      await report(window, tag);
    } finally {
      await window.close();
    }
  });
}
