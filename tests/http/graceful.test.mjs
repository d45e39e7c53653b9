// Ten graceful restarts under load: no request fails, none is answered by half. And what configtest and a graceful
// do with a setting that is wrong: they name it and leave what runs alone.
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { incident, makePeople, write } from './lib/data.mjs';
import { buildDir, run, startSite } from './lib/site.mjs';

let site;
let legal;
let casePath;
let httpd;
let conf;
let pid;
before(async () => {
  site = await startSite({ demo: false });
  await makePeople(site);
  legal = await site.signedIn('legal');
  casePath = await write(legal, '/candour/cases/new', incident);
  httpd = /^HTTPD = (.*)$/m.exec(readFileSync(join(buildDir, 'Makefile'), 'utf8'))[1];
  conf = join(site.dir, 'httpd/httpd.conf');
  pid = Number(readFileSync(join(site.dir, 'httpd/run/httpd.pid'), 'utf8'));
});
after(() => site.stop());

const control = (...args) => run(httpd, ['-d', join(site.dir, 'httpd'), '-f', conf, ...args]);
const resumed = () => site.log.lines().filter((line) => /AH00489|AH00493|AH00494/.test(line)).length;

test('ten gracefuls under load', async () => {
  let going = true;
  let served = 0;
  const failed = [];
  const cookie = [...legal.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  const worker = async () => {
    while (going) {
      try {
        // A connection of its own each: one that is kept alive may be closed by the old child at any time.
        const answer = await fetch(`${site.origin}${casePath}`, { headers: { cookie, accept: 'application/json', connection: 'close' } });
        const text = await answer.text();
        if (answer.status !== 200 || JSON.parse(text).reference === undefined) failed.push(`${answer.status} ${text.slice(0, 80)}`);
        served++;
      } catch (error) {
        failed.push(String(error.cause ?? error));
      }
    }
  };
  const workers = Array.from({ length: 8 }, worker);
  for (let i = 0; i < 10; i++) {
    const before = resumed();
    process.kill(pid, 'SIGUSR1');
    for (let tries = 0; resumed() === before && tries < 200; tries++) await new Promise((done) => setTimeout(done, 50));
    assert.ok(resumed() > before, `graceful ${i + 1} took place`);
    await new Promise((done) => setTimeout(done, 150));
  }
  going = false;
  await Promise.all(workers);
  assert.deepEqual(failed, []);
  // httpd makes the new child up to a second after the old one stopped listening: requests wait, none fails.
  assert.ok(served >= 40, `${served} served`);
});

test('configtest is clean, touches nothing, and needs neither root, key nor database', async () => {
  const good = await control('-t');
  assert.equal(good.status, 0, good.stderr);
  assert.match(good.stderr, /Syntax OK/);
  for (const list of ['-S', '-M']) assert.equal((await control(list)).status, 0, list);
  const whole = readFileSync(conf, 'utf8');
  writeFileSync(conf, whole.replace(/CandourKeyFile .*/, 'CandourKeyFile "/nonexistent/key"')
    .replace(/CandourDatabaseSocket .*/, 'CandourDatabaseSocket "/nonexistent/socket"'));
  const away = await control('-t');
  writeFileSync(conf, whole);
  assert.equal(away.status, 0, away.stderr);
});

test('each wrong setting is named with its place and what would be right', async () => {
  const whole = readFileSync(conf, 'utf8');
  const rows = [
    ['CandourPoolSize 6', 'CandourPoolSize 6x', /CandourPoolSize takes a whole number from 1 to 100, not '6x'/],
    ['CandourPoolSize 6', 'CandourPoolSize 0', /CandourPoolSize takes a whole number from 1 to 100, not '0'/],
    ['CandourPoolSize 6', 'CandourMaxBody 1', /CandourMaxBody takes a whole number of bytes/],
    ['CandourCookiePlain On', 'CandourCookiePlain yes', /CandourCookiePlain takes On or Off, not 'yes'/],
    [/CandourPublicURL .*/, 'CandourPublicURL "candour.example"', /CandourPublicURL takes https:\/\/host/],
    [/CandourAssets .*/, 'CandourAssets "assets"', /CandourAssets takes the path of an address/],
    [/CandourLogin .*/, 'CandourLogin "x" "y"', /CandourLogin takes two paths/],
    [/CandourDatabaseName .*/, 'CandourDatabaseName "a b"', /CandourDatabaseName takes 1 to 64/],
    [/CandourDatabaseName .*/, '', /CandourDatabaseName is needed/],
    [/CandourKeyFile .*/, '', /CandourKeyFile is needed/],
    [/CandourDatabaseSocket .*/, '', /CandourDatabaseSocket or CandourDatabaseHost is needed/],
    [/CandourDatabaseSocket .*/, 'CandourDatabaseHost db.example 99999', /takes a port from 1 to 65535/],
    [/CandourDatabaseSocket .*/, 'CandourDatabaseHost db.example', /CandourDatabaseHost needs CandourDatabaseCA/],
    ['CandourPoolSize 6', 'CandourDatabaseHost db.example', /exclude each other/],
    ['CandourPoolSize 6', 'CandourEnable On', /CandourEnable/],
    ['CandourPoolSize 6', '<LocationMatch "^/x">\nCandourEnable On\n</LocationMatch>', /CandourEnable On stands in a <Location>/],
    [/CandourTemplates .*/, `CandourTemplates "${site.dir}/none"`, /CandourTemplates .*none/],
  ];
  try {
    for (const [from, to, said] of rows) {
      const changed = whole.replace(from, to);
      assert.notEqual(changed, whole, String(from));
      writeFileSync(conf, changed);
      const answer = await control('-t');
      assert.notEqual(answer.status, 0, to);
      assert.match(answer.stderr, said, to);
    }
  } finally {
    writeFileSync(conf, whole);
  }
});

test('a template with an unknown name stops a start, with file and line, and leaves what runs alone', async () => {
  const file = join(site.dir, 'httpd/templates/error/problem.html');
  const whole = readFileSync(file, 'utf8');
  writeFileSync(file, `${whole}\n{{no_such_name}}\n`);
  try {
    const answer = await control('-k', 'graceful');
    assert.notEqual(answer.status, 0);
    assert.match(answer.stderr, /error\/problem\.html:\d+: .*no_such_name/);
  } finally {
    writeFileSync(file, whole);
  }
  assert.equal((await legal.get(casePath)).status, 200);
});
