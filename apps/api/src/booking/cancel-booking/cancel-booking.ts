import { Inject, Injectable } from '@nestjs/common';
import { decideCancel } from '@touchmark/calendar';
import { Postings } from '../../payouts/index.js';
import type { Transaction } from '../../platform/database/index.js';
import type { BookingType } from '../booking.types.js';
import { BookingsRepository } from '../bookings.repository.js';
import { ChangeClaim } from '../change-claim.js';
import { claimAt } from '../claim-at.js';
import {
  BookingCancelled,
  NotConfirmed,
  TooLateToCancel,
  type CancelBookingInput,
  type CancelBookingOutcome,
} from './cancel-booking.types.js';

/** Takes a booking back before it starts and credits its charge. */
@Injectable()
export class CancelBooking {
  constructor(
    @Inject(ChangeClaim) private readonly changeClaim: ChangeClaim,
    @Inject(BookingsRepository) private readonly bookings: BookingsRepository,
    @Inject(Postings) private readonly postings: Postings,
  ) {}

  run(accountId: string, input: CancelBookingInput): Promise<CancelBookingOutcome> {
    return this.changeClaim.run<'BookingCancelled', CancelBookingOutcome>(accountId, input, {
      operation: 'cancelBooking',
      success: 'BookingCancelled',
      change: (tx, booking) => this.cancel(tx, accountId, booking),
      again: (booking) => new BookingCancelled(booking),
    });
  }

  private async cancel(
    tx: Transaction,
    accountId: string,
    booking: BookingType,
  ): Promise<CancelBookingOutcome> {
    // The credit takes the last lock, and the time counts only after it: so credit, then decide. A refusal undoes both.
    if (booking.state === 'confirmed') await this.credit(tx, accountId, booking);
    const now = await tx.now();
    const decision = decideCancel(claimAt(booking, now));
    if (decision.kind === 'NotConfirmed') return new NotConfirmed(decision.state, decision.message);
    if (decision.kind === 'BookingStarted') return new TooLateToCancel(decision.message);
    this.bookings.end(tx, booking.coopId, booking.id, 'cancelled', now);
    return new BookingCancelled({ ...booking, state: 'cancelled' });
  }

  private credit(tx: Transaction, partyId: string, booking: BookingType): Promise<void> {
    const { coopId, id: reference, priceMinor: amountMinor, currency } = booking;
    return this.postings.post(tx, coopId, [
      { kind: 'booking_credited', reference, partyId, amountMinor, currency },
    ]);
  }
}
