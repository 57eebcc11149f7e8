// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
//
// Holds every answer of the API against the OpenAPI document that the server itself gives out: in
// every state, over TCP and over the socket, and for every way in which an answer is refused.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Description, kRefusals } from './description.mjs';
import { ask, askRaw, listen, startServers } from './servers.mjs';

const kEvents = '/api/v1/events';
const kBeat = { authorization: 'Bearer geheim' };
const kWord = { scope: 'A1@S1', said: 'closed', text: { de: 'Umzug' } };
const kRecord = {
  changes: [{ type: 'incident_opened', title: { de: 'Störung', en: 'Fault' } }],
};
const kBackup = { file: '/tmp/copy.db' };
// As src/web/limits.h has them.
const kBodyBytesMax = 64 * 1024;
const kHeaderBytesMax = 8 * 1024;

const kIntake = '/api/v1/intake/';
const kCase = '00112233445566778899aabbccddeeff';
const kKey = Buffer.alloc(32, 1).toString('base64');
const kCounter = { authorization: 'Bearer dbi_counter' };
const kUpload = {
  records: [{
    device: 'd-7f3k2m9q', sequence: 1, id: kCase, form: 'antrag', form_version: 1, office: 'A1',
    service: 'V1', receipt: 'S1-02-0001-5', recorded_at: '2026-11-23T07:10:00Z',
    key_id: '0123456789abcdef', urgency: 'normal', originals: ['ZB2'], hint: '',
    sealed: Buffer.alloc(64).toString('base64'), signature: Buffer.alloc(64).toString('base64'),
  }],
};

