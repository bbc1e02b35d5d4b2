import { Inject, Injectable } from '@nestjs/common';
import { decideConfirm } from '@touchmark/calendar';
import { Postings } from '../../payouts/index.js';
import type { Transaction } from '../../platform/database/index.js';
import { HoldLapsed, NotHeld, type BookingType } from '../booking.types.js';
import { BookingsRepository } from '../bookings.repository.js';
import { ChangeClaim } from '../change-claim.js';
import { claimAt } from '../claim-at.js';
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
  ) {}

  run(accountId: string, input: ConfirmBookingInput): Promise<ConfirmBookingOutcome> {
    return this.changeClaim.run<'BookingConfirmed', ConfirmBookingOutcome>(accountId, input, {
      operation: 'confirmBooking',
      success: 'BookingConfirmed',
      change: (tx, hold) => this.confirm(tx, accountId, hold),
      again: (booking) => new BookingConfirmed(booking),
    });
  }

  private async confirm(
    tx: Transaction,
    accountId: string,
    hold: BookingType,
  ): Promise<ConfirmBookingOutcome> {
    // The charge takes the last lock, and the time counts only after it: so charge, then decide. A refusal undoes both.
    if (hold.state === 'held') await this.charge(tx, accountId, hold);
    const now = await tx.now();
    const decision = decideConfirm(claimAt(hold, now));
    if (decision.kind === 'NotHeld') return new NotHeld(decision.state, decision.message);
    if (decision.kind !== 'ConfirmAccepted') return new HoldLapsed(decision.message);
    this.bookings.confirm(tx, hold.coopId, hold.id, now);
    return new BookingConfirmed({ ...hold, state: 'confirmed', confirmedAt: now });
  }

  private charge(tx: Transaction, partyId: string, hold: BookingType): Promise<void> {
    const { coopId, id: reference, priceMinor: amountMinor, currency } = hold;
    return this.postings.post(tx, coopId, [
      { kind: 'booking_charged', reference, partyId, amountMinor, currency },
    ]);
  }
}
