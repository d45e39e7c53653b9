// The whole round between the scheme and two trusts on one claim, as its people go it: a handler asks and tells, each
// trust answers for itself, a decision-maker decides, a second one confirms, the trust asks for a review, a reviewer
// changes the sum, and the money comes in two parts. Each trust sees its own part and not one word of the other's. With
// scripts and without.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { ask, launch } from './lib/browser.mjs';
import { addSecondPerson, dateParts, daysAgo, daysAhead, makePeople, openCase, openClaimOfTwo, reference, signAllIn } from './lib/data.mjs';
import { fill } from './lib/forms.mjs';
import { startSite } from './lib/site.mjs';
import { asSent, follow, main, people, send } from './lib/steps.mjs';

const own = 'RNV';
const other = 'RHD';
const payable = '£25,000.00';
let site, browser, clients, cases;

before(async () => {
  site = await startSite({ demo: false });
  await makePeople(site);
  await addSecondPerson(site);
  clients = await signAllIn(site, ['legal', 'otherlegal', 'handler', 'decider']);
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await site?.stop();
});

/** A claim of two trusts with damages paid, each with a case that a court found a breach in. */
async function makeClaim() {
  cases = {
    [own]: await openCase(clients.legal),
    [other]: await openCase(clients.otherlegal, { title: 'Fall on ward eleven', name: 'Nora Elsewhere' }),
  };
  return openClaimOfTwo(clients.handler, cases[own], cases[other]);
}

const later = daysAhead(20);
const at = (claim, org) => `${claim}/trusts/${org}`;

async function asks(page, look, claim, org) {
  await page.goto(at(claim, org));
  await follow(page, 'Ask for evidence');
  await page.check('[name=rules][value=E02]');
  await page.fill('[name=what]', `What shows when the patient was told at ${org}?`);
  await page.fill('[name=why]', 'Nothing on record shows it.');
  await fill(page, dateParts('due', later));
  await look(`asking ${org}`);
  await send(page, 'Ask the trust for evidence');
  assert.match(await main(page), new RegExp(`What shows when the patient was told at ${org}`));
}

async function addsDocument(page) {
  await follow(page, `Add a document to ${reference(cases[own])}`);
  await fill(page, { kind: 'LETTER_1', ...dateParts('dated', daysAgo(4)), name: 'Letter found in the ward’s file', kept_at: 'File 12' });
  await page.setInputFiles('[name=file]', { name: 'letter.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7\n% letter\n%%EOF\n') });
  await Promise.all([page.waitForNavigation(), page.locator('main form[method=post] button[type=submit]').click()]);
}

async function answersWithDocument(page, look, claim) {
  await page.goto(claim);
  await follow(page, 'Answer');
  await addsDocument(page);
  await page.goto(`${at(claim, own)}/log/answer`);
  await page.check('[name=answer][value=PROVIDED]');
  await page.fill('[name=text]', 'The letter of the ward, found on Monday.');
  await send(page, 'Answer the request for evidence');
  assert.match(await page.title(), /^Error: (?!Error)/, 'an answer that sends something names it');
  assert.equal(await page.inputValue('[name=text]'), 'The letter of the ward, found on Monday.');
  await page.locator('label', { hasText: /Document.*entry \d+/ }).first().click();
  await look('answering with a document');
  await send(page, 'Answer the request for evidence');
  assert.match(await main(page), /found on Monday/);
}

async function answersNone(page, look, claim) {
  await page.goto(`${at(claim, other)}/log/answer`);
  await page.check('[name=answer][value=NONE_EXISTS]');
  await page.fill('[name=text]', 'We searched the archive and found nothing.');
  await look('answering that none exists');
  await send(page, 'Answer the request for evidence');
  assert.match(await main(page), /None exists/);
}

async function computes(page, claim) {
  await page.goto(claim);
  await Promise.all([page.waitForNavigation(), page.getByRole('button', { name: /^Compute flags/ }).first().click()]);
}

async function tells(page, look, claim, org) {
  await page.goto(at(claim, org));
  await follow(page, 'Tell the trust');
  await page.fill('[name=message]', `This is what the record of ${org} shows.`);
  await send(page, 'Tell the trust what is indicated');
  await look(`told ${org} what is indicated`);
}

async function represents(page, look, claim) {
  await page.goto(claim);
  await follow(page, 'Say what you think');
  await page.check('[name=stance][value=DISPUTE_SUM]');
  await page.fill('[name=text]', 'The half of it would be right.');
  await look('what the trust thinks');
  await send(page, 'Say what your trust thinks of it');
  assert.match(await main(page), /The half of it would be right/);
}

async function sendsForDecision(page, claim, org) {
  await page.goto(at(claim, org));
  await follow(page, 'Send for decision');
  if (await page.locator('[name=early]').count()) await page.check('[name=early][value=EARLY]');
  await send(page, 'Send the flag for decision');
  assert.match(await main(page), /Waits for a decision/);
}

