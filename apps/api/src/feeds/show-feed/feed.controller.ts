import { createHash } from 'node:crypto';
import { Controller, Get, Inject, Param, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { RateLimits, networkOf } from '../../platform/limits/index.js';
import { secretIn } from '../feed-secret.js';
import { ShowFeed } from './show-feed.js';

const WINDOW_SECONDS = 300;
// Calendars ask a few times an hour; several of one person, or of one office, share a network.
const PER_NETWORK = 300;
const PER_FEED = 60;

/** The versions that a client says it has. */
const known = (ifNoneMatch: string): Set<string> =>
  new Set(ifNoneMatch.split(',').map((tag) => tag.trim().replace(/^W\//, '')));

/** GET /feeds/<secret>.ics, for calendars elsewhere. The secret is all they have, so an answer says nothing else. */
@Controller('feeds')
export class FeedController {
  constructor(
    @Inject(ShowFeed) private readonly feeds: ShowFeed,
    @Inject(RateLimits) private readonly limits: RateLimits,
  ) {}

  @Get(':file')
  async show(@Param('file') file: string, @Req() req: Request, @Res() res: Response): Promise<void> {
    res.setHeader('X-Robots-Tag', 'noindex');
    res.setHeader('Referrer-Policy', 'no-referrer');
    if (!(await this.limits.take(`feeds-of:${networkOf(req.ip ?? '')}`, PER_NETWORK, WINDOW_SECONDS))) {
      this.tooMany(res);
      return;
    }
    const secret = secretIn(file);
    const answer = secret === null ? ({ kind: 'Unknown' } as const) : await this.feeds.run(secret);
    if (answer.kind !== 'Calendar') {
      this.none(res, answer.kind);
      return;
    }
    if (!(await this.limits.take(`feed:${answer.feedId}`, PER_FEED, WINDOW_SECONDS))) {
      this.tooMany(res);
      return;
    }
    this.calendar(req, res, answer.text);
  }

  private calendar(req: Request, res: Response, text: string): void {
    res.setHeader('Cache-Control', 'private, max-age=300');
    const etag = `"${createHash('sha256').update(text).digest('base64url')}"`;
    res.setHeader('ETag', etag);
    // Not by req.fresh: it sends the whole calendar to a client that says no-cache, which only asks to be told the truth.
    if (known(req.headers['if-none-match'] ?? '').has(etag)) {
      res.status(304).end();
      return;
    }
    res.setHeader('Content-Disposition', 'inline; filename="touchmark.ics"');
    res.type('text/calendar; charset=utf-8').send(text);
  }

  private none(res: Response, kind: 'Unknown' | 'Gone'): void {
    const [status, words] =
      kind === 'Gone'
        ? ([410, 'This calendar feed has ended. Remove it, or make a new one in Touchmark.\n'] as const)
        : ([404, 'There is no such calendar feed. Copy its whole address from Touchmark.\n'] as const);
    res.setHeader('Cache-Control', 'no-store');
    res.status(status).type('text/plain').send(words);
  }

  private tooMany(res: Response): void {
    res.setHeader('Retry-After', String(WINDOW_SECONDS));
    res.setHeader('Cache-Control', 'no-store');
    res.status(429).type('text/plain').send('This calendar is asked for too often. Ask every few minutes.\n');
  }
}
