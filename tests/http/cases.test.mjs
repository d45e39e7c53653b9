// The published cases against `candourctl evaluate`: every expectation that is certain, and that what is not certain
// stays open, in all four countries. Needs no database and no httpd.
import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { convertAll } from '../tools/convert-cases.mjs';
import { buildDir, run, sourceDir } from './lib/site.mjs';

const ctl = process.env.CANDOURCTL ?? join(buildDir, 'mod_candour/candourctl');
const source = join(sourceDir, 'tests/data/public-cases.json');
const cases = JSON.parse(readFileSync(source, 'utf8'));
const folder = mkdtempSync(join(tmpdir(), 'cd-cases-'));
const files = new Map(convertAll(source, folder).map(({ id, path }) => [id, path]));
after(() => rmSync(folder, { recursive: true }));

// Expectations that we hold to be wrong, with the legal reason. The test stays and prints them.
const disputed = {
  'ENG-REVIEW-2023-NEAS-A E02 if_assumed_notifiable':
    'Regulation 20(2)(a) sets no days. Without a judgement or a finding about the duty nothing decides it: the review found that details were held back, not that regulation 20 was broken.',
  'ENG-REVIEW-2023-NEAS-A E04 if_assumed_notifiable':
    'Regulation 20(3)(b) is about what a notice holds. No notice is on record, and whether one was due as soon as that is for a person to judge.',
};

const two = (number) => String(number).padStart(2, '0');
const lastOf = (year, month) => `${year}-${two(month)}-${two(new Date(Date.UTC(year, month, 0)).getUTCDate())}`;
/** First and last day of a date that is known in part. */
function span(text) {
  const [from, to = from] = text.split('/');
  const [y1, m1 = 1, d1 = 1] = from.split('-').map(Number);
  const [y2, m2 = 12, d2] = to.split('-').map(Number);
  return [`${y1}-${two(m1)}-${two(d1)}`, d2 ? `${y2}-${two(m2)}-${two(d2)}` : lastOf(y2, m2)];
}

// One case has no day: its finding is not dated. It is looked at long after the incident, when nothing is too early.
const dayOf = (one) => (one.as_at ? span(one.as_at)[1] : '2026-01-01');

async function evaluate(path, one, extra = []) {
  const answer = await run(ctl, ['evaluate', path, '--policy', one.policy, '--as-at', dayOf(one), '--json', ...extra]);
  assert.equal(answer.status, 0, `${one.id}: ${answer.stderr}`);
  return JSON.parse(answer.stdout);
}

function holds(expected, got, what) {
  const allowed = [expected.status, ...(expected.also_acceptable ?? [])];
  assert.ok(allowed.includes(got), `${what}: ${got}, expected ${allowed.join(' or ')} (${expected.reason})`);
}

const english = cases.filter((one) => one.jurisdiction === 'ENG');
const others = cases.filter((one) => one.jurisdiction !== 'ENG');

test('the file holds the 16 cases, ten of them English', () => {
  assert.equal(cases.length, 16);
  assert.equal(english.length, 10);
});

test('the converter does not look at what is expected', () => {
  const text = readFileSync(join(sourceDir, 'tests/tools/convert-cases.mjs'), 'utf8').replaceAll(/^\/\/.*$/gm, '');
  assert.deepEqual(text.match(/expected/g), ['expected'], 'it takes the key off, once');
  const blind = mkdtempSync(join(tmpdir(), 'cd-blind-'));
  const without = join(blind, 'in.json');
  writeFileSync(without, JSON.stringify(cases.map(({ expected, ...rest }) => rest)));
  for (const { id, path } of convertAll(without, join(blind, 'out'))) {
    assert.equal(readFileSync(path, 'utf8'), readFileSync(files.get(id), 'utf8'), id);
  }
  rmSync(blind, { recursive: true });
});

const groups = { ANY_E02_E07: /^E0[2-7]$/, ANY_S01_S09: /^(S0[1-9]|DUTY)$/ };
// Northern Ireland has no duty in statute: a rule of another country that is expected not to apply there must not be
// in its policy at all.
const statusOf = (one, got, rule) => (one.jurisdiction === 'NI' && !got.has(rule) ? 'NOT_APPLICABLE' : got.get(rule)?.status);

