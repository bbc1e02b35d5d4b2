import { Inject, Injectable } from '@nestjs/common';
import { claimRequest, newId, type Transaction } from '../../platform/database/index.js';
import { NotFound, RequestIdReused, isUuid } from '../../platform/graphql/index.js';
import { BookingsRepository } from '../bookings.repository.js';
import { CellForMember, type MemberCell, type MemberRequest } from '../terms/cell-for-member.js';
import { SlotHeld, type HoldSlotInput, type HoldSlotOutcome } from './hold-slot.types.js';
import { TakeHold, UNSETTLED, type HoldWishes, type Unsettled } from './take-hold.js';

/** Claims a window on a station for fifteen minutes. */
@Injectable()
export class HoldSlot {
  constructor(
    @Inject(TakeHold) private readonly take: TakeHold,
    @Inject(CellForMember) private readonly cells: CellForMember,
    @Inject(BookingsRepository) private readonly bookings: BookingsRepository,
  ) {}

  async run(accountId: string, input: HoldSlotInput): Promise<HoldSlotOutcome> {
    if (!isUuid(input.cellId)) return new NotFound('cell');
    if (typeof input.stationId === 'string' && !isUuid(input.stationId)) return new NotFound('station');
    return this.take.run<'SlotHeld', HoldSlotOutcome>(input, 'SlotHeld', (tx, settled) =>
      this.hold(tx, accountId, input, settled),
    );
  }

  /**
   * Holds in the caller's transaction, which has locked the cell, the member and those who wait (`CellClaims.lock`), so
   * nobody comes between what the caller has freed and this. The caller keeps it only when it is `SlotHeld`.
   */
  async within(
    tx: Transaction,
    accountId: string,
    input: Omit<HoldSlotInput, 'requestId'>,
    holdId: string,
  ): Promise<HoldSlotOutcome> {
    const request = requestOf(accountId, input);
    const found = await this.cells.load(tx, request);
    if (found === null || found.cell.stations.length === 0) return new NotFound('cell');
    if (found.cell.facts.waiting) found.cell.keepDead();
    return this.outcome(tx, request, input, found, holdId);
  }

  private async hold(
    tx: Transaction,
    actorId: string,
    input: HoldSlotInput,
    settled: boolean,
  ): Promise<HoldSlotOutcome | Unsettled> {
    const { coopId, requestId } = input;
    const subjectId = newId();
    const request = requestOf(actorId, input);
    // None of the three needs the answer of another, so they share a round trip.
    const [claim, locked, found] = await Promise.all([
      claimRequest(tx, { actorId, operation: 'holdSlot', requestId, input, subjectId }),
      this.cells.lock(tx, request),
      this.cells.load(tx, request),
    ]);
    if (claim.kind === 'Reused') return new RequestIdReused();
    if (claim.kind === 'Seen') return this.seen(tx, coopId, claim.subjectId);
    if (!locked || found === null) return new NotFound('cell');
    if (found.cell.stations.length === 0)
      return new NotFound(request.stationId === null ? 'cell' : 'station');
    const { cell } = found;
    if (cell.facts.waiting && cell.hasDead) return UNSETTLED;
    const outcome = await this.outcome(tx, request, input, found, subjectId);
    return cell.facts.waiting && !settled && outcome.kind === 'SlotHeld' ? UNSETTLED : outcome;
  }

  private async outcome(
    tx: Transaction,
    request: MemberRequest,
    wishes: HoldWishes,
    found: MemberCell,
    id: string,
  ): Promise<HoldSlotOutcome> {
    const { sequence } = found.cell.facts;
    const agreed = await this.take.decide(tx, request, wishes, found);
    if (agreed.kind !== 'Agreed') return Object.assign(agreed, { sequence });
    const booking = await this.take.write(tx, request, found, agreed, { id });
    return Object.assign(new SlotHeld(booking, agreed.decision.because), { sequence });
  }

  private async seen(tx: Transaction, coopId: string, bookingId: string): Promise<HoldSlotOutcome> {
    const [booking] = await this.bookings.byIds(tx, coopId, [bookingId]);
    return booking === undefined ? new NotFound('booking') : new SlotHeld(booking);
  }
}

function requestOf(accountId: string, input: Omit<HoldSlotInput, 'requestId'>): MemberRequest {
  const { coopId, cellId, stationId, fromAt, toAt } = input;
  const window = { fromAt: fromAt.getTime(), toAt: toAt.getTime() };
  return { coopId, cellId, accountId, window, stationId: stationId ?? null };
}
