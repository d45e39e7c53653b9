// client.mjs: a browser without a screen: cookies, forms as they stand in the page, no redirect followed unless
// asked. It sends the headers that a browser sends, so that the checks of origin are on its way too.
import http from 'node:http';
import { Page } from './page.mjs';

// An idle connection is given up before httpd does so after five seconds: one that httpd ends in the moment in which
// it is used again would fail a test.
const agent = new http.Agent({ keepAlive: true, maxSockets: 64, timeout: 2000 });

export class Client {
  cookies = new Map();

  constructor(origin) {
    this.origin = origin;
  }

  /**
   * Sends one request. `path` is below the origin ("/candour/cases") or a whole address on it.
   * @returns {Promise<{ status: number, headers: object, text: string, location: string|undefined,
   *                     page: Page, json: any }>}
   */
  request(method, path, { headers = {}, body, accept = 'text/html' } = {}) {
    const url = new URL(path, this.origin);
    if (url.origin !== this.origin) throw new Error(`${url} is not on ${this.origin}`);
    const sent = { accept, ...headers };
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    if (cookie !== '' && sent.cookie === undefined) sent.cookie = cookie;
    if (body !== undefined) sent['content-length'] = Buffer.byteLength(body);
    for (const name of Object.keys(sent)) if (sent[name] === null) delete sent[name];
    return new Promise((done, fail) => {
      const request = http.request(url, { method, headers: sent, agent }, (response) => {
        const chunks = [];
        response.on('data', (chunk) => chunks.push(chunk));
        response.on('error', fail);
        response.on('end', () => {
          this.#keep(response.headers['set-cookie'] ?? []);
          done(new Answer(response, Buffer.concat(chunks)));
        });
      });
      request.on('error', fail);
      request.end(body);
    });
  }

  #keep(lines) {
    for (const line of lines) {
      const [pair, ...attributes] = line.split(';').map((part) => part.trim());
      const at = pair.indexOf('=');
      const gone = attributes.some((one) => /^max-age=0*$/i.test(one));
      if (gone || pair.slice(at + 1) === '') this.cookies.delete(pair.slice(0, at));
      else this.cookies.set(pair.slice(0, at), pair.slice(at + 1));
    }
  }

  get(path, options) {
    return this.request('GET', path, options);
  }

  getJson(path, options = {}) {
    return this.get(path, { accept: 'application/json', ...options });
  }

  /** Posts fields as a form of the site's own page does. A field may be a list: it is sent once for each. */
  post(path, fields, { headers = {}, ...options } = {}) {
    const pairs = Object.entries(fields).flatMap(([name, value]) =>
      (Array.isArray(value) ? value : [value]).map((one) => [name, String(one)]));
    return this.request('POST', path, {
      ...options,
      body: new URLSearchParams(pairs).toString(),
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        origin: this.origin,
        'sec-fetch-site': 'same-origin',
        ...headers,
      },
    });
  }

  /** An API write: JSON with the origin a browser would send, and a key if given. */
  postJson(path, value, { headers = {}, ...options } = {}) {
    return this.request('POST', path, {
      accept: 'application/json',
      ...options,
      body: typeof value === 'string' ? value : JSON.stringify(value),
      headers: { 'content-type': 'application/json', origin: this.origin, 'sec-fetch-site': 'same-origin', ...headers },
    });
  }

  /** Follows a redirect (303 and its like) until there is a page. */
  async follow(answer) {
    for (let hops = 0; answer.location !== undefined; hops++) {
      if (hops > 5) throw new Error(`redirected for ever: ${answer.location}`);
      answer = await this.get(answer.location);
    }
    return answer;
  }

  /**
   * Opens a page, fills its form and sends it: hidden fields (token, key, version) and answers already there
   * go along as a browser sends them. `form` picks one where the page has several: its action's end.
   */
  async submit(path, fields, { form, ...options } = {}) {
    const answer = await this.get(path);
    if (answer.status !== 200) throw new Error(`GET ${path}: ${answer.status}`);
    return this.send(answer, fields, { form, path, ...options });
  }

  /** Sends the form of a page that was got before, for instance one that came back with errors. */
  send(answer, fields, { form, path, ...options } = {}) {
    const found = answer.page.form(form);
    const action = found.action === '' ? path : found.action;
    return this.post(action, { ...found.fields, ...fields }, options);
  }

  /** Signs in through httpd's form, as a person does. */
  async signIn({ name, password }) {
    const answer = await this.submit('/candour/sign-in', { httpd_username: name, httpd_password: password },
      { form: 'do-sign-in' });
    if (answer.status !== 302 || !answer.location?.endsWith('/candour/')) {
      throw new Error(`${name} is not signed in: ${answer.status} ${answer.location}`);
    }
    return this;
  }
}

class Answer {
  #page;

  constructor(response, bytes) {
    this.status = response.statusCode;
    this.headers = response.headers;
    this.bytes = bytes;
    this.text = bytes.toString('utf8');
    this.location = response.headers.location;
  }

  get page() {
    this.#page ??= new Page(this.text);
    return this.#page;
  }

  get json() {
    return JSON.parse(this.text);
  }
}
