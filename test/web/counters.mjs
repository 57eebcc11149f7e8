// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
//
// A counter's browser: a real Chromium with a profile on the disk that can be killed as by a power
// cut and started again, and a clerk who works its page.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';

const kPatienceMs = 20_000;
const kTabsMax = 120;
const kWindow = { width: 1000, height: 800 };
const kSmall = { width: 320, height: 200 }; // little to paint, where nobody looks

// Waits for `look` to give something, asking again whenever the loop is free.
export async function eventually(look, what) {
  const until = Date.now() + kPatienceMs;
  for (;;) {
    const found = await look();
    if (found) return found;
    if (Date.now() > until) assert.fail(`${what} did not come`);
    await new Promise((done) => setTimeout(done, 20));
  }
}

export class Counter {
  constructor(address) {
    this.address = address;
    this.profile = mkdtempSync(join(tmpdir(), 'dienstbereit-counter-'));
  }

  async start() {
    const port = join(this.profile, 'DevToolsActivePort');
    rmSync(port, { force: true });
    this.process = spawn('/usr/bin/chromium', [
      '--headless=new', '--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-quic',
      '--disable-background-networking', '--disable-component-update', '--disable-sync',
      '--accept-lang=de-DE', `--window-size=${kWindow.width},${kWindow.height}`,
      '--remote-debugging-port=0',
      `--user-data-dir=${this.profile}`, 'about:blank',
    ], { stdio: 'ignore', detached: true });
    this.ended = new Promise((done) => this.process.once('exit', done));
    const number = await eventually(() => {
      try {
        return readFileSync(port, 'utf8').split('\n')[0];
      } catch {
        return '';
      }
    }, 'Chromium');
    this.browser = await chromium.connectOverCDP(`http://127.0.0.1:${number}`);
    const [context] = this.browser.contexts();
    this.page = context.pages()[0] ?? (await context.newPage());
    this.page.setDefaultTimeout(kPatienceMs);
    this.complaints = [];
    this.page.on('console', (message) => this.complaints.push(message.text()));
    this.page.on('pageerror', (error) => this.complaints.push(String(error)));
    await this.page.goto(this.address);
  }

  // As when the plug is pulled: all its processes at once, with nothing written any more.
  async kill() {
    process.kill(-this.process.pid, 'SIGKILL');
    await this.ended;
  }

  async stop() {
    if (this.process?.exitCode === null && this.process.signalCode === null) await this.kill();
    rmSync(this.profile, { recursive: true, force: true });
  }

  text() {
    return this.page.evaluate(() => document.body.innerText);
  }
  sees(text) {
    return eventually(async () => (await this.text()).includes(text), `"${text}"`);
  }
  heading(text) {
    return eventually(
      async () => (await this.page.locator('h1').first().textContent()) === text,
      `heading "${text}"`);
  }

  async enrol(code) {
    await this.page.fill('#code', code);
    await this.page.keyboard.press('Enter');
    await this.page.waitForSelector('.service');
  }

  // By keyboard alone.
  async tabTo(selector) {
    for (let i = 0; i < kTabsMax; ++i) {
      await this.page.keyboard.press('Tab');
      const there = await this.page.evaluate(
        (wanted) => document.activeElement?.matches(wanted) ?? false, selector);
      if (there) return;
    }
    assert.fail(`the keyboard does not reach ${selector}:\n${await this.text()}`);
  }
  async type(selector, text) {
    await this.tabTo(selector);
    await this.page.keyboard.type(text);
  }

  // Works through `cases` in the page, each by its own buttons and fields, though faster than
  // hands: chooses the service, fills in, goes on, seals, takes the number. Gives the numbers.
  async enter(service, cases) {
    await this.page.setViewportSize(kSmall);
    const numbers = await this.page.evaluate(enterInPage, [service, cases, kPatienceMs]);
    await this.page.setViewportSize(kWindow);
    return numbers;
  }
}

async function enterInPage([service, cases, patienceMs]) {
  const until = (selector) => new Promise((done, failed) => {
    const look = () => {
      const found = document.querySelector(selector);
      if (!found) return;
      watch.disconnect();
      clearTimeout(late);
      done(found);
    };
    const watch = new MutationObserver(look);
    const late = setTimeout(
      () => failed(new Error(`${selector}: ${document.body.innerText}`)), patienceMs);
    watch.observe(document, { subtree: true, childList: true });
    look();
  });
  const numbers = [];
  for (const values of cases) {
    const button = [...document.querySelectorAll('.service')]
      .find((one) => one.textContent.includes(service));
    button.click();
    await until('form.case');
    for (const [id, value] of Object.entries(values)) {
      const field = document.getElementById(`f-${id}`);
      if (field.type === 'radio') {
        document.querySelector(`input[name="f-${id}"][value="${value}"]`).click();
      } else {
        field.value = value;
        field.dispatchEvent(new Event('input', { bubbles: true }));
        field.dispatchEvent(new Event('change', { bubbles: true }));
      }
    }
    document.querySelector('form.case .go').click();
    (await until('.seal')).click();
    numbers.push((await until('.receipt-number')).textContent);
    document.querySelector('.next').click();
    await until('.service');
  }
  return numbers;
}
