// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
//
// A value of a form as people read it.
import type { Field, Language } from './setup';
import { pick } from './words';

export function textOf(field: Field, value: string, language: Language): string {
  if (field.type === 'choice') {
    const choice = field.choices?.find((one) => one.id === value);
    return choice ? pick(language, choice.label) : value;
  }
  if (field.type === 'date') return value.split('-').reverse().join('.');
  if (field.type === 'month') return value.split('-').reverse().join('/');
  if (field.type === 'iban') return value.replace(/(.{4})(?=.)/g, '$1 ');
  return value;
}
