// Style sheet, scripts and pictures: files of httpd's, there for anybody, also while the database is away.
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { buildDir, startSite } from './lib/site.mjs';

const types = { css: 'text/css; charset=utf-8', js: 'text/javascript; charset=utf-8', svg: 'image/svg+xml; charset=utf-8' };
const folder = join(buildDir, 'htdocs/assets');
const files = readdirSync(folder, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => join(entry.path, entry.name).slice(folder.length + 1));

let site;
before(async () => { site = await startSite({ demo: false }); });
after(() => site.stop());

test('each file comes with its type, and may not be taken for another', async () => {
  assert.ok(files.includes('candour.css') && files.includes('boot.js'), 'the assets are built');
  for (const file of files) {
    const answer = await site.client().get(`/candour/assets/${file}`);
    assert.equal(answer.status, 200, file);
    assert.equal(answer.headers['content-type'], types[file.split('.').pop()], file);
    assert.equal(answer.headers['x-content-type-options'], 'nosniff', file);
    assert.equal(answer.headers['set-cookie'], undefined, file);
    const again = await site.client().get(`/candour/assets/${file}`, { headers: { 'if-none-match': answer.headers.etag } });
    assert.equal(again.status, 304, file);
  }
});

test('nothing in them names another host, and every picture that is named is there', async () => {
  const css = (await site.client().get('/candour/assets/candour.css')).text;
  assert.doesNotMatch(css, /https?:\/\/|@import|@font-face|frutiger/i);
  const pictures = [...css.matchAll(/url\(["']?([^)"']+)["']?\)/g)].map((match) => match[1]).filter((url) => !url.startsWith('data:'));
  assert.ok(pictures.length > 0);
  for (const url of new Set(pictures)) {
    assert.equal((await site.client().get(`/candour/assets/${url}`)).status, 200, url);
  }
});

test('folders are not listed and nothing outside is reached', async () => {
  for (const path of ['/candour/assets/', '/candour/assets/nhsuk/', '/candour/assets/../templates/shell/top.html',
    '/candour/assets/%2e%2e/templates/shell/top.html', '/candour/assets/no-such-file.css']) {
    const answer = await site.client().get(path);
    assert.ok([302, 400, 403, 404].includes(answer.status), `${path}: ${answer.status}`);
    assert.ok(!answer.text.includes('<body class="cd-page"') || answer.status !== 200, path);
  }
});

test('they go on while the database is away', async () => {
  await site.stopDatabase();
  for (const file of ['candour.css', 'boot.js', 'app.js']) {
    assert.equal((await site.client().get(`/candour/assets/${file}`)).status, 200, file);
  }
  await site.startDatabase();
});
