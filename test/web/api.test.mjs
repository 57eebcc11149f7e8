// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
//
// Holds every answer of the API against the OpenAPI document that the server itself gives out.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import Ajv from 'ajv/dist/2020.js';
import { ask, startServers } from './servers.mjs';

const kPublic = [
  '/api/v1/situation', '/api/v1/offices', '/api/v1/offices/A1', '/api/v1/sites',
  '/api/v1/sites/S1', '/api/v1/places', '/api/v1/services', '/api/v1/words',
  '/api/v1/version', '/api/v1/health', '/api/v1/offices/none', '/api/v1/sites/none',
];
const kLocal = ['/api/v1/nodes', '/api/v1/probes', '/api/v1/why/A1@S1/V1'];

let servers;
let openapi;
let ajv;
before(async () => {
  servers = await startServers();
  const { port } = servers.states.get('normal');
  openapi = JSON.parse((await ask({ port }, 'GET', '/api/v1/openapi.json')).body);
  ajv = new Ajv({ strict: false, allErrors: true, validateFormats: false });
  ajv.addSchema(openapi, 'openapi');
});
after(() => servers.stop());

// The path's entry in the document: "/api/v1/offices/A1" is "/api/v1/offices/{id}".
function entryOf(path) {
  const plain = path.split('?')[0];
  if (openapi.paths[plain]) return plain;
  return Object.keys(openapi.paths).find(
    (known) => known.endsWith('{id}') && plain.startsWith(known.slice(0, -'{id}'.length)),
  );
}

function check(method, path, answer) {
  const where = `${method} ${path} -> ${answer.status}`;
  const entry = entryOf(path);
  assert.ok(entry, `${where}: no such path in the document`);
  const described = openapi.paths[entry][method.toLowerCase()].responses[answer.status];
  assert.ok(described, `${where}: no such answer in the document: ${answer.body}`);
  assert.match(answer.headers['content-type'], /^application\/json/, where);
  const pointer = [entry, method.toLowerCase(), 'responses', String(answer.status), 'content',
    'application/json', 'schema'].map((part) => part.replace(/~/g, '~0').replace(/\//g, '~1'));
  const at = pointer.map(encodeURIComponent).join('/');
  const validate = ajv.compile({ $ref: `openapi#/paths/${at}` });
  const ok = validate(JSON.parse(answer.body));
  assert.ok(ok, `${where}: ${ajv.errorsText(validate.errors)}`);
}

test('every public answer in every state is as the document says', async () => {
  for (const [, { port }] of servers.states) {
    for (const path of kPublic) check('GET', path, await ask({ port }, 'GET', path));
    for (const path of kLocal) check('GET', path, await ask({ port }, 'GET', path));
  }
});

test('over the socket, internal answers are as the document says', async () => {
  for (const [, { socket }] of servers.states) {
    for (const path of [...kPublic, ...kLocal]) {
      const answer = await ask({ socketPath: socket }, 'GET', path);
      assert.notEqual(answer.status, 403, path);
      check('GET', path, answer);
    }
  }
});

test('commands are taken over the socket, and answered as the document says', async () => {
  const { port, socket } = servers.states.get('normal');
  const word = JSON.stringify({ scope: 'A1@S1', said: 'closed', text: { de: 'Umzug' } });
  const calls = [
    ['POST', '/api/v1/words', word], ['POST', '/api/v1/words?preview=1', word],
    ['POST', '/api/v1/words', '{"scope": "A1@S1", "said": "gone"}'],
    ['POST', '/api/v1/words', 'no json'], ['DELETE', '/api/v1/words/12', undefined],
    ['POST', '/api/v1/reload', ''], ['POST', '/api/v1/clock/confirm', ''],
    ['POST', '/api/v1/backup', '{"file": "/tmp/copy.db"}'],
    ['POST', '/api/v1/backup', '{"file": "relative"}'],
  ];
  for (const [method, path, body] of calls) {
    check(method, path, await ask({ socketPath: socket }, method, path, { body }));
    const outside = await ask({ port }, method, path, { body });
    assert.equal(outside.status, 403, path);
    check(method, path, outside);
  }
});

test('a heartbeat needs its token', async () => {
  const { port } = servers.states.get('normal');
  const path = '/api/v1/heartbeat/DB/beat';
  const right = await ask({ port }, 'POST', path, { headers: { authorization: 'Bearer geheim' } });
  assert.equal(right.status, 202);
  check('POST', path, right);
  const wrong = await ask({ port }, 'POST', path, { headers: { authorization: 'Bearer falsch' } });
  assert.equal(wrong.status, 401);
  check('POST', path, wrong);
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
