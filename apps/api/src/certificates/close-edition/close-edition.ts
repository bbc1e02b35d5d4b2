import { Inject, Injectable } from '@nestjs/common';
import { Editions } from '../../catalog/index.js';
import { ChainCalls, ChainReader, Issuers } from '../../chain/index.js';
import { Database, type Transaction, Transactions } from '../../platform/database/index.js';
import { Jobs } from '../../platform/jobs/index.js';
import { AnchorBatchesRepository } from '../anchor-batches.repository.js';

/** Closes an edition on chain at what was really made, once its run is finished and every piece is anchored. */
@Injectable()
export class CloseEdition {
  constructor(
    @Inject(Transactions) private readonly transactions: Transactions,
    @Inject(AnchorBatchesRepository) private readonly batches: AnchorBatchesRepository,
    @Inject(Editions) private readonly editions: Editions,
    @Inject(Issuers) private readonly issuers: Issuers,
    @Inject(ChainCalls) private readonly calls: ChainCalls,
    @Inject(ChainReader) private readonly chain: ChainReader,
    @Inject(Database) private readonly database: Database,
    @Inject(Jobs) jobs: Jobs,
  ) {
    // Closing lowers the size to what is anchored at that moment: sent before an anchoring, it would shut out its pieces.
    calls.sendWhen('close_edition', ({ coopId, subjectId }) => this.isAnchoredForGood(coopId, subjectId));
    jobs.handle('close_edition', ({ coopId, editionId }) => this.run(String(coopId), String(editionId)));
  }

  /** The job of a finished run; when pieces are still to be anchored, the last anchoring closes the edition. */
  async run(coopId: string, editionId: string): Promise<void> {
    await this.transactions.run(['Looked'], async (tx) => {
      await tx.lock('edition', coopId, [editionId]);
      await this.whenComplete(tx, coopId, editionId);
      return { kind: 'Looked' } as const;
    });
  }

  async whenComplete(tx: Transaction, coopId: string, editionId: string): Promise<void> {
    if (!(await this.batches.isComplete(tx, coopId, editionId))) return;
    const edition = await this.editions.load(tx, coopId, editionId);
    const issuer = await this.issuers.of(tx, coopId);
    if (edition === null || issuer === null) return;
    await this.calls.enqueue(tx, {
      coopId,
      purpose: 'close_edition',
      subjectId: editionId,
      sender: 'issuer',
      call: {
        functionName: 'closeEdition',
        args: [this.issuers.editionOn(issuer, edition.workId, editionId)],
      },
    });
  }

  private async isAnchoredForGood(coopId: string, editionId: string): Promise<boolean> {
    const edition = await this.editions.load(this.database, coopId, editionId);
    const issuer = await this.issuers.of(this.database, coopId);
    if (edition === null || issuer === null) return false;
    // What is voided or anchored again meanwhile would be counted as it is at that moment.
    if (!(await this.batches.isComplete(this.database, coopId, editionId))) return false;
    if (!(await this.batches.isSettled(this.database, coopId, editionId))) return false;
    const number = this.issuers.editionOn(issuer, edition.workId, editionId);
    return (await this.chain.anchoredForGood(issuer.address, number)) === edition.nextSerial - 1;
  }
}
