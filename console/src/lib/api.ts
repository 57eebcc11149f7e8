// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
//
// Asking the server, with a deadline, and its refusals as Troubles.
import { Trouble } from './trouble';

const kPatienceMs = 15_000;
// Answers that would be the same another time; all others may pass.
const kAboutTheContent = [400, 409, 422];
const kSaidMax = 400;

export interface Answer {
  body: unknown;
  server_ms: number | undefined; // the server's clock
}
export type Ask = (method: string, path: string, body?: unknown) => Promise<Answer>;

function saidBy(body: unknown): string {
  const error = (body as { error?: unknown } | null)?.error;
  const said = typeof error === 'string' ? error : (error as { message?: unknown } | null)?.message;
  return typeof said === 'string' ? said.slice(0, kSaidMax) : '';
}

async function answered(response: Response): Promise<Answer> {
  const body: unknown = await response.json().catch(() => null);
  const said = saidBy(body);
  if (response.status === 401) throw new Trouble('token_refused', said);
  if (response.status === 403) throw new Trouble('not_allowed', said);
  if (response.status === 413) throw new Trouble('too_large', said);
  if (kAboutTheContent.includes(response.status)) throw new Trouble('server_refused', said);
  if (!response.ok) throw new Trouble('server_failed', said);
  const date = Date.parse(response.headers.get('Date') ?? '');
  return { body, server_ms: Number.isNaN(date) ? undefined : date };
}

// `token` undefined: the session's cookie speaks for whoever asks.
export const asker =
  (token?: string, fetcher: typeof fetch = fetch): Ask =>
  async (method, path, body) => {
    const headers: Record<string, string> = { Accept: 'application/json' };
    if (body !== undefined) headers['Content-Type'] = 'application/json';
    if (token !== undefined) headers.Authorization = `Bearer ${token}`;
    let response: Response;
    try {
      response = await fetcher(`/api/v1/intake${path}`, {
        method,
        headers,
        body: body === undefined ? null : JSON.stringify(body),
        credentials: token === undefined ? 'same-origin' : 'omit',
        cache: 'no-store',
        redirect: 'error',
        referrerPolicy: 'no-referrer',
        signal: AbortSignal.timeout(kPatienceMs),
      });
    } catch {
      throw new Trouble('offline');
    }
    return answered(response);
  };
