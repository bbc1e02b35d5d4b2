import { Inject, Injectable } from '@nestjs/common';
import { DAY_MS, placeOnStation, windowMinutes } from '@touchmark/calendar';
import { priceOfMinutes } from '@touchmark/money';
import { placeWork, type WorkCell, type WorkChunk } from '@touchmark/scheduling';
import type { Transaction } from '../../platform/database/index.js';
import { Cells } from '../../workshops/index.js';
import { CellClaims } from '../claims/cell-claims.js';
import { HORIZON_DAYS } from '../claims/known-around.js';
import { FreedWindows } from '../claims/freed-windows.js';
import type { LockedCell } from '../claims/locked-cell.js';
import { dayFloor } from '../open-calendar.js';
import type { BookOperationsInput, BookOperationsOutcome, OperationToBook } from './book-operations.types.js';

/** Books the operations of a run in recipe order, each as early as it can be, in the caller's transaction. */
@Injectable()
export class BookOperations {
  constructor(
    @Inject(Cells) private readonly cells: Cells,
    @Inject(CellClaims) private readonly claims: CellClaims,
    @Inject(FreedWindows) private readonly freed: FreedWindows,
  ) {}

  /**
   * Locks the cells of the kinds needed, then lets the caller lock what it needs besides (later in the lock order), then
   * reads the time with the claims.
   */
  async book(
    tx: Transaction,
    input: BookOperationsInput,
    lockBelow: () => Promise<unknown> = () => Promise.resolve(),
  ): Promise<BookOperationsOutcome> {
    const { cells, served } = await this.locked(tx, input, lockBelow);
    const [first] = input.operations;
    // Nobody gets past a queue that is too long for one pass; a lot without room is looked at again.
    if (!served && first !== undefined)
      return { kind: 'NoCapacity', position: first.position, cellKind: first.cellKind };
    const nows = cells.map((cell) => cell.now.getTime());
    let endsAt = Math.max(input.notBefore.getTime(), ...nows);
    const operations = [...input.operations].sort((a, b) => a.position - b.position);
    for (const operation of operations) {
      const placed = placeWork({
        operations: [{ ...operation, family: null }],
        cells: cells.map(workCell),
        earliestAt: endsAt,
        horizonAt: input.horizon.getTime(),
        now: Math.max(...nows),
      });
      if (placed.kind === 'NoCapacity') return placed;
      await this.put(tx, cells, operation, placed.chunks);
      ({ endsAt } = placed);
    }
    return { kind: 'Booked', endsAt: new Date(endsAt) };
  }

  private async locked(
    tx: Transaction,
    input: BookOperationsInput,
    lockBelow: () => Promise<unknown>,
  ): Promise<{ readonly cells: LockedCell[]; readonly served: boolean }> {
    const { coopId, operations, notBefore, horizon } = input;
    const kinds = [...new Set(operations.map((operation) => operation.cellKind))];
    const cells = await this.cells.ofKind(tx, coopId, kinds);
    const ids = await tx.lock(
      'cell',
      coopId,
      cells.map((cell) => cell.id),
    );
    await lockBelow();
    await this.claims.lockWaiting(tx, coopId, ids, []);
    // Those who wait are served before the run, and may be offered what is free up to the horizon.
    const ahead = notBefore.getTime() + (HORIZON_DAYS + 3) * DAY_MS;
    const range = { fromAt: dayFloor(notBefore.getTime()), toAt: Math.max(horizon.getTime(), ahead) };
    const loaded = await Promise.all(ids.map((id) => this.claims.load(tx, coopId, id, range)));
    const found = loaded.filter((cell) => cell !== null);
    let served = true;
    for (const cell of found) {
      if (!cell.facts.waiting) continue;
      const { hasDead } = cell;
      await this.claims.lapse(tx, cell);
      // What a dead hold leaves is offered from the head of the queue on.
      served = (await this.freed.settle(tx, cell, !hasDead)) && served;
    }
    return { cells: found, served };
  }

  /** Puts the chunks of one operation, each with the changeover before it. */
  private async put(
    tx: Transaction,
    cells: readonly LockedCell[],
    { runOperationId }: OperationToBook,
    chunks: readonly WorkChunk[],
  ): Promise<void> {
    for (const { cellId, stationId, family, fromAt, toAt } of chunks) {
      const cell = cells.find((candidate) => candidate.cellId === cellId);
      if (cell === undefined)
        throw new Error(`an operation was placed on cell ${cellId}, which was not offered`);
      const now = cell.now.getTime();
      const window = { fromAt, toAt };
      const placement = placeOnStation(cell.timeline(stationId), cell.matrix, window, family, now);
      if (placement === null) throw new Error(`what was planned on station ${stationId} does not fit there`);
      const priceMinor = priceOfMinutes(cell.hourlyRateMinor, windowMinutes(window));
      const minutes = windowMinutes(window);
      const priceLines = [{ code: 'base', label: 'Base rate', minutes, amountMinor: priceMinor }];
      await this.claims.put(
        tx,
        cell,
        {
          ...{ ...window, state: 'confirmed', origin: 'run', runOperationId, family },
          ...{ priceMinor, priceLines, actorId: null },
        },
        placement,
      );
    }
  }
}

/** A cell as the scheduler takes it: a run may stand wherever it is open, set up for what the cell usually makes. */
function workCell(cell: LockedCell): WorkCell {
  const { kind, timeZone, gridMinutes, defaultFamily } = cell.facts;
  return {
    ...{ cellId: cell.cellId, cellKind: kind, zone: timeZone, gridMinutes, defaultFamily },
    ...{ matrix: cell.matrix, allowed: null, stations: cell.timelines() },
  };
}
