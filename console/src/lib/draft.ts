// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
//
// A case that is being written down. It outlives a crash of the browser; it ends when it is sealed,
// thrown away, or after the hours the administration allows.
//
// It lies encrypted with a key of its own in the same store. That keeps it out of plain sight on
// the disk, and what is left there after the key is gone cannot be read; it is no defence against
// someone who has the machine while the draft is open.
import { random, sodium, text, utf8 } from './bytes';
import type { Urgency } from './record';
import type { Store, StoredDraft, Transaction } from './store';

export interface Draft {
  id: string;
  service: string;
  office: string;
  started_ms: number;
  typed: Record<string, string>;
  originals: string[];
  originals_text: string;
  urgency: Urgency;
}

export interface OpenDraft {
  draft: Draft;
  key: Uint8Array;
}

const kHourMs = 3_600_000;

export function newDraft(
  of: { service: string; office: string },
  now: number,
): OpenDraft {
  const id = sodium.to_hex(random(16));
  const draft: Draft = {
    id,
    service: of.service,
    office: of.office,
    started_ms: now,
    typed: {},
    originals: [],
    originals_text: '',
    urgency: 'normal',
  };
  return { draft, key: sodium.crypto_secretbox_keygen() };
}

function encrypted({ draft, key }: OpenDraft, now: number): StoredDraft {
  const nonce = random(sodium.crypto_secretbox_NONCEBYTES);
  const box = sodium.crypto_secretbox_easy(utf8(JSON.stringify(draft)), nonce, key);
  const { id, service, office, started_ms } = draft;
  return { id, service, office, started_ms, saved_ms: now, nonce, box };
}

export function saveDraft(store: Store, open: OpenDraft, now: number): Promise<void> {
  const stored = encrypted(open, now); // at once: the page may be going away
  return store.write(['drafts', 'draft_keys'], (in_) => {
    in_.put('drafts', stored);
    in_.put('draft_keys', open.key, stored.id);
  });
}

export function removeDraft(in_: Transaction, id: string): void {
  in_.delete('drafts', id);
  in_.delete('draft_keys', id);
}

export const discardDraft = (store: Store, id: string): Promise<void> =>
  store.write(['drafts', 'draft_keys'], (in_) => removeDraft(in_, id));

// Undefined if it is gone, or was damaged.
export async function loadDraft(store: Store, id: string): Promise<OpenDraft | undefined> {
  const [stored, key] = await store.read(['drafts', 'draft_keys'], (in_) =>
    Promise.all([in_.get('drafts', id), in_.get('draft_keys', id)]),
  );
  if (!stored || !key) return undefined;
  try {
    const plain = sodium.crypto_secretbox_open_easy(stored.box, stored.nonce, key);
    return { draft: JSON.parse(text(plain)) as Draft, key };
  } catch {
    return undefined;
  }
}

// Drafts that are left, oldest first; those older than `hours` are deleted on the way.
export async function currentDrafts(
  store: Store,
  hours: number,
  now: number,
): Promise<StoredDraft[]> {
  const all = await store.read(['drafts'], (in_) => in_.all('drafts'));
  const over = all.filter((one) => now - one.started_ms >= hours * kHourMs);
  if (over.length > 0) {
    await store.write(['drafts', 'draft_keys'], (in_) => {
      for (const one of over) removeDraft(in_, one.id);
    });
  }
  return all
    .filter((one) => !over.includes(one))
    .sort((one, other) => one.started_ms - other.started_ms);
}

const kPauseMs = 250;

// Saves a draft shortly after each change, the newest state last. After `close` nothing is written
// any more: a sealed draft must not come back.
export class DraftSaver {
  private timer: ReturnType<typeof setTimeout> | undefined;
  private last: Promise<void> = Promise.resolve();
  private closed = false;

  constructor(
    private readonly store: Store,
    private readonly current: () => OpenDraft,
    private readonly told: (saved: 'saving' | 'saved' | { failed: unknown }) => void,
    private readonly now: () => number = Date.now,
  ) {}

  changed(): void {
    if (this.closed) return;
    this.told('saving');
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.flush(), kPauseMs);
  }

  // Writes at once if there is anything to write. Encrypts and asks the store before it returns.
  flush(): Promise<void> {
    if (this.timer === undefined || this.closed) return this.last;
    clearTimeout(this.timer);
    this.timer = undefined;
    const saving = saveDraft(this.store, this.current(), this.now());
    this.last = Promise.allSettled([this.last, saving]).then(([, result]) => {
      this.told(result.status === 'fulfilled' ? 'saved' : { failed: result.reason });
    });
    return this.last;
  }

  async close(): Promise<void> {
    this.closed = true;
    clearTimeout(this.timer);
    await this.last;
  }
}
