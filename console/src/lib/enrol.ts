// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
//
// A browser becomes a counter's device: it makes its signing key, and shows a one-time code for
// what it needs to know.
import { base64, sodium, unbase64 } from './bytes';
import type { Ask } from './api';
import { readSetup, type Both, type Setup } from './setup';
import type { Device, Store } from './store';
import { Trouble } from './trouble';

const kHintKeyBytes = 32;

// "abcde fghij" -> "ABCDE-FGHIJ"; undefined if that is no code.
export function readCode(typed: string): string | undefined {
  const signs = typed.toUpperCase().replace(/[^A-Z0-9]/g, '');
  return signs.length === 10 ? `${signs.slice(0, 5)}-${signs.slice(5)}` : undefined;
}

interface Enrolment {
  device: string;
  token: string;
  site: string;
  site_name: Both;
  counter: number;
  hint_key: string;
  setup: unknown;
}

function readDevice(body: unknown, secret_key: Uint8Array, now: number): Device {
  const { device, token, site, site_name, counter, hint_key } = (body ?? {}) as Enrolment;
  const number = Number(counter);
  const texts = [device, token, site, hint_key].every((one) => typeof one === 'string' && one);
  const named = typeof site_name?.de === 'string' && typeof site_name?.en === 'string';
  if (!texts || !named || !(number >= 0 && number < 1000)) throw new Trouble('setup_broken');
  const key = unbase64(hint_key);
  if (key.length !== kHintKeyBytes) throw new Trouble('setup_broken', 'hint_key');
  return {
    device,
    token,
    site,
    site_name: { de: site_name.de, en: site_name.en },
    counter: number,
    hint_key: key,
    secret_key,
    next_sequence: 1,
    newest_ms: now,
  };
}

export async function enrol(store: Store, ask: Ask, code: string, now: number): Promise<void> {
  const pair = sodium.crypto_sign_keypair();
  const { body } = await ask('POST', '/enrol', { code, public_key: base64(pair.publicKey) });
  const device = readDevice(body, pair.privateKey, now);
  await store.enrol(device, readSetup((body as Enrolment).setup));
}

export async function fetchSetup(store: Store, ask: Ask): Promise<Setup> {
  const setup = readSetup((await ask('GET', '/setup')).body);
  await store.putSetup(setup);
  return setup;
}
