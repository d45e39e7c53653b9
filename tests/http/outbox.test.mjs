// Messages to people: reminders are put by a job and sent by another, by a command and by SMTP, plain and with TLS, to
// a loopback server of a few lines. What leaves names a case, a step and a day, and nobody. A way out that fails is
// tried again, shown to administrators, and tried once more when they say so.
import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import tls from 'node:tls';
import { daysAgo, incident, makePeople, record, write } from './lib/data.mjs';
import { run, sourceDir, startSite } from './lib/site.mjs';

let site, settings, casePath, reference;
const secrets = [incident.title, incident.name, 'Ada', 'Example', '943 476 5919', '9434765919', 'L. Abara', 'K. Brandt'];

before(async () => {
  site = await startSite({ demo: false });
  await makePeople(site);
  settings = readFileSync(site.facts.CONFIG, 'utf8');
  // Opened a month ago, and nothing done since: the trust's own limits are past.
  const legal = await site.signedIn('legal');
  casePath = await write(legal, '/candour/cases/new', { ...incident, nhs_number: '9434765919' });
  await record(legal, casePath, 'opinion', { given: daysAgo(28), opinion: 'NOTIFIABLE', given_by: 'K. Brandt, surgeon',
    profession: 'DOCTOR', reasons: 'Prolonged harm that needed another operation.' });
  await record(legal, casePath, 'opening', { aware: daysAgo(28), lead: 'L. Abara' });
  reference = casePath.split('/').pop();
  const answer = await site.ctl(['user', 'change', 'legal', '--email', 'legal@trust.example']);
  assert.equal(answer.status, 0, answer.stderr);
});
after(() => site.stop());

/** candourctl's settings with these lines instead of those of the same names. */
function configure(lines) {
  const kept = settings.split('\n').filter((line) => !Object.keys(lines).some((key) => line.startsWith(`${key} =`)));
  writeFileSync(site.facts.CONFIG, [...kept, ...Object.entries(lines).map(([key, value]) => `${key} = ${value}`), ''].join('\n'));
}

/** Messages that the demo's command put into its folder, and no others than those. */
function delivered() {
  const files = readdirSync(site.facts.MAIL).filter((name) => name.endsWith('.eml'));
  return files.map((name) => {
    const text = readFileSync(join(site.facts.MAIL, name), 'utf8');
    rmSync(join(site.facts.MAIL, name));
    return text;
  });
}

/** A message to legal, put as the program puts one: in SQL, for what this file tests is what comes after. */
async function put(kind = 1, step = 'Send the written notification') {
  await site.sql(`INSERT INTO outbox (kind, user_id, org_id, reference, step, due_on, put_at, state, tries, next_try_at,
    claimed_until, sent_at) SELECT ${kind}, user_id, org_id, '${reference}', '${step}', 740000, 1, 1, 0, 1, 0, 0
    FROM app_user WHERE subject = 'legal'`);
}

/** A server that takes messages, or says no. */
async function smtpSink({ refuse = false, secure } = {}) {
  const messages = [];
  const talk = (socket) => {
    let buffer = '', data = null, envelope = [];
    const say = (line) => socket.write(`${line}\r\n`);
    socket.on('error', () => {});
    socket.on('data', (chunk) => {
      buffer += chunk;
      for (let end = buffer.indexOf('\r\n'); end >= 0; end = buffer.indexOf('\r\n')) {
        const line = buffer.slice(0, end);
        buffer = buffer.slice(end + 2);
        if (data !== null && line === '.') {
          messages.push({ envelope, text: data.join('\r\n') });
          data = null;
          envelope = [];
          say('250 taken');
        } else if (data !== null) data.push(line.replace(/^\./, ''));
        else if (/^(EHLO|HELO)/i.test(line)) say('250 sink');
        else if (/^MAIL FROM/i.test(line) || /^RCPT TO/i.test(line)) {
          envelope.push(line);
          say(refuse && /^RCPT/i.test(line) ? '550 no such person legal@trust.example' : '250 ok');
        } else if (/^DATA/i.test(line)) { data = []; say('354 go on'); }
        else if (/^QUIT/i.test(line)) { say('221 bye'); socket.end(); }
        else say(/^RSET/i.test(line) ? '250 ok' : '502 what');
      }
    });
    say('220 sink ESMTP');
  };
  const server = secure ? tls.createServer(secure, talk) : createServer(talk);
  server.on('tlsClientError', () => {});
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  return { messages, port: server.address().port, close: () => new Promise((done) => server.close(done)) };
}