async function decides(page, look, claim, org, amount, reasons) {
  await page.goto(at(claim, org));
  await follow(page, 'Decide');
  await page.locator('[name=facts]').first().check();
  await page.check('[name=outcome][value=PART]');
  await page.fill('[name=amount_p]', amount);
  await page.fill('[name=reasons]', reasons);
  await look(`deciding on ${org}`);
  await send(page, 'Continue');
  assert.ok((await page.textContent('.cd-stop')).includes(`paid ${payable} in full, whatever you decide`));
  await send(page, 'Record this decision');
  await page.goto(at(claim, org));
  assert.match(await main(page), /Waits for a second person/);
}

async function confirms(page, look, claim, org, seq) {
  await page.goto(at(claim, org));
  await follow(page, 'Read and confirm');
  assert.equal(page.url().split('/').slice(-2).join('/'), `${seq}/confirm`);
  await page.check('[name=verdict][value=CONFIRMED]');
  await look(`second person on ${org}`);
  await send(page, 'Save your answer');
  assert.match(await main(page), /Decided, trust to be told/);
}

async function tellsDecision(page, look, claim, org, seq) {
  await page.goto(`${at(claim, org)}/decisions/${seq}`);
  await follow(page, 'Tell the trust');
  await fill(page, { ...dateParts('on', daysAgo(0)), mode: 'LETTER' });
  await send(page, 'Record that the trust was told');
  await look(`decision told ${org}`);
  const text = await main(page);
  assert.match(text, /[0-9a-f]{64}/, 'the report’s fingerprint is written down');
  return /[0-9a-f]{64}/.exec(text)[0];
}

async function asksReview(page, look, claim, seq) {
  await page.goto(`${at(claim, own)}/decisions/${seq}`);
  await follow(page, 'Ask for a review');
  await page.check('[name=grounds][value=AMOUNT]');
  await page.fill('[name=text]', 'The letter was found: a third of it would be right.');
  await look('asking for a review');
  await send(page, 'Ask for the review');
  assert.match(await main(page), /a third of it would be right/);
}

async function reviews(page, look, claim, seq) {
  await page.goto(`${at(claim, own)}/decisions/${seq}`);
  await follow(page, 'Review the decision');
  await page.check('[name=outcome][value=VARIED]');
  await page.fill('[name=amount_p]', '3,000.01');
  await page.fill('[name=reasons]', 'The letter shows more than was weighed.');
  await look('reviewing');
  await send(page, 'Record the review');
  assert.match(await page.textContent('h1'), /is asked to pay £3,000\.01/);
  await look('reviewed');
}

async function recovers(page, look, claim, seq) {
  await page.goto(`${at(claim, own)}/decisions/${seq}`);
  await follow(page, 'Ask the trust for the sum');
  await fill(page, { method: 'INVOICE', amount_p: '3000.01', ...dateParts('first', later), count: '2', pace: 'MONTH', invoice: 'INV-77' });
  await look('asking for the sum');
  await send(page, 'Ask for it');
  const text = await main(page);
  assert.ok(text.includes('INV-77-1') && text.includes('INV-77-2'), 'two instalments');
  assert.ok(text.includes('£1,500.01') && text.includes('£1,500.00'), 'that add up to the sum');
}

async function receives(page, look, claim, seq) {
  for (const sum of ['1500.01', '1500.00']) {
    await page.goto(`${at(claim, own)}/decisions/${seq}`);
    const row = page.locator('tr', { hasText: `£${Number(sum).toLocaleString('en-GB', { minimumFractionDigits: 2 })}` }).first();
    await Promise.all([page.waitForNavigation(), row.locator('a', { hasText: 'Record money' }).click()]);
    await page.fill('[name=amount_p]', sum);
    await fill(page, dateParts('on', daysAgo(0)));
    await send(page, 'Record it');
  }
  await look('all of it came');
  await page.goto(claim);
  const cost = (await page.textContent('#net-h + *')).replace(/\s+/g, ' ');
  assert.ok(cost.includes('£3,000.01') && cost.includes('£21,999.99'), `net cost: ${cost}`);
  assert.equal(await page.textContent('.cd-money__part--claimant .cd-money__sum'), payable, 'the claimant’s sum is what it was');
  await look('net cost');
}

