// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
//
// A hostile site, copied and served by the real program, in Chromium: nothing of it runs, nothing
// leaves for elsewhere. DIENSTBEREIT names the program.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { ask, startChromium } from './servers.mjs';

const kProgram =
  process.env.DIENSTBEREIT ??
  new URL('../../build/release/dienstbereit', import.meta.url).pathname;
const kPatienceMs = 30_000;
const kPad = ' '.repeat(300);

function listening(handler) {
  const server = createServer(handler);
  return new Promise((done) => server.listen(0, '127.0.0.1', () => done(server)));
}
const portOf = (server) => server.address().port;
const closed = (server) =>
  new Promise((done) => {
    server.close(done);
    server.closeAllConnections();
  });

// Every way in which a page may try to run something, or to make the browser ask elsewhere.
const hostile = (away) => `<!doctype html><html lang="de"><head><title>Amt</title>
<base href="${away}/base/"><meta http-equiv="refresh" content="0;url=${away}/refresh">
<link rel="preconnect" href="${away}"><link rel="prefetch" href="${away}/prefetch">
<link rel="stylesheet" href="${away}/style.css"><link rel="manifest" href="${away}/manifest">
<script>document.title='ran';fetch('${away}/script')</script><script src="${away}/x.js"></script>
<style>@import url(${away}/import.css);@font-face{font-family:X;src:url(${away}/font)}
body{font-family:X;background:url(${away}/style-background)}</style></head>
<body onload="document.title='ran'" background="${away}/background">
<h1>Willkommen</h1><img src="${away}/pixel.gif" onerror="document.title='ran'">
<img src="x" onerror="document.title='ran'"><img srcset="${away}/srcset 1x">
<svg onload="document.title='ran'"><style><img src=x onerror="document.title='ran'"></style>
<image href="${away}/svg"/><use href="${away}/use#x"/><script>document.title='ran'</script></svg>
<iframe src="${away}/frame" srcdoc="<script>parent.document.title='ran'</script>"></iframe>
<object data="${away}/object"></object><embed src="${away}/embed">
<video src="${away}/video" poster="${away}/poster" autoplay></video>
<p style="background:url(${away}/attribute)">x</p>
<a id="js" href="javascript:document.title='ran'">js</a>
<a id="numbered" href="&#106;av&#x61;script:document.title='ran'">numbered</a>
<a id="named" href="java&Tab;script&colon;document.title='ran'">named</a>
<form action="${away}/form" method="post"><input name="iban" value="DE00">
<button id="go">Los</button></form><input id="lone" onfocus="document.title='ran'" autofocus>
<noscript><img src="${away}/noscript" title="</noscript><img src=x onerror=document.title='ran'>">
</noscript><math><mtext><style><img src=x onerror="document.title='ran'"></style></mtext></math>
<![CDATA[><img src=x onerror="document.title='ran'">]]>${kPad}</body></html>`;

const district = (cms, port) => `
administration: {name: {de: Kreis Test, en: Test District}, ags: "05999",
  public_url: "https://lage.example/"}
sites: [{id: H, name: {de: Haus, en: House}}]
offices:
  - {id: KFZ, name: {de: Zulassung, en: Registration}, sites: [H], hours: "Mo-Su 00:00-23:59"}
services: [{id: Z, name: {de: Zulassen, en: Register}, kind: counter, offered: KFZ}]
homepage:
  url: http://127.0.0.1:${cms}/
  expects: Willkommen
  listen: 127.0.0.1:${port}
`;

let folder;
let program;
let output = '';
let browser;
let elsewhere;
let port;
const asked = [];

// Waits until the program has printed it.
function printed(text) {
  return new Promise((found, missing) => {
    const late = setTimeout(
      () => missing(new Error(`'${text}' was not printed:\n${output}`)), kPatienceMs);
    const look = () => {
      if (!output.includes(text)) return;
      clearTimeout(late);
      found();
    };
    for (const stream of [program.stdout, program.stderr]) stream.on('data', look);
    look();
  });
}

before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'dienstbereit-homepage-'));
  elsewhere = await listening((request, answer) => {
    asked.push(request.url);
    answer.setHeader('access-control-allow-origin', '*');
    answer.end('x');
  });
  const away = `http://localhost:${portOf(elsewhere)}`;
  const cms = await listening((request, answer) => {
    if (request.url !== '/') {
      answer.statusCode = 404;
      return answer.end();
    }
    answer.setHeader('content-type', 'text/html; charset=utf-8');
    return answer.end(hostile(away));
  });
  const free = await listening(() => {});
  port = portOf(free);
  await closed(free);
  writeFileSync(join(folder, 'district.yaml'), district(portOf(cms), port));
  program = spawn(kProgram, ['serve', join(folder, 'district.yaml'), '--data',
    join(folder, 'data'), '--listen', '127.0.0.1:0'], { stdio: ['ignore', 'pipe', 'pipe'] });
  for (const stream of [program.stdout, program.stderr]) {
    stream.setEncoding('utf8');
    stream.on('data', (text) => (output += text));
  }
  await printed('homepage: copy ');
  await closed(cms);
  asked.length = 0;
  browser = await startChromium();
});
after(async () => {
  await browser?.stop();
  if (program?.exitCode === null) {
    const ended = new Promise((done) => program.once('exit', done));
    program.kill('SIGTERM');
    await ended;
  }
  if (elsewhere) await closed(elsewhere);
  rmSync(folder, { recursive: true, force: true });
});

async function look(origin) {
  const page = await browser.context.newPage();
  await page.goto(origin, { waitUntil: 'networkidle' });
  return page;
}

test('a hostile page runs nothing and asks nobody else', async () => {
  const page = await look(`http://127.0.0.1:${port}/`);
  assert.equal(await page.title(), 'Amt');
  assert.ok(await page.locator('#dienstbereit-banner').isVisible());
  assert.match(await page.locator('#dienstbereit-banner').innerText(), /Sie lesen eine Kopie/);
  assert.match(await page.locator('form').innerText(), /Formular ist abgeschaltet/);
  assert.ok(await page.locator('#go').isDisabled());
  for (const link of ['#js', '#numbered']) {
    assert.equal(await page.locator(link).getAttribute('href'), null);
  }
  // wget reads no references by name: it makes a web address of #named, and that may stay.
  for (const link of await page.locator('a[href]').all()) {
    const href = await link.getAttribute('href');
    assert.match(new URL(href, page.url()).protocol, /^https?:$/, href);
  }
  assert.deepEqual(asked, []);
  await page.close();
});

test('the policy alone holds too, should the rewriting fail', async () => {
  const answer = await ask({ port }, 'GET', '/');
  const away = `http://localhost:${portOf(elsewhere)}`;
  const raw = await listening((request, response) => {
    response.setHeader('content-security-policy', answer.headers['content-security-policy']);
    response.setHeader('content-type', 'text/html; charset=utf-8');
    response.end(request.url === '/' ? hostile(away) : '');
  });
  const page = await look(`http://127.0.0.1:${portOf(raw)}/`);
  assert.equal(await page.title(), 'Amt');
  for (const link of ['#js', '#numbered', '#named']) await page.locator(link).click();
  assert.equal(await page.title(), 'Amt');
  await page.locator('#go').click();
  assert.equal(new URL(page.url()).port, String(portOf(raw)));
  assert.deepEqual(asked, []);
  await page.close();
  await closed(raw);
});