// For each path with a parameter, addresses to ask for; the first exists.
const kAddresses = {
  '/api/v1/offices/{id}': ['/api/v1/offices/A1', '/api/v1/offices/none'],
  '/api/v1/sites/{id}': ['/api/v1/sites/S1', '/api/v1/sites/none'],
  '/api/v1/words/{id}': ['/api/v1/words/12?reason=done'],
  '/api/v1/acknowledge/{what}': ['/api/v1/acknowledge/70.1'],
  '/api/v1/test-message/{recipient}': ['/api/v1/test-message/it-1'],
  '/api/v1/restart-order/{kind}': [
    '/api/v1/restart-order/restart', '/api/v1/restart-order/none',
  ],
  '/api/v1/runs/{id}': ['/api/v1/runs/run-3'],
  '/api/v1/fallbacks/{id}': ['/api/v1/fallbacks/spare'],
  '/api/v1/outlook/{id}': ['/api/v1/outlook/incident-1', '/api/v1/outlook/none'],
  '/api/v1/suspects/{id}': ['/api/v1/suspects/incident-1', '/api/v1/suspects/none'],
  '/api/v1/why/{id}': ['/api/v1/why/A1@S1/V1'],
  '/api/v1/drafts/{kind}': [
    ...['press', 'holding?next=08:00', 'cap?incident=none', 'none', 'press?incident=none-1'],
    'press?next=soon',
  ].map((rest) => `/api/v1/drafts/${rest}`),
  '/api/v1/statements/{id}/poster.pdf': [
    ...['statement-2', 'statement-1', 'none'].map((id) => `/api/v1/statements/${id}/poster.pdf`),
    '/api/v1/statements/statement-2/poster.pdf?lang=en',
  ],
  '/api/v1/status/{language}': ['/api/v1/status/de', '/api/v1/status/en', '/api/v1/status/fr'],
  '/api/v1/heartbeat/{id}': ['/api/v1/heartbeat/DB/beat', '/api/v1/heartbeat/DB/none'],
  '/api/v1/papers/{what}': [
    ...['handbook', 'packs', 'packs?site=S1', 'none'].map((rest) => `/api/v1/papers/${rest}`),
  ],
  '/api/v1/outposts/{id}/probes': ['/api/v1/outposts/FERN/probes', '/api/v1/outposts/none/probes'],
  '/api/v1/outposts/{id}/reports': ['/api/v1/outposts/FERN/reports'],
  '/api/v1/sessions/{id}': ['/api/v1/sessions/s-1'],
  '/api/v1/tokens/{id}': ['/api/v1/tokens/t-1'],
  '/api/v1/words': ['/api/v1/words', '/api/v1/words?preview=1'],
  '/api/v1/intake/records/{id}': [`/api/v1/intake/records/${kCase}`],
  '/api/v1/intake/records/{id}/move': [`/api/v1/intake/records/${kCase}/move`],
  '/api/v1/intake/keys/{id}/confirm': ['/api/v1/intake/keys/0123456789abcdef/confirm'],
  '/api/v1/intake/devices/{id}': ['/api/v1/intake/devices/d-7f3k2m9q'],
  '/api/v1/copy': ['/api/v1/copy', '/api/v1/copy?valid_for=2%20h', '/api/v1/copy?valid_for=soon'],
};
const kWhatIf = {
  nodes: ['DB'], from: '2026-11-24T07:00:00Z', to: '2026-11-24T11:00:00Z',
};
const kOutpostReport = {
  outpost: 'FERN', outbox: '0123456789abcdef', sent_at: 1795417860000, more: false,
  repeats_lost: 0, changes_lost: 0,
  items: [{ sequence: 7, age: 10, by_clock: false, steady: { runs: [] } }],
};
const kBodies = {
  '/api/v1/outposts/{id}/reports': kOutpostReport,
  '/api/v1/tokens': { login: 'leitung', name: 'Leitstand', roles: 'view', days: 1 },
  '/api/v1/what-if': kWhatIf,
  '/api/v1/homepage/mode': { mode: 'dark', reason: 'Kopie veraltet' },
  '/api/v1/homepage/prune': { keep: 3 }, '/api/v1/homepage/copies': { anew: true },
  '/api/v1/words': kWord, '/api/v1/record': kRecord,
  '/api/v1/runs': { plan: 'over', dry: true, reason: 'Lage' },
  '/api/v1/runs/{id}': { do: 'confirm', step: 'call', done: true, text: 'getan' },
  '/api/v1/fallbacks/{id}': { on: true, reason: 'Lage' },
  [`${kIntake}enrol`]: { code: '7F3K2-M9QXA', public_key: kKey },
  [`${kIntake}records`]: kUpload,
  [`${kIntake}records/{id}/move`]: { from: 'recorded', to: 'checked' },
  [`${kIntake}heartbeat`]: { pending: 3, oldest_pending: '2026-11-23T07:10:00Z' },
  [`${kIntake}custody`]: { id: kCase, item: 'ZB2', kind: 'returned' },
  [`${kIntake}devices`]: { site: 'S1', counter: 2, label: 'Schalter 2' },
  [`${kIntake}keys`]: { office: 'A1', public_key: kKey },
  '/api/v1/forecast': { incident: 'incident-1', reason: 'Lage' }, '/api/v1/backup': kBackup,
  '/api/v1/order': { incident: 'incident-1', reason: 'Lage' },
};

let servers;
let description;
before(async () => {
  servers = await startServers();
  const answer = await ask(servers.states.get('normal'), 'GET', '/api/v1/openapi.json');
  description = new Description(JSON.parse(answer.body));
});
after(() => servers?.stop());

const overTcp = ({ port }) => ({ port });
const overSocket = ({ socket }) => ({ socketPath: socket });
const addressesOf = (path) => kAddresses[path] ?? [path];
const optionsFor = (method, path) => ({
  headers: path.startsWith('/api/v1/heartbeat') ? kBeat : {},
  body: method === 'POST' && kBodies[path] ? JSON.stringify(kBodies[path]) : undefined,
});

