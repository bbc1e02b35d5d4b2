import { Inject, Injectable } from '@nestjs/common';
import { decideConfirm } from '@touchmark/calendar';
import { CreditUses } from '../../allowances/index.js';
import { Postings, type OpenBooks } from '../../payouts/index.js';
import type { Transaction } from '../../platform/database/index.js';
import { HoldLapsed, NotHeld, type BookingType } from '../booking.types.js';
import { BookingsRepository } from '../bookings.repository.js';
import { ChangeClaim } from '../change-claim.js';
import { claimAt } from '../claim-at.js';
import { numbered } from '../numbered.js';
import {
  BookingConfirmed,
  type ConfirmBookingInput,
  type ConfirmBookingOutcome,
} from './confirm-booking.types.js';

/** Turns a live hold into a booking and charges its frozen price to the member. */
@Injectable()
export class ConfirmBooking {
  constructor(
    @Inject(ChangeClaim) private readonly changeClaim: ChangeClaim,
    @Inject(BookingsRepository) private readonly bookings: BookingsRepository,
    @Inject(Postings) private readonly postings: Postings,
    @Inject(CreditUses) private readonly credits: CreditUses,
  ) {}

  run(accountId: string, input: ConfirmBookingInput): Promise<ConfirmBookingOutcome> {
    return this.changeClaim.run<'BookingConfirmed', ConfirmBookingOutcome, OpenBooks>(accountId, input, {
      operation: 'confirmBooking',
      success: 'BookingConfirmed',
      // The books are the last lock, and the time that counts is read with them.
      lockMore: (tx) => this.postings.openBooks(tx, [input.coopId]),
      change: (tx, hold, books) => this.confirm(tx, accountId, hold, books),
      again: (booking) => new BookingConfirmed(booking),
    });
  }

  private async confirm(
    tx: Transaction,
    accountId: string,
    hold: BookingType,
    books: OpenBooks,
  ): Promise<ConfirmBookingOutcome> {
    const now = await tx.now();
    const decision = decideConfirm(claimAt(hold, now));
    if (decision.kind !== 'ConfirmAccepted') {
      const sequence = await this.bookings.nextSequence(tx);
      const refused =
        decision.kind === 'NotHeld'
          ? new NotHeld(decision.state, decision.message)
          : new HoldLapsed(decision.message);
      return Object.assign(refused, { sequence });
    }
    await this.charge(tx, accountId, hold, books);
    const chargedMinor = hold.priceMinor;
    const confirmed = new BookingConfirmed({ ...hold, state: 'confirmed', confirmedAt: now, chargedMinor });
    numbered(confirmed, this.bookings.confirm(tx, hold, now, accountId));
    return confirmed;
  }

  private async charge(tx: Transaction, partyId: string, hold: BookingType, books: OpenBooks): Promise<void> {
    const { coopId, id: reference, priceMinor: amountMinor, currency } = hold;
    const charge = { kind: 'booking_charged' as const, reference, partyId, amountMinor, currency };
    // Only a price with prepaid minutes in it has any to be spent.
    const prepaid = hold.priceLines.some((line) => line.code === 'credit');
    const spent = prepaid ? await this.credits.spend(tx, coopId, reference) : [];
    await books.post([charge, ...spent].map((posting) => ({ coopId, posting })));
  }
}
