import { Inject, Injectable } from '@nestjs/common';
import { type Actor, Authenticator } from '../../platform/auth/index.js';
import { unauthenticated } from '../../platform/graphql/index.js';
import { ApiKeysRepository } from '../api-keys.repository.js';
import { SessionsRepository } from '../sessions.repository.js';
import { AccessTokens } from './access-tokens.js';
import { API_KEY_PREFIX } from './api-key-form.js';
import { hashOf } from './credentials.js';

const BEARER = /^Bearer ([A-Za-z0-9._~+/=-]+)$/;
const ANONYMOUS: Actor = { kind: 'Anonymous' };

/** Reads "Authorization: Bearer ..." as an access token of a person or an API key of a brand. */
@Injectable()
export class BearerAuthenticator extends Authenticator {
  constructor(
    @Inject(AccessTokens) private readonly accessTokens: AccessTokens,
    @Inject(SessionsRepository) private readonly sessions: SessionsRepository,
    @Inject(ApiKeysRepository) private readonly apiKeys: ApiKeysRepository,
  ) {
    super();
  }

  async authenticate(authorization: string | undefined): Promise<Actor> {
    if (authorization === undefined) return ANONYMOUS;
    const credential = BEARER.exec(authorization)?.[1];
    if (credential === undefined)
      throw unauthenticated(
        'The Authorization header was not understood. Send "Bearer <token>", or leave it out.',
      );
    return credential.startsWith(API_KEY_PREFIX) ? this.brand(credential) : this.person(credential);
  }

  private async brand(key: string): Promise<Actor> {
    const found = await this.apiKeys.liveByHash(hashOf(key));
    if (found === null)
      throw unauthenticated('This API key is unknown or was revoked. Ask its owner for a new one.');
    return { kind: 'Brand', accountId: found.accountId, keyId: found.id, scopes: new Set(found.scopes) };
  }

  private async person(token: string): Promise<Actor> {
    const claims = await this.accessTokens.read(token);
    if (claims === null) throw unauthenticated('This access token is not one of ours. Sign in again.');
    const state = await this.sessions.state(claims.sessionId);
    if (state?.live !== true || state.accountId !== claims.accountId)
      throw unauthenticated('This session has ended. Sign in again.');
    if (claims.expiresAt <= state.now)
      throw unauthenticated(
        'This access token has expired. Get a new one at POST /session/refresh, or sign in again.',
      );
    const roles = state.method === 'password' ? Object.entries(state.roles) : [];
    return {
      kind: 'Person',
      accountId: claims.accountId,
      sessionId: claims.sessionId,
      method: state.method,
      roles: new Map(roles.map(([coopId, held]) => [coopId, new Set(held)])),
    };
  }
}
