// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
//
// An office's secret key in two halves for two people. One half alone is noise: the first is
// random, the second is the key XOR the first. docs/formats/intake.md
import { random, sodium } from './bytes';
import { keyId } from './record';

export interface Half {
  which: 1 | 2;
  key_id: string; // of the whole key, its first 8 hex digits
  bytes: Uint8Array;
}
export interface KeyPair {
  key_id: string;
  publicKey: Uint8Array;
  secretKey: Uint8Array;
}

const kSecretBytes = 32;
const kKeyIdBytes = 4;
const kLineBytes = 5;
export const kLines = 8; // of nine signs each: eight for five bytes, one to check them

export function makeKey(): KeyPair {
  const { publicKey, privateKey } = sodium.crypto_box_keypair();
  return { key_id: keyId(publicKey), publicKey, secretKey: privateKey };
}

const xor = (one: Uint8Array, other: Uint8Array): Uint8Array =>
  one.map((byte, i) => byte ^ (other[i] ?? 0));

export function split(key: KeyPair): [Half, Half] {
  const mask = random(kSecretBytes);
  const short = key.key_id.slice(0, 2 * kKeyIdBytes);
  return [
    { which: 1, key_id: short, bytes: mask },
    { which: 2, key_id: short, bytes: xor(key.secretKey, mask) },
  ];
}

// Undefined if the two are not the two halves of the key with this id.
export function join(one: Half, other: Half, key_id: string): KeyPair | undefined {
  if (one.which === other.which) return undefined;
  const secretKey = xor(one.bytes, other.bytes);
  const publicKey = sodium.crypto_scalarmult_base(secretKey);
  return keyId(publicKey) === key_id ? { key_id, publicKey, secretKey } : undefined;
}

// Base 32 as Crockford has it: no I, L, O, U; I and L are read as 1, O as 0. The check sign is the
// line's number modulo 37.
const kSigns = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const kCheckSigns = `${kSigns}*+=?U`;

const checkSign = (signs: string): string => {
  let rest = 0;
  for (const sign of signs) rest = (rest * 32 + kSigns.indexOf(sign)) % 37;
  return kCheckSigns[rest] ?? '';
};

function encodeLine(bytes: Uint8Array): string {
  let number = 0n;
  for (const byte of bytes) number = number * 256n + BigInt(byte);
  let signs = '';
  for (let i = 0; i < 8; ++i, number /= 32n) signs = (kSigns[Number(number % 32n)] ?? '') + signs;
  return signs + checkSign(signs);
}

function decodeLine(line: string): Uint8Array | undefined {
  const signs = line.slice(0, 8);
  if (line.length !== 9 || checkSign(signs) !== line[8]) return undefined;
  let number = 0n;
  for (const sign of signs) {
    const value = kSigns.indexOf(sign);
    if (value < 0) return undefined;
    number = number * 32n + BigInt(value);
  }
  const bytes = new Uint8Array(kLineBytes);
  for (let i = kLineBytes - 1; i >= 0; --i, number /= 256n) bytes[i] = Number(number % 256n);
  return bytes;
}

const digest = (bytes: Uint8Array): Uint8Array =>
  sodium.crypto_generichash(16, bytes, null).slice(0, 3);

// Eight lines: which half, key id, the half itself, three bytes to check the whole.
export function halfAsText(half: Half): string[] {
  const bytes = new Uint8Array(kLines * kLineBytes);
  bytes[0] = half.which;
  bytes.set(sodium.from_hex(half.key_id), 1);
  bytes.set(half.bytes, 1 + kKeyIdBytes);
  bytes.set(digest(bytes.slice(0, -3)), bytes.length - 3);
  return Array.from({ length: kLines }, (_, i) =>
    encodeLine(bytes.slice(i * kLineBytes, (i + 1) * kLineBytes)),
  );
}

// The half, or the lines (from 1) that were not copied correctly; none named: the whole is not one.
export type ReadHalf = { half: Half } | { wrong_lines: number[] };

const cleaned = (typed: string): string =>
  typed.toUpperCase().replace(/[\s-]/g, '').replace(/O/g, '0').replace(/[IL]/g, '1');

export function halfFromText(typed: string): ReadHalf {
  const signs = cleaned(typed);
  const lines = Array.from({ length: kLines }, (_, i) => signs.slice(i * 9, i * 9 + 9));
  const decoded = lines.map(decodeLine);
  const wrong = decoded.flatMap((bytes, i) => (bytes ? [] : [i + 1]));
  if (wrong.length > 0) return { wrong_lines: wrong };
  const bytes = new Uint8Array(kLines * kLineBytes);
  decoded.forEach((line, i) => bytes.set(line ?? [], i * kLineBytes));
  const sum = digest(bytes.slice(0, -3));
  const fits = sodium.memcmp(sum, bytes.slice(-3)) && (bytes[0] === 1 || bytes[0] === 2);
  if (!fits || signs.length !== 9 * kLines) return { wrong_lines: [] };
  return {
    half: {
      which: bytes[0] as 1 | 2,
      key_id: sodium.to_hex(bytes.slice(1, 1 + kKeyIdBytes)),
      bytes: bytes.slice(1 + kKeyIdBytes, -3),
    },
  };
}
