// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
//
// What was typed into a field -> the value as it is written down, or what is wrong with it.
import type { Field } from './setup';

export type Problem =
  | 'required'
  | 'too_long'
  | 'choice'
  | 'date'
  | 'date_future'
  | 'month'
  | 'number'
  | 'phone'
  | 'plate'
  | 'vin_length'
  | 'vin_ioq'
  | 'vin_letters'
  | 'evb'
  | 'iban_country'
  | 'iban_length'
  | 'iban_sum';

// An empty value is no problem here: whether a field may be empty is the form's word.
export type Checked = { value: string } | { problem: Problem };

const ok = (value: string): Checked => ({ value });
const wrong = (problem: Problem): Checked => ({ problem });

// Blanks at the ends, control characters and letters made of two signs go.
export const tidy = (typed: string): string =>
  typed
    .normalize('NFC')
    .replace(/[\u0000-\u001f\u007f\u200b-\u200f\u202a-\u202e\u2066-\u2069]+/g, ' ')
    .replace(/ {2,}/g, ' ')
    .trim();

const compact = (typed: string): string =>
  tidy(typed)
    .toUpperCase()
    .replace(/[\s.-]/g, '');

// Vehicle identification number, ISO 3779: 17 signs, none of them I, O or Q.
export function checkVin(typed: string): Checked {
  const vin = compact(typed);
  if (/[IOQ]/.test(vin)) return wrong('vin_ioq');
  if (/[^A-Z0-9]/.test(vin)) return wrong('vin_letters');
  return vin.length === 17 ? ok(vin) : wrong('vin_length');
}

// Electronic confirmation of insurance.
export function checkEvb(typed: string): Checked {
  const evb = compact(typed);
  return /^[A-Z0-9]{7}$/.test(evb) ? ok(evb) : wrong('evb');
}

// Lengths of the IBAN registry, for the countries of SEPA.
const kIbanLengths: Record<string, number> = {
  AD: 24,
  AT: 20,
  BE: 16,
  BG: 22,
  CH: 21,
  CY: 28,
  CZ: 24,
  DE: 22,
  DK: 18,
  EE: 20,
  ES: 24,
  FI: 18,
  FR: 27,
  GB: 22,
  GI: 23,
  GR: 27,
  HR: 21,
  HU: 28,
  IE: 22,
  IS: 26,
  IT: 27,
  LI: 21,
  LT: 20,
  LU: 20,
  LV: 21,
  MC: 27,
  MT: 31,
  NL: 18,
  NO: 15,
  PL: 28,
  PT: 25,
  RO: 24,
  SE: 24,
  SI: 19,
  SK: 24,
  SM: 27,
  VA: 22,
};

// ISO 13616: the number read as digits, its first four signs last, leaves 1 when divided by 97.
export function checkIban(typed: string): Checked {
  const iban = compact(typed);
  const length = kIbanLengths[iban.slice(0, 2)];
  if (!length || !/^[A-Z]{2}[0-9]{2}[A-Z0-9]*$/.test(iban)) return wrong('iban_country');
  if (iban.length !== length) return wrong('iban_length');
  let rest = 0;
  for (const letter of iban.slice(4) + iban.slice(0, 4)) {
    const value = parseInt(letter, 36);
    rest = (rest * (value > 9 ? 100 : 10) + value) % 97;
  }
  return rest === 1 ? ok(iban) : wrong('iban_sum');
}

const twoDigits = (number: number): string => String(number).padStart(2, '0');

const kYearLeast = 1850;
const kYearMost = 2150;

// 24.12.1980, 24121980 or 1980-12-24 -> 1980-12-24.
export function checkDate(typed: string): Checked {
  const date = tidy(typed);
  const german =
    /^(\d{1,2})[. /-]\s*(\d{1,2})[. /-]\s*(\d{4})$/.exec(date) ??
    /^(\d{2})(\d{2})(\d{4})$/.exec(date);
  const iso = /^(\d{4})-(\d{2})-(\d{2})$/.exec(date);
  const parts = iso ? [iso[1], iso[2], iso[3]] : german ? [german[3], german[2], german[1]] : [];
  const [year = 0, month = 0, day = 0] = parts.map(Number);
  if (year < kYearLeast || year > kYearMost || month < 1 || month > 12) return wrong('date');
  const last = new Date(Date.UTC(year, month, 0)).getUTCDate();
  if (day < 1 || day > last) return wrong('date');
  return ok(`${year}-${twoDigits(month)}-${twoDigits(day)}`);
}

