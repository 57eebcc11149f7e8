// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
//
// Sealed records on their way to the server. A record enters together with its number, in one
// transaction, and leaves only once the server says that it has it.
import { hex, random, unbase64 } from './bytes';
import type { Ask } from './api';
import { removeDraft } from './draft';
import {
  hintOf,
  type HintParts,
  seal,
  sign,
  timestamp,
  type IntakeRecord,
  type Urgency,
} from './record';
import { receiptNumber } from './receipt';
import type { Form, Office, Service } from './setup';
import type { Kept, Receipt, Store } from './store';
import { Trouble } from './trouble';

export interface Case {
  draft_id: string;
  service: Service;
  office: Office;
  form: Form;
  values: Record<string, string>; // checked
  originals: string[];
  originals_text: string;
  urgency: Urgency;
}

function hintParts(one: Case): HintParts {
  const parts: Record<string, string> = {};
  for (const field of one.form.fields) {
    const value = one.values[field.id];
    if (field.hint && value !== undefined) parts[field.hint] = value;
  }
  return { ...parts, service: one.service.service };
}

// Seals a case, gives it its number, puts it into the outbox and deletes its draft: all of it or
// nothing. The draft must be there; two tabs cannot seal it twice.
export async function sealCase(store: Store, one: Case, now: number): Promise<IntakeRecord> {
  if (!one.office.public_key || !one.office.key_id) throw new Trouble('key_missing');
  const { office, public_key, key_id } = { ...one.office };
  const sealed = seal(
    { fields: one.values, ...(one.originals_text && { originals_text: one.originals_text }) },
    unbase64(public_key ?? ''),
  );
  const id = hex(random(16));
  const recorded_at = timestamp(now);
  return store.write(['device', 'outbox', 'drafts', 'draft_keys', 'receipts'], async (in_) => {
    const device = await in_.device();
    if (!device) throw new Trouble('not_enrolled');
    if (!(await in_.get('drafts', one.draft_id))) throw new Trouble('draft_gone');
    const sequence = device.next_sequence;
    const receipt = receiptNumber(device.site, device.counter, sequence);
    const record = sign(
      {
        device: device.device,
        sequence,
        id,
        form: one.form.form,
        form_version: one.form.version,
        office,
        service: one.service.service,
        receipt,
        recorded_at,
        key_id: key_id ?? '',
        urgency: one.urgency,
        originals: one.originals,
        hint: hintOf(hintParts(one), device.hint_key),
        sealed,
      },
      device.secret_key,
    );
    in_.putDevice({
      ...device,
      next_sequence: sequence + 1,
      newest_ms: Math.max(device.newest_ms, now),
    });
    in_.put('outbox', { sequence, record, state: 'waiting', why: '' });
    in_.put('receipts', receiptOf(record));
    removeDraft(in_, one.draft_id);
    return record;
  });
}

export const receiptOf = (record: IntakeRecord): Receipt => ({
  receipt: record.receipt,
  service: record.service,
  office: record.office,
  recorded_at: record.recorded_at,
  urgency: record.urgency,
  originals: [...record.originals],
});

const kReceiptsMax = 50;

// Newest first; those older than `hours` and more than fifty are deleted on the way.
export async function currentReceipts(
  store: Store,
  hours: number,
  now: number,
): Promise<Receipt[]> {
  const all = await store.read(['receipts'], (in_) => in_.all('receipts'));
  all.sort((one, other) => (one.recorded_at < other.recorded_at ? 1 : -1));
  const oldest = timestamp(now - hours * 3_600_000);
  const left = all.slice(0, kReceiptsMax).filter((one) => one.recorded_at > oldest);
  if (left.length < all.length) {
    await store.write(['receipts'], (in_) => {
      for (const one of all) if (!left.includes(one)) in_.delete('receipts', one.receipt);
    });
  }
  return left;
}

type Aside = Exclude<Kept['state'], 'waiting'>;

export interface Standing {
  left: number; // not with the server: waiting or refused
  aside: (Kept & { state: Aside })[]; // refused or in conflict: a person must look
  oldest: string | undefined; // recorded_at of the oldest that is not with the server
}

