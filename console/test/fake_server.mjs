// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
//
// A few lines that answer like the intake API, from memory, to look at the pages while nothing else
// runs: node test/fake_server.mjs [PORT]. No test of what the product does relies on it.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const kBuilt = fileURLToPath(new URL('../../build/console', import.meta.url));
const kSetup = JSON.parse(readFileSync(new URL('./example_setup.json', import.meta.url), 'utf8'));
const kTypes = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
};
const kPolicy =
  "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; " +
  "img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; " +
  "frame-ancestors 'none'";

export class FakeServer {
  built = kBuilt;
  records = new Map(); // "device/sequence" -> record
  keys = [];
  devices = 0;
  refuse = () => undefined; // record -> {state, error} to say instead
  setup = structuredClone(kSetup);

  listen(port = 0) {
    this.server = createServer((asked, answer) => void this.handle(asked, answer));
    return new Promise((done) =>
      this.server.listen(port, '127.0.0.1', () => done(this.server.address().port)),
    );
  }
  close() {
    return new Promise((done) => {
      this.server.close(done);
      this.server.closeAllConnections();
    });
  }

  async handle(asked, answer) {
    const address = new URL(asked.url, 'http://x');
    if (!address.pathname.startsWith('/api/')) return this.file(address.pathname, answer);
    let text = '';
    for await (const part of asked) text += part;
    const path = address.pathname.replace('/api/v1/intake', '');
    const [status, body] = this.say(asked.method, path, text && JSON.parse(text), address);
    answer.writeHead(status, { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' });
    answer.end(JSON.stringify(body));
  }

  file(path, answer) {
    const name =
      { '/intake/': 'index.html', '/intake/office': 'office.html' }[path] ??
      path.replace('/intake/', '');
    try {
      const bytes = readFileSync(join(this.built, name));
      answer.writeHead(200, {
        'Content-Type': kTypes[extname(name)],
        'Content-Security-Policy': kPolicy,
        'Cache-Control': 'no-cache',
      });
      answer.end(bytes);
    } catch {
      answer.writeHead(404).end();
    }
  }

  say(method, path, body, address) {
    const move = /^\/records\/([0-9a-f]+)\/move$/.exec(path);
    const confirm = /^\/keys\/([0-9a-f]+)\/confirm$/.exec(path);
    if (move) return this.move(move[1], body);
    if (confirm) {
      this.keys.forEach((key) => (key.confirmed ||= key.key_id === confirm[1]));
      return [200, {}];
    }
    const one = /^\/records\/([0-9a-f]+)$/.exec(path);
    if (one) return [200, [...this.records.values()].find((record) => record.id === one[1])];
    switch (`${method} ${path}`) {
      case 'POST /enrol': {
        const counter = ++this.devices;
        return [
          200,
          {
            device: `d${counter}`,
            token: `dbi_${counter}`,
            site: 'S3',
            counter,
            site_name: { de: 'Nebenstelle Süd', en: 'Southern branch' },
            hint_key: Buffer.alloc(32, 7).toString('base64'),
            setup: this.currentSetup(),
          },
        ];
      }
      case 'GET /setup':
        return [200, this.currentSetup()];
      case 'POST /records':
        return [200, { results: body.records.map((one) => this.store(one)) }];
      case 'POST /heartbeat':
        return [200, {}];
      case 'GET /keys':
        return [200, { keys: this.keys }];
      case 'POST /keys': {
        const bytes = Buffer.from(body.public_key, 'base64');
        const key_id = createHash('sha256').update(bytes).digest('hex').slice(0, 16);
        this.keys.push({ ...body, key_id, confirmed: false });
        return [200, { key_id }];
      }
      case 'GET /records': {
        const wanted = address.searchParams.get('state');
        const records = [...this.records.values()].filter((one) => !wanted || one.state === wanted);
        return [200, { records, next: null }];
      }
      case 'GET /custody':
        return [200, { custody: [] }];
      case 'POST /custody':
        return [200, {}];
      case 'GET /backlog':
        return [200, { services: [], devices: [] }];
      default:
        return [404, { error: { code: 'not_found', message: 'not found' } }];
    }
  }

  currentSetup() {
    const setup = structuredClone(this.setup);
    for (const office of setup.offices) {
      const key = this.keys.find((one) => one.office === office.office && one.confirmed);
      office.key_id = key?.key_id ?? null;
      office.public_key = key?.public_key ?? null;
    }
    return setup;
  }

  store(record) {
    const { sequence } = record;
    const other = this.refuse(record);
    if (other) return { sequence, ...other };
    const key = `${record.device}/${sequence}`;
    const kept = this.records.get(key);
    if (kept)
      return { sequence, state: kept.signature === record.signature ? 'already' : 'conflict' };
    const now = new Date().toISOString();
    const duplicates = [...this.records.values()].filter((one) => one.hint === record.hint);
    duplicates.forEach((one) => one.duplicates.push(record.id));
    this.records.set(key, {
      ...record,
      state: 'recorded',
      received_at: now,
      verified: true,
      history: [{ state: 'recorded', at: now, by: record.device }],
      duplicates: duplicates.map((one) => one.id),
    });
    return { sequence, state: 'stored' };
  }

  move(id, { from, to }) {
    const record = [...this.records.values()].find((one) => one.id === id);
    if (record?.state !== from) return [409, { error: { code: 'conflict', message: 'changed' } }];
    record.state = to;
    record.history.push({ state: to, at: new Date().toISOString(), by: 'fake' });
    return [200, record];
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const server = new FakeServer();
  console.log(`http://127.0.0.1:${await server.listen(Number(process.argv[2] ?? 0))}/intake/`);
}
