// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
//
// The same file is read by the server's tests: both sides must agree to the bit.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { before, test } from 'node:test';
import fc from 'fast-check';
import { ready, unbase64 } from '../src/lib/bytes';
import { checkDigit, isReceiptNumber, receiptNumber } from '../src/lib/receipt';
import {
  hintOf,
  keyId,
  signatureText,
  unseal,
  verifies,
  type IntakeRecord,
} from '../src/lib/record';

const vectors = JSON.parse(readFileSync('../test/golden/intake/vectors.json', 'utf8'));
before(() => ready);

test('receipt numbers', () => {
  for (const { site, counter, sequence, receipt } of vectors.receipts) {
    assert.equal(receiptNumber(site, counter, sequence), receipt);
    assert.ok(isReceiptNumber(receipt));
  }
  for (const receipt of vectors.bad_receipts) assert.ok(!isReceiptNumber(receipt), receipt);
});

test('the check digit is that of ISO 7064 MOD 11,10', () => {
  assert.equal(checkDigit('0794'), '5');
  assert.equal(checkDigit('13669597'), '6'); // a published VAT number
});

test('a receipt number with one wrong digit is found', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 99_999 }),
      fc.nat(99),
      fc.nat(),
      fc.nat(9),
      (sequence, counter, place, digit) => {
        const receipt = receiptNumber('S3', counter, sequence);
        const digits = [...receipt.matchAll(/[0-9]/g)].map((found) => found.index ?? 0);
        const at = digits[place % digits.length] ?? 0;
        const changed = receipt.slice(0, at) + digit + receipt.slice(at + 1);
        return changed === receipt || !isReceiptNumber(changed);
      },
    ),
    { numRuns: 2000 },
  );
});

test('key id, hints, signature, and what is sealed', () => {
  const record: IntakeRecord = vectors.record;
  const { public_key, secret_key, key_id } = vectors.key;
  assert.equal(keyId(unbase64(public_key)), key_id);
  for (const { hint, ...parts } of vectors.hints) {
    assert.equal(hintOf(parts, unbase64(vectors.hint_key)), hint);
  }
  assert.equal(signatureText(record), vectors.signature_text);
  assert.ok(verifies(record, unbase64(vectors.device.public_key)));
  const content = unseal(record.sealed, unbase64(public_key), unbase64(secret_key));
  assert.deepEqual(content?.fields, vectors.content.fields);
  assert.equal(content?.originals_text, vectors.content.originals_text);
});
