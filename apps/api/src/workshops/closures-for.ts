import type { Actor } from '../platform/auth/index.js';
import type { ClosureType } from './workshop.types.js';

/** Closures as this caller may see them: that it is closed is for everybody, why it is closed for members of the co-op. */
export function closuresFor(actor: Actor, coopId: string, closures: readonly ClosureType[]): ClosureType[] {
  const member = actor.kind === 'Person' && actor.method === 'password' && actor.roles.has(coopId);
  return closures.map((closure) => (member ? closure : { ...closure, reason: '' }));
}
