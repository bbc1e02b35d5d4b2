import { Inject, Injectable } from '@nestjs/common';
import { type Transaction, newId } from '../platform/database/index.js';
import { AccessTokens, hashOf, randomSecret } from './credentials/index.js';
import { RefreshTokensRepository } from './refresh-tokens.repository.js';
import { type SessionMethod, SessionsRepository } from './sessions.repository.js';

const SESSION_DAYS = 30;

/** A refresh token on its way into the cookie, good until the session ends. */
export interface RefreshCookie {
  readonly token: string;
  readonly lifeMs: number;
}

/** What a person holds after a sign-in. */
export interface OpenedSession {
  readonly accountId: string;
  readonly method: SessionMethod;
  readonly accessToken: string;
  readonly expiresAt: Date;
  readonly refresh: RefreshCookie;
}

/** Starts a session of an account that the caller has locked and checked. */
@Injectable()
export class OpenSession {
  constructor(
    @Inject(SessionsRepository) private readonly sessions: SessionsRepository,
    @Inject(RefreshTokensRepository) private readonly refreshTokens: RefreshTokensRepository,
    @Inject(AccessTokens) private readonly accessTokens: AccessTokens,
  ) {}

  async open(tx: Transaction, accountId: string, method: SessionMethod): Promise<OpenedSession> {
    const now = await tx.now();
    const id = newId();
    const token = randomSecret();
    const lifeMs = SESSION_DAYS * 86_400_000;
    const expiresAt = new Date(now.getTime() + lifeMs);
    await this.sessions.add(tx, { id, accountId, method, createdAt: now, expiresAt });
    await this.refreshTokens.add(tx, id, hashOf(token), now);
    const access = await this.accessTokens.issue(accountId, id, now);
    return { accountId, method, ...access, refresh: { token, lifeMs } };
  }
}
