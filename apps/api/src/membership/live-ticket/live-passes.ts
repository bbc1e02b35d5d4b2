import { Inject, Injectable } from '@nestjs/common';
import {
  Authenticator,
  type Credential,
  type Pass,
  Passes,
  type PassVerdict,
  type Person,
} from '../../platform/auth/index.js';
import { Database } from '../../platform/database/index.js';
import { unauthenticated } from '../../platform/graphql/index.js';
import { ApiKeysRepository } from '../api-keys.repository.js';
import { type AccessClaims, AccessTokens, hashOf, personOf } from '../credentials/index.js';
import { type SessionState, SessionsRepository } from '../sessions.repository.js';
import { LiveTicketsRepository } from './live-tickets.repository.js';

const NEEDED =
  'A live connection needs a sign-in. Send { "authorization": "Bearer <token>" } or { "ticket": "<ticket>" }.';

const sameSet = (one: ReadonlySet<string>, other: readonly string[]): boolean =>
  one.size === other.length && other.every((word) => one.has(word));

function sameRoles({ roles }: Person, state: SessionState): boolean {
  const now = state.method === 'password' ? Object.entries(state.roles) : [];
  return (
    roles.size === now.length && now.every(([coopId, held]) => sameSet(roles.get(coopId) ?? new Set(), held))
  );
}

/** Lets sessions and API keys in to live connections, and says who may stay. */
@Injectable()
export class LivePasses extends Passes {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Authenticator) private readonly authenticator: Authenticator,
    @Inject(AccessTokens) private readonly accessTokens: AccessTokens,
    @Inject(SessionsRepository) private readonly sessions: SessionsRepository,
    @Inject(ApiKeysRepository) private readonly apiKeys: ApiKeysRepository,
    @Inject(LiveTicketsRepository) private readonly tickets: LiveTicketsRepository,
  ) {
    super();
  }

  async enter({ authorization, ticket }: Credential): Promise<Pass> {
    if (ticket !== undefined) return this.byTicket(ticket);
    const actor = await this.authenticator.authenticate(authorization);
    if (actor.kind === 'Anonymous') throw unauthenticated(NEEDED);
    if (actor.kind === 'Brand') return { actor, expiresAt: null };
    const claims = await this.accessTokens.read(authorization?.replace(/^Bearer /, '') ?? '');
    if (claims === null) throw unauthenticated(NEEDED);
    return { actor, expiresAt: claims.expiresAt };
  }

  async judge(passes: readonly Pass[]): Promise<PassVerdict[]> {
    const actors = passes.map(({ actor }) => actor);
    const sessionIds = actors.flatMap((actor) => (actor.kind === 'Person' ? [actor.sessionId] : []));
    const keyIds = actors.flatMap((actor) => (actor.kind === 'Brand' ? [actor.keyId] : []));
    const [states, keys] = await Promise.all([
      sessionIds.length === 0
        ? new Map<string, SessionState>()
        : this.sessions.states(this.database, sessionIds),
      keyIds.length === 0 ? new Set<string>() : this.apiKeys.live(this.database, keyIds),
    ]);
    return passes.map(({ actor, expiresAt }) => {
      if (actor.kind === 'Brand') return keys.has(actor.keyId) ? 'holds' : 'ended';
      const state = states.get(actor.sessionId);
      if (state?.live !== true) return 'ended';
      if (expiresAt !== null && expiresAt <= state.now) return 'expired';
      return sameRoles(actor, state) ? 'holds' : 'changed';
    });
  }

  private async byTicket(ticket: string): Promise<Pass> {
    const claims: AccessClaims | null = await this.tickets.use(this.database, hashOf(ticket));
    if (claims === null)
      throw unauthenticated(
        'This ticket is unknown, was used or is too old. Ask for a new one by liveTicket.',
      );
    const actor = personOf(claims, await this.sessions.state(claims.sessionId));
    return { actor, expiresAt: claims.expiresAt };
  }
}
