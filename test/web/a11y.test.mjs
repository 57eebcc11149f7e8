// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
//
// Every page in every state and both languages in Debian's Chromium: axe-core with every rule on,
// light and dark, wide and as on a telephone; at 400 % zoom; by keyboard.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { axe, kAxe, layout, rulesLeftOut, spread, targets, unfold } from './checks.mjs';
import { ask, startChromium, startServers } from './servers.mjs';

const kWide = { width: 1280, height: 900 };
const kPhone = { width: 320, height: 640 };
const kZoom = 4;
const kPageBytesMax = 60_000;
const kAtOnce = 2; // pages
const kEntries = ['/', '/en/'];
const kMissing = ['/amt/missing', '/en/office/missing'];

let servers;
let browser;
before(async () => {
  servers = await startServers();
  browser = await startChromium();
  await browser.context.addInitScript(kAxe);
});
after(async () => {
  await browser?.stop();
  await servers?.stop();
});

const base = ({ port }) => `http://127.0.0.1:${port}`;

function none(faults, where) {
  assert.ok(faults.length === 0, `${where}: ${faults.join('; ')}`);
}

// A page of its own for `body`; what the browser complains of is kept in page.complaints.
async function withPage(body) {
  const page = await browser.context.newPage();
  page.complaints = [];
  page.on('console', (told) => told.type() === 'error' && page.complaints.push(told.text()));
  page.on('pageerror', (error) => page.complaints.push(String(error)));
  try {
    await body(page);
  } finally {
    await page.close();
  }
}

async function open(page, address, status = 200) {
  const answer = await page.goto(address);
  assert.equal(answer.status(), status, address);
  assert.ok((await answer.body()).length <= kPageBytesMax, `${address} is too large`);
  // Chromium complains of every status of an error by itself.
  if (status === 200) none(page.complaints, address);
  await unfold(page);
}

// Addresses of all pages that can be reached from the entries, those first.
async function allPages(stand) {
  const found = new Set(kEntries);
  for (const path of found) {
    const { body } = await ask({ port: stand.port }, 'GET', path);
    for (const [, link] of body.matchAll(/<a [^>]*href="(\/[^"]*)"/g)) {
      if (!link.startsWith('/api/') && !link.endsWith('.xml')) found.add(link);
    }
  }
  return [...found];
}

async function holds(page, where) {
  for (const colorScheme of ['light', 'dark']) {
    await page.emulateMedia({ colorScheme });
    for (const size of [kWide, kPhone]) {
      await page.setViewportSize(size);
      const how = `${where} ${colorScheme} ${size.width} px`;
      none(await axe(page), how);
      if (colorScheme === 'dark') continue; // what follows knows no colour
      none(await targets(page), how);
      none(await layout(page), how);
    }
  }
}

// Lays the page out as a window of this size does when its reader zooms in.
async function zoom(page, { width, height }, factor) {
  page.debug ??= await browser.context.newCDPSession(page);
  await page.debug.send('Emulation.setDeviceMetricsOverride', {
    width: width / factor,
    height: height / factor,
    deviceScaleFactor: factor,
    mobile: false,
  });
}

// One subtest a state, some at a time.
async function inEveryState(t, body) {
  assert.ok(servers.states.size > 0);
  await Promise.all(
    [...servers.states].map(([state, stand]) =>
      t.test(state, () => withPage((page) => body(page, state, stand))),
    ),
  );
}

test('all kinds of pages are linked, in both languages', async () => {
  const pages = await allPages(servers.states.get('normal'));
  for (const kind of ['/amt/', '/en/office/', '/standort/', '/en/site/']) {
    assert.ok(pages.filter((path) => path.startsWith(kind)).length > 1, `${kind}: ${pages}`);
  }
});

test('every page in every state: axe, targets, layout', { concurrency: kAtOnce }, async (t) => {
  await inEveryState(t, async (page, state, stand) => {
    for (const path of await allPages(stand)) {
      await open(page, `${base(stand)}${path}`);
      await holds(page, `${state} ${path}`);
    }
  });
});

test('pages of errors and of the start', async () => {
  const pages = [
    ...kMissing.map((path) => [servers.states.get('normal'), path, 404]),
    ...kEntries.map((path) => [servers.refusals.get('starting'), path, 503]),
  ];
  await withPage(async (page) => {
    for (const [stand, path, status] of pages) {
      await open(page, `${base(stand)}${path}`, status);
      await holds(page, path);
    }
  });
});

