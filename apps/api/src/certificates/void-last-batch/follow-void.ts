import { Inject, Injectable } from '@nestjs/common';
import { Editions } from '../../catalog/index.js';
import { type AfterRefusal, ChainCalls, Issuers, type Refusal } from '../../chain/index.js';
import { Database } from '../../platform/database/index.js';
import { type AnchorBatch, AnchorBatchesRepository } from '../anchor-batches.repository.js';
import { BatchVoidsRepository } from './batch-voids.repository.js';
import { VOID_LAST, voidCall } from './void-last-batch.js';

/**
 * Keeps a void in step with its call. The batch is voided once that is final: until then the chain itself may undo it, and
 * the certificates stay where they are.
 */
@Injectable()
export class FollowVoid {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(ChainCalls) private readonly calls: ChainCalls,
    @Inject(AnchorBatchesRepository) private readonly batches: AnchorBatchesRepository,
    @Inject(BatchVoidsRepository) private readonly voids: BatchVoidsRepository,
    @Inject(Editions) private readonly editions: Editions,
    @Inject(Issuers) private readonly issuers: Issuers,
  ) {
    calls.onIncluded(VOID_LAST, (tx, { coopId, subjectId: id, blockTime }) =>
      voids.record(tx, { coopId, id }, blockTime),
    );
    calls.onLost(VOID_LAST, (tx, { coopId, subjectId: id }) => voids.record(tx, { coopId, id }, null));
    calls.onFinal(VOID_LAST, async (tx, { coopId, subjectId: id }) => {
      const voided = await voids.byId(tx, { coopId, id });
      if (voided === null) return;
      await tx.lock('edition', coopId, [voided.editionId]);
      await voids.finish(tx, { coopId, id });
    });
    calls.onRefused(VOID_LAST, {
      decide: ({ coopId, subjectId }, refusal) => this.afterRefusal(coopId, subjectId, refusal),
      givenUp: (tx, { coopId, subjectId: id }, words) => voids.giveUp(tx, { coopId, id }, words),
    });
  }

  private async afterRefusal(coopId: string, id: string, { errorName }: Refusal): Promise<AfterRefusal> {
    const voided = await this.voids.byId(this.database, { coopId, id });
    if (voided === null) return { kind: 'Wait' };
    const { batchId, editionId } = voided;
    const batch = batchId === null ? null : await this.batches.load(this.database, coopId, batchId);
    if (errorName === 'BatchUnknown' && batchId === null)
      return { kind: 'GiveUp', words: 'The chain does not hold this batch any more.' };
    if (errorName === 'BatchUnknown' && batch?.state === 'voided' && (await this.isGone(batch)))
      return { kind: 'GiveUp', words: 'The chain was set back to before the batch, which never came again.' };
    // After a reorganisation the batch has another time, which the call names.
    if (errorName === 'BatchUnknown' && batch?.anchoredAt) {
      const edition = await this.editions.load(this.database, coopId, editionId);
      const issuer = await this.issuers.of(this.database, coopId);
      if (edition === null || issuer === null) return { kind: 'Wait' };
      const { firstSerial, unitCount: count, root, anchoredAt, cosignUntil } = batch;
      const onChain = { firstSerial, count, root, time: anchoredAt.getTime() / 1000, cosignUntil };
      const number = this.issuers.editionOn(issuer, edition.workId, editionId);
      return { kind: 'Send', call: voidCall(number, onChain) };
    }
    // Its certificates may have been issued anew by now: then people have to look, and nothing is undone by itself.
    if (batch?.state === 'voided') return { kind: 'Wait' };
    if (errorName === 'ObjectionEnded')
      return { kind: 'GiveUp', words: 'The time to object was over before the chain took it.' };
    if (errorName === 'BatchNotLast')
      return {
        kind: 'GiveUp',
        words: 'Another batch was anchored behind it meanwhile; void that one first.',
      };
    return { kind: 'Wait' };
  }

  private async isGone({ coopId, id }: AnchorBatch): Promise<boolean> {
    const states = await this.calls.states(this.database, 'anchor', [{ coopId, id }]);
    return states.get(`${coopId}/${id}`) === 'given_up';
  }
}
