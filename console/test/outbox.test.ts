// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
//
// Drafts and outbox on an IndexedDB in memory, against a server that fails in every way.
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { IDBFactory } from 'fake-indexeddb';
import fc from 'fast-check';
import { ready, sodium, text, unbase64, base64 } from '../src/lib/bytes';
import {
  currentDrafts,
  discardDraft,
  DraftSaver,
  loadDraft,
  newDraft,
  saveDraft,
  type OpenDraft,
} from '../src/lib/draft';
import { makeKey } from '../src/lib/halves';
import {
  currentReceipts,
  pauseMs,
  sealCase,
  standing,
  tryAgain,
  uploadAll,
  type Case,
} from '../src/lib/outbox';
import { isReceiptNumber } from '../src/lib/receipt';
import { unseal, verifies, type IntakeRecord } from '../src/lib/record';
import { readSetup } from '../src/lib/setup';
import { Store } from '../src/lib/store';
import { Trouble } from '../src/lib/trouble';
import type { Ask } from '../src/lib/api';
import kSetup from './example_setup.json';

const kHour = 3_600_000;
const kNow = Date.UTC(2026, 10, 26, 7);
const kSecret = 'Erika Geheimnis';
before(() => ready);

class House {
  readonly key = makeKey();
  readonly signing = sodium.crypto_sign_keypair();
  readonly factory = new IDBFactory();
  private constructor(readonly store: Store) {}

  static async build(): Promise<House> {
    const factory = new IDBFactory();
    const house = new House(await Store.open(factory));
    Object.assign(house, { factory });
    await house.store.enrol(
      {
        device: 'd1',
        token: 't',
        site: 'S3',
        site_name: { de: 'Süd', en: 'South' },
        counter: 2,
        hint_key: new Uint8Array(32),
        secret_key: house.signing.privateKey,
        next_sequence: 1,
        newest_ms: kNow,
      },
      readSetup(kSetup),
    );
    return house;
  }

  case(draft: OpenDraft, name = kSecret): Case {
    const setup = readSetup(kSetup);
    const office = {
      ...setup.offices[0]!,
      key_id: this.key.key_id,
      public_key: base64(this.key.publicKey),
    };
    return {
      draft_id: draft.draft.id,
      service: setup.services[0]!,
      office,
      form: setup.forms[0]!,
      values: { name, born: '1980-12-24' },
      originals: ['zb1'],
      originals_text: '',
      urgency: 'normal',
    };
  }
  async draft(): Promise<OpenDraft> {
    const open = newDraft({ service: 'KFZ-NEU', office: 'KFZ' }, kNow);
    open.draft.typed.name = kSecret;
    await saveDraft(this.store, open, kNow);
    return open;
  }
  async seal(): Promise<IntakeRecord> {
    return sealCase(this.store, this.case(await this.draft()), kNow);
  }
  // Every byte that lies in the store, as text.
  async bytes(): Promise<string> {
    const tables = ['drafts', 'outbox', 'receipts'] as const;
    const all = await this.store.read([...tables], (in_) =>
      Promise.all(tables.map((table) => in_.all(table) as Promise<unknown[]>)),
    );
    return JSON.stringify(all, (_, value) => (value instanceof Uint8Array ? text(value) : value));
  }
}

test('a sealed case has the next number, no draft, and cannot be read here', async () => {
  const house = await House.build();
  const open = await house.draft();
  assert.ok(!(await house.bytes()).includes(kSecret));
  const record = await sealCase(house.store, house.case(open), kNow);
  assert.equal(record.sequence, 1);
  assert.ok(isReceiptNumber(record.receipt));
  assert.ok(verifies(record, house.signing.publicKey));
  assert.equal(
    unseal(record.sealed, house.key.publicKey, house.key.secretKey)?.fields.name,
    kSecret,
  );
  assert.equal(await loadDraft(house.store, open.draft.id), undefined);
  assert.ok(!(await house.bytes()).includes(kSecret));
  assert.equal((await house.seal()).sequence, 2);
});

test('two tabs that seal one draft make one case', async () => {
  const house = await House.build();
  const one = house.case(await house.draft());
  const results = await Promise.allSettled([1, 2, 3].map(() => sealCase(house.store, one, kNow)));
  assert.equal(results.filter((result) => result.status === 'fulfilled').length, 1);
  assert.equal((await standing(house.store)).left, 1);
});

