// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
//
// Holds CAP drafts against a schema written from the standard, with Debian's xmllint: those of the
// golden files, and the one that a running server gives.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { ask, startServers } from './servers.mjs';

const kSchema = new URL('cap12.xsd', import.meta.url).pathname;
const kGolden = new URL('../golden/drafts/', import.meta.url);

function faults(xml) {
  const ran = spawnSync('xmllint', ['--noout', '--schema', kSchema, '-'], { input: xml });
  assert.equal(ran.error, undefined);
  return ran.status === 0 ? '' : String(ran.stderr);
}
const drafts = ['cap.de.txt', 'cap.en.txt', 'cap_moved.txt'].flatMap((name) =>
  readFileSync(new URL(name, kGolden), 'utf8').match(/<\?xml[^]*?<\/alert>/g),
);

let servers;
before(async () => {
  servers = await startServers();
});
after(() => servers?.stop());

test('every golden draft keeps to the schema', () => {
  assert.equal(drafts.length, 9);
  for (const xml of drafts) assert.equal(faults(xml), '', xml);
  for (const type of ['Alert', 'Update', 'Cancel']) {
    assert.ok(drafts.some((xml) => xml.includes(`<msgType>${type}</msgType>`)), type);
  }
});

test('the schema refuses what the standard refuses', () => {
  const [good] = drafts;
  const bad = [
    good.replace('+01:00</sent>', 'Z</sent>'),
    good.replace('<status>Actual</status>', ''),
    good.replace('<urgency>Immediate</urgency>', '<urgency>Soon</urgency>'),
    good.replace(/<sender>[^<]*/, '<sender>a b'),
    good.replace(/<event>[^]*?<\/event>\n/, ''),
  ];
  for (const xml of bad) {
    assert.notEqual(xml, good);
    assert.notEqual(faults(xml), '', xml);
  }
});

test('a running server drafts by the schema too', async () => {
  for (const { socket } of servers.states.values()) {
    const answer = await ask({ socketPath: socket }, 'GET', '/api/v1/drafts/cap');
    assert.equal(answer.status, 200);
    assert.equal(faults(JSON.parse(answer.body).text.de), '', answer.body);
  }
});
