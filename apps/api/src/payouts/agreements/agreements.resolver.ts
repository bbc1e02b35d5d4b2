import { Inject } from '@nestjs/common';
import { Args, ID, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { Access } from '../../platform/auth/index.js';
import { Database } from '../../platform/database/index.js';
import {
  MinorUnits,
  PageArgs,
  badUserInput,
  connectionOf,
  isUuid,
  pageRequest,
  type Connection,
} from '../../platform/graphql/index.js';
import { AgreementsRepository } from '../agreements.repository.js';
import { agreementView } from '../agreement.view.js';
import { AgreementConnection, AgreementType, AgreementVersionType } from '../agreement.types.js';

@Resolver(() => AgreementVersionType)
export class AgreementsResolver {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(AgreementsRepository) private readonly repository: AgreementsRepository,
  ) {}

  @Access({ roles: ['member', 'operator', 'treasurer', 'admin'] })
  @Query(() => AgreementType, { name: 'agreement', nullable: true })
  async agreement(
    @Args('coopId', { type: () => ID }) coopId: string,
    @Args('id', { type: () => ID }) id: string,
  ): Promise<AgreementType | null> {
    if (!isUuid(id)) return null;
    const [row] = await this.repository.newest(this.database, coopId, [id]);
    return row === undefined ? null : agreementView(coopId, row);
  }

  @Access({ roles: ['member', 'operator', 'treasurer', 'admin'] })
  @Query(() => AgreementConnection, { name: 'agreements' })
  async agreements(
    @Args('coopId', { type: () => ID }) coopId: string,
    @Args() page: PageArgs,
  ): Promise<Connection<AgreementType>> {
    const request = pageRequest(page, 1);
    if (request.after?.every(isUuid) === false)
      throw badUserInput('after is not a cursor of this list. Send an endCursor back unchanged.');
    const ids = await this.repository.agreementIds(
      this.database,
      coopId,
      request.after?.[0] ?? null,
      request.limit,
    );
    const rows = new Map(
      (await this.repository.newest(this.database, coopId, ids)).map((row) => [row.agreementId, row]),
    );
    return connectionOf(
      ids.flatMap((id) => rows.get(id) ?? []),
      request,
      (row) => [row.agreementId],
      (row) => agreementView(coopId, row),
    );
  }

  @ResolveField(() => MinorUnits, {
    name: 'soldMinor',
    description: 'Kept sales less refunds so far, in minor units.',
  })
  async soldMinor(
    @Parent() version: AgreementVersionType,
    @Args('currency', { type: () => String }) currency: string,
  ): Promise<bigint> {
    const totals = await this.repository.totals(this.database, version.coopId, [version.id]);
    return totals.find((total) => total.currency === currency)?.soldMinor ?? 0n;
  }
}
