import { Inject } from '@nestjs/common';
import { Args, Context, ID, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { keyOf, keysOf } from '../../catalog/index.js';
import { ChainCalls, type ChainState, ChainStateEnum } from '../../chain/index.js';
import { Access, type Actor, CurrentActor, accountOf } from '../../platform/auth/index.js';
import { Database } from '../../platform/database/index.js';
import {
  type Connection,
  type GraphqlContext,
  PageArgs,
  isUuid,
  loaderOf,
  pageById,
} from '../../platform/graphql/index.js';
import { BatchVoidsRepository } from './batch-voids.repository.js';
import { FindLastBatch } from './find-last-batch.js';
import { VOID_LAST, VoidLastBatch } from './void-last-batch.js';
import {
  BatchVoidConnection,
  BatchVoidType,
  LastBatchType,
  VoidLastBatchInput,
  type VoidLastBatchOutcome,
  VoidLastBatchResult,
} from './void-last-batch.types.js';

@Resolver(() => BatchVoidType)
export class VoidLastBatchResolver {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(VoidLastBatch) private readonly voidLastBatch: VoidLastBatch,
    @Inject(FindLastBatch) private readonly find: FindLastBatch,
    @Inject(BatchVoidsRepository) private readonly batchVoids: BatchVoidsRepository,
    @Inject(ChainCalls) private readonly calls: ChainCalls,
  ) {}

  @Access({ roles: ['admin'] })
  @Mutation(() => VoidLastBatchResult, { name: 'voidLastBatch' })
  run(@CurrentActor() actor: Actor, @Args('input') input: VoidLastBatchInput): Promise<VoidLastBatchOutcome> {
    return this.voidLastBatch.run(accountOf(actor), input);
  }

  @Access({ roles: ['operator', 'admin'] })
  @Query(() => LastBatchType, {
    name: 'lastBatch',
    nullable: true,
    description: 'The last batch of an edition as the chain tells it now, also one that was not made here.',
  })
  async last(
    @Args('coopId', { type: () => ID }) coopId: string,
    @Args('editionId', { type: () => ID }) editionId: string,
  ): Promise<LastBatchType | null> {
    const last = isUuid(editionId) ? await this.find.of(coopId, editionId) : null;
    if (last === null || last.kind === 'NoBatch') return null;
    const { batchId, onChain, objectionUntil, anchorUntil } = last;
    const { firstSerial, count: unitCount, root, time } = onChain;
    const obstacle = await this.find.obstacle(this.database, coopId, editionId, last);
    const anchoredAt = new Date(time * 1000);
    return { batchId, firstSerial, unitCount, root, anchoredAt, objectionUntil, anchorUntil, obstacle };
  }

  @Access({ roles: ['operator', 'admin'] })
  @Query(() => BatchVoidConnection, {
    name: 'batchVoids',
    description: 'The batches of an edition that were voided, or are about to be, newest first.',
  })
  async list(
    @Args('coopId', { type: () => ID }) coopId: string,
    @Args('editionId', { type: () => ID }) editionId: string,
    @Args() args: PageArgs,
  ): Promise<Connection<BatchVoidType>> {
    return pageById(args, async ({ limit, after }) =>
      isUuid(editionId)
        ? this.batchVoids.page(this.database, coopId, editionId, after?.[0] ?? null, limit + 1)
        : [],
    );
  }

  @ResolveField(() => ChainStateEnum, {
    nullable: true,
    description: 'How far its call to the chain has come.',
  })
  chainState(
    @Parent() { coopId, id }: BatchVoidType,
    @Context() context: GraphqlContext,
  ): Promise<ChainState | null> {
    const load = (keys: readonly string[]) => this.calls.states(this.database, VOID_LAST, keysOf(keys));
    return loaderOf<ChainState | null>(context, 'chain state of void', load, null).load(keyOf(coopId, id));
  }
}
