import { Inject, Injectable } from '@nestjs/common';
import { decideConfirm } from '@touchmark/calendar';
import { CreditUses } from '../../allowances/index.js';
import { BOOKS_NOT_OPEN, Postings, type OpenBooks } from '../../payouts/index.js';
import { violatedConstraint, type Transaction } from '../../platform/database/index.js';
import { HoldLapsed, NotHeld, type BookingType } from '../booking.types.js';
import { BookingsRepository, CONFIRMED_TOO_LATE } from '../bookings.repository.js';
import { ChangeClaim } from '../change-claim.js';
import { claimAt } from '../claim-at.js';
import {
  BookingConfirmed,
  type ConfirmBookingInput,
  type ConfirmBookingOutcome,
} from './confirm-booking.types.js';

type Change = (tx: Transaction, hold: BookingType) => Promise<ConfirmBookingOutcome>;

/** Turns a live hold into a booking and charges its frozen price to the member. */
@Injectable()
export class ConfirmBooking {
  constructor(
    @Inject(ChangeClaim) private readonly changeClaim: ChangeClaim,
    @Inject(BookingsRepository) private readonly bookings: BookingsRepository,
    @Inject(Postings) private readonly postings: Postings,
    @Inject(CreditUses) private readonly credits: CreditUses,
  ) {}

  async run(accountId: string, input: ConfirmBookingInput): Promise<ConfirmBookingOutcome> {
    try {
      return await this.change(accountId, input, (tx, hold) => this.atOnce(tx, accountId, hold));
    } catch (error) {
      const violated = violatedConstraint(error);
      if (violated !== CONFIRMED_TOO_LATE && violated !== BOOKS_NOT_OPEN) throw error;
    }
    // Too late, or the first charge of the co-op ever: nothing was kept, and this says which.
    return this.change(accountId, input, (tx, hold) => this.decided(tx, accountId, hold));
  }

  private change(
    accountId: string,
    input: ConfirmBookingInput,
    change: Change,
  ): Promise<ConfirmBookingOutcome> {
    return this.changeClaim.run<'BookingConfirmed', ConfirmBookingOutcome, null>(accountId, input, {
      operation: 'confirmBooking',
      success: 'BookingConfirmed',
      lockMore: () => Promise.resolve(null),
      change,
      again: (booking) => new BookingConfirmed(booking),
    });
  }

  /**
   * The books are what all of a co-op wait for; so they are locked in the round trip of the commit, and the database
   * itself refuses a hold whose time was over by then. What it cannot tell or needs more of them is decided step by step.
   */
  private async atOnce(
    tx: Transaction,
    accountId: string,
    hold: BookingType,
  ): Promise<ConfirmBookingOutcome> {
    if (hold.state !== 'held' || isPrepaid(hold)) return this.decided(tx, accountId, hold);
    if (hold.priceMinor > 0n) this.postings.postAtOnce(tx, hold.coopId, chargeOf(hold, accountId));
    return this.confirmed(tx, accountId, hold, null);
  }

  private async decided(
    tx: Transaction,
    accountId: string,
    hold: BookingType,
  ): Promise<ConfirmBookingOutcome> {
    // The books are the last lock, and the time that counts is read with them.
    const books = await this.postings.openBooks(tx, [hold.coopId]);
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
    return this.confirmed(tx, accountId, hold, now);
  }

  /** Written without waiting: number and time arrive along with the commit, and a statement that failed fails that. */
  private confirmed(
    tx: Transaction,
    accountId: string,
    hold: BookingType,
    readAt: Date | null,
  ): BookingConfirmed {
    const booking = { ...hold, state: 'confirmed' as const, chargedMinor: hold.priceMinor };
    const confirmed = new BookingConfirmed(booking);
    confirmed.arriving = this.bookings.confirm(tx, hold, accountId, readAt).then(
      ({ sequence, at }) => {
        confirmed.sequence = sequence;
        confirmed.booking = { ...booking, confirmedAt: at };
      },
      () => undefined,
    );
    return confirmed;
  }

  private async charge(tx: Transaction, partyId: string, hold: BookingType, books: OpenBooks): Promise<void> {
    const { coopId, id } = hold;
    // Only a price with prepaid minutes in it has any to be spent.
    const spent = isPrepaid(hold) ? await this.credits.spend(tx, coopId, id) : [];
    await books.post([chargeOf(hold, partyId), ...spent].map((posting) => ({ coopId, posting })));
  }
}

const isPrepaid = ({ priceLines }: BookingType): boolean => priceLines.some((line) => line.code === 'credit');

function chargeOf({ id: reference, priceMinor: amountMinor, currency }: BookingType, partyId: string) {
  return { kind: 'booking_charged' as const, reference, partyId, amountMinor, currency };
}
