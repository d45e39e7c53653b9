// The work list: whose, what of it, in which order; cases given to people and teams; cover; saved views; the
// calendar, read by a parser that is not ours.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { dateParts, daysAhead, incident, makePeople, openCase, record, reference, write } from './lib/data.mjs';
import { startSite } from './lib/site.mjs';

let site;
const clients = {};
const cases = {};

before(async () => {
  site = await startSite({ demo: false });
  await makePeople(site);
  for (const name of Object.keys(site.accounts)) clients[name] = await site.signedIn(name);
  cases.one = await openCase(clients.legal);
  cases.two = await openCase(clients.legal, { name: 'Ben Example' });
  cases.raw = await write(clients.ward, '/candour/cases/new', { ...incident, name: 'Cora Example' });
  cases.other = await openCase(clients.otherlegal);
});
after(() => site.stop());

async function list(query, client = clients.legal) {
  const answer = await client.getJson(`/candour/work${query}`);
  assert.equal(answer.status, 200, answer.text);
  return answer.json;
}
const refs = async (query, client) => (await list(query, client)).work.map(({ reference }) => reference);
/** Presses the button of the one form on a page that holds this hidden field. */
async function press(client, path, name, value, more = {}) {
  const { page } = await client.get(path);
  const forms = page.all({ tag: 'form' }).filter((form) => page.all({ tag: 'input', name, value }, form).length);
  assert.equal(forms.length, 1, `${path}: forms with ${name}=${value}`);
  const fields = Object.fromEntries(page.all({ tag: 'input', type: 'hidden' }, forms[0])
    .map((input) => [page.attribute(input, 'name'), page.attribute(input, 'value')]));
  return client.post(page.attribute(forms[0], 'action'), { ...fields, ...more });
}
const give = (path, value) => record(clients.legal, path, 'assignment', value);

test('nobody has a new case; the trust’s list is by date, and holds no other trust’s', async () => {
  assert.deepEqual(await refs(''), []);
  const all = await list('?whose=all');
  assert.deepEqual(all.work.map(({ reference }) => reference).sort(), [cases.one, cases.two, cases.raw].map(reference).sort());
  const dated = all.work.map(({ due_on: on }) => on ?? '9999');
  assert.deepEqual(dated, [...dated].sort());
  assert.ok(all.work.every(({ org_code: code }) => code === 'RNV'));
  assert.deepEqual((await refs('?whose=nobody')).length, 3);
  assert.deepEqual(await refs('?whose=all', clients.otherlegal), [reference(cases.other)]);
});

test('a case is given to a person, a team, nobody', async () => {
  await give(cases.one, { assignee: 'legal' });
  assert.deepEqual(await refs(''), [reference(cases.one)]);
  await give(cases.one, { assignee: 'reader', note: 'Leave' });
  assert.deepEqual(await refs(''), []);
  assert.deepEqual(await refs('', clients.reader), [reference(cases.one)]);
  assert.deepEqual(await refs('?person=reader'), [reference(cases.one)]);
  const added = await clients.legal.submit('/candour/team/add', { team: 'Patient safety', person: 'legal' });
  assert.equal(added.status, 303, added.text);
  await give(cases.one, { team: 'Patient safety' });
  assert.deepEqual(await refs('?whose=team'), [reference(cases.one)]);
  assert.deepEqual(await refs('?whose=team', clients.reader), []);
  await give(cases.one, {});
  assert.ok((await refs('?whose=nobody')).includes(reference(cases.one)));
  await give(cases.one, { assignee: 'legal' });
});

