// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
//
// What the counter's page knows and does; the components show it and call it.
import { asker } from '../lib/api';
import { checkField, checkForm, tidy, type CheckedForm } from '../lib/checks';
import {
  currentDrafts,
  discardDraft,
  DraftSaver,
  loadDraft,
  newDraft,
  saveDraft,
  type OpenDraft,
} from '../lib/draft';
import { enrol } from '../lib/enrol';
import {
  currentReceipts,
  dismissConflicts,
  receiptOf,
  sealCase,
  standing,
  type Standing,
} from '../lib/outbox';
import type { Field, Form, Language, Office, Service, Setup } from '../lib/setup';
import { Store, type Device, type Receipt, type StoredDraft } from '../lib/store';
import { asTrouble, type Trouble } from '../lib/trouble';
import { chosenLanguage, keepLanguage, say, type Key } from '../lib/words';
import { ready } from '../lib/bytes';
import { Carrier } from './carrier';
import { draftLock, isFree } from './locks';
import { Updates } from './update';

export type Step = 'loading' | 'broken' | 'enrol' | 'home' | 'form' | 'review' | 'receipt';
export type Line = 'unknown' | 'online' | 'offline' | 'refused' | 'failing';

const kClockSlackMs = 3 * 60_000;
const kTickMs = 60_000;

const todayOf = (now: number): string => {
  const date = new Date(now);
  const local = new Date(now - date.getTimezoneOffset() * 60_000);
  return local.toISOString().slice(0, 10);
};

export class Counter {
  step = $state<Step>('loading');
  language = $state<Language>(chosenLanguage());
  trouble = $state.raw<Trouble | undefined>();
  device = $state.raw<Device | undefined>();
  setup = $state.raw<Setup | undefined>();
  drafts = $state.raw<StoredDraft[]>([]);
  receipts = $state.raw<Receipt[]>([]);
  outbox = $state.raw<Standing>({ left: 0, aside: [], oldest: undefined });
  line = $state<Line>('unknown');
  lineSaid = $state(''); // the server's words, if it refuses
  clockMinutes = $state(0); // by how many this machine's clock is wrong
  worksOffline = $state(true); // the page itself is kept
  kept = $state(true); // the browser has promised not to clear its storage by itself

  open = $state<OpenDraft['draft'] | undefined>();
  saved = $state<'saved' | 'saving' | 'failed'>('saved');
  checked = $state.raw<CheckedForm>({ values: {}, problems: [] });
  // The receipt; the words about other originals are there only until the page forgets it.
  shown = $state.raw<(Receipt & { originals_text?: string }) | undefined>();
  sealing = $state(false);

  private store!: Store;
  private carrier: Carrier | undefined;
  private saver: DraftSaver | undefined;
  private draftKey: Uint8Array | undefined;
  private releaseDraft: (() => Promise<unknown>) | undefined;
  // No case is open here or in another tab, and no receipt is waiting to be printed.
  private readonly updates = new Updates(
    () => this.open === undefined && this.shown === undefined && this.drafts.length === 0,
  );
  private readonly channel = new BroadcastChannel('dienstbereit-intake');

  t = (key: Key, values: Record<string, string | number> = {}): string =>
    say(this.language, key, values);

  async start(): Promise<void> {
    try {
      await ready;
      this.store = await Store.open();
      this.device = await this.store.device();
      this.setup = await this.store.setup();
      this.kept = await navigator.storage.persisted().catch(() => false);
      this.step = this.device && this.setup ? 'home' : 'enrol';
      if (this.device) void this.begin(this.device);
    } catch (error) {
      this.trouble = asTrouble(error);
      this.step = 'broken';
    }
    addEventListener('pagehide', () => void this.saver?.flush());
    document.addEventListener('visibilitychange', () => void this.saver?.flush());
  }

  // Everything that goes on beside the forms: sending, listening to other tabs, the clock.
  private async begin(device: Device): Promise<void> {
    this.carrier = new Carrier(this.store, asker(device.token), {
      line: (line, said) => {
        this.hears(line, said);
        this.channel.postMessage({ line, said });
      },
      moved: () => void this.look(true),
      setup: (setup) => (this.setup = setup),
      serverTime: (ms) => this.compareClock(Date.now() - ms),
    });
    this.channel.onmessage = ({ data }: MessageEvent<{ line?: Line; said?: string }>) => {
      if (data.line) this.hears(data.line, data.said ?? '');
      else void this.look(false);
    };
    if (Date.now() < device.newest_ms - kClockSlackMs) {
      this.compareClock(Date.now() - device.newest_ms);
    }
    await this.look(false);
    this.carrier.start();
    setInterval(() => void this.look(false), kTickMs);
    this.worksOffline = await this.updates.start();
  }

  private hears(line: Line, said: string): void {
    this.line = line;
    this.lineSaid = said;
  }

  private compareClock(off: number): void {
    this.clockMinutes = Math.abs(off) > kClockSlackMs ? Math.round(off / 60_000) : 0;
  }

  // Reads the store again; other tabs do so too if `tell`.
  private async look(tell: boolean): Promise<void> {
    const hours = this.setup?.retention_hours ?? 12;
    try {
      this.drafts = await currentDrafts(this.store, hours, Date.now());
      this.receipts = await currentReceipts(this.store, hours, Date.now());
      this.outbox = await standing(this.store);
      this.updates.offer();
    } catch (error) {
      this.trouble = asTrouble(error);
    }
    if (tell) this.channel.postMessage({});
  }

