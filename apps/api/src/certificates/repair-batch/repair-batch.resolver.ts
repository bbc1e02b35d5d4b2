import { Inject } from '@nestjs/common';
import { Args, ID, Mutation, Query, Resolver } from '@nestjs/graphql';
import { Access, type Actor, CurrentActor, accountOf } from '../../platform/auth/index.js';
import { Database } from '../../platform/database/index.js';
import { type Connection, PageArgs, isUuid, pageById } from '../../platform/graphql/index.js';
import { AnchorBatchesRepository } from '../anchor-batches.repository.js';
import { RepairBatch } from './repair-batch.js';
import {
  ConsoleBatchConnection,
  type ConsoleBatchType,
  RepairBatchInput,
  type RepairBatchOutcome,
  RepairBatchResult,
} from './repair-batch.types.js';

@Resolver()
export class RepairBatchResolver {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(AnchorBatchesRepository) private readonly batches: AnchorBatchesRepository,
    @Inject(RepairBatch) private readonly repairBatch: RepairBatch,
  ) {}

  @Access({ roles: ['admin'] })
  @Mutation(() => RepairBatchResult, { name: 'repairBatch' })
  repair(@CurrentActor() actor: Actor, @Args('input') input: RepairBatchInput): Promise<RepairBatchOutcome> {
    return this.repairBatch.run(accountOf(actor), input);
  }

  @Access({ roles: ['operator', 'admin'] })
  @Query(() => ConsoleBatchConnection, {
    name: 'anchorBatches',
    description: 'The batches of the co-op, or of one of its editions, newest first.',
  })
  async list(
    @Args('coopId', { type: () => ID }) coopId: string,
    @Args('editionId', { type: () => ID, nullable: true }) editionId: string | null | undefined,
    @Args() args: PageArgs,
  ): Promise<Connection<ConsoleBatchType>> {
    const known = editionId === null || editionId === undefined || isUuid(editionId);
    return pageById(args, async ({ limit, after }) =>
      known ? this.batches.page(this.database, coopId, editionId ?? null, after?.[0] ?? null, limit + 1) : [],
    );
  }
}