test('the form offers the trust’s people, and takes nobody else: unknown or of another trust, the same', async () => {
  const page = await clients.legal.get(`${cases.two}/log/assignment`);
  assert.equal(page.status, 200);
  const offered = page.page.all({ tag: 'option' }).map((one) => page.page.attribute(one, 'value')).filter(Boolean);
  assert.ok(offered.includes('reader') && offered.includes('Patient safety'), offered.join());
  assert.ok(!offered.includes('otherlegal') && !offered.includes('handler'));
  const errors = [];
  for (const assignee of ['otherlegal', 'no.such.person', 'admin']) {
    const answer = await clients.legal.submit(`${cases.two}/log/assignment`, { assignee });
    assert.equal(answer.status, 422, assignee);
    errors.push(JSON.stringify(answer.page.errors));
  }
  assert.equal(new Set(errors).size, 1, 'all refused in the same words');
  assert.equal((await clients.reader.get(`${cases.two}/log/assignment`)).status, 403);
});

test('ticked rows are given at once, after a look: a stale one says so and the others go on', async () => {
  const made = [];
  for (const name of ['Dora Example', 'Eli Example', 'Finn Example']) {
    made.push(await write(clients.ward, '/candour/cases/new', { ...incident, name }));
  }
  const [first, second, stale] = made.map(reference);
  const versions = async (path) => (await clients.legal.getJson(path)).json.version;
  const page = await clients.legal.get('/candour/work?whose=nobody');
  const form = page.page.form('/candour/assign');
  const boxes = page.page.all({ tag: 'input', type: 'checkbox' }).map((box) =>
    [page.page.attribute(box, 'name'), page.page.attribute(box, 'value')]).filter(([, value]) => made.map(reference).includes(value.split(' ')[0]));
  assert.equal(boxes.length, 3, 'each row can be ticked');
  const hidden = { token: form.fields.token, key: form.fields.key };
  const send = (fields) => clients.legal.post('/candour/assign', { ...hidden, ...fields });

  const nothing = await send({ assignee: 'reader' });
  assert.equal(nothing.status, 422);
  assert.deepEqual(nothing.page.errors.map(({ field }) => field), ['row_1']);
  const nobody = await send(Object.fromEntries(boxes));
  assert.equal(nobody.status, 422);
  assert.deepEqual(nobody.page.errors.map(({ field }) => field), ['assignee']);
  assert.equal((await send({ ...Object.fromEntries(boxes), assignee: 'otherlegal' })).status, 422, 'of another trust');
  for (const row of [first, `${first} 0`, `${first} x`, ` 1`]) assert.equal((await send({ row_1: row, assignee: 'reader' })).status, 400, row);

  const check = await send({ ...Object.fromEntries(boxes), assignee: 'reader' });
  assert.equal(check.status, 200, check.text);
  assert.equal(check.page.heading, 'Check before you give 3 cases');
  assert.match(check.page.text(), new RegExp(`${first}[^]*Nobody[^]*L. Grant`));
  assert.deepEqual(await refs('?person=reader'), [], 'nothing is done yet');

  await record(clients.legal, made[2], 'assignment', { assignee: 'legal' });
  const before = await versions(made[0]);
  const fields = { ...check.page.form('/candour/assign').fields, deed: 'give' };
  const done = await clients.legal.post('/candour/assign', fields);
  assert.equal(done.status, 200, done.text);
  assert.equal(done.page.heading, '2 of 3 cases given');
  assert.match(done.page.text(), new RegExp(`${stale}[^]*Somebody changed this case meanwhile`));
  assert.deepEqual((await refs('?person=reader')).sort(), [first, second].sort());
  assert.ok((await refs('')).includes(stale));
  assert.equal(await versions(made[0]), before + 1);

  const again = await clients.legal.post('/candour/assign', fields);
  assert.equal(again.page.heading, '2 of 3 cases given', 'a second click meets the same answers');
  assert.equal(await versions(made[0]), before + 1, 'and writes nothing');

  const late = await send({ row_1: `${stale} 1`, row_2: `${reference(cases.other)} 1`, row_3: 'CM-2001-9999 1', assignee: 'reader' });
  assert.match(late.page.text(), /Somebody changed this case since you saw the list/);
  assert.equal(late.page.text().match(/There is no such case that you can see/g).length, 2, 'another trust’s is as one that is not there');
  assert.ok(!(await clients.reader.get('/candour/work?whose=all')).text.includes('type="checkbox"'), 'who may not write has no boxes');
  for (const path of made) await record(clients.legal, path, 'assignment', {});
});

