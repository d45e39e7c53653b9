// The database dies: pages say so within a second and nothing hangs; files and /live go on; when it is back, so are
// the pages, without a restart.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { incident, makePeople, write } from './lib/data.mjs';
import { startSite } from './lib/site.mjs';

let site;
let legal;
let casePath;
before(async () => {
  site = await startSite({ demo: false });
  await makePeople(site);
  legal = await site.signedIn('legal');
  casePath = await write(legal, '/candour/cases/new', incident);
});
after(() => site.stop());

async function timed(send) {
  const start = performance.now();
  const answer = await send();
  return { answer, ms: performance.now() - start };
}

test('all of it, in order', async () => {
  // What the log says of it: answers 503, failed connections, the open breaker; and the restarted database.
  site.log.announce(/CD\d{4}: .*(busy|breaker|connect|database|2002|2006|2013)/i);
  assert.equal((await legal.get(casePath)).status, 200);
  await site.stopDatabase();

  for (let round = 0; round < 3; round++) {
    for (const path of [casePath, '/candour/', '/candour/cases', '/candour/health']) {
      const { answer, ms } = await timed(() => legal.get(path));
      assert.equal(answer.status, 503, path);
      assert.ok(Number(answer.headers['retry-after']) > 0, path);
      assert.ok(ms < 1000, `${path}: ${ms} ms`);
      assert.ok(answer.page.has({ id: 'maincontent' }), 'a page of ours');
      assert.doesNotMatch(answer.text, /mysql|mariadb|socket|errno|\.c:/i);
    }
  }
  const json = await legal.getJson(casePath);
  assert.equal(json.status, 503);
  assert.equal(json.json.type, '/problems/busy');

  const many = await Promise.all(Array.from({ length: 40 }, () => timed(() => legal.get(casePath))));
  for (const { answer, ms } of many) {
    assert.equal(answer.status, 503);
    assert.ok(ms < 2000, `${ms} ms with 40 at once`);
  }
  const write503 = await legal.postJson('/candour/cases/new', incident,
    { headers: { 'idempotency-key': '0123456789abcdef0123456789abcdef' } });
  assert.equal(write503.status, 503);

  for (const path of ['/candour/live', '/candour/help/rules', '/candour/sign-in', '/candour/assets/candour.css']) {
    const { answer, ms } = await timed(() => site.client().get(path));
    assert.equal(answer.status, 200, path);
    assert.ok(ms < 500, `${path}: ${ms} ms`);
  }

  await site.startDatabase();
  const start = performance.now();
  let answer;
  do {
    answer = await legal.get(casePath);
    assert.ok(performance.now() - start < 10000, 'back within 10 s');
    if (answer.status !== 200) await new Promise((done) => setTimeout(done, 100));
  } while (answer.status !== 200);
  for (let i = 0; i < 30; i++) assert.equal((await legal.get(casePath)).status, 200, 'and stays');
  // The write that was refused can be sent again as it was.
  const again = await legal.postJson('/candour/cases/new', incident,
    { headers: { 'idempotency-key': '0123456789abcdef0123456789abcdef' } });
  assert.equal(again.status, 303);
});

test('a database that is restarted between two requests is not noticed', async () => {
  assert.equal((await legal.get(casePath)).status, 200);
  await site.stopDatabase();
  await site.startDatabase();
  const answers = await Promise.all(Array.from({ length: 6 }, () => legal.get(casePath)));
  const bad = answers.filter(({ status }) => status !== 200 && status !== 503);
  assert.equal(bad.length, 0, bad.map(({ status }) => status).join(' '));
  for (let i = 0; i < 20; i++) assert.equal((await legal.get(casePath)).status, 200);
});
