// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
//
// An outage from the first alarm to its evaluation, worked on by two people in two browsers, by
// keyboard alone, against the real program. The one who leads reads German, the press office
// English. DIENSTBEREIT names the program.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { startChromium } from './servers.mjs';

const kProgram =
  process.env.DIENSTBEREIT ??
  new URL('../../build/release/dienstbereit', import.meta.url).pathname;
const kPassword = 'vier alte grüne kannen';
const kPatienceMs = 30_000;
const kTabsMax = 400;

// A database that answers over HTTP until it is pulled.
function database() {
  const server = createServer((_, answer) => answer.end('ready'));
  const listen = (port) => new Promise((done) => server.listen(port, '127.0.0.1', done));
  return {
    start: async () => {
      await listen(0);
      return server.address().port;
    },
    pull: () =>
      new Promise((done) => {
        server.close(done);
        server.closeAllConnections();
      }),
    plugIn: (port) => listen(port),
  };
}

const district = (port) => `
administration: {name: {de: Kreis Test, en: Test District}, ags: "05999", second_approval: true}
sites: [{id: H, name: {de: Haus, en: House}}]
offices:
  - {id: KFZ, name: {de: Zulassung, en: Registration}, sites: [H], hours: "Mo-Su 00:00-23:59"}
services:
  - {id: Z, name: {de: Zulassen, en: Register}, kind: counter, offered: KFZ, needs: DB}
components:
  - id: DB
    name: {de: Datenbank, en: Database}
    probes:
      - {kind: http, url: "http://127.0.0.1:${port}/", proves: works, every: 2 s, timeout: 1 s}
crews:
  - {id: it, name: {de: Technik, en: Technicians}, size: 2, on_call: true}
`;

// One person at one keyboard.
class Person {
  constructor(page, origin) {
    this.page = page;
    this.origin = origin;
  }
  open(path) {
    return this.page.goto(`${this.origin}${path}`);
  }
  text() {
    return this.page.evaluate(() => document.body.innerText);
  }
  async sees(text) {
    assert.ok((await this.text()).includes(text), `"${text}" is not on ${this.page.url()}:\n` +
      (await this.text()));
  }
  // Loads the page again until it says so.
  async waitsFor(text) {
    const until = Date.now() + kPatienceMs;
    while (Date.now() < until) {
      await this.page.reload();
      if ((await this.text()).includes(text)) return;
    }
    assert.fail(`"${text}" did not come:\n${await this.text()}`);
  }
  // The Tab key, until what has the focus fits.
  async tabTo(selector) {
    for (let i = 0; i < kTabsMax; ++i) {
      await this.page.keyboard.press('Tab');
      const there = await this.page.evaluate(
        (wanted) => document.activeElement?.matches(wanted) ?? false, selector);
      if (there) return;
    }
    assert.fail(
      `the keyboard does not reach ${selector} on ${this.page.url()}:\n${await this.text()}`);
  }
  async tabToLink(href) {
    await this.tabTo(`a[href^="${href}"]`);
  }
  async go(key = 'Enter') {
    await Promise.all([this.page.waitForNavigation(), this.page.keyboard.press(key)]);
  }
  async follow(href) {
    await this.tabToLink(href);
    await this.go();
  }
  async type(selector, text) {
    await this.tabTo(selector);
    await this.page.keyboard.press('Control+A');
    await this.page.keyboard.type(text);
  }
  // A radio button of the group that has the focus; arrows choose.
  async choose(name, value) {
    await this.tabTo(`input[name="${name}"]`);
    for (let i = 0; i < 10; ++i) {
      const now = await this.page.evaluate(
        () => document.activeElement.checked && document.activeElement.value);
      if (now === value) return;
      await this.page.keyboard.press(i === 0 && !now ? 'Space' : 'ArrowDown');
    }
    assert.fail(`${name} cannot be set to ${value}`);
  }
  async unfold(id) {
    await this.tabTo(`details:has(#${id}) > summary`);
    await this.page.keyboard.press('Enter');
  }
  async send(id) {
    await this.tabTo(`#${id} button`);
    await this.go();
  }
  async logIn(link, login, name) {
    await this.open(link);
    if (name) {
      await this.type('[name="name"]', name);
      await this.type('[name="login"]', login);
    }
    await this.type('[name="password"]', kPassword);
    await this.type('[name="again"]', kPassword);
    await this.go();
    await this.type('[name="login"]', login);
    await this.type('[name="password"]', kPassword);
    await this.go();
  }
}

