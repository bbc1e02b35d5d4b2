import { Inject } from '@nestjs/common';
import { Args, ID, Query, Resolver } from '@nestjs/graphql';
import { Access, ROLES } from '../../platform/auth/index.js';
import { Database } from '../../platform/database/index.js';
import {
  PageArgs,
  badUserInput,
  connectionOf,
  isUuid,
  pageRequest,
  type Connection,
} from '../../platform/graphql/index.js';
import {
  CreditPackConnection,
  QuotaConnection,
  type CreditPackType,
  type QuotaType,
} from '../allowances.types.js';
import { PacksRepository } from '../packs.repository.js';
import { QuotasRepository } from '../quotas.repository.js';

@Resolver()
export class BrowseCreditsResolver {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(QuotasRepository) private readonly rules: QuotasRepository,
    @Inject(PacksRepository) private readonly packs: PacksRepository,
  ) {}

  @Access({ roles: ROLES })
  @Query(() => QuotaConnection, { description: 'The quota rules of a co-op, by class of members.' })
  async quotas(
    @Args('coopId', { type: () => ID }) coopId: string,
    @Args() page: PageArgs,
  ): Promise<Connection<QuotaType>> {
    const request = pageRequest(page, 3);
    const rows = await this.rules.page(this.database, coopId, request);
    return connectionOf(
      rows,
      request,
      (row) => [row.memberClass, row.cellKind ?? '*', row.period],
      (row) => row,
    );
  }

  @Access({ roles: ROLES })
  @Query(() => CreditPackConnection, { description: 'Newest first, with those that are off sale.' })
  async creditPacks(
    @Args('coopId', { type: () => ID }) coopId: string,
    @Args() page: PageArgs,
  ): Promise<Connection<CreditPackType>> {
    const request = pageRequest(page, 1);
    if (request.after?.every(isUuid) === false) throw badUserInput('after is not a cursor of this list.');
    const rows = await this.packs.page(this.database, coopId, request);
    return connectionOf(
      rows,
      request,
      (row) => [row.id],
      (row) => row,
    );
  }
}
