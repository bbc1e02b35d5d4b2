import { Inject } from '@nestjs/common';
import { Args, ID, Query, Resolver } from '@nestjs/graphql';
import { Access } from '../../platform/auth/index.js';
import { Database } from '../../platform/database/index.js';
import { PageArgs, connectionOf, isUuid, type Connection } from '../../platform/graphql/index.js';
import { emptyConnection, newestPage } from '../../platform/graphql/newest-page.js';
import { DropsRepository } from '../drops.repository.js';
import { DropConnection, DropType } from '../orders.types.js';

/** The drops of a co-op, for everybody. */
@Resolver()
export class BrowseDropsResolver {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(DropsRepository) private readonly repository: DropsRepository,
  ) {}

  @Access({ anyone: true })
  @Query(() => DropConnection, { name: 'drops', description: 'The drops of a co-op, newest first.' })
  async list(
    @Args('coopId', { type: () => ID }) coopId: string,
    @Args() args: PageArgs,
  ): Promise<Connection<DropType>> {
    const page = newestPage(args);
    if (!isUuid(coopId)) return emptyConnection();
    const rows = await this.repository.newest(this.database, coopId, page);
    return connectionOf(
      rows,
      page,
      (drop) => [drop.requestedAt.toISOString(), drop.id],
      (drop) => drop,
    );
  }

  @Access({ anyone: true })
  @Query(() => DropType, { name: 'drop', nullable: true })
  async drop(
    @Args('coopId', { type: () => ID }) coopId: string,
    @Args('id', { type: () => ID }) id: string,
  ): Promise<DropType | null> {
    return isUuid(coopId) && isUuid(id) ? this.repository.load(this.database, coopId, id) : null;
  }
}
