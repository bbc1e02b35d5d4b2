import { Inject, Injectable } from '@nestjs/common';
import {
  DAY_MS,
  decideHold,
  type HoldAccepted,
  type HoldDecision,
  type HoldRefusal,
  type Window,
} from '@touchmark/calendar';
import {
  Transactions,
  claimRequest,
  newId,
  violatedConstraint,
  type Transaction,
} from '../../platform/database/index.js';
import { NotFound, RequestIdReused, isUuid } from '../../platform/graphql/index.js';
import { BookingsRepository } from '../bookings.repository.js';
import type { BookingType } from '../booking.types.js';
import { dayFloor, openBetween } from '../open-calendar.js';
import {
  HoldLimitReached,
  OutsideOpeningHours,
  PriceAboveMax,
  SlotHeld,
  SlotTaken,
  WindowInPast,
  WindowInvalid,
  type HoldSlotInput,
  type HoldSlotOutcome,
} from './hold-slot.types.js';
import { SlotsRepository, candidates, type LockedCell, type Surroundings } from './slots.repository.js';

const HOLD_MINUTES = 15;
const HORIZON_DAYS = 90;
const NO_OVERLAP = 'booking_no_overlap';

/** Claims a window on a station for fifteen minutes. */
@Injectable()
export class HoldSlot {
  constructor(
    @Inject(Transactions) private readonly transactions: Transactions,
    @Inject(SlotsRepository) private readonly slots: SlotsRepository,
    @Inject(BookingsRepository) private readonly bookings: BookingsRepository,
  ) {}

  async run(accountId: string, input: HoldSlotInput): Promise<HoldSlotOutcome> {
    if (!isUuid(input.cellId)) return new NotFound('cell');
    if (typeof input.stationId === 'string' && !isUuid(input.stationId)) return new NotFound('station');
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.transactions.run<'SlotHeld', HoldSlotOutcome>(['SlotHeld'], (tx) =>
          this.hold(tx, accountId, input),
        );
      } catch (error) {
        if (violatedConstraint(error) !== NO_OVERLAP) throw error;
        // The second witness: a claim on this station is being confirmed at its very last moment. Another may be free.
        if (attempt === 2)
          return new SlotTaken('Somebody else took the slot at the same moment. Try again.', null);
      }
    }
  }

  private async hold(tx: Transaction, accountId: string, input: HoldSlotInput): Promise<HoldSlotOutcome> {
    const { coopId, requestId, cellId } = input;
    const stationId = input.stationId ?? null;
    const subjectId = newId();
    const window = { fromAt: input.fromAt.getTime(), toAt: input.toAt.getTime() };
    // None of the three needs the answer of another, so they share a round trip.
    const [claim, cell, near] = await Promise.all([
      claimRequest(tx, { actorId: accountId, operation: 'holdSlot', requestId, input, subjectId }),
      this.slots.lock(tx, coopId, cellId, accountId, stationId),
      this.slots.surroundings(tx, coopId, cellId, accountId, stationId, daysAround(window)),
    ]);
    if (claim.kind === 'Reused') return new RequestIdReused();
    if (claim.kind === 'Seen') return this.seen(tx, coopId, claim.subjectId);
    if (cell === null) return new NotFound(stationId === null ? 'cell' : 'station');
    const decision = decide(input, cell, near, window, daysAround(window));
    if (decision.kind !== 'HoldAccepted') return this.refuse(tx, accountId, input, cell, decision);
    const hold = holdOf(subjectId, accountId, input, cell, decision, near.now);
    this.bookings.lapse(tx, coopId, deadInTheWay(near, hold), near.now);
    this.slots.insert(tx, hold);
    return new SlotHeld(hold);
  }

  /** Only a refusal looks ahead to the horizon, for what it can offer instead. */
  private async refuse(
    tx: Transaction,
    accountId: string,
    input: HoldSlotInput,
    cell: LockedCell,
    refused: HoldRefusal,
  ): Promise<HoldSlotOutcome> {
    if (refused.kind !== 'SlotTaken' && refused.kind !== 'OutsideOpeningHours') return refusal(refused);
    const { coopId, cellId } = input;
    const window = { fromAt: input.fromAt.getTime(), toAt: input.toAt.getTime() };
    const now = (await tx.now()).getTime();
    const ahead = { fromAt: daysAround(window).fromAt, toAt: dayFloor(now) + (HORIZON_DAYS + 1) * DAY_MS };
    const far = await this.slots.surroundings(tx, coopId, cellId, accountId, input.stationId ?? null, ahead);
    const decision = decide(input, cell, far, window, ahead);
    return decision.kind === 'HoldAccepted' ? refusal(refused) : refusal(decision);
  }

  private async seen(tx: Transaction, coopId: string, bookingId: string): Promise<HoldSlotOutcome> {
    const [booking] = await this.bookings.byIds(tx, coopId, [bookingId]);
    return booking === undefined ? new NotFound('booking') : new SlotHeld(booking);
  }
}

