import { Inject, Injectable } from '@nestjs/common';
import { usedMinutes, windowMinutes } from '@touchmark/calendar';
import { actualPrice, type ActualMinutesRule } from '@touchmark/pricing';
import { Postings, type Book } from '../payouts/index.js';
import type { Transaction } from '../platform/database/index.js';
import { isUuid } from '../platform/graphql/index.js';
import type { BookingType } from './booking.types.js';
import { BookingsRepository } from './bookings.repository.js';
import { PoliciesRepository } from './policy/policies.repository.js';
import { creditDown } from './policy/settle-charge.js';

export type CheckInOutcome =
  | { readonly kind: 'CheckedIn'; readonly booking: BookingType }
  | { readonly kind: 'NotYet'; readonly reason: string }
  | { readonly kind: 'NotFound' };

export type CheckOutOutcome =
  | { readonly kind: 'CheckedOut'; readonly booking: BookingType }
  | { readonly kind: 'NotCheckedIn'; readonly reason: string }
  | { readonly kind: 'NotFound' };

/** Notes when work on a booking began and ended; the row itself is the lock, so a cancel cannot slip in between. */
@Injectable()
export class CheckIns {
  constructor(
    @Inject(BookingsRepository) private readonly bookings: BookingsRepository,
    @Inject(PoliciesRepository) private readonly policies: PoliciesRepository,
    @Inject(Postings) private readonly postings: Postings,
  ) {}

  async checkIn(
    tx: Transaction,
    coopId: string,
    bookingId: string,
    at: Date,
    actorId: string | null = null,
  ): Promise<CheckInOutcome> {
    const noted = isUuid(bookingId) && (await this.bookings.checkIn(tx, coopId, bookingId, at));
    const booking = await this.load(tx, coopId, bookingId);
    if (booking === undefined) return { kind: 'NotFound' };
    if (noted) {
      await this.bookings.note(tx, booking, 'checked_in', at, actorId);
      return { kind: 'CheckedIn', booking };
    }
    const reason =
      booking.checkedInAt === null
        ? `The booking is ${booking.state}, not confirmed. Only a confirmed one can be checked in.`
        : 'The booking is checked in already. Check it out when the work is done.';
    return { kind: 'NotYet', reason };
  }

  /** Notes the end of the work; where the co-op's policy says so, its minutes change what the booking costs. */
  async checkOut(
    tx: Transaction,
    coopId: string,
    bookingId: string,
    actorId: string | null = null,
  ): Promise<CheckOutOutcome> {
    const claim = isUuid(bookingId) ? await this.bookings.lockClaim(tx, coopId, bookingId) : null;
    if (claim === null) return { kind: 'NotFound' };
    const { actualMinutes } = await this.policies.load(tx, coopId);
    const books = actualMinutes === 'frozen' ? null : await this.postings.openBooks(tx, [coopId]);
    const at = await tx.now();
    if (claim.checkedInAt === null)
      return { kind: 'NotCheckedIn', reason: 'The booking is not checked in. Check it in first.' };
    if (claim.checkedOutAt !== null)
      return { kind: 'NotCheckedIn', reason: 'The booking is checked out already.' };
    const chargedMinor = chargeOf(claim, claim.checkedInAt, at, actualMinutes);
    await this.bookings.checkOut(tx, claim, at, chargedMinor);
    await this.bookings.note(tx, claim, 'checked_out', at, actorId);
    await books?.post(adjust(claim, chargedMinor));
    return { kind: 'CheckedOut', booking: { ...claim, checkedOutAt: at, chargedMinor } };
  }

  private async load(tx: Transaction, coopId: string, bookingId: string): Promise<BookingType | undefined> {
    if (!isUuid(bookingId)) return undefined;
    const [booking] = await this.bookings.byIds(tx, coopId, [bookingId]);
    return booking;
  }
}

function chargeOf(claim: BookingType, checkedInAt: Date, at: Date, rule: ActualMinutesRule): bigint {
  if (claim.accountId === null) return claim.chargedMinor;
  const window = { fromAt: claim.fromAt.getTime(), toAt: claim.toAt.getTime() };
  const used = usedMinutes(window, checkedInAt.getTime(), at.getTime());
  const { priceMinor, priceLines } = claim;
  const prepaid = priceLines.filter((line) => line.code === 'credit');
  const prepaidMinor = prepaid.reduce((sum, line) => sum - line.amountMinor, 0n);
  return actualPrice(rule, { priceMinor, prepaidMinor }, windowMinutes(window), used);
}

function adjust(claim: BookingType, chargedMinor: bigint): Book[] {
  const { coopId, id: reference, accountId: partyId, currency } = claim;
  if (partyId === null) return [];
  const amountMinor = chargedMinor - claim.chargedMinor;
  if (amountMinor <= 0n) return creditDown(claim, chargedMinor);
  return [{ coopId, posting: { kind: 'booking_adjusted', reference, partyId, amountMinor, currency } }];
}
