import type { CreditsType } from './allowances.types.js';
import type { GrantRow } from './credits.repository.js';

/** A member's credits as the schema shows them; what has expired leaves nothing. */
export function creditsView(grant: GrantRow): CreditsType {
  const { expired, ...shown } = grant;
  return { ...shown, leftMinutes: expired ? 0 : grant.minutes - grant.usedMinutes };
}
