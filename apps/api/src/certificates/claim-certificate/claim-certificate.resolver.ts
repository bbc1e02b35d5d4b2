import { Inject } from '@nestjs/common';
import { Args, Context, ID, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { keyOf, keysOf } from '../../catalog/index.js';
import { ChainCalls, type ChainState, ChainStateEnum } from '../../chain/index.js';
import { Access } from '../../platform/auth/index.js';
import { Database } from '../../platform/database/index.js';
import { type GraphqlContext, isUuid, loaderOf } from '../../platform/graphql/index.js';
import { CLAIM, ClaimCertificate } from './claim-certificate.js';
import {
  CertificateClaimType,
  ClaimCertificateInput,
  type ClaimCertificateOutcome,
  ClaimCertificateResult,
  ClaimPreparationType,
} from './claim-certificate.types.js';
import { ClaimsRepository } from './claims.repository.js';
import { PrepareClaim } from './prepare-claim.js';

/** Claims are for whoever holds the piece: its key is all that counts. */
@Resolver(() => CertificateClaimType)
export class ClaimCertificateResolver {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(ClaimCertificate) private readonly claimCertificate: ClaimCertificate,
    @Inject(PrepareClaim) private readonly prepareClaim: PrepareClaim,
    @Inject(ClaimsRepository) private readonly claims: ClaimsRepository,
    @Inject(ChainCalls) private readonly calls: ChainCalls,
  ) {}

  @Access({ anyone: true })
  @Mutation(() => ClaimCertificateResult, { name: 'claimCertificate' })
  run(
    @Args('input') input: ClaimCertificateInput,
    @Context() { req }: GraphqlContext,
  ): Promise<ClaimCertificateOutcome> {
    return this.claimCertificate.run(input, req.ip ?? '');
  }

  @Access({ anyone: true })
  @Query(() => ClaimPreparationType, {
    name: 'claimPreparation',
    nullable: true,
    description: "What the piece's key signs to give the token to the recipient; nothing is stored or sent.",
  })
  prepare(
    @Args('certificateId', { type: () => ID }) certificateId: string,
    @Args('recipient', { type: () => String }) recipient: string,
  ): Promise<ClaimPreparationType | null> {
    return this.prepareClaim.run(certificateId, recipient);
  }

  @Access({ anyone: true })
  @Query(() => CertificateClaimType, { name: 'certificateClaim', nullable: true })
  async claim(@Args('id', { type: () => ID }) id: string): Promise<CertificateClaimType | null> {
    return isUuid(id) ? this.claims.byId(this.database, id) : null;
  }

  @ResolveField(() => ChainStateEnum, {
    nullable: true,
    description: 'How far its call to the chain has come.',
  })
  chainState(
    @Parent() claim: CertificateClaimType,
    @Context() context: GraphqlContext,
  ): Promise<ChainState | null> {
    const load = (keys: readonly string[]) => this.calls.states(this.database, CLAIM, keysOf(keys));
    return loaderOf<ChainState | null>(context, 'chain state of claim', load, null).load(
      keyOf(claim.coopId, claim.id),
    );
  }

  @ResolveField(() => String, { nullable: true, description: 'Null until it stands in a block.' })
  transactionHash(
    @Parent() claim: CertificateClaimType,
    @Context() context: GraphqlContext,
  ): Promise<string | null> {
    const load = (keys: readonly string[]) =>
      this.calls.transactionHashes(this.database, CLAIM, keysOf(keys));
    return loaderOf<string | null>(context, 'transaction of claim', load, null).load(
      keyOf(claim.coopId, claim.id),
    );
  }
}