test('many tabs at once get numbers without gap or double', async () => {
  const house = await House.build();
  const other = await Store.open(house.factory);
  const drafts = await Promise.all(Array.from({ length: 20 }, () => house.draft()));
  const records = await Promise.all(
    drafts.map((open, i) => sealCase(i % 2 ? other : house.store, house.case(open), kNow)),
  );
  assert.deepEqual(
    records.map((one) => one.sequence).sort((a, b) => a - b),
    Array.from({ length: 20 }, (_, i) => i + 1),
  );
});

test('without a key nothing is sealed, and the draft stays', async () => {
  const house = await House.build();
  const open = await house.draft();
  const one = house.case(open);
  one.office.public_key = null;
  await assert.rejects(
    sealCase(house.store, one, kNow),
    (error) => error instanceof Trouble && error.code === 'key_missing',
  );
  assert.ok(await loadDraft(house.store, open.draft.id));
});

test('a full disk takes no number and keeps the draft', async () => {
  const house = await House.build();
  const open = await house.draft();
  const full = Object.create(house.store) as Store;
  full.write = (tables, work) =>
    house.store.write(tables, async (in_) => {
      await work(in_);
      throw new DOMException('full', 'QuotaExceededError');
    });
  await assert.rejects(
    sealCase(full, house.case(open), kNow),
    (error) => error instanceof Trouble && error.code === 'storage_full',
  );
  assert.ok(await loadDraft(house.store, open.draft.id));
  assert.equal((await house.seal()).sequence, 1);
});

test('drafts end after their hours, and one that is thrown away does not come back', async () => {
  const house = await House.build();
  const open = await house.draft();
  assert.equal((await currentDrafts(house.store, 12, kNow + 12 * kHour - 1)).length, 1);
  assert.equal((await currentDrafts(house.store, 12, kNow + 12 * kHour)).length, 0);
  assert.equal(await loadDraft(house.store, open.draft.id), undefined);
  const thrown = await house.draft();
  const saver = new DraftSaver(
    house.store,
    () => thrown,
    () => undefined,
    () => kNow,
  );
  saver.changed();
  await saver.close();
  await discardDraft(house.store, thrown.draft.id);
  saver.changed();
  await saver.flush();
  assert.equal((await currentDrafts(house.store, 12, kNow)).length, 0);
});

test('flush writes what was typed last, without waiting for the pause', async () => {
  const house = await House.build();
  const open = await house.draft();
  const told: unknown[] = [];
  const saver = new DraftSaver(
    house.store,
    () => open,
    (one) => told.push(one),
    () => kNow,
  );
  open.draft.typed.name = 'A';
  saver.changed();
  open.draft.typed.name = 'AB';
  saver.changed();
  await saver.flush();
  assert.equal((await loadDraft(house.store, open.draft.id))?.draft.typed.name, 'AB');
  assert.deepEqual(told, ['saving', 'saving', 'saved']);
  await saver.close();
});

test('receipts can be shown again for the hours of a draft', async () => {
  const house = await House.build();
  const { receipt } = await house.seal();
  assert.deepEqual(
    (await currentReceipts(house.store, 12, kNow + kHour)).map((one) => one.receipt),
    [receipt],
  );
  assert.deepEqual(await currentReceipts(house.store, 12, kNow + 13 * kHour), []);
});

type Fault = 'none' | 'before' | 'after' | 'cut' | 'html' | 'refuse_first' | 'whole';

// Keeps what it was sent by (device, sequence); fails as it is told.
function server(faults: Fault[]) {
  const stored = new Map<number, IntakeRecord>();
  const order: number[] = [];
  const doubled: number[] = [];
  const ask: Ask = async (_, __, body) => {
    const fault = faults.shift() ?? 'none';
    if (fault === 'before') throw new Trouble('offline');
    const { records } = body as { records: IntakeRecord[] };
    if (fault === 'whole' && records.length > 1) throw new Trouble('server_refused');
    const results = records.map((record, i) => {
      if (fault === 'refuse_first' && i === 0)
        return { sequence: record.sequence, state: 'refused' };
      const kept = stored.get(record.sequence);
      if (kept && kept.signature !== record.signature) doubled.push(record.sequence);
      if (!kept) order.push(record.sequence);
      stored.set(record.sequence, record);
      return { sequence: record.sequence, state: kept ? 'already' : 'stored' };
    });
    if (fault === 'after') throw new Trouble('offline');
    if (fault === 'html') return { body: null, server_ms: undefined };
    if (fault === 'cut') return { body: { results: results.slice(0, 1) }, server_ms: undefined };
    return { body: { results }, server_ms: undefined };
  };
  return { ask, stored, order, doubled };
}

