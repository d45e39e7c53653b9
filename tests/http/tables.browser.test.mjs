// Lists that are worked through by keyboard: arrows, Space, ranges, all of a page, the count that is said; the head
// stays in sight; without scripts all of it is boxes and links; on paper there are neither.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launch, open } from './lib/browser.mjs';
import { daysAgo, incident, makePeople, write } from './lib/data.mjs';
import { startSite } from './lib/site.mjs';

let site;
let browser;
before(async () => {
  site = await startSite({ demo: false });
  await makePeople(site);
  const legal = await site.signedIn('legal');
  for (let i = 1; i <= 12; i++) {
    await write(legal, '/candour/cases/new', { ...incident, title: `Incident ${i}`, occurred: daysAgo(20), reported_on: daysAgo(i), name: 'Ada Example' });
  }
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await site?.stop();
});

const boxes = (page) => page.locator('.cd-pick input');
const ticked = (page) => boxes(page).evaluateAll((list) => list.map((box) => (box.checked ? 'x' : '.')).join(''));
const inRow = (page) => page.evaluate(() => [...document.querySelectorAll('.cd-keys tbody tr:not(.cd-table__group)')].indexOf(document.activeElement.closest('tr')));

test('the work list by keyboard', async (t) => {
  const window = await open(browser, site);
  t.after(() => window.close());
  const { page } = window;
  await window.signIn('legal');
  await page.goto('/candour/work?whose=all');
  const rows = await boxes(page).count();
  assert.ok(rows >= 12);
  assert.equal(await page.locator('.cd-keys-hint').isVisible(), true);

  await boxes(page).first().focus();
  await page.keyboard.press('Space');
  assert.equal(await page.textContent('.cd-chosen'), '1 chosen');
  assert.equal(await page.getAttribute('.cd-chosen', 'role'), 'status');
  await page.keyboard.press('ArrowDown');
  assert.equal(await inRow(page), 1);
  assert.equal(await page.evaluate(() => document.activeElement.type), 'checkbox', 'from a box to a box');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Shift+ArrowDown');
  await page.keyboard.press('Shift+ArrowDown');
  assert.equal(await ticked(page), `x.xxx${'.'.repeat(rows - 5)}`);
  assert.equal(await page.textContent('.cd-chosen'), '4 chosen');
  await window.look('tables chosen');

  // From a link to the next link; Space there ticks the row and does not scroll the page.
  await page.locator('tbody th[scope=row] a').nth(6).focus();
  const top = await page.evaluate(() => window.scrollY);
  await page.keyboard.press('Space');
  assert.equal(await page.evaluate(() => window.scrollY), top);
  assert.equal(await page.textContent('.cd-chosen'), '5 chosen');
  await page.keyboard.press('ArrowUp');
  assert.equal(await inRow(page), 5);
  assert.equal(await page.evaluate(() => document.activeElement.tagName), 'A', 'from a link to a link');

  // All of the page, none, some.
  const all = page.getByLabel('Choose every row on this page');
  assert.equal(await all.evaluate((box) => box.indeterminate), true);
  await all.check();
  assert.equal(await page.textContent('.cd-chosen'), `${rows} chosen`);
  await all.uncheck();
  assert.equal(await page.textContent('.cd-chosen'), '');
  await boxes(page).nth(1).click();
  await boxes(page).nth(4).click({ modifiers: ['Shift'] });
  assert.equal(await ticked(page), `.xxxx${'.'.repeat(rows - 5)}`);
});

test('nothing is caught: Tab leaves the table at its end, and goes back', async (t) => {
  const window = await open(browser, site);
  t.after(() => window.close());
  const { page } = window;
  await window.signIn('legal');
  await page.goto('/candour/work?whose=all');
  await boxes(page).last().focus();
  await page.keyboard.press('ArrowDown');
  assert.equal(await inRow(page), await boxes(page).count() - 1, 'at the end it stays');
  for (let i = 0; i < 5 && (await inRow(page)) >= 0; i++) await page.keyboard.press('Tab');
  assert.equal(await inRow(page), -1);
  await page.keyboard.press('Shift+Tab');
  assert.equal(await inRow(page), await boxes(page).count() - 1);
  const outline = await page.evaluate(() => getComputedStyle(document.activeElement).outlineStyle + getComputedStyle(document.activeElement).boxShadow);
  assert.notEqual(outline, 'nonenone', 'the focus is seen');
  // The selects of the bar above have arrows of their own.
  await page.focus('#assignee');
  await page.keyboard.press('ArrowDown');
  assert.equal(await page.evaluate(() => document.activeElement.id), 'assignee');
});

test('the head stays in sight, and lies over nothing that has the focus', async (t) => {
  const window = await open(browser, site, { height: 420 });
  t.after(() => window.close());
  const { page } = window;
  await window.signIn('legal');
  await page.goto('/candour/work?whose=all');
  await boxes(page).last().focus();
  const head = await page.locator('.cd-keys thead th').nth(1).boundingBox();
  assert.ok(Math.abs(head.y) < 2, `head at ${head.y}`);
  const rows = await boxes(page).count();
  for (let i = 0; i < rows - 1; i++) {
    await page.keyboard.press('ArrowUp');
    const row = await page.evaluate(() => document.activeElement.getBoundingClientRect().top);
    const below = await page.locator('.cd-keys thead th').nth(1).boundingBox();
    assert.ok(row >= below.y + below.height - 1, `row ${rows - 1 - i}: ${row} under ${below.y + below.height}`);
  }
});

test('the list of cases, without boxes', async (t) => {
  const window = await open(browser, site);
  t.after(() => window.close());
  const { page } = window;
  await window.signIn('legal');
  await page.goto('/candour/cases');
  await page.locator('tbody th a').first().focus();
  await page.keyboard.press('ArrowDown');
  assert.equal(await inRow(page), 1);
  await page.keyboard.press('Enter');
  await page.waitForURL(/cases\/CM-/);
});

test('scripts off: boxes and links, and nothing said of keys', async (t) => {
  const window = await open(browser, site, { blockScripts: true });
  t.after(() => window.close());
  const { page } = window;
  await window.signIn('legal');
  await page.goto('/candour/work?whose=all');
  assert.equal(await page.locator('.cd-keys-hint').isVisible(), false);
  assert.equal(await page.locator('.cd-pick-all input').count(), 0);
  await boxes(page).nth(2).check();
  await page.selectOption('#assignee', 'reader');
  await page.click('.cd-bulk button');
  assert.equal(await page.innerText('h1'), 'Check before you give 1 case');
  await window.look('tables no scripts');
});

test('on paper: rows, no boxes, the head on every page', async (t) => {
  const window = await open(browser, site, { width: 690 });
  t.after(() => window.close());
  const { page } = window;
  await window.signIn('legal');
  await page.goto('/candour/work?whose=all');
  await page.emulateMedia({ media: 'print' });
  for (const gone of ['.cd-pick-all', '.cd-pick', '.cd-bulk', '.cd-keys-hint', '.cd-filter', '.cd-views']) {
    assert.equal(await page.locator(gone).first().isVisible(), false, gone);
  }
  const display = (selector) => page.locator(selector).first().evaluate((element) => getComputedStyle(element).display);
  assert.equal(await display('.cd-keys thead'), 'table-header-group');
  assert.equal(await display('.cd-keys tbody tr'), 'table-row', 'no cards on a sheet that is 690 px wide');
  await window.look('tables print');
});
