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
  readonly status: 404 | 409 | 503;
  readonly words: string;
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
      res.setHeader('Retry-After', String(WINDOW_SECONDS));
      words(res, 429, 'This network asks too often. Ask again in a minute.');
      return;
    }
    const file = await make();
    if (file.kind === 'NoFile') {
      words(res, file.status, file.words);
      return;
    }
    res.setHeader('Cache-Control', 'public, max-age=300');
    res.setHeader('Content-Type', file.type);
    res.send(Buffer.from(file.body));
  }
}

/** A file that cannot be had, for whatever reason. */
export function noFile(status: NoFile['status'], text: string): NoFile {
  return { kind: 'NoFile', status, words: text };
}

function words(res: Response, status: number, text: string): void {
  res.setHeader('Cache-Control', 'no-store');
  res.status(status).type('text/plain').send(`${text}\n`);
}
