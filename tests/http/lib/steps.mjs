// steps.mjs: what people do at a page, said as they would: press, follow, choose. For stories told in a browser.
import { open, validHtml, validPage } from './browser.mjs';
import { dateParts } from './data.mjs';
import { fill } from './forms.mjs';

/** The three ways in which a story is told: windows as open() takes them. */
export const ways = [
  { name: 'scripts', scripts: true, width: 1280 },
  { name: 'no scripts', scripts: false, width: 1280 },
  { name: '320 px', scripts: true, width: 320 },
];

/** Each person at a window of their own, signed in; it is closed behind them. `go` gets the window and its page. */
export function people(browser, site, options) {
  return async (name, go) => {
    const window = await open(browser, site, options);
    try {
      await window.signIn(name);
      return await go(window, window.page);
    } finally {
      await window.close();
    }
  };
}

/** Presses the button; gives the answer of the page that it leads to. */
export async function send(page, text) {
  const [answer] = await Promise.all([page.waitForNavigation(), page.getByRole('button', { name: text, exact: true }).click()]);
  return answer;
}

/** Presses the button of the page's form; gives the answer to the POST itself, before a redirect is followed. */
export async function post(page, button = page.locator('main form[method=post] button[type=submit]').first()) {
  const [answer] = await Promise.all([page.waitForResponse((one) => one.request().method() === 'POST'), button.click()]);
  await page.waitForLoadState('load');
  return answer;
}

export async function follow(page, text, among = 'main a') {
  await Promise.all([page.waitForNavigation(), page.locator(among).filter({ hasText: text }).first().click()]);
}

/** Fills the three parts of a date. */
export const date = (page, name, iso) => fill(page, dateParts(name, iso));

/** Chooses one of a list or of radios. */
export const choose = (page, name, value) => fill(page, { [name]: value });

export const main = (page) => page.textContent('main');
export const heading = async (page) => (await page.textContent('h1')).trim();

/** The page as it was sent, which scripts cannot mend, and as it looks. */
export async function asSent(window, name) {
  await validPage(window.page, name);
  await window.look(name);
}

/** The page of that address as the client is sent it, and as it looks in a wide and in a narrow window. */
export async function wideAndNarrow(window, client, path, name) {
  await validHtml((await client.get(path)).text, name);
  for (const width of [1280, 320]) {
    await window.page.setViewportSize({ width, height: 900 });
    await window.page.goto(path);
    await window.look(`${name} ${width}`);
  }
}
