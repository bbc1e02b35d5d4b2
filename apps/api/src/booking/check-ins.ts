import { Inject, Injectable } from '@nestjs/common';
import type { Transaction } from '../platform/database/index.js';
import { isUuid } from '../platform/graphql/index.js';
import type { BookingType } from './booking.types.js';
import { BookingsRepository } from './bookings.repository.js';

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
  constructor(@Inject(BookingsRepository) private readonly bookings: BookingsRepository) {}

  async checkIn(tx: Transaction, coopId: string, bookingId: string, at: Date): Promise<CheckInOutcome> {
    const noted = isUuid(bookingId) && (await this.bookings.checkIn(tx, coopId, bookingId, at));
    const booking = await this.load(tx, coopId, bookingId);
    if (booking === undefined) return { kind: 'NotFound' };
    if (noted) return { kind: 'CheckedIn', booking };
    const reason =
      booking.checkedInAt === null
        ? `The booking is ${booking.state}, not confirmed. Only a confirmed one can be checked in.`
        : 'The booking is checked in already. Check it out when the work is done.';
    return { kind: 'NotYet', reason };
  }

  async checkOut(tx: Transaction, coopId: string, bookingId: string, at: Date): Promise<CheckOutOutcome> {
    const noted = isUuid(bookingId) && (await this.bookings.checkOut(tx, coopId, bookingId, at));
    const booking = await this.load(tx, coopId, bookingId);
    if (booking === undefined) return { kind: 'NotFound' };
    if (noted) return { kind: 'CheckedOut', booking };
    const reason =
      booking.checkedInAt === null
        ? 'The booking is not checked in. Check it in first.'
        : 'The booking is checked out already.';
    return { kind: 'NotCheckedIn', reason };
  }

  private async load(tx: Transaction, coopId: string, bookingId: string): Promise<BookingType | undefined> {
    if (!isUuid(bookingId)) return undefined;
    const [booking] = await this.bookings.byIds(tx, coopId, [bookingId]);
    return booking;
  }
}