  switchLanguage(language: Language): void {
    this.language = language;
    keepLanguage(language);
  }

  async enrol(code: string): Promise<void> {
    this.trouble = undefined;
    try {
      await enrol(this.store, asker(), code, Date.now());
      this.kept = await navigator.storage.persist().catch(() => false);
      this.device = await this.store.device();
      this.setup = await this.store.setup();
      if (!this.device) return;
      this.step = 'home';
      void this.begin(this.device);
    } catch (error) {
      this.trouble = asTrouble(error);
    }
  }

  // Several offices of a site may offer one service.
  service(of: { service: string; office: string } | undefined): Service | undefined {
    return this.setup?.services.find(
      (one) => one.service === of?.service && one.office === of.office,
    );
  }
  formOf(service: Service | undefined): Form | undefined {
    return this.setup?.forms.find((one) => one.form === service?.form);
  }
  officeOf(service: Service | undefined): Office | undefined {
    return this.setup?.offices.find((one) => one.office === service?.office);
  }

  async begins(service: Service): Promise<void> {
    const fresh = newDraft(service, Date.now());
    try {
      await saveDraft(this.store, fresh, Date.now());
      await this.opens(fresh);
    } catch (error) {
      this.trouble = asTrouble(error);
    }
  }

  async resumes(id: string): Promise<void> {
    this.trouble = undefined;
    const open = await loadDraft(this.store, id).catch(() => undefined);
    if (open) await this.opens(open);
    else await this.look(true);
  }

  isFree = (id: string): Promise<boolean> => isFree(id);

  private async opens(open: OpenDraft): Promise<void> {
    this.trouble = undefined;
    this.releaseDraft = await draftLock(open.draft.id);
    if (!this.releaseDraft) return void (await this.look(false));
    this.open = open.draft;
    this.draftKey = open.key;
    this.checked = { values: {}, problems: [] };
    this.saver = new DraftSaver(
      this.store,
      () => ({ draft: $state.snapshot(this.open!), key: this.draftKey! }),
      (saved) => this.noteSaved(saved),
    );
    this.saved = 'saved';
    this.step = 'form';
    await this.look(true);
  }

  private noteSaved(saved: 'saving' | 'saved' | { failed: unknown }): void {
    this.saved = typeof saved === 'string' ? saved : 'failed';
    if (typeof saved !== 'string') this.trouble = asTrouble(saved.failed);
    else if (saved === 'saved') this.trouble = undefined;
  }

  changed(): void {
    this.saver?.changed();
  }

  // A field was left: what is wrong with it is said at once, that it is empty only at the end.
  left(field: Field): void {
    const others = this.checked.problems.filter((one) => one.field !== field);
    const typed = this.open?.typed[field.id] ?? '';
    const result = checkField({ ...field, required: false }, typed, todayOf(Date.now()));
    const now = 'problem' in result ? [{ field, problem: result.problem }] : [];
    this.checked = { ...this.checked, problems: [...others, ...now] };
  }

  // To the review, if all is right; else the problems are there to be shown.
  review(): boolean {
    const form = this.formOf(this.service(this.open));
    if (!form || !this.open) return false;
    this.checked = checkForm(form.fields, this.open.typed, todayOf(Date.now()));
    if (this.checked.problems.length > 0) return false;
    void this.saver?.flush();
    this.step = 'review';
    return true;
  }

  async seal(): Promise<void> {
    const service = this.service(this.open);
    const office = this.officeOf(service);
    const form = this.formOf(service);
    if (!this.open || !service || !office || !form || this.sealing) return;
    this.sealing = true;
    this.trouble = undefined;
    try {
      await this.saver?.flush();
      const { id, originals, originals_text, urgency } = $state.snapshot(this.open);
      const record = await sealCase(
        this.store,
        {
          draft_id: id,
          service,
          office,
          form,
          values: this.checked.values,
          originals,
          originals_text: tidy(originals_text),
          urgency,
        },
        Date.now(),
      );
      await this.closes();
      this.shown = { ...receiptOf(record), originals_text: tidy(originals_text) };
      this.step = 'receipt';
      this.carrier?.wake();
      void this.look(true);
    } catch (error) {
      this.trouble = asTrouble(error);
    } finally {
      this.sealing = false;
    }
  }

  // The draft's tab lets go of it.
  private async closes(): Promise<void> {
    await this.saver?.close();
    await this.releaseDraft?.();
    this.saver = this.releaseDraft = this.draftKey = undefined;
    this.open = undefined;
    this.checked = { values: {}, problems: [] };
  }

  async pauses(): Promise<void> {
    await this.saver?.flush();
    await this.closes();
    await this.look(true);
    this.step = 'home';
  }

  async discards(): Promise<void> {
    const id = this.open?.id;
    try {
      await this.closes();
      if (id) await discardDraft(this.store, id);
      await this.look(true);
    } catch (error) {
      this.trouble = asTrouble(error);
    }
    this.step = 'home';
  }

  shows(receipt: Receipt): void {
    this.shown = receipt;
    this.step = 'receipt';
  }

  goesHome(): void {
    this.shown = undefined;
    this.step = 'home';
    void this.look(false);
  }

  async dismisses(): Promise<void> {
    await dismissConflicts(this.store);
    await this.look(true);
  }

  sendsAgain(): void {
    void this.carrier?.again();
  }
}
