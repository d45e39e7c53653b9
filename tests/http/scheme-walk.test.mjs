// A new installation reckons under the built-in scheme, which asks for nothing; then every shipped scheme is put in force
// by a second person in turn and a flag is computed under it.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';

import { makePeople, openCase, openClaim, versionOf, write } from './lib/data.mjs';
import { textOf } from './lib/page.mjs';
import { startSite } from './lib/site.mjs';

const folder = join(import.meta.dirname, '../../conf/schemes');
const files = ['L0', 'L1', 'L2', 'L3', 'L3B', 'L4', 'L5', 'L6', 'L7', 'L8', 'L8B', 'L9'];
let site, clients, claim;

before(async () => {
  site = await startSite({ demo: false });
  await makePeople(site, { schemes: false });
  clients = Object.fromEntries(await Promise.all(['decider', 'reviewer', 'handler', 'legal', 'admin'].map(async (name) =>
    [name, await site.signedIn(name)])));
  claim = await openClaim(clients.handler, 'RNV', await openCase(clients.legal));
});
after(() => site?.stop());

async function ctl(...args) {
  const answer = await site.ctl(args);
  assert.equal(answer.status, 0, `${args.join(' ')}: ${answer.stdout}${answer.stderr}`);
  return answer.stdout;
}

async function computed() {
  await write(clients.handler, `${claim}/flags`, {}, await versionOf(clients.handler, claim));
  const answer = await clients.handler.getJson(`${claim}/flags/RNV`);
  assert.equal(answer.status, 200, answer.text);
  return answer.json;
}

test('a new installation has the built-in shadow scheme in force', async () => {
  assert.match(await ctl('scheme', 'list'), /^SHADOW\t1\t.*\tactive$/m);
  const made = await computed();
  assert.equal(made.flag.scheme_code ?? made.scheme_code ?? JSON.stringify(made).match(/SHADOW/)?.[0], 'SHADOW');
  assert.equal((await clients.handler.get('/candour/policies/schemes/SHADOW-1')).status, 200);
  assert.match((await ctl('verify')), /0 tampered|nothing|good|no fault/i);
});

for (const code of files) {
  test(`${code}: put in force by a second person, and reckoned with`, async () => {
    const text = readFileSync(join(folder, `${code}.json`), 'utf8');
    const kept = await clients.decider.postJson('/candour/policies/draft', { file: text }, { headers: { 'idempotency-key': randomUUID() } });
    assert.equal(kept.status, 303, kept.text);
    if (code === 'L7') await ctl('contribution', 'set', 'RNV', String(new Date().getFullYear() - (new Date().getMonth() < 3)), '20000000', '--as', 'handler');
    const alone = await site.ctl(['scheme', 'activate', code, '1', '--as', 'decider']);
    assert.equal(alone.status, 4, `the drafter may not: ${alone.stdout}${alone.stderr}`);
    const asked = await clients.decider.submit(`/candour/policies/schemes/${code}-1/impact`, {}, { form: '/impact' });
    assert.equal(asked.status, 303, asked.text);
    assert.match(await ctl('run', 'impact', '--waiting'), new RegExp(`${code} version 1 beside`));
    assert.match(await ctl('scheme', 'activate', code, '1', '--as', 'reviewer'), /in force from/);
    const since = new RegExp(`Since then ${code}, version 1, came into force`);
    assert.match((await clients.handler.get(`${claim}/flags/RNV`)).text, since, 'the flag is of the scheme before');
    const made = await computed();
    const page = await clients.handler.get(`${claim}/flags/RNV`);
    assert.equal(page.status, 200);
    assert.doesNotMatch(page.text, since);
    assert.match(page.text, new RegExp(`${code}\\b`));
    assert.ok(made.flag.state, JSON.stringify(made).slice(0, 400));
    assert.ok(made.working?.length > 0 || made.flag.working?.length > 0, 'the working is shown line by line');
  });
}

test('what depends on two things is shown as a grid, and nothing else is', async () => {
  const grid = (answer) => answer.page.all({ tag: 'td', class: 'cd-heat' }).map((cell) => [textOf(cell),
    cell.attrs.find(({ name }) => name === 'class').value.match(/cd-heat--(\d)/)[1]]);
  const page = await clients.handler.get('/candour/policies/schemes/L9-1');
  assert.deepEqual(grid(page), [['20.00%', '4'], ['10.00%', '2'], ['5.00%', '1'], ['10.00%', '2'], ['5.00%', '1'], ['2.50%', '1'],
    ['4.00%', '1'], ['2.00%', '1'], ['1.00%', '1']]);
  assert.deepEqual(grid(await clients.handler.get('/candour/policies/schemes/L8-1')), []);
});
