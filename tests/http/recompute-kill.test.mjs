// All flags computed again by a job that is killed with SIGKILL: in the middle of a transaction, after its flags are in
// but not yet what sums them up, after a transaction but before the job's row says so, and by the clock. Gone on with, it
// ends with the very rows of a run that nobody killed. A second run beside the first does no harm.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { chmodSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { after, before, test } from 'node:test';
import { makePeople } from './lib/data.mjs';
import { buildDir, run, startSite } from './lib/site.mjs';

const CLAIMS = 1300;                      // five ranges of the job, for two workers
// Every table that the job writes, and all that is in it but for instants, and the seals and chains that hang on them.
const TABLES = ['claim', 'claim_work', 'liability_flag', 'liability_brief', 'claim_job', 'claim_job_row', 'audit_entry', 'app_state'];
const STATE = {
  flags: `SELECT claim_id, seq, org_id, scheme_code, scheme_version, engine, state, indicated_p, requested_on, claim_version,
    inputs, HEX(inputs_hash), answer FROM liability_flag ORDER BY claim_id, seq`,
  briefs: 'SELECT * FROM liability_brief ORDER BY claim_id, org_id',
  rows: `SELECT claim_id, org_id, party_set, handler, team, status, scheme, is_open, stage, flag_seq, flag_state, out_of_date,
    HEX(digest), indicated_p, decided_p, asked_p, received_p, due_on, notified_on, version, due_key, age_key, sum_key
    FROM claim_work ORDER BY claim_id, org_id`,
  claims: 'SELECT claim_id, version, status, last_seq FROM claim ORDER BY claim_id',
  entries: `SELECT chain_id, seq, action, object, version_before, version_after FROM audit_entry WHERE chain = 2
    ORDER BY chain_id, seq`,
  changed: 'SELECT claim_id, org_id, old_seq, new_seq, old_state, new_state, old_p, new_p FROM claim_job_row ORDER BY claim_id, org_id',
};

let site, clean;

async function must(promise) {
  const answer = await promise;
  assert.equal(answer.status, 0, answer.stdout + answer.stderr);
  return answer.stdout;
}

/** Claims with a linked case each, made as the bench makes them. */
async function load() {
  const folder = join(site.dir, 'db/files/bulk');
  mkdirSync(folder, { recursive: true });
  const lines = async (name, statement) => writeFileSync(join(site.dir, name),
    (await site.sql(statement)).map((row) => `${row.join('\t')}\n`).join(''));
  await lines('orgs.tsv', 'SELECT org_id, code, name FROM org ORDER BY org_id');
  await lines('users.tsv', `SELECT user_id, IFNULL(org_id, 0) FROM app_user WHERE roles & (1 << 2) OR roles & (1 << 4)
    ORDER BY user_id`);
  await must(run('make', ['-s', '-C', join(buildDir, 'tests/bench'), 'programs'], { timeout: 300000 }));
  await must(run(join(buildDir, 'tests/bench/generate'), [site.facts.KEY, join(site.dir, 'orgs.tsv'), join(site.dir, 'users.tsv'),
    folder, String(CLAIMS), String(CLAIMS)], { timeout: 120000 }));
  for (const name of readdirSync(folder)) chmodSync(join(folder, name), 0o644);
  chmodSync(folder, 0o755);
  for (const name of readdirSync(folder).filter((one) => one.endsWith('.sql')).sort()) {
    await site.sql(readFileSync(join(folder, name), 'utf8'));
  }
  rmSync(folder, { recursive: true });
}

const state = async () => Object.fromEntries(await Promise.all(Object.entries(STATE).map(async ([name, statement]) =>
  [name, await site.sql(statement)])));
function same(now, then, why) {
  for (const name of Object.keys(STATE)) {
    assert.equal(now[name].length, then[name].length, `${why}: ${name}`);
    const at = now[name].findIndex((row, number) => row.join('\t') !== then[name][number].join('\t'));
    if (at >= 0) assert.deepEqual(now[name][at], then[name][at], `${why}: ${name}, row ${at}`);
  }
}
const number = async (statement) => Number((await site.sql(statement))[0][0]);
const flags = () => number('SELECT COUNT(*) FROM liability_flag');
const jobState = () => number('SELECT state FROM claim_job ORDER BY job_id DESC LIMIT 1');

async function keep() {
  await site.sql(`CREATE DATABASE kept; ${TABLES.map((one) => `CREATE TABLE kept.${one} AS SELECT * FROM ${one};`).join('')}`);
}
async function asBefore() {
  await site.sql(`SET foreign_key_checks = 0; ${TABLES.map((one) => `DELETE FROM ${one}; INSERT INTO ${one} SELECT * FROM kept.${one};`).join('')}`);
}

/** candourctl itself, no shell around it. */
function start(...args) {
  const child = spawn(join(buildDir, 'mod_candour/candourctl'), ['run', 'recompute', ...args],
    { env: { ...process.env, CANDOUR_CONFIG: site.facts.CONFIG }, stdio: ['ignore', 'pipe', 'pipe'] });
  child.said = '';
  child.stdout.on('data', (data) => { child.said += data; });
  child.stderr.on('data', (data) => { child.said += data; });
  child.over = new Promise((done) => { child.on('exit', (code, signal) => done(signal ?? code)); });
  return child;
}

