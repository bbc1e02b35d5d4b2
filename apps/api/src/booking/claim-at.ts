import type { ClaimAt } from '@touchmark/calendar';
import type { BookingType } from './booking.types.js';

/** A claim at a moment, as the decisions take it. */
export function claimAt(claim: BookingType, now: Date): ClaimAt {
  return {
    state: claim.state,
    window: { fromAt: claim.fromAt.getTime(), toAt: claim.toAt.getTime() },
    // What never was a hold cannot lapse.
    expiresAt: claim.expiresAt?.getTime() ?? Infinity,
    checkedInAt: claim.checkedInAt?.getTime() ?? null,
    now: now.getTime(),
  };
}
