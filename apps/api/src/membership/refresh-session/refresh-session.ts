import { Inject, Injectable } from '@nestjs/common';
import { type Transaction, Transactions } from '../../platform/database/index.js';
import { type AccessToken, AccessTokens, hashOf, randomSecret } from '../credentials/index.js';
import type { RefreshCookie } from '../open-session.js';
import { type RefreshToken, RefreshTokensRepository } from '../refresh-tokens.repository.js';
import { type LockedSession, SessionsRepository } from '../sessions.repository.js';

const GRACE_MS = 10_000;

/** A new access token, and the next refresh token unless another tab has just got it. */
export interface SessionRefreshed {
  readonly kind: 'SessionRefreshed';
  readonly access: AccessToken;
  readonly next: RefreshCookie | null;
}

/** Somebody used a refresh token that had been exchanged long ago: it was copied, so the whole session has ended. */
export interface ReuseDetected {
  readonly kind: 'ReuseDetected';
}

export interface SessionEnded {
  readonly kind: 'SessionEnded';
}

/** Exchanges a refresh token for an access token and the next refresh token. */
@Injectable()
export class RefreshSession {
  constructor(
    @Inject(Transactions) private readonly transactions: Transactions,
    @Inject(SessionsRepository) private readonly sessions: SessionsRepository,
    @Inject(RefreshTokensRepository) private readonly refreshTokens: RefreshTokensRepository,
    @Inject(AccessTokens) private readonly accessTokens: AccessTokens,
  ) {}

  async run(token: string): Promise<SessionRefreshed | ReuseDetected | SessionEnded> {
    const tokenHash = hashOf(token);
    return this.transactions.run(['SessionRefreshed', 'ReuseDetected'], async (tx) => {
      const known = await this.refreshTokens.byHash(tx, tokenHash);
      if (known === null) return { kind: 'SessionEnded' as const };
      const session = await this.sessions.lock(tx, known.sessionId);
      // Read again: while this waited for the lock, another tab may have exchanged the token.
      const seen = await this.refreshTokens.byHash(tx, tokenHash);
      const now = await tx.now();
      if (session === null || seen === null || session.revokedAt !== null || session.expiresAt <= now)
        return { kind: 'SessionEnded' as const };
      return this.exchange(tx, session, seen, now);
    });
  }

  private async exchange(
    tx: Transaction,
    session: LockedSession,
    seen: RefreshToken,
    now: Date,
  ): Promise<SessionRefreshed | ReuseDetected> {
    if (seen.rotatedAt !== null && now.getTime() - seen.rotatedAt.getTime() > GRACE_MS) {
      await this.sessions.revoke(tx, session.id);
      return { kind: 'ReuseDetected' };
    }
    const next = seen.rotatedAt === null ? await this.rotate(tx, session, seen, now) : null;
    const access = await this.accessTokens.issue(session.accountId, session.id, now);
    return { kind: 'SessionRefreshed', access, next };
  }

  private async rotate(
    tx: Transaction,
    session: LockedSession,
    seen: RefreshToken,
    now: Date,
  ): Promise<RefreshCookie> {
    const token = randomSecret();
    await this.refreshTokens.rotate(tx, seen.id, now);
    await this.refreshTokens.add(tx, session.id, hashOf(token), now);
    return { token, lifeMs: session.expiresAt.getTime() - now.getTime() };
  }
}
