// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
//
// A case, sealed to the office's key and signed by the device. Nobody but the office can open it,
// the counter included. docs/formats/intake.md
import { base64, hex, sha256, sodium, text, unbase64, utf8 } from './bytes';
import { Trouble } from './trouble';

export type Urgency = 'normal' | 'urgent';

// What only the office may read.
export interface Content {
  fields: Record<string, string>;
  originals_text?: string;
  note?: string;
}

export interface IntakeRecord {
  device: string;
  sequence: number;
  id: string;
  form: string;
  form_version: number;
  office: string;
  service: string;
  receipt: string;
  recorded_at: string;
  key_id: string;
  urgency: Urgency;
  originals: string[];
  hint: string;
  sealed: string;
  signature: string;
}

const kSealedMax = 16 * 1024;
const kPadTo = 256; // so that the length tells nothing

export const keyId = (publicKey: Uint8Array): string => hex(sha256(publicKey)).slice(0, 16);

export function seal(content: Content, publicKey: Uint8Array): string {
  const plain = utf8(JSON.stringify(content));
  const padded = new Uint8Array(Math.ceil(plain.length / kPadTo) * kPadTo).fill(0x20);
  padded.set(plain);
  const sealed = sodium.crypto_box_seal(padded, publicKey);
  sodium.memzero(plain);
  sodium.memzero(padded);
  if (sealed.length > kSealedMax) throw new Trouble('too_large');
  return base64(sealed);
}

// Undefined if this key does not open it.
export function unseal(
  sealed: string,
  publicKey: Uint8Array,
  secretKey: Uint8Array,
): Content | undefined {
  try {
    const plain = sodium.crypto_box_seal_open(unbase64(sealed), publicKey, secretKey);
    const content = JSON.parse(text(plain)) as Partial<Content>;
    return {
      fields: Object.fromEntries(
        Object.entries(content.fields ?? {}).map(([id, value]) => [id, String(value)]),
      ),
      originals_text: String(content.originals_text ?? ''),
      note: String(content.note ?? ''),
    };
  } catch {
    return undefined;
  }
}

const oneForm = (part = ''): string =>
  part.normalize('NFC').trim().replace(/\s+/g, ' ').toLowerCase();

export interface HintParts {
  name?: string;
  birth_date?: string;
  service: string;
  vin?: string;
}

// Two cases of one person and matter get one hint; without the key it tells nothing.
export function hintOf(parts: HintParts, key: Uint8Array): string {
  const all = [oneForm(parts.name), parts.birth_date ?? '', parts.service, parts.vin ?? ''];
  return hex(sodium.crypto_generichash(16, utf8(all.join('|')), key));
}

export function signatureText(record: Omit<IntakeRecord, 'signature'>): string {
  return [
    'dienstbereit-intake-1',
    record.device,
    String(record.sequence),
    record.id,
    record.form,
    String(record.form_version),
    record.office,
    record.service,
    record.receipt,
    record.recorded_at,
    record.key_id,
    record.urgency,
    record.originals.join(','),
    record.hint,
    hex(sha256(unbase64(record.sealed))),
  ].join('\n');
}

export function sign(record: Omit<IntakeRecord, 'signature'>, secretKey: Uint8Array): IntakeRecord {
  const signature = sodium.crypto_sign_detached(utf8(signatureText(record)), secretKey);
  return { ...record, signature: base64(signature) };
}

export const verifies = (record: IntakeRecord, publicKey: Uint8Array): boolean =>
  sodium.crypto_sign_verify_detached(
    unbase64(record.signature),
    utf8(signatureText(record)),
    publicKey,
  );

// RFC 3339, UTC, seconds.
export const timestamp = (ms: number): string => `${new Date(ms).toISOString().slice(0, 19)}Z`;
