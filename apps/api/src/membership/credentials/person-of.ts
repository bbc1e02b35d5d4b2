import type { Person } from '../../platform/auth/index.js';
import { unauthenticated } from '../../platform/graphql/index.js';
import type { SessionState } from '../sessions.repository.js';
import type { AccessClaims } from './access-tokens.js';

/** The person of these claims as their session stands now; throws UNAUTHENTICATED when session or token are over. */
export function personOf(claims: AccessClaims, state: SessionState | null): Person {
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
