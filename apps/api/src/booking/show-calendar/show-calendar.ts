import { Inject, Injectable } from '@nestjs/common';
import { clip, isLive, overlaps, type Window } from '@touchmark/calendar';
import { Accounts } from '../../membership/index.js';
import { Database } from '../../platform/database/index.js';
import { isUuid } from '../../platform/graphql/index.js';
import { cellOf } from '../cell-of.js';
import { knownAround } from '../claims/known-around.js';
import { storedClaim, type StationRow } from '../claims/locked-cell.js';
import { OccupancyRepository, type OccupiedWindow } from '../occupancy.repository.js';
import { StationHours } from '../open-calendar.js';
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
    const known = knownAround(range);
    const occupancy = await this.occupancy.load(this.database, coopId, workshopId, range, known);
    if (occupancy === null) return [];
    const hours = StationHours.between(occupancy, known);
    const stations = occupancy.cells.flatMap((cell) =>
      cell.stations.map((row) => ({ cell, row, claims: standing(row, range, occupancy.now) })),
    );
    const names = viewer.seesAll
      ? await this.namesOf(stations.flatMap(({ claims }) => claims))
      : new Map<string, string>();
    return stations.map(({ cell, row: { id, number }, claims }) => ({
      cell: cellOf(cell, coopId, workshopId),
      station: { id, number },
      bookings: claims.map((claim) => entryOf(claim, viewer, names)),
      openWindows: hours
        .of(cell.id, id)
        .map((window) => clip(window, range))
        .filter((window) => window !== null)
        .map(({ fromAt, toAt }) => ({ fromAt: new Date(fromAt), toAt: new Date(toAt) })),
    }));
  }

  private namesOf(claims: readonly OccupiedWindow[]): Promise<ReadonlyMap<string, string>> {
    const ids = claims.map((claim) => claim.accountId).filter((id) => id !== null);
    return this.accounts.displayNames([...new Set(ids)]);
  }
}

/** The claims that are alive and touch the stretch, with their changeovers. */
function standing(row: StationRow, range: Window, now: Date): OccupiedWindow[] {
  return row.claims
    .map(storedClaim)
    .filter((claim) => isLive(claim, now.getTime()))
    .filter(({ claimFromAt, toAt }) => overlaps({ fromAt: claimFromAt, toAt }, range))
    .map(({ id: bookingId, ...claim }) => ({ bookingId, ...claim }));
}
