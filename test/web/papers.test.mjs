// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
//
// The counter pack that the real program writes, opened from a disk in Debian's Chromium as the
// site would when nothing else works; the handbook beside it. DIENSTBEREIT names the program.
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync }
  from 'node:fs';
import { createInterface } from 'node:readline';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { axe, kAxe, layout, targets } from './checks.mjs';
import { startChromium } from './servers.mjs';

const kProgram =
  process.env.DIENSTBEREIT ??
  new URL('../../build/release/dienstbereit', import.meta.url).pathname;
const kPassphrase = 'sieben Woerter stehen hier auf Papier';
const kOpenMs = 30_000; // the key is slow to make on purpose

const kTimeZone = 'Europe/Berlin'; // that of the district below, which names none
const today = new Intl.DateTimeFormat('sv-SE', { timeZone: kTimeZone }).format(new Date());
const district = (folder) => `
administration: {name: {de: Kreis Test, en: Test District}, ags: "05999"}
sites: [{id: H, name: {de: Haus, en: House}, phone: "0123 1"}]
offices:
  - {id: KFZ, name: {de: Zulassung, en: Registration}, sites: [H], hours: "Mo-Su 00:00-24:00"}
services:
  - id: Z
    name: {de: Fahrzeug zulassen, en: Register a vehicle}
    kind: counter
    offered: KFZ
    needs: DB
    offline: {mode: take_in, text: {de: Annahme auf Papier, en: Taken in on paper}}
components: [{id: DB, name: {de: Datenbank, en: Database}, restart_time: 20 min}]
pack:
  forms: 1
  sites: {H: {appointments: [{office: KFZ, file: "${folder}/dates.csv"}]}}
  partners:
    - name: {de: Zulassung nebenan, en: Registration next door}
      services: Z
      conditions: {de: nur mit Ausweis, en: with identity card only}
`;

let folder;
let server;
let browser;
let pack;

before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'dienstbereit-papers-'));
  const credentials = join(folder, 'credentials');
  mkdirSync(credentials);
  for (const [path, text] of [
    [join(folder, 'district.yaml'), district(folder)],
    [join(folder, 'dates.csv'), `Datum;Uhrzeit;Name\n${today};08:30;Erika <b>Muster\n`],
    [join(credentials, 'pack-H'), `${kPassphrase}\n`],
  ]) {
    writeFileSync(path, text);
    chmodSync(path, 0o600);
  }
  server = spawn(kProgram, ['serve', join(folder, 'district.yaml'), '--listen', '127.0.0.1:0',
    '--data', join(folder, 'data'), '--credentials', credentials]);
  for await (const line of createInterface({ input: server.stdout })) {
    if (line.startsWith('Dienstbereit:')) break;
  }
  run('pack', join(folder, 'taken'));
  const [name] = readdirSync(join(folder, 'taken'));
  pack = join(folder, 'taken', name);
  browser = await startChromium();
  await browser.context.addInitScript(kAxe);
});
after(async () => {
  await browser?.stop();
  if (server) {
    const ended = new Promise((resolve) => server.once('exit', resolve));
    server.kill();
    await ended;
  }
  rmSync(folder, { recursive: true, force: true });
});

function run(...words) {
  const ran = spawnSync(kProgram, [...words, '--data', join(folder, 'data')]);
  assert.equal(ran.status, 0, String(ran.stderr));
}

function none(faults, where) {
  assert.ok(faults.length === 0, `${where}: ${faults.join('; ')}`);
}
async function holds(page, where) {
  for (const width of [1280, 320]) {
    await page.setViewportSize({ width, height: 800 });
    none(await axe(page), `${where} ${width} px`);
    none(await targets(page), `${where} ${width} px`);
    none(await layout(page), `${where} ${width} px`);
  }
}
const body = (page) => page.evaluate(() => document.body.innerText);

test('only the passphrase opens it, and nothing is fetched', async () => {
  const bytes = readFileSync(pack, 'utf8');
  for (const word of ['Muster', 'Fahrzeug', 'Datenbank', 'nebenan']) {
    assert.ok(!bytes.includes(word), word);
  }
  const page = await browser.context.newPage();
  const asked = [];
  const complaints = [];
  page.on('request', (one) => asked.push(one.url()));
  page.on('console', (told) => told.type() === 'error' && complaints.push(told.text()));
  page.on('pageerror', (error) => complaints.push(String(error)));
  const address = pathToFileURL(pack).href;
  await page.goto(address);
  await holds(page, 'closed');

  await page.keyboard.press('Tab');
  await page.keyboard.type('sechs Woerter stehen nirgends');
  await page.keyboard.press('Enter');
  await page.getByText('Das Kennwort stimmt nicht').waitFor({ timeout: kOpenMs });
  assert.match(await body(page), /The passphrase is wrong, or the file is damaged/);
  assert.ok(!(await body(page)).includes('Muster'));
  await holds(page, 'refused');

  await page.locator('#passphrase').fill(kPassphrase);
  await page.keyboard.press('Enter');
  await page.locator('#content h1').waitFor({ timeout: kOpenMs });
  const german = await body(page);
  for (const word of ['Paket für den Schalter: Haus', 'Erika <b>Muster', '08:30',
    'Fahrzeug zulassen', 'Annahme auf Papier', 'nur mit Ausweis', 'Datenbank',
    'Ansage für das Telefon', 'Unsere IT ist gestört']) {
    assert.ok(german.includes(word), `${word} is not in\n${german}`);
  }
  assert.match(german, /H-\d{6}-00\d/, 'a form has its number');
  await holds(page, 'open');
  assert.equal(await page.evaluate(() => document.activeElement.tagName), 'H1');

  await page.getByRole('button', { name: 'English' }).click();
  assert.match(await body(page), /Counter pack: House/);
  assert.equal(await page.evaluate(() => document.documentElement.lang), 'en');
  await holds(page, 'in English');

  const printed = join(folder, 'printed.pdf');
  await page.pdf({ path: printed });
  const read = spawnSync('pdftotext', ['-layout', printed, '-']);
  assert.match(String(read.stdout), /Register a vehicle/);
  assert.ok(!String(read.stdout).includes('Passphrase'), 'the lock is not printed');
  none(complaints, 'console');
  assert.deepEqual(asked.filter((url) => url !== address && !url.startsWith('data:')), []);
  await page.close();
});

test('the handbook is a page for everybody in both languages', async () => {
  run('handbook', join(folder, 'handbook'));
  for (const [language, title] of [['de', 'Notfallhandbuch'], ['en', 'Emergency handbook']]) {
    const page = await browser.context.newPage();
    await page.goto(pathToFileURL(join(folder, 'handbook', `handbook.${language}.html`)).href);
    assert.equal(await page.title(), title);
    await holds(page, title);
    await page.close();
  }
});
