import { Inject, Injectable } from '@nestjs/common';
import { positionalTree } from '@touchmark/certificates';
import { Database, Transactions, newId } from '../../platform/database/index.js';
import { Jobs } from '../../platform/jobs/index.js';
import { type AnchorBatch, AnchorBatchesRepository } from '../anchor-batches.repository.js';
import { CertificatesRepository } from '../certificates.repository.js';
import { PUBLISH_BATCH } from '../publish-batch/task.js';
import { isBatchDue } from './decide-batch.js';

const LARGEST = 4096;
const AGAIN_EVERY_MS = 5000;

/** The sweep that gathers certificates into batches and hands them to the publisher. */
@Injectable()
export class ProposeBatches {
  private handedMs = Number.NEGATIVE_INFINITY;

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Transactions) private readonly transactions: Transactions,
    @Inject(AnchorBatchesRepository) private readonly batches: AnchorBatchesRepository,
    @Inject(CertificatesRepository) private readonly certificates: CertificatesRepository,
    @Inject(Jobs) private readonly jobs: Jobs,
  ) {
    jobs.sweep({ name: 'propose_batches', run: () => this.run() });
  }

  /** Returns how many batches were proposed. */
  async run(): Promise<number> {
    let proposed = 0;
    for (const { coopId, editionId } of await this.batches.editionsWaiting(this.database)) {
      const waiting = await this.batches.waiting(this.database, coopId, editionId, LARGEST);
      if (waiting === null) continue;
      const { kind } = await this.propose(coopId, editionId);
      if (kind === 'Proposed') proposed += 1;
    }
    await this.handOverAgain();
    return proposed;
  }

  private async propose(coopId: string, editionId: string) {
    return this.transactions.run(['Proposed'], async (tx) => {
      await tx.lock('edition', coopId, [editionId]);
      const waiting = await this.batches.waiting(tx, coopId, editionId, LARGEST);
      const proposedAt = await tx.now();
      if (waiting === null || !isBatchDue({ ...waiting, count: waiting.leaves.length }, proposedAt))
        return { kind: 'NotDue' } as const;
      const { root, count: unitCount } = positionalTree(waiting.leaves);
      const batch = {
        coopId,
        id: newId(),
        editionId,
        firstSerial: waiting.nextSerial,
        unitCount,
        root,
        proposedAt,
      };
      await this.batches.insert(tx, batch);
      await this.certificates.addToBatch(tx, coopId, editionId, batch);
      await this.enqueue(tx, batch);
      return { kind: 'Proposed' } as const;
    });
  }

  /** Enqueues again what is proposed and not signed, also after its job's attempts ran out. */
  private async handOverAgain(): Promise<void> {
    if (performance.now() - this.handedMs < AGAIN_EVERY_MS) return;
    this.handedMs = performance.now();
    for (const batch of await this.batches.proposed(this.database)) await this.enqueue(this.database, batch);
  }

  private async enqueue(
    q: Parameters<Jobs['enqueue']>[0],
    { coopId, id }: Pick<AnchorBatch, 'coopId' | 'id'>,
  ): Promise<void> {
    await this.jobs.enqueue(q, PUBLISH_BATCH, { coopId, batchId: id }, { key: `publish-batch:${id}` });
  }
}
