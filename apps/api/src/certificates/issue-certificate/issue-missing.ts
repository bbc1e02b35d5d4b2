import { Inject, Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/index.js';
import { Jobs } from '../../platform/jobs/index.js';
import { CertificatesRepository } from '../certificates.repository.js';

// Looks over all units, so rarely: the jobs of units that just passed need no help.
const EVERY_MS = 30_000;
const AT_A_TIME = 500;

/** Enqueues again what no job is left for: a certificate for each unit that passed without one. */
@Injectable()
export class IssueMissing {
  private sweptMs = Number.NEGATIVE_INFINITY;

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(CertificatesRepository) private readonly certificates: CertificatesRepository,
    @Inject(Jobs) private readonly jobs: Jobs,
  ) {
    jobs.sweep({ name: 'issue_missing_certificates', run: () => this.run() });
  }

  private async run(): Promise<number> {
    if (performance.now() - this.sweptMs < EVERY_MS) return 0;
    this.sweptMs = performance.now();
    const missing = await this.certificates.uncertified(this.database, AT_A_TIME);
    for (const { coopId, unitId } of missing)
      await this.jobs.enqueue(
        this.database,
        'issue_certificate',
        { coopId, unitId },
        { key: `issue-certificate:${unitId}` },
      );
    return missing.length;
  }
}
