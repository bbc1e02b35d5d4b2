import { Inject } from '@nestjs/common';
import { Args, Context, Mutation, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { keyOf, keysOf } from '../../catalog/index.js';
import { ChainCalls } from '../../chain/index.js';
import { Access, type Actor, CurrentActor, accountOf } from '../../platform/auth/index.js';
import { Database } from '../../platform/database/index.js';
import { type GraphqlContext, loaderOf } from '../../platform/graphql/index.js';
import { REVOKE, RevokeCertificates } from './revoke-certificates.js';
import {
  RevokeCertificatesInput,
  type RevokeCertificatesOutcome,
  RevokeCertificatesResult,
  WithdrawalType,
} from './revoke-certificates.types.js';

@Resolver(() => WithdrawalType)
export class RevokeCertificatesResolver {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(RevokeCertificates) private readonly revokeCertificates: RevokeCertificates,
    @Inject(ChainCalls) private readonly calls: ChainCalls,
  ) {}

  @Access({ roles: ['admin'] })
  @Mutation(() => RevokeCertificatesResult, { name: 'revokeCertificates' })
  run(
    @CurrentActor() actor: Actor,
    @Args('input') input: RevokeCertificatesInput,
  ): Promise<RevokeCertificatesOutcome> {
    return this.revokeCertificates.run(accountOf(actor), input);
  }

  @ResolveField(() => String, { nullable: true, description: 'Null until it stands in a block.' })
  transactionHash(
    @Parent() { coopId, id }: WithdrawalType,
    @Context() context: GraphqlContext,
  ): Promise<string | null> {
    const load = (keys: readonly string[]) =>
      this.calls.transactionHashes(this.database, REVOKE, keysOf(keys));
    return loaderOf<string | null>(context, 'transaction of withdrawal', load, null).load(keyOf(coopId, id));
  }
}
