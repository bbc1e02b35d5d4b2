import { Inject, Injectable } from '@nestjs/common';
import { CheckIns, type BookingType } from '../../booking/index.js';
import type { Transaction } from '../../platform/database/index.js';
import { NotFound } from '../../platform/graphql/index.js';
import { ChangeBooking } from '../change-booking.js';
import { CheckedOut, NotCheckedIn, type CheckOutInput, type CheckOutOutcome } from './check-out.types.js';

/** Notes that work on a booking has ended. */
@Injectable()
export class CheckOut {
  constructor(
    @Inject(ChangeBooking) private readonly changeBooking: ChangeBooking,
    @Inject(CheckIns) private readonly checkIns: CheckIns,
  ) {}

  run(actorId: string, input: CheckOutInput): Promise<CheckOutOutcome> {
    return this.changeBooking.run<CheckOutOutcome>(actorId, input, {
      operation: 'checkOut',
      success: 'CheckedOut',
      change: (tx, booking) => this.end(tx, booking, actorId),
      again: (booking) => new CheckedOut(booking),
    });
  }

  private async end(tx: Transaction, { coopId, id }: BookingType, actorId: string): Promise<CheckOutOutcome> {
    const noted = await this.checkIns.checkOut(tx, coopId, id, actorId);
    if (noted.kind === 'NotFound') return new NotFound('booking');
    return noted.kind === 'CheckedOut' ? new CheckedOut(noted.booking) : new NotCheckedIn(noted.reason);
  }
}