let certain = 0;
let open = 0;
for (const one of cases) {
  test(`${one.id}: each rule`, async () => {
    const { evaluation } = await evaluate(files.get(one.id), one);
    const got = new Map(evaluation.results.map((result) => [result.rule, result]));
    for (const [rule, expected] of Object.entries(one.expected)) {
      if (/^(ANY|FLAG)_/.test(rule)) continue;      // below
      holds(expected, statusOf(one, got, rule), `${one.id} ${rule}`);
      if (expected.status === 'UNDETERMINED') open++; else certain++;
    }
    for (const { rule, sentence } of evaluation.results) {
      assert.match(sentence, /^[A-Z].*\.$/s, `${one.id} ${rule}: a whole sentence`);
    }
    for (const [group, members] of Object.entries(groups)) {
      if (!one.expected[group]) continue;
      certain++;
      assert.ok(evaluation.results.some(({ rule, status }) => members.test(rule) && status === one.expected[group].status), `${one.id} ${group}`);
    }
    if (one.jurisdiction === 'NI') {
      assert.ok(evaluation.results.length > 0);
      assert.deepEqual([...new Set(evaluation.results.map(({ status }) => status))], ['NOT_APPLICABLE']);
      assert.ok(evaluation.results.every(({ due, weight }) => due.length === 0 && weight === 'NONE'));
    }
  });

  test(`${one.id}: the flag under both sets of material rules`, async () => {
    const file = JSON.parse(readFileSync(files.get(one.id), 'utf8'));
    const day = dayOf(one);
    file.claim = { records: [
      { record: 'claim', title: 'A claim that ended with damages', scheme: 'CNST', notified: day, agreed_damages_p: 650000 },
      { record: 'status', status: 'SETTLED_DAMAGES', on: day },
    ] };
    const path = join(folder, `${one.id}.claim.json`);
    writeFileSync(path, JSON.stringify(file));
    const sums = [];
    for (const [key, material] of [['FLAG_OFFENCES', 'OFFENCES'], ['FLAG_FULL', 'FULL']]) {
      const scheme = { ...JSON.parse(readFileSync(join(sourceDir, 'conf/schemes/L1.json'), 'utf8')), material };
      const schemePath = join(folder, `${material}.json`);
      writeFileSync(schemePath, JSON.stringify(scheme));
      const answer = await evaluate(path, one, ['--scheme', schemePath]);
      holds(one.expected[key], answer.flag.state, `${one.id} ${key}`);
      if (one.jurisdiction !== 'ENG') {
        assert.match(answer.flag.verdict, /^This trust is in (Wales|Scotland|Northern Ireland)\. The policy and the .* are England’s\.$/);
      }
      certain++;
      // A penalty is a memo: the sum is min(F, D) where a breach is indicated, whatever the fine was.
      assert.equal(answer.flag.indicated_p, answer.flag.state === 'BREACH_INDICATED' ? 650000 : 0, `${one.id} ${key}`);
      sums.push(answer.claimant_payable.total_p);
    }
    assert.deepEqual(sums, [650000, 650000]);
  });

  for (const [rule, expected] of Object.entries(one.expected)) {
    if (!expected.if_assumed_notifiable) continue;
    const key = `${one.id} ${rule} if_assumed_notifiable`;
    test(`${key}: ${expected.if_assumed_notifiable}`, async (t) => {
      const file = JSON.parse(readFileSync(files.get(one.id), 'utf8'));
      file.case.records.push({ record: 'opinion', given: span(one.incident.occurred_on)[1], opinion: 'NOTIFIABLE',
        given_by: 'Assumed for this test', profession: 'DOCTOR', reasons: 'Assumed for this test.' });
      const path = join(folder, `${one.id}.assumed.json`);
      writeFileSync(path, JSON.stringify(file));
      const { evaluation } = await evaluate(path, one);
      const got = evaluation.results.find((result) => result.rule === rule);
      if (disputed[key]) {
        t.diagnostic(`DISPUTED, we say ${got.status}: ${disputed[key]}`);
        assert.equal(got.status, 'UNDETERMINED', `${key}: no longer what we dispute`);
        assert.equal(got.why, 'NOT_DONE');
      } else {
        assert.equal(got.status, expected.if_assumed_notifiable, key);
      }
    });
  }
}

