import { Injectable } from '@nestjs/common';
import type { Transaction } from '../platform/database/index.js';

/** Where hours may become longer: a workshop, or one cell of it. */
export interface OpenedPlace {
  readonly coopId: string;
  readonly workshopId: string;
  /** Null for all cells of the workshop. */
  readonly cellId: string | null;
}

/** What stands around a change of hours: it locks what it needs, runs the change, and acts on what has opened. */
export interface OpeningsWatch {
  around<Done>(tx: Transaction, place: OpenedPlace, change: () => Promise<Done>): Promise<Done>;
}

/** Where bookings, which workshops know nothing of, take part in changes of hours and closures, in the same transaction. */
@Injectable()
export class OpenedHours {
  private watch: OpeningsWatch | null = null;

  /** Names the one who takes part. */
  watchedBy(watch: OpeningsWatch): void {
    this.watch = watch;
  }

  /** Runs a change after which a place may be open for longer; the workshop may be locked, nothing below it. */
  run<Done>(tx: Transaction, place: OpenedPlace, change: () => Promise<Done>): Promise<Done> {
    return this.watch === null ? change() : this.watch.around(tx, place, change);
  }
}
