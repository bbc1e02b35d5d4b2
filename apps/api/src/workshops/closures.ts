import { Inject, Injectable } from '@nestjs/common';
import type { Queryable, Transaction } from '../platform/database/index.js';
import { isUuid } from '../platform/graphql/index.js';
import { OpeningsRepository, type ClosureRow } from './openings.repository.js';

/** What other features may do with closures: those that come with a change of bookings are made where bookings are. */
@Injectable()
export class Closures {
  constructor(@Inject(OpeningsRepository) private readonly openings: OpeningsRepository) {}

  async byId(q: Queryable, coopId: string, id: string): Promise<ClosureRow | null> {
    return isUuid(id) ? this.openings.closureById(q, coopId, id) : null;
  }

  /** A closure that takes the station of this one out of service for some of its time; null when none does. */
  outOfService(
    q: Queryable,
    closure: ClosureRow & { readonly stationId: string },
  ): Promise<ClosureRow | null> {
    return this.openings.outOfService(q, closure);
  }

  add(tx: Transaction, closure: ClosureRow): Promise<void> {
    return this.openings.insertClosures(tx, [closure]);
  }

  /** Ends a closure at a moment; one that has not begun by then goes altogether. */
  end(tx: Transaction, coopId: string, id: string, at: Date): Promise<void> {
    return this.openings.endClosure(tx, coopId, id, at);
  }
}
