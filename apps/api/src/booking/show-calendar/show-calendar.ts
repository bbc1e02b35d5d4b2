import { Inject, Injectable } from '@nestjs/common';
import { clip, type Window } from '@touchmark/calendar';
import { Accounts } from '../../membership/index.js';
import { Database } from '../../platform/database/index.js';
import { isUuid } from '../../platform/graphql/index.js';
import { cellOf } from '../cell-of.js';
import { OccupancyRepository, type Occupancy } from '../occupancy.repository.js';
import { dayCeiling, dayFloor, openBetween } from '../open-calendar.js';
import { entryOf, type Viewer } from './calendar-entry.js';
import type { StationDay } from './show-calendar.types.js';

/** The stations of a workshop with what stands on them. */
@Injectable()
export class ShowCalendar {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(OccupancyRepository) private readonly occupancy: OccupancyRepository,
    @Inject(Accounts) private readonly accounts: Accounts,
  ) {}

  async run(viewer: Viewer, coopId: string, workshopId: string, range: Window): Promise<StationDay[]> {
    if (!isUuid(coopId) || !isUuid(workshopId)) return [];
    const occupancy = await this.occupancy.load(this.database, coopId, workshopId, range.fromAt, range.toAt);
    if (occupancy === null) return [];
    const names = viewer.seesAll ? await this.namesIn(occupancy) : new Map<string, string>();
    const days = openBetween(occupancy, dayFloor(range.fromAt), dayCeiling(range.toAt));
    const openWindows = days
      .map((window) => clip(window, range))
      .filter((window) => window !== null)
      .map(({ fromAt, toAt }) => ({ fromAt: new Date(fromAt), toAt: new Date(toAt) }));
    return occupancy.cells.flatMap((cell) =>
      cell.stations.map(({ id, number, claims }) => ({
        cell: cellOf(cell, coopId, workshopId),
        station: { id, number },
        bookings: claims.map((claim) => entryOf(claim, viewer, names)),
        openWindows,
      })),
    );
  }

  private namesIn({ cells }: Occupancy): Promise<ReadonlyMap<string, string>> {
    const claims = cells.flatMap((cell) => cell.stations.flatMap((station) => station.claims));
    const ids = claims.map((claim) => claim.accountId).filter((id) => id !== null);
    return this.accounts.displayNames([...new Set(ids)]);
  }
}
