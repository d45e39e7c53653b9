// site.mjs: a private MariaDB and httpd for one test file.
//
//   const site = await startSite();        // { origin, url, log, sql, ctl, client, stop }
//   after(() => site.stop());              // fails if the error log holds what no test announced
//
// It is conf/demo/instance.sh that makes and starts them, as for the demo; only the data is thrown away.
import { execFile, execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Client } from './client.mjs';
import { ErrorLog } from './log.mjs';

export const sourceDir = resolve(dirname(fileURLToPath(import.meta.url)), '../../..');
export const buildDir = resolve(process.env.CANDOUR_BUILDDIR ?? join(sourceDir, 'build/check/gcc'));
const instanceScript = join(sourceDir, 'conf/demo/instance.sh');

/** A port that nobody listens on now, below the range the kernel gives to clients. */
async function freePort() {
  for (let tries = 0; tries < 50; tries++) {
    const port = 10000 + Math.floor(Math.random() * 20000);
    const free = await new Promise((done) => {
      const server = createServer();
      server.once('error', () => done(false));
      server.listen(port, '127.0.0.1', () => server.close(() => done(true)));
    });
    if (free) return port;
  }
  throw new Error('no free port found');
}

/** Runs a program; the answer holds its status and both outputs, whatever the status is. */
export function run(file, args, { input = '', env = {}, timeout = 60000 } = {}) {
  return new Promise((done) => {
    const child = execFile(file, args, { env: { ...process.env, ...env }, timeout, maxBuffer: 64 << 20 },
      (error, stdout, stderr) => done({ status: error ? (error.code ?? 'killed') : 0, stdout, stderr }));
    child.stdin.on('error', () => {}); // the program need not read all of it
    child.stdin.end(input);
  });
}

async function mustRun(file, args, options) {
  const answer = await run(file, args, options);
  if (answer.status !== 0) {
    throw new Error(`${file} ${args.join(' ')}: status ${answer.status}\n${answer.stdout}\n${answer.stderr}`);
  }
  return answer.stdout;
}

/**
 * Makes and starts a site.
 * @param {{ httpdExtra?: string, dbSettings?: string, httpdEnv?: string, demo?: boolean }} options
 *   lines added to httpd's and MariaDB's settings; demo: load the demo's organisations, people and cases too
 */
export async function startSite(options = {}) {
  const dir = mkdtempSync(join(tmpdir(), 'cd-'));
  chmodSync(dir, 0o755); // httpd's children are not root
  const env = {
    CANDOUR_BUILDDIR: buildDir,
    CANDOUR_HTTPD_EXTRA: options.httpdExtra ?? '',
    CANDOUR_HTTPD_ENV: options.httpdEnv ?? '',
    CANDOUR_DB_SETTINGS: options.dbSettings ?? '',
  };
  const instance = (...args) => mustRun('sh', [instanceScript, ...args], { env });
  // A run that is interrupted leaves no server behind.
  const emergency = () => {
    try {
      execFileSync('sh', [instanceScript, 'kill', dir], { stdio: 'ignore', env: { ...process.env, ...env } });
      rmSync(dir, { recursive: true, force: true });
    } catch { /* nothing to stop */ }
  };
  process.once('exit', emergency);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => process.exit(1));

  await instance('make', dir, String(await freePort()));
  if (options.demo ?? true) {
    await mustRun('sh', [join(sourceDir, 'conf/demo/load.sh'), dir], { env, timeout: 180000 });
  }
  await instance('start', dir);

  const facts = Object.fromEntries((await instance('env', dir)).trim().split('\n').map((line) => {
    const at = line.indexOf('=');
    return [line.slice(0, at), line.slice(at + 1)];
  }));
  const accounts = Object.fromEntries(readFileSync(facts.ACCOUNTS, 'utf8').trim().split('\n').map((line) => {
    const [name, password, roles, org, fullName] = line.split('\t');
    return [name, { name, password, roles: roles.split(','), org: org === '-' ? null : org, fullName }];
  }));
  const log = new ErrorLog(facts.ERROR_LOG);
  const origin = `http://127.0.0.1:${facts.PORT}`;

  return {
    dir, facts, accounts, log, origin,
    /** Address of the application, no slash at the end. */
    url: `${origin}/candour`,
    /** Rows of a statement as the database's root, each an array of texts. */
    async sql(statement) {
      const out = await mustRun('sh', [instanceScript, 'sql', dir], { env, input: statement });
      return out.split('\n').filter((line) => line !== '').map((line) => line.split('\t'));
    },
    /** candourctl with the site's own settings: { status, stdout, stderr }. */
    ctl: (args, more = {}) => run('sh', [instanceScript, 'ctl', dir, ...args], { ...more, env: { ...env, ...more.env } }),
    /** A browser without a screen, not signed in. */
    client: () => new Client(origin),
    /** A browser without a screen, signed in with an account of conf/demo/accounts. */
    async signedIn(name) {
      const client = new Client(origin);
      await client.signIn(accounts[name]);
      return client;
    },
    /** The database alone: for tests of what happens without it. */
    async stopDatabase() {
      await mustRun('sh', ['-c', '. "$1/conf/demo/mariadb.sh"; mariadb_kill "$2/db"', 'sh', sourceDir, dir], { env });
    },
    async startDatabase() {
      await mustRun('sh', ['-c', '. "$1/conf/demo/mariadb.sh"; mariadb_start "$2/db"', 'sh', sourceDir, dir], { env });
    },
    /** Stops all and removes it; then says what the error log held that nobody announced. */
    async stop() {
      try {
        await instance('kill', dir);
        log.check();
      } finally {
        process.removeListener('exit', emergency);
        if (!process.env.CANDOUR_KEEP) rmSync(dir, { recursive: true, force: true });
      }
    },
  };
}
