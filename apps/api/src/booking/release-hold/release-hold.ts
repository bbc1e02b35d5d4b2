import { Inject, Injectable } from '@nestjs/common';
import { decideRelease } from '@touchmark/calendar';
import type { Transaction } from '../../platform/database/index.js';
import { HoldLapsed, NotHeld, type BookingType } from '../booking.types.js';
import { BookingsRepository } from '../bookings.repository.js';
import { ChangeClaim } from '../change-claim.js';
import { claimAt } from '../claim-at.js';
import { HoldReleased, type ReleaseHoldInput, type ReleaseHoldOutcome } from './release-hold.types.js';

/** Gives a live hold back. */
@Injectable()
export class ReleaseHold {
  constructor(
    @Inject(ChangeClaim) private readonly changeClaim: ChangeClaim,
    @Inject(BookingsRepository) private readonly bookings: BookingsRepository,
  ) {}

  run(accountId: string, input: ReleaseHoldInput): Promise<ReleaseHoldOutcome> {
    return this.changeClaim.run<'HoldReleased', ReleaseHoldOutcome>(accountId, input, {
      operation: 'releaseHold',
      success: 'HoldReleased',
      change: (tx, hold) => this.release(tx, hold),
      again: (booking) => new HoldReleased(booking),
    });
  }

  private async release(tx: Transaction, hold: BookingType): Promise<ReleaseHoldOutcome> {
    const now = await tx.now();
    const decision = decideRelease(claimAt(hold, now));
    if (decision.kind === 'NotHeld') return new NotHeld(decision.state, decision.message);
    if (decision.kind === 'HoldLapsed') return new HoldLapsed(decision.message);
    this.bookings.end(tx, hold.coopId, hold.id, 'released', now);
    return new HoldReleased({ ...hold, state: 'released' });
  }
}
