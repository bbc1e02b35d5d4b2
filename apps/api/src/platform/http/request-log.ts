import { randomUUID } from 'node:crypto';
import type { NextFunction, Request, Response } from 'express';
import type { Logger } from 'pino';
import { requestScope } from '../telemetry/logger.js';

const GIVEN_ID = /^[A-Za-z0-9_-]{8,64}$/;
// What follows this in an address is a secret, also where the address is not quite that of a feed and nothing is found.
const FEEDS = /feeds[/\\]/i;

/** The path of a request without the secret that it may hold. */
function shown(path: string): string {
  return FEEDS.test(plain(path)) ? '/feeds/…' : path;
}

/** The path with what it spells by percent signs, also twice; as it came where that cannot be read. */
function plain(path: string): string {
  try {
    return decodeURIComponent(decodeURIComponent(path));
  } catch {
    return path.replaceAll(/%2f|%5c/gi, '/');
  }
}

/** Gives each HTTP request an id, answers it as X-Request-Id, and logs one line when it ends. Headers and bodies stay out. */
export function requestLog(logger: Logger) {
  return (req: Request, res: Response, next: NextFunction): void => {
    const given = req.headers['x-request-id'];
    const requestId = typeof given === 'string' && GIVEN_ID.test(given) ? given : randomUUID();
    const startedAt = performance.now();
    res.setHeader('X-Request-Id', requestId);
    res.on('finish', () => {
      const elapsedMs = Math.trunc(performance.now() - startedAt);
      logger.info(
        { requestId, method: req.method, path: shown(req.path), status: res.statusCode, elapsedMs },
        'request',
      );
    });
    requestScope.run({ requestId }, next);
  };
}
