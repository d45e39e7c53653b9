// browser.mjs: Debian's Chromium, driven by playwright-core. Every page it opens is watched: a message on the
// console, a violation of the content policy, a request to another host and a script error are failures.
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { HtmlValidate } from 'html-validate';
import { chromium } from 'playwright-core';
import { buildDir } from './site.mjs';

const standards = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** Launches one browser for a test file; `close` it afterwards. */
export function launch() {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    // As root Chromium has no sandbox of its own; the pages are ours.
    args: process.getuid() === 0 ? ['--no-sandbox'] : [],
  });
}

/**
 * A window on the site. `scripts: false` switches them off as a user can; `blockScripts` lets none load but
 * leaves the engine on, which axe needs (it hangs for ever without).
 */
export async function open(browser, site, { scripts = true, blockScripts = false, width = 1280, height = 900 } = {}) {
  const context = await browser.newContext({
    baseURL: site.origin, viewport: { width, height }, javaScriptEnabled: scripts, locale: 'en-GB', timezoneId: 'Europe/London',
  });
  const complaints = [];
  if (blockScripts) await context.route('**/*.js', (route) => route.abort());
  const page = await context.newPage();
  page.on('console', (message) => {
    if (blockScripts && /Failed to load resource/.test(message.text())) return;
    // A status in the 400s is a page like any other; the browser still notes it.
    if (/Failed to load resource: the server responded with a status of 4\d\d/.test(message.text())) return;
    if (['error', 'warning'].includes(message.type())) complaints.push(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => complaints.push(`script: ${error.message}`));
  page.on('request', (request) => {
    if (!request.url().startsWith(`${site.origin}/`) && !request.url().startsWith('data:')) {
      complaints.push(`a request to another host: ${request.url()}`);
    }
  });
  if (scripts && !blockScripts) {
    await page.addInitScript(() => {
      window.addEventListener('securitypolicyviolation', (event) => {
        console.error(`content policy: ${event.violatedDirective} ${event.blockedURI}`);
      });
    });
  }
  return {
    page, context, complaints,
    /** Signs in through the form, by keyboard and mouse. */
    async signIn(name) {
      const { password } = site.accounts[name];
      await page.goto('/candour/sign-in');
      await page.fill('[name=httpd_username]', name);
      await page.fill('[name=httpd_password]', password);
      await page.click('form[action$="do-sign-in"] button[type=submit]');
      await page.waitForURL(/\/candour\/$/);
    },
    /** All that can be asked of a page without knowing it: complaints, axe, width, validity. */
    async look(name) {
      await page.waitForLoadState('load');
      assert.deepEqual(complaints, [], `${name}: complaints`);
      await noSidewaysScroll(page, name);
      if (scripts) await noBarrier(page, name);
      await picture(page, name);
    },
    close: () => context.close(),
  };
}

/** axe finds nothing. Revealing radios are left as upstream has them: aria-expanded helps some screen readers. */
export async function noBarrier(page, name) {
  const result = await new AxeBuilder({ page }).withTags(standards).analyze();
  const found = result.violations.flatMap((violation) => violation.nodes
    .filter((node) => !(violation.id === 'aria-allowed-attr' && /nhsuk-radios__input/.test(node.html)))
    .map((node) => `${violation.id}: ${node.target.join(' ')}: ${node.failureSummary}`));
  assert.deepEqual(found, [], `${name}: axe`);
}

/**
 * WCAG 1.4.10: at 320 px nothing makes the page scroll sideways. axe does not see this.
 *
 * Words of a page can be read before its style sheet is there, without which nothing fits, and a page that was sent
 * for may still be on its way: so a page that is too wide is asked again, for five seconds.
 */
export async function noSidewaysScroll(page, name) {
  const widths = () => page.evaluate(() => ({
    needed: document.documentElement.scrollWidth, given: window.innerWidth,
  })).catch(() => ({ needed: NaN, given: 0 })); // the page has just been left for the next one
  let { needed, given } = await widths();
  for (let tries = 0; tries < 50 && !(needed <= given); tries++) {
    await page.waitForTimeout(100);
    await page.waitForLoadState('load');
    ({ needed, given } = await widths());
  }
  assert.ok(needed <= given, `${name}: ${needed} px wide in a window of ${given} px`);
}

/** A picture for people to look at, under build/check/screens. */
export async function picture(page, name) {
  const folder = join(buildDir, '..', 'screens');
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name.replace(/[^a-z0-9]+/gi, '-')}.png`), fullPage: true });
}

const validator = new HtmlValidate({
  extends: ['html-validate:recommended'],
  rules: {
    // As upstream writes its parts.
    'no-implicit-button-type': 'off',
    'no-redundant-role': 'off',
    'heading-level': ['error', { minInitialRank: 'h2' }],
    'prefer-native-element': ['error', { exclude: ['region', 'button'] }],
    'form-dup-name': ['error', { shared: ['radio', 'button', 'checkbox', 'submit'] }],
    // The server leaves white space as the template has it, and writes "true" for boolean attributes.
    'no-trailing-whitespace': 'off',
    'long-title': 'off',
  },
});

/** html-validate finds no error in the page as it was sent. */
export async function validHtml(html, name) {
  const report = await validator.validateString(html);
  const found = report.results.flatMap((result) => result.messages
    .filter((message) => message.severity === 2)
    .map((message) => `${message.line}:${message.column} ${message.ruleId}: ${message.message}`));
  assert.deepEqual(found, [], `${name}: html-validate`);
}

/**
 * Asks for an address as the window's person, outside its tab. No connection is kept for it: httpd ends one that
 * stood idle for five seconds, now and then in the moment in which it is used again.
 */
export function ask(page, address, headers = {}) {
  return page.context().request.get(address, { headers: { ...headers, connection: 'close' } });
}

/** html-validate finds no error in the page that stands in the tab, as it was sent: without what scripts did to it. */
export async function validPage(page, name) {
  const answer = await ask(page, page.url());
  assert.equal(answer.status(), 200, name);
  await validHtml(await answer.text(), name);
}
