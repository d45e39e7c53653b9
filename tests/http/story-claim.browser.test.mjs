// The claim's way through the pages, as people go it: a handler registers a claim, links two trusts, pays and
// computes flags; a decision-maker decides; a trust sees its own part; an administrator sees nothing of it.
// Three times: with scripts, without, and in a window of 320 px.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launch, validHtml } from './lib/browser.mjs';
import { daysAgo, makePeople, openCase, record, reference } from './lib/data.mjs';
import { startSite } from './lib/site.mjs';
import { asSent, choose, date, follow, heading, people, send } from './lib/steps.mjs';

let site, browser, ownCase, otherCase, own, other;

before(async () => {
  site = await startSite({ demo: false });
  await makePeople(site);
  const [legal, otherlegal, handler] = await Promise.all(['legal', 'otherlegal', 'handler'].map((name) => site.signedIn(name)));
  own = 'RNV';
  other = 'RHD';
  ownCase = await openCase(legal);
  otherCase = await openCase(otherlegal, { title: 'Fall on ward eleven', name: 'Nora Elsewhere' });
  await record(handler, ownCase, 'finding', {
    rule: 'E02', outcome: 'NOT_MET', finder: 'REGULATOR', body_name: 'Care Quality Commission', found: daysAgo(3),
    source: 'Inspection report, page 12', words: 'The patient was never told.',
  });
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await site?.stop();
});

const payable = (page) => page.textContent('.cd-money__part--claimant .cd-money__sum');

async function registers(window, tag) {
  const { page } = window;
  await page.goto('/candour/claims');
  await follow(page, 'Register a claim');
  await asSent(window, `${tag} register a claim`);
  await page.fill('[name=title]', 'Appendicitis found late');
  await choose(page, 'scheme', 'CNST');
  await date(page, 'notified', daysAgo(20));
  await page.fill('[name=claimant_name]', 'Dora Fenn');
  await page.fill('[name=agreed_damages_p]', '46,000');
  await page.fill('[name=agreed_costs_p]', '38,500.00');
  await send(page, 'Register the claim');
  assert.match(page.url(), /\/candour\/claims\/[A-Z]{2}-\d{4}-\d+$/);
  assert.equal(await payable(page), '£84,500.00');
  assert.ok((await page.textContent('.cd-money__wall')).includes('depends on the claim alone'));
  return page.url();
}

async function linksTrusts(window, tag, claim) {
  const { page } = window;
  await page.goto(claim);
  await follow(page, 'Change the trusts, shares or cases');
  await page.fill('[name=trust_1]', own);
  await page.fill('[name=share_1]', '70');
  await page.fill('[name=cases_1]', reference(ownCase));
  await page.fill('[name=trust_2]', other);
  await page.fill('[name=share_2]', '20');
  await page.fill('[name=cases_2]', reference(otherCase));
  await send(page, 'Save');
  assert.match(await page.title(), /^Error: (?!Error)/, 'shares that do not add up come back');
  assert.equal(await page.inputValue('[name=trust_1]'), own, 'answers are kept');
  assert.equal(await page.inputValue('[name=share_2]'), '20');
  await window.look(`${tag} shares that do not add up`);
  await page.fill('[name=share_2]', '30');
  await send(page, 'Save');
  assert.equal(page.url(), claim);
  assert.ok((await page.textContent('main')).includes('Shares add up to 100.00%'));
}

async function pays(page, claim, kind, amount, payee) {
  await page.goto(claim);
  await follow(page, /^Record a payment/);
  await choose(page, 'kind', kind);
  await page.fill('[name=amount_p]', amount);
  await date(page, 'paid', daysAgo(5));
  await choose(page, 'payee', payee);
  await send(page, 'Save');
  assert.equal(page.url(), claim);
}

