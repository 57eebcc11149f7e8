// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
//
// Starts serve_states and Debian's Chromium for the tests beside it. SERVE_STATES names it.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { chromium } from 'playwright-core';

const kProgram =
  process.env.SERVE_STATES ??
  new URL('../../build/release/test/web/serve_states', import.meta.url).pathname;

// {states: Map(name -> {port, socket}), stop()}
export async function startServers() {
  const folder = mkdtempSync(join(tmpdir(), 'dienstbereit-web-'));
  const child = spawn(kProgram, [folder], { stdio: ['pipe', 'pipe', 'inherit'] });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  const states = new Map();
  for await (const line of createInterface({ input: child.stdout })) {
    if (line === 'ready') break;
    const [name, port, socket] = line.split(' ');
    states.set(name, { port: Number(port), socket });
  }
  if (states.size === 0) throw new Error(`${kProgram} did not start`);
  return {
    states,
    async stop() {
      child.stdin.end();
      await ended;
      rmSync(folder, { recursive: true });
    },
  };
}

// Chromium as Debian packages it, with a profile of its own and no way to call home.
export async function startChromium() {
  const profile = mkdtempSync(join(tmpdir(), 'dienstbereit-chromium-'));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: '/usr/bin/chromium',
    headless: true,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
  return {
    context,
    async stop() {
      await context.close();
      rmSync(profile, { recursive: true, force: true });
    },
  };
}

// One request; `where` is {port} or {socketPath}. Gives {status, headers, body}.
export function ask(where, method, path, { headers = {}, body } = {}) {
  return new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', ...where, method, path, headers }, (answer) => {
      const parts = [];
      answer.on('data', (part) => parts.push(part));
      answer.on('end', () =>
        resolve({
          status: answer.statusCode,
          headers: answer.headers,
          body: Buffer.concat(parts).toString('utf8'),
        }),
      );
    });
    sent.on('error', reject);
    sent.end(body);
  });
}
