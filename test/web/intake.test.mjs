// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
//
// Three counters take 500 cases while the server is gone and their browsers are killed; afterwards
// the office has each of them once. Real Chromium, the real program, the pages as they are shipped.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { axe, kAxe, layout, spread, targets } from './checks.mjs';
import { Counter, eventually } from './counters.mjs';
import { startHouse } from './intake_house.mjs';

const kCases = 500;
const kPlanted = 'Zwetschgenwasser'; // in every name: must be found nowhere in clear

let house;
let counters;
let halves;
const typed = new Map(); // name -> receipt number

before(async () => {
  house = await startHouse();
  counters = [1, 2, 3].map(() => new Counter(`${house.origin}/intake/`));
  await Promise.all(counters.map((counter) => counter.start()));
});
after(async () => {
  await Promise.all((counters ?? []).map((counter) => counter.stop()));
  await house?.stop();
});

const person = (number) => ({
  ...house.values, [house.nameField]: `${kPlanted} ${String(number).padStart(3, '0')}`,
});
const people = (from, to) => Array.from({ length: to - from }, (_, i) => person(from + i));

async function enters(counter, cases) {
  const numbers = await counter.enter(house.service, cases);
  cases.forEach((one, i) => typed.set(one[house.nameField], numbers[i]));
}

// What must hold of every state of the page, also narrow (400 % of 1280), in both looks.
async function holds(page, state) {
  await page.evaluate(kAxe);
  const faults = [];
  for (const colorScheme of ['light', 'dark']) {
    await page.emulateMedia({ colorScheme });
    faults.push(...(await axe(page)).map((fault) => `${colorScheme}: ${fault}`));
  }
  await page.emulateMedia({ colorScheme: null });
  await page.setViewportSize({ width: 320, height: 640 });
  faults.push(...(await layout(page)), ...(await targets(page)));
  await spread(page);
  faults.push(...(await layout(page)).map((fault) => `spread: ${fault}`));
  await page.evaluate(() => (document.adoptedStyleSheets = []));
  await page.setViewportSize({ width: 1000, height: 800 });
  assert.deepEqual(faults, [], state);
}

async function giveHalves(page) {
  for (const which of [1, 2]) {
    for (const [i, line] of halves[which - 1].entries()) {
      await page.fill(`#half-${which}-${i}`, line);
    }
  }
  await page.click('.halves button[type=submit]');
}

// The files below `folder` that hold `text`, one a line.
function found(text, folder) {
  try {
    return execFileSync('grep', ['-rlaF', '--', text, folder]).toString();
  } catch (error) {
    if (error.status === 1) return '';
    throw error;
  }
}