/** Holds the rows of a statement until it is let go. */
async function holding(statement) {
  const shell = spawn('mariadb', ['--no-defaults', `--socket=${site.facts.SOCKET}`, `--user=${userInfo().username}`,
    '--batch', '--unbuffered', '--skip-column-names', site.facts.DATABASE], { stdio: ['pipe', 'pipe', 'inherit'] });
  const said = new Promise((done) => { shell.stdout.once('data', done); });
  shell.stdin.write(`BEGIN; ${statement} FOR UPDATE; SELECT 'held';\n`);
  await said;
  return async () => {
    shell.stdin.end('ROLLBACK;\n');
    await new Promise((done) => { shell.on('exit', done); });
  };
}
async function until(what, why) {
  for (let tries = 0; tries < 300; tries++) {
    if (await what()) return;
    await sleep(30);
  }
  assert.fail(`never: ${why}`);
}
const waiting = () => number("SELECT COUNT(*) FROM information_schema.innodb_trx WHERE trx_state = 'LOCK WAIT'");
const transactions = () => number('SELECT COUNT(*) FROM information_schema.innodb_trx');

before(async () => {
  site = await startSite({ demo: false });
  await makePeople(site);
  await load();
  await must(site.ctl(['run', 'claims']));
  await keep();
  assert.match(await must(site.ctl(['run', 'recompute', '--all'])), new RegExp(`recompute: ${CLAIMS} claims, [0-9]+ flags changed, 0 the same`));
  clean = await state();
  assert.ok(clean.flags.length >= CLAIMS);
});
after(() => site.stop());

test('the same set twice changes nothing', async () => {
  assert.match(await must(site.ctl(['run', 'recompute', '--all'])), /, 0 flags changed, [0-9]+ the same/);
  same(await state(), clean, 'twice');
});

const claimAt = (part) => `(SELECT claim_id FROM kept.claim ORDER BY claim_id LIMIT 1 OFFSET ${Math.floor(CLAIMS * part)})`;
const points = [
  ['before the head of a claim is written', `SELECT version FROM claim WHERE claim_id = ${claimAt(0.1)}`],
  ['after flags are in, before what sums them up', `SELECT version FROM claim_work WHERE claim_id = ${claimAt(0.3)}`],
  ['late in the run', `SELECT version FROM claim WHERE claim_id = ${claimAt(0.9)}`],
  ['between a transaction and the job’s row', 'SELECT j.seen FROM claim_job j ORDER BY j.job_id DESC LIMIT 1', true],
];
for (const [name, statement, job] of points) {
  test(`killed ${name}: the rest is done, and nothing is done twice`, async () => {
    await asBefore();
    let free = job ? null : await holding(statement);
    const child = start('--all');
    if (job) {
      await until(async () => await flags() > 0, 'a first flag');
      free = await holding(statement);
    }
    await until(waiting, 'the job waits for the row');
    child.kill('SIGKILL');
    assert.equal(await child.over, 'SIGKILL');
    await free();
    await until(async () => await transactions() === 0, 'the server lets the dead one go');
    const made = await flags();
    assert.ok(made < clean.flags.length, `${made} of ${clean.flags.length}`);
    assert.equal(await jobState(), 2, 'it still says that it runs');
    assert.equal(await number('SELECT COUNT(*) FROM liability_flag f LEFT JOIN claim c ON c.claim_id = f.claim_id AND c.version > f.claim_version WHERE c.claim_id IS NULL'), 0,
      'no flag without the head that it belongs to');
    assert.match(await must(site.ctl(['run', 'recompute', '--all'])), /nothing waits/, 'a job that spoke a moment ago is left alone');
    await must(site.ctl(['run', 'recompute', '--resume']));
    assert.equal(await jobState(), 3);
    same(await state(), clean, name);
  });
}

test('killed by the clock, again and again, until it is done', async () => {
  await asBefore();
  let child = start('--all');
  let kills = 0;
  await until(async () => await flags() > 0, 'a first flag');
  for (let pause = 1; ; pause += 30) {
    const over = await Promise.race([child.over, sleep(pause)]);
    if (over === 0) break;
    child.kill('SIGKILL');
    assert.equal(await child.over, 'SIGKILL', child.said);
    kills++;
    child = start('--resume');
  }
  assert.ok(kills > 1, `killed ${kills} times`);
  assert.equal(await jobState(), 3);
  same(await state(), clean, `killed ${kills} times`);
});

test('a second run beside the first finds nothing to do, and one that takes over does no harm', async () => {
  await asBefore();
  const free = await holding(points[0][1]);
  const first = start('--all');
  await until(waiting, 'the first waits');
  assert.match(await must(site.ctl(['run', 'recompute', '--all'])), /nothing waits/);
  const second = start('--resume');
  await until(async () => await waiting() > 1 || await flags() > CLAIMS * 0.7, 'the second works, too');
  await free();
  assert.deepEqual([await first.over, await second.over], [0, 0], first.said + second.said);
  same(await state(), clean, 'two at once');
  assert.equal(await number('SELECT COUNT(*) FROM claim_job WHERE state <> 3'), 0);
  await must(site.ctl(['verify']));
});
