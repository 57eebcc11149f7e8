// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  checkDate,
  checkEvb,
  checkField,
  checkForm,
  checkIban,
  checkMonth,
  checkPhone,
  checkPlate,
  checkVin,
  tidy,
  type Checked,
} from '../src/lib/checks';
import type { Field } from '../src/lib/setup';

const kToday = '2026-11-26';
const good = (checked: Checked, value: string) => assert.deepEqual(checked, { value });
const bad = (checked: Checked, problem: string) => assert.deepEqual(checked, { problem });
const field = (more: Partial<Field>): Field => ({
  id: 'x',
  label: { de: 'X', en: 'X' },
  type: 'text',
  required: true,
  max: 40,
  ...more,
});

test('a VIN has 17 signs and says why I, O and Q are wrong', () => {
  good(checkVin('wvw zzz1jz xw000001'), 'WVWZZZ1JZXW000001');
  bad(checkVin('WVWZZZ1JZXW00000I'), 'vin_ioq');
  bad(checkVin('WVWZZZ1JZXW0000O1'), 'vin_ioq');
  bad(checkVin('QVWZZZ1JZXW000001'), 'vin_ioq');
  bad(checkVin('WVWZZZ1JZXW00001'), 'vin_length');
  bad(checkVin('WVWZZZ1JZXW0000012'), 'vin_length');
  bad(checkVin('WVWZZZ1JZÄW000001'), 'vin_letters');
});

test('an eVB number has seven letters or digits', () => {
  good(checkEvb(' a1b 2c3d '), 'A1B2C3D');
  bad(checkEvb('A1B2C3'), 'evb');
  bad(checkEvb('A1B2C3D4'), 'evb');
  bad(checkEvb('A1B2C3Ä'), 'evb');
});

test('IBANs of the registry are taken, in groups or not', () => {
  good(checkIban('de89 3704 0044 0532 0130 00'), 'DE89370400440532013000');
  good(checkIban('AT611904300234573201'), 'AT611904300234573201');
  good(checkIban('GB29 NWBK 6016 1331 9268 19'), 'GB29NWBK60161331926819');
  good(checkIban('FR1420041010050500013M02606'), 'FR1420041010050500013M02606');
  bad(checkIban('XX89370400440532013000'), 'iban_country');
  bad(checkIban('DEX9370400440532013000'), 'iban_country');
  bad(checkIban('DE8937040044053201300'), 'iban_length');
  bad(checkIban('DE89370400440532013001'), 'iban_sum');
});

test('an IBAN with one wrong or two swapped digits is found', () => {
  const iban = 'DE89370400440532013000';
  fc.assert(
    fc.property(fc.integer({ min: 2, max: 21 }), fc.integer({ min: 0, max: 9 }), (at, to) => {
      const changed = iban.slice(0, at) + to + iban.slice(at + 1);
      return changed === iban || 'problem' in checkIban(changed);
    }),
  );
  fc.assert(
    fc.property(fc.integer({ min: 2, max: 20 }), (at) => {
      const changed = iban.slice(0, at) + iban[at + 1] + iban[at] + iban.slice(at + 2);
      return changed === iban || 'problem' in checkIban(changed);
    }),
  );
});

test('dates are read as Germans and machines write them, and must exist', () => {
  good(checkDate('24.12.1980'), '1980-12-24');
  good(checkDate('4.2.1980'), '1980-02-04');
  good(checkDate('24121980'), '1980-12-24');
  good(checkDate('1980-12-24'), '1980-12-24');
  good(checkDate('29.02.2024'), '2024-02-29');
  for (const wrong of [
    '29.02.2023',
    '31.04.2000',
    '0.1.2000',
    '1.13.2000',
    '24.12.80',
    'x',
    '1.1.1700',
  ]) {
    bad(checkDate(wrong), 'date');
  }
});

test('every day that exists is read back from the way it is written', () => {
  const day = fc.date({
    min: new Date('1851-01-01'),
    max: new Date('2149-12-31'),
    noInvalidDate: true,
  });
  fc.assert(
    fc.property(day, (date) => {
      const iso = date.toISOString().slice(0, 10);
      const german = iso.split('-').reverse().join('.');
      assert.deepEqual([checkDate(iso), checkDate(german)], [{ value: iso }, { value: iso }]);
    }),
  );
});