// Asks for everything in the document but the endless stream.
async function askAll(where, seen = () => {}) {
  for (const [method, path] of description.operations()) {
    if (path === kEvents) continue;
    for (const address of addressesOf(path)) {
      const answer = await ask(where, method, address, optionsFor(method, path));
      description.check(method, path, answer, address);
      seen(method, path, answer);
    }
  }
}

test('every answer in every state is as the document says', async () => {
  assert.ok(servers.states.size > 0);
  for (const stand of servers.states.values()) {
    const refused = { 401: new Set(), 403: new Set() };
    await askAll(overTcp(stand), (method, path, { status }) =>
      path.startsWith('/api/v1/heartbeat') || refused[status]?.add(`${method} ${path}`),
    );
    assert.deepEqual([...refused[401]].sort(), [
      'DELETE /api/v1/intake/devices/{id}', 'DELETE /api/v1/words/{id}', 'GET /api/v1/copy',
      'GET /api/v1/drafts/{kind}', 'GET /api/v1/homepage', 'GET /api/v1/intake/backlog',
      'GET /api/v1/intake/conflicts', 'GET /api/v1/intake/custody', 'GET /api/v1/intake/devices',
      'GET /api/v1/intake/keys', 'GET /api/v1/intake/records', 'GET /api/v1/intake/records/{id}',
      'GET /api/v1/intake/setup', 'GET /api/v1/messages', 'GET /api/v1/nodes',
      'GET /api/v1/outlook/{id}', 'GET /api/v1/outposts',
      'GET /api/v1/outposts/{id}/probes', 'GET /api/v1/plans',
      'GET /api/v1/probes', 'GET /api/v1/publishing', 'GET /api/v1/record',
      'GET /api/v1/restart-order/{kind}', 'GET /api/v1/statements/{id}/poster.pdf',
      'GET /api/v1/status/{language}', 'GET /api/v1/suspects/{id}', 'GET /api/v1/why/{id}',
      'POST /api/v1/acknowledge/{what}', 'POST /api/v1/clock/confirm',
      'POST /api/v1/fallbacks/{id}', 'POST /api/v1/forecast', 'POST /api/v1/homepage/copies',
      'POST /api/v1/homepage/mode', 'POST /api/v1/homepage/prune', 'POST /api/v1/intake/custody',
      'POST /api/v1/intake/devices', 'POST /api/v1/intake/heartbeat', 'POST /api/v1/intake/keys',
      'POST /api/v1/intake/keys/{id}/confirm', 'POST /api/v1/intake/records',
      'POST /api/v1/intake/records/{id}/move', 'POST /api/v1/order',
      'POST /api/v1/outposts/{id}/reports',
      'POST /api/v1/record', 'POST /api/v1/reload', 'POST /api/v1/runs', 'POST /api/v1/runs/{id}',
      'POST /api/v1/test-message/{recipient}', 'POST /api/v1/what-if', 'POST /api/v1/words',
    ]);
    assert.deepEqual([...refused[403]].sort(), [
      'DELETE /api/v1/sessions/{id}', 'DELETE /api/v1/tokens/{id}', 'GET /api/v1/accounts',
      'GET /api/v1/papers/{what}', 'GET /api/v1/sessions', 'GET /api/v1/tokens',
      'POST /api/v1/accounts',
      'POST /api/v1/accounts/disable', 'POST /api/v1/accounts/emergency-code',
      'POST /api/v1/accounts/erase', 'POST /api/v1/accounts/reset-link',
      'POST /api/v1/accounts/roles', 'POST /api/v1/accounts/setup-link', 'POST /api/v1/backup',
      'POST /api/v1/papers/{what}', 'POST /api/v1/tokens',
    ]);
    await askAll(overSocket(stand), (method, path, { status }) =>
      assert.notEqual(status, 403, `${method} ${path} over the socket`),
    );
  }
});

