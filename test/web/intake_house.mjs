// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
//
// The program with emergency intake turned on and the built pages, two people with accounts, and a
// way to cut it off and bring it back. DIENSTBEREIT names the program, CONSOLE the built pages.
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import {
  appendFileSync, copyFileSync, cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startChromium } from './servers.mjs';

const here = (path) => new URL(path, import.meta.url).pathname;
const kProgram = process.env.DIENSTBEREIT ?? here('../../build/release/dienstbereit');
const kConsole = process.env.CONSOLE ?? here('../../build/console');
const kForm = here('../../examples/musterkreis/district/forms/fahrzeug.yaml');
const kPassword = 'vier alte grüne kannen';
const kPatienceMs = 30_000;
const kText = { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 };

const kDistrict = `
administration: {name: {de: Kreis Test, en: Test District}, ags: "05999"}
sites: [{id: S3, name: {de: Nebenstelle Süd, en: Southern branch}}]
offices:
  - {id: KFZ, name: {de: Zulassung, en: Registration}, sites: [S3], hours: "Mo-Fr 08:00-16:00"}
services:
  - {id: Z, name: {de: Fahrzeug zulassen, en: Register}, kind: counter, offered: KFZ, needs: DB}
components: [{id: DB, name: {de: Datenbank, en: Database}}]
intake:
  services:
    - service: Z
      form: fahrzeug
      what_next: {de: Wir rufen Sie an., en: We call you.}
`;

class Program {
  output = ''; // of all its starts

  constructor(folder) {
    this.folder = folder;
    this.address = '127.0.0.1:0';
  }

  // Until it prints what matches `pattern`; gives the match.
  async start(pattern) {
    const before = this.output.length;
    this.process = spawn(kProgram, [
      'serve', join(this.folder, 'district'), '--data', join(this.folder, 'data'), '--listen',
      this.address, '--console', join(this.folder, 'console'),
    ], { stdio: ['ignore', 'pipe', 'pipe'] });
    this.ended = new Promise((done) => this.process.once('exit', done));
    return new Promise((found, missing) => {
      const late = setTimeout(
        () => missing(new Error(`${pattern} was not printed:\n${this.output}`)), kPatienceMs);
      const look = (text) => {
        this.output += text;
        const match = pattern.exec(this.output.slice(before));
        if (!match) return;
        clearTimeout(late);
        found(match[1]);
      };
      for (const stream of [this.process.stdout, this.process.stderr]) {
        stream.setEncoding('utf8');
        stream.on('data', look);
      }
    });
  }

  async kill(signal) {
    if (this.process?.exitCode !== null || this.process.signalCode !== null) return;
    this.process.kill(signal);
    await this.ended;
  }
}

// Sets the password behind a one-time link, and logs in with it.
async function logIn(page, link, login, name) {
  await page.goto(link);
  if (name) {
    await page.fill('[name="name"]', name);
    await page.fill('[name="login"]', login);
  }
  await page.fill('[name="password"]', kPassword);
  await page.fill('[name="again"]', kPassword);
  await Promise.all([page.waitForNavigation(), page.press('[name="again"]', 'Enter')]);
  await page.fill('[name="login"]', login);
  await page.fill('[name="password"]', kPassword);
  await Promise.all([page.waitForNavigation(), page.press('[name="password"]', 'Enter')]);
}

async function addColleague(page, origin, login, roles) {
  await page.goto(`${origin}/operate/accounts`);
  await page.fill('#add-login', login);
  await page.fill('#add-name', login);
  for (const role of roles) await page.check(`#add-role-${role}`);
  await Promise.all([page.waitForNavigation(), page.click('#add button')]);
  return page.evaluate(() => /\/operate\/link\/[\w-]+/.exec(document.body.innerText)[0]);
}

// What the page of somebody who is logged in may ask of the API.
function asks(page, method, path, body) {
  return page.evaluate(async ([method, path, body]) => {
    const answer = await fetch(`/api/v1/intake${path}`, {
      method,
      headers: { 'Content-Type': 'application/json' },
      body: body && JSON.stringify(body),
    });
    return { status: answer.status, body: await answer.json() };
  }, [method, path, body]);
}

export async function startHouse() {
  const folder = mkdtempSync(join(tmpdir(), 'dienstbereit-intake-'));
  mkdirSync(join(folder, 'district', 'forms'), { recursive: true });
  writeFileSync(join(folder, 'district', 'district.yaml'), kDistrict);
  copyFileSync(kForm, join(folder, 'district', 'forms', 'fahrzeug.yaml'));
  cpSync(kConsole, join(folder, 'console'), { recursive: true });
  const program = new Program(folder);
  const link = await program.start(/(http:\S+\/operate\/link\/[\w-]+)/);
  const { origin, host } = new URL(link);
  program.address = host;
  const browsers = [await startChromium(), await startChromium()];
  const [office, second] = await Promise.all(browsers.map(({ context }) => context.newPage()));
  await logIn(office, link, 'leitung', 'Leitung');
  const roles = ['operate', 'personal_data', 'administer'];
  await logIn(second, origin + (await addColleague(office, origin, 'zweite', roles)), 'zweite');
  let counter = 0;
  return {
    origin, folder, office, second, officeId: 'KFZ', service: 'Fahrzeug zulassen',
    data: join(folder, 'data'),
    log: () => program.output,
    // Everything that happened, in words.
    journal: () => execFileSync(kProgram, ['journal', 'export', join(folder, 'data')], kText),
    nameField: 'name',
    values: {
      act: 'new', name: '', birth_date: '23.11.1981', birth_place: 'Wanne-Eickel',
      address: 'Am Ufer 1', phone: '+49 2131 12345', vin: 'WVWZZZ1JZXW000001', evb: 'A1B2C3D',
      iban: 'DE89370400440532013000',
    },
    async code() {
      const made = await asks(second, 'POST', '/devices', { site: 'S3', counter: ++counter });
      assert.equal(made.status, 200, JSON.stringify(made.body));
      return made.body.code;
    },
    // A new version of the pages, from the next start on.
    release: () => appendFileSync(join(folder, 'console', 'sw.js'), '// newer\n'),
    cut: () => program.kill('SIGKILL'),
    back: () => program.start(/(http:\/\/\S+)/),
    async stop() {
      for (const browser of browsers) await browser.stop();
      await program.kill('SIGTERM');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
