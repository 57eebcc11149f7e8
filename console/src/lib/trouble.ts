// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
//
// What can go wrong without anyone's fault in the code. Each code has its sentence in both
// catalogues of words: what happened and what to do.
export type TroubleCode =
  | 'storage_full' // the browser has no room left
  | 'storage_blocked' // the browser refuses to keep anything
  | 'offline' // the server did not answer
  | 'token_refused' // the server does not know this device, or not any more
  | 'not_allowed' // to this person: a role, or a second person
  | 'key_missing' // the office has no key yet
  | 'setup_broken' // what the server said makes no sense
  | 'too_large' // more text than a record may hold
  | 'draft_gone' // sealed or thrown away, in another tab perhaps
  | 'not_enrolled'
  | 'server_failed'
  | 'server_refused';

export class Trouble extends Error {
  constructor(
    readonly code: TroubleCode,
    // The server's own words, never anything that was typed in.
    readonly said = '',
  ) {
    super(code);
  }
}

export const asTrouble = (error: unknown): Trouble => {
  if (error instanceof Trouble) return error;
  const name = (error as { name?: string } | null)?.name;
  if (name === 'QuotaExceededError') return new Trouble('storage_full');
  if (name === 'SecurityError' || name === 'InvalidStateError' || name === 'UnknownError') {
    return new Trouble('storage_blocked');
  }
  throw error;
};
