import { Inject, Injectable } from '@nestjs/common';
import { decideNoShow } from '@touchmark/calendar';
import { CreditUses } from '../../allowances/index.js';
import type { Transaction } from '../../platform/database/index.js';
import { NotFound } from '../../platform/graphql/index.js';
import { NotConfirmed } from '../cancel-booking/cancel-booking.types.js';
import { ChangeClaim, type LockedClaim } from '../change-claim.js';
import { claimAt } from '../claim-at.js';
import { CellClaims } from '../claims/cell-claims.js';
import { noShowFee } from '../policy/fees.js';
import { creditDown } from '../policy/settle-charge.js';
import {
  NoShowMarked,
  TooEarlyForNoShow,
  WorkHasBegun,
  type MarkNoShowInput,
  type MarkNoShowOutcome,
} from './mark-no-show.types.js';

/** Ends a booking that nobody came for: the rest of its window is free, and it costs what the policy says. */
@Injectable()
export class MarkNoShow {
  constructor(
    @Inject(ChangeClaim) private readonly changeClaim: ChangeClaim,
    @Inject(CellClaims) private readonly claims: CellClaims,
    @Inject(CreditUses) private readonly credits: CreditUses,
  ) {}

  run(accountId: string, input: MarkNoShowInput): Promise<MarkNoShowOutcome> {
    const actor = { accountId, anybodys: true };
    return this.changeClaim.free<'NoShowMarked', MarkNoShowOutcome>(actor, input, {
      operation: 'markNoShow',
      success: 'NoShowMarked',
      change: (tx, locked) => this.mark(tx, locked, accountId),
      again: (_, booking) => Promise.resolve(new NoShowMarked(booking)),
    });
  }

  private async mark(tx: Transaction, locked: LockedClaim, actorId: string): Promise<MarkNoShowOutcome> {
    const { claim, cell, books } = locked;
    const { coopId, id, stationId } = claim;
    // A run does not come or stay away; it is moved or taken back where it was planned.
    if (claim.accountId === null) return new NotFound('booking');
    const refused = refuse(locked);
    if (refused !== null) return refused;
    const fee = noShowFee(locked);
    const chargedMinor = fee.minor;
    this.claims.end(tx, cell, stationId, { id, state: 'no_show', at: cell.now, chargedMinor, actorId });
    const returned = fee.keepsCredits ? [] : await this.credits.giveBack(tx, coopId, id);
    await books.post([
      ...creditDown(claim, chargedMinor),
      ...returned.map((posting) => ({ coopId, posting })),
    ]);
    return new NoShowMarked({ ...claim, state: 'no_show', chargedMinor }, fee.waivedBecause);
  }
}

function refuse({ claim, cell, policy }: LockedClaim): MarkNoShowOutcome | null {
  const decision = decideNoShow(claimAt(claim, cell.now), policy.noShowAfterMinutes);
  switch (decision.kind) {
    case 'NoShowAccepted':
      return null;
    case 'TooEarly':
      return new TooEarlyForNoShow(decision.message, new Date(decision.from));
    case 'CheckedIn':
      return new WorkHasBegun(decision.message);
    case 'NotConfirmed':
      return new NotConfirmed(decision.state, decision.message);
    default:
      return decision satisfies never;
  }
}
