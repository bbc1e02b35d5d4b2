import { Inject, Injectable } from '@nestjs/common';
import { Accounts } from '../../membership/index.js';
import { Database } from '../../platform/database/index.js';
import { entryOf, type Viewer } from '../show-calendar/calendar-entry.js';
import {
  BookingEventsRepository,
  type BookingEventRow,
  type ChangedStretch,
  type EventsRead,
} from './booking-events.repository.js';
import type { StationChange } from './station-change.types.js';

/** Stretches that have changed, and the names of whose claims stand there. */
export interface Changes {
  readonly stretches: readonly ChangedStretch[];
  readonly names: ReadonlyMap<string, string>;
}

const NO_NAMES: Changes['names'] = new Map();

/** What happens to bookings, for those who watch. */
@Injectable()
export class BookingChanges {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(BookingEventsRepository) private readonly events: BookingEventsRepository,
    @Inject(Accounts) private readonly accounts: Accounts,
  ) {}

  newest(): Promise<number> {
    return this.events.newest(this.database);
  }

  read(after: number, missing: readonly number[], limit: number): Promise<EventsRead> {
    return this.events.read(this.database, after, missing, limit);
  }

  /** What these events have changed, loaded at once for everybody who watches. */
  async load(events: readonly BookingEventRow[]): Promise<Changes> {
    const stretches = await this.events.stretches(this.database, events);
    const holders = stretches.flatMap(({ claims }) => claims.map(({ accountId }) => accountId));
    const names = await this.accounts.displayNames([...new Set(holders.filter((id) => id !== null))]);
    return { stretches, names };
  }

  /** A changed stretch as this viewer sees it: exactly what the calendar would show them. */
  shownTo(viewer: Viewer, stretch: ChangedStretch, names: Changes['names']): StationChange {
    return {
      cellId: stretch.cellId,
      stationId: stretch.stationId,
      fromAt: new Date(stretch.fromAt),
      toAt: new Date(stretch.toAt),
      bookings: stretch.claims.map((claim) => entryOf(claim, viewer, viewer.seesAll ? names : NO_NAMES)),
    };
  }
}
