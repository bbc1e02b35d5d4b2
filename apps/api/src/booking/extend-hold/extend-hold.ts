import { Inject, Injectable } from '@nestjs/common';
import { decideExtend } from '@touchmark/calendar';
import type { Transaction } from '../../platform/database/index.js';
import { HoldLapsed, NotHeld, type BookingType } from '../booking.types.js';
import { BookingsRepository } from '../bookings.repository.js';
import { ChangeClaim } from '../change-claim.js';
import { claimAt } from '../claim-at.js';
import { HOLD_MINUTES } from '../hold-slot/take-hold.js';
import { numbered } from '../numbered.js';
import {
  CannotExtend,
  HoldExtended,
  type ExtendHoldInput,
  type ExtendHoldOutcome,
} from './extend-hold.types.js';

/** Lets a live hold last once as long again. */
@Injectable()
export class ExtendHold {
  constructor(
    @Inject(ChangeClaim) private readonly changeClaim: ChangeClaim,
    @Inject(BookingsRepository) private readonly bookings: BookingsRepository,
  ) {}

  run(accountId: string, input: ExtendHoldInput): Promise<ExtendHoldOutcome> {
    return this.changeClaim.run<'HoldExtended', ExtendHoldOutcome, null>(accountId, input, {
      operation: 'extendHold',
      success: 'HoldExtended',
      lockMore: () => Promise.resolve(null),
      change: (tx, hold) => this.extend(tx, accountId, hold),
      again: (booking) => new HoldExtended(booking),
    });
  }

  private async extend(tx: Transaction, accountId: string, hold: BookingType): Promise<ExtendHoldOutcome> {
    const now = await tx.now();
    const decision = decideExtend(
      { ...claimAt(hold, now), extendedAt: hold.extendedAt?.getTime() ?? null },
      HOLD_MINUTES,
    );
    if (decision.kind !== 'ExtendAccepted' || !isMembersOwn(hold)) {
      const sequence = await this.bookings.nextSequence(tx);
      return Object.assign(refusal(decision), { sequence });
    }
    const expiresAt = new Date(decision.expiresAt);
    const extended = new HoldExtended({ ...hold, expiresAt, extendedAt: now });
    numbered(extended, this.bookings.extend(tx, hold, now, expiresAt, accountId));
    return extended;
  }
}

/** What others wait for behind it has its own time to be answered. */
export const isMembersOwn = ({ origin }: Pick<BookingType, 'origin'>): boolean =>
  origin === 'member' || origin === 'series';

function refusal(decision: ReturnType<typeof decideExtend>): ExtendHoldOutcome {
  switch (decision.kind) {
    case 'NotHeld':
      return new NotHeld(decision.state, decision.message);
    case 'HoldLapsed':
      return new HoldLapsed(decision.message);
    case 'AlreadyExtended':
      return new CannotExtend(decision.message);
    case 'ExtendAccepted':
      return new CannotExtend('This offer has its own time to be answered. Confirm it, or release it.');
    default:
      return decision satisfies never;
  }
}
