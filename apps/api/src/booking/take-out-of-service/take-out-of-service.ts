import { Inject, Injectable } from '@nestjs/common';
import { DAY_MS } from '@touchmark/calendar';
import { Notices } from '../../notices/index.js';
import { Transactions, claimRequest, newId, type Transaction } from '../../platform/database/index.js';
import { InputRefused, NotFound, RequestIdReused, isUuid } from '../../platform/graphql/index.js';
import { Cells, ClosureKind, Closures } from '../../workshops/index.js';
import type { BookingType } from '../booking.types.js';
import { BookingsRepository } from '../bookings.repository.js';
import { CellClaims } from '../claims/cell-claims.js';
import { HORIZON_DAYS } from '../claims/known-around.js';
import { FreedWindows } from '../claims/freed-windows.js';
import type { LockedCell } from '../claims/locked-cell.js';
import { refuseReason } from '../reason.js';
import { DisplacedWork } from './displaced-work.js';
import { Evacuate } from './evacuate.js';
import { EvacuationsRepository, type StationClosure } from './evacuations.repository.js';
import {
  AlreadyOutOfService,
  LeftBecause,
  LeftBooking,
  StationTakenOut,
  type TakeOutOfServiceInput,
  type TakeOutOfServiceOutcome,
} from './take-out-of-service.types.js';
import { noticesOf } from './tell-owners.js';

// No window is longer than a day; two are enough for every claim that is not over and touches the stretch.
const LOOK_BACK_MS = 2 * DAY_MS;

/** Closes a station for a time and moves what is booked on it to other stations of the cell, in one transaction. */
@Injectable()
export class TakeOutOfService {
  constructor(
    @Inject(Transactions) private readonly transactions: Transactions,
    @Inject(Cells) private readonly cells: Cells,
    @Inject(Closures) private readonly closures: Closures,
    @Inject(CellClaims) private readonly claims: CellClaims,
    @Inject(FreedWindows) private readonly freed: FreedWindows,
    @Inject(BookingsRepository) private readonly bookings: BookingsRepository,
    @Inject(EvacuationsRepository) private readonly evacuations: EvacuationsRepository,
    @Inject(Evacuate) private readonly evacuate: Evacuate,
    @Inject(DisplacedWork) private readonly displaced: DisplacedWork,
    @Inject(Notices) private readonly notices: Notices,
  ) {}

  async run(actorId: string, input: TakeOutOfServiceInput): Promise<TakeOutOfServiceOutcome> {
    const refused = refuse(input);
    if (refused !== null) return refused;
    const { coopId, stationId, requestId } = input;
    if (!isUuid(stationId)) return new NotFound('station');
    return this.transactions.run<'StationTakenOut', TakeOutOfServiceOutcome>(
      ['StationTakenOut'],
      async (tx) => {
        const id = newId();
        const request = { actorId, operation: 'takeOutOfService', requestId, input, subjectId: id };
        const seen = await claimRequest(tx, request);
        if (seen.kind === 'Reused') return new RequestIdReused();
        if (seen.kind === 'Seen') return this.again(tx, coopId, seen.subjectId, actorId);
        const closure = await this.closureOf(tx, id, input);
        return closure === null ? new NotFound('station') : this.close(tx, closure, actorId);
      },
    );
  }

  private async closureOf(
    tx: Transaction,
    id: string,
    { coopId, stationId, fromAt, toAt, reason }: TakeOutOfServiceInput,
  ): Promise<StationClosure | null> {
    const [station] = await this.cells.stationsByIds(tx, [{ coopId, id: stationId }]);
    if (station === undefined) return null;
    const [cell] = await this.cells.byIds(tx, [{ coopId, id: station.cellId }]);
    if (cell === undefined) throw new Error(`cell ${station.cellId} is gone although its station is there`);
    return {
      ...{ coopId, id, workshopId: cell.workshopId, cellId: cell.id, stationId },
      ...{ kind: ClosureKind.OUT_OF_SERVICE, fromAt, toAt, reason: reason.trim() },
    };
  }

