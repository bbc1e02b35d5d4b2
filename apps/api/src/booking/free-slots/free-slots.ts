import { Inject, Injectable } from '@nestjs/common';
import { countFree, freeWindows, gridWindows, mergeWindows, clip, type Window } from '@touchmark/calendar';
import { Database } from '../../platform/database/index.js';
import { isUuid } from '../../platform/graphql/index.js';
import { OccupancyRepository, type Occupancy, type OccupiedCell } from '../occupancy.repository.js';
import { dayCeiling, dayFloor, openBetween } from '../open-calendar.js';
import { cellOf } from '../cell-of.js';
import type { CellFreeSlots } from './free-slots.types.js';

/** What is free in all cells of a workshop: one query. */
@Injectable()
export class FreeSlots {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(OccupancyRepository) private readonly occupancy: OccupancyRepository,
  ) {}

  async run(coopId: string, workshopId: string, range: Window): Promise<CellFreeSlots[]> {
    if (!isUuid(coopId) || !isUuid(workshopId)) return [];
    const [fromAt, toAt] = [dayFloor(range.fromAt), dayCeiling(range.toAt)];
    const occupancy = await this.occupancy.load(this.database, coopId, workshopId, fromAt, toAt);
    if (occupancy === null) return [];
    const bounds = { fromAt: Math.max(range.fromAt, occupancy.now.getTime()), toAt: range.toAt };
    const open = openBetween(occupancy, fromAt, toAt)
      .map((window) => clip(window, bounds))
      .filter((window) => window !== null);
    return occupancy.cells.map((cell) => ({
      cell: cellOf(cell, coopId, workshopId),
      windows: freeOf(occupancy, cell, open),
    }));
  }
}

function freeOf(
  { timeZone }: Occupancy,
  { stations, gridMinutes }: OccupiedCell,
  open: readonly Window[],
): CellFreeSlots['windows'] {
  const free = stations.map((station) =>
    mergeWindows(gridWindows(timeZone, gridMinutes, freeWindows(open, station.claims))),
  );
  return countFree(free).map(({ fromAt, toAt, count }) => ({
    fromAt: new Date(fromAt),
    toAt: new Date(toAt),
    freeStations: count,
  }));
}
