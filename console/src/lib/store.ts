// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
//
// What the counter keeps in its browser (IndexedDB). Every writing transaction is strict: done
// means on the disk. Several tabs share the store; the browser runs their writing transactions one
// by one.
import { asTrouble, Trouble } from './trouble';
import type { IntakeRecord, Urgency } from './record';
import type { Setup } from './setup';

const kName = 'dienstbereit-intake';
const kVersion = 1;

export interface Device {
  device: string;
  token: string;
  site: string;
  site_name: { de: string; en: string };
  counter: number;
  hint_key: Uint8Array;
  secret_key: Uint8Array; // Ed25519
  next_sequence: number;
  newest_ms: number; // the latest time this device has seen; a clock before it is wrong
}

// A draft as it lies in the store: encrypted with a key of its own, which goes with it.
export interface StoredDraft {
  id: string;
  service: string;
  office: string;
  started_ms: number;
  saved_ms: number;
  nonce: Uint8Array;
  box: Uint8Array;
}

export interface Kept {
  sequence: number;
  record: IntakeRecord;
  state: 'waiting' | 'refused' | 'conflict';
  why: string; // the server's words
}

// What a receipt shows, to print it again; nothing of the person.
export interface Receipt {
  receipt: string;
  service: string;
  office: string;
  recorded_at: string;
  urgency: Urgency;
  originals: string[];
}

interface Tables {
  device: Device;
  setup: Setup;
  drafts: StoredDraft;
  draft_keys: Uint8Array;
  outbox: Kept;
  receipts: Receipt;
}
export type Table = keyof Tables;
const kThis = 'this'; // the only key of `device` and `setup`

export const request = <T>(asked: IDBRequest<T>): Promise<T> =>
  new Promise((done, failed) => {
    asked.onsuccess = () => done(asked.result);
    asked.onerror = () => failed(asked.error);
  });

function upgrade(db: IDBDatabase): void {
  db.createObjectStore('device');
  db.createObjectStore('setup');
  db.createObjectStore('drafts', { keyPath: 'id' });
  db.createObjectStore('draft_keys');
  db.createObjectStore('outbox', { keyPath: 'sequence' }).createIndex('state', 'state');
  db.createObjectStore('receipts', { keyPath: 'receipt' });
}

function openDatabase(factory: IDBFactory): Promise<IDBDatabase> {
  return new Promise((done, failed) => {
    const opening = factory.open(kName, kVersion);
    opening.onupgradeneeded = () => upgrade(opening.result);
    opening.onsuccess = () => done(opening.result);
    opening.onerror = () => failed(opening.error);
    opening.onblocked = () => failed(new Trouble('storage_blocked'));
  });
}

// One open transaction, typed.
export class Transaction {
  constructor(private readonly inner: IDBTransaction) {}

  get<T extends Table>(table: T, key: IDBValidKey): Promise<Tables[T] | undefined> {
    return request(this.inner.objectStore(table).get(key) as IDBRequest<Tables[T] | undefined>);
  }
  all<T extends Table>(table: T): Promise<Tables[T][]> {
    return request(this.inner.objectStore(table).getAll() as IDBRequest<Tables[T][]>);
  }
  // Of the outbox, by number.
  inState(state: Kept['state'], most?: number): Promise<Kept[]> {
    const index = this.inner.objectStore('outbox').index('state');
    return request(index.getAll(state, most) as IDBRequest<Kept[]>);
  }
  countInState(state: Kept['state']): Promise<number> {
    return request(this.inner.objectStore('outbox').index('state').count(state));
  }
  put<T extends Table>(table: T, value: Tables[T], key?: IDBValidKey): void {
    this.inner.objectStore(table).put(value, key);
  }
  delete(table: Table, key: IDBValidKey): void {
    this.inner.objectStore(table).delete(key);
  }
  device(): Promise<Device | undefined> {
    return this.get('device', kThis);
  }
  putDevice(device: Device): void {
    this.put('device', device, kThis);
  }
}

export class Store {
  private constructor(private readonly db: IDBDatabase) {}

  static async open(factory: IDBFactory | undefined = globalThis.indexedDB): Promise<Store> {
    if (!factory) throw new Trouble('storage_blocked');
    try {
      const db = await openDatabase(factory);
      db.onversionchange = () => db.close(); // a newer page in another tab must not wait for us
      return new Store(db);
    } catch (error) {
      throw asTrouble(error);
    }
  }

  close(): void {
    this.db.close();
  }

  // `work` may wait for requests of the transaction, and for nothing else. What it throws undoes
  // all it has written. Resolves once everything is on the disk.
  async write<T>(tables: Table[], work: (in_: Transaction) => Promise<T> | T): Promise<T> {
    try {
      const inner = this.db.transaction(tables, 'readwrite', { durability: 'strict' });
      const ended = new Promise<void>((done, failed) => {
        inner.oncomplete = () => done();
        inner.onabort = () => failed(inner.error ?? new Trouble('storage_blocked'));
      });
      ended.catch(() => undefined); // told below, or overtaken by what `work` threw
      let result: T;
      try {
        result = await work(new Transaction(inner));
      } catch (error) {
        try {
          inner.abort();
        } catch {
          // it had ended already
        }
        throw error;
      }
      await ended;
      return result;
    } catch (error) {
      throw asTrouble(error);
    }
  }

  async read<T>(tables: Table[], work: (in_: Transaction) => Promise<T>): Promise<T> {
    try {
      return await work(new Transaction(this.db.transaction(tables, 'readonly')));
    } catch (error) {
      throw asTrouble(error);
    }
  }

  device(): Promise<Device | undefined> {
    return this.read(['device'], (in_) => in_.device());
  }
  setup(): Promise<Setup | undefined> {
    return this.read(['setup'], (in_) => in_.get('setup', kThis));
  }
  putSetup(setup: Setup): Promise<void> {
    return this.write(['setup'], (in_) => in_.put('setup', setup, kThis));
  }
  enrol(device: Device, setup: Setup): Promise<void> {
    return this.write(['device', 'setup'], (in_) => {
      in_.putDevice(device);
      in_.put('setup', setup, kThis);
    });
  }
}
