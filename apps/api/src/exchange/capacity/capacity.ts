import { Inject, Injectable } from '@nestjs/common';
import { DAY_MS, openWindows, placeOnStation, windowMinutes, type OpeningHours } from '@touchmark/calendar';
import type { ServiceOperation } from '@touchmark/exchange';
import { priceOfMinutes } from '@touchmark/money';
import { placeWork, type WorkCell, type WorkChunk, type WorkPlacement } from '@touchmark/scheduling';
import { CellClaims, FreedWindows, type BookingType, type LockedCell } from '../../booking/index.js';
import type { Transaction } from '../../platform/database/index.js';
import { Cells } from '../../workshops/index.js';

/** Nothing is promised further ahead than this after the earliest work. */
export const HORIZON_DAYS = 60;

/** What is to be done, and the weekly windows (wall time of each workshop) in which it may be done. */
export interface Work {
  readonly operations: readonly ServiceOperation[];
  readonly windows: readonly OpeningHours[];
}

/** A stretch of work on a station of which the booking is to be, or was, written. */
export interface ServiceBooking {
  readonly bookingId: string;
  readonly position: number;
}

/** The provider's stations as far as an offer may use them: plans on what is booked, and books. */
@Injectable()
export class Capacity {
  /** Loaded cells whose queue was too long for one pass: nobody may take anything of them before those who wait. */
  private readonly unserved = new WeakSet<LockedCell>();

  constructor(
    @Inject(Cells) private readonly cells: Cells,
    @Inject(CellClaims) private readonly claims: CellClaims,
    @Inject(FreedWindows) private readonly freed: FreedWindows,
  ) {}

  /** The ids of the provider's cells that the work needs, of whichever workshop. */
  async cellIds(tx: Transaction, coopId: string, { operations }: Work): Promise<string[]> {
    const kinds = [...new Set(operations.map((operation) => operation.cellKind))];
    return (await this.cells.ofKind(tx, coopId, kinds)).map((cell) => cell.id);
  }

  /** Locks these cells, and with them those who wait for what becomes free there and the members named. */
  async lock(
    tx: Transaction,
    coopId: string,
    cellIds: readonly string[],
    memberIds: readonly string[] = [],
  ): Promise<void> {
    await this.claims.lock(tx, coopId, cellIds, memberIds);
  }

  /** Looks at cells from `fromAt` to all that may be promised, without locks: what may be planned, not booked. */
  async look(
    tx: Transaction,
    coopId: string,
    cellIds: readonly string[],
    fromAt: number,
  ): Promise<LockedCell[]> {
    const cells = await this.read(tx, coopId, cellIds, fromAt);
    // What died while others wait for it is theirs first.
    for (const cell of cells) if (cell.facts.waiting) cell.keepDead();
    return cells;
  }

  /** Loads locked cells; what died in them is ended, and who waits is offered what is free first. Reads the time: locks come before. */
  async load(
    tx: Transaction,
    coopId: string,
    cellIds: readonly string[],
    fromAt: number,
  ): Promise<LockedCell[]> {
    const cells = await this.read(tx, coopId, cellIds, fromAt);
    for (const cell of cells) {
      const { hasDead } = cell;
      if (!hasDead && !cell.facts.waiting) continue;
      await this.claims.lapse(tx, cell);
      if (!(await this.freed.settle(tx, cell, !hasDead))) this.unserved.add(cell);
    }
    return cells;
  }

  /** Offers what was freed to those who wait, after the one for whom it was freed has it. */
  async settle(tx: Transaction, cells: readonly LockedCell[]): Promise<void> {
    for (const cell of cells) await this.freed.settle(tx, cell);
  }

  /** Ends bookings that have not begun on their loaded cells; what they leave is free for what is written next. */
  end(
    tx: Transaction,
    cells: readonly LockedCell[],
    bookings: readonly BookingType[],
    state: 'moved' | 'cancelled',
    actorId: string,
  ): void {
    for (const { id, cellId, stationId } of bookings) {
      const cell = this.cellOf(cells, cellId);
      this.claims.end(tx, cell, stationId, { id, state, at: cell.now, chargedMinor: 0n, actorId });
    }
  }

  private cellOf(cells: readonly LockedCell[], cellId: string): LockedCell {
    const cell = cells.find((candidate) => candidate.cellId === cellId);
    if (cell === undefined) throw new Error(`cell ${cellId} is needed but was not loaded`);
    return cell;
  }

  private async read(
    tx: Transaction,
    coopId: string,
    cellIds: readonly string[],
    fromAt: number,
  ): Promise<LockedCell[]> {
    // An order may have begun long ago; who waits is offered what is free up to where one may book from now on.
    const from = Math.max(fromAt, (await tx.now()).getTime());
    const range = { fromAt, toAt: from + (HORIZON_DAYS + 31) * DAY_MS };
    const loaded: LockedCell[] = [];
    for (const cellId of cellIds) {
      const cell = await this.claims.load(tx, coopId, cellId, range);
      if (cell !== null) loaded.push(cell);
    }
    return loaded;
  }

  /** Where the work would be done from `earliestAt` on, ended by `horizonAt` (epoch milliseconds). Books nothing. */
  plan(cells: readonly LockedCell[], work: Work, earliestAt: number, horizonAt: number): WorkPlacement {
    const now = Math.max(...cells.map((cell) => cell.now.getTime()), 0);
    const [first] = work.operations;
    if (first !== undefined && cells.some((cell) => this.unserved.has(cell))) {
      const { position, cellKind } = first;
      return { kind: 'NoCapacity', position, cellKind };
    }
    return placeWork({
      ...{ operations: work.operations, earliestAt, horizonAt, now },
      cells: cells.map((cell) => workCell(cell, work.windows, { fromAt: earliestAt, toAt: horizonAt })),
    });
  }

  /** Books what was planned on the same cells, under their locks, for a service order. */
  async book(
    tx: Transaction,
    cells: readonly LockedCell[],
    serviceOrderId: string,
    chunks: readonly WorkChunk[],
    actorId: string,
  ): Promise<ServiceBooking[]> {
    const booked: ServiceBooking[] = [];
    for (const { position, cellId, stationId, family, fromAt, toAt } of chunks) {
      const cell = this.cellOf(cells, cellId);
      const window = { fromAt, toAt };
      const placement = placeOnStation(
        cell.timeline(stationId),
        cell.matrix,
        window,
        family,
        cell.now.getTime(),
      );
      if (placement === null) throw new Error(`what was planned on station ${stationId} does not fit there`);
      const minutes = windowMinutes(window);
      const priceMinor = priceOfMinutes(cell.hourlyRateMinor, minutes);
      const priceLines = [{ code: 'base', label: 'Base rate', minutes, amountMinor: priceMinor }];
      const claim = {
        ...window,
        state: 'confirmed',
        origin: 'service_order',
        serviceOrderId,
        family,
      } as const;
      const { id } = await this.claims.put(
        tx,
        cell,
        { ...claim, priceMinor, priceLines, actorId },
        placement,
      );
      booked.push({ bookingId: id, position });
    }
    return booked;
  }
}

function workCell(
  cell: LockedCell,
  hours: readonly OpeningHours[],
  range: { readonly fromAt: number; readonly toAt: number },
): WorkCell {
  const { kind, timeZone, gridMinutes, defaultFamily } = cell.facts;
  return {
    ...{ cellId: cell.cellId, cellKind: kind, zone: timeZone, gridMinutes, defaultFamily },
    matrix: cell.matrix,
    allowed: openWindows({ zone: timeZone, hours, closures: [] }, range),
    stations: cell.timelines(),
  };
}
