import { Inject, Injectable } from '@nestjs/common';
import { decideHold, type HoldAccepted, type HoldDecision, type Window } from '@touchmark/calendar';
import { CreditUses } from '../../allowances/index.js';
import {
  Transactions,
  claimRequest,
  newId,
  violatedConstraint,
  type Transaction,
} from '../../platform/database/index.js';
import { NotFound, RequestIdReused, isUuid } from '../../platform/graphql/index.js';
import { BookingsRepository } from '../bookings.repository.js';
import { CellClaims } from '../claims/cell-claims.js';
import { LapseHolds } from '../lapse-holds/lapse-holds.js';
import { CellForMember, type MemberCell, type MemberRequest } from '../terms/cell-for-member.js';
import { refuseInduction, type Terms } from '../terms/member-terms.js';
import {
  FamilyUnknown,
  SlotHeld,
  SlotTaken,
  type HoldSlotInput,
  type HoldSlotOutcome,
} from './hold-slot.types.js';
import { horizonOf, looksAhead, refusalOf } from './refusals.js';

const HOLD_MINUTES = 15;
const NO_OVERLAP = 'booking_no_overlap';
const MOST_ATTEMPTS = 10;

/** Somebody waits for what a dead hold leaves; they are served before the request is looked at again. */
interface Unsettled {
  readonly kind: 'Unsettled';
}

/** Claims a window on a station for fifteen minutes. */
@Injectable()
export class HoldSlot {
  constructor(
    @Inject(Transactions) private readonly transactions: Transactions,
    @Inject(CellForMember) private readonly cells: CellForMember,
    @Inject(CellClaims) private readonly claims: CellClaims,
    @Inject(CreditUses) private readonly credits: CreditUses,
    @Inject(BookingsRepository) private readonly bookings: BookingsRepository,
    @Inject(LapseHolds) private readonly lapseHolds: LapseHolds,
  ) {}

  async run(accountId: string, input: HoldSlotInput): Promise<HoldSlotOutcome> {
    if (!isUuid(input.cellId)) return new NotFound('cell');
    if (typeof input.stationId === 'string' && !isUuid(input.stationId)) return new NotFound('station');
    for (let attempt = 1; attempt <= MOST_ATTEMPTS; attempt += 1) {
      try {
        const outcome = await this.transactions.run<'SlotHeld', HoldSlotOutcome | Unsettled>(
          ['SlotHeld'],
          (tx) => this.hold(tx, accountId, input),
        );
        if (outcome.kind !== 'Unsettled') return outcome;
        await this.lapseHolds.settle(input.coopId, input.cellId);
      } catch (error) {
        // The second witness: a claim on this station came about that no lock showed. Another may be free.
        if (violatedConstraint(error) !== NO_OVERLAP) throw error;
        if (attempt > 1) break;
      }
    }
    return new SlotTaken('Somebody else took the slot at the same moment. Try again.', null);
  }

  private async hold(
    tx: Transaction,
    accountId: string,
    input: HoldSlotInput,
  ): Promise<HoldSlotOutcome | Unsettled> {
    const { coopId, requestId, cellId } = input;
    const stationId = input.stationId ?? null;
    const subjectId = newId();
    const window = { fromAt: input.fromAt.getTime(), toAt: input.toAt.getTime() };
    const request = { coopId, cellId, accountId, window, stationId };
    // None of the three needs the answer of another, so they share a round trip.
    const [claim, locked, found] = await Promise.all([
      claimRequest(tx, { actorId: accountId, operation: 'holdSlot', requestId, input, subjectId }),
      this.cells.lock(tx, request),
      this.cells.load(tx, request),
    ]);
    if (claim.kind === 'Reused') return new RequestIdReused();
    if (claim.kind === 'Seen') return this.seen(tx, coopId, claim.subjectId);
    if (!locked || found === null) return new NotFound('cell');
    if (found.cell.stations.length === 0) return new NotFound(stationId === null ? 'cell' : 'station');
    if (found.cell.facts.waiting && found.cell.hasDead) return { kind: 'Unsettled' };
    const outcome = await this.decide(tx, request, input, found, subjectId);
    return Object.assign(outcome, { sequence: found.cell.facts.sequence });
  }

  private async decide(
    tx: Transaction,
    request: MemberRequest,
    input: HoldSlotInput,
    found: MemberCell,
    id: string,
  ): Promise<HoldSlotOutcome> {
    const { cell, terms } = found;
    const { window, stationId } = request;
    const family = cell.familyOf(input.family);
    if (family === undefined) return new FamilyUnknown(input.family ?? '', cell.families);
    const induction = refuseInduction(cell, terms);
    if (induction !== null) return induction;
    const decision = decideOn(found, window, family);
    if (decision.kind !== 'HoldAccepted') {
      const { coopId, cellId } = request;
      const ahead = looksAhead(decision) ? await this.claims.loadAhead(tx, coopId, cellId, cell.now) : cell;
      return refusalOf(decision, { window, family, stationId }, ahead ?? cell);
    }
    const asked = { maxPriceMinor: input.maxPriceMinor ?? null, useCredits: input.useCredits ?? false };
    const { marginal } = decision.placement;
    const agreed = await this.cells.decide(tx, found, { window, marginal, ...asked });
    if (agreed.kind !== 'TermsAccepted') return agreed;
    return this.write(tx, request, found, { id, family, decision, agreed });
  }

  private async write(
    tx: Transaction,
    { accountId, coopId, window }: MemberRequest,
    { cell }: MemberCell,
    hold: { id: string; family: string | null; decision: HoldAccepted; agreed: Terms },
  ): Promise<SlotHeld> {
    const { id, family, decision, agreed } = hold;
    const { priceMinor, priceLines, creditUses } = agreed;
    const booking = await this.claims.put(
      tx,
      cell,
      {
        ...{ ...window, id, accountId, actorId: accountId, state: 'held', origin: 'member', family },
        ...{ priceMinor, priceLines, expiresAt: new Date(decision.expiresAt) },
      },
      decision.placement,
    );
    if (creditUses.length > 0) this.credits.use(tx, coopId, id, creditUses);
    return new SlotHeld(booking, decision.because);
  }

  private async seen(tx: Transaction, coopId: string, bookingId: string): Promise<HoldSlotOutcome> {
    const [booking] = await this.bookings.byIds(tx, coopId, [bookingId]);
    return booking === undefined ? new NotFound('booking') : new SlotHeld(booking);
  }
}

function decideOn({ cell, terms }: MemberCell, window: Window, family: string | null): HoldDecision {
  const { timeZone: zone, gridMinutes, maxMinutes, holdLimit } = cell.facts;
  const { memberHoldsExpireAt } = terms;
  return decideHold({
    ...{ window, zone, gridMinutes, maxMinutes, family, matrix: cell.matrix, holdLimit, memberHoldsExpireAt },
    ...{ now: cell.now.getTime(), horizonAt: horizonOf(cell), holdMinutes: HOLD_MINUTES },
    stations: cell.timelines(),
  });
}