async function paysAll(window, tag, claim) {
  const { page } = window;
  await pays(page, claim, 'DAMAGES_LUMP', '46,000', 'CLAIMANT');
  await pays(page, claim, 'CLAIMANT_COSTS', '25,000', 'CLAIMANT_SOLICITOR');
  await pays(page, claim, 'DEFENCE_COSTS', '2,820', 'PANEL_SOLICITOR');
  await page.goto(`${claim}/ledger`);
  await follow(page, /^Take back entry 5/);
  assert.equal(await page.inputValue('[name=amount_p]'), '2820.00', 'the reversal opens with the sum');
  await date(page, 'paid', daysAgo(4));
  await send(page, 'Save');
  await page.goto(`${claim}/ledger`);
  await asSent(window, `${tag} ledger`);
  const text = await page.textContent('main');
  assert.ok(text.includes('−£2,820.00'), 'the reversal stands against what it takes back');
  assert.ok(text.includes('Paid: £71,000.00'));
  await page.goto(claim);
  await follow(page, 'Record a status');
  await choose(page, 'status', 'SETTLED_DAMAGES');
  await date(page, 'on', daysAgo(5));
  await send(page, 'Save');
  assert.equal(await payable(page), '£84,500.00');
}

async function computes(window, tag, claim) {
  const { page } = window;
  await page.goto(claim);
  await send(page, 'Compute flags');
  const card = page.locator('article', { hasText: `(${own})` });
  assert.equal(await card.locator('.nhsuk-tag').first().textContent(), 'Breach indicated');
  assert.equal(await card.locator('.cd-flag__sum').textContent(), '£10,000.00');
  assert.equal(await page.locator('article').count(), 2);
  assert.equal(await payable(page), '£84,500.00');
  await asSent(window, `${tag} claim with flags`);
  await page.goto(`${claim}/flags/${own}`);
  await asSent(window, `${tag} flag`);
  const text = await page.textContent('main');
  for (const part of ['This rule decided the state', 'Regulation 20(2)(a)', 'How the sum was worked out',
    'What the flag did not use', 'The words of an apology', '£84,500.00', 'You may not decide on it']) {
    assert.ok(text.includes(part), `the flag's page says: ${part}`);
  }
}

/** The trust is told, and the flag is sent for decision before the trust's time is over. */
async function sends(window, tag, claim) {
  const { page } = window;
  await page.goto(claim);
  await follow(page, new RegExp(`^Trust ${own}: Tell the trust|^Tell the trust`));
  await asSent(window, `${tag} telling the trust`);
  await page.fill('[name=message]', 'This is what the record shows so far.');
  await send(page, 'Tell the trust what is indicated');
  await asSent(window, `${tag} the round`);
  await follow(page, 'Send for decision');
  await send(page, 'Send the flag for decision');
  assert.match(await page.title(), /^Error: (?!Error)/, 'sending early has to be said');
  await window.look(`${tag} sent early without saying so`);
  await choose(page, 'early', 'EARLY');
  await send(page, 'Send the flag for decision');
  assert.ok((await page.textContent('main')).includes('Waits for a decision'));
}

