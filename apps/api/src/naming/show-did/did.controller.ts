import { Controller, Get, Inject, Query, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { RateLimits, networkOf } from '../../platform/limits/index.js';
import { ShowDid } from './show-did.js';

const PER_NETWORK = 120;
const WINDOW_SECONDS = 60;
const HOST = /^[a-z0-9.-]{1,253}(:[0-9]{1,5})?$/;

/**
 * GET /.well-known/did.json, by the host that was asked. A co-op whose domain is served elsewhere takes its document with
 * `?domain=` and puts it there: what it says is public, and binding only at the domain itself.
 */
@Controller('.well-known')
export class DidController {
  constructor(
    @Inject(ShowDid) private readonly did: ShowDid,
    @Inject(RateLimits) private readonly limits: RateLimits,
  ) {}

  @Get('did.json')
  async show(@Query('domain') domain: unknown, @Req() req: Request, @Res() res: Response): Promise<void> {
    res.setHeader('Access-Control-Allow-Origin', '*');
    if (!(await this.limits.take(`did-of:${networkOf(req.ip ?? '')}`, PER_NETWORK, WINDOW_SECONDS))) {
      res.setHeader('Retry-After', String(WINDOW_SECONDS));
      this.words(res, 429, 'This document is asked for too often. Keep it for some minutes.\n');
      return;
    }
    const host = domain === undefined ? req.host : domain;
    const known = typeof host === 'string' && HOST.test(host.toLowerCase());
    const document = known ? await this.did.run(host) : null;
    if (document === null) {
      this.words(res, 404, 'Nobody issues certificates here in the name of this domain.\n');
      return;
    }
    res.setHeader('Cache-Control', 'public, max-age=300');
    res.setHeader('Vary', 'Host');
    res.type('application/did+json').send(document);
  }

  private words(res: Response, status: number, words: string): void {
    res.setHeader('Cache-Control', 'no-store');
    res.status(status).type('text/plain').send(words);
  }
}
