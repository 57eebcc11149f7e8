// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
//
// Every page in every state in Debian's Chromium: axe-core with every rule on, light and dark, and
// reflow at 320 CSS pixels, which is a window of 1280 at 400 % zoom (WCAG 1.4.10).
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { after, before, test } from 'node:test';
import { startChromium, startServers } from './servers.mjs';

const kAxe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const kTags = [
  'wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa', 'EN-301-549',
  'best-practice',
];
const kPaths = ['/', '/en/', '/amt/A1', '/en/office/A1', '/amt/A9', '/standort/S1', '/en/site/S2'];
const kPhone = { width: 320, height: 640 };
const kDesktop = { width: 1280, height: 900 };
const kPageBytesMax = 60_000;

let servers;
let browser;
before(async () => {
  servers = await startServers();
  browser = await startChromium();
});
after(async () => {
  await browser?.stop();
  await servers?.stop();
});

async function axe(page, where) {
  const results = await page.evaluate((tags) => globalThis.axe.run({ runOnly: tags }), kTags);
  const faults = results.violations.map(
    (one) => `${one.id}: ${one.help} at ${one.nodes.map((node) => node.target).join(', ')}`,
  );
  assert.deepEqual(faults, [], where);
}

async function reflows(page, where) {
  const wide = await page.evaluate(() => {
    const room = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= room) return [];
    return [...document.querySelectorAll('body *')]
      .filter((one) => one.getBoundingClientRect().right > room)
      .map((one) => `${one.tagName}.${one.className}: ${one.textContent.slice(0, 60)}`);
  });
  assert.deepEqual(wide, [], `${where} must not scroll sideways`);
}

// Targets of at least 24 by 24, but for links within a sentence (WCAG 2.5.8).
async function targets(page, where) {
  const small = await page.evaluate(() =>
    [...document.querySelectorAll('a, summary')]
      .filter((one) => one.className !== 'skip')
      .map((one) => ({ text: one.textContent, box: one.getBoundingClientRect() }))
      .filter(({ box }) => box.width > 0 && (box.height < 24 || box.width < 24))
      .map(({ text, box }) => `${text}: ${box.width} x ${box.height}`),
  );
  assert.deepEqual(small, [], where);
}

async function open(page, address) {
  const errors = [];
  page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
  const answer = await page.goto(address);
  if (answer.status() === 200) {
    assert.deepEqual(errors, [], address);
    assert.ok((await answer.body()).length <= kPageBytesMax, `${address} is too large`);
  }
}

async function holds(page, where, address) {
  await page.emulateMedia({ colorScheme: 'light' });
  await page.setViewportSize(kDesktop);
  await open(page, address);
  await page.evaluate(() =>
    document.querySelectorAll('details').forEach((one) => (one.open = true)),
  );
  await axe(page, `${where} light`);
  await targets(page, where);
  await page.setViewportSize(kPhone);
  await axe(page, `${where} 320 px`);
  await reflows(page, where);
  await page.emulateMedia({ colorScheme: 'dark' });
  await axe(page, `${where} 320 px dark`);
  await page.setViewportSize(kDesktop);
  await axe(page, `${where} dark`);
}

test('every page in every state passes axe, light and dark, wide and at 320 pixels', async (t) => {
  for (const [state, { port }] of servers.states) {
    await t.test(state, async () => {
      const page = await browser.context.newPage();
      // The policy of our pages admits no script; axe is put in by the debugger instead.
      await page.addInitScript(kAxe);
      for (const path of kPaths) {
        await holds(page, `${state} ${path}`, `http://127.0.0.1:${port}${path}`);
      }
      await page.close();
    });
  }
});

test('an error page passes axe too', async () => {
  const page = await browser.context.newPage();
  await page.addInitScript(kAxe);
  for (const path of ['/amt/missing', '/en/office/missing']) {
    await holds(page, path, `http://127.0.0.1:${servers.states.get('normal').port}${path}`);
  }
  await page.close();
});

test('the first key press reaches the skip link, and focus shows', async () => {
  const page = await browser.context.newPage();
  await page.goto(`http://127.0.0.1:${servers.states.get('mixed').port}/`);
  await page.keyboard.press('Tab');
  const focused = await page.evaluate(() => ({
    text: document.activeElement.textContent,
    left: document.activeElement.getBoundingClientRect().left,
    outline: getComputedStyle(document.activeElement).outlineStyle,
  }));
  assert.equal(focused.text, 'Zum Inhalt springen');
  assert.ok(focused.left >= 0);
  assert.notEqual(focused.outline, 'none');
  await page.keyboard.press('Enter');
  assert.match(page.url(), /#inhalt$/);
  await page.close();
});

test('without colour each state is still told by word and shape', async () => {
  const page = await browser.context.newPage();
  await page.goto(`http://127.0.0.1:${servers.states.get('mixed').port}/`);
  const states = await page.evaluate(() =>
    [...document.querySelectorAll('.legend .s')].map((one) => [
      one.querySelector('use').getAttribute('href'),
      one.textContent.trim(),
    ]),
  );
  assert.equal(new Set(states.map(([shape]) => shape)).size, 6);
  assert.equal(new Set(states.map(([, word]) => word)).size, 6);
  await page.close();
});