test('nobody is born tomorrow', () => {
  const born = field({ type: 'date', hint: 'birth_date' });
  good(checkField(born, '26.11.2026', kToday), '2026-11-26');
  bad(checkField(born, '27.11.2026', kToday), 'date_future');
  good(checkField(field({ type: 'date' }), '27.11.2026', kToday), '2026-11-27');
});

test('months', () => {
  good(checkMonth('3/2027'), '2027-03');
  good(checkMonth('03.2027'), '2027-03');
  good(checkMonth('2027-03'), '2027-03');
  bad(checkMonth('13/2027'), 'month');
  bad(checkMonth('3/27'), 'month');
});

test('plates', () => {
  good(checkPlate('ne-ab 123'), 'NE-AB 123');
  good(checkPlate('NE AB123'), 'NE-AB 123');
  good(checkPlate('KÖ-N 1H'), 'KÖ-N 1H');
  good(checkPlate('B-AA 1234E'), 'B-AA 1234E');
  good(checkPlate('THW-80123'), 'THW-80123');
  good(checkPlate('NE 06123'), 'NE-06123');
  for (const wrong of [
    'NEAB123',
    'NE-ABC 1',
    'NE-AB 0123',
    'ABCD-A 1',
    'NEX-AB 12345',
    'ABC-DE 1234H',
    '-',
  ]) {
    bad(checkPlate(wrong), 'plate');
  }
});

test('telephone numbers and numbers', () => {
  good(checkPhone('+49 (0)2131 / 123-45'), '+49 (0)2131 / 123-45');
  for (const wrong of ['abc', '12', '+', '1234567890123456789']) bad(checkPhone(wrong), 'phone');
  good(checkField(field({ type: 'number' }), ' 12 345 ', kToday), '12345');
  bad(checkField(field({ type: 'number' }), '12a', kToday), 'number');
});

test('what is empty is missing only where the form wants it', () => {
  for (const empty of ['', '   ', '\u200b']) {
    bad(checkField(field({}), empty, kToday), 'required');
    good(checkField(field({ required: false, type: 'vin' }), empty, kToday), '');
  }
});

test('a choice is one of the choices', () => {
  const choice = field({ type: 'choice', choices: [{ id: 'a', label: { de: 'A', en: 'A' } }] });
  good(checkField(choice, 'a', kToday), 'a');
  bad(checkField(choice, 'b', kToday), 'choice');
});

test('no typed text breaks a check, and what passes fits and passes again', () => {
  const types = [
    'text',
    'date',
    'number',
    'phone',
    'plate',
    'vin',
    'evb',
    'iban',
    'month',
  ] as const;
  fc.assert(
    fc.property(fc.constantFrom(...types), fc.fullUnicodeString(), (type, typed) => {
      const one = field({ type, max: 20 });
      const checked = checkField(one, typed, kToday);
      if ('problem' in checked) return;
      assert.ok([...checked.value].length <= 20);
      assert.deepEqual(checkField(one, checked.value, kToday), checked);
    }),
    { numRuns: 2000 },
  );
});

test('invisible signs and direction marks do not stay', () => {
  assert.equal(tidy('a\u202eb\u0000c\u200b'), 'a b c');
  assert.equal(tidy('A\u0308rger'), 'Ärger');
});

test('a form gives its values without the empty ones, and its problems in order', () => {
  const fields = [
    field({ id: 'a' }),
    field({ id: 'b', required: false }),
    field({ id: 'c', type: 'vin' }),
    field({ id: 'd' }),
  ];
  const { values, problems } = checkForm(fields, { a: ' x ', c: 'y' }, kToday);
  assert.deepEqual(values, { a: 'x' });
  assert.deepEqual(
    problems.map((one) => [one.field.id, one.problem]),
    [
      ['c', 'vin_length'],
      ['d', 'required'],
    ],
  );
});
