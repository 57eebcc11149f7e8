// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
//
// Reads the door poster of a running server with Debian's poppler: paper, font, title, words.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { request } from 'node:http';
import { after, before, test } from 'node:test';
import { startServers } from './servers.mjs';

let servers;
before(async () => {
  servers = await startServers();
});
after(() => servers?.stop());

function poster(socketPath, lang) {
  const path = `/api/v1/statements/statement-2/poster.pdf?lang=${lang}`;
  return new Promise((resolve, reject) => {
    request({ socketPath, path }, (answer) => {
      const parts = [];
      answer.on('data', (part) => parts.push(part));
      answer.on('end', () => resolve({ status: answer.statusCode, pdf: Buffer.concat(parts) }));
    })
      .on('error', reject)
      .end();
  });
}
function read(program, pdf, ...options) {
  const ran = spawnSync(program, [...options, '-', ...(program === 'pdftotext' ? ['-'] : [])], {
    input: pdf,
  });
  assert.equal(ran.status, 0, String(ran.error ?? ran.stderr));
  return String(ran.stdout);
}

test('a poster is one A4 page with its font, its title and its umlauts', async () => {
  const { socket } = servers.states.get('mixed');
  const { status, pdf } = await poster(socket, 'de');
  assert.equal(status, 200);
  const facts = read('pdfinfo', pdf);
  assert.match(facts, /Title:\s+Heute geschlossen/);
  assert.match(facts, /Author:\s+Kreisverwaltung Beispiel/);
  assert.match(facts, /Pages:\s+1\n/);
  assert.match(facts, /\(A4\)/);
  for (const font of read('pdffonts', pdf).trim().split('\n').slice(2)) {
    assert.match(font, /DejaVu.*\byes\b/, 'embedded');
  }
  const text = read('pdftotext', pdf, '-layout');
  assert.match(text, /Heute\s+geschlossen/);
  assert.match(text, /Geschlossen:\n *- Gesundheitsamt/);
  assert.match(text, /für Sie geöffnet:\s+Straßenverkehrsamt/);
});

test('it is there in English too', async () => {
  const { pdf } = await poster(servers.states.get('mixed').socket, 'en');
  assert.match(read('pdftotext', pdf), /Closed today\s+Closed:\s+- Health Office/);
});
