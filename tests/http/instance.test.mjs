// The private instance itself: what `./bootstrap demo` promises of its MariaDB and its httpd.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { buildDir, run, sourceDir, startSite } from './lib/site.mjs';

const script = join(sourceDir, 'conf/demo/instance.sh');
const env = { CANDOUR_BUILDDIR: buildDir };

let site;
before(async () => { site = await startSite({ demo: false }); });
after(() => site.stop());

/** Numbers of the processes whose command line names this folder. */
function processesOf(dir) {
  return readdirSync('/proc').filter((entry) => /^\d+$/.test(entry)).filter((pid) => {
    try {
      return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(dir);
    } catch {
      return false; // it has ended meanwhile
    }
  });
}

test('secrets are for their owner alone', () => {
  assert.equal(statSync(join(site.dir, 'private')).mode & 0o777, 0o700);
  for (const file of readdirSync(join(site.dir, 'private'))) {
    const { mode, size } = statSync(join(site.dir, 'private', file));
    assert.equal(mode & 0o077 & ~0o044, 0, file);
    assert.ok(size > 0, file);
  }
  for (const file of ['key', 'server.password', 'migrator.password', 'session.key']) {
    assert.equal(statSync(join(site.dir, 'private', file)).mode & 0o777, 0o600, file);
  }
  assert.equal(statSync(join(site.dir, 'httpd/passwords')).mode & 0o777, 0o600);
});

test('no password stands in a command line, a log or a setting of httpd', () => {
  const secrets = ['server.password', 'migrator.password', 'session.key']
    .map((file) => readFileSync(join(site.dir, 'private', file), 'utf8').trim())
    .concat(Object.values(site.accounts).map(({ password }) => password));
  const texts = processesOf(site.dir).map((pid) => readFileSync(`/proc/${pid}/cmdline`, 'utf8'));
  assert.ok(texts.length >= 2, 'httpd and MariaDB run');
  for (const file of ['httpd/httpd.conf', 'httpd/passwords', 'httpd/logs/error.log', 'httpd/logs/access.log', 'db/server.cnf']) {
    texts.push(readFileSync(join(site.dir, file), 'utf8'));
  }
  for (const text of texts) for (const secret of secrets) assert.ok(!text.includes(secret));
});

test('the database listens on no network and keeps what it acknowledged', async () => {
  const [[network, flush, snapshot, isolation, lockWait, statementTime, infile, files]] = await site.sql(`SELECT @@skip_networking,
    @@innodb_flush_log_at_trx_commit, @@innodb_snapshot_isolation, @@tx_isolation, @@innodb_lock_wait_timeout,
    @@max_statement_time, @@local_infile, @@secure_file_priv`);
  assert.deepEqual([network, flush, snapshot, isolation, lockWait, Number(statementTime), infile],
    ['1', '1', '1', 'REPEATABLE-READ', '5', 5, '0']);
  assert.ok(files.startsWith(site.dir));
});

test('the server has an account of its own, which cannot change the schema', async () => {
  const password = readFileSync(site.facts.SERVER_PASSWORD_FILE, 'utf8').trim();
  const asServer = (statement) => run('mariadb', ['--no-defaults', `--socket=${site.facts.SOCKET}`,
    `--user=${site.facts.SERVER_USER}`, '--batch', '--skip-column-names', 'candour'], { input: statement, env: { MYSQL_PWD: password } });
  assert.equal((await asServer('SELECT 1')).status, 0);
  for (const statement of ['CREATE TABLE t (a INT PRIMARY KEY)', 'DROP TABLE candour_case', 'ALTER TABLE candour_case ADD x INT',
    'SELECT * FROM mysql.global_priv', "SELECT 1 INTO OUTFILE '/tmp/cd-outfile'"]) {
    const answer = await asServer(statement);
    assert.notEqual(answer.status, 0, statement);
    assert.match(answer.stderr, /ERROR (1142|1044|1045|1227|1290)/, statement);
  }
});

test('made again, it keeps its data and passwords', async () => {
  const before = readFileSync(site.facts.ACCOUNTS, 'utf8');
  const [[tables]] = await site.sql("SELECT count(*) FROM information_schema.tables WHERE table_schema = 'candour'");
  const answer = await run('sh', [script, 'make', site.dir], { env });
  assert.equal(answer.status, 0, answer.stderr);
  assert.equal(readFileSync(site.facts.ACCOUNTS, 'utf8'), before);
  assert.deepEqual(await site.sql("SELECT count(*) FROM information_schema.tables WHERE table_schema = 'candour'"), [[tables]]);
});

test('a taken port is left alone, and after a stop nothing is running', async () => {
  // Room for another port after this one, and nobody else near.
  const wanted = Number(site.facts.PORT) < 60000 ? Number(site.facts.PORT) + 1000 : 20000;
  const squatter = createServer().listen(wanted, '127.0.0.1');
  await new Promise((done) => squatter.once('listening', done));
  const dir = `${site.dir}/second`;
  try {
    const made = await run('sh', [script, 'make', dir, String(wanted)], { env });
    assert.equal(made.status, 0, made.stderr);
    const started = await run('sh', [script, 'start', dir], { env });
    assert.equal(started.status, 0, started.stderr);
    const said = await run('sh', [script, 'env', dir], { env });
    const port = Number(/^PORT=(\d+)$/m.exec(said.stdout)[1]);
    assert.ok(port > wanted && port <= wanted + 20, `port ${port}, wanted one after ${wanted}`);
    assert.ok(processesOf(dir).length >= 2);
    const stopped = await run('sh', [script, 'stop', dir], { env });
    assert.equal(stopped.status, 0, stopped.stderr);
    assert.deepEqual(processesOf(dir), []);
  } finally {
    squatter.close();
    await run('sh', [script, 'kill', dir], { env });
  }
});
