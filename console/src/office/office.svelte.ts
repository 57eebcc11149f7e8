// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
//
// What the back office's page knows and does. An opened key lives in this page's memory only.
import { asker } from '../lib/api';
import { ready, sodium, base64 } from '../lib/bytes';
import type { KeyPair } from '../lib/halves';
import { unseal, type Content, type IntakeRecord } from '../lib/record';
import { readSetup, type Form, type Language, type Setup } from '../lib/setup';
import { asTrouble, Trouble } from '../lib/trouble';
import { chosenLanguage, keepLanguage, pick, say, type Key } from '../lib/words';

export type RecordState =
  | 'recorded'
  | 'checked'
  | 'entered'
  | 'confirmed'
  | 'deleted'
  | 'duplicate';
export const kStates: RecordState[] = [
  'recorded',
  'checked',
  'entered',
  'confirmed',
  'deleted',
  'duplicate',
];

export interface OfficeRecord extends IntakeRecord {
  state: RecordState;
  received_at: string;
  history: { state: string; at: string; by: string }[];
  duplicates: string[];
  verified?: boolean;
  file_number?: string;
}
export interface OfficeKey {
  key_id: string;
  office: string;
  public_key: string;
  confirmed: boolean;
}
export interface Custody {
  item: string;
  kind: 'received' | 'returned' | 'passed_on';
  at: string;
  by: string;
  to?: string;
}
export interface Backlog {
  services: {
    office: string;
    service: string;
    waiting: number;
    oldest?: string;
    per_day?: number;
    expected_end?: string;
  }[];
  devices: { device: string; site: string; counter: number; pending: number; heard?: string }[];
}
export type Tab = 'records' | 'backlog' | 'keys';

const kPage = 100;
const kIdleMs = 10 * 60_000;
export const kIdleMinutes = kIdleMs / 60_000;

export class Office {
  language = $state<Language>(chosenLanguage());
  tab = $state<Tab>('records');
  trouble = $state.raw<Trouble | undefined>();
  setup = $state.raw<Setup | undefined>();
  records = $state.raw<OfficeRecord[]>([]);
  next = $state<string | undefined>();
  keys = $state.raw<OfficeKey[]>([]);
  backlog = $state.raw<Backlog | undefined>();
  stateWanted = $state<RecordState | ''>('recorded');
  serviceWanted = $state('');
  shown = $state<string | undefined>(); // id of the record that is open
  key = $state.raw<KeyPair | undefined>();
  notice = $state('');

  private readonly ask = asker();
  private idle: ReturnType<typeof setTimeout> | undefined;

  t = (key: Key, values: Record<string, string | number> = {}): string =>
    say(this.language, key, values);

  async start(): Promise<void> {
    await ready;
    for (const sign of ['pointerdown', 'keydown']) {
      addEventListener(sign, () => this.touched(), { passive: true });
    }
    addEventListener('pagehide', () => this.forget(''));
    await this.load();
  }

  switchLanguage(language: Language): void {
    this.language = language;
    keepLanguage(language);
  }

  // Runs `work`, and keeps what went wrong to be shown.
  private async attempt(work: () => Promise<void>): Promise<boolean> {
    this.trouble = undefined;
    this.notice = '';
    try {
      await work();
      return true;
    } catch (error) {
      this.trouble = asTrouble(error);
      return false;
    }
  }

  async load(): Promise<void> {
    await this.attempt(async () => {
      this.setup = readSetup((await this.ask('GET', '/setup')).body);
      await Promise.all([this.fetchRecords(''), this.fetchKeys()]);
    });
  }

  private async fetchRecords(after: string): Promise<void> {
    const wanted = { state: this.stateWanted, service: this.serviceWanted, after };
    const asked = Object.entries(wanted).map(([name, value]) =>
      value ? `&${name}=${encodeURIComponent(value)}` : '',
    );
    const { body } = await this.ask('GET', `/records?limit=${kPage}${asked.join('')}`);
    const { records, next } = body as { records?: OfficeRecord[]; next?: unknown };
    if (!Array.isArray(records)) throw new Trouble('server_failed');
    this.records = after ? [...this.records, ...records] : records;
    this.next = next == null || next === '' ? undefined : String(next);
  }

