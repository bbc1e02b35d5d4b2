import { Inject } from '@nestjs/common';
import { Args, Context, Mutation, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { groupBy, keyOf, keysOf } from '../../catalog/index.js';
import { Access, type Actor, CurrentActor, accountOf } from '../../platform/auth/index.js';
import { Database } from '../../platform/database/index.js';
import { type GraphqlContext, loaderOf } from '../../platform/graphql/index.js';
import { WithdrawalType } from '../revoke-certificates/revoke-certificates.types.js';
import { WithdrawalsRepository } from '../revoke-certificates/withdrawals.repository.js';
import { CertificateType } from '../show-certificates/certificate.types.js';
import { ReplaceCertificate } from './replace-certificate.js';
import {
  ReplaceCertificateInput,
  type ReplaceCertificateOutcome,
  ReplaceCertificateResult,
  ReplacementType,
} from './replace-certificate.types.js';
import { ReplacementsRepository } from './replacements.repository.js';

/** Replacing, and what became of a certificate after it was anchored. */
@Resolver(() => CertificateType)
export class ReplaceCertificateResolver {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(ReplaceCertificate) private readonly replaceCertificate: ReplaceCertificate,
    @Inject(ReplacementsRepository) private readonly replacementsOf: ReplacementsRepository,
    @Inject(WithdrawalsRepository) private readonly withdrawals: WithdrawalsRepository,
  ) {}

  @Access({ roles: ['admin'] })
  @Mutation(() => ReplaceCertificateResult, { name: 'replaceCertificate' })
  run(
    @CurrentActor() actor: Actor,
    @Args('input') input: ReplaceCertificateInput,
  ): Promise<ReplaceCertificateOutcome> {
    return this.replaceCertificate.run(accountOf(actor), input);
  }

  @ResolveField(() => [ReplacementType], {
    description: 'Oldest first; the newest that is recorded is in force.',
  })
  replacements(
    @Parent() { coopId, id }: CertificateType,
    @Context() context: GraphqlContext,
  ): Promise<ReplacementType[]> {
    const load = async (keys: readonly string[]) =>
      groupBy(await this.replacementsOf.ofCertificates(this.database, keysOf(keys)), (one) =>
        keyOf(one.coopId, one.certificateId),
      );
    return loaderOf<ReplacementType[]>(context, 'replacements of certificate', load, []).load(
      keyOf(coopId, id),
    );
  }

  @ResolveField(() => WithdrawalType, { nullable: true })
  withdrawal(
    @Parent() { coopId, id }: CertificateType,
    @Context() context: GraphqlContext,
  ): Promise<WithdrawalType | null> {
    const load = (keys: readonly string[]) => this.withdrawals.ofCertificates(this.database, keysOf(keys));
    return loaderOf<WithdrawalType | null>(context, 'withdrawal of certificate', load, null).load(
      keyOf(coopId, id),
    );
  }
}
