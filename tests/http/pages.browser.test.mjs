// The pages of schemes and of lists over claims, each seen once: wide with scripts, and 320 px wide without. A file of a
// scheme that cannot be kept comes back with a table of what to mend, and nothing is written.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { launch, noSidewaysScroll, open, validHtml } from './lib/browser.mjs';
import { addScheme, dateParts, daysAgo, daysAhead, makeWorld, openCase, openClaim, record, scheme, schemeFile, sendForDecision, versionOf, write } from './lib/data.mjs';
import { startSite } from './lib/site.mjs';
import { multipart, upload } from './lib/upload.mjs';

let site, browser, world, clients, claim, decision;
const wide = {};
const narrow = {};
const later = daysAhead(40);
const schemes = '/candour/policies/schemes';
const versions = [];

/** A draft of the decision-maker's own, as another formula. */
async function draft(settings) {
  const { fixed_p: without, ...common } = scheme;
  assert.ok(without);
  const file = schemeFile({ ...common, ...settings });
  await write(clients.decider, '/candour/policies/draft', { file });
  return `${schemes}/${settings.code}-${settings.version ?? 1}`;
}

/** Presses the only button of the form whose action ends so. */
async function press(name, path, end, fields = {}) {
  const answer = await clients[name].submit(path, fields, { form: end });
  assert.equal(answer.status, 303, `${path}: ${answer.text}`);
  return answer.location;
}

async function job(name) {
  const answer = await site.ctl(['run', name, '--waiting']);
  assert.equal(answer.status, 0, answer.stderr);
}

before(async () => {
  site = await startSite({ demo: false });
  world = await makeWorld(site);
  // Open claims have sums, too, so that there is something to try a draft on.
  await addScheme(site, { ...scheme, version: 2, requires_damages: false });
  clients = world.clients;
  claim = world.own.claimPath;
  await record(clients.handler, claim, 'allegation', { org: 'RNV', source: 'STAFF', received: daysAgo(3), about: 'The notes were changed.', outcome: 'OPEN' });
  await record(clients.handler, claim, 'regulatory', { org: 'RNV', body: 'CQC', type: 'FIXED_PENALTY', on: daysAgo(2), amount_p: 125000, breach_count: 1 });
  await record(clients.handler, claim, 'reserve', { head: 'DAMAGES', amount_p: 6000000, probability_bp: 6000, on: daysAgo(9) });
  await record(clients.handler, claim, 'inquest', { opened: daysAgo(40), held: daysAgo(8), conclusion: 'Natural causes.', pfd_on: daysAgo(7) });
  await record(clients.handler, world.other.claimPath, 'status', { status: 'REOPENED', on: daysAgo(0) });
  for (const path of [claim, world.other.claimPath]) await write(clients.handler, `${path}/flags`, {}, await versionOf(clients.handler, path));
  await sendForDecision(clients.handler, claim, 'RNV');
  const { flag } = (await clients.decider.getJson(`${claim}/flags/RNV`)).json;
  await write(clients.decider, `${claim}/flags/RNV/${flag.seq}/decision`, { step: 'confirm', outcome: 'PART', amount_p: 750000,
    reasons: 'The patient was not told for eleven weeks.', evidence_seen: 'The judgment, page 3.' }, await versionOf(clients.decider, claim));
  decision = `${claim}/trusts/RNV/decisions/1`;
  versions.push(flag.seq);
  browser = await launch();
  for (const name of ['handler', 'decider', 'reviewer', 'legal']) {
    wide[name] = await open(browser, site);
    await wide[name].signIn(name);
    narrow[name] = await open(browser, site, { blockScripts: true, width: 320 });
    await narrow[name].signIn(name);
  }
});
after(async () => {
  await browser?.close();
  await site?.stop();
});

