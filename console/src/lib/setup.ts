// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
//
// What the server tells a counter: offices with their keys, services, forms. docs/formats/intake.md
import { Trouble } from './trouble';

export type Language = 'de' | 'en';
export type Both = { de: string; en: string };

export const kFieldTypes = [
  'text',
  'date',
  'choice',
  'number',
  'phone',
  'plate',
  'vin',
  'evb',
  'iban',
  'month',
] as const;
export type FieldType = (typeof kFieldTypes)[number];

export interface Field {
  id: string;
  label: Both;
  help?: Both;
  type: FieldType;
  required: boolean;
  max: number; // characters
  choices?: { id: string; label: Both }[];
  hint?: 'name' | 'birth_date' | 'vin';
}
export interface Form {
  form: string;
  version: number;
  title: Both;
  purpose: Both;
  fields: Field[];
  originals: { code: string; label: Both }[];
  proves_not: Both;
}
export interface Office {
  office: string;
  name: Both;
  key_id: string | null;
  public_key: string | null;
}
export interface Service {
  service: string;
  office: string;
  name: Both;
  form: string;
  what_next: Both;
}
export interface Setup {
  setup_version: string;
  title: Both;
  status_url: string;
  exercise: boolean;
  offices: Office[];
  services: Service[];
  forms: Form[];
  retention_hours: number;
}

const kListMax = 500;
const kTextMax = 4000;
const kFieldMax = 4000;
const kMaxByDefault = 200;
const kRetentionMax = 24 * 365;
const kIdPattern = /^[A-Za-z0-9][A-Za-z0-9_.:-]{0,63}$/;

// Reads what came over the wire; anything odd is one Trouble that names the place.
class Reader {
  constructor(private readonly where: string) {}
  fail(what: string): never {
    throw new Trouble('setup_broken', `${this.where}: ${what}`);
  }
  object(value: unknown): Record<string, unknown> {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) this.fail('object');
    return value as Record<string, unknown>;
  }
  list<T>(value: unknown, read: (one: Record<string, unknown>) => T): T[] {
    if (!Array.isArray(value) || value.length > kListMax) this.fail('list');
    return (value as unknown[]).map((one) => read(this.object(one)));
  }
  text(value: unknown): string {
    if (typeof value !== 'string' || value.length > kTextMax) this.fail('text');
    return value as string;
  }
  id(value: unknown): string {
    if (typeof value !== 'string' || !kIdPattern.test(value)) this.fail('id');
    return value as string;
  }
  number(value: unknown, least: number, most: number): number {
    if (typeof value !== 'number' || !(value >= least && value <= most)) this.fail('number');
    return value as number;
  }
  both(value: unknown): Both {
    const one = this.object(value);
    return { de: this.text(one.de), en: this.text(one.en) };
  }
}

function readField(one: Record<string, unknown>): Field {
  const read = new Reader('field');
  const type = kFieldTypes.find((known) => known === one.type);
  if (!type) read.fail('type');
  const field: Field = {
    id: read.id(one.id),
    label: read.both(one.label),
    type: type as FieldType,
    required: one.required === true,
    max: read.number(one.max ?? kMaxByDefault, 1, kFieldMax),
  };
  if (one.help != null) field.help = read.both(one.help);
  if (one.choices != null) {
    field.choices = read.list(one.choices, (choice) => ({
      id: read.id(choice.id),
      label: read.both(choice.label),
    }));
  }
  if (type === 'choice' && !field.choices?.length) read.fail('choices');
  if (one.hint === 'name' || one.hint === 'birth_date' || one.hint === 'vin') {
    field.hint = one.hint;
  }
  return field;
}

function readForm(one: Record<string, unknown>): Form {
  const read = new Reader('form');
  return {
    form: read.id(one.form),
    version: read.number(one.version, 0, 1e9),
    title: read.both(one.title),
    purpose: read.both(one.purpose),
    fields: read.list(one.fields, readField),
    originals: read.list(one.originals ?? [], (original) => ({
      code: read.id(original.code),
      label: read.both(original.label),
    })),
    proves_not: read.both(one.proves_not),
  };
}

export function readSetup(value: unknown): Setup {
  const read = new Reader('setup');
  const all = read.object(value);
  const keyOf = (key: unknown) => (key == null ? null : read.text(key));
  return {
    setup_version: read.text(String(all.setup_version ?? '')),
    title: read.both(all.title),
    status_url: read.text(all.status_url ?? ''),
    exercise: all.exercise === true,
    offices: read.list(all.offices, (one) => ({
      office: read.id(one.office),
      name: read.both(one.name),
      key_id: keyOf(one.key_id),
      public_key: keyOf(one.public_key),
    })),
    services: read.list(all.services, (one) => ({
      service: read.id(one.service),
      office: read.id(one.office),
      name: read.both(one.name),
      form: read.id(one.form),
      what_next: read.both(one.what_next),
    })),
    forms: read.list(all.forms, readForm),
    retention_hours: Math.max(1, read.number(all.retention_hours ?? 12, 0, kRetentionMax)),
  };
}