test('an assignment stands in the history of the case', async () => {
  const page = await clients.legal.get(cases.one);
  assert.match(page.text, /Given to a person or team/);
});

test('filters: overdue, due soon, by rule; what is no choice is refused', async () => {
  const all = (await list('?whose=all')).work;
  const today = daysAhead(0);
  assert.deepEqual(await refs('?whose=all&due=overdue'), all.filter((row) => row.due_on && row.due_on < today).map((row) => row.reference));
  assert.deepEqual(await refs('?whose=all&due=undated'), all.filter((row) => !row.due_on).map((row) => row.reference));
  for (const { rule } of all.filter((row) => row.rule)) {
    assert.deepEqual(await refs(`?whose=all&rule=${rule}`), all.filter((row) => row.rule === rule).map((row) => row.reference));
    assert.deepEqual(await refs(`?whose=nobody&rule=${rule}`),
      all.filter((row) => row.rule === rule && !row.assignee).map((row) => row.reference));
  }
  for (const query of ['?whose=everybody', '?due=tomorrow', '?rule=X99', '?whose=all&whose=mine', '?after=x', '?nonsense=1', '?org=RHD']) {
    assert.equal((await clients.legal.getJson(`/candour/work${query}`)).status, 400, query);
  }
});

test('rights: the scheme’s people choose a trust and change nothing; administrators see nothing', async () => {
  assert.deepEqual(await refs('', clients.handler), []);
  assert.deepEqual((await refs('?org=RHD', clients.handler)), [reference(cases.other)]);
  assert.equal((await clients.handler.getJson('/candour/work?org=QQQ')).status, 400);
  assert.equal((await clients.admin.getJson('/candour/work')).status, 403);
  const page = await clients.handler.get('/candour/work?org=RHD');
  assert.equal(page.status, 200);
  assert.ok(!page.text.includes('/log/assignment'));
});

test('page, JSON and CSV say the same', async () => {
  const { work } = await list('?whose=all');
  const csv = await clients.legal.get('/candour/work?whose=all&format=csv');
  assert.match(csv.headers['content-type'], /^text\/csv/);
  assert.equal(csv.headers['content-disposition'], 'attachment; filename="work.csv"');
  const lines = csv.text.trim().split('\r\n');
  assert.equal(lines.length, work.length + 1);
  work.forEach((row, i) => assert.ok(lines[i + 1].includes(row.reference), row.reference));
  const page = await clients.legal.get('/candour/work?whose=all');
  assert.equal(page.status, 200);
  for (const row of work) assert.ok(page.text.includes(`${row.reference}</a>`), row.reference);
  assert.match(page.page.heading, /^The trust’s work: \d+ overdue, \d+ due by /);
  assert.match(page.page.text(), new RegExp(`Whole trust \\(${work.length}\\)`));
});

