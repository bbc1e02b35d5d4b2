import { Inject, Injectable } from '@nestjs/common';
import { decideCheckIn } from '@touchmark/production';
import { CheckIns, type BookingType } from '../../booking/index.js';
import type { Transaction } from '../../platform/database/index.js';
import { NotFound } from '../../platform/graphql/index.js';
import { ChangeBooking } from '../change-booking.js';
import { RunsRepository, type Key } from '../runs.repository.js';
import { CheckedIn, NotYet, type CheckInInput, type CheckInOutcome } from './check-in.types.js';

/** Notes that work on a booking has begun; with the first one of its operations a run is being made. */
@Injectable()
export class CheckIn {
  constructor(
    @Inject(ChangeBooking) private readonly changeBooking: ChangeBooking,
    @Inject(CheckIns) private readonly checkIns: CheckIns,
    @Inject(RunsRepository) private readonly runs: RunsRepository,
  ) {}

  run(actorId: string, input: CheckInInput): Promise<CheckInOutcome> {
    return this.changeBooking.run<CheckInOutcome>(actorId, input, {
      operation: 'checkIn',
      success: 'CheckedIn',
      change: (tx, booking, run) => this.begin(tx, booking, run, actorId),
      again: (booking) => new CheckedIn(booking),
    });
  }

  private async begin(
    tx: Transaction,
    booking: BookingType,
    run: Key | null,
    actorId: string,
  ): Promise<CheckInOutcome> {
    const { coopId, id, fromAt, state, checkedInAt } = booking;
    const at = await tx.now();
    const decided = decideCheckIn({ now: at.getTime(), fromAt: fromAt.getTime() });
    if (decided.kind === 'TooEarly' && state === 'confirmed') return new NotYet('TOO_EARLY', decided.message);
    const noted = await this.checkIns.checkIn(tx, coopId, id, at, actorId);
    if (noted.kind === 'NotFound') return new NotFound('booking');
    if (noted.kind === 'NotYet')
      return new NotYet(checkedInAt === null ? 'NOT_CONFIRMED' : 'CHECKED_IN_ALREADY', noted.reason);
    if (run !== null) await this.runs.begin(tx, run);
    return new CheckedIn(noted.booking);
  }
}