/** What a page may not have: two green buttons, money that is not aligned, a date that no person writes, a bare field for one. */
const oddities = () => {
  const shown = (node) => node.offsetParent !== null;
  const main = document.querySelector('main');
  return {
    green: Math.max(0, [...main.querySelectorAll('.nhsuk-button')]
      .filter((node) => shown(node) && !/--(secondary|reverse|warning)/.test(node.className)).length - 1),
    blank: [...main.querySelectorAll('button, a')].filter((node) => shown(node) && node.textContent.trim() === '').length,
    left: [...main.querySelectorAll('.cd-table:not(.cd-table--bars) td:not(.cd-lines)')]
      .filter((node) => shown(node) && /^[−+]?£[\d,]+\.\d\d$/.test(node.textContent.trim()) && getComputedStyle(node).textAlign !== 'right').length,
    money: [...main.innerText.matchAll(/£\d{4,}|£\d+(?![\d,.])/g)].map(([text]) => text),
    dates: [...main.innerText.matchAll(/\b\d{4}-\d\d-\d\d\b/g)].map(([text]) => text),
    fields: main.querySelectorAll('input[type=date]').length,
    undone: [...main.innerText.matchAll(/\{\{|\bundefined\b|\(null\)/g)].map(([text]) => text),
  };
};
const none = { green: 0, blank: 0, left: 0, money: [], dates: [], fields: 0, undone: [] };

async function seen(name, path, title) {
  await validHtml((await clients[name].get(path)).text, title);
  await wide[name].page.goto(path);
  await wide[name].look(`pages ${title} 1280`);
  assert.deepEqual(await wide[name].page.evaluate(oddities), none, title);
  await narrow[name].page.goto(path);
  await noSidewaysScroll(narrow[name].page, `${title} at 320`);
  assert.deepEqual(narrow[name].complaints, [], `${title} at 320`);
}

test('policies, a version and its comparison', async () => {
  const l4 = await draft({ code: 'L4', formula: 'L4', title: 'A tenth', bp: 1000, cap_p: 200000, requires_damages: false });
  await seen('decider', '/candour/policies', 'policies');
  await seen('legal', `${schemes}/L1-1`, 'a version, for a trust');
  await seen('decider', l4, 'a draft');
  await seen('decider', `${l4}/compare?with=L1-1`, 'two versions');
  const same = await clients.decider.get(`${l4}/compare`);
  assert.match(same.page.heading, /^\d settings change from L1 version 2 to L4 version 1$/);
  const changed = same.page.all({ class: 'cd-table__row--changed' }).length;
  assert.equal(same.page.heading, `${changed} settings change from L1 version 2 to L4 version 1`);
  const { changes } = (await clients.decider.getJson(`${l4}/compare?with=L1-2`)).json;
  assert.equal(changes.filter((one) => one.is_changed).length, changed);
  assert.deepEqual(changes.find((one) => one.name === 'bp'), { name: 'bp', label: 'Percentage', is_changed: true, new_value: '10.00%', authority: 'made up for the tests' });
  assert.equal((await clients.decider.get(`${l4}/compare?with=L4-2`)).status, 404, 'no such version');
  assert.match((await clients.decider.get(`${schemes}/L1-1/compare?with=L1-1`)).page.heading, /^No setting changes/);
});

test('a draft is tried: asked for, waiting, done, with both sums drawn', async () => {
  const path = `${schemes}/L4-1/impact`;
  await seen('decider', path, 'effect, not tried');
  await press('decider', path, '/impact');
  await seen('decider', path, 'effect, waiting');
  await job('impact');
  await seen('decider', path, 'effect, done');
  const page = (await clients.decider.get(path)).page;
  const sums = page.all({ class: 'cd-bars__sum' });
  assert.equal(sums.length, 2, 'the sum in force and the draft’s');
  assert.deepEqual(sums.map((node) => node.childNodes[0].value), ['£10,000.00', '£2,000.00']);
  const drawn = page.all({ class: 'cd-bar' }).slice(0, 2).map((node) => Number(page.attribute(page.all({ tag: 'rect' }, node)[0], 'width')));
  assert.deepEqual(drawn, [600, 120], 'drawn in their proportion');
  await seen('decider', `${schemes}/L4-1`, 'a draft that was tried');
  await seen('reviewer', `${schemes}/L4-1/check`, 'the second person’s check');
  await seen('decider', `${schemes}/L4-1/check`, 'the drafter’s own check');
});

test('a version is sent back with its reason, and says so; one is put in force', async () => {
  const settings = { code: 'L4', formula: 'L4', title: 'A tenth', bp: 1000, cap_p: 200000, requires_damages: false };
  const back = await clients.reviewer.submit(`${schemes}/L4-1/check`, { verdict: 'SEND_BACK', note: 'No board paper stands behind the cap.' }, { form: '/check' });
  assert.equal(back.status, 303, back.text);
  await seen('decider', `${schemes}/L4-1`, 'a version that was sent back');
  assert.match((await clients.decider.get(`${schemes}/L4-1`)).page.text({ class: 'nhsuk-inset-text' }), /No board paper stands behind the cap/);
  const path = await draft(settings);
  await press('decider', `${path}/impact`, '/impact');
  await job('impact');
  const bad = await clients.reviewer.submit(`${path}/check`, { verdict: 'ACTIVATE', ...dateParts('from', daysAgo(3)) }, { form: '/check' });
  assert.equal(bad.status, 422);
  await validHtml(bad.text, 'a check with mistakes');
  const done = await clients.reviewer.submit(`${path}/check`, { verdict: 'ACTIVATE', ...dateParts('from', later), seen: ['SETTINGS', 'TESTS', 'EFFECT'] }, { form: '/check' });
  assert.equal(done.status, 303, done.text);
  await seen('reviewer', path, 'a version in force later');
});

/** Rows of the tables that a draft could change, and entries of the chain. */
const written = async () => JSON.stringify([await site.sql('CHECKSUM TABLE candour.liability_scheme'),
  await site.sql('SELECT COUNT(*) FROM candour.audit_entry')]);

/** Sends a file as the page's own form does. */
async function sendFile(text, filename = 'scheme.json') {
  const path = '/candour/policies/draft/file';
  const { fields } = (await clients.decider.get(path)).page.form('/draft/file');
  const parts = Object.entries(fields).filter(([name]) => name !== 'file');
  return upload(clients.decider, path, multipart([...parts, { name: 'file', filename, type: 'application/json', bytes: Buffer.from(text) }]));
}

/** The rows of the table of faults: line, setting, what to mend. */
const faults = (page) => page.all({ tag: 'tr' }).map((row) => page.all({ tag: 'td' }, row).concat(page.all({ tag: 'th' }, row)))
  .filter((cells) => cells.length === 3 && cells[0].tagName === 'td').map(([line, text, member]) => [line, member, text].map((cell) => {
    const words = [];
    (function walk(node) { if (node.value !== undefined && node.nodeName === '#text') words.push(node.value); (node.childNodes ?? []).forEach(walk); }(cell));
    return words.join('').trim();
  }));

const good = JSON.parse(schemeFile({ ...scheme, code: 'H1', title: 'From a file' }));
const lines = (value) => JSON.stringify(value, null, 2);

test('a file that cannot be kept comes back: each fault with line, setting and remedy; nothing is written', async () => {
  await seen('decider', '/candour/policies/draft', 'draft by text');
  await seen('decider', '/candour/policies/draft/file', 'draft by file');
  const was = await written();
  for (const [name, text, status, fault] of [
    ['no JSON', '{\n  "code": "H1",,\n}', 422, /cannot be read at line 2/],
    ['nothing', '', 422, /Choose the version’s file/],
    ['no text', '\u0000\u0001', 422, /must be plain text/],
    ['an unknown setting', lines({ ...good, colour: 3 }), 422, ['colour', 'is not a setting of a scheme: take it out']],
    ['a sum in words', lines({ ...good, fixed_p: 'many' }), 422, ['fixed_p', 'must be whole pence']],
    ['a setting without authority', lines({ ...good, authorities: { ...good.authorities, fixed_p: undefined } }), 422, ['fixed_p', 'has no authority']],
    ['a test that gives another sum', lines({ ...good, tests: [{ name: 'Wrong', damages_p: 650000, expect: { indicated_p: 1 } }] }), 422, ['tests/0', 'not as expected']],
    ['one setting twice', lines(good).replace('"version": 1,', '"version": 1,\n  "version": 2,'), 422, /twice|duplicate/i],
    ['a version that is there', lines({ ...good, code: 'L1' }), 422, ['version', 'use 3']],
    ['too large', lines({ ...good, title: 'x'.repeat(200000) }), 413, /larger than a scheme’s file may be|too large/i],
  ]) {
    const answer = await sendFile(text);
    assert.equal(answer.status, status, `${name}: ${answer.text}`);
    await validHtml(answer.text, name);
    if (fault instanceof RegExp) assert.match(answer.page.text({ tag: 'main' }), fault, name);
    else {
      const row = faults(answer.page).find(([, member]) => member === fault[0]);
      assert.ok(row, `${name}: ${JSON.stringify(faults(answer.page))}`);
      const line = text.split('\n').findIndex((one) => one.includes(`"${fault[0]}"`)) + 1;
      assert.ok(row[2].includes(fault[1]), `${name}: ${row}`);
      if (fault[0] !== 'tests/0' && fault[0] !== 'version') assert.equal(row[0], String(line), `${name}: its line`);
      assert.equal(answer.page.form('/policies/draft').fields.file.replaceAll('\r\n', '\n'), text, `${name}: the text is there to mend`);
    }
    assert.equal(await written(), was, `${name}: nothing is written`);
  }
  const json = await clients.decider.postJson('/candour/policies/draft', { file: lines({ ...good, colour: 3 }) }, { headers: { 'idempotency-key': randomUUID() } });
  assert.equal(json.status, 422);
  assert.match(json.text, /Line \d+, colour: is not a setting/);
  assert.equal((await sendFile(lines(good))).status, 303, 'mended, it is kept');
});

test('the page of a file with faults, as it looks', async () => {
  for (const window of [wide.decider, narrow.decider]) {
    await window.page.goto('/candour/policies/draft');
    await window.page.fill('[name=file]', lines({ ...good, code: 'H2', fixed_p: 'many', colour: 3, tests: [] }));
    await Promise.all([window.page.waitForNavigation(), window.page.click('main form[method=post] button[type=submit]')]);
    assert.match(await window.page.title(), /^Error: /);
    assert.match(await window.page.textContent('#faults-h'), /^\d faults in the file$/);
    if (window === wide.decider) await window.look('pages faults of a file');
    else await noSidewaysScroll(window.page, 'faults of a file at 320');
  }
});

test('what a trust contributes: recorded, replaced, refused', async () => {
  const path = '/candour/trusts/RNV/contributions';
  await seen('handler', path, 'no contribution');
  const bad = await clients.handler.submit(path, { year: '26', amount_p: 'a lot' }, { form: '/contributions' });
  assert.equal(bad.status, 422);
  assert.deepEqual(bad.page.errors.map((one) => one.field), ['year', 'amount_p']);
  assert.equal(bad.page.form('/contributions').fields.amount_p, 'a lot', 'what was typed is kept');
  await validHtml(bad.text, 'a contribution with mistakes');
  for (const sum of ['21,000,000', '22,500,000.50']) {
    await press('handler', path, '/contributions', { year: '2026', amount_p: sum });
  }
  await seen('handler', path, 'contributions');
  const { contributions } = (await clients.handler.getJson(path)).json;
  assert.deepEqual(contributions.map((one) => [one.year, one.amount, one.is_holding]), [[2026, 2250000050, true], [2026, 2100000000, false]]);
  assert.match((await clients.handler.get(path)).page.text({ tag: 'main' }), /£22,500,000\.50/);
  assert.equal((await clients.legal.postJson(path, { year: 2026, amount_p: 1 }, { headers: { 'idempotency-key': randomUUID() } })).status, 403);
});

test('the work list, its filter, a saved view, and acting on ticked rows', async () => {
  const path = '/candour/claims/work';
  await write(clients.handler, path, { name: 'Big ones', query: 'sum=10&sort=sum' });
  await seen('handler', path, 'work list');
  await seen('handler', `${path}?sum=10&sort=sum`, 'a saved view');
  await seen('handler', `${path}?org=RHD&state=EXCUSED`, 'nothing matches');
  await seen('legal', path, 'work list of a trust');
  const { page } = wide.handler;
  for (const [button, heading, look] of [['give', /^Check before you give 1 claim to D. Osman$/, 'check before giving'],
    ['ask', /^Check before you ask the trusts of 1 claim$/, 'check before asking']]) {
    await page.goto(path);
    await page.check('#row_1');
    await page.selectOption('#handler_to', 'handler2');
    await Promise.all([page.waitForNavigation(), page.click(`button[name=deed][value=${button}]`)]);
    assert.match(await page.textContent('h1'), heading);
    await wide.handler.look(`pages ${look}`);
  }
  await page.goto(path);
  await Promise.all([page.waitForNavigation(), page.click('button[name=deed][value=give]')]);
  assert.equal(await page.textContent('h1'), 'No claim is ticked');
  await wide.handler.look('pages nothing ticked');
});

test('flags computed again: the form, a run, its result', async () => {
  await seen('decider', '/candour/claims/recompute', 'recompute');
  const run = await press('decider', '/candour/claims/recompute', '/recompute', { all: 'yes', decided: 'yes' });
  await seen('decider', run, 'recompute waits');
  await job('recompute');
  await seen('decider', run, 'recompute done');
  await seen('decider', '/candour/claims/recompute', 'recompute, with earlier runs');
});

test('what the scheme does among itself is one stage to a trust, until it is told', async () => {
  const words = (answer) => answer.page.text({ tag: 'main' });
  const own = async () => (await clients.legal.getJson('/candour/claims/work')).json.claims[0];
  assert.match(words(await clients.handler.get(`${claim}/trusts/RNV`)), /Decided, trust to be told/);
  for (const path of [claim, `${claim}/trusts/RNV`, '/candour/claims/work']) {
    const text = words(await clients.legal.get(path));
    assert.match(text, /With NHS Resolution for decision/, path);
    // The list of stages to choose from has none of them either.
    assert.doesNotMatch(text, /Decided, trust|second person|Sent back to the/i, path);
  }
  assert.deepEqual([(await own()).stage, (await own()).decided], ['FOR_DECISION', 0]);
  for (const [query, count] of [['stage=FOR_DECISION', 1], ['stage=DECIDED', 1], ['stage=PROPOSED', 1], ['stage=TRUST_TOLD', 0]]) {
    assert.equal((await clients.legal.getJson(`/candour/claims/work?${query}`)).json.claims.length, count, query);
  }
  assert.equal((await clients.legal.get('/candour/claims/work?turn=SECOND')).status, 400, 'whose turn it is inside the scheme');
  assert.equal((await clients.handler.getJson('/candour/claims/work?stage=DECIDED')).json.claims.length, 1);
  await write(clients.handler, `${decision}/told`, { on: daysAgo(0), mode: 'LETTER' }, await versionOf(clients.handler, claim));
  assert.equal((await own()).decided, 750000);
});

test('recoveries, breaches, allegations, and what another body is given', async () => {
  await seen('handler', '/candour/recoveries', 'nothing is asked for');
  const version = await versionOf(clients.handler, claim);
  await write(clients.handler, `${decision}/recover`, { method: 'INVOICE', amount_p: 750000, count: 3, pace: 'MONTH', first: later, invoice: 'INV-7' }, version);
  const [first] = (await clients.handler.getJson(decision)).json.recoveries;
  await write(clients.handler, `${decision}/recoveries/${first.seq}/receipt`, { amount_p: 150000, on: daysAgo(0) }, await versionOf(clients.handler, claim));
  await seen('handler', decision, 'a decision');
  await seen('legal', decision, 'a decision, for the trust');
  await seen('handler', '/candour/recoveries', 'recoveries');
  await seen('handler', '/candour/recoveries/totals', 'totals');
  await seen('handler', '/candour/breaches/RNV', 'breaches');
  await seen('handler', '/candour/allegations', 'allegations');
  await seen('handler', `${claim}/trusts/RNV/share/decision`, 'give to another body');
});

test('the claim, its ledger, flag and replay; the report as at a day', async () => {
  await seen('handler', claim, 'claim');
  await seen('legal', claim, 'claim, for the trust');
  await seen('handler', `${claim}/ledger`, 'ledger');
  await seen('handler', `${claim}/flags/RNV`, 'flag');
  await seen('handler', `${claim}/flags/RNV/${versions[0]}/replay`, 'replay');
  assert.match((await clients.handler.get(`${claim}/flags/RNV/${versions[0]}/replay`)).page.heading, /the replay gives the same flag$/);
  await seen('handler', '/candour/claims/report', 'report');
  const { year, month, day } = { year: '2025', month: '2', day: '28' };
  const { page } = wide.handler;
  await page.goto('/candour/claims/report');
  await page.fill('[name=as_at-day]', day);
  await page.fill('[name=as_at-month]', month);
  await page.fill('[name=as_at-year]', year);
  await Promise.all([page.waitForNavigation(), page.getByRole('button', { name: 'Show it as at this date' }).click()]);
  assert.equal(await page.textContent('h1'), '0 claims on 28 February 2025');
  assert.ok((await openClaim(clients.handler, 'RNV', await openCase(clients.legal))).startsWith('/candour/claims/'));
});
