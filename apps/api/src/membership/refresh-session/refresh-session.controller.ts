import { Controller, Header, HttpCode, Inject, Post, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { CONFIG, type Config } from '../../platform/config/config.js';
import { clearRefreshCookie, refreshTokenOf, setRefreshCookie } from '../refresh-cookie.js';
import { RefreshSession } from './refresh-session.js';

/** The one place that reads the refresh cookie. */
@Controller('session')
export class RefreshSessionController {
  constructor(
    @Inject(RefreshSession) private readonly refreshSession: RefreshSession,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  @Post('refresh')
  @HttpCode(200)
  @Header('Cache-Control', 'no-store')
  async refresh(
    @Req() req: Request,
    @Res({ passthrough: true }) res: Response,
  ): Promise<Record<string, string>> {
    if (req.headers.origin !== new URL(this.config.publicUrl).origin) {
      res.status(403);
      return { message: 'The Origin header is not that of this installation. Refresh from its own pages.' };
    }
    const token = refreshTokenOf(req);
    const outcome =
      token === undefined ? { kind: 'SessionEnded' as const } : await this.refreshSession.run(token);
    if (outcome.kind !== 'SessionRefreshed') {
      clearRefreshCookie(res, this.config);
      res.status(401);
      return { message: 'This session has ended. Sign in again.' };
    }
    if (outcome.next !== null) setRefreshCookie(res, this.config, outcome.next);
    return { accessToken: outcome.access.accessToken, expiresAt: outcome.access.expiresAt.toISOString() };
  }
}
