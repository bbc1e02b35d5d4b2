import { Inject, Injectable } from '@nestjs/common';
import { MINUTE_MS, decideMove } from '@touchmark/calendar';
import { CreditUses } from '../../allowances/index.js';
import type { Book } from '../../payouts/index.js';
import { newId, violatedConstraint, type Transaction } from '../../platform/database/index.js';
import { NotFound, isUuid } from '../../platform/graphql/index.js';
import { HoldLapsed, type BookingType } from '../booking.types.js';
import { BookingsRepository } from '../bookings.repository.js';
import { NotConfirmed, TooLateToCancel } from '../cancel-booking/cancel-booking.types.js';
import { ChangeClaim, type LockedClaim } from '../change-claim.js';
import { claimAt } from '../claim-at.js';
import { CellClaims } from '../claims/cell-claims.js';
import { isMembersOwn } from '../extend-hold/extend-hold.js';
import { SlotTaken } from '../hold-slot/hold-slot.types.js';
import {
  HOLD_MINUTES,
  MOST_PASSES,
  OTHERS_FIRST,
  TakeHold,
  UNSETTLED,
  type Agreed,
  type Unsettled,
} from '../hold-slot/take-hold.js';
import { LapseHolds } from '../lapse-holds/lapse-holds.js';
import { noticeFee } from '../policy/fees.js';
import { creditDown } from '../policy/settle-charge.js';
import { CellForMember, type MemberCell, type MemberRequest } from '../terms/cell-for-member.js';
import {
  BookingRescheduled,
  type RescheduleBookingInput,
  type RescheduleBookingOutcome,
} from './reschedule-booking.types.js';

const NO_OVERLAP = 'booking_no_overlap';
const MOST_ATTEMPTS = 10;

/** Gives a claim another window of its cell: it is ended and the new one made in one transaction, or nothing happens. */
@Injectable()
export class RescheduleBooking {
  constructor(
    @Inject(ChangeClaim) private readonly changeClaim: ChangeClaim,
    @Inject(CellClaims) private readonly claims: CellClaims,
    @Inject(CellForMember) private readonly cells: CellForMember,
    @Inject(TakeHold) private readonly take: TakeHold,
    @Inject(CreditUses) private readonly credits: CreditUses,
    @Inject(BookingsRepository) private readonly bookings: BookingsRepository,
    @Inject(LapseHolds) private readonly lapseHolds: LapseHolds,
  ) {}

  async run(accountId: string, input: RescheduleBookingInput): Promise<RescheduleBookingOutcome> {
    if (typeof input.stationId === 'string' && !isUuid(input.stationId)) return new NotFound('station');
    try {
      return await this.untilSettled(accountId, input);
    } catch (error) {
      if (violatedConstraint(error) !== NO_OVERLAP) throw error;
      return new SlotTaken(
        'Somebody else took the slot at the same moment. Yours was kept; try again.',
        null,
      );
    }
  }

  /** Who moves a claim asks for a new window like a stranger: those who wait for it are served before. */
  private async untilSettled(
    accountId: string,
    input: RescheduleBookingInput,
  ): Promise<RescheduleBookingOutcome> {
    const actor = { accountId, anybodys: false };
    for (let attempt = 1, settled = false; attempt <= MOST_ATTEMPTS; attempt += 1) {
      const madeId = newId();
      let cellId = '';
      const outcome = await this.changeClaim.free<
        'BookingRescheduled',
        RescheduleBookingOutcome | (Unsettled & { sequence?: string | null })
      >(actor, input, {
        operation: 'rescheduleBooking',
        success: 'BookingRescheduled',
        madeId,
        change: (tx, locked) => {
          ({ cellId } = locked.cell);
          const served = !locked.cell.facts.waiting || (settled && !locked.foundDead);
          return served ? this.move(tx, locked, input, madeId) : Promise.resolve({ ...UNSETTLED });
        },
        again: (tx, booking) => this.again(tx, booking),
      });
      if (outcome.kind !== 'Unsettled') return outcome;
      ({ served: settled } = await this.lapseHolds.settle(input.coopId, cellId));
      if (!settled && attempt >= MOST_PASSES) return new SlotTaken(OTHERS_FIRST, null);
    }
    throw new Error(`the queue of the cell was not served in ${String(MOST_ATTEMPTS)} attempts`);
  }

