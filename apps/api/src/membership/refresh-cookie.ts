import type { Request, Response } from 'express';
import type { Config } from '../platform/config/config.js';
import type { RefreshCookie } from './open-session.js';

export const REFRESH_COOKIE = 'touchmark_refresh';
const PATH = '/session/refresh';

function settings(config: Pick<Config, 'publicUrl'>) {
  return {
    httpOnly: true,
    sameSite: 'strict',
    secure: config.publicUrl.startsWith('https://'),
    path: PATH,
  } as const;
}

/** Puts the refresh token where only POST /session/refresh of this origin gets it back. */
export function setRefreshCookie(
  res: Response,
  config: Pick<Config, 'publicUrl'>,
  cookie: RefreshCookie,
): void {
  res.cookie(REFRESH_COOKIE, cookie.token, { ...settings(config), maxAge: cookie.lifeMs });
}

export function clearRefreshCookie(res: Response, config: Pick<Config, 'publicUrl'>): void {
  res.clearCookie(REFRESH_COOKIE, settings(config));
}

/** The refresh token that the browser sent. */
export function refreshTokenOf(req: Request): string | undefined {
  const pairs = (req.headers.cookie ?? '').split(';').map((pair) => pair.trim());
  const pair = pairs.find((entry) => entry.startsWith(`${REFRESH_COOKIE}=`));
  return pair?.slice(REFRESH_COOKIE.length + 1);
}
