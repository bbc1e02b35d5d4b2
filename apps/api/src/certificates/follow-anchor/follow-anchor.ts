import { Inject, Injectable } from '@nestjs/common';
import { ChainCalls } from '../../chain/index.js';
import { Database } from '../../platform/database/index.js';
import { AnchorBatchesRepository } from '../anchor-batches.repository.js';
import { CloseEdition } from '../close-edition/close-edition.js';
import { afterAnchorRefused } from './after-anchor-refused.js';

/** Keeps a batch in step with its call: anchored in a block, back to signed when that block is gone. */
@Injectable()
export class FollowAnchor {
  constructor(
    @Inject(Database) database: Database,
    @Inject(ChainCalls) calls: ChainCalls,
    @Inject(AnchorBatchesRepository) batches: AnchorBatchesRepository,
    @Inject(CloseEdition) close: CloseEdition,
  ) {
    calls.onIncluded('anchor', async (tx, { coopId, subjectId, blockTime }) => {
      const batch = await batches.load(tx, coopId, subjectId);
      if (batch === null) return;
      // With the edition locked, either this or the job of the finished run is the last to look.
      await tx.lock('edition', coopId, [batch.editionId]);
      await batches.anchor(tx, coopId, subjectId, blockTime);
      await close.whenComplete(tx, coopId, batch.editionId);
    });
    calls.onLost('anchor', async (tx, { coopId, subjectId }) => {
      await batches.unanchor(tx, coopId, subjectId);
    });
    calls.onRefused('anchor', {
      decide: async ({ coopId, subjectId }, refusal) =>
        afterAnchorRefused((await batches.load(database, coopId, subjectId))?.state, refusal),
      givenUp: () => Promise.resolve(),
    });
  }
}
