import { Inject, Injectable } from '@nestjs/common';
import { openWindows, type Window } from '@touchmark/calendar';
import type { Queryable } from '../platform/database/index.js';
import { isUuid } from '../platform/graphql/index.js';
import { OpeningsRepository } from './openings.repository.js';
import type { WorkshopType } from './workshop.types.js';
import { WorkshopsRepository } from './workshops.repository.js';

/** When a workshop is open in a stretch of time. */
export interface WorkshopCalendar {
  readonly timeZone: string;
  readonly openWindows: Window[];
}

/** What other features may ask about workshops. */
@Injectable()
export class Workshops {
  constructor(
    @Inject(WorkshopsRepository) private readonly workshops: WorkshopsRepository,
    @Inject(OpeningsRepository) private readonly openings: OpeningsRepository,
  ) {}

  async byId(q: Queryable, coopId: string, id: string): Promise<WorkshopType | null> {
    if (!isUuid(coopId) || !isUuid(id)) return null;
    const [workshop] = await this.workshops.byIds(q, [{ coopId, id }]);
    return workshop ?? null;
  }

  byIds(
    q: Queryable,
    keys: readonly { readonly coopId: string; readonly id: string }[],
  ): Promise<WorkshopType[]> {
    return this.workshops.byIds(q, keys);
  }

  /** The open windows from `fromAt` to `toAt` (epoch milliseconds), or null when there is no such workshop. */
  async calendar(
    q: Queryable,
    coopId: string,
    workshopId: string,
    fromAt: number,
    toAt: number,
  ): Promise<WorkshopCalendar | null> {
    const workshop = await this.byId(q, coopId, workshopId);
    if (workshop === null) return null;
    const hours = await this.openings.hoursOf(q, [workshop]);
    const closed = await this.openings.closuresDuring(q, coopId, workshopId, fromAt, toAt);
    const closures = closed.map((row) => ({ fromAt: row.fromAt.getTime(), toAt: row.toAt.getTime() }));
    const { timeZone } = workshop;
    return { timeZone, openWindows: openWindows({ zone: timeZone, hours, closures }, { fromAt, toAt }) };
  }
}
