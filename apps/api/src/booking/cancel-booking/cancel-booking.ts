import { Inject, Injectable } from '@nestjs/common';
import { decideCancel } from '@touchmark/calendar';
import { CreditUses } from '../../allowances/index.js';
import type { Transaction } from '../../platform/database/index.js';
import { ChangeClaim, type LockedClaim } from '../change-claim.js';
import { claimAt } from '../claim-at.js';
import { CellClaims } from '../claims/cell-claims.js';
import { noticeFee, type Fee } from '../policy/fees.js';
import { creditDown } from '../policy/settle-charge.js';
import {
  BookingCancelled,
  NotConfirmed,
  TooLateToCancel,
  type CancelBookingInput,
  type CancelBookingOutcome,
} from './cancel-booking.types.js';

/** Takes a booking back before it starts; its charge becomes the fee of the notice that was given. */
@Injectable()
export class CancelBooking {
  constructor(
    @Inject(ChangeClaim) private readonly changeClaim: ChangeClaim,
    @Inject(CellClaims) private readonly claims: CellClaims,
    @Inject(CreditUses) private readonly credits: CreditUses,
  ) {}

  run(accountId: string, input: CancelBookingInput): Promise<CancelBookingOutcome> {
    const actor = { accountId, anybodys: false };
    return this.changeClaim.free<'BookingCancelled', CancelBookingOutcome>(actor, input, {
      operation: 'cancelBooking',
      success: 'BookingCancelled',
      change: (tx, locked) => this.cancel(tx, locked, accountId),
      again: (_, booking) => Promise.resolve(new BookingCancelled(booking)),
    });
  }

  /** Cancels a claim that is locked; anything but success is to be rolled back, or has changed nothing. */
  async cancel(
    tx: Transaction,
    locked: LockedClaim,
    actorId: string,
    fee: Fee = noticeFee(locked),
  ): Promise<CancelBookingOutcome> {
    const { claim, cell, books } = locked;
    const decision = decideCancel(claimAt(claim, cell.now));
    if (decision.kind === 'NotConfirmed') return new NotConfirmed(decision.state, decision.message);
    if (decision.kind === 'BookingStarted') return new TooLateToCancel(decision.message);
    const { coopId, id, stationId } = claim;
    const chargedMinor = fee.minor;
    this.claims.end(tx, cell, stationId, { id, state: 'cancelled', at: cell.now, chargedMinor, actorId });
    const returned = fee.keepsCredits ? [] : await this.credits.giveBack(tx, coopId, id);
    await books.post([
      ...creditDown(claim, chargedMinor),
      ...returned.map((posting) => ({ coopId, posting })),
    ]);
    return new BookingCancelled({ ...claim, state: 'cancelled', chargedMinor }, fee.waivedBecause);
  }
}
