import type { Actor } from '../platform/auth/index.js';

/** True for who runs the co-op's workshops and so sees whose bookings they are. */
export function runsWorkshop(actor: Actor, coopId: string): boolean {
  if (actor.kind !== 'Person') return false;
  const roles = actor.roles.get(coopId);
  return roles !== undefined && (roles.has('operator') || roles.has('admin'));
}