test('three counters, 500 cases, no server, killed browsers', async (t) => {
  await t.test('two people make the office\'s key, in two halves on paper', async () => {
    const page = house.office;
    await page.goto(`${house.origin}/intake/office`);
    await page.click('.tab >> nth=2');
    await page.selectOption('#key-office', house.officeId);
    await page.click('form button[type=submit]');
    await page.waitForSelector('.half');
    halves = await page.$$eval('.half', (sheets) =>
      sheets.map((sheet) => [...sheet.querySelectorAll('li')].map((line) => line.textContent)));
    await holds(page, 'sheets');
    await page.click('.go-on');
    await page.fill('#half-1-2', '123456789');
    await page.waitForSelector('#half-1-2-error');
    await holds(page, 'halves with a wrong line');
    await giveHalves(page);
    await page.waitForSelector('.done');
    const { second } = house;
    await second.goto(`${house.origin}/intake/office`);
    await second.click('.tab >> nth=2');
    await second.click('td button');
    await eventually(async () => (await second.locator('td button').count()) === 0, 'the key');
    await holds(second, 'keys');
  });

  await t.test('a counter is enrolled with a code', async () => {
    const [first] = counters;
    await first.page.waitForSelector('#code');
    await holds(first.page, 'enrolment');
    await first.page.fill('#code', 'ABC');
    await first.page.keyboard.press('Enter');
    await first.page.waitForSelector('#code-error');
    await holds(first.page, 'enrolment with a wrong code');
    for (const counter of counters) await counter.enrol(await house.code());
    await eventually(() => first.page.evaluate(() => !!navigator.serviceWorker.controller),
      'the service worker');
    await first.sees('Verbunden.');
    await holds(first.page, 'services');
  });

  await t.test('a case by keyboard alone, with mistakes that are explained', async () => {
    const [{ page }, counter] = [counters[0], counters[0]];
    await counter.tabTo('.service:not(:disabled)');
    await page.keyboard.press('Enter');
    await page.waitForSelector('form.case');
    assert.equal(await page.evaluate(() => document.activeElement.tagName), 'H1');
    await holds(page, 'form');
    await counter.type('#f-vin', 'WVWZZZ1JZIW000001');
    await counter.tabTo('.go');
    await page.keyboard.press('Enter');
    await page.waitForSelector('.summary');
    assert.ok(await page.evaluate(() => document.activeElement.matches('.summary')));
    await counter.sees('enthält nie I, O oder Q');
    await holds(page, 'form with mistakes');
    await counter.tabTo('.summary a[href="#f-vin"]');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Control+A');
    await page.keyboard.type(person(0).vin);
    await page.evaluate(() => document.querySelector('h1').focus());
    for (const [id, value] of Object.entries(person(0))) {
      if (id === 'vin') continue;
      if (await page.locator(`#f-${id}[type=radio]`).count()) {
        await counter.tabTo(`input[name="f-${id}"]`);
        await page.keyboard.press('Space');
      } else await counter.type(`#f-${id}`, value);
    }
    await counter.tabTo('input[type=checkbox]');
    await page.keyboard.press('Space');
    await counter.tabTo('.go');
    await page.keyboard.press('Enter');
    await page.waitForSelector('.seal');
    await holds(page, 'review');
    await counter.tabTo('.seal');
    await page.keyboard.press('Enter');
    await page.waitForSelector('.receipt');
    await holds(page, 'receipt');
    typed.set(person(0)[house.nameField], await page.textContent('.receipt-number'));
    await counter.tabTo('.next');
    await page.keyboard.press('Enter');
    await page.waitForSelector('.service');
    await counter.sees('Kein Fall wartet');
  });

  await t.test('the network is cut, and cases are taken all the same', async () => {
    await house.cut();
    await Promise.all(
      counters.map((counter, i) => enters(counter, people(1 + i * 90, 91 + i * 90))));
    for (const counter of counters) {
      await counter.sees('Ohne Netz.');
      await counter.sees('90 Fälle warten');
      assert.ok(!counter.complaints.join().includes(kPlanted));
    }
  });

  await t.test('browsers are killed in the midst of a case, and nothing is lost', async () => {
    for (const { page } of counters) {
      await page.click('.service:not(:disabled)');
      await page.fill(`#f-${house.nameField}`, `${kPlanted} angefangen`);
      await eventually(
        async () => (await page.textContent('.saved')).includes('Auf diesem Rechner'), 'saved');
    }
    await Promise.all(counters.map((counter) => counter.kill()));
    await Promise.all(counters.map((counter) => counter.start()));
    for (const counter of counters) {
      await counter.page.waitForSelector('.draft');
      await counter.sees('90 Fälle warten');
    }
    await holds(counters[0].page, 'services, a draft, no network');
    for (const { page } of counters) {
      await page.click('.draft');
      assert.equal(await page.inputValue(`#f-${house.nameField}`), `${kPlanted} angefangen`);
      await page.click('.discard');
      await page.click('.danger');
      await page.waitForSelector('.service');
      assert.equal(await page.locator('.draft').count(), 0);
    }
  });

  await t.test('the rest is taken, the network is back, a browser dies sending', async () => {
    const [one, two, three] = counters;
    await Promise.all([
      enters(one, people(271, 349)), enters(two, people(349, 426)), enters(three, people(426, 500)),
    ]);
    assert.equal(typed.size, kCases);
    assert.equal(new Set(typed.values()).size, kCases);
    const sending = two.page.waitForRequest((asked) => asked.url().endsWith('/records'));
    await house.back();
    for (const { page } of counters) {
      await page.evaluate(() => dispatchEvent(new Event('online')));
    }
    await sending;
    await two.kill();
    await two.start();
    for (const counter of counters) await counter.sees('Kein Fall wartet');
  });

  await t.test('a new version of the page waits until no case is open', async () => {
    const { page } = counters[0];
    await page.click('.service:not(:disabled)');
    await page.fill(`#f-${house.nameField}`, 'x');
    await house.cut();
    house.release();
    await house.back();
    await page.evaluate(async () => (await navigator.serviceWorker.ready).update().then(() => 1));
    const waiting = () => page.evaluate(
      async () => (await navigator.serviceWorker.ready).waiting?.state === 'installed');
    await eventually(waiting, 'the new version');
    assert.equal(await page.inputValue(`#f-${house.nameField}`), 'x');
    await page.click('.discard');
    await page.click('.danger');
    await eventually(async () => !(await waiting().catch(() => true)), 'taking over');
    await page.waitForSelector('.service');
  });

  await t.test('the receipt is printed on A6 and A4, and can be shown again', async () => {
    const [{ page }] = counters;
    await page.click('.row .plain-button');
    const number = await page.textContent('.receipt-number');
    await page.evaluate(() => (globalThis.print = () => undefined));
    for (const [button, size] of [[1, '297.* x 419'], [2, '(298|297).* x (419|420)']]) {
      await page.click(`.actions .plain-button >> nth=${button - 1}`);
      const file = join(house.folder, `receipt-${button}.pdf`);
      writeFileSync(file, await page.pdf({ preferCSSPageSize: true }));
      assert.ok(execFileSync('pdftotext', [file, '-']).toString().includes(number));
      const about = execFileSync('pdfinfo', [file]).toString();
      assert.match(about, /Pages: +1\n/);
      assert.match(about, button === 1 ? /A4/ : new RegExp(size));
    }
    await page.click('.next');
  });

  await t.test('the office opens each case once, with what was typed', async () => {
    const page = house.office;
    await page.goto(`${house.origin}/intake/office`);
    await page.waitForSelector('.records');
    await holds(page, 'list, closed');
    await page.click('.enter');
    await giveHalves(page);
    await page.waitForSelector('#export');
    while (await page.locator('.more').count()) {
      const shown = await page.locator('.records tbody tr').count();
      await page.click('.more');
      await eventually(
        async () => (await page.locator('.records tbody tr').count()) > shown, 'more');
    }
    const [download] = await Promise.all([page.waitForEvent('download'), page.click('.json')]);
    const { cases } = JSON.parse(readFileSync(await download.path(), 'utf8'));
    assert.equal(cases.length, kCases);
    assert.deepEqual(
      cases.map((one) => [one.fields[house.nameField], one.receipt]).sort(),
      [...typed].sort());
    const [table] = await Promise.all([page.waitForEvent('download'), page.click('.csv')]);
    assert.equal(readFileSync(await table.path(), 'utf8').split('\r\n').length, kCases + 2);
  });

  await t.test('a case taken twice is seen beside the first, and a person decides', async () => {
    const { office: page } = house;
    const [counter] = counters;
    const [again] = await counter.enter(house.service, [person(0)]);
    await counter.sees('Kein Fall wartet');
    await page.click('.tab >> nth=0');
    await page.click(`[aria-label$="${typed.get(person(0)[house.nameField])}"]`);
    await page.waitForSelector('.twin');
    await holds(page, 'a case and its twin');
    await page.click('.twin');
    await page.waitForSelector('.done');
    await page.click('.back button');
    await page.selectOption('#state', 'duplicate');
    await page.waitForSelector(`[aria-label$="${again}"]`);
    await page.selectOption('#state', 'recorded');
  });

  await t.test('one enters a case, another confirms it', async () => {
    const { office: page, second } = house;
    const number = typed.get(person(0)[house.nameField]);
    await page.click(`[aria-label$="${number}"]`);
    await page.click('.check-it');
    await page.waitForSelector('#file-number');
    await page.press('#file-number', 'Enter');
    await page.waitForSelector('#file-number-error');
    await page.fill('#file-number', 'AZ 1/2026');
    await page.press('#file-number', 'Enter');
    await page.waitForSelector('.confirm-it');
    await holds(page, 'a case that is entered');
    await second.click('.tab >> nth=0');
    await second.selectOption('#state', 'entered');
    await second.click(`[aria-label$="${number}"]`);
    await second.click('.confirm-it');
    await second.waitForSelector('.done');
    assert.equal(await second.locator('.sheet').count(), 0, 'confirming opens nothing');
  });

  await t.test('nothing typed lies in clear on the server or in a counter\'s browser', async () => {
    const { act, name, ...others } = house.values; // the one is a choice, the other is empty
    const planted = [kPlanted, ...Object.values(others), '1981-11-23'];
    const numbers = [348, 425, 499].map((last) => typed.get(person(last)[house.nameField]));
    for (const counter of counters) await counter.kill();
    // First that a search finds what must be there, in each of the places.
    const stored = found(typed.get(person(0)[house.nameField]), house.data);
    assert.match(stored, /\/intake\.db/);
    assert.match(found('intake_noted', house.data), /\/journal\.db/);
    for (const [i, counter] of counters.entries()) {
      assert.notEqual(found(numbers[i], counter.profile), '', `${numbers[i]} in the browser`);
    }
    const [journal, log] = [house.journal(), house.log()];
    assert.match(journal, /intake_noted/);
    assert.match(log, /operate\/link/);
    for (const text of planted) {
      for (const folder of [house.folder, ...counters.map((counter) => counter.profile)]) {
        assert.equal(found(text, folder), '', `${text} in ${folder}`);
      }
      assert.ok(!journal.includes(text), `${text} in the journal`);
      assert.ok(!log.includes(text), `${text} in the log`);
    }
  });
});
