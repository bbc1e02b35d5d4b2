import { Inject, Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/index.js';
import { Jobs } from '../../platform/jobs/index.js';
import { AnomaliesRepository } from '../anomalies.repository.js';
import { ScansRepository } from '../scans.repository.js';
import { TagsRepository } from '../tags.repository.js';

const EVERY_MS = 10 * 60_000;
const DAY_MS = 86_400_000;
/** Scans are kept by the hour for so long, then as sums of a day. */
export const SCANS_KEPT_DAYS = 30;
/** So long it is known which session was the first to show a code; the code stays spent for ever. */
const TAPS_KEPT_DAYS = 90;

/** Sums up scans when their time is over, and throws away the keys that their networks were hashed under. */
@Injectable()
export class ForgetScans {
  private lastAt = 0;

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(ScansRepository) private readonly scans: ScansRepository,
    @Inject(TagsRepository) private readonly tags: TagsRepository,
    @Inject(AnomaliesRepository) private readonly anomalies: AnomaliesRepository,
    @Inject(Jobs) jobs: Jobs,
  ) {
    jobs.sweep({ name: 'forget scans', run: () => this.run() });
  }

  async run(): Promise<number> {
    const now = (await this.database.now()).getTime();
    // Sweeps run every second; this one has nothing to do in most of them. The clock of a test may also go back.
    if (Math.abs(now - this.lastAt) < EVERY_MS) return 0;
    this.lastAt = now;
    const keys = await this.scans.forgetKeys(this.database);
    const taps = await this.tags.forget(this.database, new Date(now - TAPS_KEPT_DAYS * DAY_MS));
    // From midnight to midnight, so that the networks of a day are counted once.
    const before = Math.floor(now / DAY_MS - SCANS_KEPT_DAYS) * DAY_MS;
    const untold = await this.anomalies.forget(this.database, new Date(before));
    return keys + taps + untold + (await this.scans.sumUp(this.database, new Date(before)));
  }
}
