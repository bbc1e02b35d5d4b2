import { Inject, Injectable } from '@nestjs/common';
import { decideRelease } from '@touchmark/calendar';
import { CreditUses } from '../../allowances/index.js';
import type { Transaction } from '../../platform/database/index.js';
import { HoldLapsed, NotHeld } from '../booking.types.js';
import { ChangeClaim, type LockedClaim } from '../change-claim.js';
import { claimAt } from '../claim-at.js';
import { CellClaims } from '../claims/cell-claims.js';
import { HoldReleased, type ReleaseHoldInput, type ReleaseHoldOutcome } from './release-hold.types.js';

/** Gives a live hold back. */
@Injectable()
export class ReleaseHold {
  constructor(
    @Inject(ChangeClaim) private readonly changeClaim: ChangeClaim,
    @Inject(CellClaims) private readonly claims: CellClaims,
    @Inject(CreditUses) private readonly credits: CreditUses,
  ) {}

  run(accountId: string, input: ReleaseHoldInput): Promise<ReleaseHoldOutcome> {
    const actor = { accountId, anybodys: false };
    return this.changeClaim.free<'HoldReleased', ReleaseHoldOutcome>(actor, input, {
      operation: 'releaseHold',
      success: 'HoldReleased',
      change: (tx, locked) => this.release(tx, locked, accountId),
      again: (_, claim) => Promise.resolve(new HoldReleased(claim)),
    });
  }

  private async release(
    tx: Transaction,
    { claim, cell, books }: LockedClaim,
    actorId: string,
  ): Promise<ReleaseHoldOutcome> {
    const { coopId, id, stationId } = claim;
    const decision = decideRelease(claimAt(claim, cell.now));
    if (decision.kind === 'NotHeld') return new NotHeld(decision.state, decision.message);
    if (decision.kind === 'HoldLapsed') return new HoldLapsed(decision.message);
    this.claims.end(tx, cell, stationId, { id, state: 'released', at: cell.now, chargedMinor: 0n, actorId });
    const postings = await this.credits.giveBack(tx, coopId, id);
    await books.post(postings.map((posting) => ({ coopId, posting })));
    return new HoldReleased({ ...claim, state: 'released' });
  }
}
