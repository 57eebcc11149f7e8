// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
//
// Bytes as text and back, and the one place where libsodium is got ready. Its browser build has no
// SHA-256.
import { sha256 } from '@noble/hashes/sha2';
import sodium from 'libsodium-wrappers';

export { sodium };

// To be awaited once before anything else of this folder that seals, signs or hashes.
export const ready: Promise<void> = sodium.ready;

export const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
export const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

// Standard alphabet, padded.
export const base64 = (bytes: Uint8Array): string =>
  sodium.to_base64(bytes, sodium.base64_variants.ORIGINAL);
export const unbase64 = (encoded: string): Uint8Array =>
  sodium.from_base64(encoded, sodium.base64_variants.ORIGINAL);

export const hex = (bytes: Uint8Array): string => sodium.to_hex(bytes);

export const random = (count: number): Uint8Array => sodium.randombytes_buf(count);
export { sha256 };
