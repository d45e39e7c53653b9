// The parser of forms with files against another one: Node's own, which also writes forms as browsers do. What a
// browser sends is read as it was meant; what is spoiled is refused, or both read it alike.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { test } from 'node:test';
import { buildDir } from './lib/site.mjs';

const program = join(buildDir, 'tests/tools/parse_multipart');

/** What our parser says of a body. */
function ours(type, body, step) {
  return new Promise((done, fail) => {
    const child = execFile(program, [type, String(step)], { maxBuffer: 64 << 20 }, (error, stdout) =>
      (error ? fail(error) : done(JSON.parse(stdout))));
    child.stdin.on('error', () => {});
    child.stdin.end(body);
  });
}

/** What Node's says, in the same shape. */
async function theirs(type, body) {
  const form = await new Response(body, { headers: { 'content-type': type } }).formData();
  return Promise.all([...form].map(async ([name, value]) => (typeof value === 'string'
    ? { name, value }
    : { name, filename: value.name, type: value.type, bytes: Buffer.from(await value.arrayBuffer()).toString('hex') })));
}

// A generator of our own, so that a failure can be had again by its number.
function dice(seed) {
  let state = seed * 2654435761 >>> 0;
  return (n) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor(state / 4294967296 * n);
  };
}
const pick = (roll, list) => list[roll(list.length)];
const many = (roll, most, make) => Array.from({ length: roll(most + 1) }, make);

const words = ['a', 'Z', '0', ' ', '\n', '\r\n', '--', '-', 'é', '☃', '😀', '"', '%', '&', '=', ';', ':', '\t', "'", '<b>'];
const bits = ['\r', '\n', '\r\n', '\r\n--', '--', '-', '\0', '\xff', 'x', '%PDF', 'Content-Disposition: form-data', '\r\n\r\n'];

function randomForm(roll) {
  const form = new FormData();
  const parts = [];
  for (const count = 1 + roll(6); parts.length < count;) {
    const name = `${pick(roll, ['a', 'key', 'A-b_c.9', 'token'])}${parts.length}`;
    if (roll(3)) {
      const value = many(roll, 30, () => pick(roll, words)).join('');
      form.append(name, value);
      // HTML: line ends are sent as CR LF.
      parts.push({ name, value: value.replace(/\r\n|\r|\n/g, '\r\n') });
    } else {
      const bytes = Buffer.from(many(roll, 60, () => pick(roll, bits)).join(''), 'latin1');
      const filename = `x${many(roll, 8, () => pick(roll, ['a', ' ', '.', 'é', '☃', '"', "'", '%', ';', '=', '(1)'])).join('')}.pdf`;
      const type = pick(roll, ['application/pdf', 'text/plain', 'image/png']);
      form.append(name, new Blob([bytes], { type }), filename);
      parts.push({ name, filename, type, bytes: bytes.toString('hex') });
    }
  }
  return { form, parts };
}

const decoded = (parts) => parts.map((part) =>
  (part.filename === undefined ? part : { ...part, filename: part.filename.replaceAll('%22', '"') }));

async function written(form) {
  const request = new Request('http://localhost/', { method: 'POST', body: form });
  return { type: request.headers.get('content-type'), body: Buffer.from(await request.arrayBuffer()) };
}

test('400 forms as a browser writes them are read as they were meant', async () => {
  for (let seed = 1; seed <= 400; seed++) {
    const roll = dice(seed);
    const { form, parts } = randomForm(roll);
    const { type, body } = await written(form);
    const got = await ours(type, body, pick(roll, [1, 2, 7, 64, 1000000]));
    assert.deepEqual(decoded(got.parts ?? [got]), decoded(parts), `seed ${seed}`);
  }
});

test('400 spoiled forms are refused, or read as Node reads them', async () => {
  let taken = 0;
  for (let seed = 1; seed <= 400; seed++) {
    const roll = dice(seed + 1000);
    const { type, body } = await written(randomForm(roll).form);
    const spoiled = Buffer.from(body);
    for (let times = 1 + roll(2); times > 0; times--) {
      spoiled[roll(spoiled.length)] = pick(roll, [0, 10, 13, 32, 34, 45, 59, 61, 92, 97, 255]);
    }
    const got = await ours(type, spoiled, 1 + roll(100));
    if (got.error) {
      assert.ok(['bad-request', 'too-large'].includes(got.error), `seed ${seed}: ${got.error}`);
      continue;
    }
    taken++;
    // A boundary that does not begin a line is data (RFC 2046 5.1.1); Node refuses the form.
    const inside = `--${type.split('boundary=')[1]}`;
    if (got.parts.some(({ value, bytes }) => (value ?? Buffer.from(bytes, 'hex').toString('latin1')).includes(inside))) continue;
    assert.deepEqual(decoded(got.parts), decoded(await theirs(type, spoiled)), `seed ${seed}`);
  }
  assert.ok(taken > 50 && taken < 350, `${taken} of 400 are still forms`);
});