test('every refusal of engine and program is as the document says', async () => {
  const expected = {
    starting: 503, full: 200, silent: 504, invalid_input: 422, not_found: 404, conflict: 409,
    limit_exceeded: 413, io: 500, unavailable: 503,
  };
  for (const [name, status] of Object.entries(expected)) {
    const stand = servers.refusals.get(name);
    await askAll(overTcp(stand));
    if (name === 'starting') await askAll(overSocket(stand));
    const path = '/api/v1/words';
    const options = optionsFor('POST', path);
    const answer = await ask(overSocket(stand), 'POST', path, options);
    assert.equal(answer.status, status, name);
    description.check('POST', path, answer);
  }
});

test('a token that does not reach, or one guess too many, is refused as described', async () => {
  const stands = [[servers.states.get('normal'), 403], [servers.refusals.get('guessed'), 429]];
  for (const [stand, status] of stands) {
    for (const [method, path, { security }] of description.operations()) {
      if (!security || path.startsWith('/api/v1/heartbeat') || security[0].deviceToken) continue;
      const options = optionsFor(method, path);
      options.headers = { ...options.headers, authorization: 'Bearer narrow' };
      const [address] = addressesOf(path);
      const answer = await ask(overTcp(stand), method, address, options);
      assert.equal(answer.status, status, address);
      description.check(method, path, answer, address);
    }
  }
});

test('commands that cannot be carried out are refused as the document says', async () => {
  for (const [name, stand] of servers.refusals) {
    for (const [method, path] of description.operations()) {
      if (method === 'GET' || path.startsWith('/api/v1/heartbeat')) continue;
      const answer = await ask(
        overSocket(stand), method, addressesOf(path)[0], optionsFor(method, path),
      );
      description.check(method, path, answer, `${path} (${name})`);
    }
  }
});

test('why of what is not there, or not in time, is refused as the document says', async () => {
  for (const [name, status] of [['not_found', 404], ['silent', 504], ['unavailable', 503]]) {
    const where = overSocket(servers.refusals.get(name));
    const answer = await ask(where, 'GET', '/api/v1/why/none');
    assert.equal(answer.status, status);
    description.check('GET', '/api/v1/why/{id}', answer);
  }
});

test('bodies are taken and refused as the document describes them', async () => {
  const where = overSocket(servers.states.get('normal'));
  const bodies = [
    ['/api/v1/words', 200, kWord],
    ['/api/v1/words', 200, { ...kWord, text: 'Umzug', role: 'Amt', until: '2026-11-23T15:00:00Z' }],
    ['/api/v1/words', 200, { scope: 'ALL', said: 'normal', text: null, until: null, role: null }],
    ['/api/v1/words', 422, { ...kWord, said: 'gone' }],
    ['/api/v1/words', 422, { said: 'closed' }],
    ['/api/v1/words', 422, { ...kWord, extra: 1 }],
    ['/api/v1/words', 422, { ...kWord, text: { en: 'moving' } }],
    ['/api/v1/words', 422, { ...kWord, scope: 1 }],
    ['/api/v1/words', 413, { ...kWord, text: { de: 'x'.repeat(2001) } }],
    ['/api/v1/what-if', 200, kWhatIf],
    ['/api/v1/what-if', 422, { ...kWhatIf, nodes: 'DB' }],
    ['/api/v1/what-if', 422, { ...kWhatIf, nodes: [1] }],
    ['/api/v1/what-if', 422, { ...kWhatIf, nodes: Array(201).fill('DB') }],
    ['/api/v1/what-if', 422, { ...kWhatIf, to: 'tomorrow' }],
    ['/api/v1/what-if', 422, { nodes: ['DB'], from: kWhatIf.from }],
    ['/api/v1/what-if', 422, { ...kWhatIf, until: kWhatIf.to }],
    ['/api/v1/backup', 200, kBackup],
    ['/api/v1/backup', 422, { file: 'relative' }],
    ['/api/v1/backup', 422, []],
    ['/api/v1/homepage/mode', 200, { mode: 'off', reason: 'Wartung' }],
    ['/api/v1/homepage/mode', 422, { mode: 'on', reason: 'Wartung' }],
    ['/api/v1/homepage/mode', 422, { mode: 'off' }],
    ['/api/v1/homepage/prune', 200, { keep: 100 }],
    ['/api/v1/homepage/prune', 422, { keep: 0 }],
    ['/api/v1/homepage/copies', 422, { anew: 'yes' }],
  ];
  for (const [path, status, body] of bodies) {
    const answer = await ask(where, 'POST', path, { body: JSON.stringify(body) });
    assert.equal(answer.status, status, `${path} ${JSON.stringify(body)}: ${answer.body}`);
    description.check('POST', path, answer);
    const faults = description.faultsOfBody('POST', path, body);
    assert.equal(faults === '', status === 200, `${path} ${JSON.stringify(body)}: ${faults}`);
  }
  const noJson = await ask(where, 'POST', '/api/v1/words', { body: 'no json' });
  assert.equal(noJson.status, 422);
  description.check('POST', '/api/v1/words', noJson);
});