test('views are saved under a name, used, replaced and deleted; each person has their own', async () => {
  const save = async (name, query) => {
    const asked = await clients.legal.get('/candour/team/add');   // any page gives a token and a key
    return clients.legal.post('/candour/work', { ...asked.page.form().fields, team: [], person: [], name, query });
  };
  const saved = await clients.legal.submit('/candour/work?due=overdue&whose=all', { name: 'Late ones' }, { form: '/work' });
  assert.equal(saved.status, 303, saved.text);
  assert.equal(saved.location, '/candour/work?whose=all&due=overdue');
  const page = await clients.legal.get('/candour/work');
  assert.ok(page.page.links().includes('/candour/work?whose=all&due=overdue'), 'a link in the views');
  assert.ok(!(await clients.reader.get('/candour/work')).text.includes('Late ones'));
  assert.equal((await save('', 'whose=all')).status, 422);
  assert.equal((await save('Bad', 'whose=everybody')).status, 400);
  assert.equal((await save('Late ones', 'due=week&whose=nobody')).location, '/candour/work?whose=nobody&due=week');
  assert.deepEqual(await site.sql("SELECT name, query FROM candour.work_filter WHERE ended_at = 0"), [['Late ones', 'whose=nobody&due=week']]);
  const gone = await press(clients.legal, '/candour/work', 'deed', 'end');
  assert.equal(gone.status, 303, gone.text);
  assert.ok(!(await clients.legal.get('/candour/work')).text.includes('Late ones'));
});

test('who is away is covered: the list of the other shows the work, marked', async () => {
  assert.deepEqual(await refs('', clients.ward), []);
  const away = { ...dateParts('first_on', daysAhead(0)), ...dateParts('last_on', daysAhead(3)) };
  const refused = await clients.legal.submit('/candour/team/away', { ...away, covered_by: 'otherlegal' });
  assert.equal(refused.status, 422);
  assert.deepEqual(refused.page.errors.map(({ field }) => field), ['covered_by']);
  assert.equal((await clients.legal.submit('/candour/team/away', { ...away, covered_by: 'ward' })).status, 303);
  const { work } = await list('', clients.ward);
  assert.deepEqual(work.map((row) => [row.reference, row.is_cover]), [[reference(cases.one), true]]);
  assert.match((await clients.ward.get('/candour/work')).page.text(), /you cover/);
  const { covers } = (await clients.legal.getJson('/candour/team')).json;
  assert.deepEqual(covers.map((one) => one.may_end), [true]);
  assert.equal((await press(clients.legal, '/candour/team', 'absence', daysAhead(0))).status, 303);
  assert.deepEqual(await refs('', clients.ward), []);
});

test('who went sick is entered by a colleague who may write; the entry says by whom and for whom, in numbers', async () => {
  const away = { ...dateParts('first_on', daysAhead(0)), ...dateParts('last_on', daysAhead(3)) };
  const chosen = async (client) => (await client.get('/candour/team/away')).page.form('/team/away').fields.away;
  const offered = async (client) => {
    const { page } = await client.get('/candour/team/away');
    const [select] = page.all({ tag: 'select', name: 'away' });
    return page.all({ tag: 'option' }, select).map((one) => page.attribute(one, 'value')).filter(Boolean);
  };
  assert.equal(await chosen(clients.legal), 'legal');
  assert.ok((await offered(clients.legal)).includes('reader'));
  assert.deepEqual(await offered(clients.ward), ['ward'], 'who may not write says it of nobody else');
  const errors = [];
  for (const name of ['otherlegal', 'no.such.person']) {
    const refused = await clients.legal.submit('/candour/team/away', { ...away, away: name, covered_by: 'ward' });
    assert.equal(refused.status, 422, name);
    errors.push(refused.page.errors);
  }
  assert.deepEqual(errors[0].map(({ field }) => field), ['away']);
  assert.deepEqual(errors[0], errors[1], 'of another trust as one who is not there');
  const absence = { ...away, away: 'reader', covered_by: 'ward' };
  assert.equal((await clients.ward.submit('/candour/team/away', absence)).status, 403);
  await give(cases.one, { assignee: 'reader' });
  assert.deepEqual(await refs('', clients.ward), []);
  const done = await clients.legal.submit('/candour/team/away', absence);
  assert.equal(done.status, 303, done.text);
  assert.deepEqual(await refs('', clients.ward), [reference(cases.one)]);
  const entries = await site.sql(`SELECT 1 FROM candour.audit_entry e JOIN candour.app_user a ON a.subject = 'reader'
    JOIN candour.app_user b ON b.subject = 'legal'
    WHERE e.object = CONCAT('cover for user ', a.user_id, ', entered by user ', b.user_id)`);
  assert.equal(entries.length, 1);
  assert.equal((await press(clients.reader, '/candour/team', 'absence', daysAhead(0))).status, 303, 'who is back ends it');
  assert.deepEqual(await refs('', clients.ward), []);
  await give(cases.one, { assignee: 'legal' });
});