test('whatever fails on the way, each record arrives once, in order', async () => {
  const faults = fc.array(
    fc.constantFrom<Fault>('none', 'before', 'after', 'cut', 'html', 'refuse_first', 'whole'),
  );
  await fc.assert(
    fc.asyncProperty(faults, fc.integer({ min: 1, max: 60 }), async (planned, count) => {
      const house = await House.build();
      for (let i = 0; i < count; ++i) await house.seal();
      const far = server([...planned]);
      for (let turn = 0; turn <= planned.length + 1; ++turn) {
        await tryAgain(house.store);
        await uploadAll(house.store, far.ask).catch((error) => assert.ok(error instanceof Trouble));
      }
      await tryAgain(house.store);
      await uploadAll(house.store, far.ask);
      assert.deepEqual(await standing(house.store), { left: 0, aside: [], oldest: undefined });
      assert.equal(far.stored.size, count);
      assert.deepEqual(far.doubled, []);
      if (!planned.includes('refuse_first')) {
        assert.deepEqual(
          far.order,
          [...far.order].sort((a, b) => a - b),
        );
      }
    }),
    { numRuns: 40 },
  );
});

test("refused records and conflicts stay, with the server's words, and hold up none", async () => {
  const house = await House.build();
  for (let i = 0; i < 3; ++i) await house.seal();
  const states = ['refused', 'stored', 'conflict'];
  await uploadAll(house.store, async (_, __, body) => ({
    server_ms: undefined,
    body: {
      results: (body as { records: IntakeRecord[] }).records.map((one) => ({
        sequence: one.sequence,
        state: states[one.sequence - 1],
        error: { message: 'why' },
      })),
    },
  }));
  const { left, aside } = await standing(house.store);
  assert.equal(left, 1); // the server has both sides of the conflict
  assert.deepEqual(
    aside.map((one) => [one.sequence, one.state, one.why]),
    [
      [1, 'refused', 'why'],
      [3, 'conflict', 'why'],
    ],
  );
});

test('results about records that were not sent are not believed', async () => {
  const house = await House.build();
  for (let i = 0; i < 60; ++i) await house.seal();
  let asked = 0;
  await assert.rejects(
    uploadAll(house.store, async () => {
      asked += 1;
      return { server_ms: undefined, body: { results: [{ sequence: 60, state: 'stored' }] } };
    }),
  );
  assert.equal(asked, 1);
  assert.equal((await standing(house.store)).left, 60);
});

test('a batch holds at most what the server takes', async () => {
  const house = await House.build();
  for (let i = 0; i < 60; ++i) await house.seal();
  const sizes: number[] = [];
  const far = server([]);
  await uploadAll(house.store, (method, path, body) => {
    const { records } = body as { records: IntakeRecord[] };
    sizes.push(records.length);
    assert.ok(JSON.stringify(body).length < 1 << 20);
    return far.ask(method, path, body);
  });
  assert.deepEqual(sizes, [50, 10]);
});

test('pauses grow to a minute and differ from counter to counter', () => {
  assert.ok(pauseMs(0, 0) >= 1000 && pauseMs(0, 1) <= 2000);
  assert.ok(pauseMs(50, 1) <= 60_000 && pauseMs(50, 0) >= 30_000);
  assert.notEqual(pauseMs(3, 0.1), pauseMs(3, 0.9));
});

test('what lies in the outbox is sealed for the office alone', async () => {
  const house = await House.build();
  const { sealed } = await house.seal();
  const device = await house.store.device();
  const own = sodium.crypto_sign_ed25519_sk_to_curve25519(device!.secret_key);
  assert.equal(unseal(sealed, sodium.crypto_scalarmult_base(own), own), undefined);
  assert.ok(unbase64(sealed).length > 48);
});
