import { Inject, Injectable } from '@nestjs/common';
import { decideHold, type HoldAccepted, type HoldDecision, type Window } from '@touchmark/calendar';
import { CreditUses } from '../../allowances/index.js';
import { Transactions, violatedConstraint, type Transaction } from '../../platform/database/index.js';
import type { BookingType } from '../booking.types.js';
import { CellClaims, type NewClaim } from '../claims/cell-claims.js';
import { LapseHolds } from '../lapse-holds/lapse-holds.js';
import { CellForMember, type MemberCell, type MemberRequest } from '../terms/cell-for-member.js';
import { refuseInduction, type Terms } from '../terms/member-terms.js';
import { FamilyUnknown, SlotTaken, type HoldSlotOutcome, type SlotHeld } from './hold-slot.types.js';
import { horizonOf, looksAhead, refusalOf } from './refusals.js';

export const HOLD_MINUTES = 15;
const NO_OVERLAP = 'booking_no_overlap';
const MOST_ATTEMPTS = 10;

/** How many passes of a long queue one request waits for. */
export const MOST_PASSES = 3;
export const OTHERS_FIRST =
  'Many wait for time on this cell, and what is free is being offered to them. Try again in a moment.';

/** Somebody waits for what is free, or what a dead hold leaves; they are served before the request is looked at again. */
export interface Unsettled {
  readonly kind: 'Unsettled';
}

export const UNSETTLED: Unsettled = { kind: 'Unsettled' };

/** What a member wishes besides the window. */
export interface HoldWishes {
  readonly family?: string | null;
  readonly maxPriceMinor?: bigint | null;
  readonly useCredits?: boolean | null;
}

/** A window that its member may have, where and at what price. */
export interface Agreed {
  readonly kind: 'Agreed';
  readonly family: string | null;
  readonly decision: HoldAccepted;
  readonly terms: Terms;
}

export type HoldRefused = Exclude<HoldSlotOutcome, SlotHeld>;

/** Decides and writes a member's claim on a cell that is locked and loaded. */
@Injectable()
export class TakeHold {
  constructor(
    @Inject(Transactions) private readonly transactions: Transactions,
    @Inject(CellForMember) private readonly cells: CellForMember,
    @Inject(CellClaims) private readonly claims: CellClaims,
    @Inject(CreditUses) private readonly credits: CreditUses,
    @Inject(LapseHolds) private readonly lapseHolds: LapseHolds,
  ) {}

  /**
   * Runs `work` once more after those who wait were served, or after a race that no lock showed. `settled` tells that
   * they were: what became free by no claim (a closure was lifted, hours were lengthened) is theirs first too.
   */
  async run<Kind extends string, Outcome extends { readonly kind: string }>(
    cell: Pick<MemberRequest, 'coopId' | 'cellId'>,
    success: Kind,
    work: (tx: Transaction, settled: boolean) => Promise<Outcome | Unsettled>,
  ): Promise<Outcome | SlotTaken> {
    let settled = false;
    for (let attempt = 1, races = 0, cut = 0; attempt <= MOST_ATTEMPTS && races < 2; attempt += 1) {
      try {
        const outcome = await this.transactions.run<Kind, Outcome | Unsettled>([success], (tx) =>
          work(tx, settled),
        );
        if (!isUnsettled(outcome)) return outcome;
        ({ served: settled } = await this.lapseHolds.settle(cell.coopId, cell.cellId));
        // A queue too long to be gone through on the time of one request: nobody gets past it all the same.
        if (!settled && (cut += 1) >= MOST_PASSES) return new SlotTaken(OTHERS_FIRST, null);
      } catch (error) {
        // The second witness: a claim on this station came about that no lock showed. Another may be free.
        if (violatedConstraint(error) !== NO_OVERLAP) throw error;
        races += 1;
      }
    }
    return new SlotTaken('Somebody else took the slot at the same moment. Try again.', null);
  }

  /** Decides family, induction, place, quota and price, in this order. */
  async decide(
    tx: Transaction,
    request: MemberRequest,
    wishes: HoldWishes,
    found: MemberCell,
  ): Promise<Agreed | HoldRefused> {
    const { cell, terms: row } = found;
    const { window, stationId, coopId, cellId } = request;
    const family = cell.familyOf(wishes.family);
    if (family === undefined) return new FamilyUnknown(wishes.family ?? '', cell.families);
    const induction = refuseInduction(cell, row);
    if (induction !== null) return induction;
    const decision = decideOn(found, request, family);
    if (decision.kind !== 'HoldAccepted') {
      const ahead = looksAhead(decision) ? await this.claims.loadAhead(tx, coopId, cellId, cell.now) : cell;
      return refusalOf(decision, { window, family, stationId }, ahead ?? cell);
    }
    const { maxPriceMinor = null, useCredits } = wishes;
    const asked = {
      window,
      marginal: decision.placement.marginal,
      maxPriceMinor,
      useCredits: useCredits ?? false,
    };
    const terms = await this.cells.decide(tx, found, asked);
    return terms.kind === 'TermsAccepted' ? { kind: 'Agreed', family, decision, terms } : terms;
  }

  /** Writes what was agreed as a hold, or as `claim` says otherwise. */
  async write(
    tx: Transaction,
    { accountId, window }: MemberRequest,
    { cell }: MemberCell,
    { family, decision, terms }: Agreed,
    claim: Partial<NewClaim> & { readonly id: string },
  ): Promise<BookingType> {
    const { priceMinor, priceLines, creditUses } = terms;
    const hold: NewClaim = {
      ...{ ...window, accountId, actorId: accountId, state: 'held', origin: 'member', family },
      ...{ priceMinor, priceLines, expiresAt: new Date(decision.expiresAt) },
      ...claim,
    };
    const booking = await this.claims.put(tx, cell, hold, decision.placement);
    if (creditUses.length > 0) this.credits.use(tx, cell.coopId, booking.id, creditUses);
    return booking;
  }
}

function isUnsettled(outcome: { readonly kind: string }): outcome is Unsettled {
  return outcome.kind === 'Unsettled';
}

function decideOn(
  { cell, terms }: MemberCell,
  { window, stationId }: { readonly window: Window; readonly stationId: string | null },
  family: string | null,
): HoldDecision {
  const { timeZone: zone, gridMinutes, maxMinutes, holdLimit } = cell.facts;
  const { memberHoldsExpireAt } = terms;
  return decideHold({
    ...{ window, zone, gridMinutes, maxMinutes, family, matrix: cell.matrix, holdLimit, memberHoldsExpireAt },
    ...{ now: cell.now.getTime(), horizonAt: horizonOf(cell), holdMinutes: HOLD_MINUTES },
    stations: stationId === null ? cell.timelines() : [cell.timeline(stationId)],
  });
}
