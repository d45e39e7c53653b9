// People who ask for many pages and read none: their answers wait in httpd, but no connection to the database
// waits with them.
import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { after, before, test } from 'node:test';
import { incident, makePeople, write } from './lib/data.mjs';
import { startSite } from './lib/site.mjs';

const readers = 8; // more than the slots of the pool
const pages = 150; // more than the buffers of both ends hold

let site;
let legal;
let admin;
let casePath;
before(async () => {
  site = await startSite({ demo: false, httpdExtra: 'SendBufferSize 8192' });
  await makePeople(site);
  legal = await site.signedIn('legal');
  admin = await site.signedIn('admin');
  casePath = await write(legal, '/candour/cases/new', incident);
});
after(() => site.stop());

/** Sends the requests in one go and never reads. */
function neverReads(path) {
  const { hostname, port, host } = new URL(site.origin);
  const cookie = [...legal.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  return new Promise((done, fail) => {
    const socket = connect({ host: hostname, port: Number(port) }, () => {
      socket.pause();
      socket.write(`GET ${path} HTTP/1.1\r\nHost: ${host}\r\nCookie: ${cookie}\r\n\r\n`.repeat(pages), () => done(socket));
    });
    socket.on('error', fail);
  });
}

async function inUse() {
  const { json } = await admin.getJson('/candour/health');
  return json.checks.find(({ name }) => name === 'Connections in use').found;
}

test('who does not read holds no connection', async () => {
  assert.equal(await inUse(), '1 of 6');
  const sockets = await Promise.all(Array.from({ length: readers }, () => neverReads(casePath)));
  try {
    await new Promise((done) => setTimeout(done, 3000));
    assert.equal(await inUse(), '1 of 6');
    assert.equal((await legal.get(casePath)).status, 200);
  } finally {
    for (const socket of sockets) socket.destroy();
  }
});
