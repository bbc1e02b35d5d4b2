import { Inject, Injectable } from '@nestjs/common';
import { clip, countFree, freeForFamily, gridWindows, mergeWindows, type Window } from '@touchmark/calendar';
import { Database } from '../../platform/database/index.js';
import { isUuid } from '../../platform/graphql/index.js';
import { knownAround } from '../claims/known-around.js';
import { loadedStation, matrixOf, timelineOf } from '../claims/locked-cell.js';
import { OccupancyRepository, type Occupancy, type OccupiedCell } from '../occupancy.repository.js';
import { StationHours } from '../open-calendar.js';
import { cellOf } from '../cell-of.js';
import type { CellFreeSlots } from './free-slots.types.js';

/** What is free in all cells of a workshop, for a setup family: one query. */
@Injectable()
export class FreeSlots {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(OccupancyRepository) private readonly occupancy: OccupancyRepository,
  ) {}

  async run(
    coopId: string,
    workshopId: string,
    range: Window,
    family: string | null,
  ): Promise<CellFreeSlots[]> {
    if (!isUuid(coopId) || !isUuid(workshopId)) return [];
    const known = knownAround(range);
    const occupancy = await this.occupancy.load(this.database, coopId, workshopId, range, known);
    if (occupancy === null) return [];
    const hours = StationHours.between(occupancy, known);
    return occupancy.cells.map((cell) => ({
      cell: cellOf(cell, coopId, workshopId),
      windows: freeOf(occupancy, cell, hours, range, family),
    }));
  }
}

function freeOf(
  { timeZone, now }: Occupancy,
  cell: OccupiedCell,
  hours: StationHours,
  range: Window,
  asked: string | null,
): CellFreeSlots['windows'] {
  const at = now.getTime();
  const bounds = { fromAt: Math.max(range.fromAt, at), toAt: range.toAt };
  const matrix = matrixOf(cell.families, cell.changeovers);
  const family = asked !== null && matrix.families.includes(asked) ? asked : cell.defaultFamily;
  const free = cell.stations.map((row) => {
    const station = loadedStation(row, hours.of(cell.id, row.id), range.fromAt, at);
    const windows = freeForFamily(timelineOf(station, hours.range.fromAt), matrix, family, at)
      .map((window) => clip(window, bounds))
      .filter((window) => window !== null);
    return mergeWindows(gridWindows(timeZone, cell.gridMinutes, windows));
  });
  return countFree(free).map(({ fromAt, toAt, count }) => ({
    fromAt: new Date(fromAt),
    toAt: new Date(toAt),
    freeStations: count,
  }));
}
