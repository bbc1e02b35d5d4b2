import type { Cookies, RequestEvent } from '@sveltejs/kit';

export const SESSION_COOKIE = 'touchmark_session';
const REFRESH_COOKIE = 'touchmark_refresh';

/** What the pages keep of a signed-in person, in one cookie that no script can read. */
export interface PageSession {
  readonly accessToken: string;
  readonly expiresAt: number;
  readonly refreshToken: string;
  /** When the refresh token ends, and the session with it. */
  readonly endsAt: number;
}

type Place = Pick<RequestEvent, 'cookies' | 'url'>;

/** The session in the cookie, or null when there is none or it is not one of ours. */
export function readSession(cookies: Cookies): PageSession | null {
  const text = cookies.get(SESSION_COOKIE);
  if (!text) return null;
  try {
    const read = JSON.parse(Buffer.from(text, 'base64url').toString('utf8')) as Record<string, unknown>;
    const { a, e, r, x } = read;
    if (typeof a !== 'string' || typeof e !== 'number' || typeof r !== 'string' || typeof x !== 'number')
      return null;
    return { accessToken: a, expiresAt: e, refreshToken: r, endsAt: x };
  } catch {
    return null;
  }
}

export function writeSession({ cookies, url }: Place, session: PageSession): void {
  const { accessToken: a, expiresAt: e, refreshToken: r, endsAt: x } = session;
  cookies.set(SESSION_COOKIE, Buffer.from(JSON.stringify({ a, e, r, x })).toString('base64url'), {
    path: '/',
    httpOnly: true,
    sameSite: 'lax',
    secure: url.protocol === 'https:',
    expires: new Date(x),
  });
}

export function clearSession({ cookies, url }: Place): void {
  cookies.delete(SESSION_COOKIE, { path: '/', secure: url.protocol === 'https:' });
}

/** The refresh token and its end among the cookies that the API set. */
export function refreshTokenIn(
  setCookies: readonly string[],
): { readonly refreshToken: string; readonly endsAt: number } | null {
  for (const line of setCookies) {
    const [pair = '', ...attributes] = line.split(';').map((part) => part.trim());
    if (!pair.startsWith(`${REFRESH_COOKIE}=`)) continue;
    const refreshToken = pair.slice(REFRESH_COOKIE.length + 1);
    const seconds = attributes.find((part) => /^max-age=\d+$/i.test(part))?.slice('max-age='.length);
    if (refreshToken === '' || seconds === undefined) return null;
    return { refreshToken, endsAt: Date.now() + Number(seconds) * 1000 };
  }
  return null;
}

export function refreshCookieHeader(refreshToken: string): string {
  return `${REFRESH_COOKIE}=${refreshToken}`;
}
