// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import fc from 'fast-check';
import { base64, ready, sodium, unbase64 } from '../src/lib/bytes';
import { halfAsText, halfFromText, join, makeKey, split } from '../src/lib/halves';
import {
  hintOf,
  seal,
  sign,
  timestamp,
  unseal,
  verifies,
  type IntakeRecord,
} from '../src/lib/record';
import { Trouble } from '../src/lib/trouble';

before(() => ready);

const record = (sealed: string): Omit<IntakeRecord, 'signature'> => ({
  device: 'd',
  sequence: 1,
  id: 'ab',
  form: 'f',
  form_version: 1,
  office: 'o',
  service: 's',
  receipt: 'r',
  recorded_at: timestamp(0),
  key_id: 'k',
  urgency: 'normal',
  originals: ['a', 'b'],
  hint: 'h',
  sealed,
});

test('what is sealed opens with the key of the office and no other', () => {
  const key = makeKey();
  const other = makeKey();
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.fullUnicodeString()), (fields) => {
      const sealed = seal({ fields }, key.publicKey);
      assert.deepEqual(unseal(sealed, key.publicKey, key.secretKey)?.fields, { ...fields });
      assert.equal(unseal(sealed, other.publicKey, other.secretKey), undefined);
    }),
    { numRuns: 50 },
  );
});

test('the length of what is sealed does not tell the length of a name', () => {
  const { publicKey } = makeKey();
  const lengths = ['A', 'Anna', 'Annegret Großkreutz'].map(
    (name) => unbase64(seal({ fields: { name } }, publicKey)).length,
  );
  assert.equal(new Set(lengths).size, 1);
});

test('more than a record may hold is refused', () => {
  const { publicKey } = makeKey();
  assert.throws(
    () => seal({ fields: { a: 'x'.repeat(17_000) } }, publicKey),
    (error) => error instanceof Trouble && error.code === 'too_large',
  );
});

test('a changed bit, field or order breaks the signature', () => {
  const { publicKey, privateKey } = sodium.crypto_sign_keypair();
  const signed = sign(record(base64(new Uint8Array(100))), privateKey);
  assert.ok(verifies(signed, publicKey));
  const changes: Partial<IntakeRecord>[] = [
    { sequence: 2 },
    { urgency: 'urgent' },
    { originals: ['b', 'a'] },
    { office: 'p' },
    { sealed: base64(new Uint8Array(100).fill(1)) },
    { recorded_at: timestamp(1000) },
  ];
  for (const change of changes) assert.ok(!verifies({ ...signed, ...change }, publicKey));
});

test('one person and matter give one hint, whatever the way of writing', () => {
  const key = new Uint8Array(32).fill(9);
  const one = hintOf({ name: 'Ärger,  Jo', birth_date: '2000-01-01', service: 's' }, key);
  assert.equal(
    hintOf({ name: ' a\u0308RGER, jo ', birth_date: '2000-01-01', service: 's' }, key),
    one,
  );
  assert.notEqual(hintOf({ name: 'Ärger, Jo', birth_date: '2000-01-02', service: 's' }, key), one);
  assert.notEqual(
    hintOf({ name: 'Ärger, Jo', birth_date: '2000-01-01', service: 's' }, new Uint8Array(32)),
    one,
  );
});

test('two halves give the key, one half gives nothing', () => {
  const key = makeKey();
  const [one, two] = split(key);
  assert.deepEqual(join(one, two, key.key_id)?.secretKey, key.secretKey);
  assert.deepEqual(join(two, one, key.key_id)?.secretKey, key.secretKey);
  assert.equal(join(one, one, key.key_id), undefined);
  assert.equal(join(one, split(makeKey())[1], key.key_id), undefined);
  assert.notDeepEqual(one.bytes, key.secretKey);
  assert.notDeepEqual(two.bytes, key.secretKey);
});

test('a half is read from its sheet, also with O for 0, blanks and small letters', () => {
  const half = split(makeKey())[1];
  const lines = halfAsText(half);
  assert.equal(lines.length, 8);
  assert.ok(lines.every((line) => line.length === 9));
  const typed = lines.join(' ').toLowerCase().replaceAll('0', 'o').replaceAll('1', 'l');
  assert.deepEqual(halfFromText(typed), { half });
});

test('each line with one wrong sign is named', () => {
  const lines = halfAsText(split(makeKey())[0]);
  const signs = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
  fc.assert(
    fc.property(fc.nat(7), fc.nat(8), fc.constantFrom(...signs), (line, at, sign) => {
      const wrong = [...lines];
      const was = wrong[line] ?? '';
      wrong[line] = was.slice(0, at) + sign + was.slice(at + 1);
      const read = halfFromText(wrong.join(''));
      if (wrong[line] === was) assert.ok('half' in read);
      else assert.deepEqual(read, { wrong_lines: [line + 1] });
    }),
    { numRuns: 500 },
  );
});

test('lines in the wrong order, of two sheets, or too many are no half', () => {
  const [one, two] = split(makeKey()).map(halfAsText) as [string[], string[]];
  const mixed = [...one.slice(0, 4), ...two.slice(4)];
  for (const wrong of [mixed, [...one].reverse(), [...one, one[0] ?? '']]) {
    assert.deepEqual(halfFromText(wrong.join('')), { wrong_lines: [] });
  }
});