  private async fetchKeys(): Promise<void> {
    const { keys } = (await this.ask('GET', '/keys')).body as { keys?: OfficeKey[] };
    this.keys = Array.isArray(keys) ? keys : [];
  }

  async choose(): Promise<void> {
    await this.attempt(() => this.fetchRecords(''));
  }
  async more(): Promise<void> {
    await this.attempt(() => this.fetchRecords(this.next ?? ''));
  }

  async opens(tab: Tab): Promise<void> {
    this.tab = tab;
    this.shown = undefined;
    await this.attempt(async () => {
      if (tab === 'keys') await this.fetchKeys();
      if (tab === 'records') await this.fetchRecords('');
      if (tab === 'backlog') this.backlog = (await this.ask('GET', '/backlog')).body as Backlog;
    });
  }

  // The opened key.
  unlock(key: KeyPair): void {
    this.forget('');
    this.key = key;
    this.touched();
  }
  forget(notice: string): void {
    clearTimeout(this.idle);
    if (this.key) sodium.memzero(this.key.secretKey);
    this.key = undefined;
    this.notice = notice;
  }
  private touched(): void {
    if (!this.key) return;
    clearTimeout(this.idle);
    this.idle = setTimeout(() => this.forget(this.t('key_forgotten')), kIdleMs);
  }

  contentOf(record: OfficeRecord): Content | undefined {
    if (!this.key || this.key.key_id !== record.key_id) return undefined;
    return unseal(record.sealed, this.key.publicKey, this.key.secretKey);
  }

  record(id: string): OfficeRecord | undefined {
    return this.records.find((one) => one.id === id);
  }
  formOf(record: OfficeRecord): Form | undefined {
    return this.setup?.forms.find((one) => one.form === record.form);
  }
  serviceName(id: string): string {
    const service = this.setup?.services.find((one) => one.service === id);
    return service ? pick(this.language, service.name) : id;
  }
  officeName(id: string): string {
    const office = this.setup?.offices.find((one) => one.office === id);
    return office ? pick(this.language, office.name) : id;
  }

  // Moves a record on; its new state comes from the server.
  async move(
    record: OfficeRecord,
    to: RecordState,
    more: Record<string, string> = {},
  ): Promise<boolean> {
    return this.attempt(async () => {
      const asked = { from: record.state, to, ...more };
      const moved = (await this.ask('POST', `/records/${record.id}/move`, asked)).body;
      this.replace(moved as OfficeRecord);
      this.notice = this.t('record_moved', { state: this.t(`state_${to}`) });
    });
  }

  async fetchRecord(id: string): Promise<OfficeRecord> {
    return (await this.ask('GET', `/records/${encodeURIComponent(id)}`)).body as OfficeRecord;
  }
  // The list keeps the record at its place, though the choice may not fit any more.
  private replace(fresh: OfficeRecord): void {
    this.records = this.records.map((one) => (one.id === fresh.id ? fresh : one));
  }

  async fetchCustody(id: string): Promise<Custody[]> {
    const { body } = await this.ask('GET', `/custody?id=${encodeURIComponent(id)}`);
    const { custody } = body as { custody?: Custody[] };
    return Array.isArray(custody) ? custody : [];
  }
  async noteCustody(id: string, item: string, kind: Custody['kind'], to: string): Promise<boolean> {
    return this.attempt(async () => {
      await this.ask('POST', '/custody', { id, item, kind, ...(to && { to }) });
    });
  }

  async registers(office: string, key: KeyPair): Promise<boolean> {
    return this.attempt(async () => {
      await this.ask('POST', '/keys', { office, public_key: base64(key.publicKey) });
      await this.fetchKeys();
      this.notice = this.t('keys_sent', { key: key.key_id });
    });
  }
  async confirms(key: OfficeKey): Promise<void> {
    await this.attempt(async () => {
      await this.ask('POST', `/keys/${key.key_id}/confirm`, {});
      await this.fetchKeys();
    });
  }
}