/** The whole UTC days before, of and after a window: all that can matter for whether it is free. */
function daysAround(window: Window): Window {
  const day = dayFloor(window.fromAt);
  return { fromAt: day - DAY_MS, toAt: day + 3 * DAY_MS };
}

function decide(
  input: HoldSlotInput,
  cell: LockedCell,
  around: Surroundings,
  window: Window,
  known: Window,
): HoldDecision {
  const now = around.now.getTime();
  const calendar = { timeZone: cell.timeZone, hours: around.hours, closures: around.closures };
  return decideHold({
    now,
    window,
    zone: cell.timeZone,
    gridMinutes: cell.gridMinutes,
    maxMinutes: cell.maxMinutes,
    horizonAt: now + HORIZON_DAYS * DAY_MS,
    open: openBetween(calendar, known.fromAt, known.toAt),
    memberHoldsExpireAt: around.memberHoldsExpireAt,
    holdLimit: cell.holdLimit,
    holdMinutes: HOLD_MINUTES,
    stations: candidates(cell.stationIds, around.claims),
    hourlyRateMinor: BigInt(cell.hourlyRateMinor),
    maxPriceMinor: input.maxPriceMinor ?? null,
  });
}

function holdOf(
  id: string,
  accountId: string,
  { coopId, cellId, fromAt, toAt }: HoldSlotInput,
  { workshopId, currency }: LockedCell,
  { stationId, priceMinor, expiresAt }: HoldAccepted,
  heldAt: Date,
): BookingType {
  return {
    ...{ coopId, id, workshopId, cellId, stationId, accountId, runOperationId: null, state: 'held' },
    ...{ fromAt, toAt, priceMinor, currency, heldAt, expiresAt: new Date(expiresAt) },
    ...{ confirmedAt: null, checkedInAt: null, checkedOutAt: null },
  };
}

function deadInTheWay({ claims, now }: Surroundings, hold: BookingType): string[] {
  const [fromAt, toAt, at] = [hold.fromAt.getTime(), hold.toAt.getTime(), now.getTime()];
  return claims
    .filter(([, stationId]) => stationId === hold.stationId)
    .filter(
      ([, , from, to, expiresAt]) => from < toAt && fromAt < to && expiresAt !== null && expiresAt <= at,
    )
    .map(([id]) => id);
}

const dateOf = (at: number | null): Date | null => (at === null ? null : new Date(at));

function refusal(refused: HoldRefusal): HoldSlotOutcome {
  const { message } = refused;
  switch (refused.kind) {
    case 'SlotTaken':
      return new SlotTaken(message, dateOf(refused.freeFrom));
    case 'WindowInvalid':
      return new WindowInvalid(refused.reason, message);
    case 'WindowInPast':
      return new WindowInPast(message);
    case 'OutsideOpeningHours':
      return new OutsideOpeningHours(message, dateOf(refused.nextOpen));
    case 'HoldLimitReached':
      return new HoldLimitReached(message, refused.limit);
    case 'PriceAboveMax':
      return new PriceAboveMax(message, refused.priceMinor);
    default:
      return refused satisfies never;
  }
}
