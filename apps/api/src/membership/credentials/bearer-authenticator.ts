import { Inject, Injectable } from '@nestjs/common';
import { type Actor, Authenticator } from '../../platform/auth/index.js';
import { unauthenticated } from '../../platform/graphql/index.js';
import { ApiKeysRepository } from '../api-keys.repository.js';
import { SessionsRepository } from '../sessions.repository.js';
import { AccessTokens } from './access-tokens.js';
import { API_KEY_PREFIX } from './api-key-form.js';
import { hashOf } from './credentials.js';
import { personOf } from './person-of.js';

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
    return personOf(claims, await this.sessions.state(claims.sessionId));
  }
}