// 03/2027, 3.2027 or 2027-03 -> 2027-03.
export function checkMonth(typed: string): Checked {
  const month = tidy(typed);
  const german = /^(\d{1,2})[./ -](\d{4})$/.exec(month);
  const iso = /^(\d{4})-(\d{2})$/.exec(month);
  const [year = 0, number = 0] = (
    iso ? [iso[1], iso[2]] : german ? [german[2], german[1]] : []
  ).map(Number);
  if (year < kYearLeast || year > kYearMost || number < 1 || number > 12) return wrong('month');
  return ok(`${year}-${twoDigits(number)}`);
}

// District, letters, digits; also without letters, as authorities, forces and dealers have them.
export function checkPlate(typed: string): Checked {
  const plate = tidy(typed)
    .toUpperCase()
    .replace(/\s*-\s*/g, '-');
  const usual = /^([A-ZÄÖÜ]{1,3})[- ]([A-Z]{1,2})[- ]?([1-9][0-9]{0,3})([EH]?)$/.exec(plate);
  if (usual) {
    const [, district = '', letters = '', digits = '', mark = ''] = usual;
    return district.length + letters.length + digits.length + mark.length > 8
      ? wrong('plate')
      : ok(`${district}-${letters} ${digits}${mark}`);
  }
  const special = /^([A-ZÄÖÜ]{1,3})[- ]([0-9]{1,6})$/.exec(plate);
  return special ? ok(`${special[1]}-${special[2]}`) : wrong('plate');
}

export function checkPhone(typed: string): Checked {
  const phone = tidy(typed);
  const digits = phone.replace(/\D/g, '').length;
  return /^\+?[0-9 ()/-]+$/.test(phone) && digits >= 4 && digits <= 18 ? ok(phone) : wrong('phone');
}

function checkNumber(typed: string): Checked {
  const number = tidy(typed).replace(/\s/g, '');
  return /^[0-9]+$/.test(number) ? ok(number) : wrong('number');
}

function checkTyped(field: Field, typed: string, today: string): Checked {
  switch (field.type) {
    case 'vin':
      return checkVin(typed);
    case 'evb':
      return checkEvb(typed);
    case 'iban':
      return checkIban(typed);
    case 'month':
      return checkMonth(typed);
    case 'plate':
      return checkPlate(typed);
    case 'phone':
      return checkPhone(typed);
    case 'number':
      return checkNumber(typed);
    case 'choice':
      return field.choices?.some((one) => one.id === typed) ? ok(typed) : wrong('choice');
    case 'date': {
      const date = checkDate(typed);
      const future = field.hint === 'birth_date' && 'value' in date && date.value > today;
      return future ? wrong('date_future') : date;
    }
    case 'text':
      return ok(tidy(typed));
  }
}

// `today` is YYYY-MM-DD: nobody is born after it.
export function checkField(field: Field, typed: string, today: string): Checked {
  if (tidy(typed) === '') return field.required ? wrong('required') : ok('');
  const checked = checkTyped(field, typed, today);
  if ('value' in checked && [...checked.value].length > field.max) return wrong('too_long');
  return checked;
}

export interface CheckedForm {
  values: Record<string, string>; // without the empty ones
  problems: { field: Field; problem: Problem }[]; // in the order of the form
}

export function checkForm(
  fields: Field[],
  typed: Record<string, string>,
  today: string,
): CheckedForm {
  const result: CheckedForm = { values: {}, problems: [] };
  for (const field of fields) {
    const checked = checkField(field, typed[field.id] ?? '', today);
    if ('problem' in checked) result.problems.push({ field, problem: checked.problem });
    else if (checked.value !== '') result.values[field.id] = checked.value;
  }
  return result;
}
