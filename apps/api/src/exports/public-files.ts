import { Inject, Injectable } from '@nestjs/common';
import type { Request, Response } from 'express';
import { RateLimits, networkOf } from '../platform/limits/index.js';

const PER_NETWORK = 240;
const WINDOW_SECONDS = 60;

/** A file to be read by anybody: its bytes or text, and what it is. */
export interface PublicFile {
  readonly kind: 'PublicFile';
  readonly type: string;
  readonly body: string;
}

/** Why there is no file, in words for whoever asked. */
export interface NoFile {
  readonly kind: 'NoFile';
  readonly status: 404 | 409 | 429 | 503;
  readonly words: string;
  /** With 429: when it may be asked again. */
  readonly retryAfterSeconds?: number;
}

/** Sends files that any page and any program may read, so many a minute to each network. */
@Injectable()
export class PublicFiles {
  constructor(@Inject(RateLimits) private readonly limits: RateLimits) {}

  async answer(req: Request, res: Response, make: () => Promise<PublicFile | NoFile>): Promise<void> {
    res.setHeader('Access-Control-Allow-Origin', '*');
    res.setHeader('Cross-Origin-Resource-Policy', 'cross-origin');
    // A picture opened by itself is a document: it may run and load nothing.
    res.setHeader('Content-Security-Policy', "default-src 'none'; sandbox");
    if (!(await this.limits.take(`exports:${networkOf(req.ip ?? '')}`, PER_NETWORK, WINDOW_SECONDS))) {
      sendNoFile(res, tooMany('This network asks too often.', WINDOW_SECONDS));
      return;
    }
    const file = await make();
    if (file.kind === 'NoFile') {
      sendNoFile(res, file);
      return;
    }
    res.setHeader('Cache-Control', 'public, max-age=300');
    res.setHeader('Content-Type', file.type);
    res.send(Buffer.from(file.body));
  }
}

/** A file that cannot be had, for whatever reason. */
export function noFile(status: Exclude<NoFile['status'], 429>, words: string): NoFile {
  return { kind: 'NoFile', status, words };
}

/** A file that was not even looked for, since too much was asked. */
export function tooMany(why: string, retryAfterSeconds: number): NoFile {
  const words = `${why} Ask again in ${String(retryAfterSeconds)} seconds.`;
  return { kind: 'NoFile', status: 429, words, retryAfterSeconds };
}

function sendNoFile(res: Response, { status, words, retryAfterSeconds }: NoFile): void {
  res.setHeader('Cache-Control', 'no-store');
  if (retryAfterSeconds !== undefined) res.setHeader('Retry-After', String(retryAfterSeconds));
  res.status(status).type('text/plain').send(`${words}\n`);
}