function headersOf(text) {
  const head = text.split(/\r?\n\r?\n/)[0].replace(/\r?\n[ \t]/g, ' ');
  return head.split(/\r?\n/).map((line) => line.match(/^([A-Za-z-]+): (.*)$/)).map(([, name, value]) => [name, value]);
}

function checkMessage(text) {
  const headers = headersOf(text);
  assert.deepEqual(headers.map(([name]) => name), ['From', 'To', 'Subject', 'Date', 'Message-ID', 'Auto-Submitted',
    'MIME-Version', 'Content-Type', 'Content-Language', 'Content-Transfer-Encoding']);
  const of = Object.fromEntries(headers);
  assert.equal(of.To, 'legal@trust.example');
  assert.equal(of['Auto-Submitted'], 'auto-generated');
  assert.match(of.From, /^Candour demonstration <candour@demo\.example>$/);
  assert.match(of['Message-ID'], /^<notice\.\d+\.\d+@127\.0\.0\.1>$/);
  assert.match(of.Date, /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} \+0000$/);
  const plain = text.replace(/=\r?\n/g, '');
  assert.ok(plain.includes(`${site.url}/cases/${reference}`), 'a link to the case');
  for (const secret of secrets) assert.ok(!plain.includes(secret), `it holds "${secret}"`);
  assert.ok(!/\b\d{3} ?\d{3} ?\d{4}\b/.test(plain.replace(/Message-ID: .*/, '')), 'no number of ten digits');
  return of;
}

test('what is late is put once, and sent by the command', async () => {
  assert.equal((await site.ctl(['run', 'work'])).status, 0);
  const first = await site.ctl(['run', 'reminders']);
  assert.equal(first.status, 0, first.stderr);
  assert.match(first.stdout, /^reminders: [1-9]\d* put, \d+ cases? looked at\n$/);
  assert.match((await site.ctl(['run', 'reminders'])).stdout, /^reminders: 0 put/);
  const sent = await site.ctl(['run', 'outbox']);
  assert.equal(sent.status, 0, sent.stdout + sent.stderr);
  const messages = delivered();
  assert.match(sent.stdout, new RegExp(`^outbox: ${messages.length} sent, 0 to be tried again, 0 failed, \\d+ without`));
  assert.ok(messages.length > 0);
  const subject = messages.map(checkMessage).map((of) => of.Subject)[0];
  assert.ok(subject.includes(reference) || subject.includes('=?utf-8?Q?'), subject);
  assert.match((await site.ctl(['run', 'outbox'])).stdout, /^outbox: 0 sent/);
});

test('who has no address finds the message in the service', async () => {
  await site.sql(`INSERT INTO outbox (kind, user_id, reference, due_on, put_at, state, tries, next_try_at, claimed_until,
    sent_at) SELECT 1, user_id, '${reference}', 0, 1, 1, 0, 1, 0, 0 FROM app_user WHERE subject = 'ward'`);
  const sent = await site.ctl(['run', 'outbox']);
  assert.match(sent.stdout, /1 without an address/);
  assert.equal(sent.status, 0);
  const ward = await site.signedIn('ward');
  const { messages } = (await ward.getJson('/candour/notices')).json;
  assert.deepEqual(messages.map(({ reference: of, state, trouble }) => [of, state, trouble]),
    [[reference, 'here-only', 'not sent: no e-mail address']]);
  const page = await ward.get('/candour/notices');
  assert.ok(page.page.text({ tag: 'main' }).includes('not sent: no e-mail address'));
  assert.ok(!(await (await site.signedIn('reader')).get('/candour/notices')).text.includes(reference), 'ones own only');
});