export const standing = (store: Store): Promise<Standing> =>
  store.read(['outbox'], async (in_) => {
    const [waiting, first, refused, conflicts] = await Promise.all([
      in_.countInState('waiting'),
      in_.inState('waiting', 1),
      in_.inState('refused'),
      in_.inState('conflict'),
    ]);
    return {
      left: waiting + refused.length,
      aside: [...refused, ...conflicts] as Standing['aside'],
      oldest: [...first, ...refused].map((one) => one.record.recorded_at).sort()[0],
    };
  });

// The server has kept both contents of a conflict; the counter need only know of it once.
export const dismissConflicts = (store: Store): Promise<void> =>
  store.write(['outbox'], async (in_) => {
    for (const one of await in_.inState('conflict')) in_.delete('outbox', one.sequence);
  });

// Records that were refused are sent once more.
export const tryAgain = (store: Store): Promise<void> =>
  store.write(['outbox'], async (in_) => {
    for (const one of await in_.inState('refused')) {
      in_.put('outbox', { ...one, state: 'waiting', why: '' });
    }
  });

const kBatchRecords = 50;
const kBatchBytes = 900_000; // the server takes 1 MiB

interface Result {
  sequence: number;
  state: string;
  error?: unknown;
}

function readResults(body: unknown): Result[] {
  const results = (body as { results?: unknown } | null)?.results;
  if (!Array.isArray(results)) throw new Trouble('server_failed');
  return results.filter((one): one is Result => typeof one?.sequence === 'number');
}

function saidAbout(error: unknown): string {
  const said = typeof error === 'string' ? error : (error as { message?: unknown } | null)?.message;
  return typeof said === 'string' ? said.slice(0, 400) : '';
}

// What the server has goes; what it refuses is set aside with its words; the rest stays.
async function settle(store: Store, sent: Kept[], results: Result[]): Promise<number> {
  const asked = new Map(sent.map((one) => [one.sequence, one]));
  return store.write(['outbox'], (in_) => {
    let settled = 0;
    for (const result of results) {
      const one = asked.get(result.sequence);
      if (!one) continue;
      const { state } = result;
      if (state === 'stored' || state === 'already') in_.delete('outbox', one.sequence);
      else if (state === 'refused' || state === 'conflict') {
        in_.put('outbox', { ...one, state, why: saidAbout(result.error) });
      } else continue;
      settled += 1;
    }
    return settled;
  });
}

function firstBatch(waiting: Kept[]): Kept[] {
  const batch: Kept[] = [];
  let bytes = 0;
  for (const one of waiting) {
    bytes += JSON.stringify(one.record).length;
    if (batch.length > 0 && bytes > kBatchBytes) break;
    batch.push(one);
  }
  return batch;
}

// Sends all that waits, in order. Throws the Trouble that stopped it; what was sent until then is
// settled. A batch that the server refuses as a whole is sent one by one, so that a bad record
// holds up no other. Call it from one tab at a time.
export async function uploadAll(store: Store, ask: Ask): Promise<void> {
  let most = kBatchRecords;
  for (;;) {
    const size = most;
    const batch = firstBatch(await store.read(['outbox'], (in_) => in_.inState('waiting', size)));
    const [first] = batch;
    if (!first) return;
    try {
      const { body } = await ask('POST', '/records', { records: batch.map((one) => one.record) });
      const settled = await settle(store, batch, readResults(body));
      if (settled === 0) throw new Trouble('server_failed');
      most = kBatchRecords;
    } catch (error) {
      const whole =
        error instanceof Trouble && (error.code === 'server_refused' || error.code === 'too_large');
      if (!whole) throw error;
      if (batch.length > 1) most = 1;
      else {
        await settle(store, batch, [
          { sequence: first.sequence, state: 'refused', error: error.said },
        ]);
      }
    }
  }
}

const kFirstPauseMs = 2_000;
const kLongestPauseMs = 60_000;

// After how long to try again; counters that lost the server together do not come back together.
export const pauseMs = (failures: number, chance: number): number =>
  Math.min(kLongestPauseMs, kFirstPauseMs * 2 ** Math.min(failures, 10)) * (0.5 + chance / 2);
