// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
//
// Clerks at their counters, in real Chromium, told what to do by lines of JSON and answering each
// by one (counters.h). Ends with its input.
import { createInterface } from 'node:readline';
import { Counter } from '../web/counters.mjs';
import { startChromium } from '../web/servers.mjs';

const kOrigin = process.argv[2];
const kFresh = { width: 1000, height: 800 };

const counters = new Map();
let ahead = 0; // ms that the clocks are ahead of this machine's
let artist; // the browser for pictures

// Runs before any script of a page.
function shiftClock(by) {
  const Real = Date;
  globalThis.clockAhead = by;
  globalThis.Date = class extends Real {
    constructor(...parts) {
      super(...(parts.length > 0 ? parts : [Real.now() + globalThis.clockAhead]));
    }
    static now() {
      return Real.now() + globalThis.clockAhead;
    }
  };
}

async function start(number) {
  const counter = counters.get(number) ?? new Counter('about:blank');
  counters.set(number, counter);
  await counter.start();
  counter.dead = false;
  await counter.page.addInitScript(shiftClock, ahead);
  await counter.page.goto(`${kOrigin}/intake/`);
}

async function picture({ counter, url, file, width, height }) {
  if (counter !== undefined) {
    await counters.get(counter).page.screenshot({ path: file });
    return;
  }
  artist ??= await startChromium();
  const page = await artist.context.newPage();
  await page.setViewportSize(width ? { width, height } : kFresh);
  await page.goto(url);
  await page.screenshot({ path: file });
  await page.close();
}

const deeds = {
  async clock(command) {
    ahead = command.ahead;
    for (const counter of [...counters.values()].filter((one) => !one.dead)) {
      await counter.page.evaluate((by) => (globalThis.clockAhead = by), ahead);
    }
  },
  start: ({ counter }) => start(counter),
  async kill({ counter }) {
    await counters.get(counter).kill();
    counters.get(counter).dead = true;
  },
  async enrol({ counter, code }) {
    const one = counters.get(counter);
    await one.page.waitForSelector('#code');
    await one.enrol(code);
    await one.page.waitForFunction(() => !!navigator.serviceWorker.controller);
  },
  enter: async ({ counter, service, cases }) =>
    ({ numbers: await counters.get(counter).enter(service, cases) }),
  picture,
};

for await (const line of createInterface({ input: process.stdin })) {
  const command = JSON.parse(line);
  let answer;
  try {
    answer = (await deeds[command.do](command)) ?? {};
  } catch (error) {
    answer = { error: String(error.stack ?? error) };
  }
  process.stdout.write(`${JSON.stringify({ ...answer, did: command.do })}\n`);
}
for (const counter of counters.values()) await counter.stop();
await artist?.stop();
