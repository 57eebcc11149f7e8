// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import jsqr from 'jsqr';
import qrcode from 'qrcode-generator';
import { asker } from '../src/lib/api';
import { csv, guarded } from '../src/lib/csv';
import { readCode } from '../src/lib/enrol';
import { casesAsCsv, casesAsJson, type OpenedCase } from '../src/lib/export';
import { readSetup } from '../src/lib/setup';
import { textOf } from '../src/lib/text_of';
import { Trouble } from '../src/lib/trouble';
import { say } from '../src/lib/words';
import de from '../src/words/de.json';
import en from '../src/words/en.json';
import kSetup from './example_setup.json';

// What a spreadsheet reads: cells in quotes, doubled quotes inside.
function parse(text: string): string[][] {
  const rows: string[][] = [[]];
  for (const [, cell = '', end] of text.slice(1).matchAll(/"((?:[^"]|"")*)"(;|\r\n)/g)) {
    rows[rows.length - 1]!.push(cell.replaceAll('""', '"'));
    if (end !== ';') rows.push([]);
  }
  return rows.slice(0, -1);
}

test('a table comes back from CSV as it was, but that nothing is a formula', () => {
  const cell = fc.oneof(
    fc.fullUnicodeString(),
    fc.constantFrom('=1+1', '+49', '-1', '@x', '\t=1', ' =1', 'a;b', 'a"b', 'a\r\nb', '|x', '%x'),
  );
  const row = fc.array(cell, { minLength: 2, maxLength: 2 });
  fc.assert(
    fc.property(fc.array(row, { minLength: 1 }), (rows) => {
      const read = parse(csv(rows));
      assert.deepEqual(
        read,
        rows.map((one) => one.map(guarded)),
      );
      for (const one of read.flat()) assert.doesNotMatch(one, /^\s*[=+\-@|%]/);
    }),
    { numRuns: 1000 },
  );
});

const opened: OpenedCase = {
  record: {
    id: '01',
    receipt: 'S3-02-0042-6',
    recorded_at: '2026-11-26T07:10:00Z',
    office: 'KFZ',
    service: 'KFZ-NEU',
    form: 'vehicle',
    form_version: 3,
    urgency: 'normal',
    originals: ['zb1'],
  },
  state: 'checked',
  content: { fields: { name: '=HYPERLINK("x")', phone: '+49 1' }, originals_text: 'Vollmacht' },
};

test('cases are exported with a column for each field, and as JSON unchanged', () => {
  const [head, row] = parse(casesAsCsv([opened]));
  assert.deepEqual(head?.slice(-2), ['name', 'phone']);
  assert.deepEqual(row?.slice(-3), ['zb1, Vollmacht', '\'=HYPERLINK("x")', "'+49 1"]);
  const [one] = JSON.parse(casesAsJson([opened])).cases;
  assert.equal(one.fields.name, '=HYPERLINK("x")');
  assert.equal(one.receipt, 'S3-02-0042-6');
});

test('both catalogues have the same sentences with the same places', () => {
  assert.deepEqual(Object.keys(en), Object.keys(de));
  const places = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(String).sort();
  for (const [key, text] of Object.entries(de)) {
    assert.ok(text.trim(), key);
    assert.deepEqual(places(en[key as keyof typeof en]), places(text), key);
  }
});

test('one is said for one', () => {
  assert.equal(say('de', 'waiting', { count: 1 }), '1 Fall wartet auf die Übertragung,');
  assert.equal(say('en', 'waiting', { count: 2 }), '2 cases wait to be sent,');
});

test('values are shown as people write them', () => {
  const field = (type: 'date' | 'month' | 'iban') => ({
    id: 'x',
    label: { de: '', en: '' },
    type,
    required: true,
    max: 40,
  });
  assert.equal(textOf(field('date'), '1980-12-24', 'de'), '24.12.1980');
  assert.equal(textOf(field('month'), '2027-03', 'de'), '03/2027');
  assert.equal(
    textOf(field('iban'), 'DE89370400440532013000', 'de'),
    'DE89 3704 0044 0532 0130 00',
  );
});

test('a scanner reads the number from the QR code', () => {
  const made = qrcode(0, 'M');
  made.addData('S3-02-0042-6');
  made.make();
  const [scale, quiet] = [4, 4];
  const side = (made.getModuleCount() + 2 * quiet) * scale;
  const pixels = new Uint8ClampedArray(side * side * 4).fill(255);
  for (let y = 0; y < side; ++y) {
    for (let x = 0; x < side; ++x) {
      const [row, column] = [Math.floor(y / scale) - quiet, Math.floor(x / scale) - quiet];
      const inside = Math.min(row, column) >= 0 && Math.max(row, column) < made.getModuleCount();
      if (inside && made.isDark(row, column))
        pixels.fill(0, (y * side + x) * 4, (y * side + x) * 4 + 3);
    }
  }
  assert.equal(jsqr(pixels, side, side)?.data, 'S3-02-0042-6');
});

test('enrolment codes are read however they are typed', () => {
  assert.equal(readCode(' abcde fghij '), 'ABCDE-FGHIJ');
  assert.equal(readCode('ABCDE-FGHI'), undefined);
});

test('a good setup is read; any odd part is refused, never a crash', () => {
  assert.equal(readSetup(kSetup).forms[0]?.fields.length, 10);
  const odd = fc.constantFrom<unknown>(null, 7, 'x', [], {}, [null], 'x'.repeat(5000));
  fc.assert(
    fc.property(fc.nat(), odd, (place, value) => {
      const setup = structuredClone(kSetup) as unknown as Record<string, unknown>;
      const spots: [Record<string, unknown>, string][] = [];
      const walk = (node: unknown) => {
        if (typeof node !== 'object' || node === null) return;
        for (const key of Object.keys(node)) {
          spots.push([node as Record<string, unknown>, key]);
          walk((node as Record<string, unknown>)[key]);
        }
      };
      walk(setup);
      const [node, key] = spots[place % spots.length]!;
      node[key] = value;
      try {
        readSetup(setup);
      } catch (error) {
        assert.ok(error instanceof Trouble && error.code === 'setup_broken', String(error));
      }
    }),
    { numRuns: 1000 },
  );
});

test('what the server answers becomes words', async () => {
  const answers: [number, string, string][] = [
    [401, '{"error":{"message":"unknown device"}}', 'token_refused'],
    [403, '{}', 'not_allowed'],
    [413, '', 'too_large'],
    [429, '', 'server_failed'],
    [503, '<html>', 'server_failed'],
    [400, '{"error":{"message":"no"}}', 'server_refused'],
  ];
  for (const [status, body, code] of answers) {
    const ask = asker('t', async () => new Response(body, { status }));
    await assert.rejects(
      ask('POST', '/records', {}),
      (error) => error instanceof Trouble && error.code === code,
    );
  }
  const dead = asker('t', () => Promise.reject(new TypeError('no network')));
  await assert.rejects(
    dead('GET', '/setup'),
    (error) => error instanceof Trouble && error.code === 'offline',
  );
});
