// The work list as people meet it: with scripts, without, and at 320 px; a case is given, found, filtered; an
// absence is entered; a calendar address made.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launch, open, validHtml, validPage } from './lib/browser.mjs';
import { dateParts, incident, daysAgo, makePeople, openCase, record, write } from './lib/data.mjs';
import { fill } from './lib/forms.mjs';
import { startSite } from './lib/site.mjs';
import { ways } from './lib/steps.mjs';

let site;
let browser;
before(async () => {
  site = await startSite({ demo: false });
  await makePeople(site);
  const legal = await site.signedIn('legal');
  const paths = [];
  for (const [i, name] of ['Ada Example', 'Ben Example', 'Cora Example', 'Dan Example', 'Eve Example', 'Fay Example', 'Gus Example'].entries()) {
    const reported = daysAgo(30 - 4 * i);
    paths.push(await write(legal, '/candour/cases/new', { ...incident, title: `Incident ${i + 1}`, occurred: daysAgo(31), reported_on: reported, name }));
  }
  for (const path of paths.slice(0, 2)) {
    await record(legal, path, 'opinion', { given: daysAgo(2), opinion: 'NOTIFIABLE', given_by: 'K. Brandt', profession: 'DOCTOR', reasons: 'Prolonged harm came of it.' });
    await record(legal, path, 'opening', { aware: daysAgo(2), lead: 'L. Abara' });
  }
  paths.push(await openCase(legal, { title: 'Incident with a finding' }));
  for (const path of paths.slice(0, 4)) await record(legal, path, 'assignment', { assignee: 'legal' });
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await site?.stop();
});

for (const [turn, way] of ways.entries()) {
  test(`work: ${way.name}`, async (t) => {
    const window = await open(browser, site, way);
    t.after(() => window.close());
    const { page } = window;
    const look = async (what) => {
      await page.mouse.move(0, 0);
      await window.look(`work ${way.name} ${what}`);
      await validPage(page, `${way.name} ${what}`);
    };
    await window.signIn('legal');
    assert.match(await page.locator('h1').textContent(), /^Your work: /);
    await look('home');

    await page.goto('/candour/work');
    assert.ok(await page.locator('tbody tr:not(.cd-table__group)').count() >= 4);
    await look('mine');
    await page.goto('/candour/work?whose=all');
    await look('whole trust');

    if (way.width < 500) await page.click('text=Filter this list');
    await page.selectOption('#due', 'overdue');
    await page.click('text=Apply filters');
    await page.waitForURL(/due=overdue/);
    assert.match(await page.locator('h1').textContent(), /^The trust’s work: (\d+ cases?|nothing matches)/);
    await look('overdue');

    // One that is nobody's is given to a colleague; each way gives another.
    await page.goto('/candour/work?whose=nobody');
    const nobody = await page.locator('tbody tr:not(.cd-table__group)').count();
    await page.locator('td[data-label=Owner] a').first().click();
    await page.waitForURL(/log\/assignment/);
    await look('give');
    await fill(page, { assignee: 'reader' });
    await page.locator('main form[method=post] button[type=submit]').click();
    await page.waitForURL(/cases\/CM-[0-9-]+#r\d+$/);
    await page.goto('/candour/work?whose=nobody');
    assert.equal(await page.locator('tbody tr:not(.cd-table__group)').count(), nobody - 1);

    // Two more are ticked, looked at and given at once. The pages are answers to a form: they are looked at, not got again.
    const press = async (button, what) => {
      const [answer] = await Promise.all([page.waitForResponse((one) => one.request().method() === 'POST'), page.click(button)]);
      assert.equal(answer.status(), 200, what);
      await validHtml(await answer.text(), `${way.name} ${what}`);
      await page.waitForLoadState();
      await page.mouse.move(0, 0);
      await window.look(`work ${way.name} ${what}`);
    };
    await page.goto('/candour/work?whose=mine');
    await page.locator('.cd-pick input').nth(0).check();
    await page.locator('.cd-pick input').nth(1).check();
    await page.selectOption('#assignee', 'legal');
    await press('.cd-bulk button', 'check');
    assert.equal(await page.innerText('h1'), 'Check before you give 2 cases');
    await press('button:has-text("Give these cases")', 'given');
    assert.equal(await page.innerText('h1'), '2 cases given');
    await page.click('text=Go to the work list');
    await page.waitForURL(/\/work$/);
    await page.emulateMedia({ media: 'print' });
    assert.equal(await page.locator('.cd-bulk').isVisible(), false, 'what is only for a screen is not printed');
    assert.equal(await page.locator('.cd-table thead').first().isVisible(), true);
    await window.look(`work ${way.name} print`);
    await page.emulateMedia({ media: 'screen' });

    await page.goto('/candour/team/away');
    await look('away');
    const day = (n) => daysAgo(-n - turn * 10);
    await fill(page, { ...dateParts('first_on', day(1)), ...dateParts('last_on', day(5)), covered_by: 'reader' });
    await page.locator('main form[method=post] button[type=submit]').click();
    await page.waitForURL(/\/team$/);
    await look('teams');

    await page.goto('/candour/calendar');
    await look('calendar');
    await page.locator('main form button[type=submit]').first().click();
    await page.waitForSelector('#address');
    assert.match(await page.inputValue('#address'), /\/feed\/[0-9a-f]{48}\.ics$/);
    await window.look(`work ${way.name} address`);
  });
}