test('it goes by SMTP too, in the clear to this machine alone', async () => {
  const sink = await smtpSink();
  configure({ mail_transport: 'smtp', smtp_url: `smtp://127.0.0.1:${sink.port}` });
  await put();
  const refused = await site.ctl(['run', 'outbox']);
  assert.equal(refused.status, 1, 'without TLS and without leave nothing goes');
  assert.match(refused.stdout, /0 sent, 1 to be tried again.*no safe connection/);
  assert.equal(sink.messages.length, 0);
  await site.sql('UPDATE outbox SET next_try_at = 1, tries = 0 WHERE state = 1');
  configure({ mail_transport: 'smtp', smtp_url: `smtp://127.0.0.1:${sink.port}`, smtp_plain: 'yes' });
  const sent = await site.ctl(['run', 'outbox']);
  assert.equal(sent.status, 0, sent.stdout + sent.stderr);
  assert.deepEqual(sink.messages.map(({ envelope }) => envelope.map((line) => line.replace(/ SIZE=.*/, ''))),
    [['MAIL FROM:<candour@demo.example>', 'RCPT TO:<legal@trust.example>']]);
  checkMessage(sink.messages[0].text);
  assert.ok(!/(^|[^\r])\n/.test(sink.messages[0].text), 'every line ends with CR LF');
  await sink.close();
});

test('TLS is used, and a certificate that nobody signed is refused', async () => {
  const folder = join(site.dir, 'tls');
  mkdirSync(folder);
  const made = await run('openssl', ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2',
    '-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1', '-keyout', join(folder, 'key.pem'),
    '-out', join(folder, 'cert.pem')]);
  assert.equal(made.status, 0, made.stderr);
  const sink = await smtpSink({ secure: { key: readFileSync(join(folder, 'key.pem')), cert: readFileSync(join(folder, 'cert.pem')) } });
  const smtps = { mail_transport: 'smtp', smtp_url: `smtps://127.0.0.1:${sink.port}` };
  configure(smtps);
  await put();
  assert.match((await site.ctl(['run', 'outbox'])).stdout, /0 sent, 1 to be tried again.*no safe connection/);
  await site.sql('UPDATE outbox SET next_try_at = 1, tries = 0 WHERE state = 1');
  configure({ ...smtps, smtp_ca: join(folder, 'cert.pem') });
  const sent = await site.ctl(['run', 'outbox']);
  assert.equal(sent.status, 0, sent.stdout + sent.stderr);
  checkMessage(sink.messages[0].text);
  await sink.close();
});

test('what cannot be sent is tried six times, then shown, and tried again when an administrator says so', async () => {
  const admin = await site.signedIn('admin');
  const sink = await smtpSink({ refuse: true });
  configure({ mail_transport: 'smtp', smtp_url: `smtp://127.0.0.1:${sink.port}`, smtp_plain: 'yes' });
  await put();
  for (let tries = 1; tries <= 6; tries++) {
    const answer = await site.ctl(['run', 'outbox']);
    assert.equal(answer.status, 1);
    assert.match(answer.stdout, tries < 6 ? /0 sent, 1 to be tried again, 0 failed.*refused the message/ : /0 sent, 0 to be tried again, 1 failed/);
    assert.ok(!/legal|trust\.example/.test(answer.stdout + answer.stderr), 'no address is told');
    assert.match((await site.ctl(['run', 'outbox'])).stdout, /0 sent, 0 to be tried again, 0 failed/, 'not before its time');
    await site.sql('UPDATE outbox SET next_try_at = 1 WHERE state = 1');
  }
  await sink.close();
  const health = (await admin.getJson('/candour/health')).json;
  assert.deepEqual([health.failed, health.failures.length, health.failures[0].tries, health.failures[0].trouble],
    [1, 1, 6, 'the mail server refused the message']);
  assert.ok(!JSON.stringify(health).includes(reference), 'no case on the health page');
  assert.ok((await admin.getJson('/candour/notices')).json.messages.some(({ kind }) => kind === 'FAILED'));
  assert.equal((await (await site.signedIn('legal')).get('/candour/health')).status, 403);
  const again = await admin.submit('/candour/health', {}, { form: 'health' });
  assert.equal(again.status, 303, again.text);
  configure({});
  assert.match((await site.ctl(['run', 'outbox'])).stdout, /^outbox: 1 sent/);
  assert.equal(delivered().length, 1);
  assert.equal((await admin.getJson('/candour/health')).json.failed, 0);
});