test('a heartbeat needs its token, and room in the queue', async () => {
  const path = '/api/v1/heartbeat/{id}';
  const calls = [
    [servers.states.get('normal'), 'Bearer geheim', 202],
    [servers.states.get('normal'), 'Bearer falsch', 401],
    [servers.refusals.get('full'), 'Bearer geheim', 503],
  ];
  for (const [stand, authorization, status] of calls) {
    const where = overTcp(stand);
    const answer = await ask(where, 'POST', addressesOf(path)[0], { headers: { authorization } });
    assert.equal(answer.status, status);
    description.check('POST', path, answer);
  }
});

test('emergency intake answers counters and staff as the document says', async () => {
  const calls = description.operations().filter(([, path]) => path.startsWith(kIntake));
  const send = async (name, [method, path, { security }], wanted) => {
    const stand = servers.states.get(name) ?? servers.refusals.get(name);
    const ofDevice = security?.[0].deviceToken;
    const where = security && !ofDevice ? overSocket(stand) : overTcp(stand);
    const options = { ...optionsFor(method, path), headers: ofDevice ? kCounter : {} };
    const answer = await ask(where, method, addressesOf(path)[0], options);
    assert.equal(answer.status, wanted, `${name} ${method} ${path}: ${answer.body}`);
    description.check(method, path, answer);
  };
  const statuses = {
    normal: 200, no_intake: 404, not_found: 404, conflict: 409, invalid_input: 422, io: 500,
    unavailable: 503, silent: 504, starting: 503,
  };
  for (const [name, status] of Object.entries(statuses)) {
    for (const call of calls) await send(name, call, status);
  }
  for (const call of calls) {
    await send('limit_exceeded', call, call[1] === `${kIntake}enrol` ? 429 : 413);
  }
  const where = overTcp(servers.states.get('normal'));
  const wrong = await ask(where, 'POST', `${kIntake}enrol`, {
    body: JSON.stringify({ code: '00000-00000', public_key: kKey }),
  });
  assert.equal(wrong.status, 403);
  description.check('POST', `${kIntake}enrol`, wrong);
  for (const [method, path] of calls) {
    const body = optionsFor(method, path).body;
    if (!body) continue;
    assert.equal(description.faultsOfBody(method, path, JSON.parse(body)), '', path);
  }
});