test('pages go on by key: each case once, in order', async () => {
  const made = [];
  for (let i = 0; i < 55; i++) {
    made.push(reference(await write(clients.ward, '/candour/cases/new', { ...incident, name: `Person ${i}` })));
  }
  const seen = [];
  for (let query = '?whose=nobody'; query;) {
    const { work, next_url: next } = await list(query);
    assert.ok(work.length <= 50);
    seen.push(...work);
    query = next ? new URL(next, site.origin).search : '';
  }
  const references = seen.map(({ reference }) => reference);
  assert.equal(new Set(references).size, references.length);
  for (const reference of made) assert.ok(references.includes(reference), reference);
  const days = seen.map(({ due_on: on }) => on ?? '9999');
  assert.deepEqual(days, [...days].sort());
});

/** RFC 5545 as a strict reader takes it: CRLF, at most 75 octets a line, unfolded, properties by component. */
function calendar(bytes) {
  const text = bytes.toString('utf8');
  assert.ok(text.endsWith('\r\n') && !/[^\r]\n|\r[^\n]/.test(text), 'CRLF alone ends lines');
  for (const line of text.split('\r\n')) assert.ok(Buffer.byteLength(line) <= 75, line);
  const events = [];
  let open;
  for (const line of text.replace(/\r\n[ \t]/g, '').trim().split('\r\n')) {
    const [, name, parameters, value] = /^([A-Z-]+)((?:;[A-Z-]+=[^:;]+)*):(.*)$/.exec(line) ?? assert.fail(line);
    if (line === 'BEGIN:VEVENT') open = {};
    else if (line === 'END:VEVENT') { events.push(open); open = undefined; } else if (open) {
      assert.ok(!(name in open), `${name} twice`);
      open[name] = value;
      if (/^DT(START|END)$/.test(name)) assert.equal(parameters, ';VALUE=DATE');
    }
  }
  for (const event of events) {
    for (const name of ['UID', 'DTSTAMP', 'DTSTART', 'DTEND', 'SEQUENCE', 'SUMMARY']) assert.ok(event[name], name);
    assert.match(event.DTSTAMP, /^\d{8}T\d{6}Z$/);
    const day = (text8) => Date.UTC(text8.slice(0, 4), text8.slice(4, 6) - 1, text8.slice(6, 8));
    assert.equal(day(event.DTEND) - day(event.DTSTART), 86400000, 'the end is the next day');
    assert.equal(event.CLASS, 'PRIVATE');
  }
  assert.equal(new Set(events.map(({ UID }) => UID)).size, events.length, 'each event once');
  return events;
}

let address;
const read = (path) => site.client().get(path);

test('the calendar address is told once, and holds the steps without a name', async () => {
  await give(cases.one, { assignee: 'reader' });
  await give(cases.raw, { assignee: 'legal' });
  const made = await press(clients.legal, '/candour/calendar', 'deed', 'make');
  assert.equal(made.status, 200, made.text);
  const found = /value="(http[^"]*\/candour\/feed\/[0-9a-f]{48}\.ics)"/.exec(made.text);
  assert.ok(found, 'the address is on the page');
  address = new URL(found[1]).pathname;
  assert.ok(!(await clients.legal.get('/candour/calendar')).text.includes('/feed/'), 'and on no page after');
  const [[stored]] = await site.sql('SELECT HEX(token_hash) FROM candour.calendar_feed');
  assert.ok(!stored.toLowerCase().includes(address.slice(-52, -4)), 'only a hash is kept');

  const feed = await read(address);
  assert.equal(feed.status, 200);
  assert.equal(feed.headers['content-type'], 'text/calendar; charset=utf-8');
  assert.match(feed.headers['cache-control'], /^private/);
  const [row] = (await list('')).work;
  const [event] = calendar(feed.bytes);
  assert.equal(event.SUMMARY, `${row.reference}: ${row.step}`);
  assert.equal(event.DTSTART, row.due_on.replaceAll('-', ''));
  assert.equal(event.STATUS, 'CONFIRMED');
  for (const secret of ['Cora', 'Example', 'Swab', incident.title]) assert.ok(!feed.text.includes(secret), secret);
});