async function decides(window, tag, claim) {
  const { page } = window;
  await page.goto(claim);
  await follow(page, 'Decide');
  assert.equal(await heading(page), `Decide what Trust ${own} is asked to pay`);
  await asSent(window, `${tag} decision`);
  await send(page, 'Continue');
  assert.match(await page.title(), /^Error: (?!Error)/, 'an empty decision comes back');
  await window.look(`${tag} decision with errors`);
  await page.locator('[name=facts]').first().check();
  await choose(page, 'outcome', 'PART');
  await page.fill('[name=amount_p]', '12,000');
  await page.fill('[name=reasons]', 'Half of the delay is explained.\nNothing explains the rest.');
  await send(page, 'Continue');
  assert.match(await page.title(), /^Error: (?!Error)/, 'a sum above the limit comes back');
  await page.fill('[name=amount_p]', '4,000');
  const check = await send(page, 'Continue');
  await validHtml(await check.text(), `${tag} check before deciding`);
  assert.equal(await heading(page), `You are about to ask Trust ${own} to pay £4,000.00`);
  assert.ok((await page.textContent('.cd-stop')).includes('paid £84,500.00 in full, whatever you decide'));
  await window.look(`${tag} check before deciding`);
  await send(page, 'Go back and change it');
  assert.equal(await page.inputValue('[name=amount_p]'), '4000.00', 'going back keeps the answers');
  assert.ok(await page.locator('[name=facts]').first().isChecked());
  assert.ok((await page.inputValue('[name=reasons]')).includes('Nothing explains the rest.'));
  await page.fill('[name=amount_p]', '5,000');
  await send(page, 'Continue');
  assert.ok((await page.textContent('.cd-stop')).includes('half of the £10,000.00'));
  await send(page, 'Record this decision');
  assert.ok(page.url().startsWith(`${claim}/flags/${own}/`));
  assert.ok((await page.textContent('main')).includes('Decided: Ask for part of the sum, £5,000.00'));
  await asSent(window, `${tag} decided flag`);
  await page.goto(claim);
  assert.equal(await payable(page), '£84,500.00', 'the claimant is paid what the claim alone says');
}

async function trustSees(window, tag, claim) {
  const { page } = window;
  await page.goto('/candour/claims');
  await follow(page, reference(claim));
  await asSent(window, `${tag} claim as the trust sees it`);
  const text = await page.textContent('body');
  assert.equal(await page.locator('article').count(), 1, 'one card: its own');
  assert.equal(await page.locator('#ledger-h').count(), 0, 'no ledger');
  assert.ok(text.includes('70.00%') && text.includes('With NHS Resolution for decision'));
  assert.ok(!text.includes('£5,000.00'), 'what was decided, the trust reads once it was told');
  for (const foreign of [other, '30.00%', reference(otherCase), 'Nora', 'Record a payment', 'Compute']) {
    assert.ok(!text.includes(foreign), `the trust's page does not hold: ${foreign}`);
  }
  assert.equal((await page.goto(`${claim}/ledger`)).status(), 404);
  assert.equal((await page.goto(`${claim}/flags/${other}`)).status(), 404);
}

async function administratorSees(window, claim) {
  const { page } = window;
  for (const address of ['/candour/claims', claim, `${claim}/ledger`, `${claim}/flags/${own}`, ownCase]) {
    const answer = await page.goto(address);
    assert.ok([403, 404].includes(answer.status()), `${address}: ${answer.status()}`);
    const text = await page.textContent('body');
    for (const content of ['Appendicitis', 'Dora', 'Swab', '84,500']) assert.ok(!text.includes(content), `${address}: ${content}`);
  }
}

async function administrates(window, tag) {
  const { page } = window;
  for (const address of ['/users', '/users/legal', '/users/new', '/trusts', `/trusts/${own}`, '/trusts/new', '/policies',
    '/policies/schemes/L1-1', '/policies/holidays', '/policies/holidays?division=scotland&year=2020', '/health']) {
    const answer = await page.goto(`/candour${address}`);
    assert.equal(answer.status(), 200, address);
    await asSent(window, `${tag} admin ${address}`);
  }
}

const ways = [
  ['claim scripts', {}],
  ['claim no scripts', { scripts: false }],
  ['claim 320 px', { width: 320, height: 700 }],
];
for (const [tag, options] of ways) {
  test(`from registering to the decision: ${tag}`, async () => {
    const as = people(browser, site, options);
    const claim = await as('handler', async (window) => {
      const made = await registers(window, tag);
      await linksTrusts(window, tag, made);
      await paysAll(window, tag, made);
      await computes(window, tag, made);
      await sends(window, tag, made);
      return made;
    });
    await as('decider', (window) => decides(window, tag, claim));
    await as('legal', (window) => trustSees(window, tag, claim));
    await as('admin', async (window) => {
      await administratorSees(window, claim);
      await administrates(window, tag);
    });
  });
}
