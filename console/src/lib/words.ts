// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
//
// The sentences of both pages. `{name}` is put in; a key that ends in `_one` is said for one.
import de from '../words/de.json';
import en from '../words/en.json';
import type { Both, Language } from './setup';

export type Key = keyof typeof de;
type Values = Record<string, string | number>;

const kCatalogues: Record<Language, Record<string, string>> = { de, en };

export function say(language: Language, key: Key, values: Values = {}): string {
  const catalogue = kCatalogues[language];
  const one = values.count === 1 ? catalogue[`${key}_one`] : undefined;
  const sentence = one ?? catalogue[key] ?? key;
  return sentence.replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ''));
}

export const pick = (language: Language, both: Both): string => both[language] || both.de;

const kLocales: Record<Language, string> = { de: 'de-DE', en: 'en-GB' };
const kDateAndTime: Intl.DateTimeFormatOptions = {
  day: '2-digit',
  month: '2-digit',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
};

export const dateAndTime = (language: Language, when: string | number): string =>
  new Intl.DateTimeFormat(kLocales[language], kDateAndTime).format(new Date(when));
export const timeOfDay = (language: Language, when: string | number): string =>
  new Intl.DateTimeFormat(kLocales[language], { hour: '2-digit', minute: '2-digit' }).format(
    new Date(when),
  );

// The language chosen last; nothing else is ever kept there.
const kLanguageKey = 'intake-language';
export function chosenLanguage(): Language {
  try {
    const kept = localStorage.getItem(kLanguageKey);
    if (kept === 'de' || kept === 'en') return kept;
  } catch {
    // a browser that keeps nothing
  }
  return navigator.language.startsWith('en') ? 'en' : 'de';
}
export function keepLanguage(language: Language): void {
  try {
    localStorage.setItem(kLanguageKey, language);
  } catch {
    // asked again next time
  }
}
