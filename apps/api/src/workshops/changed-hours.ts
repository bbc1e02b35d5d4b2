import { Injectable } from '@nestjs/common';
import type { Transaction } from '../platform/database/index.js';

/** Where hours change: a workshop, or one cell of it. */
export interface ChangedPlace {
  readonly coopId: string;
  readonly workshopId: string;
  /** Null for all cells of the workshop. */
  readonly cellId: string | null;
}

/** What stands around a change of hours: it locks what it needs, runs the change, and acts on what has opened or closed. */
export interface HoursWatch {
  around<Done>(tx: Transaction, place: ChangedPlace, change: () => Promise<Done>): Promise<Done>;
}

/** Where bookings, which workshops know nothing of, take part in changes of hours and closures, in the same transaction. */
@Injectable()
export class ChangedHours {
  private watch: HoursWatch | null = null;

  /** Names the one who takes part. */
  watchedBy(watch: HoursWatch): void {
    this.watch = watch;
  }

  /** Runs a change after which a place is open at other times; the workshop may be locked, nothing below it. */
  run<Done>(tx: Transaction, place: ChangedPlace, change: () => Promise<Done>): Promise<Done> {
    return this.watch === null ? change() : this.watch.around(tx, place, change);
  }
}
