// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
//
// Takes sealed records to the server whenever it can be reached, and says how the line stands.
import type { Answer, Ask } from '../lib/api';
import { fetchSetup } from '../lib/enrol';
import { pauseMs, standing, tryAgain, uploadAll } from '../lib/outbox';
import type { Setup } from '../lib/setup';
import type { Store } from '../lib/store';
import { asTrouble, Trouble } from '../lib/trouble';
import type { Line } from './counter.svelte';
import { asSender } from './locks';

export interface Told {
  line: (line: Line, said: string) => void;
  moved: () => void; // the outbox has changed
  setup: (setup: Setup) => void;
  serverTime: (ms: number) => void;
}

const kQuietMs = 60_000; // between two signs of life
const kSetupEveryMs = 10 * 60_000;

export class Carrier {
  private timer: ReturnType<typeof setTimeout> | undefined;
  private failures = 0;
  private busy = false;
  private wanted = false;
  private setupAt = -Infinity;
  private readonly ask: Ask;

  constructor(
    private readonly store: Store,
    ask: Ask,
    private readonly told: Told,
  ) {
    this.ask = async (...asked): Promise<Answer> => {
      const answer = await ask(...asked);
      if (answer.server_ms !== undefined) this.told.serverTime(answer.server_ms);
      return answer;
    };
  }

  start(): void {
    addEventListener('online', () => this.wake());
    addEventListener('offline', () => this.told.line('offline', ''));
    this.wake();
  }

  // Goes at once, not after the pause.
  wake(): void {
    this.failures = 0;
    void this.turn();
  }

  async again(): Promise<void> {
    await tryAgain(this.store);
    this.told.moved();
    this.wake();
  }

  private async turn(): Promise<void> {
    if (this.busy) return void (this.wanted = true);
    this.busy = true;
    clearTimeout(this.timer);
    this.wanted = false;
    try {
      await asSender(() => this.carry());
      this.failures = 0;
    } catch (error) {
      this.failures += 1;
      this.fails(asTrouble(error));
    }
    this.busy = false;
    this.told.moved();
    if (this.wanted && this.failures === 0) return void this.turn();
    const pause = this.failures > 0 ? pauseMs(this.failures - 1, Math.random()) : kQuietMs;
    this.timer = setTimeout(() => void this.turn(), pause);
  }

  private async carry(): Promise<void> {
    await uploadAll(this.store, this.ask);
    const { left, oldest } = await standing(this.store);
    const sign = { pending: left, ...(oldest && { oldest_pending: oldest }) };
    await this.ask('POST', '/heartbeat', sign);
    if (performance.now() - this.setupAt >= kSetupEveryMs) {
      this.told.setup(await fetchSetup(this.store, this.ask));
      this.setupAt = performance.now();
    }
    this.told.line('online', '');
  }

  private fails(trouble: Trouble): void {
    const lines: Partial<Record<Trouble['code'], Line>> = {
      offline: 'offline',
      token_refused: 'refused',
    };
    this.told.line(lines[trouble.code] ?? 'failing', trouble.said);
  }
}