let folder;
let program;
let output = '';
let db;
let dbPort;
let browsers;
let lead;
let press;

// Waits until the program has printed it.
function printed(pattern) {
  return new Promise((found, missing) => {
    const late = setTimeout(
      () => missing(new Error(`${pattern} was not printed:\n${output}`)), kPatienceMs);
    const look = () => {
      const match = pattern.exec(output);
      if (!match) return;
      clearTimeout(late);
      found(match[1]);
    };
    for (const stream of [program.stdout, program.stderr]) stream.on('data', look);
    look();
  });
}

before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'dienstbereit-two-'));
  db = database();
  dbPort = await db.start();
  writeFileSync(join(folder, 'district.yaml'), district(dbPort));
  program = spawn(kProgram, ['serve', join(folder, 'district.yaml'), '--data',
    join(folder, 'data'), '--listen', '127.0.0.1:0'], { stdio: ['ignore', 'pipe', 'pipe'] });
  for (const stream of [program.stdout, program.stderr]) {
    stream.setEncoding('utf8');
    stream.on('data', (text) => (output += text));
  }
  const link = await printed(/(http:\S+\/operate\/link\/[\w-]+)/);
  const origin = new URL(link).origin;
  browsers = [await startChromium(), await startChromium()];
  const pages = await Promise.all(browsers.map(({ context }) => context.newPage()));
  [lead, press] = pages.map((page) => new Person(page, origin));
  await lead.logIn(new URL(link).pathname, 'leitung', 'Leitung');
});
after(async () => {
  for (const browser of browsers ?? []) await browser.stop();
  if (program?.exitCode === null) {
    const ended = new Promise((done) => program.once('exit', done));
    program.kill('SIGTERM');
    await ended;
  }
  await db?.pull();
  rmSync(folder, { recursive: true, force: true });
});

