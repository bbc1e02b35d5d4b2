import type { Book } from '../../payouts/index.js';
import type { BookingType } from '../booking.types.js';

/** What is to be posted so that a member owes `nextMinor` for a claim that is ended, and not what was charged before. */
export function creditDown(claim: BookingType, nextMinor: bigint): Book[] {
  const { coopId, id: reference, accountId: partyId, currency, chargedMinor } = claim;
  // What nobody was charged for (a run) is not credited either.
  if (partyId === null) return [];
  const amountMinor = chargedMinor - nextMinor;
  return [{ coopId, posting: { kind: 'booking_credited', reference, partyId, amountMinor, currency } }];
}