test('at 400 % zoom, and with wider text, nothing is lost', { concurrency: kAtOnce }, async (t) => {
  await inEveryState(t, async (page, state, stand) => {
    for (const path of await allPages(stand)) {
      await open(page, `${base(stand)}${path}`);
      const zoomed = async (factor, text) => {
        const where = `${state} ${path} at ${factor * 100} %, text ${text}`;
        await zoom(page, kWide, factor);
        const shown = await page.evaluate(() => [innerWidth, devicePixelRatio]);
        assert.deepEqual(shown, [kWide.width / factor, factor], where);
        none(await layout(page), where);
      };
      await zoomed(kZoom, 'as it is');
      await spread(page);
      await zoomed(kZoom, 'spread');
      await zoomed(1, 'spread');
    }
  });
});

test('the checks find what is planted', async () => {
  await withPage(async (page) => {
    const plant = async (change) => {
      await open(page, `${base(servers.states.get('mixed'))}/`);
      await page.setViewportSize(kPhone);
      await page.evaluate(change);
    };
    const finds = async (check, expected) => {
      const faults = await check(page);
      assert.ok(faults.some((fault) => expected.test(fault)), `${expected}: ${faults}`);
    };
    await plant(() => document.documentElement.removeAttribute('lang'));
    await finds(axe, /^html-has-lang/);
    await plant(() => (document.querySelector('.hours').style.color = '#ccc'));
    await finds(axe, /^color-contrast/);
    await plant(() => (document.querySelector('.cards').style.width = '400px'));
    await finds(layout, /^scrolls sideways/);
    await plant(() => (document.querySelector('h1').style.translate = '-30px'));
    await finds(layout, /^out of sight/);
    await plant(() => {
      const { style } = document.querySelector('.cards');
      style.height = '50px';
      style.overflow = 'hidden';
    });
    await finds(layout, /^cut off/);
    await plant(() => (document.querySelector('.hours').style.marginTop = '-2rem'));
    await finds(layout, /lies on/);
    await plant(() => {
      const { style } = document.querySelector('.cards a');
      style.padding = '0';
      style.lineHeight = '1';
    });
    await finds(targets, / x /);
    none(await rulesLeftOut(page), 'rules of axe that are not run');
  });
});

test('the keyboard reaches every link in reading order, and shows where it is', async () => {
  await withPage(async (page) => {
    for (const path of kEntries) {
      await page.setViewportSize(kPhone);
      await open(page, `${base(servers.states.get('mixed'))}${path}`);
      const texts = await page.evaluate(() =>
        [...document.querySelectorAll('a, summary')].map((one) => one.textContent),
      );
      const reached = [];
      for (let i = 0; i < texts.length; ++i) {
        await page.keyboard.press('Tab');
        const focused = await page.evaluate(() => {
          const one = document.activeElement;
          const box = one.getBoundingClientRect();
          const middle = [box.left + box.width / 2, box.top + box.height / 2];
          return {
            text: one.textContent,
            seen: one.contains(document.elementFromPoint(...middle)),
            outline: getComputedStyle(one).outlineStyle,
          };
        });
        reached.push(focused.text);
        assert.ok(focused.seen, `${path}: ${focused.text} is out of sight or covered`);
        assert.notEqual(focused.outline, 'none', `${path}: ${focused.text} shows no focus`);
      }
      assert.deepEqual(reached, texts, path);
    }
  });
});

test('the first key press reaches the skip link, which leads to the content', async () => {
  await withPage(async (page) => {
    await open(page, `${base(servers.states.get('mixed'))}/`);
    await page.keyboard.press('Tab');
    assert.equal(await page.evaluate(() => document.activeElement.textContent),
      'Zum Inhalt springen');
    await page.keyboard.press('Enter');
    await page.waitForURL(/#inhalt$/);
    await page.keyboard.press('Tab');
    assert.ok(await page.evaluate(() => document.activeElement.closest('main') !== null));
  });
});

test('the language can be changed on every page, and leads to the same one', async () => {
  const stand = servers.states.get('normal');
  await withPage(async (page) => {
    for (const path of await allPages(stand)) {
      await open(page, `${base(stand)}${path}`);
      const language = await page.evaluate(() => document.documentElement.lang);
      const heading = await page.locator('h1').textContent();
      for (const expected of [language === 'de' ? 'en' : 'de', language]) {
        await page.click('header nav a');
        assert.equal(await page.evaluate(() => document.documentElement.lang), expected, path);
      }
      assert.equal(new URL(page.url()).pathname, path);
      assert.equal(await page.locator('h1').textContent(), heading, path);
    }
  });
});

test('without colour each state is still told by word and shape', async () => {
  await withPage(async (page) => {
    await open(page, `${base(servers.states.get('mixed'))}/`);
    const states = await page.evaluate(() =>
      [...document.querySelectorAll('.legend .s')].map((one) => [
        document.querySelector(one.querySelector('use').getAttribute('href')).innerHTML,
        one.textContent.trim(),
      ]),
    );
    assert.equal(new Set(states.map(([shape]) => shape)).size, 6);
    assert.equal(new Set(states.map(([, word]) => word)).size, 6);
  });
});
