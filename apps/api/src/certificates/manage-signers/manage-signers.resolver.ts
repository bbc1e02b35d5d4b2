import { Inject } from '@nestjs/common';
import { Args, ID, Mutation, Query, Resolver } from '@nestjs/graphql';
import { IssuerKeysRepository } from '../../chain/index.js';
import { Access, type Actor, CurrentActor, accountOf } from '../../platform/auth/index.js';
import { Database } from '../../platform/database/index.js';
import { type Connection, PageArgs, isUuid, pageById } from '../../platform/graphql/index.js';
import {
  IssuerKeyConnection,
  type IssuerKeyType,
  RetireSignerInput,
  type RetireSignerOutcome,
  RetireSignerResult,
  RotateSignerInput,
  type RotateSignerOutcome,
  RotateSignerResult,
} from './manage-signers.types.js';
import { RetireSigner } from './retire-signer.js';
import { RotateSigner } from './rotate-signer.js';

@Resolver()
export class ManageSignersResolver {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(IssuerKeysRepository) private readonly keys: IssuerKeysRepository,
    @Inject(RotateSigner) private readonly rotateSigner: RotateSigner,
    @Inject(RetireSigner) private readonly retireSigner: RetireSigner,
  ) {}

  @Access({ roles: ['admin'] })
  @Mutation(() => RotateSignerResult, { name: 'rotateSigner' })
  rotate(
    @CurrentActor() actor: Actor,
    @Args('input') input: RotateSignerInput,
  ): Promise<RotateSignerOutcome> {
    return this.rotateSigner.run(accountOf(actor), input);
  }

  @Access({ roles: ['admin'] })
  @Mutation(() => RetireSignerResult, { name: 'retireSigner' })
  retire(
    @CurrentActor() actor: Actor,
    @Args('input') input: RetireSignerInput,
  ): Promise<RetireSignerOutcome> {
    return this.retireSigner.run(accountOf(actor), input);
  }

  @Access({ anyone: true })
  @Query(() => IssuerKeyConnection, {
    name: 'keysOfIssuer',
    description: 'All keys that the co-op has named on chain, oldest first, also those it retired.',
  })
  async keysOf(
    @Args('coopId', { type: () => ID }) coopId: string,
    @Args() args: PageArgs,
  ): Promise<Connection<IssuerKeyType>> {
    return pageById(args, async ({ limit, after }) =>
      isUuid(coopId) ? this.keys.page(this.database, coopId, after?.[0] ?? null, limit + 1) : [],
    );
  }
}
