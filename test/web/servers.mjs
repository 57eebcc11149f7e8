// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
//
// Starts serve_states and Debian's Chromium for the tests beside it. SERVE_STATES names the former.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { chromium } from 'playwright-core';

const kProgram =
  process.env.SERVE_STATES ??
  new URL('../../build/release/test/web/serve_states', import.meta.url).pathname;
const kAnswerMs = 20_000;

// {states, refusals, stop()}; the former are Map(name -> {port, socket}).
export async function startServers() {
  const folder = mkdtempSync(join(tmpdir(), 'dienstbereit-web-'));
  const child = spawn(kProgram, [folder], { stdio: ['pipe', 'pipe', 'inherit'] });
  const ended = new Promise((resolve) => {
    child.once('exit', resolve);
    child.once('error', resolve);
  });
  const stands = { state: new Map(), refusal: new Map() };
  let ready = false;
  for await (const line of createInterface({ input: child.stdout })) {
    ready = line === 'ready';
    if (ready) break;
    const [kind, name, port, socket] = line.split(' ');
    stands[kind].set(name, { port: Number(port), socket });
  }
  if (!ready) {
    rmSync(folder, { recursive: true });
    throw new Error(`${kProgram} did not start: ${await ended}; './dev build' makes no tests, ` +
      "'ninja -C build/release serve_states' does");
  }
  return {
    states: stands.state,
    refusals: stands.refusal,
    async stop() {
      child.stdin.end();
      const status = await ended;
      rmSync(folder, { recursive: true });
      if (status !== 0) throw new Error(`${kProgram} ended with ${status}`);
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
    const options = { host: '127.0.0.1', ...where, method, path, headers, timeout: kAnswerMs };
    const sent = request(options, (answer) => {
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
    sent.on('timeout', () => sent.destroy(new Error(`${method} ${path}: no answer`)));
    sent.on('error', reject);
    sent.end(body);
  });
}

// What the server says to these bytes until it closes, as ask() gives it; for requests that Node's
// client would not send.
export function askRaw(port, bytes) {
  return new Promise((resolve, reject) => {
    let text = '';
    const socket = connect(port, '127.0.0.1', () => socket.write(bytes));
    socket.setEncoding('utf8');
    socket.setTimeout(kAnswerMs, () => socket.destroy(new Error(`no answer to ${bytes}`)));
    socket.on('data', (part) => (text += part));
    socket.on('error', reject);
    socket.on('end', () => {
      const [head, body] = text.split('\r\n\r\n');
      const [first, ...fields] = head.split('\r\n');
      resolve({
        status: Number(first.split(' ')[1]),
        headers: Object.fromEntries(
          fields.map((field) => [field.split(': ')[0].toLowerCase(), field.split(': ')[1]]),
        ),
        body,
      });
    });
  });
}

// The first event of the stream at `path` and what ends the stream; or, if it is refused, the
// answer, as ask() gives it.
export function listen(where, path) {
  return new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', ...where, path, timeout: kAnswerMs }, (answer) => {
      let text = '';
      const told = (more) =>
        resolve({ status: answer.statusCode, headers: answer.headers, body: text, ...more });
      answer.setEncoding('utf8');
      answer.on('data', (part) => {
        text += part;
        const event = /^event: (.*)\nid: (.*)\ndata: (.*)\n\n/m.exec(text);
        if (event) {
          told({ event: event[1], id: event[2], data: event[3], close: () => sent.destroy() });
        }
      });
      answer.on('end', () => told({}));
      answer.on('error', reject);
    });
    sent.on('timeout', () => sent.destroy(new Error(`${path}: no event`)));
    sent.on('error', reject);
    sent.end();
  });
}