test('the back office comes in by session, and changes only from our own pages', async () => {
  const { port } = servers.states.get('normal');
  const path = `${kIntake}keys/0123456789abcdef/confirm`;
  const cookie = 'dienstbereit-session=session-de';
  const own = { cookie, origin: `http://127.0.0.1:${port}`, 'sec-fetch-site': 'same-origin' };
  const sent = [
    [200, own], [401, { ...own, 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' }],
    [401, { ...own, cookie: 'dienstbereit-session=nobody' }],
  ];
  for (const [status, headers] of sent) {
    const answer = await ask({ port }, 'POST', path, { headers, body: '' });
    assert.equal(answer.status, status, answer.body);
  }
  const read = await ask({ port }, 'GET', `${kIntake}records`, { headers: { cookie } });
  assert.equal(read.status, 200);
});

test('HEAD gives the fields of GET, and an unchanged document is not sent again', async () => {
  const where = overTcp(servers.states.get('mixed'));
  for (const [method, path, { responses }] of description.operations()) {
    if (method !== 'GET' || path === kEvents) continue;
    const [address] = addressesOf(path);
    const full = await ask(where, 'GET', address);
    const head = await ask(where, 'HEAD', address);
    assert.equal(head.body, '', address);
    assert.equal(head.status, full.status, address);
    assert.equal(head.headers['content-type'], full.headers['content-type'], address);
    const { etag } = full.headers;
    if (full.status !== 200) continue;
    assert.equal(etag !== undefined, responses[304] !== undefined, `${address}: ${etag}`);
    if (!etag) continue;
    const again = await ask(where, 'GET', address, { headers: { 'if-none-match': etag } });
    assert.equal(again.status, 304, address);
    description.check('GET', path, again);
  }
  const inner = ['messages', 'nodes', 'outposts', 'probes', 'publishing'].map(
    (name) => `/api/v1/${name}`,
  );
  for (const path of inner) {
    const inside = overSocket(servers.states.get('mixed'));
    const { etag } = (await ask(inside, 'GET', path)).headers;
    const again = await ask(inside, 'GET', path, { headers: { 'if-none-match': etag } });
    description.check('GET', path, again);
  }
});

test('events are as the document says, in every state and when refused', async () => {
  for (const [name, stand] of servers.states) {
    const told = await listen(overTcp(stand), kEvents);
    description.check('GET', kEvents, told);
    assert.equal(told.event, 'situation', name);
    const data = JSON.parse(told.data);
    assert.equal(description.faultsOf('Event', data), '', name);
    assert.equal(String(data.seq), told.id);
    told.close();
  }
  for (const name of ['starting', 'full']) {
    const where = overTcp(servers.refusals.get(name));
    const first = await listen(where, kEvents);
    const refused = name === 'full' ? await listen(where, kEvents) : first;
    assert.equal(refused.status, 503, name);
    description.check('GET', kEvents, refused);
    first.close?.();
  }
});

test('what is not described is refused with an Error', async () => {
  const where = overTcp(servers.states.get('normal'));
  for (const path of ['/api/v1/none', '/api/v1/', '/api/v2/none.json']) {
    const answer = await ask(where, 'GET', path);
    assert.equal(answer.status, 404, path);
    assert.equal(description.faultsOf('Error', JSON.parse(answer.body)), '', path);
  }
  for (const path of new Set(description.operations().map(([, path]) => path))) {
    const possible = description.methodsOf(path);
    for (const method of ['GET', 'POST', 'DELETE', 'PUT', 'PATCH']) {
      if (possible.includes(method)) continue;
      const answer = await ask(where, method, addressesOf(path)[0], { body: '' });
      assert.equal(answer.status, 405, `${method} ${path}`);
      assert.deepEqual(answer.headers.allow.split(', ').sort(), [...possible].sort());
      description.check(possible[0], path, answer);
    }
  }
});

test('what cannot be read is refused with an Error if its path is known', async () => {
  const path = '/api/v1/words';
  const line = `POST ${path} HTTP/1.1\r\nHost: x\r\n`;
  const requests = [
    ['normal', 400, `POST ${path} HTTP/1.1\r\n\r\n`],
    ['normal', 400, `${line}Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n`],
    ['normal', 431, `${line}X: ${'x'.repeat(kHeaderBytesMax)}`],
    ['normal', 413, `${line}Content-Length: ${kBodyBytesMax + 1}\r\n\r\n`],
    ['normal', 417, `${line}Content-Length: 2\r\nExpect: more\r\n\r\n`],
    ['normal', 501, `${line}Transfer-Encoding: gzip\r\n\r\n`],
    ['hasty', 408, `${line}Content-Length: 2\r\n\r\n{`],
  ];
  const seen = new Set([405]); // the test above
  for (const [name, status, bytes] of requests) {
    const { port } = servers.states.get(name) ?? servers.refusals.get(name);
    const answer = await askRaw(port, bytes);
    assert.equal(answer.status, status, `${bytes}: ${answer.body}`);
    description.check('POST', path, answer);
    seen.add(status);
  }
  assert.deepEqual([...seen].sort(), kRefusals);
  const broken = await ask(overTcp(servers.states.get('normal')), 'GET', '/api/v1/offices/%zz');
  assert.equal(broken.status, 400);
  description.check('GET', '/api/v1/offices/{id}', broken);
});

test('a first line that cannot be read is refused with a page', async () => {
  const { port } = servers.states.get('normal');
  const requests = [
    [400, 'GET /api/v1/words\r\n\r\n'],
    [505, 'GET /api/v1/words HTTP/1.2\r\nHost: x\r\n\r\n'],
    [414, `GET /api/v1/${'x'.repeat(kHeaderBytesMax)}`],
  ];
  for (const [status, bytes] of requests) {
    const answer = await askRaw(port, bytes);
    assert.equal(answer.status, status, bytes.slice(0, 40));
    assert.match(answer.headers['content-type'], /^text\/html/);
    assert.match(answer.body, /^<!DOCTYPE html>/);
  }
});

test('the whole document has been seen: no answer in it is only claimed', () => {
  assert.deepEqual(description.unseen(), []);
});

test('the document is strict: no key may be missing, none may be added', async () => {
  const where = overSocket(servers.states.get('mixed'));
  for (const [method, path] of description.operations()) {
    if (method !== 'GET' || path === kEvents || path.endsWith('openapi.json')) continue;
    const answer = await ask(where, 'GET', addressesOf(path)[0]);
    if (!answer.headers['content-type'].startsWith('application/json')) continue;
    const whole = JSON.parse(answer.body);
    const changed = Object.keys(whole).map((key) => ({ ...whole, [key]: undefined }));
    for (const value of [...changed, { ...whole, more: 1 }]) {
      const body = JSON.stringify(value);
      assert.throws(
        () => description.check('GET', path, { ...answer, body }),
        /must (have required|NOT have additional) propert/,
      );
    }
  }
});

test('the status for terminals is plain text in both languages', async () => {
  const where = overSocket(servers.states.get('closed'));
  const german = (await ask(where, 'GET', '/api/v1/status/de')).body;
  const english = (await ask(where, 'GET', '/api/v1/status/en')).body;
  assert.match(german, /geschlossen/);
  assert.match(english, /closed/);
});

test('metrics are well-formed Prometheus text', async () => {
  const { port } = servers.states.get('mixed');
  const { body, headers } = await ask({ port }, 'GET', '/metrics');
  assert.match(headers['content-type'], /version=0\.0\.4/);
  assert.ok(body.endsWith('\n'));
  const known = new Set();
  let family = '';
  for (const line of body.trimEnd().split('\n')) {
    const help = /^# (HELP|TYPE) ([a-z_]+) /.exec(line);
    if (help) {
      if (help[1] === 'HELP') assert.ok(!known.has(help[2]), `${help[2]} appears twice`);
      known.add(help[2]);
      family = help[2];
      continue;
    }
    assert.match(line, /^[a-z_]+(\{([a-z_]+="(\\.|[^"\\])*",?)*\})? -?[0-9.e+]+$/, line);
    assert.ok(line.startsWith(family), `${line} stands outside its family`);
  }
  assert.match(body, /dienstbereit_place_readiness\{office="A3",site="S1",state="closed"\} 1/);
});
