import { Inject, Injectable } from '@nestjs/common';
import type { Queryable } from '../platform/database/index.js';
import { isUuid } from '../platform/graphql/index.js';
import type { BookingType } from './booking.types.js';
import { BookingsRepository } from './bookings.repository.js';

/** What other features may ask about bookings. */
@Injectable()
export class Bookings {
  constructor(@Inject(BookingsRepository) private readonly bookings: BookingsRepository) {}

  byIds(q: Queryable, coopId: string, ids: readonly string[]): Promise<BookingType[]> {
    return this.bookings.byIds(q, coopId, ids.filter(isUuid));
  }

  /** The bookings of these operations of runs, by start. */
  ofOperations(q: Queryable, coopId: string, operationIds: readonly string[]): Promise<BookingType[]> {
    return this.bookings.ofOperations(q, coopId, operationIds);
  }

  /** The live claims on a workshop's stations that touch the stretch (epoch milliseconds), by start. */
  ofWorkshop(
    q: Queryable,
    coopId: string,
    workshopId: string,
    fromAt: number,
    toAt: number,
  ): Promise<BookingType[]> {
    return isUuid(workshopId)
      ? this.bookings.ofWorkshop(q, coopId, workshopId, fromAt, toAt)
      : Promise.resolve([]);
  }
}
