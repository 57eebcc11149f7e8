// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
//
// Tabs of one browser: a draft is open in one of them only, and one of them sends.
const nameOf = (draft: string): string => `intake-draft-${draft}`;

// What gives the draft free again, or undefined if another tab has it. The browser gives it free
// by itself when the tab ends.
export function draftLock(draft: string): Promise<(() => Promise<unknown>) | undefined> {
  return new Promise((done) => {
    const held: Promise<unknown> = navigator.locks.request(
      nameOf(draft),
      { ifAvailable: true },
      (lock) => {
        if (!lock) return done(undefined);
        return new Promise<void>((release) =>
          done(() => {
            release();
            return held;
          }),
        );
      },
    );
  });
}

export async function isFree(draft: string): Promise<boolean> {
  const { held = [] } = await navigator.locks.query();
  return !held.some((one) => one.name === nameOf(draft));
}

// Runs `work` if no other tab sends; tells whether it did.
export async function asSender(work: () => Promise<void>): Promise<boolean> {
  return navigator.locks.request('intake-sender', { ifAvailable: true }, async (lock) => {
    if (lock) await work();
    return lock !== null;
  });
}
