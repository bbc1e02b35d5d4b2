import { Inject, Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/index.js';
import { Jobs } from '../../platform/jobs/index.js';
import { BookingsRepository } from '../bookings.repository.js';

const BATCH = 500;

/** Tidies up holds whose time is over. Nothing waits for it: everybody judges a hold by its time. */
@Injectable()
export class LapseHolds {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(BookingsRepository) private readonly bookings: BookingsRepository,
    @Inject(Jobs) jobs: Jobs,
  ) {
    jobs.sweep({ name: 'lapse-holds', run: () => this.run() });
  }

  /** Ends all dead holds in small statements; returns how many. */
  async run(): Promise<number> {
    let lapsed = 0;
    for (;;) {
      const batch = await this.bookings.lapseDue(this.database, BATCH);
      lapsed += batch;
      if (batch < BATCH) return lapsed;
    }
  }
}