  private async move(
    tx: Transaction,
    locked: LockedClaim,
    input: RescheduleBookingInput,
    madeId: string,
  ): Promise<RescheduleBookingOutcome> {
    const { claim, cell } = locked;
    const refused = refuseMove(locked);
    if (refused !== null) return refused;
    const request = requestOf(claim, input);
    const stationId = input.stationId ?? null;
    if (stationId !== null && !cell.stations.some(({ id }) => id === stationId))
      return new NotFound('station');
    // The old one goes first, so that the new one may overlap it; a refusal undoes this too.
    const ended = await this.giveUp(tx, locked);
    const found = await this.cells.load(tx, request);
    if (found === null) return new NotFound('cell');
    const wishes = {
      ...{ family: claim.family, maxPriceMinor: input.maxPriceMinor ?? null },
      useCredits: claim.priceLines.some((line) => line.code === 'credit'),
    };
    // Who moves a claim has no more holds than before.
    const terms = { ...found.terms, memberHoldsExpireAt: [] };
    const agreed = await this.take.decide(tx, request, wishes, { cell, terms });
    if (agreed.kind !== 'Agreed') return agreed;
    const booking = await this.make(tx, locked, request, { cell, terms: found.terms }, agreed, madeId);
    await this.post(tx, locked, ended, booking);
    return new BookingRescheduled(booking, ended.claim, agreed.decision.because, ended.waivedBecause);
  }

  private async giveUp(tx: Transaction, locked: LockedClaim): Promise<EndedClaim> {
    const { claim, cell } = locked;
    const { coopId, id, stationId, accountId: actorId } = claim;
    const { minor: chargedMinor, keepsCredits, waivedBecause } = noticeFee(locked);
    this.claims.end(tx, cell, stationId, { id, state: 'moved', at: cell.now, chargedMinor, actorId });
    // As with a cancellation: prepaid minutes are kept where the notice costs the whole price.
    const returned = keepsCredits ? [] : await this.credits.giveBack(tx, coopId, id);
    return { claim: { ...claim, state: 'moved', chargedMinor }, returned, waivedBecause };
  }

  private make(
    tx: Transaction,
    { claim, cell }: LockedClaim,
    request: MemberRequest,
    found: MemberCell,
    agreed: Agreed,
    id: string,
  ): Promise<BookingType> {
    const confirmed = claim.state === 'confirmed';
    return this.take.write(tx, request, found, agreed, {
      ...{
        id,
        movedFrom: claim.id,
        origin: claim.origin,
        seriesId: claim.seriesId,
        state: claim.state as 'held',
      },
      ...{
        heldAt: claim.heldAt,
        expiresAt: confirmed ? null : lapseOf(claim, cell.now),
        extendedAt: claim.extendedAt,
      },
      ...{ confirmedAt: confirmed ? cell.now : null },
      chargedMinor: confirmed ? agreed.terms.priceMinor : 0n,
    });
  }

  private async post(
    tx: Transaction,
    { claim, books }: LockedClaim,
    { claim: ended, returned }: EndedClaim,
    booking: BookingType,
  ): Promise<void> {
    const { coopId, id: reference, currency, chargedMinor: amountMinor, accountId } = booking;
    const prepaid =
      booking.state === 'confirmed' && booking.priceLines.some((line) => line.code === 'credit');
    const spent = prepaid ? await this.credits.spend(tx, coopId, reference) : [];
    const partyId = accountId ?? '';
    await books.post([
      ...creditDown(claim, ended.chargedMinor),
      ...returned.map((posting) => ({ coopId, posting })),
      { coopId, posting: { kind: 'booking_charged', reference, partyId, amountMinor, currency } },
      ...spent.map((posting) => ({ coopId, posting })),
    ]);
  }

  private async again(tx: Transaction, booking: BookingType): Promise<RescheduleBookingOutcome> {
    const [old] = await this.bookings.byIds(tx, booking.coopId, [booking.movedFrom ?? booking.id]);
    return old === undefined ? new NotFound('booking') : new BookingRescheduled(booking, old);
  }
}

interface EndedClaim {
  readonly claim: BookingType;
  readonly returned: readonly Book['posting'][];
  readonly waivedBecause: string | null;
}

/**
 * A moved hold keeps when it lapses. An offer or a win had its time to be answered for its own window: any other is held
 * no longer than by a hold.
 */
function lapseOf({ expiresAt, ...claim }: BookingType, now: Date): Date | null {
  if (expiresAt === null || isMembersOwn(claim)) return expiresAt;
  return new Date(Math.min(expiresAt.getTime(), now.getTime() + HOLD_MINUTES * MINUTE_MS));
}

function refuseMove({ claim, cell }: LockedClaim): RescheduleBookingOutcome | null {
  const decision = decideMove(claimAt(claim, cell.now));
  switch (decision.kind) {
    case 'MoveAccepted':
      return null;
    case 'HoldLapsed':
      return new HoldLapsed(decision.message);
    case 'NotConfirmed':
      return new NotConfirmed(decision.state, decision.message);
    case 'BookingStarted':
      return new TooLateToCancel(decision.message);
    default:
      return decision satisfies never;
  }
}

function requestOf(claim: BookingType, input: RescheduleBookingInput): MemberRequest {
  const { coopId, cellId, accountId } = claim;
  const window = { fromAt: input.fromAt.getTime(), toAt: input.toAt.getTime() };
  return {
    coopId,
    cellId,
    accountId: accountId ?? '',
    window,
    stationId: input.stationId ?? null,
  };
}