test('from the first alarm to the evaluation', async (t) => {
  await t.test('the lead lets the press office in', async () => {
    await lead.sees('Was ist gestört?');
    await lead.follow('/operate/accounts');
    await lead.type('#add-login', 'presse');
    await lead.type('#add-name', 'Pressestelle');
    for (const role of ['operate', 'press']) {
      await lead.tabTo(`#add-role-${role}`);
      await lead.page.keyboard.press('Space');
    }
    await lead.send('add');
    const link = await lead.page.evaluate(
      () => /\/operate\/link\/[\w-]+/.exec(document.body.innerText)[0]);
    await press.logIn(`${link}?lang=en`, 'presse');
    await press.tabTo('#language button');
    await press.go();
    await press.sees('What is broken?');
  });

  await t.test('the database goes, and a first word is out after two taps', async () => {
    await db.pull();
    await lead.open('/operate/');
    await lead.waitsFor('Gestörte Komponenten');
    await press.open('/operate/');
    await press.follow('/operate/holding');
    await press.send('holding');
    await press.sees('published');
    await press.open('/en/');
    await press.sees('Next information');
  });

  await t.test('the incident gets a lead, a note and a hand-over', async () => {
    await lead.open('/operate/');
    await lead.follow('/operate/incident/incident-1');
    await lead.unfold('edit');
    await lead.type('#edit-trigger_de', 'Überspannung');
    await lead.tabTo('#edit-lead-me');
    await lead.page.keyboard.press('Space');
    await lead.send('edit');
    await lead.sees('Überspannung');
    await lead.choose('kind', 'hand_over');
    await lead.type('#note-text', 'Die Technik ist gerufen.');
    await lead.tabTo('#note-to');
    await lead.page.keyboard.type('Pressestelle');
    await lead.send('note');
    await lead.sees('Übergabe der Schicht');
  });

  await t.test('a photo larger than any form is kept without its place', async () => {
    const segment = (marker, bytes) =>
      Buffer.concat([Buffer.from([0xff, marker, 0, bytes.length + 2]), Buffer.from(bytes)]);
    const start = Buffer.from([0xff, 0xd8]);
    const scan = Buffer.concat([segment(0xda, 'scan'), Buffer.alloc(300_000, 7),
      Buffer.from([0xff, 0xd9])]);
    const photo = Buffer.concat([start, segment(0xe1, 'GPS 51.25 N'), scan]);
    await lead.open('/operate/incident/incident-1');
    await lead.unfold('photo');
    await lead.page.setInputFiles('#photo-photo',
      { name: 'netzteil.jpg', mimeType: 'image/jpeg', buffer: photo });
    await lead.type('#photo-text', 'Das Netzteil');
    await lead.send('photo');
    await lead.sees('Das Netzteil');
    const source = await lead.page.evaluate(() => document.querySelector('img.photo').src);
    const kept = await lead.page.request.get(source);
    assert.equal(kept.headers()['content-type'], 'image/jpeg');
    assert.deepEqual(await kept.body(), Buffer.concat([start, scan]));
    const stranger = await fetch(source, { redirect: 'manual' });
    assert.equal(stranger.status, 303, 'who has not logged in is sent to the door');
  });

  await t.test('two who change one thing see each other', async () => {
    await press.open('/operate/incident/incident-1');
    await press.unfold('edit');
    await lead.open('/operate/incident/incident-1');
    await lead.unfold('edit');
    await lead.type('#edit-title_de', 'Ausfall der Datenbank');
    await lead.send('edit');
    await press.type('#edit-title_en', 'Database outage');
    await press.send('edit');
    await press.sees('changed meanwhile');
    await press.sees('Ausfall der Datenbank');
    const typed = await press.page.evaluate(() => document.querySelector('#edit-title_en').value);
    assert.equal(typed, 'Database outage');
  });

  await t.test('a cause is suspected, with evidence', async () => {
    await lead.open('/operate/causes/incident-1');
    await lead.unfold('cause');
    await lead.type('#cause-text_de', 'Überspannung im Stromnetz');
    await lead.send('cause');
    await lead.unfold('evidence-cause-1');
    await lead.type('#evidence-cause-1-text', 'Der Ableiter hat ausgelöst.');
    await lead.send('evidence-cause-1');
    await lead.sees('Der Ableiter hat ausgelöst.');
  });

  await t.test('the repair is planned, begun and looked ahead of', async () => {
    await lead.open('/operate/measures/incident-1');
    await lead.unfold('task');
    await lead.type('#task-title', 'Netzteil tauschen');
    await lead.tabTo('#task-node-DB');
    await lead.page.keyboard.press('Space');
    await lead.type('#task-effort_best', '1');
    await lead.type('#task-effort_likely', '2');
    await lead.type('#task-effort_worst', '4');
    await lead.send('task');
    await lead.send('task-1-started');
    await lead.sees('in Arbeit');
    await lead.type('#forecast-reason', 'Erste Lage');
    await lead.send('forecast');
    await lead.sees('forecast-1');
  });

  await t.test('tomorrow is decided, and decided anew', async () => {
    const reasons = { closed: 'Ersatzteil fehlt', normal: 'Ersatzteil ist da' };
    for (const [word, reason] of Object.entries(reasons)) {
      await lead.open('/operate/decisions');
      await lead.tabTo('input[name="place"][value="KFZ@H"]');
      await lead.page.keyboard.press('Space');
      await lead.tabTo('#decision-day');
      await lead.page.keyboard.press('ArrowDown');
      await lead.choose('word', word);
      await lead.type('#decision-reason', reason);
      await lead.send('decision');
      await lead.sees(reason);
    }
    await lead.sees('decision-2');
  });

  await t.test('a text is drafted by one, approved by the other, and published', async () => {
    await press.open('/operate/statements');
    await press.follow('/operate/draft/short');
    await press.send('statement');
    await press.sees('Another person must approve the text.');
    await lead.open('/operate/statements');
    await lead.follow('/operate/statement/statement-2');
    await lead.send('approved');
    await lead.sees('freigegeben');
    await press.page.reload();
    await press.send('published');
    await press.sees('published');
  });

  await t.test('the database is back, and the incident ends with its evaluation', async () => {
    await db.plugIn(dbPort);
    await lead.open('/operate/measures/incident-1');
    await lead.send('task-1-done');
    await lead.open('/operate/incident/incident-1');
    await lead.waitsFor('Dienste wieder da, Vorfall offen');
    await lead.unfold('end');
    await lead.type('#end-went_well', 'Die erste Meldung war schnell draußen.');
    await lead.type('#end-improvements', 'Ein zweites Netzteil.');
    await lead.send('end');
    await lead.sees('abgeschlossen');
    await lead.sees('Ein zweites Netzteil.');
    await press.open('/operate/log/incident-1');
    for (const what of ['incident opened', 'note', 'task moved on', 'forecast', 'phase changed']) {
      await press.sees(what);
    }
  });
});
