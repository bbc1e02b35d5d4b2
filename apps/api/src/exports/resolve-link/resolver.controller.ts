import { Controller, Get, Inject, Options, Res } from '@nestjs/common';
import { resolverDescription } from '@touchmark/certificate-exports';
import type { Response } from 'express';
import { CONFIG, type Config } from '../../platform/config/config.js';
import { sendAnswer } from './printed-links.js';
import { preflight } from './resolve-link.js';

/** GET /.well-known/gs1resolver: what this resolver is and understands. */
@Controller('.well-known')
export class ResolverController {
  constructor(@Inject(CONFIG) private readonly config: Config) {}

  @Get('gs1resolver')
  describe(@Res() res: Response): void {
    res.setHeader('Access-Control-Allow-Origin', '*');
    res.setHeader('Cache-Control', 'public, max-age=3600');
    res.type('application/json').send(JSON.stringify(resolverDescription(this.config.publicUrl)));
  }

  @Options('gs1resolver')
  allow(@Res() res: Response): void {
    sendAnswer(res, preflight());
  }
}