test('a step that is done is told as cancelled, with a higher number; the next has its own', async () => {
  const [before] = calendar((await read(address)).bytes);
  await record(clients.legal, cases.raw, 'opinion', {
    given: daysAhead(-2), opinion: 'NOTIFIABLE', given_by: 'K. Brandt, surgeon', profession: 'DOCTOR', reasons: 'Prolonged harm.',
  });
  const events = calendar((await read(address)).bytes);
  const old = events.find(({ UID }) => UID === before.UID);
  assert.equal(old.STATUS, 'CANCELLED');
  assert.ok(Number(old.SEQUENCE) > Number(before.SEQUENCE));
  const next = events.find(({ STATUS }) => STATUS === 'CONFIRMED');
  const [row] = (await list('')).work;
  assert.equal(next.SUMMARY, `${row.reference}: ${row.step}`);
  assert.notEqual(next.UID, before.UID);
});

test('an ended, a replaced and an unknown address are not found; so is that of an account that ended', async () => {
  assert.equal((await read(`/candour/feed/${'0'.repeat(48)}.ics`)).status, 404);
  assert.equal((await read(address.replace('.ics', ''))).status, 404);
  const again = await press(clients.legal, '/candour/calendar', 'deed', 'make');
  assert.equal((await read(address)).status, 404, 'the one before ended');
  address = new URL(/value="(http[^"]*\.ics)"/.exec(again.text)[1]).pathname;
  assert.equal((await read(address)).status, 200);
  assert.equal((await press(clients.legal, '/candour/calendar', 'deed', 'end')).status, 303);
  assert.equal((await read(address)).status, 404);
  assert.equal((await clients.handler.getJson('/candour/calendar')).status, 403);
  const reader = await press(clients.reader, '/candour/calendar', 'deed', 'make');
  const theirs = new URL(/value="(http[^"]*\.ics)"/.exec(reader.text)[1]).pathname;
  assert.equal((await read(theirs)).status, 200);
  assert.equal((await site.ctl(['user', 'change', 'reader', '--active', 'no'])).status, 0);
  assert.equal((await read(theirs)).status, 404);
  const entries = await site.sql("SELECT COUNT(*) FROM candour.audit_entry WHERE object LIKE 'calendar of user %'");
  assert.deepEqual(entries, [['4']]);
});

test('the job that makes the list again changes nothing when all is up to date, and mends what is not', async () => {
  const first = await site.ctl(['run', 'work']);
  assert.equal(first.status, 0, first.stderr);
  // The reader's account ended above: what they had is nobody's now.
  assert.match(first.stdout, /^work: \d+ cases, 1 rows changed$/m);
  assert.match((await site.ctl(['run', 'work'])).stdout, /, 0 rows changed$/m);
  await site.sql("UPDATE candour.case_work SET step = 'Wrong', due_on = due_on + 1 WHERE assignee > 0");
  assert.match((await site.ctl(['run', 'work'])).stdout, /, [1-9]\d* rows changed$/m);
  assert.match((await site.ctl(['run', 'work'])).stdout, /, 0 rows changed$/m);
  assert.equal((await site.ctl(['verify'])).status, 0);
});
