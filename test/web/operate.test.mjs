// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
//
// Every operator page in both languages in Debian's Chromium: axe-core, targets and layout, light
// and dark, wide and as on a telephone. serve_states lets two sessions in.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { axe, contrast, kAxe, layout, targets } from './checks.mjs';
import { startChromium, startServers } from './servers.mjs';

const kSizes = [{ width: 1280, height: 900 }, { width: 320, height: 640 }];
const kSessions = { de: 'session-de', en: 'session-en' };
const kInside = ['/operate/', '/operate/account', '/operate/accounts', '/operate/audit',
  '/operate/accounts/u-de', '/operate/nothing', '/operate/incidents', '/operate/states',
  '/operate/decisions', '/operate/statements', '/operate/messages',
  '/operate/incident/incident-1', '/operate/incident/incident-2', '/operate/causes/incident-1',
  '/operate/measures/incident-1', '/operate/measures/incident-1/task-1', '/operate/log/incident-1',
  '/operate/repairs/incident-1', '/operate/chances/incident-1', '/operate/timeline/incident-1',
  '/operate/first/incident-1', '/operate/scores/incident-2',
  '/operate/why/A1@S1', '/operate/first/incident-1', '/operate/scores/incident-2',
  '/operate/statement/statement-1', '/operate/statement/statement-2', '/operate/draft/press',
  '/operate/holding'];
const kOutside = ['/operate/login', '/operate/emergency', '/operate/link/setup',
  '/operate/link/reset', '/operate/link/gone'];

let servers;
let browser;
let origin;
before(async () => {
  servers = await startServers();
  browser = await startChromium();
  await browser.context.addInitScript(kAxe);
  origin = `http://127.0.0.1:${servers.states.get('recorded').port}`;
});
after(async () => {
  await browser?.stop();
  await servers?.stop();
});

const none = (faults, where) => assert.ok(faults.length === 0, `${where}: ${faults.join('; ')}`);

async function enter(token) {
  await browser.context.clearCookies();
  if (!token) return;
  await browser.context.addCookies([
    { name: 'dienstbereit-session', value: token, domain: '127.0.0.1', path: '/', httpOnly: true },
  ]);
}

// What is folded away is looked at too.
async function holds(page, where) {
  await page.evaluate(() => {
    for (const one of document.querySelectorAll('details')) one.open = true;
  });
  for (const colorScheme of ['light', 'dark']) {
    await page.emulateMedia({ colorScheme });
    for (const size of kSizes) {
      await page.setViewportSize(size);
      const how = `${where} ${colorScheme} ${size.width} px`;
      none(await axe(page), how);
      none(await contrast(page), how);
      none(await targets(page), how);
      none(await layout(page), how);
    }
  }
}

async function onPage(body) {
  const page = await browser.context.newPage();
  try {
    await body(page);
  } finally {
    await page.close();
  }
}

test('pages before the login', async () => {
  await onPage(async (page) => {
    await enter('');
    for (const path of kOutside) {
      for (const language of ['de', 'en']) {
        await page.goto(`${origin}${path}?lang=${language}`);
        assert.equal(await page.evaluate(() => document.documentElement.lang), language, path);
        await holds(page, `${path} ${language}`);
      }
    }
  });
});

for (const [language, token] of Object.entries(kSessions)) {
  test(`pages behind the login, ${language}`, async () => {
    await onPage(async (page) => {
      await enter(token);
      for (const path of kInside) {
        await page.goto(`${origin}${path}`);
        assert.equal(await page.evaluate(() => document.documentElement.lang), language, path);
        await holds(page, `${path} ${language}`);
      }
    });
  });
}

test('a form is filled in and sent by keyboard alone', async () => {
  await onPage(async (page) => {
    await enter(kSessions.de);
    await page.goto(`${origin}/operate/account`);
    await page.focus('#totp-current');
    await page.keyboard.type('the present password');
    await page.keyboard.press('Enter');
    await page.waitForSelector('.qr');
    await holds(page, 'set-up of the second factor');
  });
});
