import { Injectable } from '@nestjs/common';
import type { Transaction } from '../../platform/database/index.js';
import type { BookingType } from '../booking.types.js';

/** Claims that had to be left on a station that is out of service, although no work on them has begun. */
export interface Displaced {
  readonly coopId: string;
  readonly closureId: string;
  /** Who took the station out of service. */
  readonly actorId: string;
  readonly bookings: readonly BookingType[];
}

/** What a feature does about displaced claims of its own; the cell is locked, so what needs more locks is enqueued. */
export type TakesDisplaced = (tx: Transaction, displaced: Displaced) => Promise<void>;

/** Where a feature that claims stations for its own work says who looks after what is left without a station. */
@Injectable()
export class DisplacedWork {
  private readonly takers: TakesDisplaced[] = [];

  /** Called from the constructor of whoever looks after them. */
  handle(taker: TakesDisplaced): void {
    this.takers.push(taker);
  }

  /** Tells all who look after claims what was displaced, in the transaction that displaced it. */
  async tell(tx: Transaction, displaced: Displaced): Promise<void> {
    if (displaced.bookings.length === 0) return;
    for (const taker of this.takers) await taker(tx, displaced);
  }
}
