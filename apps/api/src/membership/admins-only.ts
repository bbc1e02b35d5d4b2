import { forbidden } from '../platform/graphql/index.js';
import type { Membership } from './memberships.repository.js';

/**
 * Checks, under the lock of the co-op, that the caller still is an admin: the guard looked before the lock, and two
 * admins may be removing each other.
 */
export function requireAdmin(members: readonly Membership[], accountId: string): void {
  const caller = members.find((member) => member.accountId === accountId);
  if (caller?.roles.includes('admin') !== true)
    throw forbidden('Only an admin of the co-op may do this. Ask one of them.');
}