/** Every page and every JSON that a trust can ask for in this claim holds its own part, and nothing of the other's. */
async function seesOnlyItsPart(page, claim, org, seq, mine, foreign) {
  const pages = ['', '/record', `/flags/${org}`, `/trusts/${org}`, `/trusts/${org}/decisions/${seq}`,
    `/trusts/${org}/decisions/${seq}/report`, `/trusts/${org}/decisions/${seq}/report/print`, `/trusts/${org}/decisions/${seq}/letter/print`];
  let all = '';
  for (const rest of pages) {
    const answers = [await ask(page, claim + rest, { accept: 'text/html' })];
    if (!rest.endsWith('print')) answers.push(await ask(page, claim + rest, { accept: 'application/json' }));
    for (const answer of answers) {
      assert.equal(answer.status(), 200, `${org} ${rest}`);
      const text = await answer.text();
      all += text;
      for (const word of foreign) assert.ok(!text.includes(word), `${org}: ${rest} holds “${word}”`);
    }
  }
  for (const word of mine) assert.ok(all.includes(word), `${org} reads “${word}” somewhere`);
  const elsewhere = org === own ? other : own;
  for (const rest of [`/flags/${elsewhere}`, `/trusts/${elsewhere}`, `/trusts/${elsewhere}/decisions/1`, `/trusts/${org}/decisions/${seq === 1 ? 2 : 1}`,
    `/trusts/${elsewhere}/log/answer`, '/ledger']) {
    assert.equal((await ask(page, claim + rest)).status(), 404, `${org} does not find ${rest}`);
  }
}

const parts = {
  [own]: ['RNV', '70.00%', 'The letter of the ward, found on Monday.', 'The half of it would be right.', 'Half of the delay is explained.'],
  [other]: ['RHD', '30.00%', 'We searched the archive and found nothing.', 'Nothing explains any of it.', '£2,345.67'],
};
const onlyLater = ['£3,000.01', 'a third of it would be right', 'The letter shows more than was weighed.', 'INV-77-1'];

for (const [tag, options] of [['scripts', {}], ['no scripts', { scripts: false }]]) {
  test(`the whole round of two trusts: ${tag}`, async () => {
    const as = (name, go) => people(browser, site, options)(name,
      (window, page) => go(window, page, (what) => asSent(window, `round ${tag} ${what}`)));
    const claim = await makeClaim();
    const foreign = (org) => [...parts[org], reference(cases[org])];

    await as('handler', async (window, page, look) => {
      await computes(page, claim);
      await asks(page, look, claim, own);
      await asks(page, look, claim, other);
    });
    await as('legal', (window, page, look) => answersWithDocument(page, look, claim));
    await as('otherlegal', (window, page, look) => answersNone(page, look, claim));
    await as('handler', async (window, page, look) => {
      await computes(page, claim);
      await tells(page, look, claim, own);
      await tells(page, look, claim, other);
    });
    await as('legal', (window, page, look) => represents(page, look, claim));
    await as('handler', async (window, page) => {
      await sendsForDecision(page, claim, own);
      await sendsForDecision(page, claim, other);
    });
    await as('decider', (window, page, look) => decides(page, look, claim, own, '5,000', 'Half of the delay is explained.'));

    // What is only proposed, a trust does not read of.
    await as('legal', async (window, page) => {
      for (const rest of ['', '/record', `/trusts/${own}`]) {
        const text = await (await ask(page, claim + rest)).text();
        for (const word of ['£5,000.00', 'Half of the delay is explained.', 'decision 1']) {
          assert.ok(!text.includes(word), `before a second person confirmed it, ${rest} holds “${word}”`);
        }
      }
    });
    await as('decider', async (window, page) => {
      const answer = await page.goto(`${at(claim, own)}/decisions/1/confirm`);
      assert.equal(answer.status(), 200);
      assert.equal(await page.locator('[name=verdict]').count(), 0, 'nobody confirms their own decision');
    });
    await as('decider2', (window, page, look) => confirms(page, look, claim, own, 1));
    await as('decider', (window, page, look) => decides(page, look, claim, other, '2,345.67', 'Nothing explains any of it.'));
    await as('decider2', (window, page, look) => confirms(page, look, claim, other, 2));
    const sha = await as('handler', async (window, page, look) => {
      await tellsDecision(page, look, claim, other, 2);
      return tellsDecision(page, look, claim, own, 1);
    });
    await as('legal', async (window, page, look) => {
      await page.goto(`${at(claim, own)}/decisions/1/report`);
      assert.ok((await main(page)).includes(sha), 'the report that is kept is the one that the trust was told of');
      await look('report as the trust reads it');
      await seesOnlyItsPart(page, claim, own, 1, parts[own], foreign(other));
      await asksReview(page, look, claim, 1);
    });
    await as('otherlegal', (window, page) => seesOnlyItsPart(page, claim, other, 2, parts[other], [...foreign(own), ...onlyLater]));
    await as('reviewer', (window, page, look) => reviews(page, look, claim, 1));
    await as('handler', async (window, page, look) => {
      await page.goto(at(claim, own));
      assert.match(await main(page), /Tell the trust what the review says/);
      await tellsDecision(page, look, claim, own, 1);
      await recovers(page, look, claim, 1);
      await receives(page, look, claim, 1);
    });
    await as('legal', (window, page) => seesOnlyItsPart(page, claim, own, 1, [...parts[own], ...onlyLater], foreign(other)));
    await as('otherlegal', (window, page) => seesOnlyItsPart(page, claim, other, 2, parts[other], [...foreign(own), ...onlyLater]));
  });
}
