import { createHash } from 'node:crypto';
import { API_URL } from '$app/env/private';
import { type PageSession, refreshCookieHeader, refreshTokenIn } from './session.ts';

const REMEMBER_MS = 60_000;
const MOST_REMEMBERED = 10_000;

export type Renewal =
  /** `stored` is false when another tab holds the next refresh token: its cookie must not be overwritten. */
  | { readonly kind: 'Renewed'; readonly session: PageSession; readonly stored: boolean }
  | { readonly kind: 'Ended' };

// A browser that leaves a page before it is answered never sees the next refresh token, and would be signed out when
// it sends the old one again. So the exchange is remembered for a minute, by hash; requests at once share one exchange.
const recent = new Map<string, { readonly at: number; readonly renewal: Promise<Renewal> }>();

/** Exchanges the refresh token of a session for the next one. */
export function renewSession(session: PageSession, origin: string, address: string): Promise<Renewal> {
  const key = createHash('sha256').update(session.refreshToken).digest('base64url');
  const now = Date.now();
  forget(now);
  const known = recent.get(key);
  if (known) return known.renewal;
  const renewal = exchange(session, origin, address);
  recent.set(key, { at: now, renewal });
  renewal.catch(() => recent.delete(key));
  return renewal;
}

/** The map keeps insertion order, so the oldest come first. */
function forget(now: number): void {
  for (const [key, { at }] of recent) {
    if (now - at < REMEMBER_MS && recent.size < MOST_REMEMBERED) return;
    recent.delete(key);
  }
}

async function exchange(session: PageSession, origin: string, address: string): Promise<Renewal> {
  const response = await fetch(`${API_URL}/session/refresh`, {
    method: 'POST',
    headers: { origin, cookie: refreshCookieHeader(session.refreshToken), 'x-forwarded-for': address },
  });
  if (response.status === 401) return { kind: 'Ended' };
  if (!response.ok) throw new Error(`POST /session/refresh answered ${String(response.status)}`);
  const { accessToken, expiresAt } = (await response.json()) as { accessToken: string; expiresAt: string };
  const next = refreshTokenIn(response.headers.getSetCookie());
  const renewed = { ...session, ...next, accessToken, expiresAt: Date.parse(expiresAt) };
  return { kind: 'Renewed', session: renewed, stored: next !== null };
}
