import { Inject } from '@nestjs/common';
import { Args, ID, Query, Resolver } from '@nestjs/graphql';
import { NO_TARIFF } from '@touchmark/pricing';
import { Access, ROLES } from '../../platform/auth/index.js';
import { Database } from '../../platform/database/index.js';
import {
  PageArgs,
  connectionOf,
  connectionType,
  isUuid,
  type Connection,
} from '../../platform/graphql/index.js';
import { emptyConnection, newestPage } from '../../platform/graphql/newest-page.js';
import { Cells } from '../../workshops/index.js';
import { TariffVersion, type TariffType } from '../tariff.types.js';
import { TariffsRepository } from '../tariffs.repository.js';
import { TariffInForce } from './show-tariff.types.js';

const TariffConnection = connectionType(TariffVersion, 'TariffVersion');
const NOTHING_SET = { tariff: NO_TARIFF as TariffType, version: null };

@Resolver()
export class ShowTariffResolver {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(TariffsRepository) private readonly tariffs: TariffsRepository,
    @Inject(Cells) private readonly cells: Cells,
  ) {}

  @Access({ roles: ROLES })
  @Query(() => TariffInForce, {
    nullable: true,
    description: 'What a cell charges now; without a cell, what the co-op charges.',
  })
  async tariff(
    @Args('coopId', { type: () => ID }) coopId: string,
    @Args('cellId', { type: () => ID, nullable: true }) cellId: string | null = null,
  ): Promise<TariffInForce | null> {
    if (!isUuid(coopId) || !(await this.isPlace(coopId, cellId))) return null;
    const version = await this.tariffs.inForce(this.database, coopId, cellId);
    return version?.tariff ? { tariff: version.tariff, version } : NOTHING_SET;
  }

  @Access({ roles: ROLES })
  @Query(() => TariffConnection, {
    description:
      'All that was set for exactly this cell, or for the whole co-op: newest and announced first.',
  })
  async tariffVersions(
    @Args('coopId', { type: () => ID }) coopId: string,
    @Args() args: PageArgs,
    @Args('cellId', { type: () => ID, nullable: true }) cellId: string | null = null,
  ): Promise<Connection<TariffVersion>> {
    const request = newestPage(args);
    if (!isUuid(coopId) || (cellId !== null && !isUuid(cellId))) return emptyConnection();
    const rows = await this.tariffs.versions(this.database, coopId, cellId, request);
    return connectionOf(
      rows,
      request,
      (row) => [row.validFrom.toISOString(), row.id],
      (row) => row,
    );
  }

  private async isPlace(coopId: string, cellId: string | null): Promise<boolean> {
    if (cellId === null) return true;
    return isUuid(cellId) && (await this.cells.byIds(this.database, [{ coopId, id: cellId }])).length > 0;
  }
}