test('how many expectations were held', (t) => {
  t.diagnostic(`${certain} certain and ${open} open expectations of ${cases.length} cases; ${Object.keys(disputed).length} disputed`);
  const said = cases.flatMap((one) => Object.keys(one.expected));
  assert.equal(certain + open, said.length, 'each expectation was held against an answer');
  assert.ok(certain >= 60, 'the certain ones were looked at');
});

test('a policy that is reserved has no rules, and says so', async () => {
  const answer = await run(ctl, ['evaluate', files.get(others[0].id), '--policy', 'POA', '--as-at', '2026-01-01']);
  assert.equal(answer.status, 2);
  assert.match(answer.stderr, /^candourctl: policy POA is reserved: it has no rules yet\n$/);
  const unknown = await run(ctl, ['evaluate', files.get(others[0].id), '--policy', 'IRL-2023', '--as-at', '2026-01-01']);
  assert.equal(unknown.status, 2);
  assert.match(unknown.stderr, /^candourctl: policy IRL-2023 is not in this version: it has ENG-20-NHS, .*, NI-BOF\n$/);
});

test('lengths that were reckoned from partial dates lie where we reckon them', async (t) => {
  let checked = 0;
  for (const one of cases) {
    for (const said of one.duration_statements) {
      if (said.kind !== 'derived' || said.working_days_min === undefined || said.working_days_min === null) continue;
      const [from, to] = [span(said.from), span(said.to)];
      const lag = async (a, b) => {
        const answer = await run(ctl, ['workdays', 'between', a, b, '--division', { SCO: 'scotland', NI: 'northern-ireland' }[one.jurisdiction] ?? 'england-and-wales']);
        assert.equal(answer.status, 0, answer.stderr);
        return Number(answer.stdout);
      };
      assert.equal(await lag(from[1], to[0]), said.working_days_min, `${one.id}: ${said.statement}, least`);
      assert.equal(await lag(from[0], to[1]), said.working_days_max, `${one.id}: ${said.statement}, most`);
      checked++;
    }
  }
  t.diagnostic(`${checked} lengths checked`);
  assert.ok(checked >= 5);
});

test('a broken file is refused with file, line, field, value and remedy', async () => {
  const path = join(folder, 'broken.json');
  writeFileSync(path, `{
  "format": "candour-case-file", "version": 1,
  "organisation": { "code": "RAE", "name": "A trust", "jurisdiction": "ENG", "kind": "HEALTH_SERVICE_BODY" },
  "case": { "records": [
    { "record": "incident", "title": "A test", "occured": "2016-07" },
    { "record": "talk", "told": "2016-02-30", "mode": "PIGEON", "apology_given": "yes" }
  ] }
}`);
  const answer = await run(ctl, ['evaluate', path, '--as-at', '2019-01-17']);
  assert.equal(answer.status, 2);
  assert.equal(answer.stdout, '');
  const lines = answer.stderr.trim().split('\n');
  for (const wanted of [
    /broken\.json: \/case\/records\/0\/occured: line 5: "2016-07": .*take it out or mend its spelling/,
    /broken\.json: \/case\/records\/1\/told: line 6: "2016-02-30": .*must be a real date/,
    /broken\.json: \/case\/records\/1\/mode: line 6: "PIGEON": must be one of FACE_TO_FACE/,
    /broken\.json: \/case\/records\/1\/apology_given: line 6: "yes": must be true or false/,
  ]) assert.ok(lines.some((line) => wanted.test(line)), `${wanted}\n${answer.stderr}`);
  assert.equal(lines.length, 4, answer.stderr);
  writeFileSync(path, '{ "format": ');
  const cut = await run(ctl, ['evaluate', path, '--as-at', '2019-01-17']);
  assert.equal(cut.status, 2);
  assert.match(cut.stderr, /broken\.json: .*line/);
});