  private async close(
    tx: Transaction,
    closure: StationClosure,
    actorId: string,
  ): Promise<TakeOutOfServiceOutcome> {
    const { coopId, cellId } = closure;
    await this.claims.lock(tx, coopId, [cellId], []);
    const other = await this.closures.outOfService(tx, closure);
    if (other !== null) return new AlreadyOutOfService(other);
    const now = await tx.now();
    if (closure.toAt <= now)
      return new InputRefused('toAt', 'That time is over. Choose an end that is still to come.');
    // Closed before the cell is loaded, so that its hours are already those without the stretch.
    await this.closures.add(tx, closure);
    const cell = await this.load(tx, closure, now);
    const { sequence } = cell.facts;
    await this.claims.lapse(tx, cell);
    const closed = { fromAt: closure.fromAt.getTime(), toAt: closure.toAt.getTime() };
    const evacuated = await this.evacuate.run(tx, cell, closure.stationId, closed, actorId);
    // Who has booked already comes before who waits: only what the moves leave is offered.
    await this.freed.settle(tx, cell);
    const moved = await this.bookings.byIds(tx, coopId, evacuated.moved);
    const noRoom = await this.bookings.byIds(tx, coopId, evacuated.noRoom);
    const checkedIn = await this.bookings.byIds(tx, coopId, evacuated.checkedIn);
    await this.tell(tx, closure, moved, noRoom);
    await this.displaced.tell(tx, { coopId, closureId: closure.id, actorId, bookings: noRoom });
    return new StationTakenOut(closure, moved, leftOf(checkedIn, noRoom), sequence);
  }

  private async load(
    tx: Transaction,
    { coopId, cellId, fromAt }: StationClosure,
    now: Date,
  ): Promise<LockedCell> {
    const from = Math.min(now.getTime(), Math.max(now.getTime(), fromAt.getTime()) - LOOK_BACK_MS);
    const range = { fromAt: from, toAt: now.getTime() + (HORIZON_DAYS + 1) * DAY_MS };
    const cell = await this.claims.load(tx, coopId, cellId, range);
    if (cell === null) throw new Error(`cell ${cellId} is gone although it is locked`);
    return cell;
  }

  private async tell(
    tx: Transaction,
    { coopId, cellId, stationId, reason }: StationClosure,
    moved: readonly BookingType[],
    left: readonly BookingType[],
  ): Promise<void> {
    const facts = await this.evacuations.facts(tx, coopId, cellId);
    await this.notices.tell(tx, noticesOf({ facts, stationId, reason }, moved, left));
  }

  /** The outcome as it stands now, for a request that was made before. */
  private async again(
    tx: Transaction,
    coopId: string,
    closureId: string,
    actorId: string,
  ): Promise<TakeOutOfServiceOutcome> {
    const found = await this.closures.byId(tx, coopId, closureId);
    if (found === null) return new NotFound('closure');
    const { cellId, stationId } = found;
    if (cellId === null || stationId === null)
      throw new Error(`closure ${closureId} takes no station out of service`);
    const closure = { ...found, cellId, stationId };
    const movedIds = await this.evacuations.movedAway(tx, closure, actorId);
    const moved = await this.bookings.byIds(tx, coopId, movedIds);
    const touching = await this.evacuations.touching(tx, closure);
    const left = await this.bookings.byIds(tx, coopId, touching);
    const checkedIn = left.filter((booking) => booking.checkedInAt !== null);
    const noRoom = left.filter((booking) => booking.checkedInAt === null);
    return new StationTakenOut(closure, moved, leftOf(checkedIn, noRoom), null);
  }
}

function leftOf(checkedIn: readonly BookingType[], noRoom: readonly BookingType[]): LeftBooking[] {
  return [
    ...checkedIn.map((booking) => new LeftBooking(booking, LeftBecause.CHECKED_IN)),
    ...noRoom.map((booking) => new LeftBooking(booking, LeftBecause.NO_ROOM)),
  ].sort((a, b) => a.booking.fromAt.getTime() - b.booking.fromAt.getTime());
}

function refuse({ fromAt, toAt, reason }: TakeOutOfServiceInput): InputRefused | null {
  if (toAt <= fromAt)
    return new InputRefused('toAt', 'The end is before the start. Choose an end after the start.');
  return refuseReason(reason);
}
