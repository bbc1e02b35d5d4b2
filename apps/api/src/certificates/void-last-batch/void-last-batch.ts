import { Inject, Injectable } from '@nestjs/common';
import { ChainCalls, type ReceiptsCall } from '../../chain/index.js';
import { type Transaction, Transactions, claimRequest, newId } from '../../platform/database/index.js';
import { InputRefused, NotFound, RequestIdReused, isUuid } from '../../platform/graphql/index.js';
import { problemOfWords } from '../change-reasons.js';
import { BatchVoidsRepository } from './batch-voids.repository.js';
import { FindLastBatch, type LastBatch, type NoBatch } from './find-last-batch.js';
import {
  LastBatchVoided,
  NothingToVoid,
  type VoidLastBatchInput,
  type VoidLastBatchOutcome,
} from './void-last-batch.types.js';

/** The purpose of the chain's calls that void a batch; their subject is the void. */
export const VOID_LAST = 'void_last';

const ANOTHER =
  'The last batch on chain is another than the one you looked at. Nothing was changed; look at it again.';

/** Has the issuer take back the last batch of an edition within its objection time: its serials are then free again. */
@Injectable()
export class VoidLastBatch {
  constructor(
    @Inject(Transactions) private readonly transactions: Transactions,
    @Inject(FindLastBatch) private readonly find: FindLastBatch,
    @Inject(BatchVoidsRepository) private readonly voids: BatchVoidsRepository,
    @Inject(ChainCalls) private readonly calls: ChainCalls,
  ) {}

  async run(accountId: string, input: VoidLastBatchInput): Promise<VoidLastBatchOutcome> {
    const problem = problemOfWords(input.words);
    if (problem !== null) return new InputRefused('words', problem);
    if (!isUuid(input.editionId)) return new NotFound('edition');
    const last = await this.find.of(input.coopId, input.editionId);
    if (last === null) return new NotFound('edition');
    return this.transactions.run<'LastBatchVoided', VoidLastBatchOutcome>(['LastBatchVoided'], (tx) =>
      this.void(tx, accountId, input, last),
    );
  }

  private async void(
    tx: Transaction,
    accountId: string,
    input: VoidLastBatchInput,
    last: LastBatch | NoBatch,
  ): Promise<VoidLastBatchOutcome> {
    const { coopId, editionId, requestId } = input;
    const id = newId();
    const request = { actorId: accountId, operation: 'voidLastBatch', requestId, input, subjectId: id };
    const known = await claimRequest(tx, request);
    if (known.kind === 'Reused') return new RequestIdReused();
    if (known.kind === 'Seen') return this.outcome(tx, coopId, known.subjectId);
    if (last.kind === 'NoBatch') return new NothingToVoid(last.message);
    const { onChain, batchId, edition } = last;
    const { firstSerial, count: unitCount, root } = onChain;
    await tx.lock('edition', coopId, [editionId]);
    const obstacle = await this.find.obstacle(tx, coopId, editionId, last);
    if (obstacle !== null) return new NothingToVoid(obstacle);
    if (firstSerial !== input.firstSerial || root !== input.root.toLowerCase())
      return new NothingToVoid(ANOTHER);
    const batch = { coopId, id, editionId, batchId, firstSerial, unitCount, root };
    const asked = { words: input.words.trim(), requestedBy: accountId, requestedAt: await tx.now() };
    await this.voids.insert(tx, { ...batch, ...asked });
    const call = voidCall(edition, onChain);
    await this.calls.enqueue(tx, { coopId, purpose: VOID_LAST, subjectId: id, sender: 'issuer', call });
    return this.outcome(tx, coopId, id);
  }

  private async outcome(tx: Transaction, coopId: string, id: string): Promise<VoidLastBatchOutcome> {
    const voided = await this.voids.byId(tx, { coopId, id });
    return voided === null ? new NotFound('void') : new LastBatchVoided(voided);
  }
}

/** The call of the contract that voids a batch; `time` is that of its block, which is part of what is stored of it. */
export function voidCall(edition: bigint, { time, ...batch }: LastBatch['onChain']): ReceiptsCall {
  return { functionName: 'voidLast', args: [edition, { ...batch, time: BigInt(time) }] };
}
