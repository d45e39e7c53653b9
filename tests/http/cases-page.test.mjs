// The published cases as they are read in a browser: what the case page says of each rule is what `candourctl evaluate`
// says of the same file on the same day, and every certain expectation holds there too.
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { convertAll } from '../tools/convert-cases.mjs';
import { sourceDir, startSite } from './lib/site.mjs';

const source = join(sourceDir, 'tests/data/public-cases.json');
const cases = JSON.parse(readFileSync(source, 'utf8'));
const folder = mkdtempSync(join(tmpdir(), 'cd-pages-'));
const files = new Map(convertAll(source, folder).map(({ id, path }) => [id, path]));
const references = new Map();
let site;
let handler;

before(async () => {
  site = await startSite({ demo: false });
  const added = await site.ctl(['user', 'add', 'handler', '--name', site.accounts.handler.fullName, '--roles', 'handler']);
  assert.equal(added.status, 0, added.stderr);
  assert.equal((await site.ctl(['holidays', 'import', '--shipped'])).status, 0);
  const imported = await site.ctl(['import', '--add-orgs', ...files.values()]);
  assert.equal(imported.status, 0, imported.stderr);
  for (const [id, path] of files) {
    references.set(id, imported.stdout.split('\n').find((line) => line.includes(path))?.match(/CM-\d{4}-\d+/)?.[0]);
  }
  handler = await site.signedIn('handler');
});
after(async () => {
  rmSync(folder, { recursive: true });
  await site.stop();
});

const rulesOf = (page) => new Map((page.rule_groups ?? []).flatMap(({ rules }) => rules).map((rule) => [rule.code, rule]));

for (const one of cases) {
  test(`${one.id}: the page says what the program says`, async () => {
    const answer = await handler.getJson(`/candour/cases/${references.get(one.id)}`);
    assert.equal(answer.status, 200, answer.text);
    const shown = rulesOf(answer.json);
    if (one.jurisdiction === 'NI') {
      // The trust knew of it long before the framework: no policy reaches the case, so nothing is judged.
      assert.equal(shown.size, 0);
      return;
    }
    const said = await site.ctl(['evaluate', files.get(one.id), '--policy', one.policy, '--today', '--json']);
    assert.equal(said.status, 0, said.stderr);
    const { evaluation } = JSON.parse(said.stdout);
    assert.deepEqual([...shown.keys()].sort(), evaluation.results.map(({ rule }) => rule).sort());
    for (const { rule, status, law } of evaluation.results) {
      assert.equal(shown.get(rule).status, status, `${one.id} ${rule}`);
      assert.equal(shown.get(rule).citation, law, `${one.id} ${rule}`);
    }
    for (const [rule, expected] of Object.entries(one.expected)) {
      if (/^(ANY|FLAG)_/.test(rule) || expected.status === 'UNDETERMINED') continue;
      assert.ok([expected.status, ...(expected.also_acceptable ?? [])].includes(shown.get(rule).status), `${one.id} ${rule}`);
    }
  });
}

test('each case is a page that a browser can show', async () => {
  for (const one of cases) {
    const page = await handler.get(`/candour/cases/${references.get(one.id)}`);
    assert.equal(page.status, 200, one.id);
    for (const [rule, expected] of Object.entries(one.expected)) {
      if (expected.status !== 'NOT_MET' || /^(ANY|FLAG)_/.test(rule)) continue;
      assert.ok(page.text.includes(rule), `${one.id}: the page names ${rule}`);
    }
  }
});
