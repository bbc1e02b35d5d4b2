import { Inject, Injectable } from '@nestjs/common';
import { MINUTE_MS, nextPlacements, type Window } from '@touchmark/calendar';
import { claimRequest, newId, type Transaction } from '../../platform/database/index.js';
import { NotFound, RequestIdReused, isUuid } from '../../platform/graphql/index.js';
import { BookingsRepository } from '../bookings.repository.js';
import { CellClaims } from '../claims/cell-claims.js';
import type { LockedCell } from '../claims/locked-cell.js';
import { FamilyUnknown, SlotHeld, SlotTaken, WindowInvalid } from '../hold-slot/hold-slot.types.js';
import { horizonOf } from '../hold-slot/refusals.js';
import { TakeHold, UNSETTLED, type HoldRefused, type Unsettled } from '../hold-slot/take-hold.js';
import { CellForMember, type MemberRequest } from '../terms/cell-for-member.js';
import { TermsOfMany } from '../terms/terms-of-many.js';
import type { HoldNextFreeInput, HoldNextFreeOutcome } from './hold-next-free.types.js';

// Each may be in another period of a quota or at another price, so each is decided by itself.
const MOST_LOOKED_AT = 20;

/** Holds the earliest window of a length that the member may have, on whatever station suits best. */
@Injectable()
export class HoldNextFree {
  constructor(
    @Inject(TakeHold) private readonly take: TakeHold,
    @Inject(CellForMember) private readonly cells: CellForMember,
    @Inject(CellClaims) private readonly claims: CellClaims,
    @Inject(TermsOfMany) private readonly terms: TermsOfMany,
    @Inject(BookingsRepository) private readonly bookings: BookingsRepository,
  ) {}

  async run(accountId: string, input: HoldNextFreeInput): Promise<HoldNextFreeOutcome> {
    if (!isUuid(input.cellId)) return new NotFound('cell');
    if (typeof input.stationId === 'string' && !isUuid(input.stationId)) return new NotFound('station');
    if (!Number.isInteger(input.minutes) || input.minutes < 1)
      return new WindowInvalid('ENDS_BEFORE_START', 'The window has no length. Ask for 1 minute or more.');
    return this.take.run<'SlotHeld', HoldNextFreeOutcome>(input, 'SlotHeld', (tx, settled) =>
      this.hold(tx, accountId, input, settled),
    );
  }

  private async hold(
    tx: Transaction,
    actorId: string,
    input: HoldNextFreeInput,
    settled: boolean,
  ): Promise<HoldNextFreeOutcome | Unsettled> {
    const { coopId, cellId, requestId } = input;
    const subjectId = newId();
    const operation = 'holdNextFree';
    const [claim, seenAt] = await Promise.all([
      claimRequest(tx, { actorId, operation, requestId, input, subjectId }),
      this.bookings.time(tx),
    ]);
    const notBefore = (input.notBefore ?? seenAt).getTime();
    const window = { fromAt: notBefore, toAt: notBefore + input.minutes * MINUTE_MS };
    const request = { coopId, cellId, accountId: actorId, window, stationId: input.stationId ?? null };
    if (claim.kind === 'Reused') return new RequestIdReused();
    if (claim.kind === 'Seen') return this.seen(tx, coopId, claim.subjectId);
    const [locked, cell] = await Promise.all([
      this.cells.lock(tx, request),
      this.claims.loadAhead(tx, coopId, cellId, seenAt),
    ]);
    if (!locked || cell === null) return new NotFound('cell');
    const { stationId } = request;
    if (stationId !== null && !cell.stations.some(({ id }) => id === stationId))
      return new NotFound('station');
    if (cell.facts.waiting && cell.hasDead) return UNSETTLED;
    const outcome = await this.firstOf(tx, request, input, cell, subjectId);
    if (cell.facts.waiting && !settled && outcome.kind === 'SlotHeld') return UNSETTLED;
    return Object.assign(outcome, { sequence: cell.facts.sequence });
  }

  private async firstOf(
    tx: Transaction,
    request: MemberRequest,
    input: HoldNextFreeInput,
    cell: LockedCell,
    id: string,
  ): Promise<HoldNextFreeOutcome> {
    const { coopId, cellId, accountId } = request;
    const family = cell.familyOf(input.family);
    if (family === undefined) return new FamilyUnknown(input.family ?? '', cell.families);
    const { maxMinutes, gridMinutes } = cell.facts;
    if (input.minutes > maxMinutes || input.minutes % gridMinutes !== 0) return wrongLength(cell);
    const windows = windowsAhead(request, input.minutes, cell, family);
    const asks = windows.map((window) => ({ accountId, window }));
    const rows = await this.terms.read(tx, coopId, cellId, asks);
    let refused: HoldRefused | null = null;
    for (const [index, terms] of rows.entries()) {
      const asked = { ...request, window: windows[index] ?? request.window };
      const agreed = await this.take.decide(tx, asked, input, { cell, terms });
      if (agreed.kind === 'Agreed') {
        const booking = await this.take.write(tx, asked, { cell, terms }, agreed, { id });
        return new SlotHeld(booking, agreed.decision.because);
      }
      refused ??= agreed;
      // Another window can be cheaper, in another period of a quota, or later than when an induction begins.
      if (!['PriceAboveMax', 'QuotaExceeded', 'InductionNeeded'].includes(agreed.kind)) break;
    }
    return (
      refused ?? new SlotTaken('No window of that length is free before the horizon. Ask for less.', null)
    );
  }

  private async seen(tx: Transaction, coopId: string, bookingId: string): Promise<HoldNextFreeOutcome> {
    const [booking] = await this.bookings.byIds(tx, coopId, [bookingId]);
    return booking === undefined ? new NotFound('booking') : new SlotHeld(booking);
  }
}

function windowsAhead(
  { window, stationId }: MemberRequest,
  minutes: number,
  cell: LockedCell,
  family: string | null,
): Window[] {
  const { timeZone, gridMinutes } = cell.facts;
  return nextPlacements(
    stationId === null ? cell.timelines() : [cell.timeline(stationId)],
    cell.matrix,
    family,
    minutes,
    window.fromAt,
    horizonOf(cell),
    timeZone,
    gridMinutes,
    cell.now.getTime(),
    MOST_LOOKED_AT,
  ).map(({ fromAt, toAt }) => ({ fromAt, toAt }));
}

function wrongLength({ facts: { maxMinutes, gridMinutes } }: LockedCell): WindowInvalid {
  const message = `Ask for a multiple of ${String(gridMinutes)} minutes, at most ${String(maxMinutes)}.`;
  return new WindowInvalid('OFF_GRID', message);
}