test('settings that will not do are said before anything is sent', async () => {
  for (const [lines, words] of [
    [{ mail_from: 'nobody' }, /mail_from must be/], [{ public_url: 'candour' }, /public_url must be/],
    [{ mail_transport: 'pigeon' }, /mail_transport must be/], [{ mail_command: 'sendmail -t' }, /full path/],
    [{ mail_transport: 'smtp', smtp_url: 'smtp://relay.example', smtp_plain: 'yes' }, /this machine alone/],
  ]) {
    configure(lines);
    const answer = await site.ctl(['run', 'outbox']);
    assert.equal(answer.status, 3, JSON.stringify(lines));
    assert.match(answer.stderr, words);
  }
  configure({ mail_command: join(site.dir, 'nowhere') });
  await put();
  assert.match((await site.ctl(['run', 'outbox'])).stdout, /1 to be tried again.*cannot be run/);
  const script = join(site.dir, 'no.sh');
  writeFileSync(script, '#!/bin/sh\ncat >/dev/null\nexit 75\n');
  chmodSync(script, 0o755);
  await site.sql('UPDATE outbox SET next_try_at = 1 WHERE state = 1');
  configure({ mail_command: script });
  assert.match((await site.ctl(['run', 'outbox'])).stdout, /1 to be tried again.*ended with an error/);
  configure({});
  await site.sql('UPDATE outbox SET next_try_at = 1 WHERE state = 1');
  assert.match((await site.ctl(['run', 'outbox'])).stdout, /^outbox: 1 sent/);
  delivered();
});

test('an organisation says how it is reminded', async () => {
  const admin = await site.signedIn('admin');
  const wrong = await admin.submit('/candour/trusts/RNV/reminders', { ahead: 'often', escalate_to: 'otherlegal' });
  assert.equal(wrong.status, 422);
  assert.deepEqual(wrong.page.errors.map(({ field }) => field).sort(), ['ahead', 'escalate_to']);
  assert.equal(wrong.page.form('reminders').fields.ahead, 'often');
  const saved = await admin.submit('/candour/trusts/RNV/reminders', { ahead: '10 3', past: '2', escalate_after: '5', quiet: 'no' });
  assert.equal(saved.status, 303, saved.text);
  const { fields } = (await admin.get('/candour/trusts/RNV/reminders')).page.form('reminders');
  assert.deepEqual([fields.ahead, fields.past, fields.escalate_after, fields.version], ['10, 3', '2', '5', '1']);
  const entries = await site.sql("SELECT object FROM audit_entry WHERE chain = 9 AND object = 'reminders RNV'");
  assert.equal(entries.length, 1);
  assert.equal((await site.ctl(['verify'])).status, 0);
});

test('units and cron start jobs that there are', async () => {
  const jobs = (await site.ctl(['run'])).stdout.trim().split('\n').map((line) => line.split('\t')[0]);
  const started = new Set();
  for (const folder of ['systemd', 'cron']) {
    for (const name of readdirSync(join(sourceDir, 'conf', folder))) {
      const text = readFileSync(join(sourceDir, 'conf', folder, name), 'utf8').replace(/^#.*/gm, '');
      for (const [, job] of text.matchAll(/candourctl run ([a-z]+)/g)) {
        assert.ok(jobs.includes(job), `${folder}/${name}: ${job}`);
        started.add(job);
      }
    }
  }
  for (const job of ['outbox', 'reminders', 'work']) assert.ok(started.has(job), job);
});

test('nothing of it stands in a log', () => {
  const log = readFileSync(site.facts.ERROR_LOG, 'utf8');
  assert.ok(!log.includes('trust.example'));
  assert.ok(daysAgo(0) > '2026', 'the clock stands right');
});
