// upload.mjs: forms with a file, as a browser sends them and as it never would, and what a child of httpd weighs.
import { readFileSync, readdirSync } from 'node:fs';
import { connect } from 'node:net';

export const boundary = '----WebKitFormBoundaryAa01Zz99';

/**
 * The body of a form: `parts` in their order, each [name, value] or { name, filename, type, bytes }.
 * @returns {{ type: string, body: Buffer }}
 */
export function multipart(parts, { between = boundary } = {}) {
  const pieces = parts.flatMap((part) => {
    const file = !Array.isArray(part);
    const [name, value] = file ? [part.name, part.bytes] : part;
    const more = file ? `; filename="${part.filename}"\r\nContent-Type: ${part.type ?? 'application/octet-stream'}` : '';
    return [Buffer.from(`--${between}\r\nContent-Disposition: form-data; name="${name}"${more}\r\n\r\n`),
      Buffer.from(value), Buffer.from('\r\n')];
  });
  return { type: `multipart/form-data; boundary=${between}`, body: Buffer.concat([...pieces, Buffer.from(`--${between}--\r\n`)]) };
}

/** Headers of a form of the site's own page. */
export function formHeaders(client, type) {
  return { 'content-type': type, origin: client.origin, 'sec-fetch-site': 'same-origin' };
}

/** Posts a form with a file as a browser does; `chunked`: without saying its length. */
export function upload(client, path, { type, body }, { chunked = false, headers = {}, ...options } = {}) {
  return client.request('POST', path, {
    body, ...options,
    headers: { ...formHeaders(client, type), ...(chunked ? { 'transfer-encoding': 'chunked', 'content-length': null } : {}), ...headers },
  });
}

/** Address of the file of the document that was last added to a case, as the case page links to documents. */
export async function newestFile(client, casePath) {
  const numbers = (await client.get(casePath)).page.links()
    .map((link) => /\/(?:documents|records)\/(\d+)(?:\/file)?$/.exec(link)).filter(Boolean).map(([, seq]) => Number(seq));
  for (const seq of [...new Set(numbers)].sort((a, b) => b - a)) {
    const address = `${casePath}/documents/${seq}/file`;
    if ((await client.request('HEAD', address)).status === 200) return address;
  }
  throw new Error(`${casePath} has no file`);
}

/** The head of such a request, as bytes on the wire. `length` null: no Content-Length. */
export function rawHead(client, path, { type, length, more = '' }) {
  const cookie = [...client.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  const said = length === null ? '' : `Content-Length: ${length}\r\n`;
  return `POST ${path} HTTP/1.1\r\nHost: ${new URL(client.origin).host}\r\nOrigin: ${client.origin}\r\nSec-Fetch-Site: same-origin\r\n`
    + `Cookie: ${cookie}\r\nContent-Type: ${type}\r\n${said}${more}\r\n`;
}

/**
 * A connection of one's own. `text()` is what came so far; `until(pattern)` waits for it, or for the end of the
 * connection; `ended` resolves when httpd closes it.
 */
export function wire(origin) {
  const { hostname, port } = new URL(origin);
  const socket = connect({ host: hostname, port: Number(port) });
  let got = '';
  let wake = () => {};
  const ended = new Promise((done) => {
    socket.on('close', () => { done(); wake(); });
  });
  socket.on('data', (data) => { got += data.toString('latin1'); wake(); });
  socket.on('error', () => {}); // 'close' follows
  let closed = false;
  ended.then(() => { closed = true; });
  return {
    socket, ended,
    text: () => got,
    write: (bytes) => new Promise((done) => { socket.write(bytes, () => done()); }),
    async until(pattern) {
      while (!pattern.test(got) && !closed) await new Promise((done) => { wake = done; setTimeout(done, 50); });
      return got;
    },
  };
}

/** Process numbers of httpd's children: one, if the site has one. */
export function children(site) {
  const parent = readFileSync(`${site.dir}/httpd/run/httpd.pid`, 'utf8').trim();
  return readdirSync('/proc').filter((name) => /^\d+$/.test(name)).filter((pid) => {
    try {
      return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').pop().split(' ')[1] === parent;
    } catch {
      return false; // it is gone
    }
  });
}

/** Bytes of memory that are a process's own share (PSS). */
export function memoryOf(pid) {
  const text = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8');
  return Number(/^Pss:\s+(\d+) kB/m.exec(text)[1]) * 1024;
}

/** Watches the greatest share that any of the processes has while `work` runs. */
export async function peakWhile(pids, work) {
  let peak = 0;
  const look = () => { peak = Math.max(peak, ...pids.map(memoryOf)); };
  const timer = setInterval(look, 20);
  try {
    await work();
    look();
  } finally {
    clearInterval(timer);
  }
  return peak;
}
