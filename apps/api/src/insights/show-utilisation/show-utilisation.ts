import { Inject, Injectable } from '@nestjs/common';
import { clip, type Window } from '@touchmark/calendar';
import { HOURS_OF_WEEK, weekHourMinutes } from '@touchmark/pricing';
import { StationHours, dayCeiling, dayFloor } from '../../booking/index.js';
import { Database } from '../../platform/database/index.js';
import { isUuid } from '../../platform/graphql/index.js';
import { Cells } from '../../workshops/index.js';
import { WorkshopUseRepository, type UsedCell, type WorkshopUse } from '../workshop-use.repository.js';
import type { CellUtilisation, UtilisationDay } from './show-utilisation.types.js';

type Minutes = Omit<CellUtilisation, 'cell'>;

/** How much of the open hours of each cell is booked, by hour of the week. */
@Injectable()
export class ShowUtilisation {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(WorkshopUseRepository) private readonly uses: WorkshopUseRepository,
    @Inject(Cells) private readonly cells: Cells,
  ) {}

  async run(coopId: string, workshopId: string, range: Window): Promise<CellUtilisation[]> {
    if (!isUuid(coopId) || !isUuid(workshopId)) return [];
    const known = { fromAt: dayFloor(range.fromAt), toAt: dayCeiling(range.toAt) };
    const use = await this.uses.use(this.database, coopId, workshopId, known);
    if (use === null) return [];
    const keys = use.cells.map(({ id }) => ({ coopId, id }));
    const cells = new Map((await this.cells.byIds(this.database, keys)).map((cell) => [cell.id, cell]));
    const hours = StationHours.between(use, known);
    return use.cells.flatMap((used) => {
      const cell = cells.get(used.id);
      return cell === undefined ? [] : [{ cell, ...minutesOf(use, used, hours, range) }];
    });
  }
}

function minutesOf(use: WorkshopUse, cell: UsedCell, hours: StationHours, range: Window): Minutes {
  const windows = cell.stations.flatMap((station) => station.booked);
  const booked = weekHourMinutes(
    use.timeZone,
    range,
    windows.map(([fromAt, toAt]) => ({ fromAt, toAt })),
  );
  const open = openHours(use.timeZone, cell, hours, range);
  const sum = (minutes: readonly number[]): number => minutes.reduce((total, each) => total + each, 0);
  return { bookedMinutes: sum(booked), openMinutes: sum(open), days: daysOf(booked, open) };
}

// Stations with the same hours share one list, which is gone through once.
function openHours(zone: string, cell: UsedCell, hours: StationHours, range: Window): number[] {
  const stations = new Map<readonly Window[], number>();
  for (const { id } of cell.stations) {
    const open = hours.of(cell.id, id);
    stations.set(open, (stations.get(open) ?? 0) + 1);
  }
  const total = new Array<number>(HOURS_OF_WEEK).fill(0);
  for (const [open, count] of stations) {
    const inside = open.map((window) => clip(window, range)).filter((part) => part !== null);
    const minutes = weekHourMinutes(zone, range, inside);
    for (const [hour, each] of minutes.entries()) total[hour] = (total[hour] ?? 0) + each * count;
  }
  return total;
}

function daysOf(booked: readonly number[], open: readonly number[]): UtilisationDay[] {
  return [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({
    weekday,
    bookedMinutes: booked.slice((weekday - 1) * 24, weekday * 24),
    openMinutes: open.slice((weekday - 1) * 24, weekday * 24),
  }));
}