test('rules that do not bind the organisation are said to be asked for, in one line', async () => {
  const made = join(sourceDir, 'tests/data/cases/late-notice.json');
  const other = await run(ctl, ['evaluate', made, '--as-at', '2026-11-24', '--policy', 'ENG-20-OTHER']);
  assert.equal(other.status, 0, other.stderr);
  assert.match(other.stderr, /^candourctl: .*late-notice\.json: ENG-20-OTHER does not bind \w+ \(ENG\) at that time, but ENG-20-NHS does: evaluated only because --policy asks for it\n$/);
  for (const extra of [[], ['--policy', 'ENG-20-NHS']]) {
    const own = await run(ctl, ['evaluate', made, '--as-at', '2026-11-24', ...extra]);
    assert.equal(own.status, 0, own.stderr);
    assert.equal(own.stderr, '');
  }
});

test('the published schema is the one the program writes', async () => {
  const answer = await run(ctl, ['schema']);
  assert.equal(answer.status, 0);
  assert.equal(answer.stdout, readFileSync(join(sourceDir, 'docs/case-file.schema.json'), 'utf8'));
});

test('the schema of schemes is the one the program writes, takes every shipped scheme, and refuses what the check refuses', async () => {
  const answer = await run(ctl, ['schema', '--scheme']);
  assert.equal(answer.status, 0);
  assert.equal(answer.stdout, readFileSync(join(sourceDir, 'docs/scheme.schema.json'), 'utf8'));
  const { default: Ajv } = await import('ajv/dist/2020.js');
  const check = new Ajv({ allErrors: true, strict: false }).compile(JSON.parse(answer.stdout));
  const names = readdirSync(join(sourceDir, 'conf/schemes')).filter((name) => name.endsWith('.json'));
  assert.equal(names.length, 12);
  for (const name of names) {
    const path = join(sourceDir, 'conf/schemes', name), one = JSON.parse(readFileSync(path, 'utf8'));
    assert.ok(check(one), `${name}: ${JSON.stringify(check.errors)}`);
    const checked = await run(ctl, ['scheme', 'check', path]);
    assert.equal(checked.status, 0, checked.stderr);
    assert.match(checked.stdout, new RegExp(`scheme ${one.code} version 1: no fault, ${one.tests.length} test claims as expected`));
    assert.ok(!check({ ...one, fine_p: 5 }));
    assert.ok(!check({ ...one, authorities: { ...one.authorities, fine: 'x' } }));
    assert.ok(!check({ ...one, tests: [] }));
    // a test claim that is not as expected: the file, the line and the sums are named
    const wrong = join(folder, name);
    one.tests[0].expect.indicated_p += 1;
    writeFileSync(wrong, JSON.stringify(one, null, 2));
    const refused = await run(ctl, ['scheme', 'check', wrong]);
    assert.equal(refused.status, 2);
    assert.match(refused.stderr, /Line \d+, tests\/0: “.*” is not as expected: £.* was expected and £.* came out\. Mend the setting or the test/);
  }
});

test('the schema takes every converted case, and refuses what the reader refuses', async () => {
  const { default: Ajv } = await import('ajv/dist/2020.js');
  const check = new Ajv({ allErrors: true, strict: false }).compile(JSON.parse(readFileSync(join(sourceDir, 'docs/case-file.schema.json'), 'utf8')));
  for (const [id, path] of files) assert.ok(check(JSON.parse(readFileSync(path, 'utf8'))), `${id}: ${JSON.stringify(check.errors)}`);
  const made = join(sourceDir, 'tests/data/cases/late-notice.json');
  assert.ok(check(JSON.parse(readFileSync(made, 'utf8'))), JSON.stringify(check.errors));
  const one = JSON.parse(readFileSync(made, 'utf8'));
  one.case.records[3].surprise = true;
  assert.ok(!check(one));
});
